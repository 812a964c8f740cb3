//! Calls of these crates all over their domains: where they may take longer, and what has to be exact.

use tokenomics_fixed_math::{Rounding, SignedWad, Wad};

use crate::random::Random;
use crate::CALLS;

/// One kind of call.
pub struct Case {
    /// What it is.
    pub name: &'static str,
    /// [`CALLS`] of its arguments.
    pub arguments: Vec<(Wad, Wad)>,
    /// The call. It has a result for all of them.
    pub call: fn(Wad, Wad) -> Option<Wad>,
}

const ONE: u128 = Wad::SCALE;
const NEAREST: Rounding = Rounding::HalfEven;

/// An exponent, which no logarithm of a wad exceeds.
fn signed(wad: Wad) -> SignedWad {
    SignedWad::from_raw(wad.raw() as i128)
}

/// All kinds.
pub fn cases() -> Vec<Case> {
    let mut random = Random::new(7);
    let mut between = |low: u128, high: u128| Wad::from_raw(low + random.up_to(high - low));
    let mut case = |name, [a, b]: [(u128, u128); 2], call| Case {
        name,
        arguments: (0..CALLS)
            .map(|_| (between(a.0, a.1), between(b.0, b.1)))
            .collect(),
        call,
    };
    let none = (0, 0);
    vec![
        case(
            "Wad::mul, both of 1 to 1000",
            [(ONE, 1_000 * ONE); 2],
            |a, b| a.mul(b, NEAREST).ok(),
        ),
        case(
            "Wad::div, both of 1 to 1000",
            [(ONE, 1_000 * ONE); 2],
            |a, b| a.div(b, NEAREST).ok(),
        ),
        case("exp of 40 to 47", [(40 * ONE, 47 * ONE), none], |a, _| {
            a.exp(NEAREST).ok()
        }),
        case("exp of -41 to -30", [(30 * ONE, 41 * ONE), none], |a, _| {
            signed(a).checked_neg().ok()?.exp(NEAREST).ok()
        }),
        case("exp of 10 to 40", [(10 * ONE, 40 * ONE), none], |a, _| {
            a.exp(NEAREST).ok()
        }),
        case("exp of up to 1e-9", [(0, 1_000_000_000), none], |a, _| {
            a.exp(NEAREST).ok()
        }),
        case(
            "exp of up to 1e-9, floored",
            [(0, 1_000_000_000), none],
            |a, _| a.exp(Rounding::Floor).ok(),
        ),
        case(
            "ln of 1 to 1 + 1e-9, floored",
            [(ONE, ONE + 1_000_000_000), none],
            |a, _| a.ln(Rounding::Floor).ok().map(SignedWad::abs),
        ),
        case(
            "ln of 1e18 to 3e20",
            [(u128::MAX / 300, u128::MAX), none],
            |a, _| a.ln(NEAREST).ok().map(SignedWad::abs),
        ),
        case("ln of 1e-18 to 1e-15", [(1, 1_000), none], |a, _| {
            a.ln(NEAREST).ok().map(SignedWad::abs)
        }),
        case(
            "pow of 1e-6 to 1e-3, to the 0 to 3",
            [(ONE / 1_000_000, ONE / 1_000), (0, 3 * ONE)],
            |a, b| a.pow(signed(b), NEAREST).ok(),
        ),
        case(
            "pow of 1 to 1 + 1e-9, to the 1e6 to 1e9",
            [
                (ONE, ONE + 1_000_000_000),
                (1_000_000 * ONE, 1_000_000_000 * ONE),
            ],
            |a, b| a.pow(signed(b), NEAREST).ok(),
        ),
        case(
            "pow of 1,000 to 2,000, to the 5 to 6",
            [(1_000 * ONE, 2_000 * ONE), (5 * ONE, 6 * ONE)],
            |a, b| a.pow(signed(b), NEAREST).ok(),
        ),
        case(
            "sqrt by pow: an exact square",
            [(1, 1_000_000), none],
            |a, _| {
                let square = Wad::from_raw(a.raw() * a.raw() * ONE);
                let half = SignedWad::from_raw(SignedWad::SCALE / 2);
                square.pow(half, NEAREST).ok()
            },
        ),
        case(
            "powi of 0.9 to 1.1, to the 12",
            [(ONE / 10 * 9, ONE / 10 * 11), none],
            |a, _| a.powi(12, NEAREST).ok(),
        ),
        case(
            "compound of 3e-9, 31,536,000 times",
            [(2_900_000_000, 3_100_000_000), none],
            |a, _| a.compound(31_536_000, NEAREST).ok(),
        ),
        case(
            "geometric_sum of about 1.004, 360 terms",
            [(ONE + ONE / 300, ONE + ONE / 200), none],
            |a, _| a.geometric_sum(360, NEAREST).ok(),
        ),
        case("cbrt", [(0, u128::MAX), none], |a, _| Some(a.cbrt(NEAREST))),
        case(
            "nth_root, the 12th of 1 to 2",
            [(ONE, 2 * ONE), none],
            |a, _| a.nth_root(12, NEAREST).ok(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_has_a_result() {
        for case in cases() {
            let mut arguments = case.arguments.iter();
            let answered = arguments.all(|(a, b)| (case.call)(*a, *b).is_some());
            assert!(answered, "{}", case.name);
        }
    }
}
