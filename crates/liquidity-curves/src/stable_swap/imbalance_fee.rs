//! The fee on what is out of proportion.

use tokenomics_fixed_math::{mul_div, Rounding};

use crate::{Error, Fee};

/// The parts of a whole that the contract has its fee in.
const CONTRACT: u128 = 10_000_000_000;

/// The fee φ·n/(4(n − 1)) on what a reserve is away from its proportion, in a pool of n coins.
///
/// It depends on the ratio φ alone, not on the parts that a caller has it in: where φ is whole in the
/// contract's parts of 10^10, it is the contract's integers, floored in these parts and again of an amount;
/// otherwise it is the exact fraction, ceiled of an amount.
pub(super) struct ImbalanceFee {
    parts: u128,
    whole: u128,
    rounding: Rounding,
}

impl ImbalanceFee {
    pub(super) fn new(fee: Fee, n: u128) -> Result<Self, Error> {
        let [parts, whole] = [fee.numerator(), fee.denominator()].map(u128::from);
        let quarters = n.saturating_sub(1).saturating_mul(4);
        // Of 64 bits and 34, and a denominator isn't 0.
        let scaled = parts.wrapping_mul(CONTRACT);
        if scaled.checked_rem(whole) == Some(0) {
            let parts = mul_div(scaled, n, whole.saturating_mul(quarters), Rounding::Floor)?;
            return Ok(Self {
                parts,
                whole: CONTRACT,
                rounding: Rounding::Floor,
            });
        }
        Ok(Self {
            parts: parts.saturating_mul(n),
            whole: whole.saturating_mul(quarters),
            rounding: Rounding::Ceil,
        })
    }

    /// Computes the fee on an amount.
    pub(super) fn of(&self, away: u128) -> Result<u128, Error> {
        Ok(mul_div(away, self.parts, self.whole, self.rounding)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numerator: u64, denominator: u64, n: u128, away: u128) -> u128 {
        let fee = Fee::new(numerator, denominator).unwrap();
        ImbalanceFee::new(fee, n).unwrap().of(away).unwrap()
    }

    #[test]
    fn equal_ratios_are_one_fee() {
        let contract = 10_u64.pow(10);
        for (numerator, denominator) in [(1, 1_000), (3, 1_000), (1, 3), (2, 7), (1, contract)] {
            for n in 2..=8 {
                for away in [0, 1, 999, 1_000_000_007, 10_u128.pow(30)] {
                    let once = of(numerator, denominator, n, away);
                    for by in [2, 10, 1_000_000] {
                        let again = of(numerator * by, denominator * by, n, away);
                        assert_eq!(again, once, "{numerator}/{denominator} of {n}");
                    }
                }
            }
        }
    }

    /// The contract: `_fee = fee * N_COINS / (4 * (N_COINS - 1))`, then `_fee * difference / 10**10`.
    #[test]
    fn parts_of_the_contract_are_its_integers() {
        for parts in [0, 1, 3, 7, 4_000_000, 9_999_999_999] {
            for n in 2..=8 {
                let rate = u128::from(parts) * n / (4 * (n - 1));
                for away in [1, 12_345, 10_u128.pow(24) + 7] {
                    let expected = rate * away / CONTRACT;
                    assert_eq!(of(parts, 10_000_000_000, n, away), expected);
                }
            }
        }
        assert_eq!(of(3, 1_000, 3, 8_000), 9);
    }

    /// A fee below the contract's least isn't lost, nor is one that its parts can't tell.
    #[test]
    fn other_parts_are_the_exact_fraction_ceiled() {
        let wad = 10_u64.pow(18);
        assert_eq!(of(1, wad, 2, 2 * u128::from(wad)), 1);
        assert_eq!(of(1, wad, 2, 2 * u128::from(wad) + 1), 2);
        assert_eq!(of(1, 3, 2, 6_000), 1_000);
        assert_eq!(of(1, 3, 2, 0), 0);
        // 2/7 of it nearly, of which no product overflows.
        let most = of(u64::MAX - 1, u64::MAX, 8, u128::MAX);
        assert!(most < u128::MAX / 7 * 2 && most > u128::MAX / 8 * 2);
    }
}
