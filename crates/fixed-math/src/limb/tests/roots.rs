//! The root of 64 bits, which that of a nibble stands in for at 8 bits.

use super::super::roots::sqrt_and_rest_of_word;
use super::*;

/// The least number that has one of its upper two bits set.
const LEAST: u64 = 1 << 62;

fn assert_root(of: u64) {
    let (root, rest) = sqrt_and_rest_of_word(of);
    let square = u128::from(root) * u128::from(root);
    assert_eq!(square + u128::from(rest), of.into(), "{of}");
    assert!(u128::from(rest) <= 2 * u128::from(root), "{of}");
}

#[test]
fn the_root_of_a_word_is_its_floor() {
    for of in [LEAST, LEAST + 1, u64::MAX, u64::MAX - 1] {
        assert_root(of);
    }
    // About squares all over the range, where the floor changes, and about steps of the parabola.
    for at in 0..1_u64 << 18 {
        let root = (1 << 31) + (at << 13) + ((at * at) & 0x1fff);
        let square = root * root;
        for of in [square, (square - 1).max(LEAST), square + root] {
            assert_root(of);
        }
        assert_root(LEAST + at * ((u64::MAX - LEAST) >> 18));
    }
    assert_root((u64::from(u32::MAX)).pow(2));
    assert_root((u64::from(u32::MAX)).pow(2) - 1);
}

/// The estimate is a parabola within 2^-7.6 of the root, so two of Heron's steps are one above it at
/// most: see docs/numerics.md.
#[test]
fn the_largest_error_of_the_parabola_leaves_less_than_one() {
    let relative = |error: f64| error * error / 2.0 / (1.0 - error);
    let after_two = relative(relative(2_f64.powf(-7.6)) + 2_f64.powi(-31));
    assert!(after_two * 2_f64.powi(32) < 0.5);
}

#[test]
fn a_root_at_full_width_is_the_floor_and_tells_its_rest() {
    let numbers = wide_numbers();
    for (high, low) in numbers.clone().zip(numbers.skip(1)).take(30_000) {
        let of = exact(Long { high, low });
        for rounding in Rounding::ALL {
            let (carry, root) = sqrt_wide(high, low).rounded(rounding);
            let got = exact(Long {
                high: carry,
                low: root,
            });
            let floor = of.sqrt();
            let twice = (&of - floor.pow(2)).cmp(&floor);
            let up = match rounding {
                Rounding::Floor => false,
                Rounding::Ceil => of > floor.pow(2),
                Rounding::HalfEven | Rounding::HalfUp => twice == Ordering::Greater,
            };
            assert_eq!(got, floor + u32::from(up), "{of}, {rounding:?}");
        }
    }
}

/// A root by definition, by trying all.
fn root_by_definition(of: u32, degree: u32, rounding: Rounding) -> u32 {
    let floor = (0..)
        .find(|root: &u32| (root + 1).pow(degree) > of)
        .unwrap();
    let is_exact = floor.pow(degree) == of;
    // (floor + ½)^degree is never an integer.
    let is_below_middle = (2 * floor + 1).pow(degree) > of << degree;
    match rounding {
        Rounding::Floor => floor,
        _ if is_exact => floor,
        Rounding::Ceil => floor + 1,
        Rounding::HalfEven | Rounding::HalfUp => floor + u32::from(!is_below_middle),
    }
}

#[test]
fn every_square_and_cube_root_of_a_byte_in_every_direction() {
    for of in bytes() {
        for rounding in Rounding::ALL {
            for (degree, root) in [(2, sqrt(of)), (3, cbrt(of))] {
                let want = root_by_definition(of.into(), degree, rounding);
                let (high, low) = root.rounded(rounding);
                assert_eq!(
                    (high, u32::from(low)),
                    (0, want),
                    "{of} {degree}, {rounding:?}"
                );
            }
        }
    }
}

#[test]
fn every_square_root_of_two_bytes_in_every_direction() {
    for of in 0..=u16::MAX {
        let [high, low] = of.to_be_bytes();
        for rounding in Rounding::ALL {
            let want = root_by_definition(of.into(), 2, rounding);
            let (high, low) = sqrt_wide(high, low).rounded(rounding);
            assert_eq!(
                u32::from(high) << 8 | u32::from(low),
                want,
                "{of}, {rounding:?}"
            );
        }
    }
}
