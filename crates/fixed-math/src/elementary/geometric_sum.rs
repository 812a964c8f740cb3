//! The geometric sum 1 + r + r² + …, such as the worth of equal instalments.

use super::approximate::SCALE;
use super::decide::round_just_below;
use super::exact::{checked_power, half_units_over, lowest_terms};
use super::precise::{self, Scaled, Verdict};
use super::wide::{Precision, Wide};
use crate::{Error, Rounding, Wad, U256};

impl Wad {
    /// Computes 1 + self + self² + … of so many terms: the worth of equal payments of 1 a period,
    /// the last of them just paid, at a growth factor of self a period.
    ///
    /// The sum of no terms is 0, and 0^0 is 1. It takes microseconds, but no longer for a billion
    /// terms than for a hundred.
    ///
    /// # Rounding
    /// As the caller says: the exact number, rounded once and not at each term.
    ///
    /// # Errors
    /// [`Error::GeometricSum`] above [`Wad::MAX`].
    ///
    /// # Laws
    /// `bracket`; `monotone` in the number itself and in the terms.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let half: Wad = "0.5".parse()?;
    /// assert_eq!(half.geometric_sum(4, Rounding::Floor)?.to_string(), "1.875");
    /// // 1 a month for a year, at half a percent a month.
    /// let growth: Wad = "1.005".parse()?;
    /// assert_eq!(growth.geometric_sum(12, Rounding::Floor)?.to_string(), "12.335562372899913757");
    /// assert!(Wad::from_integer(2)?.geometric_sum(69, Rounding::Floor).is_err()); // about 5.9e20
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("annuity", "series"))]
    pub fn geometric_sum(self, terms: u64, rounding: Rounding) -> Result<Self, Error> {
        let too_large = Error::GeometricSum { ratio: self, terms };
        if terms < 2 || self.is_zero() {
            return Ok(if terms == 0 { Self::ZERO } else { Self::ONE });
        }
        if self == Self::ONE {
            return Self::from_integer(terms.into()).map_err(|_| too_large);
        }
        let sum = exact(self.raw(), terms).unwrap_or_else(|| inexact(self.raw(), terms, rounding));
        sum.settle(rounding).map(Self::from_raw).ok_or(too_large)
    }
}

/// Computes the sum where it is no number of half units.
fn inexact(raw: u128, terms: u64, rounding: Rounding) -> Verdict {
    match Verdict::of(|precision| precisely(raw, terms, precision, rounding)) {
        // The terms that are left out of the limit may be too small for any precision.
        Verdict::Near(halves, false) if limit(raw) == Some(halves) => {
            Verdict::Is(round_just_below(halves, rounding))
        }
        verdict => verdict,
    }
}

/// Returns the limit that the sum approaches from below with ever more terms, 10^18 / (1 − ratio),
/// where the ratio is below 1 and that is a number of half units.
fn limit(raw: u128) -> Option<u128> {
    const UNIT: u128 = 2 * SCALE * SCALE;
    let distance = SCALE.checked_sub(raw)?;
    (UNIT.checked_rem(distance) == Some(0)).then(|| UNIT.checked_div(distance))?
}

/// Computes the sum where it is a number of half units. With a ratio of a/b in lowest terms it is
/// Σ aⁱ·b^(n−1−i) / b^(n−1), also in lowest terms, so that is where b^(n−1) divides 2·10^18.
fn exact(raw: u128, terms: u64) -> Option<Verdict> {
    let (above, below) = lowest_terms(raw);
    let last = terms.wrapping_sub(1);
    let scale = half_units_over(checked_power(below.into(), last.into())?)?;
    // Each round at least doubles the sum or, if the ratio is below 1, the denominator's power,
    // which has at most 61 bits: the loop ends within 256 rounds.
    let (mut sum, mut power) = (U256::from(1), 1_u128);
    for _ in 0..last {
        power = power.checked_mul(below.into())?;
        let Ok(next) = sum
            .checked_mul(above)
            .and_then(|sum| sum.checked_add(power.into()))
        else {
            return Some(Verdict::TooLarge);
        };
        sum = next;
    }
    let Ok(halves) = sum.checked_mul(scale.into()) else {
        return Some(Verdict::TooLarge);
    };
    Some(match halves.high() {
        carry @ (0 | 1) => Verdict::Near(halves.low(), carry == 1),
        _ => Verdict::TooLarge,
    })
}

fn precisely(raw: u128, terms: u64, precision: Precision, rounding: Rounding) -> Verdict {
    match precise_sum(raw, terms, precision) {
        Some(sum) => sum.round(rounding),
        None => Verdict::TooLarge,
    }
}

/// Computes the sum in raw units, for a ratio other than 0 and 1; `None` far above 2^128.
pub(super) fn precise_sum(raw: u128, terms: u64, precision: Precision) -> Option<Scaled> {
    if raw >= SCALE.wrapping_mul(2) {
        term_by_term(raw, terms, precision)
    } else {
        closed_form(raw, terms, precision)
    }
}

/// Adds up the terms, for ratios of 2 and above: the range ends at 2^68.3, before 70 terms.
fn term_by_term(raw: u128, terms: u64, precision: Precision) -> Option<Scaled> {
    let one = precision.integer(1);
    let ratio = precision.integer(raw).div(1_000_000_000).div(1_000_000_000);
    let mut sum = one;
    for _ in 1..terms {
        // Of 71 bits together the product is 2^69 or more.
        let bits = |of: Wide| 128_u32.wrapping_sub(of.split().0.leading_zeros());
        if bits(sum).wrapping_add(bits(ratio)) > 70 {
            return None;
        }
        sum = sum.mul(ratio).add(one);
    }
    // The ratio's last unit and that of each product: together below 2^8 times the sum.
    Some(scaled(sum, 77))
}

/// Computes |ratioⁿ − 1| / |ratio − 1|, for ratios below 2 and other than 1.
fn closed_form(raw: u128, terms: u64, precision: Precision) -> Option<Scaled> {
    let one = precision.integer(1);
    let log = precise::log2(raw, precision);
    let exponent = precise::Precise {
        magnitude: log.magnitude.mul(precision.integer(terms.into())),
        doubt: log
            .doubt
            .wrapping_add(64_u32.wrapping_sub(terms.leading_zeros())),
        ..log
    };
    let doubt = exponent
        .doubt
        .max(precise::exp2_doubt(precision))
        .wrapping_add(2);
    let (whole, fraction) = exponent.floor();
    let (power, doubt) = match u32::try_from(whole) {
        // The sum is more than the power less 1: a power of 2^69 is beyond the range.
        Ok(up) if up > 68 => return None,
        Ok(up) => (precise::exp2(fraction).shl(up), doubt.wrapping_add(up)),
        Err(_) => {
            let down = whole.unsigned_abs().min(precision.bits());
            (precise::exp2(fraction).shr(down), doubt)
        }
    };
    let distance = raw.abs_diff(SCALE);
    let divisor = u64::try_from(distance).unwrap_or(u64::MAX);
    let quotient = power
        .abs_diff(one)
        .div(divisor)
        .mul(precision.integer(SCALE));
    // The doubt, over the distance and times 10^18; and what the division cut off, times 10^18.
    let distance_bits = 127_u32.wrapping_sub(distance.leading_zeros());
    let doubt = doubt.saturating_sub(distance_bits).max(1).wrapping_add(61);
    Some(scaled(quotient, doubt))
}

/// Returns the sum in raw units. It is known to far more than one unit of doubt, so what the
/// product cuts off is less than its last factor takes from that.
fn scaled(sum: Wide, doubt: u32) -> Scaled {
    // 10^18 is below 2^60.
    let scale = sum.precision().integer(SCALE).shr(60);
    Scaled {
        value: sum.mul(scale),
        up: 60,
        doubt,
    }
}
