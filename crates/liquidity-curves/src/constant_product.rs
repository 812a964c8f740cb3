//! The constant-product pool.

mod liquidity;
mod position;
mod state;

use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding, U256};

pub use state::ConstantProductState;

use crate::check::in_range;
use crate::{Error, Fee, Market, Quantity, Sell, Swap};

/// A pool of two tokens whose product never falls: x·y = k.
///
/// Whoever sells dx of the token with reserve x, with the fee φ, is paid dy = y·(1 − φ)·dx / (x +
/// (1 − φ)·dx). The whole fee stays in the pool, and so with its shares.
///
/// Shares are parts of both reserves. A new pool has ⌊√(x·y)⌋ of them, all of its maker's: a first
/// deposit that locks some away, as Uniswap's does, keeps them back itself. Nothing needs to be locked,
/// as a deposit takes of each token no more than its shares are worth, rounded up by less than a unit.
///
/// # Laws
/// `constant_product`: x·y never falls by a swap · `round_trip`: selling what was bought never gains ·
/// `split`: without a fee, two sales never fetch more than one of their sum · `against_the_pool`: what
/// is paid out is floored, what is handed in is ceiled, and either is the best for the trader that keeps
/// the product · `bounded`: a swap never pays all of a reserve · `share_value`: no call lowers what a
/// share is worth in both tokens.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Sell};
///
/// let (reserve0, reserve1) = (Amount::new(1_000_000), Amount::new(3_000_000));
/// let mut pool = ConstantProduct::new(reserve0, reserve1, Fee::UNISWAP_V2)?;
/// let swap = pool.swap_exact_in(Sell::Token0, Amount::new(10_000))?;
/// assert_eq!(swap.amount_out, Amount::new(29_614)); // 30,000 less impact and fee
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Uniswap v2, UniswapV2Pair.sol and UniswapV2Library.sol, to the unit, but: the library asks for one
/// unit more where the amount in is whole, which the pair doesn't need; the pair locks the first 1,000
/// shares, and keeps what a deposit has too much of; reserves there end at 2^112.
#[doc(alias("cpmm", "xyk", "uniswap", "v2", "amm"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConstantProduct {
    // Both reserves and the shares are 0, or none is.
    reserve0: Amount,
    reserve1: Amount,
    shares: Amount,
    fee: Fee,
}

impl ConstantProduct {
    /// Creates a pool of these reserves.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a reserve of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let pool = ConstantProduct::new(Amount::new(400), Amount::new(900), Fee::NONE)?;
    /// assert_eq!(pool.shares(), Amount::new(600));
    /// assert!(ConstantProduct::new(Amount::ZERO, Amount::new(900), Fee::NONE).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(reserve0: Amount, reserve1: Amount, fee: Fee) -> Result<Self, Error> {
        for reserve in [reserve0, reserve1] {
            in_range(Quantity::Reserve, reserve.get(), 1, u128::MAX)?;
        }
        let product = U256::product(reserve0.get(), reserve1.get());
        Ok(Self {
            reserve0,
            reserve1,
            // The root of 256 bits has 128.
            shares: Amount::new(product.isqrt(Rounding::Floor).low()),
            fee,
        })
    }

    /// Returns the reserve of Token0.
    #[must_use]
    pub const fn reserve0(&self) -> Amount {
        self.reserve0
    }

    /// Returns the reserve of Token1.
    #[must_use]
    pub const fn reserve1(&self) -> Amount {
        self.reserve1
    }

    /// Returns the number of all shares.
    #[must_use]
    pub const fn shares(&self) -> Amount {
        self.shares
    }

    /// Returns the fee.
    #[must_use]
    pub const fn fee(&self) -> Fee {
        self.fee
    }

    /// Sells exactly `amount_in` and returns what was moved.
    ///
    /// # Rounding
    /// The amount paid out is floored. Of a few units it can be 0.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] if a reserve would exceed
    /// [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Sell};
    ///
    /// let thousand = Amount::new(1_000);
    /// let mut pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// assert_eq!(pool.swap_exact_in(Sell::Token1, thousand)?.amount_out, Amount::new(500));
    /// assert_eq!(pool.reserve0(), Amount::new(500));
    /// assert!(pool.swap_exact_in(Sell::Token1, Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let swap = self.quote_exact_in(sell, amount_in)?;
        self.settle(sell, &swap)?;
        Ok(swap)
    }

    /// Buys exactly `amount_out` and returns what was moved.
    ///
    /// # Rounding
    /// The amount handed in is ceiled: it is the least that fetches as much.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool, and for as much as the pool holds or more;
    /// [`Error::Overflow`] if a reserve would exceed [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Sell};
    ///
    /// let thousand = Amount::new(1_000);
    /// let mut pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// let swap = pool.swap_exact_out(Sell::Token1, Amount::new(500))?;
    /// assert_eq!(swap.amount_in, thousand);
    /// assert!(pool.swap_exact_out(Sell::Token1, Amount::new(500)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let swap = self.quote_exact_out(sell, amount_out)?;
        self.settle(sell, &swap)?;
        Ok(swap)
    }

    /// Returns the reserves of a swap: of the token sold, and of the one bought.
    fn reserves(&self, sell: Sell) -> Result<(Amount, Amount), Error> {
        in_range(Quantity::Reserve, self.reserve0.get(), 1, u128::MAX)?;
        Ok(sell.ordered(self.reserve0, self.reserve1))
    }

    /// Returns the reserves after a swap, in the order of the tokens.
    fn after(&self, sell: Sell, swap: &Swap) -> Result<(Amount, Amount), Error> {
        let (sold, bought) = self.reserves(sell)?;
        let sold = sold.checked_add(swap.amount_in)?;
        let bought = bought.checked_sub(swap.amount_out)?;
        Ok(sell.ordered(sold, bought))
    }

    fn settle(&mut self, sell: Sell, swap: &Swap) -> Result<(), Error> {
        (self.reserve0, self.reserve1) = self.after(sell, swap)?;
        Ok(())
    }
}

impl Market for ConstantProduct {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let (sold, bought) = self.reserves(sell)?;
        sold.checked_add(amount_in)?;
        let out = proceeds(sold.get(), bought.get(), amount_in.get(), self.fee)?;
        Ok(Swap {
            amount_in,
            amount_out: Amount::new(out),
            fee: self.fee.of(amount_in),
        })
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let (sold, bought) = self.reserves(sell)?;
        // A reserve is at least 1.
        let most = bought.get().wrapping_sub(1);
        in_range(Quantity::AmountOut, amount_out.get(), 0, most)?;
        let left = bought.checked_sub(amount_out)?;
        let amount_in = cost(sold.get(), left.get(), amount_out.get(), self.fee)?;
        let amount_in = Amount::new(amount_in);
        sold.checked_add(amount_in)?;
        Ok(Swap {
            amount_in,
            amount_out,
            fee: self.fee.of(amount_in),
        })
    }

    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        let swap = self.quote_exact_in(sell, amount_in)?;
        let (reserve0, reserve1) = self.after(sell, &swap)?;
        Ok(Ratio::new(reserve1.get(), reserve0.get())?)
    }
}

/// Computes ⌊bought·kept / (whole + kept)⌋, where kept is what the fee leaves of `amount_in`, and whole
/// the reserve of the token sold in the same parts.
fn proceeds(sold: u128, bought: u128, amount_in: u128, fee: Fee) -> Result<u128, Error> {
    let [left, parts] = [fee.kept(), fee.denominator()].map(u128::from);
    // What tokens are really made of fits 128 bits.
    let fits = amount_in.checked_mul(left).zip(sold.checked_mul(parts));
    let sum = fits.and_then(|(kept, whole)| Some((kept, whole.checked_add(kept)?)));
    if let Some((kept, sum)) = sum {
        return Ok(mul_div(bought, kept, sum, Rounding::Floor)?);
    }
    let kept = U256::product(amount_in, left);
    // Both are below 2^192, and so is about their sum.
    let sum = U256::product(sold, parts).checked_add(kept)?;
    let out = kept.mul_div(bought.into(), sum, Rounding::Floor)?;
    Ok(out.to_u128()?)
}

/// Computes ⌈whole·amount_out / kept⌉, where whole is the reserve of the token sold in the parts of the
/// fee, and kept what it leaves of `left`, which stays of the token bought.
fn cost(sold: u128, left: u128, amount_out: u128, fee: Fee) -> Result<u128, Error> {
    let [kept, parts] = [fee.kept(), fee.denominator()].map(u128::from);
    if let Some((whole, kept)) = sold.checked_mul(parts).zip(left.checked_mul(kept)) {
        return Ok(mul_div(whole, amount_out, kept, Rounding::Ceil)?);
    }
    let (whole, kept) = (U256::product(sold, parts), U256::product(left, kept));
    let amount_in = whole.mul_div(amount_out.into(), kept, Rounding::Ceil)?;
    Ok(amount_in.to_u128()?)
}
