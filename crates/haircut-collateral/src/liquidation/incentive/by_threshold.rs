//! An incentive by the threshold of what is seized.

use tokenomics_fixed_math::{Fraction, Wad, U256};

use super::factor_in_range;
use crate::{Error, Quantity};

/// A factor by the asset's maintenance weight `w`: min(most, 1 / (1 − cursor · (1 − w))).
///
/// # Source
/// Morpho Blue, `liquidationIncentiveFactor`, of a cursor of 0.3 and at most 1.15. Floored once here, and
/// there in each of its two divisions.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad};
/// use tokenomics_haircut_collateral::ThresholdIncentive;
///
/// let morpho = ThresholdIncentive::new(fraction!("0.3"), wad!("1.15"))?;
/// assert_eq!(morpho.factor(fraction!("0.945")), wad!("1.016776817488561260"));
/// assert_eq!(morpho.factor(fraction!("0.5")), wad!("1.15"));
/// assert!(ThresholdIncentive::new(fraction!("0.3"), wad!("9")).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThresholdIncentive {
    cursor: Fraction,
    most: Wad,
}

impl ThresholdIncentive {
    /// Creates an incentive of this cursor and this largest factor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless the largest factor is from 1 to 8.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad};
    /// # use tokenomics_haircut_collateral::ThresholdIncentive;
    /// assert!(ThresholdIncentive::new(fraction!("0"), wad!("1")).is_ok());
    /// assert!(ThresholdIncentive::new(fraction!("0.3"), wad!("0.9")).is_err());
    /// ```
    pub fn new(cursor: Fraction, most: Wad) -> Result<Self, Error> {
        factor_in_range(Quantity::IncentiveFactor, most)?;
        Ok(Self { cursor, most })
    }

    /// Returns the cursor: the part of what is cut of an asset that the incentive is made of.
    #[must_use]
    pub const fn cursor(&self) -> Fraction {
        self.cursor
    }

    /// Returns the largest factor.
    #[must_use]
    pub const fn most(&self) -> Wad {
        self.most
    }

    /// Returns the factor for an asset of this maintenance weight.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn factor(&self, weight: Fraction) -> Wad {
        // In 1e-36, so that only the quotient is rounded; both factors are at most 1e18.
        let one = Wad::SCALE.wrapping_mul(Wad::SCALE);
        let cut = u128::from(self.cursor.raw()).wrapping_mul(weight.complement().raw().into());
        let quotient = U256::product(one, Wad::SCALE).div_rem(one.wrapping_sub(cut));
        // At a cursor of 1 and a weight of 0 there is none: without a bound.
        let factor = quotient.and_then(|(quotient, _)| quotient.to_u128());
        factor.map_or(self.most, |raw| Wad::from_raw(raw).min(self.most))
    }
}

tokenomics_internals::checked_codec! {
    ThresholdIncentive::new as RawThresholdIncentive {
        cursor: Fraction = ThresholdIncentive::cursor,
        most: Wad = ThresholdIncentive::most,
    }
}
