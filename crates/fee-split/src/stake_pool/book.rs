//! The sums of a pool of stakes, and what a call does to them and to one stake.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use super::{ClosedGeneration, Stake};
use crate::check::in_range;
use crate::{Error, Quantity, RewardPool};

/// The most shares of one unit: with more, a generation is closed.
pub(super) const SHARES_OF_A_UNIT: u128 = 1 << 32;

/// The sums of all stakes. Of the assets and the shares both are 0 or none, and there are
/// at least as many shares, and at most 2^32 times as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Book {
    pub(super) rewards: RewardPool,
    pub(super) assets: Amount,
    pub(super) shares: Amount,
    pub(super) generation: u32,
    pub(super) released: Amount,
}

/// Returns the part of `assets` that some of `all` shares are worth, floored.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn share_of(shares: Amount, assets: Amount, all: Amount) -> Result<Amount, Error> {
    if all.is_zero() {
        return Ok(Amount::ZERO);
    }
    Ok(assets.mul_div(shares.get(), all.get(), Rounding::Floor)?)
}

impl Book {
    pub(super) const EMPTY: Self = Self {
        rewards: RewardPool::new(),
        assets: Amount::ZERO,
        shares: Amount::ZERO,
        generation: 0,
        released: Amount::ZERO,
    };

    /// Gives a stake the weight that its shares and its boost come to.
    pub(super) fn reweigh(&mut self, stake: &mut Stake) -> Result<(), Error> {
        let weight = stake.weighs()?;
        self.rewards.set_shares(&mut stake.rewards, weight.get())
    }

    pub(super) fn deposit(&mut self, stake: &mut Stake, amount: Amount) -> Result<(), Error> {
        let (assets, shares) = (self.assets, self.shares);
        let minted = if shares.is_zero() {
            amount
        } else {
            amount.mul_div(shares.get(), assets.get(), Rounding::Floor)?
        };
        self.assets = assets.checked_add(amount)?;
        // So that what a slash releases can be counted.
        self.assets.checked_add(self.released)?;
        self.shares = shares.checked_add(minted)?;
        stake.shares = stake.shares.checked_add(minted)?;
        self.reweigh(stake)
    }

    pub(super) fn withdraw(&mut self, stake: &mut Stake, amount: Amount) -> Result<(), Error> {
        let burned = self.shares_for(stake, amount)?;
        self.assets = self.assets.checked_sub(amount)?;
        self.shares = self.shares.checked_sub(burned)?;
        stake.shares = stake.shares.checked_sub(burned)?;
        self.reweigh(stake)
    }

    /// Moves shares, and returns the giver.
    pub(super) fn transfer(
        &mut self,
        mut giver: Stake,
        taker: &mut Stake,
        amount: Amount,
    ) -> Result<Stake, Error> {
        let moved = self.shares_for(&giver, amount)?;
        giver.shares = giver.shares.checked_sub(moved)?;
        taker.shares = taker.shares.checked_add(moved)?;
        self.reweigh(&mut giver)?;
        self.reweigh(taker)?;
        Ok(giver)
    }

    /// Returns the shares of a stake that an amount takes: all of them for all that it is worth, so that
    /// no fraction of a unit stays behind and earns.
    fn shares_for(&self, stake: &Stake, amount: Amount) -> Result<Amount, Error> {
        let worth = share_of(stake.shares, self.assets, self.shares)?;
        in_range(Quantity::Stake, amount.get(), 0, worth.get())?;
        if amount == worth {
            return Ok(stake.shares);
        }
        // Something is staked, and less than the stake is worth takes fewer shares than it has.
        Ok(amount.mul_div(self.shares.get(), self.assets.get(), Rounding::Ceil)?)
    }

    /// Returns `true` if a share is worth too little to go on with.
    pub(super) fn is_spent(&self) -> bool {
        U256::from(self.shares.get()) > U256::product(self.assets.get(), SHARES_OF_A_UNIT)
    }

    /// Closes the generation: releases what is left, and begins the next one.
    pub(super) fn close(&mut self) -> Result<ClosedGeneration, Error> {
        let closed = ClosedGeneration {
            assets: self.assets,
            shares: self.shares,
            accumulated: self.rewards.book.accumulated,
        };
        self.released = self.released.checked_add(self.assets)?;
        (self.assets, self.shares) = (Amount::ZERO, Amount::ZERO);
        self.rewards.book.total = 0;
        // The store has room for it, and so counts it by 32 bits.
        self.generation = self.generation.saturating_add(1);
        Ok(closed)
    }
}
