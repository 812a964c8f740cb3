//! The laws of `tokenomics-haircut-collateral`.
#![no_main]

#[path = "../../crates/haircut-collateral/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |held: Vec<_>, owed: Vec<_>| against_the_borrower(&held, &owed),
    |held: Vec<_>, owed: Vec<_>, terms, at_most| certified_liquidation(&held, &owed, terms, at_most),
    |held: Vec<_>, owed: Vec<_>, changes: Vec<_>| checked_after(&held, &owed, &changes),
    |terms, weights, healths, later| incentive_is_monotone(terms, weights, healths, later),
    |held: Vec<_>, owed: Vec<_>, terms| liquidations_end(&held, &owed, terms),
    |equity, haircuts, add_ons| leverage_is_tight(equity, haircuts, add_ons),
    |asset, held: Vec<_>, owed: Vec<_>| inverse_is_tight(&held, &owed, asset),
    |held: Vec<_>, owed: Vec<_>, worse: Vec<_>| monotone(&held, &owed, &worse),
    |held: Vec<_>, owed: Vec<_>, cuts: Vec<_>| split_invariant(&held, &owed, &cuts),
}
