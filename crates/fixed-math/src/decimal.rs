//! Decimal text in and out: plain digits, a point, no locale, nothing rounded.

use core::fmt;

use crate::{Error, ParseError, Quantity, U256};

/// The number of decimals of a token: one base unit is 10^−decimals of a whole token.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Decimals};
///
/// let usdc = Decimals::new(6)?;
/// let amount = Amount::parse_decimal("1_250.5", usdc)?;
/// assert_eq!(amount, Amount::new(1_250_500_000));
/// assert_eq!(format!("{}", amount.display(usdc)), "1250.5");
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
#[doc(alias("precision", "scale"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimals(u8);

impl Decimals {
    /// The largest number of decimals, with which one whole token is still a `u128` of base units.
    pub const MAX: u8 = 38;
    /// The 0 decimals of a token whose base unit is the token.
    pub const ZERO: Self = Self(0);

    /// Creates a number of decimals.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] above [`Decimals::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::Decimals;
    ///
    /// let usdc = Decimals::new(6)?;
    /// assert_eq!(usdc.one_token(), 1_000_000);
    /// assert!(Decimals::new(39).is_err());
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    pub const fn new(decimals: u8) -> Result<Self, Error> {
        if decimals <= Self::MAX {
            Ok(Self(decimals))
        } else {
            // Spelled without `u128::from`, which isn't const.
            #[allow(clippy::as_conversions, reason = "u8 to u128 is lossless")]
            let value = decimals as u128;
            Err(Error::OutOfRange {
                what: Quantity::Decimals,
                value,
                bound: 38,
            })
        }
    }

    /// Returns the number of digits after the point.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Returns the number of base units in one whole token.
    #[doc(alias("scale", "pow10", "unit"))]
    #[must_use]
    pub const fn one_token(self) -> u128 {
        #[allow(
            clippy::as_conversions,
            reason = "u8 to u32 is lossless, in a const fn"
        )]
        power_of_ten(self.0 as u32)
    }

    /// Returns the units of 10^−finest in its last digit: 1 where it has more digits than that. Both
    /// are at most 38.
    pub(crate) fn unit_in(self, finest: u8) -> u128 {
        power_of_ten(u32::from(finest.saturating_sub(self.0)))
    }
}

/// Computes 10^digits, of at most 38 digits: it is below 2^128.
const fn power_of_ten(digits: u32) -> u128 {
    // A factor for each bit of the exponent, of which the first four make 10^15 at most.
    const fn factor(digits: u32, bit: u32, power: u64) -> u64 {
        if digits & bit == 0 {
            1
        } else {
            power
        }
    }
    let low = factor(digits, 1, 10)
        .wrapping_mul(factor(digits, 2, 100))
        .wrapping_mul(factor(digits, 4, 10_000))
        .wrapping_mul(factor(digits, 8, 100_000_000));
    let high: u128 = match digits >> 4 {
        0 => 1,
        1 => 10_000_000_000_000_000,
        _ => 100_000_000_000_000_000_000_000_000_000_000,
    };
    #[allow(
        clippy::as_conversions,
        reason = "u64 to u128 is lossless, in a const fn"
    )]
    high.wrapping_mul(low as u128)
}

/// Reads `digits[.digits]` as an integer in units of 10^−decimals. `_` may stand between digits.
pub(crate) const fn parse(text: &str, decimals: u8, max: U256) -> Result<U256, ParseError> {
    parse_after(0, text.as_bytes(), decimals, max)
}

/// Reads the rest of a text, whose first `before` bytes have been read, as [`parse`] does.
pub(crate) const fn parse_after(
    before: usize,
    text: &[u8],
    decimals: u8,
    max: U256,
) -> Result<U256, ParseError> {
    let found = match digits_after_the_point(before, text) {
        Ok(found) => found,
        Err(error) => return Err(error),
    };
    #[allow(
        clippy::as_conversions,
        reason = "u8 to usize is lossless, in a const fn"
    )]
    let Some(missing) = (decimals as usize).checked_sub(found) else {
        let (found, max) = (counted(found), decimals);
        return Err(ParseError::ExcessDigits { found, max });
    };
    match units(text, missing) {
        Some(value) if is_at_most(value, max) => Ok(value),
        _ if max.high() != 0 => Err(ParseError::TooWide),
        _ => Err(ParseError::TooLarge {
            max: max.low(),
            decimals,
        }),
    }
}

/// Returns a count of bytes as errors hold it; no number's text has 2^32.
#[allow(
    clippy::as_conversions,
    reason = "from 64 bits at most to 128, and below 2^32 to 32, in a const fn"
)]
const fn counted(bytes: usize) -> u32 {
    if bytes as u128 > u32::MAX as u128 {
        return u32::MAX;
    }
    bytes as u32
}

/// Counts the digits after the point, and checks that the text keeps to the grammar.
const fn digits_after_the_point(before: usize, text: &[u8]) -> Result<usize, ParseError> {
    let mut count = None;
    let mut after_digit = false;
    let (mut rest, mut at) = (text, before);
    while let [byte, tail @ ..] = rest {
        match (*byte, count) {
            // No count and no place is above the length of a text, so neither sum can wrap.
            (b'0'..=b'9', Some(digits)) => count = Some(usize::wrapping_add(digits, 1)),
            (b'0'..=b'9', None) => {}
            (b'_', _) if after_digit => {}
            (b'.', None) if after_digit => count = Some(0),
            (b'-', _) if at == 0 && !tail.is_empty() => return Err(ParseError::Negative),
            _ => return Err(ParseError::Unexpected { at: counted(at) }),
        }
        after_digit = byte.is_ascii_digit();
        (rest, at) = (tail, at.wrapping_add(1));
    }
    match (after_digit, count) {
        (true, Some(count)) => Ok(count),
        (true, None) => Ok(0),
        (false, _) if text.is_empty() => Err(ParseError::Empty),
        // It ends in a separator or a point.
        (false, _) => Err(ParseError::Unexpected {
            at: counted(at.wrapping_sub(1)),
        }),
    }
}

/// Reads the digits and `missing` zeros as one number, if it fits 256 bits.
const fn units(text: &[u8], mut missing: usize) -> Option<U256> {
    let mut value = Some(U256::ZERO);
    let mut rest = text;
    while let (Some(units), [byte, tail @ ..]) = (value, rest) {
        if let b'0'..=b'9' = *byte {
            value = mul_add(units, 10, byte.wrapping_sub(b'0'));
        }
        rest = tail;
    }
    while let (Some(units), 1..) = (value, missing) {
        value = mul_add(units, 10, 0);
        missing = missing.wrapping_sub(1);
    }
    value
}

/// Compares the two: `value <= max`, in a `const fn`.
const fn is_at_most(value: U256, max: U256) -> bool {
    value.high() < max.high() || value.high() == max.high() && value.low() <= max.low()
}

/// Computes value·factor + addend, if that fits 256 bits; in a `const fn`, which the kernels'
/// generic limbs can't be.
pub(crate) const fn mul_add(value: U256, factor: u64, addend: u8) -> Option<U256> {
    #[allow(
        clippy::as_conversions,
        reason = "u8 to u64 is lossless, in a const fn"
    )]
    let (low, carry) = mul_add_limb(value.low(), factor, addend as u64);
    match mul_add_limb(value.high(), factor, carry) {
        (high, 0) => Some(U256::new(high, low)),
        _ => None,
    }
}

/// Computes limb·factor + addend as (the lower 128 bits, the carry).
#[allow(
    clippy::as_conversions,
    reason = "u64 to u128 is lossless and halves are below 2^64, in a const fn"
)]
const fn mul_add_limb(limb: u128, factor: u64, addend: u64) -> (u128, u64) {
    const HALF: u128 = 0xffff_ffff_ffff_ffff;
    let (factor, addend) = (factor as u128, addend as u128);
    // (2^64 − 1)² + 2^64 − 1 is below 2^128: neither line wraps.
    let low = (limb & HALF).wrapping_mul(factor).wrapping_add(addend);
    let high = (limb >> 64).wrapping_mul(factor).wrapping_add(low >> 64);
    ((high << 64) | (low & HALF), (high >> 64) as u64)
}

/// Writes units of 10^−decimals as `digits[.digits]`: as many digits after the point as the value
/// needs, or as the formatter's precision asks for, but no more than there are.
pub(crate) fn fmt(
    value: U256,
    decimals: u8,
    non_negative: bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    fmt_at_least(value, decimals, 0, non_negative, f)
}

/// Writes units of 10^−decimals as [`fmt`] does, with at least so many digits after the point.
pub(crate) fn fmt_at_least(
    value: U256,
    decimals: u8,
    least: u8,
    non_negative: bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let places = f.precision().unwrap_or(0).max(least.into());
    let mut text = Text::new();
    text.push_number(value, decimals, places)?;
    text.pad(non_negative, f)
}

/// The longest text: 78 digits of 2^256 − 1, a point and a leading zero; a ratio of two u128 takes
/// 79.
const LONGEST: usize = 80;

/// A text that is written from its last byte to its first.
pub(crate) struct Text {
    bytes: [u8; LONGEST],
    start: usize,
}

impl Text {
    pub(crate) fn new() -> Self {
        let (bytes, start) = ([b'0'; LONGEST], LONGEST);
        Self { bytes, start }
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(self.start) {
            *slot = byte;
        }
    }

    /// Writes units of 10^−decimals with at least `places` digits after the point, if there are so
    /// many.
    pub(crate) fn push_number(&mut self, value: U256, decimals: u8, places: usize) -> fmt::Result {
        let (mut rest, mut written, mut has_point) = (value, 0_u8, false);
        while !rest.is_zero() || written <= decimals {
            if written == decimals && has_point {
                self.push(b'.');
            }
            let (quotient, digit) = rest.div_rem(10).map_err(|_| fmt::Error)?;
            // Which digit after the point it is, or 0 before it. A zero is left out until a digit
            // that stays follows it.
            let place = decimals.saturating_sub(written);
            has_point |= place > 0 && (digit != 0 || usize::from(place) <= places);
            if has_point || place == 0 {
                let digit = u8::try_from(digit).map_err(|_| fmt::Error)?;
                self.push(b'0'.wrapping_add(digit));
            }
            rest = quotient;
            written = written.saturating_add(1);
        }
        Ok(())
    }

    /// Writes it as a number, with the formatter's sign, width, fill and alignment.
    pub(crate) fn pad(&self, non_negative: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.bytes.get(self.start..).unwrap_or_default();
        let text = core::str::from_utf8(text).map_err(|_| fmt::Error)?;
        f.pad_integral(non_negative, "", text)
    }
}
