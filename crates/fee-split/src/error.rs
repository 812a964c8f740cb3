//! The error of splits, pools and vaults.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Error as MathError, PackedError, Timestamp};
use tokenomics_internals::Refused;

use crate::Quantity;

/// Weights that nothing can be split by, a position that the pool can't have made, a clock that ran
/// back, or a result that its type has no room for. Whatever refuses a call leaves everything as it was.
///
/// ```
/// use tokenomics_fee_split::{Error, Quantity, WeightedSplit};
///
/// let error = WeightedSplit::new([0, 0]).unwrap_err();
/// let what = Quantity::WeightSum;
/// assert_eq!(error, Error::OutOfRange { what, value: 0, bound: 1 });
/// assert_eq!(error.to_string(), "the sum of the weights is 0, below 1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
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
pub enum Error {
    /// An argument, or a part of a position or of a stored pool, outside of its range.
    #[error("{what} is {value}, {} {bound}", if value < bound { "below" } else { "above" })]
    OutOfRange {
        /// The quantity.
        what: Quantity,
        /// Its value.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        value: u128,
        /// The least allowed if the value is below it, otherwise the largest.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        bound: u128,
    },
    /// An epoch that isn't over: what weighs in it can still change.
    #[error("epoch {epoch} isn't over at {at}")]
    NotClosed {
        /// The number of the epoch.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        epoch: u64,
        /// The time of the call.
        at: Timestamp,
    },
    /// A holder that weighs more than all do, or that others have left too little for: the weights
    /// of an epoch exceed its total.
    #[error("the holders of epoch {epoch} weigh more than its total")]
    Overweight {
        /// The number of the epoch.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        epoch: u64,
    },
    /// An entry that a store was given, and has no more.
    #[error("the store has no entry {index}")]
    Missing {
        /// The number of the entry.
        index: u32,
    },
    /// A result above the largest value of its type: more than the largest amount funded, more
    /// shares than can be counted, or a time past the end of the clock.
    #[error("a result of {bits} bits is above the largest value of its type, {max}")]
    Overflow {
        /// The length of the result in bits; 257 for one of more than 256.
        bits: u32,
        /// The largest value of the type.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        max: u128,
    },
    /// A call at a time before the last one.
    #[error("{at} is before {last}, up to which all is settled already")]
    Backdated {
        /// The time of the call.
        at: Timestamp,
        /// The time of the last call.
        last: Timestamp,
    },
    /// No room for another entry in a store.
    #[error("the store is full, with a capacity of {capacity}")]
    Full {
        /// The number of entries that there is room for.
        capacity: u32,
    },
    /// Any other error of the numbers, which [`PackedError::error`] returns.
    #[error(transparent)]
    Math(PackedError),
}

tokenomics_fixed_math::error_codes! {
    Error {
        OutOfRange = 15_001,
        NotClosed = 15_002,
        Overweight = 15_003,
        Missing = 15_004,
        Overflow = 15_005,
        Backdated = 15_006,
        Full = 15_007,
    } Math
}

impl From<MathError> for Error {
    fn from(error: MathError) -> Self {
        match error {
            MathError::Overflow { bits, max } => Self::Overflow { bits, max },
            other => Self::Math(other.into()),
        }
    }
}

impl Refused for Error {
    fn refused(&self) -> &'static str {
        match self {
            Self::OutOfRange { what, .. } => what.name(),
            Self::Backdated { .. } | Self::NotClosed { .. } => "a time out of order",
            Self::Overweight { .. } => "weights above their total",
            Self::Full { .. } | Self::Missing { .. } => "entries that a store doesn't have",
            Self::Overflow { .. } | Self::Math(_) => "a value outside of its range",
        }
    }
}
