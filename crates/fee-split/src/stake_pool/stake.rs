//! The stake of one holder.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, U256};

use crate::{Error, Position};

/// A holder's stake in a [`StakePool`](super::StakePool), kept by the holder or the host.
///
/// ```
/// use tokenomics_fee_split::{ClosedGeneration, Stake, StakePool};
/// use tokenomics_fixed_math::{Amount, Ratio};
///
/// let (mut pool, mut alice) = (StakePool::new([ClosedGeneration::NONE; 1]), Stake::new());
/// pool.deposit(&mut alice, Amount::new(5))?;
/// pool.set_boost(&mut alice, Ratio::new(3, 2)?)?;
/// assert_eq!((alice.shares(), alice.weight()), (5, 7)); // of 7.5
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stake {
    pub(super) generation: u32,
    pub(super) shares: Amount,
    pub(super) boost: Ratio,
    // Of as many shares as the stake weighs.
    pub(super) rewards: Position,
    pub(super) released: Amount,
}

/// The state of a [`Stake`]: what it is stored as, and restored from by [`Stake::restore`].
///
/// ```
/// use tokenomics_fee_split::{Stake, StakeState};
/// use tokenomics_fixed_math::Amount;
///
/// let state = StakeState { shares: Amount::new(7), ..Stake::new().state() };
/// assert_eq!(Stake::restore(state)?.weight(), 7);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Stake", deny_unknown_fields)
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("StakeState", "Stake"))
)]
pub struct StakeState {
    /// The generation that its shares are in.
    pub generation: u32,
    /// Its shares of the assets.
    pub shares: Amount,
    /// The factor by which they are multiplied to its weight, which is at most `u128::MAX`.
    pub boost: Ratio,
    /// The rewards of a unit of weight at which it was settled, in 2^-128 units.
    pub checkpoint: U256,
    /// The reward that it was owed then, in 2^-128 units.
    pub owed: U256,
    /// The amount that closed generations had left of it then.
    pub released: Amount,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&Stake> for StakeState {
    fn from(stake: &Stake) -> Self {
        stake.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<StakeState> for Stake {
    type Error = Error;

    fn try_from(state: StakeState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl Default for Stake {
    fn default() -> Self {
        Self::new()
    }
}

impl Stake {
    /// Creates a stake of nothing, with a boost of 1.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            generation: 0,
            shares: Amount::ZERO,
            boost: Ratio::ONE,
            rewards: Position::new(),
            released: Amount::ZERO,
        }
    }

    /// Restores a stake from its state. Other numbers may be those of some pool's stake; each call of a
    /// pool checks that they can be its own.
    ///
    /// # Errors
    /// [`Error::Overflow`] for a weight above `u128::MAX`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Stake, StakeState};
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// let stake = Stake::new();
    /// assert_eq!(Stake::restore(stake.state())?, stake);
    /// let (shares, boost) = (Amount::MAX, Ratio::from_integer(2));
    /// assert!(Stake::restore(StakeState { shares, boost, ..stake.state() }).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: StakeState) -> Result<Self, Error> {
        let mut stake = Self {
            generation: state.generation,
            shares: state.shares,
            boost: state.boost,
            rewards: Position::restore(0, state.checkpoint, state.owed),
            released: state.released,
        };
        stake.rewards.shares = stake.weighs()?;
        Ok(stake)
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> StakeState {
        StakeState {
            generation: self.generation,
            shares: self.shares,
            boost: self.boost,
            checkpoint: self.rewards.checkpoint(),
            owed: self.rewards.owed(),
            released: self.released,
        }
    }

    /// Returns its shares of the pool's assets, in the generation at the last call.
    #[must_use]
    pub const fn shares(&self) -> u128 {
        self.shares.get()
    }

    /// Returns by how much the shares are multiplied to the weight.
    #[must_use]
    pub const fn boost(&self) -> Ratio {
        self.boost
    }

    /// Returns the weight by which it earns, at the last call.
    #[must_use]
    pub const fn weight(&self) -> u128 {
        self.rewards.shares()
    }

    /// Computes what the shares weigh with the boost, floored.
    pub(super) fn weighs(&self) -> Result<Amount, Error> {
        Ok(self.shares.mul_ratio(self.boost, Rounding::Floor)?)
    }
}

tokenomics_internals::checked_codec! {
    [] Stake as StakeState: MaxEncodedLen
}
