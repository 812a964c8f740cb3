#![no_main]

#[path = "../../crates/fee-split/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (Vec<u128>, Vec<u128>)| {
    let (shares, fundings) = input;
    laws::exact_share(&shares, &fundings);
});
