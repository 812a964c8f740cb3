//! What has vested by a time, by these crates and by peers that compute the same of totals of 64 bits.

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_vesting::{Allocation, Gate, Linear, Schedule, Step, StepParams};

use crate::random::Random;
use crate::CALLS;

/// What these crates are called here.
pub const OURS: &str = "tokenomics-vesting";

const DAY: u64 = 86_400;
const YEAR: u64 = 365 * DAY;
/// As many steps has a stepped schedule.
const STEPS: u32 = 48;

/// One schedule and a time, as plain numbers.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Base units.
    pub total: u128,
    /// Times in seconds; the cliff and the end are of a line.
    pub start: u64,
    /// Nothing before it.
    pub cliff: u64,
    /// All of it from then on.
    pub end: u64,
    /// When it is asked.
    pub now: u64,
}

/// [`CALLS`] schedules with totals of so many bits: one to four years with up to one of cliff, asked
/// while the line is under way.
pub fn under_way(bits: u32) -> Vec<Input> {
    let mut random = Random::new(0x7665_7374);
    let mut input = || {
        let start = 1_700_000_000 + random.below(YEAR);
        let end = start + YEAR + random.below(3 * YEAR);
        let cliff = start + random.below(YEAR);
        let now = cliff + random.below(end - cliff);
        Input {
            total: random.bits(bits) | 1 << (bits - 1),
            start,
            cliff,
            end,
            now,
        }
    };
    (0..CALLS).map(|_| input()).collect()
}

impl Input {
    /// The line with its cliff, of these crates.
    pub fn line(&self) -> Gate<Linear> {
        let at = Timestamp::new;
        let line = Linear::new(at(self.start), at(self.end), Amount::new(self.total));
        Gate::new(line.expect("it ends after it starts"), at(self.cliff))
    }

    /// The steps, of these crates: of equal length, the last of them at the end or just before.
    pub fn steps(&self) -> Step {
        let (start, period) = (Timestamp::new(self.start), Span::new(self.period()));
        let rule = Allocation::CumulativeRoundDown;
        let steps = Step::new(StepParams {
            start,
            period,
            count: STEPS,
            total: Amount::new(self.total),
            allocation: rule,
        });
        steps.expect("a period of more than none")
    }

    fn period(&self) -> u64 {
        (self.end - self.start) / u64::from(STEPS)
    }

    /// As the peers take them: total, start, cliff, end and now. Neither time nor total is too large.
    pub fn plain(&self) -> (u64, i64, i64, i64, i64) {
        let Self {
            total,
            start,
            cliff,
            end,
            now,
        } = *self;
        (
            total as u64,
            start as i64,
            cliff as i64,
            end as i64,
            now as i64,
        )
    }
}

/// These crates', of any schedule.
pub fn ours((schedule, now): &(impl Schedule, Timestamp)) -> u128 {
    schedule.vested_at(*now).get()
}

/// jiminy-vesting's line.
pub fn jiminy_line(&(total, start, cliff, end, now): &(u64, i64, i64, i64, i64)) -> u128 {
    jiminy_vesting::vested_amount(total, start, cliff, end, now).into()
}

/// hopper-vesting's line.
pub fn hopper_line(&(total, start, cliff, end, now): &(u64, i64, i64, i64, i64)) -> u128 {
    let vested = hopper_vesting::vested_amount(total, start, cliff, end, now);
    vested.map_or(0, u128::from)
}

/// jiminy-vesting's steps.
pub fn jiminy_steps(&(total, start, period, _, now): &(u64, i64, i64, i64, i64)) -> u128 {
    let elapsed = jiminy_vesting::elapsed_steps(start, now, period);
    jiminy_vesting::unlocked_at_step(total, STEPS, elapsed).into()
}

/// hopper-vesting's steps.
pub fn hopper_steps(&(total, start, period, _, now): &(u64, i64, i64, i64, i64)) -> u128 {
    let elapsed = hopper_vesting::elapsed_steps(start, now, period);
    hopper_vesting::unlocked_at_step(total, STEPS, elapsed).into()
}

impl Input {
    /// As the peers take steps: the period where a line's cliff is.
    pub fn plain_steps(&self) -> (u64, i64, i64, i64, i64) {
        let (total, start, _, end, now) = self.plain();
        (total, start, self.period() as i64, end, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_computes_the_same() {
        for mut input in under_way(64) {
            for now in [
                input.now,
                input.start,
                input.cliff - 1,
                input.cliff,
                input.end - 1,
                input.end,
            ] {
                input.now = now;
                let now = Timestamp::new(now);
                let (line, steps) = (ours(&(input.line(), now)), ours(&(input.steps(), now)));
                assert_eq!(line, jiminy_line(&input.plain()), "{input:?}");
                assert_eq!(line, hopper_line(&input.plain()), "{input:?}");
                assert_eq!(steps, jiminy_steps(&input.plain_steps()), "{input:?}");
                assert_eq!(steps, hopper_steps(&input.plain_steps()), "{input:?}");
            }
        }
    }
}
