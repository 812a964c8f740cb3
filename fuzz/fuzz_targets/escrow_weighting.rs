//! The laws of `tokenomics-escrow-weighting`.
#![no_main]

#[path = "../../crates/escrow-weighting/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |terms, start, calls: Vec<_>, reads: Vec<_>| bounded(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>, reads: Vec<_>| independent(terms, start, &calls, &reads),
    |amount, part, end, time| neutral(amount, part, end, time),
    |terms, start, calls: Vec<_>, reads: Vec<_>| sum_is_total(terms, start, &calls, &reads),
}
