//! The laws of grants, driven with the smallest and the largest amounts and times, and for every small
//! grant there is.

mod draw;
mod laws;

use draw::{amount, call, calls, claims, prices, report, shape, time};
use laws::{Call, Combination, Kind, Shape, What};
use proptest::prelude::*;
use proptest::sample::select;
use tokenomics_fixed_math::Fraction;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn conservation(shape in shape(), total in amount(), calls in calls()) {
        laws::conservation(shape, total, &calls);
    }

    #[test]
    fn claim_pattern(shape in shape(), total in amount(), calls in calls(), end in time()) {
        laws::claim_pattern(shape, total, &calls, end);
    }

    #[test]
    fn vested_is_kept(shape in shape(), total in amount(), calls in calls()) {
        laws::vested_is_kept(shape, total, &calls);
    }

    #[test]
    fn transitions_are_their_formulas(
        shape in shape(),
        total in amount(),
        calls in calls(),
        call in call(),
    ) {
        laws::transitions_are_their_formulas(shape, total, &calls, call);
    }

    #[test]
    fn a_pause_shifts(
        shape in shape(),
        total in amount(),
        calls in calls(),
        times in [time(), time(), time()],
    ) {
        laws::a_pause_shifts(shape, total, &calls, times);
    }

    #[test]
    fn split_loses_nothing(
        shape in shape(),
        total in amount(),
        calls in calls(),
        numbers in [amount(), amount()],
        time in time(),
    ) {
        laws::split_loses_nothing(shape, total, &calls, numbers, time);
    }

    #[test]
    fn merge_undoes_split(
        shape in shape(),
        total in amount(),
        calls in calls(),
        numbers in [amount(), amount()],
    ) {
        laws::merge_undoes_split(shape, total, &calls, numbers);
    }

    #[test]
    fn merge_keeps_pace(
        shape in shape(),
        total in amount(),
        calls in (calls(), prop_oneof![claims(), calls()], prop_oneof![claims(), calls()]),
        numbers in [amount(), amount()],
        time in time(),
    ) {
        let calls = [&calls.0[..], &calls.1, &calls.2];
        laws::merge_keeps_pace(shape, total, calls, numbers, time);
    }

    #[test]
    fn reached_stays_reached(
        needed in (0..9_u8, 0..9_u8),
        prices in prices(),
        reports in prop::collection::vec(report(), 0..12),
        total in amount(),
    ) {
        laws::reached_stays_reached(needed, prices, &reports, total);
    }

    #[test]
    fn a_gate_only_holds_back(
        shape in shape(),
        total in amount(),
        calls in calls(),
        limits in prop::collection::vec((time(), amount()), 0..8),
    ) {
        laws::a_gate_only_holds_back(shape, total, &calls, &limits);
    }

    #[test]
    fn a_holder_hastens_nothing(shape in shape(), total in amount(), calls in calls()) {
        laws::a_holder_hastens_nothing(shape, total, &calls);
    }
}

/// What a holder does with a few units over a few instants, for long.
fn by_a_holder() -> impl Strategy<Value = Vec<Call>> {
    let what = select(
        &[
            What::Split,
            What::Split,
            What::Merge,
            What::Claim,
            What::Transfer,
        ][..],
    );
    let call = (what, 0..30_u64, 6..9_u8, 0..=20_u128);
    let call = call.prop_map(|(what, time, moment, amount)| Call {
        what,
        time,
        moment,
        amount,
    });
    prop::collection::vec(call, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_holder_hastens_nothing_of_a_few_units(
        total in 0..=20_u128,
        length in 1..30_u64,
        mut calls in by_a_holder(),
    ) {
        let shape = Shape {
            kind: Kind::Linear,
            combination: Combination::Alone,
            start: 0,
            length,
            detail: 0,
            lump: 0,
        };
        calls.sort_by_key(|call| call.time);
        laws::a_holder_hastens_nothing(shape, total, &calls);
    }
}

/// Every amount that a grant of 0 to 12 units can be split at, at every time of it, whatever was
/// claimed, slashed and accelerated by then, and every amount that the parts can be split at.
#[test]
fn every_small_grant_is_split_and_merged_without_a_loss() {
    let call = |what, moment, amount| Call {
        what,
        time: 5,
        moment,
        amount,
    };
    let half = u128::from(Fraction::SCALE) / 2;
    let third = u128::from(Fraction::SCALE) / 3;
    for total in 0..=12_u128 {
        for (moment, number) in (5..15).flat_map(|moment| (0..=total).map(move |n| (moment, n))) {
            let histories = [
                vec![call(What::ClaimUpTo, moment, number)],
                vec![
                    call(What::SlashUnvested, moment, number),
                    call(What::Claim, moment, 0),
                ],
                vec![
                    call(What::Accelerate, moment, half),
                    call(What::SlashVested, moment, number),
                ],
                vec![
                    call(What::SlashUnvested, moment, number),
                    call(What::Accelerate, moment + 1, third),
                    call(What::Claim, moment + 1, 0),
                    call(What::RevokeAt, moment + 1, 0),
                ],
            ];
            for (calls, amount) in histories
                .iter()
                .flat_map(|calls| (0..=total).map(move |amount| (calls, amount)))
            {
                let shape = Shape {
                    kind: Kind::Linear,
                    combination: Combination::Alone,
                    start: 2,
                    length: 11,
                    detail: 0,
                    lump: 0,
                };
                for second in [1, amount / 2, total / 3] {
                    let numbers = [amount, second];
                    laws::split_loses_nothing(shape, total, calls, numbers, 7);
                    laws::merge_undoes_split(shape, total, calls, numbers);
                }
            }
        }
    }
}

/// Two parts of every small grant, of which one loses any amount at any time, what has vested too, and
/// is split again: they are merged in step or not at all.
#[test]
fn every_small_part_that_was_slashed_is_merged_in_step_or_not_at_all() {
    let shape = Shape {
        kind: Kind::Linear,
        combination: Combination::Alone,
        start: 2,
        length: 11,
        detail: 0,
        lump: 0,
    };
    let call = |what, moment, amount| Call {
        what,
        time: 5,
        moment,
        amount,
    };
    for total in 2..=16_u128 {
        let first = total / 2;
        for moment in 5..15 {
            for (amount, part) in (1..=first).flat_map(|a| (1..=first).map(move |p| (a, p))) {
                let slash = call(What::SlashVested, moment, amount);
                let split = call(What::Split, moment, part);
                for calls in [&[slash][..], &[slash, split]] {
                    let numbers = [first, total - first];
                    laws::merge_keeps_pace(shape, total, [&[], calls, &[]], numbers, 7);
                }
            }
        }
    }
}
