//! The supplies of chains, to their smallest unit where they are published as such.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{Design, Overrides, Period};

use super::common::{self, minted_by, rows};
use super::{read, real_design, repository};

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
