//! Support of arbitrary: every value that comes out is one that the constructors accept.

use arbitrary::{Arbitrary, Result, Unstructured};

use crate::{
    Amount, Decimals, Fraction, Ratio, Rounding, SignedWad, Span, Timestamp, TimestampNanos, Wad,
    U256,
};

/// Types that any raw integers make.
macro_rules! any_integers {
    ($($type:ty as $raw:ty: $from:expr;)+) => {$(
        impl<'a> Arbitrary<'a> for $type {
            fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
                let from: fn($raw) -> Self = $from;
                <$raw>::arbitrary(bytes).map(from)
            }

            fn size_hint(depth: usize) -> (usize, Option<usize>) {
                <$raw>::size_hint(depth)
            }
        }
    )+};
}

any_integers! {
    Amount as u128: Self::new;
    Timestamp as u64: Self::new;
    TimestampNanos as u64: Self::new;
    Span as u64: Self::new;
    Wad as u128: Self::from_raw;
    SignedWad as i128: Self::from_raw;
    U256 as (u128, u128): |(high, low)| Self::new(high, low);
}

impl<'a> Arbitrary<'a> for Fraction {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let raw = match u64::arbitrary(bytes)? {
            // All ones, which fuzzers like to try, is 1: a remainder would hardly ever be.
            u64::MAX => Self::SCALE,
            other => other.checked_rem(Self::SCALE).unwrap_or(0),
        };
        Self::from_raw(raw).map_err(|_| arbitrary::Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u64::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for Decimals {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let digits = bytes.int_in_range(0..=Self::MAX)?;
        Self::new(digits).map_err(|_| arbitrary::Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u8::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for Ratio {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let numerator = u128::arbitrary(bytes)?;
        let denominator = bytes.int_in_range(1..=u128::MAX)?;
        Self::new(numerator, denominator).map_err(|_| arbitrary::Error::IncorrectFormat)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        <(u128, u128)>::size_hint(depth)
    }
}

impl<'a> Arbitrary<'a> for Rounding {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        bytes.choose(&Self::ALL).copied()
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u8::size_hint(depth)
    }
}
