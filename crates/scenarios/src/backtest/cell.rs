//! Times and prices as files write them.

use tokenomics_design::calendar;
use tokenomics_fixed_math::{Timestamp, Wad};

/// The decimals of a [`Wad`].
const DECIMALS: i64 = 18;

/// Reads a time: a date, a date and time with or without an offset (UTC where there is none), or Unix
/// seconds, milliseconds, microseconds or nanoseconds, with or without decimals, which are cut off.
pub(super) fn time(text: &str) -> Result<Timestamp, String> {
    let text = text.trim();
    if let Some(number) = unix(text) {
        // Up to the year 9999 in seconds is less than any millisecond after 1978, and so on down to
        // nanoseconds.
        let units = [1, 1_000, 1_000_000, 1_000_000_000];
        let seconds = units
            .iter()
            .find_map(|unit| calendar::in_range(number / unit));
        return seconds.ok_or_else(|| format!("`{text}` is no second between 1970 and 9999"));
    }
    // A date without its hyphens, which is also a second of 1970 that no price is of.
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let date = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
        return calendar::parse_date(&date);
    }
    let text = text.strip_suffix(" UTC").unwrap_or(text);
    let with_colon = with_colon(text);
    let text = with_colon.as_deref().unwrap_or(text);
    match text.len() {
        // A date and time without seconds.
        16 if text.is_ascii() => calendar::parse_date(&format!("{text}:00")),
        _ => calendar::parse_date(text)
            .or_else(|error| without_decimals(text).map_or(Err(error), calendar_of)),
    }
}

fn calendar_of(text: String) -> Result<Timestamp, String> {
    calendar::parse_date(&text)
}

/// Returns a date and time whose offset is written `+0200` as one with `+02:00`.
fn with_colon(text: &str) -> Option<String> {
    let (time, offset) = text.split_at_checked(text.len().checked_sub(5)?)?;
    let (sign, digits) = offset.split_at_checked(1)?;
    let is_offset = time.contains(':')
        && matches!(sign, "+" | "-")
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_offset.then(|| format!("{time}{sign}{}:{}", &digits[..2], &digits[2..]))
}

/// Returns a date and time without the decimals of its seconds.
fn without_decimals(text: &str) -> Option<String> {
    let (whole, rest) = text.split_once('.')?;
    let offset = rest.find(|c: char| !c.is_ascii_digit());
    Some(whole.to_owned() + offset.map_or("", |at| &rest[at..]))
}

fn unix(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = digits(whole) && digits(decimals) && whole.len() != 8;
    is_number.then(|| whole.parse().ok())?
}

/// Returns whether a cell says that there is no price.
pub(super) fn is_gap(text: &str) -> bool {
    ["", "-", "na", "n/a", "nan", "null", "none"].contains(&text.to_ascii_lowercase().as_str())
}

/// Reads a price: a decimal number from 0 up, such as 0.00032, 5e-05 or 1.2E+3.
///
/// # Rounding
/// Floor, to 18 decimals.
pub(super) fn price(text: &str) -> Result<Wad, String> {
    let wrong =
        || format!("`{text}` is not a price: write a number from 0 up, such as 0.00032 or 5e-05");
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i16>().map_err(|_| wrong())?),
        None => (unsigned, 0),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = whole.bytes().chain(decimals.bytes());
    let count = i64::try_from(whole.len() + decimals.len()).map_err(|_| wrong())?;
    if count == 0 || !digits.clone().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    // The number of digits up to the last that counts.
    let kept = count - decimals.len() as i64 + i64::from(exponent) + DECIMALS;
    let zeros = std::iter::repeat(b'0');
    let kept = usize::try_from(kept).unwrap_or(0);
    let mut raw: u128 = 0;
    for digit in digits.chain(zeros).take(kept) {
        // Leading zeros may be many, and zeros of nothing too.
        let next = raw.checked_mul(10);
        raw = next
            .and_then(|raw| raw.checked_add(u128::from(digit - b'0')))
            .ok_or_else(|| format!("`{text}` is more than a price can be"))?;
    }
    Ok(Wad::from_raw(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_read_in_every_way_that_files_write_them() {
        for (text, raw) in [
            ("180.65", 180_650_000_000_000_000_000),
            ("5e-05", 50_000_000_000_000),
            ("1.2E+3", 1_200_000_000_000_000_000_000),
            ("+.5", 500_000_000_000_000_000),
            ("7.", 7_000_000_000_000_000_000),
            ("0", 0),
            ("0e99", 0),
            ("1e-18", 1),
            ("0.0000000000000000019", 1),
            ("9e-19", 0),
            ("1e-300", 0),
            (
                "00000000000000000000000000000000000000001",
                1_000_000_000_000_000_000,
            ),
            ("0.00032000000000000001234", 320_000_000_000_000),
            ("340282366920938463463.374607431768211455", u128::MAX),
        ] {
            assert_eq!(price(text).unwrap().raw(), raw, "{text}");
        }
        for text in [
            "",
            ".",
            "-1",
            "1-",
            "e5",
            "1e",
            "1e1.5",
            "1,5",
            "$3",
            "0x10",
            "1 000",
            "inf",
            "1e400",
            "340282366920938463463.374607431768211456",
            "1e21",
            "٣",
            "1_000",
            "1e999999999",
        ] {
            assert!(price(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_read_in_every_way_that_files_write_them() {
        let wanted = Timestamp::new(1_584_014_400);
        for text in [
            "2020-03-12T12:00:00Z",
            "2020-03-12T12:00:00+00:00",
            "2020-03-12T14:00:00+02:00",
            "2020-03-12 12:00:00",
            "2020-03-12 12:00:00+00:00",
            "2020-03-12 12:00:00 UTC",
            "2020-03-12T12:00:00.000Z",
            "2020-03-12 12:00:00.5",
            "2020-03-12 12:00",
            "2020-03-12T12:00",
            "1584014400",
            "1584014400.0",
            "1584014400000",
            "1584014400000000",
            "1584014400000000000",
            "2020-03-12 12:00:00+0000",
            "2020-03-12T14:00:00.000+0200",
        ] {
            assert_eq!(time(text), Ok(wanted), "{text}");
        }
        for text in ["2020-03-12", "20200312", "2020-03-12 00:00"] {
            assert_eq!(time(text), Ok(Timestamp::new(1_583_971_200)), "{text}");
        }
        assert_eq!(time("12"), Ok(Timestamp::new(12)));
        for text in [
            "",
            "-5",
            "today",
            "20201312",
            "2020-13-01",
            "1e9",
            "é",
            "2020-03-12 12:6é",
        ] {
            assert!(time(text).is_err(), "{text}");
        }
    }
}
