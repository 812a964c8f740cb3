//! Deployed tokens: what a run gives against what the chains' own integer arithmetic gives.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{
    import, run, starter, write_report, Design, Engine, Overrides, Period,
};

#[allow(unreachable_pub)]
mod common;
use common::{minted_by, rows};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn real_design(name: &str, overrides: Overrides) -> Design {
    let path = repository().join("docs/designs").join(name);
    Design::parse(name, &read(&path), overrides).unwrap_or_else(|error| {
        panic!("{error}: {:?}", error.problems());
    })
}

/// The rows of a figures file: integers, with comment lines and a header before them.
fn figures(name: &str) -> Vec<[u128; 3]> {
    let path = repository()
        .join("crates/emission-curves/tests/data")
        .join(name);
    let rows = read(&path);
    let numbers = rows
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let row = |line: &str| {
        let cells: Vec<u128> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        <[u128; 3]>::try_from(cells).unwrap()
    };
    numbers.map(row).collect()
}

/// The amount at each point of a column of the CSV that a run writes, in base units.
fn column(design: &Design, name: &str) -> Vec<Amount> {
    let csv = common::csv(design);
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|header| header == name)
        .unwrap();
    let decimals = design.token.decimals;
    let amount = |record: csv::StringRecord| Amount::parse_decimal(&record[at], decimals).unwrap();
    reader
        .records()
        .map(|record| amount(record.unwrap()))
        .collect()
}

#[test]
fn the_supply_of_crv_is_exact_to_the_wei_at_the_start_of_each_of_its_245_epochs() {
    let year = Some(Period::Seconds(31_536_000));
    let design = real_design(
        "curve-dao.toml",
        Overrides {
            step: year,
            ..Overrides::default()
        },
    );
    let epochs = figures("crv_epochs.csv");
    assert_eq!(epochs.len(), 245);
    let supplies = column(&design, "total_supply");
    for ([epoch, _, supply], found) in epochs.iter().zip(&supplies) {
        assert_eq!(found.get(), *supply, "epoch {epoch}");
    }
    // The window ends with the last epoch, of one wei a second, and nothing comes after it.
    let [_, rate, supply] = epochs[244];
    assert_eq!(supplies.len(), 246);
    assert_eq!(supplies[245].get(), supply + rate * 31_536_000);
    assert_eq!(supplies[245], design.all);
}

#[test]
fn the_supply_of_bitcoin_is_exact_to_the_satoshi_before_the_first_block_of_each_epoch() {
    let halving = Some(Period::Seconds(210_000 * 600));
    let design = real_design(
        "bitcoin.toml",
        Overrides {
            step: halving,
            ..Overrides::default()
        },
    );
    let epochs = figures("btc_epochs.csv");
    assert_eq!(epochs.len(), 34);
    let supplies = column(&design, "total_supply");
    for ([height, _, supply], found) in epochs.iter().zip(&supplies) {
        assert_eq!(found.get(), *supply, "height {height}");
    }
    assert_eq!(supplies.len(), 34);
    assert_eq!(supplies.last().unwrap().get(), 2_099_999_997_690_000);
}

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

#[test]
fn solana_mints_its_published_rates_of_the_supply_at_the_start_of_each_year() {
    let design = real_design("solana.toml", Overrides::default());
    let [emission] = design.emissions.as_slice() else {
        panic!("one emission");
    };
    let mut supply = design.token.supply.get();
    for (year, rate) in [(1, 80_000_u128), (2, 68_000), (3, 57_800), (4, 49_130)] {
        let at = Period::Seconds(365 * 86_400).after(emission.start, year);
        supply += supply * rate / 1_000_000;
        let total = design.token.supply.get() + emission.emitted_at(at.unwrap()).unwrap().get();
        assert_eq!(total, supply, "{year}");
    }
}

/// ethereum.org's figures for the time after the Merge.
#[test]
fn ether_is_issued_as_published_and_burned_as_much_at_16_gwei() {
    let design = real_design("ethereum.toml", Overrides::default());
    let day = |date| {
        let from = tokenomics_simulation::calendar::parse_date(date).unwrap();
        let next = Period::Seconds(86_400).after(from, 1).unwrap();
        minted_by(&design, 0, next).get() - minted_by(&design, 0, from).get()
    };
    // 540 Gwei an epoch for each of 14 million increments: "approximately 1,700 ETH/day".
    assert_eq!(day("2023-01-01"), 225 * 540 * 14_000_000 * 10_u128.pow(9));
    // 357 for each of 32 million.
    assert_eq!(day("2025-01-01"), 225 * 357 * 32_000_000 * 10_u128.pow(9));
    let rows = rows(&design);
    let after = |weeks: usize| {
        let row = &rows[weeks];
        row.totals.burned.get() as f64 / row.totals.emitted.get() as f64
    };
    // What 16 gwei burn offsets it; with more at stake it doesn't any more.
    assert!((1.0..1.03).contains(&after(52)), "{}", after(52));
    assert!(after(260) < 0.8, "{}", after(260));
}

#[test]
fn filecoin_mints_by_the_time_and_by_what_its_power_comes_to() {
    let design = real_design("filecoin.toml", Overrides::default());
    let [simple, _] = design.emissions.as_slice() else {
        panic!("two emissions");
    };
    let days = |n| Period::Seconds(86_400).after(simple.start, n).unwrap();
    let fil = 10_u128.pow(18);
    assert_eq!(
        simple.emitted_at(days(2_190)),
        Some(Amount::new(165_000_000 * fil))
    );
    // In years of 365 days after the start and multiples of the first epoch's baseline, which is 2^t
    // and adds up to (2^t - 1) / ln 2.
    let added_up = |t: f64| (t.exp2() - 1.0) / std::f64::consts::LN_2;
    let (crossing, half) = (
        220.0 + 7.0 / 24.0,
        2_194_829_278_399_011_328.0 / 2.888_888_88e18,
    );
    let crossing = crossing / 365.0;
    let overtakes = (11_529_215_046_068_469_760_f64 / 2.888_888_88e18).log2();
    for (date, day) in [
        ("2021-01-01", 129),
        ("2022-05-01", 614),
        ("2024-08-24", 1_460),
    ] {
        // parse_date is at midnight, the start two hours before it.
        let t = (f64::from(day) + 2.0 / 24.0) / 365.0;
        let on_baseline = added_up(t.clamp(crossing, overtakes)) - added_up(crossing);
        let above = overtakes.exp2() * (t - overtakes).max(0.0);
        let realized = half * t.min(crossing) + on_baseline + above;
        let effective = (1.0 + std::f64::consts::LN_2 * realized).log2();
        let minted = 770e6 * (1.0 - (-effective / 6.0).exp2());
        let at = tokenomics_simulation::calendar::parse_date(date).unwrap();
        let got = minted_by(&design, 1, at).get() as f64 / fil as f64;
        assert!((got / minted - 1.0).abs() < 1e-5, "{date}: {got} {minted}");
    }
}

#[test]
fn monero_comes_to_its_tail_when_and_with_what_the_chain_did() {
    let design = real_design("monero.toml", Overrides::default());
    let [emission] = design.emissions.as_slice() else {
        panic!("one emission");
    };
    let day = |at: Timestamp| {
        let next = Period::Seconds(86_400).after(at, 1).unwrap();
        emission.emitted_at(next).unwrap().get() - emission.emitted_at(at).unwrap().get()
    };
    let tail = 300_000_000_000 * 1_440;
    let at = |date| tokenomics_simulation::calendar::parse_date(date).unwrap();
    // Block 2,641,623, of 2022-06-09, with 18.13 million in existence.
    assert!(day(at("2022-04-01")) > tail);
    assert_eq!(day(at("2022-06-09")), tail);
    let million = 10_u128.pow(18);
    let there_was = emission.emitted_at(at("2022-06-09")).unwrap().get();
    assert!(
        (18_110_000 * million / 1_000_000..18_160_000 * million / 1_000_000).contains(&there_was),
        "{there_was}"
    );
    // The first minute brings 2^-20 of 2^64 - 1.
    let first = Period::Seconds(60).after(emission.start, 1).unwrap();
    assert_eq!(
        emission.emitted_at(first),
        Some(Amount::new(17_592_186_044_415))
    );
}

#[test]
fn the_starter_of_the_documentation_is_the_one_that_new_writes() {
    let path = repository().join("docs/designs/starter.toml");
    assert_eq!(read(&path), starter("Starter"));
}

#[test]
fn every_design_of_the_documentation_runs_and_conserves() {
    let folder = repository().join("docs/designs");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let design = real_design(&name, Overrides::default());
        let mut engine = Engine::new(&design).unwrap();
        engine.advance(design.window.start).unwrap();
        engine.advance(design.window.end).unwrap();
        let token = engine.accounts().token;
        engine.settle().unwrap();
        let minted = engine.row().unwrap().minted;
        let emissions = design.emissions.iter().zip(minted);
        let endless = emissions.filter(|(emission, _)| emission.max.is_none());
        let all = endless.fold(design.all.get(), |sum, (_, minted)| sum + minted.get());
        assert_eq!(engine.ledger().supply(token).get(), all, "{name}");
        engine.ledger().audit().unwrap();
        seen += 1;
    }
    assert!(seen >= 4);
}

#[test]
fn the_unlock_calendar_shows_every_kind_of_schedule() {
    let path = repository().join("docs/designs/schedules.toml");
    let text = read(&path);
    for kind in [
        "cliff",
        "linear",
        "lump-linear",
        "power",
        "exponential",
        "step",
        "calendar",
        "tranches",
        "graded",
        "piecewise",
        "sum",
        "min",
        "shift",
        "scale",
        "truncate",
    ] {
        assert!(text.contains(&format!("kind = \"{kind}\"")), "{kind}");
    }
    let design = real_design("schedules.toml", Overrides::default());
    let run = run(&design).unwrap();
    let mut page = Vec::new();
    write_report(&run, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    let (_, unlocks) = page.split_once("<h3>Allocations</h3>").unwrap();
    let (unlocks, _) = unlocks.split_once("</table>").unwrap();
    // First unlock, half and all.
    for (name, dates) in [
        ("Liquidity", ["2027-01-01", "2027-01-01", "2027-01-01"]),
        ("Airdrop", ["2027-01-01", "2027-02-16", "2028-01-01"]),
        ("Strategic sale", ["2027-07-01", "2027-07-01", "2027-07-01"]),
        ("Seed sale", ["2028-01-01", "2028-11-20", "2030-01-01"]),
        ("Series A", ["2027-10-01", "2028-07-02", "2030-01-01"]),
        ("Founders", ["2028-01-01", "2029-10-30", "2031-01-01"]),
        ("Employees", ["2028-01-01", "2028-12-31", "2030-12-31"]),
        ("Later hires", ["2028-04-01", "2028-09-30", "2029-06-30"]),
        ("Leavers", ["2027-01-01", "2027-07-02", "2028-01-01"]),
        ("Advisors", ["2028-01-01", "2030-01-01", "2031-01-01"]),
        ("Contractors", ["2027-07-01", "2027-07-02", "2028-07-01"]),
        ("Grants", ["2027-03-01", "2027-09-01", "2028-09-01"]),
        ("Rewards", ["2027-01-01", "2028-08-20", "2032-01-01"]),
        ("Treasury", ["2027-01-01", "2029-07-02", "2032-01-01"]),
    ] {
        let row = unlocks
            .split("<tr>")
            .find(|row| row.contains(&format!(">{name}")));
        let row = row.unwrap_or_else(|| panic!("no row of {name}"));
        let cells: Vec<&str> = row.split("<td class=\"n\">").skip(1).collect();
        let found: Vec<&str> = cells
            .iter()
            .rev()
            .take(3)
            .rev()
            .map(|cell| &cell[..10])
            .collect();
        assert_eq!(found, dates, "{name}");
    }
}
