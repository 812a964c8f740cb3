#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u64, u64, u128, u128)| {
    let (duration, elapsed, total, lump) = input;
    laws::the_curve_rounded_once(duration, elapsed, total, lump);
});
