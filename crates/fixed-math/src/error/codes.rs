//! The numbers of errors.

/// Declares the number of each variant of a crate's error, by which a program tells them apart that can
/// return no more than a number. `$inner` is a variant of an error that has a number of its own.
///
/// A number never changes its meaning. A new variant takes the next one of its crate; one that is no longer
/// used isn't given away again.
#[doc(hidden)]
#[macro_export]
macro_rules! error_codes {
    ($error:ident { $($variant:ident = $code:literal,)+ } $($inner:ident)?) => {
        impl $error {
            /// The number of each variant, as [`code`](Self::code) returns it, and the variant's name.
            pub const CODES: &'static [(u16, &'static str)] =
                &[$(($code, stringify!($variant)),)+];

            /// Returns the number of the error, for a program that can return no more than a number. It is
            /// the same in every version, and no other error of any of the crates has it.
            #[must_use]
            pub const fn code(&self) -> u16 {
                match self {
                    $(Self::$variant { .. } => $code,)+
                    $(Self::$inner(inner) => inner.code(),)?
                }
            }
        }
    };
}
