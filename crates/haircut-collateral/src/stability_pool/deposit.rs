//! The deposit of one holder.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use crate::loss_book::{low, SCALE_BITS};
use crate::{Error, LossShares, Quantity};

/// A holder's deposit in a [`StabilityPool`](super::StabilityPool), kept by the holder or the host.
///
/// ```
/// use tokenomics_fixed_math::{Amount, U256};
/// use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
///
/// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
/// pool.deposit(&mut alice, Amount::new(5))?;
/// assert_eq!(alice.state().shares, U256::from(5 << 32));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PoolDeposit {
    pub(super) held: LossShares,
    // Where the pool's gain a share stood when the deposit was last settled.
    pub(super) checkpoint: U256,
    // The gain that was owed then, in 2^-128 units.
    pub(super) owed: U256,
}

/// The state of a [`PoolDeposit`]: what it is stored as, and restored from by [`PoolDeposit::restore`].
///
/// ```
/// use tokenomics_haircut_collateral::{PoolDeposit, PoolDepositState};
///
/// assert_eq!(PoolDeposit::new().state(), PoolDepositState::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "PoolDeposit", deny_unknown_fields)
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("PoolDepositState", "PoolDeposit"))
)]
pub struct PoolDepositState {
    /// The scale at which its shares are counted.
    pub scale: u32,
    /// Its shares.
    pub shares: U256,
    /// The gain a share at which it was settled, in 2^-160 units.
    pub checkpoint: U256,
    /// The gain that it was owed then, in 2^-128 units.
    pub owed: U256,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&PoolDeposit> for PoolDepositState {
    fn from(deposit: &PoolDeposit) -> Self {
        deposit.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<PoolDepositState> for PoolDeposit {
    type Error = Error;

    fn try_from(state: PoolDepositState) -> Result<Self, Error> {
        Ok(Self::restore(state))
    }
}

impl PoolDeposit {
    /// Creates a deposit of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            held: LossShares::NONE,
            checkpoint: U256::ZERO,
            owed: U256::ZERO,
        }
    }

    /// Restores a deposit from its state. Any numbers may be those of some pool's deposit; each call of a
    /// pool checks that they can be its own.
    ///
    /// ```
    /// # use tokenomics_haircut_collateral::PoolDeposit;
    /// let deposit = PoolDeposit::new();
    /// assert_eq!(PoolDeposit::restore(deposit.state()), deposit);
    /// ```
    #[must_use]
    pub const fn restore(state: PoolDepositState) -> Self {
        Self {
            held: LossShares::restore(state.scale, state.shares),
            checkpoint: state.checkpoint,
            owed: state.owed,
        }
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> PoolDepositState {
        PoolDepositState {
            scale: self.held.scale,
            shares: self.held.shares,
            checkpoint: self.checkpoint,
            owed: self.owed,
        }
    }

    /// Takes the whole units out of what a settled deposit is owed.
    pub(super) fn take_units(&mut self) -> Amount {
        let units = Amount::new(self.owed.high());
        self.owed = self.owed.low().into();
        units
    }
}

/// Returns the gain of some shares between two sums of 2^-160 units, in 2^-128 units, floored.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn per_share(from: U256, to: U256, shares: U256) -> Result<U256, Error> {
    let gained = to.checked_sub(from).map_err(|_| {
        // The error holds 128 bits: rounded up, what is above is above what is rounded down.
        let value = low(from.shr_floor(128)).saturating_add(1);
        let bound = low(to.shr_floor(128));
        let what = Quantity::GainCheckpoint;
        Error::OutOfRange { what, value, bound }
    })?;
    let divisor = U256::from(1 << SCALE_BITS);
    Ok(gained.mul_div(shares, divisor, Rounding::Floor)?)
}

tokenomics_internals::checked_codec! {
    [] PoolDeposit as PoolDepositState: MaxEncodedLen
}
