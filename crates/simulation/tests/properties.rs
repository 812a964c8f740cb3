//! The laws of the simulation, under their names.

#[allow(unreachable_pub)]
mod laws;

use laws::{Seen, Unit};
use proptest::collection::vec;
use proptest::prelude::*;

fn seeds() -> impl Strategy<Value = Vec<u64>> {
    vec(prop_oneof![any::<u64>(), 0..30_u64], 1..60)
}

/// What stands in tables, in the wrong places too.
fn table_cells() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "recipient",
        "Amount",
        "amount_micro",
        "share",
        "TGE %",
        "Cliff",
        "vesting (days)",
        "start",
        "End",
        "date",
        "kind",
        "step_seconds",
        "steps",
        "protocol",
        "Jan-27",
        "2027-02",
        "Total",
        "Team",
        "linear",
        "CLIFF",
        "step",
        "monthly",
        "0",
        "1",
        "12",
        "5%",
        "100%",
        "0.5",
        "1,5",
        "12.500",
        "1.000.000",
        "2027-01-01",
        "46023",
        "03/04/2027",
        "Feb 2028",
        "1767225600000",
        "12 months",
        "1y",
        "none",
        "",
        "# note",
        "\"",
        "sep=;",
        "9999-12-31",
        "999999",
        "340282366920938463463374607431768211455",
        "0.000000000000000000000000000000000001",
        "4294967295",
        "-1",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => "\\PC{0,9}"]
}

proptest! {
    #[test]
    fn every_unit_once(seed in seeds()) {
        laws::every_unit_once(&seed);
    }

    #[test]
    fn breakdown_sums(seed in vec(any::<u64>(), 4..90)) {
        laws::breakdown_sums(&seed);
    }

    #[test]
    fn ladder_conserves(seed in vec(any::<u64>(), 4..50)) {
        laws::ladder_conserves(&seed);
    }

    #[test]
    fn step_independent(seed in seeds()) {
        laws::step_independent(&seed);
    }

    #[test]
    fn step_independent_to_every_second(seed in vec(0..10_000_u64, 20..90)) {
        laws::agrees_with_every_instant(&seed, Unit::Second);
    }

    #[test]
    fn step_independent_to_every_day(seed in vec(0..10_000_u64, 20..90)) {
        laws::agrees_with_every_instant(&seed, Unit::Day);
    }

    #[test]
    fn revenue_takes_its_routes_every_second(seed in vec(0..10_000_u64, 40..160)) {
        laws::revenue_takes_its_routes(&seed, Unit::Second);
    }

    #[test]
    fn revenue_takes_its_routes_every_day(seed in vec(0..10_000_u64, 40..160)) {
        laws::revenue_takes_its_routes(&seed, Unit::Day);
    }

    #[test]
    fn ledger_conserves_tiny_amounts(
        openings in vec(0..=20_u128, 1..6),
        transfers in vec((0..6_u8, 0..6_u8, 0..=20_u128), 0..40),
    ) {
        laws::ledger_conserves(&openings, &transfers);
    }

    #[test]
    fn ledger_conserves_near_the_maximum(
        openings in vec(prop_oneof![Just(u128::MAX), u128::MAX - 20..=u128::MAX, 0..=20_u128], 1..6),
        transfers in vec((0..6_u8, 0..6_u8, prop_oneof![Just(u128::MAX), any::<u128>(), 0..=20_u128]), 0..40),
    ) {
        laws::ledger_conserves(&openings, &transfers);
    }

    #[test]
    fn imports_conserve_tiny_amounts(seed in vec(any::<u64>(), 1..24)) {
        laws::imports_conserve(&seed, 20);
    }

    #[test]
    fn imports_conserve(seed in vec(any::<u64>(), 1..24)) {
        laws::imports_conserve(&seed, 1 << 100);
    }

    #[test]
    fn hostile_table(cells in vec(table_cells(), 1..60), columns in 1..9_usize, mark in "[,;\t]") {
        let rows = cells.chunks(columns).map(|row| row.join(&mark));
        laws::hostile_table(rows.collect::<Vec<_>>().join("\n").as_bytes());
    }

    #[test]
    fn hostile_text(seed in seeds(), cut in any::<prop::sample::Index>(), junk in "\\PC{0,12}") {
        let text = laws::design_text(&seed);
        let at = cut.index(text.len());
        let mixed = format!("{}{junk}{}", &text[..at], &text[at..]);
        laws::hostile_text(&mixed);
        laws::hostile_text(&junk);
    }
}

/// The designs that the laws are tried on must be sound ones, or nothing is tested.
#[test]
fn most_designs_that_the_laws_draw_run() {
    let mut ran = 0;
    for seed in 0..200_u64 {
        let numbers: Vec<_> = (0..60)
            .map(|i| (seed + 1) * 0x9E37_79B9 * (i + 3) % 1_000_003)
            .collect();
        ran += usize::from(laws::every_unit_once(&numbers));
    }
    assert!(ran > 120, "only {ran} of 200 designs ran");
}

/// Numbers without a pattern that a design could follow: SplitMix64's.
fn scattered(index: u64) -> u64 {
    let mut z = index.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Of the designs that are walked, a fair share has all that makes a settlement hard.
#[test]
fn what_is_walked_binds_and_recovers_and_is_taken_together() {
    for unit in [Unit::Second, Unit::Day] {
        let all: Vec<Seen> = (0..120_u64)
            .map(|seed| {
                let numbers: Vec<_> = (0..90).map(|i| scattered(90 * seed + i)).collect();
                laws::agrees_with_every_instant(&numbers, unit)
            })
            .collect();
        let count = |of: fn(&Seen) -> bool| all.iter().filter(|seen| of(seen)).count();
        let counts = [
            count(|seen| seen.walked),
            count(|seen| seen.binds_again),
            count(|seen| seen.lockers_come),
            count(|seen| seen.lockers_go),
            count(|seen| seen.together),
            count(|seen| seen.marks_between),
            count(|seen| seen.kinds),
            count(|seen| seen.directed),
        ];
        println!("{unit:?} {counts:?}");
        for (count, least) in counts.into_iter().zip([118, 12, 28, 13, 48, 5, 8, 15]) {
            assert!(count >= least, "{unit:?}: {counts:?} of 120");
        }
    }
}

/// Of the designs whose revenue is walked, a fair share has each kind of route at work.
#[test]
fn revenue_that_is_walked_takes_routes_of_every_kind() {
    for unit in [Unit::Second, Unit::Day] {
        let all: Vec<Seen> = (0..120_u64)
            .map(|seed| {
                let numbers: Vec<_> = (0..160).map(|i| scattered(160 * seed + i)).collect();
                laws::revenue_takes_its_routes(&numbers, unit)
            })
            .collect();
        let walked = all.iter().filter(|seen| seen.walked).count();
        let of = |place: usize| all.iter().filter(|seen| seen.revenue[place]).count();
        let counts: Vec<usize> = (0..10).map(of).collect();
        println!("{unit:?} {walked} {counts:?}");
        assert!(walked >= 80, "{unit:?}: {walked} of 120");
        assert!(
            counts.iter().all(|count| *count >= 4),
            "{unit:?}: {counts:?}"
        );
    }
}
