//! The laws of `tokenomics-vesting`.
#![no_main]

#[path = "../../crates/vesting/tests/laws/mod.rs"]
mod laws;

tokenomics_fuzz::laws! {
    |shape, total, limits: Vec<_>, calls: Vec<_>|
        a_gate_only_holds_back(shape, total, &calls, &limits),
    |shape, total, calls: Vec<_>| a_holder_hastens_nothing(shape, total, &calls),
    |shape, total, times, calls: Vec<_>| a_pause_shifts(shape, total, &calls, times),
    |shape, total, times| additive(shape, total, times),
    |steps: Vec<_>, time| aggregate_brackets(&steps, time),
    |shape, total, end, calls: Vec<_>| claim_pattern(shape, total, &calls, end),
    |shape, total, time| complete(shape, total, time),
    |shape, total, calls: Vec<_>| conservation(shape, total, &calls),
    |shape, total, amount| inverse_is_tight(shape, total, amount),
    |one, other, time| merge_is_exact(granted(&one), granted(&other), time),
    |shape, total, time| monotone(shape, total, time),
    |shape, total, time| next_unlock_is_the_next(shape, total, time),
    |shape, total, other, time| non_expansive(shape, total, other, time),
    |start, every, day, count, total| on_the_day(start, every, day, count, total),
    |shape, total, calls: Vec<_>, time| pieces_sum_to_the_schedule(shape, total, &calls, time),
    |shape, total, time| pointwise(shape, total, time),
    |start, length, total, time| prepared_is_the_same(start, length, total, time),
    |needed, prices, total, calls: Vec<_>| reached_stays_reached(needed, prices, &calls, total),
    |shape, total, numbers, time, calls: Vec<_>|
        split_is_exact(shape, total, &calls, numbers, time),
    |total, count, amount| sum_of_parts(total, count, amount),
    |total, weights| sum_of_shares(total, weights),
    |duration, elapsed, total, lump| the_curve_rounded_once(duration, elapsed, total, lump),
    |points, total, time| through_the_points(points, total, time),
    |shape, total, call, calls: Vec<_>| transitions_are_their_formulas(shape, total, &calls, call),
    |shape, total, calls: Vec<_>| vested_is_kept(shape, total, &calls),
}

/// A grant's shape, its total, and the calls so far.
fn granted(of: &(laws::Shape, u128, Vec<laws::Call>)) -> (laws::Shape, u128, &[laws::Call]) {
    (of.0, of.1, &of.2)
}
