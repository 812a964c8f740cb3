//! The columns of a table of prices.

use csv::StringRecord;

use super::cell;

/// The names of a column of times, whatever their case and separators.
const TIMES: [&str; 9] = [
    "time",
    "date",
    "datetime",
    "timestamp",
    "opentime",
    "closetime",
    "unix",
    "unixtime",
    "t",
];

/// Indices of the columns that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) time: usize,
    pub(super) price: usize,
    /// The column that prices are divided by.
    pub(super) per: Option<usize>,
    /// `true` if the first line is a row already.
    pub(super) headless: bool,
}

/// A sentence on what is wrong, and one on what would be right.
type Wrong = (String, String);

impl Columns {
    /// Finds the columns by the first line, and the name of the price where it is given.
    pub(super) fn find(header: &StringRecord, asked: Option<&str>) -> Result<Self, Wrong> {
        let headless = header.get(0).is_some_and(|cell| cell::time(cell).is_ok());
        let names: Vec<String> = match headless {
            // A column without a name is called by its place.
            true => (1..=header.len()).map(|place| place.to_string()).collect(),
            false => header.iter().map(str::to_owned).collect(),
        };
        let time = match headless {
            true => 0,
            false => time_of(&names)?,
        };
        let (price, per) = match asked {
            Some(asked) => named(&names, asked)?,
            None => (only_price(&names, time)?, None),
        };
        Ok(Self {
            time,
            price,
            per,
            headless,
        })
    }
}

/// Letters and digits alone, in lower case.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn time_of(names: &[String]) -> Result<usize, Wrong> {
    let is = |known: &str| names.iter().position(|name| plain(name) == known);
    let exact = TIMES.iter().find_map(|known| is(known));
    exact.or_else(|| only_with_time(names)).ok_or_else(|| {
        let message = format!("no column is called a time: there are {}", listed(names));
        (
            message,
            "call it `time`, or leave out the header where times stand first".to_owned(),
        )
    })
}

/// The first column of whose words one is a time's, as in `block_time`, `Date(UTC)` or `snapped_at`.
fn only_with_time(names: &[String]) -> Option<usize> {
    let is = |name: &String| {
        let mut words = name.split(|c: char| !c.is_alphanumeric());
        words.any(|word| {
            let word = word.to_lowercase();
            word == "at" || word.len() > 1 && TIMES.contains(&word.as_str())
        })
    };
    names.iter().position(is)
}

/// The columns `A`, or `A` and `B` of `A/B`.
fn named(names: &[String], asked: &str) -> Result<(usize, Option<usize>), Wrong> {
    let is = |asked: &str| {
        let mut same =
            (0..names.len()).filter(|index| names[*index].eq_ignore_ascii_case(asked.trim()));
        same.next().filter(|_| same.next().is_none())
    };
    if let Some(price) = is(asked) {
        return Ok((price, None));
    }
    let quotient = asked.split_once('/');
    if let Some((Some(price), Some(per))) = quotient.map(|(price, per)| (is(price), is(per))) {
        return Ok((price, Some(per)));
    }
    let message = format!("there is no one column `{asked}`");
    Err((message, format!("the columns are {}", listed(names))))
}

/// The only column beside the time, or the only one that is called a close or else a price.
fn only_price(names: &[String], time: usize) -> Result<usize, Wrong> {
    let others: Vec<usize> = (0..names.len()).filter(|index| *index != time).collect();
    if let [only] = others[..] {
        return Ok(only);
    }
    // Of a close and an adjusted close, the one that was traded at.
    let exact = |word: &str| {
        let mut same = others.iter().filter(|index| plain(&names[**index]) == word);
        same.next().filter(|_| same.next().is_none()).copied()
    };
    for word in ["close", "price"] {
        if let Some(only) = exact(word) {
            return Ok(only);
        }
        let is = |index: &usize| {
            let mut words = names[*index].split(|c: char| !c.is_alphanumeric());
            // A close of time isn't one of a price.
            words.any(|part| part.eq_ignore_ascii_case(word))
                && !TIMES.contains(&plain(&names[*index]).as_str())
        };
        let called: Vec<usize> = others.iter().copied().filter(is).collect();
        if let [only] = called[..] {
            return Ok(only);
        }
    }
    let message = match others.is_empty() {
        true => "there is no column of prices beside the time".to_owned(),
        false => format!("{} columns may be the price: choose one", others.len()),
    };
    let of: Vec<String> = others.iter().map(|index| names[*index].clone()).collect();
    Err((
        message,
        format!("--column NAME, or A/B for a quotient, of {}", listed(&of)),
    ))
}

fn listed(names: &[String]) -> String {
    let some: Vec<String> = names
        .iter()
        .take(12)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = if names.len() > 12 { ", …" } else { "" };
    some.join(", ") + more
}
