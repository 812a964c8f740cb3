//! One row an allocation: its size, what unlocks at genesis, its cliff and its time of vesting.

use tokenomics_fixed_math::Timestamp;

use super::super::header::{words, Meaning};
use super::super::number::Numeral;
use super::super::plan::{Kind, Plan, Rest, Schedule, Size};
use super::super::reader::Reader;
use super::super::table::Row;
use super::super::{Percent, VestingFrom};
use crate::calendar::{self, Period};
use crate::problem::Problem;

pub(super) fn read(reader: &Reader<'_>, rows: &[&Row], plan: &mut Plan) {
    let terms = Terms {
        reader,
        tge: percent(reader, rows, Meaning::Tge),
        share: percent(reader, rows, Meaning::Share),
    };
    for row in rows {
        if let Some((recipient, schedule)) = terms.row(row) {
            plan.push(recipient, schedule);
        }
    }
    terms.check_shares(rows, plan);
    let has_both = rows.iter().any(|row| {
        [Meaning::Cliff, Meaning::Vesting]
            .into_iter()
            .all(|meaning| matches!(reader.length(row, meaning), Some(Some(_))))
    });
    if has_both {
        plan.notes.push(match reader.options.vesting {
            VestingFrom::Cliff => "vesting begins when the cliff is over (--vesting with-cliff counts it from the start, and holds it back until the cliff)",
            VestingFrom::Start => "vesting counts from the start, and is held back until the cliff",
        }.to_owned());
    }
}

struct Terms<'a> {
    reader: &'a Reader<'a>,
    tge: Percent,
    share: Percent,
}

impl Terms<'_> {
    fn row<'r>(&self, row: &'r Row) -> Option<(&'r str, Schedule)> {
        let recipient = self.reader.needed(row, Meaning::Recipient);
        let size = self.size(row);
        let at_start = self.part(row, Meaning::Tge, self.tge);
        let start = self.start(row);
        let rest = self.rest(row, start.flatten());
        let (recipient, size, at_start) = (recipient?, size?, at_start?);
        let (start, rest) = (start?, rest?);
        let is_all = at_start.is_one();
        if is_all && rest.is_some() {
            let message = "all unlocks at once, and a cliff or a time of vesting stands beside it";
            return self
                .reader
                .wrong_row(row, message, "which is it? Clear the other");
        }
        if !is_all && rest.is_none() && !at_start.is_zero() {
            let message = "a part unlocks at once, and nothing says when the rest does";
            return self
                .reader
                .wrong_row(row, message, "give a cliff or a time of vesting");
        }
        let kind = Kind::Terms {
            start,
            at_start: if rest.is_none() {
                Numeral::of_integer(1)
            } else {
                at_start
            },
            rest,
        };
        let place = self.reader.table.row_span(row);
        Some((recipient, Schedule { size, kind, place }))
    }

    fn size(&self, row: &Row) -> Option<Size> {
        let columns = self.reader.columns;
        if columns.has(Meaning::Amount) || columns.has(Meaning::AmountMicro) {
            return super::amount(self.reader, row).map(Size::Tokens);
        }
        self.reader.needed(row, Meaning::Share)?;
        self.part(row, Meaning::Share, self.share).map(Size::Share)
    }

    /// Reads a part of 1, which is 0 where there is none.
    fn part(&self, row: &Row, meaning: Meaning, percent: Percent) -> Option<Numeral> {
        let Some((text, column)) = self
            .reader
            .text(row, meaning)
            .zip(self.reader.columns.of(meaning))
        else {
            return Some(Numeral::ZERO);
        };
        let number = self.reader.number_at(row, column)?;
        let part = match text.ends_with('%') || percent == Percent::Hundredths {
            true => number.shifted(2),
            false => number,
        };
        if part.is_above_one() {
            let message = format!("`{text}` is more than the whole");
            return self
                .reader
                .wrong(row, column, &message, "a share is at most 100%");
        }
        if part.decimals() > 18 {
            let message = format!("`{text}` is a share with more than 18 decimals");
            return self
                .reader
                .wrong(row, column, &message, "a share has at most 18 decimals");
        }
        Some(part)
    }

    fn start(&self, row: &Row) -> Option<Option<Timestamp>> {
        match self.reader.text(row, Meaning::Start) {
            None => Some(None),
            Some(_) => self.reader.date(row, Meaning::Start).map(Some),
        }
    }

    /// Reads what becomes of the rest; `None` within for nothing.
    fn rest(&self, row: &Row, start: Option<Timestamp>) -> Option<Option<Rest>> {
        let cliff = self.reader.length(row, Meaning::Cliff);
        let vesting = self.reader.length(row, Meaning::Vesting);
        let every = self.every(row);
        let (cliff, vesting, every) = (cliff?, vesting?, every?);
        let vesting = match (vesting, self.reader.text(row, Meaning::End)) {
            (vesting, None) => vesting,
            (Some(_), Some(end)) => {
                let message = format!("a time of vesting stands beside the end `{end}`");
                return self
                    .reader
                    .wrong_row(row, message, "one of them says when vesting ends");
            }
            (None, Some(_)) => Some(self.until_end(row, start, cliff)?),
        };
        if cliff.is_none() && vesting.is_none() {
            return Some(None);
        }
        self.check_instalments(row, vesting, every)?;
        if let Some(kind) = self.reader.text(row, Meaning::Kind) {
            if vesting.is_some() && kind.eq_ignore_ascii_case("cliff") {
                let message = "a cliff is all at once, and a time of vesting stands beside it";
                return self.reader.wrong_row(row, message, "clear one of them");
            }
        }
        let is_gated = self.reader.options.vesting == VestingFrom::Start && vesting.is_some();
        Some(Some(Rest {
            cliff,
            vesting,
            every,
            is_gated,
        }))
    }

    /// The time from the start, or from the cliff after it, to the end that a row names.
    fn until_end(
        &self,
        row: &Row,
        start: Option<Timestamp>,
        cliff: Option<Period>,
    ) -> Option<Period> {
        let end = self.reader.date(row, Meaning::End)?;
        let Some(start) = start.or(self.reader.options.genesis) else {
            let message = "an end stands there, and no start";
            return self.reader.wrong_row(
                row,
                message,
                "give the start of vesting, or --genesis DATE",
            );
        };
        let cliff = cliff.filter(|_| self.reader.options.vesting == VestingFrom::Cliff);
        let begin = cliff.map_or(Some(start), |cliff| cliff.after(start, 1));
        let time = begin
            .and_then(|begin| end.since(begin))
            .filter(|time| time.get() > 0);
        let Some(time) = time else {
            let (start, end) = (calendar::rfc3339(start), calendar::rfc3339(end));
            let message = format!("the end {end} does not follow the start {start} and the cliff");
            return self
                .reader
                .wrong_row(row, message, "vesting ends after it starts");
        };
        Some(Period::Seconds(time.get()))
    }

    /// Reads the months between instalments from a row's kind; `None` within for a straight line.
    fn every(&self, row: &Row) -> Option<Option<u32>> {
        let Some(text) = self.reader.text(row, Meaning::Kind) else {
            return Some(None);
        };
        let words = words(text);
        let any = |of: &[&str]| words.iter().any(|word| of.contains(&word.as_str()));
        if any(&["monthly", "month", "months"]) {
            Some(Some(1))
        } else if any(&["quarterly", "quarter"]) {
            Some(Some(3))
        } else if any(&["yearly", "annual", "annually", "year"]) {
            Some(Some(12))
        } else if any(&["linear", "daily", "continuous", "cliff", "none", "tge"]) {
            Some(None)
        } else {
            let column = self.reader.columns.of(Meaning::Kind)?;
            let message = format!("`{text}` is not a kind of vesting");
            let help = "linear, monthly, quarterly or yearly";
            self.reader.wrong(row, column, &message, help)
        }
    }

    fn check_instalments(
        &self,
        row: &Row,
        vesting: Option<Period>,
        every: Option<u32>,
    ) -> Option<()> {
        let Some(every) = every else {
            return Some(());
        };
        match vesting {
            None => Some(()),
            Some(Period::Months(months)) if months % every == 0 => Some(()),
            Some(vesting) => {
                let message = format!("instalments every {every} months don't divide {vesting}");
                self.reader
                    .wrong_row(row, message, "a time of vesting of whole instalments")
            }
        }
    }

    /// Notes shares that don't sum to 1, or those beside amounts that are others.
    fn check_shares(&self, rows: &[&Row], plan: &mut Plan) {
        let columns = self.reader.columns;
        let Some(column) = columns.of(Meaning::Share) else {
            return;
        };
        let shares = rows
            .iter()
            .map(|row| self.part(row, Meaning::Share, self.share));
        let shares: Option<Vec<_>> = shares.collect();
        let Some(shares) = shares.filter(|_| !self.reader.problems.any()) else {
            return;
        };
        if columns.has(Meaning::Amount) || columns.has(Meaning::AmountMicro) {
            self.check_against_amounts(rows, column, &shares, plan);
        } else {
            self.check_sum(column, &shares);
        }
    }

    fn check_sum(&self, column: usize, shares: &[Numeral]) {
        let all = sum(shares);
        if all.is_some_and(Numeral::is_one) {
            return;
        }
        let all = all.map_or_else(
            || "more than can be counted".to_owned(),
            |all| all.to_string(),
        );
        let name = self.reader.columns.name(column);
        let message = format!("the shares in {name} sum to {all}, and not to 1");
        let help = "all allocations of the supply sum to all of it";
        let place = self.reader.table.header_span();
        let problem = Problem::new(place, message, "the header", help);
        self.reader.problems.push(problem);
    }

    fn check_against_amounts(
        &self,
        rows: &[&Row],
        column: usize,
        shares: &[Numeral],
        plan: &mut Plan,
    ) {
        let tokens = rows.iter().map(|row| super::amount(self.reader, row));
        let tokens: Option<Vec<_>> = tokens.collect();
        let Some((tokens, supply)) =
            tokens.and_then(|tokens| sum(&tokens).map(|all| (tokens, all)))
        else {
            return;
        };
        for ((row, share), tokens) in rows.iter().zip(shares).zip(tokens) {
            let is_said = self.reader.text(row, Meaning::Share).is_some();
            if is_said && !agree(*share, tokens, supply) {
                let message = format!("{tokens} of {supply} tokens is another share than {share}");
                let help = "the amounts go before the shares: mend one of them";
                let _: Option<()> = self.reader.wrong(row, column, &message, help);
            }
        }
        let name = self.reader.columns.name(column);
        plan.notes
            .push(format!("{name} agrees with the amounts, which count"));
    }
}

fn sum(numbers: &[Numeral]) -> Option<Numeral> {
    numbers
        .iter()
        .try_fold(Numeral::ZERO, |all, one| all.checked_add(*one))
}

/// Returns `true` if a share is that of an amount, as far as the share's digits go.
fn agree(share: Numeral, tokens: Numeral, supply: Numeral) -> bool {
    // |share − tokens/supply| ≤ half of the last digit; at least of a hundredth of a percent.
    let digits = share.decimals().max(2);
    let half = Numeral::of_integer(5).shifted(digits.saturating_add(1));
    let apart = share
        .checked_mul(supply)
        .and_then(|wanted| wanted.apart(tokens));
    let most = half.checked_mul(supply);
    apart
        .zip(most)
        .is_some_and(|(apart, most)| apart.is_at_most(most))
}

/// Finds how a column writes shares: in hundredths or as parts of 1.
fn percent(reader: &Reader<'_>, rows: &[&Row], meaning: Meaning) -> Percent {
    let Some(column) = reader.columns.of(meaning) else {
        return Percent::Parts;
    };
    let plain = rows
        .iter()
        .filter(|row| !row.cell(column).is_empty() && !row.cell(column).ends_with('%'));
    let plain: Vec<(&&Row, Numeral)> = plain
        .filter_map(|row| Some((row, reader.number_at(row, column)?)))
        .collect();
    if plain.iter().any(|(_, number)| number.is_above_one()) {
        return Percent::Hundredths;
    }
    if let Some(said) = reader.options.percent {
        return said;
    }
    let sum = plain
        .iter()
        .try_fold(Numeral::ZERO, |all, (_, one)| all.checked_add(*one));
    let is_whole = meaning == Meaning::Share && sum.is_some_and(Numeral::is_one);
    if is_whole || !reader.columns.says_percent(column) {
        return Percent::Parts;
    }
    if let Some((row, number)) = plain.iter().find(|(_, number)| !number.is_zero()) {
        let (parts, hundredths) = (*number, number.shifted(2));
        let message = format!("`{number}` under a header of percent is {number}%, or a part of 1");
        let help = format!("say --shares percent for {hundredths} of the whole, or --shares parts for {parts} of it");
        let _: Option<()> = reader.wrong(row, column, &message, &help);
    }
    Percent::Hundredths
}
