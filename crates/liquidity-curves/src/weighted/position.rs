//! All shares of a pool of two as a position in Token0, at any price that arbitrage takes the
//! pool to.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Wad, U256};

use super::liquidity::of_one;
use super::Weighted;
use crate::check::{in_range, quotient};
use crate::{Error, Quantity};

impl Weighted<2> {
    /// Computes the value of the pool in Token1 at a price of Token0, once arbitrage has taken it
    /// there: B₁/w₁·(p/P)^w₀, where P is the price now.
    ///
    /// # Rounding
    /// Floor, of a floored reserve: below the real number by less than 1 + 1/w₁ units and one part in
    /// 2^124.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] in an empty pool; [`Error::Overflow`] above [`Amount::MAX`], and for a price
    /// 2^126 times what it is or more, or that part of it or less.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let reserves = [Amount::new(8_000), Amount::new(2_000)];
    /// let pool = Weighted::new(reserves, [fraction!("0.8"), fraction!("0.2")], Fee::NONE)?;
    /// assert_eq!(pool.value_at(Ratio::ONE)?, Amount::new(10_000));
    /// // Both tokens kept apart were worth 258,000.
    /// assert_eq!(pool.value_at(Ratio::new(32, 1)?)?, Amount::new(160_000));
    /// assert!(pool.value_at(Ratio::MAX).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        let [_, weight1] = self.weights;
        let held = self.held1_at(price, Rounding::Floor)?;
        let one = Fraction::ONE.raw().into();
        Ok(held.mul_div(one, weight1.raw().into(), Rounding::Floor)?)
    }

    /// Computes the delta, which is the amount of Token0 that the pool holds at a price: B₀·(P/p)^w₁.
    ///
    /// # Rounding
    /// Floor: below the real number by less than a unit and one part in 2^124.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] at a price of 0; [`Error::Overflow`] as at [`Weighted::value_at`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let reserves = [Amount::new(8_000), Amount::new(2_000)];
    /// let pool = Weighted::new(reserves, [fraction!("0.8"), fraction!("0.2")], Fee::NONE)?;
    /// assert_eq!(pool.delta_at(Ratio::new(32, 1)?)?, Amount::new(4_000));
    /// assert!(pool.delta_at(Ratio::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        in_range(Quantity::Price, price.numerator(), 1, u128::MAX)?;
        let ([reserve0, _], [_, weight1]) = (self.reserves, self.weights);
        // Rounded up, so that its power below 0 is rounded down.
        let moved = self.moved_to(price, Rounding::Ceil)?.recip()?;
        Ok(reserve0.mul_rational_pow(moved, of_one(weight1)?, Rounding::Floor)?)
    }

    /// Computes the dollar gamma at a price, |Γ|·p² in Token1: w₀·w₁ of the value. The gamma itself is
    /// negative: the pool sells as the price rises, and buys as it falls.
    ///
    /// # Rounding
    /// Floor, of a floored reserve: below the real number by less than two units and one part in 2^124.
    ///
    /// # Errors
    /// [`Error::Overflow`] as at [`Weighted::value_at`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let reserves = [Amount::new(8_000), Amount::new(2_000)];
    /// let pool = Weighted::new(reserves, [fraction!("0.8"), fraction!("0.2")], Fee::NONE)?;
    /// assert_eq!(pool.gamma_at(Ratio::ONE)?, Amount::new(1_600));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        let [weight0, _] = self.weights;
        let held = self.held1_at(price, Rounding::Floor)?;
        Ok(held.mul_fraction(weight0, Rounding::Floor))
    }

    /// Computes the loss versus rebalancing at a price, in Token1: what arbitrage takes from the pool
    /// while the logarithm of the price gathers `variance`, which is σ² times the time. It is
    /// variance/2 of the dollar gamma.
    ///
    /// # Rounding
    /// Ceil, of the ceiled dollar gamma: above the real number by less than 1 + variance units and one
    /// part in 2^124.
    ///
    /// # Errors
    /// [`Error::Overflow`] as at [`Weighted::value_at`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Fee, Weighted};
    ///
    /// let reserves = [Amount::new(8_000_000), Amount::new(2_000_000)];
    /// let pool = Weighted::new(reserves, [fraction!("0.8"), fraction!("0.2")], Fee::NONE)?;
    /// // 5% a day, for a day: less than the 3,125 of a pool of equal weights and the same value.
    /// let loss = pool.loss_versus_rebalancing_at(Ratio::ONE, wad!("0.0025"))?;
    /// assert_eq!(loss, Amount::new(2_000));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    ///
    /// # Source
    /// Milionis, Moallemi, Roughgarden, Zhang, Automated Market Making and Loss-Versus-Rebalancing
    /// (2022).
    #[doc(alias("lvr"))]
    pub fn loss_versus_rebalancing_at(&self, price: Ratio, variance: Wad) -> Result<Amount, Error> {
        let [weight0, _] = self.weights;
        let held = self.held1_at(price, Rounding::Ceil)?;
        let gamma = held.mul_fraction(weight0, Rounding::Ceil);
        Ok(gamma.mul_div(variance.raw(), TWO, Rounding::Ceil)?)
    }

    /// Computes the amount of Token1 that the pool holds at a price: B₁·(p/P)^w₀.
    fn held1_at(&self, price: Ratio, rounding: Rounding) -> Result<Amount, Error> {
        let ([_, reserve1], [weight0, _]) = (self.reserves, self.weights);
        let moved = self.moved_to(price, rounding)?;
        Ok(reserve1.mul_rational_pow(moved, of_one(weight0)?, rounding)?)
    }

    /// Computes p/P, where P is the price now: p·B₀·w₁/(B₁·w₀), in two steps.
    fn moved_to(&self, price: Ratio, rounding: Rounding) -> Result<Ratio, Error> {
        let ([reserve0, reserve1], [weight0, weight1]) = (self.reserves, self.weights);
        in_range(Quantity::Reserve, reserve1.get(), 1, u128::MAX)?;
        let above = U256::product(price.numerator(), reserve0.get());
        let below = U256::product(price.denominator(), reserve1.get());
        let step = quotient(above, below, rounding)?;
        let weights = Ratio::new(weight1.raw().into(), weight0.raw().into())?.reduced();
        let above = U256::product(step.numerator(), weights.numerator());
        let below = U256::product(step.denominator(), weights.denominator());
        quotient(above, below, rounding)
    }
}

/// Two, with 18 decimals.
const TWO: u128 = 2_000_000_000_000_000_000;
