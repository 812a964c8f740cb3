//! The laws of `tokenomics-rate-controllers`.
#![no_main]

#[path = "../../crates/rate-controllers/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |seed, steps: Vec<_>| as_the_specification(seed, &steps),
    |kind, seed, steps: Vec<_>, parts: Vec<_>|
        late_call_equals_timely_call(kind, seed, &steps, &parts),
    |seed, steps: Vec<_>| minted_by_definition(seed, &steps),
    |kind, seed, steps: Vec<_>, at, more| monotone_response(kind, seed, &steps, at, more),
    |kind, seed, steps: Vec<_>| stays_in_range(kind, seed, &steps),
    |kind, seed, steps: Vec<_>| twice_in_a_second_is_once(kind, seed, &steps),
}
