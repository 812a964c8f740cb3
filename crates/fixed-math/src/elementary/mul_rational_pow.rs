//! The product of an amount and a power whose base and exponent are ratios, such as what a pool of
//! unequal weights holds after a swap.

use super::approximate::{shl_exact, Exponent, SCALE};
use super::exact::{checked_power, perfect_root};
use super::mul_pow::{log2_units, BITS};
use super::precise::{self, sum, Precise, Verdict};
use super::wide::Precision;
use super::{scaled_power, Argument};
use crate::{Amount, Error, Quantity, Ratio, Rounding, U256};

/// The number of units amount·base^exponent: the amount, the base and the exponent aren't 0, the base
/// isn't 1, and the exponent is below 2^64.
struct RationalPower {
    amount: u128,
    base: Ratio,
    exponent: Ratio,
}

impl RationalPower {
    /// Returns `true` for a base below 1, the power of which falls with the exponent.
    fn falls(&self) -> bool {
        self.base.numerator() < self.base.denominator()
    }

    /// Computes exponent·|log2(base)| in units of 2^-120, and its error: `None` from 2^128 on.
    fn growth(&self) -> Option<(u128, u128)> {
        let above = log2_units(self.base.numerator());
        let below = log2_units(self.base.denominator());
        let log = if above.0 == below.0 {
            above.1.abs_diff(below.1)
        } else {
            above.1.wrapping_add(below.1)
        };
        let (numerator, denominator) = (self.exponent.numerator(), self.exponent.denominator());
        let growth = U256::product(log, numerator).checked_div(denominator, Rounding::Floor);
        // Errors of a few units, times an exponent below 2^64.
        let factor = numerator.checked_div(denominator)?.wrapping_add(1);
        let error = above.2.wrapping_add(below.2).wrapping_mul(factor);
        Some((growth.ok()?.to_u128().ok()?, error.wrapping_add(1)))
    }
}

impl Argument for RationalPower {
    fn approximate(&self) -> Exponent {
        let (negative, amount, error) = log2_units(self.amount);
        let falls = self.falls();
        // 2^128 units are 256: beyond all results, or far below a unit.
        let Some((growth, more)) = self.growth() else {
            return Exponent::extreme(falls);
        };
        let (negative, magnitude) = if negative == falls {
            let Some(sum) = amount.checked_add(growth) else {
                return Exponent::extreme(falls);
            };
            (negative, sum)
        } else {
            let sign = if amount < growth { falls } else { negative };
            (sign, amount.abs_diff(growth))
        };
        let whole = i32::try_from(magnitude >> BITS).unwrap_or(i32::MAX);
        let error = shl_exact(error.wrapping_add(more), 8).unwrap_or(u128::MAX);
        Exponent::of_scaled(negative, whole, magnitude << 8, error)
    }

    fn precise(&self, precision: Precision) -> Precise {
        let log = |raw| precise::log2(raw, precision);
        let (above, below) = (log(self.base.numerator()), log(self.base.denominator()));
        let bits = |of: u128| 128_u32.wrapping_sub(of.leading_zeros());
        // Eight places down and up again, so that the product stays below 2^128.
        let growth = sum(above, below.negated())
            .magnitude
            .shr(8)
            .mul(precision.integer(self.exponent.numerator()))
            .div_wide(self.exponent.denominator())
            .shl(8);
        // The doubt of two logarithms, times the exponent; and that of the division, which the shift
        // makes 2^8.
        let doubt = above.doubt.max(below.doubt).wrapping_add(1);
        let doubt = doubt
            .wrapping_add(bits(self.exponent.numerator()))
            .wrapping_add(1)
            .saturating_sub(bits(self.exponent.denominator()));
        let growth = Precise {
            negative: self.falls(),
            magnitude: growth,
            doubt: doubt.max(9).wrapping_add(1),
        };
        sum(log(self.amount), growth)
    }

    /// The power is rational if and only if both terms of the base, in lowest terms, are perfect powers
    /// of the exponent's denominator.
    fn exact(&self) -> Option<Verdict> {
        let (base, exponent) = (self.base.reduced(), self.exponent.reduced());
        let degree = u64::try_from(exponent.denominator()).ok()?;
        let above = perfect_root(base.numerator(), degree)?;
        let below = perfect_root(base.denominator(), degree)?;
        let divisor = checked_power(below, exponent.numerator())?;
        let (quotient, rest) = U256::product(self.amount, 2).div_rem(divisor).ok()?;
        if rest != 0 {
            return None;
        }
        let factor = checked_power(above, exponent.numerator())?;
        let halves = quotient.checked_mul(factor).ok()?;
        Some(match halves.high() {
            carry @ (0 | 1) => Verdict::Near(halves.low(), carry == 1),
            _ => Verdict::TooLarge,
        })
    }
}

impl Amount {
    /// Computes self · base^exponent, where both are ratios: such as what a pool of unequal weights
    /// holds of one token when it holds another amount of the other.
    ///
    /// An exponent such as 2/3, which 18 decimals can't tell, is exact here. 0^0 is 1.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`]; [`Error::OutOfRange`] for an exponent of 2^64 or more.
    ///
    /// # Laws
    /// `rational_power`; `monotone` in the amount and in the base.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Rounding};
    ///
    /// let (eights, two_thirds) = (Ratio::new(27, 8)?, Ratio::new(2, 3)?);
    /// let amount = Amount::new(1_000_000);
    /// let power = amount.mul_rational_pow(eights, two_thirds, Rounding::Floor)?;
    /// assert_eq!(power, Amount::new(2_250_000));
    /// assert!(Amount::MAX.mul_rational_pow(eights, two_thirds, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// 2 to the sum of the logarithms, as at [`Amount::mul_pow`].
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_rational_pow(
        self,
        base: Ratio,
        exponent: Ratio,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        let is_one = base.numerator() == base.denominator();
        if self.is_zero() || exponent.is_zero() || is_one {
            return Ok(self);
        }
        if base.is_zero() {
            return Ok(Self::ZERO);
        }
        in_range(exponent)?;
        let power = RationalPower {
            amount: self.get(),
            base,
            exponent,
        };
        let result = scaled_power(&power, rounding).map(Self::new);
        result.ok_or_else(|| too_large(&power))
    }
}

/// Refuses an exponent of 2^64 or more.
fn in_range(exponent: Ratio) -> Result<(), Error> {
    let whole = exponent.numerator().checked_div(exponent.denominator());
    let (value, bound) = (whole.unwrap_or(0), u64::MAX.into());
    if value <= bound {
        return Ok(());
    }
    Err(Error::OutOfRange {
        what: Quantity::RationalExponent,
        value,
        bound,
    })
}

/// Computes the logarithm of a result of 2^127 or more to base 2, floored; above 256, any such number.
///
/// Close to a power of two, which is found on either side of itself, and about 2^256, which the fast path
/// takes for beyond all results, the slow path tells. What its doubt reaches up to there is that power.
fn floor_of_log2(power: &RationalPower) -> i32 {
    let found = power.approximate();
    let room = found.fraction.min(found.fraction.wrapping_neg());
    if room > found.error {
        return found.whole;
    }
    let precision = Precision::HIGHEST;
    let log = sum(
        power.precise(precision),
        precise::log2(SCALE * SCALE, precision),
    );
    let magnitude = log.magnitude.add(precision.units(log.doubt));
    Precise { magnitude, ..log }.floor().0
}

#[cold]
fn too_large(power: &RationalPower) -> Error {
    let bits = u32::try_from(floor_of_log2(power).saturating_add(1));
    Error::Overflow {
        // What is rounded up to 2^128 is just below it.
        bits: bits.unwrap_or(0).clamp(129, 257),
        max: u128::MAX,
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;
    use proptest::prelude::*;

    use super::super::tests::{apart, below_one, units};
    use super::{precise, sum, Argument, Precision, RationalPower, Verdict};
    use crate::elementary::approximate::SCALE;
    use crate::{Amount, Error, Ratio, Rounding};

    #[test]
    fn an_overflow_has_the_length_of_the_result_on_both_sides_of_a_power_of_two() {
        let figures = [
            (32, (2, 1), (135, 1), 141),
            (31, (2, 1), (135, 1), 140),
            (1, (2, 1), (128, 1), 129),
            (1, (4, 1), (141, 2), 142),
            (3, (8, 1), (45, 1), 137),
            (u128::MAX, (1_024, 1), (1, 1), 138),
            (u128::MAX, (u128::MAX, 1), (1, 1), 256),
            (1 << 127, (1 << 127, 1), (1, 1), 255),
            (u128::MAX, (3, 2), (1, 1), 129),
            (1, (2, 1), (255, 1), 256),
            (1, (u128::MAX, 1), (2, 1), 256),
            (u128::MAX, (u128::MAX - 1, 1), (1, 1), 256),
            (1, (2, 1), (256, 1), 257),
            (u128::MAX, (u128::MAX, 1), (u64::MAX.into(), 1), 257),
            (1, (2, 1), (u64::MAX.into(), 1), 257),
        ];
        for (amount, base, exponent, bits) in figures {
            let [base, exponent] = [base, exponent].map(|(n, d)| Ratio::new(n, d).unwrap());
            let result = Amount::new(amount).mul_rational_pow(base, exponent, Rounding::Floor);
            let max = u128::MAX;
            let expected = Err(Error::Overflow { bits, max });
            assert_eq!(result, expected, "{amount} {base:?} {exponent:?}");
        }
    }

    proptest! {
        #[test]
        fn what_one_stage_decides_the_highest_precision_confirms(
            amount in (any::<u128>(), 0..128_u32).prop_map(|(a, down)| (a >> down).max(1)),
            exponent in (any::<[u64; 2]>(), 0..64_u32, 0..64_u32),
            ratio in below_one(),
            rises: bool,
        ) {
            let ([numerator, denominator], ..) = exponent;
            let (numerator, denominator) = (numerator >> exponent.1, denominator >> exponent.2);
            let exponent = Ratio::new(numerator.max(1).into(), denominator.max(1).into()).unwrap();
            let (part, whole) = if rises { (ratio.1, ratio.0) } else { ratio };
            let base = Ratio::new(part, whole.max(1)).unwrap();
            prop_assume!(!base.is_zero() && part != whole);
            let power = RationalPower { amount, base, exponent };
            let approximate = power.approximate();
            if approximate.whole < -8 || approximate.whole > 200 {
                // Decided beyond doubt, and nothing that the slow path is made for.
                return Ok(());
            }
            // log2(10^18), which the fast path has in its exponent.
            let scale = precise::log2(SCALE * SCALE, Precision::HIGHEST);
            let exponent = sum(power.precise(Precision::HIGHEST), scale);
            // Both in units of 2^-128, and above 0 by so much.
            let offset = BigUint::from(1_u8) << 160;
            let exact = units(exponent.magnitude) >> (512 - 128);
            let exact = if exponent.negative { &offset - exact } else { &offset + exact };
            let whole = BigUint::from(approximate.whole.unsigned_abs()) << 128;
            let found = if approximate.whole < 0 { offset - whole } else { offset + whole };
            prop_assert!(apart(found + approximate.fraction, exact) <= approximate.error.into());
            let [high, highest] = [Precision::HIGH, Precision::HIGHEST].map(|p| power.precise(p));
            let most = BigUint::from(1_u8) << (high.doubt + 320);
            prop_assert!(apart(units(high.magnitude), units(highest.magnitude)) <= most);
            if approximate.is_too_large() {
                return Ok(());
            }
            for rounding in Rounding::ALL {
                let highest = highest.scaled_power(rounding);
                if let Some(fast) = approximate.round(rounding) {
                    prop_assert_eq!(Verdict::Is(fast), highest);
                }
                let high = high.scaled_power(rounding);
                prop_assert!(matches!(high, Verdict::Near(..) | Verdict::AtLimit) || high == highest);
            }
        }
    }
}
