//! Base units of one token.

use core::fmt;
use core::str::FromStr;

use crate::{
    checked, decimal, mul_div, Decimals, Error, Fraction, ParseError, Quantity, Ratio, Rounding,
    U256,
};

/// A number of base units of one token, such as wei or satoshis: never negative, no decimals
/// inside.
///
/// Sums and differences are checked; every product names its rounding. `Display` and `FromStr` are
/// in base units; for whole tokens at a token's decimals see [`Amount::display`] and
/// [`Amount::parse_decimal`].
///
/// # Laws
/// `round_trip`: parse ∘ display is the identity, in base units and at any [`Decimals`].
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Rounding};
///
/// let fee = Fraction::from_bps(30)?;
/// let paid = Amount::new(1_001).mul_fraction(fee, Rounding::Ceil);
/// assert_eq!(paid, Amount::new(4)); // 3.003 owed, rounded up
/// assert_eq!(Amount::new(1_001).checked_sub(paid)?, Amount::new(997));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("Balance", "Coin", "Uint128", "wei", "lamports"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::CompactAs))]
pub struct Amount(u128);

impl Amount {
    /// The amount of 0 units.
    pub const ZERO: Self = Self(0);
    /// The largest amount, 2^128 − 1 units.
    pub const MAX: Self = Self(u128::MAX);

    /// Creates an amount of `units` base units.
    ///
    /// For whole tokens see [`Amount::from_tokens`].
    #[must_use]
    pub const fn new(units: u128) -> Self {
        Self(units)
    }

    /// Converts a number of whole tokens at the token's decimals, exactly.
    ///
    /// For parts of a token see [`Amount::parse_decimal`], or [`amount!`](crate::amount) for a
    /// literal.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Decimals};
    ///
    /// let usdc = Decimals::new(6)?;
    /// assert_eq!(Amount::from_tokens(1_000, usdc)?, Amount::new(1_000_000_000));
    /// assert!(Amount::from_tokens(u128::MAX, usdc).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias(
        "parse_units",
        "parseUnits",
        "from_whole",
        "from_units",
        "tokens",
        "ether"
    ))]
    pub const fn from_tokens(tokens: u128, decimals: Decimals) -> Result<Self, Error> {
        match checked::scale(Quantity::Tokens, tokens, decimals.one_token()) {
            Ok(units) => Ok(Self(units)),
            Err(error) => Err(error),
        }
    }

    /// Returns the number of base units.
    #[doc(alias("value", "units", "into_inner", "inner", "raw", "as_u128"))]
    #[must_use]
    pub const fn get(self) -> u128 {
        self.0
    }

    /// Returns `true` if the amount is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Adds the two amounts.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Error};
    ///
    /// assert_eq!(Amount::new(2).checked_add(Amount::new(3))?, Amount::new(5));
    /// let above = Amount::MAX.checked_add(Amount::new(1));
    /// assert_eq!(above, Err(Error::Overflow { bits: 129, max: u128::MAX }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("add", "plus"))]
    pub const fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        match checked::add(self.0, rhs.0) {
            Ok(sum) => Ok(Self(sum)),
            Err(error) => Err(error),
        }
    }

    /// Subtracts `rhs` from the amount.
    ///
    /// # Errors
    /// [`Error::Underflow`] below 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Error};
    ///
    /// let (balance, withdrawal) = (Amount::new(5), Amount::new(6));
    /// assert_eq!(balance.checked_sub(Amount::new(5))?, Amount::ZERO);
    /// let short = balance.checked_sub(withdrawal);
    /// assert_eq!(short, Err(Error::Underflow { minuend: 5, subtrahend: 6 }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("sub", "minus"))]
    pub const fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        match checked::sub(self.0, rhs.0) {
            Ok(rest) => Ok(Self(rest)),
            Err(error) => Err(error),
        }
    }

    /// Computes the distance between the two amounts, whichever is larger.
    #[must_use]
    pub const fn abs_diff(self, rhs: Self) -> Self {
        Self(self.0.abs_diff(rhs.0))
    }

    /// Sums the amounts; the sum of none is 0.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    ///
    /// let grants = [400, 350, 250].map(Amount::new);
    /// assert_eq!(Amount::try_sum(grants)?, Amount::new(1_000));
    /// assert!(Amount::try_sum([Amount::MAX, Amount::new(1)]).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("sum", "total"))]
    pub fn try_sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, Error> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Computes `self · numerator / denominator`, with the full 256-bit product and one rounding.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// Those of [`mul_div`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Rounding};
    ///
    /// // A holder of 2 of 3 shares, of a reward of 100.
    /// let reward = Amount::new(100);
    /// assert_eq!(reward.mul_div(2, 3, Rounding::Floor)?, Amount::new(66));
    /// assert!(reward.mul_div(2, 0, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias(
        "mulDiv",
        "mul_div_floor",
        "mul_div_ceil",
        "multiply_ratio",
        "pro_rata"
    ))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_div(
        self,
        numerator: u128,
        denominator: u128,
        rounding: Rounding,
    ) -> Result<Self, Error> {
        mul_div(self.0, numerator, denominator, rounding).map(Self)
    }

    /// Computes the share `fraction` of the amount, such as a fee or a haircut.
    ///
    /// The share is never more than the amount, so this can't fail.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Laws
    /// `share`: never more than the amount, and the floored share and the ceiled rest sum to it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Rounding};
    ///
    /// // A haircut of 15% on collateral: it counts for less, and is rounded against the borrower.
    /// let (collateral, haircut) = (Amount::new(1_001), fraction!("0.15"));
    /// let credit = collateral.mul_fraction(haircut.complement(), Rounding::Floor);
    /// assert_eq!(credit, Amount::new(850)); // 850.85
    /// let cut = collateral.mul_fraction(haircut, Rounding::Ceil);
    /// assert_eq!(credit.checked_add(cut)?, collateral);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("percent", "percentage", "bps", "mul_bps", "fee", "share"))]
    #[must_use]
    pub fn mul_fraction(self, fraction: Fraction, rounding: Rounding) -> Self {
        // A fraction is at most 1, so the exact product is at most `self`, and so is its rounding.
        let product = U256::product(self.0, fraction.raw().into());
        Self(product.div_wad(rounding).low())
    }

    /// Multiplies the amount by `ratio`: by a price, it is the amount of the other asset.
    ///
    /// A [`Wad`](crate::Wad) is a ratio too, by `into`.
    ///
    /// # Rounding
    /// As the caller says.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Rounding};
    ///
    /// // 3 base units of the one asset for 2 of the other.
    /// let price = Ratio::new(3, 2)?;
    /// assert_eq!(Amount::new(5).mul_ratio(price, Rounding::Floor)?, Amount::new(7));
    /// assert_eq!(Amount::new(5).mul_ratio(price, Rounding::Ceil)?, Amount::new(8));
    /// assert!(Amount::MAX.mul_ratio(price, Rounding::Floor).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("price", "convert", "multiply_ratio", "exchange_rate"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn mul_ratio(self, ratio: Ratio, rounding: Rounding) -> Result<Self, Error> {
        self.mul_div(ratio.numerator(), ratio.denominator(), rounding)
    }

    /// Reads an amount written in whole tokens, such as `1_000.25`.
    ///
    /// For a literal see [`amount!`](crate::amount).
    ///
    /// # Errors
    /// [`ParseError`] for a text that is not a plain decimal number, has more digits after the
    /// point than `decimals`, is negative, or is above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Decimals, ParseError};
    ///
    /// let usdc = Decimals::new(6)?;
    /// assert_eq!(Amount::parse_decimal("1_000.25", usdc)?, Amount::new(1_000_250_000));
    /// // A seventh digit would be less than a base unit: it is refused and not rounded away.
    /// let excess = Amount::parse_decimal("0.0000001", usdc);
    /// assert_eq!(excess, Err(ParseError::ExcessDigits { found: 7, max: 6 }));
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn parse_decimal(text: &str, decimals: Decimals) -> Result<Self, ParseError> {
        // `parse` keeps to the maximum, which has no upper half.
        match decimal::parse(text, decimals.get(), U256::new(0, u128::MAX)) {
            Ok(units) => Ok(Self(units.low())),
            Err(error) => Err(error),
        }
    }

    /// Returns a value that displays the amount in whole tokens, exactly and without trailing
    /// zeros.
    ///
    /// A precision never rounds: `{:.2}` writes at least two digits after the point, if the token
    /// has so many, and all that the amount has. For exactly two, with a rounding that is named, see
    /// [`Amount::display_rounded`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{amount, Decimals};
    ///
    /// let usdc = Decimals::new(6)?;
    /// let text = format!("{:>10.2}|", amount!("12.5", 6).display(usdc));
    /// assert_eq!(text, "     12.50|");
    /// assert_eq!(format!("{:.2}", amount!("0.125", 6).display(usdc)), "0.125");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("format", "format_units", "formatUnits"))]
    #[must_use]
    pub const fn display(self, decimals: Decimals) -> DisplayAmount {
        DisplayAmount {
            units: U256::new(0, self.0),
            decimals,
            least: Decimals::ZERO,
        }
    }

    /// Returns a value that displays the amount in whole tokens with exactly `places` digits after
    /// the point, for people to read.
    ///
    /// # Rounding
    /// As the caller says, of what is shown; the amount stays what it is.
    ///
    /// ```
    /// use tokenomics_fixed_math::{amount, Decimals, Rounding};
    ///
    /// let (usdc, cents) = (Decimals::new(6)?, Decimals::new(2)?);
    /// let shown = |amount: tokenomics_fixed_math::Amount, rounding| {
    ///     amount.display_rounded(usdc, cents, rounding).to_string()
    /// };
    /// assert_eq!(shown(amount!("0.125", 6), Rounding::Floor), "0.12");
    /// assert_eq!(shown(amount!("0.125", 6), Rounding::Ceil), "0.13");
    /// assert_eq!(shown(amount!("12", 6), Rounding::Floor), "12.00");
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[doc(alias("precision", "to_fixed", "toFixed", "round"))]
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn display_rounded(
        self,
        decimals: Decimals,
        places: Decimals,
        rounding: Rounding,
    ) -> DisplayAmount {
        // One of the two is 1. The divisor is never 0, and a quotient is at most the amount.
        let (cut, added) = (
            places.unit_in(decimals.get()),
            decimals.unit_in(places.get()),
        );
        let rounded = mul_div(self.0, 1, cut, rounding).unwrap_or(self.0);
        DisplayAmount {
            units: U256::product(rounded, added),
            decimals: places,
            least: places,
        }
    }
}

/// An [`Amount`] that displays in whole tokens, made by [`Amount::display`] or
/// [`Amount::display_rounded`].
///
/// ```
/// use tokenomics_fixed_math::{amount, Decimals};
///
/// let usdc = Decimals::new(6)?;
/// assert_eq!(format!("[{:>8}]", amount!("1.5", 6).display(usdc)), "[     1.5]");
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct DisplayAmount {
    /// In units of 10^−decimals.
    units: U256,
    decimals: Decimals,
    /// The digits after the point that are shown even where they are zeros.
    least: Decimals,
}

impl fmt::Display for DisplayAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::fmt_at_least(self.units, self.decimals.get(), self.least.get(), true, f)
    }
}

impl From<u128> for Amount {
    fn from(units: u128) -> Self {
        Self(units)
    }
}

impl From<u64> for Amount {
    fn from(units: u64) -> Self {
        Self(units.into())
    }
}

impl From<Amount> for u128 {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Amount {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse_decimal(text, Decimals::ZERO)
    }
}
