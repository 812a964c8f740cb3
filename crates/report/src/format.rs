//! Figures for people: short in prose and on cards, grouped and exact in tables.
//!
//! Amounts and shares are rounded with integers from their exact values. Only what is read off a
//! drawing, ticks and hover notes, comes from floats.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Decimals, Wad};

/// Groups digits and keeps a number and its unit together.
const THIN: char = '\u{202f}';

/// About this much, to three digits: `1.30 B`, `516 K`, `0.0123`, `3.40 × 10³⁸`.
///
/// # Rounding
/// Half up, at the third digit.
pub(crate) fn human(amount: Amount, decimals: Decimals) -> String {
    let digits = amount.get().to_string();
    // At most 39 digits and 38 decimals.
    let exponent = digits.len() as i32 - 1 - i32::from(decimals.get());
    let head: u128 = digits
        .chars()
        .chain("000".chars())
        .take(4)
        .collect::<String>()
        .parse()
        .unwrap_or(0);
    three_digits((head + 5) / 10, exponent)
}

/// The decimals of a [`Wad`].
pub(crate) const WAD: Decimals = match Decimals::new(Wad::DECIMALS) {
    Ok(decimals) => decimals,
    // Seen by the compiler, as this is a constant.
    Err(_) => panic!(),
};

/// About this much, of a number with 18 decimals.
pub(crate) fn human_wad(value: Wad) -> String {
    human(Amount::new(value.raw()), WAD)
}

/// About this much, of a number that was drawn.
pub(crate) fn human_drawn(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{value:.2e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if mantissa.starts_with('-') { "−" } else { "" };
    let head: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let rounded = three_digits(head.parse().unwrap_or(0), exponent.parse().unwrap_or(0));
    format!("{sign}{rounded}")
}

/// `head`, of three digits, or 1000 if it was rounded up to that, is `h.hh × 10^exponent`.
fn three_digits(head: u128, exponent: i32) -> String {
    let (head, exponent) = if head >= 1000 {
        (head / 10, exponent + 1)
    } else {
        (head, exponent)
    };
    let digits = format!("{head:03}");
    match exponent {
        _ if head == 0 => "0".to_owned(),
        -4..=-1 => {
            let zeros = "0".repeat(exponent.unsigned_abs() as usize - 1);
            format!("0.{zeros}{}", digits.trim_end_matches('0'))
        }
        0..=2 => {
            let point = pointed(&digits, exponent);
            if point.contains('.') {
                point.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                point
            }
        }
        3..=14 => {
            let unit = ["K", "M", "B", "T"][exponent as usize / 3 - 1];
            format!("{}{THIN}{unit}", pointed(&digits, exponent % 3))
        }
        _ => format!(
            "{}{THIN}×{THIN}10{}",
            pointed(&digits, 0),
            superscript(exponent)
        ),
    }
}

/// Three digits with the point after `whole` + 1 of them.
fn pointed(digits: &str, whole: i32) -> String {
    let (whole, rest) = digits.split_at(whole as usize + 1);
    if rest.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{rest}")
    }
}

/// An exponent as it is written above the line.
pub(crate) fn superscript(exponent: i32) -> String {
    let raise = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit
            .to_digit(10)
            .and_then(|d| char::from_u32(0x2070 + d))
            .unwrap_or(digit),
    };
    exponent.to_string().chars().map(raise).collect()
}

/// A whole number, grouped by threes.
pub(crate) fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(THIN);
        }
        text.push(digit);
    }
    text
}

/// The number of decimals of a token that a table of amounts shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Precision {
    decimals: Decimals,
    shown: usize,
}

impl Precision {
    /// Enough for about seven digits of the largest amount; none for most tokens.
    pub(crate) fn of(largest: Amount, decimals: Decimals) -> Self {
        let whole = largest
            .get()
            .to_string()
            .len()
            .saturating_sub(usize::from(decimals.get()));
        let shown = 7_usize.saturating_sub(whole);
        Self {
            decimals,
            shown: if whole >= 5 {
                0
            } else {
                shown.min(decimals.get().into())
            },
        }
    }

    /// As many decimals as the longest of these amounts needs.
    pub(crate) fn needed(amounts: impl Iterator<Item = Amount>, decimals: Decimals) -> Self {
        let places = |amount: Amount| {
            let text = amount.display(decimals).to_string();
            text.split_once('.')
                .map_or(0, |(_, fraction)| fraction.len())
        };
        Self {
            decimals,
            shown: amounts.map(places).max().unwrap_or(0),
        }
    }

    /// The caption's words for it.
    pub(crate) fn note(self) -> &'static str {
        if self.shown == usize::from(self.decimals.get()) {
            "Exact amounts."
        } else if self.shown == 0 {
            "Whole tokens, rounded down; series.csv has every digit."
        } else {
            "Rounded down to the decimals shown; series.csv has every digit."
        }
    }

    /// The amount, grouped.
    ///
    /// # Rounding
    /// Floor, at the last decimal shown.
    pub(crate) fn text(self, amount: Amount) -> (String, String) {
        let exact = amount.display(self.decimals).to_string();
        let (whole, fraction) = exact.split_once('.').unwrap_or((&exact, ""));
        let shown: String = fraction
            .chars()
            .chain(std::iter::repeat('0'))
            .take(self.shown)
            .collect();
        (grouped(whole), shown)
    }

    /// A table cell, with every digit in its title.
    pub(crate) fn cell(self, amount: Amount) -> Markup {
        let (whole, fraction) = self.text(amount);
        let exact = amount.display(self.decimals).to_string();
        html! {
            td.n title=(exact) {
                (whole)
                @if !fraction.is_empty() { span.frac { "." (fraction) } }
            }
        }
    }
}

/// A share, to a tenth of a percent: `43.0%`.
///
/// # Rounding
/// Half up; but what isn't all is never called 100%, and what isn't nothing never 0%.
pub(crate) fn percent(share: Wad) -> String {
    percent_to(share, 1)
}

/// A share, to a hundredth of a percent: `43.02%`.
///
/// # Rounding
/// Half up; but what isn't all is never called 100%, and what isn't nothing never 0%.
#[must_use]
pub fn percent_fine(share: Wad) -> String {
    percent_to(share, 2)
}

fn percent_to(share: Wad, places: u32) -> String {
    let raw = share.raw();
    let scale = 10_u128.pow(places);
    let unit = Wad::SCALE / (100 * scale);
    let rounded = raw / unit + u128::from(raw % unit >= unit / 2);
    let all = 100 * scale;
    let text = |n: u128| {
        format!(
            "{}.{:0width$}%",
            grouped(n / scale),
            n % scale,
            width = places as usize
        )
    };
    match rounded {
        0 if raw > 0 => format!("<{}", text(1)),
        n if n == all && raw < Wad::SCALE => format!(">{}", text(all - 1)),
        n => text(n),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first letter large.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(n: u8) -> Decimals {
        Decimals::new(n).unwrap()
    }

    fn thin(text: &str) -> String {
        text.replace(THIN, " ")
    }

    #[test]
    fn amounts_are_told_in_three_digits() {
        let cases: [(u128, u8, &str); 16] = [
            (0, 18, "0"),
            (1, 0, "1"),
            (999, 0, "999"),
            (1_303_030_303, 0, "1.30 B"),
            (303_030_303_100, 2, "3.03 B"),
            (516_091, 0, "516 K"),
            (999_499, 0, "999 K"),
            (999_500, 0, "1.00 M"),
            (1_250, 2, "12.5"),
            (12_000, 3, "12"),
            (123, 5, "0.00123"),
            (100, 3, "0.1"),
            (9_996, 4, "1"),
            (1, 18, "1.00 × 10⁻¹⁸"),
            (u128::MAX, 0, "3.40 × 10³⁸"),
            (u128::MAX, 38, "3.4"),
        ];
        for (units, places, text) in cases {
            assert_eq!(
                thin(&human(Amount::new(units), decimals(places))),
                text,
                "{units}"
            );
        }
    }

    #[test]
    fn drawn_numbers_read_like_amounts() {
        for (value, text) in [
            (1.3e9, "1.30 B"),
            (0.0, "0"),
            (999.6, "1.00 K"),
            (0.05, "0.05"),
        ] {
            assert_eq!(thin(&human_drawn(value)), text);
        }
        assert_eq!(human_drawn(f64::NAN), "–");
        assert_eq!(thin(&human_drawn(-2_500.0)), "−2.50 K");
    }

    #[test]
    fn tables_keep_every_digit_of_whole_tokens_and_round_down() {
        let places = decimals(2);
        let many = Precision::of(Amount::new(303_030_303_199), places);
        assert_eq!(
            many.text(Amount::new(130_303_030_399)),
            ("1 303 030 303".replace(' ', "\u{202f}"), String::new())
        );
        assert_eq!(
            many.note(),
            "Whole tokens, rounded down; series.csv has every digit."
        );
        let few = Precision::of(Amount::new(199), places);
        assert_eq!(
            few.text(Amount::new(105)),
            ("1".to_owned(), "05".to_owned())
        );
        assert_eq!(few.note(), "Exact amounts.");
        let all = Precision::needed([Amount::MAX].into_iter(), decimals(38));
        let (whole, fraction) = all.text(Amount::MAX);
        assert_eq!((whole.as_str(), fraction.len()), ("3", 38));
        let needed = Precision::needed([Amount::new(150), Amount::new(200)].into_iter(), places);
        assert_eq!(needed.text(Amount::new(200)).1, "0");
    }

    #[test]
    fn a_share_is_called_all_or_nothing_only_if_it_is() {
        let share = |raw: u128| percent(Wad::from_raw(raw));
        assert_eq!(share(0), "0.0%");
        assert_eq!(share(1), "<0.1%");
        assert_eq!(share(Wad::SCALE * 43 / 100), "43.0%");
        assert_eq!(share(Wad::SCALE - 1), ">99.9%");
        assert_eq!(share(Wad::SCALE), "100.0%");
        assert_eq!(thin(&share(Wad::SCALE * 1_234)), "123 400.0%");
        assert_eq!(percent_fine(Wad::from_raw(Wad::SCALE / 300)), "0.33%");
        assert!(!percent(Wad::from_raw(u128::MAX)).is_empty());
    }

    #[test]
    fn digits_are_grouped_by_threes() {
        let cases = [
            ("1", "1"),
            ("123", "123"),
            ("1234", "1 234"),
            ("1234567", "1 234 567"),
        ];
        for (plain, text) in cases {
            assert_eq!(thin(&grouped(plain)), text);
        }
    }

    #[test]
    fn lists_read_as_prose() {
        let words = |n: usize| {
            ["a", "b", "c"][..n]
                .iter()
                .map(|w| (*w).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!([listed(&words(0)), listed(&words(1))], ["", "a"]);
        assert_eq!(
            [listed(&words(2)), listed(&words(3))],
            ["a and b", "a, b and c"]
        );
        assert_eq!(superscript(-18), "⁻¹⁸");
    }
}
