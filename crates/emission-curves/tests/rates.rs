//! Figures of Aave's and Morpho's rates, what is refused, and faults of others that must not be here.

use tokenomics_emission_curves::{
    AdaptiveRate, AdaptiveRateParams, Error, KinkedRate, KinkedRateParams,
};
use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Span, Timestamp, Wad};

const DAY: u64 = 86_400;
const YEAR: u64 = 31_536_000;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn kinked(optimal: Fraction, slope1: Wad, slope2: Wad) -> KinkedRate {
    let params = KinkedRateParams {
        optimal,
        base: Wad::ZERO,
        slope1,
        slope2,
        year: Span::new(YEAR),
    };
    KinkedRate::new(params, at(0)).unwrap()
}

/// Aave v3's market configuration, `rateStrategyStableOne` (90%, 4%, 60%) and `rateStrategyStableTwo`
/// (80%, 4%, 75%): at the optimum a rate is the first slope, and at a utilisation of 1 both.
#[test]
fn aaves_published_parameters_meet_at_their_optimum() {
    let one = kinked(fraction!("0.9"), wad!("0.04"), wad!("0.6"));
    let two = kinked(fraction!("0.8"), wad!("0.04"), wad!("0.75"));
    for (pool, utilisation, rate) in [
        (one, fraction!("0"), wad!("0")),
        (one, fraction!("0.45"), wad!("0.02")),
        (one, fraction!("0.9"), wad!("0.04")),
        (one, fraction!("0.95"), wad!("0.34")),
        (one, fraction!("1"), wad!("0.64")),
        (two, fraction!("0.2"), wad!("0.01")),
        (two, fraction!("0.8"), wad!("0.04")),
        (two, fraction!("0.9"), wad!("0.415")),
        (two, fraction!("1"), wad!("0.79")),
        // 4% · 1/3 / 0.8, up.
        (
            two,
            fraction!("0.333333333333333333"),
            wad!("0.016666666666666667"),
        ),
    ] {
        assert_eq!(pool.rate(utilisation), rate, "{utilisation}");
    }
}

/// A kink at 100% leaves one line.
#[test]
fn an_optimum_of_one_is_a_line() {
    let pool = kinked(fraction!("1"), wad!("0.5"), wad!("9"));
    assert_eq!(pool.rate(fraction!("1")), wad!("0.5"));
    assert_eq!(pool.rate(fraction!("0.5")), wad!("0.25"));
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

fn morpho(rate: Wad) -> AdaptiveRate {
    AdaptiveRate::new(AdaptiveRateParams::MORPHO, rate, at(0)).unwrap()
}

/// morpho-blue-irm, test/forge/AdaptiveCurveIrmTest.sol: at the first call a quarter of 4% with
/// nothing lent, four times of it with all of it, and 4% at the target.
#[test]
fn the_first_rates_are_those_of_morphos_tests() {
    let irm = morpho(wad!("0.04"));
    for (utilisation, rate) in [
        (fraction!("0"), "0.01"),
        (fraction!("0.9"), "0.04"),
        (fraction!("1"), "0.16"),
    ] {
        close(irm.rate(utilisation), rate);
    }
}

/// Equal to within a few units.
fn close(rate: Wad, expected: &str) {
    let off = rate.abs_diff(expected.parse().unwrap());
    assert!(off <= Wad::from_raw(9), "{rate} and {expected}");
}

/// The same tests' comments: after five days with all lent an average of 22.976%, with nothing lent
/// 0.7240%, and after 45 days halfway to 1 a rate at the target of 87.22%. The further digits, and the
/// intervals that end at a bound, by decimal arithmetic of 60 digits.
#[test]
fn rates_and_averages_are_those_of_morphos_tests() {
    for (rate, utilisation, time, at_target, average) in [
        (
            "0.04",
            "1",
            5 * DAY,
            "0.079345438616281751",
            "0.229777361519085426",
        ),
        (
            "0.04",
            "0",
            5 * DAY,
            "0.020164990299413111",
            "0.007239778540714214",
        ),
        (
            "0.04",
            "0.95",
            45 * DAY,
            "0.872245773844697764",
            "0.675043794340699298",
        ),
        (
            "0.04",
            "1",
            YEAR,
            "2.000000000000000000",
            "7.530876319131496631",
        ),
        (
            "0.002",
            "0",
            30 * DAY,
            "0.001000000000000000",
            "0.000268666879849270",
        ),
        (
            "0.04",
            "0.901",
            3 * DAY,
            "0.040164721799266057",
            "0.041284773622716030",
        ),
        (
            "0.04",
            "0.900000001",
            3_600,
            "0.040000000002283105",
            "0.040000001201141553",
        ),
        (
            "0.04",
            "0.9",
            1_000 * DAY,
            "0.040000000000000000",
            "0.040000000000000000",
        ),
    ] {
        let mut irm = morpho(rate.parse().unwrap());
        let averaged = irm.update(at(time), utilisation.parse().unwrap()).unwrap();
        close(irm.rate_at_target(), at_target);
        close(averaged, average);
    }
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
        (line(|p| p.optimal = Fraction::ZERO), "the optimum"),
        (line(|p| p.base = HUGE), "the base rate"),
        (line(|p| p.slope1 = HUGE), "the slope up to the optimum"),
        (line(|p| p.slope2 = HUGE), "the slope beyond the optimum"),
        (line(|p| p.year = Span::new(0)), "the length of a year"),
        (curve(|p| p.target = Fraction::ZERO, rate), "the target"),
        (curve(|p| p.target = Fraction::ONE, rate), "the target"),
        (
            curve(|p| p.steepness = wad!("0.999999999999999999"), rate),
            "the steepness",
        ),
        (curve(|p| p.steepness = HUGE, rate), "the steepness"),
        (
            curve(|p| p.speed = wad!("1000.000000000000000001"), rate),
            "the speed",
        ),
        (curve(|p| p.max = HUGE, rate), "the largest rate"),
        (curve(|p| p.min = Wad::ZERO, rate), "the least rate"),
        (curve(|p| p.min = wad!("2.1"), rate), "the least rate"),
        (
            curve(|p| p.year = Span::new(0), rate),
            "the length of a year",
        ),
        (curve(|_| (), wad!("0.0009")), "the rate at the target"),
        (curve(|_| (), wad!("2.1")), "the rate at the target"),
    ] {
        let Err(Error::OutOfRange { what, .. }) = refused else {
            panic!("{name}: {refused:?}");
        };
        assert_eq!(what, name);
    }
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
                        what: "the accrued interest",
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
        Err(Error::Backward { .. })
    ));
}
