//! The laws of `tokenomics-haircut-collateral`.
#![no_main]

#[path = "../../crates/haircut-collateral/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |held: Vec<_>, owed: Vec<_>| against_the_borrower(&held, &owed),
    |asset, held: Vec<_>, owed: Vec<_>| inverse_is_tight(&held, &owed, asset),
    |held: Vec<_>, owed: Vec<_>, worse: Vec<_>| monotone(&held, &owed, &worse),
    |held: Vec<_>, owed: Vec<_>, cuts: Vec<_>| split_invariant(&held, &owed, &cuts),
    |parts: Vec<_>| composition_bounds(&parts),
    |parts: Vec<_>, by: Vec<_>| composition_is_monotone(&parts, &by),
    |size| against_the_borrower_of_size(size),
    |size, by| monotone_in_size(size, by),
    |size, cuts: Vec<_>| split_invariant_of_size(size, &cuts),
    |size, haircut| inverse_is_tight_of_size(size, haircut),
    |size| recoverable(size),
    |size, by| monotone_in_impact(size, by),
    |age, by| monotone_in_age(age, by),
    |report, by| monotone_in_confidence(report, by),
    |returns, by| monotone_in_volatility(returns, by),
    |own, groups: Vec<_>, assets: Vec<_>| group_is_declared(own, &groups, &assets),
    |liquidity, by| monotone_in_stress(liquidity, by),
    |amount, of, by| monotone_in_stress_of_a_position(amount, of, by),
    |prices, fall, variance| against_the_borrower_of_liquidity(prices, fall, variance),
    |locked, by| monotone_in_time_to_exit(locked, by),

    |shape, prices: Vec<_>| breaker_bounds(shape, &prices),
    |held: Vec<_>| concentration_bounded(&held),
    |limit, calls: Vec<_>| debts_capped(limit, &calls),
    |shape, ratio, times: Vec<_>| growth_capped(shape, ratio, &times),
    |calls: Vec<_>, first| last_is_payable(&calls, first),
    |shape, calls: Vec<_>, other| limits_keep_what_is_taken(shape, &calls, other),
    |calls: Vec<_>| loss_conserving(&calls),
    |shape, updates: Vec<_>| never_excludes(shape, &updates),
    |calls: Vec<_>, losses: Vec<_>| order_independent(&calls, &losses),
    |shape, updates: Vec<_>| raising_never_lowers(shape, &updates),
    |shape, calls: Vec<_>| rate_limited(shape, &calls),
    |shape, ratio, truth, now| snapshot_inverse_is_tight(shape, ratio, truth, now),
    |calls: Vec<_>| stability_by_loop(&calls),
    |calls: Vec<_>, first| stability_conserves(&calls, first),
    |held: Vec<_>, weights: Vec<_>| trades_conserve(&held, &weights),
    |held: Vec<_>, worse: Vec<_>, expense, more| treasury_monotone(&held, &worse, expense, more),
}
