//! Every law, driven with parameters at either end of their ranges, figures of real protocols, and
//! calls that come at once, late and very late.

mod laws;

use proptest::prelude::*;

/// Any number of 128 bits, a few units, a few units below a power of two, or a figure of a real
/// protocol.
fn raw() -> impl Strategy<Value = u128> {
    const KNOWN: [u128; 6] = [
        1_000_000_000,
        30_000_000,
        3_338_477,
        393_216,
        20_000_000,
        1_000_000_000_000_000_000,
    ];
    prop_oneof![
        3 => 0..=20_u128,
        2 => any::<u128>(),
        2 => any::<u64>().prop_map(u128::from),
        1 => (1..=128_u32).prop_map(|bits| u128::MAX >> (128 - bits)),
        2 => prop::sample::select(&KNOWN[..]).prop_flat_map(|figure| figure - 3..=figure + 3),
        1 => u128::MAX - 20..=u128::MAX,
    ]
}

fn seed() -> impl Strategy<Value = laws::Seed> {
    let next = prop_oneof![8 => 0..=1_000_u128, 1 => any::<u64>().prop_map(u128::from)];
    ([raw(), raw(), raw(), raw(), raw()], next)
        .prop_map(|([a, b, c, d, e], next)| [a, b, c, d, e, next])
}

fn steps() -> impl Strategy<Value = Vec<laws::Step>> {
    let gap = prop_oneof![
        6 => 0..=3_u64,
        3 => 0..=1_000_000_u64,
        2 => 31_536_000 - 3..=31_536_000_u64 + 3,
        1 => any::<u64>(),
    ];
    prop::collection::vec((gap, raw(), raw()), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn stays_in_range(kind in any::<u8>(), seed in seed(), steps in steps()) {
        laws::stays_in_range(kind, seed, &steps);
    }

    #[test]
    fn late_call_equals_timely_call(
        kind in any::<u8>(),
        seed in seed(),
        steps in steps(),
        parts in prop::collection::vec(prop_oneof![0..=20_u64, any::<u64>()], 1..8),
    ) {
        laws::late_call_equals_timely_call(kind, seed, &steps, &parts);
    }

    #[test]
    fn twice_in_a_second_is_once(kind in any::<u8>(), seed in seed(), steps in steps()) {
        laws::twice_in_a_second_is_once(kind, seed, &steps);
    }

    #[test]
    fn monotone_response(
        kind in any::<u8>(),
        seed in seed(),
        steps in steps(),
        at in any::<usize>(),
        more in raw(),
    ) {
        laws::monotone_response(kind, seed, &steps, at, more);
    }

    #[test]
    fn as_the_specification(seed in seed(), steps in steps()) {
        laws::as_the_specification(seed, &steps);
    }

    #[test]
    fn minted_by_definition(
        seed in seed(),
        steps in prop::collection::vec((any::<u8>(), raw(), raw()), 1..6),
    ) {
        laws::minted_by_definition(seed, &steps);
    }
}
