//! The shares of a pool, for both tokens in proportion.

use tokenomics_fixed_math::{Amount, Rounding};

use super::ConstantProduct;
use crate::check::in_range;
use crate::{Error, Liquidity, Quantity};

impl ConstantProduct {
    /// Adds liquidity: takes as much of both amounts as the reserves' proportion allows, and returns
    /// what was taken and the shares given for it. An empty pool takes all.
    ///
    /// # Rounding
    /// The shares are floored, and what is taken for them is ceiled.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] where the amounts are worth no share; [`Error::Overflow`] if a reserve or
    /// the shares would exceed 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let mut pool = ConstantProduct::new(Amount::new(400), Amount::new(900), Fee::NONE)?;
    /// let added = pool.add_liquidity(Amount::new(40), Amount::new(100))?;
    /// assert_eq!(added.shares, Amount::new(60));
    /// assert_eq!(added.amounts, [40, 90].map(Amount::new));
    /// assert!(pool.add_liquidity(Amount::ZERO, Amount::new(100)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn add_liquidity(&mut self, amount0: Amount, amount1: Amount) -> Result<Liquidity, Error> {
        let (added, after) = self.added(amount0, amount1)?;
        *self = after;
        Ok(added)
    }

    /// Computes what adding liquidity would move.
    ///
    /// # Rounding
    /// As at [`add_liquidity`](Self::add_liquidity).
    ///
    /// # Errors
    /// As at [`add_liquidity`](Self::add_liquidity).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let pool = ConstantProduct::new(Amount::new(400), Amount::new(900), Fee::NONE)?;
    /// let quote = pool.quote_add_liquidity(Amount::new(40), Amount::new(100))?;
    /// assert_eq!(quote.amounts, [40, 90].map(Amount::new));
    /// assert!(pool.quote_add_liquidity(Amount::ZERO, Amount::new(100)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn quote_add_liquidity(
        &self,
        amount0: Amount,
        amount1: Amount,
    ) -> Result<Liquidity, Error> {
        Ok(self.added(amount0, amount1)?.0)
    }

    /// Removes liquidity: takes back `shares` and returns what they are worth.
    ///
    /// # Rounding
    /// Both amounts are floored. The last shares take all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more shares than there are, and for none.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let mut pool = ConstantProduct::new(Amount::new(400), Amount::new(900), Fee::NONE)?;
    /// let removed = pool.remove_liquidity(Amount::new(100))?;
    /// assert_eq!(removed.amounts, [66, 150].map(Amount::new));
    /// assert!(pool.remove_liquidity(Amount::new(501)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_liquidity(&mut self, shares: Amount) -> Result<Liquidity, Error> {
        let (removed, after) = self.removed(shares)?;
        *self = after;
        Ok(removed)
    }

    /// Computes what removing liquidity would move.
    ///
    /// # Rounding
    /// As at [`remove_liquidity`](Self::remove_liquidity).
    ///
    /// # Errors
    /// As at [`remove_liquidity`](Self::remove_liquidity).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let pool = ConstantProduct::new(Amount::new(400), Amount::new(900), Fee::NONE)?;
    /// assert_eq!(pool.quote_remove_liquidity(Amount::new(100))?.amounts, [66, 150].map(Amount::new));
    /// assert!(pool.quote_remove_liquidity(Amount::new(601)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_remove_liquidity(&self, shares: Amount) -> Result<Liquidity, Error> {
        Ok(self.removed(shares)?.0)
    }

    /// Computes a deposit, and the pool after it.
    fn added(&self, amount0: Amount, amount1: Amount) -> Result<(Liquidity, Self), Error> {
        if self.shares.is_zero() {
            let first = Self::new(amount0, amount1, self.fee)?;
            let added = Liquidity::without_fees([amount0, amount1], first.shares);
            return Ok((added, first));
        }
        let shares = self.shares_for(amount0, amount1)?;
        in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
        let part =
            |reserve: Amount| reserve.mul_div(shares.get(), self.shares.get(), Rounding::Ceil);
        let (amount0, amount1) = (part(self.reserve0)?, part(self.reserve1)?);
        let after = Self {
            reserve0: self.reserve0.checked_add(amount0)?,
            reserve1: self.reserve1.checked_add(amount1)?,
            shares: self.shares.checked_add(shares)?,
            fee: self.fee,
        };
        Ok((Liquidity::without_fees([amount0, amount1], shares), after))
    }

    /// Computes a withdrawal, and the pool after it.
    fn removed(&self, shares: Amount) -> Result<(Liquidity, Self), Error> {
        let all = self.shares;
        in_range(Quantity::Shares, shares.get(), 1, all.get())?;
        let part = |reserve: Amount| reserve.mul_div(shares.get(), all.get(), Rounding::Floor);
        let (amount0, amount1) = (part(self.reserve0)?, part(self.reserve1)?);
        let after = Self {
            reserve0: self.reserve0.checked_sub(amount0)?,
            reserve1: self.reserve1.checked_sub(amount1)?,
            shares: all.checked_sub(shares)?,
            fee: self.fee,
        };
        Ok((Liquidity::without_fees([amount0, amount1], shares), after))
    }

    /// Returns the shares that these amounts are worth, by the one that is worth less.
    fn shares_for(&self, amount0: Amount, amount1: Amount) -> Result<Amount, Error> {
        let worth = |amount: Amount, reserve: Amount| {
            amount.mul_div(self.shares.get(), reserve.get(), Rounding::Floor)
        };
        // What is worth more shares than there can be is the other one's to limit.
        let shares0 = worth(amount0, self.reserve0);
        let shares1 = worth(amount1, self.reserve1);
        match (shares0, shares1) {
            (Ok(shares0), Ok(shares1)) => Ok(shares0.min(shares1)),
            (Ok(shares), Err(_)) | (Err(_), Ok(shares)) => Ok(shares),
            (Err(error), Err(_)) => Err(error.into()),
        }
    }
}
