//! Every law, driven with parameters at either end of their ranges, figures of real protocols, and
//! calls that come at once, late and very late.

mod laws;

use laws::{Kind, Minting, Seed, Step};
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

fn seed() -> impl Strategy<Value = Seed> {
    let next = prop_oneof![8 => 0..=1_000_u128, 1 => any::<u64>().prop_map(u128::from)];
    ([raw(), raw(), raw(), raw(), raw()], next)
        .prop_map(|([a, b, c, d, e], next)| [a, b, c, d, e, next])
}

fn kind() -> impl Strategy<Value = Kind> {
    any::<u8>().prop_map(Kind::of)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let gap = prop_oneof![
        6 => 0..=3_u64,
        3 => 0..=1_000_000_u64,
        2 => 31_536_000 - 3..=31_536_000_u64 + 3,
        1 => any::<u64>(),
    ];
    let step = (gap, raw(), raw());
    let step = step.prop_map(|(gap, demand, other)| Step { gap, demand, other });
    prop::collection::vec(step, 1..12)
}

fn mintings() -> impl Strategy<Value = Vec<Minting>> {
    let minting = (any::<u8>(), raw(), raw());
    let minting = minting.prop_map(|(units, unbonded, supply)| Minting {
        units,
        unbonded,
        supply,
    });
    prop::collection::vec(minting, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn stays_in_range(kind in kind(), seed in seed(), steps in steps()) {
        laws::stays_in_range(kind, seed, &steps);
    }

    #[test]
    fn late_call_equals_timely_call(
        kind in kind(),
        seed in seed(),
        steps in steps(),
        parts in prop::collection::vec(prop_oneof![0..=20_u64, any::<u64>()], 1..8),
    ) {
        laws::late_call_equals_timely_call(kind, seed, &steps, &parts);
    }

    #[test]
    fn twice_in_a_second_is_once(kind in kind(), seed in seed(), steps in steps()) {
        laws::twice_in_a_second_is_once(kind, seed, &steps);
    }

    #[test]
    fn monotone_response(
        kind in kind(),
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
    fn minted_by_definition(seed in seed(), steps in mintings()) {
        laws::minted_by_definition(seed, &steps);
    }
}
