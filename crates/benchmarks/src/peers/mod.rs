//! Others that compute an exponential, a logarithm or a power, and how each is called.

mod measure;
mod numbers;

pub use measure::{measure, Off};
pub use numbers::{BrineFp, DecimalScaled, FixedAnalytics, Ours, RustDecimal, SolMath};

use dashu_int::UBig;
use dashu_ratio::RBig;

/// A library with numbers of its own. What a function has no result for is `None`.
pub trait Peer {
    /// Its name.
    const NAME: &'static str;
    /// Its numbers.
    type Number: Clone + std::fmt::Debug;

    /// The number of its own nearest to some units of 1e-18.
    fn from_wad(raw: i128) -> Self::Number;
    /// What a number of it is.
    fn value(number: &Self::Number) -> RBig;
    /// How many units of the last place make 1.
    fn unit() -> UBig;

    /// e^x.
    fn exp(x: &Self::Number) -> Option<Self::Number>;
    /// ln x.
    fn ln(x: &Self::Number) -> Option<Self::Number>;
    /// base^exponent.
    fn pow(base: &Self::Number, exponent: &Self::Number) -> Option<Self::Number>;
}

/// What is computed of each, where all of them have results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Of −10 to 10.
    Exp,
    /// Of 1e-6 to 1e6.
    Ln,
    /// Of 0.1 to 10, to the power of 0 to 5.
    Pow,
}

impl Task {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Exp, Self::Ln, Self::Pow];

    /// What is written of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exp => "exp of -10 to 10",
            Self::Ln => "ln of 1e-6 to 1e6",
            Self::Pow => "pow of 0.1 to 10, to the 0 to 5",
        }
    }

    /// One of a peer's results.
    pub fn call<P: Peer>(self, args: &[P::Number; 2]) -> Option<P::Number> {
        match self {
            Self::Exp => P::exp(&args[0]),
            Self::Ln => P::ln(&args[0]),
            Self::Pow => P::pow(&args[0], &args[1]),
        }
    }

    /// Arguments in units of 1e-18; the second is 0 where there is only one.
    pub fn inputs(self, count: usize) -> Vec<[i128; 2]> {
        let mut random = crate::random::Random::new(self as u64);
        (0..count).map(|_| self.input(&mut random)).collect()
    }

    fn input(self, random: &mut crate::random::Random) -> [i128; 2] {
        const ONE: f64 = 1e18;
        // Above the lower end, so that no logarithm or base rounds to 0 in any peer.
        let mut between =
            |low: f64, high: f64| low + (high - low) * random.bits(53) as f64 / 2_f64.powi(53);
        match self {
            Self::Exp => [(between(-10.0, 10.0) * ONE) as i128, 0],
            // Every size alike.
            Self::Ln => [(10_f64.powf(between(-6.0, 6.0)) * ONE) as i128, 0],
            Self::Pow => {
                let base = 10_f64.powf(between(-1.0, 1.0)) * ONE;
                [base as i128, (between(0.0, 5.0) * ONE) as i128]
            }
        }
    }
}
