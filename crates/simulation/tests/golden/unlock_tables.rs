//! The unlock tables of live tokens, every row of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{import, Design, Overrides, Period};

use super::common::{self, rows};
use super::{read, real_design, repository};

/// The unlock tables of live tokens: all of them where the data folder stands beside the checkout,
/// six that the project ships anywhere.
fn unlock_tables() -> (PathBuf, PathBuf) {
    let beside = repository().join("../shared/data/unlocks");
    if beside.is_dir() {
        (beside.join("schedules.csv"), beside.join("expected.csv"))
    } else {
        shipped_tables()
    }
}

fn shipped_tables() -> (PathBuf, PathBuf) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    (
        shipped.join("unlock_schedules.csv"),
        shipped.join("unlock_expected.csv"),
    )
}

type Vested = BTreeMap<(String, u64), Amount>;

/// What each recipient of each protocol has vested at each time, in 1e-6 tokens.
fn expected(path: &Path) -> BTreeMap<String, Vested> {
    let mut protocols: BTreeMap<String, Vested> = BTreeMap::new();
    for record in csv::Reader::from_path(path).unwrap().records() {
        let record = record.unwrap();
        let key = (record[1].trim().to_owned(), record[2].parse().unwrap());
        let vested = record[3].parse().unwrap();
        let before = protocols
            .entry(record[0].to_owned())
            .or_default()
            .insert(key, vested);
        assert_eq!(before, None);
    }
    protocols
}

/// Takes every protocol through import and run; the number of protocols and of rows compared.
fn compare_every_row((schedules, wanted): (PathBuf, PathBuf)) -> (usize, usize) {
    let table = read(&schedules);
    let expected = expected(&wanted);
    let mut rows = 0;
    for (protocol, wanted) in &expected {
        let text = import("schedules.csv", &table, Some(protocol)).unwrap();
        let times: Vec<u64> = wanted.keys().map(|(_, at)| *at).collect();
        let overrides = Overrides {
            start: times.iter().min().copied().map(Timestamp::new),
            end: times.iter().max().copied().map(Timestamp::new),
            step: Some(Period::Seconds(4 * 604_800)),
        };
        let design = Design::parse(protocol, &text, overrides).unwrap_or_else(|error| {
            panic!("{protocol}: {:?}", error.problems());
        });
        let csv = common::csv(&design);
        rows += compare_series(&design, &csv, wanted);
    }
    (expected.len(), rows)
}

fn compare_series(design: &Design, csv: &[u8], wanted: &Vested) -> usize {
    let mut reader = csv::Reader::from_reader(csv);
    let headers = reader.headers().unwrap().clone();
    let mut found = Vested::new();
    for record in reader.records() {
        let record = record.unwrap();
        let at = tokenomics_simulation::calendar::parse_date(&record[0])
            .unwrap()
            .get();
        for (header, cell) in headers.iter().zip(&record) {
            if let Some(recipient) = header.strip_prefix("vested:") {
                let vested = Amount::parse_decimal(cell, design.token.decimals).unwrap();
                found.insert((recipient.to_owned(), at), vested);
            }
        }
    }
    for (key, vested) in wanted {
        assert_eq!(
            found.get(key),
            Some(vested),
            "{} {key:?}",
            design.token.name
        );
    }
    wanted.len()
}

#[test]
fn every_row_of_the_shipped_unlock_tables_is_exact_to_the_last_micro_token() {
    let (protocols, rows) = compare_every_row(shipped_tables());
    assert_eq!(protocols, 6);
    assert!(rows > 1_000, "{rows}");
}

#[test]
fn every_row_of_all_unlock_tables_at_hand_is_exact_to_the_last_micro_token() {
    let (protocols, rows) = compare_every_row(unlock_tables());
    println!("{protocols} protocols, {rows} rows");
    assert!(protocols >= 6 && rows > 1_000);
}

#[test]
fn apecoin_unlocks_as_its_published_schedule_to_within_the_rounding_of_its_steps() {
    let wanted = expected(&shipped_tables().1).remove("apecoin").unwrap();
    let overrides = Overrides {
        start: wanted.keys().map(|(_, at)| Timestamp::new(*at)).min(),
        end: wanted.keys().map(|(_, at)| Timestamp::new(*at)).max(),
        step: Some(Period::Seconds(4 * 604_800)),
    };
    let design = real_design("apecoin.toml", overrides);
    let names = [
        ("yuga labs", vec!["Yuga Labs"]),
        (
            "Jane Goodall Legacy Foundation",
            vec!["Jane Goodall Legacy Foundation"],
        ),
        ("launch contributors", vec!["Launch contributors"]),
        ("founders", vec!["Founders"]),
        (
            "ecosystem fund",
            vec!["NFT holders", "DAO treasury and resources"],
        ),
    ];
    let mut compared = 0;
    for row in &rows(&design) {
        for (theirs, ours) in &names {
            let Some(micro) = wanted.get(&((*theirs).to_owned(), row.time.get())) else {
                continue;
            };
            let is_ours = |name: &str| ours.contains(&name);
            let vested = design.allocations.iter().zip(&row.vested);
            let sum: u128 = vested
                .filter(|(a, _)| is_ours(&a.name))
                .map(|(_, v)| v.get())
                .sum();
            // Each published step is rounded to 1e-6 tokens, and there are at most 69 of them.
            let difference = sum.abs_diff(micro.get() * 1_000_000_000_000);
            assert!(
                difference <= 69 * 1_000_000_000_000,
                "{theirs} at {}: {difference}",
                row.time
            );
            compared += 1;
        }
    }
    assert_eq!(compared, wanted.len());
}
