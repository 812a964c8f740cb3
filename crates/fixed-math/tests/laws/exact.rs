//! Results that are exact, or an error that names the length of the exact result.

use tokenomics_fixed_math::{
    Amount, Decimals, Error, Fraction, Ratio, Rounding, SignedWad, Span, Timestamp, Wad, U256,
};

use super::natural::Natural;
use super::{fraction, in_128_bits, signed_from_parts};

/// Sums and differences are exact, or an error that names the length of the exact result.
pub(crate) fn checked_sums(a: u128, b: u128) {
    let sum = in_128_bits(&Natural::from(a).plus(&b.into()));
    let rest = (a >= b)
        .then(|| Natural::from(a).minus(&b.into()).wide().low())
        .ok_or(Error::Underflow {
            minuend: a,
            subtrahend: b,
        });
    let (x, y) = (Amount::new(a), Amount::new(b));
    assert_eq!(x.checked_add(y), sum.map(Amount::new));
    assert_eq!(x.checked_sub(y), rest.map(Amount::new));
    assert_eq!(Amount::try_sum([x, y]), x.checked_add(y));
    let distance = Natural::from(a.max(b)).minus(&a.min(b).into()).wide();
    assert_eq!(U256::from(x.abs_diff(y).get()), distance);
    let (x, y) = (Wad::from_raw(a), Wad::from_raw(b));
    assert_eq!(U256::from(x.abs_diff(y).raw()), distance);
    assert_eq!(x.checked_add(y), sum.map(Wad::from_raw));
    assert_eq!(x.checked_sub(y), rest.map(Wad::from_raw));

    let (a, b) = (a as i128, b as i128);
    let (x, y) = (SignedWad::from_raw(a), SignedWad::from_raw(b));
    assert_eq!(x.checked_add(y), signed_sum(a < 0, a, b < 0, b));
    assert_eq!(x.checked_sub(y), signed_sum(a < 0, a, b >= 0, b));
    assert_eq!(
        x.checked_neg(),
        signed_from_parts(a >= 0, &a.unsigned_abs().into())
    );
    // The distance is the difference wherever that has a value, and there is always a distance.
    let distance = U256::from(x.abs_diff(y).raw());
    match x.max(y).checked_sub(x.min(y)) {
        Ok(difference) => assert_eq!(U256::from(difference.abs().raw()), distance),
        Err(Error::SignedOverflow { bits, .. }) => assert_eq!(bits, distance.bits()),
        Err(other) => panic!("{other}"),
    }
}

fn signed_sum(a_negative: bool, a: i128, b_negative: bool, b: i128) -> Result<SignedWad, Error> {
    let (a, b) = (
        Natural::from(a.unsigned_abs()),
        Natural::from(b.unsigned_abs()),
    );
    match a_negative == b_negative {
        true => signed_from_parts(a_negative, &a.plus(&b)),
        false if a >= b => signed_from_parts(a_negative, &a.minus(&b)),
        false => signed_from_parts(b_negative, &b.minus(&a)),
    }
}

/// The clock: later and earlier are inverse, and leaving it is an error that names the result.
pub(crate) fn clock(at: u64, length: u64, count: u64) {
    let (start, span) = (Timestamp::new(at), Span::new(length));
    let overflow = |value: u128| Error::Overflow {
        bits: U256::from(value).bits(),
        max: u64::MAX.into(),
    };
    let within = |value: u128| u64::try_from(value).map_err(|_| overflow(value));
    let later = u128::from(at) + u128::from(length);
    assert_eq!(start.checked_add(span), within(later).map(Timestamp::new));
    assert_eq!(
        Span::new(at).checked_add(span),
        within(later).map(Span::new)
    );
    let times = u128::from(length) * u128::from(count);
    assert_eq!(span.checked_mul(count), within(times).map(Span::new));

    let underflow = Error::Underflow {
        minuend: at.into(),
        subtrahend: length.into(),
    };
    let earlier = if at >= length {
        Ok(at - length)
    } else {
        Err(underflow)
    };
    assert_eq!(start.checked_sub(span), earlier.map(Timestamp::new));
    assert_eq!(Span::new(at).checked_sub(span), earlier.map(Span::new));
    assert_eq!(
        start.since(Timestamp::new(length)),
        earlier.ok().map(Span::new)
    );
    if let Ok(end) = start.checked_add(span) {
        assert_eq!(end.since(start), Some(span));
        assert_eq!(end.checked_sub(span), Ok(start));
    }
}

/// 256-bit sums, differences, products and quotients are those of school.
pub(crate) fn wide_arithmetic(a: (u128, u128), b: (u128, u128), factor: u128) {
    let (x, y) = (U256::new(a.0, a.1), U256::new(b.0, b.1));
    let (exact_x, exact_y) = (Natural::from(x), Natural::from(y));
    assert_eq!(exact_x.wide(), x, "the oracle's own conversions");
    let wide = |exact: Natural, right: U256| {
        if exact.fits(256) {
            Ok(exact.wide())
        } else {
            Err(Error::Wide {
                left_bits: x.bits(),
                right_bits: right.bits(),
            })
        }
    };
    assert_eq!(x.checked_add(y), wide(exact_x.plus(&exact_y), y));
    let difference = match exact_x >= exact_y {
        true => Ok(exact_x.minus(&exact_y).wide()),
        false => Err(Error::Wide {
            left_bits: x.bits(),
            right_bits: y.bits(),
        }),
    };
    assert_eq!(x.checked_sub(y), difference);
    assert_eq!(
        x.checked_mul(factor),
        wide(exact_x.times(&factor.into()), factor.into())
    );
    assert_eq!(x.cmp(&y), exact_x.cmp(&exact_y));
    assert_eq!(x.to_u128(), in_128_bits(&exact_x));

    if factor == 0 {
        assert_eq!(x.div_rem(0), Err(Error::DivisionByZero));
        return;
    }
    let (quotient, rest) = exact_x.divided(&factor.into());
    assert_eq!(x.div_rem(factor), Ok((quotient.wide(), rest.wide().low())));
    let rounded = exact_x.rounded(&factor.into());
    for rounding in Rounding::ALL {
        let want = rounded(rounding).wide();
        assert_eq!(
            x.checked_div(factor, rounding),
            Ok(want),
            "{x} / {factor}, {rounding:?}"
        );
    }
}

/// Products and quotients of which both operands have 256 bits are those of school.
pub(crate) fn wide_products(a: (u128, u128), b: (u128, u128)) {
    let (x, y) = (U256::new(a.0, a.1), U256::new(b.0, b.1));
    let (exact_x, exact_y) = (Natural::from(x), Natural::from(y));
    let product = exact_x.times(&exact_y);
    let want = match product.fits(256) {
        true => Ok(product.wide()),
        false => Err(Error::Wide {
            left_bits: x.bits(),
            right_bits: y.bits(),
        }),
    };
    assert_eq!(x.checked_mul_wide(y), want);
    if y.is_zero() {
        assert_eq!(x.div_rem_wide(y), Err(Error::DivisionByZero));
        let rounded = x.checked_div_wide(y, Rounding::Ceil);
        assert_eq!(rounded, Err(Error::DivisionByZero));
        return;
    }
    let (quotient, rest) = exact_x.divided(&exact_y);
    assert_eq!(x.div_rem_wide(y), Ok((quotient.wide(), rest.wide())));
    let rounded = exact_x.rounded(&exact_y);
    for rounding in Rounding::ALL {
        let quotient = x.checked_div_wide(y, rounding);
        assert_eq!(quotient, Ok(rounded(rounding).wide()), "{rounding:?}");
    }
}

/// `checked_shl(n) = Ok(v)` exactly when no bit is lost, and then `v.shr_floor(n)` gives the value
/// back.
pub(crate) fn checked_shl(value: (u128, u128), by: u32) {
    let x = U256::new(value.0, value.1);
    // A little beyond the width; any shift of that kind is alike.
    let by = if by < u32::MAX - 300 { by % 300 } else { by };
    let exact = Natural::from(x);
    let bits = usize::try_from(by).unwrap();
    let fits = exact.is_zero() || bits < 256 && exact.shifted(bits).fits(256);
    match x.checked_shl(by) {
        Ok(shifted) => {
            assert!(fits, "{x} << {by} lost a bit");
            assert_eq!(shifted.shr_floor(by), x);
            if !x.is_zero() {
                assert_eq!(shifted, exact.shifted(bits).wide());
            }
        }
        Err(error) => {
            assert!(!fits, "{x} << {by} fits");
            assert_eq!(
                error,
                Error::Wide {
                    left_bits: x.bits(),
                    right_bits: by,
                }
            );
        }
    }
    let floor = match bits < 256 {
        true => exact.divided(&Natural::from(1).shifted(bits)).0.wide(),
        false => U256::ZERO,
    };
    assert_eq!(x.shr_floor(by), floor);
}

/// Integers, percent and basis points are exact, or an error that names the largest count that fits.
fn scaled_counts(value: u128) {
    let signed = value as i128;
    for (per_one, of_wad, of_signed) in [
        (1, Wad::from_integer(value), SignedWad::from_integer(signed)),
        (
            100,
            Wad::from_percent(value),
            SignedWad::from_percent(signed),
        ),
        (10_000, Wad::from_bps(value), SignedWad::from_bps(signed)),
    ] {
        let unit = Natural::from(Wad::SCALE / per_one);
        let exact = Natural::from(value).times(&unit);
        assert_eq!(of_wad.ok().map(Wad::raw), in_128_bits(&exact).ok());
        if let Err(Error::OutOfRange { bound, .. }) = of_wad {
            // The largest count that fits, and not one more.
            assert!(Natural::from(bound).times(&unit).fits(128) && value > bound);
            assert!(!Natural::from(bound + 1).times(&unit).fits(128));
        }
        let exact = Natural::from(signed.unsigned_abs()).times(&unit);
        assert_eq!(of_signed, signed_from_parts(signed < 0, &exact));
    }
}

/// What is another way to write the same number is the same number, or an error where it can't be.
pub(crate) fn conversions(value: u128, small: u64, decimals: u8) {
    scaled_counts(value);
    let wad = Wad::from_raw(value);
    let positive = SignedWad::try_from(wad).ok().map(SignedWad::raw);
    assert_eq!(positive, i128::try_from(value).ok());
    let signed = SignedWad::from_raw(value as i128);
    assert_eq!(signed.abs().raw(), (value as i128).unsigned_abs());
    assert_eq!(signed.is_negative(), value >> 127 == 1);
    assert_eq!(
        signed.signum().raw(),
        signed.raw().signum() * SignedWad::SCALE
    );
    assert_eq!(Wad::try_from(signed).is_ok(), !signed.is_negative());
    if let Ok(positive) = SignedWad::try_from(wad) {
        assert_eq!(Wad::try_from(positive), Ok(wad));
    }
    assert_eq!(Ratio::from(wad), Ratio::new(value, Wad::SCALE).unwrap());
    assert_eq!(Fraction::try_from(wad).is_ok(), wad <= Wad::ONE);

    let part = fraction(small);
    assert_eq!(Fraction::try_from(Wad::from(part)), Ok(part));
    assert_eq!(SignedWad::from(part).abs(), Wad::from(part));
    assert!(!SignedWad::from(part).is_negative());
    assert_eq!(Wad::from(part).raw(), u128::from(part.raw()));
    assert_eq!(Ratio::from(part), Ratio::from(Wad::from(part)));
    let unit = |per_one: u64| Fraction::SCALE / per_one;
    for count in [small, small % 20_000, small % 200] {
        let parts = |per_one| (count <= per_one).then(|| count * unit(per_one));
        let raw = |made: Result<Fraction, Error>| made.ok().map(Fraction::raw);
        assert_eq!(raw(Fraction::from_bps(count)), parts(10_000));
        assert_eq!(raw(Fraction::from_percent(count)), parts(100));
        assert_eq!(raw(Fraction::from_raw(count)), parts(Fraction::SCALE));
    }

    let is_zero = [
        Amount::new(value).is_zero(),
        wad.is_zero(),
        signed.is_zero(),
        U256::from(value).is_zero(),
        U256::new(value, 0).is_zero(),
        Ratio::from_integer(value).is_zero(),
    ];
    assert_eq!(is_zero, [value == 0; 6]);
    assert_eq!(Ok(Ratio::from_integer(value)), Ratio::new(value, 1));
    assert_eq!(Span::new(small).is_zero(), small == 0);
    assert_eq!(part.is_zero(), part == Fraction::ZERO);

    match Decimals::new(decimals) {
        Ok(digits) => {
            let token = format!("1{}", "0".repeat(decimals.into()));
            assert_eq!(digits.one_token().to_string(), token);
            assert_eq!(digits.get(), decimals);
        }
        Err(_) => assert!(decimals > Decimals::MAX),
    }
}
