//! The error of haircuts, portfolios, liquidations, losses and limits.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Error as MathError, PackedError, Ratio, Timestamp};
use tokenomics_internals::Refused;

use crate::{Breach, Quantity};

/// Parameters that the checks refuse, or a result that its type has no room for.
///
/// ```
/// use tokenomics_fixed_math::fraction;
/// use tokenomics_haircut_collateral::{Error, Haircut, Quantity};
///
/// let error = Haircut::new(fraction!("0.15"), fraction!("0.2")).unwrap_err();
/// let (what, value, bound) = (Quantity::InitialHaircut, 150_000_000_000_000_000, 200_000_000_000_000_000);
/// assert_eq!(error, Error::OutOfRange { what, value, bound });
/// assert_eq!(error.to_string(), "the initial haircut is 0.15, below 0.2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
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
#[non_exhaustive]
pub enum Error {
    /// An argument, or a part of a parameter or of a stored state, outside of its range: an initial
    /// haircut below the maintenance one, with which a position could be liquidated in the moment it is
    /// opened, a debt in an asset without a price, which it would be forgiven by, or a loss above
    /// what there is to bear it.
    #[error(
        "{what} is {}, {} {}",
        what.shown(*value),
        if value < bound { "below" } else { "above" },
        what.shown(*bound)
    )]
    OutOfRange {
        /// The quantity.
        what: Quantity,
        /// Its value: in 1e-18 for what can be a fraction, a whole number for amounts and times.
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
    /// A price that isn't above another that it has to be above.
    #[error("{what} is {}/{}, not above {limit}", price.numerator(), price.denominator())]
    PriceOrder {
        /// The price that is too low.
        what: Quantity,
        /// Its value.
        price: Ratio,
        /// The price that it must be above.
        limit: Quantity,
    },
    /// An index at which the portfolio has no holding.
    #[error("there is no holding {index} in a portfolio of {len}")]
    NoSuchHolding {
        /// The index asked for.
        index: u32,
        /// The number of holdings; an index must be below it.
        len: u32,
    },
    /// An index at which the portfolio has no debt.
    #[error("there is no debt {index} in a portfolio of {len}")]
    NoSuchDebt {
        /// The index asked for.
        index: u32,
        /// The number of debts; an index must be below it.
        len: u32,
    },
    /// Correlations that no returns can have: some portfolio would have a negative variance.
    #[error("the correlations of asset {asset} contradict those before it")]
    Indefinite {
        /// The first asset, from 0, whose correlations with those before it contradict each other.
        asset: u32,
    },
    /// A liquidation of a position that is healthy.
    #[error("a healthy position can't be liquidated")]
    Healthy,
    /// A change that would leave a position below the margin for opening it.
    #[error("the position would owe more than its credit")]
    Unhealthy,
    /// A liquidation by a pair of holding and debt that can't raise health, where another can.
    #[error("to seize that holding for that debt doesn't raise health")]
    NoGain,
    /// A liquidation that breaks a promise.
    #[error("the liquidation isn't certified: {breach}")]
    Uncertified {
        /// The first promise that it breaks.
        breach: Breach,
    },
    /// A call at a time before the last one.
    #[error("{at} is before {last}, the time of the last call")]
    Backdated {
        /// The time of the call.
        at: Timestamp,
        /// The time of the last call.
        last: Timestamp,
    },
    /// An entry that a store was given, and has no more, or that the state of an account leaves out ahead of
    /// others.
    #[error("the store has no entry {index}")]
    Missing {
        /// The number of the entry.
        index: u32,
    },
    /// An entry more than an account or a store has room for.
    #[error("there is no room for another entry, with a capacity of {capacity}")]
    Full {
        /// The number of entries that there is room for; of an account, of holdings and of debts each.
        capacity: u32,
    },
    /// A result above the largest value of its type, an amount or a price.
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
        OutOfRange = 16_001,
        PriceOrder = 16_002,
        NoSuchHolding = 16_003,
        NoSuchDebt = 16_004,
        Healthy = 16_005,
        Unhealthy = 16_006,
        NoGain = 16_007,
        Uncertified = 16_008,
        Backdated = 16_009,
        Missing = 16_010,
        Full = 16_011,
        Overflow = 16_012,
        Indefinite = 16_013,
    } Math
}

impl Error {
    /// Returns the error for an index at which there is none of so many holdings.
    pub(crate) fn no_holding(index: usize, len: usize) -> Self {
        let (index, len) = (number(index), number(len));
        Self::NoSuchHolding { index, len }
    }

    /// Returns the error for an index at which there is none of so many debts.
    pub(crate) fn no_debt(index: usize, len: usize) -> Self {
        let (index, len) = (number(index), number(len));
        Self::NoSuchDebt { index, len }
    }

    /// Returns the error for an asset whose correlations contradict those before it.
    pub(crate) fn indefinite(asset: usize) -> Self {
        let asset = number(asset);
        Self::Indefinite { asset }
    }
}

/// Returns an index as an error holds it.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl From<MathError> for Error {
    fn from(error: MathError) -> Self {
        match error {
            MathError::Overflow { bits, max } => Self::Overflow { bits, max },
            other => Self::Math(other.into()),
        }
    }
}

impl From<Breach> for Error {
    fn from(breach: Breach) -> Self {
        Self::Uncertified { breach }
    }
}

impl Refused for Error {
    fn refused(&self) -> &'static str {
        match self {
            Self::OutOfRange { what, .. } | Self::PriceOrder { what, .. } => what.name(),
            Self::Backdated { .. } => "a time out of order",
            Self::Indefinite { .. } => "correlations that contradict each other",
            Self::Full { .. } | Self::Missing { .. } => "entries that a store doesn't have",
            _ => "a value outside of its range",
        }
    }
}
