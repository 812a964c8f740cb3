//! The state of a stability pool, and the checks that calls could have led to it.

use tokenomics_fixed_math::{Amount, U256};
use tokenomics_internals::Store;

use super::{Gains, StabilityPool};
use crate::check::in_range;
use crate::loss_book::{low, LossBook};
use crate::{Error, Quantity, TrancheState};

/// The state of a [`StabilityPool`] beside the sums at which scales ended, of fixed size: restored from by
/// [`StabilityPool::restore`], which checks it.
///
/// ```
/// use tokenomics_fixed_math::U256;
/// use tokenomics_haircut_collateral::{StabilityPool, StabilityPoolState};
///
/// let pool = StabilityPool::new([U256::ZERO; 6]);
/// assert_eq!(pool.state(), StabilityPoolState::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct StabilityPoolState {
    /// The deposits.
    pub deposits: TrancheState,
    /// The gain of a share since the beginning, in 2^-160 units.
    pub per_share: U256,
    /// The remainder of the last division, in 2^-160 units.
    pub rest: U256,
    /// The collateral that was ever gained.
    pub gained: Amount,
    /// The collateral that was ever claimed, at most what was gained.
    pub paid: Amount,
}

impl<G: Store<Entry = U256>> StabilityPool<G> {
    /// Restores a pool from its state and the store that holds the sums at which scales ended.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless there are between 2^32 and 2^64 shares of each unit, a share has gained
    /// no more than all gains among 2^32, the remainder is below them, and no more is paid than gained;
    /// [`Error::Missing`] if the store doesn't hold the last sum.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool, StabilityPoolState};
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(8))?;
    /// assert_eq!(StabilityPool::restore(pool.state(), *pool.ended())?, pool);
    ///
    /// let state = StabilityPoolState { paid: Amount::new(9), ..pool.state() };
    /// assert!(StabilityPool::restore(state, *pool.ended()).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: StabilityPoolState, ended: G) -> Result<Self, Error> {
        let book = LossBook::restore(state.deposits)?;
        let gained = state.gained.get();
        in_range(Quantity::GainPaid, state.paid.get(), 0, gained)?;
        // At least 2^32 shares had the gains, so a share at most so many 2^-160·2^128 = 2^-32 units.
        let up = |parts: U256| {
            let fraction = u128::from(parts.low() != 0);
            low(parts.shr_floor(128)).saturating_add(fraction)
        };
        in_range(Quantity::GainPerShare, up(state.per_share), 0, gained)?;
        // Below the shares at the time, 2^192, and part of what was gained: 2^-32 units are 2^128 parts.
        let most = gained.saturating_mul(1 << 32).min((1 << 64) - 1);
        in_range(Quantity::GainRest, low(state.rest.shr_floor(128)), 0, most)?;
        if let Some(index) = book.scale.checked_sub(1) {
            ended.get(index).ok_or(Error::Missing { index })?;
        }
        let gains = Gains {
            per_share: state.per_share,
            rest: state.rest,
            gained: state.gained,
            paid: state.paid,
        };
        Ok(Self { book, gains, ended })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> StabilityPoolState {
        StabilityPoolState {
            deposits: self.book.state(),
            per_share: self.gains.per_share,
            rest: self.gains.rest,
            gained: self.gains.gained,
            paid: self.gains.paid,
        }
    }
}
