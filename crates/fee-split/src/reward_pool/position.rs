//! The shares of one holder.

use tokenomics_fixed_math::{Amount, U256};

use crate::check::units_up;
use crate::{Error, Quantity};

/// A holder's shares in a [`RewardPool`](crate::RewardPool) or a
/// [`StreamedPool`](crate::StreamedPool), kept by the holder or the host.
///
/// # Laws
/// `accrual`, `claim_pattern`.
///
/// ```
/// use tokenomics_fee_split::{Position, RewardPool};
/// use tokenomics_fixed_math::Amount;
///
/// let mut pool = RewardPool::new();
/// let (mut early, mut late) = (Position::new(), Position::new());
/// pool.set_shares(&mut early, 50)?;
/// pool.fund(Amount::new(100))?;
///
/// // Shares earn from the time on at which they are there.
/// pool.set_shares(&mut late, 50)?;
/// pool.fund(Amount::new(100))?;
/// assert_eq!(pool.claimable(&early)?, Amount::new(150));
/// assert_eq!(pool.claimable(&late)?, Amount::new(50));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Position {
    // An amount, so that people read it as a string.
    pub(crate) shares: Amount,
    // Where the pool's accumulator stood when the position was last settled.
    pub(crate) checkpoint: U256,
    // What was owed then, in 2^-128 units.
    pub(crate) owed: U256,
}

impl Position {
    /// Creates a position without shares.
    #[must_use]
    pub const fn new() -> Self {
        Self::restore(0, U256::ZERO, U256::ZERO)
    }

    /// Restores a position from its [`shares`](Self::shares), its [`checkpoint`](Self::checkpoint)
    /// and what it was [`owed`](Self::owed) there. Any numbers may be those of some pool's position;
    /// each call of a pool checks that they can be its own.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Position, RewardPool};
    /// # use tokenomics_fixed_math::Amount;
    /// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
    /// pool.set_shares(&mut alice, 50)?;
    /// pool.fund(Amount::new(100))?;
    /// let stored = (alice.shares(), alice.checkpoint(), alice.owed());
    /// let read = Position::restore(stored.0, stored.1, stored.2);
    /// assert_eq!(pool.claimable(&read)?, Amount::new(100));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn restore(shares: u128, checkpoint: U256, owed: U256) -> Self {
        Self {
            shares: Amount::new(shares),
            checkpoint,
            owed,
        }
    }

    /// Returns the shares of the position.
    #[must_use]
    pub const fn shares(&self) -> u128 {
        self.shares.get()
    }

    /// Returns the rewards per share, in 2^-128 units, at which the pool stood when the position was
    /// last settled.
    #[must_use]
    pub const fn checkpoint(&self) -> U256 {
        self.checkpoint
    }

    /// Returns what the position was owed when it was last settled, in 2^-128 units.
    /// [`RewardPool::owed`](crate::RewardPool::owed) adds what it has earned since.
    #[must_use]
    pub const fn owed(&self) -> U256 {
        self.owed
    }

    /// Returns the position with all it has earned in what it is owed, where a share has earned so much
    /// since the beginning.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn settled_at(&self, accumulated: U256) -> Result<Self, Error> {
        let per_share = accumulated.checked_sub(self.checkpoint).map_err(|_| {
            // Rounded apart, the one is above the other as well.
            Error::OutOfRange {
                what: Quantity::Checkpoint,
                value: units_up(self.checkpoint),
                bound: accumulated.high(),
            }
        })?;
        let earned = per_share.checked_mul(self.shares.get())?;
        Ok(Self {
            shares: self.shares,
            checkpoint: accumulated,
            owed: self.owed.checked_add(earned)?,
        })
    }

    /// Takes all whole units out of what a settled position is owed.
    pub(crate) fn take_units(&mut self) -> Amount {
        let units = self.units();
        self.owed = self.owed.low().into();
        units
    }

    /// Returns the whole units of what a settled position is owed.
    pub(crate) const fn units(&self) -> Amount {
        Amount::new(self.owed.high())
    }
}
