//! Every law, driven with the smallest and the largest amounts and times, and for every small
//! schedule there is.

mod laws;

use laws::{Call, Change, Combination, Kind, Prices, Report, Shape, ToDo, What};
use proptest::prelude::*;
use proptest::sample::select;
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};
use tokenomics_vesting::{
    Allocation, AnySchedule, Cliff, Gate, Linear, LumpLinear, Schedule, Step, StepParams,
};
#[cfg(feature = "alloc")]
use tokenomics_vesting::{Graded, Piecewise, Tranches};

/// A few units, anything, or a few units from the largest.
fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![0..=20_u128, any::<u128>(), u128::MAX - 20..=u128::MAX]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![0..=60_u64, any::<u64>(), u64::MAX - 60..=u64::MAX]
}

fn shape() -> impl Strategy<Value = Shape> {
    let kinds = (select(Kind::ALL), select(Combination::ALL));
    (kinds, time(), time(), time(), amount()).prop_map(
        |((kind, combination), start, length, detail, lump)| Shape {
            kind,
            combination,
            start,
            length,
            detail,
            lump,
        },
    )
}

fn call() -> impl Strategy<Value = Call> {
    (select(What::ALL), time(), any::<u8>(), amount()).prop_map(|(what, time, moment, amount)| {
        Call {
            what,
            time,
            moment,
            amount,
        }
    })
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    prop::collection::vec(call(), 0..12)
}

/// What leaves two parts alike.
fn claims() -> impl Strategy<Value = Vec<Call>> {
    let what = prop_oneof![
        8 => select(&[What::Claim, What::ClaimUpTo, What::Split][..]),
        1 => select(What::ALL),
    ];
    let call = (what, call()).prop_map(|(what, call)| Call { what, ..call });
    prop::collection::vec(call, 0..3)
}

fn report() -> impl Strategy<Value = Report> {
    (any::<u8>(), time(), amount()).prop_map(|(milestone, time, price)| Report {
        milestone,
        time,
        price,
    })
}

fn change() -> impl Strategy<Value = Change> {
    let what = prop_oneof![
        2 => Just(ToDo::Add),
        1 => Just(ToDo::Remove),
        1 => Just(ToDo::Replace),
    ];
    (what, any::<u8>(), shape(), amount()).prop_map(|(what, which, shape, total)| Change {
        what,
        which,
        shape,
        total,
    })
}

/// Levels among the prices that calls bring, and ages and windows of a few instants.
fn prices() -> impl Strategy<Value = Prices> {
    let part = || 0..=Fraction::SCALE;
    let levels = (time(), part(), time(), part(), time(), part());
    let levels = levels.prop_map(|(a, x, b, y, c, z)| [(a, x), (b, y), (c, z)]);
    let expiry = prop::option::of((time(), part()));
    (levels, time(), 0..16_u64, part(), expiry)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn monotone(shape in shape(), total in amount(), time in time()) {
        laws::monotone(shape, total, time);
    }

    #[test]
    fn prepared_is_the_same(start in time(), length in time(), total in amount(), time in time()) {
        laws::prepared_is_the_same(start, length, total, time);
    }

    #[test]
    fn complete(shape in shape(), total in amount(), time in time()) {
        laws::complete(shape, total, time);
    }

    #[test]
    fn non_expansive(shape in shape(), total in amount(), other in amount(), time in time()) {
        laws::non_expansive(shape, total, other, time);
    }

    #[test]
    fn non_expansive_by_one_unit(shape in shape(), total in amount(), time in time()) {
        laws::non_expansive(shape, total, total.saturating_sub(1), time);
    }

    #[test]
    fn inverse_is_tight(shape in shape(), total in amount(), x in amount()) {
        laws::inverse_is_tight(shape, total, x);
    }

    #[test]
    fn next_unlock_is_the_next(shape in shape(), total in amount(), time in time()) {
        laws::next_unlock_is_the_next(shape, total, time);
    }

    #[test]
    fn additive(shape in shape(), total in amount(), times in [time(), time(), time()]) {
        laws::additive(shape, total, times);
    }

    #[test]
    fn pointwise(shape in shape(), total in amount(), time in time()) {
        laws::pointwise(shape, total, time);
    }

    #[test]
    fn sum_of_parts(total in amount(), count in any::<u16>(), amount in amount()) {
        laws::sum_of_parts(total, count, amount);
    }

    #[test]
    fn sum_of_shares(total in amount(), weights in any::<[u16; 5]>()) {
        laws::sum_of_shares(total, weights);
        laws::sum_of_shares(total, weights.map(|weight| weight % 3));
    }

    #[test]
    fn through_the_points(
        points in prop::array::uniform5((time(), amount())),
        total in amount(),
        time in time(),
    ) {
        laws::through_the_points(points, total, time);
    }

    #[test]
    fn on_the_day(
        start in prop_oneof![time(), 0..253_402_300_800_u64],
        every in prop_oneof![0..=13_u16, any::<u16>()],
        day in any::<u8>(),
        count in prop_oneof![0..=60_u16, any::<u16>()],
        total in amount(),
    ) {
        laws::on_the_day(start, every, day, count, total);
    }

    #[test]
    fn the_curve_rounded_once(
        duration in time(),
        elapsed in any::<u64>(),
        total in amount(),
        lump in any::<u128>(),
    ) {
        laws::the_curve_rounded_once(duration, elapsed, total, lump);
    }

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
        calls in (calls(), claims(), claims()),
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
    fn pieces_sum_to_the_schedule(
        shape in shape(),
        total in amount(),
        calls in calls(),
        time in time(),
    ) {
        laws::pieces_sum_to_the_schedule(shape, total, &calls, time);
    }

    #[test]
    fn aggregate_brackets(
        changes in prop::collection::vec(change(), 0..12),
        time in time(),
    ) {
        laws::aggregate_brackets(&changes, time);
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

/// The shapes of some kinds with times below `times`, and lumps of 0..4.
fn small_shapes(
    kinds: impl Iterator<Item = (Kind, Combination)>,
    times: u64,
) -> impl Iterator<Item = Shape> {
    let numbers = kinds.flat_map(move |kinds| (0..times).map(move |start| (kinds, start)));
    numbers.flat_map(move |((kind, combination), start)| {
        (0..times).flat_map(move |length| {
            (0..times).flat_map(move |detail| {
                (0..4_u128).map(move |lump| Shape {
                    kind,
                    combination,
                    start,
                    length,
                    detail,
                    lump,
                })
            })
        })
    })
}

/// All kinds in a combination.
fn kinds(combination: Combination) -> impl Iterator<Item = (Kind, Combination)> {
    Kind::ALL.iter().map(move |&kind| (kind, combination))
}

/// All combinations of all kinds.
fn combinations() -> impl Iterator<Item = (Kind, Combination)> {
    Combination::ALL.iter().flat_map(|&one| kinds(one))
}

fn keeps_every_law(shape: Shape) {
    for total in 0..9 {
        for time in [3, 7, 40] {
            laws::monotone(shape, total, time);
            laws::complete(shape, total, time);
            laws::non_expansive(shape, total, 8, time);
            laws::next_unlock_is_the_next(shape, total, time);
            laws::inverse_is_tight(shape, total, u128::from(time));
            laws::pointwise(shape, total, time);
        }
    }
}

#[test]
fn every_small_schedule_keeps_every_law_at_every_time() {
    small_shapes(kinds(Combination::Alone), 6).for_each(keeps_every_law);
}

#[test]
fn every_small_combination_keeps_every_law_at_every_time() {
    let combined = combinations().filter(|(_, made)| *made != Combination::Alone);
    small_shapes(combined, 4).for_each(keeps_every_law);
}

#[test]
fn every_small_total_is_cut_as_the_rule_says() {
    for total in 0..40 {
        for count in 0..20 {
            laws::sum_of_parts(total, count, total / 2);
        }
    }
}

/// What stands behind one face answers as it does on its own.
#[test]
fn any_schedule_answers_as_the_one_it_holds() {
    fn same(schedule: impl Schedule + Into<AnySchedule> + Clone) {
        let any: AnySchedule = schedule.clone().into();
        assert_eq!(
            (any.total(), any.start(), any.end()),
            (schedule.total(), schedule.start(), schedule.end())
        );
        for time in (0..40).map(Timestamp::new) {
            assert_eq!(any.vested_at(time), schedule.vested_at(time), "{any:?}");
        }
        for amount in (0..20).map(Amount::new) {
            assert_eq!(any.time_of(amount), schedule.time_of(amount), "{any:?}");
        }
    }
    let (at, end, total) = (Timestamp::new(5), Timestamp::new(30), Amount::new(17));
    let linear = Linear::new(at, end, total).unwrap();
    let step = Step::new(StepParams {
        start: at,
        period: Span::new(4),
        count: 6,
        total,
        allocation: Allocation::FrontLoaded,
    })
    .unwrap();
    same(Cliff::new(at, total));
    same(linear);
    same(step);
    same(LumpLinear::new(at, end, Amount::new(3), total).unwrap());
    same(Gate::new(linear, Timestamp::new(12)));
    same(Gate::new(step, Timestamp::new(15)));
    #[cfg(feature = "alloc")]
    {
        let list = [(at, total), (end, Amount::new(0)), (end, Amount::new(2))];
        let tranches = Tranches::of_list(&list).unwrap();
        same(Piecewise::new(tranches.points().to_vec()).unwrap());
        same(tranches);
        let half = Fraction::from_percent(50).unwrap();
        same(Graded::of_list(total, &[(at, half), (end, half)]).unwrap());
    }
}

/// The instants at which a schedule says that its n-th unit vests are those at which its value
/// steps, found by asking every instant.
#[test]
fn unlocks_are_where_the_value_steps() {
    // A calendar's first unlock is a million instants away.
    let calendar = |kind: Kind| kind == Kind::Calendar || kind.next() == Kind::Calendar;
    let kinds = combinations().filter(|(kind, _)| !calendar(*kind));
    for shape in small_shapes(kinds, 5) {
        let schedule = laws::schedule(shape, 7);
        let last = schedule.end().get();
        let value = |time: u64| schedule.vested_at(Timestamp::new(time));
        let stepped: Vec<u64> = (1..=last).filter(|&t| value(t) > value(t - 1)).collect();
        let mut told = Vec::new();
        let mut next = schedule.next_unlock_after(Timestamp::ZERO);
        while let Some(time) = next {
            assert!(told.last() < Some(&time.get()), "{schedule:?} at {time}");
            told.push(time.get());
            next = schedule.next_unlock_after(time);
        }
        assert_eq!(told, stepped, "{schedule:?}");
    }
}

/// Totals whose sum is above the largest: the second is refused, and all that was added is taken out.
#[test]
fn an_aggregate_refuses_what_it_cannot_sum() {
    let add = |kind, combination, total| Change {
        what: ToDo::Add,
        which: 0,
        shape: Shape {
            kind,
            combination,
            start: 0,
            length: 0,
            detail: 0,
            lump: 0,
        },
        total,
    };
    let large = add(Kind::Cliff, Combination::Alone, u128::MAX - 10);
    let small = add(Kind::Calendar, Combination::Gate, 16);
    laws::aggregate_brackets(&[large, small], 0);
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
