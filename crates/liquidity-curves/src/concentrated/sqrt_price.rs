//! Square roots of prices.

use core::cmp::Ordering;
use core::fmt;

use tokenomics_fixed_math::{Ratio, Rounding, U256};

use super::Tick;
use crate::check::largest;
use crate::wide::Wide;
use crate::Error;

/// The square root of a price, in units of 2^−96: of base units of Token1 for one of Token0.
///
/// ```
/// use tokenomics_fixed_math::{Ratio, U256};
/// use tokenomics_liquidity_curves::{SqrtPrice, Tick};
///
/// let two = SqrtPrice::new(U256::from(2 << 96))?;
/// assert_eq!(two.price()?, Ratio::from_integer(4));
/// assert_eq!(two.tick(), Tick::new(13_863)?);
/// assert!(SqrtPrice::new(U256::from(4_295_128_738)).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[doc(alias = "sqrtPriceX96")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqrtPrice(U256);

impl SqrtPrice {
    /// The square root of the price at [`Tick::MIN`].
    pub const MIN: Self = Self(U256::new(0, 4_295_128_739));
    /// The square root of a price of 1.
    pub const ONE: Self = Self(U256::new(0, 1 << 96));
    /// The square root of the price at [`Tick::MAX`].
    pub const MAX: Self = Self(U256::new(
        0xfffd_8963,
        0xefd1_fc6a_5064_8849_5d95_1d52_6398_8d26,
    ));

    /// Creates a square root of a price from its units.
    ///
    /// # Errors
    /// [`Error::SqrtPrice`] outside of [`SqrtPrice::MIN`] to [`SqrtPrice::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::U256;
    /// use tokenomics_liquidity_curves::SqrtPrice;
    ///
    /// assert_eq!(SqrtPrice::new(U256::from(1 << 96))?, SqrtPrice::ONE);
    /// assert!(SqrtPrice::new(U256::ZERO).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn new(units: U256) -> Result<Self, Error> {
        let price = Self(units);
        price.within(Self::MIN, Self::MAX)
    }

    /// Creates the root of a price.
    ///
    /// # Rounding
    /// Floor, to a unit.
    ///
    /// # Errors
    /// [`Error::SqrtPrice`] for a root outside of [`SqrtPrice::MIN`] to [`SqrtPrice::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Ratio;
    /// use tokenomics_liquidity_curves::SqrtPrice;
    ///
    /// assert_eq!(SqrtPrice::from_price(Ratio::from_integer(1))?, SqrtPrice::ONE);
    /// assert!(SqrtPrice::from_price(Ratio::new(0, 1)?).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn from_price(price: Ratio) -> Result<Self, Error> {
        let [root, _] = roots(price)?;
        Self::new(root)
    }

    pub(super) const fn of_tick(units: U256) -> Self {
        Self(units)
    }

    /// Returns the units of 2^−96.
    #[must_use]
    pub const fn units(&self) -> U256 {
        self.0
    }

    /// Checks that the root lies between two others, both included.
    pub(super) fn within(self, least: Self, most: Self) -> Result<Self, Error> {
        let bound = if self < least {
            least
        } else if self > most {
            most
        } else {
            return Ok(self);
        };
        Err(Error::SqrtPrice {
            value: self.0,
            bound: bound.tick(),
        })
    }

    /// Returns the tick that the price lies at: the largest whose own isn't above it.
    ///
    /// # Source
    /// Uniswap v3 core, TickMath.sol, by another way to the same result.
    #[doc(alias = "getTickAtSqrtRatio")]
    #[must_use]
    pub fn tick(self) -> Tick {
        let (low, high) = self.tick_bounds();
        let high = Tick::nearest(high);
        if low == high.get() || high.sqrt_price() <= self {
            return high;
        }
        Tick::nearest(low)
    }

    /// Returns two ticks, the same or next to each other, of which one is the price's.
    fn tick_bounds(self) -> (i32, i32) {
        // Squaring doubles a logarithm, whose bits come up one by one: 16 of them leave out less than
        // 2^−16, and what each square is cut off by comes to less than 2^−46.
        let bits = self.0.bits();
        let mut mantissa = mantissa(self.0, bits);
        let mut logarithm = i64::from(bits).wrapping_sub(97);
        for _ in 0..16 {
            let square = u128::from(mantissa).wrapping_mul(mantissa.into());
            let carry = square >> 127;
            // Of a number with the top bit set, so one of 127 or 128 bits.
            mantissa = top(square >> 63_u32.wrapping_add(u32::from(carry == 1)));
            logarithm = (logarithm << 1) | i64::from(carry == 1);
        }
        // Below 2^23 · 2^38.
        let least = logarithm.wrapping_mul(TICKS_PER_DOUBLING);
        let most = least.wrapping_add(TICKS_PER_DOUBLING);
        let floor = |units: i64| i32::try_from(units >> 40).unwrap_or(0);
        (
            floor(least.wrapping_sub(SLACK)),
            floor(most.wrapping_add(SLACK)),
        )
    }

    /// Computes the price.
    ///
    /// # Rounding
    /// Floor, at a relative precision of 2^−127; exact where the square of the root has no more bits.
    ///
    /// # Errors
    /// None, for a root that is in range.
    ///
    /// ```
    /// use tokenomics_fixed_math::Ratio;
    /// use tokenomics_liquidity_curves::SqrtPrice;
    ///
    /// assert_eq!(SqrtPrice::ONE.price()?, Ratio::ONE);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn price(self) -> Result<Ratio, Error> {
        // A numerator or a denominator of 128 bits, and the other a power of 2.
        let unit = U256::new(1, 0);
        if self >= Self::ONE {
            let squared = self
                .0
                .mul_div(self.0, U256::from(1 << 65), Rounding::Floor)?;
            let by = squared.bits().saturating_sub(128);
            let numerator = squared.shr_floor(by).to_u128()?;
            return Ok(Ratio::new(numerator, power(127_u32.saturating_sub(by)))?);
        }
        let square = self.0.checked_mul_wide(self.0)?;
        let dividend = unit.checked_shl(64)?;
        let inverse = dividend.mul_div(U256::from(1 << 127), square, Rounding::Ceil)?;
        // At most 255 bits, as no price is below 2^−128.
        let by = inverse.bits().saturating_sub(128);
        let floor = inverse.shr_floor(by);
        let is_cut = floor.checked_shl(by)? != inverse;
        let power_of = |up: u32| power(127_u32.saturating_sub(by).saturating_sub(up));
        match floor.to_u128()?.checked_add(is_cut.into()) {
            Some(denominator) => Ok(Ratio::new(power_of(0), denominator)?),
            None => Ok(Ratio::new(power_of(1), 1 << 127)?),
        }
    }
}

/// Returns the root of a price in units of 2^−96, floored and ceiled.
pub(super) fn roots(price: Ratio) -> Result<[U256; 2], Error> {
    let [above, below] = [price.numerator(), price.denominator()].map(U256::from);
    let square = |bits: u32, rounding: Rounding| {
        let unit = U256::ONE.checked_shl(bits)?;
        Ok::<_, Error>(unit.mul_div(above, below, rounding)?)
    };
    // The floor of a root is that of its floored square, and the ceiling that of its ceiled one.
    let [floor, ceil] = [Rounding::Floor, Rounding::Ceil].map(|rounding| {
        let square = square(192, rounding)?;
        Ok::<_, Error>(square.isqrt(rounding))
    });
    if let (Ok(floor), Ok(ceil)) = (floor, ceil) {
        return Ok([floor, ceil]);
    }
    long_roots(above, below, square(128, Rounding::Floor)?)
}

/// Returns the roots of a price whose square, in units of 2^−192, has more than 256 bits: of `square` in units of
/// 2^−128 come all but the last 32 bits, and then those.
#[cold]
#[cfg_attr(target_arch = "bpf", inline(always))]
fn long_roots(above: U256, below: U256, square: U256) -> Result<[U256; 2], Error> {
    let start = square.isqrt(Rounding::Floor).checked_shl(32)?;
    let against = |root: U256| {
        let exact = Wide::from(above).mul(1_u128 << 96).mul(1_u128 << 96);
        Wide::from(root).mul(root).mul(below).cmp(&exact)
    };
    // The last ones of `start` are 0.
    let with = |last: u128| U256::new(start.high(), start.low() | last);
    let floor = with(largest(u32::MAX.into(), |last| against(with(last)).is_le()));
    match against(floor) {
        Ordering::Equal => Ok([floor, floor]),
        _ => Ok([floor, floor.checked_add(U256::ONE)?]),
    }
}

/// Returns 2^by, for `by` below 128.
fn power(by: u32) -> u128 {
    1_u128.checked_shl(by).unwrap_or(0)
}

/// Returns the upper 64 bits of a number of so many, which are at least 33.
fn mantissa(units: U256, bits: u32) -> u64 {
    match bits.checked_sub(64) {
        Some(beyond) => top(units.shr_floor(beyond).low()),
        None => top(units.low() << 64_u32.saturating_sub(bits)),
    }
}

/// Returns a number below 2^64 as one.
fn top(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// 2·ln 2 / ln 1.0001 in units of 2^−24: the ticks in which the root doubles.
const TICKS_PER_DOUBLING: i64 = 232_593_228_247;

/// 2^−15 of a tick, in units of 2^−40: at the least price, where the root has 33 bits, the one at a
/// tick is rounded up by up to 2^−32 of itself, which is 2^−17 of a tick.
const SLACK: i64 = 1 << 25;

tokenomics_internals::checked_codec! {
    SqrtPrice::new as RawSqrtPrice {
        units: U256 = SqrtPrice::units,
    }
}

impl fmt::Display for SqrtPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::*;

    /// At each tick and one unit below it; every one in a build with optimisations.
    #[test]
    fn the_tick_at_a_price_is_the_largest_at_or_below_it() {
        let step = if cfg!(debug_assertions) { 97 } else { 1 };
        let ends = (-887_272..-886_900)
            .chain(886_900..=887_272)
            .chain(-300..300);
        for tick in (-887_271..=887_272).step_by(step).chain(ends) {
            let tick = Tick::new(tick).unwrap();
            let price = tick.sqrt_price();
            assert_eq!(price.tick(), tick);
            let Ok(below) = SqrtPrice::new(price.0.checked_sub(U256::ONE).unwrap()) else {
                assert_eq!(tick, Tick::MIN);
                continue;
            };
            assert_eq!(below.tick().get(), tick.get() - 1);
        }
    }

    /// floor² ≤ price·2^192 < (floor + 1)², by products of all bits, and the ceiling is next to it or the same.
    #[test]
    fn the_roots_of_a_price_are_next_to_the_real_number() {
        let mut prices: Vec<[u128; 2]> = (0..128).map(|by| [u128::MAX >> by, 3]).collect();
        prices.extend((0..128).map(|by| [1 << by, 1]));
        prices.extend((0..128).map(|by| [5, u128::MAX >> by]));
        prices.extend([[((1 << 63) + 1) * ((1 << 63) + 1), 1], [u128::MAX, 1]]);
        for [above, below] in prices {
            let [floor, ceil] = roots(Ratio::new(above, below).unwrap()).unwrap();
            let exact = Wide::from(above).mul(1_u128 << 96).mul(1_u128 << 96);
            let square = |root: U256| Wide::from(root).mul(root).mul(below);
            let next = floor.checked_add(U256::ONE).unwrap();
            assert!(
                square(floor) <= exact && square(next) > exact,
                "{above}/{below}"
            );
            let is_whole = square(floor) == exact;
            assert_eq!(ceil, if is_whole { floor } else { next }, "{above}/{below}");
        }
    }

    #[test]
    fn the_ends_are_those_of_the_ticks() {
        assert_eq!(Tick::MIN.sqrt_price(), SqrtPrice::MIN);
        assert_eq!(Tick::ZERO.sqrt_price(), SqrtPrice::ONE);
        assert_eq!(Tick::MAX.sqrt_price(), SqrtPrice::MAX);
    }
}
