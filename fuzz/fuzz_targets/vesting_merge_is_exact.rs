#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

type Granted = (laws::Shape, u128, Vec<laws::Call>);

libfuzzer_sys::fuzz_target!(|input: (Granted, Granted, u64)| {
    let (one, other, time) = input;
    let (one, other) = ((one.0, one.1, &one.2[..]), (other.0, other.1, &other.2[..]));
    laws::merge_is_exact(one, other, time);
});
