//! Every law, driven with the smallest and the largest amounts and times, and for every small
//! schedule there is.

mod draw;
mod laws;

use draw::{amount, calls, change, shape, time};
use laws::{Change, Combination, Kind, Shape, ToDo};
use proptest::prelude::*;
#[cfg(feature = "alloc")]
use tokenomics_fixed_math::Fraction;
use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{
    Allocation, AnySchedule, Cliff, Gate, Linear, LumpLinear, Schedule, Step, StepParams,
};
#[cfg(feature = "alloc")]
use tokenomics_vesting::{Graded, Piecewise, Tranches};

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
    fn pieces_sum_to_the_schedule(
        shape in shape(),
        total in amount(),
        calls in calls(),
        time in time(),
    ) {
        laws::pieces_sum_to_the_schedule(shape, total, &calls, time);
    }

    #[test]
    fn moved_pieces_sum_to_the_schedule(
        shape in shape(),
        total in amount(),
        by in time(),
        time in time(),
    ) {
        laws::moved_pieces_sum_to_the_schedule(shape, total, by, time);
    }

    #[test]
    fn aggregate_brackets(
        changes in prop::collection::vec(change(), 0..12),
        time in time(),
    ) {
        laws::aggregate_brackets(&changes, time);
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
