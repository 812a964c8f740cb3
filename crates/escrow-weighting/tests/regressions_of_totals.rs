//! Faults that totals of powers with a beginning and an end must not have.

use tokenomics_escrow_weighting::{
    Checkpoint, Error, History, Lock, LockKind, Node, Power, Ring, Totals,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

type Sum<const N: usize> = History<[Node; N], [Checkpoint; 8]>;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn empty<const N: usize>() -> Sum<N> {
    History::new([Node::EMPTY; N], [Checkpoint::NONE; 8])
}

fn constant(amount: u128) -> Power {
    let kind = LockKind::Constant {
        level: 1,
        end: None,
    };
    Lock::new(Amount::new(amount), kind).unwrap().into()
}

/// What ends when as much begins cancels there, and a third change that comes and goes at the same time
/// must not make the total forget the two.
#[test]
fn changes_that_cancel_are_taken_out_one_by_one() {
    let mut sum: Sum<4> = empty();
    let (ends, begins) = (constant(5).until(at(40)), constant(5).starting(at(40)));
    for power in [ends, begins, constant(3).until(at(40))] {
        sum.replace(at(1), None, Some(power)).unwrap();
    }
    sum.replace(at(2), Some(constant(3).until(at(40))), None)
        .unwrap();
    sum.replace(at(3), Some(ends), None).unwrap();
    assert_eq!([39, 40].map(|time| sum.weight_at(at(time)).low()), [0, 5]);
    sum.replace(at(4), Some(begins), None).unwrap();
    assert_eq!(
        [39, 40].map(|time| sum.weight_at(at(time))),
        [U256::ZERO; 2]
    );
}

/// Taking one of two out that cancel needs a node. Without room for it nothing is changed.
#[test]
fn a_change_without_room_leaves_all_as_it_was() {
    let mut sum: Sum<3> = empty();
    let (ends, begins) = (constant(5).until(at(40)), constant(5).starting(at(40)));
    for power in [
        ends,
        begins,
        constant(1).until(at(50)),
        constant(1).until(at(60)),
    ] {
        sum.replace(at(1), None, Some(power)).unwrap();
    }
    let full = Err(Error::Full { capacity: 3 });
    let before = sum;
    assert_eq!(sum.replace(at(2), Some(ends), None), full);
    assert_eq!(
        sum.replace(at(2), Some(ends), Some(constant(1).until(at(70)))),
        full
    );
    for time in [1, 2, 39, 40, 49, 50, 59, 60, 70] {
        assert_eq!(
            sum.weight_at(at(time)),
            before.weight_at(at(time)),
            "at {time}"
        );
    }
    sum.replace(at(2), Some(constant(1).until(at(60))), None)
        .unwrap();
    sum.replace(at(3), Some(ends), None).unwrap();
    assert_eq!([39, 40].map(|time| sum.weight_at(at(time)).low()), [1, 6]);
}

/// Of two changes for which there is room for one, neither is made.
#[test]
fn half_a_power_is_none() {
    let mut sum: Sum<3> = empty();
    sum.replace(at(1), None, Some(constant(5).until(at(50))))
        .unwrap();
    let two = constant(1).starting(at(45)).until(at(47));
    let full = Err(Error::Full { capacity: 3 });
    assert_eq!(sum.replace(at(2), None, Some(two)), full);
    assert_eq!(
        [45, 47, 49].map(|time| sum.weight_at(at(time)).low()),
        [5; 3]
    );
    assert_eq!(
        sum.replace(at(2), Some(constant(5).until(at(50))), Some(two)),
        Ok(())
    );
    assert_eq!(
        [44, 45, 47].map(|time| sum.weight_at(at(time)).low()),
        [0, 1, 0]
    );
}

/// What has no end weighs at the clock's last instant too, and what ends then doesn't.
#[test]
fn the_last_instant_counts() {
    let mut sum: Sum<4> = empty();
    sum.replace(at(1), None, Some(constant(5))).unwrap();
    assert_eq!(sum.weight_at(Timestamp::MAX).low(), 5);
    assert_eq!(constant(5).weight_at(Timestamp::MAX).low(), 5);
    let kind = LockKind::Constant {
        level: 1,
        end: Some(Timestamp::MAX),
    };
    let ends = Power::from(Lock::new(Amount::new(2), kind).unwrap());
    sum.replace(at(2), None, Some(ends)).unwrap();
    assert_eq!(sum.weight_at(at(u64::MAX - 1)).low(), 7);
    assert_eq!(sum.weight_at(Timestamp::MAX).low(), 5);
    sum.replace(Timestamp::MAX, None, Some(constant(1)))
        .unwrap();
    assert_eq!(sum.weight_at(Timestamp::MAX).low(), 6);
}

/// Whatever keeps them, totals change nothing that is dated before the last change, and let go of nothing
/// that still counts.
fn check_refusals(mut totals: impl Totals + Copy + PartialEq + core::fmt::Debug) {
    let kind = |end| LockKind::Decaying {
        rate: 1,
        end: at(end),
    };
    let lock = |amount, end| Power::from(Lock::new(Amount::new(amount), kind(end)).unwrap());
    totals.replace(at(5), None, Some(lock(3, 40))).unwrap();
    totals.replace(at(6), None, Some(constant(2))).unwrap();
    let before = totals;
    let last = at(6);
    let backdated = Err(Error::Backdated { at: at(5), last });
    assert_eq!(totals.replace(at(5), None, Some(lock(1, 40))), backdated);
    assert_eq!(totals.replace(at(5), Some(lock(3, 40)), None), backdated);
    assert_eq!(totals.release(at(5), lock(3, 40)), backdated);
    let live = Err(Error::NotEnded {
        end: at(40),
        at: at(39),
    });
    assert_eq!(totals.release(at(39), lock(3, 40)), live);
    let permanent = Err(Error::Permanent);
    assert_eq!(totals.release(at(39), constant(2)), permanent);
    let (end, amount, held) = (at(40), Amount::new(4), Amount::new(3));
    let more = Err(Error::NotHeld { end, amount, held });
    assert_eq!(totals.release(at(40), lock(4, 40)), more);
    assert_eq!(totals.replace(at(7), Some(lock(4, 40)), None), more);
    assert_eq!(totals, before);
    totals.release(at(40), lock(3, 40)).unwrap();
    let (amount, held) = (Amount::new(3), Amount::ZERO);
    let twice = Err(Error::NotHeld { end, amount, held });
    assert_eq!(totals.release(at(40), lock(3, 40)), twice);
}

#[test]
fn a_refusal_says_why_and_changes_nothing() {
    check_refusals(empty::<4>());
    check_refusals(Ring::<8>::new(Span::new(10)).unwrap());
}
