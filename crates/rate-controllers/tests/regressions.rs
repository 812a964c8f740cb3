//! Faults that cost others money, each as the sentence that holds here, and refusals that change
//! nothing.

mod protocols;

use protocols::{
    at, blob_fee, change, cosmos, grow, kinked, morpho, pid, shrink, AMPLEFORTH, QUIET, YEAR,
};
use tokenomics_fixed_math::{fraction, signed_wad, wad, Amount, SignedWad, Span, Timestamp, Wad};
use tokenomics_rate_controllers::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, Error, PidParams, Quantity,
    RebaseRule, SupplyChange, SupplyTarget, SupplyTargetParams, TargetBonded, TargetBondedParams,
};

const DAY: u64 = 86_400;

/// A block's fee is the one in force in it, not the one that it leads to.
#[test]
fn what_is_burned_is_at_the_fee_before_the_block() {
    let mut fee = blob_fee(1, 5, 1);
    let burn = fee.update(at(0), 1_000).unwrap();
    assert_eq!(burn.burned, Amount::new(136_000));
}

#[test]
fn a_block_cannot_be_counted_twice_nor_one_before_it() {
    let mut fee = BaseFee::new(BaseFeeParams::ETHEREUM, Amount::new(100), at(5)).unwrap();
    fee.update(at(9), 1, 2).unwrap();
    let after = fee;
    for block in [0, 5, 9] {
        let refused = fee.update(at(block), 1, 2);
        assert_eq!(
            refused,
            Err(Error::Backdated {
                at: at(block),
                last: at(10)
            })
        );
    }
    assert_eq!(fee, after);
    assert_eq!(
        Error::Backdated {
            at: at(9),
            last: at(10)
        }
        .to_string(),
        "9 is before 10, up to which everything is counted already"
    );
}

/// The number of steps of a late call is bounded by the denominator, not by how late it is.
#[test]
fn a_call_after_all_blocks_there_are_falls_to_the_least_and_returns() {
    for (denominator, floor) in [(8, 7), (1_024, 1_023), (1, 0)] {
        let params = BaseFeeParams {
            denominator,
            ..BaseFeeParams::ETHEREUM
        };
        let fee = BaseFee::new(params, params.max, at(0)).unwrap();
        // Below the denominator a step is less than a unit, and there the specification's fee stays.
        assert_eq!(fee.fee_at(Timestamp::MAX), Ok(Amount::new(floor)));
        // 46 · denominator steps are always enough.
        let enough = fee.fee_at(at(46 * denominator));
        assert_eq!(enough, Ok(Amount::new(floor)));
    }
    let fee = BaseFee::new(BaseFeeParams::ETHEREUM, BaseFeeParams::ETHEREUM.max, at(0)).unwrap();
    let after = [321, 322].map(|blocks| fee.fee_at(at(blocks)));
    assert_eq!(after, [Ok(Amount::new(8)), Ok(Amount::new(7))]);
}

/// Osmosis #1917: truncating each provision lost some 2,600 OSMO in a year.
#[test]
fn a_year_of_blocks_mints_what_the_year_does() {
    let supply = Amount::new(987_654_321_012_345);
    let bonded = fraction!("0.61");
    let mut late = cosmos(wad!("0.1"));
    let year = late.update(at(6_311_520), bonded, supply).unwrap();
    let mut timely = cosmos(wad!("0.1"));
    let (mut sum, mut truncated) = (0, 0);
    for block in (0..=6_311_520).step_by(60) {
        sum += timely.update(at(block), bonded, supply).unwrap().get();
        let provision = timely.inflation().raw() * supply.get() / Wad::SCALE;
        truncated += provision * 60 / 6_311_520;
    }
    assert_eq!((Amount::new(sum), timely), (year, late));
    assert_ne!(truncated, sum);
}

/// cosmos-sdk #22675: x/mint counts blocks, so that a chain whose blocks are a fifth faster mints a
/// fifth more. On a clock of seconds there is nothing to drift.
#[test]
fn on_a_clock_of_seconds_the_speed_of_blocks_is_nothing() {
    let params = TargetBondedParams {
        year: Span::new(31_557_600),
        ..TargetBondedParams::COSMOS
    };
    let supply = Amount::new(1_000_000_000_000);
    let minted = |block_time| {
        let mut mint = TargetBonded::new(params, wad!("0.1"), at(0)).unwrap();
        let times = (0..=31_557_600_u64).step_by(block_time);
        times.fold(0, |sum, time| {
            let minted = mint.update(at(time), fraction!("0.5"), supply).unwrap();
            sum + minted.get()
        })
    };
    assert_eq!(minted(600), minted(480));
}

/// More than the largest amount is an error, and what was not minted isn't lost.
#[test]
fn a_refused_mint_changes_nothing() {
    let params = TargetBondedParams {
        max: wad!("100"),
        year: Span::new(1),
        ..TargetBondedParams::COSMOS
    };
    let mut mint = TargetBonded::new(params, wad!("100"), at(5)).unwrap();
    let before = mint;
    let whole = mint.update(Timestamp::MAX, fraction!("0"), Amount::MAX);
    assert!(matches!(whole, Err(Error::Overflow { .. })), "{whole:?}");
    let backward = mint.update(at(4), fraction!("0"), Amount::new(1));
    assert!(matches!(backward, Err(Error::Backdated { .. })));
    assert_eq!(mint, before);
    // Without a supply there is nothing to mint, however long it was.
    assert_eq!(
        mint.update(Timestamp::MAX, fraction!("1"), Amount::ZERO),
        Ok(Amount::ZERO)
    );
}

/// Aave's three terms of a binomial series are 0.18% short of a year at 50% if nobody calls, and 1.9%
/// short at 100%.
#[test]
fn interest_is_the_exponential_however_often_it_is_called() {
    for (rate, index) in [
        (wad!("0.5"), "1.64872127070012"),
        (wad!("1"), "2.71828182845904"),
    ] {
        let mut pool = kinked(fraction!("1"), rate, Wad::ZERO);
        pool.update(at(YEAR), fraction!("1")).unwrap();
        let late = pool.index().unwrap();
        assert_eq!(&late.to_string()[..16], index);
        let mut pool = kinked(fraction!("1"), rate, Wad::ZERO);
        for hour in 0..=YEAR / 3_600 {
            pool.update(at(hour * 3_600), fraction!("1")).unwrap();
        }
        assert_eq!(pool.index().unwrap(), late);
    }
}

/// A debt owes the interest since it began, and not less for being read twice.
#[test]
fn a_debt_grows_from_its_beginning() {
    let mut pool = kinked(fraction!("1"), wad!("0.1"), Wad::ZERO);
    pool.update(at(YEAR), fraction!("1")).unwrap();
    let since = pool.accrued();
    assert_eq!(pool.owed(Amount::new(1_000), since), Ok(Amount::new(1_000)));
    pool.update(at(2 * YEAR), fraction!("1")).unwrap();
    // e^0.1 is 1.10517.
    assert_eq!(
        pool.owed(Amount::new(1_000_000), since),
        Ok(Amount::new(1_105_171))
    );
    assert_eq!(pool.owed(Amount::new(1), since), Ok(Amount::new(2)));
    let refused = pool.owed(Amount::new(1), pool.accrued() + 1);
    assert!(matches!(refused, Err(Error::OutOfRange { .. })));
}

/// Morpho's test pings every minute, and tolerates 8% of the rate for it. Here a ping does nothing.
#[test]
fn pings_do_not_move_the_rate() {
    let (mut pinged, mut alone) = (morpho(wad!("0.04")), morpho(wad!("0.04")));
    for minute in 1..=45 * 24 * 60 {
        pinged.update(at(minute * 60), fraction!("0.95")).unwrap();
    }
    alone.update(at(45 * DAY), fraction!("0.95")).unwrap();
    assert_eq!(pinged.rate_at_target(), alone.rate_at_target());
    let (pings, none) = (pinged.accrued(), alone.accrued());
    assert!(pings.abs_diff(none) * 1_000_000_000_000_000 < none);
}

/// morpho-blue-irm #42: an average over an end that isn't clamped leaves the range.
#[test]
fn an_average_never_leaves_the_range() {
    let mut irm = morpho(wad!("1.9"));
    let average = irm.update(at(YEAR), fraction!("1")).unwrap();
    assert!(average < wad!("8") && average > wad!("7.99"), "{average}");
    let average = irm.update(at(9 * YEAR), fraction!("0")).unwrap();
    assert!(average > wad!("0.00025"), "{average}");
    assert_eq!(irm.rate_at_target(), wad!("0.001"));
}

/// A debt that has grown by e^46 grows no more, and says so.
#[test]
fn interest_beyond_all_numbers_is_refused_and_changes_nothing() {
    let mut pool = kinked(fraction!("1"), wad!("100"), Wad::ZERO);
    pool.update(at(YEAR * 46 / 100), fraction!("1")).unwrap();
    let (full, index) = (pool, pool.index().unwrap());
    assert!(index > wad!("94961194206024488743") && index < wad!("94961194206024488746"));
    let irm = AdaptiveRate::new(
        AdaptiveRateParams {
            max: wad!("100"),
            ..AdaptiveRateParams::MORPHO
        },
        wad!("100"),
        at(0),
    );
    let mut irm = irm.unwrap();
    let before = irm;
    for time in [at(YEAR * 46 / 100 + 1), at(YEAR), Timestamp::MAX] {
        for refused in [
            pool.update(time, fraction!("1")),
            irm.update(time, fraction!("1")),
        ] {
            assert!(
                matches!(
                    refused,
                    Err(Error::OutOfRange {
                        what: Quantity::Accrued,
                        ..
                    })
                ),
                "{refused:?}"
            );
        }
    }
    assert_eq!((pool, irm), (full, before));
    assert!(matches!(
        pool.update(at(0), fraction!("1")),
        Err(Error::Backdated { .. })
    ));
}

/// Windup: after however long at one end, the output leaves it as soon as the error turns.
#[test]
fn the_integral_does_not_wind_up() {
    let params = PidParams {
        integral: wad!("0.001"),
        ..QUIET
    };
    for long in [5_000, 5_000_000, u64::MAX / 2] {
        let mut wound = pid(params);
        let output = wound.update(at(long), signed_wad!("-7"));
        assert_eq!(output, Ok(signed_wad!("5")), "the windup");
        let output = wound.update(at(long + 1_000), signed_wad!("9"));
        assert_eq!(output, Ok(signed_wad!("4")));
        let output = wound.update(Timestamp::MAX, signed_wad!("9"));
        assert_eq!(output, Ok(signed_wad!("-5")));
    }
}

/// One measurement far out, of the kind that an oracle gives once, is taken for the largest error.
#[test]
fn no_measurement_is_too_large() {
    let params = PidParams {
        proportional: wad!("1000000"),
        integral: wad!("1000000"),
        derivative: wad!("1000000"),
        filter: Span::new(1),
        ..QUIET
    };
    for (measured, output) in [(SignedWad::MIN, "10"), (SignedWad::MAX, "-10")] {
        let moved = pid(params).update(Timestamp::MAX, measured);
        assert_eq!(moved, Ok(output.parse().unwrap()));
    }
}

#[test]
fn a_time_before_the_last_one_is_refused_and_changes_nothing() {
    let mut controller = pid(QUIET);
    controller.update(at(5), signed_wad!("0.3")).unwrap();
    let before = controller;
    let refused = controller.update(at(4), signed_wad!("0.3"));
    assert!(matches!(refused, Err(Error::Backdated { .. })));
    assert_eq!(controller, before);
}

#[test]
fn a_supply_never_grows_above_its_largest_nor_shrinks_below_nothing() {
    let capped = SupplyTargetParams {
        max_supply: Amount::new(1_010),
        rule: RebaseRule::Lag(1),
        ..AMPLEFORTH
    };
    for (price, supply, changed) in [
        ("2", 1_000, grow(10)),
        ("2", 1_010, grow(0)),
        ("2", 2_000, grow(0)),
        ("340282366920938463463", u128::MAX, grow(0)),
        ("0", 1_000, shrink(1_000)),
        ("0", u128::MAX, shrink(u128::MAX)),
    ] {
        assert_eq!(change(capped, price, supply), changed, "{price}");
    }
    let all = change(AMPLEFORTH, "340282366920938463463", u128::MAX / 2);
    assert_eq!(all, grow(u128::MAX / 2 + 1));
}

/// Who comes late changes the supply once, and the next change is due when it always was.
#[test]
fn missed_periods_are_not_made_up_for_and_do_not_shift_the_next() {
    let mut target = SupplyTarget::new(AMPLEFORTH, at(7_200)).unwrap();
    let mut call = |time| {
        let changed = target.update(at(time), wad!("1.3"), Amount::new(100));
        (changed.unwrap(), target.next().get())
    };
    assert_eq!(call(7_199), (SupplyChange::Unchanged, 7_200));
    assert_eq!(call(7_200), (grow(1), 93_600));
    assert_eq!(call(7_200), (SupplyChange::Unchanged, 93_600));
    assert_eq!(call(93_599), (SupplyChange::Unchanged, 93_600));
    assert_eq!(
        call(7_200 + 10 * 86_400 + 5),
        (grow(1), 7_200 + 11 * 86_400)
    );
    let end = target.update(Timestamp::MAX, wad!("1.3"), Amount::new(100));
    assert!(matches!(end, Err(Error::Overflow { .. })));
    assert_eq!(target.next(), at(7_200 + 11 * 86_400));
}
