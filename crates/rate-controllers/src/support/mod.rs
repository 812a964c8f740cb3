//! The support of foreign crates, beside what the types derive.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
mod codec;
#[cfg(feature = "proptest")]
pub mod proptest;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
mod seed;

#[cfg(feature = "serde")]
pub(crate) use self::codec::*;
