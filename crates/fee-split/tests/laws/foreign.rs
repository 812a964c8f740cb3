//! The law of positions that a pool hasn't made.

use tokenomics_fee_split::{Error, Position, RewardPool, StreamedPool, ZeroShares};
use tokenomics_fixed_math::{Amount, Timestamp, U256};

/// A call with a position of any numbers, brought near those of the pool.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ForeignCall {
    pub kind: u8,
    /// What is added to the shares of all, or funded.
    pub amount: u128,
    pub shares: u128,
    pub checkpoint: [u128; 2],
    pub owed: [u128; 2],
    /// Whether the checkpoint is the pool's.
    pub is_settled: bool,
    /// How many units below all that is outstanding the position is owed; any number from 8 on.
    pub below: u8,
    pub after: u16,
}

impl ForeignCall {
    fn position(&self, total: u128, accumulated: U256, outstanding: Amount) -> Position {
        let shares = match total.checked_add(1) {
            Some(most) => self.shares % most,
            None => self.shares,
        };
        let [high, low] = self.checkpoint;
        let checkpoint = match self.is_settled {
            true => accumulated,
            false => U256::new(high, low),
        };
        let [high, low] = self.owed;
        let near = outstanding.get().checked_sub(self.below.into());
        let high = near.filter(|_| self.below < 8).unwrap_or(high);
        Position::restore(shares, checkpoint, U256::new(high, low))
    }
}

/// No call with any position, the pool's or not, leaves a pool that its state can't be restored as; an error
/// leaves both as they were.
pub fn pools_restore(calls: &[ForeignCall]) {
    let mut pool = RewardPool::new();
    for call in calls {
        let state = pool.state();
        let total = state.total_shares.get();
        let mut position = call.position(total, state.accumulated, pool.outstanding());
        let before = (pool, position);
        let done: Result<(), Error> = match call.kind % 6 {
            0 => pool.deposit(&mut position, call.amount),
            1 => pool.withdraw(&mut position, call.amount),
            2 => pool.claim(&mut position).map(drop),
            3 => pool.compound(&mut position).map(drop),
            4 => pool.set_shares(&mut position, call.amount),
            _ => pool.fund(Amount::new(call.amount)),
        };
        assert!(done.is_ok() || (pool, position) == before, "{done:?}");
        assert_eq!(RewardPool::restore(pool.state()), Ok(pool), "{call:?}");
    }
}

/// The same of a pool whose rewards come over a period.
pub fn streamed_pools_restore(rule: u8, calls: &[ForeignCall]) {
    let rules = [ZeroShares::Hold, ZeroShares::Sink, ZeroShares::Extend];
    let rule = rules[usize::from(rule) % rules.len()];
    let (mut pool, mut now) = (StreamedPool::new(Timestamp::ZERO, rule), 0_u64);
    for call in calls {
        now += u64::from(call.after);
        let at = Timestamp::new(now);
        let state = pool.state();
        let total = state.total_shares.get();
        let mut position = call.position(total, state.accumulated, pool.outstanding());
        let before = (pool, position);
        let done: Result<(), Error> = match call.kind % 6 {
            0 => pool.deposit(&mut position, call.amount, at),
            1 => pool.withdraw(&mut position, call.amount, at),
            2 => pool.claim(&mut position, at).map(drop),
            3 => pool.compound(&mut position, at).map(drop),
            4 => pool.set_shares(&mut position, call.amount, at),
            _ => {
                let end = Timestamp::new(now + u64::from(call.below) + 1);
                pool.top_up(Amount::new(call.amount), at, end)
            }
        };
        assert!(done.is_ok() || (pool, position) == before, "{done:?}");
        assert_eq!(StreamedPool::restore(pool.state()), Ok(pool), "{call:?}");
    }
}
