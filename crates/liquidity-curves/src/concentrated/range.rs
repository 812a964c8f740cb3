//! A liquidity between two prices.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use super::amounts::{amount0, amount1};
use super::{ConcentratedPosition, SqrtPrice};
use crate::check::largest;
use crate::wide::Wide;
use crate::Error;

/// A liquidity between two prices, and what it is worth at any other, once arbitrage has taken the pool
/// there: a position seen from outside, without its fees.
///
/// It is a [`Position`](crate::Position). Where a price is given by its square root, as a pool has it, the same
/// figures are exact fractions.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio, U256};
/// use tokenomics_liquidity_curves::{Position, Range, SqrtPrice};
///
/// // From a quarter of the price to four times it.
/// let at = |halves: u128| SqrtPrice::new(U256::from(halves << 95));
/// let range = Range::new(at(1)?, at(4)?, Amount::new(1_000_000))?;
/// assert_eq!(range.value_at_sqrt_price(SqrtPrice::ONE)?, Amount::new(1_000_000));
/// assert_eq!(range.delta_at(Ratio::ONE)?, Amount::new(500_000));
/// assert_eq!(range.gamma_at(Ratio::ONE)?, Amount::new(500_000));
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

    /// Returns the lower price.
    #[must_use]
    pub const fn lower(&self) -> SqrtPrice {
        self.low
    }

    /// Returns the upper price.
    #[must_use]
    pub const fn upper(&self) -> SqrtPrice {
        self.high
    }

    /// Returns the liquidity.
    #[must_use]
    pub const fn liquidity(&self) -> Amount {
        self.liquidity
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
    /// assert_eq!(range.value_at_sqrt_price(SqrtPrice::ONE)?, Amount::new(1_000_000));
    /// // 1,500,000 of Token0 at a sixteenth, and 1,500,000 of Token1.
    /// assert_eq!(range.value_at_sqrt_price(at(1)?)?, Amount::new(93_750));
    /// assert_eq!(range.value_at_sqrt_price(at(16)?)?, Amount::new(1_500_000));
    /// assert!(range.value_at_sqrt_price(SqrtPrice::MAX).is_ok());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn value_at_sqrt_price(&self, price: SqrtPrice) -> Result<Amount, Error> {
        let root = price.units();
        if price < self.low {
            return self.value_below([root, root], U256::from(1 << 96));
        }
        self.value_from(root)
    }

    /// Computes ⌊L·(2√p − √low − p/√high)⌋ at a root that isn't below the range.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn value_from(&self, root: U256) -> Result<Amount, Error> {
        let liquidity = self.liquidity.get();
        let (low, high) = (self.low.units(), self.high.units());
        let price = root.min(high);
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

    /// Computes ⌊L·p·(√high − √low)/(√low·√high)⌋, by its definition: the products have up to 608 bits. The
    /// price is the product of `above` by `under`, times 2^−96.
    pub(super) fn value_below(&self, above: [U256; 2], under: U256) -> Result<Amount, Error> {
        let (low, high) = (self.low.units(), self.high.units());
        let width = Wide::from(self.liquidity.get()).mul(high.checked_sub(low)?);
        let dividend = width.mul(above[0]).mul(above[1]);
        let divisor = Wide::from(under).mul(low).mul(high);
        let limit = U256::new(1, 0);
        if divisor.mul(limit) <= dividend {
            let (bits, max) = (limit.bits(), u128::MAX);
            return Err(Error::Overflow { bits, max });
        }
        let value = largest(u128::MAX, |value| divisor.mul(value) <= dividend);
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
    /// assert_eq!(range.delta_at_sqrt_price(SqrtPrice::MIN)?, Amount::new(999));
    /// assert_eq!(range.delta_at_sqrt_price(SqrtPrice::MAX)?, Amount::ZERO);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn delta_at_sqrt_price(&self, price: SqrtPrice) -> Result<Amount, Error> {
        self.delta_from(price.units())
    }

    /// Computes ⌊L·(1/√p − 1/√high)⌋ at a root, brought into the range.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn delta_from(&self, root: U256) -> Result<Amount, Error> {
        let (low, high) = (self.low.units(), self.high.units());
        let liquidity = self.liquidity.get();
        let held = amount0(root.clamp(low, high), high, liquidity, Rounding::Floor)?;
        Ok(Amount::new(held.to_u128()?))
    }

    /// Computes the dollar gamma at a price, |Γ|·p² in Token1: L·√p/2 within the range, from its lower price
    /// on, and 0 outside. The gamma itself is negative.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::{Range, SqrtPrice};
    ///
    /// let range = Range::new(SqrtPrice::ONE, SqrtPrice::MAX, Amount::new(1_001))?;
    /// assert_eq!(range.gamma_at_sqrt_price(SqrtPrice::ONE)?, Amount::new(501));
    /// assert_eq!(range.gamma_at_sqrt_price(SqrtPrice::MIN)?, Amount::ZERO);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn gamma_at_sqrt_price(&self, price: SqrtPrice) -> Result<Amount, Error> {
        if !self.holds(price.units()) {
            return Ok(Amount::ZERO);
        }
        self.gamma_from(price.units())
    }

    /// Computes ⌈L·√p/2⌉ at a root.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn gamma_from(&self, root: U256) -> Result<Amount, Error> {
        // Half the Token1 from a price of 0 on, whose ceiling is that of the half.
        let whole = amount1(U256::ZERO, root, self.liquidity.get(), Rounding::Ceil)?;
        let half = whole.checked_add(U256::ONE)?.shr_floor(1);
        Ok(Amount::new(half.to_u128()?))
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
    /// assert_eq!(added.amounts, [thousand, Amount::new(508)]);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[doc(alias = "getLiquidityForAmounts")]
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
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

    /// Returns the root of the price from which on the liquidity counts.
    pub(super) const fn low(&self) -> U256 {
        self.low.units()
    }

    /// Returns the roots of both prices.
    pub(super) const fn roots(&self) -> [U256; 2] {
        [self.low.units(), self.high.units()]
    }

    /// Returns whether liquidity counts at the root of a price, whole or floored.
    pub(super) fn holds(&self, root: U256) -> bool {
        self.low.units() <= root && root < self.high.units()
    }
}

impl ConcentratedPosition {
    /// Returns the range of the position.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{ConcentratedPosition, SqrtPrice, Tick};
    ///
    /// let position = ConcentratedPosition::new(Tick::new(-60)?, Tick::new(60)?)?;
    /// assert!(position.range().value_at_sqrt_price(SqrtPrice::ONE)?.is_zero());
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

tokenomics_internals::checked_codec! {
    Range::new as RawRange {
        low: SqrtPrice = Range::lower,
        high: SqrtPrice = Range::upper,
        liquidity: Amount = Range::liquidity,
    }
}
