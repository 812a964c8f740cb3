//! Strategies of proptest, for the tests of whoever embeds the types.
//!
//! Bugs live at the ends, so each strategy draws zero, the maximum and their neighbours about half
//! of the time, and spreads the rest evenly over magnitudes rather than over values.
//!
//! ```
//! use proptest::prelude::*;
//! use tokenomics_fixed_math::{strategies, Rounding};
//!
//! proptest!(|(amount in strategies::amount(), fee in strategies::fraction())| {
//!     prop_assert!(amount.mul_fraction(fee, Rounding::Ceil) <= amount);
//! });
//! ```

use core::ops::RangeInclusive;

use proptest::prelude::*;

use crate::{
    Amount, Decimals, Fraction, Ratio, Rounding, SignedWad, Span, Timestamp, TimestampNanos, Wad,
    U256,
};

/// The distance from an end that still counts as its neighbourhood.
const NEAR: u128 = 20;

/// Draws both ends of `range` and their neighbourhoods, its powers of two ± 1, and all magnitudes.
fn integer(range: RangeInclusive<u128>) -> impl Strategy<Value = u128> + Clone {
    let (min, max) = (*range.start(), *range.end());
    prop_oneof![
        2 => Just(min),
        2 => Just(max),
        2 => min..=min.saturating_add(NEAR).min(max),
        2 => max.saturating_sub(NEAR).max(min)..=max,
        2 => (0..128_u32, 0..3_u128).prop_map(move |(bits, beside)| {
            (1_u128 << bits).saturating_add(beside).saturating_sub(1).clamp(min, max)
        }),
        6 => (any::<u128>(), 0..128_u32).prop_map(move |(value, shift)| {
            let value = value >> shift;
            if range.contains(&value) {
                return value;
            }
            // Folding keeps the small magnitudes of a range that is narrower than the type. It
            // isn't the full type here, which contains every value, so the width is not 0.
            let width = max.wrapping_sub(min).wrapping_add(1);
            min.saturating_add(value.checked_rem(width).unwrap_or(0))
        }),
    ]
}

fn length(max: u64) -> impl Strategy<Value = u64> + Clone {
    integer(0..=max.into()).prop_map(move |value| u64::try_from(value).unwrap_or(max))
}

/// Draws any amount: 0, 1 and the maximum often.
pub fn amount() -> impl Strategy<Value = Amount> + Clone {
    integer(0..=u128::MAX).prop_map(Amount::new)
}

/// Draws an amount of 0 to 20 base units, of which a lost remainder is a large share.
pub fn amount_small() -> impl Strategy<Value = Amount> + Clone {
    prop_oneof![1 => Just(0), 1 => Just(20), 4 => 0..=20_u128].prop_map(Amount::new)
}

/// Draws an amount at most 1,000 below `u128::MAX`, where an intermediate result that isn't wide
/// enough overflows.
pub fn amount_large() -> impl Strategy<Value = Amount> + Clone {
    prop_oneof![1 => Just(0), 2 => 0..=NEAR, 2 => 0..=1_000_u128]
        .prop_map(|below| Amount::new(u128::MAX.saturating_sub(below)))
}

/// Draws any point on the clock.
pub fn timestamp() -> impl Strategy<Value = Timestamp> + Clone {
    length(u64::MAX).prop_map(Timestamp::new)
}

/// Draws any point on a clock of nanoseconds.
pub fn timestamp_nanos() -> impl Strategy<Value = TimestampNanos> + Clone {
    length(u64::MAX).prop_map(TimestampNanos::new)
}

/// Draws any length on the clock.
pub fn span() -> impl Strategy<Value = Span> + Clone {
    length(u64::MAX).prop_map(Span::new)
}

/// Draws any fraction: 0 and 1 often, and whole basis points.
pub fn fraction() -> impl Strategy<Value = Fraction> + Clone {
    let valid = |made: Result<Fraction, _>| made.unwrap_or(Fraction::ONE);
    prop_oneof![
        3 => length(Fraction::SCALE).prop_map(move |raw| valid(Fraction::from_raw(raw))),
        1 => (0..=10_000_u64).prop_map(move |bps| valid(Fraction::from_bps(bps))),
    ]
}

/// Draws whole numbers and the halves between them up to `max`, at which the roundings part.
fn halves(max: u128) -> impl Strategy<Value = u128> + Clone {
    const HALF: u128 = Wad::SCALE / 2;
    let most = max.checked_div(HALF).unwrap_or(0);
    integer(0..=most).prop_map(|count| count.saturating_mul(HALF))
}

/// Draws any number of 18 decimals: 0, 1, the maximum, whole numbers and halves often.
pub fn wad() -> impl Strategy<Value = Wad> + Clone {
    let around_one = Wad::SCALE.saturating_sub(NEAR)..=Wad::SCALE.saturating_add(NEAR);
    prop_oneof![
        4 => integer(0..=u128::MAX),
        1 => Just(Wad::SCALE),
        1 => around_one,
        1 => halves(u128::MAX),
    ]
    .prop_map(Wad::from_raw)
}

/// Draws any number of 18 decimals of either sign: both ends, 0, ± 1, whole numbers and halves
/// often.
pub fn signed_wad() -> impl Strategy<Value = SignedWad> + Clone {
    const ONE: i128 = SignedWad::SCALE;
    const MARKS: &[i128] = &[i128::MIN, -ONE, -1, 0, ONE, i128::MAX];
    let max = i128::MAX.unsigned_abs();
    prop_oneof![
        1 => (halves(max), any::<bool>()).prop_map(|(magnitude, negative)| {
            let value = i128::try_from(magnitude).unwrap_or(i128::MAX);
            if negative { value.saturating_neg() } else { value }
        }),
        6 => (integer(0..=max), any::<bool>()).prop_map(|(magnitude, negative)| {
            let value = i128::try_from(magnitude).unwrap_or(i128::MAX);
            // −1 − value mirrors the upper half onto the lower, MAX onto MIN.
            if negative { !value } else { value }
        }),
        1 => prop::sample::select(MARKS),
    ]
    .prop_map(SignedWad::from_raw)
}

/// Draws any ratio: 0, 1, the largest and the least often.
pub fn ratio() -> impl Strategy<Value = Ratio> + Clone {
    const MARKS: &[(u128, u128)] = &[(0, 1), (1, u128::MAX), (1, 1), (u128::MAX, 1)];
    prop_oneof![
        1 => prop::sample::select(MARKS),
        4 => (integer(0..=u128::MAX), integer(1..=u128::MAX)),
    ]
    .prop_map(|(numerator, denominator)| Ratio::new(numerator, denominator).unwrap_or(Ratio::ONE))
}

/// Draws any 256-bit integer: 0, the maximum and the seam between the halves often.
pub fn u256() -> impl Strategy<Value = U256> + Clone {
    const SEAM: &[(u128, u128)] = &[(0, u128::MAX), (1, 0)];
    prop_oneof![
        1 => prop::sample::select(SEAM),
        8 => (integer(0..=u128::MAX), integer(0..=u128::MAX)),
    ]
    .prop_map(|(high, low)| U256::new(high, low))
}

/// Draws any rounding.
pub fn rounding() -> impl Strategy<Value = Rounding> + Clone {
    prop::sample::select(&Rounding::ALL[..])
}

/// Draws any number of decimals: 0, 18 and the largest often.
pub fn decimals() -> impl Strategy<Value = Decimals> + Clone {
    prop_oneof![1 => Just(0), 1 => Just(Decimals::MAX), 1 => Just(18), 4 => 0..=Decimals::MAX]
        .prop_map(|digits| Decimals::new(digits).unwrap_or(Decimals::ZERO))
}
