//! Numbers whose carries and remainders random inputs don't reach.

use super::*;

const ALL: u128 = u128::MAX;

fn wide(limbs: [u128; 4]) -> Wide {
    Wide(limbs)
}

#[test]
fn a_carry_passes_through_full_limbs() {
    for (a, b, sum) in [
        ([0, 0, ALL, ALL], [0, 0, 0, 1], [0, 1, 0, 0]),
        ([0, ALL, ALL, ALL], [0, 0, 0, 1], [1, 0, 0, 0]),
        ([0, ALL, ALL, 1], [0, 0, 0, ALL], [1, 0, 0, 0]),
        ([0, ALL, ALL, 0], [0, 0, 1, 0], [1, 0, 0, 0]),
        (
            [0, ALL, ALL, ALL],
            [0, ALL, ALL, ALL],
            [1, ALL, ALL, ALL - 1],
        ),
    ] {
        let (a, b, sum) = (wide(a), wide(b), wide(sum));
        assert_eq!(a.plus(b), sum);
        assert_eq!(b.plus(a), sum);
        assert_eq!(sum.checked_sub(b), Some(a));
        assert_eq!(a.checked_sub(sum), None);
    }
}

#[test]
fn a_product_carries_into_each_limb() {
    let most = wide([0, ALL, ALL, ALL]);
    // (2^384 − 1)(2^128 − 1) = 2^512 − 2^384 − 2^128 + 1
    assert_eq!(most.times(ALL), Some(wide([ALL - 1, ALL, ALL, 1])));
    assert_eq!(wide([1, 0, 0, 0]).times(ALL), Some(wide([ALL, 0, 0, 0])));
    assert_eq!(wide([2, 0, 0, 0]).times(1 << 127), None);
    assert_eq!(wide([ALL; 4]).times(2), None);
    // The square of 2^512 − 1 is 2^1024 − 2^513 + 1.
    let square = wide([ALL; 4]).product(wide([ALL; 4]));
    assert_eq!(square, (wide([ALL, ALL, ALL, ALL - 1]), Wide::from_u128(1)));
    assert!(Wide::cmp_products(
        wide([ALL; 4]),
        wide([1, 0, 0, 0]),
        wide([0, ALL, ALL, ALL]),
        most
    )
    .is_gt());
}

/// Rows whose sum carries through all of the upper half, as no random input does.
#[test]
fn a_product_is_that_of_its_limbs() {
    let limbs = [0, 1, 2, ALL - 1, ALL, 1 << 127];
    for a in limbs {
        for b in limbs {
            for (left, right) in [
                ([a, b, b, a], [b, a, ALL, b]),
                ([0, a, ALL, b], [a, 0, b, a]),
            ] {
                let (left, right) = (wide(left), wide(right));
                // (left − 1 + 1) · right, where left isn't 0.
                let Some(less) = left.checked_sub(Wide::from_u128(1)) else {
                    continue;
                };
                let ((h, l), (lh, ll)) = (left.product(right), less.product(right));
                let sum = ll.plus(right);
                let carried = Wide::from_u128((sum < ll).into());
                assert_eq!((h, l), (lh.plus(carried), sum));
                assert_eq!(left.product(right), right.product(left));
            }
        }
    }
}

#[test]
fn a_quotient_and_its_remainder_make_the_dividend() {
    let dividends = [
        [0, 1, 0, 0],
        [1, 0, 0, 0],
        [ALL; 4],
        [3, 1, ALL, 0],
        [0, 0, 0, 1],
    ];
    for dividend in dividends.map(wide) {
        for divisor in [1, 2, 7, 1 << 64, 1 << 127, ALL - 1, ALL] {
            let (quotient, rest) = dividend.div_rem(divisor);
            assert!(rest < divisor);
            let back = quotient.times(divisor).unwrap();
            assert_eq!(back.plus(Wide::from_u128(rest)), dividend);
            let up = dividend.divided(divisor, Rounding::Ceil);
            let more = Wide::from_u128((rest != 0).into());
            assert_eq!(up, quotient.plus(more));
        }
    }
}

#[test]
fn a_shift_is_a_division_by_a_power_of_two() {
    let value = wide([0x8123 << 100, 7, ALL, 5 << 90]);
    for by in 0..512_u32 {
        let halves = (0..by).fold(value, |rest, _| rest.div_rem(2).0);
        assert_eq!(value.shr(by), halves, "{by}");
    }
    assert_eq!(wide([1, 0, 0, 0]).bits(), 385);
    assert_eq!(wide([0, 1, 0, 0]).bits(), 257);
    assert_eq!(wide([0, 0, 1, 0]).bits(), 129);
    assert_eq!(Wide::ZERO.bits(), 0);
}

/// Both ways around the exact quotient, and within one of 2^126 of it.
#[test]
fn a_ratio_is_cut_to_its_side() {
    let (a, b) = (wide([5, ALL, 3, 1]), wide([4, 1, ALL, ALL]));
    let floor = Wide::ratio(a, b, Rounding::Floor).unwrap();
    let ceil = Wide::ratio(a, b, Rounding::Ceil).unwrap();
    let compare = |ratio: Ratio| {
        let of = |term| Wide::from_u128(term);
        Wide::cmp_products(of(ratio.numerator()), b, of(ratio.denominator()), a)
    };
    assert!(compare(floor).is_lt() && compare(ceil).is_gt());
    assert!(ceil.numerator() - floor.numerator() <= 1);
    assert!(floor.denominator() - ceil.denominator() <= 1);
    assert_eq!(Wide::ratio(a, Wide::ZERO, Rounding::Floor), None);
    assert_eq!(
        Wide::ratio(Wide::ZERO, a, Rounding::Floor),
        Some(Ratio::ZERO)
    );
    assert_eq!(
        Wide::ratio(Wide::from_u128(ALL), Wide::from_u128(ALL), Rounding::Ceil)
            .map(|one| one >= Ratio::ONE),
        Some(true)
    );
    let of = |units: u128| wide([0, 0, 0, units]).within(SCALE).within(SCALE);
    let whole = Wide::ratio(of(24 * SCALE), of(15 * SCALE), Rounding::Floor).unwrap();
    assert_eq!(
        (whole.numerator(), whole.denominator()),
        (24 * SCALE, 15 * SCALE)
    );
    let exact = Wide::ratio(Wide::from_u128(12), Wide::from_u128(10), Rounding::Floor);
    assert_eq!(
        exact.map(|exact| (exact.numerator(), exact.denominator())),
        Some((12, 10))
    );
}

#[test]
fn a_term_is_divided_only_at_prices_that_18_decimals_do_not_hold() {
    let term = |price, rounding| Wide::term(3, price, FULL, rounding);
    let units = |numerator: u128, denominator: u128| {
        Wide::from_u128(numerator)
            .within(SCALE)
            .within(SCALE)
            .divided(denominator, Rounding::Floor)
    };
    for denominator in [
        1,
        2,
        5,
        1 << 18,
        SCALE / 3,
        SCALE,
        3,
        7,
        1 << 19,
        SCALE * 10,
    ] {
        let price = Ratio::new(7, denominator).unwrap();
        let floor = term(price, Rounding::Floor);
        assert_eq!(floor, units(21, denominator), "{denominator}");
        let exact = units(21, 1).div_rem(denominator).1 == 0;
        let ceil = floor.plus(Wide::from_u128((!exact).into()));
        assert_eq!(term(price, Rounding::Ceil), ceil, "{denominator}");
    }
}

#[test]
fn a_scaled_number_is_rounded_once_and_told_from_what_does_not_fit() {
    let seven = Wide::from_u128(7);
    assert_eq!(seven.scaled([3], [2, 5], Rounding::Floor), Some(2));
    assert_eq!(seven.scaled([3], [2, 5], Rounding::Ceil), Some(3));
    assert_eq!(seven.scaled([2], [7, 2], Rounding::Ceil), Some(1));
    let all = Wide::from_u128(ALL);
    assert_eq!(
        all.scaled([ALL, ALL, ALL], [ALL, ALL, ALL], Rounding::Floor),
        Some(ALL)
    );
    assert_eq!(
        all.scaled([ALL, ALL, ALL, 2], [ALL, ALL, ALL], Rounding::Floor),
        None
    );
    assert_eq!(all.scaled([2], [1], Rounding::Floor), None);
}
