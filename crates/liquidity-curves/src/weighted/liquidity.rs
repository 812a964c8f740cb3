//! The shares of a weighted pool: for all tokens in proportion, and for one of them.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};

use super::Weighted;
use crate::check::in_range;
use crate::{Error, Fee, Liquidity, Quantity};

/// Computes ∏ reserve^weight, rounded at each token but the first: from the least reserve on, so that it
/// is at least that one. There is at least one token.
pub(super) fn invariant(
    reserves: &[Amount],
    weights: &[Fraction],
    rounding: Rounding,
) -> Result<Amount, Error> {
    let least = reserves.iter().copied().min().unwrap_or(Amount::ZERO);
    in_range(Quantity::Reserve, least.get(), 1, u128::MAX)?;
    let mut value = least;
    for (reserve, weight) in reserves.iter().zip(weights) {
        let growth = Ratio::new(reserve.get(), least.get())?;
        value = value.mul_rational_pow(growth, of_one(*weight)?, rounding)?;
    }
    Ok(value)
}

/// Returns a weight as an exponent.
pub(super) fn of_one(weight: Fraction) -> Result<Ratio, Error> {
    Ok(Ratio::new(weight.raw().into(), Fraction::ONE.raw().into())?)
}

impl<const N: usize> Weighted<N> {
    /// Computes the invariant, ∏ Bₖ^wₖ: the weighted geometric mean of the reserves.
    ///
    /// # Rounding
    /// As the caller says, at each token that isn't the one of the least reserve: once in a pool of two.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Rounding};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let reserves = [Amount::new(100_000), Amount::new(1)];
    /// let pool = Weighted::new(reserves, [fraction!("0.8"), fraction!("0.2")], Fee::NONE)?;
    /// assert_eq!(pool.invariant(Rounding::Floor)?, Amount::new(10_000));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn invariant(&self, rounding: Rounding) -> Result<Amount, Error> {
        invariant(&self.reserves, &self.weights, rounding)
    }

    /// Adds liquidity: takes as much of all amounts as the reserves' proportion allows, and returns what
    /// was taken and the shares given for it. An empty pool takes all.
    ///
    /// # Rounding
    /// The shares are floored, and what is taken for them is ceiled.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] where the amounts are worth no share; [`Error::Overflow`] if a reserve or
    /// the shares would exceed 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.8"), fraction!("0.2")];
    /// let mut pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// let added = pool.add_liquidity([100, 300].map(Amount::new))?;
    /// assert_eq!((added.amounts, added.shares), ([Amount::new(100); 2], Amount::new(100)));
    /// assert!(pool.add_liquidity([0, 300].map(Amount::new)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn add_liquidity(&mut self, amounts: [Amount; N]) -> Result<Liquidity<N>, Error> {
        let (added, after) = self.added(&amounts)?;
        *self = after;
        Ok(added)
    }

    /// Computes what [`add_liquidity`](Self::add_liquidity) would move.
    ///
    /// # Rounding
    /// As there.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"); 2];
    /// let pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// let quote = pool.quote_add_liquidity([100, 300].map(Amount::new))?;
    /// assert_eq!((quote.amounts, quote.shares), ([Amount::new(100); 2], Amount::new(100)));
    /// assert!(pool.quote_add_liquidity([0, 300].map(Amount::new)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_add_liquidity(&self, amounts: [Amount; N]) -> Result<Liquidity<N>, Error> {
        Ok(self.added(&amounts)?.0)
    }

    /// Removes liquidity: takes back `shares` and returns what they are worth.
    ///
    /// # Rounding
    /// All amounts are floored. The last shares take all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more shares than there are, and for none.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.8"), fraction!("0.2")];
    /// let mut pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// assert_eq!(pool.remove_liquidity(Amount::new(10))?.amounts, [Amount::new(10); 2]);
    /// assert!(pool.remove_liquidity(Amount::new(991)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_liquidity(&mut self, shares: Amount) -> Result<Liquidity<N>, Error> {
        let (removed, after) = self.removed(shares)?;
        *self = after;
        Ok(removed)
    }

    /// Computes what [`remove_liquidity`](Self::remove_liquidity) would move.
    ///
    /// # Rounding
    /// As there.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"); 2];
    /// let pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// assert_eq!(pool.quote_remove_liquidity(Amount::new(10))?.amounts, [Amount::new(10); 2]);
    /// assert!(pool.quote_remove_liquidity(Amount::new(1_001)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_remove_liquidity(&self, shares: Amount) -> Result<Liquidity<N>, Error> {
        Ok(self.removed(shares)?.0)
    }

    /// Adds all of an amount of one token alone and returns it with the shares given for it: S·((1 + a/B)^w − 1),
    /// where the fee is taken of the part of a, 1 − w of it, that is swapped for the other tokens in effect.
    ///
    /// # Rounding
    /// The fee is ceiled, and the shares are floored, once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an index of no token, in an empty pool, and where the amount is worth no
    /// share; [`Error::Overflow`] if the reserve or the shares would exceed 128 bits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"); 2];
    /// let mut pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// assert_eq!(pool.add_single(0, Amount::new(210))?.shares, Amount::new(100));
    /// assert!(pool.add_single(0, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn add_single(&mut self, token: usize, amount: Amount) -> Result<Liquidity<N>, Error> {
        let (added, after) = self.added_single(token, amount)?;
        *self = after;
        Ok(added)
    }

    /// Computes what [`add_single`](Self::add_single) would move.
    ///
    /// # Rounding
    /// As there.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"); 2];
    /// let pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// assert_eq!(pool.quote_add_single(0, Amount::new(210))?.shares, Amount::new(100));
    /// assert!(pool.quote_add_single(2, Amount::new(210)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_add_single(&self, token: usize, amount: Amount) -> Result<Liquidity<N>, Error> {
        Ok(self.added_single(token, amount)?.0)
    }

    /// Takes back `shares` for one token alone and returns what was paid: B·(1 − (1 − s/S)^(1/w)), less
    /// the fee on the part, 1 − w of it, that is swapped for in effect.
    ///
    /// # Rounding
    /// The amount is floored, once, and the fee is ceiled.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an index of no token, for no shares, and for all of them: the last ones
    /// take all tokens.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"); 2];
    /// let mut pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// assert_eq!(pool.remove_single(0, Amount::new(100))?.amounts, [190, 0].map(Amount::new));
    /// assert!(pool.remove_single(0, Amount::new(900)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_single(&mut self, token: usize, shares: Amount) -> Result<Liquidity<N>, Error> {
        let (removed, after) = self.removed_single(token, shares)?;
        *self = after;
        Ok(removed)
    }

    /// Computes what [`remove_single`](Self::remove_single) would move.
    ///
    /// # Rounding
    /// As there.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"); 2];
    /// let pool = Weighted::new([1_000, 1_000].map(Amount::new), weights, Fee::NONE)?;
    /// assert_eq!(pool.quote_remove_single(0, Amount::new(100))?.amounts, [190, 0].map(Amount::new));
    /// assert!(pool.quote_remove_single(0, Amount::new(1_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_remove_single(&self, token: usize, shares: Amount) -> Result<Liquidity<N>, Error> {
        Ok(self.removed_single(token, shares)?.0)
    }

    /// Computes a deposit, and the pool after it.
    fn added(&self, amounts: &[Amount; N]) -> Result<(Liquidity<N>, Self), Error> {
        if self.shares.is_zero() {
            let first = Self::new(*amounts, self.weights, self.fee)?;
            let added = Liquidity::without_fees(*amounts, first.shares);
            return Ok((added, first));
        }
        let shares = self.shares_for(amounts)?;
        in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
        let (mut after, mut taken) = (*self, [Amount::ZERO; N]);
        for (reserve, taken) in after.reserves.iter_mut().zip(&mut taken) {
            *taken = reserve.mul_div(shares.get(), self.shares.get(), Rounding::Ceil)?;
            *reserve = reserve.checked_add(*taken)?;
        }
        after.shares = self.shares.checked_add(shares)?;
        Ok((Liquidity::without_fees(taken, shares), after))
    }

    /// Computes a withdrawal, and the pool after it.
    fn removed(&self, shares: Amount) -> Result<(Liquidity<N>, Self), Error> {
        let all = self.shares;
        in_range(Quantity::Shares, shares.get(), 1, all.get())?;
        let (mut after, mut amounts) = (*self, [Amount::ZERO; N]);
        for (reserve, amount) in after.reserves.iter_mut().zip(&mut amounts) {
            *amount = reserve.mul_div(shares.get(), all.get(), Rounding::Floor)?;
            *reserve = reserve.checked_sub(*amount)?;
        }
        after.shares = all.checked_sub(shares)?;
        Ok((Liquidity::without_fees(amounts, shares), after))
    }

    /// Computes a deposit of one token alone, and the pool after it.
    fn added_single(&self, token: usize, amount: Amount) -> Result<(Liquidity<N>, Self), Error> {
        let (reserve, weight) = self.token(token)?;
        in_range(Quantity::Reserve, reserve.get(), 1, u128::MAX)?;
        let (sum, fee) = (
            reserve.checked_add(amount)?,
            self.fee_on_rest(amount, weight),
        );
        let growth = Ratio::new(sum.checked_sub(fee)?.get(), reserve.get())?;
        let exponent = of_one(weight)?;
        let all = self
            .shares
            .mul_rational_pow(growth, exponent, Rounding::Floor)?;
        let shares = all.checked_sub(self.shares)?;
        in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
        let mut after = *self;
        after.set_reserve(token, sum);
        after.shares = all;
        Ok((Liquidity::of_single(token, amount, fee, shares), after))
    }

    /// Computes a withdrawal of one token alone, and the pool after it.
    fn removed_single(&self, token: usize, shares: Amount) -> Result<(Liquidity<N>, Self), Error> {
        let (reserve, weight) = self.token(token)?;
        let most = self.shares.get().saturating_sub(1);
        in_range(Quantity::Shares, shares.get(), 1, most)?;
        let kept = self.shares.checked_sub(shares)?;
        let part = Ratio::new(kept.get(), self.shares.get())?;
        let exponent = of_one(weight)?.recip()?;
        let left = reserve.mul_rational_pow(part, exponent, Rounding::Ceil)?;
        let gross = reserve.checked_sub(left)?;
        let fee = self.fee_on_rest(gross, weight);
        let amount = gross.checked_sub(fee)?;
        let mut after = *self;
        after.set_reserve(token, reserve.checked_sub(amount)?);
        after.shares = kept;
        Ok((Liquidity::of_single(token, amount, fee, shares), after))
    }

    /// Computes the fee on the part of an amount that isn't of the token's own weight.
    fn fee_on_rest(&self, amount: Amount, weight: Fraction) -> Amount {
        let Self { fee, .. } = self;
        if *fee == Fee::NONE {
            return Amount::ZERO;
        }
        fee.of(amount.mul_fraction(weight.complement(), Rounding::Ceil))
    }

    /// Returns the shares that these amounts are worth, by the one that is worth least.
    fn shares_for(&self, amounts: &[Amount; N]) -> Result<Amount, Error> {
        let mut least = None;
        let mut refused = None;
        for (amount, reserve) in amounts.iter().zip(&self.reserves) {
            let all = self.shares.get();
            // What is worth more shares than there can be is another one's to limit.
            match amount.mul_div(all, reserve.get(), Rounding::Floor) {
                Ok(worth) => least = Some(least.map_or(worth, |least: Amount| least.min(worth))),
                Err(error) => refused = Some(error),
            }
        }
        match (least, refused) {
            (Some(shares), _) => Ok(shares),
            (None, Some(error)) => Err(error.into()),
            (None, None) => Ok(Amount::ZERO),
        }
    }
}
