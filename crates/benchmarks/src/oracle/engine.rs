//! Two libraries of arbitrary precision, neither of them this workspace's. One answers, the other
//! checks it.

use astro_float::{BigFloat, Consts, RoundingMode, Sign as AstroSign};
use dashu_base::{BitTest, Sign};
use dashu_float::round::mode::Zero;
use dashu_float::{ConstCache, Context, FBig, Repr};
use dashu_int::{IBig, UBig};

/// significand · 2^exponent.
pub type Binary = (IBig, isize);

/// How many of the bits that were asked for an engine may get wrong: far more than either admits.
pub const SLACK: usize = 16;

/// What computes e^x and ln x to `bits` bits, less [`SLACK`].
pub trait Engine: Send {
    /// e^x.
    fn exp(&mut self, x: &Binary, bits: usize) -> Binary;
    /// ln x, x > 0.
    fn ln(&mut self, x: &Binary, bits: usize) -> Binary;
}

/// astro-float, the faster of the two.
pub struct Astro(Consts);

impl Default for Astro {
    fn default() -> Self {
        Self(Consts::new().expect("memory for constants"))
    }
}

impl Engine for Astro {
    fn exp(&mut self, x: &Binary, bits: usize) -> Binary {
        from_astro(&to_astro(x).exp(bits, RoundingMode::None, &mut self.0))
    }

    fn ln(&mut self, x: &Binary, bits: usize) -> Binary {
        from_astro(&to_astro(x).ln(bits, RoundingMode::None, &mut self.0))
    }
}

/// astro-float's numbers are 0.m · 2^e, the top bit of the words m set.
fn to_astro((significand, exponent): &Binary) -> BigFloat {
    let (sign, magnitude) = significand.clone().into_parts();
    let bits = magnitude.bit_len();
    let width = bits.next_multiple_of(64);
    let words = (magnitude << (width - bits)).as_words().to_vec();
    let exponent = exponent + bits as isize;
    let sign = match sign {
        Sign::Positive => AstroSign::Pos,
        Sign::Negative => AstroSign::Neg,
    };
    BigFloat::from_words(
        &words,
        sign,
        exponent.try_into().expect("a moderate exponent"),
    )
}

fn from_astro(number: &BigFloat) -> Binary {
    let (words, _, sign, exponent, _) = number.as_raw_parts().expect("a number");
    let sign = match sign {
        AstroSign::Pos => Sign::Positive,
        AstroSign::Neg => Sign::Negative,
    };
    let exponent = exponent as isize - 64 * words.len() as isize;
    (IBig::from_parts(sign, UBig::from_words(words)), exponent)
}

/// dashu-float, the check.
#[derive(Default)]
pub struct Dashu(ConstCache);

impl Engine for Dashu {
    fn exp(&mut self, x: &Binary, bits: usize) -> Binary {
        let exp = Context::<Zero>::new(bits).exp(&to_dashu(x), Some(&mut self.0));
        from_dashu(exp.expect("a number").value())
    }

    fn ln(&mut self, x: &Binary, bits: usize) -> Binary {
        let ln = Context::<Zero>::new(bits).ln(&to_dashu(x), Some(&mut self.0));
        from_dashu(ln.expect("a number").value())
    }
}

fn to_dashu((significand, exponent): &Binary) -> Repr<2> {
    Repr::new(significand.clone(), *exponent)
}

fn from_dashu(number: FBig<Zero, 2>) -> Binary {
    number.into_repr().into_parts()
}
