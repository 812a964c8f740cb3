//! The laws of `tokenomics-liquidity-curves`.
#![no_main]

#[path = "../../crates/liquidity-curves/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |draw, direction, amount| against_the_pool(draw, direction, amount),
    |rules, calls: Vec<_>| backed(rules, &calls),
    |draw, direction, amount| bounded(draw, direction, amount),
    |rules, calls: Vec<_>| capacity(rules, &calls),
    |draw, direction, amount| concentrated_against_the_pool(draw, direction, amount),
    |draw, direction, amount| concentrated_fees_are_shared(draw, direction, amount),
    |draw, calls| concentrated_is_solvent(draw, calls),
    |draw, prices, liquidity, variance| concentrated_position_is_concave(draw, prices, liquidity, variance),
    |draw, direction, amount| concentrated_quoted(draw, direction, amount),
    |ends, liquidity, other| concentrated_range_is_exact(ends, liquidity, other),
    |draw, calls| concentrated_restored_is_the_same(draw, calls),
    |draw, direction, amount| concentrated_round_trip(draw, direction, amount),
    |draw, direction, first, second| concentrated_split(draw, direction, first, second),
    |prices, liquidity, amount, is_out, pips| concentrated_step_keeps_its_curve(prices, liquidity, amount, is_out, pips),
    |rules, calls: Vec<_>| conserved(rules, &calls),
    |draw, direction, amount| constant_product(draw, direction, amount),
    |draw, price, variance| constant_product_position(draw, price, variance),
    |draw, direction, amount| contract_integers(draw, direction, amount),
    |rules, calls: Vec<_>| first_in_first_out(rules, &calls),
    |draw| gamma_is_the_slope(draw),
    |draw| invariant_is_exact(draw),
    |draw, direction, cost| inverse_is_tight(draw, direction, cost),
    |draw, direction, amount, cost| ladder_is_its_levels(draw, direction, amount, cost),
    |draw, direction, near, price, amount| ladder_keeps_orders(draw, direction, near, price, amount),
    |draw, amounts, token| liquidity_quoted(draw, amounts, token),
    |draw, prices, variance, shares| position_is_concave(draw, prices, variance, shares),
    |rules, calls: Vec<_>, amount, cost| primary_market_quoted(rules, &calls, amount, cost),
    |draw, direction, amount| quoted(draw, direction, amount),
    |draw, direction, amount| round_trip(draw, direction, amount),
    |draw, amounts, direction, amount| share_value(draw, amounts, direction, amount),
    |draw, direction, first, second| split(draw, direction, first, second),
    |draw, direction, amount, rate| stable_invariant(draw, direction, amount, rate),
    |draw, amounts, coin| stable_share_value(draw, amounts, coin),
    |draw, third, tokens, amount| weighted_invariant(draw, third, tokens, amount),
    |draw, third, token, amounts| weighted_share_value(draw, third, token, amounts),
}
