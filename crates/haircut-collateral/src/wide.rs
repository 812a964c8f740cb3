//! Exact sums of amount · price · weight.

use tokenomics_fixed_math::{Error, U256};

/// An unsigned integer of 384 bits, for sums of weighted values in units of 1e-36. [`U256`] is what it
/// is made of, and has no room for them: an amount times a price takes all of its bits, and the weight
/// comes on top.
///
/// A weight is at most 2e18 < 2^61, so a term is below 2^317. A slice holds fewer than 2^58
/// entries, since each takes 48 of at most 2^63 bytes, so the sum over a slice is below 2^375: it
/// can't overflow, and nothing that is compared is ever rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wide {
    // The order of the fields is the order of comparison.
    high: u128,
    mid: u128,
    low: u128,
}

impl Wide {
    pub(crate) const ZERO: Self = Self {
        high: 0,
        mid: 0,
        low: 0,
    };
    pub(crate) const ONE: Self = Self {
        low: 1,
        ..Self::ZERO
    };

    /// Returns amount · price · weight.
    pub(crate) fn product(amount: u128, price: u128, weight: u64) -> Self {
        let value = U256::product(amount, price);
        let low = U256::product(value.low(), weight.into());
        let high = U256::product(value.high(), weight.into());
        let (mid, carry) = low.high().overflowing_add(high.low());
        Self {
            // Below 2^64 before the carry, as one factor is.
            high: high.high().wrapping_add(carry.into()),
            mid,
            low: low.low(),
        }
    }

    /// Returns the sum; see the type for why it doesn't overflow.
    pub(crate) fn plus(self, rhs: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(rhs.low);
        let (mid, over) = self.mid.overflowing_add(rhs.mid);
        let (mid, over_again) = mid.overflowing_add(carry.into());
        Self {
            // At most one of the two carries is set.
            high: self
                .high
                .wrapping_add(rhs.high)
                .wrapping_add((over || over_again).into()),
            mid,
            low,
        }
    }

    /// Returns the difference, if it isn't negative.
    pub(crate) fn checked_sub(self, rhs: Self) -> Option<Self> {
        let (low, borrow) = self.low.overflowing_sub(rhs.low);
        let (mid, under) = self.mid.overflowing_sub(rhs.mid);
        let (mid, under_again) = mid.overflowing_sub(borrow.into());
        let high = self
            .high
            .checked_sub(rhs.high)?
            .checked_sub((under || under_again).into())?;
        Some(Self { high, mid, low })
    }

    /// Returns quotient and remainder.
    pub(crate) fn div_rem(self, divisor: u128) -> Result<(Self, u128), Error> {
        // Long division, a limb at a time: a remainder is below the divisor, so what it heads
        // divides to one limb.
        let (upper, rest) = U256::new(self.high, self.mid).div_rem(divisor)?;
        let (lower, rest) = U256::new(rest, self.low).div_rem(divisor)?;
        let quotient = Self {
            high: upper.high(),
            mid: upper.low(),
            low: lower.low(),
        };
        Ok((quotient, rest))
    }

    /// Returns the number as 128 bits, if it fits.
    pub(crate) fn to_u128(self) -> Result<u128, Error> {
        // A sum below 2^375 that was divided by 1e36 > 2^119 is a 256-bit number. Nothing else is
        // shown to anyone, so for the rest the error may say the largest value it can hold.
        let value = match self.high {
            0 => U256::new(self.mid, self.low),
            _ => U256::MAX,
        };
        value.to_u128()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: u128 = u128::MAX;

    fn wide(high: u128, mid: u128, low: u128) -> Wide {
        Wide { high, mid, low }
    }

    #[test]
    fn a_carry_passes_through_a_full_limb() {
        for (a, b, sum) in [
            (wide(0, ALL, ALL), Wide::ONE, wide(1, 0, 0)),
            (wide(0, ALL, 1), wide(0, 0, ALL), wide(1, 0, 0)),
            (wide(0, ALL, 0), wide(0, 1, 0), wide(1, 0, 0)),
            (wide(0, ALL, ALL), wide(0, ALL, ALL), wide(1, ALL, ALL - 1)),
        ] {
            assert_eq!(a.plus(b), sum);
            assert_eq!(b.plus(a), sum);
            assert_eq!(sum.checked_sub(b), Some(a));
            assert_eq!(a.checked_sub(sum), None);
        }
    }

    /// The weight's inverse modulo 2^128, by Newton's method, makes the middle limb of the product
    /// all ones before the carry from below arrives: no random input would.
    #[test]
    fn a_product_carries_into_its_upper_limb() {
        let weight = 1_000_000_000_000_000_001_u64;
        let inverse = (0..7).fold(u128::from(weight), |x, _| {
            let error = 2_u128.wrapping_sub(x.wrapping_mul(u128::from(weight)));
            x.wrapping_mul(error)
        });
        // amount · (2^128 − 1) has the upper limb amount − 1.
        let amount = inverse.wrapping_neg() + 1;
        let product = Wide::product(amount, ALL, weight);
        let parts = Wide::product(amount, ALL, weight - 1).plus(Wide::product(amount, ALL, 1));
        assert_eq!(product, parts);
        let upper = U256::product(amount - 1, weight.into());
        assert_eq!(upper.low(), ALL);
        assert_eq!(product.high, upper.high() + 1);
    }

    #[test]
    fn a_quotient_and_its_remainder_make_the_dividend() {
        let dividends = [
            wide(1, 0, 0),
            wide(ALL, ALL, ALL),
            wide(3, 1, ALL),
            Wide::ONE,
        ];
        for dividend in dividends {
            for divisor in [1, 2, 7, 1 << 64, 1 << 127, ALL - 1, ALL] {
                let (quotient, rest) = dividend.div_rem(divisor).unwrap();
                assert!(rest < divisor);
                // quotient · divisor + rest, limb by limb.
                let low = U256::product(quotient.low, divisor);
                let mid = U256::product(quotient.mid, divisor);
                let high = U256::product(quotient.high, divisor);
                assert_eq!(high.high(), 0);
                let back = wide(0, low.high(), low.low())
                    .plus(wide(mid.high(), mid.low(), 0))
                    .plus(wide(high.low(), 0, 0))
                    .plus(wide(0, 0, rest));
                assert_eq!(back, dividend);
            }
            assert!(dividend.div_rem(0).is_err());
        }
    }
}
