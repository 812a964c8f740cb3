//! Two tokens of a pool as a position in the first of them.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, U256};

use super::{Weighted, WeightedPair};
use crate::check::{in_range, quotient};
use crate::{Error, Position, Quantity, Sell};

/// All shares together.
impl Position for Weighted<2> {
    /// Computes the value at a price: B₁/w₁·(p/P)^w₀, where P is the price now.
    ///
    /// # Rounding
    /// As that of its [`pair`](Weighted::pair).
    ///
    /// # Errors
    /// As that of its [`pair`](Weighted::pair).
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.pair(0, 1)?.value_at(price)
    }

    /// Computes the delta at a price: B₀·(P/p)^w₁.
    ///
    /// # Rounding
    /// As that of its [`pair`](Weighted::pair).
    ///
    /// # Errors
    /// As that of its [`pair`](Weighted::pair).
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.pair(0, 1)?.delta_at(price)
    }

    /// Computes the dollar gamma at a price: w₀·w₁ of the value.
    ///
    /// # Rounding
    /// As that of its [`pair`](Weighted::pair).
    ///
    /// # Errors
    /// As that of its [`pair`](Weighted::pair).
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.pair(0, 1)?.gamma_at(price)
    }
}

/// The pool's holding of the two tokens, while all others stay as they are: arbitrage trades the two for each
/// other alone, until Token0 has a price in Token1. So B₀^w₀·B₁^w₁ stays, and with it B₀^v₀·B₁^v₁, where v₀ and
/// v₁ are the weights by their sum: it is a pool of two with these weights, and of a pool of two all of it.
impl Position for WeightedPair {
    /// Computes the value of both tokens at a price: B₁/v₁·(p/P)^v₀, where P is the price now.
    ///
    /// # Rounding
    /// Floor, of a floored reserve: below the real number by less than 1 + 1/v₁ units and one part in
    /// 2^124.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] above [`Amount::MAX`], and for a price
    /// 2^126 times what it is or more, or that part of it or less.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Position, Weighted};
    ///
    /// let weights = [fraction!("0.4"), fraction!("0.1"), fraction!("0.5")];
    /// let pool = Weighted::new([8_000, 2_000, 77].map(Amount::new), weights, Fee::NONE)?;
    /// let pair = pool.pair(0, 1)?;
    /// assert_eq!(pair.value_at(Ratio::ONE)?, Amount::new(10_000));
    /// // Both tokens kept apart were worth 258,000.
    /// assert_eq!(pair.value_at(Ratio::new(32, 1)?)?, Amount::new(160_000));
    /// assert!(pair.value_at(Ratio::MAX).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        let held = self.held1_at(price, Rounding::Floor)?;
        let [_, weight1] = self.weights.map(|weight| weight.raw().into());
        Ok(held.mul_div(self.weight(), weight1, Rounding::Floor)?)
    }

    /// Computes the delta at a price: B₀·(P/p)^v₁.
    ///
    /// # Rounding
    /// Floor: below the real number by less than a unit and one part in 2^124.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] at a price of 0; [`Error::Overflow`] as of the value.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        in_range(Quantity::Price, price.numerator(), 1, u128::MAX)?;
        let [reserve0, _] = self.reserves;
        // Rounded up, so that its power below 0 is rounded down.
        let moved = self.moved_to(price, Rounding::Ceil)?.recip()?;
        Ok(reserve0.mul_rational_pow(moved, self.exponent_of(1)?, Rounding::Floor)?)
    }

    /// Computes the dollar gamma at a price: v₀·v₁ of the value.
    ///
    /// # Rounding
    /// Ceil, of a ceiled reserve: above the real number by less than two units and one part in 2^124.
    ///
    /// # Errors
    /// As of the value.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        let held = self.held1_at(price, Rounding::Ceil)?;
        let [weight0, _] = self.weights.map(|weight| weight.raw().into());
        Ok(held.mul_div(weight0, self.weight(), Rounding::Ceil)?)
    }
}

impl WeightedPair {
    /// Returns the weight of both tokens in 1e-18.
    fn weight(&self) -> u128 {
        let [weight0, weight1] = self.weights.map(|weight| u128::from(weight.raw()));
        // Of 64 bits each.
        weight0.wrapping_add(weight1)
    }

    /// Returns the weight of one of the two by that of both.
    fn exponent_of(&self, token: usize) -> Result<Ratio, Error> {
        let weight = self.weights.get(token).map_or(0, |weight| weight.raw());
        Ok(Ratio::new(weight.into(), self.weight())?)
    }

    /// Computes the amount of Token1 that the pool holds at a price: B₁·(p/P)^v₀.
    fn held1_at(&self, price: Ratio, rounding: Rounding) -> Result<Amount, Error> {
        let [_, reserve1] = self.reserves;
        let moved = self.moved_to(price, rounding)?;
        Ok(reserve1.mul_rational_pow(moved, self.exponent_of(0)?, rounding)?)
    }

    /// Computes p/P, where P is the price now: p·B₀·w₁/(B₁·w₀), in two steps.
    fn moved_to(&self, price: Ratio, rounding: Rounding) -> Result<Ratio, Error> {
        let [reserve0, reserve1] = self.reserves;
        in_range(Quantity::Reserve, reserve1.get(), 1, u128::MAX)?;
        let above = U256::product(price.numerator(), reserve0.get());
        let below = U256::product(price.denominator(), reserve1.get());
        let step = quotient(above, below, rounding)?;
        let weights = self.exponent(Sell::Token1)?.reduced();
        let above = U256::product(step.numerator(), weights.numerator());
        let below = U256::product(step.denominator(), weights.denominator());
        quotient(above, below, rounding)
    }
}
