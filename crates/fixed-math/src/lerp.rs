//! Linear interpolation: a point of the straight line between two values, rounded once.

use crate::signed_wad::of_magnitude;
use crate::{Amount, Fraction, Rounding, SignedWad, Wad, U256};

/// Returns the part that a value of `magnitude` has in a mean at `weight`, in units of 1e-18 of its
/// own. A weight is below 2^60, so this is below 2^188, and so is the sum of two.
fn weighted(magnitude: u128, weight: Fraction) -> U256 {
    U256::product(magnitude, weight.raw().into())
}

/// Computes `from·(1 − at) + to·at`, which lies between the two and so is representable.
fn lerp(from: u128, to: u128, at: Fraction, rounding: Rounding) -> Option<u128> {
    let sum = weighted(from, at.complement()).checked_add(weighted(to, at));
    sum.and_then(|sum| sum.div_wad(rounding).to_u128()).ok()
}

impl Amount {
    /// Interpolates between this amount and `to`, linearly and either way: `self·(1 − at) + to·at`.
    ///
    /// The result lies between the two, so this can't fail.
    ///
    /// # Rounding
    /// As the caller says, of the exact value; the two ends are exact.
    ///
    /// # Laws
    /// `lerp_between`: never outside of the two, one way as `at` goes up, and the same point seen
    /// from the other end.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Fraction, Rounding};
    ///
    /// // An auction's price, a third of the way from 1,000 down to 101.
    /// let gone = Fraction::from_percent(33)?;
    /// let price = Amount::new(1_000).lerp(Amount::new(101), gone, Rounding::Ceil);
    /// assert_eq!(price, Amount::new(704)); // 703.33
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("interpolate", "mix"))]
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn lerp(self, to: Self, at: Fraction, rounding: Rounding) -> Self {
        // Never the fallback: see `lerp`.
        lerp(self.get(), to.get(), at, rounding).map_or(self, Self::new)
    }
}

impl Wad {
    /// Interpolates between this number and `to`, linearly and either way: `self·(1 − at) + to·at`.
    ///
    /// The result lies between the two, so this can't fail.
    ///
    /// # Rounding
    /// As the caller says, of the exact value; the two ends are exact.
    ///
    /// # Laws
    /// `lerp_between`: never outside of the two, one way as `at` goes up, and the same point seen
    /// from the other end.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Fraction, Rounding, Wad};
    ///
    /// // A boost of 1 to 2.5, at 40% of the way.
    /// let (least, most): (Wad, Wad) = ("1".parse()?, "2.5".parse()?);
    /// let boost = least.lerp(most, Fraction::from_percent(40)?, Rounding::Floor);
    /// assert_eq!(boost, "1.6".parse()?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("interpolate", "mix"))]
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn lerp(self, to: Self, at: Fraction, rounding: Rounding) -> Self {
        // Never the fallback: see `lerp`.
        lerp(self.raw(), to.raw(), at, rounding).map_or(self, Self::from_raw)
    }
}

impl SignedWad {
    /// Interpolates between this number and `to`, linearly and either way: `self·(1 − at) + to·at`.
    ///
    /// The result lies between the two, so this can't fail, even where their difference is too
    /// large for an i128.
    ///
    /// # Rounding
    /// As the caller says, of the signed exact value; the two ends are exact.
    ///
    /// # Laws
    /// `lerp_between`: never outside of the two, one way as `at` goes up, and the same point seen
    /// from the other end.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Fraction, Rounding, SignedWad};
    ///
    /// let half = Fraction::from_percent(50)?;
    /// let middle = SignedWad::MIN.lerp(SignedWad::MAX, half, Rounding::Floor);
    /// assert_eq!(middle, SignedWad::from_raw(-1)); // −0.5 units
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("interpolate", "mix"))]
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn lerp(self, to: Self, at: Fraction, rounding: Rounding) -> Self {
        let near = weighted(self.abs().raw(), at.complement());
        let far = weighted(to.abs().raw(), at);
        // Of two signs the one with more weight is left, and its sign with it.
        let (negative, magnitude) = if self.is_negative() == to.is_negative() {
            (self.is_negative(), near.checked_add(far))
        } else if near >= far {
            (self.is_negative(), near.checked_sub(far))
        } else {
            (to.is_negative(), far.checked_sub(near))
        };
        let rounding = of_magnitude(negative, rounding);
        // Never the fallback: the result lies between the two.
        magnitude
            .and_then(|sum| Self::from_parts(negative, sum.div_wad(rounding)))
            .unwrap_or(self)
    }
}
