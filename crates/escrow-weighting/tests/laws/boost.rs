//! The laws of the boost, each once, as checks over plain integers.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too"
)]

use tokenomics_escrow_weighting::Boost;
use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};

fn boost(base: u64) -> Boost {
    let base = if base == u64::MAX {
        Fraction::SCALE
    } else {
        base % Fraction::SCALE
    };
    Boost::new(Fraction::from_raw(base).unwrap())
}

/// What counts is at least the base's part, at most the liquidity, and no less with more weight, and of
/// small numbers it is the exact value floored.
pub fn boost_bounded(base: u64, liquidity: [u128; 2], weight: [(u128, u128); 3]) {
    let boost = boost(base);
    let [mine, all] = liquidity.map(Amount::new);
    let [less, more, whole] = weight.map(|(amount, unit)| U256::product(amount, unit));
    let (less, more) = (less.min(more), less.max(more));
    let floor = mine.mul_fraction(boost.base(), Rounding::Floor);
    let counted = [U256::ZERO, less, more].map(|weight| boost.of(mine, all, weight, whole));
    assert_eq!(counted[0], floor);
    assert!(counted.is_sorted() && counted[2] <= mine, "{counted:?}");
    if whole.is_zero() {
        assert_eq!(counted, [floor; 3]);
    }
    by_definition(boost, liquidity, weight);
}

/// The same of the lowest 32 bits of each number, in 128.
fn by_definition(boost: Boost, liquidity: [u128; 2], weight: [(u128, u128); 3]) {
    let low = |number: u128| number & u128::from(u32::MAX);
    let [mine, all] = liquidity.map(low);
    let [weight, whole] = [low(weight[0].0), low(weight[2].0).max(1)];
    let scale = u128::from(Fraction::SCALE);
    let base = u128::from(boost.base().raw());
    let exact = (base * mine * whole + (scale - base) * all * weight) / (scale * whole);
    let [mine, all] = [mine, all].map(Amount::new);
    let counted = boost.of(mine, all, weight.into(), whole.into());
    assert_eq!(counted, Amount::new(exact).min(mine));
}

/// A holder who splits liquidity and weight over two names counts no more than with one.
pub fn no_gain_by_splitting(base: u64, liquidity: (u128, u128, u128), weight: (u128, u128, u128)) {
    let boost = boost(base);
    let (mine, part, others) = liquidity;
    let part = if mine == 0 { 0 } else { part % mine };
    let all = Amount::new(mine.saturating_add(others));
    let (of_one, of_other, unit) = weight;
    let [one, other] = [of_one >> 1, of_other >> 1].map(|amount| U256::product(amount, unit));
    let both = one.checked_add(other).unwrap();
    let whole = both.checked_add(U256::from(others)).unwrap_or(both);
    let [first, second] = [(part, one), (mine - part, other)];
    let of = |(mine, weight)| boost.of(Amount::new(mine), all, weight, whole);
    let apart = of(first).checked_add(of(second)).unwrap();
    assert!(apart <= of((mine, both)), "{apart} apart");
}
