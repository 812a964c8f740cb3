//! The encoded length of a type that has a largest size.

use crate::{
    Amount, Decimals, Error, Fraction, PackedError, ParseError, Quantity, Ratio, Rounding,
    SignedWad, Span, Timestamp, TimestampNanos, Wad, U256,
};

/// A type of which every value has a largest length as borsh and SCALE write it, known when a program is
/// compiled: the room that an account or a map's entry takes.
///
/// Both formats write the same bytes. A value takes all of the length unless its type is an enum or holds
/// one, such as an [`Option`]. What holds a `Vec` has no largest length.
///
/// ```
/// use tokenomics_fixed_math::{Amount, EncodedLen, Ratio, Timestamp};
///
/// const ACCOUNT: usize = Amount::ENCODED_LEN + <Option<Timestamp>>::ENCODED_LEN;
/// assert_eq!((Ratio::ENCODED_LEN, ACCOUNT), (32, 16 + 9));
/// ```
pub trait EncodedLen {
    /// The largest number of bytes that borsh and SCALE write of a value.
    const ENCODED_LEN: usize;
}

/// Returns the length of an enum of these variants: the longest of them, behind a byte that tells which.
#[doc(hidden)]
#[must_use]
pub const fn longest_variant(mut lengths: &[usize]) -> usize {
    let mut longest = 0;
    while let [length, rest @ ..] = lengths {
        if *length > longest {
            longest = *length;
        }
        lengths = rest;
    }
    longest.saturating_add(1)
}

/// Implements [`EncodedLen`] for types of these fields, and for enums of variants with these, each variant
/// in brackets; the brackets at first hold the generics.
#[doc(hidden)]
#[macro_export]
macro_rules! encoded_len {
    (
        $(struct [$($of:tt)*] $type:ty: $($field:ty),+;)*
        $(enum [$($generics:tt)*] $enum:ty: $(($($part:ty),*)),+;)*
    ) => {
        $(
            impl<$($of)*> $crate::EncodedLen for $type {
                const ENCODED_LEN: usize = 0_usize
                    $(.saturating_add(<$field as $crate::EncodedLen>::ENCODED_LEN))+;
            }
        )*
        $(
            impl<$($generics)*> $crate::EncodedLen for $enum {
                const ENCODED_LEN: usize = $crate::longest_variant(&[$(
                    0_usize $(.saturating_add(<$part as $crate::EncodedLen>::ENCODED_LEN))*,
                )+]);
            }
        )*
    };
}

macro_rules! integers {
    ($($type:ty)+) => {$(
        impl EncodedLen for $type {
            const ENCODED_LEN: usize = size_of::<$type>();
        }
    )+};
}

integers! { u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 bool }

impl<T: EncodedLen, const N: usize> EncodedLen for [T; N] {
    const ENCODED_LEN: usize = T::ENCODED_LEN.saturating_mul(N);
}

encoded_len! {
    struct [A: EncodedLen, B: EncodedLen] (A, B): A, B;
    struct [] Amount: u128;
    struct [] Decimals: u8;
    struct [] Fraction: u64;
    struct [] PackedError: Error;
    struct [] Ratio: u128, u128;
    struct [] Rounding: u8;
    struct [] SignedWad: i128;
    struct [] Span: u64;
    struct [] Timestamp: u64;
    struct [] TimestampNanos: u64;
    struct [] U256: u128, u128;
    struct [] Wad: u128;
    enum [T: EncodedLen] Option<T>: (), (T);
    enum [] Error: (u32, u128), (u128, u128), (u32, u32), (u32, i128), (), (Quantity, u128, u128),
        (Quantity, SignedWad, SignedWad), (Wad, SignedWad), (Wad, u64), (Ratio), (ParseError);
    enum [] ParseError: (), (u32), (u32, u8), (u128, u8);
}
