//! Adding and removing liquidity, and shares.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Wad};

use super::{StableSwap, RATE};
use crate::{Error, Liquidity};

impl<const N: usize> StableSwap<N> {
    /// Adds all of these amounts and returns them with the shares that are made for them: as many as the
    /// contract's invariant grows by, in proportion, after a fee of fee·n/(4(n − 1)) on what each reserve
    /// is away from its proportion. An empty pool takes its first amounts without one.
    ///
    /// # Rounding
    /// The contract's: the shares are floored, and so are the fees and the part that they are, in 1e-10; of
    /// a fee that isn't whole in 1e-10 the part is exact, and the fees are ceiled. The contract's invariant
    /// is a unit or so away from the exact one, and all shares can lose about that together: less than
    /// n² + 2 units of it, by this and every call below.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a deposit that makes no share, for a first one without each coin, where
    /// Newton's steps don't converge, and where shares would lose more, far from parity;
    /// [`Error::Overflow`] and [`Error::Math`] where the contract's integers overflow.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let added = pool.add_liquidity([Amount::new(100_000), Amount::ZERO])?;
    /// assert_eq!(added.shares, Amount::new(99_957));
    /// assert!(pool.add_liquidity([Amount::ZERO; 2]).is_err());
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
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let quote = pool.quote_add_liquidity([Amount::new(100_000), Amount::ZERO])?;
    /// assert_eq!(quote.shares, Amount::new(99_957));
    /// assert!(pool.quote_add_liquidity([Amount::ZERO; 2]).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_add_liquidity(&self, amounts: [Amount; N]) -> Result<Liquidity<N>, Error> {
        Ok(self.added(&amounts)?.0)
    }

    /// Adds all of an amount of one coin alone, and returns it with the shares that are made for it.
    ///
    /// # Rounding
    /// As at [`add_liquidity`](Self::add_liquidity).
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a coin that there isn't, and in an empty pool; otherwise as
    /// [`add_liquidity`](Self::add_liquidity).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// assert_eq!(pool.add_single(0, Amount::new(100_000))?.shares, Amount::new(99_957));
    /// assert!(pool.add_single(2, Amount::new(100_000)).is_err());
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
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let quote = pool.quote_add_single(0, Amount::new(100_000))?;
    /// assert_eq!(quote.shares, Amount::new(99_957));
    /// assert!(pool.quote_add_single(2, Amount::new(100_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_add_single(&self, token: usize, amount: Amount) -> Result<Liquidity<N>, Error> {
        Ok(self.added_single(token, amount)?.0)
    }

    /// Removes liquidity in proportion: takes back `shares` and returns what they are worth in all coins.
    ///
    /// # Rounding
    /// The amounts are floored. The last shares take all.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more shares than there are, and for none.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let reserves = [1_000, 1_001].map(Amount::new);
    /// let amplification = Amplification::new(100)?;
    /// let mut pool = StableSwap::new(amplification, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
    /// let removed = pool.remove_liquidity(Amount::new(1_000))?;
    /// assert_eq!(removed.amounts, [499, 500].map(Amount::new));
    /// assert!(pool.remove_liquidity(Amount::new(1_002)).is_err());
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
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// assert_eq!(pool.quote_remove_liquidity(Amount::new(1_000))?.amounts, [Amount::new(500); 2]);
    /// assert!(pool.quote_remove_liquidity(Amount::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_remove_liquidity(&self, shares: Amount) -> Result<Liquidity<N>, Error> {
        Ok(self.removed(shares)?.0)
    }

    /// Removes liquidity in one coin: takes back `shares` and returns what they are worth in the coin
    /// `token`, less the fee on what is out of proportion.
    ///
    /// # Rounding
    /// The contract's: the amount is floored and one unit kept back.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a coin that there isn't, for all shares or more, and for none; otherwise
    /// as [`add_liquidity`](Self::add_liquidity).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let removed = pool.remove_single(1, Amount::new(10_000))?;
    /// assert_eq!(removed.amounts, [0, 9_997].map(Amount::new));
    /// assert_eq!(removed.fees, [0, 3].map(Amount::new));
    /// assert!(pool.remove_single(2, Amount::new(10_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "remove_liquidity_one_coin")]
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
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// assert_eq!(pool.quote_remove_single(1, Amount::new(10_000))?.amounts, [0, 9_997].map(Amount::new));
    /// assert!(pool.quote_remove_single(2, Amount::new(10_000)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_remove_single(&self, token: usize, shares: Amount) -> Result<Liquidity<N>, Error> {
        Ok(self.removed_single(token, shares)?.0)
    }

    /// Removes just these amounts, and returns them with the shares that are taken back for them: what
    /// the contract's invariant falls by, in proportion, with the fee on what is out of proportion.
    ///
    /// # Rounding
    /// The contract's: floored shares, and one more.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for as much of a coin as there is, for no amount, and for more shares than
    /// there are; otherwise as [`add_liquidity`](Self::add_liquidity).
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let mut pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// let removed = pool.remove_amounts([0, 9_997].map(Amount::new))?;
    /// assert_eq!(removed.shares, Amount::new(9_999));
    /// assert!(pool.remove_amounts([million; 2]).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "remove_liquidity_imbalance")]
    pub fn remove_amounts(&mut self, amounts: [Amount; N]) -> Result<Liquidity<N>, Error> {
        let (removed, after) = self.removed_amounts(&amounts)?;
        *self = after;
        Ok(removed)
    }

    /// Computes what [`remove_amounts`](Self::remove_amounts) would move.
    ///
    /// # Rounding
    /// As there.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let (rates, million) = ([10_u128.pow(18); 2], Amount::new(1_000_000));
    /// let fee = Fee::new(4_000_000, 10_000_000_000)?;
    /// let pool = StableSwap::new(Amplification::new(100)?, fee, rates, [million; 2])?;
    /// assert_eq!(pool.quote_remove_amounts([0, 9_997].map(Amount::new))?.shares, Amount::new(9_999));
    /// assert!(pool.quote_remove_amounts([million; 2]).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_remove_amounts(&self, amounts: [Amount; N]) -> Result<Liquidity<N>, Error> {
        Ok(self.removed_amounts(&amounts)?.0)
    }

    /// Computes the virtual price: the contract's invariant by share.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool, and where Newton's steps don't converge;
    /// [`Error::Overflow`] and [`Error::Math`] where the contract's integers overflow.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Wad};
    /// use tokenomics_liquidity_curves::{Amplification, Fee, StableSwap};
    ///
    /// let reserves = [Amount::new(1_000); 2];
    /// let pool = StableSwap::new(Amplification::new(100)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
    /// assert_eq!(pool.virtual_price()?, Wad::ONE);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn virtual_price(&self) -> Result<Wad, Error> {
        let invariant = self.contract_invariant()?;
        let price = mul_div(invariant, RATE, self.shares.get(), Rounding::Floor)?;
        Ok(Wad::from_raw(price))
    }
}
