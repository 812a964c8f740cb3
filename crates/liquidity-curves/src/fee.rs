//! The fee of a swap.

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Rounding};

use crate::check::in_range;
use crate::{Error, Quantity};

/// A fee on each swap: a number of parts of a whole, in the integers in which the venue has it.
///
/// A contract that takes 3 of 1,000 and one that takes 30 of 10,000 pay the same here, as the fee is an exact
/// ratio. They are told apart by `==`, as they have other integers.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::Fee;
///
/// let fee = Fee::new(3, 1_000)?;
/// assert_eq!(fee, Fee::UNISWAP_V2);
/// assert_eq!(fee.of(Amount::new(1_001)), Amount::new(4)); // of 3.003
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fee {
    // Below the denominator.
    numerator: u64,
    denominator: u64,
}

impl Fee {
    /// The fee of nothing.
    pub const NONE: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// The fee of Uniswap v2: 3 of 1,000.
    pub const UNISWAP_V2: Self = Self {
        numerator: 3,
        denominator: 1_000,
    };

    /// Creates a fee of `numerator` parts of `denominator`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a denominator of 0, and for a numerator that isn't below it: a fee that
    /// takes all leaves no market.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{Error, Fee, Quantity};
    ///
    /// let (what, value, bound) = (Quantity::FeeNumerator, 10, 9);
    /// assert_eq!(Fee::new(10, 10), Err(Error::OutOfRange { what, value, bound }));
    /// assert!(Fee::new(0, 0).is_err());
    /// ```
    #[allow(clippy::as_conversions, reason = "widens; `From` isn't const")]
    pub const fn new(numerator: u64, denominator: u64) -> Result<Self, Error> {
        let (parts, whole) = (numerator as u128, denominator as u128);
        if let Err(error) = in_range(Quantity::FeeDenominator, whole, 1, u128::MAX) {
            return Err(error);
        }
        match in_range(Quantity::FeeNumerator, parts, 0, whole.wrapping_sub(1)) {
            Ok(()) => Ok(Self {
                numerator,
                denominator,
            }),
            Err(error) => Err(error),
        }
    }

    /// Creates a fee of a fraction.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for all.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Fraction};
    /// use tokenomics_liquidity_curves::Fee;
    ///
    /// assert_eq!(Fee::from_fraction(fraction!("0.003"))?.denominator(), 10_u64.pow(18));
    /// assert!(Fee::from_fraction(Fraction::ONE).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub const fn from_fraction(fraction: Fraction) -> Result<Self, Error> {
        Self::new(fraction.raw(), Fraction::ONE.raw())
    }

    /// Returns the parts that are taken.
    #[must_use]
    pub const fn numerator(&self) -> u64 {
        self.numerator
    }

    /// Returns the number of parts that the whole has.
    #[must_use]
    pub const fn denominator(&self) -> u64 {
        self.denominator
    }

    /// Returns the parts that are left.
    #[must_use]
    pub const fn kept(&self) -> u64 {
        // The numerator is below the denominator.
        self.denominator.wrapping_sub(self.numerator)
    }

    /// Computes the fee on an amount.
    ///
    /// # Rounding
    /// Ceil.
    #[must_use]
    pub fn of(&self, amount: Amount) -> Amount {
        let [kept, whole] = [self.kept(), self.denominator].map(u128::from);
        // Less than the amount is kept, so there is always a result.
        let kept = mul_div(amount.get(), kept, whole, Rounding::Floor);
        Amount::new(amount.get().saturating_sub(kept.unwrap_or(0)))
    }

    /// Computes the least amount of which as much is left after the fee.
    pub(crate) fn before(&self, left: Amount) -> Result<Amount, Error> {
        Ok(left.mul_div(self.denominator.into(), self.kept().into(), Rounding::Ceil)?)
    }
}

tokenomics_internals::checked_codec! {
    Fee::new as RawFee {
        #[cfg_attr(feature = "serde", serde(with = "tokenomics_fixed_math::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        numerator: u64 = Fee::numerator,
        #[cfg_attr(feature = "serde", serde(with = "tokenomics_fixed_math::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        denominator: u64 = Fee::denominator,
    }
}
