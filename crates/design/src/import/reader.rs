//! The cells of a table, read as what their columns hold.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use tokenomics_fixed_math::Timestamp;

use super::columns::Columns;
use super::date::{self, DateOrder};
use super::header::{words, Meaning, Unit};
use super::number::{self, DecimalMark, Numeral};
use super::table::{Row, Table};
use super::Import;
use crate::calendar::{self, Period};
use crate::problem::{Problem, Problems};

/// Reads cells, and notes what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) columns: &'a Columns,
    pub(super) options: &'a Import,
    pub(super) problems: &'a Problems,
    mark: DecimalMark,
    order: Option<DateOrder>,
    asks: bool,
    /// The plain numbers that were taken for something, with the first example of each.
    taken: RefCell<BTreeMap<&'static str, String>>,
}

impl<'a> Reader<'a> {
    /// Creates a reader of a table, in which one mark stands before all decimals and all dates have one order.
    pub(super) fn new(
        table: &'a Table<'a>,
        columns: &'a Columns,
        options: &'a Import,
        problems: &'a Problems,
    ) -> Self {
        let mut reader = Self {
            table,
            columns,
            options,
            problems,
            mark: DecimalMark::Point,
            order: options.date_order,
            asks: false,
            taken: RefCell::default(),
        };
        let mark = reader.find_mark();
        let order = reader.find_order();
        reader.asks = mark.is_none() || order.is_none();
        reader.mark = mark.unwrap_or(DecimalMark::Point);
        reader.order = order.flatten();
        reader
    }

    /// Returns `true` if the marks or the dates of the table can't be told, which is noted.
    pub(super) const fn asks(&self) -> bool {
        self.asks
    }

    /// Notes what is wrong with a row; `None`, so that a reading of it can end with this.
    pub(super) fn wrong_row<T>(
        &self,
        row: &Row,
        message: impl Into<String>,
        help: &str,
    ) -> Option<T> {
        let place = self.table.row_span(row);
        self.problems
            .push(Problem::new(place, message, "this row", help));
        None
    }

    /// The same of a cell.
    pub(super) fn wrong<T>(
        &self,
        row: &Row,
        column: usize,
        message: &str,
        help: &str,
    ) -> Option<T> {
        let message = format!(
            "row {}, {}: {message}",
            row.number,
            self.columns.name(column)
        );
        let place = self.place(row, column);
        self.problems
            .push(Problem::new(place, message, "this cell", help));
        None
    }

    pub(super) fn place(&self, row: &Row, column: usize) -> Range<usize> {
        self.table.cell_span(row, column)
    }

    /// Returns the text of a cell that isn't empty.
    pub(super) fn text<'r>(&self, row: &'r Row, meaning: Meaning) -> Option<&'r str> {
        let cell = self.columns.of(meaning).map(|at| row.cell(at));
        cell.filter(|cell| !cell.is_empty())
    }

    /// Returns the text of a cell that has to be there.
    pub(super) fn needed<'r>(&self, row: &'r Row, meaning: Meaning) -> Option<&'r str> {
        let text = self.text(row, meaning);
        if text.is_none() {
            let message = format!("`{}` is missing", meaning.name());
            return self.wrong_row(row, message, "this row needs it");
        }
        text
    }

    pub(super) fn number(&self, row: &Row, meaning: Meaning) -> Option<Numeral> {
        self.needed(row, meaning)?;
        self.number_at(row, self.columns.of(meaning)?)
    }

    pub(super) fn number_at(&self, row: &Row, column: usize) -> Option<Numeral> {
        let text = row.cell(column).trim_end_matches('%').trim_end();
        match Numeral::parse(text, self.mark) {
            Ok(number) => Some(number),
            Err(message) => self.wrong(row, column, &message, "a number such as 1000.5"),
        }
    }

    pub(super) fn date(&self, row: &Row, meaning: Meaning) -> Option<Timestamp> {
        let text = self.needed(row, meaning)?;
        let column = self.columns.of(meaning)?;
        match date::read(text, self.order) {
            Ok(read) => {
                if let Some(what) = read.taken_for {
                    let example = || format!("{text} for {}", calendar::rfc3339(read.at));
                    self.taken.borrow_mut().entry(what).or_insert_with(example);
                }
                Some(read.at)
            }
            Err(message) => self.wrong(row, column, &message, ""),
        }
    }

    /// Returns a whole number from 1 to `most`.
    pub(super) fn count(&self, row: &Row, meaning: Meaning, most: u64) -> Option<u64> {
        let text = self.needed(row, meaning)?;
        let column = self.columns.of(meaning)?;
        match text.parse::<u64>() {
            Ok(number) if (1..=most).contains(&number) => Some(number),
            _ => self.wrong(
                row,
                column,
                &format!("`{text}` is no such number"),
                &format!("a whole number from 1 to {most}"),
            ),
        }
    }

    /// Returns a length of time, `None` within for none: 12, 12 months, 1y, 0, or nothing.
    pub(super) fn length(&self, row: &Row, meaning: Meaning) -> Option<Option<Period>> {
        let Some((text, column)) = self.text(row, meaning).zip(self.columns.of(meaning)) else {
            return Some(None);
        };
        if ["none", "no", "-", "n/a"].contains(&text.to_lowercase().as_str()) {
            return Some(None);
        }
        let begin = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
        let (digits, unit) = text.split_at(begin);
        let unit = match &words(unit)[..] {
            [] => Some(
                self.columns
                    .unit(column)
                    .unwrap_or_else(|| self.assume_months(text)),
            ),
            [word] => Unit::of_word(word),
            _ => None,
        };
        let count = Numeral::parse(digits.trim(), self.mark).ok();
        let period = unit
            .zip(count)
            .and_then(|(unit, count)| period(unit, count));
        if period.is_none() {
            let message = format!("`{text}` is not a length of time");
            return self.wrong(
                row,
                column,
                &message,
                "write 12, 12 months, 1 year or 90 days",
            );
        }
        period
    }

    /// Takes a length without a unit for one of months, which a note says.
    fn assume_months(&self, text: &str) -> Unit {
        if text != "0" {
            let example = || format!("{text} for {text} months");
            self.taken
                .borrow_mut()
                .entry("months")
                .or_insert_with(example);
        }
        Unit::Months
    }

    /// Notes cells that a row of its kind doesn't use.
    pub(super) fn refuse_unused(&self, row: &Row, kind: &str, unused: &[Meaning]) {
        for meaning in unused {
            let cell = self.text(row, *meaning).zip(self.columns.of(*meaning));
            if let Some((text, column)) = cell {
                let name = meaning.name();
                let message = format!("a {kind} has no `{name}`, and this one has `{text}`");
                let _: Option<()> = self.wrong(
                    row,
                    column,
                    &message,
                    "leave the cell empty, or mend the kind",
                );
            }
        }
    }

    /// Returns what was taken for a date or a length though it is a plain number.
    pub(super) fn taken(&self) -> Vec<String> {
        let taken = self.taken.borrow();
        let notes = taken.iter();
        notes
            .map(|(what, example)| format!("numbers are read as {what}: {example}"))
            .collect()
    }

    fn cells(
        &self,
        is: impl Fn(Meaning) -> bool,
    ) -> impl Iterator<Item = (&'a Row, usize, &'a str)> {
        let columns: Vec<_> = self.columns.all().filter(|(_, m)| is(*m)).collect();
        self.table.rows.iter().flat_map(move |row| {
            let cells = columns.clone().into_iter();
            cells.map(move |(at, _)| (row, at, row.cell(at)))
        })
    }

    /// Finds the mark of decimals that the numbers tell; `None`, with the question noted, where they don't.
    fn find_mark(&self) -> Option<DecimalMark> {
        if let Some(said) = self.options.decimal_mark {
            return Some(said);
        }
        let mut told: Option<(DecimalMark, &str)> = None;
        let mut open = None;
        for (row, column, cell) in self.cells(Meaning::is_number) {
            match number::evidence(cell) {
                number::Evidence::None => {}
                number::Evidence::Either(mark) => open = open.or(Some((row, column, cell, mark))),
                number::Evidence::Is(mark) => {
                    let (first, by) = *told.get_or_insert((mark, cell));
                    if first != mark {
                        let message = format!("the decimals of `{cell}` stand behind another mark than those of `{by}`");
                        return self.wrong(row, column, &message, "write all numbers alike");
                    }
                }
            }
        }
        match (told, open) {
            (Some((mark, _)), _) => Some(mark),
            (None, None) => Some(DecimalMark::Point),
            // Where commas stand between cells, programs write points before decimals.
            (None, Some((.., DecimalMark::Point))) if self.table.delimiter == b',' => {
                Some(DecimalMark::Point)
            }
            (None, Some((row, column, cell, mark))) => self.ask_mark(row, column, cell, mark),
        }
    }

    fn ask_mark<T>(&self, row: &Row, column: usize, cell: &str, mark: DecimalMark) -> Option<T> {
        let digits = cell.trim_end_matches(['%', ' ']);
        let (whole, decimals) = (digits.replace([',', '.'], ""), digits.replace(',', "."));
        let (as_whole, as_decimals) = match mark {
            DecimalMark::Point => (',', '.'),
            DecimalMark::Comma => ('.', ','),
        };
        let message = format!("`{cell}` is {whole}, or {decimals}");
        let help = format!("no other number of the table tells: say --decimal-mark {as_whole} for {whole}, or --decimal-mark {as_decimals} for {decimals}");
        self.wrong(row, column, &message, &help)
    }

    /// Finds the order of days and months that the dates tell, none where all read one way; `None`, with
    /// the question noted, where they don't tell.
    fn find_order(&self) -> Option<Option<DateOrder>> {
        if self.options.date_order.is_some() {
            return Some(self.options.date_order);
        }
        let is_date = |m: Meaning| matches!(m, Meaning::Start | Meaning::End | Meaning::Date);
        let mut told: Option<(DateOrder, &str)> = None;
        let mut open = None;
        for (row, column, cell) in self.cells(is_date) {
            match date::evidence(cell) {
                date::Evidence::None => {}
                date::Evidence::Either => open = open.or(Some((row, column, cell))),
                date::Evidence::Is(order) => {
                    let (first, by) = *told.get_or_insert((order, cell));
                    if first != order {
                        let message = format!("the day and the month of `{cell}` stand in another order than those of `{by}`");
                        return self.wrong(row, column, &message, "write all dates alike");
                    }
                }
            }
        }
        match (told, open) {
            (None, Some((row, column, cell))) => self.ask_order(row, column, cell),
            _ => Some(told.map(|(order, _)| order)),
        }
    }

    fn ask_order<T>(&self, row: &Row, column: usize, cell: &str) -> Option<T> {
        let shown = |order| {
            let read = date::read(cell, Some(order));
            read.map_or_else(|error| error, |read| calendar::date(read.at))
        };
        let (day, month) = (shown(DateOrder::DayFirst), shown(DateOrder::MonthFirst));
        let message = format!("`{cell}` is {day}, or {month}");
        let help = format!("no other date of the table tells: say --date-order dmy for {day}, or --date-order mdy for {month}");
        self.wrong(row, column, &message, &help)
    }
}

/// Returns so many of a unit, `None` within for none.
fn period(unit: Unit, count: Numeral) -> Option<Option<Period>> {
    let (each, is_months) = match unit {
        Unit::Days => (86_400, false),
        Unit::Weeks => (604_800, false),
        Unit::Months => (1, true),
        Unit::Years => (12, true),
    };
    let all = count.checked_mul(Numeral::of_integer(each))?.whole()?;
    if all == 0 {
        return Some(None);
    }
    Some(Some(match is_months {
        true => Period::Months(u32::try_from(all).ok()?),
        false => Period::Seconds(u64::try_from(all).ok()?),
    }))
}
