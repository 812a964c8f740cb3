#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod baseline;
pub mod calendar;
mod collateral;
mod emission;
mod escrow;
mod fees;
mod followed;
mod model;
mod text;

#[cfg(feature = "text")]
mod import;
#[cfg(feature = "text")]
mod limits;
#[cfg(feature = "text")]
mod load;
#[cfg(feature = "text")]
mod parse;
#[cfg(feature = "text")]
mod problem;
#[cfg(feature = "text")]
mod schedule;
#[cfg(feature = "text")]
mod section;
#[cfg(feature = "text")]
mod starter;
#[cfg(feature = "text")]
mod value;

pub use calendar::Period;
#[cfg(feature = "text")]
pub use import::{
    import, DateOrder, DecimalMark, Import, ImportError, Imported, Percent, VestingFrom,
    LARGEST_TABLE, LARGEST_WORKBOOK,
};
#[cfg(feature = "text")]
pub use limits::{DEEPEST, LONGEST_LINE};
#[cfg(feature = "text")]
pub use load::{LoadError, LARGEST_FILE};
pub use model::*;
#[cfg(feature = "text")]
pub use problem::{
    read_table, read_text, Invalid, Problem, ReadError, EXCERPT_LINES, EXCERPT_WIDTH,
    LONGEST_MESSAGE,
};
#[cfg(feature = "text")]
pub use starter::starter;
pub use text::{clipped, is_hidden, printable};
