//! The laws of `tokenomics-fee-split`.
#![no_main]

#[path = "../../crates/fee-split/tests/laws/epochs.rs"]
mod epochs;
#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod splits;

mod laws {
    pub use crate::epochs::*;
    pub use crate::splits::{
        accrual, claim_pattern, exact_share, funded, largest_remainder_by_definition,
        path_independent, sum_of_parts,
    };
}

tokenomics_fuzz::laws! {
    |calls: Vec<_>| accrual(&calls),
    |calls: Vec<_>| claim_pattern(&calls),
    |shape, epoch, at| closed_epochs(shape, epoch, at),
    |shape, calls: Vec<_>, limit| epochs_advance(shape, &calls, limit),
    |shape, pots: Vec<_>, told: Vec<_>| epochs_bounded(shape, &pots, &told),
    |shape, calls: Vec<_>| epochs_claim_pattern(shape, &calls),
    |shape, capacity, calls: Vec<_>| epochs_conserve(shape, capacity, &calls),
    |shares: Vec<_>, fundings: Vec<_>| exact_share(&shares, &fundings),
    |calls: Vec<_>| funded(&calls),
    |amount, weights: Vec<_>| largest_remainder_by_definition(amount, &weights),
    |shape, lines, pots: Vec<_>| linear_epochs(shape, lines, &pots),
    |shape, pots: Vec<_>, told: Vec<_>| linear_epochs_bounded(shape, &pots, &told),
    |rounds: Vec<_>| path_independent(&rounds),
    |amount, weights: Vec<_>| sum_of_parts(amount, &weights),
}
