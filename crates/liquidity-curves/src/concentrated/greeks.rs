//! The value of a position at any price, and how it moves with it.

use tokenomics_fixed_math::{Amount, Rounding, Wad, U256};

use super::amounts::{amount0, amount1};
use super::{ConcentratedPosition, SqrtPrice};
use crate::check::{largest, scaled};
use crate::Error;

/// A liquidity between two prices, and what it is worth at any other, once arbitrage has taken the pool
/// there: a position seen from outside, without its fees.
///
/// Prices are given by their square roots, of which all these figures are exact fractions.
///
/// ```
/// use tokenomics_fixed_math::{Amount, U256};
/// use tokenomics_liquidity_curves::{Range, SqrtPrice};
///
/// // From a quarter of the price to four times it.
/// let at = |halves: u128| SqrtPrice::new(U256::from(halves << 95));
/// let range = Range::new(at(1)?, at(4)?, Amount::new(1_000_000))?;
/// assert_eq!(range.value_at(SqrtPrice::ONE)?, Amount::new(1_000_000));
/// assert_eq!(range.delta_at(SqrtPrice::ONE)?, Amount::new(500_000));
/// assert_eq!(range.gamma_at(SqrtPrice::ONE)?, Amount::new(500_000));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    low: SqrtPrice,
    high: SqrtPrice,
    liquidity: Amount,
}

impl Range {
    /// Creates the range of a liquidity between two prices.
    ///
    /// # Errors
    /// [`Error::SqrtPrice`] unless the lower price is below the upper one.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Range, SqrtPrice};
    ///
    /// assert!(Range::new(SqrtPrice::MIN, SqrtPrice::MAX, Amount::new(1)).is_ok());
    /// assert!(Range::new(SqrtPrice::ONE, SqrtPrice::ONE, Amount::new(1)).is_err());
    /// ```
    pub fn new(low: SqrtPrice, high: SqrtPrice, liquidity: Amount) -> Result<Self, Error> {
        let low = low.within(SqrtPrice::MIN, high.below())?;
        Ok(Self {
            low,
            high,
            liquidity,
        })
    }

    /// Computes the value in Token1 at a price: L·(2√p − √low − p/√high) within the range; below it, that of
    /// the Token0 that it is all of then, and above it the Token1.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`], and in a range for a liquidity whose product with √p has
    /// more than 160 bits before the point.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, U256};
    /// use tokenomics_liquidity_curves::{Range, SqrtPrice};
    ///
    /// let at = |quarters: u128| SqrtPrice::new(U256::from(quarters << 94));
    /// let range = Range::new(at(2)?, at(8)?, Amount::new(1_000_000))?;
    /// assert_eq!(range.value_at(SqrtPrice::ONE)?, Amount::new(1_000_000));
    /// // 1,500,000 of Token0 at a sixteenth, and 1,500,000 of Token1.
    /// assert_eq!(range.value_at(at(1)?)?, Amount::new(93_750));
    /// assert_eq!(range.value_at(at(16)?)?, Amount::new(1_500_000));
    /// assert!(range.value_at(SqrtPrice::MAX).is_ok());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn value_at(&self, price: SqrtPrice) -> Result<Amount, Error> {
        if price < self.low {
            return self.value_below(price);
        }
        let liquidity = self.liquidity.get();
        let (low, high) = (self.low.units(), self.high.units());
        let price = price.min(self.high).units();
        let of_token1 = price.checked_sub(low)?.checked_mul(liquidity)?;
        let of_token0 = price.checked_mul(liquidity)?.mul_div(
            high.checked_sub(price)?,
            high,
            Rounding::Floor,
        )?;
        // The floor of a sum of an integer and a floor, divided by an integer, is that of the whole.
        let value = of_token0.checked_add(of_token1)?.shr_floor(96);
        Ok(Amount::new(value.to_u128()?))
    }

    /// Computes ⌊L·p·(√high − √low)/(√low·√high)⌋, by its definition: the products have up to 608 bits.
    fn value_below(&self, price: SqrtPrice) -> Result<Amount, Error> {
        let (low, high, price) = (self.low.units(), self.high.units(), price.units());
        let width = high.checked_sub(low)?;
        let dividend = product(self.liquidity.get().into(), [price, price, width]);
        let unit = U256::from(1 << 96);
        let holds = |value: U256| product(value, [low, high, unit]) <= dividend;
        let above = U256::new(1, 0);
        if holds(above) {
            let (bits, max) = (above.bits(), u128::MAX);
            return Err(Error::Overflow { bits, max });
        }
        let value = largest(u128::MAX, |value| holds(value.into()));
        Ok(Amount::new(value))
    }

    /// Computes the delta, which is the amount of Token0 that the position holds at a price.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Range, SqrtPrice};
    ///
    /// let range = Range::new(SqrtPrice::ONE, SqrtPrice::MAX, Amount::new(1_000))?;
    /// assert_eq!(range.delta_at(SqrtPrice::MIN)?, Amount::new(999));
    /// assert_eq!(range.delta_at(SqrtPrice::MAX)?, Amount::ZERO);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn delta_at(&self, price: SqrtPrice) -> Result<Amount, Error> {
        let price = price.clamp(self.low, self.high).units();
        let held = amount0(
            price,
            self.high.units(),
            self.liquidity.get(),
            Rounding::Floor,
        )?;
        Ok(Amount::new(held.to_u128()?))
    }

    /// Computes the dollar gamma at a price, |Γ|·p² in Token1: L·√p/2 within the range, from its lower price
    /// on, and 0 outside. The gamma itself is negative.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Range, SqrtPrice};
    ///
    /// let range = Range::new(SqrtPrice::ONE, SqrtPrice::MAX, Amount::new(1_001))?;
    /// assert_eq!(range.gamma_at(SqrtPrice::ONE)?, Amount::new(500));
    /// assert_eq!(range.gamma_at(SqrtPrice::MIN)?, Amount::ZERO);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn gamma_at(&self, price: SqrtPrice) -> Result<Amount, Error> {
        if !self.holds(price) {
            return Ok(Amount::ZERO);
        }
        // Half the Token1 from a price of 0 on, whose floor is that of the half.
        let whole = amount1(
            U256::ZERO,
            price.units(),
            self.liquidity.get(),
            Rounding::Floor,
        )?;
        Ok(Amount::new(whole.shr_floor(1).to_u128()?))
    }

    /// Computes the concentration at a price: how many times the gamma, and the loss versus rebalancing, of the
    /// full range a range of the same value has. It is 2/(2 − √(a/p) − √(p/b)) in the range from a to b, and
    /// 0 outside.
    ///
    /// # Rounding
    /// Floor, of the exact fraction of the square roots.
    ///
    /// # Errors
    /// [`Error::Overflow`] above 2^128 units, which takes a range of neighbouring roots near 2^160.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio, U256};
    /// use tokenomics_liquidity_curves::{Range, SqrtPrice};
    ///
    /// // From a quarter of the price to four times it.
    /// let at = |halves: u128| SqrtPrice::new(U256::from(halves << 95));
    /// let range = Range::new(at(1)?, at(4)?, Amount::new(1))?;
    /// assert_eq!(range.concentration_at(SqrtPrice::ONE)?, wad!("2"));
    /// assert_eq!(range.concentration_at(at(4)?)?, wad!("0"));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    ///
    /// # Source
    /// Milionis, Moallemi, Roughgarden, Zhang (2022), with the value of the range.
    pub fn concentration_at(&self, price: SqrtPrice) -> Result<Wad, Error> {
        if !self.holds(price) {
            return Ok(Wad::ZERO);
        }
        let [low, high, price] = [self.low, self.high, price].map(|root| root.units());
        let [above, below] = [high.checked_sub(price)?, price.checked_sub(low)?];
        let one = U256::from(1);
        // With a, s and b for the roots: 2sb/(b·(s − a) + s·(b − s)).
        let whole = product(U256::from(TWO), [price, high, one]);
        let holds = |times: u128| {
            let left = product(times.into(), [high, below, one]);
            sum(left, product(times.into(), [price, above, one])) <= whole
        };
        let times = largest(u128::MAX, holds);
        if times == u128::MAX {
            let (bits, max) = (129, u128::MAX);
            return Err(Error::Overflow { bits, max });
        }
        Ok(Wad::from_raw(times))
    }

    /// Computes the loss versus rebalancing at a price, in Token1: what arbitrage takes from the position
    /// while the logarithm of the price gathers `variance`, which is σ² times the time, as if it stayed
    /// there. It is variance/2 of the dollar gamma.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount};
    /// use tokenomics_liquidity_curves::{Range, SqrtPrice};
    ///
    /// let range = Range::new(SqrtPrice::MIN, SqrtPrice::MAX, Amount::new(1_000_000))?;
    /// let loss = range.loss_versus_rebalancing_at(SqrtPrice::ONE, wad!("0.0025"))?;
    /// assert_eq!(loss, Amount::new(625));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    ///
    /// # Source
    /// Milionis, Moallemi, Roughgarden, Zhang, Automated Market Making and Loss-Versus-Rebalancing
    /// (2022).
    #[doc(alias("lvr"))]
    pub fn loss_versus_rebalancing_at(
        &self,
        price: SqrtPrice,
        variance: Wad,
    ) -> Result<Amount, Error> {
        if !self.holds(price) {
            return Ok(Amount::ZERO);
        }
        let factor = U256::product(self.liquidity.get(), variance.raw());
        let divisor = U256::product(FOUR, 1 << 96);
        let loss = factor.mul_div(price.units(), divisor, Rounding::Ceil)?;
        Ok(Amount::new(loss.to_u128()?))
    }

    /// Computes the most liquidity between the two prices that amounts of Token0 and of Token1 pay for, at a
    /// price, whatever liquidity the range itself has.
    ///
    /// # Rounding
    /// Floor, of the real number: no less than by the contracts' periphery, which rounds on the way. It ends at
    /// [`Amount::MAX`]; a pool takes no more than [`ConcentratedParams::liquidity_per_tick`].
    ///
    /// [`ConcentratedParams::liquidity_per_tick`]: crate::ConcentratedParams::liquidity_per_tick
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{
    ///     Concentrated, ConcentratedParams, ConcentratedPosition, FixedTicks, SqrtPrice, Tick,
    /// };
    ///
    /// let params = ConcentratedParams::UNISWAP_V3_030;
    /// let mut pool = Concentrated::new(params, SqrtPrice::ONE, FixedTicks::<2>::new())?;
    /// let mut position = ConcentratedPosition::new(Tick::new(-600)?, Tick::new(1_200)?)?;
    /// let thousand = Amount::new(1_000);
    /// let liquidity = position.range().liquidity_for(pool.sqrt_price(), thousand, thousand);
    /// let added = pool.add_liquidity(&mut position, liquidity)?;
    /// assert_eq!((added.amount0, added.amount1), (thousand, Amount::new(508)));
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "getLiquidityForAmounts")]
    #[must_use]
    pub fn liquidity_for(&self, price: SqrtPrice, most0: Amount, most1: Amount) -> Amount {
        let [low, high] = [self.low, self.high].map(|root| root.units());
        let price = price.units().clamp(low, high);
        let pays = |most: Amount, needed: Result<U256, Error>| {
            needed.is_ok_and(|needed| needed <= most.get().into())
        };
        Amount::new(largest(u128::MAX, |liquidity| {
            pays(most0, amount0(price, high, liquidity, Rounding::Ceil))
                && pays(most1, amount1(low, price, liquidity, Rounding::Ceil))
        }))
    }

    /// Returns whether liquidity counts at a price.
    fn holds(&self, price: SqrtPrice) -> bool {
        self.low <= price && price < self.high
    }
}

impl ConcentratedPosition {
    /// Returns the range of the position.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{ConcentratedPosition, SqrtPrice, Tick};
    ///
    /// let position = ConcentratedPosition::new(Tick::new(-60)?, Tick::new(60)?)?;
    /// assert!(position.range().value_at(SqrtPrice::ONE)?.is_zero());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[must_use]
    pub fn range(&self) -> Range {
        let state = self.state();
        Range {
            low: state.lower.sqrt_price(),
            high: state.upper.sqrt_price(),
            liquidity: state.liquidity,
        }
    }
}

/// Returns a product in limbs of 128 bits, the highest first, of a number of up to 129 bits and three of up
/// to 160.
fn product(first: U256, factors: [U256; 3]) -> [u128; 6] {
    let start = [0, 0, 0, 0, first.high(), first.low()];
    factors.iter().fold(start, |product, factor| {
        let low = scaled(product, factor.low());
        let mut high = scaled(product, factor.high());
        high.rotate_left(1);
        sum(low, high)
    })
}

/// Adds, with nothing carried out of the highest limb.
fn sum(mut a: [u128; 6], b: [u128; 6]) -> [u128; 6] {
    let mut carry = false;
    for (limb, more) in a.iter_mut().zip(b).rev() {
        let (low, over) = limb.overflowing_add(more);
        let (low, over_again) = low.overflowing_add(carry.into());
        *limb = low;
        carry = over | over_again;
    }
    a
}

/// Two, with 18 decimals.
const TWO: u128 = 2_000_000_000_000_000_000;
/// Four, with 18 decimals.
const FOUR: u128 = 4_000_000_000_000_000_000;
