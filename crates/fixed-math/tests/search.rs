//! The bisection, beside walking through all times.

use std::cell::Cell;

use tokenomics_fixed_math::{earliest, Timestamp};

#[test]
fn the_first_time_is_the_one_that_walking_finds() {
    for low in 0..12 {
        for high in low..12 {
            for first in 0..=high {
                let at = Timestamp::new;
                let found = earliest(at(low), at(high), |time| time >= at(first));
                assert_eq!(found, at(first.max(low)), "{first} in {low}..={high}");
            }
        }
    }
}

#[test]
fn the_whole_clock_takes_at_most_65_questions() {
    for first in [0, 1, 2, 1 << 63, (1 << 63) + 1, u64::MAX - 1, u64::MAX] {
        let asked = Cell::new(0);
        let found = earliest(Timestamp::ZERO, Timestamp::MAX, |time| {
            asked.set(asked.get() + 1);
            time >= Timestamp::new(first)
        });
        assert_eq!(found, Timestamp::new(first));
        assert!(asked.get() <= 65, "{asked:?} for {first}");
    }
}
