//! The error of the controllers.
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

/// A controller that can't be, or a call that can't be answered. Whatever refuses a call leaves the
/// controller as it was.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_rate_controllers::{BaseFee, BaseFeeParams, Error, Quantity};
///
/// let params = BaseFeeParams { denominator: 1_025, ..BaseFeeParams::ETHEREUM };
/// let error = BaseFee::new(params, Amount::new(7), Timestamp::ZERO).unwrap_err();
/// let what = Quantity::StepDenominator;
/// assert_eq!(error, Error::OutOfRange { what, value: 1_025, bound: 1_024 });
/// assert_eq!(error.to_string(), "the denominator of a step is 1025, above 1024");
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
    /// A parameter, a part of a state or an input is outside of its range.
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
    /// A call is dated before one that has been counted.
    #[error("{at} is before {last}, up to which everything is counted already")]
    Backdated {
        /// The date.
        at: Timestamp,
        /// The earliest time that a call may name.
        last: Timestamp,
    },
    /// A result is above the largest value of its type: a time past the end of the clock, or more
    /// than the largest amount.
    #[error("a result of {bits} bits is above the largest value of its type, {max}")]
    Overflow {
        /// The length of the result; 257 for one of more than 256 bits.
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
        OutOfRange = 13_001,
        Backdated = 13_002,
        Overflow = 13_003,
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
            _ => "a value outside of its range",
        }
    }
}
