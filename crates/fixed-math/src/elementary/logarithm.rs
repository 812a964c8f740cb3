//! Logarithms to base e, 2 and 10.

use super::approximate::{self, Logarithm, SCALE};
use super::decide::decide;
use super::precise::{self, verdict, Verdict};
use super::wide::{Precision, Wide};
use crate::{limb, Error, Quantity, Rounding, SignedWad, Wad};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Two,
    E,
    Ten,
}

/// The number log10(2) in units of 2^-512, cut off; the least limb first.
pub(super) const LOG10_2: [u64; 8] = [
    0x2c5a_93fa_92a9_6966,
    0x48a3_9a4a_d8c5_c90f,
    0x4f2e_5e39_9a38_de89,
    0x9435_16c0_c8cf_d5e8,
    0xc52f_3793_5be6_31e5,
    0x1356_9862_a1e8_f9a4,
    0x47c4_acd6_05be_48bc,
    0x4d10_4d42_7de7_fbcc,
];

impl Base {
    /// Returns 10^18 times the logarithm of 2 to this base in units of 2^-68, the nearest integer.
    pub(super) const fn scaled_log_of_two(self) -> u128 {
        match self {
            Self::Two => SCALE << 68,
            Self::E => 0x99e8_db03_256c_e5d6_acfb_96c8_0e9d_8529,
            Self::Ten => 0x42d7_92fa_649f_a8b3_6b79_79ab_9920_77fa,
        }
    }

    /// Returns the logarithm of 2 to this base.
    pub(super) fn log_of_two(self, precision: Precision) -> Wide {
        match self {
            Self::Two => precision.integer(1),
            Self::E => precise::ln_2(precision),
            Self::Ten => precision.fraction(&LOG10_2),
        }
    }

    /// Returns the logarithm in raw units where it is a whole number. Elsewhere it is irrational:
    /// for e by the theorem of Lindemann and Weierstrass, for 2 and 10 as neither is a power of a
    /// rational.
    pub(super) fn whole_log(self, raw: u128) -> Option<i128> {
        // The least power of the base that is a number of units is its −18th, of 2 and of 10.
        let (mut power, factor) = match self {
            Self::E => return (raw == SCALE).then_some(0),
            Self::Two => (SCALE >> 18, 2),
            Self::Ten => (1, 10),
        };
        let mut log = SignedWad::SCALE.wrapping_mul(-18);
        while power < raw {
            power = power.checked_mul(factor)?;
            log = log.wrapping_add(SignedWad::SCALE);
        }
        (power == raw).then_some(log)
    }
}

/// Computes 10^18·log(raw / 10^18), rounded, for raw above 0.
pub(super) fn logarithm(raw: u128, base: Base, rounding: Rounding) -> SignedWad {
    let log = approximate::log2(raw);
    let of_magnitude = if log.negative {
        rounding.for_negative_magnitude()
    } else {
        rounding
    };
    let (whole, fraction, error) = in_units(log, base);
    let magnitude = decide(whole, fraction, error, of_magnitude);
    match magnitude.and_then(|of| i128::try_from(of).ok()) {
        Some(of) if log.negative => SignedWad::from_raw(of.wrapping_neg()),
        Some(of) => SignedWad::from_raw(of),
        None => settle(raw, base, rounding),
    }
}

/// Returns the magnitude in units of 1e-18: an integer, units of 2^-128, and as many of them as it
/// may be off.
pub(super) fn in_units(log: Logarithm, base: Base) -> (u128, u128, u128) {
    // The magnitude is below 2^128 units of at most 2^-121, so the product's integer part is in its
    // high half, where it begins at this bit. That is 61 or more.
    let (high, low) = limb::widening_mul(log.magnitude, base.scaled_log_of_two());
    let point = log.bits.wrapping_sub(60);
    let above = 128_u32.wrapping_sub(point);
    let fraction = high.wrapping_shl(above) | low.wrapping_shr(point);
    // A unit of the magnitude is a factor of at most 2^128 in the product, a unit of the factor as
    // much: that is 2^(128 − point) of the fraction's. One more is cut off.
    let error = log.error.wrapping_add(1).wrapping_shl(above);
    (high.wrapping_shr(point), fraction, error.wrapping_add(1))
}

/// Decides a logarithm that the fast path left in doubt.
#[cold]
pub(super) fn settle(raw: u128, base: Base, rounding: Rounding) -> SignedWad {
    if let Some(log) = base.whole_log(raw) {
        return SignedWad::from_raw(log);
    }
    let magnitude = Verdict::of(|precision| precisely(raw, base, precision, rounding));
    // A logarithm is below 2^68 units.
    let magnitude = magnitude.settle(rounding).unwrap_or(0);
    let magnitude = i128::try_from(magnitude).unwrap_or(0);
    SignedWad::from_raw(if raw < SCALE {
        magnitude.wrapping_neg()
    } else {
        magnitude
    })
}

/// Rounds the magnitude of the logarithm, worked out in many limbs.
fn precisely(raw: u128, base: Base, precision: Precision, rounding: Rounding) -> Verdict {
    let (magnitude, doubt) = scaled(raw, base, precision);
    let rounding = if raw < SCALE {
        rounding.for_negative_magnitude()
    } else {
        rounding
    };
    verdict(magnitude, doubt, rounding)
}

/// Returns the magnitude in units of 1e-18, and the doubt about it.
pub(super) fn scaled(raw: u128, base: Base, precision: Precision) -> (Wide, u32) {
    let log = precise::log2(raw, precision);
    let scaled = log
        .magnitude
        .mul(base.log_of_two(precision))
        .mul(precision.integer(SCALE));
    // 10^18 is below 2^60, and so is what the constant and the product lose, a few units each of
    // the logarithm's.
    (scaled, log.doubt.wrapping_add(61))
}

impl Wad {
    /// Computes the natural logarithm.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for 0.
    ///
    /// # Laws
    /// `bracket`, `monotone`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let two = Wad::from_integer(2)?;
    /// assert_eq!(two.ln(Rounding::Floor)?.to_string(), "0.693147180559945309");
    /// let half = Wad::from_bps(5_000)?;
    /// assert_eq!(half.ln(Rounding::Floor)?.to_string(), "-0.69314718055994531");
    /// assert!(Wad::ZERO.ln(Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// Ziv, Fast evaluation of elementary mathematical functions with correctly rounded last bit
    /// (ACM TOMS 17, 1991), over tables of reciprocals as in Tang, Table-driven implementation of
    /// the logarithm function (ACM TOMS 16, 1990).
    #[doc(alias("log", "natural_logarithm"))]
    pub fn ln(self, rounding: Rounding) -> Result<SignedWad, Error> {
        self.log(Base::E, rounding)
    }

    /// Computes the logarithm to base 2, which is exact for powers of 2.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// assert_eq!(Wad::from_integer(1_024)?.log2(Rounding::Ceil)?.to_string(), "10");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// As [`ln`](Self::ln).
    pub fn log2(self, rounding: Rounding) -> Result<SignedWad, Error> {
        self.log(Base::Two, rounding)
    }

    /// Computes the logarithm to base 10, which is exact for powers of 10.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// assert_eq!(Wad::from_raw(1).log10(Rounding::Floor)?.to_string(), "-18");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// As [`ln`](Self::ln).
    pub fn log10(self, rounding: Rounding) -> Result<SignedWad, Error> {
        self.log(Base::Ten, rounding)
    }

    /// Computes ln(1 + self): the continuous rate that comes to a growth of self in one period.
    ///
    /// With 18 decimals the sum is exact, so this is [`ln`](Self::ln) of it, also where the sum
    /// leaves the type.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let rate: Wad = "0.05".parse()?;
    /// assert_eq!(rate.ln_1p(Rounding::HalfEven).to_string(), "0.048790164169432003");
    /// assert_eq!(Wad::MAX.ln_1p(Rounding::Ceil), Wad::MAX.ln(Rounding::Ceil)?.abs());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("log1p"))]
    #[must_use]
    pub fn ln_1p(self, rounding: Rounding) -> Self {
        // From 2^128 − 1 units to 10^18 more the logarithm goes from 47276307437780177293.081 units to
        // ….085: all of them round as the first does, in every direction.
        let sum = self.raw().saturating_add(SCALE);
        // Of a number of at least 1, so not negative.
        logarithm(sum, Base::E, rounding).abs()
    }

    fn log(self, base: Base, rounding: Rounding) -> Result<SignedWad, Error> {
        if self.is_zero() {
            return Err(Error::OutOfRange {
                what: Quantity::LogarithmArgumentRaw,
                value: 0,
                bound: 1,
            });
        }
        Ok(logarithm(self.raw(), base, rounding))
    }
}

impl SignedWad {
    /// Computes ln(1 + self): the continuous rate that comes to a growth of self in one period.
    ///
    /// With 18 decimals the sum is exact, so this is [`Wad::ln`] of it.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] at −1 and below.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let loss: SignedWad = "-0.5".parse()?;
    /// assert_eq!(loss.ln_1p(Rounding::Ceil)?.to_string(), "-0.693147180559945309");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("log1p"))]
    pub fn ln_1p(self, rounding: Rounding) -> Result<Self, Error> {
        let sum = SCALE.checked_add_signed(self.raw()).filter(|&sum| sum != 0);
        let sum = sum.ok_or(Error::Domain {
            what: Quantity::LogarithmSummand,
            value: self,
            bound: Self::from_raw(1_i128.wrapping_sub(Self::SCALE)),
        })?;
        Ok(logarithm(sum, Base::E, rounding))
    }

    /// Computes the natural logarithm.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] for 0 and below.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// assert_eq!(SignedWad::ONE.ln(Rounding::Ceil)?, SignedWad::ZERO);
    /// assert!(SignedWad::MIN.ln(Rounding::Ceil).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("log", "natural_logarithm"))]
    pub fn ln(self, rounding: Rounding) -> Result<Self, Error> {
        self.log(Base::E, rounding)
    }

    /// Computes the logarithm to base 2, which is exact for powers of 2.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] for 0 and below.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, Rounding, SignedWad};
    ///
    /// assert_eq!(signed_wad!("0.125").log2(Rounding::Ceil)?, signed_wad!("-3"));
    /// assert!(SignedWad::ZERO.log2(Rounding::Ceil).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn log2(self, rounding: Rounding) -> Result<Self, Error> {
        self.log(Base::Two, rounding)
    }

    /// Computes the logarithm to base 10, which is exact for powers of 10.
    ///
    /// # Rounding
    /// As the caller says, of the signed value: the exact real number, rounded once.
    ///
    /// # Errors
    /// [`Error::Domain`] for 0 and below.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, Rounding};
    ///
    /// assert_eq!(signed_wad!("0.01").log10(Rounding::Ceil)?, signed_wad!("-2"));
    /// assert!(signed_wad!("-100").log10(Rounding::Ceil).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn log10(self, rounding: Rounding) -> Result<Self, Error> {
        self.log(Base::Ten, rounding)
    }

    fn log(self, base: Base, rounding: Rounding) -> Result<Self, Error> {
        match u128::try_from(self.raw()) {
            Ok(raw) if raw != 0 => Ok(logarithm(raw, base, rounding)),
            _ => Err(Error::Domain {
                what: Quantity::LogarithmArgument,
                value: self,
                bound: Self::from_raw(1),
            }),
        }
    }
}
