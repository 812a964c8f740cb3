//! Writing and reading of values that a constructor checks.

/// A constructor's error, for the formats whose own errors hold no text but one that is known at
/// compile time: borsh and SCALE.
pub trait Refused {
    /// Returns what is wrong with a value that was read.
    fn refused(&self) -> &'static str;
}

/// Implements serde, borsh and SCALE, and the schemas of schemars, cw-schema and borsh, each behind the
/// feature of that name of the calling crate (cw-schema behind `cosmwasm`, borsh's behind `borsh-schema`), for
/// a type whose constructor checks what it is given: what is read passes the same check.
///
/// A value is written and read as its unchecked twin, which is called `RawX` of an `X`, and `X` in
/// the formats that write names. Five forms differ in who declares the twin and who writes:
///
/// - `X::new as RawX { field: T = get, }` declares a twin of the arguments of the constructor, in
///   their order, each with the function that gets it from a value. A value is written and read
///   through the twin.
/// - `X::new(XParams) as RawX { field: T = get, }` is the same of a constructor whose one argument is
///   a struct of these fields.
/// - `X<S: Bound>::new as RawX { field: T, }` declares the twin of a type whose fields are the
///   arguments of its constructor. It is read through the twin, by `#[serde(try_from = "RawX<S>")]`
///   where serde reads, and derives what writes, by reference.
/// - `X::new as RawX([T; N] = get)` declares the twin of an `X<N>` that is an array, and nothing else
///   where it is written; `, with "path"` after it names the module by which serde writes and reads it.
/// - `[const N: usize] X<N> as RawX<N>` takes a twin that the caller declares, with `From<&X>` for it
///   and `TryFrom` of it. A value is written and read through it. With `: MaxEncodedLen` after it, its
///   encoded length is bounded.
/// - `read [borsh] [scale] [tracked] X<K, N> as RawX<K, N>`, with the generics of each format, is of a type
///   that derives what writes and, by `#[serde(try_from = "RawX<K, N>")]`, what reads with serde: it reads
///   the other two through the twin.
///
/// A field may have attributes, such as the one by which serde writes an integer as a text.
///
/// The calling crate has an `Error` at its root that is [`Refused`].
///
/// ```
/// #[derive(Clone, Copy)]
/// pub struct Even(u64);
///
/// pub enum Error {
///     Odd { value: u64 },
/// }
///
/// # impl core::fmt::Display for Error {
/// #     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
/// #         f.write_str(tokenomics_internals::Refused::refused(self))
/// #     }
/// # }
/// #
/// impl tokenomics_internals::Refused for Error {
///     fn refused(&self) -> &'static str {
///         "an odd number"
///     }
/// }
///
/// impl Even {
///     fn new(value: u64) -> Result<Self, Error> {
///         if value % 2 == 0 { Ok(Self(value)) } else { Err(Error::Odd { value }) }
///     }
///     fn get(&self) -> u64 {
///         self.0
///     }
/// }
///
/// tokenomics_internals::checked_codec! {
///     Even::new as RawEven {
///         value: u64 = Even::get,
///     }
/// }
/// # fn main() {}
/// ```
#[allow(
    clippy::crate_in_macro_def,
    reason = "the error is that of the calling crate"
)]
#[macro_export]
macro_rules! checked_codec {
    ($type:ident::$make:ident $(($params:ident))? as $raw:ident {
        $($(#[$($attribute:tt)*])* $field:ident: $kind:ty = $get:path,)+
    }) => {
        $crate::checked_codec! {
            @twin [] $type, $type, $make $(($params))?,
            $raw [] { $($(#[$($attribute)*])* $field: $kind,)+ }
        }

        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        impl From<&$type> for $raw {
            fn from(checked: &$type) -> Self {
                Self {
                    $($field: $get(checked),)+
                }
            }
        }

        $crate::checked_codec! { @schema [] $type, $raw }
        $crate::checked_codec! { @write [] $type, $raw }
        $crate::checked_codec! { @read_serde [] $type, $raw }
        $crate::checked_codec! { @read [] [] [] $type, $raw }

        $crate::checked_codec! { @MaxEncodedLen [] $type, $raw }

        #[cfg(feature = "scale")]
        impl scale_info::TypeInfo for $type {
            type Identity = Self;

            fn type_info() -> scale_info::Type {
                scale_info::Type {
                    path: tokenomics_fixed_math::scale_metadata::Path::new(stringify!($type), module_path!()),
                    ..$raw::type_info()
                }
            }
        }
    };

    ($type:ident::$make:ident as $raw:ident([$kind:ty; $length:ident] = $get:path)) => {
        $crate::checked_codec! {
            $type::$make as $raw(
                [$kind; $length] = $get, with "tokenomics_internals::serde_with::array"
            )
        }
    };

    ($type:ident::$make:ident as $raw:ident([$kind:ty; $length:ident] = $get:path, with $with:tt)) => {
        // In a module, as the twins of other forms.
        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        mod twin {
            #[allow(unused_imports, reason = "not all entries are of types that are imported")]
            use super::*;

            #[cfg_attr(
                feature = "serde",
                derive(serde::Serialize, serde::Deserialize),
                serde(transparent)
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
                ),
                scale_info(crate = tokenomics_fixed_math::scale_metadata)
            )]
            #[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
            pub(crate) struct $type<const $length: usize>(
                #[cfg_attr(feature = "serde", serde(with = $with))]
                pub(super) [$kind; $length],
            );
        }

        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        pub(crate) use twin::$type as $raw;

        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        impl<const $length: usize> From<&$type<$length>> for $raw<$length> {
            fn from(checked: &$type<$length>) -> Self {
                Self($get(checked))
            }
        }

        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        impl<const $length: usize> TryFrom<$raw<$length>> for $type<$length> {
            type Error = crate::Error;

            fn try_from(raw: $raw<$length>) -> Result<Self, crate::Error> {
                Self::$make(raw.0)
            }
        }

        $crate::checked_codec! { @entries $with $type $raw [$kind; $length] }
        $crate::checked_codec! { @schema [const $length: usize] $type<$length>, $raw<$length> }
        $crate::checked_codec! { @write [const $length: usize] $type<$length>, $raw<$length> }
        $crate::checked_codec! { @read_serde [const $length: usize] $type<$length>, $raw<$length> }
        $crate::checked_codec! {
            @read [const $length: usize] [const $length: usize] [const $length: usize]
            $type<$length>, $raw<$length>
        }
        $crate::checked_codec! { @MaxEncodedLen [const $length: usize] $type<$length>, $raw<$length> }

        #[cfg(feature = "scale")]
        impl<const $length: usize> scale_info::TypeInfo for $type<$length> {
            type Identity = Self;

            fn type_info() -> scale_info::Type {
                scale_info::Type {
                    path: tokenomics_fixed_math::scale_metadata::Path::new(stringify!($type), module_path!()),
                    ..<$raw<$length> as scale_info::TypeInfo>::type_info()
                }
            }
        }
    };

    ($type:ident $(<$($param:ident: $bound:path),+>)? ::$make:ident as $raw:ident {
        $($(#[$($attribute:tt)*])* $field:ident: $kind:ty,)+
    }) => {
        $crate::checked_codec! {
            @twin [$($($param: $bound),+)?] $type, $type $(<$($param),+>)?, $make,
            $raw [$($($param),+)?] { $($(#[$($attribute)*])* $field: $kind,)+ }
        }
        $crate::checked_codec! {
            @read
            [$($($param: $bound + borsh::BorshDeserialize),+)?]
            [$($($param: $bound + parity_scale_codec::Decode),+)?]
            [$($($param: $bound + parity_scale_codec::DecodeWithMemTracking),+)?]
            $type $(<$($param),+>)?, $raw $(<$($param),+>)?
        }
    };

    (read $borsh:tt $scale:tt $tracked:tt $type:ty as $raw:ty) => {
        $crate::checked_codec! { @read $borsh $scale $tracked $type, $raw }
    };

    ($generics:tt $type:ty as $raw:ty $(: $bounded:ident)?) => {
        $crate::checked_codec! { @schema $generics $type, $raw }
        $crate::checked_codec! { @write $generics $type, $raw }
        $crate::checked_codec! { @read_serde $generics $type, $raw }
        $crate::checked_codec! { @read $generics $generics $generics $type, $raw }
        $crate::checked_codec! { @info $generics $type, $raw }
        $($crate::checked_codec! { @$bounded $generics $type, $raw })?
    };

    (@make $make:path, ($params:ident) $raw:ident $($field:ident)+) => {
        $make($params { $($field: $raw.$field,)+ })
    };

    (@make $make:path, $raw:ident $($field:ident)+) => {
        $make($($raw.$field),+)
    };

    (@twin [$($generics:tt)*] $name:ident, $type:ty, $make:ident $(($params:ident))?, $raw:ident [$($param:ident),*] {
        $($(#[$($attribute:tt)*])* $field:ident: $kind:ty,)+
    }) => {
        // In a module, where it has the name of its type: RON and XML write and ask for names.
        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        mod twin {
            #[allow(unused_imports, reason = "not all fields are of types that are imported")]
            use super::*;

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
                ),
                scale_info(crate = tokenomics_fixed_math::scale_metadata)
            )]
            #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
            #[cfg_attr(
                feature = "cosmwasm",
                derive(cw_schema::Schemaifier),
                schemaifier(mute_warnings)
            )]
            #[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
            pub(crate) struct $name<$($param),*> {
                $($(#[$($attribute)*])* pub(super) $field: $kind,)+
            }
        }

        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        pub(crate) use twin::$name as $raw;

        #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
        impl<$($generics)*> TryFrom<$raw<$($param),*>> for $type {
            type Error = crate::Error;

            fn try_from(raw: $raw<$($param),*>) -> Result<Self, crate::Error> {
                $crate::checked_codec! { @make Self::$make, $(($params))? raw $($field)+ }
            }
        }
    };

    (@entries "tokenomics_internals::serde_with::integers" $type:ident $raw:ident [$kind:ty; $length:ident]) => {
        $crate::checked_codec! {
            @entries "" $type $raw [tokenomics_fixed_math::schema::Integer; $length]
        }
    };

    (@entries $with:tt $type:ident $raw:ident [$kind:ty; $length:ident]) => {
        #[cfg(feature = "schemars")]
        impl<const $length: usize> schemars::JsonSchema for $raw<$length> {
            fn schema_name() -> std::string::String {
                std::format!(concat!(stringify!($type), "_for_{}"), $length)
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                std::format!(concat!(module_path!(), "::", stringify!($type), "_for_{}"), $length).into()
            }

            fn json_schema(
                schemas: &mut schemars::gen::SchemaGenerator,
            ) -> schemars::schema::Schema {
                <tokenomics_fixed_math::schema::Entries<$kind, $length>>::json_schema(schemas)
            }
        }

        #[cfg(feature = "cosmwasm")]
        impl<const $length: usize> cw_schema::Schemaifier for $raw<$length> {
            fn visit_schema(
                visitor: &mut cw_schema::SchemaVisitor,
            ) -> cw_schema::DefinitionReference {
                tokenomics_fixed_math::schemaifier::entries::<$kind, $length>(visitor)
            }
        }
    };

    (@schema [$($generics:tt)*] $type:ty, $raw:ty) => {
        #[cfg(feature = "schemars")]
        impl<$($generics)*> schemars::JsonSchema for $type {
            fn schema_name() -> std::string::String {
                <$raw as schemars::JsonSchema>::schema_name()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                <$raw as schemars::JsonSchema>::schema_id()
            }

            fn json_schema(
                schemas: &mut schemars::gen::SchemaGenerator,
            ) -> schemars::schema::Schema {
                <$raw as schemars::JsonSchema>::json_schema(schemas)
            }
        }

        #[cfg(feature = "cosmwasm")]
        impl<$($generics)*> cw_schema::Schemaifier for $type {
            fn visit_schema(
                visitor: &mut cw_schema::SchemaVisitor,
            ) -> cw_schema::DefinitionReference {
                <$raw as cw_schema::Schemaifier>::visit_schema(visitor)
            }
        }

        #[cfg(feature = "borsh-schema")]
        impl<$($generics)*> borsh::BorshSchema for $type {
            fn declaration() -> borsh::schema::Declaration {
                <$raw as borsh::BorshSchema>::declaration()
            }

            fn add_definitions_recursively(
                definitions: &mut std::collections::BTreeMap<
                    borsh::schema::Declaration,
                    borsh::schema::Definition,
                >,
            ) {
                <$raw as borsh::BorshSchema>::add_definitions_recursively(definitions);
            }
        }
    };

    (@write [$($generics:tt)*] $type:ty, $raw:ty) => {
        #[cfg(feature = "serde")]
        impl<$($generics)*> serde::Serialize for $type {
            fn serialize<Out: serde::Serializer>(&self, out: Out) -> Result<Out::Ok, Out::Error> {
                serde::Serialize::serialize(&<$raw>::from(self), out)
            }
        }

        #[cfg(feature = "borsh")]
        impl<$($generics)*> borsh::BorshSerialize for $type {
            fn serialize<Out: borsh::io::Write>(&self, out: &mut Out) -> borsh::io::Result<()> {
                borsh::BorshSerialize::serialize(&<$raw>::from(self), out)
            }
        }

        #[cfg(feature = "scale")]
        impl<$($generics)*> parity_scale_codec::Encode for $type {
            fn encode_to<Out: parity_scale_codec::Output + ?Sized>(&self, out: &mut Out) {
                parity_scale_codec::Encode::encode_to(&<$raw>::from(self), out);
            }
        }

        #[cfg(feature = "scale")]
        impl<$($generics)*> parity_scale_codec::EncodeLike for $type {}
    };

    (@read_serde [$($generics:tt)*] $type:ty, $raw:ty) => {
        #[cfg(feature = "serde")]
        impl<'de, $($generics)*> serde::Deserialize<'de> for $type {
            fn deserialize<In: serde::Deserializer<'de>>(input: In) -> Result<Self, In::Error> {
                let raw = <$raw as serde::Deserialize>::deserialize(input)?;
                Self::try_from(raw).map_err(serde::de::Error::custom)
            }
        }
    };

    (@read [$($borsh:tt)*] [$($scale:tt)*] [$($tracked:tt)*] $type:ty, $raw:ty) => {
        #[cfg(feature = "borsh")]
        impl<$($borsh)*> borsh::BorshDeserialize for $type {
            fn deserialize_reader<In: borsh::io::Read>(input: &mut In) -> borsh::io::Result<Self> {
                let raw = <$raw as borsh::BorshDeserialize>::deserialize_reader(input)?;
                Self::try_from(raw).map_err(|error| {
                    let refused = $crate::Refused::refused(&error);
                    borsh::io::Error::new(borsh::io::ErrorKind::InvalidData, refused)
                })
            }
        }

        #[cfg(feature = "scale")]
        impl<$($scale)*> parity_scale_codec::Decode for $type {
            fn decode<In: parity_scale_codec::Input>(
                input: &mut In,
            ) -> Result<Self, parity_scale_codec::Error> {
                let raw = <$raw as parity_scale_codec::Decode>::decode(input)?;
                Self::try_from(raw).map_err(|error| $crate::Refused::refused(&error).into())
            }
        }

        // What is read takes no memory that its parts don't.
        #[cfg(feature = "scale")]
        impl<$($tracked)*> parity_scale_codec::DecodeWithMemTracking for $type {}
    };

    (@MaxEncodedLen [$($generics:tt)*] $type:ty, $raw:ty) => {
        #[cfg(feature = "scale")]
        impl<$($generics)*> parity_scale_codec::MaxEncodedLen for $type {
            fn max_encoded_len() -> usize {
                <$raw as parity_scale_codec::MaxEncodedLen>::max_encoded_len()
            }
        }
    };

    (@info [$($generics:tt)*] $type:ty, $raw:ty) => {
        #[cfg(feature = "scale")]
        impl<$($generics)*> scale_info::TypeInfo for $type {
            type Identity = Self;

            fn type_info() -> scale_info::Type {
                <$raw as scale_info::TypeInfo>::type_info()
            }
        }
    };
}
