//! Sums of amount · price · weight, exact.

use tokenomics_fixed_math::{Error, U256};

/// An unsigned integer of 384 bits, for sums of weighted values in units of 1e-36.
///
/// A weight is at most 2e18 < 2^61, so a term is below 2^317. A slice holds fewer than 2^58 entries,
/// since each takes 48 of at most 2^63 bytes, so the sum over a slice is below 2^375: it can't
/// overflow, and nothing that is compared is ever rounded.
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

    /// amount · price · weight.
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

    /// The sum; see the type for why it doesn't overflow.
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

    /// The difference, if it isn't negative.
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

    /// Quotient and remainder.
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

    /// As 128 bits, if it fits.
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
