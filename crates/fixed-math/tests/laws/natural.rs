//! Natural numbers one bit a place, added, multiplied and divided as taught at school. Slow, and
//! nothing in common with what it checks.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Rounding, U256};

/// Room for a product of 256 and 128 bits, and for a shift of 256 bits by 255.
const ROOM: usize = 512;

/// Bits from the least on. `len` of them count, the last of which is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Natural {
    bits: [bool; ROOM],
    len: usize,
}

impl Natural {
    pub(crate) const ZERO: Self = Self {
        bits: [false; ROOM],
        len: 0,
    };

    pub(crate) fn is_zero(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn is_odd(&self) -> bool {
        self.bits[0]
    }

    pub(crate) fn fits(&self, bits: usize) -> bool {
        self.len <= bits
    }

    fn trimmed(mut self) -> Self {
        while self.len > 0 && !self.bits[self.len - 1] {
            self.len -= 1;
        }
        self
    }

    pub(crate) fn plus(&self, rhs: &Self) -> Self {
        let mut sum = Self::ZERO;
        sum.len = self.len.max(rhs.len) + 1;
        let mut carry = false;
        for at in 0..sum.len {
            let bits = [self.bits[at], rhs.bits[at], carry];
            let ones = bits.iter().filter(|bit| **bit).count();
            sum.bits[at] = ones % 2 == 1;
            carry = ones >= 2;
        }
        sum.trimmed()
    }

    /// `rhs` must not be larger.
    pub(crate) fn minus(&self, rhs: &Self) -> Self {
        assert!(*self >= *rhs, "the oracle's numbers are never negative");
        let mut rest = *self;
        let mut borrow = false;
        for at in 0..self.len {
            let take = usize::from(rhs.bits[at]) + usize::from(borrow);
            let have = usize::from(self.bits[at]);
            rest.bits[at] = (have + take) % 2 == 1;
            borrow = take > have;
        }
        rest.trimmed()
    }

    pub(crate) fn shifted(&self, by: usize) -> Self {
        let mut up = Self::ZERO;
        if !self.is_zero() {
            up.len = self.len + by;
            up.bits[by..up.len].copy_from_slice(&self.bits[..self.len]);
        }
        up
    }

    pub(crate) fn times(&self, rhs: &Self) -> Self {
        (0..rhs.len)
            .filter(|at| rhs.bits[*at])
            .fold(Self::ZERO, |sum, at| sum.plus(&self.shifted(at)))
    }

    /// Quotient and remainder by a number that is not zero.
    pub(crate) fn divided(&self, divisor: &Self) -> (Self, Self) {
        assert!(!divisor.is_zero());
        let (mut quotient, mut rest) = (Self::ZERO, Self::ZERO);
        quotient.len = self.len;
        for at in (0..self.len).rev() {
            // The next bit comes down.
            rest = rest.shifted(1);
            rest.bits[0] = self.bits[at];
            rest.len = rest.len.max(1);
            rest = rest.trimmed();
            if rest >= *divisor {
                rest = rest.minus(divisor);
                quotient.bits[at] = true;
            }
        }
        (quotient.trimmed(), rest)
    }

    /// The quotient, rounded by the definition of each direction.
    pub(crate) fn rounded(&self, divisor: &Self) -> impl Fn(Rounding) -> Self {
        let (down, above) = self.divided(divisor);
        let below = divisor.minus(&above);
        let up = match above.is_zero() {
            true => down,
            false => down.plus(&1_u128.into()),
        };
        move |rounding| match (rounding, above.cmp(&below)) {
            (Rounding::Floor, _) => down,
            (Rounding::Ceil, _) => up,
            (_, Ordering::Less) => down,
            (_, Ordering::Greater) => up,
            (Rounding::HalfUp, Ordering::Equal) => up,
            (Rounding::HalfEven, Ordering::Equal) => match down.is_odd() {
                true => up,
                false => down,
            },
        }
    }

    /// The number, which must fit 256 bits.
    pub(crate) fn wide(&self) -> U256 {
        assert!(self.fits(256), "more than 256 bits");
        let half = |bits: &[bool]| {
            let from_the_top = bits.iter().rev();
            from_the_top.fold(0_u128, |sum, bit| (sum << 1) | u128::from(*bit))
        };
        U256::new(half(&self.bits[128..256]), half(&self.bits[..128]))
    }
}

impl From<u128> for Natural {
    fn from(value: u128) -> Self {
        let mut number = Self::ZERO;
        number.len = 128;
        for at in 0..128 {
            number.bits[at] = (value >> at) & 1 == 1;
        }
        number.trimmed()
    }
}

impl From<U256> for Natural {
    fn from(value: U256) -> Self {
        let high = Self::from(value.high()).shifted(128);
        high.plus(&value.low().into())
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        self.len.cmp(&other.len).then_with(|| {
            let (a, b) = (&self.bits[..self.len], &other.bits[..other.len]);
            a.iter().rev().cmp(b.iter().rev())
        })
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
