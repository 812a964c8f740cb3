//! Charts: what they hold, and how they are drawn.

mod axis;
mod data;
mod draw;
mod figure;
mod hover;
mod ink;
mod sample;
mod sankey;
#[cfg(test)]
mod tests;

pub(crate) use axis::Unit;
pub(crate) use data::{Across, Chart, Layer, Shape};
pub(crate) use ink::Ink;
pub(crate) use sankey::{Link, Node, Sankey};
