//! An amount along a power, an exponential and a logistic curve.

use tokenomics_fixed_math::{Amount, Error, Ratio, Rounding, SignedWad, Wad};

use super::natural::Natural;

/// The numerator and the denominator of a ratio of at most 1.
fn at_most_one(a: u128, b: u128) -> (u128, u128) {
    (a.min(b), a.max(b).max(1))
}

/// `ratio_power`: amount · ratio^(p/q) is the exact number rounded by the definition of its
/// direction, which whole powers tell: v is at most it where v^q·d^p ≤ amount^q·n^p.
pub(crate) fn ratio_power(amount: u128, ratio: (u128, u128), exponent: (u8, u8)) {
    let (part, whole) = at_most_one(ratio.0, ratio.1);
    let p = usize::from(exponent.0 % 9);
    let q = [1, 2, 4, 5, 8, 10, 16, 20][usize::from(exponent.1 % 8)];
    let wad = Wad::from_raw(p as u128 * Wad::SCALE / q as u128);
    let power = |rounding| {
        let ratio = Ratio::new(part, whole).unwrap();
        let power = Amount::new(amount).mul_pow(ratio, wad, rounding);
        power.unwrap().get()
    };
    let exact = Natural::from(amount)
        .power(q)
        .times(&Natural::from(part).power(p));
    // `halves` halves of a unit, to the power of q, over the same denominator.
    let above = |halves: &Natural| {
        let left = halves.power(q).times(&Natural::from(whole).power(p));
        left.cmp(&exact.shifted(q))
    };
    let floor = power(Rounding::Floor);
    let halves = Natural::from(floor).shifted(1);
    assert!(
        above(&halves).is_le(),
        "{amount}·({part}/{whole})^({p}/{q})"
    );
    assert!(above(&halves.plus(&2.into())).is_gt());
    let is_exact = above(&halves).is_eq();
    let nearest = above(&halves.plus(&1.into()));
    let up = |rounding| power(rounding) - floor;
    assert_eq!(up(Rounding::Ceil), u128::from(!is_exact));
    assert_eq!(up(Rounding::HalfUp), u128::from(nearest.is_le()));
    let odd_tie = nearest.is_eq() && floor % 2 == 1;
    let goes_up = nearest.is_lt() || odd_tie;
    assert_eq!(up(Rounding::HalfEven), u128::from(goes_up));
}

/// `rational_power`: amount · (n/d)^(p/q), of any ratios, is the exact number rounded down and up, or
/// above the largest: v is at most it where v^q·d^p ≤ amount^q·n^p.
pub(crate) fn rational_power(amount: u128, base: (u128, u128), exponent: (u8, u8)) {
    let (above, below) = (base.0, base.1.max(1));
    let (p, q) = (usize::from(exponent.0 % 9), usize::from(exponent.1 % 9 + 1));
    let base = Ratio::new(above, below).unwrap();
    let ratio = Ratio::new(p as u128, q as u128).unwrap();
    let exact = Natural::from(amount)
        .power(q)
        .times(&Natural::from(above).power(p));
    let is_above = |value: Natural| {
        let left = value.power(q).times(&Natural::from(below).power(p));
        left.cmp(&exact)
    };
    let power = |rounding| Amount::new(amount).mul_rational_pow(base, ratio, rounding);
    match power(Rounding::Floor) {
        Ok(floor) => {
            let next = Natural::from(floor.get()).plus(&1.into());
            assert!(is_above(floor.get().into()).is_le());
            assert!(is_above(next).is_gt(), "{amount}·{base:?}^({p}/{q})");
            let is_exact = is_above(floor.get().into()).is_eq();
            let ceil = if is_exact {
                Ok(floor)
            } else {
                floor.checked_add(Amount::new(1))
            };
            assert_eq!(power(Rounding::Ceil).ok(), ceil.ok());
        }
        Err(_) => assert!(is_above(Natural::from(1).shifted(128)).is_le()),
    }
}

/// `growth`: an amount along an exponential is the exact number rounded once, as the series of the
/// exponential between two bounds tells, and what decays is what grows seen from the other end.
pub(crate) fn growth(amount: u128, ratio: (u128, u128), steepness: i128) {
    let (part, whole) = at_most_one(ratio.0, ratio.1);
    // Up to 20, where the series takes 200 terms.
    let k = steepness % (20 * SignedWad::SCALE + 1);
    let (amount, k) = (Amount::new(amount), SignedWad::from_raw(k));
    let minus_k = k.checked_neg().unwrap();
    let of = |k: SignedWad, part, rounding| {
        let ratio = Ratio::new(part, whole).unwrap();
        amount.mul_expm1(k, ratio, rounding).unwrap().get()
    };
    let other = whole - part;
    for (one, opposite) in [
        (Rounding::Floor, Rounding::Ceil),
        (Rounding::Ceil, Rounding::Floor),
    ] {
        let back = of(minus_k, other, opposite);
        assert_eq!(
            of(k, part, one),
            amount.get() - back,
            "{k} at {part}/{whole}"
        );
    }
    let rising = SignedWad::from_raw(k.raw().abs());
    let [floor, ceil, even, half] = [
        Rounding::Floor,
        Rounding::Ceil,
        Rounding::HalfEven,
        Rounding::HalfUp,
    ]
    .map(|rounding| of(rising, part, rounding));
    if part == 0 || part == whole {
        let exact = if part == 0 { 0 } else { amount.get() };
        assert_eq!([floor, ceil, even, half], [exact; 4]);
        return;
    }
    if amount.is_zero() || rising == SignedWad::ZERO {
        let exact = |rounding| amount.mul_div(part, whole, rounding).unwrap().get();
        let [floor_is, ceil_is] = [exact(Rounding::Floor), exact(Rounding::Ceil)];
        assert_eq!([floor, ceil], [floor_is, ceil_is]);
        return;
    }
    let (low, high) = halves_between(amount.get(), part, whole, rising.raw().unsigned_abs());
    assert_eq!(
        low, high,
        "{BITS} bits don't tell {rising} at {part}/{whole}"
    );
    let nearest = low.plus(&1.into()).shifted_down(1);
    assert_eq!(Natural::from(floor), low.shifted_down(1));
    assert_eq!(ceil, floor + 1, "it is never a whole number");
    assert_eq!([even, half].map(Natural::from), [nearest.clone(), nearest]);
}

/// `s_curve`: an amount along a logistic curve is the exact number rounded once, as the series of the
/// exponential between two bounds tells, at the half exactly half of it, and the second half is the
/// first seen from the other end.
pub(crate) fn s_curve(amount: u128, ratio: (u128, u128), steepness: u128) {
    let (part, whole) = at_most_one(ratio.0, ratio.1);
    let (amount, k) = (Amount::new(amount), steepness % (40 * Wad::SCALE + 1));
    let of = |part, rounding| {
        let ratio = Ratio::new(part, whole).unwrap();
        let of = amount.mul_logistic(Wad::from_raw(k), ratio, rounding);
        of.unwrap().get()
    };
    let rest = whole - part;
    for (one, opposite) in [
        (Rounding::Floor, Rounding::Ceil),
        (Rounding::Ceil, Rounding::Floor),
    ] {
        let back = of(rest, opposite);
        assert_eq!(of(part, one), amount.get() - back, "{k} at {part}/{whole}");
    }
    let [floor, ceil, even, half] = Rounding::ALL.map(|rounding| of(part, rounding));
    if part == 0 || rest == 0 || part == rest || k == 0 || amount.is_zero() {
        let exact = Rounding::ALL.map(|rounding| amount.mul_div(part, whole, rounding).unwrap());
        assert_eq!([floor, ceil, even, half], exact.map(Amount::get));
        return;
    }
    let (low, high) = halves_of_s_curve(amount.get(), part, whole, k);
    assert_eq!(low, high, "{BITS} bits don't tell {k} at {part}/{whole}");
    let nearest = low.plus(&1.into()).shifted_down(1);
    assert_eq!(Natural::from(floor), low.shifted_down(1));
    assert_eq!(ceil, floor + 1, "it is never a whole number");
    assert_eq!([even, half].map(Natural::from), [nearest.clone(), nearest]);
}

/// ⌊2·amount·a(b + 1) / (b(a + b + 2))⌋ with a = e^(2k·part/whole) − 1 and b = e^k − 1, which is the
/// curve in exponentials above 1, of the least and of the most it can be.
fn halves_of_s_curve(amount: u128, part: u128, whole: u128, k: u128) -> (Natural, Natural) {
    let scale = Natural::from(Wad::SCALE);
    let twice_k = Natural::from(2 * k);
    let a = expm1(&twice_k.times(&part.into()), &scale.times(&whole.into()));
    let b = expm1(&k.into(), &scale);
    let one = Natural::from(1).shifted(BITS);
    let twice = Natural::from(amount).shifted(1);
    // It grows with a, and falls with b.
    let over = |a: &Natural, b: &Natural| {
        let above = twice.times(a).times(&b.plus(&one));
        let sum = a.plus(b).plus(&one).plus(&one);
        above.divided(&b.times(&sum)).0
    };
    (over(&a.0, &b.1), over(&a.1, &b.0))
}

/// The bits behind the point of the oracle's numbers.
const BITS: usize = 640;

/// ⌊2·amount·(e^(k·part/whole) − 1) / (e^k − 1)⌋, of the least and of the most it can be.
fn halves_between(amount: u128, part: u128, whole: u128, k: u128) -> (Natural, Natural) {
    let scale = Natural::from(Wad::SCALE);
    let so_far = expm1(
        &Natural::from(k).times(&part.into()),
        &scale.times(&whole.into()),
    );
    let all = expm1(&k.into(), &scale);
    let twice = Natural::from(amount).shifted(1);
    let over = |above: &Natural, below: &Natural| twice.times(above).divided(below).0;
    (over(&so_far.0, &all.1), over(&so_far.1, &all.0))
}

/// e^(n/d) − 1 in units of 2^-BITS, at least and at most: its series, each term cut off in the one
/// and rounded up in the other.
fn expm1(n: &Natural, d: &Natural) -> (Natural, Natural) {
    let one: Natural = 1.into();
    let low = n.shifted(BITS).divided(d).0;
    let high = low.plus(&one);
    let (mut sums, mut terms) = ((low.clone(), high.clone()), (low.clone(), high.clone()));
    for k in 2_u128.. {
        let down = terms.0.times(&low).shifted_down(BITS);
        let up = terms.1.times(&high).shifted_down(BITS).plus(&one);
        terms = (
            down.divided(&k.into()).0,
            up.divided(&k.into()).0.plus(&one),
        );
        sums = (sums.0.plus(&terms.0), sums.1.plus(&terms.1));
        // From k = 2z on each term is at most half of the one before: the rest is at most the last.
        if k > 160 && terms.0.is_zero() {
            return (sums.0, sums.1.plus(&terms.1));
        }
    }
    unreachable!("the terms vanish")
}

/// All refuse a ratio above 1, and name it.
pub(crate) fn ratio_above_one(amount: u128, ratio: (u128, u128), number: i128) {
    let (below, above) = at_most_one(ratio.0, ratio.1);
    let Ok(inverse) = Ratio::new(above, below) else {
        return;
    };
    let amount = Amount::new(amount);
    let exponent = Wad::from_raw(number.unsigned_abs());
    for result in [
        amount.mul_pow(inverse, exponent, Rounding::Floor),
        amount.mul_expm1(SignedWad::from_raw(number), inverse, Rounding::Ceil),
        amount.mul_logistic(Wad::ONE, inverse, Rounding::Floor),
    ] {
        match result {
            Ok(all) => assert!(above == below && all == amount),
            Err(Error::OutOfRange { value, bound, .. }) => {
                assert!((value, bound) == (above, below) && above > below);
            }
            Err(other) => panic!("{other}"),
        }
    }
}
