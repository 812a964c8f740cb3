//! Support of foreign crates, each behind the feature of its name.

#[cfg(feature = "alloy")]
mod alloy;
#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "borsh")]
mod borsh;
#[cfg(feature = "borsh-schema")]
mod borsh_schema;
#[cfg(feature = "cosmwasm")]
mod cosmwasm;
#[cfg(feature = "scale")]
pub mod metadata;
#[cfg(feature = "num-traits")]
mod num_traits;
#[cfg(feature = "proptest")]
pub mod proptest;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "scale")]
mod scale;
#[cfg(feature = "cosmwasm")]
pub mod schemaifier;
#[cfg(feature = "schemars")]
pub mod schemars;
#[cfg(feature = "serde")]
pub(crate) mod serde;
