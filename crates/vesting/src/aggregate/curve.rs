//! Sums of lines, exact to 2^−128 of a unit.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, U256};

use crate::{Linear, Schedule};

/// An integer of 256 bits with 128 behind the point, in which sums and differences wrap: of a sum
/// that comes to something between 0 and 2^128, all that wrapped on the way cancels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wide {
    high: u128,
    low: u128,
}

impl Wide {
    const ZERO: Self = Self { high: 0, low: 0 };

    fn plus(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.wrapping_add(other.high);
        Self {
            high: high.wrapping_add(carry.into()),
            low,
        }
    }

    fn negated(self) -> Self {
        // Two's complement: all bits turned, and one more.
        let (low, carry) = (!self.low).overflowing_add(1);
        let high = (!self.high).wrapping_add(carry.into());
        Self { high, low }
    }

    fn times(self, factor: u128) -> Self {
        let low = U256::product(self.low, factor);
        let high = self.high.wrapping_mul(factor);
        Self {
            high: low.high().wrapping_add(high),
            low: low.low(),
        }
    }
}

/// The sum of some lines, which vests slope · t + intercept by t; or a change of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Curve {
    slope: Wide,
    intercept: Wide,
    // How many of the lines vest a fraction of a unit in an instant; negative changes wrap.
    uneven: u64,
}

impl Curve {
    pub(super) const ZERO: Self = Self {
        slope: Wide::ZERO,
        intercept: Wide::ZERO,
        uneven: 0,
    };

    pub(super) fn constant(amount: Amount) -> Self {
        let intercept = Wide {
            high: amount.get(),
            low: 0,
        };
        Self {
            intercept,
            ..Self::ZERO
        }
    }

    /// Creates the curve of a line that runs `later`, through its start at a slope of ⌈total · 2^128 / duration⌉.
    ///
    /// Its fraction is 0 only where the duration divides the total, and then nothing is ever
    /// rounded: any other fraction lies between 1 / duration and 1 − 1 / duration, far from both
    /// ends.
    pub(super) fn of(line: &Linear, later: i128) -> Self {
        let total = U256::new(line.total().get(), 0);
        // The duration is not 0, and a quotient is at most what is divided.
        let slope = total
            .checked_div(line.duration().get().into(), Rounding::Ceil)
            .unwrap_or(U256::ZERO);
        let slope = Wide {
            high: slope.high(),
            low: slope.low(),
        };
        // Far from either end: each shift moves it by less than 2^64.
        let start = i128::from(line.start().get()).saturating_add(later);
        let by_zero = slope.times(start.unsigned_abs());
        Self {
            slope,
            intercept: if start < 0 {
                by_zero
            } else {
                by_zero.negated()
            },
            uneven: u64::from(slope.low != 0),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            slope: self.slope.plus(other.slope),
            intercept: self.intercept.plus(other.intercept),
            uneven: self.uneven.wrapping_add(other.uneven),
        }
    }

    pub(super) fn negated(self) -> Self {
        Self {
            slope: self.slope.negated(),
            intercept: self.intercept.negated(),
            uneven: self.uneven.wrapping_neg(),
        }
    }

    /// Returns the value at a time, in whole units, and how many lines of it vest fractions of
    /// them.
    ///
    /// # Rounding
    /// Floor.
    pub(super) fn at(self, time: Timestamp) -> (Amount, u64) {
        let value = self.intercept.plus(self.slope.times(time.get().into()));
        (Amount::new(value.high), self.uneven)
    }
}
