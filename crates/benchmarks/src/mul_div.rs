//! a·b/c by these crates and by peers that compute the same.

use ruint::aliases::U256;
use sp_arithmetic::helpers_128bit::multiply_by_rational_with_rounding;
use tokenomics_fixed_math::{mul_div, Rounding};

use crate::random::Random;
use crate::CALLS;

/// Operands a, b and c of one call; the quotient fits 128 bits.
pub type Operands = (u128, u128, u128);

/// These crates'.
pub fn ours((a, b, c): Operands) -> u128 {
    mul_div(a, b, c, Rounding::Floor).unwrap_or(0)
}

/// ruint's 256-bit product and quotient.
pub fn ruint((a, b, c): Operands) -> u128 {
    let quotient = U256::from(a) * U256::from(b) / U256::from(c);
    quotient.try_into().unwrap_or(0)
}

/// sp-arithmetic's, rounded down.
pub fn sp_arithmetic((a, b, c): Operands) -> u128 {
    multiply_by_rational_with_rounding(a, b, c, sp_arithmetic::Rounding::Down).unwrap_or(0)
}

/// Plain 128-bit integers, where the product fits them.
pub fn plain((a, b, c): Operands) -> u128 {
    a.checked_mul(b)
        .and_then(|ab| ab.checked_div(c))
        .unwrap_or(0)
}

/// Operands of one kind.
pub struct Case {
    /// What they are.
    pub name: &'static str,
    /// Whether their products fit 128 bits.
    pub fits: bool,
    /// [`CALLS`] of them.
    pub operands: Vec<Operands>,
}

/// All kinds.
pub fn cases() -> Vec<Case> {
    const ONE: u128 = 1_000_000_000_000_000_000;
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    let mut case = |name, fits, of: fn(&mut Random) -> Operands| Case {
        name,
        fits,
        operands: (0..CALLS).map(|_| of(&mut random)).collect(),
    };
    vec![
        case("64-bit operands", true, |r| {
            (r.bits(64), r.bits(64), r.bits(64) | 1)
        }),
        case("an amount of 100 bits times a wad", false, |r| {
            (r.bits(100) | 1 << 99, r.bits(60) | 1 << 59, ONE)
        }),
        case("a wad of 90 bits by one of 70", false, |r| {
            (r.bits(90) | 1 << 89, ONE, r.bits(70) | 1 << 69)
        }),
        case("full 128-bit operands", false, |r| {
            let (a, b) = (r.bits(128), r.bits(128));
            // Above the smaller factor, so that the quotient fits.
            (a, b, r.bits(128).max(a.min(b)) | 1)
        }),
        case(
            "the divisor that digits are misjudged by most",
            false,
            |r| {
                // Half of the digits of its leading half say least about it.
                (r.bits(127), r.bits(127), 1 << 127 | u128::from(u64::MAX))
            },
        ),
        case("operands of every size", false, |r| {
            let (a, b) = (r.any_size_up_to(u128::MAX), r.any_size_up_to(u128::MAX));
            let least = r.any_size_up_to(u128::MAX);
            (a, b, least.max(a.min(b)) | 1)
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_computes_the_same() {
        for Case {
            name,
            fits,
            operands,
        } in cases()
        {
            assert_eq!(operands.len(), CALLS);
            for set @ (a, b, c) in operands {
                assert!(mul_div(a, b, c, Rounding::Floor).is_ok(), "{name} {set:?}");
                assert_eq!(ours(set), ruint(set), "{name} {set:?}");
                assert_eq!(ours(set), sp_arithmetic(set), "{name} {set:?}");
                if fits {
                    assert_eq!(ours(set), plain(set), "{name} {set:?}");
                }
            }
        }
    }
}
