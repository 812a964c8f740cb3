#![no_main]

#[path = "../../crates/escrow-weighting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (laws::RawTerms, u64, Vec<laws::Call>, Vec<u64>)| {
    let (terms, start, calls, reads) = input;
    laws::sum_is_total(terms, start, &calls, &reads);
});
