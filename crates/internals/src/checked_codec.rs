//! Writing and reading of values that a constructor checks.

/// Implements serde, borsh and SCALE for types that a constructor checks: a value is written as the
/// arguments of its constructor, and read through it.
///
/// Each entry names the type, its constructor, the unchecked twin that is declared for it, and the
/// constructor's parameters in order, each with the function that gets it from a value. `refused`
/// names a function from the constructor's error to the text that binary formats give for it. The
/// implementations stand behind the features `serde`, `borsh` and `scale` of the calling crate. For
/// serde the type itself derives, with `try_from` and `into` the twin.
///
/// ```
/// #[derive(Clone, Copy)]
/// pub struct Even(u64);
///
/// impl Even {
///     fn new(value: u64) -> Result<Self, u64> {
///         if value % 2 == 0 { Ok(Self(value)) } else { Err(value) }
///     }
///     fn get(&self) -> u64 {
///         self.0
///     }
/// }
///
/// tokenomics_internals::checked_codec! {
///     error: u64, refused: |_| "an odd number";
///     Even::new as RawEven {
///         value: u64 = Even::get,
///     }
/// }
///
/// assert!(Even::try_from(RawEven { value: 3 }).is_err());
/// assert_eq!(RawEven::from(Even(4)).value, 4);
/// ```
#[macro_export]
macro_rules! checked_codec {
    (
        error: $error:ty, refused: $refused:expr;
        $($type:ident::$make:ident as $raw:ident { $($field:ident: $kind:ty = $get:path,)+ })+
    ) => {$(
        /// The arguments of the constructor, unchecked.
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
            type Error = $error;

            fn try_from(raw: $raw) -> Result<Self, $error> {
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
                raw.try_into().map_err(|error| {
                    borsh::io::Error::new(borsh::io::ErrorKind::InvalidData, $refused(error))
                })
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
                raw.try_into().map_err(|error| $refused(error).into())
            }
        }
    )+};
}
