//! Conversions to and from rust_decimal: exact, or an error. Never a rounding. What rust_decimal
//! itself has rounded before, when it read a text or computed, can't be seen here.

use rust_decimal::Decimal;

use crate::{Amount, Decimals, Error, Fraction, ParseError, Quantity, SignedWad, Wad, U256};

/// The largest mantissa of a [`Decimal`], 2^96 − 1.
const MAX_MANTISSA: u128 = u128::MAX >> 32;

/// Converts `±magnitude · 10^−decimals`, in lowest terms, so that what fits at all is found to fit.
fn to_decimal(negative: bool, magnitude: u128, decimals: u8) -> Result<Decimal, Error> {
    let (mut mantissa, mut scale) = (magnitude, decimals);
    while scale > 0 && mantissa.checked_rem(10) == Some(0) {
        mantissa = mantissa.checked_div(10).unwrap_or(0);
        scale = scale.saturating_sub(1);
    }
    let max_scale = u8::try_from(Decimal::MAX_SCALE).unwrap_or(u8::MAX);
    if scale > max_scale {
        return Err(excess(scale.into(), max_scale).into());
    }
    let too_large = Error::Overflow {
        bits: U256::from(mantissa).bits(),
        max: MAX_MANTISSA,
    };
    let mantissa = i128::try_from(mantissa).map_err(|_| too_large)?;
    let mut decimal =
        Decimal::try_from_i128_with_scale(mantissa, scale.into()).map_err(|_| too_large)?;
    // Zero has no sign here, so that what was converted prints as it did.
    decimal.set_sign_negative(negative && mantissa != 0);
    Ok(decimal)
}

/// Returns the magnitude in units of 10^−decimals.
fn from_decimal(decimal: Decimal, decimals: u8) -> Result<U256, Error> {
    // A value equal to one with fewer digits is no less exact for its zeros.
    let decimal = decimal.normalize();
    let magnitude = U256::from(decimal.mantissa().unsigned_abs());
    let missing = u32::from(decimals)
        .checked_sub(decimal.scale())
        .ok_or_else(|| excess(decimal.scale(), decimals))?;
    // 10^38 fits, and `decimals` is at most that by construction; 2^96 · 10^38 fits 256 bits.
    magnitude.checked_mul(10_u128.checked_pow(missing).unwrap_or(u128::MAX))
}

fn excess(found: u32, max: u8) -> ParseError {
    ParseError::ExcessDigits { found, max }
}

fn unsigned(decimal: Decimal, decimals: u8) -> Result<u128, Error> {
    if decimal.is_sign_negative() && !decimal.is_zero() {
        return Err(ParseError::Negative.into());
    }
    from_decimal(decimal, decimals)?.to_u128()
}

impl Amount {
    /// Converts the amount to a [`Decimal`] of whole tokens, exactly.
    ///
    /// # Errors
    /// What a [`Decimal`] can't hold is never rounded: [`Error::Parse`] with
    /// [`ParseError::ExcessDigits`] for more than 28 digits after the point, not counting zeros at
    /// the end, [`Error::Overflow`] for more than 96 bits of digits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Decimals};
    ///
    /// let usdc = Decimals::new(6)?;
    /// let amount = Amount::new(1_250_500_000);
    /// assert_eq!(amount.to_decimal(usdc)?.to_string(), "1250.5");
    /// assert_eq!(Amount::from_decimal(amount.to_decimal(usdc)?, usdc)?, amount);
    /// assert!(Amount::MAX.to_decimal(usdc).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn to_decimal(self, decimals: Decimals) -> Result<Decimal, Error> {
        to_decimal(false, self.get(), decimals.get())
    }

    /// Converts a [`Decimal`] of whole tokens to an amount, exactly.
    ///
    /// Exactly what the [`Decimal`] is, which may not be what was meant: it keeps 28 digits after the
    /// point or less, and its `parse` rounds what has more, in silence. Read a text with
    /// [`Amount::parse_decimal`], which needs no [`Decimal`], or with `Decimal::from_str_exact`; a
    /// result of its operators may have been rounded too.
    ///
    /// # Errors
    /// [`Error::Parse`] with [`ParseError::ExcessDigits`] where it would have to be rounded, with
    /// [`ParseError::Negative`] below 0; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// use rust_decimal::Decimal;
    /// use tokenomics_fixed_math::{Amount, Decimals};
    ///
    /// let usdc = Decimals::new(6)?;
    /// let deposit = Decimal::new(12_505, 1);
    /// assert_eq!(Amount::from_decimal(deposit, usdc)?, Amount::new(1_250_500_000));
    /// // A tenth of a base unit.
    /// assert!(Amount::from_decimal(Decimal::new(1, 7), usdc).is_err());
    ///
    /// // Less than a token, but rounded up to one before it came here; and the two exact ways.
    /// let text = "0.99999999999999999999999999999";
    /// let rounded: Decimal = text.parse().expect("a number");
    /// assert_eq!(Amount::from_decimal(rounded, usdc)?, Amount::from_tokens(1, usdc)?);
    /// assert!(Amount::parse_decimal(text, usdc).is_err());
    /// assert!(Decimal::from_str_exact(text).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn from_decimal(decimal: Decimal, decimals: Decimals) -> Result<Self, Error> {
        unsigned(decimal, decimals.get()).map(Self::new)
    }
}

impl Fraction {
    /// Converts the fraction to a [`Decimal`], exactly. Every fraction fits.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        // 18 decimals of at most 1 are at most 60 bits of digits: never the fallback.
        to_decimal(false, self.raw().into(), Self::DECIMALS).unwrap_or(Decimal::ONE)
    }

    /// Converts a [`Decimal`] from 0 to 1, exactly.
    ///
    /// For one that was read from a text, see the caution at [`Amount::from_decimal`].
    ///
    /// # Errors
    /// [`Error::Parse`] with [`ParseError::ExcessDigits`] beyond 18 decimals, with
    /// [`ParseError::Negative`] below 0; [`Error::OutOfRange`] above 1, or [`Error::Overflow`]
    /// above even [`Wad::MAX`].
    ///
    /// ```
    /// use rust_decimal::Decimal;
    /// use tokenomics_fixed_math::{fraction, Fraction};
    ///
    /// assert_eq!(Fraction::from_decimal(Decimal::new(3, 3))?, fraction!("0.003"));
    /// assert!(Fraction::from_decimal(Decimal::new(101, 2)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn from_decimal(decimal: Decimal) -> Result<Self, Error> {
        let raw = unsigned(decimal, Self::DECIMALS)?;
        let too_large = Error::OutOfRange {
            what: Quantity::Fraction,
            value: raw,
            bound: Self::SCALE.into(),
        };
        Self::from_raw(u64::try_from(raw).map_err(|_| too_large)?)
    }
}

impl Wad {
    /// Converts the number to a [`Decimal`], exactly.
    ///
    /// # Errors
    /// [`Error::Overflow`] for more than 96 bits of digits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Wad};
    ///
    /// assert_eq!(wad!("1.50").to_decimal()?.to_string(), "1.5");
    /// assert!(Wad::MAX.to_decimal().is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn to_decimal(self) -> Result<Decimal, Error> {
        to_decimal(false, self.raw(), Self::DECIMALS)
    }

    /// Converts a [`Decimal`] that isn't below 0, exactly.
    ///
    /// For one that was read from a text, see the caution at [`Amount::from_decimal`].
    ///
    /// # Errors
    /// [`Error::Parse`] with [`ParseError::ExcessDigits`] beyond 18 decimals, with
    /// [`ParseError::Negative`] below 0; [`Error::Overflow`] above [`Wad::MAX`].
    ///
    /// ```
    /// use rust_decimal::Decimal;
    /// use tokenomics_fixed_math::{wad, Wad};
    ///
    /// assert_eq!(Wad::from_decimal(Decimal::new(15, 1))?, wad!("1.5"));
    /// assert!(Wad::from_decimal(Decimal::new(-15, 1)).is_err());
    /// assert!(Wad::from_decimal(Decimal::MAX).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn from_decimal(decimal: Decimal) -> Result<Self, Error> {
        unsigned(decimal, Self::DECIMALS).map(Self::from_raw)
    }
}

impl SignedWad {
    /// Converts the number to a [`Decimal`], exactly.
    ///
    /// # Errors
    /// [`Error::Overflow`] for more than 96 bits of digits.
    ///
    /// ```
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(signed_wad!("-0.25").to_decimal()?.to_string(), "-0.25");
    /// assert!(SignedWad::MIN.to_decimal().is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn to_decimal(self) -> Result<Decimal, Error> {
        to_decimal(self.is_negative(), self.abs().raw(), Self::DECIMALS)
    }

    /// Converts a [`Decimal`] of either sign, exactly.
    ///
    /// For one that was read from a text, see the caution at [`Amount::from_decimal`].
    ///
    /// # Errors
    /// [`Error::Parse`] with [`ParseError::ExcessDigits`] beyond 18 decimals;
    /// [`Error::SignedOverflow`] outside of the range.
    ///
    /// ```
    /// use rust_decimal::Decimal;
    /// use tokenomics_fixed_math::{signed_wad, SignedWad};
    ///
    /// assert_eq!(SignedWad::from_decimal(Decimal::new(-25, 2))?, signed_wad!("-0.25"));
    /// assert!(SignedWad::from_decimal(Decimal::new(1, 19)).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub fn from_decimal(decimal: Decimal) -> Result<Self, Error> {
        let magnitude = from_decimal(decimal, Self::DECIMALS)?;
        Self::from_parts(decimal.is_sign_negative(), magnitude)
    }
}
