//! The laws of lists.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};
use tokenomics_vesting::{Allocation, Graded, Piecewise, Point, Schedule, Tranches};

use super::at;

/// Each list vests at each of its points, and between them, what walking it from the first says.
pub fn through_the_points(raw: [(u64, u128); 5], total: u128, time: u64) {
    let mut times = raw.map(|(time, _)| time);
    let mut amounts = raw.map(|(_, amount)| amount);
    times.sort_unstable();
    amounts.sort_unstable();
    let points: [_; 5] = core::array::from_fn(|i| (times[i], amounts[i]));
    let share = |amount: u128| u64::try_from(amount % 1_000_001).unwrap() * 1_000_000_000_000;
    let mut shares = amounts.map(share);
    shares.sort_unstable();
    shares[4] = Fraction::SCALE;

    let point = |(time, amount)| Point::new(at(time), Amount::new(amount));
    let tranches = Tranches::new(points.map(point)).unwrap();
    let piecewise = Piecewise::new(tranches.points()).unwrap();
    let grades: [_; 5] = core::array::from_fn(|i| (times[i], shares[i]));
    let grade = |(time, share)| Point::new(at(time), Fraction::from_raw(share).unwrap());
    let graded = Graded::new(Amount::new(total), grades.map(grade)).unwrap();
    for moment in times.into_iter().chain([time, 0, u64::MAX]) {
        for moment in [moment.saturating_sub(1), moment, moment.saturating_add(1)] {
            let last = points.iter().rev().find(|(time, _)| *time <= moment);
            let next = points.iter().find(|(time, _)| *time > moment);
            let vested = last.map_or(0, |(_, amount)| *amount);
            assert_eq!(tranches.vested_at(at(moment)).get(), vested);
            assert_eq!(
                piecewise.vested_at(at(moment)).get(),
                line(last, next, moment)
            );
            let share = grades.iter().rev().find(|(time, _)| *time <= moment);
            let share = u128::from(share.map_or(0, |(_, share)| *share));
            let part = divided(total, share, Fraction::SCALE.into());
            assert_eq!(graded.vested_at(at(moment)).get(), part);
        }
    }
    assert_eq!(piecewise.total(), tranches.total());
    assert_eq!(piecewise.end(), at(times[4]));
}

fn divided(a: u128, b: u128, c: u128) -> u128 {
    let quotient = U256::product(a, b).checked_div(c, Rounding::Floor);
    quotient.unwrap().to_u128().unwrap()
}

fn line(last: Option<&(u64, u128)>, next: Option<&(u64, u128)>, moment: u64) -> u128 {
    match (last, next) {
        (None, _) => 0,
        (Some((_, vested)), None) => *vested,
        (Some((from, a)), Some((to, b))) => {
            a + divided(b - a, (moment - from).into(), (to - from).into())
        }
    }
}

/// Shares that sum to 1 are cut into tranches that sum to the total, each within a unit of its exact
/// share but for the one that holds all the dust, and a share of 0 is nothing. Equal shares are the
/// equal parts.
pub fn sum_of_shares(total: u128, weights: [u16; 5]) {
    let weight: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    let mut shares = weights.map(|one| match Fraction::SCALE.checked_div(weight) {
        Some(unit) => unit * u64::from(one),
        None => 0,
    });
    // What the division leaves goes to the largest share.
    let rest = Fraction::SCALE - shares.iter().sum::<u64>();
    *shares.iter_mut().max().unwrap() += rest;
    let list = |i: usize| (at(i as u64), Fraction::from_raw(shares[i]).unwrap());
    for rule in Allocation::ALL {
        let amount = Amount::new(total);
        let tranches = Tranches::cut(amount, core::array::from_fn::<_, 5, _>(list), rule).unwrap();
        assert_eq!(tranches.total().get(), total);
        let mut before = 0;
        for (point, share) in tranches.points().iter().zip(shares) {
            let part = point.vested().get() - before;
            before += part;
            let floor = divided(total, share.into(), Fraction::SCALE.into());
            let holds_dust = match rule {
                Allocation::FrontLoadedToSingleTranche => before == part,
                Allocation::BackLoadedToSingleTranche => before == total,
                _ => false,
            };
            let most = if holds_dust { 5 } else { 1 };
            assert!(share != 0 || part == 0, "{rule:?} gives {part} for nothing");
            assert!(
                (floor..=floor.saturating_add(most)).contains(&part),
                "{rule:?}: {part}, of {floor}"
            );
        }
        equal_shares(total, rule);
    }
}

fn equal_shares(total: u128, rule: Allocation) {
    let quarter = Fraction::from_percent(25).unwrap();
    let shares = [1, 2, 3, 4].map(|time| (at(time), quarter));
    let tranches = Tranches::cut(Amount::new(total), shares, rule).unwrap();
    for (k, point) in (1..).zip(tranches.points()) {
        let parts = rule.cumulative(Amount::new(total), 4, k);
        assert_eq!(point.vested(), parts, "{rule:?}: {k} of 4 of {total}");
    }
}
