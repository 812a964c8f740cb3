//! The laws of tallies, conviction and the landrush bonus, each once, as checks over plain integers.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too"
)]

use tokenomics_escrow_weighting::{
    Choice, Closed, Conviction, Landrush, Lock, LockKind, Support, Tally,
};
use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp, Wad, U256};

const ONE: u64 = Fraction::SCALE;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// What the tally says is what the weights sum to, and a share is compared exactly.
pub fn tally_is_exact(votes: &[(u8, u128)], share: u64, total: u128) {
    let mut tally = Tally::new(Closed::before(at(0), at(1)).unwrap());
    let mut sums = [U256::ZERO; 3];
    let choices = [Choice::For, Choice::Against, Choice::Abstain];
    for &(choice, weight) in votes {
        let (choice, weight) = (usize::from(choice % 3), U256::from(weight));
        tally.count(choices[choice], weight).unwrap();
        sums[choice] = sums[choice].checked_add(weight).unwrap();
    }
    assert_eq!(choices.map(|choice| tally.of(choice)), sums);
    let [yes, no, abstained] = sums;
    let decided = yes.checked_add(no).unwrap();
    let cast = decided.checked_add(abstained).unwrap();
    assert_eq!(tally.cast(), cast);
    let share = Fraction::from_raw(if share == u64::MAX { ONE } else { share % ONE }).unwrap();
    // By cross-multiplication: all sums are below 2^192.
    let times = |weight: U256, by: u64| weight.checked_mul(by.into()).unwrap();
    let total = U256::from(total);
    assert_eq!(
        tally.has_quorum(share, total),
        times(cast, ONE) >= times(total, share.raw())
    );
    let [for_it, needed] = [times(yes, ONE), times(decided, share.raw())];
    assert_eq!(tally.reaches(share), !yes.is_zero() && for_it >= needed);
    assert_eq!(tally.is_above(share), for_it > needed);
}

fn conviction(alpha: u64) -> Conviction {
    let alpha = if alpha == u64::MAX {
        ONE - 1
    } else {
        1 + alpha % (ONE - 1)
    };
    Conviction::new(Fraction::from_raw(alpha).unwrap()).unwrap()
}

/// It is between what steps of one unit of time come to when each is floored and when each is ceiled,
/// but for two units, and never above the latter.
pub fn conviction_by_steps(alpha: u64, staked: u128, start: u128, steps: u8) {
    let conviction = conviction(alpha);
    let (staked, start) = (Amount::new(staked >> 70), Amount::new(start >> 10));
    let since = at(7);
    let support = Support {
        staked,
        conviction: start,
        part: 0,
        since,
    };
    let [mut low, mut high] = [start; 2];
    for step in 1..=u64::from(steps) {
        let kept = |of: Amount, rounding| of.mul_fraction(conviction.alpha(), rounding);
        low = kept(low, Rounding::Floor).checked_add(staked).unwrap();
        high = kept(high, Rounding::Ceil).checked_add(staked).unwrap();
        let now = conviction.at(&support, at(7 + step)).unwrap().get();
        assert!(
            low.get() <= now + 2 && now <= high.get(),
            "{now} of {low}..={high}"
        );
    }
}

/// However often the stake changes, what is kept is never above the exact conviction, and below it by no
/// more than a ninth of a unit, or 2^−66 of the largest there was.
pub fn conviction_kept(alpha: u64, stakes: &[(u128, u8)]) {
    let conviction = conviction(alpha);
    // Steps of one unit, of 2^−64 each, floored and ceiled: the exact one is between them.
    let fine = |amount: u128| U256::product(amount, 1 << 64);
    let [mut low, mut high] = [U256::ZERO; 2];
    let (mut support, mut now, mut most) = (Support::NONE, 0, 0);
    for &(staked, gap) in stakes {
        for _ in 0..gap {
            let kept = |of: U256, rounding| {
                let [raw, one] = [conviction.alpha().raw(), ONE].map(|raw| u128::from(raw).into());
                let kept = U256::mul_div(of, raw, one, rounding).unwrap();
                kept.checked_add(fine(support.staked.get())).unwrap()
            };
            (low, high) = (kept(low, Rounding::Floor), kept(high, Rounding::Ceil));
        }
        now += u64::from(gap);
        // No stake that tends to more than an amount.
        support = conviction
            .stake(support, at(now), Amount::new(staked >> 70))
            .unwrap();
        most = most.max(support.conviction.get());
        if support.since == at(now) {
            let kept = fine(support.conviction.get());
            let kept = kept.checked_add(u128::from(support.part).into()).unwrap();
            assert!(kept <= high, "{support:?} is above {high}");
            let slack = ((1 << 64) / 9).max(most.checked_shr(2).unwrap());
            let bound = kept.checked_add(U256::from(slack)).unwrap();
            assert!(low <= bound, "{support:?} is below {low}");
        }
    }
}

/// It is between where it began and what it tends to, and comes no less near to that with time; what
/// is kept on the way loses less than two units more.
pub fn conviction_bounded(alpha: u64, staked: u128, start: u128, times: [u64; 2]) {
    let conviction = conviction(alpha);
    let (staked, start) = (Amount::new(staked), Amount::new(start));
    let support = Support {
        staked,
        conviction: start,
        part: 0,
        since: at(0),
    };
    let Ok(limit) = conviction.limit(staked) else {
        conviction.at(&support, at(9)).unwrap_err();
        conviction.stake(Support::NONE, at(9), staked).unwrap_err();
        return;
    };
    let (first, last) = (times[0].min(times[1]), times[0].max(times[1]));
    let values = [0, first, last].map(|time| conviction.at(&support, at(time)).unwrap());
    assert_eq!(values[0], start);
    let (low, high) = (start.min(limit), start.max(limit));
    assert!(
        values.iter().all(|value| (low..=high).contains(value)),
        "{values:?} to {limit}"
    );
    let falls = start > limit;
    // The last step of a fall may be of a remainder that rounding drops.
    assert!(
        if falls {
            values[1] >= values[2]
        } else {
            values[1] <= values[2]
        },
        "{values:?}"
    );
    let kept = conviction.stake(support, at(first), staked).unwrap();
    let later = conviction.at(&kept, at(last)).unwrap();
    assert!(
        later <= values[2] && values[2].get() - later.get() <= 3,
        "{later} of {values:?}"
    );
}

/// A lock that is made in time weighs the bonus times as much as one that isn't, at every time.
pub fn landrush_multiplies(before: u64, now: u64, bonus: u16, multiplier: u64, time: u64) {
    let (bonus_wad, multiplier) = (Wad::from_integer(bonus.into()).unwrap(), multiplier.into());
    let landrush = Landrush {
        before: at(before),
        bonus: bonus_wad,
    };
    let weight = |rate| {
        let kind = LockKind::Decaying {
            rate,
            end: at(u64::MAX),
        };
        Lock::new(Amount::new(3), kind).map(|lock| lock.weight_at(at(time)))
    };
    let with = landrush
        .multiplier(at(now), Wad::from_raw(multiplier))
        .unwrap();
    let Ok(with) = weight(with.raw()) else {
        return;
    };
    let factor = if now < before { u128::from(bonus) } else { 1 };
    assert_eq!(Ok(with), weight(multiplier).unwrap().checked_mul(factor));
}
