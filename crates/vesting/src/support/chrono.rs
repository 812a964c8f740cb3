//! Conversions from and to the types of the crate `chrono`.
//!
//! They are exact: what would be cut off, a fraction of a second or a year outside 1970 to 9999, is
//! an error.
//!
//! ```
//! use chrono::{DateTime, NaiveDate, Utc};
//! use tokenomics_vesting::chrono::{date_time, timestamp};
//! use tokenomics_vesting::Date;
//!
//! let at: DateTime<Utc> = "2024-02-29T12:00:00Z".parse()?;
//! assert_eq!(timestamp(at)?.get(), 1_709_208_000);
//! assert_eq!(date_time(timestamp(at)?)?, at);
//!
//! let date = Date::try_from(at.date_naive())?;
//! assert_eq!(NaiveDate::from(date), at.date_naive());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use tokenomics_fixed_math::Timestamp;

use crate::check::at_most;
use crate::{Date, Error, Quantity};

/// Converts `at` to the timestamp in Unix seconds.
///
/// # Errors
/// [`Error::OutOfRange`] before 1970, past 9999, and for a fraction of a second.
///
/// ```
/// use chrono::{DateTime, Utc};
/// use tokenomics_vesting::chrono::timestamp;
///
/// let time = |text: &str| text.parse::<DateTime<Utc>>();
/// assert_eq!(timestamp(time("1970-01-02T00:00:00Z")?)?.get(), 86_400);
/// assert!(timestamp(time("1970-01-02T00:00:00.5Z")?).is_err());
/// assert!(timestamp(time("1969-12-31T23:59:59Z")?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn timestamp(at: DateTime<Utc>) -> Result<Timestamp, Error> {
    let nanos = at.timestamp_subsec_nanos();
    at_most(Quantity::Nanoseconds, nanos.into(), 0)?;
    Date::try_from(at.date_naive())?;
    // Not before 1970, so not below 0.
    Ok(Timestamp::new(at.timestamp().unsigned_abs()))
}

/// Converts `at`, in Unix seconds, to the date and time in UTC.
///
/// # Errors
/// [`Error::OutOfRange`] past 9999.
///
/// ```
/// use tokenomics_fixed_math::Timestamp;
/// use tokenomics_vesting::chrono::date_time;
///
/// let at = Timestamp::new(1_700_000_000);
/// assert_eq!(date_time(at)?.to_rfc3339(), "2023-11-14T22:13:20+00:00");
/// assert!(date_time(Timestamp::MAX).is_err());
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
pub fn date_time(at: Timestamp) -> Result<DateTime<Utc>, Error> {
    Date::of(at)?;
    let seconds = i64::try_from(at.get()).ok();
    // chrono's years reach far beyond 9999.
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    Ok(time.unwrap_or(DateTime::<Utc>::MAX_UTC))
}

impl TryFrom<NaiveDate> for Date {
    type Error = Error;

    fn try_from(date: NaiveDate) -> Result<Self, Error> {
        let year = date.year();
        if year < 0 {
            let value = year.unsigned_abs().into();
            at_most(Quantity::YearBeforeFirst, value, 0)?;
        }
        // Any year that isn't a u16 is past 9999, and refused.
        let year = u16::try_from(year).unwrap_or(u16::MAX);
        // Months and days are below 256.
        let part = |value: u32| u8::try_from(value).unwrap_or(0);
        Self::new(year, part(date.month()), part(date.day()))
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        let (year, month, day) = (date.year().into(), date.month().into(), date.day().into());
        // Every day of 1970 to 9999 is one of chrono's.
        Self::from_ymd_opt(year, month, day).unwrap_or(Self::MAX)
    }
}
