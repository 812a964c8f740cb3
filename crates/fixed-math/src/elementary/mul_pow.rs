//! The product of an amount and a power of a ratio, such as the part that has vested by a power of
//! time.

use super::approximate::{self, Exponent, SCALE};
use super::exact::{checked_power, lowest_terms, perfect_root};
use super::precise::{self, sum, Precise, Verdict};
use super::wide::Precision;
use super::{scaled_power, Argument};
use crate::{Amount, Error, Quantity, Ratio, Rounding, Wad, U256};

/// The number of units amount·(part / whole)^exponent: 0 < part < whole, and neither the amount nor
/// the exponent, which is in units of 1e-18, is 0.
struct AmountPower {
    amount: u128,
    part: u128,
    whole: u128,
    exponent: u128,
}

/// The number of bits behind the point of a logarithm here: those of either sign, and their sum,
/// fit 128 bits.
pub(super) const BITS: u32 = 120;

/// Returns log2(raw / 10^18) as ± units of 2^-120, and by how many it may be off.
pub(super) fn log2_units(raw: u128) -> (bool, u128, u128) {
    let log = approximate::log2(raw);
    // Of 121 bits or more.
    let down = log.bits.wrapping_sub(BITS);
    let cut = |value: u128| value.checked_shr(down).unwrap_or(0);
    let error = cut(log.error).wrapping_add(2);
    (log.negative, cut(log.magnitude), error)
}

impl AmountPower {
    /// Computes exponent·log2(whole / part) in units of 2^-120, and its error: `None` from 2^128
    /// on.
    fn loss(&self) -> Option<(u128, u128)> {
        let (whole, part) = (log2_units(self.whole), log2_units(self.part));
        let log = if whole.0 == part.0 {
            whole.1.abs_diff(part.1)
        } else {
            whole.1.wrapping_add(part.1)
        };
        let loss = U256::product(log, self.exponent).div_wad(Rounding::Floor);
        // Errors of a few units, times an exponent below 2^69.
        let whole_exponent = self.exponent.checked_div(SCALE).unwrap_or(0);
        let factor = whole_exponent.wrapping_add(1);
        let error = whole.2.wrapping_add(part.2).wrapping_mul(factor);
        Some((loss.to_u128().ok()?, error.wrapping_add(1)))
    }
}

impl Argument for AmountPower {
    fn approximate(&self) -> Exponent {
        let (negative, amount, error) = log2_units(self.amount);
        // 2^128 units are 256, and an amount over 2^256 is far below a unit.
        let Some((loss, more)) = self.loss() else {
            return Exponent::extreme(true);
        };
        let sum = amount.checked_add(loss);
        let (negative, magnitude) = match (negative, sum) {
            (true, None) => return Exponent::extreme(true),
            (true, Some(sum)) => (true, sum),
            (false, _) => (amount < loss, amount.abs_diff(loss)),
        };
        let whole = i32::try_from(magnitude >> BITS).unwrap_or(i32::MAX);
        let error = error.wrapping_add(more);
        Exponent::of_scaled(negative, whole, magnitude << 8, error << 8)
    }

    fn precise(&self, precision: Precision) -> Precise {
        let log = |raw| precise::log2(raw, precision);
        let (amount, whole, part) = (log(self.amount), log(self.whole), log(self.part));
        // Eight places down and up again, so that the product stays below 2^128.
        let loss = sum(whole, part.negated())
            .magnitude
            .shr(8)
            .mul(precision.integer(self.exponent))
            .div(1_000_000_000)
            .div(1_000_000_000)
            .shl(8);
        // The doubt of two logarithms, times the exponent; and that of the divisions, which the
        // shift makes 2^10.
        let exponent_bits = 128_u32.wrapping_sub(self.exponent.leading_zeros());
        let doubt = whole.doubt.wrapping_add(1).wrapping_add(exponent_bits);
        let loss = Precise {
            negative: true,
            magnitude: loss,
            doubt: doubt.saturating_sub(59).max(10).wrapping_add(1),
        };
        sum(amount, loss)
    }

    /// The power is rational if and only if both terms of the ratio, in lowest terms, are perfect
    /// powers of the exponent's denominator.
    fn exact(&self) -> Option<Verdict> {
        let ratio = Ratio::new(self.part, self.whole).ok()?.reduced();
        let (numerator, degree) = lowest_terms(self.exponent);
        let part = perfect_root(ratio.numerator(), degree)?;
        let whole = perfect_root(ratio.denominator(), degree)?;
        let divisor = checked_power(whole, numerator)?;
        let halves = U256::product(self.amount, 2);
        let (quotient, rest) = halves.div_rem(divisor).ok()?;
        if rest != 0 {
            return None;
        }
        // Less than the divisor's, and times the quotient less than twice the amount.
        let factor = checked_power(part, numerator)?;
        let halves = quotient.checked_mul(factor).ok()?;
        Some(Verdict::Near(halves.low(), halves.high() != 0))
    }
}

/// Refuses a ratio above 1.
pub(super) fn at_most_one(what: Quantity, ratio: Ratio) -> Result<(), Error> {
    if ratio.numerator() <= ratio.denominator() {
        return Ok(());
    }
    Err(Error::OutOfRange {
        what,
        value: ratio.numerator(),
        bound: ratio.denominator(),
    })
}

impl Amount {
    /// Computes self · ratio^exponent, for a ratio of at most 1: such as the part of a grant that
    /// has vested after that part of its time, on a curve of that power.
    ///
    /// The result is never more than the amount. 0^0 is 1.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once, and not the power to 18 decimals
    /// before the amount.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a ratio above 1.
    ///
    /// # Laws
    /// `ratio_power`; `monotone` in the amount and in the ratio, and downward in the exponent.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Ratio, Rounding};
    ///
    /// // A tenth of the time, to the power of 1.5, of a billion tokens with 18 decimals.
    /// let total = Amount::new(1_000_000_000_000_000_000_000_000_000);
    /// let vested = total.mul_pow(Ratio::new(1, 10)?, wad!("1.5"), Rounding::Floor)?;
    /// assert_eq!(vested, Amount::new(31_622_776_601_683_793_319_988_935));
    /// // The end of the curve is a ratio of 1.
    /// assert!(total.mul_pow(Ratio::new(11, 10)?, wad!("1.5"), Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// 2 to the sum of the logarithms, as at [`Wad::pow`].
    #[doc(alias("pow"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_pow(self, ratio: Ratio, exponent: Wad, rounding: Rounding) -> Result<Self, Error> {
        at_most_one(Quantity::ShrinkingBase, ratio)?;
        if self.is_zero() || exponent.is_zero() || ratio.numerator() == ratio.denominator() {
            return Ok(self);
        }
        if ratio.is_zero() {
            return Ok(Self::ZERO);
        }
        let power = AmountPower {
            amount: self.get(),
            part: ratio.numerator(),
            whole: ratio.denominator(),
            exponent: exponent.raw(),
        };
        // Below the amount, and so is any rounding of it, or the same.
        Ok(scaled_power(&power, rounding).map_or(self, Self::new))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::super::tests::{apart, below_one, units};
    use super::{precise, sum, AmountPower, Argument, Precision, Verdict, SCALE};
    use crate::Rounding;

    proptest! {
        #[test]
        fn what_one_stage_decides_the_highest_precision_confirms(
            amount in (any::<u128>(), 0..128_u32).prop_map(|(a, down)| (a >> down).max(1)),
            exponent in (any::<u128>(), 0..128_u32).prop_map(|(e, down)| (e >> down).max(1)),
            ratio in below_one(),
        ) {
            let (part, whole) = ratio;
            let power = AmountPower { amount, part, whole, exponent };
            let approximate = power.approximate();
            if approximate.whole < -8 {
                // Decided beyond doubt, and nothing that the slow path is made for.
                return Ok(());
            }
            // log2(10^18), which the fast path has in its exponent.
            let scale = precise::log2(SCALE * SCALE, Precision::HIGHEST);
            let exponent = sum(power.precise(Precision::HIGHEST), scale);
            let exact = units(exponent.magnitude) >> (512 - 128);
            let found = BigUint::from(approximate.whole.unsigned_abs()) << 128;
            let found = if approximate.whole < 0 {
                found - approximate.fraction
            } else {
                found + approximate.fraction
            };
            prop_assert_eq!(approximate.whole < 0, exponent.negative);
            prop_assert!(apart(found, exact) <= approximate.error.into());
            let [high, highest] = [Precision::HIGH, Precision::HIGHEST].map(|p| power.precise(p));
            let most = BigUint::from(1_u8) << (high.doubt + 320);
            prop_assert!(apart(units(high.magnitude), units(highest.magnitude)) <= most);
            for rounding in Rounding::ALL {
                let highest = highest.scaled_power(rounding);
                if let Some(fast) = approximate.round(rounding) {
                    prop_assert_eq!(Verdict::Is(fast), highest);
                }
                let high = high.scaled_power(rounding);
                prop_assert!(matches!(high, Verdict::Near(..)) || high == highest);
            }
        }
    }
}
