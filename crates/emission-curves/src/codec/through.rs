//! How a value that a constructor checks is written and read.

/// Writes what a checked constructor takes, and reads it through that. The order is that of its
/// parameters.
macro_rules! through {
    ($($type:ident::$make:ident as $raw:ident { $($field:ident: $kind:ty = $get:path,)+ })+) => {$(
        /// What the constructor takes, unchecked.
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
            derive(parity_scale_codec::Encode, parity_scale_codec::Decode, parity_scale_codec::MaxEncodedLen, scale_info::TypeInfo)
        )]
        pub(crate) struct $raw {
            $($field: $kind,)+
        }

        impl From<$type> for $raw {
            fn from(checked: $type) -> Self {
                Self {
                    $($field: $get(&checked),)+
                }
            }
        }

        impl TryFrom<$raw> for $type {
            type Error = $crate::Error;

            fn try_from(raw: $raw) -> Result<Self, $crate::Error> {
                Self::$make($(raw.$field),+)
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
                raw.try_into().map_err($crate::codec::invalid)
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
        impl parity_scale_codec::DecodeWithMemTracking for $type {}

        #[cfg(feature = "scale")]
        impl parity_scale_codec::MaxEncodedLen for $type {
            fn max_encoded_len() -> usize {
                $raw::max_encoded_len()
            }
        }

        #[cfg(feature = "scale")]
        impl scale_info::TypeInfo for $type {
            type Identity = Self;

            fn type_info() -> scale_info::Type {
                scale_info::Type {
                    path: scale_info::Path::new(stringify!($type), module_path!()),
                    ..$raw::type_info()
                }
            }
        }

        #[cfg(feature = "scale")]
        impl parity_scale_codec::Decode for $type {
            fn decode<I: parity_scale_codec::Input>(
                input: &mut I,
            ) -> Result<Self, parity_scale_codec::Error> {
                let raw = $raw::decode(input)?;
                raw.try_into().map_err(|error| $crate::codec::message(error).into())
            }
        }
    )+};
}

pub(super) use through;
