//! The exact results, by arithmetic that isn't this workspace's.
//!
//! A result that is rational is decided by integers. Any other is enclosed by an engine of
//! arbitrary precision, more precisely until it is known between which halves of a unit it lies:
//! then all four roundings of it are known.

mod ball;
pub mod engine;
mod exact;
pub mod functions;
mod real;
mod scaled;

use std::collections::HashMap;

use dashu_int::UBig;
use dashu_ratio::RBig;

use ball::Ball;
use engine::{Astro, Dashu, Engine};
pub use real::{Place, Real};

/// What a function has at a point.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A number of units.
    Real(Real),
    /// A number above the range of every type.
    Huge,
    /// A number below the range of every type.
    HugeNegative,
    /// No number: a division by zero, or an argument outside of the domain.
    Nothing,
}

impl Answer {
    /// A rational number.
    pub fn of(value: &RBig, unit: &UBig) -> Self {
        Self::Real(Real::scaled(value, unit))
    }

    /// With the other sign, if so asked.
    pub fn negated_if(self, negative: bool) -> Self {
        match self {
            Self::Real(real) if negative => Self::Real(real.negated()),
            Self::Huge if negative => Self::HugeNegative,
            Self::HugeNegative if negative => Self::Huge,
            other => other,
        }
    }
}

/// What one evaluation at a precision comes to.
enum Estimate {
    Ball(Ball),
    Huge,
    /// Above 0, and far below half of a unit.
    Speck,
}

/// An engine, at what precision to begin, and the logarithms it has taken already.
pub struct Oracle {
    engine: Box<dyn Engine>,
    first_bits: usize,
    logarithms: HashMap<(u32, usize), Ball>,
}

/// No result of these types needs nearly as many.
const MOST_BITS: usize = 1 << 15;

impl Oracle {
    /// The one that answers.
    pub fn new() -> Self {
        Self::with(Box::<Astro>::default(), 192)
    }

    /// The one that checks it: another library, at another precision.
    pub fn check() -> Self {
        Self::with(Box::<Dashu>::default(), 320)
    }

    fn with(engine: Box<dyn Engine>, first_bits: usize) -> Self {
        Self {
            engine,
            first_bits,
            logarithms: HashMap::new(),
        }
    }

    /// Evaluates ever more precisely, until the place of the result among units and halves is known.
    fn refine(
        &mut self,
        unit: &UBig,
        mut evaluate: impl FnMut(&mut Self, usize) -> Estimate,
    ) -> Answer {
        let unit = Ball::integer(unit.clone().into());
        let mut bits = self.first_bits;
        while bits <= MOST_BITS {
            match evaluate(self, bits) {
                Estimate::Huge => return Answer::Huge,
                Estimate::Speck => return Answer::Real(Real::speck()),
                Estimate::Ball(ball) => {
                    if let Some(real) = ball.mul(&unit, bits).place() {
                        return Answer::Real(real);
                    }
                }
            }
            bits += bits / 2;
        }
        panic!("a result that no precision places");
    }

    /// ln n, remembered.
    fn ln_of(&mut self, n: u32, bits: usize) -> Ball {
        let engine = &mut *self.engine;
        let ln = || Ball::integer(n.into()).ln(engine, bits);
        self.logarithms.entry((n, bits)).or_insert_with(ln).clone()
    }

    /// ln of a rational number above 0.
    fn ln(&mut self, of: &RBig, bits: usize) -> Ball {
        if *of == RBig::from(2) {
            return self.ln_of(2, bits);
        }
        Ball::ratio(of, bits).ln(&mut *self.engine, bits)
    }

    /// e^t, or that it is out of any range.
    fn exp(&mut self, t: &Ball, bits: usize) -> Estimate {
        // |t| >= 2^8: e^256 is above 2^369, and e^-256 far below half of any unit.
        if t.size() > 9 {
            if t.is_negative() {
                return Estimate::Speck;
            }
            return Estimate::Huge;
        }
        Estimate::Ball(t.exp(&mut *self.engine, bits))
    }
}

impl Default for Oracle {
    fn default() -> Self {
        Self::new()
    }
}
