//! Collateral that is held alone.
#![allow(
    clippy::as_conversions,
    reason = "SCALE's derive writes the number of a variant so"
)]

use crate::check::in_range;
use crate::{Error, Quantity};

/// The kind of a collateral: one that stands beside others, or one that is held alone.
///
/// ```
/// use tokenomics_haircut_collateral::Isolation;
///
/// Isolation::check([Isolation::Shared, Isolation::Shared])?;
/// Isolation::check([Isolation::Isolated])?;
/// assert!(Isolation::check([Isolation::Isolated, Isolation::Shared]).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Aave v3, isolation mode: an isolated asset is a position's one collateral, and all that is borrowed
/// against it in all positions is under one [`Cap`](crate::Cap).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
pub enum Isolation {
    /// A collateral that may stand beside others.
    #[default]
    Shared,
    /// A collateral that is held alone.
    Isolated,
}

tokenomics_internals::borsh_variants! {
    [] Isolation {
        0: Shared,
        1: Isolated,
    }
}

impl Isolation {
    /// Both kinds, for tests that must try each.
    pub const ALL: [Self; 2] = [Self::Shared, Self::Isolated];

    /// Checks that collaterals may secure one position together: an isolated one is the only one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] with the number of collaterals.
    ///
    /// ```
    /// # use tokenomics_haircut_collateral::Isolation;
    /// assert!(Isolation::check([]).is_ok());
    /// assert!(Isolation::check([Isolation::Isolated; 2]).is_err());
    /// ```
    pub fn check(collaterals: impl IntoIterator<Item = Self>) -> Result<(), Error> {
        let (mut count, mut isolated) = (0_u128, false);
        for kind in collaterals {
            count = count.saturating_add(1);
            isolated |= kind == Self::Isolated;
        }
        let most = if isolated { 1 } else { u128::MAX };
        in_range(Quantity::CollateralKinds, count, 0, most)
    }
}
