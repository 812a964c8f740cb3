//! Tables in workbooks (.xlsx).

use std::io::{Cursor, Read as _};

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetVisible, Xlsx};

use super::source::{Grid, Source};
use super::ImportError;

/// The largest workbook that is read.
pub const LARGEST_WORKBOOK: u64 = 16 << 20;

/// The most bytes that the files in a workbook may have together, unpacked.
const MOST_UNPACKED: u64 = 32 << 20;

/// The integers up to which a workbook's numbers are exact: 2^53.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the text of a sheet: the one that is said, or the only one.
pub(super) fn read(file: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Source, ImportError> {
    check_size(file, bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(file, &error))?;
    let sheet = choose(file, &workbook, sheet)?;
    let mut rounded = None;
    let text = read_sheet(file, &mut workbook, &sheet, &mut rounded)?;
    if text.trim().is_empty() {
        let message = format!("the sheet `{sheet}` of {file} is empty");
        return Err(ImportError::refused(
            message,
            "--sheet NAME chooses another",
        ));
    }
    let mut notes = vec![format!("the sheet is `{sheet}`")];
    if let Some(place) = rounded {
        notes.push(format!("numbers are read to 15 digits, as the workbook shows them: {place} and others have more"));
    }
    let name = format!("{file}, sheet {sheet}");
    Ok(Source { name, text, notes })
}

fn broken(file: &str, error: &dyn std::error::Error) -> ImportError {
    let message = format!("{file} can't be read as a workbook: {error}");
    ImportError::refused(message, "save it again as .xlsx, or the sheet as CSV")
}

/// Reads the cells of a sheet; `rounded` is the first that holds more digits than it shows.
fn read_sheet(
    file: &str,
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    rounded: &mut Option<String>,
) -> Result<String, ImportError> {
    let broken = |error: calamine::XlsxError| broken(file, &error);
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut grid = Grid::default();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let place = format!("{}{}", letters(column), u64::from(row) + 1);
        let refused = |(message, help): (String, &str)| {
            ImportError::refused(format!("{file}, cell {place}: {message}"), help)
        };
        let mut is_rounded = || *rounded = rounded.take().or_else(|| Some(place.clone()));
        let text = text_of(cell.get_value(), &mut is_rounded).map_err(refused)?;
        let at = |index: u32| usize::try_from(index).unwrap_or(usize::MAX - 1);
        let put = grid.put(at(row), at(column), text);
        put.map_err(|message| refused((message, "move the table to the first cells")))?;
    }
    Ok(grid.into_text())
}

/// Refuses what is too large before it is read, and what unpacks to too much.
fn check_size(file: &str, bytes: &[u8]) -> Result<(), ImportError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > LARGEST_WORKBOOK {
        let message = format!("{file} is larger than {LARGEST_WORKBOOK} bytes");
        return Err(ImportError::refused(message, "save the sheet as CSV"));
    }
    let broken = |error: zip::result::ZipError| broken(file, &error);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        // What an entry says of its size isn't believed.
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|error| broken(error.into()))?;
        let Some(rest) = left.checked_sub(unpacked) else {
            let message = format!("{file} unpacks to more than {MOST_UNPACKED} bytes");
            return Err(ImportError::refused(message, "save the sheet as CSV"));
        };
        left = rest;
    }
    Ok(())
}

fn choose(
    file: &str,
    workbook: &Xlsx<Cursor<&[u8]>>,
    asked: Option<&str>,
) -> Result<String, ImportError> {
    let sheets = workbook.sheets_metadata();
    let names = |of: &dyn Fn(&calamine::Sheet) -> bool| -> Vec<&str> {
        let found = sheets.iter().filter(|sheet| of(sheet));
        found.map(|sheet| sheet.name.as_str()).collect()
    };
    let visible = names(&|sheet| sheet.visible == SheetVisible::Visible);
    let help = format!("--sheet NAME, with one of: {}", visible.join(", "));
    match (asked, &visible[..]) {
        (Some(asked), _) if names(&|_| true).contains(&asked) => Ok(asked.to_owned()),
        (Some(asked), _) => {
            let message = format!("there is no sheet `{asked}` in {file}");
            Err(ImportError::refused(message, help))
        }
        (None, [only]) => Ok((*only).to_owned()),
        (None, _) => {
            let message = format!("{file} holds {} sheets: choose one", visible.len());
            Err(ImportError::refused(message, help))
        }
    }
}

/// The text of a cell; calls `is_rounded` of a number with more digits than a workbook shows.
fn text_of(
    value: &DataRef<'_>,
    is_rounded: &mut dyn FnMut(),
) -> Result<String, (String, &'static str)> {
    match value {
        DataRef::Empty => Ok(String::new()),
        DataRef::Int(number) => Ok(number.to_string()),
        DataRef::Float(number) => decimal(*number, is_rounded),
        DataRef::String(text) => Ok(text.clone()),
        DataRef::SharedString(text) => Ok((*text).to_owned()),
        DataRef::Bool(is) => Ok(is.to_string()),
        DataRef::DateTime(date) => date_of(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Ok(text.clone()),
        DataRef::Error(error) => Err((format!("it holds the error {error}"), "mend the formula")),
    }
}

/// A number digit by digit, to the 15 that a workbook shows; integers whole, as far as they are exact.
fn decimal(number: f64, is_rounded: &mut dyn FnMut()) -> Result<String, (String, &'static str)> {
    let is_integer = number.fract() == 0.0;
    if !number.is_finite() || number.abs() >= LARGEST_EXACT {
        let message = format!("the number {number} has more digits than a workbook keeps");
        return Err((message, "keep it as text: then every digit is read"));
    }
    if is_integer {
        return Ok(format!("{number:.0}"));
    }
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if shown.to_bits() != number.to_bits() {
        is_rounded();
    }
    Ok(shown.to_string())
}

fn date_of(date: &ExcelDateTime) -> Result<String, (String, &'static str)> {
    if date.is_duration() {
        let message = "it holds a length of time".to_owned();
        return Err((message, "write it as a number of months or days"));
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let nearest = if milli >= 500 { second + 1 } else { second };
    // A day's part is a float: 59.9996 s is a whole minute, which a time of 60 s can't say.
    if nearest < 60 {
        return Ok(format!(
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{nearest:02}"
        ));
    }
    Err((
        format!("its time ends in {second}.{milli:03} s"),
        "round it to the second",
    ))
}

/// The letters of a column: A for the first.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        for (column, wanted) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), wanted);
        }
    }

    #[test]
    fn numbers_are_those_that_a_workbook_shows() {
        let mut rounded = 0;
        for (number, wanted) in [
            (180_000_000.0, "180000000"),
            (0.05, "0.05"),
            (0.1 + 0.2, "0.3"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(decimal(number, &mut || rounded += 1).unwrap(), wanted);
        }
        assert_eq!(rounded, 1);
        assert!(decimal(1e21, &mut || ()).is_err() && decimal(f64::NAN, &mut || ()).is_err());
    }
}
