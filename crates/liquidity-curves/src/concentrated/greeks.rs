//! A range, and a whole pool, as a position in Token0.

use tokenomics_fixed_math::{Amount, Ratio, U256};

use super::sqrt_price::roots;
use super::{Concentrated, Range, Ticks, ABOVE_128_BITS};
use crate::{Error, Position};

/// The liquidity alone: fees that it has gathered are no part of it.
impl Position for Range {
    /// Computes the value at a price: L·(2√p − √low − p/√high) within the range; below it, that of the Token0
    /// that it is all of then, and above it the Token1.
    ///
    /// # Rounding
    /// Floor, of √p floored at 2^−96: within the range below the real number by less than 1 + L/2^95 units,
    /// elsewhere by less than one.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], and in a range for a liquidity whose product with √p has
    /// more than 160 bits before the point.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        let [root, _] = roots(price)?;
        if root < self.low() {
            let above = [price.numerator().into(), U256::from(1 << 96)];
            return self.value_below(above, price.denominator().into());
        }
        self.value_from(root)
    }

    /// Computes the delta at a price: L·(1/√p − 1/√high) within the range, from the lower price down all that
    /// there is at that, and none above.
    ///
    /// # Rounding
    /// Floor, of √p ceiled at 2^−96: below the real number by less than 1 + L/(p·2^96) units.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        let [_, root] = roots(price)?;
        self.delta_from(root)
    }

    /// Computes the dollar gamma at a price: L·√p/2 within the range, from its lower price on, and 0 outside.
    ///
    /// # Rounding
    /// Ceil, of √p ceiled at 2^−96: above the real number by less than 1 + L/2^97 units.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio};
    /// use tokenomics_liquidity_curves::{Position, Range, SqrtPrice};
    ///
    /// let range = Range::new(SqrtPrice::MIN, SqrtPrice::MAX, Amount::new(1_000_000))?;
    /// assert_eq!(range.gamma_at(Ratio::from_integer(4))?, Amount::new(1_000_000));
    /// let loss = range.loss_versus_rebalancing_at(Ratio::ONE, wad!("0.0025"))?;
    /// assert_eq!(loss, Amount::new(625));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        let [floor, ceil] = roots(price)?;
        if !self.holds(floor) {
            return Ok(Amount::ZERO);
        }
        self.gamma_from(ceil)
    }
}

/// All positions together: between each two neighbouring ticks the [`Range`] of the liquidity there. Fees that
/// they have gathered are no part of it.
///
/// Each figure visits all ticks, of which there are two for each position at most: it costs O(ticks), as one
/// question to the store and one range each. A program on chain asks a range at a time.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_liquidity_curves::{
///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, Position, SqrtPrice, Tick,
/// };
///
/// let params = ConcentratedParams::UNISWAP_V3_030;
/// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<4>::new())?;
/// let million = Amount::new(1_000_000);
/// for (lower, upper) in [(-6_000, 6_000), (-600, 12_000)] {
///     let mut position = ConcentratedPosition::new(Tick::new(lower)?, Tick::new(upper)?)?;
///     pool.add_liquidity(&mut position, million)?;
/// }
/// assert_eq!(pool.value_at(Ratio::ONE)?, Amount::new(999_065));
/// assert_eq!(pool.gamma_at(Ratio::ONE)?, million);
/// // At twice the price only the second one holds Token0.
/// assert_eq!(pool.delta_at(Ratio::from_integer(2))?, Amount::new(158_278));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
impl<T: Ticks> Position for Concentrated<T> {
    /// Computes the value at a price.
    ///
    /// # Rounding
    /// Floor, of each range between two ticks.
    ///
    /// # Errors
    /// As that of a [`Range`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn value_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.sum(|range| range.value_at(price))
    }

    /// Computes the delta at a price.
    ///
    /// # Rounding
    /// Floor, of each range between two ticks.
    ///
    /// # Errors
    /// As that of a [`Range`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn delta_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.sum(|range| range.delta_at(price))
    }

    /// Computes the dollar gamma at a price, which is that of the one range around it.
    ///
    /// # Rounding
    /// As that of a [`Range`].
    ///
    /// # Errors
    /// As that of a [`Range`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn gamma_at(&self, price: Ratio) -> Result<Amount, Error> {
        self.sum(|range| range.gamma_at(price))
    }
}

impl<T: Ticks> Concentrated<T> {
    /// Sums a figure over the ranges between neighbouring ticks.
    fn sum(&self, of: impl Fn(Range) -> Result<Amount, Error>) -> Result<Amount, Error> {
        let (mut sum, mut liquidity) = (Amount::ZERO, 0_u128);
        for ((low, state), (high, _)) in self.kept().zip(self.kept().skip(1)) {
            // As the ticks sum to it, it never leaves its range.
            let after = liquidity.checked_add_signed(state.net);
            liquidity = after.ok_or(ABOVE_128_BITS)?;
            let range = Range::new(low.sqrt_price(), high.sqrt_price(), Amount::new(liquidity))?;
            sum = sum.checked_add(of(range)?)?;
        }
        Ok(sum)
    }
}
