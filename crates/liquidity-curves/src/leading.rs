//! Products by their leading 128 bits, which decide nearly every comparison.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Rounding, U256};

/// A bound of the error, in units of the last bit. A product loses at most twice what its two factors have lost
/// and 2 more, and an integer of 256 bits at most 1: of ten factors, or of products of fewer, that is below 2^13.
const LOST: u128 = 1 << 16;

/// A number m·2^e with the top bit of m set, or 0: at most the number that it stands for, which is less than
/// [`LOST`] units of the last bit above.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leading {
    mantissa: u128,
    // All are far below 2^63.
    exponent: i64,
}

impl Leading {
    /// Multiplies the two numbers.
    pub(crate) fn mul(self, by: Self) -> Self {
        let product = U256::product(self.mantissa, by.mantissa);
        // The top bit of a product is one of the upper two, but of 0.
        let up = product.high().leading_zeros() & 1;
        Self {
            mantissa: product.high().wrapping_shl(up),
            exponent: self
                .exponent
                .wrapping_add(by.exponent)
                .wrapping_add(128)
                .wrapping_sub(up.into()),
        }
    }

    /// Adds the two numbers, of which each loses what is beyond the last bit of the greater one.
    pub(crate) fn add(self, other: Self) -> Self {
        let (left, right, exponent) = self.aligned(other);
        let sum = (left >> 1).wrapping_add(right >> 1);
        Self::new(sum, exponent.wrapping_add(1))
    }

    /// Subtracts the smaller number from the greater one: which the first is, and a bound that the difference
    /// isn't above and that it is less than three times the errors below. It is `None` where the bits that are
    /// known don't tell.
    pub(crate) fn difference(self, other: Self) -> Option<(Ordering, Self)> {
        let (left, right, exponent) = self.aligned(other);
        let difference = left.abs_diff(right);
        let most = difference.checked_add(LOST)?;
        let is_known = difference > LOST;
        is_known.then(|| (left.cmp(&right), Self::new(most, exponent)))
    }

    /// Divides by another number and multiplies by 2^`bits`, to an integer. Below 2^62 it is the floor of the
    /// quotient of these two, or a unit more; above, it is off by 2^-62 of it. It is `None` from 2^128 on.
    pub(crate) fn quotient(self, divisor: Self, bits: u32) -> Option<u128> {
        // Of the processor's kind, which on wasm is not the compiler's 128-bit division.
        let quotient =
            U256::from(self.mantissa).checked_div(divisor.mantissa >> 64, Rounding::Floor);
        let quotient = quotient.ok()?.low();
        let by = self
            .exponent
            .wrapping_sub(divisor.exponent)
            .wrapping_sub(64)
            .wrapping_add(bits.into());
        let width = u32::try_from(by.unsigned_abs()).ok()?;
        if by < 0 {
            return Some(quotient.checked_shr(width).unwrap_or(0));
        }
        // No set bit is lost.
        (quotient.leading_zeros() > width).then(|| quotient.wrapping_shl(width))
    }

    fn new(number: u128, exponent: i64) -> Self {
        let up = number.leading_zeros();
        Self {
            mantissa: number.checked_shl(up).unwrap_or(0),
            exponent: exponent.wrapping_sub(up.into()),
        }
    }

    /// Returns both mantissas in units of the greater exponent, and that.
    fn aligned(self, other: Self) -> (u128, u128, i64) {
        let exponent = self.exponent.max(other.exponent);
        let shifted = |number: Self| {
            let by = u32::try_from(exponent.wrapping_sub(number.exponent)).unwrap_or(u32::MAX);
            number.mantissa.checked_shr(by).unwrap_or(0)
        };
        (shifted(self), shifted(other), exponent)
    }
}

impl From<u128> for Leading {
    fn from(number: u128) -> Self {
        Self::new(number, 0)
    }
}

impl From<U256> for Leading {
    fn from(number: U256) -> Self {
        if number.high() == 0 {
            return number.low().into();
        }
        let up = number.high().leading_zeros();
        // By 128 where nothing comes up.
        let below = number.low().checked_shr(128_u32.wrapping_sub(up));
        Self {
            mantissa: number.high().wrapping_shl(up) | below.unwrap_or(0),
            exponent: 128_i64.wrapping_sub(up.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wide::Wide;

    /// Numbers of every size, by a linear congruence.
    fn numbers() -> impl FnMut() -> u128 {
        let mut state = 1_u128;
        move || {
            state = state.wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645);
            state = state.wrapping_add(0x5851_F42D_4C95_7F2D);
            (state ^ (state >> 61)) >> (state >> 121)
        }
    }

    /// The mantissa and the one that is surely above, as far as both have a place.
    fn bounds(of: Leading) -> Option<[Wide; 2]> {
        let by = u32::try_from(of.exponent).ok()?;
        let up = |wide: Wide| (0..by).fold(wide, |wide, _| wide.mul(2));
        let ends = [
            of.mantissa.into(),
            U256::new(0, of.mantissa).checked_add(LOST.into()).ok()?,
        ];
        Some(ends.map(|end| up(Wide::from(end))))
    }

    #[test]
    fn a_product_is_between_its_bounds() {
        let mut next = numbers();
        let mut seen = 0;
        for _ in 0..4_000 {
            let first = U256::new(next(), next());
            let (mut leading, mut all) = (Leading::from(first), Wide::from(first));
            for _ in 0..7 {
                let by = U256::product(next(), 8);
                (leading, all) = (leading.mul(by.into()), all.mul(by));
                assert!(leading.mantissa >> 127 == 1 || leading.mantissa == 0);
                if let Some([least, most]) = bounds(leading) {
                    assert!(least <= all && all < most, "{leading:?} {all:?}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 20_000, "{seen}");
    }

    #[test]
    fn a_difference_is_told_only_where_it_is_known() {
        let mut next = numbers();
        let mut known = 0;
        for turn in 0..200_000_u32 {
            let (left, by) = (next(), [1, 2, 3, 1 << 60][turn as usize % 4]);
            // Near or far from the other, in one unit or another.
            let right = left.wrapping_add(next() >> (turn % 128)).checked_mul(by);
            let Some(right) = right else { continue };
            let (a, b) = (U256::product(left, by), U256::from(right));
            let (first, second) = (Leading::from(a), Leading::from(b));
            match first.difference(second) {
                Some((order, most)) => {
                    assert_eq!(order, a.cmp(&b));
                    let exact = a.checked_sub(b).or_else(|_| b.checked_sub(a)).unwrap();
                    let units = U256::product(most.mantissa, 1);
                    let most = match u32::try_from(most.exponent) {
                        Ok(by) => units.checked_shl(by).unwrap(),
                        Err(_) => units.shr_floor(u32::try_from(-most.exponent).unwrap()),
                    };
                    // The units that are lost are those of the greater number.
                    let slack = a.max(b).shr_floor(108).checked_add(U256::ONE).unwrap();
                    assert!(most >= exact && most <= exact.checked_add(slack).unwrap());
                    known += 1;
                }
                None => {
                    let exact = a.checked_sub(b).or_else(|_| b.checked_sub(a)).unwrap();
                    assert!(exact <= a.max(b).shr_floor(109), "{left} {right}");
                }
            }
        }
        assert!(known > 60_000, "{known}");
        // The bound has what both may have lost.
        let [more, less] = [(1_u128 << 127) + (1 << 20), 1 << 127].map(Leading::from);
        let (_, most) = more.difference(less).unwrap();
        assert_eq!(
            most.quotient(Leading::from(1_u128), 0),
            Some((1 << 20) + LOST)
        );
        // Two powers of two are neighbours in mantissa and exponent.
        let power = Leading::from(1_u128 << 127);
        assert!(power
            .difference(Leading::from((1_u128 << 127) - 1))
            .is_none());
        let beyond = Leading::from((1_u128 << 127) - (1 << 20));
        assert_eq!(power.difference(beyond).unwrap().0, Ordering::Greater);
    }

    #[test]
    fn a_quotient_is_floored_but_for_its_leading_bits() {
        let mut next = numbers();
        for turn in 0..100_000_u32 {
            let (above, below, bits) = (next(), next(), turn % 17);
            let quotient = Leading::from(above).quotient(Leading::from(below), bits);
            if below == 0 {
                assert_eq!(quotient, None);
                continue;
            }
            let exact = U256::product(above, 1 << bits).div_rem(below).unwrap().0;
            match quotient {
                Some(quotient) => {
                    let exact = exact.low();
                    let lost = exact >> 62;
                    assert!(quotient + lost >= exact, "{above} {below} {bits}");
                    assert!(quotient <= exact + lost + 1, "{above} {below} {bits}");
                }
                None => assert!(exact.bits() > 127),
            }
        }
    }

    #[test]
    fn a_sum_loses_two_units_and_nothing_is_gained() {
        let mut next = numbers();
        for _ in 0..100_000 {
            let (left, right) = (next(), next());
            let sum = Leading::from(left).add(right.into());
            let exact = Leading::from(U256::from(left).checked_add(right.into()).unwrap());
            if sum.exponent == exact.exponent {
                assert!(exact.mantissa - sum.mantissa <= 4, "{left} {right}");
            } else {
                // One more unit is a power of two.
                assert!(sum.exponent < exact.exponent && sum.mantissa > u128::MAX - 8);
            }
        }
    }
}
