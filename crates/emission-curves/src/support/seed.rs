//! Values of any numbers, each brought into the range that the constructors accept: the base of the
//! generators. Numbers that are in range already stay as they are.

use tokenomics_fixed_math::{Ratio, Timestamp};

use crate::Error;

/// A value that can be made of any numbers. It is public only for being a bound: its module isn't.
#[allow(unreachable_pub, reason = "only what generates is bound by it")]
pub trait FromSeed: Sized {
    /// The numbers that it is made of.
    type Seed;

    /// Returns the value of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Self::Seed) -> Option<Self>;
}

/// Builds the curve of an amount, or of the largest part of it, by a power of two, that fits; of 0
/// or 1 it does.
pub(crate) fn of_a_part<C>(of: u128, build: impl Fn(u128) -> Result<C, Error>) -> Option<C> {
    let part = |shift: u32| build(of.checked_shr(shift).unwrap_or(0)).ok();
    (0..=128).find_map(part)
}

/// Returns the two times, the earlier one first and the later one after it.
pub(crate) fn interval(from: Timestamp, to: Timestamp) -> (Timestamp, Timestamp) {
    let (start, end) = (from.min(to), from.max(to));
    let start = start.min(Timestamp::new(u64::MAX.saturating_sub(1)));
    let next = Timestamp::new(start.get().saturating_add(1));
    (start, end.max(next))
}

/// Returns a part above 0 and below 1.
pub(crate) fn part(of: Ratio) -> Option<Ratio> {
    let denominator = of.denominator().max(2);
    let most = denominator.checked_sub(1)?;
    Ratio::new(of.numerator().clamp(1, most), denominator).ok()
}

/// Returns the ratio with terms of 62 bits at most.
pub(crate) fn short(of: Ratio) -> Option<Ratio> {
    let larger = of.numerator().max(of.denominator());
    let down = 66_u32.saturating_sub(larger.leading_zeros());
    let shifted = |term: u128| term.checked_shr(down).unwrap_or(0);
    Ratio::new(shifted(of.numerator()), shifted(of.denominator()).max(1)).ok()
}
