//! The codec of a table of geometric epochs, which is built again from its parameters when read.

use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};

use crate::table::Table;
use crate::{Curve, Epoch, Error, GeometricEpochs};

/// The parameters as they are written, unchecked.
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
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
#[cfg_attr(
    feature = "scale",
    scale_info(replace_segment("RawGeometricEpochs", "GeometricEpochs"))
)]
pub(crate) struct RawGeometricEpochs {
    start: Timestamp,
    length: Span,
    initial_rate: Amount,
    decay: Ratio,
    // Written always, so that reading builds no more than what was written; it may be left out of
    // what people write.
    max_epochs: Option<u32>,
}

impl RawGeometricEpochs {
    fn of<E: AsRef<[Epoch]>>(curve: &GeometricEpochs<E>) -> Self {
        let first = curve.epochs().first().copied().unwrap_or_default();
        Self {
            start: curve.start(),
            length: curve.length(),
            initial_rate: first.rate(),
            decay: curve.decay(),
            max_epochs: u32::try_from(curve.epochs().len()).ok(),
        }
    }
}

#[cfg(feature = "serde")]
impl<E: AsRef<[Epoch]>> From<GeometricEpochs<E>> for RawGeometricEpochs {
    fn from(curve: GeometricEpochs<E>) -> Self {
        Self::of(&curve)
    }
}

impl<E: Table> TryFrom<RawGeometricEpochs> for GeometricEpochs<E> {
    type Error = Error;

    fn try_from(raw: RawGeometricEpochs) -> Result<Self, Error> {
        Self::build(
            raw.start,
            raw.length,
            raw.initial_rate,
            raw.decay,
            raw.max_epochs,
        )
    }
}

#[cfg(feature = "borsh")]
mod with_borsh {
    use borsh::io::{Read, Result, Write};
    use borsh::{BorshDeserialize, BorshSerialize};

    use super::RawGeometricEpochs;
    use crate::codec::invalid;
    use crate::table::Table;
    use crate::{Epoch, GeometricEpochs};

    impl<E: AsRef<[Epoch]>> BorshSerialize for GeometricEpochs<E> {
        fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
            RawGeometricEpochs::of(self).serialize(writer)
        }
    }

    impl<E: Table> BorshDeserialize for GeometricEpochs<E> {
        fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
            RawGeometricEpochs::deserialize_reader(reader)?
                .try_into()
                .map_err(invalid)
        }
    }
}

#[cfg(feature = "scale")]
mod with_scale {
    use parity_scale_codec::{
        Decode, DecodeWithMemTracking, Encode, EncodeLike, Error, Input, MaxEncodedLen, Output,
    };
    use scale_info::{Type, TypeInfo};

    use super::RawGeometricEpochs;
    use crate::codec::message;
    use crate::table::Table;
    use crate::{Epoch, GeometricEpochs};

    impl<E: AsRef<[Epoch]>> Encode for GeometricEpochs<E> {
        fn encode_to<T: Output + ?Sized>(&self, output: &mut T) {
            RawGeometricEpochs::of(self).encode_to(output);
        }
    }

    impl<E: Table> Decode for GeometricEpochs<E> {
        fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
            let raw = RawGeometricEpochs::decode(input)?;
            raw.try_into().map_err(|error| message(error).into())
        }
    }

    impl<E: AsRef<[Epoch]>> EncodeLike for GeometricEpochs<E> {}

    impl<E: Table> DecodeWithMemTracking for GeometricEpochs<E> {}

    impl<E: AsRef<[Epoch]>> MaxEncodedLen for GeometricEpochs<E> {
        fn max_encoded_len() -> usize {
            RawGeometricEpochs::max_encoded_len()
        }
    }

    impl<E: 'static> TypeInfo for GeometricEpochs<E> {
        type Identity = Self;

        fn type_info() -> Type {
            RawGeometricEpochs::type_info()
        }
    }
}
