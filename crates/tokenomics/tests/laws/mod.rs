//! The laws of what all crates share, each once.

// `pub` is for the fuzz target that includes this file.
#![allow(dead_code, unreachable_pub, unused_imports)]

mod hostile;
mod types;

pub use hostile::{hostile_bytes_are_refused, number_of};
