//! An incentive that is always the same.

use tokenomics_fixed_math::Wad;

use super::factor_in_range;
use crate::{Error, Quantity};

/// A factor that is always the same.
///
/// ```
/// use tokenomics_fixed_math::wad;
/// use tokenomics_haircut_collateral::FixedIncentive;
///
/// assert_eq!(FixedIncentive::new(wad!("1.05"))?.factor(), wad!("1.05"));
/// assert!(FixedIncentive::new(wad!("0.99")).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FixedIncentive {
    factor: Wad,
}

impl FixedIncentive {
    /// Creates an incentive of this factor, 1 + bonus.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless the factor is from 1 to 8.
    ///
    /// ```
    /// # use tokenomics_fixed_math::wad;
    /// # use tokenomics_haircut_collateral::FixedIncentive;
    /// assert!(FixedIncentive::new(wad!("8")).is_ok());
    /// assert!(FixedIncentive::new(wad!("8.000000000000000001")).is_err());
    /// ```
    pub fn new(factor: Wad) -> Result<Self, Error> {
        factor_in_range(Quantity::IncentiveFactor, factor)?;
        Ok(Self { factor })
    }

    /// Returns the factor.
    #[must_use]
    pub const fn factor(&self) -> Wad {
        self.factor
    }
}

tokenomics_internals::checked_codec! {
    FixedIncentive::new as RawFixedIncentive {
        factor: Wad = FixedIncentive::factor,
    }
}
