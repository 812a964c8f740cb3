//! The laws of soft liquidation, over tiny, huge and boundary inputs.

mod laws;

use laws::{BandCall, BandShape, PriceShape};
use proptest::collection::vec;
use proptest::prelude::*;

/// A few units, anything, and what is next to the limits of a band; the laws shift it by 24 bits.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        4 => (0..=20_u128).prop_map(|units| units << 24),
        3 => any::<u64>().prop_map(|amount| u128::from(amount) << 24),
        1 => any::<u128>(),
        1 => (0..=2_u128).prop_map(|below| u128::MAX - (below << 24)),
    ]
}

fn shape() -> impl Strategy<Value = BandShape> {
    let amplification = prop_oneof![0..=2_u16, Just(98), Just(998), Just(9_998), any::<u16>()];
    let exponent = prop_oneof![Just(40), Just(0), Just(80), any::<u8>()];
    let fee = prop_oneof![3 => Just(0), 1 => Just(6_000_000_000_000_000), 1 => any::<u64>()];
    (amplification, exponent, fee).prop_map(|(amplification, exponent, fee)| BandShape {
        amplification,
        exponent,
        fee,
    })
}

fn price() -> impl Strategy<Value = PriceShape> {
    let within = prop_oneof![Just(0), Just(1), Just(255), any::<u8>()];
    (0..20_u8, within).prop_map(|(band, within)| PriceShape { band, within })
}

fn calls() -> impl Strategy<Value = Vec<BandCall>> {
    let call = |amount: BoxedStrategy<u128>| {
        (any::<u8>(), any::<u8>(), amount, price()).prop_map(|(kind, who, amount, price)| {
            BandCall {
                kind,
                who,
                amount,
                price,
            }
        })
    };
    let tiny = (0..=20_u128).prop_map(|units| units << 24).boxed();
    prop_oneof![vec(call(amount().boxed()), 0..40), vec(call(tiny), 0..40)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn bands_conserve(shape in shape(), calls in calls()) {
        laws::bands_conserve(shape, &calls);
    }

    #[test]
    fn bands_pay_the_last(shape in shape(), calls in calls(), first: u8) {
        laws::bands_pay_the_last(shape, &calls, first);
    }

    #[test]
    fn band_trades_never_gain(
        shape in shape(),
        calls in calls(),
        at in price(),
        steps in vec(amount(), 1..8),
    ) {
        laws::band_trades_never_gain(shape, &calls, at, &steps);
    }

    #[test]
    fn band_splits_never_gain(
        shape in shape(),
        calls in calls(),
        band: u8,
        parts in (amount(), amount()),
    ) {
        laws::band_splits_never_gain(shape, &calls, band, parts.into());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn deposits_keep_their_worth(shape in shape(), calls in calls(), turns: u8) {
        laws::deposits_keep_their_worth(shape, &calls, turns);
    }

    #[test]
    fn price_in_band(shape in shape(), amount: u128, prices in vec(price(), 1..8)) {
        laws::price_in_band(shape, amount, &prices);
    }

    #[test]
    fn credit_of_bands(shape in shape(), amount: u128, steps in vec(price(), 1..8)) {
        laws::credit_of_bands(shape, amount, &steps);
    }
}
