//! All shares together as a position in Token0.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, U256};

use super::ConstantProduct;
use crate::check::in_range;
use crate::{Error, Position, Quantity};

/// All shares together. Of an empty pool they are worth nothing.
impl Position for ConstantProduct {
    /// Computes the value at a price: 2·√(k·p).
    ///
    /// # Rounding
    /// Floor, of the real number.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], and [`Error::Math`] far above it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.root(price, 4, 1, Rounding::Floor)
    }

    /// Computes the delta at a price: √(k/p).
    ///
    /// # Rounding
    /// Floor, of the real number.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] at a price of 0; [`Error::Overflow`] above [`Amount::MAX`], and
    /// [`Error::Math`] far above it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        in_range(Quantity::Price, price.numerator(), 1, u128::MAX)?;
        self.root(price.recip()?, 1, 1, Rounding::Floor)
    }

    /// Computes the dollar gamma at a price: a quarter of the value.
    ///
    /// # Rounding
    /// Ceil, of the real number.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], and [`Error::Math`] far above it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.root(price, 1, 4, Rounding::Ceil)
    }
}

impl ConstantProduct {
    /// Computes √(k·price·by/of), rounded.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn root(&self, price: Ratio, by: u128, of: u128, rounding: Rounding) -> Result<Amount, Error> {
        let product = U256::product(self.reserve0.get(), self.reserve1.get());
        let by = U256::product(price.numerator(), by);
        let of = U256::product(price.denominator(), of);
        // The floor of a root is that of its floored square, and the ceiling that of its ceiled one.
        let square = product.mul_div(by, of, rounding)?;
        Ok(Amount::new(square.isqrt(rounding).to_u128()?))
    }
}
