//! The middle step: 2^y and log2 in 256-bit integers, for results of more bits than the fast path
//! has. It starts from the fast path's tables and logarithm.
//!
//! The analysis of every step stands in docs/numerics.md.

use super::approximate::{
    self, entry, full_product, high_half, high_product, high_product_64, low_half, round_mantissa,
    LOG2_SCALE_FRACTION, PER_UNIT,
};
use super::tables::{
    EXP_CLOSE_NARROW_TERMS, EXP_CLOSE_WIDE_TERMS, EXP_COARSE, EXP_COARSE_EXCESS, EXP_MIDDLE,
    EXP_MIDDLE_EXCESS,
};
use crate::{limb, Rounding, U256};

/// The presence of the middle step, which changes no result. On wasm it is 3,000 bytes, more than the
/// budgets in docs/onchain.md leave; elsewhere the time that it saves is worth more.
pub(super) const IN_USE: bool = !cfg!(target_arch = "wasm32");

/// The number 2^315 / 10^18, cut off.
pub(super) const PER_UNIT_CLOSE: U256 =
    U256::new(PER_UNIT, 0x32d7_f344_6494_70f9_0cac_0c57_3bf9_e1b5);
/// The part of log2 10^18 above 59, in units of 2^-256, cut off.
pub(super) const LOG2_SCALE_CLOSE: U256 = U256::new(
    LOG2_SCALE_FRACTION,
    0x2678_2f7f_aa88_be18_fb60_8424_d11d_9429,
);
/// The number ln 2 in units of 2^-256, cut off.
pub(super) const LN_2: U256 = U256::new(
    0xb172_17f7_d1cf_79ab_c9e3_b398_03f2_f6af,
    0x40f3_4326_7298_b62d_8a0d_175b_8baa_fa2b,
);
/// The number log2(e) in units of 2^-47, cut off.
pub(super) const LOG2_E: i128 = 0xb8aa_3b29_5c17;

/// The most by which [`exp2_mantissa`] is off, in units of 2^-191.
pub(super) const EXP2_ERROR: u128 = 1 << 50;
/// The most by which [`log2`] is off, in units of 2^-192.
pub(super) const LOG2_ERROR: u128 = 1 << 52;

/// A power of two that is wanted: 2^(whole + fraction·2^-256), where the exponent is known to within
/// `error` units of 2^-192.
#[derive(Debug, Clone, Copy)]
pub(super) struct CloseExponent {
    pub(super) whole: i32,
    pub(super) fraction: U256,
    pub(super) error: u128,
}

impl CloseExponent {
    /// Computes log2(10^18) ± product·2^-point, which gives the exponent of a result in raw units, known
    /// to within 2^66 units of 2^-248 or less: `None` where that is beyond all results, or the product next to 0.
    pub(super) fn of_scaled_product(negative: bool, product: U256, point: u32) -> Option<Self> {
        let up = 256_u32.checked_sub(point)?;
        let whole = product.shr_floor(point).to_u128().ok()?;
        let whole = i32::try_from(whole).ok()?;
        let fraction = product.shl_truncating(up);
        Some(Self::of_scaled(negative, whole, fraction))
    }

    /// Adds log2(10^18) to ± (whole + fraction·2^-256).
    fn of_scaled(negative: bool, whole: i32, fraction: U256) -> Self {
        // −(w + f) = (−w − 1) + (1 − f), and −w − 1 is !w; the last unit is of no account.
        let (whole, fraction) = if negative {
            (!whole, not(fraction))
        } else {
            (whole, fraction)
        };
        let sum = wrapping_add(fraction, LOG2_SCALE_CLOSE);
        let carry = sum < fraction;
        Self {
            whole: whole.wrapping_add(59).wrapping_add(carry.into()),
            fraction: sum,
            error: 1 << 11,
        }
    }

    /// Rounds the power to an integer, where the error leaves no doubt about it.
    pub(super) fn round(self, rounding: Rounding) -> Option<u128> {
        // As in the fast path, a unit of the exponent moves the mantissa by less than one of twice that.
        let error = self.error.checked_add(EXP2_ERROR)?;
        let error = U256::new(error >> 64, error << 64);
        round_mantissa(self.whole, exp2_mantissa(self.fraction), error, rounding)
    }
}

/// Computes 2^(fraction·2^-256) in units of 2^-255.
pub(super) fn exp2_mantissa(fraction: U256) -> U256 {
    // Ten bits by two tables. Those of slightly less, so that what is left is not below the tables'
    // excess, which is below 2^-127.
    let index = fraction.high().saturating_sub(4) >> 118;
    let (coarse, middle) = (low_half(index >> 5), low_half(index & 31));
    let excess = i128::from(entry(&EXP_COARSE_EXCESS, coarse));
    let excess = excess.wrapping_add(entry(&EXP_MIDDLE_EXCESS, middle).into());
    let rest = U256::new(fraction.high().wrapping_sub(index << 118), fraction.low());
    let rest = wrapping_add(rest, signed_shl(excess.wrapping_neg(), 113));
    let (coarse, middle) = (entry(&EXP_COARSE, coarse), entry(&EXP_MIDDLE, middle));
    let (high, low) = full_product(coarse, middle);
    let power = wrapping_add(U256::new(coarse, 0), U256::new(high, low));
    // 2^(rest·2^-256) − 1 in units of 2^-266, which is below 2^256.
    let less_1 = exp_minus_one(high_product_wide(LN_2, rest.shl_truncating(9)).shl_truncating(1));
    let more = high_product_wide(power, less_1);
    wrapping_add(power, more.shr_floor(10))
}

/// Computes e^(x·2^-266) − 1 in units of 2^-266: x and the series of the exponential from the second
/// power to the eleventh, which needs x no more closely than to 128 bits.
fn exp_minus_one(x: U256) -> U256 {
    let head = x.high();
    let mut narrow = 0;
    for term in EXP_CLOSE_NARROW_TERMS {
        narrow = u64::wrapping_add(term, high_product_64(high_half(head), narrow));
    }
    let mut sum = narrow.into();
    for term in EXP_CLOSE_WIDE_TERMS {
        sum = u128::wrapping_add(term, high_product(head, sum));
    }
    let tail = high_product(head, high_product(head, sum));
    wrapping_add(x, U256::new(tail >> 10, tail << 118))
}

/// A logarithm to base 2: ± magnitude·2^-248, to within [`LOG2_ERROR`].
#[derive(Debug, Clone, Copy)]
pub(super) struct CloseLogarithm {
    pub(super) negative: bool,
    pub(super) magnitude: U256,
}

/// Computes log2(raw / 10^18) for raw above 0: the fast path's logarithm, and the logarithm of the
/// factor that 2 to that power lacks of the argument.
pub(super) fn log2(raw: u128) -> CloseLogarithm {
    let approximate::Logarithm {
        negative,
        magnitude,
        bits,
        ..
    } = approximate::log2(raw);
    // Of 121 to 142 bits behind the point, so no bit is lost.
    let magnitude = U256::new(magnitude, 0).shr_floor(bits.wrapping_sub(120));
    // The argument over 10^18·2^start, 1 and z, or 2 or 4 times that. Its whole part is left out.
    let start = CloseExponent::of_scaled(negative, 0, magnitude.shl_truncating(8));
    let inverse = exp2_mantissa(not(start.fraction));
    let leading = raw.wrapping_shl(limb::leading_zeros_wide(raw));
    let ratio = scaled(leading, inverse);
    // In units of 2^-254: 4 leaves the type, as what is above the next power of 2 does.
    let power = ratio.high().wrapping_add(1 << 125) >> 126;
    let ratio = ratio.shl_truncating(2);
    // z is below 2^-118, so in units of 2^-192 it has no more than 128 bits.
    let z = signed(ratio.high() << 64 | ratio.low() >> 64);
    let z = z
        >> match power {
            1 => 0,
            2 => 1,
            _ => 2,
        };
    // log2(1 + z) in units of 2^-215: the square of z is far below them.
    let correction = (z >> 24).wrapping_mul(LOG2_E);
    let correction = if negative {
        correction.wrapping_neg()
    } else {
        correction
    };
    CloseLogarithm {
        negative,
        magnitude: wrapping_add(magnitude, signed_shl(correction, 33)),
    }
}

/// Computes a·b / 2^256, less than 2^67 too small.
#[inline]
pub(super) fn high_product_wide(a: U256, b: U256) -> U256 {
    let cross = high_product_64(high_half(a.low()), high_half(b.high()));
    wrapping_add(scaled(a.high(), b), U256::new(0, u128::from(cross) << 64))
}

/// Computes a·b / 2^128, less than 2^66 too small: of the lower limb's product only the upper 64 bits.
#[inline]
pub(super) fn scaled(a: u128, b: U256) -> U256 {
    let (high, low) = full_product(a, b.high());
    let cross = high_product_64(high_half(a), high_half(b.low()));
    wrapping_add(U256::new(high, low), U256::new(0, u128::from(cross) << 64))
}

#[inline]
fn wrapping_add(a: U256, b: U256) -> U256 {
    let (low, carry) = a.low().overflowing_add(b.low());
    let high = a.high().wrapping_add(b.high());
    U256::new(high.wrapping_add(carry.into()), low)
}

/// Shifts a number that may be below 0, in two's complement, to the left.
#[inline]
fn signed_shl(of: i128, by: u32) -> U256 {
    let carried = of.wrapping_shr(128_u32.wrapping_sub(by));
    U256::new(bits(carried), bits(of.wrapping_shl(by)))
}

fn not(of: U256) -> U256 {
    U256::new(!of.high(), !of.low())
}

const fn bits(of: i128) -> u128 {
    u128::from_ne_bytes(of.to_ne_bytes())
}

const fn signed(of: u128) -> i128 {
    i128::from_ne_bytes(of.to_ne_bytes())
}
