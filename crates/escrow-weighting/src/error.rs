//! The error of the escrow.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Amount, Error as MathError, PackedError, Span, Timestamp};
use tokenomics_internals::Refused;

use crate::Quantity;

/// A lock or a change that the terms, the clock or the escrow's own totals don't allow. Whatever
/// refuses a change leaves the escrow as it was.
///
/// ```
/// use tokenomics_escrow_weighting::{Error, Quantity, Terms};
/// use tokenomics_fixed_math::Span;
///
/// let error = Terms::new(Span::new(10), Span::new(11)).unwrap_err();
/// let what = Quantity::Granule;
/// assert_eq!(error, Error::OutOfRange { what, value: 11, bound: 10 });
/// assert_eq!(error.to_string(), "the granule is 11, above 10");
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
    /// A term, a part of a lock or an argument outside of its range.
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
    /// A time between two granules.
    #[error("{what} is {at}, not a multiple of the granule, {granule}")]
    OffGranule {
        /// The kind of time: the end of a lock, or, in a ring, any at which a weight changes.
        what: Quantity,
        /// The time.
        at: Timestamp,
        /// The granule.
        granule: Span,
    },
    /// A change to a lock that has ended.
    #[error("the lock ended at {end}, and it is {at}")]
    Ended {
        /// The lock's end.
        end: Timestamp,
        /// The time of the call.
        at: Timestamp,
    },
    /// A withdrawal before the end.
    #[error("the lock ends at {end}, and it is only {at}")]
    NotEnded {
        /// The lock's end.
        end: Timestamp,
        /// The time of the call.
        at: Timestamp,
    },
    /// A lock that the escrow can't have issued, or that was withdrawn already.
    #[error(
        "a lock of {amount} until {}, where {held} are held until then",
        until(&Some(*end).filter(|&end| end < Timestamp::MAX))
    )]
    NotHeld {
        /// The lock's end; the clock's last instant for a permanent one.
        end: Timestamp,
        /// The amount of the lock.
        amount: Amount,
        /// The whole amount that is held with this end.
        held: Amount,
    },
    /// A merge of locks that differ in kind or in end, which would change a weight.
    #[error(
        "locks until {} and {} of other kinds or ends can't merge: extend the earlier one first",
        until(left),
        until(right)
    )]
    KindsDiffer {
        /// The end of the one lock; none for a permanent one.
        left: Option<Timestamp>,
        /// The end of the other.
        right: Option<Timestamp>,
    },
    /// A change that a permanent lock doesn't have: it ends only when its permanence does.
    #[error("the lock is permanent")]
    Permanent,
    /// A change that only a permanent lock has.
    #[error("the lock isn't permanent: it ends at {end}")]
    NotPermanent {
        /// The lock's end.
        end: Timestamp,
    },
    /// A change that only a lock of another kind has.
    #[error("a lock of this kind has no such change")]
    OtherKind,
    /// A time that isn't closed: something can still change at it.
    #[error("{at} isn't over at {now}: only what is before it is final")]
    NotClosed {
        /// The time that was asked about.
        at: Timestamp,
        /// The time of the call.
        now: Timestamp,
    },
    /// A withdrawal outside of the window that a cooldown opened.
    #[error("the window is from {opens} until {closes}, and it is {at}")]
    OutsideWindow {
        /// The first time at which it can be withdrawn.
        opens: Timestamp,
        /// The first time at which it no longer can.
        closes: Timestamp,
        /// The time of the call.
        at: Timestamp,
    },
    /// A gauge that isn't listed, or no longer.
    #[error("the gauge isn't listed")]
    NotListed,
    /// A gauge that was listed before: a name is listed once.
    #[error("the gauge was listed before")]
    ListedBefore,
    /// A second vote of the same name.
    #[error("the name has voted before")]
    VotedBefore,
    /// No room for another time in the store of the totals.
    #[error("there is no room for more than {capacity} times")]
    Full {
        /// For how many there is room.
        capacity: u32,
    },
    /// A change that is dated before one that has been counted, or a version of a lock that is.
    #[error("{at} is before {last}, up to which everything is counted already")]
    Backdated {
        /// The date.
        at: Timestamp,
        /// The earliest time that a change may name.
        last: Timestamp,
    },
    /// A stored escrow or history that no sequence of changes leads to.
    #[error("no changes lead to what is stored about {at}")]
    Stored {
        /// The time or the end that it is about.
        at: Timestamp,
    },
    /// A result above the largest value of its type: a time past the end of the clock, or more than
    /// the largest amount.
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
        OutOfRange = 14_001,
        OffGranule = 14_002,
        Ended = 14_003,
        NotEnded = 14_004,
        NotHeld = 14_005,
        KindsDiffer = 14_006,
        Permanent = 14_007,
        NotPermanent = 14_008,
        OtherKind = 14_009,
        NotClosed = 14_010,
        OutsideWindow = 14_011,
        NotListed = 14_012,
        ListedBefore = 14_013,
        VotedBefore = 14_014,
        Full = 14_015,
        Backdated = 14_016,
        Stored = 14_017,
        Overflow = 14_018,
    } Math
}

impl Error {
    /// A lock, or a part of one, of which so much is held with its end.
    pub(crate) fn not_held(end: Option<Timestamp>, amount: Amount, held: Amount) -> Self {
        let end = end.unwrap_or(Timestamp::MAX);
        Self::NotHeld { end, amount, held }
    }
}

/// Writes an end as errors do.
fn until(end: &Option<Timestamp>) -> impl core::fmt::Display {
    struct Until(Option<Timestamp>);
    impl core::fmt::Display for Until {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            match self.0 {
                Some(end) => end.fmt(f),
                None => f.write_str("it is made to end"),
            }
        }
    }
    Until(*end)
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
            Self::OffGranule { .. } => "a time that is not a multiple of the granule",
            Self::Stored { .. } => "a state that no changes lead to",
            _ => "a value outside of its range",
        }
    }
}
