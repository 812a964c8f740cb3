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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(scale_info::TypeInfo))]
pub struct Timestamp(u64);

/// A length of time on the host's clock, in the unit of [`Timestamp`].
///
/// ```
/// use tokenomics_fixed_math::Span;
///
/// let day = Span::new(86_400);
/// assert_eq!(day.checked_mul(7)?, Span::new(604_800));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(scale_info::TypeInfo))]
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

    /// Creates a span of `length` units.
    #[must_use]
    pub const fn new(length: u64) -> Self {
        Self(length)
    }

    /// Returns the length as an integer.
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

fn parse(text: &str) -> Result<u64, ParseError> {
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
