#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|input: (u64, u16, u8, u16, u128)| {
    let (start, every, day, count, total) = input;
    laws::on_the_day(start, every, day, count, total);
});
