//! The laws of delegation and gauges, driven with the smallest and the largest amounts and times.
#![cfg(feature = "alloc")]

#[path = "laws/delegation.rs"]
mod laws;
#[path = "laws/named.rs"]
mod named;
#[path = "laws/spread.rs"]
mod spread;
mod strategies;

use proptest::prelude::*;
use strategies::{call, calls, reads, time};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn delegation_conserves(calls in calls(0..40), reads in reads()) {
        laws::delegation_conserves(5, &calls, &reads);
    }

    #[test]
    fn delegation_expires(call in call(), expires in time()) {
        laws::delegation_expires(call, expires);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn delegation_conserves_over_thousands_of_calls(
        few in calls(2_000..2_001),
        many in calls(2_000..2_001),
        reads in reads(),
    ) {
        laws::delegation_conserves(5, &few, &reads);
        laws::delegation_conserves(200, &many, &reads);
    }
}
