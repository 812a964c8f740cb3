//! Powers, roots and sums of powers: by integers alone where they are small enough, else by
//! enclosures.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Error, Rounding, SignedWad, Wad};

use super::certificate::{
    by_enclosure, halves_of_one, magnitudes, rounded_once, signed_max, Exponential,
};
use super::enclosure::ln;
use super::fraction;
use super::natural::Natural;

type Comparison = Box<dyn Fn(&Natural) -> Ordering>;

/// `power_bracket`: x^y is what each direction defines, for an exponent with 18 decimals, and an
/// error exactly where that leaves the type. Of either type.
pub(crate) fn power_bracket(base: u128, exponent: i128) {
    let (wad, signed) = (Wad::from_raw(base), SignedWad::from_raw(base as i128));
    let y = SignedWad::from_raw(exponent);
    let (over, magnitude) = (Wad::SCALE, exponent.unsigned_abs());
    check(base, exponent < 0, (magnitude, over), |rounding| {
        wad.pow(y, rounding)
    });
    if signed.is_negative() && exponent % SignedWad::SCALE != 0 {
        for rounding in Rounding::ALL {
            let error = signed.pow(y, rounding);
            assert!(matches!(error, Err(Error::Domain { value, .. }) if value == signed));
        }
        return;
    }
    let odd = exponent / SignedWad::SCALE % 2 != 0;
    check_signed(signed, odd, exponent < 0, (magnitude, over), |rounding| {
        signed.pow(y, rounding)
    });
}

/// `power_bracket` of whole exponents: powers of both types and of fractions, and what compounds.
pub(crate) fn whole_power_bracket(base: u128, exponent: i64) {
    let (wad, signed) = (Wad::from_raw(base), SignedWad::from_raw(base as i128));
    let whole = (u128::from(exponent.unsigned_abs()), 1);
    check(base, exponent < 0, whole, |rounding| {
        wad.powi(exponent, rounding)
    });
    let odd = exponent % 2 != 0;
    check_signed(signed, odd, exponent < 0, whole, |rounding| {
        signed.powi(exponent, rounding)
    });

    let periods = exponent as u64;
    let part = fraction(base as u64);
    check(part.raw().into(), false, (periods.into(), 1), |rounding| {
        Ok(part.powi(periods, rounding).into())
    });
    let compound = |rounding| wad.compound(periods, rounding);
    match base.checked_add(Wad::SCALE) {
        Some(growth) => check(growth, false, (periods.into(), 1), compound),
        // 1 + rate is beyond the range, and so is each of its powers but the first.
        None if periods == 0 => assert_eq!(Rounding::ALL.map(compound), [Ok(Wad::ONE); 4]),
        None => assert!(Rounding::ALL
            .map(compound)
            .iter()
            .all(|of| matches!(of, Err(Error::Overflow { .. })))),
    }
}

/// `nth_root_bracket`: the n-th root r of x has rⁿ ≤ x < (r + 1 unit)ⁿ if floored, and is what each
/// other direction defines. Of either type, and no degree of 0.
pub(crate) fn nth_root_bracket(base: u128, degree: u32) {
    let (wad, signed) = (Wad::from_raw(base), SignedWad::from_raw(base as i128));
    check(base, false, (1, 3), |rounding| Ok(wad.cbrt(rounding)));
    check_signed(signed, true, false, (1, 3), |rounding| {
        Ok(signed.cbrt(rounding))
    });
    let root = |rounding| wad.nth_root(degree, rounding);
    let signed_root = |rounding| signed.nth_root(degree, rounding);
    if degree == 0 {
        for rounding in Rounding::ALL {
            assert!(matches!(
                root(rounding),
                Err(Error::OutOfRange { value: 0, .. })
            ));
            assert!(signed_root(rounding).is_err());
        }
        return;
    }
    check(base, false, (1, degree.into()), root);
    let odd = degree % 2 == 1;
    if signed.is_negative() && !odd {
        for rounding in Rounding::ALL {
            let error = signed_root(rounding);
            assert!(matches!(error, Err(Error::Domain { value, .. }) if value == signed));
        }
        return;
    }
    check_signed(signed, odd, false, (1, degree.into()), signed_root);
}

fn check(
    base: u128,
    negative: bool,
    exponent: (u128, u128),
    of: impl Fn(Rounding) -> Result<Wad, Error>,
) {
    if base == 0 && negative && exponent.0 != 0 {
        let by_zero = |rounding| of(rounding) == Err(Error::DivisionByZero);
        assert!(Rounding::ALL.into_iter().all(by_zero));
        return;
    }
    let fits = |rounding| match of(rounding) {
        Ok(power) => Some(power.raw()),
        Err(Error::Power { base: of, .. }) if of.raw() == base => None,
        Err(other) => panic!("{other}"),
    };
    rounded_once(u128::MAX, fits, power_of(base, negative, exponent));
}

/// Of a signed base, which an odd exponent leaves its sign.
fn check_signed(
    base: SignedWad,
    odd: bool,
    negative: bool,
    exponent: (u128, u128),
    of: impl Fn(Rounding) -> Result<SignedWad, Error>,
) {
    let magnitude = base.abs().raw();
    if magnitude == 0 && negative && exponent.0 != 0 {
        let by_zero = |rounding| of(rounding) == Err(Error::DivisionByZero);
        assert!(Rounding::ALL.into_iter().all(by_zero));
        return;
    }
    let below_zero = base.is_negative() && odd;
    rounded_once(
        signed_max(below_zero),
        magnitudes(below_zero, of),
        power_of(magnitude, negative, exponent),
    );
}

/// How (base / 10^18)^± (above / below) compares. 0^0 is 1, and 0 has no negative power.
pub(super) fn power_of(base: u128, negative: bool, (above, below): (u128, u128)) -> Comparison {
    if above == 0 || base == Wad::SCALE {
        return Box::new(|halves| halves_of_one().cmp(halves));
    }
    if base == 0 {
        return Box::new(|halves| Natural::ZERO.cmp(halves));
    }
    let divisor = greatest_common_divisor(above, below);
    let (above, below) = (above / divisor, below / divisor);
    if above <= 24 && below <= 24 {
        return Box::new(power_by_integers(base, negative, above, below));
    }
    Box::new(power_by_enclosure(base, negative, above, below))
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    match b {
        0 => a,
        _ => greatest_common_divisor(b, a % b),
    }
}

/// A power is h half units where base^above·(2·10^18)^below = h^below·(10^18)^above, with base and
/// 10^18 the other way round for a negative exponent.
pub(super) fn power_by_integers(
    base: u128,
    negative: bool,
    above: u128,
    below: u128,
) -> impl Fn(&Natural) -> Ordering {
    let (base, one) = (Natural::from(base), Natural::from(Wad::SCALE));
    let (base, one) = if negative { (one, base) } else { (base, one) };
    let [above, below] = [above, below].map(|of| usize::try_from(of).unwrap());
    let left = base.power(above).times(&halves_of_one().power(below));
    let right = one.power(above);
    move |halves| left.cmp(&halves.power(below).times(&right))
}

pub(super) fn power_by_enclosure(
    base: u128,
    negative: bool,
    above: u128,
    below: u128,
) -> impl Fn(&Natural) -> Ordering {
    let below_one = negative != (base < Wad::SCALE);
    let enclose = move |bits| {
        let log = ln(&base.into(), &Wad::SCALE.into(), bits);
        let exponent = log.times(&above.into()).over(&below.into());
        Exponential::of(below_one, &exponent)
    };
    // Powers of a quotient in lowest terms, other than 1, are in lowest terms. So one that is a number
    // of half units has a numerator below 2^130 and a denominator below 2^61, where one of them is at
    // least 2^above, and base is a power of `below` with a root of at least 2.
    let could_be = above <= 130 && below <= 130;
    by_enclosure(
        enclose,
        |power, halves| power.against(halves, &halves_of_one()),
        move |halves| could_be && power_by_integers(base, negative, above, below)(halves).is_eq(),
    )
}

/// `geometric_sum_bracket`: the sum of ratio^i for all i below `terms` is what each direction
/// defines, and an error exactly where that leaves the type.
pub(crate) fn geometric_sum_bracket(ratio: u128, terms: u64) {
    let wad = Wad::from_raw(ratio);
    let fits = |rounding| match wad.geometric_sum(terms, rounding) {
        Ok(sum) => Some(sum.raw()),
        Err(Error::GeometricSum {
            ratio: of,
            terms: n,
        }) => {
            assert!(of == wad && n == terms);
            None
        }
        Err(other) => panic!("{other}"),
    };
    let sum: Comparison = match ratio {
        _ if terms <= 70 => Box::new(sum_by_integers(ratio, terms)),
        0 => Box::new(|halves| halves_of_one().cmp(halves)),
        Wad::SCALE => Box::new(move |halves| {
            let sum = halves_of_one().times(&u128::from(terms).into());
            sum.cmp(halves)
        }),
        _ => Box::new(sum_by_enclosure(ratio, terms)),
    };
    rounded_once(u128::MAX, fits, sum);
}

/// Term by term: Σ ratioⁱ·(10^18)^(n−1−i) over (10^18)^(n−1).
pub(super) fn sum_by_integers(ratio: u128, terms: u64) -> impl Fn(&Natural) -> Ordering {
    let (ratio, one) = (Natural::from(ratio), Natural::from(Wad::SCALE));
    let (mut sum, mut unit) = (Natural::ZERO, Natural::from(1));
    for term in 0..terms {
        if term > 0 {
            unit = unit.times(&one);
        }
        sum = sum.times(&ratio).plus(&unit);
    }
    let sum = sum.times(&halves_of_one());
    move |halves| sum.cmp(&halves.times(&unit))
}

/// In closed form, for a ratio other than 0 and 1: (ratioⁿ − 1) / (ratio − 1). No such sum of more
/// than 70 terms is a number of half units: a whole ratio's is above 2^70, and of another, in lowest
/// terms, the denominator is above 2^69. Of fewer, integers say it.
pub(super) fn sum_by_enclosure(ratio: u128, terms: u64) -> impl Fn(&Natural) -> Ordering {
    let grows = ratio > Wad::SCALE;
    let enclose = move |bits| {
        let log = ln(&ratio.into(), &Wad::SCALE.into(), bits);
        Exponential::of(!grows, &log.times(&u128::from(terms).into()))
    };
    // The sum is h half units where ratioⁿ is 1 ± h·|ratio − 1| / (2·10^18), that is so many parts of
    // `one`.
    let one = halves_of_one().times(&Wad::SCALE.into());
    let distance = Natural::from(ratio.abs_diff(Wad::SCALE));
    let against = move |power: &Exponential, halves: &Natural| {
        let change = halves.times(&distance);
        if grows {
            return power.against(&one.plus(&change), &one);
        }
        // A positive power keeps the sum below 1 / (1 − ratio), however small it is.
        match change >= one {
            true => Some(Ordering::Less),
            false => power
                .against(&one.minus(&change), &one)
                .map(Ordering::reverse),
        }
    };
    let could_be = terms <= 70;
    by_enclosure(enclose, against, move |halves| {
        could_be && sum_by_integers(ratio, terms)(halves).is_eq()
    })
}

/// The judge's own: a power by an enclosure and one by integers are on the same side of every half
/// unit about them, so are a sum in closed form and one term by term, and e to the logarithm of x
/// encloses x.
pub(crate) fn enclosures_agree_with_integers(base: u128, exponent: (i8, u8)) {
    let base = if base == Wad::SCALE { 1 } else { base.max(1) };
    let negative = exponent.0 < 0;
    let above = u128::from(exponent.0.unsigned_abs() % 20 + 1);
    let below = u128::from(exponent.1 % 20 + 1);
    let by_integers = power_by_integers(base, negative, above, below);
    let by_enclosure = power_by_enclosure(base, negative, above, below);
    agree(by_integers, by_enclosure);
    let terms = u64::from(exponent.1 % 64 + 2);
    agree(sum_by_integers(base, terms), sum_by_enclosure(base, terms));

    let large = Natural::from(base.max(Wad::SCALE));
    let small = Natural::from(base.min(Wad::SCALE));
    let power = ln(&large, &small, 300).exp();
    assert_eq!(power.against(&large, &small), None);
    // And closely: to a part in 2^200.
    let (large, small) = (large.shifted(200), small.shifted(200));
    let part = large.shifted_down(200);
    let (less, more) = (large.minus(&part), large.plus(&part));
    assert_eq!(power.against(&less, &small), Some(Ordering::Greater));
    assert_eq!(power.against(&more, &small), Some(Ordering::Less));
}

/// At the half units next to the number, found by halving.
fn agree(one: impl Fn(&Natural) -> Ordering, other: impl Fn(&Natural) -> Ordering) {
    let mut floor = Natural::ZERO;
    for bit in (0..130).rev() {
        let candidate = floor.plus(&Natural::from(1).shifted(bit));
        if one(&candidate).is_ge() {
            floor = candidate;
        }
    }
    let next = floor.plus(&1.into());
    assert_eq!((one(&floor), one(&next)), (other(&floor), other(&next)));
}
