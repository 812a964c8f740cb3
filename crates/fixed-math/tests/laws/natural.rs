//! Natural numbers of any size, one bit a place, added, multiplied and divided as taught at
//! school. Slow, and nothing in common with what it checks.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Rounding, U256};

/// Bits from the least on, the last of them set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Natural(Vec<bool>);

impl Natural {
    pub(crate) fn zero() -> Self {
        Self(Vec::new())
    }

    fn trimmed(mut bits: Vec<bool>) -> Self {
        while bits.last() == Some(&false) {
            bits.pop();
        }
        Self(bits)
    }

    fn bit(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn is_odd(&self) -> bool {
        self.bit(0)
    }

    pub(crate) fn fits(&self, bits: usize) -> bool {
        self.0.len() <= bits
    }

    pub(crate) fn plus(&self, rhs: &Self) -> Self {
        let mut carry = false;
        let mut bits = Vec::new();
        for at in 0..=self.0.len().max(rhs.0.len()) {
            let ones = [self.bit(at), rhs.bit(at), carry]
                .iter()
                .filter(|bit| **bit)
                .count();
            bits.push(ones % 2 == 1);
            carry = ones >= 2;
        }
        Self::trimmed(bits)
    }

    /// `rhs` must not be larger.
    pub(crate) fn minus(&self, rhs: &Self) -> Self {
        assert!(*self >= *rhs, "the oracle's numbers are never negative");
        let mut borrow = false;
        let mut bits = Vec::new();
        for at in 0..self.0.len() {
            let take = usize::from(rhs.bit(at)) + usize::from(borrow);
            let have = usize::from(self.bit(at));
            bits.push((have + take) % 2 == 1);
            borrow = take > have;
        }
        Self::trimmed(bits)
    }

    pub(crate) fn times(&self, rhs: &Self) -> Self {
        let mut sum = Self::zero();
        for at in 0..rhs.0.len() {
            if rhs.bit(at) {
                sum = sum.plus(&self.shifted(at));
            }
        }
        sum
    }

    pub(crate) fn shifted(&self, by: usize) -> Self {
        Self::trimmed([vec![false; by], self.0.clone()].concat())
    }

    /// Quotient and remainder by a number that is not zero.
    pub(crate) fn divided(&self, divisor: &Self) -> (Self, Self) {
        assert!(!divisor.is_zero());
        let mut quotient = vec![false; self.0.len()];
        let mut rest = Self::zero();
        for at in (0..self.0.len()).rev() {
            rest.0.insert(0, self.bit(at));
            rest = Self::trimmed(rest.0);
            if rest >= *divisor {
                rest = rest.minus(divisor);
                quotient[at] = true;
            }
        }
        (Self::trimmed(quotient), rest)
    }

    /// The quotient, rounded by the definition of each direction.
    pub(crate) fn rounded(&self, divisor: &Self, rounding: Rounding) -> Self {
        let (down, above) = self.divided(divisor);
        if above.is_zero() {
            return down;
        }
        let up = down.plus(&1_u128.into());
        let below = divisor.minus(&above);
        match (rounding, above.cmp(&below)) {
            (Rounding::Floor, _) => down,
            (Rounding::Ceil, _) => up,
            (_, Ordering::Less) => down,
            (_, Ordering::Greater) => up,
            (Rounding::HalfEven, Ordering::Equal) if !down.is_odd() => down,
            (_, Ordering::Equal) => up,
        }
    }

    /// The low 256 bits; the rest must be zero.
    pub(crate) fn wide(&self) -> U256 {
        assert!(self.fits(256), "more than 256 bits");
        let half = |from: usize| {
            (from..from + 128)
                .rev()
                .fold(0_u128, |sum, at| sum << 1 | u128::from(self.bit(at)))
        };
        U256::new(half(128), half(0))
    }
}

impl From<u128> for Natural {
    fn from(value: u128) -> Self {
        Self::trimmed((0..128).map(|at| value >> at & 1 == 1).collect())
    }
}

impl From<U256> for Natural {
    fn from(value: U256) -> Self {
        Self::from(value.high())
            .shifted(128)
            .plus(&value.low().into())
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let from_the_top = |of: &Self| of.0.iter().rev().copied().collect::<Vec<_>>();
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| from_the_top(self).cmp(&from_the_top(other)))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
