//! Workbooks of unlocks: which cells are read as what, and what is refused in how little time and memory.

use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use tokenomics_simulation::{Design, Import, Imported, Overrides};
use tokenomics_vesting::Schedule as _;
use zip::write::SimpleFileOptions;

const HEADER: [&str; 5] = ["Recipient", "Kind", "Start", "End", "Amount"];

/// A workbook of one sheet with a row below the header.
fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, HEADER).unwrap();
    fill(sheet);
    workbook.save_to_buffer().unwrap()
}

fn linear(sheet: &mut Worksheet, row: u32) {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let day = |text| ExcelDateTime::parse_from_str(text).unwrap();
    sheet.write(row, 0, "Team").unwrap();
    sheet.write(row, 1, "linear").unwrap();
    sheet
        .write_with_format(row, 2, day("2027-01-31"), &date)
        .unwrap();
    sheet
        .write_with_format(row, 3, day("2028-01-31T12:30:00"), &date)
        .unwrap();
}

fn read(bytes: &[u8], options: &Import) -> Imported {
    options
        .read("plan.xlsx", bytes)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn refused(bytes: &[u8], options: &Import) -> String {
    match options.read("plan.xlsx", bytes) {
        Err(error) => error.to_string(),
        Ok(imported) => panic!("{}", imported.design),
    }
}

fn parsed(imported: &Imported) -> Design {
    Design::parse("plan.toml", &imported.design, Overrides::default()).unwrap()
}

#[test]
fn dates_are_dates_and_text_keeps_every_digit() {
    let bytes = workbook(|sheet| {
        linear(sheet, 1);
        sheet
            .write(1, 4, "340282366920938463463.374607431768211455")
            .unwrap();
    });
    let imported = read(&bytes, &Import::default());
    let design = parsed(&imported);
    let allocation = &design.allocations[0];
    assert_eq!(allocation.amount.get(), u128::MAX);
    let schedule = &allocation.schedules[0];
    assert_eq!(schedule.start().get(), 1_801_353_600);
    assert_eq!(schedule.end().get(), 1_832_889_600 + 45_000);
    assert!(
        imported.notes[0].starts_with("the sheet is `Sheet1`"),
        "{:?}",
        imported.notes
    );
}

#[test]
fn numbers_are_read_to_the_digits_that_a_workbook_shows() {
    let amount = |number: f64| {
        workbook(|sheet| {
            linear(sheet, 1);
            sheet.write(1, 4, number).unwrap();
        })
    };
    let units = |number| {
        parsed(&read(&amount(number), &Import::default())).allocations[0]
            .amount
            .get()
    };
    assert_eq!(units(180_000_000.0), 180_000_000_000_000);
    assert_eq!(units(0.1 + 0.2), 300_000);
    let imported = read(&amount(0.1 + 0.2), &Import::default());
    assert!(
        imported.notes[1].contains("to 15 digits"),
        "{:?}",
        imported.notes
    );
    assert_eq!(
        read(&amount(0.3), &Import::default()).notes.len(),
        imported.notes.len() - 1
    );
    let said = refused(&amount(1e21), &Import::default());
    assert!(
        said.contains("cell E2: the number 1000000000000000000000 has more digits"),
        "{said}"
    );
}

#[test]
fn one_of_several_sheets_is_chosen() {
    let mut workbook = Workbook::new();
    for (name, amount) in [("Notes", "x"), ("Plan", "7")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write_row(2, 1, HEADER).unwrap();
        sheet
            .write_row(3, 1, ["A", "cliff", "2027-01-01", "", amount])
            .unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let said = refused(&bytes, &Import::default());
    assert_eq!(said, "plan.xlsx holds 2 sheets: choose one");
    let of = |sheet: &str| Import {
        sheet: Some(sheet.to_owned()),
        ..Import::default()
    };
    assert_eq!(
        parsed(&read(&bytes, &of("Plan"))).allocations[0]
            .amount
            .get(),
        7_000_000
    );
    assert_eq!(
        refused(&bytes, &of("plan")),
        "there is no sheet `plan` in plan.xlsx"
    );
    // A row of the sheet has its own number, below empty ones.
    let error = of("Notes").read("plan.xlsx", &bytes).unwrap_err();
    let shown = format!("{error:?}");
    assert!(
        shown.contains("row 4, `Amount`: `x` is not a number"),
        "{shown}"
    );
}

#[test]
fn cells_far_away_are_refused_and_not_made_room_for() {
    for (row, column, place) in [(1_048_575, 0, "A1048576"), (0, 16_383, "XFD1")] {
        let bytes = workbook(|sheet| {
            sheet.write(row, column, "far").unwrap();
        });
        let said = refused(&bytes, &Import::default());
        assert!(
            said.contains(&format!("cell {place}: there are more than")),
            "{said}"
        );
    }
}

/// An archive of one file of so many zeros.
fn zeros(name: &str, bytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file(name, SimpleFileOptions::default())
        .unwrap();
    archive.write_all(&vec![0; bytes]).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_unpacks_to_too_much_is_refused_at_once() {
    let bytes = zeros("xl/sharedStrings.xml", 64 << 20);
    assert!(bytes.len() < 1 << 20);
    let begun = Instant::now();
    let said = refused(&bytes, &Import::default());
    assert!(
        said.contains("unpacks to more than 33554432 bytes"),
        "{said}"
    );
    // A tenth of a second where nothing else runs.
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_is_no_workbook_is_refused() {
    let mut large = b"PK\x03\x04".to_vec();
    large.resize((16 << 20) + 1, 0);
    for (bytes, words) in [
        (large, "larger than 16777216 bytes"),
        (b"PK\x03\x04".to_vec(), "can't be read as a workbook"),
        (zeros("hello.txt", 5), "can't be read as a workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(),
            "of the kind before 2007",
        ),
        (Workbook::new().save_to_buffer().unwrap(), "is empty"),
    ] {
        let said = refused(&bytes, &Import::default());
        assert!(said.contains(words), "{said}");
    }
    let whole = workbook(|sheet| linear(sheet, 1));
    for end in (0..whole.len()).step_by(97) {
        let _ = Import::default().read("plan.xlsx", &whole[..end]);
    }
    for at in (0..whole.len()).step_by(31) {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 0x55;
        let _ = Import::default().read("plan.xlsx", &spoilt);
    }
}

#[test]
fn empty_cells_before_others_are_counted() {
    let bytes = workbook(|sheet| {
        for row in 1..=1_001 {
            sheet.write(row, 999, 1).unwrap();
        }
    });
    let said = refused(&bytes, &Import::default());
    assert!(
        said.contains("cell ALL1000: there are more than 1000 columns or 1000000 cells"),
        "{said}"
    );
}
