//! The incentive of a liquidation: the value that is seized for each unit of value repaid.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

mod by_health;
mod by_threshold;
mod fixed;

use tokenomics_fixed_math::{Fraction, Ratio, Span, Wad};

pub use self::by_health::HealthIncentive;
pub use self::by_threshold::ThresholdIncentive;
pub use self::fixed::FixedIncentive;

use crate::check::in_range;
use crate::{DutchAuction, Error, Quantity};

/// The most that any incentive pays for a unit of value: 8.
///
/// A liquidation pays no more than what is held over what is owed either, which is seldom above 2.
pub(crate) const MOST_FACTOR: u128 = 8 * Wad::SCALE;

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
#[cfg_attr(
    doc,
    doc(alias("liquidation_bonus", "liquidation_penalty", "discount"))
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
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

tokenomics_internals::borsh_variants! {
    [] Incentive {
        0: Fixed(incentive),
        1: ByThreshold(incentive),
        2: ByHealth(incentive),
        3: Auction { auction, elapsed },
    }
}

impl Incentive {
    /// Returns the factor for an asset of this maintenance weight in a position of this health.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn factor(self, weight: Fraction, health: Ratio) -> Wad {
        match self {
            Self::Fixed(fixed) => fixed.factor(),
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
