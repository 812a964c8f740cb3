//! The calls that are made here and there.

use super::{to_week, Beside, USERS, WEEK, WEEKS, WIDE, YEAR};
use crate::draw::Random;

/// A call, in base units and seconds.
#[derive(Debug)]
pub enum Call {
    Create { user: u64, amount: u128, end: u64 },
    Increase { user: u64, by: u64, extra: u128 },
    Extend { user: u64, end: u64 },
    Withdraw { user: u64 },
    Checkpoint,
}

impl Call {
    /// Whose lock it changes.
    pub fn user(&self) -> Option<u64> {
        match *self {
            Self::Create { user, .. }
            | Self::Increase { user, .. }
            | Self::Extend { user, .. }
            | Self::Withdraw { user } => Some(user),
            Self::Checkpoint => None,
        }
    }

    /// What the user's lock allows, mostly.
    pub fn draw(beside: &Beside, random: &mut Random) -> Self {
        let (user, now) = (random.up_to(USERS - 1), beside.now);
        let lock = beside.lock_of(user);
        let sensible = match lock {
            None => 0,
            Some(lock) if lock.has_ended(beside.clock()) => 3,
            Some(_) => 1 + random.up_to(1),
        };
        let any = random.up_to(4);
        match random.one_of(&[sensible, sensible, sensible, any]) {
            0 => Self::Create {
                user,
                amount: draw_amount(random),
                end: draw_end(now, random),
            },
            1 => {
                let other = random.up_to(USERS - 1);
                Self::Increase {
                    user,
                    by: random.one_of(&[user, other]),
                    extra: draw_amount(random),
                }
            }
            2 => Self::Extend {
                user,
                end: draw_end(now, random),
            },
            3 => Self::Withdraw { user },
            _ => Self::Checkpoint,
        }
    }
}

/// A few base units, about as many as the longest lock has seconds, tokens of 18 decimals, any number
/// of bits up to 116, or more than the contract holds.
fn draw_amount(random: &mut Random) -> u128 {
    let few = u128::from(random.up_to(20));
    let year = u128::from(YEAR) * (1 + u128::from(random.up_to(3)));
    let tokens = u128::from(random.up_to(1_000_000)) * 10_u128.pow(15);
    let any = (random.wide() >> 12) >> random.up_to(110);
    let edge = random.one_of(&[few, few, year - few, year + few, WIDE + few]);
    random.one_of(&[tokens, tokens, tokens, any, any, edge, edge])
}

/// Within the longest lock mostly, on a week or not, and about its edges.
fn draw_end(now: u64, random: &mut Random) -> u64 {
    let any = now + random.up_to(YEAR);
    let few = random.up_to(2);
    let longest = now + YEAR;
    let edges = [
        now - few,
        now + few,
        longest - few,
        longest + few,
        longest + WEEK,
    ];
    let edge = random.one_of(&edges);
    random.one_of(&[any, to_week(any), any, to_week(any), any, edge])
}

/// None, up to a day, to about the next week, up to a year, and years: as many as the contract catches
/// up with, or more.
pub fn draw_silence(now: u64, random: &mut Random) -> u64 {
    let (moment, day, week) = (random.up_to(3), random.up_to(86_400), random.up_to(WEEK));
    let to_next = to_week(now) + WEEK - now + random.up_to(2) - 1;
    let year = random.up_to(60 * WEEK);
    let survived = (WEEKS - 1 - random.up_to(60)) * WEEK;
    let lost = (WEEKS + random.up_to(150)) * WEEK + random.up_to(WEEK);
    let long = random.one_of(&[year, year, year, survived, lost]);
    match random.up_to(99) {
        0..=34 => moment,
        35..=64 => day,
        65..=79 => week,
        80..=94 => to_next,
        95..=97 => year,
        _ => long,
    }
}

/// Now, some time before or after, before all, and at the end of the clock.
pub fn draw_read(now: u64, random: &mut Random) -> u64 {
    let near = random.up_to(2 * YEAR);
    let far = random.up_to(400 * WEEK);
    let (past, future) = (now - near, now + near);
    let whole = to_week(random.one_of(&[past, future]));
    let edge = random.one_of(&[0, now - far, now + far, u64::MAX]);
    random.one_of(&[now, past, past, past, future, future, whole, edge])
}
