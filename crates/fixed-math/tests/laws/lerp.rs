//! Points between two values.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, SignedWad, Wad, U256};

use super::fraction;
use super::natural::Natural;

/// `lerp_between`: the point is the exact one rounded by the definition of its direction, so it is
/// between the ends, each end at 0 and 1, monotone in `at`, and the same seen from the other end.
pub(crate) fn lerp_between(from: u128, to: u128, at: (u64, u64)) {
    let (sooner, later) = (fraction(at.0.min(at.1)), fraction(at.0.max(at.1)));
    let (sooner, later) = (sooner.min(later), sooner.max(later));
    unsigned(from, to, sooner, later);
    signed(from as i128, to as i128, sooner, later);
}

fn unsigned(from: u128, to: u128, sooner: Fraction, later: Fraction) {
    let (a, b) = (Amount::new(from), Amount::new(to));
    let exact = weighted(&from.into(), &to.into(), later).rounded(&scale());
    for rounding in Rounding::ALL {
        let point = a.lerp(b, later, rounding);
        assert_eq!(U256::from(point.get()), exact(rounding).wide());
        in_order(a, a.lerp(b, sooner, rounding), point, b);
        assert_eq!(a.lerp(b, Fraction::ZERO, rounding), a);
        assert_eq!(a.lerp(b, Fraction::ONE, rounding), b);
        assert_eq!(b.lerp(a, later.complement(), rounding), point);
        let share = b.mul_fraction(later, rounding);
        assert_eq!(Amount::ZERO.lerp(b, later, rounding), share);
        let wad = Wad::from_raw(from).lerp(Wad::from_raw(to), later, rounding);
        assert_eq!(wad.raw(), point.get());
    }
    // What the one walks up the other walks down: no unit is made or lost.
    let [up, down] = [
        a.lerp(b, later, Rounding::Floor),
        b.lerp(a, later, Rounding::Ceil),
    ];
    let sum = |x: Amount, y: Amount| Natural::from(x.get()).plus(&y.get().into());
    assert_eq!(sum(up, down), sum(a, b));
}

fn signed(from: i128, to: i128, sooner: Fraction, later: Fraction) {
    let (a, b) = (SignedWad::from_raw(from), SignedWad::from_raw(to));
    for rounding in Rounding::ALL {
        let point = a.lerp(b, later, rounding);
        assert_eq!(point.raw(), by_definition(from, to, later, rounding));
        in_order(a, a.lerp(b, sooner, rounding), point, b);
        assert_eq!(a.lerp(b, Fraction::ZERO, rounding), a);
        assert_eq!(a.lerp(b, Fraction::ONE, rounding), b);
        assert_eq!(b.lerp(a, later.complement(), rounding), point);
    }
    if let (Ok(minus_a), Ok(minus_b)) = (a.checked_neg(), b.checked_neg()) {
        let mirrored = minus_a.lerp(minus_b, later, Rounding::Floor);
        let ceil = a.lerp(b, later, Rounding::Ceil);
        assert_eq!(mirrored.checked_neg(), Ok(ceil));
    }
}

/// From `a` to `b`, one way, through both points.
fn in_order<T: Ord>(a: T, sooner: T, later: T, b: T) {
    let up = a <= sooner && sooner <= later && later <= b;
    let down = a >= sooner && sooner >= later && later >= b;
    assert!(up || down);
}

fn scale() -> Natural {
    u128::from(Fraction::SCALE).into()
}

fn weighted(from: &Natural, to: &Natural, at: Fraction) -> Natural {
    let of_from = from.times(&u128::from(at.complement().raw()).into());
    of_from.plus(&to.times(&u128::from(at.raw()).into()))
}

/// Moved up by 2^127, where nothing is negative. That is a whole and even number of units, so each
/// direction but one stays what it is; ties away from zero are found in the mirror below zero.
fn by_definition(from: i128, to: i128, at: Fraction, rounding: Rounding) -> i128 {
    // Flipping the top bit adds 2^127 modulo 2^128, and so takes it off again.
    let moved = |value: i128| Natural::from(value as u128 ^ (1 << 127));
    let mirror = |value: &Natural| Natural::from(1).shifted(128).minus(value);
    let (from, to) = (moved(from), moved(to));
    let exact = weighted(&from, &to, at);
    let negative = exact < scale().shifted(127);
    let point = if rounding == Rounding::HalfUp && negative {
        let mirrored = weighted(&mirror(&from), &mirror(&to), at);
        mirror(&mirrored.rounded(&scale())(rounding))
    } else {
        exact.rounded(&scale())(rounding)
    };
    (point.wide().low() ^ (1 << 127)) as i128
}
