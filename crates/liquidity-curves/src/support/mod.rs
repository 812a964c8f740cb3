//! The support of foreign crates, beside what the types derive.

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(feature = "proptest")]
pub mod proptest;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
mod seed;
