//! The part of an amount that an exponential has come to, such as the part that has vested when
//! vesting slows down, or speeds up, by a constant rate.

use super::approximate::{exp2_mantissa, high_product, EXP2_ERROR};
use super::decide::decide;
use super::exponential::LOG2_E_PER_UNIT;
use super::mul_pow::at_most_one;
use super::precise::{self, verdict, Precise, Verdict};
use super::wide::{Precision, Wide};
use crate::{limb, Amount, Error, Quantity, Ratio, Rounding, SignedWad};

/// The number amount·(1 − e^(−k·part/whole)) / (1 − e^−k), with 0 < part < whole: k in units of
/// 1e-18. Neither it nor the amount is 0.
///
/// It is never a number of half units: 1, e^−k and e^(−k·part/whole) are linearly independent over
/// the rationals (Lindemann, Weierstrass).
pub(super) struct Decay {
    pub(super) amount: u128,
    pub(super) k: u128,
    pub(super) part: u128,
    pub(super) whole: u128,
}

impl Decay {
    fn round(&self, rounding: Rounding) -> Option<u128> {
        match self.approximately(rounding) {
            Some(decided) => Some(decided),
            None => self.settle(rounding),
        }
    }

    /// Decides the result by the fast path: `None` where it leaves a doubt.
    fn approximately(&self, rounding: Rounding) -> Option<u128> {
        let (share, error) = self.share()?;
        decide_part(self.amount, share, error, rounding)
    }

    /// Computes the share of the amount in units of 2^-128, and by how many it may be off.
    pub(super) fn share(&self) -> Option<(u128, u128)> {
        let all = log2_of_power(self.k)?;
        let passed = below_one(self.part, self.whole)?;
        let (decayed, all) = (
            one_less_power(high_product(all, passed)),
            one_less_power(all),
        );
        let share = below_one(decayed, all)?;
        // Either is off by ERROR at most, and so twice that over the divisor the quotient.
        let bits = 128_u32.wrapping_sub(all.leading_zeros());
        let error = ERROR.checked_shl(130_u32.wrapping_sub(bits))?;
        Some((share, error.checked_add(1)?))
    }

    /// Decides a result that the fast path left in doubt.
    #[cold]
    fn settle(&self, rounding: Rounding) -> Option<u128> {
        let found = Verdict::of(|precision| self.precisely(precision, rounding));
        match found.settle(rounding)? {
            // With a large k all but less than any precision can tell.
            all if all == self.amount && rounding == Rounding::Floor => all.checked_sub(1),
            rounded => Some(rounded),
        }
    }

    fn precisely(&self, precision: Precision, rounding: Rounding) -> Verdict {
        let (part, doubt) = self.precise(precision);
        verdict(part, doubt, rounding)
    }

    /// Computes the part, to within 2^doubt units.
    fn precise(&self, precision: Precision) -> (Wide, u32) {
        let (share, doubt) = self.precise_share(precision);
        part_of(self.amount, share, doubt)
    }

    /// Computes the share of the amount, to within 2^doubt units.
    pub(super) fn precise_share(&self, precision: Precision) -> (Wide, u32) {
        let k = steepness(self.k, precision);
        let passed = quotient(self.part, self.whole, precision);
        let doubt = exponent_doubt(k);
        let all = one_less_decayed(Precise::log2_e_times(true, k, doubt));
        let decayed = one_less_decayed(Precise::log2_e_times(true, k.mul(passed), doubt));
        let doubt = doubt.max(precise::exp2_doubt(precision)).wrapping_add(2);
        // Half of each, both the same number of places up, so that the divisor is from ½ up to 1:
        // it is above 2^-61.
        let up = all.shl(127).split().0.leading_zeros();
        let (decayed, all) = (decayed.min(all).shr(1).shl(up), all.shr(1).shl(up));
        // Of the dividend's doubt at most twice, and four times that of the divisor.
        let share = decayed.mul(reciprocal(all));
        (share, doubt.wrapping_add(up).wrapping_add(4))
    }
}

/// Rounds the part of an amount that a share in units of 2^-128 is, which is less than `error` of
/// them off: `None` where that leaves a doubt.
pub(super) fn decide_part(
    amount: u128,
    share: u128,
    error: u128,
    rounding: Rounding,
) -> Option<u128> {
    let (whole, fraction) = limb::widening_mul(amount, share);
    let error = amount.checked_mul(error)?;
    decide(whole, fraction, error.checked_add(1)?, rounding)
}

/// Computes the part of an amount that a share is, which is known to within 2^doubt units.
pub(super) fn part_of(amount: u128, share: Wide, doubt: u32) -> (Wide, u32) {
    let amount_bits = 128_u32.wrapping_sub(amount.leading_zeros());
    let part = share.precision().integer(amount).mul(share);
    (part, doubt.wrapping_add(amount_bits))
}

/// Computes k·log2(e) in units of 2^-121, less than 2 of them off: `None` for a k of 2^66 units,
/// which are 73, or more. With what has passed times it, less than 4.
pub(super) fn log2_of_power(k: u128) -> Option<u128> {
    if k >> 66 != 0 {
        return None;
    }
    let (high, low) = limb::widening_mul(k, LOG2_E_PER_UNIT);
    Some(high << 62 | low >> 66)
}

/// Returns k, less than 2 units off.
pub(super) fn steepness(k: u128, precision: Precision) -> Wide {
    let k = precision.integer(k);
    k.div(1_000_000_000).div(1_000_000_000)
}

/// Returns the binary logarithm of the most by which an exponent of 2 is off that is k·log2(e) times
/// a share of time.
///
/// k is less than 2 units off and what has passed less than 10, so the product is less than
/// 2^4·(k + 1) off, and less than twice that times log2(e), which adds a unit times k.
pub(super) fn exponent_doubt(k: Wide) -> u32 {
    let k_bits = 128_u32.wrapping_sub(k.split().0.leading_zeros());
    k_bits.wrapping_add(6)
}

/// Computes part / whole in units of 2^-128: `None` if it isn't below 1.
pub(super) fn below_one(part: u128, whole: u128) -> Option<u128> {
    let quotient = limb::divide(part, 0, whole)?;
    (quotient.high == 0).then_some(quotient.low)
}

/// The most by which [`power_below_one`] is off: 4 units of 2^-121 are 2^9 of 2^-128.
pub(super) const ERROR: u128 = (1 << 9) + EXP2_ERROR + 1;

/// Computes 2^−of in units of 2^-127, for an exponent in units of 2^-121.
pub(super) fn power_below_one(of: u128) -> u128 {
    let (whole, fraction) = (of >> 121, of << 7);
    // 2^−(w + f) = 2^(1 − f)·2^−(w + 1).
    let (mantissa, down) = match fraction.wrapping_neg() {
        0 => (1 << 127, whole),
        rest => (exp2_mantissa(rest), whole.wrapping_add(1)),
    };
    let down = u32::try_from(down).unwrap_or(u32::MAX);
    mantissa.checked_shr(down).unwrap_or(0)
}

/// Computes 1 − 2^−of in units of 2^-127, for an exponent in units of 2^-121.
fn one_less_power(of: u128) -> u128 {
    u128::wrapping_sub(1 << 127, power_below_one(of))
}

/// Computes 2^of, for an exponent of 0 or below.
pub(super) fn decayed(of: Precise) -> Wide {
    let (whole, fraction) = of.floor();
    let precision = fraction.precision();
    let down = whole.unsigned_abs().min(precision.bits());
    // Where the exponent is next to 0 the power may come out above 1 by its error.
    precise::exp2(fraction).shr(down).min(precision.integer(1))
}

/// Computes 1 − 2^of, for an exponent of 0 or below.
fn one_less_decayed(of: Precise) -> Wide {
    let decayed = decayed(of);
    decayed.precision().integer(1).sub(decayed)
}

/// Computes part / whole for 0 < part < whole, to within 10 units.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn quotient(part: u128, whole: u128, precision: Precision) -> Wide {
    let zeros = whole.leading_zeros();
    let fraction = |of: u128| {
        precision
            .integer(of.checked_shl(zeros).unwrap_or(0))
            .shr(128)
    };
    fraction(part).mul(reciprocal(fraction(whole)))
}

/// Computes 1 / divisor for one from ½ up to 1, to within 8 units.
pub(super) fn reciprocal(divisor: Wide) -> Wide {
    let precision = divisor.precision();
    let one = precision.integer(1);
    // 64 bits of it, at least 2^63: the quotient is too small by less than 2^-62 of it.
    let leading = divisor.shl(64).split().0;
    let start = u128::MAX.checked_div(leading.wrapping_add(1)).unwrap_or(0);
    let mut reciprocal = precision.integer(start).shr(64);
    // Newton's method squares what is missing: 2^-124, 2^-248, 2^-496, 2^-992.
    for _ in 0..4 {
        let product = divisor.mul(reciprocal).min(one);
        let missing = one.sub(product);
        reciprocal = reciprocal.add(reciprocal.mul(missing));
    }
    reciprocal
}

impl Amount {
    /// Computes self · (e^(steepness·ratio) − 1) / (e^steepness − 1), for a ratio of at most 1: the
    /// part of the amount that an exponential, which goes from none of it to all, has come to.
    ///
    /// With a steepness above 0 the growth speeds up, e^steepness-fold from one end to the other;
    /// below 0 it slows down as much; and at 0 it is even: self · ratio, the limit from both sides.
    /// The result is never more than the amount.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a ratio above 1.
    ///
    /// # Laws
    /// `growth`; `monotone` in the amount and in the ratio, and downward in the steepness.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Rounding, SignedWad};
    ///
    /// // (1 − e^-½) / (1 − e^-1) of it, and the rest.
    /// let (amount, half) = (Amount::new(1_000_000), Ratio::new(1, 2)?);
    /// let slowing = "-1".parse()?;
    /// assert_eq!(amount.mul_expm1(slowing, half, Rounding::Floor)?, Amount::new(622_459));
    /// let faster = SignedWad::ONE;
    /// assert_eq!(amount.mul_expm1(faster, half, Rounding::Ceil)?, Amount::new(377_541));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// Ziv's method, as at [`SignedWad::exp`], with 192 and 512 bits.
    #[doc(alias("exp_m1"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_expm1(
        self,
        steepness: SignedWad,
        ratio: Ratio,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        at_most_one(Quantity::PassedShare, ratio)?;
        if self.is_zero() || ratio.numerator() == ratio.denominator() {
            return Ok(self);
        }
        if ratio.is_zero() {
            return Ok(Self::ZERO);
        }
        if steepness == SignedWad::ZERO {
            return self.mul_ratio(ratio, rounding);
        }
        let (part, whole) = (ratio.numerator(), ratio.denominator());
        let decay = |part, rounding| {
            let (amount, k) = (self.get(), steepness.abs().raw());
            let decay = Decay {
                amount,
                k,
                part,
                whole,
            };
            // Below the amount, and so is any rounding of it, or the same.
            decay.round(rounding).map_or(self, Self::new)
        };
        if steepness.is_negative() {
            return Ok(decay(part, rounding));
        }
        // Growth is decay seen from the other end. There are no ties, so the nearest of the one
        // leaves the nearest of the other.
        let opposite = match rounding {
            Rounding::Floor => Rounding::Ceil,
            Rounding::Ceil => Rounding::Floor,
            nearest => nearest,
        };
        self.checked_sub(decay(whole.wrapping_sub(part), opposite))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::super::tests::{apart, below_one, units};
    use super::{
        one_less_decayed, one_less_power, reciprocal, Decay, Precise, Precision, Verdict,
        EXP2_ERROR,
    };
    use crate::Rounding;

    #[test]
    fn a_reciprocal_is_within_eight_units() {
        for precision in [Precision::HIGH, Precision::HIGHEST] {
            let (one, half) = (precision.integer(1), precision.integer(1).shr(1));
            let last = precision.units(0);
            for divisor in [half, half.add(last), one.sub(half.shr(9)), one.sub(last)] {
                let product = divisor.mul(reciprocal(divisor));
                assert!(product.abs_diff(one) <= precision.units(3), "{divisor:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_one_stage_decides_the_highest_precision_confirms(
            amount in (any::<u128>(), 0..128_u32).prop_map(|(a, down)| (a >> down).max(1)),
            k in (any::<u128>(), 1..128_u32).prop_map(|(k, down)| (k >> down).max(1)),
            ratio in below_one(),
        ) {
            let (part, whole) = ratio;
            let decay = Decay { amount, k, part, whole };
            for rounding in Rounding::ALL {
                let highest = decay.precisely(Precision::HIGHEST, rounding);
                if let Some(fast) = decay.approximately(rounding) {
                    prop_assert_eq!(Verdict::Is(fast), highest);
                }
                let high = decay.precisely(Precision::HIGH, rounding);
                prop_assert!(matches!(high, Verdict::Near(..)) || high == highest);
            }
            let (high, doubt) = decay.precise(Precision::HIGH);
            let (highest, _) = decay.precise(Precision::HIGHEST);
            // Both in units of 2^-512.
            let most = BigUint::from(1_u8) << (doubt + 320);
            prop_assert!(apart(units(high), units(highest)) <= most);
        }

        #[test]
        fn the_fast_path_is_no_more_off_than_it_says(of in any::<u128>()) {
            let exponent = Precise {
                negative: true,
                magnitude: Precision::HIGHEST.integer(of).shr(121),
                doubt: 0,
            };
            let exact = units(one_less_decayed(exponent)) >> (512 - 127);
            let off = apart(one_less_power(of).into(), exact);
            prop_assert!(off <= (EXP2_ERROR + 1).into());
        }
    }
}
