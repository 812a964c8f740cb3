//! Generations of stakes that a slash has closed.

use tokenomics_fixed_math::{Amount, U256};

use super::book::share_of;
use super::Stake;
use crate::check::in_range;
use crate::{Error, Quantity};

/// A generation of stakes that a slash has closed: what it left for the stakes that haven't been called
/// since, and where their rewards ended.
///
/// ```
/// use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
/// use tokenomics_fixed_math::Amount;
///
/// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 2]), Stake::new());
/// pool.deposit(&mut alice, Amount::new(5))?;
/// pool.slash(Amount::new(5))?;
/// assert_ne!(pool.generations()[0], ClosedGeneration::NONE);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct ClosedGeneration {
    pub(super) assets: Amount,
    pub(super) shares: Amount,
    pub(super) accumulated: U256,
}

impl ClosedGeneration {
    /// None, for an array of them.
    pub const NONE: Self = Self {
        assets: Amount::ZERO,
        shares: Amount::ZERO,
        accumulated: U256::ZERO,
    };

    /// Pays a stake its part of what is left, and ends its rewards: it is in no generation then, and the
    /// last one gets all.
    pub(super) fn leave(&mut self, stake: &mut Stake) -> Result<(), Error> {
        let shares = stake.shares;
        in_range(Quantity::Shares, shares.get(), 0, self.shares.get())?;
        let released = share_of(shares, self.assets, self.shares)?;
        self.assets = self.assets.checked_sub(released)?;
        self.shares = self.shares.checked_sub(shares)?;
        stake.rewards = stake.rewards.settled_at(self.accumulated)?;
        stake.rewards.shares = Amount::ZERO;
        stake.shares = Amount::ZERO;
        stake.released = stake.released.checked_add(released)?;
        Ok(())
    }
}
