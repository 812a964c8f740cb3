//! The days of the civil calendar.

use core::fmt;

use tokenomics_fixed_math::Timestamp;

use crate::check::{at_most, in_range};
use crate::{Error, Quantity};

/// The seconds of a day. UTC as Unix counts it has no day of another length.
const DAY: u64 = 86_400;
/// 9999-12-31T23:59:59Z.
const LAST: Timestamp = Timestamp::new(253_402_300_799);
const LAST_YEAR: u16 = 9_999;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: u32 = 719_468;

/// A day of the Gregorian calendar, 1970-01-01 to 9999-12-31, in UTC.
///
/// Timestamps are Unix seconds here, whatever a host's clock counts elsewhere. No table is kept and
/// nothing is allocated.
///
/// ```
/// use tokenomics_fixed_math::Timestamp;
/// use tokenomics_vesting::Date;
///
/// let leap_day = Date::new(2024, 2, 29)?;
/// assert_eq!(leap_day.midnight(), Timestamp::new(1_709_164_800));
/// assert_eq!(Date::of(Timestamp::new(1_709_251_199))?, leap_day);
/// assert_eq!(leap_day.months_later(12, 31)?, Date::new(2025, 2, 28)?);
/// assert!(Date::new(2023, 2, 29).is_err());
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "RawDate")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Date {
    // The order of the fields is the order of days.
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Creates the day `day` of the month `month` of the year `year`, month and day counted from 1.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a year outside 1970 to 9999, a month outside 1 to 12, and a day
    /// that the month doesn't have.
    ///
    /// ```
    /// use tokenomics_vesting::{Date, Error};
    ///
    /// assert_eq!(Date::new(2024, 2, 29)?.to_string(), "2024-02-29");
    /// let none = Date::new(2100, 2, 29);
    /// assert!(matches!(none, Err(Error::OutOfRange { value: 29, bound: 28, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, Error> {
        in_range(Quantity::Year, year.into(), 1_970, LAST_YEAR.into())?;
        in_range(Quantity::Month, month.into(), 1, 12)?;
        let last = last_day(year, month);
        in_range(Quantity::DayOfMonth, day.into(), 1, last.into())?;
        Ok(Self { year, month, day })
    }

    /// Returns the day that `at`, in Unix seconds, falls on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] past the year 9999.
    ///
    /// ```
    /// use tokenomics_fixed_math::Timestamp;
    /// use tokenomics_vesting::Date;
    ///
    /// assert_eq!(Date::of(Timestamp::new(1_700_000_000))?, Date::new(2023, 11, 14)?);
    /// // Milliseconds are no seconds.
    /// assert!(Date::of(Timestamp::new(1_700_000_000_000)).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn of(at: Timestamp) -> Result<Self, Error> {
        at_most(Quantity::UnixTime, at.get().into(), LAST.get().into())?;
        let days = u32::try_from(at.get() / DAY).unwrap_or(u32::MAX);
        // Below 4·10^6, from the check.
        Ok(from_days(days.wrapping_add(EPOCH)))
    }

    /// Returns the time at which the day begins, in Unix seconds.
    #[must_use]
    pub fn midnight(self) -> Timestamp {
        // At least 0, as the year is 1970 or later, and at most `LAST`.
        let days = to_days(self).wrapping_sub(EPOCH);
        Timestamp::new(u64::from(days).wrapping_mul(DAY))
    }

    /// Returns the day `day` of the month that is `months` later, or its last day where it is
    /// shorter.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a day of 0 or above 31, and past the year 9999.
    ///
    /// ```
    /// use tokenomics_vesting::Date;
    ///
    /// let start = Date::new(2024, 1, 31)?;
    /// assert_eq!(start.months_later(1, start.day())?, Date::new(2024, 2, 29)?);
    /// assert_eq!(start.months_later(2, start.day())?, Date::new(2024, 3, 31)?);
    /// assert!(start.months_later(12 * 7_976, 31).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn months_later(self, months: u32, day: u8) -> Result<Self, Error> {
        in_range(Quantity::DayOfMonth, day.into(), 1, 31)?;
        let index = u64::from(self.month_index()).saturating_add(months.into());
        let (year, month) = (index / 12, index % 12);
        in_range(Quantity::Year, year.into(), 1_970, LAST_YEAR.into())?;
        let year = u16::try_from(year).unwrap_or(LAST_YEAR);
        // The rest of a division by 12, so the sum is at most 12.
        let month = u8::try_from(month).unwrap_or(11).wrapping_add(1);
        let day = day.min(last_day(year, month));
        Ok(Self { year, month, day })
    }

    /// Returns the year, 1970 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Returns the number of months from January of the year 0: at most 119,999.
    pub(crate) fn month_index(self) -> u32 {
        let years = u32::from(self.year).wrapping_mul(12);
        years.wrapping_add(u32::from(self.month)).wrapping_sub(1)
    }
}

tokenomics_internals::checked_codec! {
    Date::new as RawDate {
        year: u16,
        month: u8,
        day: u8,
    }
}

/// Writes the date as ISO 8601 does: `2024-02-29`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Returns how far into its day a time is, in seconds.
pub(crate) const fn second_of_day(at: Timestamp) -> u64 {
    at.get() % DAY
}

/// Returns the number of days of a month, 28 to 31.
fn last_day(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

// Years that begin in March have their leap day at the end, so that the days before a month don't
// depend on the year. Every number below is under 2^32: years are at most 9,999, days 4·10^6, and
// the largest product 400 times those.

/// Returns the number of days from March of the year 0 to March of `year`.
fn days_before_year(year: u32) -> u32 {
    year.wrapping_mul(365)
        .wrapping_add(year / 4)
        .wrapping_sub(year / 100)
        .wrapping_add(year / 400)
}

/// Returns the number of days from 1 March to the first of a month, 0 for March to 11 for February:
/// of each five months from March on, 153 days, they have 31, 30, 31, 30 and 31.
fn days_before_month(month: u32) -> u32 {
    month.wrapping_mul(153).wrapping_add(2) / 5
}

/// Returns the number of days from 0000-03-01 to a date.
fn to_days(date: Date) -> u32 {
    let index = date.month_index().wrapping_sub(2);
    // Before the first of a month there are `day` − 1.
    days_before_year(index / 12)
        .wrapping_add(days_before_month(index % 12))
        .wrapping_add(date.day.into())
        .wrapping_sub(1)
}

fn from_days(days: u32) -> Date {
    // 400 years are 146,097 days, so this is the year or next to it.
    let guess = days.wrapping_mul(400) / 146_097;
    let year = if days_before_year(guess) > days {
        guess.wrapping_sub(1)
    } else if days_before_year(guess.wrapping_add(1)) <= days {
        guess.wrapping_add(1)
    } else {
        guess
    };
    let day_of_year = days.wrapping_sub(days_before_year(year));
    // The inverse of `days_before_month`: m months have passed from ⌊(153m + 2)/5⌋ days on.
    let month = day_of_year.wrapping_mul(5).wrapping_add(2) / 153;
    let day = day_of_year.wrapping_sub(days_before_month(month));
    let index = year.wrapping_mul(12).wrapping_add(month).wrapping_add(2);
    // A year is at most 9,999, a month 12 and a day 31: none is cut off.
    let [low, high, ..] = (index / 12).to_le_bytes();
    let [month, ..] = (index % 12).wrapping_add(1).to_le_bytes();
    let [day, ..] = day.wrapping_add(1).to_le_bytes();
    Date {
        year: u16::from_le_bytes([low, high]),
        month,
        day,
    }
}
