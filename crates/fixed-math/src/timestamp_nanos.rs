//! Points on a clock of nanoseconds.

use core::fmt;
use core::str::FromStr;

use crate::{mul_div, time, Error, ParseError, Quantity, Rounding, Timestamp};

/// The number of nanoseconds in a second.
const PER_SECOND: u64 = 1_000_000_000;

/// A point on a clock that counts nanoseconds, as the hosts of CosmWasm and NEAR give the time of a block.
///
/// It is no [`Timestamp`], so that nanoseconds can't pass for seconds: a conversion is a call that names
/// its rounding. `Display` and `FromStr` are of its nanoseconds, as CosmWasm's own timestamp writes
/// them; serde writes the same text in formats for people and reads nothing else there.
///
/// ```
/// use tokenomics_fixed_math::{Rounding, Timestamp, TimestampNanos};
///
/// let block: TimestampNanos = "1571797419879305533".parse()?;
/// assert_eq!(block.to_seconds(Rounding::Floor), Timestamp::new(1_571_797_419));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
///
/// # Source
/// `cosmwasm_std::Timestamp`, whose `seconds` floors without saying so.
#[doc(alias("block_timestamp", "nanoseconds", "nanos"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::CompactAs))]
pub struct TimestampNanos(u64);

impl TimestampNanos {
    /// The first point of the clock.
    pub const ZERO: Self = Self(0);
    /// The last point of the clock, in the year 2554 of Unix time.
    pub const MAX: Self = Self(u64::MAX);

    /// Creates the point that the clock shows as `nanos` nanoseconds.
    #[must_use]
    pub const fn new(nanos: u64) -> Self {
        Self(nanos)
    }

    /// Returns the point as a number of nanoseconds.
    #[doc(alias("value", "nanos", "as_nanos"))]
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Converts a point on a clock of seconds, exactly.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] after second 18,446,744,073.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Timestamp, TimestampNanos};
    ///
    /// let start = Timestamp::new(1_700_000_000);
    /// let nanos = TimestampNanos::from_seconds(start)?;
    /// assert_eq!(nanos, TimestampNanos::new(1_700_000_000_000_000_000));
    /// // Nanoseconds that were taken for seconds are out of range.
    /// assert!(TimestampNanos::from_seconds(Timestamp::new(nanos.get())).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn from_seconds(seconds: Timestamp) -> Result<Self, Error> {
        let nanos = seconds.get().checked_mul(PER_SECOND);
        nanos.map(Self).ok_or(Error::OutOfRange {
            what: Quantity::SecondsInNanos,
            value: seconds.get().into(),
            bound: Self::MAX.to_seconds(Rounding::Floor).get().into(),
        })
    }

    /// Converts the point to a clock of seconds.
    ///
    /// Floored, it is the last full second: what vests or ends at a second hasn't before it came.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Timestamp, TimestampNanos};
    ///
    /// let at = TimestampNanos::new(1_999_999_999);
    /// assert_eq!(at.to_seconds(Rounding::Floor), Timestamp::new(1));
    /// assert_eq!(at.to_seconds(Rounding::Ceil), Timestamp::new(2));
    /// ```
    #[doc(alias("seconds"))]
    #[must_use]
    pub fn to_seconds(self, rounding: Rounding) -> Timestamp {
        // The divisor isn't 0, and the quotient is below 2^35: never the fallback.
        let seconds = mul_div(self.0.into(), 1, PER_SECOND.into(), rounding);
        let seconds = seconds.ok().and_then(|seconds| u64::try_from(seconds).ok());
        Timestamp::new(seconds.unwrap_or(0))
    }
}

impl From<u64> for TimestampNanos {
    fn from(nanos: u64) -> Self {
        Self(nanos)
    }
}

impl fmt::Display for TimestampNanos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for TimestampNanos {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        time::parse(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::string::ToString;

    use super::*;

    #[test]
    fn seconds_are_rounded_as_named_about_every_second() {
        for second in [0, 1, 2, 17, 1_700_000_000, 18_446_744_072] {
            let exact = TimestampNanos::from_seconds(Timestamp::new(second)).unwrap();
            assert_eq!(exact.get(), second * PER_SECOND);
            for rounding in Rounding::ALL {
                assert_eq!(exact.to_seconds(rounding).get(), second, "{rounding:?}");
            }
            let after = TimestampNanos::new(exact.get() + 1);
            assert_eq!(after.to_seconds(Rounding::Floor).get(), second);
            assert_eq!(after.to_seconds(Rounding::Ceil).get(), second + 1);
            let half = TimestampNanos::new(exact.get() + PER_SECOND / 2);
            assert_eq!(half.to_seconds(Rounding::HalfUp).get(), second + 1);
            let even = second + second % 2;
            assert_eq!(half.to_seconds(Rounding::HalfEven).get(), even);
        }
    }

    #[test]
    fn the_last_second_is_the_last_that_is_converted() {
        let last = TimestampNanos::MAX.to_seconds(Rounding::Floor);
        assert_eq!(last.get(), 18_446_744_073);
        assert!(TimestampNanos::from_seconds(last).is_ok());
        let refused = Error::OutOfRange {
            what: Quantity::SecondsInNanos,
            value: 18_446_744_074,
            bound: 18_446_744_073,
        };
        let after = Timestamp::new(18_446_744_074);
        assert_eq!(TimestampNanos::from_seconds(after), Err(refused));
        assert!(TimestampNanos::from_seconds(Timestamp::MAX).is_err());
    }

    #[test]
    fn its_text_is_its_nanoseconds() {
        for nanos in [0, 1, 20, PER_SECOND, u64::MAX - 1, u64::MAX] {
            let at = TimestampNanos::new(nanos);
            assert_eq!(at.to_string().parse(), Ok(at));
            assert_eq!(at.to_string(), nanos.to_string());
        }
        assert!("18446744073709551616".parse::<TimestampNanos>().is_err());
        assert!("1.5".parse::<TimestampNanos>().is_err());
    }
}
