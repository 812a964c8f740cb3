//! The laws of `tokenomics-emission-curves`.
#![no_main]

#[path = "../../crates/emission-curves/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |shape, times| additive(shape, times),
    |shape, epoch| baseline_by_definition(shape, epoch),
    |shape, time, height| blocks_keep_time(shape, time, height),
    |shape, time| capped(shape, time),
    |shape, time| correctly_rounded(shape, time),
    |shape, time| each_rate_is_the_last_one_decayed(shape, time),
    |shape, time| each_year_is_its_rate(shape, time),
    |shape, amount| inverse_is_tight(shape, amount),
    |shape, time| monotone(shape, time),
    |shape, time| phases_join(shape, time),
    |shape, time| rate_is_the_next_unit(shape, time),
    |shape, times, seed, parts| step_independent(shape, times, seed, parts),
    |shape, most, time| stops_at_its_cap(shape, most, time),
    |shape, time| tail_takes_over(shape, time),
}
