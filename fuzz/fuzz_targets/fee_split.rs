//! The laws of `tokenomics-fee-split`.
#![no_main]

#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |calls: Vec<_>| accrual(&calls),
    |calls: Vec<_>| assets_are_pools(&calls),
    |calls: Vec<_>| claim_pattern(&calls),
    |shares: Vec<_>, fundings: Vec<_>| exact_share(&shares, &fundings),
    |calls: Vec<_>| funded(&calls),
    |amount, weights: Vec<_>| largest_remainder_by_definition(amount, &weights),
    |rounds: Vec<_>| path_independent(&rounds),
    |calls: Vec<_>, pokes: Vec<_>| poke_free(&calls, &pokes),
    |calls: Vec<_>| promise(&calls),
    |calls: Vec<_>| rewards_by_loop(&calls),
    |calls: Vec<_>| stake_rewards_by_loop(&calls),
    |calls: Vec<_>| stakes_accrue(&calls),
    |calls: Vec<_>| stakes_conserved(&calls),
    |calls: Vec<_>, amount| stakes_no_profit(&calls, amount),
    |calls: Vec<_>| stream_conserves(&calls),
    |amount, start, length, pokes: Vec<_>| stream_is_the_line(amount, start, length, &pokes),
    |rule, calls: Vec<_>| streamed_accrual(rule, &calls),
    |rule, calls: Vec<_>| streamed_by_the_second(rule, &calls),
    |rule, calls: Vec<_>| streamed_funded(rule, &calls),
    |rule, calls: Vec<_>, pokes: Vec<_>| streamed_poke_free(rule, &calls, &pokes),
    |amount, weights: Vec<_>| sum_of_parts(amount, &weights),
}
