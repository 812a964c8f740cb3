//! Decimal literals that the compiler reads and checks.

/// Creates a [`Wad`](crate::Wad) from decimal text.
///
/// The compiler reads it, so a text that isn't a wad doesn't compile, and nothing is left to do or
/// to fail at run time.
///
/// ```
/// use tokenomics_fixed_math::{wad, Wad};
///
/// const BOOST: Wad = wad!("2.5");
/// assert_eq!(BOOST.raw(), 2_500_000_000_000_000_000);
/// ```
///
/// ```compile_fail,E0080
/// // 19 digits after the point.
/// tokenomics_fixed_math::wad!("0.0000000000000000001");
/// ```
///
/// ```compile_fail,E0080
/// tokenomics_fixed_math::wad!("-1");
/// ```
#[macro_export]
macro_rules! wad {
    ($text:literal) => {
        $crate::__checked!($crate::Wad, $crate::Wad::parse_decimal($text))
    };
}

/// Creates a [`SignedWad`](crate::SignedWad) from decimal text, which the compiler reads and
/// checks.
///
/// ```
/// use tokenomics_fixed_math::signed_wad;
///
/// assert_eq!(signed_wad!("-0.25").to_string(), "-0.25");
/// ```
///
/// ```compile_fail,E0080
/// tokenomics_fixed_math::signed_wad!("- 0.25");
/// ```
#[macro_export]
macro_rules! signed_wad {
    ($text:literal) => {
        $crate::__checked!($crate::SignedWad, $crate::SignedWad::parse_decimal($text))
    };
}

/// Creates a [`Fraction`](crate::Fraction) from decimal text, which the compiler reads and checks.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Fraction};
///
/// assert_eq!(Fraction::from_bps(30), Ok(fraction!("0.003")));
/// ```
///
/// ```compile_fail,E0080
/// // A fraction is at most 1.
/// tokenomics_fixed_math::fraction!("1.01");
/// ```
#[macro_export]
macro_rules! fraction {
    ($text:literal) => {
        $crate::__checked!($crate::Fraction, $crate::Fraction::parse_decimal($text))
    };
}

/// Creates an [`Amount`](crate::Amount) from a text in whole tokens and the token's decimals, which
/// the compiler reads and checks.
///
/// ```
/// use tokenomics_fixed_math::{amount, Amount};
///
/// const LEAST_DEPOSIT: Amount = amount!("1_000.5", 6);
/// assert_eq!(LEAST_DEPOSIT.get(), 1_000_500_000);
/// ```
///
/// ```compile_fail,E0080
/// // Half of a base unit.
/// tokenomics_fixed_math::amount!("0.0000005", 6);
/// ```
///
/// ```compile_fail,E0080
/// // There are at most 38 decimals.
/// tokenomics_fixed_math::amount!("1", 39);
/// ```
#[macro_export]
macro_rules! amount {
    ($text:literal, $decimals:literal) => {
        $crate::__checked!($crate::Amount, {
            match $crate::Decimals::new($decimals) {
                ::core::result::Result::Ok(decimals) => {
                    $crate::Amount::parse_decimal($text, decimals)
                }
                ::core::result::Result::Err(_) => ::core::panic!("there are at most 38 decimals"),
            }
        })
    };
}

/// Puts the value of a parse into a constant of its own: one is read even in code that is never
/// called, and by `cargo check`, where a `const` block isn't.
#[doc(hidden)]
#[macro_export]
macro_rules! __checked {
    ($type:ty, $parsed:expr) => {{
        const CHECKED: $type = match $parsed {
            ::core::result::Result::Ok(value) => value,
            ::core::result::Result::Err(error) => ::core::panic!("{}", error.reason()),
        };
        CHECKED
    }};
}
