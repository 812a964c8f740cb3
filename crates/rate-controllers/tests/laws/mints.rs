//! The issuance that follows what is at stake.

use tokenomics_fixed_math::{Amount, Fraction, Span, Wad};
use tokenomics_rate_controllers::{
    Error, Mint, NposInflation, NposInflationParams, SqrtIssuance, SqrtIssuanceParams,
    TargetBonded, TargetBondedParams,
};

use super::at;
use super::controllers::{Controller, Seed};

const ONE: u128 = Wad::SCALE;

/// At most 10,000% a year.
fn rate(number: u128) -> Wad {
    Wad::from_raw(number % (100 * ONE + 1))
}

fn fraction(number: u128) -> Fraction {
    Fraction::from_raw(number.min(ONE) as u64).unwrap()
}

/// Above 0.
fn part(number: u128) -> Fraction {
    fraction(number % ONE + 1)
}

fn year(number: u128) -> Span {
    Span::new((number % 10_000_000_000) as u64 + 1)
}

/// Inflation from a bonded part, which it falls with, so that more is less bonded.
impl Controller for TargetBonded {
    type Input = (Fraction, Amount);

    const REFUSED_TWICE: bool = false;

    fn make([goal, change, bounds, length, inflation, last]: Seed) -> Self {
        let max = rate(bounds);
        let min = Wad::from_raw((bounds >> 64) % (max.raw() + 1));
        let params = TargetBondedParams {
            goal: part(goal),
            change: rate(change),
            min,
            max,
            year: year(length),
        };
        let inflation = min.raw() + inflation % (max.raw() - min.raw() + 1);
        Self::new(params, Wad::from_raw(inflation), at(last as u64)).unwrap()
    }

    fn input(&self, unbonded: u128, supply: u128) -> (Fraction, Amount) {
        (fraction(unbonded).complement(), Amount::new(supply))
    }

    fn clock(&self) -> u64 {
        Mint::last(self).get()
    }

    fn step(&mut self, time: u64, (bonded, supply): Self::Input) -> Result<u128, Error> {
        self.mint(at(time), bonded, supply).map(Amount::get)
    }

    fn response(&self) -> u128 {
        self.inflation().raw()
    }

    fn range(&self) -> (u128, u128) {
        (self.params().min.raw(), self.params().max.raw())
    }
}

/// The inflation of Polkadot, and what it was in the last call that took any time.
#[derive(Debug, Clone, PartialEq)]
pub struct Npos(NposInflation, Wad);

/// Toward the ideal, from below for even supplies and from above for odd ones.
impl Controller for Npos {
    type Input = (Fraction, Amount);

    const REFUSED_TWICE: bool = false;

    fn make([min, max, ideal, falloff, length, last]: Seed) -> Self {
        let max = rate(max);
        let params = NposInflationParams {
            min: Wad::from_raw(min % (max.raw() + 1)),
            max,
            ideal: part(ideal),
            falloff: part(falloff),
            year: year(length),
        };
        Self(NposInflation::new(params, at(last as u64)).unwrap(), max)
    }

    fn input(&self, nearness: u128, supply: u128) -> (Fraction, Amount) {
        let ideal = u128::from(self.0.params().ideal.raw());
        let staked = if supply % 2 == 0 {
            nearness.min(ideal)
        } else {
            ONE - nearness.min(ONE - ideal)
        };
        (fraction(staked), Amount::new(supply))
    }

    fn clock(&self) -> u64 {
        Mint::last(&self.0).get()
    }

    fn step(&mut self, time: u64, (staked, supply): Self::Input) -> Result<u128, Error> {
        let takes_time = time > self.clock();
        let minted = self.0.mint(at(time), staked, supply)?;
        if takes_time {
            self.1 = self.0.inflation(staked);
        }
        Ok(minted.get())
    }

    fn response(&self) -> u128 {
        self.1.raw()
    }

    fn range(&self) -> (u128, u128) {
        (self.0.params().min.raw(), self.0.params().max.raw())
    }
}

/// Ethereum's issuance, and the reward in the last call that took any time: more is less stake.
#[derive(Debug, Clone, PartialEq)]
pub struct Sqrt(SqrtIssuance, u64);

impl Controller for Sqrt {
    type Input = u64;

    const REFUSED_TWICE: bool = false;

    fn make([increment, factor, .., last]: Seed) -> Self {
        let increment = (increment as u64).max(1);
        let factor = factor as u64 % (u64::MAX / increment).max(1);
        let params = SqrtIssuanceParams { increment, factor };
        Self(SqrtIssuance::new(params, at(last as u64)).unwrap(), 0)
    }

    fn input(&self, less: u128, _: u128) -> u64 {
        u64::MAX - less.min(u64::MAX.into()) as u64
    }

    fn clock(&self) -> u64 {
        Mint::last(&self.0).get()
    }

    fn step(&mut self, epoch: u64, staked: u64) -> Result<u128, Error> {
        let takes_time = epoch > self.clock();
        let issued = self.0.mint(at(epoch), staked, Amount::MAX)?;
        if takes_time {
            self.1 = self.0.base_reward(staked);
        }
        Ok(issued.get())
    }

    fn response(&self) -> u128 {
        self.1.into()
    }

    fn range(&self) -> (u128, u128) {
        (0, self.0.base_reward(0).into())
    }
}

/// A call of target-bonded inflation.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Minting {
    /// Of the clock, since the last one.
    pub units: u8,
    pub unbonded: u128,
    pub supply: u128,
}

/// What is minted is what adding up the formula, one unit of the clock after the other, comes to.
pub fn minted_by_definition(seed: Seed, steps: &[Minting]) {
    let mut mint = TargetBonded::make(seed);
    let (params, year) = (mint.params(), u128::from(mint.params().year.get()));
    let bounds = (params.min.raw() * year, params.max.raw() * year);
    let (mut inflation, mut carried) = (mint.inflation().raw() * year, 0);
    for step in steps {
        let Some(time) = mint.clock().checked_add(step.units.into()) else {
            return;
        };
        // Small enough that a unit's sum fits 128 bits.
        let (bonded, supply) = mint.input(step.unbonded, step.supply % 100_000_000);
        let (goal, bonded_raw) = (params.goal.raw(), bonded.raw());
        let per_goal = |change: u128| change * u128::from(goal.abs_diff(bonded_raw));
        let change = if params.change.raw() == 0 {
            0
        } else {
            per_goal(params.change.raw()) / u128::from(goal)
        };
        let mut expected = 0;
        for _ in 0..step.units {
            inflation = if bonded_raw < goal {
                (inflation + change).min(bounds.1)
            } else {
                inflation.saturating_sub(change).max(bounds.0)
            };
            let divisor = ONE * year * year;
            let sum = supply.get() * inflation + carried;
            (expected, carried) = (expected + sum / divisor, sum % divisor);
        }
        assert_eq!(
            mint.update(at(time), bonded, supply),
            Ok(Amount::new(expected))
        );
        assert_eq!(mint.inflation().raw(), inflation / year);
    }
}
