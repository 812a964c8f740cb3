//! From a file to the text of a table: workbooks and JSON become rows of cells with commas between them.

use super::table::MOST_COLUMNS;
use super::{json, workbook, Import, ImportError};

/// The text of a table, and what diagnostics call it.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) notes: Vec<String>,
}

/// Reads the text of a table from a file of any kind that is known.
pub(super) fn read(file: &str, bytes: &[u8], options: &Import) -> Result<Source, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(file, bytes, options.sheet.as_deref());
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let message = format!("{file} is a workbook of the kind before 2007");
        return Err(ImportError::refused(
            message,
            "save it as .xlsx, or the sheet as CSV",
        ));
    }
    if options.sheet.is_some() {
        let message = format!("{file} is no workbook, and has no sheets");
        return Err(ImportError::refused(message, "leave --sheet out"));
    }
    let text = decoded(file, bytes)?;
    if text.trim().is_empty() {
        return Err(ImportError::refused(
            format!("{file} is empty"),
            "a table has a header and rows",
        ));
    }
    if text.trim_start().starts_with(['[', '{']) {
        return json::read(file, &text);
    }
    Ok(Source {
        name: file.to_owned(),
        text,
        notes: Vec::new(),
    })
}

/// Decodes UTF-8, or UTF-16 with its mark, which is left out.
fn decoded(file: &str, bytes: &[u8]) -> Result<String, ImportError> {
    let utf16 = |of: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let units = pairs.iter().map(|pair| of(*pair));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok().filter(|_| rest.is_empty())
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
            return match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(error) => Err(not_utf8(file, bytes, error.valid_up_to())),
            };
        }
    };
    text.ok_or_else(|| {
        let message = format!("{file} begins as UTF-16 text, and isn't");
        ImportError::refused(message, "save the file as UTF-8")
    })
}

fn not_utf8(file: &str, bytes: &[u8], at: usize) -> ImportError {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let message = format!(
        "{file} is not UTF-8 text: byte {at}, in line {line}, does not belong to any character"
    );
    ImportError::refused(message, "save the file as UTF-8")
}

/// The most cells of a table that isn't text, with the empty ones before others.
const MOST_CELLS: usize = 1_000_000;

/// Rows of cells, filled in any order.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
    cells: usize,
}

impl Grid {
    /// Puts a cell in its place, with empty ones before it.
    ///
    /// # Errors
    /// A sentence, where there would be too many.
    pub(super) fn put(&mut self, row: usize, column: usize, text: String) -> Result<(), String> {
        let too_many = || {
            Err(format!(
                "there are more than {MOST_COLUMNS} columns or {MOST_CELLS} cells"
            ))
        };
        let more = (row + 1).saturating_sub(self.rows.len());
        if column >= MOST_COLUMNS || self.cells.saturating_add(more) > MOST_CELLS {
            return too_many();
        }
        self.cells += more;
        self.rows.resize(self.rows.len() + more, Vec::new());
        let Some(cells) = self.rows.get_mut(row) else {
            return too_many();
        };
        let more = (column + 1).saturating_sub(cells.len());
        if self.cells.saturating_add(more) > MOST_CELLS {
            return too_many();
        }
        self.cells += more;
        cells.resize(cells.len() + more, String::new());
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    /// Writes the rows as text with commas between the cells.
    pub(super) fn into_text(self) -> String {
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .from_writer(Vec::new());
        for row in self.rows {
            // Writing to a Vec can't fail, and what it holds is text.
            let _ = writer.write_record(&row);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}
