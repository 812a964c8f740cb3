//! The laws of the boost, driven with the smallest and the largest numbers.

#[path = "laws/boost.rs"]
mod laws;
#[path = "laws/spread.rs"]
mod spread;
mod strategies;

use proptest::prelude::*;
use strategies::amount;

fn base() -> impl Strategy<Value = u64> {
    prop_oneof![
        Just(0),
        Just(400_000_000_000_000_000),
        Just(u64::MAX),
        any::<u64>()
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn boost_bounded(
        base in base(),
        liquidity in [amount(), amount()],
        weight in [(amount(), amount()), (amount(), amount()), (amount(), amount())],
    ) {
        laws::boost_bounded(base, liquidity, weight);
    }

    #[test]
    fn no_gain_by_splitting(
        base in base(),
        liquidity in (amount(), amount(), amount()),
        weight in (amount(), amount(), amount()),
    ) {
        laws::no_gain_by_splitting(base, liquidity, weight);
    }
}
