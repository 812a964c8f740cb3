//! The columns of a table, and what each holds.

use super::header::{meaning, words, Meaning, Unit, NAMED};
use super::table::{Row, Table};
use super::ImportError;
use crate::problem::{Problem, Problems};

/// The meaning of each column of a table.
#[derive(Debug)]
pub(super) struct Columns(Vec<Column>);

#[derive(Debug)]
struct Column {
    header: String,
    meaning: Option<Meaning>,
}

impl Columns {
    /// Finds the columns of a table, `said` before those that their headers tell.
    ///
    /// # Errors
    /// What is said names no meaning or no column.
    pub(super) fn find(
        table: &Table<'_>,
        said: &[(String, String)],
        problems: &Problems,
    ) -> Result<Self, ImportError> {
        let widest = table.rows.iter().map(|row| row.record.len()).max();
        let count = match table.header.len() {
            0 => widest.unwrap_or(0),
            count => count,
        };
        let column = |at: usize| {
            let header = table.header.get(at).unwrap_or_default();
            Column {
                header: header.to_owned(),
                meaning: meaning(header),
            }
        };
        let mut columns = Self((0..count).map(column).collect());
        for (name, header) in said {
            columns.say(name, header)?;
        }
        columns.refuse_pairs(table, problems);
        columns.refuse_wide_rows(table, problems);
        Ok(columns)
    }

    /// Gives a column a meaning, and takes it from those that had it.
    fn say(&mut self, name: &str, header: &str) -> Result<(), ImportError> {
        let lower = name.trim().to_lowercase();
        let Some((_, meaning)) = NAMED.iter().find(|(known, _)| **known == lower) else {
            let names: Vec<_> = NAMED.iter().map(|(name, _)| *name).collect();
            let message = format!("`{name}` isn't what a column can hold");
            return Err(ImportError::refused(
                message,
                format!("it is one of {}", names.join(", ")),
            ));
        };
        let header = header.trim();
        let by_header = |column: &Column| column.header.eq_ignore_ascii_case(header);
        let by_number = || {
            let number: usize = header.parse().ok()?;
            number.checked_sub(1).filter(|at| *at < self.0.len())
        };
        let Some(at) = self.0.iter().position(by_header).or_else(by_number) else {
            let headers: Vec<_> = self.0.iter().map(|column| column.header.as_str()).collect();
            let message = format!("there is no column `{header}`");
            let help = match headers.iter().all(|header| header.is_empty()) {
                true => format!(
                    "the table has no header: give a number from 1 to {}",
                    headers.len()
                ),
                false => format!("the header has {}", headers.join(", ")),
            };
            return Err(ImportError::refused(message, help));
        };
        for (place, column) in self.0.iter_mut().enumerate() {
            if place == at {
                column.meaning = Some(*meaning);
            } else if column.meaning == Some(*meaning)
                || is_amount(column.meaning) && is_amount(Some(*meaning))
            {
                column.meaning = None;
            }
        }
        Ok(())
    }

    /// Notes two columns of one meaning.
    fn refuse_pairs(&self, table: &Table<'_>, problems: &Problems) {
        for (at, column) in self.0.iter().enumerate() {
            let Some(meaning) = column.meaning else {
                continue;
            };
            let same = |earlier: &&Column| {
                let both = is_amount(earlier.meaning) && is_amount(column.meaning);
                earlier.meaning == column.meaning || both
            };
            if let Some(earlier) = self.0.iter().take(at).find(same) {
                let (first, second) = (&earlier.header, &column.header);
                let name = meaning.name();
                let message = format!("the columns `{first}` and `{second}` both mean `{name}`");
                let help = match first == second {
                    true => format!(
                        "say which one counts by its number, such as --columns {name}={}",
                        at + 1
                    ),
                    false => format!("say which one counts, such as --columns \"{name}={second}\""),
                };
                problems.push(Problem::new(
                    table.header_span(),
                    message,
                    "the header",
                    help,
                ));
            }
        }
    }

    /// Notes rows that have a cell where the header has none.
    fn refuse_wide_rows(&self, table: &Table<'_>, problems: &Problems) {
        if table.header.is_empty() {
            return;
        }
        let is_unnamed = |at: usize| self.0.get(at).is_none_or(|column| column.header.is_empty());
        for row in &table.rows {
            let mut cells = (0..).zip(&row.record);
            let Some((at, cell)) = cells.find(|(at, cell)| !cell.is_empty() && is_unnamed(*at))
            else {
                continue;
            };
            let message = format!(
                "row {}: the cell `{cell}` stands under no header",
                row.number
            );
            let help = "is it the end of a number such as 1,000? Then put that in quotes; or name the column";
            problems.push(Problem::new(
                table.cell_span(row, at),
                message,
                "one cell too many",
                help,
            ));
        }
    }

    pub(super) fn of(&self, meaning: Meaning) -> Option<usize> {
        self.0
            .iter()
            .position(|column| column.meaning == Some(meaning))
    }

    pub(super) fn has(&self, meaning: Meaning) -> bool {
        self.of(meaning).is_some()
    }

    /// Returns the columns that have a meaning.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, Meaning)> + '_ {
        let columns = self.0.iter().enumerate();
        columns.filter_map(|(at, column)| Some((at, column.meaning?)))
    }

    pub(super) fn header(&self, at: usize) -> &str {
        self.0.get(at).map_or("", |column| &column.header)
    }

    /// Returns what a column is called: by its number where it has no header.
    pub(super) fn name(&self, at: usize) -> String {
        match self.header(at) {
            "" => format!("column {}", at + 1),
            header => format!("`{header}`"),
        }
    }

    /// Returns the unit of a length of time that a header names.
    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        words(self.header(at))
            .iter()
            .find_map(|word| Unit::of_word(word))
    }

    pub(super) fn says_percent(&self, at: usize) -> bool {
        let words = words(self.header(at));
        words
            .iter()
            .any(|word| ["percent", "percentage", "pct"].contains(&word.as_str()))
    }

    /// Returns the columns that hold something and aren't among those that `used` names.
    pub(super) fn unused(&self, rows: &[Row], used: impl Fn(Meaning) -> bool) -> Vec<String> {
        let holds = |at: usize| rows.iter().any(|row| !row.cell(at).is_empty());
        let columns = self.0.iter().enumerate();
        let unused =
            columns.filter(|(at, column)| !column.meaning.is_some_and(&used) && holds(*at));
        unused.map(|(at, _)| self.name(at)).collect()
    }
}

fn is_amount(meaning: Option<Meaning>) -> bool {
    matches!(meaning, Some(Meaning::Amount | Meaning::AmountMicro))
}
