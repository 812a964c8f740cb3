//! Numbers as people and programs write them in tables, read to the last digit.

use std::fmt;

/// The mark that stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalMark {
    /// As in 1,234.5.
    Point,
    /// As in 1.234,5.
    Comma,
}

impl DecimalMark {
    const fn letter(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// A number that isn't below 0, exact: `digits` / 10^`scale`, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Numeral {
    digits: u128,
    scale: u32,
}

/// The most decimals that are read: those of the finest token.
const MOST_DECIMALS: u32 = 38;

impl Numeral {
    pub(super) const ZERO: Self = Self {
        digits: 0,
        scale: 0,
    };

    /// Reads a number whose decimals stand behind `mark`; anything else that groups digits stands between
    /// groups of three.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub(super) fn parse(text: &str, mark: DecimalMark) -> Result<Self, String> {
        let wrong = |why: &str| Err(format!("`{text}` {why}"));
        if text.starts_with('-') && text.contains(|c: char| c.is_ascii_digit()) {
            return wrong("is below 0");
        }
        if is_scientific(text) {
            return wrong("is written in powers of ten, which a spreadsheet does where digits may be lost: write it in full");
        }
        let (whole, decimals) = match text.split_once(mark.letter()) {
            Some((whole, decimals)) => (whole, decimals),
            None => (text, "0"),
        };
        let Some(whole) = ungrouped(whole, mark) else {
            return wrong("is not a number");
        };
        let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_plain(&whole) || !is_plain(decimals) {
            return wrong("is not a number");
        }
        let decimals = decimals.trim_end_matches('0');
        let scale = u32::try_from(decimals.len()).unwrap_or(u32::MAX);
        if scale > MOST_DECIMALS {
            return wrong("has more than 38 decimals");
        }
        match (whole + decimals).parse() {
            Ok(digits) => Ok(Self { digits, scale }.lowest()),
            Err(_) => wrong("has more digits than can be counted"),
        }
    }

    pub(super) const fn of_integer(digits: u128) -> Self {
        Self { digits, scale: 0 }
    }

    pub(super) const fn is_zero(self) -> bool {
        self.digits == 0
    }

    pub(super) fn is_above_one(self) -> bool {
        // Of more decimals than 10^38 has digits it is below 1.
        10_u128
            .checked_pow(self.scale)
            .is_some_and(|one| self.digits > one)
    }

    pub(super) const fn is_one(self) -> bool {
        self.digits == 1 && self.scale == 0
    }

    pub(super) const fn decimals(self) -> u32 {
        self.scale
    }

    /// Returns the number if it has no decimals.
    pub(super) fn whole(self) -> Option<u128> {
        (self.scale == 0).then_some(self.digits)
    }

    /// Returns the number over 10^`places`.
    pub(super) const fn shifted(self, places: u32) -> Self {
        Self {
            digits: self.digits,
            scale: self.scale.saturating_add(places),
        }
        .lowest()
    }

    /// Returns the sum, if 128 bits hold it.
    pub(super) fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let sum = self
            .digits_at(scale)?
            .checked_add(other.digits_at(scale)?)?;
        Some(Self { digits: sum, scale }.lowest())
    }

    /// Returns the product, if 128 bits hold it.
    pub(super) fn checked_mul(self, other: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(other.digits)?;
        let scale = self.scale.checked_add(other.scale)?;
        Some(Self { digits, scale }.lowest())
    }

    /// Returns the number without what stands behind so many decimals.
    pub(super) fn floored(self, decimals: u32) -> Self {
        let Some(more) = self.scale.checked_sub(decimals) else {
            return self;
        };
        let digits = match 10_u128.checked_pow(more) {
            Some(unit) => self.digits / unit,
            None => 0,
        };
        let scale = decimals;
        Self { digits, scale }.lowest()
    }

    /// Returns `true` if so many decimals hold it, and 128 bits the units of the last of them.
    pub(super) fn fits(self, decimals: u32) -> bool {
        self.digits_at(decimals).is_some()
    }

    /// Returns the difference, whichever is larger.
    pub(super) fn apart(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let digits = self.digits_at(scale)?.abs_diff(other.digits_at(scale)?);
        Some(Self { digits, scale }.lowest())
    }

    pub(super) fn is_at_most(self, other: Self) -> bool {
        let scale = self.scale.max(other.scale);
        match (self.digits_at(scale), other.digits_at(scale)) {
            (Some(own), Some(theirs)) => own <= theirs,
            // What doesn't fit at the finer scale is the larger.
            (own, theirs) => own.is_some() && theirs.is_none(),
        }
    }

    fn digits_at(self, scale: u32) -> Option<u128> {
        let more = scale.checked_sub(self.scale)?;
        self.digits.checked_mul(10_u128.checked_pow(more)?)
    }

    const fn lowest(self) -> Self {
        let Self {
            mut digits,
            mut scale,
        } = self;
        if digits == 0 {
            return Self::ZERO;
        }
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        Self { digits, scale }
    }
}

impl fmt::Display for Numeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.to_string();
        let scale = usize::try_from(self.scale).unwrap_or(usize::MAX);
        if scale == 0 {
            return f.write_str(&digits);
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, decimals) = padded.split_at(padded.len() - scale);
        write!(f, "{whole}.{decimals}")
    }
}

/// Returns `true` of digits with an exponent, such as 1.8E+08.
fn is_scientific(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let exponent = exponent.trim_start_matches(['+', '-']);
    let is_digit = |c: char| c.is_ascii_digit();
    digits.starts_with(is_digit) && !exponent.is_empty() && exponent.chars().all(is_digit)
}

/// Returns digits without what stands between groups of three of them.
fn ungrouped(whole: &str, mark: DecimalMark) -> Option<String> {
    let other = mark.other().letter();
    let is_separator = |c: char| c == other || " _'\u{a0}\u{202f}\u{2019}".contains(c);
    let Some(separator) = whole.chars().find(|c| is_separator(*c)) else {
        return Some(whole.to_owned());
    };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    is_grouped.then(|| whole.replace(separator, ""))
}

/// The evidence of a number for the mark of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    None,
    /// It reads one way only.
    Is(DecimalMark),
    /// Three digits stand behind a mark that stands once, behind which there may be decimals.
    Either(DecimalMark),
}

/// Returns what a number says about the mark of decimals.
pub(super) fn evidence(text: &str) -> Evidence {
    let text = text.trim_end_matches(['%', ' ']);
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Evidence::None;
    }
    let count = |mark: DecimalMark| text.matches(mark.letter()).count();
    let (points, commas) = (count(DecimalMark::Point), count(DecimalMark::Comma));
    match (points, commas) {
        (0, 0) => Evidence::None,
        (0, _) => one_kind(text, DecimalMark::Comma, commas),
        (_, 0) => one_kind(text, DecimalMark::Point, points),
        _ => match text.rfind(',') > text.rfind('.') {
            true => Evidence::Is(DecimalMark::Comma),
            false => Evidence::Is(DecimalMark::Point),
        },
    }
}

/// The same of a text in which `mark` stands `count` times, and the other one doesn't.
fn one_kind(text: &str, mark: DecimalMark, count: usize) -> Evidence {
    if count > 1 {
        return Evidence::Is(mark.other());
    }
    let (before, behind) = text.split_once(mark.letter()).unwrap_or_default();
    let is_group = behind.len() == 3 && (1..=3).contains(&before.len());
    if is_group && !before.starts_with('0') {
        Evidence::Either(mark)
    } else {
        Evidence::Is(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mark: DecimalMark) -> String {
        Numeral::parse(text, mark).map_or_else(|error| error, |number| number.to_string())
    }

    #[test]
    fn numbers_are_read_to_the_last_digit() {
        for (text, wanted) in [
            ("0", "0"),
            ("007", "7"),
            ("1,000,000", "1000000"),
            ("1 000 000.50", "1000000.5"),
            ("1_000", "1000"),
            ("12'500.25", "12500.25"),
            (
                "0.000000000000000000000000000000000001",
                "0.000000000000000000000000000000000001",
            ),
            ("100.000000000000000000", "100"),
            (
                "340282366920938463463374607431768211455",
                "340282366920938463463374607431768211455",
            ),
        ] {
            assert_eq!(read(text, DecimalMark::Point), wanted);
        }
        assert_eq!(read("180.000.000,50", DecimalMark::Comma), "180000000.5");
    }

    #[test]
    fn what_is_no_number_is_said() {
        for (text, words) in [
            ("-5", "below 0"),
            ("1e6", "powers of ten"),
            ("1.8E+08", "powers of ten"),
            ("5.", "not a number"),
            (".5", "not a number"),
            ("", "not a number"),
            ("$5", "not a number"),
            ("1,00,000", "not a number"),
            ("1,0000", "not a number"),
            ("1 000,000", "not a number"),
            ("٣", "not a number"),
            ("340282366920938463463374607431768211456", "more digits"),
        ] {
            let said = Numeral::parse(text, DecimalMark::Point).unwrap_err();
            assert!(said.contains(words), "{text}: {said}");
        }
    }

    #[test]
    fn a_mark_is_told_where_it_can_be() {
        use DecimalMark::{Comma, Point};
        for (text, wanted) in [
            ("1000", Evidence::None),
            ("TBD, soon", Evidence::None),
            ("1.5", Evidence::Is(Point)),
            ("250,5", Evidence::Is(Comma)),
            ("0.125", Evidence::Is(Point)),
            ("1234.567", Evidence::Is(Point)),
            ("1.000.000", Evidence::Is(Comma)),
            ("1,000,000", Evidence::Is(Point)),
            ("180.000.000,50", Evidence::Is(Comma)),
            ("1,000.5", Evidence::Is(Point)),
            ("250.000", Evidence::Either(Point)),
            ("12,500", Evidence::Either(Comma)),
            ("12,500 %", Evidence::Either(Comma)),
        ] {
            assert_eq!(evidence(text), wanted, "{text}");
        }
    }

    #[test]
    fn sums_and_shifts_are_exact() {
        let number = |text| Numeral::parse(text, DecimalMark::Point).unwrap();
        let sum = number("0.1").checked_add(number("99.95")).unwrap();
        assert_eq!(sum.to_string(), "100.05");
        assert_eq!(sum.apart(number("100")).unwrap().to_string(), "0.05");
        assert_eq!(number("100").shifted(2).to_string(), "1");
        assert_eq!(number("2.5").shifted(2).to_string(), "0.025");
        assert!(number("1.01").is_above_one() && !number("1").is_above_one());
        assert!(number("0.05").is_at_most(number("0.05")));
        assert!(!number("0.051").is_at_most(number("0.05")));
        let most = Numeral {
            digits: u128::MAX,
            scale: 0,
        };
        assert!(most.checked_add(number("0.1")).is_none());
        assert!(number("0.1").is_at_most(most) && !most.is_at_most(number("0.1")));
    }
}
