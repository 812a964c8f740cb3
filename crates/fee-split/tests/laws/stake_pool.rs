//! The laws of stakes that can be slashed.

use tokenomics_fee_split::{ClosedGeneration, Error, Stake, StakePool};
use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding, U256};

/// One call on a pool.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct StakeCall {
    pub kind: u8,
    pub who: u8,
    pub amount: u128,
    pub other: u8,
}

const HOLDERS: usize = 4;
const GENERATIONS: usize = 16;

type Pool = StakePool<[ClosedGeneration; GENERATIONS]>;

/// A pool under test, its stakes, what went in and out, and the rewards that a loop over all stakes
/// counts.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    pool: Pool,
    stakes: [Stake; HOLDERS],
    claimed: [u128; HOLDERS],
    by_loop: [U256; HOLDERS],
    left: u128,
    waiting: u128,
    put_in: u128,
    // Staked, less what was withdrawn, slashed and taken: modulo 2^128.
    staked: u128,
}

impl Model {
    fn new() -> Self {
        Self {
            pool: StakePool::new([ClosedGeneration::NONE; GENERATIONS]),
            stakes: [Stake::new(); HOLDERS],
            claimed: [0; HOLDERS],
            by_loop: [U256::ZERO; HOLDERS],
            left: 0,
            waiting: 0,
            put_in: 0,
            staked: 0,
        }
    }

    fn amounts(&self) -> [u128; HOLDERS] {
        self.stakes
            .map(|stake| self.pool.amount(&stake).unwrap().get())
    }

    fn released(&self) -> [u128; HOLDERS] {
        self.stakes
            .map(|stake| self.pool.releasable(&stake).unwrap().get())
    }

    /// The weights, of which those in a closed generation are none.
    fn weights(&self) -> [u128; HOLDERS] {
        self.stakes.map(|stake| {
            let live = stake.state().generation == self.pool.generation();
            if live {
                stake.weight()
            } else {
                0
            }
        })
    }

    /// Makes a call, if it is a valid one. If it isn't, nothing may have changed.
    fn call(&mut self, call: StakeCall) {
        let (before, mut after) = (self.clone(), self.clone());
        let done = after.change(call);
        if done.is_ok() {
            after.check_neighbours(&before, call);
            *self = after;
        } else {
            let same = (after.pool, after.stakes) == (self.pool, self.stakes);
            assert!(same, "{done:?} changed the state");
        }
    }

    fn change(&mut self, call: StakeCall) -> Result<(), Error> {
        let who = usize::from(call.who) % HOLDERS;
        let amount = Amount::new(call.amount);
        let stake = &mut self.stakes[who];
        match call.kind % 12 {
            0..=2 => {
                self.pool.deposit(stake, amount)?;
                self.staked = self.staked.wrapping_add(call.amount);
            }
            3 => {
                self.pool.withdraw(stake, amount)?;
                self.staked = self.staked.wrapping_sub(call.amount);
            }
            4 => {
                let all = self.pool.amount(stake)?;
                self.pool.withdraw(stake, all)?;
                assert_eq!(self.stakes[who].shares(), 0);
                self.staked = self.staked.wrapping_sub(all.get());
            }
            5 => {
                let other = (who + 1 + usize::from(call.other) % (HOLDERS - 1)) % HOLDERS;
                let mut to = self.stakes[other];
                self.pool.transfer(&mut self.stakes[who], &mut to, amount)?;
                self.stakes[other] = to;
            }
            6 => {
                let boost =
                    Ratio::new(u128::from(call.other % 7), u128::from(call.other / 64) + 1)?;
                self.pool.set_boost(stake, boost)?;
            }
            7 => self.slash(call.amount % 100, 100)?,
            8 => self.slash(call.amount, u128::MAX)?,
            9 => self.fund(call.amount)?,
            10 => {
                let claimed = self.pool.claim(stake)?.get();
                self.claimed[who] += claimed;
            }
            _ => {
                let taken = self.pool.take_released(stake)?.get();
                self.staked = self.staked.wrapping_sub(taken);
            }
        }
        Ok(())
    }

    /// Takes a part of all that is staked, and now and then all but a few units.
    fn slash(&mut self, part: u128, whole: u128) -> Result<(), Error> {
        let assets = self.pool.assets().get();
        let loss = match part {
            0..=20 if whole == u128::MAX => assets.saturating_sub(part),
            _ => mul_div(assets, part, whole, Rounding::Ceil).unwrap(),
        };
        self.pool.slash(Amount::new(loss))?;
        self.staked = self.staked.wrapping_sub(loss);
        Ok(())
    }

    fn fund(&mut self, amount: u128) -> Result<(), Error> {
        self.pool.fund(Amount::new(amount))?;
        self.put_in += amount;
        self.waiting += amount;
        let weights = self.weights();
        let total: u128 = weights.iter().sum();
        if total == 0 {
            return Ok(());
        }
        let (each, left) = U256::new(self.waiting, self.left).div_rem(total).unwrap();
        (self.waiting, self.left) = (0, left);
        for (owed, weight) in self.by_loop.iter_mut().zip(weights) {
            let more = each.checked_mul(weight).unwrap();
            *owed = owed.checked_add(more).unwrap();
        }
        Ok(())
    }

    /// Who isn't called keeps its stake, or loses by a slash in proportion; who is called gains or loses
    /// what it says, and never more than a unit less.
    fn check_neighbours(&self, before: &Self, call: StakeCall) {
        let who = usize::from(call.who) % HOLDERS;
        let (old, new) = (before.amounts(), self.amounts());
        let moved = new[who].abs_diff(old[who]);
        match call.kind % 12 {
            7 | 8 => return self.check_slash(before),
            0..=2 => {
                assert!(
                    new[who] >= old[who] && moved <= call.amount,
                    "a deposit gained"
                );
                assert!(call.amount - moved <= 1, "a deposit lost {moved}");
            }
            3 | 5 => {
                assert!(
                    new[who] <= old[who] && moved >= call.amount,
                    "a withdrawal gained"
                );
                assert!(moved - call.amount <= 1, "a withdrawal lost {moved}");
            }
            _ => {}
        }
        if call.kind % 12 == 5 {
            let sum = |amounts: [u128; HOLDERS]| amounts.iter().sum::<u128>();
            assert!(
                sum(new).abs_diff(sum(old)) <= 1,
                "a transfer made or lost units"
            );
        }
        for holder in (0..HOLDERS).filter(|&holder| holder != who) {
            assert!(
                new[holder] >= old[holder],
                "{holder} lost by a call of {who}"
            );
        }
    }

    fn check_slash(&self, before: &Self) {
        let (old, new, pool) = (before.amounts(), self.amounts(), before.pool);
        let (assets, all) = (self.pool.assets().get(), pool.assets().get());
        let closed = self.pool.generation() > pool.generation();
        let left = if closed {
            self.pool.released().get() - pool.released().get()
        } else {
            assets
        };
        let [was, is] = [before, self].map(Self::released);
        for holder in 0..HOLDERS {
            let now = if closed {
                is[holder] - was[holder]
            } else {
                new[holder]
            };
            let part = |amount| mul_div(amount, left, all.max(1), Rounding::Floor).unwrap();
            assert!(now >= part(old[holder]), "{holder} lost more than its part");
            assert!(
                now <= part(old[holder].saturating_add(1)),
                "{holder} lost less"
            );
            assert!(!closed || new[holder] == 0);
        }
    }

    /// What was staked is there, and no less than all stakes are worth.
    fn check_stakes(&self) {
        let (pool, amounts) = (&self.pool, self.amounts());
        let here = pool.assets().checked_add(pool.released()).unwrap();
        assert_eq!(here.get(), self.staked);
        let sum = Amount::try_sum(amounts.map(Amount::new)).unwrap();
        assert!(sum <= pool.assets());
        assert!(pool.assets().get() - sum.get() < HOLDERS as u128 || pool.shares() == 0);
        let live = |stake: &&Stake| stake.state().generation == pool.generation();
        let shares = self.stakes.iter().filter(live).map(|stake| stake.shares());
        assert_eq!(shares.sum::<u128>(), pool.shares());
        assert!(pool.shares() >= pool.assets().get());
        let released = Amount::try_sum(self.released().map(Amount::new)).unwrap();
        assert!(released <= pool.released());
        assert!(pool.released().get() - released.get() < (HOLDERS * GENERATIONS) as u128);
        assert_eq!(Pool::restore(pool.state(), *pool.generations()), Ok(*pool));
        for stake in self.stakes {
            assert_eq!(Stake::restore(stake.state()), Ok(stake));
            let (shares, boost) = (stake.shares(), stake.boost());
            let (times, by) = (boost.numerator(), boost.denominator());
            let weight = mul_div(shares, times, by, Rounding::Floor);
            assert_eq!(Ok(stake.weight()), weight);
        }
    }

    /// funded = paid + claimable + carried + unallocated, and each is owed what a loop counts.
    fn check_rewards(&self) {
        let rewards = self.pool.rewards();
        let claimable = self
            .stakes
            .map(|stake| self.pool.claimable(&stake).unwrap());
        for (who, claimable) in claimable.into_iter().enumerate() {
            let earned = self.claimed[who] + claimable.get();
            assert_eq!(earned, self.by_loop[who].high(), "{who}");
        }
        let claimable = Amount::try_sum(claimable).unwrap();
        let carried = rewards.carried(claimable).unwrap();
        assert!(carried.get() <= HOLDERS as u128, "{carried} carried");
        assert_eq!(rewards.paid().get(), self.claimed.iter().sum::<u128>());
        assert_eq!(rewards.funded().get(), self.put_in);
        assert_eq!(rewards.unallocated().get(), self.waiting);
        assert_eq!(rewards.total_shares(), self.weights().iter().sum::<u128>());
    }

    /// All leave: the pool is empty, to the last unit.
    fn empty(&mut self) {
        for who in 0..HOLDERS {
            for kind in [4, 10, 11] {
                let (who, other) = (u8::try_from(who).unwrap(), 0);
                self.change(StakeCall {
                    kind,
                    who,
                    amount: 0,
                    other,
                })
                .unwrap();
            }
        }
        let pool = &self.pool;
        assert_eq!(
            (pool.assets(), pool.shares(), pool.released()),
            Default::default()
        );
    }
}

/// Deposited = withdrawn + slashed + staked + released, and all is got out in the end.
pub fn stakes_conserved(calls: &[StakeCall]) {
    let mut model = Model::new();
    for &call in calls {
        model.call(call);
        model.check_stakes();
    }
    model.empty();
}

/// Nobody's stake falls but by a slash, in proportion, or by a call of its own.
pub fn stakes_accrue(calls: &[StakeCall]) {
    let mut model = Model::new();
    for &call in calls {
        model.call(call);
    }
}

/// Each is owed the rewards that a loop over all stakes counts, to the unit, across generations.
pub fn stake_rewards_by_loop(calls: &[StakeCall]) {
    let mut model = Model::new();
    for &call in calls {
        model.call(call);
        model.check_rewards();
    }
}

/// Staking and leaving at once never gains, and loses at most a unit.
pub fn stakes_no_profit(calls: &[StakeCall], amount: u128) {
    let mut model = Model::new();
    for &call in calls {
        model.call(call);
        let (mut pool, mut guest) = (model.pool, Stake::new());
        if pool.deposit(&mut guest, Amount::new(amount)).is_err() {
            continue;
        }
        let worth = pool.amount(&guest).unwrap().get();
        assert!(
            worth <= amount && amount - worth <= 1,
            "{worth} of {amount}"
        );
        pool.withdraw(&mut guest, Amount::new(worth)).unwrap();
        assert!(pool.rewards().total_shares() == model.pool.rewards().total_shares());
        for stake in model.stakes {
            assert!(pool.amount(&stake).unwrap() >= model.pool.amount(&stake).unwrap());
        }
    }
}
