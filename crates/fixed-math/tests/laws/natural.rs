//! Natural numbers of any size, 32 bits a place, added, multiplied and divided as taught at school.
//! Slow, and nothing in common with what it checks.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Rounding, U256};

/// Places from the least on, the last of which isn't 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Natural {
    places: Vec<u32>,
}

impl Natural {
    pub(crate) const ZERO: Self = Self { places: Vec::new() };

    fn of(mut places: Vec<u32>) -> Self {
        while places.last() == Some(&0) {
            places.pop();
        }
        Self { places }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.places.is_empty()
    }

    pub(crate) fn is_odd(&self) -> bool {
        self.bit(0)
    }

    fn bit(&self, at: usize) -> bool {
        let place = self.places.get(at / 32);
        place.is_some_and(|place| (place >> (at % 32)) & 1 == 1)
    }

    /// How many bits there are up to the last that is set.
    pub(crate) fn bits(&self) -> usize {
        let unused = self.places.last().map_or(0, |last| last.leading_zeros());
        32 * self.places.len() - unused as usize
    }

    pub(crate) fn fits(&self, bits: usize) -> bool {
        self.bits() <= bits
    }

    pub(crate) fn plus(&self, rhs: &Self) -> Self {
        let longer = self.places.len().max(rhs.places.len());
        let place = |of: &Self, at| u64::from(of.places.get(at).copied().unwrap_or(0));
        let mut carry = 0;
        let sum = (0..=longer).map(|at| {
            carry += place(self, at) + place(rhs, at);
            let digit = carry as u32;
            carry >>= 32;
            digit
        });
        Self::of(sum.collect())
    }

    /// `rhs` must not be larger.
    pub(crate) fn minus(&self, rhs: &Self) -> Self {
        let mut rest = self.clone();
        rest.take(rhs);
        rest
    }

    fn take(&mut self, rhs: &Self) {
        assert!(*self >= *rhs, "the oracle's numbers are never negative");
        let mut borrow = 0;
        for (at, place) in self.places.iter_mut().enumerate() {
            let take = u64::from(rhs.places.get(at).copied().unwrap_or(0)) + borrow;
            borrow = u64::from(u64::from(*place) < take);
            *place = ((borrow << 32) + u64::from(*place) - take) as u32;
        }
        while self.places.last() == Some(&0) {
            self.places.pop();
        }
    }

    pub(crate) fn shifted(&self, by: usize) -> Self {
        let mut up = vec![0; by / 32];
        let mut carry = 0;
        for place in &self.places {
            carry |= u64::from(*place) << (by % 32);
            up.push(carry as u32);
            carry >>= 32;
        }
        up.push(carry as u32);
        Self::of(up)
    }

    /// Without its lowest bits.
    pub(crate) fn shifted_down(&self, by: usize) -> Self {
        let kept = self.places.get(by / 32..).unwrap_or_default();
        let down = kept.iter().enumerate().map(|(at, place)| {
            let above = kept.get(at + 1).copied().unwrap_or(0);
            ((u64::from(above) << 32 | u64::from(*place)) >> (by % 32)) as u32
        });
        Self::of(down.collect())
    }

    pub(crate) fn times(&self, rhs: &Self) -> Self {
        let mut product = vec![0; self.places.len() + rhs.places.len()];
        for (at, factor) in rhs.places.iter().enumerate() {
            let mut carry = 0;
            for (sum, place) in product[at..].iter_mut().zip(&self.places) {
                // (2^32 − 1)² + 2(2^32 − 1) is 2^64 − 1.
                carry += u64::from(*place) * u64::from(*factor) + u64::from(*sum);
                *sum = carry as u32;
                carry >>= 32;
            }
            // Nothing has come to this place yet.
            product[at + self.places.len()] = carry as u32;
        }
        Self::of(product)
    }

    pub(crate) fn power(&self, exponent: usize) -> Self {
        (0..exponent).fold(1.into(), |power: Self, _| power.times(self))
    }

    /// Quotient and remainder by a number that is not zero.
    pub(crate) fn divided(&self, divisor: &Self) -> (Self, Self) {
        if let [divisor] = divisor.places[..] {
            let (quotient, rest) = self.divided_by_one_place(divisor);
            return (quotient, u128::from(rest).into());
        }
        assert!(!divisor.is_zero());
        let (mut quotient, mut rest) = (vec![0; self.places.len()], Self::ZERO);
        for at in (0..self.bits()).rev() {
            // The next bit comes down.
            rest = rest.shifted(1);
            if self.bit(at) {
                rest = rest.plus(&1.into());
            }
            if rest >= *divisor {
                rest.take(divisor);
                quotient[at / 32] |= 1 << (at % 32);
            }
        }
        (Self::of(quotient), rest)
    }

    fn divided_by_one_place(&self, divisor: u32) -> (Self, u32) {
        let (mut quotient, mut rest) = (self.clone(), 0);
        for place in quotient.places.iter_mut().rev() {
            let dividend = u64::from(rest) << 32 | u64::from(*place);
            *place = (dividend / u64::from(divisor)) as u32;
            rest = (dividend % u64::from(divisor)) as u32;
        }
        (Self::of(quotient.places), rest)
    }

    /// The quotient, rounded by the definition of each direction.
    pub(crate) fn rounded(&self, divisor: &Self) -> impl Fn(Rounding) -> Self {
        let (down, above) = self.divided(divisor);
        let below = divisor.minus(&above);
        let up = match above.is_zero() {
            true => down.clone(),
            false => down.plus(&1.into()),
        };
        move |rounding| {
            let goes_up = match (rounding, above.cmp(&below)) {
                (Rounding::Floor, _) => false,
                (Rounding::Ceil, _) => true,
                (_, Ordering::Less) => false,
                (_, Ordering::Greater) => true,
                (Rounding::HalfUp, Ordering::Equal) => true,
                (Rounding::HalfEven, Ordering::Equal) => down.is_odd(),
            };
            if goes_up { &up } else { &down }.clone()
        }
    }

    /// The number, which must fit 256 bits.
    pub(crate) fn wide(&self) -> U256 {
        assert!(self.fits(256), "more than 256 bits");
        let half = |from: usize| {
            let places = (from..from + 4).rev();
            let place = |at| u128::from(self.places.get(at).copied().unwrap_or(0));
            places.fold(0, |sum, at| sum << 32 | place(at))
        };
        U256::new(half(4), half(0))
    }
}

impl From<u128> for Natural {
    fn from(value: u128) -> Self {
        let places = (0..4).map(|at| (value >> (32 * at)) as u32);
        Self::of(places.collect())
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
        let (a, b) = (&self.places, &other.places);
        let longer = a.len().cmp(&b.len());
        longer.then_with(|| a.iter().rev().cmp(b.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
