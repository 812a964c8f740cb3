// Its example needs `alloc`, as what it shows does.
#![cfg_attr(feature = "alloc", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "alloc"),
    doc = "Locks whose weights add up to the total at every second; with the feature `alloc`, kept in memory."
)]
// What derives a schema uses what std brings into scope.
#![cfg_attr(not(any(feature = "schemars", feature = "borsh-schema")), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// A library that carries money has no reachable panic, so what could panic must be named and
// argued for where it stands.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::expect_used,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unwrap_used
    )
)]

#[cfg(feature = "alloc")]
extern crate alloc;

mod boost;
mod check;
mod closed;
mod conviction;
mod cooldown;
mod delegation;
mod encoded_len;
mod error;
mod escrow;
mod exit;
mod gauges;
mod kind;
mod landrush;
mod length_table;
mod line;
mod lock;
#[cfg(feature = "alloc")]
mod lock_history;
mod power;
mod quantity;
mod shares;
mod support;
mod tally;
mod terms;
mod totals;

pub use boost::Boost;
pub use closed::Closed;
pub use conviction::{Conviction, Support};
pub use cooldown::{Cooldown, Cooling};
pub use delegation::{Delegated, Delegations};
pub use error::Error;
pub use escrow::{Escrow, EscrowHead};
#[cfg(feature = "alloc")]
pub use escrow::{EscrowState, InMemory};
pub use exit::{Exit, ExitPenalty};
#[cfg(feature = "alloc")]
pub use gauges::GaugesInMemory;
pub use gauges::{GaugeKey, GaugeStore, GaugeVote, Gauges, GaugesHead, Listing};
pub use kind::LockKind;
pub use landrush::Landrush;
pub use length_table::LengthTable;
pub use line::Line;
pub use lock::Lock;
#[cfg(feature = "alloc")]
pub use lock_history::LockHistory;
pub use power::Power;
pub use quantity::Quantity;
pub use shares::{relative_weights, Shares};
#[cfg(feature = "proptest")]
pub use support::proptest as strategies;
pub use tally::{Ballots, Choice, Tally, Voters};
pub use terms::{Growth, Terms, TermsParams};
pub use tokenomics_internals::Store;
#[cfg(feature = "alloc")]
pub use totals::NamesInMemory;
pub use totals::{Checkpoint, History, HistoryHead, NamedHead, Node, Totals, TotalsByName};
pub use totals::{Ring, RingHead, RingSlot, RingState, SlotRing};
