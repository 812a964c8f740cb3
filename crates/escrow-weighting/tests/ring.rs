//! A ring that is changed in place: what it refuses leaves no trace, however long nobody called, and
//! what it takes comes to the same as a history.
#![cfg(feature = "alloc")]

use tokenomics_escrow_weighting::{Error, InMemory, Lock, LockKind, Power, Ring, Totals};
use tokenomics_fixed_math::{Amount, Timestamp};

const PERIOD: u64 = 10;

/// SplitMix64, below a limit.
fn draw(state: &mut u64, limit: u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) % limit
}

/// A lock of any kind, now and then off the period or too far ahead.
fn draw_power(state: &mut u64, now: u64) -> Power {
    let ahead = 1 + draw(state, 9);
    let off = u64::from(draw(state, 20) == 0);
    let end = Timestamp::new((now / PERIOD + ahead) * PERIOD + off);
    let amount = Amount::new(1 + u128::from(draw(state, 20)));
    let kind = match draw(state, 3) {
        0 => LockKind::Constant {
            level: 3,
            end: None,
        },
        1 => LockKind::Constant {
            level: 2,
            end: Some(end),
        },
        _ => LockKind::Decaying { rate: 1, end },
    };
    Lock::new(amount, kind).unwrap().into()
}

fn is_over(power: &Power, now: u64) -> bool {
    power.lock().has_ended(Timestamp::new(now))
}

#[test]
fn a_refusal_leaves_no_trace_and_all_else_is_a_historys() {
    let (mut state, mut now) = (7, 0);
    let mut ring = Ring::<8>::new(tokenomics_fixed_math::Span::new(PERIOD)).unwrap();
    let (mut history, mut held): (_, Vec<Power>) = (InMemory::default(), Vec::new());
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let silence = [0, 3, PERIOD, 5 * PERIOD, 30 * PERIOD][draw(&mut state, 5) as usize];
        now += draw(&mut state, silence + 1);
        let at = Timestamp::new(now);
        let place = draw(&mut state, held.len() as u64 + 1) as usize;
        let old = held.get(place).copied();
        let never = Power::from(
            Lock::new(
                Amount::new(999),
                LockKind::Constant {
                    level: 1,
                    end: None,
                },
            )
            .unwrap(),
        );
        let old = if draw(&mut state, 20) == 0 {
            Some(never)
        } else {
            old
        };
        let before = ring;
        let (answer, new) = match old.filter(|old| is_over(old, now)) {
            Some(over) => (ring.release(at, over), None),
            None => {
                let new = (draw(&mut state, 3) > 0).then(|| draw_power(&mut state, now));
                (ring.replace(at, old, new), new)
            }
        };
        if answer.is_err() {
            assert_eq!(ring, before, "{answer:?}");
            refused += 1;
            continue;
        }
        match old.filter(|old| is_over(old, now)) {
            Some(over) => history.release(at, over).unwrap(),
            None => history.replace(at, old, new).unwrap(),
        }
        if old.is_some() {
            held.swap_remove(place);
        }
        held.extend(new);
        taken += 1;
        let read = Timestamp::new(now + draw(&mut state, 100));
        assert_eq!(ring.weight_at(read), Ok(history.weight_at(read)));
        assert_eq!(Ring::restore(ring.state()), Ok(ring));
    }
    assert!(taken > 5_000 && refused > 500, "{taken} {refused}");
}

/// The two never stand in it together.
#[test]
fn what_replaces_another_at_its_end_needs_no_room_for_both() {
    let mut ring = Ring::<8>::new(tokenomics_fixed_math::Span::new(PERIOD)).unwrap();
    let kind = LockKind::Constant {
        level: 1,
        end: None,
    };
    let lock = |amount| Power::from(Lock::new(Amount::new(amount), kind).unwrap());
    let (most, at) = (lock(u128::MAX), Timestamp::new(5));
    ring.replace(at, None, Some(most)).unwrap();
    ring.replace(at, Some(most), Some(lock(u128::MAX - 1)))
        .unwrap();
    let before = ring;
    let over = ring.replace(at, None, Some(lock(2)));
    assert!(matches!(over, Err(Error::Overflow { .. })), "{over:?}");
    assert_eq!(ring, before);
}
