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

    #[test]
    fn conviction_kept(
        alpha in share(),
        stakes in prop::collection::vec((amount(), any::<u8>()), 0..40),
    ) {
        laws::conviction_kept(alpha, &stakes);
    }
}

/// What is lost doesn't grow with the number of changes, not even where conviction hardly decays.
#[test]
fn conviction_kept_over_thousands_of_changes() {
    for alpha in [
        1,
        899_999_999_999_999_999,
        999_999_999_000_000_000,
        u64::MAX,
    ] {
        // The law takes 70 bits away.
        for staked in [1 << 70, 20 << 70, u128::MAX] {
            let change = |number: u8| (staked * u128::from(number % 2), 1 + number % 3);
            let stakes: Vec<_> = (0..250).cycle().take(5_000).map(change).collect();
            laws::conviction_kept(alpha, &stakes);
        }
    }
}
