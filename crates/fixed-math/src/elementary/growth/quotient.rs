//! A quotient of 256 bits by 128.

use crate::elementary::wide::{Precision, Wide};
use crate::{limb, U256};

/// A quotient above 0.
pub(super) struct Quotient {
    pub(super) numerator: U256,
    pub(super) denominator: u128,
    // Shifted to the top, so that the quotient is ½ to 2 times 2^exponent.
    shifted: U256,
    divisor: u128,
    pub(super) exponent: i32,
}

impl Quotient {
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn new(numerator: U256, denominator: u128) -> Option<Self> {
        if numerator.is_zero() || denominator == 0 {
            return None;
        }
        let up = match numerator.high() {
            0 => numerator.low().leading_zeros().wrapping_add(128),
            high => high.leading_zeros(),
        };
        let down = denominator.leading_zeros();
        Some(Self {
            numerator,
            denominator,
            // Only zeros leave it.
            shifted: numerator.shl_truncating(up),
            divisor: denominator.checked_shl(down)?,
            // Both are at most 255.
            exponent: 128_i32
                .wrapping_add_unsigned(down)
                .wrapping_sub_unsigned(up),
        })
    }

    /// Tells if the quotient is 1 or more, and returns the rest of the upper limb.
    fn whole(&self) -> (bool, u128) {
        match self.shifted.high().checked_sub(self.divisor) {
            Some(rest) => (true, rest),
            None => (false, self.shifted.high()),
        }
    }

    /// Tells if the quotient is 1 or more, and returns the 128 bits behind the point.
    pub(super) fn first_digit(&self) -> (bool, u128) {
        if self.divisor == 1 << 127 {
            let (high, low) = (self.shifted.high(), self.shifted.low());
            return (true, high << 1 | low >> 127);
        }
        let (above_one, rest) = self.whole();
        // The rest is below the divisor: the numerator's top is below twice it.
        let digit = limb::divide(rest, self.shifted.low(), self.divisor);
        (above_one, digit.map_or(0, |digit| digit.low))
    }

    pub(super) fn precisely(&self, precision: Precision) -> Wide {
        let (above_one, rest) = self.whole();
        // The numerator's limbs, one behind the point.
        let low = precision.integer(self.shifted.low()).shr(128);
        let rest = precision.integer(rest).add(low).div_wide(self.divisor);
        precision.integer(above_one.into()).add(rest)
    }
}
