//! What the functions are drawn for: all magnitudes, the neighbourhoods of every point where a
//! function, its domain or its rounding turns, and exact results a few units off.

pub(crate) mod number;

use proptest::prelude::*;
use proptest::sample::select;
use tokenomics_fixed_math::{Rounding, SignedWad, Wad};

const ONE: u128 = Wad::SCALE;

/// Up to 20 units to either side, mostly none or one.
fn beside(at: impl Strategy<Value = u128>) -> impl Strategy<Value = u128> {
    let by = prop_oneof![2 => Just(0), 2 => -1..=1_i128, 1 => -20..=20_i128];
    (at, by).prop_map(|(at, by)| at.saturating_add_signed(by))
}

/// As often of each magnitude.
fn magnitude() -> impl Strategy<Value = u128> {
    (any::<u128>(), 0..128_u32).prop_map(|(value, shift)| value >> shift)
}

/// A number to take a function of.
pub(crate) fn argument() -> impl Strategy<Value = u128> {
    let next_to_one = (0..ONE, 0..60_u32, any::<bool>()).prop_map(|(by, shift, above)| {
        let by = by >> shift;
        if above {
            ONE + by
        } else {
            ONE - by
        }
    });
    prop_oneof![
        2 => 0..=20_u128,
        1 => (0..=20_u128).prop_map(|below| u128::MAX - below),
        2 => beside(Just(ONE)),
        3 => next_to_one,
        3 => next_to_a_tie(),
        3 => beside(exact()),
        2 => any::<u128>(),
        6 => magnitude(),
    ]
}

/// 1 + d where the second term of a series, d²/2 or so, is nearly a number of half units: the
/// logarithm, the root and many powers of it are next to a unit or a tie.
fn next_to_a_tie() -> impl Strategy<Value = u128> {
    (1..=2_000_u128, any::<bool>()).prop_map(|(quarters, above)| {
        let distance = ((quarters * ONE / 4) as f64).sqrt() as u128;
        if above {
            ONE + distance
        } else {
            ONE - distance
        }
    })
}

/// Powers of 2, of 10 and of any number of few digits.
fn exact() -> impl Strategy<Value = u128> {
    let two = (0..=68_u32).prop_map(|twos| ONE << twos);
    let half = (0..=18_u32).prop_map(|twos| ONE >> twos);
    let ten = (0..=38_u32).prop_map(|tens| 10_u128.pow(tens));
    let perfect = (2..2_000_u128, 0..=4_u32, 1..=24_u32).prop_map(|(digits, point, exponent)| {
        // (digits / 10^point)^exponent where that has 18 decimals; else the digits alone.
        let scale = 18_u32.checked_sub(point * exponent);
        let power = digits.checked_pow(exponent);
        let exact = scale.and_then(|scale| power?.checked_mul(10_u128.pow(scale)));
        exact.unwrap_or(digits * ONE)
    });
    prop_oneof![1 => two, 1 => half, 1 => ten, 4 => perfect]
}

/// An exponent of e or 2: results over all of the range, and next to the ends of the domain.
pub(crate) fn exponent() -> impl Strategy<Value = i128> {
    const UNIT: i128 = SignedWad::SCALE;
    let within = -42 * UNIT..=48 * UNIT;
    let binary = -61 * UNIT..=69 * UNIT;
    // Where e^x and 2^x leave the range above, and 1 unit and half a unit below.
    let ends = select(vec![
        47_276_307_437_780_177_293,
        68_205_294_292_027_477_738,
        46_583_160_257_220_231_984,
        -41_446_531_673_892_822_312,
        -42_139_678_854_452_767_551,
        -59_794_705_707_972_522_262,
        -60_794_705_707_972_522_262,
        i128::MAX,
        i128::MIN,
        0,
    ]);
    let whole = (-70..=70_i128).prop_map(|whole| whole * UNIT);
    // Where e^x, in units, is next to an integer or a tie.
    let few_halves = (1..=200_u128).prop_map(|halves| {
        let log = |of| Wad::from_raw(of).ln(Rounding::HalfEven).unwrap().raw();
        log(halves) - log(2 * ONE)
    });
    let centre = prop_oneof![2 => ends, 2 => whole, 2 => few_halves];
    let beside = (centre, -20..=20_i128).prop_map(|(at, by): (i128, i128)| at.saturating_add(by));
    prop_oneof![4 => within, 2 => binary, 6 => beside, 3 => signed_magnitude()]
}

pub(crate) fn signed_magnitude() -> impl Strategy<Value = i128> {
    (any::<i128>(), 0..128_u32).prop_map(|(value, shift)| value >> shift)
}

/// A base, and an exponent with 18 decimals that gives it a result in the range or next to its end.
pub(crate) fn power() -> impl Strategy<Value = (u128, i128)> {
    const UNIT: i128 = SignedWad::SCALE;
    let few = (
        -40..=40_i128,
        select(vec![1, 2, 3, 4, 5, 8, 10, 16, 25, 64, 1_000]),
    );
    let few = few.prop_map(|(above, below)| above * UNIT / below);
    let small = (0..=20_i128, any::<bool>()).prop_map(|(by, up)| if up { by } else { -by });
    let free = prop_oneof![4 => few, 2 => small, 2 => signed_magnitude(), 2 => -3 * UNIT..3 * UNIT];
    let free = (argument(), free, -1..=1_i128)
        .prop_map(|(base, exponent, by)| (base, exponent.saturating_add(by)));
    let fitting = (argument(), target()).prop_map(|(base, target)| {
        let exponent = target / binary_log(base);
        (base, (exponent * UNIT as f64) as i128)
    });
    prop_oneof![3 => free, 3 => fitting]
}

/// A base, and a whole exponent that gives it a result in the range or next to its end.
pub(crate) fn whole_power() -> impl Strategy<Value = (u128, i64)> {
    let few = (argument(), -40..=40_i64);
    // An integer and a unit: their powers are next to integers, but for the last of many digits.
    let next_to_whole = (1..=64_u32, any::<u64>(), any::<bool>(), 2..=4_i64);
    let next_to_whole = next_to_whole.prop_map(|(bits, whole, above, exponent)| {
        let whole = u128::from(whole >> (64 - bits)).max(1) * ONE;
        (if above { whole + 1 } else { whole - 1 }, exponent)
    });
    let any = (argument(), any::<i64>(), 0..64_u32)
        .prop_map(|(base, exponent, shift)| (base, exponent >> shift));
    let fitting = (argument(), target())
        .prop_map(|(base, target)| (base, (target / binary_log(base)) as i64));
    prop_oneof![3 => few, 2 => next_to_whole, 2 => any, 4 => fitting]
}

/// The logarithm to base 2 of a result: over the range, and at its ends.
fn target() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -61.0..69.0_f64, 1 => 68.2..68.21_f64, 1 => -60.9..-60.7_f64]
}

fn binary_log(base: u128) -> f64 {
    let log = (base as f64 / ONE as f64).log2();
    if base.abs_diff(ONE) < 1 << 40 {
        // The quotient has too few digits for it.
        (base as f64 - ONE as f64) / ONE as f64 * std::f64::consts::LOG2_E
    } else {
        log
    }
}

/// A number of periods or terms: few, all magnitudes, and the most.
pub(crate) fn count() -> impl Strategy<Value = u64> {
    prop_oneof![
        2 => 0..=80_u64,
        4 => (any::<u64>(), 0..64_u32).prop_map(|(value, shift)| value >> shift),
        1 => select(vec![31_536_000, 255, 256, u64::MAX]),
    ]
}

/// A ratio whose geometric series sums to a number of half units, from which no sum of it differs
/// by as much as any precision shows once there are terms enough.
pub(crate) fn ratio_with_a_limit() -> impl Strategy<Value = u128> {
    // 10^36 / d is one for each d = 2^i·5^j below 10^18.
    let parts = (0..=37_u32, 0..=25_u32).prop_map(|(twos, fives)| {
        let part = (twos + 3 * fives < 62).then(|| (1_u128 << twos) * 5_u128.pow(fives));
        part.filter(|&part| part < ONE).unwrap_or(1)
    });
    (parts, -1..=1_i128).prop_map(|(part, by)| (ONE - part).saturating_add_signed(by))
}

/// The degree of a root.
pub(crate) fn degree() -> impl Strategy<Value = u32> {
    prop_oneof![
        4 => 0..=70_u32,
        2 => (any::<u32>(), 0..32_u32).prop_map(|(value, shift)| value >> shift),
        1 => select(vec![31_536_000, u32::MAX]),
    ]
}
