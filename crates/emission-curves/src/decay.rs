//! The ways to say how fast a reserve falls.

#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec casts the variants' indices"
    )
)]

use tokenomics_fixed_math::{Growth, Ratio, Span};

use crate::check::positive;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{part, short, FromSeed};
use crate::{Error, Quantity};

/// An exact decay: the speed at which what is left of a reserve falls.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Decay, Exponential};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// let left_after_ten = |decay| -> Result<Amount, tokenomics_emission_curves::Error> {
///     let (start, end) = (Timestamp::ZERO, Timestamp::MAX);
///     let curve = Exponential::new(start, end, Amount::new(1_000), decay)?;
///     Ok(curve.reserve().checked_sub(curve.emitted_at(Timestamp::new(10)))?)
/// };
/// assert_eq!(left_after_ten(Decay::HalfLife(Span::new(10)))?, Amount::new(500));
/// // 1,000·0.9^10, and 1,000/e.
/// assert_eq!(left_after_ten(Decay::PerUnit(Ratio::new(9, 10)?))?, Amount::new(349));
/// assert_eq!(left_after_ten(Decay::Continuous(Ratio::new(1, 10)?))?, Amount::new(368));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum Decay {
    /// A continuous rate: after each unit of the clock e^−rate of the reserve is left.
    Continuous(Ratio),
    /// A half-life: after that many units of the clock half of the reserve is left.
    HalfLife(Span),
    /// The part of the reserve, above 0 and below 1, that is left after each unit of the clock.
    PerUnit(Ratio),
}

tokenomics_internals::borsh_variants! {
    [] Decay {
        0: Continuous(rate),
        1: HalfLife(time),
        2: PerUnit(factor),
    }
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

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for Decay {
    type Seed = (u8, Ratio, Span);

    /// The kind is given by a number: a rate, a half-life, or a part in each unit.
    fn from_seed((kind, rate, half_life): Self::Seed) -> Option<Self> {
        Some(match kind % 3 {
            0 => Self::Continuous(short(rate)?),
            1 => Self::HalfLife(half_life.max(Span::new(1))),
            _ => Self::PerUnit(part(rate)?),
        })
    }
}
