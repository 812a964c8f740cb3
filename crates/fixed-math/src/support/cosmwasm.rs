//! Support of cosmwasm-std 3: conversions of its numbers, exact or an error that names the value. Never a
//! rounding.

use cosmwasm_std::{Decimal, Decimal256, Int128, SignedDecimal, Uint128, Uint256};

use crate::{Amount, Error, Fraction, SignedWad, TimestampNanos, Wad, U256};

/// `from => to: value => conversion`, exact for every value.
macro_rules! exact {
    ($($from:ty => $to:ty: $value:ident => $converted:expr;)+) => {$(
        impl From<$from> for $to {
            fn from($value: $from) -> Self {
                $converted
            }
        }
    )+};
}

exact! {
    Uint128 => Amount: units => Self::new(units.u128());
    Amount => Uint128: amount => Self::new(amount.get());
    Amount => Uint256: amount => Self::new(amount.get());
    Uint128 => U256: integer => Self::from(integer.u128());
    Uint256 => U256: integer => halves(integer);
    U256 => Uint256: wide => Self::from_be_bytes(bytes(wide));
    Decimal => Wad: decimal => Self::from_raw(decimal.atomics().u128());
    Wad => Decimal: wad => Self::new(Uint128::new(wad.raw()));
    Wad => Decimal256: wad => Self::new(Uint256::new(wad.raw()));
    Fraction => Decimal: fraction => Wad::from(fraction).into();
    Fraction => Decimal256: fraction => Wad::from(fraction).into();
    SignedDecimal => SignedWad: decimal => Self::from_raw(decimal.atomics().i128());
    SignedWad => SignedDecimal: wad => Self::new(Int128::new(wad.raw()));
    cosmwasm_std::Timestamp => TimestampNanos: at => Self::new(at.nanos());
    TimestampNanos => cosmwasm_std::Timestamp: at => Self::from_nanos(at.get());
}

/// `from => to: value => conversion`, exact or the error.
macro_rules! exact_or_error {
    ($($(#[$errors:meta])* $from:ty => $to:ty: $value:ident => $converted:expr;)+) => {$(
        /// # Errors
        $(#[$errors])*
        impl TryFrom<$from> for $to {
            type Error = Error;

            fn try_from($value: $from) -> Result<Self, Error> {
                $converted
            }
        }
    )+};
}

exact_or_error! {
    /// [`Error::Overflow`] above [`Amount::MAX`].
    Uint256 => Amount: units => halves(units).to_u128().map(Self::new);
    /// [`Error::Overflow`] above `u128::MAX`.
    U256 => Uint128: wide => wide.to_u128().map(Self::new);
    /// [`Error::Overflow`] above [`Wad::MAX`].
    Decimal256 => Wad: decimal => halves(decimal.atomics()).to_u128().map(Self::from_raw);
    /// [`Error::OutOfRange`] above 1.
    Decimal => Fraction: decimal => Wad::from(decimal).try_into();
    /// [`Error::OutOfRange`] above 1, and [`Error::Overflow`] above [`Wad::MAX`].
    Decimal256 => Fraction: decimal => Wad::try_from(decimal)?.try_into();
}

fn halves(integer: Uint256) -> U256 {
    let [high, low] = two(integer.to_be_bytes());
    U256::new(u128::from_be_bytes(high), u128::from_be_bytes(low))
}

fn bytes(wide: U256) -> [u8; 32] {
    let (high, low) = (wide.high().to_be_bytes(), wide.low().to_be_bytes());
    let mut all = [0; 32];
    let both = high.into_iter().chain(low);
    all.iter_mut()
        .zip(both)
        .for_each(|(byte, from)| *byte = from);
    all
}

/// Returns the two halves.
fn two(bytes: [u8; 32]) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    let all = halves.iter_mut().flatten();
    all.zip(bytes).for_each(|(byte, from)| *byte = from);
    halves
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::Quantity;

    const UNSIGNED: [u128; 7] = [0, 1, 20, 1 << 64, Wad::SCALE, u128::MAX - 1, u128::MAX];

    #[test]
    fn numbers_of_128_bits_are_the_same_there() {
        for raw in UNSIGNED {
            let amount = Amount::new(raw);
            assert_eq!(Uint128::from(amount).to_string(), amount.to_string());
            assert_eq!(Amount::from(Uint128::new(raw)), amount);
            assert_eq!(Amount::try_from(Uint256::from(amount)), Ok(amount));
            let wad = Wad::from_raw(raw);
            assert_eq!(Decimal::from(wad).to_string(), wad.to_string());
            assert_eq!(Wad::from(Decimal::from(wad)), wad);
            assert_eq!(Decimal256::from(wad).to_string(), wad.to_string());
            assert_eq!(Wad::try_from(Decimal256::from(wad)), Ok(wad));
            assert_eq!(U256::from(Uint128::new(raw)), U256::from(raw));
        }
        for raw in [i128::MIN, -1, 0, 1, i128::MAX] {
            let wad = SignedWad::from_raw(raw);
            let there = SignedDecimal::from(wad);
            assert_eq!(there.atomics(), Int128::new(raw));
            assert_eq!(SignedWad::from(there), wad);
        }
    }

    #[test]
    fn numbers_of_256_bits_are_the_same_there() {
        for high in UNSIGNED {
            for low in UNSIGNED {
                let wide = U256::new(high, low);
                let there = Uint256::from(wide);
                assert_eq!(there.to_string(), wide.to_string());
                assert_eq!(U256::from(there), wide);
                let refused = Error::Overflow {
                    bits: wide.bits(),
                    max: u128::MAX,
                };
                let fits = (high == 0).then_some(low).ok_or(refused);
                assert_eq!(Amount::try_from(there), fits.map(Amount::new));
                assert_eq!(Uint128::try_from(wide), fits.map(Uint128::new));
                let decimal = Decimal256::new(there);
                assert_eq!(Wad::try_from(decimal), fits.map(Wad::from_raw));
            }
        }
    }

    #[test]
    fn a_decimal_above_1_is_no_fraction() {
        for raw in [0, 1, Fraction::SCALE - 1, Fraction::SCALE] {
            let fraction = Fraction::from_raw(raw).unwrap();
            assert_eq!(Decimal::from(fraction).to_string(), fraction.to_string());
            assert_eq!(Fraction::try_from(Decimal::from(fraction)), Ok(fraction));
            let wide = Decimal256::from(fraction);
            assert_eq!(Fraction::try_from(wide), Ok(fraction));
        }
        let value = Wad::SCALE + 1;
        let refused = Error::OutOfRange {
            what: Quantity::Fraction,
            value,
            bound: Wad::SCALE,
        };
        assert_eq!(
            Fraction::try_from(Decimal::new(Uint128::new(value))),
            Err(refused)
        );
        assert_eq!(
            Fraction::try_from(Decimal256::new(Uint256::new(value))),
            Err(refused)
        );
        assert!(Fraction::try_from(Decimal::MAX).is_err());
        assert!(Fraction::try_from(Decimal256::MAX).is_err());
    }

    #[test]
    fn a_time_of_a_block_is_of_nanoseconds() {
        let block = cosmwasm_std::Timestamp::from_nanos(1_571_797_419_879_305_533);
        let here = TimestampNanos::from(block);
        assert_eq!(here.get(), block.nanos());
        assert_eq!(cosmwasm_std::Timestamp::from(here), block);
        let text = serde_json::to_string(&here).unwrap();
        assert_eq!(text, serde_json::to_string(&block).unwrap());
    }
}
