//! The error of this crate.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Amount, Error as MathError, PackedError, Timestamp};
use tokenomics_internals::Refused;

use crate::Quantity;

/// The error of a schedule that can't be made, or of a grant, a gate or an aggregate that can't do
/// what was asked of it.
///
/// Each variant carries the offending value and the bound that it crossed. A transition that
/// returns one has left its state as it was.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Error, Linear};
///
/// let (start, end) = (Timestamp::new(10), Timestamp::new(10));
/// assert_eq!(
///     Linear::new(start, end, Amount::new(1)),
///     Err(Error::NotAfter { start, end }),
/// );
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
    /// An interval that ends at or before its start.
    #[error("the end, {end}, is not after the start, {start}")]
    NotAfter {
        /// The start that was given.
        start: Timestamp,
        /// The end that was given.
        end: Timestamp,
    },
    /// A quantity outside of its range.
    #[error("{what} is {value}, {} {bound}", if value < bound { "below" } else { "above" })]
    OutOfRange {
        /// The quantity that is out of range.
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
        /// The least value allowed if it is below that, otherwise the largest.
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
    /// A call dated before one that was made already: a clock that runs back.
    #[error("{at} is before {last}, up to which everything is counted already")]
    Backdated {
        /// The time that was given.
        at: Timestamp,
        /// The earliest time that a call may name.
        last: Timestamp,
    },
    /// A second revocation, or a top-up, of a grant that was revoked. A revocation can be brought
    /// forward, and nothing else.
    #[error("the grant was revoked already, at {at}")]
    AlreadyRevoked {
        /// The date of the revocation.
        at: Timestamp,
    },
    /// A pause of a grant that is paused.
    #[error("the grant is paused since {since}")]
    Paused {
        /// The time since which the grant is paused.
        since: Timestamp,
    },
    /// A resumption of a grant that is not paused.
    #[error("the grant is not paused")]
    NotPaused,
    /// A schedule that can't have another total: what has vested of it, or of a grant's part of it,
    /// could fall, or its total follows from its parts.
    #[error("the schedule can't have another total")]
    NotResizable,
    /// Two grants that can't be merged, as something that both should have alike differs.
    #[error("the grants differ in {what}")]
    Unlike {
        /// The first thing that differs.
        what: Quantity,
    },
    /// A list that is not in the order it must be in.
    #[error("the one at index {index} is out of order")]
    Unordered {
        /// The index of the first entry that comes too soon, counted from 0.
        index: u32,
    },
    /// A price that comes after the gate's expiry, when no price counts any more.
    #[error("the gate has expired at {at}")]
    Expired {
        /// The time of the expiry.
        at: Timestamp,
    },
    /// A schedule that would be taken out of an aggregate and isn't in it.
    #[error("nothing that was added changes at {at}")]
    NotAdded {
        /// A time at which the schedule changes its pace, and nothing in the aggregate does.
        at: Timestamp,
    },
    /// Other schedules than those that an aggregate was made of.
    #[error(
        "schedules of {total} are not the ones of {added} that were added, by what vests at {at}"
    )]
    NotThese {
        /// The sum of the totals of those given.
        total: Amount,
        /// The sum of the totals of those added.
        added: Amount,
        /// The time at which the two were compared.
        at: Timestamp,
    },
    /// An aggregate without room for another time.
    #[error("there is room for {capacity} times, and no more")]
    Full {
        /// The number of times that there is room for.
        capacity: u32,
    },
    /// A result above the largest value of its type: a time past the end of the clock, or more
    /// than [`Amount::MAX`].
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
    /// Any other error of the numbers, which [`PackedError::error`] returns.
    #[error(transparent)]
    Math(PackedError),
}

tokenomics_fixed_math::error_codes! {
    Error {
        NotAfter = 11_001,
        OutOfRange = 11_002,
        Backdated = 11_003,
        AlreadyRevoked = 11_004,
        Paused = 11_005,
        NotPaused = 11_006,
        NotResizable = 11_007,
        Unlike = 11_008,
        Unordered = 11_009,
        Expired = 11_010,
        NotAdded = 11_011,
        NotThese = 11_012,
        Full = 11_013,
        Overflow = 11_014,
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
            Self::NotAfter { .. } => "an end that is not after the start",
            Self::OutOfRange { what, .. } => what.name(),
            _ => "a value outside of its range",
        }
    }
}
