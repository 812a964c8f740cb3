//! Controllers of any integers, each brought into the range that the constructors accept: the base of
//! the generators. 0 makes the least of each parameter, and the largest number the largest.

use tokenomics_fixed_math::{Amount, Fraction, SignedWad, Span, Timestamp, Wad};

use crate::{
    AdaptiveRate, AdaptiveRateParams, BaseFee, BaseFeeParams, BlobExponential, BlobFee,
    BlobFeeParams, KinkedRate, KinkedRateParams, NposInflation, NposInflationParams, Pid,
    PidParams, RebaseRule, SqrtIssuance, SqrtIssuanceParams, SupplyTarget, SupplyTargetParams,
    TargetBonded, TargetBondedParams,
};

/// The numbers that a controller is made of.
pub(crate) type Seed = [u128; 13];

/// A controller that can be made of any numbers. It is public only for being a bound: its module
/// isn't.
#[cfg_attr(
    not(feature = "proptest"),
    allow(unreachable_pub, reason = "only the strategies are bound by it")
)]
pub trait FromSeed: Sized {
    /// Returns the controller of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Seed) -> Option<Self>;
}

const ONE: u128 = Wad::SCALE;

/// 10^12, the largest figure of a [`Pid`].
const FIGURE: u128 = 1_000_000_000_000_000_000_000_000_000_000;

/// Brings a number into a range, and the largest of all to its end.
fn fit(number: u128, least: u128, most: u128) -> u128 {
    if number == u128::MAX {
        return most;
    }
    let count = most.saturating_sub(least).checked_add(1);
    let within = count.and_then(|count| number.checked_rem(count));
    within.map_or(number, |within| least.saturating_add(within))
}

fn fit64(number: u128, least: u64, most: u64) -> u64 {
    u64::try_from(fit(number, least.into(), most.into())).unwrap_or(most)
}

fn time(number: u128) -> Timestamp {
    Timestamp::new(fit64(number, 0, u64::MAX))
}

fn year(number: u128) -> Span {
    Span::new(fit64(number, 1, 10_000_000_000))
}

fn wad(number: u128, least: u128, most: u128) -> Wad {
    Wad::from_raw(fit(number, least, most))
}

fn rate(number: u128) -> Wad {
    wad(number, 0, ONE.saturating_mul(100))
}

fn part(number: u128, least: u64, most: u64) -> Option<Fraction> {
    Fraction::from_raw(fit64(number, least, most)).ok()
}

/// From −10^12 to 10^12.
fn figure(number: u128) -> Option<SignedWad> {
    let above = fit(number, 0, FIGURE.saturating_mul(2));
    let raw = i128::try_from(above).ok()?;
    Some(SignedWad::from_raw(
        raw.checked_sub(i128::try_from(FIGURE).ok()?)?,
    ))
}

impl FromSeed for BaseFee {
    fn from_seed([elasticity, denominator, min, max, fee, next, ..]: Seed) -> Option<Self> {
        let max = fit(max, 0, u64::MAX.into());
        let min = fit(min, 0, max);
        let params = BaseFeeParams {
            elasticity: fit64(elasticity, 1, u64::MAX),
            denominator: fit64(denominator, 1, 1_024),
            min: Amount::new(min),
            max: Amount::new(max),
        };
        Self::new(params, Amount::new(fit(fee, min, max)), time(next)).ok()
    }
}

impl FromSeed for BlobFee {
    fn from_seed([min, target, fraction, most, excess, next, kind, ..]: Seed) -> Option<Self> {
        let update_fraction = fit64(fraction, 1, 10_000_000_000_000_000);
        let min_fee = fit(min, 1, 100_000_000_000_000_000);
        // The largest number of times a factor of e that the fee has room for.
        let mut built = (0..=44_u64).rev().map(|times| {
            let max_excess = fit64(most, 0, update_fraction.saturating_mul(times));
            let params = BlobFeeParams {
                min_fee: Amount::new(min_fee),
                target: fit64(target, 0, u64::MAX),
                update_fraction,
                max_excess,
                exponential: if fit(kind, 0, 1) == 0 {
                    BlobExponential::Exact
                } else {
                    BlobExponential::Deployed
                },
            };
            Self::new(params, fit64(excess, 0, max_excess), time(next))
        });
        built.find_map(Result::ok)
    }
}

impl FromSeed for TargetBonded {
    fn from_seed([goal, change, min, max, inflation, length, last, ..]: Seed) -> Option<Self> {
        let max = rate(max);
        let min = wad(min, 0, max.raw());
        let params = TargetBondedParams {
            goal: part(goal, 1, Fraction::ONE.raw())?,
            change: rate(change),
            min,
            max,
            year: year(length),
        };
        let inflation = wad(inflation, min.raw(), max.raw());
        Self::new(params, inflation, time(last)).ok()
    }
}

impl FromSeed for NposInflation {
    fn from_seed([min, max, ideal, falloff, length, last, ..]: Seed) -> Option<Self> {
        let max = rate(max);
        let params = NposInflationParams {
            min: wad(min, 0, max.raw()),
            max,
            ideal: part(ideal, 1, Fraction::ONE.raw())?,
            falloff: part(falloff, 1, Fraction::ONE.raw())?,
            year: year(length),
        };
        Self::new(params, time(last)).ok()
    }
}

impl FromSeed for SqrtIssuance {
    fn from_seed([increment, factor, last, ..]: Seed) -> Option<Self> {
        let increment = fit64(increment, 1, u64::MAX);
        let factor = fit64(factor, 0, u64::MAX.checked_div(increment)?);
        Self::new(SqrtIssuanceParams { increment, factor }, time(last)).ok()
    }
}

impl FromSeed for KinkedRate {
    fn from_seed([optimal, base, slope1, slope2, length, last, ..]: Seed) -> Option<Self> {
        let params = KinkedRateParams {
            optimal: part(optimal, 1, Fraction::ONE.raw())?,
            base: rate(base),
            slope1: rate(slope1),
            slope2: rate(slope2),
            year: year(length),
        };
        Self::new(params, time(last)).ok()
    }
}

impl FromSeed for AdaptiveRate {
    fn from_seed(
        [target, steepness, speed, min, max, start, length, last, ..]: Seed,
    ) -> Option<Self> {
        let max = wad(max, 1, ONE.saturating_mul(100));
        let min = wad(min, 1, max.raw());
        let params = AdaptiveRateParams {
            target: part(target, 1, Fraction::ONE.raw().saturating_sub(1))?,
            steepness: wad(steepness, ONE, ONE.saturating_mul(100)),
            speed: wad(speed, 0, ONE.saturating_mul(1_000)),
            min,
            max,
            year: year(length),
        };
        let start = wad(start, min.raw(), max.raw());
        Self::new(params, start, time(last)).ok()
    }
}

impl FromSeed for Pid {
    fn from_seed(
        [setpoint, largest, band, kp, ki, windup, kd, filter, bias, one, other, slew, last]: Seed,
    ) -> Option<Self> {
        let gain = |number| wad(number, 0, ONE.saturating_mul(1_000_000));
        let largest_error = wad(largest, 0, FIGURE);
        let (one, other) = (figure(one)?, figure(other)?);
        let params = PidParams {
            setpoint: figure(setpoint)?,
            largest_error,
            dead_band: wad(band, 0, largest_error.raw()),
            proportional: gain(kp),
            integral: gain(ki),
            windup: wad(windup, 0, ONE.saturating_mul(50)),
            derivative: gain(kd),
            filter: Span::new(fit64(filter, 1, u64::MAX)),
            bias: figure(bias)?,
            min: one.min(other),
            max: one.max(other),
            // Every third is without a limit.
            slew: (slew.checked_rem(3)? > 0).then_some(wad(slew, 0, FIGURE)),
        };
        Self::new(params, figure(band)?, one, time(last)).ok()
    }
}

impl FromSeed for SupplyTarget {
    fn from_seed([target, band, kind, a, b, growth, period, max, next, ..]: Seed) -> Option<Self> {
        let rule = if fit(kind, 0, 1) == 0 {
            RebaseRule::Lag(fit64(a, 1, 10_000))
        } else {
            RebaseRule::Sigmoid {
                lower: part(a, 1, Fraction::ONE.raw())?,
                upper: part(b, 1, Fraction::ONE.raw())?,
                growth: wad(growth, 0, ONE.saturating_mul(1_000)),
            }
        };
        let params = SupplyTargetParams {
            target: wad(target, 1, ONE.saturating_mul(1_000_000_000)),
            dead_band: part(band, 0, Fraction::ONE.raw())?,
            rule,
            period: Span::new(fit64(period, 1, u64::MAX)),
            max_supply: Amount::new(max),
        };
        Self::new(params, time(next)).ok()
    }
}
