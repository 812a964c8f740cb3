//! The state of a pool, and the checks that calls could have led to it.

use tokenomics_fixed_math::{Amount, U256};

use super::RewardPool;
use crate::check::{at_most, in_range};
use crate::share_book::ShareBook;
use crate::{Error, Quantity};

/// The state of a [`RewardPool`]: what it is stored as, and restored from by
/// [`RewardPool::restore`], which checks it.
///
/// All numbers of 128 bits are [`Amount`]s, so that people read them as strings.
///
/// ```
/// use tokenomics_fee_split::{Position, RewardPool, RewardPoolState};
/// use tokenomics_fixed_math::{Amount, U256};
///
/// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
/// pool.set_shares(&mut alice, 4)?;
/// pool.fund(Amount::new(1))?;
/// let state = RewardPoolState {
///     total_shares: Amount::new(4),
///     accumulated: U256::from(1 << 126), // a quarter of a unit a share
///     rest: Amount::ZERO,
///     funded: Amount::new(1),
///     paid: Amount::ZERO,
///     unallocated: Amount::ZERO,
/// };
/// assert_eq!(pool.state(), state);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "RewardPool", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RewardPoolState", "RewardPool"))
)]
pub struct RewardPoolState {
    /// The sum of the shares of all positions.
    pub total_shares: Amount,
    /// The rewards per share since the beginning, in 2^-128 units; with the remainder at most what was
    /// distributed.
    pub accumulated: U256,
    /// The remainder of the last division, in 2^-128 units; 0 if nothing is outstanding.
    pub rest: Amount,
    /// The amount that was ever funded.
    pub funded: Amount,
    /// The amount that was ever claimed.
    pub paid: Amount,
    /// The amount that was funded while there were no shares; with what is paid at most what was
    /// funded.
    pub unallocated: Amount,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&RewardPool> for RewardPoolState {
    fn from(pool: &RewardPool) -> Self {
        pool.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<RewardPoolState> for RewardPool {
    type Error = Error;

    fn try_from(state: RewardPoolState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl RewardPool {
    /// Restores a pool from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless what is paid and unallocated is a part of what was funded, what a
    /// share has earned and the remainder are at most all that was distributed, and the remainder is part
    /// of a unit that is still here; [`Error::Math`] for a sum of those two above 256 bits.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, RewardPool, RewardPoolState};
    /// # use tokenomics_fixed_math::Amount;
    /// let mut pool = RewardPool::new();
    /// pool.fund(Amount::new(7))?;
    /// assert_eq!(RewardPool::restore(pool.state())?, pool);
    ///
    /// // Nothing was distributed, so nothing can have been paid.
    /// let paid = Amount::new(1);
    /// let refused = RewardPool::restore(RewardPoolState { paid, ..pool.state() });
    /// let what = Quantity::Paid;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 1, bound: 0 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: RewardPoolState) -> Result<Self, Error> {
        let (paid, unallocated) = (state.paid.get(), state.unallocated.get());
        in_range(Quantity::Unallocated, unallocated, 0, state.funded.get())?;
        // Neither difference wraps, by the check before it.
        let distributed = state.funded.get().wrapping_sub(unallocated);
        in_range(Quantity::Paid, paid, 0, distributed)?;
        let outstanding = distributed.wrapping_sub(paid);
        // Each distribution has had a share at least, and the remainder is of them all.
        let earned = state.accumulated.checked_add(state.rest.get().into())?;
        at_most(Quantity::RewardPerShare, earned, distributed)?;
        let most = if outstanding == 0 { 0 } else { u128::MAX };
        in_range(Quantity::Rest, state.rest.get(), 0, most)?;
        Ok(Self {
            book: ShareBook {
                total: state.total_shares.get(),
                accumulated: state.accumulated,
                rest: state.rest.get(),
            },
            funded: state.funded,
            paid: state.paid,
            unallocated: state.unallocated,
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> RewardPoolState {
        RewardPoolState {
            total_shares: Amount::new(self.book.total),
            accumulated: self.book.accumulated,
            rest: Amount::new(self.book.rest),
            funded: self.funded,
            paid: self.paid,
            unallocated: self.unallocated,
        }
    }
}
