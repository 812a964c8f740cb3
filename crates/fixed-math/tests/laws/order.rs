//! The order, equality and hash of ratios.

use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use tokenomics_fixed_math::{Error, Ratio};

use super::{product, ratio};

/// The order of ratios is that of the exact values, total, and consistent with equality, with the
/// hash and with lowest terms.
pub(crate) fn ratio_order(a: (u128, u128), b: (u128, u128), c: (u128, u128)) {
    let [x, y, z] = [a, b, c].map(|(numerator, denominator)| ratio(numerator, denominator));
    let exact =
        product(x.numerator(), y.denominator()).cmp(&product(y.numerator(), x.denominator()));
    assert_eq!(x.cmp(&y), exact);
    assert_eq!(y.cmp(&x), exact.reverse());
    assert_eq!(x == y, exact == Ordering::Equal);
    if x <= y && y <= z {
        assert!(x <= z);
    }
    if x == y {
        assert_eq!(hash(x), hash(y), "{x} and {y}");
    }
    let reduced = x.reduced();
    assert_eq!(reduced, x);
    assert_eq!(hash(reduced), hash(x));
    let again = reduced.reduced();
    assert_eq!(
        (again.numerator(), again.denominator()),
        (reduced.numerator(), reduced.denominator()),
    );
    match x.recip() {
        Ok(recip) => assert_eq!(recip.recip(), Ok(x)),
        Err(error) => {
            assert_eq!(x.numerator(), 0);
            assert_eq!(error, Error::DivisionByZero);
        }
    }
}

/// Equal ratios hash alike whatever they were multiplied by.
pub(crate) fn ratio_hash(numerator: u64, denominator: u64, factor: u64) {
    let scale = |value: u64| u128::from(value.max(1)) * u128::from(factor.max(1));
    let small = ratio(numerator.max(1).into(), denominator.max(1).into());
    let large = ratio(scale(numerator), scale(denominator));
    assert_eq!(small, large);
    assert_eq!(hash(small), hash(large));
}

/// The product of two ratios is exact, or an error where its lowest terms don't fit.
pub(crate) fn ratio_product(a: (u128, u128), b: (u128, u128)) {
    let [x, y] = [a, b].map(|(numerator, denominator)| ratio(numerator, denominator));
    let above = product(x.numerator(), y.numerator());
    let below = product(x.denominator(), y.denominator());
    match x.checked_mul(y) {
        Ok(got) => {
            let (numerator, denominator) = (got.numerator().into(), got.denominator().into());
            assert_eq!(above.times(&denominator), below.times(&numerator));
            assert_eq!(y.checked_mul(x), Ok(got));
        }
        Err(Error::Overflow { bits, max }) => {
            // A common factor of the products is one of a numerator and a denominator.
            let [(a, b), (c, d)] =
                [x, y].map(|ratio| lowest(ratio.numerator(), ratio.denominator()));
            let ((a, d), (c, b)) = (lowest(a, d), lowest(c, b));
            let (above, below) = (product(a, c).wide(), product(b, d).wide());
            let below_alone = bits == below.bits() && above.to_u128().is_ok();
            assert!(bits == above.bits() || below_alone);
            assert!(bits > 128 && max == u128::MAX);
        }
        Err(other) => panic!("{other}"),
    }
}

fn lowest(numerator: u128, denominator: u128) -> (u128, u128) {
    let (mut a, mut b) = (numerator, denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (numerator / a, denominator / a)
}

fn hash(ratio: Ratio) -> u64 {
    let mut hasher = DefaultHasher::new();
    ratio.hash(&mut hasher);
    hasher.finish()
}
