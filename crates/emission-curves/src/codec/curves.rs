//! The parameters of the curves.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};

#[cfg(feature = "borsh")]
use super::invalid;
#[cfg(any(feature = "borsh", feature = "scale"))]
use super::message;
use crate::{
    Baseline, Compounding, Constant, Curve, Decay, Disinflation, Error, Exponential, Geometric,
    LinearRate, Logistic,
};

/// Writes what `new` takes, and reads it through `new`. The order is that of its parameters.
macro_rules! through_new {
    ($($type:ident as $raw:ident { $($field:ident: $kind:ty = $get:expr,)+ })+) => {$(
        /// What `new` takes, unchecked.
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(deny_unknown_fields)
        )]
        #[cfg_attr(
            feature = "borsh",
            derive(borsh::BorshSerialize, borsh::BorshDeserialize)
        )]
        #[cfg_attr(
            feature = "scale",
            derive(parity_scale_codec::Encode, parity_scale_codec::Decode)
        )]
        pub(crate) struct $raw {
            $($field: $kind,)+
        }

        impl From<$type> for $raw {
            fn from(curve: $type) -> Self {
                Self {
                    $($field: $get(&curve),)+
                }
            }
        }

        impl TryFrom<$raw> for $type {
            type Error = Error;

            fn try_from(raw: $raw) -> Result<Self, Error> {
                Self::new($(raw.$field),+)
            }
        }

        #[cfg(feature = "borsh")]
        impl borsh::BorshSerialize for $type {
            fn serialize<W: borsh::io::Write>(&self, writer: &mut W) -> borsh::io::Result<()> {
                $raw::from(*self).serialize(writer)
            }
        }

        #[cfg(feature = "borsh")]
        impl borsh::BorshDeserialize for $type {
            fn deserialize_reader<R: borsh::io::Read>(reader: &mut R) -> borsh::io::Result<Self> {
                let raw = $raw::deserialize_reader(reader)?;
                raw.try_into().map_err(invalid)
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::Encode for $type {
            fn encode_to<T: parity_scale_codec::Output + ?Sized>(&self, output: &mut T) {
                $raw::from(*self).encode_to(output);
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::EncodeLike for $type {}

        #[cfg(feature = "scale")]
        impl parity_scale_codec::Decode for $type {
            fn decode<I: parity_scale_codec::Input>(
                input: &mut I,
            ) -> Result<Self, parity_scale_codec::Error> {
                let raw = $raw::decode(input)?;
                raw.try_into().map_err(|error| message(error).into())
            }
        }
    )+};
}

through_new! {
    Constant as RawConstant {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        rate: Ratio = Constant::rate,
    }
    LinearRate as RawLinearRate {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        initial: Ratio = LinearRate::initial_rate,
        last: Ratio = LinearRate::last_rate,
    }
    Exponential as RawExponential {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        reserve: Amount = Exponential::reserve,
        decay: Decay = Exponential::decay,
    }
    Geometric as RawGeometric {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        epoch: Span = Geometric::epoch,
        total: Amount = Geometric::total,
        decay: Ratio = Geometric::decay,
    }
    Compounding as RawCompounding {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Compounding::supply,
        rate: Ratio = Compounding::rate,
        period: Span = Compounding::period,
    }
    Baseline as RawBaseline {
        reserve: Amount = Baseline::reserve,
        decay: Decay = Baseline::decay,
        power: u128 = Baseline::power,
        factor: Ratio = Baseline::factor,
    }
    Disinflation as RawDisinflation {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Disinflation::supply,
        year: Span = Disinflation::year,
        initial: Fraction = Disinflation::initial,
        taper: Fraction = Disinflation::taper,
        terminal: Fraction = Disinflation::terminal,
    }
    Logistic as RawLogistic {
        start: Timestamp = Curve::start,
        end: Timestamp = Curve::end,
        supply: Amount = Logistic::supply,
        ceiling: Amount = Logistic::ceiling,
        rate: Ratio = Logistic::rate,
    }
}
