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
#[path = "../../crates/escrow-weighting/tests/laws/named.rs"]
mod named;
#[path = "../../crates/escrow-weighting/tests/laws/spread.rs"]
mod spread;
#[path = "../../crates/escrow-weighting/tests/laws/votes.rs"]
mod votes;

mod laws {
    pub use crate::boost::*;
    pub use crate::delegation::*;
    pub use crate::gauges::*;
    pub use crate::locks::{
        bounded, conservation, full, independent, neutral, ring_is_history, stored, sum_is_total,
    };
    pub use crate::votes::*;
}

tokenomics_fuzz::laws! {
    |base, liquidity, weight| boost_bounded(base, liquidity, weight),
    |terms, start, calls: Vec<_>, reads: Vec<_>| bounded(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>| conservation(terms, start, &calls),
    |alpha, staked, start, times| conviction_bounded(alpha, staked, start, times),
    |alpha, staked, start, steps| conviction_by_steps(alpha, staked, start, steps),
    |alpha, stakes: Vec<_>| conviction_kept(alpha, &stakes),
    |names, calls: Vec<_>, reads: Vec<_>| delegation_conserves(names, &calls, &reads),
    |call, expires| delegation_expires(call, expires),
    |terms, start, calls: Vec<_>, reads: Vec<_>| full(terms, start, &calls, &reads),
    |calls: Vec<_>, reads: Vec<_>| gauges_conserve(&calls, &reads),
    |weights: Vec<_>| gauges_sum_to_one(&weights),
    |terms, start, calls: Vec<_>, reads: Vec<_>| independent(terms, start, &calls, &reads),
    |before, now, bonus, multiplier, time| landrush_multiplies(before, now, bonus, multiplier, time),
    |kind, amount, part, time| neutral(kind, amount, part, time),
    |base, liquidity, weight| no_gain_by_splitting(base, liquidity, weight),
    |calls: Vec<_>, gauge, gap| removing_a_gauge_conserves(&calls, gauge, gap),
    |terms, start, calls: Vec<_>, reads: Vec<_>| ring_is_history(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>, reads: Vec<_>| stored(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>, reads: Vec<_>| sum_is_total(terms, start, &calls, &reads),
    |votes: Vec<_>, share, total| tally_is_exact(&votes, share, total),
}
