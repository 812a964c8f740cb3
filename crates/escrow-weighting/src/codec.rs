//! The codecs: each type is written as plain fields, and read through its checks.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use crate::{Error, Lock, Terms};

/// Implements the formats for a type, by the plain fields it converts to and is made from.
macro_rules! through_fields {
    ($($type:ty as $fields:ty;)+) => {$(
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$fields>::from(self).serialize(serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                Self::try_from(<$fields>::deserialize(reader)?).map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "borsh")]
        impl borsh::BorshSerialize for $type {
            fn serialize<W: borsh::io::Write>(&self, writer: &mut W) -> borsh::io::Result<()> {
                <$fields>::from(self).serialize(writer)
            }
        }

        #[cfg(feature = "borsh")]
        impl borsh::BorshDeserialize for $type {
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
        impl parity_scale_codec::Encode for $type {
            fn encode_to<T: parity_scale_codec::Output + ?Sized>(&self, output: &mut T) {
                <$fields>::from(self).encode_to(output);
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::Decode for $type {
            fn decode<I: parity_scale_codec::Input>(
                input: &mut I,
            ) -> Result<Self, parity_scale_codec::Error> {
                Self::try_from(<$fields>::decode(input)?).map_err(|error| message(error).into())
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::EncodeLike for $type {}

        #[cfg(feature = "scale")]
        impl parity_scale_codec::DecodeWithMemTracking for $type {}

        #[cfg(feature = "scale")]
        impl scale_info::TypeInfo for $type {
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
        Error::Terms { .. } => "a granule that is zero or longer than the longest lock",
        Error::ZeroAmount => "an amount of zero",
        Error::Clock { .. } => "times out of order",
        Error::OffGranule { .. } => "an end that is not a multiple of the granule",
        _ => "an escrow that no changes lead to",
    }
}

through_fields! {
    Terms as TermsFields;
    Lock as LockFields;
}

/// The bounds on encoded lengths that a pallet's storage asks for, of types of a fixed size.
#[cfg(feature = "scale")]
mod bounded {
    use parity_scale_codec::MaxEncodedLen;

    use super::{Lock, LockFields, Terms, TermsFields};

    impl MaxEncodedLen for Terms {
        fn max_encoded_len() -> usize {
            TermsFields::max_encoded_len()
        }
    }

    impl MaxEncodedLen for Lock {
        fn max_encoded_len() -> usize {
            LockFields::max_encoded_len()
        }
    }
}

#[cfg(feature = "alloc")]
through_fields! {
    crate::Escrow as crate::escrow::EscrowFields;
    crate::LockHistory as crate::history::LockHistoryFields;
}

#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Terms", deny_unknown_fields)
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
#[cfg_attr(feature = "scale", scale_info(replace_segment("TermsFields", "Terms")))]
struct TermsFields {
    max: Span,
    granule: Span,
}

impl From<&Terms> for TermsFields {
    fn from(terms: &Terms) -> Self {
        Self {
            max: terms.max(),
            granule: terms.granule(),
        }
    }
}

impl TryFrom<TermsFields> for Terms {
    type Error = Error;

    fn try_from(fields: TermsFields) -> Result<Self, Error> {
        Self::new(fields.max, fields.granule)
    }
}

#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Lock", deny_unknown_fields)
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
#[cfg_attr(feature = "scale", scale_info(replace_segment("LockFields", "Lock")))]
struct LockFields {
    amount: Amount,
    end: Timestamp,
}

impl From<&Lock> for LockFields {
    fn from(lock: &Lock) -> Self {
        Self {
            amount: lock.amount(),
            end: lock.end(),
        }
    }
}

impl TryFrom<LockFields> for Lock {
    type Error = Error;

    fn try_from(fields: LockFields) -> Result<Self, Error> {
        Self::new(fields.amount, fields.end)
    }
}
