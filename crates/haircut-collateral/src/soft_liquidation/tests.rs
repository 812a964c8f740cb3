//! The root of a band is the exact one, rounded as it says, and no trade lowers it.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use super::band::Band;
use super::curve::Curve;

/// z² − (x + c·y)·z − x·c·y/(A − 1), times (A − 1), for z and c·y in 2^-bits: of numbers so small that it fits.
fn sign(root: U256, bits: u32, [x, y]: [u128; 2], amplification: u32) -> i128 {
    let root = i128::try_from(root.to_u128().unwrap()).unwrap();
    let [x, y] = [x, y].map(|units| i128::try_from(units << bits).unwrap());
    let less = i128::from(amplification) - 1;
    less * (root * root - (x + y) * root) - x * y
}

fn band(x: u128, y: u128) -> Band {
    Band::restore(Amount::new(y), Amount::new(x), Amount::new(1)).unwrap()
}

/// At a mean price of 1, with the root cut to 20 bits of a fraction.
#[test]
fn the_root_is_bracketed() {
    for amplification in [2, 3, 10, 100, 10_000] {
        for (x, y) in (0..400).map(|at| (at % 20, at / 20)).skip(1) {
            let one = U256::new(1, 0);
            let cut = |rounding| {
                let curve = Curve::new(band(x, y), one, amplification, rounding).unwrap();
                let (root, bits) = curve.root();
                let unit = U256::from(1 << (bits - 20));
                root.mul_div(1.into(), unit, rounding).unwrap()
            };
            let (low, high) = (cut(Rounding::Floor), cut(Rounding::Ceil));
            assert!(sign(low, 20, [x, y], amplification) <= 0);
            assert!(sign(high, 20, [x, y], amplification) >= 0);
            assert!(high.checked_sub(low).unwrap() <= 1.into());
        }
    }
}

/// What the curve keeps beside an amount is the least with which its root isn't lower: with one unit less it
/// is, or is the same.
#[test]
fn the_curve_keeps_the_least() {
    for amplification in [2, 3, 100] {
        for mean in [1_u128 << 127, 3 << 126, 5 << 125] {
            for (x, y) in (0..400).map(|at| (at % 20, at / 20)).skip(1) {
                let mean = U256::from(mean);
                let root = |band| {
                    let curve = Curve::new(band, mean, amplification, Rounding::Floor);
                    let (root, bits) = curve.unwrap().root();
                    (root.shr_floor(bits - 64), curve.unwrap())
                };
                let ceiled = Curve::new(band(x, y), mean, amplification, Rounding::Ceil).unwrap();
                let (before, _) = root(band(x, y));
                for paid in 0..8 {
                    let kept = ceiled
                        .collateral_beside(x + paid)
                        .unwrap()
                        .to_u128()
                        .unwrap();
                    let (after, _) = root(band(x + paid, kept));
                    assert!(after.checked_add(2.into()).unwrap() >= before);
                    if kept > 1 {
                        assert!(root(band(x + paid, kept - 1)).0 <= before);
                    }
                    let kept = ceiled.proceeds_beside(y + paid).unwrap().to_u128().unwrap();
                    let (after, _) = root(band(kept, y + paid));
                    assert!(after.checked_add(2.into()).unwrap() >= before);
                    if kept > 1 {
                        assert!(root(band(kept - 1, y + paid)).0 <= before);
                    }
                }
            }
        }
    }
}

/// Near 2^126 the root has no bit of a fraction, and a unit more or less of it is a unit of what is traded: there
/// and back leaves no less.
#[test]
fn large_bands_never_lose() {
    let mean = U256::new(0, u128::MAX / 7 * 6);
    for amplification in [2, 100, 10_000] {
        for at in 0..400_u128 {
            let x = (1 << 125) + at * 0x1357_9bdf_0246_8ace;
            let y = (1 << 122) + at * at * 0x0fed_cba9_8765_4321;
            let curve = |band| Curve::new(band, mean, amplification, Rounding::Ceil).unwrap();
            let units = |kept: Result<U256, _>| kept.unwrap().to_u128().unwrap();
            for paid in [1, 2, 3, 1 << 100] {
                let kept = units(curve(band(x, y)).collateral_beside(x + paid)).min(y);
                let back = units(curve(band(x + paid, kept)).proceeds_beside(y));
                assert!(back >= x, "{amplification} {at} {paid}");
                let kept = units(curve(band(x, y)).proceeds_beside(y + paid)).min(x);
                let back = units(curve(band(kept, y + paid)).collateral_beside(x));
                assert!(back >= y, "{amplification} {at} {paid}");
            }
        }
    }
}
