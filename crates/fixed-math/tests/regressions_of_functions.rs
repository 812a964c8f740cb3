//! Faults of exponentials, logarithms, powers and roots elsewhere, and one of these, each as a test
//! that fails where it is made again.

use tokenomics_fixed_math::{Error, Rounding, SignedWad, Wad, U256};

fn number(text: &str) -> SignedWad {
    text.parse().unwrap()
}

fn wad(text: &str) -> Wad {
    text.parse().unwrap()
}

const UNIT: Wad = Wad::from_raw(1);

/// Both directions, and they are one unit apart.
fn between(of: impl Fn(Rounding) -> Result<Wad, Error>) -> (Wad, Wad) {
    let (floor, ceil) = (of(Rounding::Floor).unwrap(), of(Rounding::Ceil).unwrap());
    assert_eq!(floor.checked_add(UNIT), Ok(ceil));
    (floor, ceil)
}

/// brine-fp: exp(95) is 34 times too low, and exp(133) is 0.
#[test]
fn an_exponential_beyond_the_range_is_an_error_and_neither_low_nor_zero() {
    for exponent in [
        "47.276307437780177294",
        "95",
        "133",
        "170141183460469231731",
    ] {
        for rounding in Rounding::ALL {
            let error = number(exponent).exp(rounding);
            assert!(matches!(error, Err(Error::Domain { .. })), "{exponent}");
        }
    }
    let last = number("47.276307437780177293").exp(Rounding::Ceil).unwrap();
    assert!(last > wad("340282366920938463400"));
}

/// Solady notes it at its own test: expWad(10e18) is 22.1 units above the exact value, and
/// expWad(3e18) is the exact value rounded up, where all that is paid out has to be rounded down.
#[test]
fn a_floored_exponential_is_never_above_the_exact_value() {
    let solady = [
        ("10", "22026.46579480671651698"),
        ("3", "20.085536923187667741"),
    ];
    let exact = ["22026.465794806716516957", "20.08553692318766774"];
    for ((exponent, contract), exact) in solady.into_iter().zip(exact) {
        let (floor, ceil) = between(|r| number(exponent).exp(r));
        assert_eq!(floor, wad(exact));
        assert!(ceil <= wad(contract));
    }
}

/// Solmate's test notes it: lnWad(11723640096265400935) is rounded up though it says floor.
#[test]
fn a_floored_logarithm_is_never_above_the_exact_value() {
    let x = wad("11.723640096265400935");
    assert_eq!(x.ln(Rounding::Floor), Ok(number("2.461607324344817917")));
    assert_eq!(x.ln(Rounding::Ceil), Ok(number("2.461607324344817918")));
}

/// PRBMath, pow.t.sol and ln.t.sol: a power by a logarithm of 18 decimals is up to 4.4e-15 of itself
/// low, and above the exact value where the base is below 1.
#[test]
fn a_power_is_not_as_wrong_as_a_logarithm_of_18_decimals_makes_it() {
    // Base, exponent, and what the contract gives for it.
    let powers = [
        (
            "3.141592653589793238",
            "3.141592653589793238",
            "36.462159607207910473",
        ),
        (
            "2.718281828459045235",
            "2.718281828459045235",
            "15.154262241479263793",
        ),
        ("406", "0.25", "4.488812947719016318"),
        ("1729", "0.98", "1489.495149922256917866"),
        ("33441", "2.1891", "8018621589.681923269491820156"),
        ("0.24", "-11", "6571678.991286039528731186"),
        (
            "0.000000000000000001",
            "-0.000000000000000001",
            "1.00000000000000004",
        ),
    ];
    let exact = [
        "36.462159607207911734",
        "15.154262241479264178",
        "4.488812947719016328",
        "1489.495149922256930812",
        "8018621589.681923420335484784",
        "6571678.991286040093996793",
        "1.000000000000000041",
    ];
    for ((base, exponent, contract), exact) in powers.into_iter().zip(exact) {
        let (floor, _) = between(|r| wad(base).pow(number(exponent), r));
        assert_eq!(floor, wad(exact));
        assert!(wad(contract) < floor, "paid out too little");
    }
    let (base, exponent) = ("0.000000000000000001", "0.000000000000000001");
    let (floor, ceil) = between(|r| wad(base).pow(number(exponent), r));
    assert_eq!(floor, wad("0.999999999999999958"));
    assert!(wad("0.99999999999999996") > ceil, "paid out too much");
    // The logarithm behind it: ln(1,000,000) is 13.815510557964274099 there.
    let million = wad("1000000").ln(Rounding::Floor);
    assert_eq!(million, Ok(number("13.815510557964274104")));
}

/// sp-arithmetic: the square root of a number above 340 is up to 1e9 units low.
#[test]
fn a_root_of_a_large_number_keeps_its_last_digit() {
    for whole in [340, 341, 10_000, 1 << 60, u128::MAX / Wad::SCALE] {
        for off in 0..3 {
            let x = whole * Wad::SCALE - off;
            let root = Wad::from_raw(x).nth_root(2, Rounding::Floor).unwrap().raw();
            let next = U256::product(root + 1, root + 1);
            assert!(U256::product(root, root) <= U256::product(x, Wad::SCALE));
            assert!(next > U256::product(x, Wad::SCALE));
        }
    }
}

/// Osmosis' series for a power asks for a base below 2, and stops after so many terms.
#[test]
fn a_power_has_no_base_that_its_series_does_not_reach() {
    let (floor, _) = between(|r| wad("1.999999999999999999").pow(number("0.5"), r));
    assert_eq!(floor, wad("1.414213562373095048"));
    for base in ["2", "2.000000000000000001", "340282366920938463463"] {
        between(|r| wad(base).pow(number("0.333333333333333333"), r));
    }
    assert!(Wad::MAX.pow(SignedWad::ONE, Rounding::Floor) == Ok(Wad::MAX));
}

/// Bunni, September 2025, $8.4M: what is rounded down once is safe, and forty-four times is not. Each
/// step of a compounded rate that is rounded by itself loses up to a unit; one power loses less than
/// one in all.
#[test]
fn what_compounds_over_44_periods_is_rounded_once() {
    let growth = wad("1.0123456789");
    let steps = (0..44).try_fold(Wad::ONE, |grown, _| grown.mul(growth, Rounding::Floor));
    let lost = growth
        .powi(44, Rounding::Floor)
        .unwrap()
        .abs_diff(steps.unwrap());
    assert!(lost > Wad::from_raw(20), "{lost}");
    let (floor, _) = between(|r| growth.powi(44, r));
    // 1.0123456789^44 is 1.715807935593654166809932…
    assert_eq!(floor, wad("1.715807935593654166"));
}

/// Aave v3, MathUtils.sol: three terms of the binomial series stand for a compounded rate. At 100% a
/// year the year's growth is 1.9% low.
#[test]
fn a_rate_a_second_compounds_with_all_its_terms() {
    let (rate, seconds) = (wad("0.000000031709791983"), 31_536_000_u64);
    let n = u128::from(seconds);
    let term = |of: Wad, factor: u128, divisor: u128| {
        let grown = of.mul(rate, Rounding::HalfUp).unwrap();
        grown.mul_div(
            Wad::from_raw(factor),
            Wad::from_raw(divisor),
            Rounding::Floor,
        )
    };
    let first = term(Wad::ONE, n, 1).unwrap();
    let second = term(first, n - 1, 2).unwrap();
    let third = term(second, n - 2, 3).unwrap();
    let sum = [first, second, third];
    let three_terms = sum
        .into_iter()
        .try_fold(Wad::ONE, Wad::checked_add)
        .unwrap();
    let (floor, _) = between(|r| rate.compound(seconds, r));
    assert_eq!(floor, wad("2.718281785295427612"));
    assert!(three_terms < wad("2.67"));
}

/// KyberSwap, November 2023, $48M: a rounding in the wrong direction lets a price pass a tick that is
/// not counted as crossed. By a floored logarithm over a ceiled one the tick is never beyond the price.
#[test]
fn a_price_is_never_placed_past_a_tick_that_it_has_not_reached() {
    let base = wad("1.0001");
    let tick_at = |price: Wad, of_price, of_base| {
        let log = price.ln(of_price).unwrap().raw();
        log.div_euclid(base.ln(of_base).unwrap().raw())
    };
    let mut crossed_unreached = 0;
    for tick in [1_i64, 2, 3, 100, 10_000, 200_000, 400_000] {
        let reached = base.powi(tick, Rounding::Ceil).unwrap();
        let unreached = base.powi(tick, Rounding::Floor).unwrap();
        let unreached = unreached.min(reached.checked_sub(UNIT).unwrap());
        let safe = tick_at(unreached, Rounding::Floor, Rounding::Ceil);
        assert!(safe < tick.into(), "{tick}");
        let wrong = tick_at(unreached, Rounding::Ceil, Rounding::Floor);
        crossed_unreached += u32::from(wrong >= tick.into());
    }
    assert!(crossed_unreached > 0, "the wrong directions pass");
}

/// yETH, November 2025, $9M: a product is rounded to 0, and what goes on from there is no number of
/// the pool's any more. What is owed never rounds to 0, and 0 has no logarithm and no inverse.
#[test]
fn a_power_that_rounds_to_zero_leads_to_errors_and_not_on() {
    let half = wad("0.5");
    for exponent in [61, 64, 200, i64::MAX] {
        let floor = half.powi(exponent, Rounding::Floor).unwrap();
        assert!(floor.is_zero());
        assert!(floor.ln(Rounding::Floor).is_err());
        assert!(floor.log2(Rounding::Ceil).is_err());
        assert!(floor.recip(Rounding::Ceil).is_err());
        assert!(floor.powi(-1, Rounding::Ceil).is_err());
        assert_eq!(half.powi(exponent, Rounding::Ceil), Ok(UNIT));
    }
    assert_eq!(number("-42").exp(Rounding::Floor), Ok(Wad::ZERO));
    assert_eq!(number("-42").exp(Rounding::Ceil), Ok(UNIT));
    assert_eq!(SignedWad::MIN.exp(Rounding::Ceil), Ok(UNIT));
}

/// Loops over periods stop at the 255th of them, or cost as much as a third party makes of them.
#[test]
fn as_many_periods_as_the_type_holds_are_no_more_work_than_two() {
    // Near to e^9.223372036854775807.
    let slow = Wad::from_raw(Wad::SCALE + 1).powi(i64::MAX, Rounding::Floor);
    assert_eq!(slow, Ok(wad("10131.169470770360743001")));
    assert_eq!(Wad::ONE.compound(u64::MAX, Rounding::Ceil).ok(), None);
    assert_eq!(Wad::ZERO.compound(u64::MAX, Rounding::Ceil), Ok(Wad::ONE));
}

/// A fault of this crate: 1 + ½ + ¼ + … of 500 terms and more was 2, floored. So was every such sum
/// whose limit is a number of half units: no precision tells them apart.
#[test]
fn a_sum_of_ever_more_terms_stays_below_its_limit() {
    // Ratio and limit.
    let limits = [
        ("0.5", "2"),
        ("0.75", "4"),
        ("0.999999999999999975", "40000000000000000"),
        ("0.2", "1.25"),
    ];
    for (ratio, limit) in limits {
        for terms in [20_000_u64, 1 << 40, u64::MAX] {
            let sum = |r| wad(ratio).geometric_sum(terms, r);
            if sum(Rounding::Ceil).unwrap() < wad(limit) {
                // So near to 1 that as many terms are still on their way.
                continue;
            }
            let (floor, ceil) = between(sum);
            assert_eq!(
                (floor.checked_add(UNIT), ceil),
                (Ok(wad(limit)), wad(limit))
            );
            assert_eq!(sum(Rounding::HalfEven), Ok(wad(limit)));
            assert_eq!(sum(Rounding::HalfUp), Ok(wad(limit)));
        }
    }
    // A limit of half a unit more than a number of them: 10^18 / 2^37 is one.
    let ratio = Wad::from_raw(Wad::SCALE - (1 << 37));
    let limit = (Wad::SCALE * Wad::SCALE) >> 37;
    assert_eq!((limit << 37) + (1 << 36), Wad::SCALE * Wad::SCALE);
    let rounded = Rounding::ALL.map(|r| ratio.geometric_sum(u64::MAX, r).unwrap().raw());
    assert_eq!(rounded, [limit, limit + 1, limit, limit]);
}

/// The largest that a product of 70 bits, or a power of 68, leads to is no error.
#[test]
fn a_sum_just_inside_the_range_is_found() {
    // By integers without a limit.
    let sums = [
        (
            Wad::SCALE * 2 + 1,
            68,
            295_147_905_179_352_835_594_880_870_918_643_411_595,
        ),
        (
            Wad::SCALE / 10_000 * 19_801,
            69,
            302_093_340_174_010_627_710_440_553_095_519_201_882,
        ),
    ];
    for (ratio, terms, floor) in sums {
        let sum = between(|rounding| Wad::from_raw(ratio).geometric_sum(terms, rounding));
        let floor = Wad::from_raw(floor);
        assert_eq!(sum, (floor, floor.checked_add(UNIT).unwrap()));
    }
}

/// A fault of this crate: 1 + x leaves the type though the logarithm of it wouldn't, and though a
/// power of 0 of anything is 1.
#[test]
fn a_sum_with_one_that_leaves_the_type_is_no_error_where_the_result_fits() {
    let last = u128::MAX - Wad::SCALE;
    for raw in [last - 1, last, last + 1, u128::MAX - 1, u128::MAX] {
        let x = Wad::from_raw(raw);
        let (floor, ceil) = between(|r| Ok(x.ln_1p(r)));
        assert_eq!(floor, wad("47.276307437780177293"));
        assert_eq!(x.ln_1p(Rounding::HalfUp), floor);
        assert!(ceil > floor);
        for rounding in Rounding::ALL {
            assert_eq!(x.compound(0, rounding), Ok(Wad::ONE));
            assert_eq!(x.compound(1, rounding).ok(), x.checked_add(Wad::ONE).ok());
        }
    }
}

/// Powers just below 2^128 units, by another library. One or all of these was an error: the slow path
/// took what was within its doubt of too large for too large.
#[test]
fn a_power_within_a_doubt_of_the_largest_number_is_not_too_large() {
    // The base, the exponent and how many units below 2^128 the exact power is.
    let powers = [
        (
            1,
            47_276_307_437_780_177_316_720_019_081_218_133_619_i128,
            152,
            false,
        ),
        (
            2,
            23_638_153_718_890_088_670_179_086_400_054_111_127,
            57,
            false,
        ),
        (
            3,
            15_758_769_145_926_725_787_998_775_506_332_770_293,
            684,
            false,
        ),
        (
            -1,
            -47_276_307_437_780_177_269_443_711_643_437_956_326,
            124,
            false,
        ),
        (
            -2,
            -23_638_153_718_890_088_622_902_778_962_273_933_834,
            2,
            true,
        ),
    ];
    for (off, exponent, below, above_half) in powers {
        let base = Wad::from_raw(Wad::ONE.raw().wrapping_add_signed(off));
        let exponent = SignedWad::from_raw(exponent);
        let results = Rounding::ALL.map(|rounding| base.pow(exponent, rounding));
        let floor = Wad::from_raw(u128::MAX - (below - 1));
        let (floor, ceil) = (Ok(floor), Ok(floor.checked_add(UNIT).unwrap()));
        let nearest = if above_half { ceil } else { floor };
        assert_eq!(results, [floor, ceil, nearest, nearest], "{off}");
    }
}
