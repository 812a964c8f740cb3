//! The part of an amount that an S-curve has come to, such as the part that has vested when vesting
//! is slow at both ends.

use super::approximate::high_product;
use super::mul_expm1::{
    below_one, decayed, decide_part, exponent_doubt, log2_of_power, part_of, power_below_one,
    quotient, reciprocal, steepness, Decay,
};
use super::mul_pow::at_most_one;
use super::precise::{self, verdict, Precise, Verdict};
use super::wide::{Precision, Wide};
use crate::{Amount, Error, Quantity, Ratio, Rounding, Wad};

/// The first half of the curve: amount·(s(k(2x − 1)) − s(−k)) / (s(k) − s(−k)) with
/// s(z) = 1 / (1 + e^−z), for 0 < x = part/whole < ½ and k in units of 1e-18, up to 40. Neither k nor
/// the amount is 0.
///
/// It is amount·a·v / (1 + v), with a = (1 − e^(−2kx)) / (1 − e^−k), an exponential that has come to
/// all at the half, and v = e^(−k(1 − 2x)). It is sinh(kx) / (sinh(kx) + sinh(k(1 − x))) of the
/// amount, and so never a number of half units: e to the four powers is linearly independent over
/// the rationals, which are distinct but at the half (Lindemann, Weierstrass).
struct FirstHalf {
    /// An exponential over the first half.
    doubled: Decay,
}

impl FirstHalf {
    fn round(&self, rounding: Rounding) -> Option<u128> {
        match self.approximately(rounding) {
            Some(decided) => Some(decided),
            None => self.settle(rounding),
        }
    }

    /// Decides the result by the fast path: `None` where it leaves a doubt.
    fn approximately(&self, rounding: Rounding) -> Option<u128> {
        let (share, share_error) = self.doubled.share()?;
        let left = below_one(self.left(), self.doubled.whole)?;
        let exponent = high_product(log2_of_power(self.doubled.k)?, left);
        let v = power_below_one(exponent);
        // v / (1 + v) grows no faster than v, of which a unit is two of 2^-128. So it is off by 2·ERROR + 3
        // at the most, and the share by 4·ERROR + 1 or more.
        let odds = below_one(v, v.checked_add(1 << 127)?)?;
        let error = share_error.checked_mul(2)?;
        let part = high_product(share, odds);
        decide_part(self.doubled.amount, part, error, rounding)
    }

    /// Decides a result that the fast path left in doubt.
    #[cold]
    fn settle(&self, rounding: Rounding) -> Option<u128> {
        Verdict::of(|precision| self.precisely(precision, rounding)).settle(rounding)
    }

    fn precisely(&self, precision: Precision, rounding: Rounding) -> Verdict {
        let (part, doubt) = self.precise(precision);
        verdict(part, doubt, rounding)
    }

    /// Computes the part, to within 2^doubt units.
    fn precise(&self, precision: Precision) -> (Wide, u32) {
        let (share, share_doubt) = self.doubled.precise_share(precision);
        let k = steepness(self.doubled.k, precision);
        let left = quotient(self.left(), self.doubled.whole, precision);
        let doubt = exponent_doubt(k);
        let v = decayed(Precise::log2_e_times(true, k.mul(left), doubt));
        let doubt = doubt.max(precise::exp2_doubt(precision)).wrapping_add(2);
        // (1 + v) / 2 is from ½ up to 1, and its reciprocal twice what is wanted. That is 8 units
        // off, v far more than that, and of both less than twice goes into the quotient.
        let half_of_sum = precision.integer(1).add(v).shr(1);
        let odds = v.mul(reciprocal(half_of_sum)).shr(1);
        let doubt = doubt.max(share_doubt).wrapping_add(2);
        part_of(self.doubled.amount, share.mul(odds), doubt)
    }

    /// Returns what is left of the whole at twice the part.
    fn left(&self) -> u128 {
        self.doubled.whole.wrapping_sub(self.doubled.part)
    }
}

/// The largest steepness: beyond it all but less than 2^-57 of the amount lies at the half.
const STEEPEST: Wad = Wad::from_raw(40 * Wad::SCALE);

impl Amount {
    /// Computes self · (s(k(2x − 1)) − s(−k)) / (s(k) − s(−k)) with s(z) = 1 / (1 + e^−z), for a
    /// steepness k of at most 40 and a ratio x of at most 1: the part of the amount that a logistic
    /// curve, which goes from none of it to all, has come to.
    ///
    /// The curve is slow at both ends and fastest at the half, where it has come to a half of the
    /// amount, the more so the steeper it is. At a steepness of 0 it is even: self · ratio, the limit.
    /// The result is never more than the amount.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a ratio above 1, and for a steepness above 40.
    ///
    /// # Laws
    /// `s_curve`; `monotone` in the amount and in the ratio.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Error, Ratio, Rounding};
    ///
    /// let amount = Amount::new(1_000_000);
    /// let part = |n, d| amount.mul_logistic(wad!("5"), Ratio::new(n, d)?, Rounding::Floor);
    /// let quarters = [part(1, 4)?, part(1, 2)?, part(3, 4)?].map(Amount::get);
    /// assert_eq!(quarters, [70_103, 500_000, 929_896]);
    /// assert!(matches!(part(5, 4), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Source
    /// Ziv's method, as at [`SignedWad::exp`](crate::SignedWad::exp), with 192 and 512 bits.
    #[doc(alias("s_curve", "sigmoid"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_logistic(
        self,
        steepness: Wad,
        ratio: Ratio,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        at_most_one(Quantity::PassedShare, ratio)?;
        if steepness > STEEPEST {
            return Err(Error::OutOfRange {
                what: Quantity::Steepness,
                value: steepness.raw(),
                bound: STEEPEST.raw(),
            });
        }
        let (part, whole) = (ratio.numerator(), ratio.denominator());
        let rest = whole.wrapping_sub(part);
        if self.is_zero() || part == 0 || rest == 0 || part == rest || steepness.is_zero() {
            return self.mul_ratio(ratio, rounding);
        }
        if part < rest {
            return Ok(self.first_half(steepness, part, whole, rounding));
        }
        // The second half is the first seen from the other end. There are no ties, so the nearest of
        // the one leaves the nearest of the other.
        let opposite = match rounding {
            Rounding::Floor => Rounding::Ceil,
            Rounding::Ceil => Rounding::Floor,
            nearest => nearest,
        };
        self.checked_sub(self.first_half(steepness, rest, whole, opposite))
    }

    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn first_half(self, steepness: Wad, part: u128, whole: u128, rounding: Rounding) -> Self {
        let doubled = Decay {
            amount: self.get(),
            k: steepness.raw(),
            // Below the whole.
            part: part.wrapping_mul(2),
            whole,
        };
        // At most half of the amount, and so is any rounding of it, or one unit more.
        let rounded = FirstHalf { doubled }.round(rounding);
        rounded.map_or(self, Self::new)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::super::tests::{apart, below_one, units};
    use super::{Decay, FirstHalf, Precision, Verdict, STEEPEST};
    use crate::{Rounding, Wad};

    /// Of a billion tokens with six decimals, the precise path isn't needed.
    #[test]
    fn the_fast_path_decides_what_isnt_next_to_a_boundary() {
        for k in [1, 5, 12, 40] {
            let (k, whole) = (k * Wad::SCALE, 126_144_000);
            for part in [whole / 4, whole / 2, whole - 2] {
                let amount = 1_000_000_000_000_000;
                let half = FirstHalf {
                    doubled: Decay {
                        amount,
                        k,
                        part,
                        whole,
                    },
                };
                for rounding in Rounding::ALL {
                    let highest = half.precisely(Precision::HIGHEST, rounding);
                    assert_eq!(half.approximately(rounding).map(Verdict::Is), Some(highest));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_one_stage_decides_the_highest_precision_confirms(
            amount in (any::<u128>(), 0..128_u32).prop_map(|(a, down)| (a >> down).max(1)),
            k in (any::<u128>(), 62..128_u32).prop_map(|(k, down)| (k >> down).max(1)),
            (part, whole) in below_one(),
        ) {
            let (k, part) = (k.min(STEEPEST.raw()), part & !1);
            prop_assume!(part != 0);
            let half = FirstHalf { doubled: Decay { amount, k, part, whole } };
            for rounding in Rounding::ALL {
                let highest = half.precisely(Precision::HIGHEST, rounding);
                if let Some(fast) = half.approximately(rounding) {
                    prop_assert_eq!(Verdict::Is(fast), highest);
                }
                let high = half.precisely(Precision::HIGH, rounding);
                prop_assert!(matches!(high, Verdict::Near(..)) || high == highest);
            }
            let (high, doubt) = half.precise(Precision::HIGH);
            let (highest, _) = half.precise(Precision::HIGHEST);
            // Both in units of 2^-512.
            let most = BigUint::from(1_u8) << (doubt + 320);
            prop_assert!(apart(units(high), units(highest)) <= most);
        }
    }
}
