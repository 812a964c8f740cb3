//! Single values of a design file: amounts, shares, dates, names.

use std::str::FromStr;

use tokenomics_fixed_math::{Amount, Decimals, Fraction, ParseError, Ratio, Timestamp, Wad};
use toml::de::DeValue;

use super::section::Wrong;
use super::{Destination, Stakeholder};
use crate::calendar::{self, Period};

type Read<T> = Result<T, Wrong>;

/// The digits of a number, whether written as a string, an integer or with a point. TOML's numbers
/// are kept as the text they were, so that 0.1 is exactly one tenth.
fn digits<'v>(value: &'v DeValue<'_>) -> Read<&'v str> {
    match value {
        DeValue::String(text) => Ok(text),
        DeValue::Integer(integer) if integer.radix() == 10 => Ok(integer.as_str()),
        DeValue::Float(float) => Ok(float.as_str()),
        other => Err(Wrong::kind(other, "a number, such as 1_000 or \"0.25\"")),
    }
}

fn unparsable(what: &str, text: &str, error: ParseError, help: String) -> Wrong {
    let message = match error {
        ParseError::ExcessDigits { found, max } => {
            format!(
                "{what} `{text}` has {found} digits after the point, but at most {max} can be kept"
            )
        }
        ParseError::Negative => format!("{what} `{text}` is negative"),
        other => format!("{what} `{text}` is not usable: {other}"),
    };
    Wrong::new(message, help)
}

pub(super) fn text(value: &DeValue<'_>) -> Read<String> {
    match value {
        DeValue::String(text) if text.trim().is_empty() => Err(Wrong::new(
            "this text is empty",
            "write at least one character",
        )),
        DeValue::String(text) => Ok(text.trim().to_owned()),
        other => Err(Wrong::kind(other, "a string")),
    }
}

pub(super) fn truth(value: &DeValue<'_>) -> Read<bool> {
    value
        .as_bool()
        .ok_or_else(|| Wrong::kind(value, "true or false"))
}

/// A whole number in a range.
pub(super) fn integer(value: &DeValue<'_>, min: u64, max: u64) -> Read<u64> {
    let allowed = format!("a whole number from {min} to {max}");
    let DeValue::Integer(integer) = value else {
        return Err(Wrong::kind(value, &allowed));
    };
    u64::from_str_radix(integer.as_str(), integer.radix())
        .ok()
        .filter(|number| (min..=max).contains(number))
        .ok_or_else(|| {
            Wrong::new(
                format!("{integer} is out of range"),
                format!("allowed is {allowed}"),
            )
        })
}

pub(super) fn decimals(value: &DeValue<'_>) -> Read<Decimals> {
    let number = integer(value, 0, u64::from(Decimals::MAX))?;
    let out_of_range = || Wrong::new(format!("{number} is out of range"), "allowed is 0 to 38");
    let number = u8::try_from(number).map_err(|_| out_of_range())?;
    Decimals::new(number).map_err(|_| out_of_range())
}

/// An amount in whole tokens, to the token's last decimal.
pub(super) fn amount(value: &DeValue<'_>, decimals: Decimals) -> Read<Amount> {
    let text = digits(value)?;
    Amount::parse_decimal(text, decimals).map_err(|error| {
        let largest = Amount::MAX.display(decimals);
        let help = format!(
            "an amount is in whole tokens, from 0 to {largest}, with at most {} decimals, such as \"1_000.5\"",
            decimals.get()
        );
        unparsable("the amount", text, error, help)
    })
}

/// An amount above nothing.
pub(super) fn positive(value: &DeValue<'_>, decimals: Decimals) -> Read<Amount> {
    let read = amount(value, decimals)?;
    if read.is_zero() {
        return Err(Wrong::new("this amount is zero", "write an amount above 0"));
    }
    Ok(read)
}

pub(super) fn fraction(value: &DeValue<'_>) -> Read<Fraction> {
    let text = digits(value)?;
    Fraction::from_str(text).map_err(|error| {
        let help = "a share is a number from 0 to 1 with at most 18 decimals, such as \"0.25\"";
        unparsable("the share", text, error, help.to_owned())
    })
}

/// The sum of shares in 1e-18, which no list is long enough to bring out of range.
pub(super) fn sum_of_shares(raw: impl Iterator<Item = u64>) -> u128 {
    raw.map(u128::from).sum()
}

/// `0.5`, or two integers as in `1000/1189`.
pub(super) fn ratio(value: &DeValue<'_>) -> Read<Ratio> {
    let text = digits(value)?;
    let help =
        "write a number from 0 up with at most 18 decimals, or two whole numbers as in \"3/4\"";
    let wrong = |error: &dyn std::fmt::Display| {
        Wrong::new(format!("the ratio `{text}` is not usable: {error}"), help)
    };
    if text.contains('/') {
        Ratio::from_str(text).map_err(|error| wrong(&error))
    } else {
        let wad = Wad::from_str(text);
        wad.map(Ratio::from).map_err(|error| wrong(&error))
    }
}

/// A number of up to 18 decimals; `help` says which are allowed.
pub(super) fn number<T: FromStr<Err = ParseError>>(
    value: &DeValue<'_>,
    what: &str,
    help: &str,
) -> Read<T> {
    let text = digits(value)?;
    T::from_str(text).map_err(|error| unparsable(what, text, error, help.to_owned()))
}

/// A part of the supply that may be more than all of it.
pub(super) fn inflation(value: &DeValue<'_>) -> Read<Wad> {
    let help =
        "an inflation is a part of the supply, from 0 up with at most 18 decimals, such as 0.07";
    number(value, "the inflation", help)
}

/// A price per whole unit, as a decimal number.
pub(super) fn feed_price(value: &DeValue<'_>) -> Read<Wad> {
    let text = digits(value)?;
    Wad::from_str(text).map_err(|error| {
        let help = "a price is a number from 0 up with at most 18 decimals, such as \"3_000.25\"";
        unparsable("the price", text, error, help.to_owned())
    })
}

/// A price above nothing, exact: a decimal number or two integers.
pub(super) fn price(value: &DeValue<'_>) -> Read<Ratio> {
    let read = ratio(value)?;
    if read.numerator() == 0 {
        return Err(Wrong::new("this price is zero", "write a price above 0"));
    }
    Ok(read)
}

pub(super) fn period(value: &DeValue<'_>) -> Read<Period> {
    let DeValue::String(text) = value else {
        return Err(Wrong::kind(
            value,
            "a length of time in quotes, such as \"7d\" or \"1mo\"",
        ));
    };
    Period::parse(text).map_err(|message| Wrong::new(message, ""))
}

/// A period that always has the same length.
pub(super) fn fixed_period(value: &DeValue<'_>) -> Read<u64> {
    match period(value)? {
        Period::Seconds(seconds) => Ok(seconds),
        Period::Months(_) => Err(Wrong::new(
            "calendar months differ in length, and this must be a fixed length of time",
            "write seconds, minutes, hours, days or weeks: 30d, 365d",
        )),
    }
}

/// A date: a TOML date, Unix seconds, or a text that is either.
pub(super) fn date(value: &DeValue<'_>) -> Read<Timestamp> {
    match value {
        DeValue::Datetime(date) => {
            calendar::parse_date(&date.to_string()).map_err(|message| Wrong::new(message, ""))
        }
        DeValue::String(text) => {
            calendar::parse_date(text).map_err(|message| Wrong::new(message, ""))
        }
        DeValue::Integer(seconds) => i64::from_str_radix(seconds.as_str(), seconds.radix())
            .ok()
            .and_then(calendar::in_range)
            .ok_or_else(|| {
                Wrong::new(
                    format!("{seconds} is not a second between 1970-01-01 and 9999-12-31"),
                    "Unix seconds go from 0 to 253402300799",
                )
            }),
        other => Err(Wrong::kind(
            other,
            "a date, such as 2026-11-21 or 2026-11-21T08:00:00Z",
        )),
    }
}

/// A date, or a length of time after `anchor`.
pub(super) fn date_or_after(value: &DeValue<'_>, anchor: Timestamp) -> Read<Timestamp> {
    if let DeValue::String(text) = value {
        if let Ok(period) = Period::parse(text) {
            let beyond = || {
                let anchor = calendar::rfc3339(anchor);
                let message = format!("`{text}` after {anchor} is past the year 9999");
                let last = calendar::rfc3339(calendar::LAST);
                Wrong::new(message, format!("the last date there is is {last}"))
            };
            return period.after(anchor, 1).ok_or_else(beyond);
        }
    }
    date(value)
}

pub(super) fn stakeholder(value: &DeValue<'_>) -> Read<Stakeholder> {
    one_of(value, &Stakeholder::ALL, Stakeholder::name)
}

pub(super) fn destination(value: &DeValue<'_>) -> Read<Destination> {
    one_of(value, &Destination::ALL, Destination::name)
}

/// One of a few words.
pub(super) fn one_of<T: Copy>(
    value: &DeValue<'_>,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Read<T> {
    let found = text(value)?;
    all.iter()
        .copied()
        .find(|one| name(*one) == found)
        .ok_or_else(|| {
            let words: Vec<_> = all.iter().map(|one| name(*one)).collect();
            let near = words.iter().max_by(|a, b| {
                strsim::jaro_winkler(&found, a).total_cmp(&strsim::jaro_winkler(&found, b))
            });
            let near = near.filter(|word| strsim::jaro_winkler(&found, word) > 0.75);
            let hint = near.map_or(String::new(), |word| format!(": did you mean `{word}`?"));
            Wrong::new(
                format!("`{found}` is not known here{hint}"),
                format!("allowed is one of: {}", words.join(", ")),
            )
        })
}
