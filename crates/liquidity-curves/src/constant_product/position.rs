//! All shares together as a position in Token0, at any price that arbitrage takes the pool to.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Wad, U256};

use super::ConstantProduct;
use crate::check::in_range;
use crate::{Error, Quantity};

impl ConstantProduct {
    /// Computes the value of the pool in Token1 at a price of Token0, once arbitrage has taken it
    /// there: 2·√(k·p).
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], and [`Error::Math`] far above it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let thousand = Amount::new(1_000);
    /// let pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// // At twice the price both tokens kept apart were worth 3,000, and are worth 5.7% less here.
    /// assert_eq!(pool.value_at(Ratio::new(2, 1)?)?, Amount::new(2_828));
    /// assert!(pool.value_at(Ratio::new(u128::MAX, 1)?).is_ok());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.root(price, 4, 1, Rounding::Floor)
    }

    /// Computes the delta, which is the amount of Token0 that the pool holds at a price: √(k/p).
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] at a price of 0; [`Error::Overflow`] above [`Amount::MAX`], and
    /// [`Error::Math`] far above it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let thousand = Amount::new(1_000);
    /// let pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// assert_eq!(pool.delta_at(Ratio::new(4, 1)?)?, Amount::new(500));
    /// assert!(pool.delta_at(Ratio::new(0, 1)?).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        in_range(Quantity::Price, price.numerator(), 1, u128::MAX)?;
        self.root(price.recip()?, 1, 1, Rounding::Floor)
    }

    /// Computes the dollar gamma at a price, |Γ|·p² in Token1: a quarter of the value. The gamma itself
    /// is negative: the pool sells as the price rises, and buys as it falls.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], and [`Error::Math`] far above it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let thousand = Amount::new(1_000);
    /// let pool = ConstantProduct::new(thousand, thousand, Fee::NONE)?;
    /// assert_eq!(pool.gamma_at(Ratio::ONE)?, Amount::new(500));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.root(price, 1, 4, Rounding::Floor)
    }

    /// Computes the loss versus rebalancing at a price, in Token1: what arbitrage takes from the pool
    /// while the logarithm of the price gathers `variance`, which is σ² times the time. It is variance/8
    /// of the value.
    ///
    /// # Rounding
    /// Ceil, of the ceiled value: at most 1 + variance/8 units above the real number.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], and [`Error::Math`] far above it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{ConstantProduct, Fee};
    ///
    /// let million = Amount::new(1_000_000);
    /// let pool = ConstantProduct::new(million, million, Fee::NONE)?;
    /// // 5% a day, for a day.
    /// let loss = pool.loss_versus_rebalancing_at(Ratio::ONE, wad!("0.0025"))?;
    /// assert_eq!(loss, Amount::new(625));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    ///
    /// # Source
    /// Milionis, Moallemi, Roughgarden, Zhang, Automated Market Making and Loss-Versus-Rebalancing
    /// (2022).
    #[doc(alias("lvr"))]
    pub fn loss_versus_rebalancing_at(&self, price: Ratio, variance: Wad) -> Result<Amount, Error> {
        let value = self.root(price, 4, 1, Rounding::Ceil)?;
        Ok(value.mul_div(variance.raw(), EIGHT, Rounding::Ceil)?)
    }

    /// Computes √(k·price·by/of), rounded.
    fn root(&self, price: Ratio, by: u128, of: u128, rounding: Rounding) -> Result<Amount, Error> {
        let product = U256::product(self.reserve0.get(), self.reserve1.get());
        let by = U256::product(price.numerator(), by);
        let of = U256::product(price.denominator(), of);
        // The floor of a root is that of its floored square, and the ceiling that of its ceiled one.
        let square = product.mul_div(by, of, rounding)?;
        Ok(Amount::new(square.isqrt(rounding).to_u128()?))
    }
}

/// Eight, with 18 decimals.
const EIGHT: u128 = 8_000_000_000_000_000_000;
