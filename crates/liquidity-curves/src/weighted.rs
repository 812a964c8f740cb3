//! The weighted pool.

mod liquidity;
mod pair;
mod position;
mod state;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};

pub use pair::WeightedPair;
pub use state::WeightedState;

use crate::check::in_range;
use crate::{Error, Fee, Market, Quantity, Sell, Swap};

/// A pool of two to eight tokens whose weighted product never falls: ∏ Bₖ^wₖ = V, of the reserves Bₖ
/// and the weights wₖ that sum to 1.
///
/// Whoever sells a of a token, with the fee φ, is paid Bₒ·(1 − (Bᵢ/(Bᵢ + (1 − φ)·a))^(wᵢ/wₒ)) of
/// another one. The fee stays in the pool. At equal weights of two tokens, that is x·y = k.
///
/// A swap names the tokens by their index; [`Weighted::pair`] is a [`Market`] of two of them, and a
/// pool of two is one itself.
///
/// # Laws
/// `weighted_invariant`: ∏ Bₖ^wₖ never falls by a swap · `round_trip`, `split`, `against_the_pool` and
/// `bounded`, to the unit · `weighted_share_value`: no call lowers what a share is worth.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_liquidity_curves::{Fee, Weighted};
///
/// let (reserves, weights) = ([800, 300].map(Amount::new), [fraction!("0.8"), fraction!("0.2")]);
/// let mut pool = Weighted::new(reserves, weights, Fee::NONE)?;
/// let swap = pool.swap_exact_in(0, 1, Amount::new(10))?;
/// assert_eq!(swap.amount_out, Amount::new(14)); // of 300·(1 − (800/810)^4)
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Martinelli, Mushegian, Balancer (2019); Balancer v3, WeightedMath.sol. The power there has 18 decimals
/// and is rounded up, so a vault pays less, by up to Bₒ·1e-18 at equal weights, and by more at others.
/// Here each amount is the exact real number, rounded once. A vault ends at weights below 1%.
#[doc(alias("balancer", "weighted_pool", "cmmm", "lbp"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weighted<const N: usize> {
    // All reserves and the shares are 0, or none is.
    reserves: [Amount; N],
    // None is 0, and they sum to 1.
    weights: [Fraction; N],
    shares: Amount,
    fee: Fee,
}

impl<const N: usize> Weighted<N> {
    /// Creates a pool of these reserves and weights. Its maker's shares are the invariant.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for fewer than two tokens or more than eight, for a reserve or a weight of 0,
    /// and for weights that don't sum to 1.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let reserves = [400, 900, 600].map(Amount::new);
    /// let third = fraction!("0.333333333333333333");
    /// let rest = fraction!("0.333333333333333334");
    /// let pool = Weighted::new(reserves, [third, third, rest], Fee::NONE)?;
    /// assert_eq!(pool.shares(), Amount::new(599)); // rounded down at each token
    /// assert!(Weighted::new(reserves, [third; 3], Fee::NONE).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn new(reserves: [Amount; N], weights: [Fraction; N], fee: Fee) -> Result<Self, Error> {
        check_weights(&weights)?;
        // It refuses a reserve of 0.
        let shares = liquidity::invariant(&reserves, &weights, Rounding::Floor)?;
        Ok(Self {
            reserves,
            weights,
            shares,
            fee,
        })
    }

    /// Returns the reserve of each token.
    #[must_use]
    pub const fn reserves(&self) -> [Amount; N] {
        self.reserves
    }

    /// Returns the weight of each token.
    #[must_use]
    pub const fn weights(&self) -> [Fraction; N] {
        self.weights
    }

    /// Replaces the weights, which the swaps from now on are made at: those of a time, of
    /// [`GradualWeights`](crate::GradualWeights).
    ///
    /// No reserve moves, and all shares are worth the same tokens as before. But the price moves with the
    /// weights, without a trade, and who trades first has what it has moved by.
    ///
    /// # Errors
    /// As [`Weighted::new`], of the weights.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Market, Weighted};
    ///
    /// let reserves = [800, 200].map(Amount::new);
    /// let mut pool = Weighted::new(reserves, [fraction!("0.8"), fraction!("0.2")], Fee::NONE)?;
    /// pool.set_weights([fraction!("0.5"), fraction!("0.5")])?;
    /// assert_eq!(pool.price()?, Ratio::new(1, 4)?);
    /// assert!(pool.set_weights([fraction!("0.5"), fraction!("0.4")]).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn set_weights(&mut self, weights: [Fraction; N]) -> Result<(), Error> {
        check_weights(&weights)?;
        self.weights = weights;
        Ok(())
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

    /// Returns two of the tokens as a market, in which `token0` is Token0.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an index of no token; [`Error::SameToken`] for one and the same.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Market, Weighted};
    ///
    /// let (reserves, weights) = ([800, 300].map(Amount::new), [fraction!("0.8"), fraction!("0.2")]);
    /// let pool = Weighted::new(reserves, weights, Fee::NONE)?;
    /// assert_eq!(pool.pair(0, 1)?.price()?, Ratio::new(3, 2)?);
    /// assert_eq!(pool.pair(1, 0)?.price()?, Ratio::new(2, 3)?);
    /// assert!(pool.pair(0, 2).is_err() && pool.pair(1, 1).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn pair(&self, token0: usize, token1: usize) -> Result<WeightedPair, Error> {
        let (reserve0, weight0) = self.token(token0)?;
        let (reserve1, weight1) = self.token(token1)?;
        if token0 == token1 {
            return Err(Error::same_token(token0));
        }
        let (reserves, weights) = ([reserve0, reserve1], [weight0, weight1]);
        Ok(WeightedPair::new(reserves, weights, self.fee))
    }

    /// Sells exactly `amount_in` of the token with the index `from` for the one with the index `to`, and
    /// returns what was moved.
    ///
    /// # Rounding
    /// The amount paid out is floored, once. Of a few units it can be 0.
    ///
    /// # Errors
    /// Those of [`Weighted::pair`]; [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] if a
    /// reserve would exceed [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"), fraction!("0.25"), fraction!("0.25")];
    /// let mut pool = Weighted::new([1_000; 3].map(Amount::new), weights, Fee::NONE)?;
    /// let swap = pool.swap_exact_in(1, 0, Amount::new(3_000))?;
    /// assert_eq!(swap.amount_out, Amount::new(500)); // half, as √(1/4) is left
    /// assert!(pool.swap_exact_in(0, 0, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn swap_exact_in(
        &mut self,
        from: usize,
        to: usize,
        amount_in: Amount,
    ) -> Result<Swap, Error> {
        let swap = self
            .pair(from, to)?
            .quote_exact_in(Sell::Token0, amount_in)?;
        self.settle(from, to, &swap)?;
        Ok(swap)
    }

    /// Buys exactly `amount_out` of the token with the index `to` for the one with the index `from`, and
    /// returns what was moved.
    ///
    /// # Rounding
    /// The amount handed in is ceiled: it is the least that fetches as much.
    ///
    /// # Errors
    /// Those of [`Weighted::pair`]; [`Error::OutOfRange`] in an empty pool, and for as much as the pool
    /// holds or more; [`Error::Overflow`] if a reserve would exceed [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let weights = [fraction!("0.5"), fraction!("0.25"), fraction!("0.25")];
    /// let mut pool = Weighted::new([1_000; 3].map(Amount::new), weights, Fee::NONE)?;
    /// let swap = pool.swap_exact_out(1, 0, Amount::new(500))?;
    /// assert_eq!(swap.amount_in, Amount::new(3_000));
    /// assert!(pool.swap_exact_out(1, 0, Amount::new(500)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn swap_exact_out(
        &mut self,
        from: usize,
        to: usize,
        amount_out: Amount,
    ) -> Result<Swap, Error> {
        let swap = self
            .pair(from, to)?
            .quote_exact_out(Sell::Token0, amount_out)?;
        self.settle(from, to, &swap)?;
        Ok(swap)
    }

    /// Returns the reserve and the weight of a token.
    fn token(&self, index: usize) -> Result<(Amount, Fraction), Error> {
        let token = self.reserves.get(index).zip(self.weights.get(index));
        let token = token.map(|(reserve, weight)| (*reserve, *weight));
        token.ok_or_else(|| Error::no_token(index, N))
    }

    fn settle(&mut self, from: usize, to: usize, swap: &Swap) -> Result<(), Error> {
        let sold = self.token(from)?.0.checked_add(swap.amount_in)?;
        let bought = self.token(to)?.0.checked_sub(swap.amount_out)?;
        self.set_reserve(from, sold);
        self.set_reserve(to, bought);
        Ok(())
    }

    fn set_reserve(&mut self, index: usize, amount: Amount) {
        if let Some(reserve) = self.reserves.get_mut(index) {
            *reserve = amount;
        }
    }
}

/// Checks that there are two to eight weights above 0, which sum to 1.
pub(crate) fn check_weights(weights: &[Fraction]) -> Result<(), Error> {
    let count = u128::try_from(weights.len()).unwrap_or(u128::MAX);
    in_range(Quantity::Tokens, count, 2, 8)?;
    let mut sum = 0_u128;
    let one = Fraction::ONE.raw().into();
    for weight in weights {
        let weight = weight.raw().into();
        in_range(Quantity::Weight, weight, 1, one)?;
        // Eight of 64 bits at most.
        sum = sum.wrapping_add(weight);
    }
    in_range(Quantity::WeightSum, sum, one, one)
}

impl Market for Weighted<2> {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        self.pair(0, 1)?.quote_exact_in(sell, amount_in)
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        self.pair(0, 1)?.quote_exact_out(sell, amount_out)
    }

    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        self.pair(0, 1)?.price_after(sell, amount_in)
    }
}
