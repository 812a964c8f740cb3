//! The laws of `tokenomics-fixed-math`.
#![no_main]

#[path = "../../crates/fixed-math/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |a, b, c| bracket(a, b, c),
    |value, digits| bracket_of_digits(value, digits),
    |high, low| bracket_of_roots(high, low),
    |a, b| bracket_of_wads(a, b),
    |value, by| checked_shl(value, by),
    |a, b| checked_sums(a, b),
    |at, length, count| clock(at, length, count),
    |value, small, decimals| conversions(value, small, decimals),
    |x| exp_bracket(x),
    |x, y| exp_undoes_ln(x, y),
    |base, y, n| exponents_add(base, y, n),
    |x, y, n| functions_are_monotone(x, y, n),
    |ratio, terms| geometric_sum_bracket(ratio, terms),
    |amount, ratio, steepness| growth(amount, ratio, steepness),
    |base, numerator, denominator, units| growth_over_time(base, numerator, denominator, units),
    |supply, ceiling, rate, time| growth_to_a_ceiling(supply, ceiling, rate, time),
    |from, to, at| lerp_between(from, to, at),
    |x| log_bracket(x),
    |a, b| logarithms_add(a, b),
    |a, b, c| monotone(a, b, c),
    |base, degree| nth_root_bracket(base, degree),
    |decimals, text: String| parse(&text, decimals),
    |base, exponent| power_bracket(base, exponent),
    |base, exponent, fives, twos| powi_is_pow(base, exponent, fives, twos),
    |amount, ratio, number| ratio_above_one(amount, ratio, number),
    |a, b, factor| ratio_hash(a, b, factor),
    |a, b, c| ratio_order(a, b, c),
    |amount, ratio, exponent| ratio_power(amount, ratio, exponent),
    |a, b| ratio_product(a, b),
    |high, low, decimals| round_trip(high, low, decimals),
    |amount, ratio, steepness| s_curve(amount, ratio, steepness),
    |amount, part, of_part| share(amount, part, of_part),
    |a, b, c| signed_bracket(a, b, c),
    |base, exponent| whole_power_bracket(base, exponent),
    |a, b, factor| wide_arithmetic(a, b, factor),
}
