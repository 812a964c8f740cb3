//! The laws of `tokenomics-simulation`.
#![no_main]

#[allow(
    dead_code,
    unused_imports,
    reason = "walks second by second are the property tests' alone"
)]
#[path = "../../crates/simulation/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |seed: Vec<_>| breakdown_sums(&seed),
    |seed: Vec<_>| every_unit_once(&seed),
    |bytes: Vec<u8>| hostile_table(&bytes),
    |text: String| hostile_text(&text),
    |seed: Vec<_>| imports_conserve(&seed, 1 << 100),
    |seed: Vec<_>| ladder_conserves(&seed),
    |openings: Vec<_>, transfers: Vec<_>| ledger_conserves(&openings, &transfers),
    |seed: Vec<_>| revenue_takes_its_routes(&seed, laws::Unit::Day),
    |seed: Vec<_>| step_independent(&seed),
}
