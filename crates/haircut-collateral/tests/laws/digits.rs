//! Schoolbook arithmetic, which the laws compare with.

use std::cmp::Ordering;

use tokenomics_fixed_math::U256;

/// Schoolbook arithmetic on 32-bit digits, least first: nothing in common with what it checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digits(Vec<u32>);

impl Digits {
    pub(crate) fn of(mut value: u128) -> Self {
        let mut digits = Vec::new();
        while value > 0 {
            digits.push(value as u32);
            value >>= 32;
        }
        Self(digits)
    }

    pub(crate) fn of_wide(value: U256) -> Self {
        let high = Self::of(value.high());
        let mut digits = Self::of(value.low());
        if !high.0.is_empty() {
            digits.0.resize(4, 0);
            digits.0.extend(high.0);
        }
        digits
    }

    pub(crate) fn plus(&self, rhs: &Self) -> Self {
        let len = self.0.len().max(rhs.0.len()) + 1;
        let digit = |of: &Self, at: usize| u64::from(of.0.get(at).copied().unwrap_or(0));
        let mut carry = 0;
        let sum = (0..len).map(|at| {
            let sum = digit(self, at) + digit(rhs, at) + carry;
            carry = sum >> 32;
            sum as u32
        });
        Self(sum.collect()).trimmed()
    }

    pub(crate) fn times(&self, rhs: &Self) -> Self {
        let mut product = vec![0u32; self.0.len() + rhs.0.len()];
        for (i, a) in self.0.iter().enumerate() {
            let mut carry = 0u64;
            for (j, b) in rhs.0.iter().enumerate() {
                let sum = u64::from(*a) * u64::from(*b) + u64::from(product[i + j]) + carry;
                product[i + j] = sum as u32;
                carry = sum >> 32;
            }
            product[i + rhs.0.len()] = carry as u32;
        }
        Self(product).trimmed()
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    pub(crate) fn compare(&self, rhs: &Self) -> Ordering {
        let by_length = self.0.len().cmp(&rhs.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(rhs.0.iter().rev()))
    }
}

/// The product of all factors.
pub(crate) fn times(factors: &[u128]) -> Digits {
    let one = Digits::of(1);
    factors
        .iter()
        .fold(one, |all, factor| all.times(&Digits::of(*factor)))
}
