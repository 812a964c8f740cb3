//! Dates and calendar steps, in UTC, over Unix seconds.

use std::fmt;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use tokenomics_fixed_math::{Span, Timestamp};

/// The last second that a four-digit year can write: 9999-12-31T23:59:59Z.
pub const LAST: Timestamp = Timestamp::new(253_402_300_799);

/// A length of time as a person writes it: so many seconds, or so many calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A fixed number of seconds.
    Seconds(u64),
    /// Calendar months, which differ in length. A year is twelve.
    Months(u32),
}

impl Period {
    /// Reads `90s`, `10min`, `12h`, `7d`, `4w`, `6mo`, `1y`.
    ///
    /// # Errors
    /// A sentence that says what is allowed.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("`{text}` is not a length of time: write a whole number above 0 and a unit, as in 90s, 10min, 12h, 7d, 4w, 6mo or 1y")
        };
        let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let (digits, unit) = text.split_at(unit_at);
        let count: u64 = digits.parse().map_err(|_| wrong())?;
        let seconds = |each: u64| count.checked_mul(each).map(Self::Seconds);
        let months = |each: u64| {
            count
                .checked_mul(each)
                .and_then(|n| u32::try_from(n).ok())
                .map(Self::Months)
        };
        let period = match unit.trim_start() {
            "s" => seconds(1),
            "min" => seconds(60),
            "h" => seconds(3_600),
            "d" => seconds(86_400),
            "w" => seconds(604_800),
            "mo" => months(1),
            "y" => months(12),
            _ => None,
        };
        period.filter(|_| count > 0).ok_or_else(wrong)
    }

    /// The point `count` periods after `anchor`; `None` past the year 9999.
    ///
    /// Months keep the anchor's day, or take the last day of a shorter month; each is counted from
    /// the anchor itself, so January 31 plus two months is March 31.
    #[must_use]
    pub fn after(self, anchor: Timestamp, count: u64) -> Option<Timestamp> {
        let at = match self {
            Self::Seconds(each) => anchor
                .checked_add(Span::new(each.checked_mul(count)?))
                .ok()?,
            Self::Months(each) => {
                let months = u32::try_from(u64::from(each).checked_mul(count)?).ok()?;
                let date = to_utc(anchor)?.checked_add_months(Months::new(months))?;
                Timestamp::new(u64::try_from(date.timestamp()).ok()?)
            }
        };
        (at <= LAST).then_some(at)
    }

    /// Returns the number of whole periods between `anchor` and `at`.
    #[must_use]
    pub fn count_between(self, anchor: Timestamp, at: Timestamp) -> u64 {
        let Some(elapsed) = at.since(anchor) else {
            return 0;
        };
        match self {
            Self::Seconds(each) => elapsed.get().checked_div(each).unwrap_or(0),
            Self::Months(each) => {
                let (Some(from), Some(to)) = (to_utc(anchor), to_utc(at)) else {
                    return 0;
                };
                let month =
                    |date: DateTime<Utc>| i64::from(date.year()) * 12 + i64::from(date.month0());
                let upper = u64::try_from(month(to) - month(from)).unwrap_or(0) / u64::from(each);
                // The month's day or hour may not be reached yet.
                match self.after(anchor, upper) {
                    Some(reached) if reached <= at => upper,
                    _ => upper.saturating_sub(1),
                }
            }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Months(n) if n % 12 == 0 => write!(f, "{}y", n / 12),
            Self::Months(n) => write!(f, "{n}mo"),
            Self::Seconds(n) => {
                let units = [(604_800, "w"), (86_400, "d"), (3_600, "h"), (60, "min")];
                match units.iter().find(|(each, _)| n % each == 0) {
                    Some((each, unit)) => write!(f, "{}{unit}", n / each),
                    None => write!(f, "{n}s"),
                }
            }
        }
    }
}

fn to_utc(at: Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::try_from(at.get()).ok()?, 0)
}

/// Reads a date (midnight UTC), a date and time, or the same with an offset.
///
/// # Errors
/// A sentence that says what is allowed.
pub fn parse_date(text: &str) -> Result<Timestamp, String> {
    let text = text.trim();
    let seconds = DateTime::parse_from_rfc3339(text)
        .map(|date| date.timestamp())
        .or_else(|_| {
            NaiveDateTime::parse_from_str(&text.replace(' ', "T"), "%Y-%m-%dT%H:%M:%S")
                .map(|date| date.and_utc().timestamp())
        })
        .or_else(|_| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .map(|date| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
        })
        .map_err(|_| {
            format!("`{text}` is not a date: write 2026-11-21 or 2026-11-21T08:00:00Z (UTC), or Unix seconds")
        })?;
    in_range(seconds).ok_or_else(|| {
        format!("`{text}` is outside 1970-01-01 to 9999-12-31, the dates that can be simulated")
    })
}

/// Unix seconds as a point of the clock, if it lies in 1970 to 9999.
#[must_use]
pub fn in_range(seconds: i64) -> Option<Timestamp> {
    u64::try_from(seconds)
        .ok()
        .map(Timestamp::new)
        .filter(|at| *at <= LAST)
}

/// RFC 3339 in UTC, to the second.
#[must_use]
pub fn rfc3339(at: Timestamp) -> String {
    to_utc(at).map_or_else(
        || at.to_string(),
        |date| date.to_rfc3339_opts(SecondsFormat::Secs, true),
    )
}

/// The date alone.
#[must_use]
pub fn date(at: Timestamp) -> String {
    format(at, "%Y-%m-%d")
}

/// Year and month.
#[must_use]
pub fn year_month(at: Timestamp) -> String {
    format(at, "%Y-%m")
}

fn format(at: Timestamp, pattern: &str) -> String {
    to_utc(at).map_or_else(|| at.to_string(), |date| date.format(pattern).to_string())
}

/// The first second of the calendar year that `at` lies in.
#[must_use]
pub fn year_of(at: Timestamp) -> Timestamp {
    first_of(at, |_| 1)
}

/// The first second of the calendar month that `at` lies in.
#[must_use]
pub fn month_of(at: Timestamp) -> Timestamp {
    first_of(at, |date| date.month())
}

fn first_of(at: Timestamp, month: impl Fn(DateTime<Utc>) -> u32) -> Timestamp {
    to_utc(at)
        .and_then(|date| NaiveDate::from_ymd_opt(date.year(), month(date), 1))
        .map(|date| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
        .and_then(in_range)
        .unwrap_or(Timestamp::ZERO)
}

/// The first second of the day that `at` lies in.
#[must_use]
pub fn day_of(at: Timestamp) -> Timestamp {
    let into_day = at.get() % 86_400;
    Timestamp::new(at.get() - into_day)
}

/// The points `start + k·step` up to `end`, and `end` itself.
pub fn grid(start: Timestamp, end: Timestamp, step: Period) -> impl Iterator<Item = Timestamp> {
    let mut next = Some(start);
    let mut count = 0;
    std::iter::from_fn(move || {
        let at = next?;
        count += 1;
        next = (at < end).then(|| step.after(start, count).unwrap_or(end).min(end));
        Some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        parse_date(text).unwrap()
    }

    #[test]
    fn periods_read_back_as_written() {
        for text in [
            "90s", "10min", "12h", "1d", "4w", "6mo", "1y", "7min", "90min", "25h", "8d", "13mo",
            "2y",
        ] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "7",
            "d",
            "0d",
            "1.5d",
            "-1d",
            "7 fortnights",
            "99999999999999999999d",
            "é",
        ] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn months_are_counted_from_the_anchor_and_not_from_the_last_step() {
        let anchor = at("2024-01-31");
        let month = Period::Months(1);
        assert_eq!(month.after(anchor, 1), Some(at("2024-02-29")));
        assert_eq!(month.after(anchor, 2), Some(at("2024-03-31")));
        assert_eq!(month.after(anchor, 13), Some(at("2025-02-28")));
    }

    #[test]
    fn counting_periods_inverts_adding_them() {
        let anchor = at("2024-01-31T12:00:00Z");
        for period in [
            Period::Months(1),
            Period::Months(3),
            Period::Seconds(604_800),
        ] {
            for count in 0..60 {
                let reached = period.after(anchor, count).unwrap();
                assert_eq!(period.count_between(anchor, reached), count);
                let before = Timestamp::new(reached.get() - 1);
                assert_eq!(
                    period.count_between(anchor, before),
                    count.saturating_sub(1)
                );
            }
        }
        assert_eq!(Period::Months(1).count_between(anchor, Timestamp::ZERO), 0);
    }

    #[test]
    fn the_grid_ends_on_its_end_once() {
        let step = Period::Seconds(10);
        let points = |end| grid(Timestamp::new(5), Timestamp::new(end), step).map(Timestamp::get);
        assert_eq!(points(25).collect::<Vec<_>>(), [5, 15, 25]);
        assert_eq!(points(27).collect::<Vec<_>>(), [5, 15, 25, 27]);
        assert_eq!(points(5).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn dates_come_in_four_shapes_and_go_out_in_one() {
        for text in [
            "2020-08-13",
            "2020-08-13T00:00:00",
            "2020-08-13T02:00:00+02:00",
        ] {
            assert_eq!(rfc3339(at(text)), "2020-08-13T00:00:00Z");
        }
        assert_eq!(at("1970-01-01"), Timestamp::ZERO);
        assert!(parse_date("1969-12-31T23:59:59Z").is_err());
        assert_eq!(at("9999-12-31T23:59:59Z"), LAST);
        assert!(parse_date("9999-12-31T23:59:59-00:01").is_err());
        assert!(parse_date("2020-02-30").is_err());
    }
}
