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
    |outer: Vec<_>, index, inner: Vec<_>| nesting_is_flat(&outer, index, &inner),
    |rounds: Vec<_>| path_independent(&rounds),
    |credits: Vec<_>| payouts_accumulate(&credits),
    |weights, payments: Vec<_>| policies_conserve(weights, &payments),
    |shares, referrers, fees: Vec<_>| referrals_are_exact(shares, referrers, &fees),
    |weights, calls: Vec<_>| stream_conserves(weights, &calls),
    |weights, payments: Vec<_>| stream_is_fair(weights, &payments),
    |weights, calls: Vec<_>| stream_keeps_fractions(weights, &calls),
    |weights, payments: Vec<_>| stream_path_independent(weights, &payments),
    |amount, weights: Vec<_>| sum_of_parts(amount, &weights),
    |draw, calls: Vec<_>| vault_accrual(draw, &calls),
    |draw, calls: Vec<_>| vault_conserves(draw, &calls),
    |draw, calls: Vec<_>, deposit| vault_first_depositor(draw, &calls, deposit),
    |draw, deposit, loss, gains: Vec<_>| vault_gains_by_parts(draw, deposit, loss, &gains),
    |draw, calls: Vec<_>, losses: Vec<_>| vault_loses_alike(draw, &calls, &losses),
    |draw, calls: Vec<_>, own: Vec<_>| vault_no_profit(draw, &calls, &own),
    |draw, calls: Vec<_>, turn| vault_queue_is_one_rate(draw, &calls, turn),
    |draw, calls: Vec<_>, amount| vault_quoted(draw, &calls, amount),
    |draw, deposits: Vec<_>| vault_waits(draw, &deposits),
}
