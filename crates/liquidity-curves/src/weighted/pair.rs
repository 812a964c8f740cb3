//! Two tokens of a weighted pool as a market.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, U256};

use crate::check::{in_range, quotient};
use crate::{Error, Fee, Market, Quantity, Sell, Swap};

/// Two tokens of a [`Weighted`](crate::Weighted) pool, as they stand: what [`Weighted::pair`] gives. It
/// is a [`Market`], and a [`Position`](crate::Position) in the first of them.
///
/// [`Weighted::pair`]: crate::Weighted::pair
///
/// # Rounding
/// The price B₁·w₀/(B₀·w₁) is exact where both products have 128 bits, as those of weights such as 80 to
/// 20 do; otherwise it is rounded down, by less than one part in 2^125.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_liquidity_curves::{Fee, Market, Sell, Weighted};
///
/// let (reserves, weights) = ([800, 300].map(Amount::new), [fraction!("0.8"), fraction!("0.2")]);
/// let pair = Weighted::new(reserves, weights, Fee::NONE)?.pair(0, 1)?;
/// let quote = pair.quote_exact_in(Sell::Token0, Amount::new(10))?;
/// assert_eq!(quote.amount_out, Amount::new(14));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WeightedPair {
    pub(super) reserves: [Amount; 2],
    // Neither is 0.
    pub(super) weights: [Fraction; 2],
    fee: Fee,
}

impl WeightedPair {
    pub(super) const fn new(reserves: [Amount; 2], weights: [Fraction; 2], fee: Fee) -> Self {
        Self {
            reserves,
            weights,
            fee,
        }
    }

    /// Returns the reserves of a swap: of the token sold, and of the one bought.
    fn reserves(&self, sell: Sell) -> Result<(Amount, Amount), Error> {
        let [reserve0, reserve1] = self.reserves;
        in_range(Quantity::Reserve, reserve0.get(), 1, u128::MAX)?;
        Ok(sell.ordered(reserve0, reserve1))
    }

    /// Returns the weight of the token sold by that of the one bought.
    pub(super) fn exponent(&self, sell: Sell) -> Result<Ratio, Error> {
        let [weight0, weight1] = self.weights;
        let (sold, bought) = sell.ordered(weight0, weight1);
        Ok(Ratio::new(sold.raw().into(), bought.raw().into())?)
    }

    /// Returns the price at these reserves.
    fn price_of(&self, reserve0: Amount, reserve1: Amount) -> Result<Ratio, Error> {
        let weights = self.exponent(Sell::Token0)?.reduced();
        let above = U256::product(reserve1.get(), weights.numerator());
        let below = U256::product(reserve0.get(), weights.denominator());
        quotient(above, below, Rounding::Floor)
    }
}

impl Market for WeightedPair {
    fn quote_exact_in(&self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let (sold, bought) = self.reserves(sell)?;
        sold.checked_add(amount_in)?;
        let fee = self.fee.of(amount_in);
        let total = sold.checked_add(amount_in.checked_sub(fee)?)?;
        let part = Ratio::new(sold.get(), total.get())?;
        let left = power(bought, part, self.exponent(sell)?, Rounding::Ceil)?;
        Ok(Swap {
            amount_in,
            amount_out: bought.checked_sub(left)?,
            fee,
        })
    }

    fn quote_exact_out(&self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let (sold, bought) = self.reserves(sell)?;
        // A reserve is at least 1.
        let most = bought.get().wrapping_sub(1);
        in_range(Quantity::AmountOut, amount_out.get(), 0, most)?;
        let left = bought.checked_sub(amount_out)?;
        let growth = Ratio::new(bought.get(), left.get())?;
        let exponent = self.exponent(sell.opposite())?;
        let total = power(sold, growth, exponent, Rounding::Ceil)?;
        let amount_in = self.fee.before(total.checked_sub(sold)?)?;
        sold.checked_add(amount_in)?;
        Ok(Swap {
            amount_in,
            amount_out,
            fee: self.fee.of(amount_in),
        })
    }

    fn price_after(&self, sell: Sell, amount_in: Amount) -> Result<Ratio, Error> {
        let swap = self.quote_exact_in(sell, amount_in)?;
        let (sold, bought) = self.reserves(sell)?;
        let sold = sold.checked_add(swap.amount_in)?;
        let bought = bought.checked_sub(swap.amount_out)?;
        let (reserve0, reserve1) = sell.ordered(sold, bought);
        self.price_of(reserve0, reserve1)
    }
}

/// Computes amount·base^exponent. An exponent of 1, of equal weights, needs no logarithm.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn power(
    amount: Amount,
    base: Ratio,
    exponent: Ratio,
    rounding: Rounding,
) -> Result<Amount, Error> {
    if exponent.numerator() == exponent.denominator() {
        return Ok(amount.mul_ratio(base, rounding)?);
    }
    Ok(amount.mul_rational_pow(base, exponent, rounding)?)
}
