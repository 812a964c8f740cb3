//! The calls that are made on both sides.

use super::super::calls::Call as LockCall;
use super::super::{to_week, USERS, WEEK};
use super::votes::{end_of, WHOLE};
use super::{Controllers, DELAY, GAUGES, KEPT};
use crate::draw::Random;

/// A call of a user or of whoever may add gauges.
#[derive(Debug)]
pub enum Call {
    Lock(LockCall),
    Vote { user: u64, gauge: u64, bps: u64 },
    Add { gauge: u64 },
    Remove { gauge: u64 },
    Checkpoint { gauge: u64 },
}

impl Call {
    pub fn draw(both: &Controllers, random: &mut Random) -> Self {
        let known = both.listed.len() as u64;
        // What happens in the second in which a week begins counts here from that week on.
        let is_edge = to_week(both.beside.now) == both.beside.now;
        let drawn = if is_edge && random.up_to(7) == 0 {
            999
        } else {
            random.up_to(999)
        };
        match drawn {
            0..=399 => Self::Lock(LockCall::draw(&both.beside, random)),
            400..=949 => Self::draw_vote(both, random),
            // The next, or one that there is.
            950..=979 => Self::Add {
                gauge: random.up_to(known.min(GAUGES - 1)),
            },
            980..=997 => Self::Checkpoint {
                gauge: random.up_to(known - 1),
            },
            _ => Self::Remove {
                gauge: KEPT + random.up_to(GAUGES - KEPT - 1),
            },
        }
    }

    /// Of a user with a lock mostly, for a gauge that there is, and of what is left mostly.
    fn draw_vote(both: &Controllers, random: &mut Random) -> Self {
        let next = both.next_week();
        let end = |user| both.beside.lock_of(user).map_or(0, end_of);
        let mut users: Vec<_> = (0..20).map(|_| random.up_to(USERS - 1)).collect();
        if random.up_to(9) > 0 {
            users.sort_by_key(|&user| end(user) <= next);
        }
        let (user, known) = (users[0], both.listed.len() as u64);
        let voter = &both.voters[user as usize];
        let gauge = match random.up_to(49) {
            0 => known,
            1..=9 => voter.latest().map_or(0, |cast| cast.gauge),
            _ => random.up_to(known - 1),
        };
        let last = voter.last_cast(gauge);
        let used = voter.used(known) - last.map_or(0, |cast| cast.bps);
        let left = WHOLE.saturating_sub(used);
        let (part, few, any) = (random.up_to(left), random.up_to(3), random.up_to(WHOLE));
        let edge = random.one_of(&[0, few, left, left + 1, WHOLE, WHOLE + 1 + few, any]);
        let bps = random.one_of(&[part, part, part, part, left, edge]);
        Self::Vote { user, gauge, bps }
    }
}

/// Moments and days mostly, to about the next week or ten days, weeks, and seldom years: but never more than
/// the contract's loops get through.
pub fn draw_silence(both: &Controllers, random: &mut Random) -> u64 {
    let now = both.beside.now;
    let (moment, day) = (random.up_to(3), random.up_to(86_400));
    let to_next = to_week(now) + WEEK - now + random.up_to(2) - 1;
    let delay = DELAY + random.up_to(2) - 1;
    let (weeks, year) = (random.up_to(12 * WEEK), random.up_to(60 * WEEK));
    let years = (150 + random.up_to(200)) * WEEK + random.up_to(WEEK);
    let drawn = match random.up_to(999) {
        0..=449 => moment,
        450..=819 => day,
        820..=899 => to_next,
        900..=969 => delay,
        970..=989 => weeks,
        990..=997 => year,
        _ => years,
    };
    let oldest = both.listed.iter().map(|listed| listed.written).min();
    match oldest {
        Some(oldest) if oldest + 380 * WEEK > now + drawn => drawn,
        _ => moment,
    }
}
