//! Dates and lengths of time in words, in UTC.

use chrono::{DateTime, Datelike as _, Utc};
use tokenomics_fixed_math::{Span, Timestamp};

fn utc(at: Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::try_from(at.get()).ok()?, 0)
}

/// A date by `strftime` letters, in UTC.
pub(crate) fn dated(at: Timestamp, pattern: &str) -> String {
    utc(at).map_or_else(|| at.to_string(), |date| date.format(pattern).to_string())
}

/// `13 Aug 2020`.
pub(crate) fn day(at: Timestamp) -> String {
    dated(at, "%-d\u{a0}%b\u{a0}%Y")
}

/// `13 Aug`.
pub(crate) fn day_of_month(at: Timestamp) -> String {
    dated(at, "%-d\u{a0}%b")
}

/// `13 Aug to 1 Sep 2020`; `on 13 Aug 2020` for what doesn't go beyond a day.
pub(crate) fn stretch(from: Timestamp, until: Timestamp) -> String {
    if day(from) == day(until) {
        return format!("on {}", day(from));
    }
    format!("{} to {}", day_of_month(from), day(until))
}

/// `Aug 2020`.
pub(crate) fn month(at: Timestamp) -> String {
    dated(at, "%b\u{a0}%Y")
}

/// The year alone.
pub(crate) fn year(at: Timestamp) -> i32 {
    utc(at).map_or(1970, |date| date.year())
}

/// The number of calendar months from the year 0 to an instant's.
pub(crate) fn months(at: Timestamp) -> u64 {
    let number = |pattern| dated(at, pattern).parse::<u64>().unwrap_or(0);
    number("%Y") * 12 + number("%m").saturating_sub(1)
}

/// A length of time in its largest sensible unit: `4.0 years`, `13 days`.
///
/// # Rounding
/// Half up, at the last digit shown.
pub(crate) fn length(span: Span) -> String {
    const DAY: u64 = 86_400;
    const YEAR: u64 = 31_556_952; // The Gregorian mean.
    let tenths = |unit: u64| (span.get() / unit) * 10 + (span.get() % unit * 10 + unit / 2) / unit;
    let plural = |n: u64, word: &str| format!("{n}\u{a0}{word}{}", if n == 1 { "" } else { "s" });
    match span.get() {
        s if s >= YEAR - DAY * 2 => match tenths(YEAR) {
            n if n % 10 == 0 => plural(n / 10, "year"),
            n => format!("{}.{}\u{a0}years", n / 10, n % 10),
        },
        s if s >= 90 * DAY => plural((s + YEAR / 24) / (YEAR / 12), "month"),
        s if s >= 2 * DAY => plural((s + DAY / 2) / DAY, "day"),
        s if s >= 3_600 => plural((s + 1_800) / 3_600, "hour"),
        s => plural(s, "second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_take_their_natural_unit() {
        let cases = [
            (1, "1 second"),
            (7_200, "2 hours"),
            (604_800, "7 days"),
            (1_456 * 86_400, "4 years"),
            (126_144_000, "4 years"),
            (31_536_000, "1 year"),
            (184 * 86_400, "6 months"),
            (47_335_428, "1.5 years"),
            // Two days less than a year are told in years, and half a unit is told upwards.
            (31_556_952 - 2 * 86_400, "1 year"),
            (31_556_952 - 2 * 86_400 - 1, "12 months"),
            (90 * 86_400, "3 months"),
            (90 * 86_400 - 1, "90 days"),
            (106 * 86_400, "3 months"),
            (107 * 86_400, "4 months"),
            (5 * 43_200, "3 days"),
            (5 * 43_200 - 1, "2 days"),
            (2 * 86_400 - 1, "48 hours"),
            (5_400, "2 hours"),
            (5_399, "1 hour"),
            (3_599, "3599 seconds"),
        ];
        for (seconds, text) in cases {
            assert_eq!(length(Span::new(seconds)).replace('\u{a0}', " "), text);
        }
    }

    #[test]
    fn dates_read_as_prose() {
        let at = Timestamp::new(1_597_357_048);
        assert_eq!(day(at).replace('\u{a0}', " "), "13 Aug 2020");
        assert_eq!(month(at).replace('\u{a0}', " "), "Aug 2020");
        assert_eq!(year(at), 2020);
        assert_eq!(day(Timestamp::new(u64::MAX)), u64::MAX.to_string());
    }
}
