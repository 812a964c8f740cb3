//! The laws of what all crates share.
#![no_main]

#[path = "../../crates/tokenomics/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |which, bytes: Vec<_>| hostile_bytes_are_refused(which, &bytes),
}
