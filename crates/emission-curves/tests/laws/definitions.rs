//! What each curve is by its definition, without its closed form.

use std::cmp::Ordering;

use tokenomics_emission_curves::{Capped, Curve, Phases};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, U256};

use super::{
    at, constant, curve, disinflation, floor_of_a_reserve, floor_of_an_s, floor_of_parts_of_parts,
    geometric_epochs, linear_rate, list_of_phases, moments, per_block, step_epochs, tail, Shape,
    Simple, Small,
};

/// What the epochs say, added up one by one: the definition that the closed form must meet.
fn added_up(curve: &Small, time: u64) -> u128 {
    let mut begin = curve.start().get();
    let mut sum = 0;
    for epoch in curve.epochs() {
        let within = time.saturating_sub(begin).min(curve.length().get());
        sum += epoch.rate().get() * u128::from(within);
        begin += curve.length().get();
    }
    sum
}

/// Each epoch's rate is the one before it times the decay, rounded down; a rate of 0 ends it; and
/// what has been emitted is the sum of the epochs.
pub fn each_rate_is_the_last_one_decayed(shape: Shape, time: u64) {
    let curve = geometric_epochs(shape);
    let decay = Ratio::new(shape.numerator, shape.denominator.max(1)).unwrap();
    assert_eq!(curve.decay(), decay);
    assert!(!curve.epochs().is_empty());
    let mut before = Amount::ZERO;
    let mut begin = curve.start();
    for (index, epoch) in curve.epochs().iter().enumerate() {
        assert!(!epoch.rate().is_zero());
        assert_eq!(epoch.emitted_before(), before);
        assert_eq!(curve.epoch_at(begin), Some(*epoch));
        begin = begin.checked_add(curve.length()).unwrap();
        assert_eq!(curve.epoch_at(at(begin.get() - 1)), Some(*epoch));
        let emitted = epoch.rate().get() * u128::from(curve.length().get());
        before = before.checked_add(Amount::new(emitted)).unwrap();
        if let Some(next) = curve.epochs().get(index + 1) {
            // rate' ≤ rate · decay < rate' + 1.
            let against_exact = |next: u128| {
                let (rate, numerator) = (epoch.rate().get(), decay.numerator());
                U256::cmp_products(next, decay.denominator(), rate, numerator)
            };
            let next = next.rate().get();
            assert!(against_exact(next).is_le() && against_exact(next + 1).is_gt());
        }
    }
    assert_eq!((curve.cap(), curve.end()), (before, begin));
    assert_eq!(curve.epoch_at(begin), None);
    let shape = shape.alone(Simple::GeometricEpochs);
    for moment in moments(&super::curve(shape), time) {
        assert_eq!(curve.emitted_at(at(moment)).get(), added_up(&curve, moment));
    }
}

/// What has been emitted is the largest integer that is not above the exact number: the integral of
/// the rate, for a rate that is constant, goes along a line, or is constant between two points of a
/// table; and the formula, for what decays, compounds, or goes along an S.
pub fn correctly_rounded(shape: Shape, time: u64) {
    floor_of_a_constant_rate(shape, time);
    floor_of_a_line(shape, time);
    floor_between_points(shape, time);
    floor_of_a_reserve(shape, time);
    floor_of_parts_of_parts(shape, time);
    floor_of_an_s(shape, time);
}

pub(super) fn is_floor(against_exact: impl Fn(u128) -> Ordering, of: Amount) -> bool {
    let next = of.get().checked_add(1);
    against_exact(of.get()).is_le() && next.is_none_or(|next| against_exact(next).is_gt())
}

fn floor_of_a_constant_rate(shape: Shape, time: u64) {
    let of = constant(shape);
    let (n, d) = (of.rate().numerator(), of.rate().denominator());
    for moment in moments(&curve(shape.alone(Simple::Constant)), time) {
        let into = moment.clamp(of.start().get(), of.end().get()) - of.start().get();
        let exact = |emitted| U256::cmp_products(emitted, d, n, into.into());
        assert!(
            is_floor(exact, of.emitted_at(at(moment))),
            "{of:?} at {moment}"
        );
    }
}

/// Where both sides fit 256 bits: twice the area of a trapezium is the sum of its sides times its
/// width, and the rate at its end is a + (b − a)·e/L.
fn floor_of_a_line(shape: Shape, time: u64) {
    // Numbers below 2^60, so that products of four are below 2^256.
    let denominator = (shape.denominator >> 68).max(1);
    let shape = Shape {
        length: shape.length >> 5,
        rate: shape.rate >> 68,
        numerator: shape.numerator >> 68,
        denominator,
        ..shape
    };
    let of = linear_rate(shape);
    let length = of.end().get() - of.start().get();
    let (a, b) = (of.initial_rate().numerator(), of.last_rate().numerator());
    for moment in moments(&curve(shape.alone(Simple::LinearRate)), time) {
        let into = moment.clamp(of.start().get(), of.end().get()) - of.start().get();
        let (left, done) = (u128::from(length - into), u128::from(into));
        // (a + a·left/L + b·done/L)·e / 2d = (a·(L + left) + b·done)·e / 2dL.
        let sides = a * (u128::from(length) + left) + b * done;
        let exact = |emitted: u128| {
            let area = U256::product(emitted, 2 * denominator);
            let area = area.checked_mul(length.into()).unwrap();
            area.cmp(&U256::product(sides, done))
        };
        assert!(
            is_floor(exact, of.emitted_at(at(moment))),
            "{of:?} at {moment}"
        );
    }
}

fn floor_between_points(shape: Shape, time: u64) {
    let of = step_epochs(shape);
    for point in of.points() {
        assert_eq!(of.emitted_at(point.at()), point.emitted());
    }
    for moment in moments(&curve(shape.alone(Simple::StepEpochs)), time) {
        let emitted = of.emitted_at(at(moment)).get();
        // Walked from the first point.
        let mut pairs = of.points().windows(2);
        let around = |pair: &[_]| {
            let [a, b]: [tokenomics_emission_curves::Point; 2] = pair.try_into().unwrap();
            (a.at() <= at(moment) && at(moment) < b.at()).then_some((a, b))
        };
        let Some((a, b)) = pairs.find_map(around) else {
            assert!(moment < of.start().get() && emitted == 0 || emitted == of.cap().get());
            continue;
        };
        let rise = b.emitted().get() - a.emitted().get();
        let (run, into) = (b.at().get() - a.at().get(), moment - a.at().get());
        let exact = |emitted| U256::cmp_products(emitted, run.into(), rise, into.into());
        assert!(
            is_floor(exact, Amount::new(emitted - a.emitted().get())),
            "{of:?}"
        );
    }
}

/// Within a phase, what is emitted is what its curve emits from where it took over; at a joint nothing
/// is lost or gained.
pub fn phases_join(shape: Shape, time: u64) {
    let list = list_of_phases(shape);
    let phases = Phases::new(list.clone()).unwrap();
    let mut expected = 0;
    for (index, phase) in list.iter().enumerate() {
        assert_eq!(phases.emitted_at(phase.takes_over_at()).get(), expected);
        assert_eq!(phases.phases()[index].emitted_before().get(), expected);
        let until = list
            .get(index + 1)
            .map_or(u64::MAX, |next| next.takes_over_at().get());
        for moment in [
            time,
            phase.takes_over_at().get().saturating_add(1),
            until - 1,
            until,
        ] {
            let moment = moment.clamp(phase.takes_over_at().get(), until);
            let within = phase
                .curve()
                .emitted_between(phase.takes_over_at(), at(moment))
                .get();
            assert_eq!(
                phases.emitted_at(at(moment)).get(),
                expected + within,
                "{shape:?}"
            );
        }
        expected += phase
            .curve()
            .emitted_between(phase.takes_over_at(), at(until))
            .get();
    }
    assert_eq!(phases.cap().get(), expected);
}

/// Below its cap a capped curve is the curve, and at it it stops, at the first time it can.
pub fn stops_at_its_cap(shape: Shape, most: u128, time: u64) {
    let inner = curve(shape);
    let most = most.min(inner.cap().get().saturating_add(1));
    let capped = Capped::new(inner.clone(), Amount::new(most));
    assert_eq!(capped.cap().get(), most.min(inner.cap().get()));
    for moment in moments(&inner, time) {
        let uncapped = inner.emitted_at(at(moment)).get();
        assert_eq!(capped.emitted_at(at(moment)).get(), uncapped.min(most));
    }
    if most > 0 && most <= inner.cap().get() {
        assert!(inner.emitted_at(capped.end()).get() >= most);
        assert!(inner.emitted_at(at(capped.end().get() - 1)).get() < most);
    }
}

/// It is the curve until this would emit less than the floor in the next unit, and the floor rate from
/// then on, rounded down once.
pub fn tail_takes_over(shape: Shape, time: u64) {
    let tail = tail(shape);
    let (inner, floor, from) = (tail.inner(), tail.floor(), tail.takes_over_at().get());
    let below = |time: u64| {
        let rate = inner.rate_at(at(time)).get();
        U256::cmp_products(rate, floor.denominator(), floor.numerator(), 1).is_lt()
    };
    assert!(below(from), "{shape:?}");
    assert!(from == inner.start().get() || !below(from - 1), "{shape:?}");
    let before = inner.emitted_at(at(from)).get();
    for moment in [
        time,
        from.saturating_sub(1),
        from,
        from.saturating_add(1),
        time % from.max(1),
    ] {
        let emitted = tail.emitted_at(at(moment)).get();
        if moment <= from {
            assert_eq!(emitted, inner.emitted_at(at(moment)).get(), "{shape:?}");
            continue;
        }
        let into = u128::from(moment.min(tail.end().get()) - from);
        let (n, d) = (floor.numerator(), floor.denominator());
        let exact = |emitted| U256::cmp_products(emitted, d, n, into);
        assert!(is_floor(exact, Amount::new(emitted - before)), "{shape:?}");
    }
}

/// The rate of each year is the one before it less its part, to within the rounding, and not below the
/// terminal one; the year emits it of the supply at its start, and a part of a year that part.
pub fn each_year_is_its_rate(shape: Shape, time: u64) {
    let curve = disinflation(shape);
    let (year, start) = (curve.year().get(), curve.start().get());
    let mut supply = curve.supply().get();
    let scale = u128::from(Fraction::SCALE);
    let kept = u128::from(curve.taper().complement().raw());
    let mut falling = u128::from(curve.initial().raw());
    for index in 0..100_u32 {
        let rate = u128::from(curve.rate_of(index).raw());
        let terminal = u128::from(curve.terminal().raw());
        // Rounded down in each year it is at most a unit of each lower.
        assert!(rate >= falling.max(terminal) && rate <= (falling + index as u128).max(terminal));
        falling = falling * kept / scale;
        let begin = start + year * u64::from(index);
        let Some(end) = begin
            .checked_add(year)
            .filter(|end| *end <= curve.end().get())
        else {
            return;
        };
        let issue = curve.emitted_between(at(begin), at(end)).get();
        let exact = |issue| U256::cmp_products(issue, scale, supply, rate);
        if rate > terminal {
            assert!(
                is_floor(exact, Amount::new(issue)),
                "{shape:?}: year {index}"
            );
            let into = u128::from(time % year);
            let part = curve
                .emitted_between(at(begin), at(begin + time % year))
                .get();
            let exact = |part| U256::cmp_products(part, year.into(), issue, into);
            assert!(
                is_floor(exact, Amount::new(part)),
                "{shape:?}: into year {index}"
            );
        } else {
            // The supply isn't rounded from year to year any more: what this year begins with may have
            // lost a part of a unit, which this year may gain.
            assert!(exact(issue.saturating_sub(2)).is_le() && exact(issue + 1).is_gt());
        }
        supply += issue;
    }
}

/// The height due at a time is the last whose time isn't later; what is due then is what the curve of
/// heights has by it; and of what was emitted and what is due, one is ahead of the other by the
/// difference.
pub fn blocks_keep_time(shape: Shape, time: u64, height: u64) {
    let schedule = per_block(shape);
    let (n, d) = (
        schedule.block_time().numerator(),
        schedule.block_time().denominator(),
    );
    let due = schedule.height_due(at(time)).get();
    let into = u128::from(time.saturating_sub(schedule.genesis().get()));
    let by_its_time = |height: u64| U256::cmp_products(height.into(), n, into, d).is_le();
    assert!(by_its_time(due), "{shape:?}");
    assert!(due == u64::MAX || !by_its_time(due + 1), "{shape:?}");
    if let Ok(moment) = schedule.time_due(at(height)) {
        assert!(schedule.height_due(moment).get() >= height);
        let earlier = moment
            .get()
            .checked_sub(1)
            .filter(|_| moment > schedule.genesis());
        assert!(earlier.is_none_or(|earlier| schedule.height_due(at(earlier)).get() < height));
    }
    let drift = schedule.drift(at(height), at(time));
    assert_eq!(drift.height_due().get(), due);
    assert_eq!(drift.due(), schedule.inner().emitted_at(at(due)));
    assert_eq!(drift.due(), schedule.emitted_at(at(time)));
    assert_eq!(drift.emitted(), schedule.inner().emitted_at(at(height)));
    assert!(drift.ahead().is_zero() || drift.behind().is_zero());
    let (ahead, behind) = (drift.ahead().get(), drift.behind().get());
    assert_eq!(drift.emitted().get() - ahead, drift.due().get() - behind);
}
