//! A table of text cells, with the place of each in the text.

use std::ops::Range;

use super::header::{meaning, Meaning};
use crate::problem::{Problem, Problems};

/// The most columns of a table.
pub(super) const MOST_COLUMNS: usize = 1_000;

/// A table: a header, and rows that have no more cells.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) text: &'a str,
    pub(super) delimiter: u8,
    /// Empty where the first row is one of data.
    pub(super) header: csv::StringRecord,
    header_at: usize,
    pub(super) rows: Vec<Row>,
    /// The number of rows that are comments.
    pub(super) comments: usize,
}

/// A row, and its number in the table, from 1.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) record: csv::StringRecord,
    pub(super) number: usize,
    /// The byte of the text at which it begins.
    at: usize,
}

impl<'a> Table<'a> {
    /// Reads a table, with what is wrong with its rows noted.
    pub(super) fn read(text: &'a str, problems: &Problems) -> Self {
        let (said, begin) = separator_line(text);
        let rows = text.get(begin..).unwrap_or_default();
        let mut table = Self {
            text,
            delimiter: said.unwrap_or_else(|| delimiter(rows)),
            header: csv::StringRecord::new(),
            header_at: 0,
            rows: Vec::new(),
            comments: 0,
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(table.delimiter)
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(rows.as_bytes());
        let mut number = 0;
        let mut record = csv::StringRecord::new();
        while !matches!(reader.read_record(&mut record), Ok(false)) {
            number += 1;
            let at = record.position().map_or(0, csv::Position::byte);
            let at = begin.saturating_add(usize::try_from(at).unwrap_or(0));
            if record.len() > MOST_COLUMNS {
                let message = format!(
                    "row {number} has {} cells, and a row may have {MOST_COLUMNS}",
                    record.len()
                );
                problems.push(Problem::new(line_at(text, at), message, "a wide row", ""));
                break;
            }
            let record = record.clone();
            table.add(Row { record, number, at });
        }
        table.take_header();
        table
    }

    /// Adds a row, unless it is empty or a comment.
    fn add(&mut self, row: Row) {
        let first = row.record.get(0).unwrap_or_default();
        if first.starts_with('#') && first.len() > 1 {
            self.comments += 1;
        } else if !row.record.iter().all(str::is_empty) {
            self.rows.push(row);
        }
    }

    /// Takes the first row for the header, unless nothing of it has a meaning and some cell is a number.
    fn take_header(&mut self) {
        let Some(first) = self.rows.first() else {
            return;
        };
        self.header_at = first.at;
        let is_named = |cell: &str| meaning(cell).is_some_and(|m| !matches!(m, Meaning::Month(_)));
        let is_number = |cell: &str| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
        let has_names = first.record.iter().any(is_named);
        if has_names || !first.record.iter().any(is_number) {
            self.header = self.rows.remove(0).record;
        }
    }

    /// Returns the place of the header, or of the first row where there is none.
    pub(super) fn header_span(&self) -> Range<usize> {
        line_at(self.text, self.header_at)
    }

    pub(super) fn row_span(&self, row: &Row) -> Range<usize> {
        line_at(self.text, row.at)
    }

    /// Returns the place of a cell, or of its row where the cell isn't found as it is: one with quotes in it.
    pub(super) fn cell_span(&self, row: &Row, column: usize) -> Range<usize> {
        let mut from = line_at(self.text, row.at).start;
        for (at, cell) in (0..=column).zip(&row.record) {
            let Some(found) = self.text[from..].find(cell) else {
                return self.row_span(row);
            };
            let start = from + found;
            from = start + cell.len();
            if at == column && !cell.is_empty() {
                return start..from;
            }
        }
        self.row_span(row)
    }
}

impl Row {
    pub(super) fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }
}

/// Reads a first line such as `sep=;`: what it says, and where the next one begins.
fn separator_line(text: &str) -> (Option<u8>, usize) {
    let line = text.lines().next().unwrap_or_default();
    let is_said = line.len() == 5 && line.as_bytes()[..4].eq_ignore_ascii_case(b"sep=");
    match line.as_bytes().get(4) {
        Some(said) if is_said && said.is_ascii() => (Some(*said), text.len().min(line.len() + 1)),
        _ => (None, 0),
    }
}

/// Returns the character that the first line of cells uses most between words.
fn delimiter(text: &str) -> u8 {
    let mut lines = text.split(['\n', '\r']);
    let is_cells = |line: &&str| !line.trim().is_empty() && !line.starts_with("# ");
    let header = lines.find(is_cells).unwrap_or_default();
    let count = |byte: u8| header.bytes().filter(|found| *found == byte).count();
    *[b',', b';', b'\t']
        .iter()
        .max_by_key(|byte| (count(**byte), **byte == b','))
        .unwrap_or(&b',')
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
