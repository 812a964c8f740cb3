//! The exponentials e^x and 2^x, and e^x − 1.

use super::approximate::{full_product, Exponent, PER_UNIT, SCALE};
use super::middle::{scaled, CloseExponent, PER_UNIT_CLOSE};
use super::precise::Precise;
use super::wide::{Precision, Wide};
use super::{scaled_power, Argument};
use crate::{limb, mul_div, Error, Quantity, Rounding, SignedWad, Wad, U256};

/// The number log2(e) / 10^18 in units of 2^-187, the nearest integer.
pub(super) const LOG2_E_PER_UNIT: u128 = 0xd4e7_7a47_3097_9b27_92f4_6bd3_5d5b_2a8e;
/// The number log2(e) / 10^18 in units of 2^-315, cut off.
pub(super) const LOG2_E_PER_UNIT_CLOSE: U256 =
    U256::new(LOG2_E_PER_UNIT, 0x5c26_1246_60ee_c15d_f338_d220_9f0d_fb18);

/// The x of e^x, in raw units. Not 0.
pub(super) struct Natural(pub(super) i128);

/// The x of 2^x, in raw units. Not an integer number of 10^18.
pub(super) struct Binary(pub(super) i128);

impl Argument for Natural {
    fn approximate(&self) -> Exponent {
        scaled_exponent(self.0, LOG2_E_PER_UNIT)
    }

    fn close(&self) -> Option<CloseExponent> {
        close_exponent(self.0, LOG2_E_PER_UNIT_CLOSE)
    }

    fn precise(&self, precision: Precision) -> Precise {
        // |x| is below 2^67: units that far off in the logarithm of e are below 2^8 after the
        // division by 10^18.
        Precise::log2_e_times(self.0 < 0, per_unit(self.0.unsigned_abs(), precision), 8)
    }
}

impl Argument for Binary {
    fn approximate(&self) -> Exponent {
        scaled_exponent(self.0, PER_UNIT)
    }

    fn close(&self) -> Option<CloseExponent> {
        close_exponent(self.0, PER_UNIT_CLOSE)
    }

    fn precise(&self, precision: Precision) -> Precise {
        Precise {
            negative: self.0 < 0,
            magnitude: per_unit(self.0.unsigned_abs(), precision),
            doubt: 1,
        }
    }
}

/// Returns |x| / 10^18.
fn per_unit(raw: u128, precision: Precision) -> Wide {
    precision.integer(raw).div(1_000_000_000).div(1_000_000_000)
}

/// Returns x·factor, where the factor is in units of 2^-187, and the logarithm of the scale.
fn scaled_exponent(raw: i128, factor: u128) -> Exponent {
    let (negative, magnitude) = (raw < 0, raw.unsigned_abs());
    // 2^67 units are more than 147, and 2^147 and e^147 are beyond any result; with a minus they
    // are far below a unit.
    if magnitude >> 67 != 0 {
        return Exponent::extreme(negative);
    }
    let (high, low) = full_product(factor, magnitude);
    let whole = i32::try_from(high >> 59).unwrap_or(i32::MAX);
    let fraction = high << 69 | low >> 59;
    // The factor is half a unit off, |x| < 2^67 of which are below 2^8 units of 2^-128; more closely,
    // as many as there are in the product's integer part, and one. One more is cut off.
    let error = u128::from(whole.unsigned_abs()).saturating_add(2);
    Exponent::of_scaled(negative, whole, fraction, error)
}

/// Returns the same more closely, with a factor in units of 2^-315.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn close_exponent(raw: i128, factor: U256) -> Option<CloseExponent> {
    let zeros = limb::leading_zeros_wide(raw.unsigned_abs());
    let product = scaled(raw.unsigned_abs().wrapping_shl(zeros), factor);
    // In units of 2^-248 or less, as x is below 2^67.
    CloseExponent::of_scaled_product(raw < 0, product, zeros.wrapping_add(187))
}

impl SignedWad {
    /// Computes e^self, the exponential.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] above 47.276307437780177293, where the result would leave the type.
    ///
    /// # Laws
    /// `bracket`, `monotone`, and e^x · e^−x = 1 to within its rounding.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let one = SignedWad::ONE;
    /// assert_eq!(one.exp(Rounding::Floor)?.to_string(), "2.718281828459045235");
    /// assert_eq!(one.exp(Rounding::Ceil)?.to_string(), "2.718281828459045236");
    /// assert_eq!(SignedWad::ZERO.exp(Rounding::Ceil)?.to_string(), "1");
    /// assert!(SignedWad::from_integer(48)?.exp(Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// Ziv, Fast evaluation of elementary mathematical functions with correctly rounded last bit
    /// (ACM TOMS 17, 1991), over tables as in Tang, Table-driven implementation of the exponential
    /// function (ACM TOMS 15, 1989).
    pub fn exp(self, rounding: Rounding) -> Result<Wad, Error> {
        if self == Self::ZERO {
            return Ok(Wad::ONE);
        }
        let too_large = Error::Domain {
            what: Quantity::ExponentOfE,
            value: self,
            bound: Self::from_raw(47_276_307_437_780_177_293),
        };
        let raw = scaled_power(&Natural(self.raw()), rounding);
        raw.map(Wad::from_raw).ok_or(too_large)
    }

    /// Computes 2^self.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] above 68.205294292027477738, where the result would leave the type.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let half: SignedWad = "0.5".parse()?;
    /// assert_eq!(half.exp2(Rounding::HalfEven)?.to_string(), "1.414213562373095049");
    /// let minus_three: SignedWad = "-3".parse()?;
    /// assert_eq!(minus_three.exp2(Rounding::Ceil)?.to_string(), "0.125");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// As [`exp`](Self::exp).
    pub fn exp2(self, rounding: Rounding) -> Result<Wad, Error> {
        let too_large = Error::Domain {
            what: Quantity::ExponentOf2,
            value: self,
            bound: Self::from_raw(68_205_294_292_027_477_738),
        };
        let raw = match integer_power_of_two(self.raw(), rounding) {
            Some(of_integer) => of_integer,
            None => scaled_power(&Binary(self.raw()), rounding),
        };
        raw.map(Wad::from_raw).ok_or(too_large)
    }

    /// Computes e^self − 1: the growth that a continuous rate of self comes to in one period.
    ///
    /// With 18 decimals it is [`exp`](Self::exp) less 1, to the last unit: the 1 is exact.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] or [`Error::SignedOverflow`] where the result would leave the type, which
    /// it does from about 46.58.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let rate: SignedWad = "-0.05".parse()?;
    /// assert_eq!(rate.expm1(Rounding::Floor)?.to_string(), "-0.048770575499285991");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("exp_m1"))]
    pub fn expm1(self, rounding: Rounding) -> Result<Self, Error> {
        // Ties occur nowhere, so `HalfUp` and the sign of the result don't meet.
        let exponential = self.exp(rounding)?.raw();
        let (less, distance) = (exponential < SCALE, exponential.abs_diff(SCALE));
        Self::from_parts(less, distance.into())
    }
}

/// Computes 2^x for an integer x: `None` if it is none, and `Some(None)` if the power is too large.
fn integer_power_of_two(raw: i128, rounding: Rounding) -> Option<Option<u128>> {
    if raw.checked_rem(SignedWad::SCALE) != Some(0) {
        return None;
    }
    let by = raw.checked_div(SignedWad::SCALE).unwrap_or(0);
    // Beyond 2^127, and as far below 1 unit, all shifts give the same.
    let power = 1_u128 << by.unsigned_abs().min(127);
    Some(if by < 0 {
        mul_div(SCALE, 1, power, rounding).ok()
    } else {
        SCALE.checked_mul(power)
    })
}

impl Wad {
    /// Computes e^self, the exponential.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// As [`SignedWad::exp`]; [`Error::SignedOverflow`] where not even the exponent fits a
    /// [`SignedWad`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// assert_eq!(Wad::ONE.exp(Rounding::HalfEven)?.to_string(), "2.718281828459045235");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn exp(self, rounding: Rounding) -> Result<Self, Error> {
        SignedWad::try_from(self)?.exp(rounding)
    }

    /// Computes 2^self.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// As [`SignedWad::exp2`]; [`Error::SignedOverflow`] where not even the exponent fits a
    /// [`SignedWad`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// assert_eq!(Wad::from_integer(10)?.exp2(Rounding::Floor)?, Wad::from_integer(1_024)?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn exp2(self, rounding: Rounding) -> Result<Self, Error> {
        SignedWad::try_from(self)?.exp2(rounding)
    }

    /// Computes e^self − 1: the growth that a continuous rate of self comes to in one period.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// # Errors
    /// As [`exp`](Self::exp).
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let rate: Wad = "0.05".parse()?;
    /// assert_eq!(rate.expm1(Rounding::Floor)?.to_string(), "0.051271096376024039");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("exp_m1"))]
    pub fn expm1(self, rounding: Rounding) -> Result<Self, Error> {
        // Not below 1, as the exponent isn't below 0. Nor does a power leave the type and not the
        // difference: the first that does is 3·10^20 units beyond it, and 1 is 10^18.
        self.exp(rounding)?.checked_sub(Self::ONE)
    }
}
