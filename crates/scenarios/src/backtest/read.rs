//! A path of prices from the text of a file.
//!
//! The table has a column of times and one or more of prices; commas, semicolons or tabs separate, and
//! lines that begin with `#` say nothing. Rows have any step and may leave out times; a row without a
//! price is a gap. Times rise from row to row.

use csv::StringRecord;
use tokenomics_design::{Invalid, Problem, LONGEST_LINE};
use tokenomics_fixed_math::{Rounding, Wad};

use super::cell;
use super::columns::Columns;
use super::path::{Point, PricePath};

/// The most rows that a path may have.
pub const MOST_ROWS: usize = 200_000;

/// The most problems of a file that are told.
const MOST_PROBLEMS: usize = 100;

/// Reads a path of prices from the text of a table. `file` is what diagnostics call it. `column` names
/// the price, or the two whose quotient it is, as in `steth_usd/eth_usd`; without it there must be one
/// column of prices, or one that is called a close or a price.
///
/// # Rounding
/// Prices and their quotients are floored to 18 decimals.
///
/// # Errors
/// All that is wrong with the table, each with its place: a column that isn't there or can't be chosen, a
/// time or price that is none, a time that doesn't follow the one before.
///
/// ```
/// use tokenomics_scenarios::backtest::read_path;
///
/// let table = "time,close_usd\n2022-05-12T23:00:00Z,0.00032\n2022-05-13,5e-05\n";
/// let path = read_path("luna.csv", table, None)?;
/// assert_eq!(path.points()[1].price, "0.00005".parse()?);
/// let repeated = "time,close\n2022-05-12,1\n2022-05-12,2\n";
/// assert!(read_path("luna.csv", repeated, None).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_path(file: &str, text: &str, column: Option<&str>) -> Result<PricePath, Invalid> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    rows(text, column).map_err(|problems| Invalid::new(file, text, problems))
}

fn rows(text: &str, column: Option<&str>) -> Result<PricePath, Vec<Problem>> {
    if let Some(problem) = long_line(text) {
        return Err(vec![problem]);
    }
    let mut table = Table::new(text);
    let header = loop {
        match table.next().map_err(|problem| vec![problem])? {
            Some(record) if record.iter().all(str::is_empty) => {}
            Some(record) => break record,
            None => return Err(vec![empty("the table is empty")]),
        }
    };
    let line = table.line(&header);
    let columns = Columns::find(&header, column)
        .map_err(|(message, help)| vec![Problem::new(line, message, "this line", help)])?;
    let mut read = Read::default();
    if columns.headless {
        read.row(&columns, &header, &table);
    }
    while read.problems.len() < MOST_PROBLEMS {
        match table.next() {
            Ok(Some(record)) => read.row(&columns, &record, &table),
            Ok(None) => break,
            Err(problem) => read.problems.push(problem),
        }
    }
    read.finish()
}

/// The records of a text, one after the other.
struct Table<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
}

impl<'t> Table<'t> {
    fn new(text: &'t str) -> Self {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .flexible(true)
            .has_headers(false)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        Self { text, reader }
    }

    fn next(&mut self) -> Result<Option<StringRecord>, Problem> {
        let mut record = StringRecord::new();
        match self.reader.read_record(&mut record) {
            Ok(read) => Ok(read.then_some(record)),
            Err(error) => {
                let at = error.position().map_or(0, csv::Position::byte);
                let line = line_at(self.text, usize::try_from(at).unwrap_or(0));
                Err(Problem::new(line, error.to_string(), "here", ""))
            }
        }
    }

    /// Returns the bytes of a record's line.
    fn line(&self, record: &StringRecord) -> std::ops::Range<usize> {
        let at = record.position().map_or(0, csv::Position::byte);
        line_at(self.text, usize::try_from(at).unwrap_or(0))
    }
}

/// Rows as far as they are read.
#[derive(Default)]
struct Read {
    points: Vec<Point>,
    gaps: usize,
    problems: Vec<Problem>,
}

impl Read {
    fn row(&mut self, columns: &Columns, record: &StringRecord, table: &Table<'_>) {
        if record.iter().all(str::is_empty) {
            return;
        }
        match self.point(columns, record) {
            Ok(Some(point)) => self.points.push(point),
            Ok(None) => self.gaps += 1,
            Err((message, help)) => {
                let line = table.line(record);
                self.problems
                    .push(Problem::new(line, message, "here", help));
            }
        }
    }

    /// Reads a row; none where it has no price.
    fn point(
        &self,
        columns: &Columns,
        record: &StringRecord,
    ) -> Result<Option<Point>, (String, String)> {
        let cell = |index: usize| record.get(index).unwrap_or("");
        let at = cell::time(cell(columns.time)).map_err(|error| (error, String::new()))?;
        if let Some(last) = self.points.last().filter(|last| at <= last.at) {
            let (at, last) = [at, last.at]
                .map(tokenomics_design::calendar::rfc3339)
                .into();
            let message =
                format!("this row is of {at}, which doesn't follow {last} of the one before");
            return Err((message, "sort the rows by time, one for each".to_owned()));
        }
        if self.points.len() >= MOST_ROWS {
            let message = format!("a path has at most {MOST_ROWS} rows");
            return Err((message, "take a coarser step, or a part of it".to_owned()));
        }
        let price = |index: usize| match cell(index) {
            text if cell::is_gap(text) => Ok(None),
            text => cell::price(text)
                .map(Some)
                .map_err(|error| (error, String::new())),
        };
        let (Some(price), Some(per)) = (
            price(columns.price)?,
            columns.per.map_or(Ok(Some(Wad::ONE)), price)?,
        ) else {
            return Ok(None);
        };
        // By nothing, or above all that can be counted: no price.
        let price = price.div(per, Rounding::Floor).map_err(|error| {
            (
                format!("the quotient of this row is no price: {error}"),
                String::new(),
            )
        })?;
        Ok(Some(Point { at, price }))
    }

    fn finish(self) -> Result<PricePath, Vec<Problem>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let is_priced = |point: &Point| !point.price.is_zero();
        if !self.points.is_empty() && !self.points.iter().any(is_priced) {
            return Err(vec![empty("no row has a price above 0")]);
        }
        PricePath::new(self.points, self.gaps).ok_or_else(|| vec![empty("the table has no rows")])
    }
}

fn empty(message: &str) -> Problem {
    Problem::new(
        0..0,
        message,
        "this table",
        "a header such as `time,close_usd`, and a row for each time",
    )
}

fn long_line(text: &str) -> Option<Problem> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > LONGEST_LINE {
            let message = format!(
                "a line may have {LONGEST_LINE} bytes, and one has {}",
                line.len()
            );
            return Some(Problem::new(start..start, message, "a long line", ""));
        }
        start += line.len();
    }
    None
}

/// The character that separates most in the first line that says something.
fn delimiter(text: &str) -> u8 {
    let says = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let header = text.lines().find(says).unwrap_or_default();
    let count = |byte: u8| header.bytes().filter(|found| *found == byte).count();
    let separators = [b',', b';', b'\t'];
    let most = separators
        .into_iter()
        .max_by_key(|byte| (count(*byte), *byte == b','));
    most.unwrap_or(b',')
}

/// The line that byte `at` stands in.
fn line_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    // A record that follows a line break, or lines that say nothing, may be told to begin on them.
    while let Some(line) = text[at..].split_inclusive('\n').next() {
        if !line.trim().is_empty() && !line.starts_with('#') {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    at..at
}
