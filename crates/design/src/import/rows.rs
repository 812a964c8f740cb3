//! The rows of a table of unlocks.

use std::ops::Range;

use tokenomics_fixed_math::{Amount, Decimals, Timestamp};

use super::{Kind, Unlock, DECIMALS};
use crate::calendar;
use crate::problem::{Problem, Problems};

/// The columns, by what they hold.
pub(super) struct Columns {
    pub(super) protocol: Option<usize>,
    recipient: usize,
    kind: usize,
    start: usize,
    end: Option<usize>,
    step_seconds: Option<usize>,
    steps: Option<usize>,
    amount: usize,
    /// `true` if `amount` is in 1e-6 tokens.
    micro: bool,
}

impl Columns {
    pub(super) fn find(
        headers: &csv::StringRecord,
        span: &Range<usize>,
        problems: &Problems,
    ) -> Option<Self> {
        let find = |name: &str| {
            headers
                .iter()
                .position(|header| header.eq_ignore_ascii_case(name))
        };
        let need = |name: &str| {
            let found = find(name);
            if found.is_none() {
                let help = "the header names the columns recipient, kind, start, end, step_seconds, steps, and amount_micro or amount";
                let message = format!("the table has no column `{name}`");
                problems.push(Problem::new(span.clone(), message, "the header", help));
            }
            found
        };
        let (recipient, kind, start) = (need("recipient"), need("kind"), need("start"));
        let micro = find("amount_micro");
        let amount = micro
            .or_else(|| find("amount"))
            .or_else(|| need("amount_micro"));
        Some(Self {
            protocol: find("protocol"),
            recipient: recipient?,
            kind: kind?,
            start: start?,
            end: find("end"),
            step_seconds: find("step_seconds"),
            steps: find("steps"),
            amount: amount?,
            micro: micro.is_some(),
        })
    }

    /// Reads a row's recipient and unlock; `None`, with the problems noted, if anything is wrong
    /// with it.
    pub(super) fn read<'a>(&self, row: &RowReader<'a>) -> Option<(&'a str, Unlock)> {
        let recipient = row.text(Some(self.recipient), "recipient");
        let kind = row.text(Some(self.kind), "kind");
        let start = row.date(Some(self.start), "start");
        let amount = row.amount(self.amount, self.micro);
        let kind = match kind? {
            "cliff" => Kind::Cliff,
            "linear" => {
                let end = row.date(self.end, "end")?;
                if end <= start? {
                    let start = calendar::rfc3339(start?);
                    let message = format!(
                        "the end {} does not follow the start {start}",
                        calendar::rfc3339(end)
                    );
                    return row.wrong(message, "a linear unlock ends after it starts");
                }
                Kind::Linear { end }
            }
            "step" => {
                let seconds = row.number(self.step_seconds, "step_seconds", u64::MAX);
                let count = row.number(self.steps, "steps", u64::from(u32::MAX));
                let (seconds, count) = (seconds?, u32::try_from(count?).ok()?);
                let last = seconds.checked_mul(u64::from(count));
                let last = last.and_then(|all| start?.get().checked_add(all));
                if last.is_none_or(|last| last > calendar::LAST.get()) {
                    let message = format!("{count} steps of {seconds} s end past the year 9999");
                    return row.wrong(message, "fewer or shorter steps");
                }
                Kind::Step { seconds, count }
            }
            other => {
                let message = format!("`{other}` is not a kind of unlock");
                return row.wrong(message, "kind is cliff, linear or step");
            }
        };
        let (recipient, start, amount) = (recipient?, start?, amount?);
        // A step's amount is that of one step.
        let amount = match kind {
            Kind::Step { count, .. } => {
                let all = amount.get().checked_mul(u128::from(count));
                match all {
                    Some(all) => Amount::new(all),
                    None => {
                        return row.wrong("the steps sum to too much", "fewer or smaller steps")
                    }
                }
            }
            _ => amount,
        };
        let unlock = Unlock {
            kind,
            start,
            amount,
        };
        Some((recipient, unlock))
    }
}

/// A record, and where to note what is wrong with it.
pub(super) struct RowReader<'a> {
    pub(super) record: &'a csv::StringRecord,
    pub(super) text: &'a str,
    pub(super) problems: &'a Problems,
}

impl<'a> RowReader<'a> {
    fn wrong<T>(&self, message: impl Into<String>, help: &str) -> Option<T> {
        let at = self.record.position().map_or(0, csv::Position::byte);
        let span = line_at(self.text, usize::try_from(at).unwrap_or(usize::MAX));
        self.problems
            .push(Problem::new(span, message, "this row", help));
        None
    }

    fn text(&self, column: Option<usize>, name: &str) -> Option<&'a str> {
        match column.and_then(|at| self.record.get(at)) {
            Some(text) if !text.is_empty() => Some(text),
            _ => self.wrong(
                format!("`{name}` is missing"),
                "this kind of unlock needs it",
            ),
        }
    }

    fn date(&self, column: Option<usize>, name: &str) -> Option<Timestamp> {
        let text = self.text(column, name)?;
        let date = match text.parse::<i64>() {
            Ok(seconds) => calendar::in_range(seconds)
                .ok_or_else(|| format!("{seconds} is not a second between 1970 and 9999")),
            Err(_) => calendar::parse_date(text),
        };
        match date {
            Ok(date) => Some(date),
            Err(message) => self.wrong(
                format!("`{name}`: {message}"),
                "Unix seconds or an ISO date",
            ),
        }
    }

    fn number(&self, column: Option<usize>, name: &str, max: u64) -> Option<u64> {
        let text = self.text(column, name)?;
        match text.parse::<u64>() {
            Ok(number) if (1..=max).contains(&number) => Some(number),
            _ => self.wrong(
                format!("`{name}` is `{text}`"),
                &format!("a whole number from 1 to {max}"),
            ),
        }
    }

    fn amount(&self, column: usize, micro: bool) -> Option<Amount> {
        let name = if micro { "amount_micro" } else { "amount" };
        let text = self.text(Some(column), name)?;
        let decimals = if micro {
            Decimals::new(0)
        } else {
            Decimals::new(DECIMALS)
        }
        .ok()?;
        match Amount::parse_decimal(text, decimals) {
            Ok(amount) => Some(amount),
            Err(error) => {
                let help = if micro {
                    "a whole number of 1e-6 tokens"
                } else {
                    "tokens, with at most 6 decimals"
                };
                self.wrong(format!("`{name}` is `{text}`: {error}"), help)
            }
        }
    }
}

/// The line that byte `at` stands in.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    // A record that follows a line break may be reported as starting on it.
    while text[at..].starts_with(['\n', '\r']) {
        at += 1;
    }
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |offset| at + offset);
    at..text[at..end].trim_end().len() + at
}
