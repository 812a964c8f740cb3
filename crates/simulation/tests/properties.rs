//! The laws of the simulation, under their names.

#[allow(unreachable_pub)]
mod laws;

use proptest::collection::vec;
use proptest::prelude::*;

fn seeds() -> impl Strategy<Value = Vec<u64>> {
    vec(prop_oneof![any::<u64>(), 0..30_u64], 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_unit_once(seed in seeds()) {
        laws::every_unit_once(&seed);
    }

    #[test]
    fn step_independent(seed in seeds()) {
        laws::step_independent(&seed);
    }

    #[test]
    fn step_independent_to_every_second(seed in vec(0..10_000_u64, 20..60)) {
        laws::agrees_with_every_second(&seed);
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
    let walked = (0..100_u64).filter(|seed| {
        let numbers: Vec<_> = (0..60)
            .map(|i| (seed + 3) * 7_919 * (i + 5) % 9_973)
            .collect();
        laws::agrees_with_every_second(&numbers)
    });
    let walked = walked.count();
    assert!(walked > 60, "only {walked} of 100 designs were walked");
}
