//! The functions that round: how each is called, what it has exactly, and where it is hard.

mod arithmetic;
mod elementary;
mod growth;
mod kind;
mod powers;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use tokenomics_fixed_math::{Error, Rounding};

use crate::oracle::{Answer, Oracle};
use crate::random::Random;
pub use kind::Kind;

/// Up to six arguments, as the bits of their raw integers; what isn't needed is 0.
pub type Args = [u128; 6];

/// The raw integer of a result.
pub type Outcome = Result<IBig, Error>;

/// An argument: its type, and how far below and above 0 calls have results.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    /// Its type.
    pub kind: Kind,
    /// The largest magnitude below 0 worth drawing.
    pub down: u128,
    /// The largest above 0.
    pub up: u128,
}

/// One function of the library.
pub struct Function {
    /// As it is called.
    pub name: &'static str,
    /// What it takes, but for the rounding.
    pub arguments: &'static [Argument],
    /// What it returns.
    pub result: Kind,
    /// Calls it.
    pub call: fn(&Args, Rounding) -> Outcome,
    /// The exact result for the arguments' values, in units of 1/unit.
    pub exact: fn(&mut Oracle, &[RBig], &UBig) -> Answer,
    /// The first argument for which the result is the target, the others being as they are, in
    /// units of 1/unit.
    pub solve: Option<Solve>,
    /// Moves drawn arguments to where most calls have a result.
    pub temper: fn(&mut Random, &mut Args),
}

/// See [`Function::solve`].
pub type Solve = fn(&mut Oracle, &RBig, &[RBig], &UBig) -> Answer;

impl Function {
    /// The values of arguments.
    pub fn values(&self, args: &Args) -> Vec<RBig> {
        let pairs = self.arguments.iter().zip(args);
        pairs
            .map(|(argument, raw)| argument.kind.value(*raw))
            .collect()
    }

    /// Its exact result.
    pub fn answer(&self, oracle: &mut Oracle, args: &Args) -> Answer {
        (self.exact)(oracle, &self.values(args), &self.result.unit())
    }
}

/// All of them.
pub fn all() -> Vec<Function> {
    let mut all = elementary::all();
    all.extend(powers::all());
    all.extend(growth::all());
    all.extend(arithmetic::all());
    all
}

const WAD: Argument = any(Kind::Wad);
const SIGNED_WAD: Argument = any(Kind::SignedWad);
const FRACTION: Argument = any(Kind::Fraction);
const INTEGER: Argument = any(Kind::Integer);
const COUNT: Argument = any(Kind::Count);
const EXPONENT: Argument = any(Kind::Exponent);
const DEGREE: Argument = any(Kind::Degree);

/// An argument of all its type's values.
const fn any(kind: Kind) -> Argument {
    Argument {
        kind,
        down: kind.lowest(),
        up: kind.highest(),
    }
}

/// An argument from −down to up, both in raw units.
const fn within(kind: Kind, down: u128, up: u128) -> Argument {
    Argument { kind, down, up }
}

fn as_drawn(_: &mut Random, _: &mut Args) {}
