//! A number that is known to within a radius: every step adds what it may have lost.

use dashu_base::{Abs, BitTest};
use dashu_int::IBig;
use dashu_ratio::RBig;

use super::engine::{Binary, Engine, SLACK};
use super::real::{Place, Real};

/// Somewhere within (middle ± radius) · 2^exponent.
#[derive(Debug, Clone)]
pub struct Ball {
    middle: IBig,
    radius: IBig,
    exponent: isize,
}

impl Ball {
    /// A rational number, cut to `bits` bits.
    pub fn ratio(value: &RBig, bits: usize) -> Self {
        let (numerator, denominator) = (value.numerator(), value.denominator());
        let up = (bits + denominator.bit_len()).saturating_sub(numerator.bit_len());
        Self {
            middle: (numerator << up) / IBig::from(denominator.clone()),
            radius: IBig::ONE,
            exponent: -(up as isize),
        }
    }

    /// An integer.
    pub fn integer(value: IBig) -> Self {
        Self {
            middle: value,
            radius: IBig::ZERO,
            exponent: 0,
        }
    }

    /// -1 ± 2^-k.
    pub fn about_minus_one(k: usize) -> Self {
        Self {
            middle: -(IBig::ONE << k),
            radius: IBig::ONE,
            exponent: -(k as isize),
        }
    }

    /// Cut to `bits` bits.
    fn trimmed(mut self, bits: usize) -> Self {
        let down = self.middle.bit_len().saturating_sub(bits);
        if down > 0 {
            self.middle >>= down;
            // One for the cut of the middle, one for that of the radius.
            self.radius = (self.radius >> down) + 2;
            self.exponent += down as isize;
        }
        self
    }

    /// The product.
    pub fn mul(&self, other: &Self, bits: usize) -> Self {
        let (a, b) = ((&self.middle).abs(), (&other.middle).abs());
        Self {
            radius: a * &other.radius + b * &self.radius + &self.radius * &other.radius,
            middle: &self.middle * &other.middle,
            exponent: self.exponent + other.exponent,
        }
        .trimmed(bits)
    }

    /// The quotient. The divisor is far from 0.
    pub fn div(&self, by: &Self, bits: usize) -> Self {
        let up = (bits + by.middle.bit_len()).saturating_sub(self.middle.bit_len());
        let (a, b) = (&self.middle << up, (&by.middle).abs());
        let least = &b - &by.radius;
        assert!(least > IBig::ZERO, "a divisor that may be 0");
        // |a/b − a′/b′| ≤ (|a|·r_b + |b|·r_a) / (|b|·(|b| − r_b)), and one for the cut.
        let lost = (&a).abs() * &by.radius + (&self.radius << up) * &b;
        Self {
            radius: lost / (&b * least) + 2,
            middle: a / &by.middle,
            exponent: self.exponent - by.exponent - up as isize,
        }
    }

    /// One less.
    pub fn minus_one(&self) -> Self {
        self.plus(-IBig::ONE)
    }

    /// One more.
    pub fn plus_one(&self) -> Self {
        self.plus(IBig::ONE)
    }

    fn plus(&self, integer: IBig) -> Self {
        let mut ball = self.clone();
        if ball.exponent > 0 {
            ball.middle <<= ball.exponent as usize;
            ball.radius <<= ball.exponent as usize;
            ball.exponent = 0;
        }
        ball.middle += integer << ball.exponent.unsigned_abs();
        ball
    }

    /// e to it. Its radius is far below 1, and so is its size below 2^20.
    pub fn exp(&self, engine: &mut dyn Engine, bits: usize) -> Self {
        if self.middle == IBig::ZERO {
            return Self::unity(self.radius_below());
        }
        let of = (self.middle.clone(), self.exponent);
        let (middle, exponent) = widened(engine.exp(&of, bits), bits);
        // The engine's own error, and |e^(x+r) − e^x| ≤ 2r·e^x for r ≤ 1.
        let doubled = (&middle * &self.radius) << 1;
        let spread = shifted(&doubled, self.exponent);
        Self {
            radius: (&middle >> (bits - SLACK)) + spread + 1,
            middle,
            exponent,
        }
    }

    /// A ball about 1 for e to a number that is at most 2^-k off 0.
    fn unity(k: usize) -> Self {
        Self {
            middle: IBig::ONE << k,
            radius: IBig::from(2),
            exponent: -(k as isize),
        }
    }

    /// A k for which the radius is at most 2^-k.
    fn radius_below(&self) -> usize {
        let above = self.radius.bit_len() as isize + self.exponent;
        usize::try_from(-above).unwrap_or(0)
    }

    /// Its natural logarithm. It is above 0.
    pub fn ln(&self, engine: &mut dyn Engine, bits: usize) -> Self {
        let least = &self.middle - &self.radius;
        assert!(least > IBig::ZERO, "the logarithm of what may be 0");
        let of = (self.middle.clone(), self.exponent);
        let (middle, exponent) = widened(engine.ln(&of, bits), bits);
        // The engine's own error, and |ln(x ± r) − ln x| ≤ r / (x − r).
        let up = usize::try_from(-exponent).unwrap_or(0);
        let spread = (&self.radius << up) / least;
        Self {
            radius: ((&middle).abs() >> (bits - SLACK)) + spread + 1,
            middle,
            exponent,
        }
    }

    /// About how large: |number| < 2^size.
    pub fn size(&self) -> isize {
        self.middle.bit_len() as isize + self.exponent
    }

    /// Whether it is below 0, as far as is known.
    pub fn is_negative(&self) -> bool {
        self.middle < IBig::ZERO
    }

    /// Between which halves of integers it lies, if that is known. It must be neither an integer nor
    /// a half: those are told by exact arithmetic.
    pub fn place(&self) -> Option<Real> {
        let fraction_bits = usize::try_from(-self.exponent)
            .ok()
            .filter(|bits| *bits > 0)?;
        let halves = |number: IBig| number >> (fraction_bits - 1);
        let low = halves(&self.middle - &self.radius);
        let high = halves(&self.middle + &self.radius);
        if low != high {
            return None;
        }
        let floor = &low >> 1;
        let above = &self.middle - (&floor << fraction_bits);
        let fraction = u64::try_from(above << 64 >> fraction_bits).unwrap_or(u64::MAX);
        let place = if (low & IBig::ONE).is_zero() {
            Place::BelowHalf
        } else {
            Place::AboveHalf
        };
        Some(Real {
            floor,
            place,
            fraction,
        })
    }
}

/// With at least `bits` bits: engines drop zeros at the end.
fn widened((significand, exponent): Binary, bits: usize) -> Binary {
    let up = bits.saturating_sub(significand.bit_len());
    (significand << up, exponent - up as isize)
}

/// number · 2^by, rounded up in magnitude.
fn shifted(number: &IBig, by: isize) -> IBig {
    match usize::try_from(by) {
        Ok(up) => number << up,
        Err(_) => (number >> by.unsigned_abs()) + 1,
    }
}
