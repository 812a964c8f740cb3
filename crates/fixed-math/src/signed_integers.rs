//! Conversions to and from signed integers of 128 bits, in which some chains count amounts.

use crate::{Amount, Error, Quantity, U256};

/// Converts a signed integer that isn't below 0.
fn unsigned(signed: i128) -> Result<u128, Error> {
    u128::try_from(signed).map_err(|_| Error::Underflow {
        minuend: 0,
        subtrahend: signed.unsigned_abs(),
    })
}

/// Converts a number of base units, as Soroban's tokens count them.
///
/// # Errors
/// [`Error::Underflow`] below 0.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Error};
///
/// assert_eq!(Amount::try_from(250_i128)?, Amount::new(250));
/// let refused = Error::Underflow { minuend: 0, subtrahend: 1 };
/// assert_eq!(Amount::try_from(-1_i128), Err(refused));
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
impl TryFrom<i128> for Amount {
    type Error = Error;

    fn try_from(units: i128) -> Result<Self, Error> {
        unsigned(units).map(Self::new)
    }
}

/// Returns the number of base units.
///
/// # Errors
/// [`Error::OutOfRange`] above `i128::MAX`.
///
/// ```
/// use tokenomics_fixed_math::Amount;
///
/// assert_eq!(i128::try_from(Amount::new(250))?, 250);
/// assert!(i128::try_from(Amount::MAX).is_err());
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
impl TryFrom<Amount> for i128 {
    type Error = Error;

    fn try_from(amount: Amount) -> Result<Self, Error> {
        Self::try_from(amount.get()).map_err(|_| Error::OutOfRange {
            what: Quantity::SignedInteger,
            value: amount.get(),
            bound: Self::MAX.unsigned_abs(),
        })
    }
}

/// Converts a signed integer.
///
/// # Errors
/// [`Error::Underflow`] below 0.
///
/// ```
/// use tokenomics_fixed_math::U256;
///
/// assert_eq!(U256::try_from(i128::MAX)?, U256::new(0, u128::MAX >> 1));
/// assert!(U256::try_from(i128::MIN).is_err());
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
impl TryFrom<i128> for U256 {
    type Error = Error;

    fn try_from(integer: i128) -> Result<Self, Error> {
        unsigned(integer).map(Self::from)
    }
}

/// Returns the integer.
///
/// # Errors
/// [`Error::OutOfRange`] above `i128::MAX`, and [`Error::Overflow`] above `u128::MAX`.
///
/// ```
/// use tokenomics_fixed_math::U256;
///
/// assert_eq!(i128::try_from(U256::from(7))?, 7);
/// assert!(i128::try_from(U256::new(1, 0)).is_err());
/// # Ok::<(), tokenomics_fixed_math::Error>(())
/// ```
impl TryFrom<U256> for i128 {
    type Error = Error;

    fn try_from(integer: U256) -> Result<Self, Error> {
        Amount::new(integer.to_u128()?).try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_sign_and_fits_comes_back() {
        for signed in [0, 1, 20, i128::MAX - 1, i128::MAX] {
            let amount = Amount::try_from(signed).unwrap();
            assert_eq!(amount.get(), signed.unsigned_abs());
            assert_eq!(i128::try_from(amount), Ok(signed));
            let wide = U256::try_from(signed).unwrap();
            assert_eq!(wide, U256::from(amount.get()));
            assert_eq!(i128::try_from(wide), Ok(signed));
        }
    }

    #[test]
    fn what_is_negative_is_named() {
        for signed in [-1, -20, i128::MIN + 1, i128::MIN] {
            let refused = Error::Underflow {
                minuend: 0,
                subtrahend: signed.unsigned_abs(),
            };
            assert_eq!(Amount::try_from(signed), Err(refused));
            assert_eq!(U256::try_from(signed), Err(refused));
        }
    }

    #[test]
    fn what_has_more_than_127_bits_is_named() {
        let bound = i128::MAX.unsigned_abs();
        for value in [bound + 1, u128::MAX] {
            let refused = Error::OutOfRange {
                what: Quantity::SignedInteger,
                value,
                bound,
            };
            assert_eq!(i128::try_from(Amount::new(value)), Err(refused));
            assert_eq!(i128::try_from(U256::from(value)), Err(refused));
        }
        let wide = i128::try_from(U256::new(1, 0));
        let max = u128::MAX;
        assert_eq!(wide, Err(Error::Overflow { bits: 129, max }));
    }
}
