//! The law of curves.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Rounding, SignedWad, Wad, U256};
use tokenomics_vesting::{Exponential, Linear, Power, Schedule};

use super::at;
use super::shapes::steepness;

/// A curve vests what the exact one has, floored once.
pub fn the_curve_rounded_once(duration: u64, elapsed: u64, total: u128, lump: u128) {
    let duration = duration.max(1);
    let elapsed = elapsed % duration;
    powers(duration, elapsed, total);
    exponentials(duration, elapsed, total, lump);
}

fn powers(duration: u64, elapsed: u64, total: u128) {
    let (d, n) = (u128::from(duration), u128::from(elapsed));
    let vested = |exponent: u128, total| {
        let (exponent, total) = (Wad::from_raw(exponent), Amount::new(total));
        let power = Power::new(at(0), at(duration), exponent, total).unwrap();
        power.vested_at(at(elapsed)).get()
    };
    let linear = Linear::new(at(0), at(duration), Amount::new(total)).unwrap();
    let evenly = linear.vested_at(at(elapsed)).get();
    assert_eq!(vested(Wad::SCALE, total), evenly);

    // v ≤ total·n²/d² < v + 1.
    let square = vested(2 * Wad::SCALE, total);
    let above = |v| U256::cmp_products(v, d * d, total, n * n) == Ordering::Greater;
    assert!(!above(square) && above(square + 1), "{square}");
    assert!(square <= evenly);

    // v² ≤ total²·n/d < (v + 1)², of a total whose square times 64 bits fits 256.
    let total = total >> 33;
    let root = vested(Wad::SCALE / 2, total);
    let squared = |v, by| U256::product(v, v).checked_mul(by).unwrap();
    assert!(squared(root, d) <= squared(total, n), "{root}");
    assert!(squared(root + 1, d) > squared(total, n), "{root}");
}

fn exponentials(duration: u64, elapsed: u64, total: u128, lump: u128) {
    let vested = |steepness: SignedWad, elapsed| {
        let (start, end) = (at(0), at(duration));
        let curve = Exponential::new(start, end, steepness, Amount::new(total)).unwrap();
        curve.vested_at(at(elapsed)).get()
    };
    let linear = Linear::new(at(0), at(duration), Amount::new(total)).unwrap();
    let evenly = linear.vested_at(at(elapsed)).get();
    assert_eq!(vested(SignedWad::ZERO, elapsed), evenly);

    let (up, down) = (steepness(lump, false), steepness(lump, true));
    let (back, front) = (vested(up, elapsed), vested(down, elapsed));
    assert!(back <= evenly && evenly <= front, "{back}, {front}");
    // Seen from the other end, what the one vests the other leaves: exact curves that sum to the
    // total and are no whole numbers, both floored.
    if elapsed > 0 && total > 0 && up != SignedWad::ZERO {
        let left = total - vested(down, duration - elapsed);
        assert_eq!(left, back + 1, "{up} at {elapsed} of {duration}");
    }
    between(duration, elapsed, total, up, back);
}

/// Between what the exponentials of 18 decimals come to, both rounded down and both up.
fn between(duration: u64, elapsed: u64, total: u128, steepness: SignedWad, back: u128) {
    let (elapsed, duration) = (
        Wad::from_raw(elapsed.into()),
        Wad::from_raw(duration.into()),
    );
    let growth = |rounding| {
        let so_far = steepness.abs().mul_div(elapsed, duration, rounding)?;
        Ok((so_far.expm1(rounding)?, steepness.abs().expm1(rounding)?))
    };
    let Ok::<_, tokenomics_fixed_math::Error>((low, low_all)) = growth(Rounding::Floor) else {
        return;
    };
    let (high, high_all) = growth(Rounding::Ceil).unwrap();
    let total = Amount::new(total);
    let least = total.mul_div(low.raw(), high_all.raw().max(1), Rounding::Floor);
    let most = total.mul_div(high.raw(), low_all.raw().max(1), Rounding::Floor);
    // Where the divisor has digits; and the most may be above the total, and above all amounts.
    if low_all.raw() > 1_000 {
        assert!(back >= least.unwrap().get(), "{steepness}: {back}");
        assert!(
            most.map_or(true, |most| back <= most.get()),
            "{steepness}: {back}"
        );
    }
}
