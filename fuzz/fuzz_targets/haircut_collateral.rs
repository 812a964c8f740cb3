//! The laws of `tokenomics-haircut-collateral`.
#![no_main]

#[path = "../../crates/haircut-collateral/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |held: Vec<_>, owed: Vec<_>| against_the_borrower(&held, &owed),
    |asset, held: Vec<_>, owed: Vec<_>| inverse_is_tight(&held, &owed, asset),
    |held: Vec<_>, owed: Vec<_>, worse: Vec<_>| monotone(&held, &owed, &worse),
    |held: Vec<_>, owed: Vec<_>, cuts: Vec<_>| split_invariant(&held, &owed, &cuts),
}
