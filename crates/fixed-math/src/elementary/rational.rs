//! The exponents of powers and roots, exact and not yet divided.

use super::approximate::{high_product, PER_UNIT};
use super::exact::lowest_terms;
use super::middle::{scaled, PER_UNIT_CLOSE};
use crate::{limb, U256};

/// A rational exponent above 0: the numerator over a denominator of one of three kinds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rational {
    pub(super) numerator: u128,
    pub(super) denominator: Denominator,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Denominator {
    /// The denominator 1, of a whole exponent.
    One,
    /// The denominator 10^18, of a number of units of 1e-18.
    Scale,
    /// The degree of a root: the numerator is 1.
    Degree(u32),
}

impl Rational {
    /// Returns mantissa·2^-places, with a mantissa of 127 or 128 bits that is at most `error` off.
    /// Not of 0.
    pub(super) fn normalized(self) -> (u128, u32, u128) {
        let zeros = limb::leading_zeros_wide(self.numerator);
        let mantissa = self.numerator.wrapping_shl(zeros);
        match self.denominator {
            Denominator::One => (mantissa, zeros, 0),
            Denominator::Scale => (high_product(mantissa, PER_UNIT), zeros.wrapping_add(59), 2),
            Denominator::Degree(degree) => {
                // The quotient 2^(127 + more) / degree, where 2^more ≤ degree < 2^(more + 1), by
                // digits that a 64-bit division finds.
                let more = 31_u32.wrapping_sub(degree.leading_zeros().min(31));
                let (mut mantissa, mut rest) = (0_u128, 1_u64.wrapping_shl(more));
                for digit in [31, 32, 32, 32] {
                    let dividend = rest.wrapping_shl(digit);
                    let quotient = dividend.checked_div(degree.into()).unwrap_or(0);
                    rest = dividend.checked_rem(degree.into()).unwrap_or(0);
                    mantissa = mantissa.wrapping_shl(digit) | u128::from(quotient);
                }
                (mantissa, more.wrapping_add(127), 1)
            }
        }
    }

    /// Returns mantissa·2^-(128 + places), less than 2^66 units of it too small, and the number of bits before
    /// the point of a number above it; `None` of a root, which is too small to need it.
    pub(super) fn close(self) -> Option<(U256, u32, u32)> {
        let zeros = limb::leading_zeros_wide(self.numerator);
        let mantissa = self.numerator.wrapping_shl(zeros);
        let bits = 128_u32.wrapping_sub(zeros);
        match self.denominator {
            Denominator::One => Some((U256::new(mantissa, 0), zeros, bits)),
            Denominator::Scale => {
                let mantissa = scaled(mantissa, PER_UNIT_CLOSE);
                // 10^18 is above 2^59.
                Some((mantissa, zeros.wrapping_add(59), bits.saturating_sub(59)))
            }
            Denominator::Degree(_) => None,
        }
    }

    /// Returns the denominator, as factors for divisions one after the other.
    pub(super) fn divisors(self) -> [u64; 2] {
        match self.denominator {
            Denominator::One => [1, 1],
            Denominator::Scale => [1_000_000_000, 1_000_000_000],
            Denominator::Degree(degree) => [degree.into(), 1],
        }
    }

    /// Reduces the exponent to lowest terms.
    pub(super) fn reduced(self) -> (u128, u64) {
        match self.denominator {
            Denominator::One => (self.numerator, 1),
            Denominator::Scale => lowest_terms(self.numerator),
            Denominator::Degree(degree) => (1, degree.into()),
        }
    }
}
