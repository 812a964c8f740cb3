//! The concentration of a range.

use tokenomics_fixed_math::{Wad, U256};

use super::{Range, SqrtPrice};
use crate::check::{largest, scaled};
use crate::Error;

impl Range {
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
        let ([low, high], price) = (self.roots(), price.units());
        if !self.holds(price) {
            return Ok(Wad::ZERO);
        }
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
