//! The feedback controllers.

use tokenomics_fixed_math::{Amount, Fraction, SignedWad, Span, Wad};
use tokenomics_rate_controllers::{
    Error, Pid, PidParams, RebaseRule, SupplyChange, SupplyTarget, SupplyTargetParams,
};

use super::at;
use super::controllers::{Controller, Seed};

const ONE: u128 = Wad::SCALE;
const LARGEST: u128 = 1_000_000_000_000 * ONE;

/// From −10^12 to 10^12.
fn figure(number: u128) -> SignedWad {
    SignedWad::from_raw((number % (2 * LARGEST + 1)) as i128 - LARGEST as i128)
}

fn up_to(number: u128, most: u128) -> Wad {
    Wad::from_raw(number % (most + 1))
}

/// A larger input is a lower measurement.
impl Controller for Pid {
    type Input = SignedWad;

    const REFUSED_TWICE: bool = false;

    fn make([setpoint, errors, gains, rest, range, last]: Seed) -> Self {
        // Ordinary sizes as often as extreme ones.
        let gain = if last % 2 == 0 { ONE } else { 1_000_000 * ONE };
        let largest_error = up_to(errors, LARGEST);
        let (a, b) = (figure(range), figure(range.rotate_left(59)));
        let params = PidParams {
            setpoint: figure(setpoint),
            largest_error,
            dead_band: up_to(errors >> 60, largest_error.raw()),
            proportional: up_to(gains, gain),
            integral: up_to(gains.rotate_left(40), gain),
            windup: up_to(rest, 50 * ONE),
            derivative: up_to(gains.rotate_left(80), if rest % 3 == 0 { 0 } else { gain }),
            filter: Span::new((rest >> 70) as u64 + 1),
            bias: figure(rest.rotate_left(31)),
            min: a.min(b),
            max: a.max(b),
            slew: (rest % 2 == 0).then_some(up_to(rest >> 3, LARGEST)),
        };
        let (measured, output) = (figure(errors.rotate_left(90)), params.min);
        Self::new(params, measured, output, at(last as u64)).unwrap()
    }

    fn input(&self, error: u128, _: u128) -> SignedWad {
        let error = error.min(i128::MAX as u128) as i128;
        let far = self.params().largest_error.raw() as i128;
        let highest = self.params().setpoint.raw() + far;
        SignedWad::from_raw(highest.saturating_sub(error))
    }

    fn clock(&self) -> u64 {
        self.last().get()
    }

    fn step(&mut self, time: u64, measured: SignedWad) -> Result<u128, Error> {
        let before = *self;
        let output = self.update(at(time), measured)?;
        assert_eq!(output, self.output());
        let windup = self.params().windup.raw();
        assert!(self.integral_part().abs().raw() <= windup);
        let largest = self.params().largest_error;
        assert!(self.filtered().abs() <= largest);
        if let Some(slew) = self.params().slew {
            let moved = before.output().abs_diff(output).raw();
            let most = slew.raw().saturating_mul((time - before.clock()).into());
            assert!(moved <= most, "{before:?} to {self:?}");
        }
        Ok(0)
    }

    fn response(&self) -> u128 {
        self.output().abs_diff(self.params().min).raw()
    }

    fn range(&self) -> (u128, u128) {
        (0, self.params().max.abs_diff(self.params().min).raw())
    }

    /// The integral to the bit. The filter rounds a unit in each call, and two parts in 10^18 of the
    /// change, which is at most twice the largest error; the output, where nothing holds it back, by as
    /// much of it as the derivative takes.
    fn agrees(&self, timely: &Self, _: u128, _: u128, units: u64, calls: u128) -> bool {
        let params = self.params();
        let off = (calls + 1) * (4 * params.largest_error.raw() / ONE + 2);
        let taken = Wad::from_raw(off).mul_div(
            params.derivative,
            Wad::from_raw(u128::from(params.filter.get()) * ONE),
            tokenomics_fixed_math::Rounding::Ceil,
        );
        let apart = self.output().abs_diff(timely.output()).raw();
        let output = match params.slew {
            None => apart <= taken.unwrap().raw() + 1,
            Some(slew) => apart <= slew.raw().saturating_mul(units.into()).saturating_mul(2),
        };
        self.integral_part() == timely.integral_part()
            && self.filtered().abs_diff(timely.filtered()).raw() <= off
            && self.last() == timely.last()
            && output
    }

    /// A derivative takes back what it gave.
    fn lasting(&self) -> bool {
        self.params().derivative.is_zero()
    }
}

/// A targeted supply, and what the last change made of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Target(SupplyTarget, u128);

impl Controller for Target {
    type Input = (Wad, Amount);

    const REFUSED_TWICE: bool = false;

    fn make([target, band, rule, growth, max_supply, next]: Seed) -> Self {
        let end = |number: u128| Fraction::from_raw((number % ONE) as u64 + 1).unwrap();
        let rule = if rule % 2 == 0 {
            RebaseRule::Lag((rule >> 1) as u64 % 10_000 + 1)
        } else {
            RebaseRule::Sigmoid {
                lower: end(rule),
                upper: end(rule >> 64),
                growth: up_to(growth, 1_000 * ONE),
            }
        };
        let params = SupplyTargetParams {
            target: Wad::from_raw(target % (1_000_000_000 * ONE) + 1),
            dead_band: Fraction::from_raw((band % (ONE + 1)) as u64).unwrap(),
            rule,
            period: Span::new((growth >> 100) as u64 % 100 + 1),
            max_supply: Amount::new(max_supply),
        };
        Self(SupplyTarget::new(params, at(next as u64)).unwrap(), 0)
    }

    fn input(&self, price: u128, supply: u128) -> Self::Input {
        let supply = supply.min(self.0.params().max_supply.get());
        (Wad::from_raw(price), Amount::new(supply))
    }

    fn clock(&self) -> u64 {
        // The period before the change that is due has begun, so that also calls within it are drawn.
        self.0
            .next()
            .get()
            .saturating_sub(self.0.params().period.get())
    }

    fn step(&mut self, time: u64, (price, supply): Self::Input) -> Result<u128, Error> {
        let (due, period) = (self.0.next().get(), self.0.params().period.get());
        let change = self.0.update(at(time), price, supply)?;
        if time < due {
            assert_eq!(change, SupplyChange::Unchanged);
            return Ok(0);
        }
        // The next one is on the grid, after this call, and not a period later than need be.
        let next = self.0.next().get();
        assert_eq!((next - due) % period, 0);
        assert!(next > time && next - time <= period);
        self.1 = match change {
            SupplyChange::Unchanged => supply.get(),
            SupplyChange::Grow(more) => supply.checked_add(more).unwrap().get(),
            SupplyChange::Shrink(less) => supply.checked_sub(less).unwrap().get(),
        };
        Ok(0)
    }

    fn response(&self) -> u128 {
        self.1
    }

    fn range(&self) -> (u128, u128) {
        (0, self.0.params().max_supply.get())
    }

    /// When the next change is due: what was missed isn't made up for.
    fn agrees(&self, timely: &Self, _: u128, _: u128, _: u64, _: u128) -> bool {
        self.0 == timely.0
    }
}
