//! The fast path: 2^y and log2 in 128-bit integers, each with a bound on its error.
//!
//! The analysis of every step stands in docs/numerics.md. What a step loses is in its comment.

use super::decide::{decide, decide_by};
use super::tables::{
    Reciprocals, EXP_COARSE, EXP_FINE, EXP_MIDDLE, EXP_NARROW_TERMS, EXP_WIDE_TERMS, LOG_COARSE,
    LOG_EVEN_TERMS, LOG_FINE, LOG_MIDDLE, LOG_ODD_TERMS,
};
use crate::{limb, Rounding, U256};

/// The scale of a wad, 10^18.
pub(super) const SCALE: u128 = 1_000_000_000_000_000_000;
/// The number 2^187 / 10^18, the nearest integer.
pub(super) const PER_UNIT: u128 = 0x9392_ee8e_921d_5d07_3aff_322e_6243_9fcf;
/// The number log2 10^18 in units of 2^-121, the nearest integer.
pub(super) const LOG2_SCALE: u128 = 0x7796_e3aa_a35f_7e2f_0928_baef_9bb2_eb5b;
/// The part of log2 10^18 above 59, in units of 2^-128, the nearest integer.
pub(super) const LOG2_SCALE_FRACTION: u128 = 0xcb71_d551_afbf_1784_945d_77cd_d975_ad9d;

/// Multiplies in full, to (high, low): in one place of a module, as it takes many bytes of wasm.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline)]
pub(super) fn full_product(a: u128, b: u128) -> (u128, u128) {
    limb::widening_mul(a, b)
}

/// Returns the high half of a product.
pub(super) fn high_product(a: u128, b: u128) -> u128 {
    full_product(a, b).0
}

/// Returns the high half of a product, or one less.
#[cfg(any(target_arch = "x86_64", target_pointer_width = "64"))]
fn high_product_or_less(a: u128, b: u128) -> u128 {
    limb::high_product_or_less(a, b)
}

/// The same with what a module has anyway.
#[cfg(not(any(target_arch = "x86_64", target_pointer_width = "64")))]
fn high_product_or_less(a: u128, b: u128) -> u128 {
    high_product(a, b)
}

/// Returns the high half of a product of two 64-bit factors.
pub(super) fn high_product_64(a: u64, b: u64) -> u64 {
    high_half(product_64(a, b))
}

/// Multiplies two 64-bit factors in full.
#[inline]
pub(super) fn product_64(a: u64, b: u64) -> u128 {
    if cfg!(target_arch = "wasm32") {
        // The compiler's product of 128 bits is in a module anyway.
        return u128::from(a).wrapping_mul(b.into());
    }
    limb::product(a, b)
}

pub(super) fn high_half(of: u128) -> u64 {
    // Shifted by 64 bits, it has no more than 64.
    u64::try_from(of >> 64).unwrap_or(0)
}

pub(super) fn entry<T: Copy + Default, const N: usize>(table: &[T; N], index: u64) -> T {
    // The callers' indices are below N: the fallback is never taken.
    let entry = usize::try_from(index).ok().and_then(|at| table.get(at));
    entry.copied().unwrap_or_default()
}

fn reciprocal<const N: usize>(table: &Reciprocals<N>, index: u128) -> (u32, i128) {
    let index = low_half(index);
    (entry(&table.factors, index), entry(&table.logs, index))
}

/// A power of two that is wanted: 2^(whole + fraction·2^-128), where the exponent is known to
/// within `error` units of 2^-128.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exponent {
    pub(super) whole: i32,
    pub(super) fraction: u128,
    pub(super) error: u128,
}

impl Exponent {
    /// Returns an exponent that is certainly beyond the range of a result, or so far below 1 unit
    /// that it rounds as any positive number does.
    pub(super) const fn extreme(negative: bool) -> Self {
        Self {
            whole: if negative { -1_000 } else { 1_000 },
            fraction: 0,
            error: 0,
        }
    }

    /// Adds log2(10^18) to ± (whole + fraction·2^-128), which gives the exponent of a result in raw
    /// units.
    pub(super) fn of_scaled(negative: bool, whole: i32, fraction: u128, error: u128) -> Self {
        let (whole, fraction) = match (negative, fraction) {
            (false, _) => (whole, fraction),
            (true, 0) => (whole.wrapping_neg(), 0),
            // −(w + f) = (−w − 1) + (1 − f), and −w − 1 is !w.
            (true, _) => (!whole, fraction.wrapping_neg()),
        };
        let (fraction, carry) = fraction.overflowing_add(LOG2_SCALE_FRACTION);
        // The callers' whole parts are below 2^11.
        let whole = whole.wrapping_add(59).wrapping_add(carry.into());
        // The constant's own error is half a unit.
        let error = error.saturating_add(1);
        Self {
            whole,
            fraction,
            error,
        }
    }

    /// Returns `true` if the power is 2^128 or more, beyond doubt.
    pub(super) fn is_too_large(self) -> bool {
        self.whole > 128 || self.whole == 128 && self.fraction > self.error
    }

    /// Rounds the power to an integer, where the error leaves no doubt about it.
    pub(super) fn round(self, rounding: Rounding) -> Option<u128> {
        if self.whole < -8 {
            // Between 0 and 2^-7, without either.
            return Some(u128::from(rounding == Rounding::Ceil));
        }
        if self.whole > 121 {
            // 24 units of 2^-127, its error at the least, are more than half of one of the result.
            return None;
        }
        // d(2^y) = ln 2·2^y·dy, and the mantissa is below 2^128 in units of 2^-127: one unit of
        // the exponent's error moves it by less than one of its own.
        let error = self.error.checked_add(EXP2_ERROR)?;
        let mantissa = exp2_mantissa(self.fraction);
        round_limb(self.whole, mantissa, error, rounding)
    }
}

/// Rounds 2^whole times a mantissa, where that and its error are in units of 2^-127 and the power is from -8
/// to 126.
fn round_limb(whole: i32, mantissa: u128, error: u128, rounding: Rounding) -> Option<u128> {
    // From 1 to 135 places below the point.
    let down = u32::try_from(127_i32.wrapping_sub(whole)).ok()?;
    if down > 127 {
        // Below 1, in larger units; one more for what the shift cuts off.
        let fraction = mantissa.wrapping_shr(down.wrapping_sub(127));
        return decide_by(1 << 126, 0, fraction, error.checked_add(1)?, rounding);
    }
    let half = 1_u128.wrapping_shl(down.wrapping_sub(1));
    let fraction = mantissa & (half | half.wrapping_sub(1));
    let whole = mantissa.wrapping_shr(down);
    decide_by(half, whole, fraction, error, rounding)
}

/// Rounds 2^whole times a mantissa, where that and its error are in units of 2^-255.
#[inline]
pub(super) fn round_mantissa(
    whole: i32,
    mantissa: U256,
    error: U256,
    rounding: Rounding,
) -> Option<u128> {
    // Up to 136 places below a point between two limbs.
    let down = u32::try_from(127_i32.checked_sub(whole)?).ok()?;
    let (power, error) = (mantissa.shr_floor(down), error.shr_floor(down));
    if error.high() != 0 {
        return None;
    }
    // One unit more for what the error's shift cuts off, and one for the mantissa's.
    let error = error.low().checked_add(2)?;
    decide(power.high(), power.low(), error, rounding)
}

/// Returns the number with so many zero bits after it, if that fits.
pub(super) fn shl_exact(of: u128, by: u32) -> Option<u128> {
    let shifted = of.checked_shl(by)?;
    (shifted.checked_shr(by) == Some(of)).then_some(shifted)
}

/// The most by which [`exp2_mantissa`] is off, in units of 2^-127.
pub(super) const EXP2_ERROR: u128 = 24;

/// Computes 2^(fraction·2^-128) in units of 2^-127.
pub(super) fn exp2_mantissa(fraction: u128) -> u128 {
    // Fifteen bits by three tables. What is left is u·2^-143 with u below 2^128.
    let head = high_half(fraction);
    let coarse = entry(&EXP_COARSE, head >> 59);
    let middle = entry(&EXP_MIDDLE, (head >> 54) & 31);
    let fine = entry(&EXP_FINE, (head >> 49) & 31);
    let rest = exp2_minus_one(fraction << 15);
    // The tables but the first, and the rest, are below 2^-4, 2^-9 and 2^-15; the product of all
    // stays below 2, so no sum wraps.
    let mantissa = coarse.wrapping_add(high_product_or_less(coarse, middle));
    let mantissa = mantissa.wrapping_add(high_product_or_less(mantissa, fine));
    mantissa.wrapping_add(high_product_or_less(mantissa, rest))
}

/// Computes 2^(u·2^-143) − 1 in units of 2^-128: the series of the exponential up to the seventh
/// power.
fn exp2_minus_one(u: u128) -> u128 {
    let [c1, c2, c3] = EXP_WIDE_TERMS;
    let [c4, c5, c6, c7] = EXP_NARROW_TERMS;
    // Each sum is below twice its constant, which has two bits to spare. Where the terms have 64
    // bits or less, so may u: what it loses is below 2^-64 of them.
    let head = high_half(u);
    let sum = c6.wrapping_add(high_product_64(head, c7));
    let sum = c5.wrapping_add(high_product_64(head, sum));
    let sum = c4.wrapping_add(high_product_64(head, sum));
    let sum = c3.wrapping_add(high_product_64(head, sum).into());
    let sum = c2.wrapping_add(high_product_or_less(u, sum));
    let sum = c1.wrapping_add(high_product_or_less(u, sum));
    high_product_or_less(u, sum)
}

/// A logarithm to base 2: ± magnitude·2^-bits, to within `error` units of 2^-bits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Logarithm {
    pub(super) negative: bool,
    pub(super) magnitude: u128,
    pub(super) bits: u32,
    pub(super) error: u128,
}

/// Computes log2(raw / 10^18), for raw above 0.
pub(super) fn log2(raw: u128) -> Logarithm {
    let (below_one, distance) = (raw < SCALE, raw.abs_diff(SCALE));
    if distance < SCALE >> 15 {
        return log2_next_to_one(below_one, distance);
    }
    if distance < SCALE >> 6 {
        // raw·2^127 / 10^18. raw is below 2^60, so it can be shifted that far.
        let value = high_product(raw << 68, PER_UNIT);
        let log = log2_near_one(value);
        return Logarithm {
            negative: below_one,
            magnitude: log.unsigned_abs(),
            bits: 126,
            error: 10,
        };
    }
    let zeros = limb::leading_zeros_wide(raw);
    let value = raw.checked_shl(zeros).unwrap_or(0);
    let index = (value >> 122) & 31;
    let (factor, log) = reciprocal(&LOG_COARSE, index);
    let log = log.wrapping_add(log2_near_one(times(value, factor, 13)));
    // The logarithm of the value is in [0, 1), but for the error: the sum of it and the exponent, in
    // units of 2^-121, is in [0, 128) = [0, 2^128) but for the error at raw = 1, where it may wrap
    // around; the difference to the scale's logarithm is then right all the same.
    let exponent = u128::from(127_u32.wrapping_sub(zeros)) << 121;
    let sum = exponent.wrapping_add_signed(log >> 5);
    Logarithm {
        negative: below_one,
        magnitude: if below_one {
            LOG2_SCALE.wrapping_sub(sum)
        } else {
            sum.wrapping_sub(LOG2_SCALE)
        },
        bits: 121,
        error: 3,
    }
}

/// Computes log2(1 ± distance / 10^18) for a distance below 2^-15 of the scale: the series alone,
/// with all its bits after the first of the result.
fn log2_next_to_one(below_one: bool, distance: u128) -> Logarithm {
    // In units of 2^-143: the distance is below 2^45.
    let u = high_product(distance << 83, PER_UNIT) << 1;
    Logarithm {
        negative: below_one,
        magnitude: log2_one_plus(below_one, u),
        bits: 142,
        error: 32,
    }
}

/// Computes log2(value·2^-127) in units of 2^-126, for a value within 2^-6 of 2^127.
fn log2_near_one(value: u128) -> i128 {
    const ONE: u128 = 1 << 127;
    // Ten bits by two tables: 1 ± 2^-6 in steps of 2^-10, then 1 ± 17·2^-15 in steps of 2^-15.
    let index = value.wrapping_sub(ONE.wrapping_sub(1 << 121)) >> 117;
    let (factor, middle) = reciprocal(&LOG_MIDDLE, index);
    let value = times(value, factor, 16);
    let index = value.wrapping_sub(ONE.wrapping_sub(17 << 112)) >> 112;
    let (factor, fine) = reciprocal(&LOG_FINE, index);
    let value = times(value, factor, 24);
    let (below_one, distance) = (value < ONE, value.abs_diff(ONE));
    // At most 2^-16 and a little, which in units of 2^-143 is below 2^128.
    let rest = log2_one_plus(below_one, distance << 16) >> 16;
    let sum = middle.wrapping_add(fine);
    // All terms are far below 1.
    if below_one {
        sum.wrapping_sub_unsigned(rest)
    } else {
        sum.wrapping_add_unsigned(rest)
    }
}

/// Computes value·factor / 2^bits for a product below 2^128, cut off.
fn times(value: u128, factor: u32, bits: u32) -> u128 {
    let high = product_64(high_half(value), factor.into());
    let low = product_64(low_half(value), factor.into());
    // The bits are constants of the callers, all below 64.
    let high = high.wrapping_shl(64_u32.wrapping_sub(bits));
    high.wrapping_add(low.wrapping_shr(bits))
}

pub(super) fn low_half(of: u128) -> u64 {
    high_half(of << 64)
}

/// Computes |log2(1 ± u·2^-143)| in units of 2^-142: the series of the logarithm up to the ninth
/// power, in its even and odd parts.
fn log2_one_plus(below_one: bool, u: u128) -> u128 {
    let [c0, c2] = LOG_EVEN_TERMS.wide;
    let [c4, c6, c8] = LOG_EVEN_TERMS.narrow;
    let [c1, c3] = LOG_ODD_TERMS.wide;
    let [c5, c7] = LOG_ODD_TERMS.narrow;
    let square = high_product_or_less(u, u);
    let head = high_half(square);
    // c4 is a quarter of what its place asks for, so that it fits 64 bits.
    let sum = c6.wrapping_add(high_product_64(head, c8));
    let sum = c4.wrapping_add(high_product_64(head, sum) >> 2);
    let sum = product_64(head, sum) >> 62;
    let even = c0.wrapping_add(high_product_or_less(square, c2.wrapping_add(sum)));
    let sum = c5.wrapping_add(high_product_64(head, c7));
    let sum = c3.wrapping_add(high_product_64(head, sum).into());
    let odd = high_product_or_less(u, c1.wrapping_add(high_product_or_less(square, sum)));
    // Above 1 the series alternates; below 1 all its terms have one sign.
    let factor = if below_one {
        even.wrapping_add(odd)
    } else {
        even.wrapping_sub(odd)
    };
    high_product_or_less(u, factor)
}
