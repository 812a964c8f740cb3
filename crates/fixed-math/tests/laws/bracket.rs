//! Results that are rounded: each the one its direction defines.

use tokenomics_fixed_math::{
    mul_div, Amount, Decimals, Error, Fraction, Quantity, Rounding, SignedWad, Wad, U256,
};

use super::natural::Natural;
use super::{fraction, in_128_bits, product, ratio, signed_from_parts};

/// `bracket`: floor ≤ a·b/c ≤ ceil, at most one unit apart, and each direction is the one that its
/// definition gives, also where it doesn't fit. So for every function that is one `mul_div`.
pub(crate) fn bracket(a: u128, b: u128, c: u128) {
    if c == 0 {
        let by_zero = mul_div(a, b, c, Rounding::Floor);
        assert_eq!(by_zero, Err(Error::DivisionByZero));
        return;
    }
    let exact = product(a, b);
    let rounded = exact.rounded(&c.into());
    for rounding in Rounding::ALL {
        let want = in_128_bits(&rounded(rounding));
        assert_eq!(
            mul_div(a, b, c, rounding),
            want,
            "{a} * {b} / {c}, {rounding:?}"
        );
        assert_eq!(
            Amount::new(a).mul_div(b, c, rounding),
            want.map(Amount::new)
        );
        assert_eq!(
            Amount::new(a).mul_ratio(ratio(b, c), rounding),
            want.map(Amount::new)
        );
        let [x, y, z] = [a, b, c].map(Wad::from_raw);
        assert_eq!(x.mul_div(y, z, rounding), want.map(Wad::from_raw));
        let quotient = U256::product(a, b).checked_div(c, rounding);
        assert_eq!(quotient, Ok(rounded(rounding).wide()));
    }
    let (floor, ceil) = (rounded(Rounding::Floor), rounded(Rounding::Ceil));
    assert!(floor.times(&c.into()) <= exact && exact <= ceil.times(&c.into()));
    assert!(ceil.minus(&floor) <= 1_u128.into());
}

/// `bracket` of integers of 256 bits: each direction is the one that its definition gives of the
/// exact product, also where it doesn't fit.
pub(crate) fn bracket_of_wides(a: (u128, u128), b: (u128, u128), c: (u128, u128)) {
    let [x, y, z] = [a, b, c].map(|(high, low)| U256::new(high, low));
    if z.is_zero() {
        let by_zero = x.mul_div(y, z, Rounding::Floor);
        assert_eq!(by_zero, Err(Error::DivisionByZero));
        return;
    }
    let exact = Natural::from(x).times(&y.into());
    let rounded = exact.rounded(&z.into());
    for rounding in Rounding::ALL {
        let result = rounded(rounding);
        let want = match result.fits(256) {
            true => Ok(result.wide()),
            false => Err(Error::Wide {
                left_bits: x.bits(),
                right_bits: y.bits(),
            }),
        };
        let got = x.mul_div(y, z, rounding);
        assert_eq!(got, want, "{x} * {y} / {z}, {rounding:?}");
    }
}

/// `bracket` of a fraction of two integers of 256 bits.
pub(crate) fn bracket_of_shares(a: (u128, u128), b: (u128, u128)) {
    let [part, whole] = [a, b].map(|(high, low)| U256::new(high, low));
    let told = |number: U256| number.to_u128().unwrap_or(u128::MAX);
    let exact = Natural::from(part).times(&u128::from(Fraction::SCALE).into());
    for rounding in Rounding::ALL {
        let got = Fraction::from_wide_ratio(part, whole, rounding);
        if part > whole {
            let (value, bound) = (told(part), told(whole));
            let what = Quantity::FractionNumerator;
            assert_eq!(got, Err(Error::OutOfRange { what, value, bound }));
        } else if whole.is_zero() {
            assert_eq!(got, Err(Error::DivisionByZero));
        } else {
            let want = exact.rounded(&whole.into())(rounding).wide();
            let got = got.map(|share| U256::from(u128::from(share.raw())));
            assert_eq!(got, Ok(want), "{part} of {whole}, {rounding:?}");
        }
    }
}

/// `bracket` of the functions that divide by a scale or multiply by one.
pub(crate) fn bracket_of_wads(a: u128, b: u128) {
    let (x, y) = (Wad::from_raw(a), Wad::from_raw(b));
    let products = product(a, b).rounded(&Wad::SCALE.into());
    for rounding in Rounding::ALL {
        let want = in_128_bits(&products(rounding));
        assert_eq!(x.mul(y, rounding), want.map(Wad::from_raw));
    }
    let dividend = product(a, Wad::SCALE);
    if b == 0 {
        assert_eq!(x.div(y, Rounding::Ceil), Err(Error::DivisionByZero));
        return;
    }
    let quotients = dividend.rounded(&b.into());
    let recips = product(Wad::SCALE, Wad::SCALE).rounded(&b.into());
    for rounding in Rounding::ALL {
        let want = in_128_bits(&quotients(rounding));
        assert_eq!(x.div(y, rounding), want.map(Wad::from_raw));
        assert_eq!(Wad::from_ratio(a, b, rounding), want.map(Wad::from_raw));
        assert_eq!(
            Fraction::from_ratio(a, b, rounding).map(Wad::from),
            match a <= b {
                true => want.map(Wad::from_raw),
                false => Err(Error::OutOfRange {
                    what: Quantity::FractionNumerator,
                    value: a,
                    bound: b,
                }),
            }
        );
        let want = in_128_bits(&recips(rounding));
        assert_eq!(y.recip(rounding), want.map(Wad::from_raw));
    }
}

/// `bracket` of what keeps some digits after the point, or none.
pub(crate) fn bracket_of_digits(value: u128, digits: u8) {
    let decimals = Decimals::new(digits % (Decimals::MAX + 1)).unwrap();
    let unit = 10_u128.pow(18_u32.saturating_sub(decimals.get().into()));
    let natural = Natural::from(value);
    let integers = natural.rounded(&Wad::SCALE.into());
    let units = natural.rounded(&unit.into());
    let (wad, signed) = (Wad::from_raw(value), SignedWad::from_raw(value as i128));
    let magnitude = Natural::from(signed.raw().unsigned_abs());
    let negative = signed.raw() < 0;
    for rounding in Rounding::ALL {
        let integer = U256::from(wad.to_integer(rounding));
        assert_eq!(integer, integers(rounding).wide());
        let want = in_128_bits(&units(rounding).times(&unit.into()));
        assert_eq!(wad.round_to(decimals, rounding), want.map(Wad::from_raw));

        let direction = of_magnitude(negative, rounding);
        let integer = magnitude.rounded(&Wad::SCALE.into())(direction).wide();
        let got = signed.to_integer(rounding);
        assert_eq!(U256::from(got.unsigned_abs()), integer);
        assert!(got == 0 || (got < 0) == negative);
        let rounded = magnitude.rounded(&unit.into())(direction).times(&unit.into());
        assert_eq!(
            signed.round_to(decimals, rounding),
            signed_from_parts(negative, &rounded)
        );
    }
}

/// `bracket` about zero: the directions are those of the signed value.
pub(crate) fn signed_bracket(a: i128, b: i128, c: i128) {
    const ONE: i128 = SignedWad::SCALE;
    let [x, y, z] = [a, b, c].map(SignedWad::from_raw);
    for rounding in Rounding::ALL {
        let quotient = x.mul_div(y, z, rounding);
        assert_eq!(quotient, signed_quotient(a, b, c, rounding));
        assert_eq!(x.mul(y, rounding), signed_quotient(a, b, ONE, rounding));
        assert_eq!(x.div(y, rounding), signed_quotient(a, ONE, b, rounding));
        assert_eq!(x.recip(rounding), signed_quotient(ONE, ONE, a, rounding));
    }
}

fn signed_quotient(a: i128, b: i128, c: i128, rounding: Rounding) -> Result<SignedWad, Error> {
    let exact = product(a.unsigned_abs(), b.unsigned_abs());
    if c == 0 {
        return Err(Error::DivisionByZero);
    }
    let negative = (a < 0) ^ (b < 0) ^ (c < 0);
    let magnitude = exact.rounded(&c.unsigned_abs().into());
    signed_from_parts(negative, &magnitude(of_magnitude(negative, rounding)))
}

pub(super) fn of_magnitude(negative: bool, rounding: Rounding) -> Rounding {
    // Toward −∞ is away from zero below it, and toward +∞ is toward zero.
    match rounding {
        Rounding::Floor if negative => Rounding::Ceil,
        Rounding::Ceil if negative => Rounding::Floor,
        other => other,
    }
}

/// `monotone`: more in never gives less out, and a larger divisor never more. An overflow is more
/// than everything that fits.
pub(crate) fn monotone(a: (u128, u128), b: u128, c: (u128, u128)) {
    let (less, more) = (a.0.min(a.1), a.0.max(a.1));
    let (small, large) = (c.0.min(c.1).max(1), c.0.max(c.1).max(1));
    let size = |result: Result<u128, Error>| match result {
        Ok(value) => U256::from(value),
        // More than all that fit, and the longer the more.
        Err(Error::Overflow { bits, .. }) => U256::ONE.checked_shl(bits - 1).unwrap(),
        Err(other) => panic!("{other}"),
    };
    for rounding in Rounding::ALL {
        let of = |a, c| size(mul_div(a, b, c, rounding));
        assert!(of(less, small) <= of(more, small));
        assert!(of(more, large) <= of(more, small));
    }
}

/// A share is at most the whole, and a floored share plus the ceiled share of the complement is
/// the whole: nothing is lost or made.
pub(crate) fn share(amount: u128, part: u64, of_part: u64) {
    let (whole, part, of_part) = (Amount::new(amount), fraction(part), fraction(of_part));
    let scale = Natural::from(u128::from(Fraction::SCALE));
    let amounts = product(amount, part.raw().into()).rounded(&scale);
    let parts = product(part.raw().into(), of_part.raw().into()).rounded(&scale);
    for rounding in Rounding::ALL {
        let got = whole.mul_fraction(part, rounding);
        assert!(got <= whole);
        assert_eq!(U256::from(got.get()), amounts(rounding).wide());
        let of_wad = Wad::from_raw(amount).mul_fraction(part, rounding);
        assert_eq!(of_wad, Wad::from_raw(got.get()));

        let got = part.mul(of_part, rounding);
        assert!(got <= part.min(of_part));
        assert_eq!(U256::from(u128::from(got.raw())), parts(rounding).wide());
    }
    let paid = whole.mul_fraction(part, Rounding::Floor);
    let kept = whole.mul_fraction(part.complement(), Rounding::Ceil);
    assert_eq!(paid.checked_add(kept), Ok(whole));
    assert_eq!(part.checked_add(part.complement()), Ok(Fraction::ONE));
    assert_eq!(Fraction::ONE.checked_sub(part), Ok(part.complement()));
    assert_eq!(
        part.checked_add(of_part).is_ok(),
        part.raw() + of_part.raw() <= Fraction::SCALE
    );
    assert_eq!(part.checked_sub(of_part).is_ok(), part >= of_part);
}
