//! The headers of columns, by what they mean.

use tokenomics_fixed_math::Timestamp;

use super::date;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    Protocol,
    Recipient,
    Kind,
    Start,
    End,
    StepSeconds,
    Steps,
    Amount,
    /// In 1e-6 tokens.
    AmountMicro,
    /// The part of the supply.
    Share,
    /// The part of the amount that unlocks at genesis, or that amount.
    Tge,
    Cliff,
    Vesting,
    Date,
    /// The tokens that unlock in a month.
    Month(Timestamp),
}

/// The meanings that a column can be given by name.
pub(super) const NAMED: [(&str, Meaning); 14] = [
    ("recipient", Meaning::Recipient),
    ("amount", Meaning::Amount),
    ("amount_micro", Meaning::AmountMicro),
    ("share", Meaning::Share),
    ("tge", Meaning::Tge),
    ("cliff", Meaning::Cliff),
    ("vesting", Meaning::Vesting),
    ("start", Meaning::Start),
    ("end", Meaning::End),
    ("date", Meaning::Date),
    ("kind", Meaning::Kind),
    ("step_seconds", Meaning::StepSeconds),
    ("steps", Meaning::Steps),
    ("protocol", Meaning::Protocol),
];

impl Meaning {
    pub(super) fn name(self) -> &'static str {
        let named = NAMED.iter().find(|(_, meaning)| *meaning == self);
        named.map_or("month", |(name, _)| name)
    }

    /// Returns `true` of a column of numbers.
    pub(super) const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Amount | Self::AmountMicro | Self::Share | Self::Tge | Self::Month(_)
        )
    }
}

/// The unit of a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "d" | "day" | "days" => Self::Days,
            "w" | "week" | "weeks" => Self::Weeks,
            "m" | "mo" | "mos" | "mth" | "mths" | "month" | "months" => Self::Months,
            "y" | "yr" | "yrs" | "year" | "years" => Self::Years,
            _ => return None,
        })
    }
}

/// The words of a header in lower case, with `%` as the word `percent`.
pub(super) fn words(header: &str) -> Vec<String> {
    let spelt = header.replace('%', " percent ").to_lowercase();
    let words = spelt.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Returns the meaning of a header, if it has one.
pub(super) fn meaning(header: &str) -> Option<Meaning> {
    let own = |name: &str| header.eq_ignore_ascii_case(name);
    if let Some((_, meaning)) = NAMED.iter().find(|(name, _)| own(name)) {
        return Some(*meaning);
    }
    if let Ok(month) = date::read(header, None) {
        // A number that isn't a date by itself is no month.
        let is_plain = header.bytes().all(|b| b.is_ascii_digit());
        return (!is_plain).then_some(Meaning::Month(month.at));
    }
    of_words(&words(header))
}

fn of_words(words: &[String]) -> Option<Meaning> {
    let any = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
    let only = |of: &[&str]| !words.is_empty() && words.iter().all(|w| of.contains(&w.as_str()));
    let is_date = any(&["date", "time", "timestamp", "day"]);
    if any(&["tge"]) || any(&["initial", "upfront"]) && any(&["unlock", "release", "percent"]) {
        return Some(Meaning::Tge);
    }
    if any(&["unlock", "unlocked"]) && any(&["start", "launch", "genesis", "listing"]) && !is_date {
        return Some(Meaning::Tge);
    }
    if any(&["cliff", "lockup", "lock"]) && !any(&["end"]) {
        return Some(Meaning::Cliff);
    }
    if any(&["start", "begin", "begins", "from"]) {
        return Some(Meaning::Start);
    }
    if any(&["end", "ends", "until"]) {
        return Some(Meaning::End);
    }
    if any(&["type", "kind", "frequency"]) {
        return Some(Meaning::Kind);
    }
    if any(&["vesting", "vest", "duration", "linear"])
        || only(&["months", "days", "weeks", "years"])
    {
        return Some(Meaning::Vesting);
    }
    if any(&["percent", "percentage", "pct", "share"]) {
        return Some(Meaning::Share);
    }
    if any(&["amount", "amounts", "tokens", "quantity", "qty"]) {
        return Some(Meaning::Amount);
    }
    if is_date || only(&["month"]) {
        return Some(Meaning::Date);
    }
    const RECIPIENTS: [&str; 13] = [
        "recipient",
        "recipients",
        "allocation",
        "category",
        "bucket",
        "group",
        "name",
        "pool",
        "round",
        "beneficiary",
        "address",
        "wallet",
        "holder",
    ];
    if any(&RECIPIENTS) {
        return Some(Meaning::Recipient);
    }
    any(&["protocol", "project"]).then_some(Meaning::Protocol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_many_tables_have_their_meaning() {
        for (header, wanted) in [
            ("recipient", Some(Meaning::Recipient)),
            ("Allocation", Some(Meaning::Recipient)),
            ("Category", Some(Meaning::Recipient)),
            ("Wallet address", Some(Meaning::Recipient)),
            ("% of supply", Some(Meaning::Share)),
            ("Share", Some(Meaning::Share)),
            ("Allocation %", Some(Meaning::Share)),
            ("Tokens", Some(Meaning::Amount)),
            ("Token amount", Some(Meaning::Amount)),
            ("Amount_Micro", Some(Meaning::AmountMicro)),
            ("TGE %", Some(Meaning::Tge)),
            ("TGE", Some(Meaning::Tge)),
            ("Initial unlock %", Some(Meaning::Tge)),
            ("Unlock % at start", Some(Meaning::Tge)),
            ("Cliff (months)", Some(Meaning::Cliff)),
            ("Lock-up, days", Some(Meaning::Cliff)),
            ("Vesting (months)", Some(Meaning::Vesting)),
            ("Linear vesting", Some(Meaning::Vesting)),
            ("months", Some(Meaning::Vesting)),
            ("Vesting start", Some(Meaning::Start)),
            ("End date", Some(Meaning::End)),
            ("Lock end", Some(Meaning::End)),
            ("Vesting type", Some(Meaning::Kind)),
            ("Unlock date", Some(Meaning::Date)),
            ("Month", Some(Meaning::Date)),
            ("Project", Some(Meaning::Protocol)),
            ("Comment", None),
            ("", None),
            ("i", None),
            ("2026", None),
        ] {
            assert_eq!(meaning(header), wanted, "{header}");
        }
        let jan = Timestamp::new(1_767_225_600);
        for header in ["Jan-26", "Jan 2026", "2026-01", "2026-01-01", "01/01/2026"] {
            assert_eq!(meaning(header), Some(Meaning::Month(jan)), "{header}");
        }
    }
}
