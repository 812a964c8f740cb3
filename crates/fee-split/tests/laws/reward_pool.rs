//! The laws of pools of several assets, and of the calls beside the fundings and claims.

use tokenomics_fee_split::{
    Error, MultiPosition, MultiRewardPool, Position, RewardPool, ZeroShares,
};
use tokenomics_fixed_math::{Amount, U256};

/// One call on a pool of several assets, and on pools of one.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct AssetCall {
    pub kind: u8,
    pub who: u8,
    pub asset: u8,
    pub amount: u128,
}

const HOLDERS: usize = 3;
const ASSETS: usize = 3;

/// A pool of several assets, pools of their own, and positions in both.
#[derive(Debug, Clone, PartialEq)]
struct Both {
    multi: MultiRewardPool<ASSETS>,
    holders: [MultiPosition<ASSETS>; HOLDERS],
    pools: [RewardPool; ASSETS],
    positions: [[Position; HOLDERS]; ASSETS],
}

impl Both {
    fn call(&mut self, call: AssetCall) {
        let (asset, who) = (
            usize::from(call.asset) % ASSETS,
            usize::from(call.who) % HOLDERS,
        );
        let other = (who + 1) % HOLDERS;
        let before = (self.multi, self.holders);
        let amount = Amount::new(call.amount);
        let (holder, mut to) = (&mut self.holders[who], before.1[other]);
        let done = match call.kind % 7 {
            0 | 1 => self.multi.deposit(holder, call.amount),
            2 => self.multi.withdraw(holder, call.amount),
            3 => self.multi.transfer(holder, &mut to, call.amount),
            4 => self.multi.fund(amount, asset),
            5 => self.multi.claim(holder, asset).map(drop),
            _ => self.multi.claim_all(holder).map(|claimed| {
                let alone = |asset: usize| self.pools[asset].claimable(&self.positions[asset][who]);
                assert_eq!(claimed.map(Ok), core::array::from_fn(alone));
            }),
        };
        self.holders[other] = to;
        if done.is_err() {
            assert_eq!(
                (self.multi, self.holders),
                before,
                "an error changed the state"
            );
        }
        for number in 0..ASSETS {
            let one = self.alone(call, number, asset);
            assert!(one.is_ok() || done.is_err(), "{one:?}, but not {done:?}");
        }
    }

    /// Makes the call on the pool of one asset, if it is about that.
    fn alone(&mut self, call: AssetCall, number: usize, asset: usize) -> Result<(), Error> {
        let who = usize::from(call.who) % HOLDERS;
        let other = (who + 1) % HOLDERS;
        let (pool, positions) = (&mut self.pools[number], &mut self.positions[number]);
        let mut to = positions[other];
        let position = &mut positions[who];
        match call.kind % 7 {
            0 | 1 => pool.deposit(position, call.amount),
            2 => pool.withdraw(position, call.amount),
            3 => {
                let done = pool.transfer(position, &mut to, call.amount);
                positions[other] = to;
                done
            }
            4 if number == asset => pool.fund(Amount::new(call.amount)),
            5 if number != asset => Ok(()),
            4 => Ok(()),
            _ => pool.claim(position).map(drop),
        }
    }
}

/// Each asset of a pool of several is what a pool of its own would be.
pub fn assets_are_pools(calls: &[AssetCall]) {
    let mut both = Both {
        multi: MultiRewardPool::new(),
        holders: [MultiPosition::new(); HOLDERS],
        pools: [RewardPool::new(); ASSETS],
        positions: [[Position::new(); HOLDERS]; ASSETS],
    };
    for &call in calls {
        both.call(call);
        assert_eq!(both.multi.assets(), &both.pools);
        assert_eq!(MultiRewardPool::restore(both.multi.state()), Ok(both.multi));
        for (who, holder) in both.holders.iter().enumerate() {
            let alone = core::array::from_fn(|asset| both.positions[asset][who]);
            assert_eq!(holder.state(), alone);
            assert_eq!(MultiPosition::restore(alone), Ok(*holder));
        }
    }
}

/// Deposits, withdrawals, compounding and payments under each rule are what a loop over all holders
/// counts, to the fraction.
pub fn rewards_by_loop(calls: &[AssetCall]) {
    let (mut pool, mut positions) = (RewardPool::new(), [Position::new(); HOLDERS]);
    let (mut owed, mut held, mut left) = ([U256::ZERO; HOLDERS], 0_u128, 0);
    for call in calls {
        let who = usize::from(call.who) % HOLDERS;
        let rule =
            [ZeroShares::Hold, ZeroShares::Sink, ZeroShares::Extend][usize::from(call.asset) % 3];
        let shares = positions.map(|position| position.shares());
        let (total, before) = (pool.total_shares(), (pool, positions));
        let position = &mut positions[who];
        let done = match call.kind % 7 {
            0 => pool.deposit(position, call.amount),
            1 => pool.withdraw(position, call.amount),
            2 => pool.compound(position).map(|claimed| {
                assert_eq!(claimed.get(), owed[who].high());
                assert_eq!(position.shares(), shares[who] + claimed.get());
                owed[who] = owed[who].low().into();
            }),
            _ => pool
                .fund_with(Amount::new(call.amount), rule)
                .map(|returned| {
                    let sunk = total == 0 && rule == ZeroShares::Sink;
                    assert_eq!(returned.get(), if sunk { call.amount } else { 0 });
                    held += call.amount - returned.get();
                    if total > 0 {
                        let (each, rest) = U256::new(held, left).div_rem(total).unwrap();
                        (held, left) = (0, rest);
                        for (owed, shares) in owed.iter_mut().zip(shares) {
                            *owed = owed.checked_add(each.checked_mul(shares).unwrap()).unwrap();
                        }
                    }
                }),
        };
        if done.is_err() {
            assert_eq!((pool, positions), before, "an error changed the state");
        }
        let is = positions.map(|position| pool.owed(&position).unwrap());
        assert_eq!((is, pool.unallocated().get()), (owed, held));
    }
}
