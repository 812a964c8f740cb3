//! The codecs: each type is written as plain fields, and read through its checks.

use crate::reward_pool::{PoolFields, PositionFields};
use crate::{Error, Position, RewardPool, WeightedSplit};

/// Implements the formats for a type, by the plain fields it converts to and is made from.
macro_rules! through_fields {
    ($($type:ty as $fields:ty $(, const $n:ident)?;)+) => {$(
        #[cfg(feature = "serde")]
        impl$(<const $n: usize>)? serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$fields>::from(self).serialize(serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de $(, const $n: usize)?> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                Self::try_from(<$fields>::deserialize(reader)?).map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "borsh")]
        impl$(<const $n: usize>)? borsh::BorshSerialize for $type {
            fn serialize<W: borsh::io::Write>(&self, writer: &mut W) -> borsh::io::Result<()> {
                <$fields>::from(self).serialize(writer)
            }
        }

        #[cfg(feature = "borsh")]
        impl$(<const $n: usize>)? borsh::BorshDeserialize for $type {
            fn deserialize_reader<R: borsh::io::Read>(reader: &mut R) -> borsh::io::Result<Self> {
                let fields = <$fields>::deserialize_reader(reader)?;
                let invalid = |error| borsh::io::Error::new(
                    borsh::io::ErrorKind::InvalidData,
                    message(error),
                );
                Self::try_from(fields).map_err(invalid)
            }
        }

        #[cfg(feature = "scale")]
        impl$(<const $n: usize>)? parity_scale_codec::Encode for $type {
            fn encode_to<T: parity_scale_codec::Output + ?Sized>(&self, output: &mut T) {
                <$fields>::from(self).encode_to(output);
            }
        }

        #[cfg(feature = "scale")]
        impl$(<const $n: usize>)? parity_scale_codec::Decode for $type {
            fn decode<I: parity_scale_codec::Input>(
                input: &mut I,
            ) -> Result<Self, parity_scale_codec::Error> {
                Self::try_from(<$fields>::decode(input)?).map_err(|error| message(error).into())
            }
        }

        #[cfg(feature = "scale")]
        impl$(<const $n: usize>)? parity_scale_codec::EncodeLike for $type {}

        #[cfg(feature = "scale")]
        impl$(<const $n: usize>)? parity_scale_codec::DecodeWithMemTracking for $type {}

        #[cfg(feature = "scale")]
        impl$(<const $n: usize>)? parity_scale_codec::MaxEncodedLen for $type {
            fn max_encoded_len() -> usize {
                <$fields>::max_encoded_len()
            }
        }

        #[cfg(feature = "scale")]
        impl$(<const $n: usize>)? scale_info::TypeInfo for $type {
            type Identity = Self;

            fn type_info() -> scale_info::Type {
                <$fields>::type_info()
            }
        }
    )+};
}

/// Returns the text that the binary formats give for a refused value: their errors hold a message
/// that is known at compile time, not a format.
#[cfg(any(feature = "borsh", feature = "scale"))]
fn message(error: Error) -> &'static str {
    match error {
        Error::NoWeight { .. } => "weights that sum to zero",
        _ => "a pool that no calls lead to",
    }
}

through_fields! {
    RewardPool as PoolFields;
    Position as PositionFields;
    WeightedSplit<N> as Weights<N>, const N;
}

/// The weights of a split as they are written, an array of integers: small counts, not amounts.
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
    scale_info(replace_segment("Weights", "WeightedSplit"))
)]
struct Weights<const N: usize>([u64; N]);

impl<const N: usize> From<&WeightedSplit<N>> for Weights<N> {
    fn from(split: &WeightedSplit<N>) -> Self {
        Self(split.weights())
    }
}

impl<const N: usize> TryFrom<Weights<N>> for WeightedSplit<N> {
    type Error = Error;

    fn try_from(weights: Weights<N>) -> Result<Self, Error> {
        Self::new(weights.0)
    }
}

/// The serde support of arrays of any length, by tuples: serde has no such arrays.
#[cfg(feature = "serde")]
mod any_length {
    use core::fmt;

    use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
    use serde::ser::{Serialize, SerializeTuple, Serializer};

    use super::Weights;

    impl<const N: usize> Serialize for Weights<N> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut tuple = serializer.serialize_tuple(N)?;
            for weight in &self.0 {
                tuple.serialize_element(weight)?;
            }
            tuple.end()
        }
    }

    impl<'de, const N: usize> Deserialize<'de> for Weights<N> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_tuple(N, Elements)
        }
    }

    struct Elements<const N: usize>;

    impl<'de, const N: usize> Visitor<'de> for Elements<N> {
        type Value = Weights<N>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{N} weights")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Weights<N>, A::Error> {
            let mut weights = [0; N];
            for (given, weight) in weights.iter_mut().enumerate() {
                let next = elements.next_element()?;
                *weight = next.ok_or_else(|| A::Error::invalid_length(given, &self))?;
            }
            Ok(Weights(weights))
        }
    }
}
