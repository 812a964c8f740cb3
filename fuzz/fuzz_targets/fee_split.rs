//! The laws of `tokenomics-fee-split`.
#![no_main]

#[path = "../../crates/fee-split/tests/laws/epochs.rs"]
mod epochs;
#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod splits;

mod laws {
    pub use crate::epochs::*;
    pub use crate::splits::*;
}

tokenomics_fuzz::laws! {
    |calls: Vec<_>| accrual(&calls),
    |calls: Vec<_>| assets_are_pools(&calls),
    |target, calls: Vec<_>| buffer_conserves(target, &calls),
    |before, share, rate| catch_up_catches_up(before, share, rate),
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
    |outer: Vec<_>, index, inner: Vec<_>| nesting_is_flat(&outer, index, &inner),
    |rounds: Vec<_>| path_independent(&rounds),
    |credits: Vec<_>| payouts_accumulate(&credits),
    |calls: Vec<_>, pokes: Vec<_>| poke_free(&calls, &pokes),
    |weights, payments: Vec<_>| policies_conserve(weights, &payments),
    |calls: Vec<_>| pools_restore(&calls),
    |calls: Vec<_>| promise(&calls),
    |draw, calls: Vec<_>| rates_are_delayed(draw, &calls),
    |shares, referrers, fees: Vec<_>| referrals_are_exact(shares, referrers, &fees),
    |calls: Vec<_>| reward_stream_conserves(&calls),
    |calls: Vec<_>| rewards_by_loop(&calls),
    |draw, calls: Vec<_>| routes_conserve(draw, &calls),
    |calls: Vec<_>| stake_rewards_by_loop(&calls),
    |calls: Vec<_>| stakes_accrue(&calls),
    |calls: Vec<_>| stakes_conserved(&calls),
    |calls: Vec<_>, amount| stakes_no_profit(&calls, amount),
    |weights, calls: Vec<_>| stream_conserves(weights, &calls),
    |weights, payments: Vec<_>| stream_is_fair(weights, &payments),
    |amount, start, length, pokes: Vec<_>| stream_is_the_line(amount, start, length, &pokes),
    |weights, calls: Vec<_>| stream_keeps_fractions(weights, &calls),
    |weights, payments: Vec<_>| stream_path_independent(weights, &payments),
    |rule, calls: Vec<_>| streamed_accrual(rule, &calls),
    |rule, calls: Vec<_>| streamed_by_the_second(rule, &calls),
    |rule, calls: Vec<_>| streamed_funded(rule, &calls),
    |rule, calls: Vec<_>, pokes: Vec<_>| streamed_poke_free(rule, &calls, &pokes),
    |rule, calls: Vec<_>| streamed_pools_restore(rule, &calls),
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
    |tiers, residual, calls: Vec<_>| waterfall_conserves(tiers, residual, &calls),
    |tiers, residual, calls: Vec<_>| waterfall_is_senior_first(tiers, residual, &calls),
    |tiers, residual, payments: Vec<_>| waterfall_path_independent(tiers, residual, &payments),
}
