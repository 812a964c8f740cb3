//! An incentive by the health of the position.

use tokenomics_fixed_math::{Ratio, Rounding, Wad};

use super::{factor_in_range, MOST_FACTOR};
use crate::check::in_range;
use crate::{Error, Quantity};

/// A factor that grows in a line as health falls: `least` at a health of 1, `most` at `most_at` and
/// below.
///
/// # Source
/// Aave v4, `LiquidationLogic.calculateLiquidationBonus`: of a largest bonus, the part of it that is
/// paid at a health of 1, and the health at which all of it is.
///
/// ```
/// use tokenomics_fixed_math::{wad, Ratio};
/// use tokenomics_haircut_collateral::HealthIncentive;
///
/// let line = HealthIncentive::new(wad!("1.02"), wad!("1.1"), wad!("0.9"))?;
/// assert_eq!(line.factor(Ratio::ONE), wad!("1.02"));
/// assert_eq!(line.factor(Ratio::new(95, 100)?), wad!("1.06"));
/// assert_eq!(line.factor(Ratio::new(1, 2)?), wad!("1.1"));
/// assert!(HealthIncentive::new(wad!("1.1"), wad!("1.02"), wad!("0.9")).is_err());
/// assert!(HealthIncentive::new(wad!("1.02"), wad!("1.1"), wad!("1")).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HealthIncentive {
    least: Wad,
    most: Wad,
    // Below 1.
    most_at: Wad,
}

impl HealthIncentive {
    /// Creates an incentive of `least` at a health of 1, and of `most` at `most_at` and below.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 1 ≤ least ≤ most ≤ 8, and `most_at` is below 1.
    ///
    /// ```
    /// # use tokenomics_fixed_math::wad;
    /// # use tokenomics_haircut_collateral::HealthIncentive;
    /// assert!(HealthIncentive::new(wad!("1"), wad!("1"), wad!("0.9")).is_ok());
    /// assert!(HealthIncentive::new(wad!("1"), wad!("8.1"), wad!("0.9")).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(least: Wad, most: Wad, most_at: Wad) -> Result<Self, Error> {
        factor_in_range(Quantity::IncentiveFactor, least)?;
        in_range(
            Quantity::IncentiveFactor,
            most.raw(),
            least.raw(),
            MOST_FACTOR,
        )?;
        let below_one = Wad::SCALE.wrapping_sub(1);
        in_range(Quantity::HealthOfMostIncentive, most_at.raw(), 0, below_one)?;
        Ok(Self {
            least,
            most,
            most_at,
        })
    }

    /// Returns the factor at a health of 1.
    #[must_use]
    pub const fn least(&self) -> Wad {
        self.least
    }

    /// Returns the largest factor.
    #[must_use]
    pub const fn most(&self) -> Wad {
        self.most
    }

    /// Returns the health at which, and below which, the factor is the largest.
    #[must_use]
    pub const fn most_at(&self) -> Wad {
        self.most_at
    }

    /// Returns the factor at this health.
    ///
    /// # Rounding
    /// Floor, of a health that is ceiled.
    #[must_use]
    pub fn factor(&self, health: Ratio) -> Wad {
        if health >= Ratio::ONE {
            return self.least;
        }
        let (health, scale) = (health.numerator(), health.denominator());
        let health =
            Wad::from_ratio(health, scale, Rounding::Ceil).map_or(Wad::ONE, |h| h.min(Wad::ONE));
        if health <= self.most_at {
            return self.most;
        }
        // Each difference is of a larger and a smaller number: see `new` and above.
        let rise = self.most.abs_diff(self.least);
        let (fallen, range) = (Wad::ONE.abs_diff(health), Wad::ONE.abs_diff(self.most_at));
        let risen = rise
            .mul_div(fallen, range, Rounding::Floor)
            .unwrap_or(Wad::ZERO);
        self.least.checked_add(risen).unwrap_or(self.least)
    }
}

tokenomics_internals::checked_codec! {
    HealthIncentive::new as RawHealthIncentive {
        least: Wad = HealthIncentive::least,
        most: Wad = HealthIncentive::most,
        most_at: Wad = HealthIncentive::most_at,
    }
}
