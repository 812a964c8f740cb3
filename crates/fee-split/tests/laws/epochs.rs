//! The laws of epochs, each once, as checks over plain integers. Any input is brought into the valid
//! range first, so that a check fails for the law's sake only.

#![allow(
    unreachable_pub,
    dead_code,
    unused_imports,
    reason = "a fuzz target and several tests include this file"
)]

mod epochs_kept;
mod epochs_linear;
mod epochs_world;

pub use epochs_kept::{EpochCall, EpochShape, HOLDERS};
pub use epochs_linear::{linear_epochs, linear_epochs_bounded, LineDraw};
pub use epochs_world::World;

use epochs_kept::{big, parts};
use num_bigint::BigUint;
use tokenomics_fee_split::{EpochCursor, Error};
use tokenomics_fixed_math::{Timestamp, U256};

/// The equation after any sequence of calls, each of which does what plain loops in exact arithmetic
/// do.
pub fn epochs_conserve(shape: EpochShape, capacity: u8, calls: &[EpochCall]) {
    let capacity = if capacity < 8 {
        capacity.into()
    } else {
        u32::MAX
    };
    let mut world = World::new(shape, capacity);
    for &call in calls {
        world.call(call);
        world.check();
    }
}

/// When, how often and in what steps one claims changes nothing in the end, nor does it when totals
/// are read.
pub fn epochs_claim_pattern(shape: EpochShape, calls: &[EpochCall]) {
    let shape = EpochShape { within: 0, ..shape };
    let (mut often, mut never) = (World::new(shape, u32::MAX), World::new(shape, u32::MAX));
    for call in calls {
        // Merges claim, and what waits depends on what was read: only what goes in, and locks.
        let what = call.what % 8;
        let amount = call.amount.max(1);
        let call = EpochCall {
            what,
            amount,
            ..*call
        };
        never.call(call);
        often.call(call);
        for who in 0..HOLDERS {
            often.claim(who, u32::from(call.limit) % 3);
        }
        often.close(u32::from(call.limit) % 2);
    }
    for who in 0..HOLDERS {
        for world in [&mut often, &mut never] {
            world.claim_all(who);
        }
    }
    assert_eq!(often.cursors, never.cursors);
    assert_eq!(often.claimed, never.claimed);
    assert!(often.epochs == never.epochs);
}

/// Calls that go on until one says that it is done are as many as there are epochs to go to, or fewer.
pub fn epochs_advance(shape: EpochShape, calls: &[EpochCall], limit: u8) {
    let mut world = World::new(shape, u32::MAX);
    for &call in calls {
        let what = call.what % 8;
        world.call(EpochCall { what, ..call });
    }
    world.now = world.now.saturating_add(shape.length.saturating_mul(2));
    let limit = u32::from(limit.max(1));
    let most = world.epochs.state().entries.div_ceil(limit).max(1);
    for who in 0..HOLDERS {
        let done = (1..).find(|_| world.try_claim(who, limit).unwrap().is_done);
        assert!(done.unwrap() <= most);
    }
}

/// An epoch is readable from its end on, and at no time before; at any time exactly one is running.
pub fn closed_epochs(shape: EpochShape, epoch: u64, at: u64) {
    let terms = shape.terms();
    let (start, length) = (BigUint::from(shape.start), terms.length().get());
    let at_start = |epoch: u64| &start + BigUint::from(epoch) * length;
    let now = Timestamp::new(at);
    match terms.epoch_at(now) {
        Ok(running) => {
            assert!(at_start(running) <= at.into());
            assert!(at_start(running) + length > at.into());
            let not_closed = Error::NotClosed {
                epoch: running,
                at: now,
            };
            assert_eq!(terms.closed(running, now), Err(not_closed));
            if let Some(last) = running.checked_sub(1) {
                let closed = terms.closed(last, now).unwrap();
                let read: BigUint = closed.at().get().into();
                let first = at_start(last);
                assert_eq!(closed.number(), last);
                assert_eq!(
                    read,
                    if shape.reads_last {
                        first + length - 1_u8
                    } else {
                        first
                    }
                );
                assert!(closed.at() < now);
            }
        }
        Err(_) => assert!(at < shape.start),
    }
    let is_over = at_start(epoch) + length <= at.into();
    assert_eq!(terms.closed(epoch, now).is_ok(), is_over);
}

/// Whatever weights are told, of no epoch more is paid than its pot, and a claim that is refused
/// changes nothing.
pub fn epochs_bounded(shape: EpochShape, pots: &[u128], told: &[(u128, u128, u128)]) {
    let (start, length) = (shape.start % (1 << 60), shape.length % (1 << 20) + 1);
    let shape = EpochShape {
        start,
        length,
        ..shape
    };
    let mut world = World::new(EpochShape { within: 0, ..shape }, u32::MAX);
    let room = u128::MAX / pots.len().max(1) as u128;
    for &pot in pots {
        world.fund((pot % room).max(1));
        world.now += shape.length;
    }
    let now = Timestamp::new(world.now);
    let mut claimed = vec![BigUint::default(); pots.len()];
    for &(high, low, total) in told {
        let mut cursor = EpochCursor::new();
        let weights = (|_| U256::from(total), |_| U256::new(high, low));
        while (cursor.next() as usize) < pots.len() {
            let (before, place) = (world.epochs.clone(), cursor);
            match world.epochs.claim(&mut cursor, &weights, now, 1) {
                Ok(payment) => {
                    let share = parts(payment.amount) + big(cursor.owed()) - big(place.owed());
                    claimed[place.next() as usize] += share;
                }
                Err(Error::Overweight { .. }) => {
                    assert!(world.epochs == before && cursor == place);
                    cursor = EpochCursor::restore(cursor.next() + 1, cursor.owed());
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
    let read = world.epochs.state().read as usize;
    for (claimed, entry) in claimed.iter().zip(&world.epochs.entries().entries[..read]) {
        assert_eq!(claimed + big(entry.left()), parts(entry.pot()));
    }
}
