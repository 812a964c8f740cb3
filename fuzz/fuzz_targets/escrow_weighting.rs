//! The laws of `tokenomics-escrow-weighting`.
#![no_main]

#[path = "../../crates/escrow-weighting/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |terms, start, calls: Vec<_>, reads: Vec<_>| bounded(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>| conservation(terms, start, &calls),
    |terms, start, calls: Vec<_>, reads: Vec<_>| full(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>, reads: Vec<_>| independent(terms, start, &calls, &reads),
    |kind, amount, part, time| neutral(kind, amount, part, time),
    |terms, start, calls: Vec<_>, reads: Vec<_>| ring_is_history(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>, reads: Vec<_>| stored(terms, start, &calls, &reads),
    |terms, start, calls: Vec<_>, reads: Vec<_>| sum_is_total(terms, start, &calls, &reads),
}
