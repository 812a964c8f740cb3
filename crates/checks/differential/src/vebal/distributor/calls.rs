//! The calls that are made here and there.

use super::super::calls::{draw_silence as draw_long, Call as LockCall};
use super::super::{to_week, USERS, WEEK};
use super::Fees;
use crate::draw::Random;

/// A call, in base units.
#[derive(Debug)]
pub enum Call {
    Lock(LockCall),
    Deposit { amount: u128 },
    Transfer { amount: u128 },
    CheckpointToken,
    CheckpointTotal,
    Claim { user: u64 },
}

impl Call {
    pub fn draw(fees: &Fees, random: &mut Random) -> Self {
        let (amount, user) = (draw_amount(random), random.up_to(USERS - 1));
        match random.up_to(99) {
            0..=44 => Self::Lock(LockCall::draw(&fees.beside, random)),
            45..=59 => Self::Deposit { amount },
            60..=64 => Self::Transfer { amount },
            65..=67 => Self::CheckpointToken,
            68..=69 => Self::CheckpointTotal,
            _ => Self::Claim { user },
        }
    }
}

/// A few base units, tokens of 18 decimals, and any number of bits up to 96.
fn draw_amount(random: &mut Random) -> u128 {
    let few = 1 + u128::from(random.up_to(19));
    let tokens = 1 + u128::from(random.up_to(1_000_000)) * 10_u128.pow(15);
    let any = 1 + ((random.wide() >> 32) >> random.up_to(90));
    random.one_of(&[few, few, tokens, tokens, any])
}

/// Moments and days mostly, to about the next week, and seldom weeks or years.
pub fn draw_silence(now: u64, random: &mut Random) -> u64 {
    let to_next = to_week(now) + WEEK - now + random.up_to(2) - 1;
    match random.up_to(299) {
        0..=119 => random.up_to(3),
        120..=219 => random.up_to(86_400),
        220..=249 => random.up_to(WEEK),
        250..=291 => to_next,
        292..=298 => random.up_to(30 * WEEK),
        _ => draw_long(now, random),
    }
}
