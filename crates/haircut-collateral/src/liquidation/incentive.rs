//! The incentive of a liquidation: the value that is seized for each unit of value repaid.

use tokenomics_fixed_math::{Fraction, Ratio, Rounding, Span, Wad, U256};

use crate::check::in_range;
use crate::{DutchAuction, Error, Quantity};

/// The most that any incentive pays for a unit of value: 8.
///
/// A liquidation pays no more than what is held over what is owed either, which is seldom above 2.
pub(super) const MOST_FACTOR: u128 = 8 * Wad::SCALE;

/// The factor of a liquidator: the value seized over the value repaid, 1 + bonus.
///
/// Whatever the kind, a liquidation pays at most what is held over what is owed, so that the incentive
/// never makes a bad debt.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Fraction, Ratio};
/// use tokenomics_haircut_collateral::{FixedIncentive, Incentive, ThresholdIncentive};
///
/// let (threshold, health) = (fraction!("0.86"), Ratio::new(9, 10)?);
/// let fixed = Incentive::Fixed(FixedIncentive::new(wad!("1.05"))?);
/// assert_eq!(fixed.factor(threshold, health), wad!("1.05"));
/// let by_threshold = Incentive::ByThreshold(ThresholdIncentive::new(fraction!("0.3"), wad!("1.15"))?);
/// assert_eq!(by_threshold.factor(threshold, health), wad!("1.043841336116910229"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[doc(alias("liquidation_bonus", "liquidation_penalty", "discount"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Incentive {
    /// The same factor always (Aave v3, Compound).
    Fixed(FixedIncentive),
    /// A factor by the weight of the asset that is seized (Morpho).
    ByThreshold(ThresholdIncentive),
    /// A factor that grows as health falls (Aave v4).
    ByHealth(HealthIncentive),
    /// The price that an auction asks for after a time (Maker).
    Auction {
        /// The auction.
        auction: DutchAuction,
        /// The time since it began.
        elapsed: Span,
    },
}

impl Incentive {
    /// Returns the factor for an asset of this maintenance weight in a position of this health.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn factor(self, weight: Fraction, health: Ratio) -> Wad {
        match self {
            Self::Fixed(fixed) => fixed.factor,
            Self::ByThreshold(by) => by.factor(weight),
            Self::ByHealth(by) => by.factor(health),
            Self::Auction { auction, elapsed } => auction.factor_at(elapsed),
        }
    }
}

/// Checks that a factor is from 1 to 8.
fn factor_in_range(what: Quantity, factor: Wad) -> Result<(), Error> {
    in_range(what, factor.raw(), Wad::SCALE, MOST_FACTOR)
}

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
    pub fn new(cursor: Fraction, most: Wad) -> Result<Self, Error> {
        factor_in_range(Quantity::IncentiveFactor, most)?;
        Ok(Self { cursor, most })
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
