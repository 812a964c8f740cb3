//! A parameter outside of its range is refused, and the error says which.

mod protocols;

use protocols::{at, kinked, polkadot, QUIET, SIGMOID};
use tokenomics_fixed_math::{fraction, signed_wad, wad, Amount, Fraction, SignedWad, Span, Wad};
use tokenomics_rate_controllers::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, BlobFee, BlobFeeParams, Error,
    KinkedRate, KinkedRateParams, NposInflation, NposInflationParams, Pid, PidParams, Quantity,
    RebaseRule, SqrtIssuance, SqrtIssuanceParams, SupplyTarget, SupplyTargetParams, TargetBonded,
    TargetBondedParams,
};

#[test]
fn a_fees_parameter_outside_of_its_range_is_refused_by_name() {
    let base = |change: fn(&mut BaseFeeParams), fee| {
        let mut params = BaseFeeParams::ETHEREUM;
        change(&mut params);
        BaseFee::new(params, Amount::new(fee), at(0)).map(|_| ())
    };
    let blob = |change: fn(&mut BlobFeeParams), excess| {
        let mut params = BlobFeeParams::CANCUN;
        change(&mut params);
        BlobFee::new(params, excess, at(0)).map(|_| ())
    };
    for (refused, name) in [
        (base(|p| p.elasticity = 0, 1), Quantity::Elasticity),
        (base(|p| p.denominator = 0, 1), Quantity::StepDenominator),
        (
            base(|p| p.denominator = 1_025, 1),
            Quantity::StepDenominator,
        ),
        (
            base(|p| p.max = Amount::new(1 << 64), 1),
            Quantity::LargestFee,
        ),
        (base(|p| p.min = Amount::new(2), 1), Quantity::Fee),
        (base(|p| p.max = Amount::new(0), 1), Quantity::Fee),
        (blob(|p| p.min_fee = Amount::ZERO, 0), Quantity::LeastFee),
        (
            blob(|p| p.min_fee = Amount::new(100_000_000_000_000_001), 0),
            Quantity::LeastFee,
        ),
        (blob(|p| p.update_fraction = 0, 0), Quantity::UpdateFraction),
        (
            blob(|p| p.max_excess = p.update_fraction * 45 + 1, 0),
            Quantity::LargestExcess,
        ),
        (
            blob(|p| p.max_excess = p.update_fraction * 45, 0),
            Quantity::FeeOfLargestExcess,
        ),
        (blob(|p| p.max_excess = 9, 10), Quantity::Excess),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name:?}: {refused:?}");
        };
        assert_eq!(what, name);
    }
    // The largest fee of all is just below 2^64.
    assert_eq!(blob(|p| p.max_excess = 148_099_500, 148_099_500), Ok(()));
    let base = BaseFee::new(BaseFeeParams::ETHEREUM, BaseFeeParams::ETHEREUM.max, at(0)).unwrap();
    let mut full = base;
    let burn = full.update(at(0), u64::MAX, u64::MAX).unwrap();
    assert_eq!(
        burn.burned.get(),
        u128::from(u64::MAX) * u128::from(u64::MAX)
    );
    assert_eq!(full.fee(), base.fee());
}

#[test]
fn a_parameter_of_issuance_outside_of_its_range_is_refused_by_name() {
    let bonded = |change: fn(&mut TargetBondedParams), inflation| {
        let mut params = TargetBondedParams::COSMOS;
        change(&mut params);
        TargetBonded::new(params, inflation, at(0)).map(|_| ())
    };
    let npos = |change: fn(&mut NposInflationParams)| {
        let mut params = polkadot().params();
        change(&mut params);
        NposInflation::new(params, at(0)).map(|_| ())
    };
    let sqrt = |increment, factor| {
        SqrtIssuance::new(SqrtIssuanceParams { increment, factor }, at(0)).map(|_| ())
    };
    const HUGE: Wad = wad!("100.000000000000000001");
    let tenth = wad!("0.1");
    for (refused, name) in [
        (bonded(|p| p.goal = Fraction::ZERO, tenth), Quantity::Goal),
        (
            bonded(|p| p.change = HUGE, tenth),
            Quantity::InflationChange,
        ),
        (bonded(|p| p.max = HUGE, tenth), Quantity::LargestInflation),
        (
            bonded(|p| p.min = wad!("0.21"), tenth),
            Quantity::LeastInflation,
        ),
        (bonded(|p| p.year = Span::new(0), tenth), Quantity::Year),
        (
            bonded(|p| p.year = Span::new(10_000_000_001), tenth),
            Quantity::Year,
        ),
        (bonded(|_| (), wad!("0.21")), Quantity::Inflation),
        (bonded(|_| (), wad!("0.06")), Quantity::Inflation),
        (npos(|p| p.max = HUGE), Quantity::LargestInflation),
        (npos(|p| p.min = wad!("0.2")), Quantity::LeastInflation),
        (npos(|p| p.ideal = Fraction::ZERO), Quantity::Ideal),
        (npos(|p| p.falloff = Fraction::ZERO), Quantity::Falloff),
        (npos(|p| p.year = Span::new(0)), Quantity::Year),
        (sqrt(0, 1), Quantity::Increment),
        (sqrt(1 << 32, 1 << 32), Quantity::Factor),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name:?}: {refused:?}");
        };
        assert_eq!(what, name);
    }
}

#[test]
fn a_rates_parameter_outside_of_its_range_is_refused_by_name() {
    const HUGE: Wad = wad!("100.000000000000000001");
    let line = |change: fn(&mut KinkedRateParams)| {
        let mut params = kinked(fraction!("0.9"), wad!("0.04"), wad!("0.6")).params();
        change(&mut params);
        KinkedRate::new(params, at(0)).map(|_| ())
    };
    let curve = |change: fn(&mut AdaptiveRateParams), rate| {
        let mut params = AdaptiveRateParams::MORPHO;
        change(&mut params);
        AdaptiveRate::new(params, rate, at(0)).map(|_| ())
    };
    let rate = wad!("0.04");
    for (refused, name) in [
        (line(|p| p.optimal = Fraction::ZERO), Quantity::Optimum),
        (line(|p| p.base = HUGE), Quantity::BaseRate),
        (line(|p| p.slope1 = HUGE), Quantity::Slope1),
        (line(|p| p.slope2 = HUGE), Quantity::Slope2),
        (line(|p| p.year = Span::new(0)), Quantity::Year),
        (curve(|p| p.target = Fraction::ZERO, rate), Quantity::Target),
        (curve(|p| p.target = Fraction::ONE, rate), Quantity::Target),
        (
            curve(|p| p.steepness = wad!("0.999999999999999999"), rate),
            Quantity::Steepness,
        ),
        (curve(|p| p.steepness = HUGE, rate), Quantity::Steepness),
        (
            curve(|p| p.speed = wad!("1000.000000000000000001"), rate),
            Quantity::Speed,
        ),
        (curve(|p| p.max = HUGE, rate), Quantity::LargestRate),
        (curve(|p| p.min = Wad::ZERO, rate), Quantity::LeastRate),
        (curve(|p| p.min = wad!("2.1"), rate), Quantity::LeastRate),
        (curve(|p| p.year = Span::new(0), rate), Quantity::Year),
        (curve(|_| (), wad!("0.0009")), Quantity::RateAtTarget),
        (curve(|_| (), wad!("2.1")), Quantity::RateAtTarget),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name:?}: {refused:?}");
        };
        assert_eq!(what, name);
    }
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
        (loud(|p| p.setpoint = FAR), Quantity::Setpoint),
        (loud(|p| p.bias = FAR), Quantity::Bias),
        (loud(|p| p.min = FAR), Quantity::LeastOutput),
        (
            loud(|p| p.max = signed_wad!("1000000000001")),
            Quantity::LargestOutput,
        ),
        (
            loud(|p| p.min = signed_wad!("10.1")),
            Quantity::LeastOutputOffset,
        ),
        (loud(|p| p.min = signed_wad!("0.1")), Quantity::OutputOffset),
        (
            loud(|p| p.max = signed_wad!("-0.1")),
            Quantity::OutputOffset,
        ),
        (
            loud(|p| p.largest_error = wad!("1000000000001")),
            Quantity::LargestError,
        ),
        (loud(|p| p.dead_band = wad!("1.1")), Quantity::DeadBand),
        (
            loud(|p| p.proportional = wad!("1000001")),
            Quantity::ProportionalGain,
        ),
        (
            loud(|p| p.integral = wad!("1000001")),
            Quantity::IntegralGain,
        ),
        (
            loud(|p| p.derivative = wad!("1000001")),
            Quantity::DerivativeGain,
        ),
        (loud(|p| p.windup = wad!("51")), Quantity::Windup),
        (loud(|p| p.filter = Span::new(0)), Quantity::FilterTime),
        (
            loud(|p| p.slew = Some(wad!("1000000000001"))),
            Quantity::Slew,
        ),
        (rebase(|p| p.target = Wad::ZERO), Quantity::Target),
        (rebase(|p| p.target = wad!("1000000001")), Quantity::Target),
        (rebase(|p| p.period = Span::new(0)), Quantity::Period),
        (rebase(|p| p.rule = RebaseRule::Lag(0)), Quantity::Lag),
        (rebase(|p| p.rule = RebaseRule::Lag(10_001)), Quantity::Lag),
        (
            sigmoid(Fraction::ZERO, tenth, wad!("1")),
            Quantity::LowerEnd,
        ),
        (
            sigmoid(tenth, Fraction::ZERO, wad!("1")),
            Quantity::UpperEnd,
        ),
        (sigmoid(tenth, tenth, wad!("1001")), Quantity::Growth),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name:?}: {refused:?}");
        };
        assert_eq!(what, name);
    }
    // An output itself further than that is no less refused.
    let refused = Pid::new(QUIET, SignedWad::MIN, SignedWad::MAX, at(0));
    assert!(matches!(
        refused,
        Err(Error::OutOfRange {
            what: Quantity::Output,
            ..
        })
    ));
}
