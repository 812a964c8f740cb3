//! What the feedback controllers do, figure by figure, what is refused, and faults of others that must
//! not be here.

use tokenomics_emission_curves::{
    Error, Pid, PidParams, RebaseRule, SupplyChange, SupplyTarget, SupplyTargetParams,
};
use tokenomics_fixed_math::{
    fraction, signed_wad, wad, Amount, Fraction, SignedWad, Span, Timestamp, Wad,
};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// A setpoint of 1, errors up to 1, and outputs from −10 to 10.
const QUIET: PidParams = PidParams {
    setpoint: SignedWad::ONE,
    largest_error: Wad::ONE,
    dead_band: Wad::ZERO,
    proportional: Wad::ZERO,
    integral: Wad::ZERO,
    windup: wad!("5"),
    derivative: Wad::ZERO,
    filter: Span::new(10),
    bias: SignedWad::ZERO,
    min: signed_wad!("-10"),
    max: signed_wad!("10"),
    slew: None,
};

fn pid(params: PidParams) -> Pid {
    Pid::new(params, params.setpoint, SignedWad::ZERO, at(0)).unwrap()
}

#[test]
fn each_part_alone_is_its_gain_times_its_error() {
    let proportional = PidParams {
        proportional: wad!("2"),
        bias: signed_wad!("0.5"),
        ..QUIET
    };
    let output = pid(proportional).update(at(1), signed_wad!("0.9"));
    assert_eq!(output, Ok(signed_wad!("0.7")));

    let integral = PidParams {
        integral: wad!("0.01"),
        ..QUIET
    };
    let mut accumulated = pid(integral);
    accumulated.update(at(7), signed_wad!("0.9")).unwrap();
    let output = accumulated.update(at(10), signed_wad!("1.2"));
    // 0.01 · (7 · 0.1 − 3 · 0.2).
    assert_eq!(output, Ok(signed_wad!("0.001")));

    let derivative = PidParams {
        derivative: wad!("20"),
        ..QUIET
    };
    // 20 · 0.5 / 10 · e^−1, and e^−2 as much later.
    let mut changed = pid(derivative);
    let output = changed.update(at(10), signed_wad!("0.5"));
    assert_eq!(output, Ok(signed_wad!("0.36787944117144232")));
    let output = changed.update(at(20), signed_wad!("0.5"));
    assert_eq!(output, Ok(signed_wad!("0.135335283236612690")));
}

#[test]
fn an_error_within_the_dead_band_moves_nothing_and_nothing_jumps_at_its_edge() {
    let params = PidParams {
        proportional: wad!("1"),
        integral: wad!("1"),
        dead_band: wad!("0.1"),
        ..QUIET
    };
    for (measured, output) in [
        ("1.1", "0"),
        ("0.9", "0"),
        ("0.95", "0"),
        ("0.899999999999999999", "0.000000000000000002"),
        ("1.100000000000000001", "-0.000000000000000002"),
        ("0.4", "1"),
    ] {
        let moved = pid(params).update(at(1), measured.parse().unwrap());
        assert_eq!(moved, Ok(output.parse().unwrap()), "{measured}");
    }
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

#[test]
fn an_output_moves_no_faster_than_it_may() {
    let params = PidParams {
        proportional: wad!("10"),
        slew: Some(wad!("0.25")),
        ..QUIET
    };
    let mut slow = pid(params);
    for (time, measured, output) in [
        (1, "0", "0.25"),
        (4, "0", "1"),
        (36, "0", "9"),
        (50, "0", "10"),
        (50, "2", "10"),
        (51, "2", "9.75"),
        (131, "2", "-10"),
    ] {
        let moved = slow.update(at(time), measured.parse().unwrap());
        assert_eq!(moved, Ok(output.parse().unwrap()), "at {time}");
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
    assert!(matches!(refused, Err(Error::Backward { .. })));
    assert_eq!(controller, before);
}

const AMPLEFORTH: SupplyTargetParams = SupplyTargetParams {
    target: Wad::ONE,
    dead_band: fraction!("0.05"),
    rule: RebaseRule::Lag(30),
    period: Span::new(86_400),
    max_supply: Amount::MAX,
};

const SIGMOID: SupplyTargetParams = SupplyTargetParams {
    dead_band: Fraction::ZERO,
    rule: RebaseRule::Sigmoid {
        lower: fraction!("0.1"),
        upper: fraction!("0.1"),
        growth: wad!("3"),
    },
    ..AMPLEFORTH
};

fn change(params: SupplyTargetParams, price: &str, supply: u128) -> SupplyChange {
    let target = SupplyTarget::new(params, at(0)).unwrap();
    target.change(price.parse().unwrap(), Amount::new(supply))
}

fn grow(amount: u128) -> SupplyChange {
    SupplyChange::Grow(Amount::new(amount))
}

fn shrink(amount: u128) -> SupplyChange {
    SupplyChange::Shrink(Amount::new(amount))
}

/// Ampleforth's first policy: a thirtieth of the distance, from 5% on.
#[test]
fn a_lag_takes_its_part_of_the_distance() {
    for (price, changed) in [
        ("1.049999999999999999", SupplyChange::Unchanged),
        ("0.950000000000000001", SupplyChange::Unchanged),
        ("1.05", grow(1_666_666)),
        ("0.95", shrink(1_666_666)),
        ("2", grow(33_333_333)),
        ("0", shrink(33_333_333)),
        ("31", grow(1_000_000_000)),
    ] {
        assert_eq!(change(AMPLEFORTH, price, 1_000_000_000), changed, "{price}");
    }
}

/// AIP-5's formula with its ends at a tenth and a growth of 3.
#[test]
fn a_sigmoid_tends_to_its_ends() {
    let supply = 3_000_000_000_000_000_000;
    for (price, changed) in [
        ("1", SupplyChange::Unchanged),
        // 0.2 / (1 + 2^−1.5) − 0.1 is 0.047759225007251711: a unit or two less, of 3 · 10^18.
        ("1.5", grow(143_277_675_021_755_130)),
        ("0.5", shrink(143_277_675_021_755_130)),
        // 0.2 / (1 + 2^−3) − 0.1 is 7/90.
        ("2", grow(233_333_333_333_333_331)),
        ("0", shrink(233_333_333_333_333_331)),
        // A tenth less two units: what is left of 2^−x counts as one, and has twice the weight.
        ("1000000", grow(299_999_999_999_999_994)),
    ] {
        assert_eq!(change(SIGMOID, price, supply), changed, "{price}");
    }
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
    assert!(matches!(end, Err(Error::Math(_))));
    assert_eq!(target.next(), at(7_200 + 11 * 86_400));
}

#[test]
fn a_parameter_of_feedback_outside_of_its_range_is_refused_by_name() {
    const FAR: SignedWad = signed_wad!("-1000000000000.000000000000000001");
    let loud = |change: fn(&mut PidParams)| {
        let mut params = QUIET;
        change(&mut params);
        Pid::new(params, SignedWad::ZERO, SignedWad::ZERO, at(0)).map(|_| ())
    };
    let rebase = |change: fn(&mut SupplyTargetParams)| {
        let mut params = SIGMOID;
        change(&mut params);
        SupplyTarget::new(params, at(0)).map(|_| ())
    };
    let sigmoid = |lower, upper, growth| {
        let rule = RebaseRule::Sigmoid {
            lower,
            upper,
            growth,
        };
        SupplyTarget::new(SupplyTargetParams { rule, ..SIGMOID }, at(0)).map(|_| ())
    };
    let tenth = fraction!("0.1");
    for (refused, name) in [
        (loud(|p| p.setpoint = FAR), "the setpoint"),
        (loud(|p| p.bias = FAR), "the bias"),
        (loud(|p| p.min = FAR), "the least output"),
        (
            loud(|p| p.max = signed_wad!("1000000000001")),
            "the largest output",
        ),
        (
            loud(|p| p.min = signed_wad!("10.1")),
            "the least output above -10^12",
        ),
        (
            loud(|p| p.min = signed_wad!("0.1")),
            "the output above -10^12",
        ),
        (
            loud(|p| p.max = signed_wad!("-0.1")),
            "the output above -10^12",
        ),
        (
            loud(|p| p.largest_error = wad!("1000000000001")),
            "the largest error",
        ),
        (loud(|p| p.dead_band = wad!("1.1")), "the dead band"),
        (
            loud(|p| p.proportional = wad!("1000001")),
            "the proportional gain",
        ),
        (loud(|p| p.integral = wad!("1000001")), "the integral gain"),
        (
            loud(|p| p.derivative = wad!("1000001")),
            "the derivative gain",
        ),
        (loud(|p| p.windup = wad!("51")), "the windup"),
        (loud(|p| p.filter = Span::new(0)), "the filter's time"),
        (
            loud(|p| p.slew = Some(wad!("1000000000001"))),
            "the limit of a unit's move",
        ),
        (rebase(|p| p.target = Wad::ZERO), "the target"),
        (rebase(|p| p.target = wad!("1000000001")), "the target"),
        (rebase(|p| p.period = Span::new(0)), "the period"),
        (rebase(|p| p.rule = RebaseRule::Lag(0)), "the lag"),
        (rebase(|p| p.rule = RebaseRule::Lag(10_001)), "the lag"),
        (sigmoid(Fraction::ZERO, tenth, wad!("1")), "the lower end"),
        (sigmoid(tenth, Fraction::ZERO, wad!("1")), "the upper end"),
        (sigmoid(tenth, tenth, wad!("1001")), "the growth"),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name}: {refused:?}");
        };
        assert_eq!(what, name);
    }
    // An output itself further than that is no less refused.
    let refused = Pid::new(QUIET, SignedWad::MIN, SignedWad::MAX, at(0));
    assert!(matches!(
        refused,
        Err(Error::OutOfRange {
            what: "the output",
            ..
        })
    ));
}
