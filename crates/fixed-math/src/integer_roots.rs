//! Square and cube roots of integers, and the square roots of fixed-point numbers, which are square
//! roots of integers of 256 bits.

use crate::{limb, Error, Quantity, Rounding, SignedWad, Wad, U256};

/// Computes the square root of an integer, as an integer.
///
/// # Rounding
/// As the caller says: the exact real number, rounded once. The root of a square is the same in all
/// directions, and there are no ties.
///
/// # Laws
/// `bracket_of_roots`: floor² ≤ n < (floor + 1)², and the other directions by the same squares.
///
/// ```
/// use tokenomics_fixed_math::{isqrt, Rounding};
///
/// assert_eq!(isqrt(99, Rounding::Floor), 9);
/// assert_eq!(isqrt(99, Rounding::HalfUp), 10); // 9.95
/// assert_eq!(isqrt(u128::MAX, Rounding::Ceil), 1 << 64);
/// ```
///
/// # Source
/// Zimmermann, Karatsuba Square Root (1999). The first shares of a pool in Uniswap v2 are the
/// floored root of a product of 256 bits: see [`U256::isqrt`].
#[doc(alias("sqrt", "square_root"))]
#[must_use]
pub fn isqrt(n: u128, rounding: Rounding) -> u128 {
    // At most 2^64.
    limb::sqrt(n).rounded(rounding).1
}

/// Computes the cube root of an integer, as an integer.
///
/// # Rounding
/// As the caller says: the exact real number, rounded once. The root of a cube is the same in all
/// directions, and there are no ties.
///
/// # Laws
/// `bracket_of_roots`: floor³ ≤ n < (floor + 1)³, and the other directions by the same cubes.
///
/// ```
/// use tokenomics_fixed_math::{icbrt, Rounding};
///
/// assert_eq!(icbrt(999, Rounding::Floor), 9);
/// assert_eq!(icbrt(1_000, Rounding::Ceil), 10);
/// assert_eq!(icbrt(1_001, Rounding::Ceil), 11);
/// ```
///
/// # Source
/// Digit by digit, as taught at school, in base 2.
#[doc(alias("cbrt", "cube_root"))]
#[must_use]
pub fn icbrt(n: u128, rounding: Rounding) -> u128 {
    // Below 2^43.
    limb::cbrt(n).rounded(rounding).1
}

impl U256 {
    /// Computes the square root, as an integer of at most 2^128.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once. There are no ties.
    ///
    /// # Laws
    /// `bracket_of_roots`: floor² ≤ self < (floor + 1)², as for [`isqrt`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, U256};
    ///
    /// // The shares of a pool's first deposit: the geometric mean of the two amounts.
    /// let (eth, usdc) = (3_000_000_000_000_000_000, 9_000_000_000);
    /// let shares = U256::product(eth, usdc).isqrt(Rounding::Floor);
    /// assert_eq!(shares.to_u128()?, 164_316_767_251_549);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// As [`isqrt`].
    #[doc(alias("sqrt", "square_root"))]
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn isqrt(self, rounding: Rounding) -> Self {
        let root = limb::sqrt_wide(self.high(), self.low());
        let (high, low) = root.rounded(rounding);
        Self::new(high, low)
    }
}

impl Wad {
    /// Computes the square root.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once. There are no ties.
    ///
    /// # Laws
    /// `bracket_of_roots`: floor² ≤ self ≤ ceil². The same as [`nth_root`](Self::nth_root) of
    /// degree 2.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, Wad};
    ///
    /// let two = Wad::from_integer(2)?;
    /// assert_eq!(two.sqrt(Rounding::Floor).to_string(), "1.414213562373095048");
    /// assert_eq!(Wad::from_raw(1).sqrt(Rounding::Ceil).to_string(), "0.000000001");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    ///
    /// # Source
    /// √(n/10^18) = √(n·10^18)/10^18, by [`U256::isqrt`].
    #[doc(alias("square_root"))]
    #[must_use]
    pub fn sqrt(self, rounding: Rounding) -> Self {
        // Of a number below 2^188, so below 2^94.
        let root = U256::product(self.raw(), Self::SCALE).isqrt(rounding);
        Self::from_raw(root.low())
    }
}

impl SignedWad {
    /// Computes the square root of a number that isn't below 0.
    ///
    /// # Rounding
    /// As the caller says: the exact real number, rounded once. There are no ties.
    ///
    /// # Errors
    /// [`Error::Domain`] below 0.
    ///
    /// # Laws
    /// `bracket_of_roots`: floor² ≤ self ≤ ceil². The same as [`nth_root`](Self::nth_root) of
    /// degree 2.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Rounding, SignedWad};
    ///
    /// let number: SignedWad = "0.25".parse()?;
    /// assert_eq!(number.sqrt(Rounding::Floor)?, "0.5".parse()?);
    /// assert!(number.checked_neg()?.sqrt(Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("square_root"))]
    pub fn sqrt(self, rounding: Rounding) -> Result<Self, Error> {
        if self.is_negative() {
            return Err(Error::Domain {
                what: Quantity::Radicand,
                value: self,
                bound: Self::ZERO,
            });
        }
        // Below 2^94, so it fits.
        Self::from_parts(false, self.abs().sqrt(rounding).raw().into())
    }
}
