//! Exact powers and roots in integers.

use num_bigint::BigUint;

use crate::elementary::exact::{checked_power, lowest_terms, perfect_root};
use crate::elementary::power::Power;
use crate::elementary::precise::Verdict;
use crate::elementary::rational::{Denominator, Rational};
use crate::elementary::{approximate::SCALE, Argument};

#[test]
fn a_power_is_found_as_long_as_it_fits() {
    for base in (0..300_u128).chain([1 << 42, (1 << 64) - 1, 1 << 64, u128::MAX]) {
        let mut power = BigUint::from(1_u8);
        for exponent in 1..=140_u128 {
            power *= base;
            let fits = u128::try_from(&power).ok();
            assert_eq!(checked_power(base, exponent), fits, "{base}^{exponent}");
        }
    }
    for trivial in [0, 1] {
        assert_eq!(checked_power(trivial, u128::MAX), Some(trivial));
    }
}

#[test]
fn a_root_is_found_of_every_perfect_power_and_of_no_number_next_to_one() {
    for root in (2..300_u128).chain([(1 << 42) - 1, 1 << 42, (1 << 64) - 1]) {
        for degree in 2..128_u64 {
            let Some(power) = checked_power(root, degree.into()) else {
                break;
            };
            assert_eq!(perfect_root(power, degree), Some(root), "{root}^{degree}");
            assert_eq!(perfect_root(power + 1, degree), None);
            // 2^2 − 1 is 3, and no perfect power is one less than another but 8.
            assert_eq!(perfect_root(power - 1, degree), None);
        }
    }
    for degree in [1, 2, 127, 128, u64::MAX] {
        assert_eq!(perfect_root(1, degree), Some(1));
    }
    assert_eq!(perfect_root(7, 1), Some(7));
    assert_eq!(perfect_root(u128::MAX, 1), Some(u128::MAX));
    assert_eq!(perfect_root(u128::MAX, 128), None);
}

#[test]
fn terms_are_lowest() {
    let terms = [
        (SCALE, (1, 1)),
        (1, (1, 1_000_000_000_000_000_000)),
        (SCALE / 2, (1, 2)),
        (SCALE / 4 * 3, (3, 4)),
        (SCALE * 7, (7, 1)),
        (SCALE / 1_000 * 1_024, (128, 125)),
        (u128::MAX, (u128::MAX / 5, 200_000_000_000_000_000)),
    ];
    for (raw, lowest) in terms {
        assert_eq!(lowest_terms(raw), lowest, "{raw}");
    }
}

#[test]
fn terms_are_as_low_as_the_greatest_common_divisor_makes_them() {
    let divisor = |mut a: u128, mut b: u128| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let fives = (0..56).map(|power| 5_u128.pow(power));
    let twos_and_fives = fives.flat_map(|fives| (0..128).map(move |twos| (fives, twos)));
    for (fives, twos) in twos_and_fives {
        for factor in [1, 3, 7, 999_999_999_989, (1 << 61) - 1] {
            let product = fives.checked_mul(factor);
            let Some(raw) = product.and_then(|of| of.checked_mul(1 << twos)) else {
                break;
            };
            for raw in [raw - 1, raw, raw.saturating_add(1)] {
                let common = divisor(raw, SCALE);
                if raw != 0 {
                    let lowest = (raw / common, (SCALE / common) as u64);
                    assert_eq!(lowest_terms(raw), lowest, "{raw}");
                }
            }
        }
    }
}

/// 1/degree, cut off at its 127th or 128th bit.
#[test]
fn a_roots_exponent_is_cut_off_at_its_last_bit() {
    let powers = (1..32).map(|power| 1_u32 << power);
    let edges = powers.flat_map(|power| [power - 1, power, power + 1]);
    for degree in (2..1_000).chain(edges).chain([u32::MAX - 1, u32::MAX]) {
        let root = Rational {
            numerator: 1,
            denominator: Denominator::Degree(degree),
        };
        let (mantissa, places, error) = root.normalized();
        let exact = (BigUint::from(1_u8) << places) / degree;
        assert_eq!(BigUint::from(mantissa), exact, "{degree}");
        assert!(mantissa >> 126 != 0 && error == 1);
    }
}

fn halves(
    base: u128,
    negative: bool,
    numerator: u128,
    denominator: Denominator,
) -> Option<Verdict> {
    let exponent = Rational {
        numerator,
        denominator,
    };
    Power {
        base,
        negative,
        exponent,
    }
    .exact()
}

#[test]
fn every_number_of_half_units_is_an_exact_case() {
    use Denominator::{Degree, One, Scale};
    let is = |halves| Some(Verdict::Near(halves, false));
    let unit = 2 * SCALE;
    // Up to 2^127 units and to the type's end, where a half unit more has 129 bits.
    assert_eq!(halves(2 * SCALE, false, 67, One), is(unit << 67));
    let carry = u128::MAX / SCALE * SCALE;
    assert_eq!(
        halves(carry, false, 1, One),
        Some(Verdict::Near(carry << 1, true))
    );
    assert_eq!(halves(2 * SCALE, false, 70, One), Some(Verdict::TooLarge));
    assert_eq!(halves(2 * SCALE, false, 127, One), Some(Verdict::TooLarge));
    assert_eq!(
        halves(2 * SCALE, false, 1 << 100, One),
        Some(Verdict::TooLarge)
    );
    // Down to one half of a unit: 2^-18·5^-18·½ needs the 19th power of ½ and not of a fifth.
    assert_eq!(halves(SCALE / 2, false, 19, One), is(unit >> 19));
    assert_eq!(halves(2 * SCALE, true, 19, One), is(unit >> 19));
    assert_eq!(halves(SCALE / 2, false, 20, One), None);
    assert_eq!(halves(SCALE / 10, false, 18, One), is(2));
    assert_eq!(halves(SCALE / 10, false, 19, One), None);
    // Of roots: a quotient of perfect powers.
    assert_eq!(
        halves(SCALE / 4 * 9, false, SCALE / 2, Scale),
        is(3 * SCALE)
    );
    assert_eq!(halves(SCALE / 4 * 9, false, 1, Degree(2)), is(3 * SCALE));
    assert_eq!(halves(SCALE / 4 * 9, true, SCALE / 2, Scale), None);
    assert_eq!(
        halves(SCALE / 16, true, SCALE / 4 * 3, Scale),
        is(16 * SCALE)
    );
    assert_eq!(halves(SCALE / 2 * 9, false, 1, Degree(2)), None);
    assert_eq!(halves(8 * SCALE, false, 1, Degree(2)), None);
    assert_eq!(halves(8 * SCALE, false, 1, Degree(3)), is(2 * unit));
    assert_eq!(halves(SCALE + 1, false, 2, One), None);
}
