//! Support of foreign crates, each behind the feature of its name.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "borsh")]
mod borsh;
#[cfg(feature = "num-traits")]
mod num_traits;
#[cfg(feature = "proptest")]
pub mod proptest;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "scale")]
mod scale;
#[cfg(feature = "serde")]
pub(crate) mod serde;
