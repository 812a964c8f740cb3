//! The error of the curves.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Error as MathError, PackedError, Quantity as MathQuantity, Ratio};
use tokenomics_internals::Refused;

use crate::Quantity;

/// A curve that the checks refuse, or a result that its type has no room for.
///
/// ```
/// use tokenomics_emission_curves::{ArrayEpochs, Error, GeometricEpochs, GeometricEpochsParams};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// let forever = GeometricEpochs::<ArrayEpochs<8>>::in_array(GeometricEpochsParams {
///     start: Timestamp::ZERO,
///     length: Span::new(10),
///     initial_rate: Amount::new(5),
///     decay: Ratio::ONE,
///     max_epochs: None,
/// });
/// assert_eq!(forever, Err(Error::NeverEnds { decay: Ratio::ONE }));
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
    /// A parameter outside of its range.
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
    /// A decay by which nothing falls, where it has to: of a reserve, or of a rate for which no
    /// number of epochs is given.
    #[error("a decay of {decay} is not below 1: what it multiplies never falls to 0")]
    NeverEnds {
        /// The factor from one epoch or unit to the next, 1 or more.
        decay: Ratio,
    },
    /// A curve of more epochs than the table holds.
    #[error("the rate is still above 0 after {max} epochs, the most that the table holds")]
    TooManyEpochs {
        /// The largest number of epochs that it holds.
        max: u32,
    },
    /// A result above the largest value of its type: a time past the end of the clock, or an
    /// emission of more than [`Amount::MAX`](tokenomics_fixed_math::Amount::MAX).
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
        OutOfRange = 12_001,
        NeverEnds = 12_002,
        TooManyEpochs = 12_003,
        Overflow = 12_004,
    } Math
}

impl From<MathError> for Error {
    fn from(error: MathError) -> Self {
        match error {
            MathError::Overflow { bits, max } => Self::Overflow { bits, max },
            MathError::OutOfRange { what, value, bound } => match parameter(what) {
                Some(what) => Self::OutOfRange { what, value, bound },
                None => Self::Math(error.into()),
            },
            _ => Self::Math(error.into()),
        }
    }
}

/// Returns which of the curves' parameters is what the numbers have named.
const fn parameter(what: MathQuantity) -> Option<Quantity> {
    match what {
        MathQuantity::ContinuousRate => Some(Quantity::ContinuousRate),
        MathQuantity::StartSupply => Some(Quantity::StartSupply),
        _ => None,
    }
}

impl Refused for Error {
    fn refused(&self) -> &'static str {
        match self {
            Self::OutOfRange { what, .. } => what.name(),
            Self::NeverEnds { .. } => "a decay that is not below 1, by which nothing ends",
            Self::TooManyEpochs { .. } => "more epochs than the table holds",
            Self::Overflow { .. } | Self::Math(_) => "a value outside of its range",
        }
    }
}
