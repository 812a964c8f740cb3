//! How a quantity falls.

#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec casts the variants' indices"
    )
)]

use tokenomics_fixed_math::{Growth, Ratio, Span};

use crate::check::positive;
use crate::{Error, Quantity};

/// How fast what is left of a reserve falls, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub enum Decay {
    /// To e^−rate of it in each unit of the clock.
    Continuous(Ratio),
    /// To a half of it in so many units of the clock.
    HalfLife(Span),
    /// To this part of it in each unit of the clock: below 1, and above 0.
    PerUnit(Ratio),
}

impl Decay {
    pub(crate) fn growth(self) -> Result<Growth, Error> {
        Ok(match self {
            Self::Continuous(rate) => Growth::continuous(rate)?.inverse(),
            Self::HalfLife(span) => {
                positive(Quantity::HalfLife, span.get().into())?;
                Growth::doubling(span)?.inverse()
            }
            Self::PerUnit(part) if part >= Ratio::ONE => {
                return Err(Error::NeverEnds { decay: part });
            }
            Self::PerUnit(part) => {
                positive(Quantity::Decay, part.numerator())?;
                Growth::per_unit(part)?
            }
        })
    }
}
