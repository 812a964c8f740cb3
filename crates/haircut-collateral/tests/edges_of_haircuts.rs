//! What the rules of haircuts say at the ends of their ranges, where nothing is held, reported or left.

use tokenomics_fixed_math::{fraction, wad, Amount, Decimals, Fraction, Ratio, Span, Wad};
use tokenomics_haircut_collateral::{
    impact_haircut, recoverable_value, ConcentrationCap, ConcentrationThreshold, Confidence,
    DepthBudget, LiquidityRange, PriceAge, Quantity, SquareRootSize, TimeToExit, Volatility,
};
use tokenomics_haircut_collateral::{Error, Haircut};

const NOTHING: Fraction = Fraction::ZERO;
const ALL: Fraction = Fraction::ONE;
const UNIT: Amount = Amount::new(1);

#[test]
fn nothing_is_cut_of_nothing_and_all_without_a_market() {
    let empty = DepthBudget::new(Amount::ZERO, fraction!("0.02")).unwrap();
    assert_eq!(empty.haircut(Amount::ZERO), ALL);
    assert_eq!(empty.haircut(UNIT), ALL);
    assert_eq!(empty.largest_total(fraction!("0.5")), Amount::ZERO);
    assert_eq!(empty.largest_total(ALL), Amount::MAX);
    let deepest = DepthBudget::new(Amount::MAX, fraction!("0.000000000000000001")).unwrap();
    assert_eq!(deepest.haircut(Amount::ZERO), NOTHING);
    assert_eq!(deepest.haircut(Amount::MAX).raw(), 1);
    let shallowest = DepthBudget::new(UNIT, fraction!("0.999999999999999999")).unwrap();
    assert_eq!(shallowest.haircut(Amount::MAX), ALL);

    let shut = ConcentrationCap::new(Amount::ZERO);
    assert_eq!(
        (shut.haircut(Amount::ZERO), shut.haircut(UNIT)),
        (NOTHING, ALL)
    );
    assert_eq!(
        ConcentrationCap::new(Amount::MAX).haircut(Amount::MAX),
        NOTHING
    );
    let least = ConcentrationThreshold::new(UNIT).unwrap();
    assert_eq!(least.haircut(NOTHING, Amount::MAX), NOTHING);
    assert_eq!(
        least.haircut(Fraction::from_raw(1).unwrap(), Amount::MAX),
        ALL
    );
}

#[test]
fn a_sale_of_nothing_and_a_market_that_is_shut() {
    let (free, shut) = (|_| Some(Amount::MAX), |_| None);
    assert_eq!(impact_haircut(&shut, Ratio::ONE, Amount::ZERO), NOTHING);
    assert_eq!(impact_haircut(&shut, Ratio::ONE, UNIT), ALL);
    assert_eq!(impact_haircut(&free, Ratio::ZERO, UNIT), ALL);
    assert_eq!(
        impact_haircut(&free, Ratio::MAX, Amount::MAX)
            .complement()
            .raw(),
        0
    );
    assert_eq!(recoverable_value(&shut, Ratio::ONE, UNIT), Amount::ZERO);
    assert_eq!(
        recoverable_value(&free, Ratio::MAX, Amount::MAX),
        Amount::MAX
    );
    assert_eq!(
        recoverable_value(&free, Ratio::new(3, 2).unwrap(), UNIT),
        UNIT
    );
}

#[test]
fn a_price_of_nothing_has_no_credit_and_no_add_on() {
    let rule = Confidence::new(wad!("2"));
    assert_eq!(rule.haircut(Wad::ZERO, Wad::ZERO), ALL);
    assert_eq!(rule.held_price(Wad::ZERO, Wad::MAX), Wad::ZERO);
    let (what, value, bound) = (Quantity::Interval, 0, 0);
    let unpriced = rule.add_on(Wad::ZERO, Wad::ZERO);
    assert_eq!(unpriced, Err(Error::OutOfRange { what, value, bound }));
    assert_eq!(rule.add_on(wad!("2"), wad!("1")), Ok(ALL));
    let none = Confidence::new(Wad::ZERO);
    assert_eq!(none.haircut(Wad::MAX, Wad::MAX), NOTHING);
    assert_eq!(none.owed_price(Wad::MAX, Wad::MAX), Ok(Wad::MAX));

    let age = PriceAge::new(Span::ZERO, Span::MAX).unwrap();
    assert_eq!(age.haircut(Span::ZERO), NOTHING);
    assert_eq!(age.haircut(Span::new(1)).raw(), 1);
    assert_eq!(age.haircut(Span::MAX), ALL);
}

/// The square of 1,000,000,001 is the whole part of 1e36/999,999,998,000,000,002, whose root is above it.
#[test]
fn no_part_of_a_unit_is_lost_in_a_root() {
    let period = Span::new(999_999_998_000_000_002);
    let rule = Volatility::new(Wad::ONE, period, NOTHING).unwrap();
    assert_eq!(rule.haircut(Wad::ONE, Span::new(1)).raw(), 1_000_000_002);
    assert_eq!(rule.haircut(Wad::ZERO, Span::MAX), NOTHING);
    assert_eq!(rule.haircut(Wad::ONE, Span::ZERO), NOTHING);
    assert_eq!(rule.haircut(Wad::MAX, Span::MAX), ALL);
}

/// From 340 on the square of a root in 1e-36 leaves 128 bits, and so do deviations of that many.
#[test]
fn roots_and_deviations_of_any_size_are_exact() {
    let threshold = |of| ConcentrationThreshold::new(Amount::new(of)).unwrap();
    let factors = [
        (1, wad!("1")),
        (2, wad!("1.414213562373095049")),
        (400, wad!("20")),
        (1 << 100, wad!("1125899906842624")),
    ];
    for (total, factor) in factors {
        assert_eq!(threshold(1).factor(Amount::new(total)), factor);
    }
    let cut = |total| threshold(1).haircut(fraction!("0.01"), Amount::new(total));
    assert_eq!([1, 400].map(cut), [fraction!("0.01"), fraction!("0.2")]);
    // 2^128 of 1e-36, and the totals about it.
    let bound = 340_282_366_920_938_463_463;
    let below = wad!("18.446744073709551616");
    let above = wad!("18.446744073709551617");
    for (total, factor) in [(bound - 1, below), (bound, below), (bound + 1, above)] {
        let over = threshold(10_u128.pow(18)).factor(Amount::new(total));
        assert_eq!(over, factor);
    }

    let cut = |multiple, period, horizon, sigma| {
        let rule = Volatility::new(multiple, Span::new(period), NOTHING).unwrap();
        rule.haircut(sigma, Span::new(horizon))
    };
    let least = Wad::from_raw(1);
    assert_eq!(
        cut(wad!("1000"), 100_000_000, 1, wad!("1")),
        fraction!("0.1")
    );
    assert_eq!(cut(wad!("1000"), 100_000_000, 1, least).raw(), 1);
    assert_eq!(
        cut(wad!("1"), 1, 1_000_000, wad!("0.0001")),
        fraction!("0.1")
    );
    assert_eq!(cut(wad!("1000"), 1, 1, wad!("0.0001")), fraction!("0.1"));
    assert_eq!(cut(wad!("1000"), 1, 1, least).raw(), 1_000);
    assert_eq!(cut(wad!("18"), 1, 1, wad!("18")), ALL);
}

/// A price just above 2^-128, whose root is just above 2^-64: one unit floored, and two ceiled.
#[test]
fn no_part_of_a_unit_is_lost_in_the_root_of_a_price() {
    let least = Ratio::new(1, u128::MAX).unwrap();
    let lost = LiquidityRange::FULL.loss_versus_rebalancing(least, wad!("1"));
    assert_eq!(lost, fraction!("0.25"));
}

#[test]
fn no_part_of_a_unit_is_lost_in_an_exponent() {
    let rule = TimeToExit::new(Wad::from_raw(1), Span::new(3)).unwrap();
    assert_eq!(rule.haircut(Span::new(1), None).raw(), 1);
    assert_eq!(rule.haircut(Span::ZERO, None), NOTHING);
}

#[test]
fn a_size_of_nothing_and_the_largest() {
    let rule = SquareRootSize::new(ALL, Decimals::ZERO);
    assert_eq!(rule.haircut(Amount::ZERO), NOTHING);
    assert_eq!(rule.haircut(Amount::MAX), ALL); // a weight of 6e-20
    assert_eq!(rule.liability_weight(Amount::ZERO, Wad::MAX), Wad::MAX);
    assert!(rule.liability_weight(Amount::MAX, Wad::MAX) == Wad::MAX);
    let free = SquareRootSize::new(NOTHING, Decimals::ZERO);
    assert_eq!(free.haircut(Amount::MAX), NOTHING);
    assert_eq!(free.liability_weight(Amount::MAX, wad!("1.2")), wad!("1.2"));
}

#[test]
fn liquidity_without_a_price_and_at_the_ends_of_a_range() {
    let pool = LiquidityRange::FULL;
    assert_eq!(pool.haircut(Ratio::ZERO, NOTHING, Wad::ZERO), ALL);
    assert_eq!(pool.haircut(Ratio::ONE, ALL, Wad::ZERO), ALL);
    assert_eq!(pool.haircut(Ratio::ONE, NOTHING, Wad::MAX), ALL);
    assert_eq!(pool.haircut(Ratio::MAX, NOTHING, Wad::ZERO).raw(), 1); // of its root
    let (half, two) = (Ratio::new(1, 2).unwrap(), Ratio::from_integer(2));
    let range = LiquidityRange::new(half, Some(two)).unwrap();
    // Next to its bounds the haircut is next to what it is at them.
    for bound in [half, two] {
        let beside = |off: i128| {
            let parts = bound.numerator() * 1_000_000_000 / bound.denominator();
            Ratio::new(parts.checked_add_signed(off).unwrap(), 1_000_000_000).unwrap()
        };
        let cuts = [-1, 0, 1].map(|off| {
            let cut = range.haircut(beside(off), fraction!("0.2"), wad!("0.01"));
            cut.raw()
        });
        assert!(cuts[0].abs_diff(cuts[1]) < 2_000_000_000);
        assert!(cuts[1].abs_diff(cuts[2]) < 2_000_000_000);
    }
}

#[test]
fn haircuts_of_none_and_all_in_a_composition() {
    let some = Haircut::new(fraction!("0.2"), fraction!("0.1")).unwrap();
    assert_eq!(some.and(Haircut::NONE), some);
    assert_eq!(some.and(Haircut::FULL), Haircut::FULL);
    assert_eq!(some.or_worse(Haircut::NONE), some);
    assert_eq!(some.or_better(Haircut::FULL), some);
    assert_eq!(some.and_add_on(Haircut::NONE), Ok(some));
}

/// Two terms of a price that are rounded apart would take the second haircut to 0.500000130874772213, below
/// the first, 0.500000261749544425.
#[test]
fn a_fall_that_is_larger_by_a_little_has_no_smaller_haircut() {
    let range = LiquidityRange::new(Ratio::new(1, 2).unwrap(), Some(Ratio::ONE)).unwrap();
    let price = Ratio::new(1, 1_000_000_000_000).unwrap();
    for fall in [
        fraction!("0.500000001857142859"),
        fraction!("0.500000002000000002"),
    ] {
        let cut = range.haircut(price, fall, Wad::ZERO);
        assert_eq!(cut, fraction!("0.500000130874772213"));
    }
    // Within a range, where the root of the price is the same for both.
    let range = LiquidityRange::new(price, Some(Ratio::from_integer(4))).unwrap();
    let cut = |fall| range.haircut(Ratio::new(1, 1_000).unwrap(), fall, Wad::ZERO);
    assert!(cut(fraction!("0.5")) <= cut(fraction!("0.500000000000000001")));
}
