//! Points and lengths on the host's clock.

use core::fmt;
use core::str::FromStr;

use crate::{decimal, Error, ParseError, U256};

/// A point on the host's clock, in its unit: seconds, slots or blocks, the same within one
/// mechanism.
///
/// ```
/// use tokenomics_fixed_math::{Span, Timestamp};
///
/// let start = Timestamp::new(1_700_000_000);
/// let cliff = start.checked_add(Span::new(31_536_000))?;
/// assert_eq!(cliff.since(start), Some(Span::new(31_536_000)));
/// assert_eq!(start.since(cliff), None);
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("Instant", "now", "clock", "block_height", "slot"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::CompactAs))]
pub struct Timestamp(u64);

/// A length of time on the host's clock, in the unit of [`Timestamp`].
///
/// ```
/// use tokenomics_fixed_math::Span;
///
/// // Of a clock of seconds, and of one of blocks.
/// assert_eq!(Span::from_days(7), Span::new(604_800));
/// let halving = Span::new(210_000);
/// assert_eq!(halving.checked_mul(2)?, Span::new(420_000));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("Duration", "period"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::CompactAs))]
pub struct Span(u64);

impl Timestamp {
    /// The first point of the clock.
    pub const ZERO: Self = Self(0);
    /// The last point of the clock.
    pub const MAX: Self = Self(u64::MAX);

    /// Creates the point that the clock shows as `at`.
    #[must_use]
    pub const fn new(at: u64) -> Self {
        Self(at)
    }

    /// Returns the point as an integer.
    #[doc(alias("value", "seconds", "as_secs"))]
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns the point `span` later.
    ///
    /// # Errors
    /// [`Error::Overflow`] past [`Timestamp::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Span, Timestamp};
    ///
    /// // A cliff a year of seconds after the start.
    /// let start = Timestamp::new(1_700_000_000);
    /// let cliff = start.checked_add(Span::new(31_536_000))?;
    /// assert_eq!(cliff, Timestamp::new(1_731_536_000));
    /// assert!(Timestamp::MAX.checked_add(Span::new(1)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn checked_add(self, span: Span) -> Result<Self, Error> {
        add(self.0, span.0).map(Self)
    }

    /// Returns the point `span` earlier.
    ///
    /// # Errors
    /// [`Error::Underflow`] before [`Timestamp::ZERO`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Span, Timestamp};
    ///
    /// // The start of a window of an hour that ends now.
    /// let now = Timestamp::new(1_700_000_000);
    /// assert_eq!(now.checked_sub(Span::new(3_600))?, Timestamp::new(1_699_996_400));
    /// assert!(Timestamp::ZERO.checked_sub(Span::new(1)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn checked_sub(self, span: Span) -> Result<Self, Error> {
        sub(self.0, span.0).map(Self)
    }

    /// Returns the time that has passed since `earlier`; `None` if that is later than this.
    #[doc(alias("elapsed", "duration_since"))]
    #[must_use]
    pub const fn since(self, earlier: Self) -> Option<Span> {
        match self.0.checked_sub(earlier.0) {
            Some(span) => Some(Span(span)),
            None => None,
        }
    }
}

impl Span {
    /// The span of no time.
    pub const ZERO: Self = Self(0);
    /// The longest span.
    pub const MAX: Self = Self(u64::MAX);

    /// Creates a span of `length` units of the host's clock.
    ///
    /// On a clock of seconds, see [`Span::from_days`] and its like too.
    #[doc(alias("from_secs", "seconds"))]
    #[must_use]
    pub const fn new(length: u64) -> Self {
        Self(length)
    }

    /// Creates a span of so many minutes, on a clock of seconds.
    ///
    /// A clock of slots or blocks has no minutes: see [`Span::from_days`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Span;
    ///
    /// assert_eq!(Span::from_mins(90), Span::new(5_400));
    /// ```
    #[doc(alias("minutes", "from_minutes"))]
    #[must_use]
    pub const fn from_mins(mins: u32) -> Self {
        Self::of(mins, 60)
    }

    /// Creates a span of so many hours, on a clock of seconds.
    ///
    /// A clock of slots or blocks has no hours: see [`Span::from_days`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Span;
    ///
    /// assert_eq!(Span::from_hours(8), Span::new(28_800));
    /// ```
    #[doc(alias("hours"))]
    #[must_use]
    pub const fn from_hours(hours: u32) -> Self {
        Self::of(hours, 3_600)
    }

    /// Creates a span of so many days of 86,400 seconds, on a clock of seconds.
    ///
    /// The clock must be one of seconds, such as Unix time: on one of slots or blocks this is that many
    /// slots, and not a day. Every number of them fits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Span, Timestamp};
    ///
    /// const CLIFF: Span = Span::from_days(365);
    /// let start = Timestamp::new(1_700_000_000);
    /// assert_eq!(start.checked_add(CLIFF)?, Timestamp::new(1_731_536_000));
    ///
    /// // A day of slots of 0.4 seconds.
    /// let day_of_slots = Span::new(216_000);
    /// assert_ne!(day_of_slots, Span::from_days(1));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("days", "years", "from_years"))]
    #[must_use]
    pub const fn from_days(days: u32) -> Self {
        Self::of(days, 86_400)
    }

    /// Creates a span of so many weeks, on a clock of seconds.
    ///
    /// A clock of slots or blocks has no weeks: see [`Span::from_days`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Span;
    ///
    /// assert_eq!(Span::from_weeks(208), Span::from_days(4 * 364));
    /// ```
    #[doc(alias("weeks"))]
    #[must_use]
    pub const fn from_weeks(weeks: u32) -> Self {
        Self::of(weeks, 604_800)
    }

    /// Returns `count` times `seconds`, a constant of at most 20 bits: the product is below 2^52.
    const fn of(count: u32, seconds: u32) -> Self {
        #[allow(
            clippy::as_conversions,
            reason = "u32 to u64 is lossless, in a const fn"
        )]
        let (count, seconds) = (count as u64, seconds as u64);
        Self(count.wrapping_mul(seconds))
    }

    /// Returns the length as an integer.
    #[doc(alias("value", "as_secs"))]
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns `true` if the span is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Adds the two spans.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Span::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Span;
    ///
    /// let (cliff, vesting) = (Span::new(31_536_000), Span::new(94_608_000));
    /// assert_eq!(cliff.checked_add(vesting)?, Span::new(126_144_000));
    /// assert!(Span::MAX.checked_add(Span::new(1)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        add(self.0, rhs.0).map(Self)
    }

    /// Subtracts `rhs` from the span.
    ///
    /// # Errors
    /// [`Error::Underflow`] below 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::Span;
    ///
    /// let (week, day) = (Span::new(604_800), Span::new(86_400));
    /// assert_eq!(week.checked_sub(day)?, Span::new(518_400));
    /// assert!(day.checked_sub(week).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        sub(self.0, rhs.0).map(Self)
    }

    /// Returns the length of `count` such spans.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Span::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Error, Span};
    ///
    /// let week = Span::new(604_800);
    /// assert_eq!(week.checked_mul(52)?, Span::new(31_449_600));
    /// let above = Span::MAX.checked_mul(2);
    /// assert_eq!(above, Err(Error::Overflow { bits: 65, max: u64::MAX.into() }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn checked_mul(self, count: u64) -> Result<Self, Error> {
        self.0
            .checked_mul(count)
            .map(Self)
            .ok_or_else(|| Error::Overflow {
                bits: U256::product(self.0.into(), count.into()).bits(),
                max: u64::MAX.into(),
            })
    }
}

fn add(a: u64, b: u64) -> Result<u64, Error> {
    // The carry of two 64-bit numbers is one bit.
    a.checked_add(b).ok_or(Error::Overflow {
        bits: 65,
        max: u64::MAX.into(),
    })
}

fn sub(a: u64, b: u64) -> Result<u64, Error> {
    a.checked_sub(b).ok_or(Error::Underflow {
        minuend: a.into(),
        subtrahend: b.into(),
    })
}

pub(crate) fn parse(text: &str) -> Result<u64, ParseError> {
    let max = u128::from(u64::MAX);
    let value = decimal::parse(text, 0, max.into())?.low();
    u64::try_from(value).map_err(|_| ParseError::TooLarge { max, decimals: 0 })
}

impl From<u64> for Timestamp {
    fn from(at: u64) -> Self {
        Self(at)
    }
}

impl From<u64> for Span {
    fn from(length: u64) -> Self {
        Self(length)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Timestamp {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse(text).map(Self)
    }
}

impl FromStr for Span {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_of_seconds_is_never_too_long() {
        let most = u64::from(u32::MAX);
        assert_eq!(Span::from_mins(u32::MAX), Span::new(most * 60));
        assert_eq!(Span::from_hours(u32::MAX), Span::new(most * 60 * 60));
        assert_eq!(Span::from_days(u32::MAX), Span::new(most * 24 * 60 * 60));
        assert_eq!(
            Span::from_weeks(u32::MAX),
            Span::new(most * 7 * 24 * 60 * 60)
        );
        let none = [
            Span::from_mins(0),
            Span::from_hours(0),
            Span::from_days(0),
            Span::from_weeks(0),
        ];
        assert_eq!(none, [Span::ZERO; 4]);
    }
}
