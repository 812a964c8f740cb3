//! Roots that are integers: each the one its direction defines.

use tokenomics_fixed_math::{icbrt, isqrt, Error, Quantity, Rounding, SignedWad, Wad, U256};

use super::natural::Natural;
use super::product;

/// `bracket_of_roots`: floorⁿ ≤ number < (floor + 1)ⁿ, and each direction is the one that its
/// definition gives, for the number and for those about the squares, the cubes and the middles that
/// it is the root of.
pub(crate) fn bracket_of_roots(high: u128, low: u128) {
    square_roots_of(U256::new(high, low));
    roots_of(low);
    wads_of(low);
    for wide in about(high, 2).chain(about(low, 2)) {
        square_roots_of(wide.wide());
    }
    // 2^43 is above all cube roots of 128 bits.
    let roots = [
        (low >> 64, 2),
        (low & u128::from(u64::MAX), 2),
        (low >> 85, 3),
        (low >> 107, 3),
    ];
    for (root, degree) in roots {
        for narrow in about(root, degree).filter(|number| number.fits(128)) {
            roots_of(narrow.wide().low());
        }
    }
    // √(n·10^18) is about √n·10^9.
    for narrow in about(low >> 64, 2) {
        wads_of(narrow.wide().low());
    }
}

/// Where a root is rounded otherwise than a unit below: rootⁿ, and what is above (root + ½)ⁿ.
fn about(root: u128, degree: usize) -> impl Iterator<Item = Natural> {
    let power = Natural::from(root).power(degree);
    let before = (root > 0).then(|| power.minus(&1.into()));
    let middle = product(2, root)
        .plus(&1.into())
        .power(degree)
        .shifted_down(degree);
    let beyond = middle.plus(&1.into());
    before.into_iter().chain([power, middle, beyond])
}

fn square_roots_of(number: U256) {
    for rounding in Rounding::ALL {
        let root = number.isqrt(rounding);
        assert_root(&number.into(), 2, &root.into(), rounding);
    }
}

fn roots_of(number: u128) {
    let exact = Natural::from(number);
    for rounding in Rounding::ALL {
        assert_root(&exact, 2, &isqrt(number, rounding).into(), rounding);
        assert_root(&exact, 3, &icbrt(number, rounding).into(), rounding);
    }
}

fn wads_of(raw: u128) {
    let (wad, signed) = (Wad::from_raw(raw), SignedWad::from_raw(raw as i128));
    let exact = product(raw, Wad::SCALE);
    for rounding in Rounding::ALL {
        let root = wad.sqrt(rounding);
        assert_root(&exact, 2, &root.raw().into(), rounding);
        let want = match signed.is_negative() {
            false => Ok(SignedWad::try_from(root).unwrap()),
            true => Err(Error::Domain {
                what: Quantity::Radicand,
                value: signed,
                bound: SignedWad::ZERO,
            }),
        };
        assert_eq!(signed.sqrt(rounding), want);
    }
    // Another way to the same number.
    assert_eq!(
        wad.nth_root(2, Rounding::Ceil),
        Ok(wad.sqrt(Rounding::Ceil))
    );
}

/// Whether a root is the one that its direction defines.
fn assert_root(number: &Natural, degree: usize, root: &Natural, rounding: Rounding) {
    let one = Natural::from(1);
    let power = |root: &Natural| root.power(degree);
    let holds = match rounding {
        Rounding::Floor => power(root) <= *number && *number < power(&root.plus(&one)),
        Rounding::Ceil => {
            *number <= power(root) && (root.is_zero() || power(&root.minus(&one)) < *number)
        }
        // There are no ties: the power of a number of halves that is odd is no integer.
        Rounding::HalfEven | Rounding::HalfUp => {
            let (twice, number) = (root.shifted(1), number.shifted(degree));
            number < power(&twice.plus(&one))
                && (root.is_zero() || power(&twice.minus(&one)) < number)
        }
    };
    assert!(
        holds,
        "{root:?} is no root of {number:?}, {degree}, {rounding:?}"
    );
}
