//! Every power of a few times, counted and taken out again at any of them.
#![cfg(feature = "alloc")]

mod laws;

use laws::{at, weight_at};
use tokenomics_escrow_weighting::{InMemory, Lock, LockKind, Power, Ring, Totals};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

/// The last of the times.
const LAST: u64 = 5;

/// Every kind whose times are among them.
fn kinds() -> Vec<LockKind> {
    let ends = || (0..=LAST).map(|end| Some(at(end))).chain([None]);
    let (rate, level) = (3, 10);
    let mut kinds: Vec<LockKind> = (0..=LAST)
        .map(|end| LockKind::Decaying { rate, end: at(end) })
        .collect();
    kinds.extend(ends().map(|end| LockKind::Constant { level, end }));
    for since in 0..=LAST {
        for full in since..=LAST {
            let (since, full) = (at(since), at(full));
            kinds.extend(ends().map(|end| LockKind::Growing {
                level,
                rate,
                since,
                full,
                end,
            }));
        }
    }
    kinds
}

fn weight_in(power: Power, window: (u64, Option<u64>), time: u64) -> U256 {
    let (from, until) = window;
    if time < from || until.is_some_and(|until| until <= time) {
        return U256::ZERO;
    }
    weight_at(&power.lock(), time)
}

#[test]
fn every_small_power_is_counted_at_every_time_and_taken_out_at_any() {
    for kind in kinds() {
        let lock = Lock::new(Amount::new(2), kind).unwrap();
        for from in [0, 1, 3] {
            for until in (0..=LAST + 1).map(Some).chain([None]) {
                let power = Power::from(lock).starting(at(from));
                let power = until.map_or(power, |until| power.until(at(until)));
                for now in [0, 2] {
                    check_counted(power, (from, until), now);
                }
            }
        }
    }
}

fn check_counted(power: Power, window: (u64, Option<u64>), now: u64) {
    let mut history = InMemory::default();
    let mut ring = Ring::<8>::new(Span::new(1)).unwrap();
    history.replace(at(now), None, Some(power)).unwrap();
    ring.replace(at(now), None, Some(power)).unwrap();
    for time in now..=LAST + 3 {
        let weight = weight_in(power, window, time);
        assert_eq!(power.weight_at(at(time)), weight, "{power:?} at {time}");
        assert_eq!(history.weight_at(at(time)), weight, "{power:?} at {time}");
        assert_eq!(ring.weight_at(at(time)), Ok(weight), "{power:?} at {time}");
    }
    for later in now..=LAST + 1 {
        let (mut history, mut ring) = (history.clone(), ring);
        history.replace(at(later), Some(power), None).unwrap();
        ring.replace(at(later), Some(power), None).unwrap();
        for time in now..=LAST + 3 {
            let is_out = later <= time;
            let left = if is_out {
                U256::ZERO
            } else {
                weight_in(power, window, time)
            };
            assert_eq!(history.weight_at(at(time)), left, "{power:?} at {time}");
            assert_eq!(ring.weight_at(at(time)).ok(), is_out.then_some(left));
        }
        // Nothing more is held.
        assert!(history.replace(at(later), Some(power), None).is_err());
        assert!(ring.replace(at(later), Some(power), None).is_err());
    }
}

/// A ring lets go of what ends, in the instant in which it does, and at any time after.
#[test]
fn a_ring_releases_what_has_ended() {
    let end = Timestamp::new(4);
    let lock = Lock::new(Amount::new(2), LockKind::Decaying { rate: 1, end }).unwrap();
    for now in [4, 5, 99] {
        let mut ring = Ring::<8>::new(Span::new(2)).unwrap();
        ring.replace(at(1), None, Some(lock.into())).unwrap();
        ring.release(at(now), lock.into()).unwrap();
        assert!(ring.release(at(now), lock.into()).is_err());
        assert_eq!(ring.state().clock, at(now));
    }
}
