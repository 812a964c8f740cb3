//! Figures of the lending rates and of the feedback: Aave's, Morpho's and Ampleforth's.

mod protocols;

use protocols::{at, change, grow, kinked, morpho, pid, shrink, AMPLEFORTH, QUIET, SIGMOID, YEAR};
use tokenomics_fixed_math::{fraction, signed_wad, wad, Wad};
use tokenomics_rate_controllers::{PidParams, SupplyChange};

const DAY: u64 = 86_400;

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
