//! The rates of lending pools.

use tokenomics_fixed_math::{Fraction, Span, Wad};
use tokenomics_rate_controllers::{
    AdaptiveRate, AdaptiveRateParams, Error, KinkedRate, KinkedRateParams,
};

use super::at;
use super::controllers::{Controller, Seed};

const ONE: u128 = Wad::SCALE;

fn rate(number: u128) -> Wad {
    Wad::from_raw(number % (100 * ONE + 1))
}

fn fraction(number: u128) -> Fraction {
    Fraction::from_raw(number.min(ONE) as u64).unwrap()
}

fn year(number: u128) -> Span {
    Span::new((number % 10_000_000_000) as u64 + 1)
}

/// A kinked rate, and what it was in the last call that took any time.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinked(KinkedRate, Wad);

impl Controller for Kinked {
    type Input = Fraction;

    const REFUSED_TWICE: bool = false;

    fn make([optimal, base, slope1, slope2, length, last]: Seed) -> Self {
        let params = KinkedRateParams {
            optimal: fraction(optimal % ONE + 1),
            base: rate(base),
            slope1: rate(slope1),
            slope2: rate(slope2),
            year: year(length),
        };
        let rate = KinkedRate::new(params, at(last as u64)).unwrap();
        Self(rate, params.base)
    }

    fn input(&self, used: u128, _: u128) -> Fraction {
        fraction(used)
    }

    fn clock(&self) -> u64 {
        self.0.last().get()
    }

    fn step(&mut self, time: u64, used: Fraction) -> Result<u128, Error> {
        let (takes_time, before) = (time > self.clock(), self.0.accrued());
        let rate = self.0.update(at(time), used)?;
        if takes_time {
            self.1 = rate;
        }
        assert!(self.0.index().unwrap() >= Wad::ONE);
        assert!(self.0.supply_rate(used, Fraction::ZERO) <= rate);
        Ok(self.0.accrued() - before)
    }

    fn response(&self) -> u128 {
        self.1.raw()
    }

    fn range(&self) -> (u128, u128) {
        let params = self.0.params();
        let (slope1, slope2) = (params.slope1.raw(), params.slope2.raw());
        let base = params.base.raw();
        (base, base + slope1 + slope2)
    }
}

impl Controller for AdaptiveRate {
    type Input = Fraction;

    const REFUSED_TWICE: bool = false;

    fn make([target, steepness, speed, bounds, length, start]: Seed) -> Self {
        let max = 1 + bounds % (100 * ONE);
        let min = 1 + (bounds >> 64) % max;
        let params = AdaptiveRateParams {
            target: fraction(1 + target % (ONE - 1)),
            steepness: Wad::from_raw(ONE + steepness % (99 * ONE + 1)),
            speed: Wad::from_raw(speed % (1_000 * ONE + 1)),
            min: Wad::from_raw(min),
            max: Wad::from_raw(max),
            year: year(length),
        };
        let rate = Wad::from_raw(min + start % (max - min + 1));
        Self::new(params, rate, at(start as u64)).unwrap()
    }

    fn input(&self, used: u128, _: u128) -> Fraction {
        fraction(used)
    }

    fn clock(&self) -> u64 {
        self.last().get()
    }

    fn step(&mut self, time: u64, used: Fraction) -> Result<u128, Error> {
        let (units, before) = (time - self.clock().min(time), *self);
        let average = self.update(at(time), used)?;
        let curve = |rate: AdaptiveRate| rate.rate(used).raw();
        // An average lies between its ends, but for what is rounded up.
        let ends = [curve(before), curve(*self)];
        let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let average = average.raw();
        assert!(
            average + low / 1_000_000_000_000_000 + 200 >= low,
            "{average} under {low}"
        );
        assert!(average <= high + 1, "{average} over {high}");
        assert!(units > 0 || *self == before);
        assert!(self.index().unwrap() >= Wad::ONE);
        Ok(self.accrued() - before.accrued())
    }

    fn response(&self) -> u128 {
        self.rate_at_target().raw()
    }

    fn range(&self) -> (u128, u128) {
        (self.params().min.raw(), self.params().max.raw())
    }

    /// The rate to the bit; the interest but for what each call rounds up: a few units and parts in
    /// 10^15 of the average, times the curve and the time.
    fn agrees(&self, timely: &Self, given: u128, sum: u128, units: u64, calls: u128) -> bool {
        let steepness = self.params().steepness.raw() / ONE + 1;
        let allowed = given / 1_000_000_000_000_000 + 4 * steepness * (u128::from(units) + calls);
        let interest = self.accrued().abs_diff(timely.accrued());
        self.rate_at_target() == timely.rate_at_target()
            && self.last() == timely.last()
            && interest == given.abs_diff(sum)
            && interest <= allowed
    }
}
