//! The shares of a weighted pool: for all tokens in proportion, and for one of them.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};

use super::Weighted;
use crate::check::in_range;
use crate::{Error, Fee, Quantity};

/// The amounts that adding or removing liquidity moves in a pool of many tokens, and the shares that are
/// made or taken back.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_liquidity_curves::{Fee, PoolLiquidity, Weighted};
///
/// let (amounts, weights) = ([16, 16].map(Amount::new), [fraction!("0.8"), fraction!("0.2")]);
/// let mut pool = Weighted::new(amounts, weights, Fee::NONE)?;
/// let removed = pool.remove_liquidity(Amount::new(8))?;
/// let (amounts, shares) = ([Amount::new(8); 2], Amount::new(8));
/// assert_eq!(removed, PoolLiquidity { amounts, shares });
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PoolLiquidity<const N: usize> {
    /// The amount of each token.
    pub amounts: [Amount; N],
    /// The shares.
    pub shares: Amount,
}

/// Computes ∏ reserve^weight, rounded down at each token but the first: from the least reserve on, so
/// that it is at least that one. There is at least one token.
pub(super) fn invariant(reserves: &[Amount], weights: &[Fraction]) -> Result<Amount, Error> {
    let least = reserves.iter().copied().min().unwrap_or(Amount::ZERO);
    in_range(Quantity::Reserve, least.get(), 1, u128::MAX)?;
    let mut value = least;
    for (reserve, weight) in reserves.iter().zip(weights) {
        let growth = Ratio::new(reserve.get(), least.get())?;
        value = value.mul_rational_pow(growth, of_one(*weight)?, Rounding::Floor)?;
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
    /// Floor, at each token that isn't the one of the least reserve: once in a pool of two.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let reserves = [Amount::new(100_000), Amount::new(1)];
    /// let pool = Weighted::new(reserves, [fraction!("0.8"), fraction!("0.2")], Fee::NONE)?;
    /// assert_eq!(pool.invariant()?, Amount::new(10_000));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn invariant(&self) -> Result<Amount, Error> {
        invariant(&self.reserves, &self.weights)
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
    pub fn add_liquidity(&mut self, amounts: [Amount; N]) -> Result<PoolLiquidity<N>, Error> {
        if self.shares.is_zero() {
            *self = Self::new(amounts, self.weights, self.fee)?;
            let shares = self.shares;
            return Ok(PoolLiquidity { amounts, shares });
        }
        let shares = self.shares_for(&amounts)?;
        in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
        let mut next = *self;
        let mut taken = [Amount::ZERO; N];
        for (reserve, taken) in next.reserves.iter_mut().zip(&mut taken) {
            *taken = reserve.mul_div(shares.get(), self.shares.get(), Rounding::Ceil)?;
            *reserve = reserve.checked_add(*taken)?;
        }
        next.shares = self.shares.checked_add(shares)?;
        *self = next;
        let amounts = taken;
        Ok(PoolLiquidity { amounts, shares })
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
    pub fn remove_liquidity(&mut self, shares: Amount) -> Result<PoolLiquidity<N>, Error> {
        let all = self.shares;
        in_range(Quantity::Shares, shares.get(), 1, all.get())?;
        let mut next = *self;
        let mut amounts = [Amount::ZERO; N];
        for (reserve, amount) in next.reserves.iter_mut().zip(&mut amounts) {
            *amount = reserve.mul_div(shares.get(), all.get(), Rounding::Floor)?;
            *reserve = reserve.checked_sub(*amount)?;
        }
        next.shares = all.checked_sub(shares)?;
        *self = next;
        Ok(PoolLiquidity { amounts, shares })
    }

    /// Adds one token alone and returns the shares given for it: S·((1 + a/B)^w − 1), where the fee is
    /// taken of the part of a, 1 − w of it, that is swapped for the other tokens in effect.
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
    /// assert_eq!(pool.add_single(0, Amount::new(210))?, Amount::new(100));
    /// assert!(pool.add_single(0, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn add_single(&mut self, token: usize, amount: Amount) -> Result<Amount, Error> {
        let (reserve, weight) = self.token(token)?;
        in_range(Quantity::Reserve, reserve.get(), 1, u128::MAX)?;
        let sum = reserve.checked_add(amount)?;
        let counted = sum.checked_sub(self.fee_on_rest(amount, weight))?;
        let growth = Ratio::new(counted.get(), reserve.get())?;
        let all = self
            .shares
            .mul_rational_pow(growth, of_one(weight)?, Rounding::Floor)?;
        let shares = all.checked_sub(self.shares)?;
        in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
        self.set_reserve(token, sum);
        self.shares = all;
        Ok(shares)
    }

    /// Takes back `shares` for one token alone and returns the amount paid: B·(1 − (1 − s/S)^(1/w)), less
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
    /// assert_eq!(pool.remove_single(0, Amount::new(100))?, Amount::new(190));
    /// assert!(pool.remove_single(0, Amount::new(900)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn remove_single(&mut self, token: usize, shares: Amount) -> Result<Amount, Error> {
        let (reserve, weight) = self.token(token)?;
        let most = self.shares.get().saturating_sub(1);
        in_range(Quantity::Shares, shares.get(), 1, most)?;
        let kept = self.shares.checked_sub(shares)?;
        let part = Ratio::new(kept.get(), self.shares.get())?;
        let exponent = of_one(weight)?.recip()?;
        let left = reserve.mul_rational_pow(part, exponent, Rounding::Ceil)?;
        let gross = reserve.checked_sub(left)?;
        let amount = gross.checked_sub(self.fee_on_rest(gross, weight))?;
        self.set_reserve(token, reserve.checked_sub(amount)?);
        self.shares = kept;
        Ok(amount)
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
