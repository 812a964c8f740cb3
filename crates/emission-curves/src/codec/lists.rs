//! The codecs of the curves that are made of other curves or of a list.

#[cfg(feature = "borsh")]
use super::invalid;
#[cfg(feature = "scale")]
use super::message;
use crate::phases::PhaseList;
use crate::{Curve, Error, PerBlock, Phases, Point, StepEpochs, Tail};
use tokenomics_fixed_math::{Ratio, Timestamp};

/// Reads what `new` takes, unchecked, and has it check it.
macro_rules! read {
    ($($type:ident<L: $bound:path> as $raw:ident { $($field:ident: $kind:ty,)+ })+) => {$(
        #[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(deny_unknown_fields))]
        #[cfg_attr(feature = "borsh", derive(borsh::BorshDeserialize))]
        #[cfg_attr(feature = "scale", derive(parity_scale_codec::Decode))]
        pub(crate) struct $raw<L> {
            $($field: $kind,)+
        }

        impl<L: $bound> TryFrom<$raw<L>> for $type<L> {
            type Error = Error;

            fn try_from(raw: $raw<L>) -> Result<Self, Error> {
                Self::new($(raw.$field),+)
            }
        }

        #[cfg(feature = "borsh")]
        impl<L: $bound + borsh::BorshDeserialize> borsh::BorshDeserialize for $type<L> {
            fn deserialize_reader<R: borsh::io::Read>(reader: &mut R) -> borsh::io::Result<Self> {
                let raw = $raw::deserialize_reader(reader)?;
                raw.try_into().map_err(invalid)
            }
        }

        #[cfg(feature = "scale")]
        impl<L: $bound + parity_scale_codec::Decode> parity_scale_codec::Decode for $type<L> {
            fn decode<I: parity_scale_codec::Input>(
                input: &mut I,
            ) -> Result<Self, parity_scale_codec::Error> {
                let raw = $raw::decode(input)?;
                raw.try_into().map_err(|error| message(error).into())
            }
        }

        #[cfg(feature = "scale")]
        impl<L: $bound + parity_scale_codec::DecodeWithMemTracking>
            parity_scale_codec::DecodeWithMemTracking for $type<L> {}
    )+};
}

read! {
    StepEpochs<L: AsRef<[Point]>> as RawStepEpochs {
        points: L,
    }
    Phases<L: PhaseList> as RawPhases {
        phases: L,
    }
    PerBlock<L: Curve> as RawPerBlock {
        inner: L,
        genesis: Timestamp,
        block_time: Ratio,
    }
    Tail<L: Curve> as RawTail {
        inner: L,
        floor: Ratio,
        end: Timestamp,
    }
}
