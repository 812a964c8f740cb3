//! Controllers of any integers, each brought into the range that the constructors accept: the base of
//! the generators. 0 makes the least of each parameter, and the largest number the largest.

use tokenomics_fixed_math::{Fraction, SignedWad, Span, Timestamp, Wad};

/// The numbers that a controller is made of.
pub(crate) type Seed = [u128; 13];

/// A controller that can be made of any numbers. It is public only for being a bound: its module
/// isn't.
#[cfg_attr(
    not(feature = "proptest"),
    allow(unreachable_pub, reason = "only the strategies are bound by it")
)]
pub trait FromSeed: Sized {
    /// Returns the controller of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Seed) -> Option<Self>;
}

pub(crate) const ONE: u128 = Wad::SCALE;

/// Brings a number into a range, and the largest of all to its end.
pub(crate) fn fit(number: u128, least: u128, most: u128) -> u128 {
    if number == u128::MAX {
        return most;
    }
    let count = most.saturating_sub(least).checked_add(1);
    let within = count.and_then(|count| number.checked_rem(count));
    within.map_or(number, |within| least.saturating_add(within))
}

pub(crate) fn fit64(number: u128, least: u64, most: u64) -> u64 {
    u64::try_from(fit(number, least.into(), most.into())).unwrap_or(most)
}

pub(crate) fn time(number: u128) -> Timestamp {
    Timestamp::new(fit64(number, 0, u64::MAX))
}

pub(crate) fn year(number: u128) -> Span {
    Span::new(fit64(number, 1, 10_000_000_000))
}

pub(crate) fn wad(number: u128, least: u128, most: u128) -> Wad {
    Wad::from_raw(fit(number, least, most))
}

pub(crate) fn rate(number: u128) -> Wad {
    wad(number, 0, ONE.saturating_mul(100))
}

pub(crate) fn part(number: u128, least: u64, most: u64) -> Option<Fraction> {
    Fraction::from_raw(fit64(number, least, most)).ok()
}

/// Returns a number from −`most` to `most`.
pub(crate) fn figure(number: u128, most: u128) -> Option<SignedWad> {
    let above = fit(number, 0, most.saturating_mul(2));
    let raw = i128::try_from(above).ok()?;
    Some(SignedWad::from_raw(
        raw.checked_sub(i128::try_from(most).ok()?)?,
    ))
}
