//! Reading of enums by their tags.

/// Implements borsh's `BorshDeserialize` for an enum that derives what writes, behind the feature `borsh` of the
/// calling crate: each variant with its tag, and the names of what it holds, of which `name: path` says what
/// reads it.
///
/// ```
/// # #[cfg(feature = "borsh")] {
/// #[derive(Debug, PartialEq, borsh::BorshSerialize)]
/// enum End {
///     Never,
///     At(u64),
///     Within { least: u32, most: Option<u32> },
/// }
///
/// tokenomics_internals::borsh_variants! {
///     [] End {
///         0: Never,
///         1: At(time),
///         2: Within { least, most: tokenomics_internals::borsh_read::option },
///     }
/// }
///
/// let end = End::Within { least: 5, most: None };
/// let bytes = borsh::to_vec(&end).unwrap();
/// assert_eq!(borsh::from_slice::<End>(&bytes).unwrap(), end);
/// assert!(borsh::from_slice::<End>(&[3]).is_err());
/// # }
/// ```
#[macro_export]
macro_rules! borsh_variants {
    ([$($generics:tt)*] $type:ty {
        $($(#[cfg($when:meta)])? $tag:literal: $variant:ident
            $(($item:ident))?
            $({ $($field:ident $(: $with:path)?),+ $(,)? })?
        ),+ $(,)?
    }) => {
        #[cfg(feature = "borsh")]
        impl<$($generics)*> borsh::BorshDeserialize for $type {
            fn deserialize_reader<R: borsh::io::Read>(reader: &mut R) -> borsh::io::Result<Self> {
                match <u8 as borsh::BorshDeserialize>::deserialize_reader(reader)? {
                    $($(#[cfg($when)])?
                    $tag => Ok(Self::$variant
                        $(({
                            let $item = borsh::BorshDeserialize::deserialize_reader(reader)?;
                            $item
                        }))?
                        $({ $($field: $crate::borsh_variants!(@read reader $(, $with)?)),+ })?
                    ),)+
                    _ => Err($crate::borsh_read::no_such_tag()),
                }
            }
        }
    };
    (@read $reader:ident) => { borsh::BorshDeserialize::deserialize_reader($reader)? };
    (@read $reader:ident, $with:path) => { $with($reader)? };
}
