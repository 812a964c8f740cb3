//! The laws of tallies, conviction and the landrush bonus, driven with the smallest and the largest
//! numbers.

#[path = "laws/votes.rs"]
mod laws;
#[path = "laws/spread.rs"]
mod spread;
mod strategies;

use proptest::prelude::*;
use strategies::{amount, time};

fn share() -> impl Strategy<Value = u64> {
    prop_oneof![
        Just(0),
        Just(500_000_000_000_000_000),
        Just(900_000_000_000_000_000),
        Just(u64::MAX),
        any::<u64>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn tally_is_exact(
        votes in prop::collection::vec((any::<u8>(), amount()), 0..20),
        share in share(),
        total in amount(),
    ) {
        laws::tally_is_exact(&votes, share, total);
    }

    #[test]
    fn conviction_bounded(
        alpha in share(),
        staked in amount(),
        start in amount(),
        times in [time(), time()],
    ) {
        laws::conviction_bounded(alpha, staked, start, times);
    }

    #[test]
    fn landrush_multiplies(
        before in time(),
        now in time(),
        bonus: u16,
        multiplier: u64,
        time in time(),
    ) {
        for now in [now, before, before.saturating_sub(1)] {
            laws::landrush_multiplies(before, now, bonus, multiplier, time);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn conviction_by_steps(alpha in share(), staked: u128, start in amount(), steps: u8) {
        laws::conviction_by_steps(alpha, staked, start << 10, steps);
    }
}
