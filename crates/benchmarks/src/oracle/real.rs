//! An exact real number as rounding sees it.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use tokenomics_fixed_math::Rounding;

/// Where a number lies above the integer below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is that integer.
    On,
    /// Above it, nearer to it than to the next.
    BelowHalf,
    /// In the middle.
    Half,
    /// Nearer to the next.
    AboveHalf,
}

/// 1/2 in units of 2^-64.
const HALF: u64 = 1 << 63;

/// A real number in units of the last place.
#[derive(Debug, Clone)]
pub struct Real {
    /// The integer at or below it.
    pub floor: IBig,
    /// Where it lies above that.
    pub place: Place,
    /// How far above that, in units of 2^-64, floored: for statistics alone.
    pub fraction: u64,
}

/// Two ways to the same number may differ in the last bit of the statistics.
impl PartialEq for Real {
    fn eq(&self, other: &Self) -> bool {
        self.floor == other.floor && self.place == other.place
    }
}

impl Real {
    /// A number between 0 and half a unit.
    pub fn speck() -> Self {
        Self {
            floor: IBig::ZERO,
            place: Place::BelowHalf,
            fraction: 0,
        }
    }

    /// A rational number of units.
    pub fn ratio(numerator: &IBig, denominator: &UBig) -> Self {
        let divisor = IBig::from(denominator.clone());
        let (floor, rest) = floor_div(numerator, &divisor);
        let place = match (&rest << 1).cmp(&divisor) {
            _ if rest == IBig::ZERO => Place::On,
            std::cmp::Ordering::Less => Place::BelowHalf,
            std::cmp::Ordering::Equal => Place::Half,
            std::cmp::Ordering::Greater => Place::AboveHalf,
        };
        let fraction = u64::try_from((rest << 64) / divisor).unwrap_or(u64::MAX);
        Self {
            floor,
            place,
            fraction,
        }
    }

    /// A rational number, in units of 1/unit.
    pub fn scaled(value: &RBig, unit: &UBig) -> Self {
        Self::ratio(&(value.numerator() * unit), value.denominator())
    }

    /// The number less what is too little to be seen, where it is rational and has a small
    /// denominator.
    pub fn less_a_speck(self) -> Self {
        let (floor, place, fraction) = match self.place {
            Place::On => (self.floor - 1, Place::AboveHalf, u64::MAX),
            Place::Half => (self.floor, Place::BelowHalf, HALF),
            other => (self.floor, other, self.fraction),
        };
        Self {
            floor,
            place,
            fraction,
        }
    }

    /// With the other sign.
    pub fn negated(&self) -> Self {
        let (floor, place) = match self.place {
            Place::On => (-&self.floor, Place::On),
            Place::BelowHalf => (-&self.floor - 1, Place::AboveHalf),
            Place::Half => (-&self.floor - 1, Place::Half),
            Place::AboveHalf => (-&self.floor - 1, Place::BelowHalf),
        };
        // 1 less a speck is as near to 1 as can be said.
        let fraction = match self.place {
            Place::On => 0,
            _ => u64::MAX - self.fraction.saturating_sub(1),
        };
        Self {
            floor,
            place,
            fraction,
        }
    }

    /// The integer that it rounds to.
    pub fn rounded(&self, rounding: Rounding) -> IBig {
        let negative = self.floor < IBig::ZERO;
        let up = match (rounding, self.place) {
            (_, Place::On) | (Rounding::Floor, _) => false,
            (Rounding::Ceil, _) | (_, Place::AboveHalf) => true,
            (_, Place::BelowHalf) => false,
            (Rounding::HalfUp, Place::Half) => !negative,
            (Rounding::HalfEven, Place::Half) => &self.floor & IBig::ONE == IBig::ONE,
        };
        &self.floor + IBig::from(up)
    }

    /// How far an integer is from it.
    pub fn distance(&self, from: &IBig) -> f64 {
        let whole = (from - &self.floor).to_f64().value();
        (whole - self.fraction as f64 / 2_f64.powi(64)).abs()
    }

    /// How far the nearest integer or half of one is from it, in units of 2^-64, floored; none if it
    /// is that.
    pub fn clearance(&self) -> Option<u64> {
        if matches!(self.place, Place::On | Place::Half) {
            return None;
        }
        let above = self.fraction % HALF;
        Some(above.min(HALF - above))
    }
}

/// Quotient and remainder, the remainder not below 0; the divisor is above 0.
fn floor_div(dividend: &IBig, divisor: &IBig) -> (IBig, IBig) {
    let (quotient, rest) = (dividend / divisor, dividend % divisor);
    if rest < IBig::ZERO {
        (quotient - 1, rest + divisor)
    } else {
        (quotient, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real(numerator: i64, denominator: u64) -> Real {
        Real::ratio(&numerator.into(), &denominator.into())
    }

    #[test]
    fn each_rounding_takes_its_side() {
        // numerator, denominator, then floor, ceil, half-even, half-up.
        let cases: [(i64, u64, [i64; 4]); 9] = [
            (6, 2, [3, 3, 3, 3]),
            (5, 2, [2, 3, 2, 3]),
            (7, 2, [3, 4, 4, 4]),
            (-5, 2, [-3, -2, -2, -3]),
            (-7, 2, [-4, -3, -4, -4]),
            (9, 4, [2, 3, 2, 2]),
            (11, 4, [2, 3, 3, 3]),
            (-9, 4, [-3, -2, -2, -2]),
            (-11, 4, [-3, -2, -3, -3]),
        ];
        for (numerator, denominator, rounded) in cases {
            for (rounding, rounded) in Rounding::ALL.into_iter().zip(rounded) {
                let real = real(numerator, denominator);
                let why = format!("{numerator}/{denominator} {rounding:?}");
                assert_eq!(real.rounded(rounding), rounded.into(), "{why}");
            }
        }
    }

    #[test]
    fn negation_mirrors() {
        for (numerator, denominator) in [(6, 2), (5, 2), (9, 4), (11, 4), (0, 1), (-1, 3)] {
            let (one, other) = (real(numerator, denominator), real(-numerator, denominator));
            assert_eq!(one.negated(), other);
            assert_eq!(one, other.negated());
            assert!(one.negated().fraction.abs_diff(other.fraction) <= 1);
        }
    }

    #[test]
    fn distances_are_measured_to_integers_and_halves() {
        let real = real(11, 4);
        assert_eq!(real.distance(&3.into()), 0.25);
        assert_eq!(real.distance(&1.into()), 1.75);
        assert_eq!(real.clearance(), Some(1 << 62));
        assert_eq!(self::real(5, 2).clearance(), None);
    }
}
