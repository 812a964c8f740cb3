//! The codecs: what is read in passes the same checks as `new`.

use tokenomics_fixed_math::{Amount, Fraction, Wad};

use crate::{Debt, Error, Haircut};

/// A haircut as it is written, unchecked.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Haircut", deny_unknown_fields)
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshDeserialize))]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::Decode))]
pub(crate) struct RawHaircut {
    initial: Fraction,
    maintenance: Fraction,
}

/// A debt as it is written, its price unchecked.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Debt", deny_unknown_fields)
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshDeserialize))]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::Decode))]
pub(crate) struct RawDebt {
    amount: Amount,
    price: Wad,
    add_on: Haircut,
}

impl TryFrom<RawHaircut> for Haircut {
    type Error = Error;

    fn try_from(raw: RawHaircut) -> Result<Self, Error> {
        Self::new(raw.initial, raw.maintenance)
    }
}

impl TryFrom<RawDebt> for Debt {
    type Error = Error;

    fn try_from(raw: RawDebt) -> Result<Self, Error> {
        Self::new(raw.amount, raw.price, raw.add_on)
    }
}

#[cfg(feature = "serde")]
mod with_serde {
    use super::{RawDebt, RawHaircut};
    use crate::{Debt, Haircut, Margin};

    impl From<Haircut> for RawHaircut {
        fn from(haircut: Haircut) -> Self {
            Self {
                initial: haircut.fraction(Margin::Initial),
                maintenance: haircut.fraction(Margin::Maintenance),
            }
        }
    }

    impl From<Debt> for RawDebt {
        fn from(debt: Debt) -> Self {
            Self {
                amount: debt.amount(),
                price: debt.price(),
                add_on: debt.add_on(),
            }
        }
    }
}

/// Returns the text that the binary formats give for a refused value: their errors hold a message
/// that is known at compile time, not a format.
#[cfg(any(feature = "borsh", feature = "scale"))]
fn message(error: Error) -> &'static str {
    match error {
        Error::InitialBelowMaintenance { .. } => "an initial haircut below the maintenance haircut",
        Error::UnpricedDebt { .. } => "a debt with the price 0",
        _ => "a value outside of its range",
    }
}

#[cfg(feature = "borsh")]
mod with_borsh {
    use borsh::io::{Error, ErrorKind, Read, Result};
    use borsh::BorshDeserialize;

    use super::{message, RawDebt, RawHaircut};
    use crate::{Debt, Haircut};

    fn invalid(error: crate::Error) -> Error {
        Error::new(ErrorKind::InvalidData, message(error))
    }

    impl BorshDeserialize for Haircut {
        fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
            RawHaircut::deserialize_reader(reader)?
                .try_into()
                .map_err(invalid)
        }
    }

    impl BorshDeserialize for Debt {
        fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
            RawDebt::deserialize_reader(reader)?
                .try_into()
                .map_err(invalid)
        }
    }
}

#[cfg(feature = "scale")]
mod with_scale {
    use parity_scale_codec::{Decode, DecodeWithMemTracking, Error, Input};

    use super::{message, RawDebt, RawHaircut};
    use crate::{Debt, Haircut};

    impl Decode for Haircut {
        fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
            let raw = RawHaircut::decode(input)?;
            raw.try_into().map_err(|error| message(error).into())
        }
    }

    impl Decode for Debt {
        fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
            let raw = RawDebt::decode(input)?;
            raw.try_into().map_err(|error| message(error).into())
        }
    }

    impl DecodeWithMemTracking for Haircut {}
    impl DecodeWithMemTracking for Debt {}
}

#[cfg(feature = "arbitrary")]
mod with_arbitrary {
    use arbitrary::{Arbitrary, Error, Result, Unstructured};
    use tokenomics_fixed_math::{Fraction, Wad};

    use crate::{Debt, Haircut, Holding, Margin};

    impl<'a> Arbitrary<'a> for Margin {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            bytes.choose(&Self::ALL).copied()
        }
    }

    impl<'a> Arbitrary<'a> for Haircut {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (a, b) = <(Fraction, Fraction)>::arbitrary(bytes)?;
            Self::new(a.max(b), a.min(b)).map_err(|_| Error::IncorrectFormat)
        }
    }

    impl<'a> Arbitrary<'a> for Holding {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (amount, price, haircut) = Arbitrary::arbitrary(bytes)?;
            Ok(Self::new(amount, price, haircut))
        }
    }

    impl<'a> Arbitrary<'a> for Debt {
        fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
            let (amount, add_on) = Arbitrary::arbitrary(bytes)?;
            let price = Wad::from_raw(bytes.int_in_range(1..=u128::MAX)?);
            Self::new(amount, price, add_on).map_err(|_| Error::IncorrectFormat)
        }
    }
}
