//! The laws of `tokenomics-escrow-weighting`.
#![no_main]

#[path = "../../crates/escrow-weighting/tests/laws/boost.rs"]
mod boost;
#[path = "../../crates/escrow-weighting/tests/laws/delegation.rs"]
mod delegation;
#[path = "../../crates/escrow-weighting/tests/laws/gauges.rs"]
mod gauges;
#[path = "../../crates/escrow-weighting/tests/laws/mod.rs"]
mod locks;
#[path = "../../crates/escrow-weighting/tests/laws/spread.rs"]
mod spread;

mod laws {
    pub use crate::boost::*;
    pub use crate::delegation::*;
    pub use crate::gauges::*;
    pub use crate::locks::{bounded, independent, neutral, sum_is_total};
}

tokenomics_fuzz::laws! {
    |base, liquidity, weight| boost_bounded(base, liquidity, weight),
    |terms, start, calls: Vec<_>, reads: Vec<_>| bounded(terms, start, &calls, &reads),
    |calls: Vec<_>, reads: Vec<_>| delegation_conserves(&calls, &reads),
    |call, expires| delegation_expires(call, expires),
    |calls: Vec<_>, reads: Vec<_>| gauges_conserve(&calls, &reads),
    |weights: Vec<_>| gauges_sum_to_one(&weights),
    |terms, start, calls: Vec<_>, reads: Vec<_>| independent(terms, start, &calls, &reads),
    |amount, part, end, time| neutral(amount, part, end, time),
    |base, liquidity, weight| no_gain_by_splitting(base, liquidity, weight),
    |calls: Vec<_>, gauge, gap| removing_a_gauge_conserves(&calls, gauge, gap),
    |terms, start, calls: Vec<_>, reads: Vec<_>| sum_is_total(terms, start, &calls, &reads),
}
