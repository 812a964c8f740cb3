//! The cliff: all at once.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::pieces::jumps;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Each, Error, Pieces, Resize, Schedule};

/// A schedule that vests all at once: nothing before `at`, and the total from `at` on.
///
/// # Laws
/// Those of [`Schedule`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Cliff, Schedule};
///
/// let airdrop = Cliff::new(Timestamp::new(1_000), Amount::new(500));
/// assert_eq!(airdrop.vested_at(Timestamp::new(999)), Amount::ZERO);
/// assert_eq!(airdrop.vested_at(Timestamp::new(1_000)), Amount::new(500));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct Cliff {
    at: Timestamp,
    total: Amount,
}

impl Cliff {
    /// Creates the schedule of `total` base units that vest at `at`.
    #[must_use]
    pub const fn new(at: Timestamp, total: Amount) -> Self {
        Self { at, total }
    }
}

impl Schedule for Cliff {
    fn total(&self) -> Amount {
        self.total
    }

    fn start(&self) -> Timestamp {
        self.at
    }

    fn end(&self) -> Timestamp {
        self.at
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        if at < self.at {
            Amount::ZERO
        } else {
            self.total
        }
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            Some(Timestamp::ZERO)
        } else {
            (amount <= self.total).then_some(self.at)
        }
    }
}

impl Pieces for Cliff {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

impl Resize for Cliff {
    fn with_total(&self, total: Amount) -> Result<Self, Error> {
        Ok(Self::new(self.start(), total))
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Cliff {
    type Seed = (Timestamp, Amount);

    fn from_seed((at, total): Self::Seed) -> Option<Self> {
        Some(Self::new(at, total))
    }
}
