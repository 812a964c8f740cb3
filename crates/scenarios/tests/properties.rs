//! The laws, with drawn and boundary values.

mod laws;

use laws::Numbers;
use proptest::collection::vec;
use proptest::prelude::*;

fn numbers() -> impl Strategy<Value = Numbers> {
    let small = prop_oneof![0_u16..20, 0_u16..2_000];
    let haircuts = (0_u8..=100, any::<u8>());
    let market = (small.clone(), any::<u8>());
    let late = prop_oneof![Just(0), Just(1), 0_u8..200];
    let recovers = prop_oneof![Just(0), 0_u16..3_000];
    (small, haircuts, any::<(u8, u8)>(), market, (late, recovers))
}

/// Prices that wander, or jump, or are the same.
fn rows() -> impl Strategy<Value = Vec<(u8, u16)>> {
    let price = prop_oneof![Just(0_u16), 1_u16..10, 80_u16..120, 1_u16..2_000];
    let falls = vec((0_u8..120, 70_u16..103), 1..40).prop_map(|steps| {
        let fallen = steps.iter().scan(1_000_u32, |price, (gap, percent)| {
            *price = *price * u32::from(*percent) / 100;
            Some((*gap, *price as u16))
        });
        fallen.collect()
    });
    prop_oneof![vec((any::<u8>(), price), 1..40), falls]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn backtest_conserves(rows in rows(), numbers in numbers()) {
        laws::backtest_conserves(&rows, numbers);
    }

    #[test]
    fn backtest_is_replayed(rows in rows(), numbers in numbers()) {
        laws::backtest_is_replayed(&rows, numbers);
    }

    #[test]
    fn backtest_sees_no_future(rows in rows(), cut in 1_u8..40) {
        laws::backtest_sees_no_future(&rows, cut);
    }

    #[test]
    fn hostile_prices(
        text in prop_oneof![
            any::<String>(),
            "(time|date|close)[,;\t](close|price|a/b|\"x)?(\n[0-9.eE+-]{0,12}[,;\t][-+0-9.eENna]{0,8}){0,12}",
            "[0-9]{1,11}(,[0-9]{1,4}\n[0-9]{1,11}){0,6}",
        ],
        column in "(a/b|close|[a-z/]{0,5})",
    ) {
        laws::hostile_prices(&text, &column);
    }
}
