//! The laws of gauges, driven with the smallest and the largest amounts and times.
#![cfg(feature = "alloc")]

#[path = "laws/gauges.rs"]
mod laws;
#[path = "laws/named.rs"]
mod named;
#[path = "laws/spread.rs"]
mod spread;
mod strategies;

use proptest::prelude::*;
use strategies::{amount, calls, reads};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn gauges_conserve(calls in calls(0..40), reads in reads()) {
        laws::gauges_conserve(&calls, &reads);
    }

    #[test]
    fn gauges_sum_to_one(weights in prop::collection::vec((amount(), amount()), 0..=8)) {
        laws::gauges_sum_to_one(&weights);
    }

    #[test]
    fn removing_a_gauge_conserves(calls in calls(0..30), gauge in 0..5_u8, gap: u64) {
        laws::removing_a_gauge_conserves(&calls, gauge, gap);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn gauges_conserve_over_thousands_of_calls(calls in calls(2_000..2_001), reads in reads()) {
        laws::gauges_conserve(&calls, &reads);
    }
}
