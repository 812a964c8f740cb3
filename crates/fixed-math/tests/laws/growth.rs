//! Amounts times powers.

use std::cmp::Ordering;

use tokenomics_fixed_math::{
    Amount, Error, Growth, LogisticGrowth, Ratio, Rounding, SignedWad, Span, Wad, U256,
};

use super::enclosure::Enclosure;
use super::natural::Natural;
use super::ratio;

/// A grown amount is the exact real number, rounded once: against integers without a limit where it is
/// rational, against the functions of wads where those have the same number, and between floor and
/// ceil, in all four roundings, for any other.
pub(crate) fn growth_over_time(
    base: (u128, u128),
    numerator: (u128, u128),
    denominator: u128,
    units: (u64, u64),
) {
    let numerator = U256::new(numerator.0, numerator.1);
    let denominator = denominator.max(1);
    let factor = ratio(base.0.max(1), base.1);
    for units in [units.0, units.0 % 70] {
        of_a_whole_power(factor, numerator, denominator, units);
    }
    of_whole_doublings(units.1.max(1), numerator, denominator, units.0);
    of_wads(base.0, factor, units.0);
    of_anything(factor, numerator, denominator, units);
}

/// What `Growth` makes of a number that it may not hold.
fn expected(exact: &Natural) -> Option<u128> {
    exact.fits(128).then(|| exact.wide().low())
}

/// In lowest terms, so that the powers aren't longer than they must be; and up to 2,000 bits of them.
fn of_a_whole_power(factor: Ratio, numerator: U256, denominator: u128, units: u64) {
    let factor = factor.reduced();
    let (n, d) = (factor.numerator(), factor.denominator());
    let bits = 256 - u64::from(n.leading_zeros() + d.leading_zeros());
    if bits.saturating_mul(units) > 4_000 {
        return;
    }
    let power = |of: u128| Natural::from(of).power(usize::try_from(units).unwrap());
    let up = Growth::per_unit(factor).unwrap();
    for (growth, n, d) in [(up, n, d), (up.inverse(), d, n)] {
        let above = Natural::from(numerator).times(&power(n));
        let rounded = above.rounded(&Natural::from(denominator).times(&power(d)));
        for rounding in Rounding::ALL {
            let units = Ratio::from_integer(units.into());
            let of = growth.mul_div(numerator, denominator, units, rounding);
            assert_eq!(
                of.ok(),
                expected(&rounded(rounding)),
                "{growth:?} over {units}"
            );
        }
    }
}

/// 2^k is a shift.
fn of_whole_doublings(period: u64, numerator: U256, denominator: u128, doublings: u64) {
    let doublings = doublings % 400;
    let up = Growth::doubling(Span::new(period)).unwrap();
    let units = Ratio::new(u128::from(period) * u128::from(doublings), 1).unwrap();
    let shift = usize::try_from(doublings).unwrap();
    let (numerator_of, denominator_of) = (Natural::from(numerator), Natural::from(denominator));
    let rising = numerator_of.shifted(shift).rounded(&denominator_of);
    let falling = numerator_of.rounded(&denominator_of.shifted(shift));
    for rounding in Rounding::ALL {
        let of = |growth: Growth| growth.mul_div(numerator, denominator, units, rounding).ok();
        assert_eq!(of(up), expected(&rising(rounding)));
        assert_eq!(of(up.inverse()), expected(&falling(rounding)));
    }
}

/// 10^18·e^x, and a wad to a whole power.
fn of_wads(raw: u128, factor: Ratio, units: u64) {
    let one = Amount::new(Wad::SCALE);
    let exponent = raw % 90_000_000_000_000_000_000;
    let rate = ratio(exponent, Wad::SCALE);
    let signed = SignedWad::from_raw(i128::try_from(exponent).unwrap());
    let rising = Growth::continuous(rate).unwrap();
    let wad = Wad::from_ratio(factor.numerator(), factor.denominator(), Rounding::Ceil);
    for rounding in Rounding::ALL {
        let raw = |wad: Result<Wad, Error>| wad.map(Wad::raw).ok();
        let of = |growth: Growth, units| growth.of(one, units, rounding).map(Amount::get).ok();
        assert_eq!(of(rising, 1), raw(signed.exp(rounding)));
        let falling = signed.checked_neg().unwrap().exp(rounding);
        assert_eq!(of(rising.inverse(), 1), raw(falling));
        let Ok(wad) = wad else { continue };
        let growth = Growth::per_unit(ratio(wad.raw(), Wad::SCALE)).unwrap();
        let units = units >> 33;
        let power = wad.powi(i64::try_from(units).unwrap(), rounding);
        assert_eq!(
            of(growth, units),
            raw(power),
            "{wad} to the power of {units}"
        );
    }
}

/// Of any base over any time: the four roundings agree, and what grew doesn't come back larger than
/// it was.
fn of_anything(factor: Ratio, numerator: U256, denominator: u128, units: (u64, u64)) {
    let units = ratio(units.0.into(), units.1.into());
    let rate = ratio(factor.numerator() >> 65, factor.denominator());
    for growth in [Growth::per_unit(factor), Growth::continuous(rate)] {
        for growth in [growth.unwrap(), growth.unwrap().inverse()] {
            let of = |rounding| growth.mul_div(numerator, denominator, units, rounding);
            let Ok(floor) = of(Rounding::Floor) else {
                assert!(of(Rounding::Ceil).is_err() && of(Rounding::HalfUp).is_err());
                continue;
            };
            let Ok(ceil) = of(Rounding::Ceil) else {
                assert_eq!(floor, u128::MAX);
                continue;
            };
            assert!(ceil == floor || ceil == floor + 1);
            for rounding in [Rounding::HalfEven, Rounding::HalfUp] {
                let half = of(rounding).unwrap();
                assert!(half == floor || half == ceil);
            }
            let back = |of: u128, rounding| growth.inverse().mul_div(of.into(), 1, units, rounding);
            let exact = |rounding| numerator.checked_div(denominator, rounding).unwrap();
            if let Ok(back) = back(floor, Rounding::Floor) {
                assert!(U256::from(back) <= exact(Rounding::Floor), "{growth:?}");
            }
            if let Ok(back) = back(ceil, Rounding::Ceil) {
                assert!(U256::from(back) >= exact(Rounding::Ceil), "{growth:?}");
            }
        }
    }
}

/// Logistic growth is the exact supply, rounded down: with c for it, K for the ceiling and S for the
/// supply at the start, e^(rt) lies from c(K − S) / (S(K − c)) up to what that is for c + 1.
pub(crate) fn growth_to_a_ceiling(supply: u128, ceiling: u128, rate: (u128, u128), time: u64) {
    let ceiling = ceiling.max(2);
    let supply = supply.clamp(1, ceiling - 1);
    // Up to 100 e-foldings, which takes it from anywhere to all but nothing of the ceiling.
    let d = rate.1.max(1);
    let n = if rate.0 / d < 1 << 63 {
        rate.0
    } else {
        rate.0 >> 65
    };
    let most = U256::product(100, d).checked_div(n.max(1), Rounding::Floor);
    let most = most.unwrap().to_u128().unwrap_or(u128::MAX);
    let time = u128::from(time) % most.clamp(1, 1 << 64);
    let growth = LogisticGrowth::new(Amount::new(supply), Amount::new(ceiling), ratio(n, d));
    let c = growth.unwrap().after(u64::try_from(time).unwrap()).get();
    assert!(supply <= c && c < ceiling);
    let exponent = Natural::from(n).times(&time.into());
    if exponent.is_zero() {
        assert_eq!(c, supply);
        return;
    }
    let power = Enclosure::ratio(&exponent, &d.into(), 640).exp();
    let against = |c: u128| {
        let above = Natural::from(c).times(&(ceiling - supply).into());
        let below = Natural::from(supply).times(&(ceiling - c).into());
        power.against(&above, &below)
    };
    assert_eq!(against(c), Some(Ordering::Greater), "{c} after {time}");
    let is_last = c + 1 == ceiling;
    assert!(
        is_last || against(c + 1) == Some(Ordering::Less),
        "{c} after {time}"
    );
}
