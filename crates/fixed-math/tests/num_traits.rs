//! num-traits: what generic code sees through the traits is what the types say themselves.
#![cfg(feature = "num-traits")]

use std::fmt::Debug;

use num_traits::ops::bytes::{FromBytes, ToBytes};
use num_traits::{Bounded, CheckedNeg};
use proptest::prelude::*;
use tokenomics_fixed_math::{Amount, Fraction, Ratio, SignedWad, Span, Timestamp, Wad, U256};

#[test]
fn bounds_are_the_least_and_the_largest_value() {
    fn bounds<T: Bounded>() -> (T, T) {
        (T::min_value(), T::max_value())
    }
    assert_eq!(bounds(), (Amount::ZERO, Amount::MAX));
    assert_eq!(bounds(), (Timestamp::ZERO, Timestamp::MAX));
    assert_eq!(bounds(), (Span::ZERO, Span::MAX));
    assert_eq!(bounds(), (Fraction::ZERO, Fraction::ONE));
    assert_eq!(bounds(), (Wad::ZERO, Wad::MAX));
    assert_eq!(bounds(), (SignedWad::MIN, SignedWad::MAX));
    assert_eq!(bounds(), (U256::ZERO, U256::MAX));
    // Nothing is below 0 or above all integers over 1.
    let (least, most) = bounds::<Ratio>();
    assert_eq!((least, most), (Ratio::ZERO, Ratio::MAX));
    assert!(Ratio::new(u128::MAX, 2).unwrap() < most);
    assert!(Ratio::new(1, u128::MAX).unwrap() > least);
}

fn bytes<T, const N: usize>(value: T, raw: [u8; N])
where
    T: ToBytes<Bytes = [u8; N]> + FromBytes<Bytes = [u8; N]> + PartialEq + Debug + Copy,
{
    let mut reversed = raw;
    reversed.reverse();
    assert_eq!((value.to_le_bytes(), value.to_be_bytes()), (raw, reversed));
    assert_eq!(T::from_le_bytes(&raw), value);
    assert_eq!(T::from_be_bytes(&reversed), value);
}

proptest! {
    #[test]
    fn bytes_are_those_of_the_raw_integer(raw in any::<u128>()) {
        let short = raw as u64;
        bytes(Amount::new(raw), raw.to_le_bytes());
        bytes(Wad::from_raw(raw), raw.to_le_bytes());
        bytes(SignedWad::from_raw(raw as i128), raw.to_le_bytes());
        bytes(Timestamp::new(short), short.to_le_bytes());
        bytes(Span::new(short), short.to_le_bytes());
    }

    #[test]
    fn a_negation_that_does_not_fit_is_none(raw in any::<i128>()) {
        let value = SignedWad::from_raw(raw);
        prop_assert_eq!(CheckedNeg::checked_neg(&value), value.checked_neg().ok());
        prop_assert_eq!(CheckedNeg::checked_neg(&SignedWad::MIN), None);
    }
}
