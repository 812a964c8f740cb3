//! The slow path of a growth, for results that the fast one leaves in doubt: the exact cases in
//! integers, and the rest with many limbs.

use super::quotient::Quotient;
use super::{Base, Growth};
use crate::elementary::exact::perfect_root;
use crate::elementary::precise::{self, sum, Precise, Scaled, Verdict};
use crate::elementary::wide::Precision;
use crate::{Ratio, Rounding, U256};

impl Growth {
    /// Decides a result that the fast path left in doubt.
    #[cold]
    pub(super) fn settle(
        &self,
        quotient: &Quotient,
        &units: &Ratio,
        rounding: Rounding,
    ) -> Option<u128> {
        let verdict = match self.exact(quotient, units, rounding) {
            Some(exact) => exact,
            None => Verdict::of(|precision| self.precisely(quotient, units, precision, rounding)),
        };
        verdict.settle(rounding)
    }

    pub(super) fn precisely(
        &self,
        quotient: &Quotient,
        units: Ratio,
        precision: Precision,
        rounding: Rounding,
    ) -> Verdict {
        let log = self.base.log2_of_power(units, precision);
        let negative = self.falls;
        let (whole, fraction) = Precise { negative, ..log }.floor();
        // Both factors are below 2, so the product is from 1/2 up to 4; a unit of doubt in the exponent
        // is at most 2 ln 2 in the power, and one in a factor two in the product. Twice that is at least 1.
        let doubt = log
            .doubt
            .max(precise::exp2_doubt(precision))
            .wrapping_add(4);
        let product = precise::exp2(fraction).mul(quotient.precisely(precision));
        let scaled = Scaled {
            value: product.shl(1),
            up: quotient.exponent.wrapping_add(whole).wrapping_sub(1),
            doubt,
        };
        scaled.round(rounding)
    }

    /// Computes the result where it is a number of halves.
    ///
    /// e to a rational power other than 0 is transcendental. In (a/b)^(p/q), all in lowest terms, a
    /// and b must be perfect q-th powers; then b^p must divide twice the numerator, and the
    /// denominator what is left of it times a^p.
    pub(super) fn exact(
        &self,
        quotient: &Quotient,
        units: Ratio,
        rounding: Rounding,
    ) -> Option<Verdict> {
        let (base, power) = match self.base {
            _ if units.is_zero() => (Ratio::ONE, Ratio::ONE),
            Base::Exp(rate) if rate.is_zero() => (Ratio::ONE, Ratio::ONE),
            Base::Exp(_) => return None,
            Base::Exp2(rate) => (
                Ratio::from_integer(2),
                rate.checked_mul(units).ok()?.reduced(),
            ),
            Base::Factor(factor) => (factor, units.reduced()),
        };
        let degree = u64::try_from(power.denominator()).ok()?;
        let above = perfect_root(base.numerator(), degree)?;
        let below = perfect_root(base.denominator(), degree)?;
        let (above, below) = if self.falls {
            (below, above)
        } else {
            (above, below)
        };
        let (mut rest, mut twice) = (
            quotient.numerator,
            matches!(rounding, Rounding::HalfEven | Rounding::HalfUp),
        );
        // Each round at least halves what is left: it ends within 257.
        for _ in 0..if below == 1 { 0 } else { power.numerator() } {
            rest = match rest.div_rem(below) {
                Ok((part, 0)) => part,
                Ok((part, odd)) if twice && odd == below.wrapping_sub(odd) => {
                    twice = false;
                    // (2p + 1)·b/2 times 2 / b.
                    part.checked_shl(1).ok()?.checked_add(U256::ONE).ok()?
                }
                _ => return None,
            };
        }
        // Each round at least doubles it: it ends within 256.
        for _ in 0..if above == 1 { 0 } else { power.numerator() } {
            let Ok(next) = rest.checked_mul(above) else {
                // 2^256 over at most 2^128; a half of it is no less than 2^127, and in whole units.
                return (!matches!(rounding, Rounding::HalfEven | Rounding::HalfUp) || twice)
                    .then_some(Verdict::TooLarge);
            };
            rest = next;
        }
        halves(rest, quotient.denominator, rounding, twice)
    }
}

/// Returns rest / divisor in halves of the result, if it is a number of them. Where only whole
/// results matter, and where the factor of two has been used up, `twice` is false.
fn halves(rest: U256, divisor: u128, rounding: Rounding, twice: bool) -> Option<Verdict> {
    let (quotient, odd) = rest.div_rem(divisor).ok()?;
    let to_nearest = matches!(rounding, Rounding::HalfEven | Rounding::HalfUp);
    let half = match (to_nearest, twice, odd) {
        // The quotient is one of halves already.
        (true, false, 0) => {
            return Some(match quotient.high() {
                carry @ (0 | 1) => Verdict::Near(quotient.low(), carry == 1),
                _ => Verdict::TooLarge,
            });
        }
        (_, _, 0) => false,
        (true, true, odd) if odd == divisor.wrapping_sub(odd) => true,
        _ => return None,
    };
    Some(match quotient.to_u128() {
        Ok(whole) => Verdict::Near(whole << 1 | u128::from(half), whole >> 127 != 0),
        Err(_) => Verdict::TooLarge,
    })
}

impl Base {
    /// Computes |log2| of the base to the power of `units`.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn log2_of_power(self, units: Ratio, precision: Precision) -> Precise {
        let of_power = match self {
            Self::Exp(rate) | Self::Exp2(rate) => product_of_ratios(rate, units, precision),
            Self::Factor(factor) => {
                let log = log2_of_ratio(factor, precision);
                let (n, d) = (units.numerator(), units.denominator());
                let (whole, part) = (n.checked_div(d).unwrap_or(0), n.checked_rem(d).unwrap_or(0));
                let part = precision.integer(part).div_wide(d);
                let bits = 128_u32.wrapping_sub(whole.leading_zeros());
                Precise {
                    // The sum is below 2^11 where it is asked for, and the part below 2^7.
                    magnitude: log
                        .magnitude
                        .mul(precision.integer(whole))
                        .add(log.magnitude.mul(part)),
                    doubt: log.doubt.wrapping_add(bits).max(8).wrapping_add(1),
                    ..log
                }
            }
        };
        match self {
            // Times a constant below 2 that is a unit off, of a number below 2^64 in the
            // constructor and below 2^11 else.
            Self::Exp(_) => {
                let bits = 128_u32.wrapping_sub(of_power.magnitude.split().0.leading_zeros());
                let doubt = of_power.doubt.max(bits).wrapping_add(2);
                Precise::log2_e_times(false, of_power.magnitude, doubt)
            }
            _ => of_power,
        }
    }
}

/// Computes log2 of a ratio of at least 1.
fn log2_of_ratio(ratio: Ratio, precision: Precision) -> Precise {
    let [n, d] = [ratio.numerator(), ratio.denominator()].map(|of| precise::log2(of, precision));
    Precise {
        negative: false,
        ..sum(n, d.negated())
    }
}

/// Computes a·b, for a product below 2^64.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn product_of_ratios(a: Ratio, b: Ratio, precision: Precision) -> Precise {
    let (magnitude, doubt) = match a.checked_mul(b) {
        Ok(product) => (
            precision
                .integer(product.numerator())
                .div_wide(product.denominator()),
            0,
        ),
        Err(_) => {
            // The numerators' product over 2^128, which is exact, by one denominator and the
            // other: less than two units are cut off, and 2^128 of them are meant.
            let product = U256::product(a.numerator(), b.numerator());
            let low = precision.integer(product.low()).shr(128);
            let high = precision.integer(product.high());
            let quotient = high
                .add(low)
                .div_wide(a.denominator())
                .div_wide(b.denominator());
            (quotient.shl(128), 129)
        }
    };
    Precise {
        negative: false,
        magnitude,
        doubt,
    }
}
