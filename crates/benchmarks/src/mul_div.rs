//! What is measured: floor(a·b/c) by this workspace and by peers that compute the same.

use ruint::aliases::U256;
use tokenomics_fixed_math::{mul_div, Rounding};

use crate::random::Random;

/// Operands a, b and c of one call; the quotient fits 128 bits.
pub type Operands = (u128, u128, u128);

/// This workspace's.
pub fn ours((a, b, c): Operands) -> u128 {
    mul_div(a, b, c, Rounding::Floor).unwrap_or(0)
}

/// ruint's 256-bit product and quotient.
pub fn ruint((a, b, c): Operands) -> u128 {
    let quotient = U256::from(a) * U256::from(b) / U256::from(c);
    quotient.try_into().unwrap_or(0)
}

/// Plain 128-bit integers, where the product fits them.
pub fn plain((a, b, c): Operands) -> u128 {
    a.checked_mul(b)
        .and_then(|ab| ab.checked_div(c))
        .unwrap_or(0)
}

/// How many calls an input set holds.
pub const CALLS: usize = 1_024;

/// Named sets of operands, and whether their products fit 128 bits.
pub fn cases() -> [(&'static str, bool, Vec<Operands>); 3] {
    let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
    let mut many = |of: fn(&mut Random) -> Operands| (0..CALLS).map(|_| of(&mut random)).collect();
    [
        (
            "64-bit operands",
            true,
            many(|r| (r.bits(64), r.bits(64), r.bits(64) | 1)),
        ),
        (
            "an amount of 100 bits times a wad",
            false,
            many(|r| {
                (
                    r.bits(100) | 1 << 99,
                    r.bits(60) | 1 << 59,
                    1_000_000_000_000_000_000,
                )
            }),
        ),
        (
            "full 128-bit operands",
            false,
            many(|r| {
                let (a, b) = (r.bits(128), r.bits(128));
                // Above the smaller factor, so that the quotient fits.
                (a, b, r.bits(128).max(a.min(b)) | 1)
            }),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_computes_the_same() {
        for (name, fits, operands) in cases() {
            assert_eq!(operands.len(), CALLS);
            for set in operands {
                assert_eq!(ours(set), ruint(set), "{name} {set:?}");
                if fits {
                    assert_eq!(ours(set), plain(set), "{name} {set:?}");
                }
            }
        }
    }
}
