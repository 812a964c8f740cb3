//! Two coins of a stable pool, as a market.

use tokenomics_fixed_math::{Amount, Ratio};

use super::{coin, StableSwap};
use crate::{Error, Market, Sell, Swap};

/// Two coins of a [`StableSwap`], as a market and as a position at the pool's own state.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_liquidity_curves::{Amplification, Fee, Market, Sell, StableSwap};
///
/// let reserves = [450_000_000, 550_000_000].map(Amount::new);
/// let pool = StableSwap::new(Amplification::new(50)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
/// let pair = pool.pair(1, 0)?;
/// assert_eq!(pair.quote_exact_in(Sell::Token0, Amount::new(10_000_000))?.amount_out, Amount::new(9_955_934));
/// // 183 of 550 million can leave at 1% below the price.
/// assert_eq!(pair.largest_sale(Sell::Token0, fraction!("0.01"))?, Amount::new(183_116_985));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StablePair<'a, const N: usize> {
    pub(super) pool: &'a StableSwap<N>,
    // Two coins that there are.
    pub(super) token0: usize,
    pub(super) token1: usize,
}

impl<'a, const N: usize> StablePair<'a, N> {
    pub(super) fn new(
        pool: &'a StableSwap<N>,
        token0: usize,
        token1: usize,
    ) -> Result<Self, Error> {
        for index in [token0, token1] {
            coin(&pool.reserves, index)?;
        }
        if token0 == token1 {
            return Err(Error::same_token(token1));
        }
        Ok(Self {
            pool,
            token0,
            token1,
        })
    }

    /// Computes what the contract's integers pay, even where the exact invariant falls by it.
    ///
    /// # Rounding
    /// The contract's: Newton's steps floored, one unit kept back, the fee floored.
    ///
    /// # Errors
    /// As [`StableSwap::swap_exact_in`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, Market, Sell, StableSwap};
    ///
    /// let reserves = [2, 20].map(Amount::new);
    /// let pool = StableSwap::new(Amplification::new(1)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
    /// let (pair, one) = (pool.pair(0, 1)?, Amount::new(1));
    /// let [contract, exact] = [
    ///     pair.contract_exact_in(Sell::Token0, one)?,
    ///     pair.quote_exact_in(Sell::Token0, one)?,
    /// ];
    /// // Here the contract gives two units away.
    /// assert_eq!([contract, exact].map(|swap| swap.amount_out.get()), [4, 2]);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn contract_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let (from, to) = sell.ordered(self.token0, self.token1);
        self.pool.quotes(from, to)?.contract(amount_in)
    }

    /// Computes what the exact invariant allows to pay, less the fee: what Newton's steps are near.
    ///
    /// # Rounding
    /// The amount paid out is floored, so that the invariant stays at its ceiling or above; the fee is
    /// ceiled.
    ///
    /// # Errors
    /// As [`StableSwap::swap_exact_in`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Amplification, Fee, Market, Sell, StableSwap};
    ///
    /// let reserves = [1_000_000; 2].map(Amount::new);
    /// let pool = StableSwap::new(Amplification::new(50)?, Fee::NONE, [10_u128.pow(18); 2], reserves)?;
    /// let (pair, amount) = (pool.pair(0, 1)?, Amount::new(1_000));
    /// assert_eq!(pair.ideal_exact_in(Sell::Token0, amount)?.amount_out, Amount::new(999));
    /// assert_eq!(pair.quote_exact_in(Sell::Token0, amount)?.amount_out, Amount::new(999));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn ideal_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let (from, to) = sell.ordered(self.token0, self.token1);
        let gross = self.pool.quotes(from, to)?.ideal(amount_in)?;
        let fee = self.pool.fee.of(gross);
        Ok(Swap {
            amount_in,
            amount_out: gross.checked_sub(fee)?,
            fee,
        })
    }
}

impl<const N: usize> Market for StablePair<'_, N> {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let (from, to) = sell.ordered(self.token0, self.token1);
        self.pool.quotes(from, to)?.exact_in(amount_in)
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let (from, to) = sell.ordered(self.token0, self.token1);
        self.pool.quotes(from, to)?.exact_out(amount_out)
    }

    /// Computes the price at the margin of the exact invariant: −dx1/dx0.
    ///
    /// # Rounding
    /// Both terms are cut to 128 bits and the invariant to some 120, so it is within 2^-100 of itself for
    /// what is really traded.
    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        if amount_in.is_zero() {
            // There is one where the contract's steps end too.
            return self.margin();
        }
        let (from, to) = sell.ordered(self.token0, self.token1);
        let swap = self.pool.quotes(from, to)?.exact_in(amount_in)?;
        let reserves = self.pool.after(from, to, &swap)?;
        let pool = StableSwap {
            reserves,
            ..*self.pool
        };
        StablePair {
            pool: &pool,
            ..*self
        }
        .margin()
    }

    fn price(&self) -> Result<Ratio, Error> {
        self.margin()
    }
}

impl Market for StableSwap<2> {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        self.pair(0, 1)?.quote_exact_in(sell, amount_in)
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        self.pair(0, 1)?.quote_exact_out(sell, amount_out)
    }

    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        self.pair(0, 1)?.price_after(sell, amount_in)
    }

    fn price(&self) -> Result<Ratio, Error> {
        self.pair(0, 1)?.price()
    }
}
