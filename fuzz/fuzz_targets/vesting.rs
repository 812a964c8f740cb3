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
    |changes: Vec<_>, time| aggregate_brackets(&changes, time),
    |shape, total, end, calls: Vec<_>| claim_pattern(shape, total, &calls, end),
    |shape, total, time| complete(shape, total, time),
    |shape, total, calls: Vec<_>| conservation(shape, total, &calls),
    |shape, total, amount| inverse_is_tight(shape, total, amount),
    |shape, total, numbers, time, calls: [Vec<_>; 3]|
        merge_keeps_pace(shape, total, [&calls[0], &calls[1], &calls[2]], numbers, time),
    |shape, total, numbers, calls: Vec<_>| merge_undoes_split(shape, total, &calls, numbers),
    |shape, total, time| monotone(shape, total, time),
    |shape, total, by, time| moved_pieces_sum_to_the_schedule(shape, total, by, time),
    |shape, total, time| next_unlock_is_the_next(shape, total, time),
    |shape, total, other, time| non_expansive(shape, total, other, time),
    |start, every, day, count, total| on_the_day(start, every, day, count, total),
    |shape, total, calls: Vec<_>, time| pieces_sum_to_the_schedule(shape, total, &calls, time),
    |shape, total, time| pointwise(shape, total, time),
    |start, length, total, time| prepared_is_the_same(start, length, total, time),
    |needed, prices, total, reports: Vec<_>|
        reached_stays_reached(needed, prices, &reports, total),
    |shape, total, numbers, time, calls: Vec<_>|
        split_loses_nothing(shape, total, &calls, numbers, time),
    |total, count, amount| sum_of_parts(total, count, amount),
    |total, weights| sum_of_shares(total, weights),
    |duration, elapsed, total, lump| the_curve_rounded_once(duration, elapsed, total, lump),
    |points, total, time| through_the_points(points, total, time),
    |shape, total, call, calls: Vec<_>| transitions_are_their_formulas(shape, total, &calls, call),
    |shape, total, calls: Vec<_>| vested_is_kept(shape, total, &calls),
}
