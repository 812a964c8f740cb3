//! The laws of `tokenomics-fee-split`.
#![no_main]

#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |calls: Vec<_>| accrual(&calls),
    |calls: Vec<_>| claim_pattern(&calls),
    |shares: Vec<_>, fundings: Vec<_>| exact_share(&shares, &fundings),
    |calls: Vec<_>| funded(&calls),
    |amount, weights: Vec<_>| largest_remainder_by_definition(amount, &weights),
    |rounds: Vec<_>| path_independent(&rounds),
    |amount, weights: Vec<_>| sum_of_parts(amount, &weights),
}
