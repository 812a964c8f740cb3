//! Dates as people and programs write them in tables.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use tokenomics_fixed_math::Timestamp;

use crate::calendar;

/// The order of the numbers of a date such as 3/4/2027.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The third of April.
    DayFirst,
    /// The fourth of March.
    MonthFirst,
}

/// A date, and what it was taken for where it could have been a plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) at: Timestamp,
    pub(super) taken_for: Option<&'static str>,
}

/// The first second of 1900-01-01 less two days, as spreadsheets count days from 1 and have a 29 February
/// 1900.
const SERIAL_EPOCH: i64 = -2_209_161_600;

/// The serial days of 1954 to 2119: as Unix seconds all of the first day of 1970.
const SERIALS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// Unix milliseconds from 1978 on, which are more than the seconds of the year 9999.
const MILLISECONDS: std::ops::RangeInclusive<u64> = 253_402_300_800..=253_402_300_799_999;

/// Reads a date; `order` is that of a day and a month where neither is above 12.
///
/// # Errors
/// A sentence that says what is allowed.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Result<Read, String> {
    let seconds = match number(text) {
        Some((seconds, taken_for)) => {
            let at = seconds.and_then(calendar::in_range);
            let at = at.ok_or_else(|| out_of_range(text))?;
            return Ok(Read { at, taken_for });
        }
        None => iso(text)
            .or_else(|| month_by_name(text))
            .or_else(|| numbers(text, order)),
    };
    let at = seconds.ok_or_else(|| {
        format!(
            "`{text}` is not a date: write 2026-11-21, 2026-11-21 08:00, Nov 2026 or Unix seconds"
        )
    })?;
    let at = calendar::in_range(at).ok_or_else(|| out_of_range(text))?;
    let taken_for = None;
    Ok(Read { at, taken_for })
}

fn out_of_range(text: &str) -> String {
    format!("`{text}` is outside 1970-01-01 to 9999-12-31, the dates that can be simulated")
}

/// Reads a number: Unix seconds or milliseconds, the day of a spreadsheet, or 20261121.
fn number(text: &str) -> Option<(Option<i64>, Option<&'static str>)> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_plain(whole) || !is_plain(part) {
        return None;
    }
    let is_whole = part.bytes().all(|b| b == b'0');
    let Ok(number) = whole.parse::<u64>() else {
        return Some((None, None));
    };
    if SERIALS.contains(&number) {
        return Some((serial(number, part), Some("the day of a spreadsheet")));
    }
    if !is_whole {
        return None;
    }
    if whole.len() == 8 {
        let date = NaiveDate::parse_from_str(whole, "%Y%m%d").ok();
        if let Some(date) = date.filter(|_| (1990..2200).contains(&(number / 10_000))) {
            return Some((Some(midnight(date)), Some("year, month and day")));
        }
    }
    if MILLISECONDS.contains(&number) {
        let seconds = i64::try_from(number / 1_000).ok();
        return (number % 1_000 == 0).then_some((seconds, Some("milliseconds")));
    }
    Some((i64::try_from(number).ok(), None))
}

/// The second of a spreadsheet's day and the part of it, to the nearest.
fn serial(day: u64, part: &str) -> Option<i64> {
    let part = part.get(..15).unwrap_or(part);
    let (numerator, digits) = (part.parse::<u128>().ok()?, u32::try_from(part.len()).ok()?);
    let one = 10_u128.checked_pow(digits)?;
    let seconds = (numerator * 86_400 + one / 2) / one;
    let day = i64::try_from(day).ok()?;
    Some(SERIAL_EPOCH + day * 86_400 + i64::try_from(seconds).ok()?)
}

/// Reads what begins with a year: dates, and dates with times and offsets as programs write them.
fn iso(text: &str) -> Option<i64> {
    let begins_with_year = text.get(..4)?.bytes().all(|b| b.is_ascii_digit());
    if !begins_with_year || !text.get(4..5)?.contains(['-', '/']) {
        return None;
    }
    let text = text.replace('/', "-");
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((&text, ""));
    let day = if date.matches('-').count() == 1 {
        format!("{date}-1")
    } else {
        date.to_owned()
    };
    let day = NaiveDate::parse_from_str(&day, "%Y-%m-%d").ok()?;
    match time.trim() {
        "" => Some(midnight(day)),
        _ if date.matches('-').count() == 1 => None,
        time => on_day(day, time),
    }
}

/// Reads a time of a day, to the minute or finer, in UTC unless an offset says otherwise.
fn on_day(day: NaiveDate, time: &str) -> Option<i64> {
    let (time, offset) = match time.find(['+', '-', 'Z', 'z']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let formats = ["%H:%M:%S%.f", "%H:%M"];
    let time = formats
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(time.trim(), format).ok())?;
    let minutes = match offset.trim() {
        "" | "Z" | "z" => 0,
        offset => offset_minutes(offset)?,
    };
    let local = NaiveDateTime::new(day, time);
    // A part of a second has no place on the clock.
    (local.nanosecond() == 0).then(|| local.and_utc().timestamp() - minutes * 60)
}

/// Reads +02, +0200 or +02:00.
fn offset_minutes(offset: &str) -> Option<i64> {
    let digits = offset.get(1..)?.replace(':', "");
    let full = match digits.len() {
        2 => digits + "00",
        _ => digits,
    };
    let sign = offset.get(..1)?;
    let at = format!("1970-01-02T00:00:00{sign}{full}");
    let at = DateTime::parse_from_str(&at, "%Y-%m-%dT%H:%M:%S%z").ok()?;
    Some((86_400 - at.timestamp()) / 60)
}

/// Reads a date with a month's English name: Jan 2027, Jan-27, January 1, 2027, 1 Jan 2027.
fn month_by_name(text: &str) -> Option<i64> {
    let words: Vec<_> = text
        .split([' ', '-', ',', '/', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let (month, others): (Vec<&str>, Vec<&str>) = words
        .into_iter()
        .partition(|word| word.chars().all(char::is_alphabetic));
    let [month] = month[..] else { return None };
    let (day, year) = match others[..] {
        [year] => ("1", year),
        [first, second] if first.len() == 4 => (second, first),
        [day, year] => (day, year),
        _ => return None,
    };
    let year = full_year(year)?;
    let date = format!("{year} {} {day}", month.get(..3)?);
    let is_month = MONTHS.iter().any(|name| {
        let lower = month.to_lowercase();
        *name == lower || name.get(..3) == Some(&lower) || lower == "sept"
    });
    let date = NaiveDate::parse_from_str(&date, "%Y %b %d").ok()?;
    is_month.then(|| midnight(date))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A year of four digits, or of two: that of this century.
fn full_year(text: &str) -> Option<u16> {
    let number: u16 = text.parse().ok()?;
    match text.len() {
        4 => Some(number),
        2 => Some(2_000 + number),
        _ => None,
    }
}

/// Reads 3/4/2027, 3.4.2027 or 3-4-2027, with a time or without.
fn numbers(text: &str, order: Option<DateOrder>) -> Option<i64> {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let (first, second, year) = day_and_month(date)?;
    let same = (first == second).then_some(DateOrder::DayFirst);
    let order = order_of(date).or(order).or(same)?;
    let (day, month) = match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    let day = NaiveDate::from_ymd_opt(year.into(), month, day)?;
    match time.trim() {
        "" => Some(midnight(day)),
        time => on_day(day, time),
    }
}

fn day_and_month(date: &str) -> Option<(u32, u32, u16)> {
    let mark = date.chars().find(|c| !c.is_ascii_digit())?;
    if !['/', '.', '-'].contains(&mark) {
        return None;
    }
    let parts: Vec<_> = date.split(mark).collect();
    let [first, second, year] = parts[..] else {
        return None;
    };
    let small = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    Some((small(first)?, small(second)?, full_year(year)?))
}

/// Returns the order that a date of three numbers has by itself, as above 12 is no month.
fn order_of(date: &str) -> Option<DateOrder> {
    let (first, second, _) = day_and_month(date)?;
    match (first > 12, second > 12) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// The evidence of a date for the order of days and months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    None,
    Is(DateOrder),
    /// It reads both ways.
    Either,
}

pub(super) fn evidence(text: &str) -> Evidence {
    let date = text.split_once(' ').map_or(text, |(date, _)| date);
    match (day_and_month(date), order_of(date)) {
        (None, _) => Evidence::None,
        (_, Some(order)) => Evidence::Is(order),
        // The same day both ways.
        (Some((first, second, _)), None) if first == second => Evidence::None,
        _ => Evidence::Either,
    }
}

fn midnight(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, order: Option<DateOrder>) -> String {
        read(text, order).map_or_else(|error| error, |read| calendar::rfc3339(read.at))
    }

    #[test]
    fn dates_of_programs_and_people_are_read() {
        for (text, wanted) in [
            ("2027-01-01", "2027-01-01T00:00:00Z"),
            ("2027-1-1", "2027-01-01T00:00:00Z"),
            ("2027/01/01", "2027-01-01T00:00:00Z"),
            ("2027-01", "2027-01-01T00:00:00Z"),
            ("2027-01-01 09:30", "2027-01-01T09:30:00Z"),
            ("2027-01-01T09:30Z", "2027-01-01T09:30:00Z"),
            ("2026-01-01T00:00:00.000000", "2026-01-01T00:00:00Z"),
            ("2026-01-01 00:00:00+00", "2026-01-01T00:00:00Z"),
            ("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00Z"),
            ("2026-01-01 02:00:00+02", "2026-01-01T00:00:00Z"),
            ("2026-01-01T00:00:00-05:30", "2026-01-01T05:30:00Z"),
            ("Jan 2027", "2027-01-01T00:00:00Z"),
            ("Jan-27", "2027-01-01T00:00:00Z"),
            ("2027 January", "2027-01-01T00:00:00Z"),
            ("Jan 1 2027", "2027-01-01T00:00:00Z"),
            ("1 jan 2027", "2027-01-01T00:00:00Z"),
            ("September 30, 2027", "2027-09-30T00:00:00Z"),
            ("31.12.2026", "2026-12-31T00:00:00Z"),
            ("1.1.2025", "2025-01-01T00:00:00Z"),
            ("15/03/2026 09:30", "2026-03-15T09:30:00Z"),
            ("03/15/2026", "2026-03-15T00:00:00Z"),
            ("1798761600.0", "2027-01-01T00:00:00Z"),
            ("46023", "2026-01-01T00:00:00Z"),
            ("46023.75", "2026-01-01T18:00:00Z"),
            ("20260131", "2026-01-31T00:00:00Z"),
            ("1767225600000", "2026-01-01T00:00:00Z"),
            ("100", "1970-01-01T00:01:40Z"),
        ] {
            assert_eq!(shown(text, None), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_said() {
        for text in [
            "",
            "yesterday",
            "2026-02-30",
            "2026-13",
            "2026-01 09:30",
            "2026-01-01T00:00:00.5Z",
            "2026-01-01 25:00",
            "31/31/2026",
            "32 Jan 2026",
            "Foo 2026",
            "Mayor 2026",
            "46023x",
            "1e9",
            "-1",
            "é/1/2026",
            "1798761600.5",
        ] {
            assert!(shown(text, None).contains("is not a date"), "{text}");
        }
        for text in ["99999999999999999999", "1969-12-31"] {
            assert!(shown(text, None).contains("is outside"), "{text}");
        }
    }

    #[test]
    fn an_order_is_asked_for_only_where_both_read() {
        assert_eq!(evidence("01/02/2026"), Evidence::Either);
        assert_eq!(evidence("01/01/2026"), Evidence::None);
        assert_eq!(evidence("13/02/2026"), Evidence::Is(DateOrder::DayFirst));
        assert_eq!(evidence("02/13/2026"), Evidence::Is(DateOrder::MonthFirst));
        assert_eq!(evidence("1.6.2025"), Evidence::Either);
        assert_eq!(evidence("2026-01-02"), Evidence::None);
        assert!(shown("01/02/2026", None).contains("is not a date"));
        let day_first = Some(DateOrder::DayFirst);
        assert_eq!(shown("01/02/2026", day_first), "2026-02-01T00:00:00Z");
        let month_first = Some(DateOrder::MonthFirst);
        assert_eq!(shown("01/02/2026", month_first), "2026-01-02T00:00:00Z");
        assert_eq!(shown("1.6.2025", day_first), "2025-06-01T00:00:00Z");
    }
}
