//! The error of this crate.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Error as MathError, PackedError, Ratio, Timestamp, U256};
use tokenomics_internals::Refused;

use crate::{Quantity, Tick};

/// The error of a market that can't be made, or can't do what was asked of it.
///
/// Each variant carries the offending value and the bound that it crossed. A transition that returns
/// one has left its state as it was.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{ConstantProduct, Error, Fee, Market, Quantity, Sell};
///
/// let pool = ConstantProduct::new(Amount::new(10_000), Amount::new(500), Fee::NONE)?;
/// let error = pool.quote_exact_out(Sell::Token0, Amount::new(500)).unwrap_err();
/// let (what, value, bound) = (Quantity::AmountOut, 500, 499);
/// assert_eq!(error, Error::OutOfRange { what, value, bound });
/// assert_eq!(error.to_string(), "the amount to buy is 500, above 499");
/// # Ok::<(), Error>(())
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
    /// A call at a time before the last one.
    #[error("{at} is before {last}, up to which all is settled already")]
    Backdated {
        /// The time of the call.
        at: Timestamp,
        /// The time of the last call.
        last: Timestamp,
    },
    /// A price below another that it is at least.
    #[error("{what} is {}/{}, below {least}", price.numerator(), price.denominator())]
    PriceOrder {
        /// The price that is too low.
        what: Quantity,
        /// Its value.
        price: Ratio,
        /// The price that it mustn't be below.
        least: Quantity,
    },
    /// A swap of a token for itself.
    #[error("the token with the index {index} is to be swapped for itself")]
    SameToken {
        /// The index of the token.
        index: u32,
    },
    /// A result above the largest value of its type.
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
    /// A tick outside of its range.
    #[error("the tick is {value}, {} {bound}", if value < bound { "below" } else { "above" })]
    Tick {
        /// The tick.
        value: i32,
        /// The least tick allowed if it is below that, otherwise the largest.
        bound: i32,
    },
    /// A tick that isn't a multiple of the pool's spacing.
    #[error("the tick {tick} is off the spacing of {spacing}")]
    TickSpacing {
        /// The tick.
        tick: i32,
        /// The spacing.
        spacing: i32,
    },
    /// A square root of a price outside of its range.
    #[error(
        "the square root of a price is {value} units of 2^-96, beyond that at the tick {bound}"
    )]
    SqrtPrice {
        /// The root, in units of 2^−96.
        value: U256,
        /// The tick at the bound that was crossed.
        bound: Tick,
    },
    /// No room for another tick.
    #[error("all {capacity} ticks are taken")]
    Full {
        /// The number of ticks that there is room for.
        capacity: u32,
    },
    /// Any other error of the numbers, which [`PackedError::error`] returns.
    #[error(transparent)]
    Math(PackedError),
}

tokenomics_fixed_math::error_codes! {
    Error {
        OutOfRange = 17_001,
        Backdated = 17_002,
        PriceOrder = 17_003,
        SameToken = 17_004,
        Overflow = 17_005,
        Tick = 17_006,
        TickSpacing = 17_007,
        SqrtPrice = 17_008,
        Full = 17_009,
    } Math
}

impl Error {
    /// Returns the error for an index of none of so many tokens.
    pub(crate) fn no_token(index: usize, tokens: usize) -> Self {
        let count = |number: usize| u128::try_from(number).unwrap_or(u128::MAX);
        Self::OutOfRange {
            what: Quantity::Token,
            value: count(index),
            bound: count(tokens).saturating_sub(1),
        }
    }
}

impl Error {
    /// Returns the error for a token that is to be swapped for itself.
    pub(crate) fn same_token(index: usize) -> Self {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        Self::SameToken { index }
    }

    /// Returns the error for one tick more than there is room for.
    pub(crate) fn full(capacity: usize) -> Self {
        let capacity = u32::try_from(capacity).unwrap_or(u32::MAX);
        Self::Full { capacity }
    }
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
            Self::Backdated { .. } => "a time before the last one",
            Self::PriceOrder { what, .. } => what.name(),
            Self::Tick { .. } | Self::TickSpacing { .. } => "a tick outside of its range",
            Self::SqrtPrice { .. } => "a price outside of its range",
            Self::Full { .. } => "more ticks than there is room for",
            Self::SameToken { .. } => "a token for itself",
            _ => "a value outside of its range",
        }
    }
}
