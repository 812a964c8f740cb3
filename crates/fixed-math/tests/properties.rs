//! The laws, over tiny, huge and boundary inputs.

mod draw;
mod laws;

use draw::number::{length, number, signed};
use proptest::prelude::*;
use tokenomics_fixed_math::{Decimals, Fraction, Rounding, Wad};

fn part() -> impl Strategy<Value = u64> {
    prop_oneof![
        1 => Just(0),
        1 => Just(Fraction::SCALE),
        1 => (0..=10_000_u64).prop_map(|bps| bps * (Fraction::SCALE / 10_000)),
        2 => length(),
    ]
}

fn wide() -> impl Strategy<Value = (u128, u128)> {
    (number(), number())
}

/// Near-numbers: digits, separators, points and signs in any order, and numbers about the limits.
fn text() -> impl Strategy<Value = String> {
    let limit = (number(), number(), 0..42_usize).prop_map(|(high, low, point)| {
        let mut text = format!("{high}{low}");
        text.truncate(40);
        text.insert(point.min(text.len()), '.');
        text
    });
    prop_oneof![
        3 => "[0-9]{1,30}(\\.[0-9]{1,20})?",
        2 => "-?[0-9_]{0,12}\\.?[0-9_]{0,12}",
        1 => "[-+./_0-9eE ]{0,8}",
        1 => "[0-9]{1,40}/[0-9]{1,40}",
        1 => "0{0,50}[0-9]{0,5}\\.?[0-9]{0,5}0{0,50}",
        2 => limit,
        2 => number().prop_map(|value| value.to_string()),
        1 => signed().prop_map(|value| value.to_string()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 2_000 }))]

    #[test]
    fn bracket(a in number(), b in number(), c in number()) {
        laws::bracket(a, b, c);
    }

    #[test]
    fn bracket_of_quotients_that_fit(a in number(), b in number(), above in 0..=20_u128) {
        // A divisor near one of the factors puts the quotient near the other.
        laws::bracket(a, b, b.saturating_add(above));
        laws::bracket(a, b, a.saturating_sub(above));
    }

    #[test]
    fn bracket_of_wads(a in number(), b in number()) {
        laws::bracket_of_wads(a, b);
    }

    #[test]
    fn bracket_of_wides(a in wide(), b in wide(), c in wide(), above in 0..=20_u128) {
        laws::bracket_of_wides(a, b, c);
        laws::bracket_of_wides(a, b, (0, c.1));
        laws::bracket_of_wides((0, a.1), b, (0, c.1));
        // A divisor near one of the factors puts the quotient near the other, and rounds up to 2^256.
        laws::bracket_of_wides(a, b, (b.0, b.1.saturating_add(above)));
        laws::bracket_of_wides(a, b, (b.0.saturating_sub(above), b.1));
        laws::bracket_of_wides((u128::MAX, u128::MAX), b, (b.0, b.1.saturating_sub(1)));
    }

    #[test]
    fn bracket_of_shares(a in wide(), b in wide(), above in 0..=20_u128) {
        laws::bracket_of_shares(a, b);
        laws::bracket_of_shares((0, a.1), b);
        laws::bracket_of_shares((0, a.1), (0, b.1));
        // Parts near the whole, and a few units of it.
        laws::bracket_of_shares((b.0, b.1.saturating_sub(above)), b);
        laws::bracket_of_shares((0, above), b);
        laws::bracket_of_shares((0, above), (0, 21));
    }

    #[test]
    fn bracket_of_roots(number in wide()) {
        laws::bracket_of_roots(number.0, number.1);
        laws::bracket_of_roots(0, number.1);
    }

    #[test]
    fn bracket_of_digits(value in number(), signed in signed(), digits in 0..=Decimals::MAX) {
        laws::bracket_of_digits(value, digits);
        laws::bracket_of_digits(signed as u128, digits);
    }

    #[test]
    fn signed_bracket(a in signed(), b in signed(), c in signed()) {
        laws::signed_bracket(a, b, c);
    }

    #[test]
    fn monotone(
        a in (number(), number()), b in number(), c in (number(), number()), step in 0..3_u128,
    ) {
        laws::monotone(a, b, c);
        laws::monotone((a.0, a.0.saturating_add(step)), b, (c.0, c.0.saturating_add(step)));
    }

    #[test]
    fn checked_sums(a in number(), b in number(), c in signed(), d in signed()) {
        laws::checked_sums(a, b);
        laws::checked_sums(c as u128, d as u128);
    }

    #[test]
    fn clock(at in length(), by in length(), count in length()) {
        laws::clock(at, by, count);
    }

    #[test]
    fn conversions(value in number(), small in part(), decimals in 0..=Decimals::MAX + 2) {
        laws::conversions(value, small, decimals);
        // About the last integer, percent and basis point that fit either type.
        for unit in [Wad::SCALE, Wad::SCALE / 100, Wad::SCALE / 10_000] {
            for last in [u128::MAX / unit, i128::MAX.unsigned_abs() / unit] {
                laws::conversions(last + value % 3 - 1, small, decimals);
                laws::conversions((last + value % 3 - 1).wrapping_neg(), small, decimals);
            }
        }
    }

    #[test]
    fn wide_arithmetic(a in wide(), b in wide(), factor in number()) {
        laws::wide_arithmetic(a, b, factor);
        laws::wide_arithmetic((0, a.1), b, factor);
    }

    #[test]
    fn wide_products(a in wide(), b in wide()) {
        laws::wide_products(a, b);
        laws::wide_products((0, a.1), b);
        laws::wide_products(a, (0, b.1));
        laws::wide_products(a, (a.0, b.1));
    }

    #[test]
    fn checked_shl(value in wide(), by in any::<u32>()) {
        laws::checked_shl(value, by);
        laws::checked_shl((0, value.1), by);
    }

    #[test]
    fn ratio_order(a in wide(), b in wide(), c in wide()) {
        laws::ratio_order(a, b, c);
        // Next to each other: one unit of the numerator, or of the denominator, apart.
        laws::ratio_order(a, (a.0.saturating_add(1), a.1), (a.0, a.1.saturating_add(1)));
    }

    #[test]
    fn ratio_hash(a in length(), b in length(), factor in length()) {
        laws::ratio_hash(a, b, factor);
    }

    #[test]
    fn ratio_product(
        a in wide(), b in wide(), small in (length(), length(), length()), shared in length(),
    ) {
        laws::ratio_product(a, b);
        // A factor that has to cancel for the rest to fit.
        let [x, y, z] = [small.0, small.1, small.2].map(u128::from);
        let times = |value: u128| value.saturating_mul(shared.into());
        laws::ratio_product((times(x), y), (z, times(y)));
        laws::ratio_product((times(x), times(y)), (times(z), times(x)));
    }

    #[test]
    fn share(amount in number(), part in part(), of_part in part()) {
        laws::share(amount, part, of_part);
    }

    #[test]
    fn lerp_between(
        from in number(), to in number(), a in signed(), b in signed(),
        at in (part(), part()), step in 0..3_u64,
    ) {
        laws::lerp_between(from, to, at);
        laws::lerp_between(a as u128, b as u128, at);
        laws::lerp_between(from, to, (at.0, at.0.saturating_add(step)));
    }

    #[test]
    fn exp_bracket(x in draw::exponent(), bits in number()) {
        laws::exp_bracket(x);
        laws::exp_bracket(bits as i128);
    }

    #[test]
    fn log_bracket(x in draw::argument()) {
        laws::log_bracket(x);
    }

    #[test]
    fn power_bracket(power in draw::power()) {
        laws::power_bracket(power.0, power.1);
    }

    #[test]
    fn whole_power_bracket(power in draw::whole_power()) {
        laws::whole_power_bracket(power.0, power.1);
    }

    #[test]
    fn nth_root_bracket(base in draw::argument(), degree in draw::degree()) {
        laws::nth_root_bracket(base, degree);
    }

    #[test]
    fn geometric_sum_bracket(
        power in draw::whole_power(), ratio in draw::ratio_with_a_limit(), terms in draw::count(),
    ) {
        laws::geometric_sum_bracket(ratio, terms);
        laws::geometric_sum_bracket(power.0, terms);
        laws::geometric_sum_bracket(power.0, power.1.unsigned_abs());
    }

    #[test]
    fn enclosures_agree_with_integers(base in draw::argument(), exponent: (i8, u8)) {
        laws::enclosures_agree_with_integers(base, exponent);
    }

    #[test]
    fn functions_are_monotone(
        x in (draw::argument(), draw::argument()), y in (draw::exponent(), draw::exponent()),
        n in (draw::count(), draw::count()), power in draw::whole_power(), step in 0..3_u8,
    ) {
        laws::functions_are_monotone(x, y, n);
        // Next to each other.
        let next = (power.0, power.0.saturating_add(step.into()));
        let exponents = (y.0, y.0.saturating_add(step.into()));
        let counts = (power.1 as u64, (power.1 as u64).saturating_add(step.into()));
        laws::functions_are_monotone(next, exponents, counts);
    }

    #[test]
    fn exp_undoes_ln(x in draw::argument(), y in draw::exponent()) {
        laws::exp_undoes_ln(x, y);
    }

    #[test]
    fn exponents_add(
        power in draw::power(), y in draw::exponent(), n in (draw::count(), draw::count()),
    ) {
        laws::exponents_add(power.0, (power.1, y), n);
        laws::exponents_add(power.0, (y, y), n);
    }

    #[test]
    fn logarithms_add(a in length(), b in length()) {
        laws::logarithms_add(a, b);
    }

    #[test]
    fn powi_is_pow(power in draw::whole_power(), fives: u8, twos: u8) {
        laws::powi_is_pow(power.0, power.1, fives, twos);
    }

    #[test]
    fn round_trip(high in number(), low in number()) {
        for decimals in 0..=Decimals::MAX {
            laws::round_trip(high, low, decimals);
        }
    }

    #[test]
    fn parse(text in text(), decimals in 0..=Decimals::MAX) {
        laws::parse(&text, decimals);
    }
}

/// The last ratio whose sum fits, and the first whose sum doesn't, above 2 and below.
#[test]
fn geometric_sum_bracket_at_the_end_of_the_range() {
    for terms in [3, 4, 7, 20, 60, 69, 70, 71, 80, 1_000] {
        let fits = |raw| {
            let sum = Wad::from_raw(raw).geometric_sum(terms, Rounding::Floor);
            sum.is_ok()
        };
        let mut last = 0_u128;
        for bit in (0..110).rev() {
            if fits(last | 1 << bit) {
                last |= 1 << bit;
            }
        }
        for raw in last - 2..=last + 2 {
            laws::geometric_sum_bracket(raw, terms);
        }
    }
}

#[test]
fn log_bracket_and_exp_bracket_at_the_ends_of_their_domains() {
    let ends = [
        0,
        Wad::SCALE,
        Wad::SCALE.wrapping_neg(),
        1 << 127,
        u128::MAX - Wad::SCALE,
    ];
    for end in ends {
        for off in 0..=20 {
            for raw in [end.wrapping_add(off), end.wrapping_sub(off)] {
                laws::log_bracket(raw);
                laws::exp_bracket(raw as i128);
            }
        }
    }
}

/// Every tie and every sign, where a rounding of the difference instead of the value would show.
#[test]
fn lerp_between_small_numbers_at_every_tenth() {
    for from in -20..=20_i128 {
        for to in -20..=20_i128 {
            for tenth in 0..=10 {
                let tenths = |tenth: u64| tenth * (Fraction::SCALE / 10);
                laws::lerp_between(
                    from as u128,
                    to as u128,
                    (tenths(tenth), tenths(10 - tenth)),
                );
            }
        }
    }
}

#[test]
fn parse_at_every_number_of_decimals_one_digit_about_the_limit() {
    let max = u128::MAX.to_string();
    for decimals in 0..=Decimals::MAX {
        for text in [&max, "340282366920938463463374607431768211456"] {
            let mut text = text.to_owned();
            text.insert(39 - usize::from(decimals), '.');
            let text = text.trim_end_matches('.');
            laws::parse(text, decimals);
            laws::parse(&format!("{text}0"), decimals);
            laws::parse(&format!("{text}.0"), decimals);
            laws::parse(&format!("0{text}"), decimals);
        }
    }
}
