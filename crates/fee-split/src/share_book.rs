//! The shares of all positions together, and what one share has earned.

use tokenomics_fixed_math::{Amount, U256};

use crate::check::in_range;
use crate::{Error, Position, Quantity};

/// The number of all shares and the rewards of one: what every pool is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ShareBook {
    pub(crate) total: u128,
    // Rewards per share since the beginning, in 2^-128 units. Each distribution was divided by at
    // least one share, so it is at most all that was distributed.
    pub(crate) accumulated: U256,
    // What the last division left, in 2^-128 units: less than one unit.
    pub(crate) rest: u128,
}

impl ShareBook {
    pub(crate) const EMPTY: Self = Self {
        total: 0,
        accumulated: U256::ZERO,
        rest: 0,
    };

    /// Distributes so many 2^-128 units to all shares, and carries what the division leaves.
    ///
    /// There is at least one share. The sum doesn't overflow: at most 2^128 − 1 units are funded, and
    /// the remainder is less than one.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn distribute(&mut self, parts: U256) -> Result<(), Error> {
        let shared = parts.checked_add(self.rest.into())?;
        let (per_share, rest) = shared.div_rem(self.total)?;
        self.accumulated = self.accumulated.checked_add(per_share)?;
        self.rest = rest;
        Ok(())
    }

    /// Returns a position with all it has earned so far in what it is owed.
    pub(crate) fn settled(&self, position: &Position) -> Result<Position, Error> {
        in_range(Quantity::Shares, position.shares(), 0, self.total)?;
        position.settled_at(self.accumulated)
    }

    pub(crate) fn set_shares(
        &mut self,
        position: &mut Position,
        shares: u128,
    ) -> Result<(), Error> {
        let settled = self.settled(position)?;
        let others = Amount::new(self.total).checked_sub(position.shares)?;
        let shares = Amount::new(shares);
        self.total = others.checked_add(shares)?.get();
        *position = Position { shares, ..settled };
        Ok(())
    }

    pub(crate) fn add_shares(&mut self, position: &mut Position, more: u128) -> Result<(), Error> {
        let shares = position.shares.checked_add(Amount::new(more))?;
        self.set_shares(position, shares.get())
    }

    pub(crate) fn remove_shares(
        &mut self,
        position: &mut Position,
        fewer: u128,
    ) -> Result<(), Error> {
        in_range(Quantity::Shares, fewer, 0, position.shares())?;
        let shares = position.shares.checked_sub(Amount::new(fewer))?;
        self.set_shares(position, shares.get())
    }

    /// Settles both, and moves shares from the one to the other.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn transfer(
        &self,
        from: &mut Position,
        to: &mut Position,
        shares: u128,
    ) -> Result<(), Error> {
        let (mut giver, mut taker) = (self.settled(from)?, self.settled(to)?);
        in_range(Quantity::Shares, shares, 0, giver.shares())?;
        giver.shares = giver.shares.checked_sub(Amount::new(shares))?;
        taker.shares = taker.shares.checked_add(Amount::new(shares))?;
        (*from, *to) = (giver, taker);
        Ok(())
    }
}
