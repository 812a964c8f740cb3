//! The slow path: 2^y and log2 in many limbs, for results that the fast one leaves in doubt.

use super::approximate::{self, SCALE};
use super::decide::round_halves;
use super::wide::{Precision, Wide};
use crate::Rounding;

/// The number ln 2 in units of 2^-512, cut off; the least limb first.
pub(super) const LN_2: [u64; 8] = [
    0x2757_3b29_1169_b825,
    0xed2e_ae35_c138_2144,
    0x5595_52fb_4afa_1b10,
    0xe7b8_7620_6deb_ac98,
    0x8a0d_175b_8baa_fa2b,
    0x40f3_4326_7298_b62d,
    0xc9e3_b398_03f2_f6af,
    0xb172_17f7_d1cf_79ab,
];

/// The number log2(e) − 1 in units of 2^-512, cut off; the least limb first.
pub(super) const LOG2_E_LESS_1: [u64; 8] = [
    0x897f_5e06_a7be_7366,
    0xd521_73cc_1895_213f,
    0x49b2_5eeb_82d7_c167,
    0xbc38_87ee_aa2e_d9ac,
    0x164a_2cd9_a342_648f,
    0xd6ae_f551_bad2_b4b1,
    0x7d0f_fda0_d23a_7d11,
    0x7154_7652_b82f_e177,
];

/// The number 2^61 / 20! in units of 2^-512, cut off; the least limb first.
pub(super) const INVERSE_OF_20_FACTORIAL: [u64; 8] = [
    0xc6f6_eaba_8151_4528,
    0x933c_b79f_34dc_26ad,
    0xcbf0_6b96_d8b7_5871,
    0x2d0b_b3bd_2e5c_453f,
    0xbc0d_dd53_de7e_7eec,
    0xf901_4d1b_9fa4_6592,
    0x4e56_95fc_785d_5dfe,
    0xf2a1_5d20_1011_283d,
];

/// A real number, ± magnitude, to within 2^doubt units of the last bit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Precise {
    pub(super) negative: bool,
    pub(super) magnitude: Wide,
    pub(super) doubt: u32,
}

impl Precise {
    /// Returns the number with the other sign.
    pub(super) fn negated(self) -> Self {
        Self {
            negative: !self.negative,
            ..self
        }
    }

    /// Computes ± magnitude·log2(e).
    pub(super) fn log2_e_times(negative: bool, magnitude: Wide, doubt: u32) -> Self {
        Self {
            negative,
            magnitude: magnitude.mul(log2_e(magnitude.precision())),
            doubt,
        }
    }

    /// Computes 10^18·2^self and rounds it.
    pub(super) fn scaled_power(self, rounding: Rounding) -> Verdict {
        self.scaled().round(rounding)
    }

    /// Computes 10^18·2^self.
    pub(super) fn scaled(self) -> Scaled {
        let (up, fraction) = self.floor();
        let precision = fraction.precision();
        // The power is below 2, so a unit of doubt in the exponent is at most 2 ln 2 in it; 10^18 is
        // below 2^60.
        let doubt = self.doubt.max(exp2_doubt(precision)).wrapping_add(62);
        let value = exp2(fraction).mul(precision.integer(SCALE));
        Scaled { value, up, doubt }
    }

    /// Splits the number into the integer part toward −∞, with its sign, and the rest above it.
    pub(super) fn floor(self) -> (i32, Wide) {
        let (whole, fraction) = self.magnitude.split();
        let whole = i32::try_from(whole).unwrap_or(i32::MAX);
        match (self.negative, fraction.is_zero()) {
            (false, _) => (whole, fraction),
            (true, true) => (whole.wrapping_neg(), fraction),
            // −(w + f) = (−w − 1) + (1 − f), and −w − 1 is !w.
            (true, false) => (!whole, fraction.precision().integer(1).sub(fraction)),
        }
    }
}

/// The number value·2^up, the value to within 2^doubt units of its last bit. Beyond 2^128 it is at
/// least 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scaled {
    pub(super) value: Wide,
    pub(super) up: i32,
    pub(super) doubt: u32,
}

impl Scaled {
    /// Rounds the number, if it is no integer and no tie.
    pub(super) fn round(self, rounding: Rounding) -> Verdict {
        let Self { value, up, doubt } = self;
        let Ok(up) = u32::try_from(up) else {
            // One unit more for what the shift cuts off.
            let down = up.unsigned_abs().min(value.precision().bits());
            return verdict(value.shr(down), doubt.wrapping_add(1), rounding);
        };
        let Some(kept) = 128_u32.checked_sub(up) else {
            return Verdict::TooLarge;
        };
        let (shifted, doubt) = (value.shl(up), doubt.wrapping_add(up));
        match value.split().0.checked_shr(kept).unwrap_or(0) {
            0 => verdict(shifted, doubt, rounding),
            // At most 2^doubt units above it, and not twice as many.
            1 if shifted.shr(doubt.wrapping_add(1)).is_zero() => Verdict::AtLimit,
            _ => Verdict::TooLarge,
        }
    }
}

/// The finding about the rounding of a precise number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The integer that it rounds to, beyond doubt.
    Is(u128),
    /// A number of 2^128 or more.
    TooLarge,
    /// A number closer to 2^128 than the doubt.
    AtLimit,
    /// A number closer to this many halves (and 2^128 of them more, if `true`) than the doubt.
    Near(u128, bool),
}

/// Rounds a number that is no integer and no tie.
pub(super) fn verdict(of: Wide, doubt: u32, rounding: Rounding) -> Verdict {
    let (whole, fraction) = of.split();
    let precision = of.precision();
    let (one, margin) = (precision.integer(1), precision.units(doubt));
    let half = one.shr(1);
    // How far it is above the last boundary, which is an integer, or with ties half of one.
    let (up, above) = match rounding {
        Rounding::Floor | Rounding::Ceil => ((rounding == Rounding::Ceil).into(), fraction),
        Rounding::HalfEven | Rounding::HalfUp => fraction.add(half).split(),
    };
    if margin < above && margin < one.sub(above) {
        return match whole.checked_add(up) {
            Some(rounded) => Verdict::Is(rounded),
            None => Verdict::TooLarge,
        };
    }
    let quarters = fraction.add(half.shr(1)).shl(1).split().0;
    let (halves, carry) = (whole << 1).overflowing_add(quarters);
    match (whole >> 127 != 0, carry) {
        (true, true) => Verdict::AtLimit,
        (top, carry) => Verdict::Near(halves, top || carry),
    }
}

impl Verdict {
    /// Takes the finding of the first precision if it decides, and else that of the highest.
    pub(super) fn of(stage: impl Fn(Precision) -> Self) -> Self {
        let mut verdict = Self::AtLimit;
        for precision in [Precision::HIGH, Precision::HIGHEST] {
            verdict = stage(precision);
            if verdict.is_decided() {
                break;
            }
        }
        verdict
    }

    pub(super) const fn is_decided(self) -> bool {
        matches!(self, Self::Is(_) | Self::TooLarge)
    }

    /// The result in the end: what two precisions can't tell from an integer or a tie is taken for
    /// it. `None` where it is too large.
    pub(super) fn settle(self, rounding: Rounding) -> Option<u128> {
        match self {
            Self::Is(result) => Some(result),
            Self::TooLarge | Self::AtLimit => None,
            Self::Near(halves, carry) => round_halves(halves, carry, rounding),
        }
    }
}

/// Adds two numbers, and their doubts.
pub(super) fn sum(one: Precise, other: Precise) -> Precise {
    let doubt = one.doubt.max(other.doubt).wrapping_add(1);
    let (negative, magnitude) = if one.negative == other.negative {
        (one.negative, one.magnitude.add(other.magnitude))
    } else {
        let larger = if one.magnitude < other.magnitude {
            other
        } else {
            one
        };
        (larger.negative, one.magnitude.abs_diff(other.magnitude))
    };
    Precise {
        negative,
        magnitude,
        doubt,
    }
}

pub(super) fn ln_2(precision: Precision) -> Wide {
    precision.fraction(&LN_2)
}

fn log2_e(precision: Precision) -> Wide {
    let mut log = precision.fraction(&LOG2_E_LESS_1);
    log.add_integer(1);
    log
}

/// Returns how often the exponent is halved before the series, so that 20 terms of it are enough.
fn halvings(precision: Precision) -> u32 {
    // (ln 2·2^-h)^21 / 21! is below the last bit, 2^-p, for 21(h + ½) + 65 > p.
    (precision.bits().saturating_sub(62) / 21).wrapping_add(1)
}

/// Returns the binary logarithm of the most by which [`exp2`] is off, in units of the last bit.
pub(super) fn exp2_doubt(precision: Precision) -> u32 {
    halvings(precision).wrapping_add(4)
}

/// Computes 2^fraction for a fraction below 1: the series of the exponential over a common
/// denominator, and as many squarings as there were halvings.
pub(super) fn exp2(fraction: Wide) -> Wide {
    let precision = fraction.precision();
    let argument = fraction.mul(ln_2(precision)).shr(halvings(precision));
    // 1 + x·(Σ x^(k − 1)·20!/k!) / 20!, by Horner's rule from k = 20 down, so that 2^0 is exactly 1.
    // 20! is below 2^62.
    let mut coefficient = 1;
    let mut sum = precision.integer(1);
    for k in (2..=20).rev() {
        coefficient = u64::wrapping_mul(coefficient, k);
        sum.multiply_by(&argument);
        sum.add_integer(coefficient);
    }
    sum.multiply_by(&argument);
    let mut power = sum
        .mul(precision.fraction(&INVERSE_OF_20_FACTORIAL))
        .shr(61);
    power.add_integer(1);
    for _ in 0..halvings(precision) {
        let factor = power;
        power.multiply_by(&factor);
    }
    power
}

/// Computes log2(raw / 10^18) for raw above 0: the fast path's logarithm, and the series of the
/// logarithm for the factor that 2 to that power lacks of the argument.
pub(super) fn log2(raw: u128, precision: Precision) -> Precise {
    let start = approximate::log2(raw);
    // Every logarithm of the fast path is a multiple of 2^-142: exact.
    let start = Precise {
        negative: start.negative,
        magnitude: precision.integer(start.magnitude).shr(start.bits),
        doubt: 0,
    };
    let inverse = Precise {
        negative: !start.negative,
        ..start
    };
    let (whole, fraction) = inverse.floor();
    // raw·2^-start / 10^18 is 1 and about 2^-100. Written as (raw / 2^k)·2^f·2^(w + k) / 10^18 with k
    // such that the first factor is in [1, 2), the shift is by 57 to 61 places, and no bit is lost.
    let zeros = raw.leading_zeros();
    let exponent = 127_u32.wrapping_sub(zeros);
    let leading = precision
        .integer(raw.checked_shl(zeros).unwrap_or(0))
        .shr(127);
    let up = exponent.checked_add_signed(whole).unwrap_or(0);
    let ratio = leading.mul(exp2(fraction)).shl(up);
    let ratio = ratio.div(1_000_000_000).div(1_000_000_000);
    let (correction, down) = ln_near_one(ratio);
    let correction = correction.mul(log2_e(precision));
    let same_sign = start.negative == down;
    let magnitude = if same_sign {
        start.magnitude.add(correction)
    } else {
        // The start is never smaller: it is within 2^-100 of itself of the logarithm.
        start.magnitude.sub(correction)
    };
    Precise {
        magnitude,
        doubt: exp2_doubt(precision).wrapping_add(3),
        ..start
    }
}

/// Computes |ln(value)| for a value within 2^-90 of 1, and whether the value is below 1.
fn ln_near_one(value: Wide) -> (Wide, bool) {
    let one = value.precision().integer(1);
    let (below, z) = (value < one, value.abs_diff(one));
    // z ∓ z²/2 + z³/3 ∓ …: two terms where the third power is far below the last bit, 2^-192, and
    // five where the sixth is below 2^-512.
    let terms = value.precision().bits() / 96;
    let mut sum = value.precision().integer(0);
    for k in (1..=u64::from(terms)).rev() {
        let tail = z.mul(sum);
        let term = one.div(k);
        sum = if below {
            term.add(tail)
        } else {
            term.sub(tail)
        };
    }
    (z.mul(sum), below)
}
