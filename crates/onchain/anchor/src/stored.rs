//! The types of the libraries as Anchor takes them: with `Space`, and in the IDL.

/// Declares a struct that holds a value of a library's type, for a field of an account or an argument.
///
/// It is written as the value is, byte for byte, and dereferences to it. `InitSpace` and the IDL know it,
/// which no crate but its own can teach a type. An account asks for `Clone`, which what can be redeemed once lacks:
/// derive it where it is wanted.
#[macro_export]
macro_rules! stored {
    ($($(#[$docs:meta])* $vis:vis $name:ident: $type:ty;)+) => {$(
        $(#[$docs])*
        #[derive(::borsh::BorshSerialize, ::borsh::BorshDeserialize, Debug, PartialEq)]
        $vis struct $name(pub $type);

        impl ::anchor_lang::Space for $name {
            const INIT_SPACE: usize = <$type as ::tokenomics_fixed_math::EncodedLen>::ENCODED_LEN;
        }

        impl ::core::ops::Deref for $name {
            type Target = $type;

            fn deref(&self) -> &$type {
                &self.0
            }
        }

        impl ::core::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $type {
                &mut self.0
            }
        }

        #[cfg(feature = "idl-build")]
        impl ::anchor_lang::IdlBuild for $name {
            fn create_type() -> Option<::anchor_lang::idl::types::IdlTypeDef> {
                Some($crate::idl::holder::<$type>(Self::get_full_path()))
            }

            fn insert_types(
                types: &mut ::std::collections::BTreeMap<String, ::anchor_lang::idl::types::IdlTypeDef>,
            ) {
                $crate::idl::insert::<$type>(types);
            }
        }
    )+};
}
