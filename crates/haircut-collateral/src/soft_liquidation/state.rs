//! The state of a market beside its bands.

use tokenomics_fixed_math::Fraction;
use tokenomics_internals::Store;

use super::{Band, BandGrid, SoftLiquidation};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of a [`SoftLiquidation`] beside its bands, of fixed size: restored from by
/// [`SoftLiquidation::restore`], which checks it.
///
/// ```
/// use tokenomics_fixed_math::{Fraction, Ratio};
/// use tokenomics_haircut_collateral::{Band, BandGrid, SoftLiquidation};
///
/// let grid = BandGrid::new(Ratio::ONE, 100, 3)?;
/// let bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3])?;
/// assert_eq!(bands.state().active, 0);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
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
pub struct SoftLiquidationState {
    /// The grid of the bands.
    pub grid: BandGrid,
    /// The fee, below 1.
    pub fee: Fraction,
    /// The active band, below the number of bands.
    pub active: u32,
}

impl<B: Store<Entry = Band>> SoftLiquidation<B> {
    /// Restores a market from its state and the store that holds its bands.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a fee of all, and for an active band that isn't the grid's;
    /// [`Error::Full`] if the store has room for fewer bands.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, SoftLiquidation, SoftLiquidationState};
    /// let grid = BandGrid::new(Ratio::ONE, 100, 3)?;
    /// let bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3])?;
    /// assert_eq!(SoftLiquidation::restore(bands.state(), *bands.bands())?, bands);
    ///
    /// let state = SoftLiquidationState { active: 3, ..bands.state() };
    /// assert!(SoftLiquidation::restore(state, *bands.bands()).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: SoftLiquidationState, bands: B) -> Result<Self, Error> {
        let SoftLiquidationState { grid, fee, active } = state;
        let most = Fraction::SCALE.saturating_sub(1);
        in_range(Quantity::BandFee, fee.raw().into(), 0, most.into())?;
        let last = grid.count().saturating_sub(1);
        in_range(Quantity::BandIndex, active.into(), 0, last.into())?;
        let capacity = bands.capacity();
        if capacity < grid.count() {
            return Err(Error::Full { capacity });
        }
        Ok(Self {
            grid,
            fee,
            active,
            bands,
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> SoftLiquidationState {
        SoftLiquidationState {
            grid: self.grid,
            fee: self.fee,
            active: self.active,
        }
    }
}
