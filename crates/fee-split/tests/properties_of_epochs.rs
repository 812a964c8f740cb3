//! The laws of epochs, driven with the smallest and the largest amounts, times and weights.

#[path = "laws/epochs.rs"]
mod laws;

use laws::{EpochCall, EpochShape, LineDraw};
use proptest::prelude::*;

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        20 => 0..=20_u128,
        2 => any::<u64>().prop_map(u128::from),
        1 => any::<u128>(),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

/// Of the sizes that many of can be funded.
fn small() -> impl Strategy<Value = u128> {
    prop_oneof![12 => 0..=20_u128, 1 => any::<u64>().prop_map(u128::from)]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0..=60_u64, 2 => any::<u64>(), 1 => u64::MAX - 60..=u64::MAX]
}

fn shape() -> impl Strategy<Value = EpochShape> {
    let start = prop_oneof![6 => 0..=20_u64, 1 => any::<u64>(), 1 => u64::MAX - 200..=u64::MAX];
    let length = prop_oneof![8 => 1..=10_u64, 1 => any::<u64>()];
    let within = prop_oneof![2 => Just(0), 4 => 1..=40_u64, 1 => any::<u64>()];
    let both = (start, length, within, any::<bool>(), any::<bool>());
    both.prop_map(|(start, length, within, reads_last, carries)| EpochShape {
        start,
        length,
        within,
        reads_last,
        carries,
    })
}

fn calls(
    count: core::ops::Range<usize>,
    amount: impl Strategy<Value = u128>,
) -> impl Strategy<Value = Vec<EpochCall>> {
    let gap = prop_oneof![10 => Just(0), 20 => 0..=6_u64, 2 => 0..=60_u64, 1 => 0..=u64::MAX / 64];
    let call = (any::<u8>(), any::<u8>(), gap, amount, any::<u8>());
    let call = call.prop_map(|(what, who, gap, amount, limit)| EpochCall {
        what,
        who,
        gap,
        amount,
        limit,
    });
    prop::collection::vec(call, count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn epochs_conserve(shape in shape(), capacity: u8, calls in calls(0..60, amount())) {
        laws::epochs_conserve(shape, capacity, &calls);
    }

    #[test]
    fn epochs_claim_pattern(shape in shape(), calls in calls(0..40, amount())) {
        laws::epochs_claim_pattern(shape, &calls);
    }

    #[test]
    fn epochs_advance(shape in shape(), calls in calls(0..60, small()), limit in 0..=8_u8) {
        laws::epochs_advance(shape, &calls, limit);
    }

    #[test]
    fn closed_epochs(shape in shape(), epoch in time(), at in time()) {
        laws::closed_epochs(shape, epoch, at);
    }

    #[test]
    fn epochs_bounded(
        shape in shape(),
        pots in prop::collection::vec(amount(), 0..6),
        told in prop::collection::vec((0..2_u128, amount(), amount()), 0..8),
    ) {
        laws::epochs_bounded(shape, &pots, &told);
    }
}

fn line() -> impl Strategy<Value = LineDraw> {
    let since = prop_oneof![2 => Just(0), 4 => 0..=60_u64, 1 => any::<u64>()];
    let length = prop_oneof![6 => 0..=200_u64, 1 => any::<u64>()];
    let line = (any::<u8>(), amount(), since, length, any::<bool>());
    line.prop_map(|(kind, amount, since, length, is_fine)| LineDraw {
        kind,
        amount,
        since,
        length,
        is_fine,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn linear_epochs(
        shape in shape(),
        lines in prop::array::uniform4(line()),
        pots in prop::collection::vec((0..=20_u64, amount(), any::<u8>()), 0..24),
    ) {
        laws::linear_epochs(shape, lines, &pots);
    }

    #[test]
    fn linear_epochs_bounded(
        shape in shape(),
        pots in prop::collection::vec(amount(), 0..6),
        told in prop::collection::vec((amount(), line()), 0..8),
    ) {
        laws::linear_epochs_bounded(shape, &pots, &told);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn epochs_conserve_over_thousands_of_calls(
        shape in shape(),
        calls in calls(2_000..2_001, small()),
    ) {
        let length = shape.length % 16 + 1;
        laws::epochs_conserve(EpochShape { length, ..shape }, 8, &calls);
    }
}
