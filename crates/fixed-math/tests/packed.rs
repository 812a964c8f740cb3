//! An error is packed and unpacked without a loss.

#[path = "draw/number.rs"]
mod number;

use number::{length, number, signed};
use proptest::prelude::*;
use tokenomics_fixed_math::{
    Amount, Error, PackedError, ParseError, Quantity, Ratio, SignedWad, Wad,
};

#[track_caller]
fn round_trip(error: Error) {
    let packed = PackedError::from(error);
    assert_eq!(packed.error(), error);
    assert_eq!(Error::from(packed), error);
    assert_eq!(PackedError::from(packed.error()), packed);
    assert_eq!(packed.to_string(), error.to_string());
    assert_eq!(format!("{packed:?}"), format!("{error:?}"));
}

/// Each variant, no two fields of one alike, and every one of a text.
fn every_kind() -> Vec<Error> {
    let (what, base) = (Quantity::Steepness, Wad::from_raw(u128::MAX - 1));
    let (value, bound) = (SignedWad::from_raw(-7), SignedWad::MAX);
    let units = Ratio::new(u128::MAX, u128::MAX - 1).unwrap();
    let parse = [
        ParseError::Empty,
        ParseError::Unexpected { at: u32::MAX },
        ParseError::ExcessDigits { found: 19, max: 18 },
        ParseError::TooLarge {
            max: u128::MAX - 2,
            decimals: 6,
        },
        ParseError::TooWide,
        ParseError::Negative,
    ];
    let others = [
        Error::Overflow {
            bits: 257,
            max: u128::MAX - 3,
        },
        Error::Underflow {
            minuend: 1 << 64,
            subtrahend: u128::MAX,
        },
        Error::Wide {
            left_bits: 256,
            right_bits: 1,
        },
        Error::SignedOverflow {
            bits: 128,
            bound: i128::MIN,
        },
        Error::DivisionByZero,
        Error::OutOfRange {
            what,
            value: u128::MAX,
            bound: (1 << 64) - 1,
        },
        Error::Domain { what, value, bound },
        Error::Power {
            base,
            exponent: value,
        },
        Error::GeometricSum {
            ratio: base,
            terms: u64::MAX,
        },
        Error::Growth { units },
    ];
    others.into_iter().chain(parse.map(Error::Parse)).collect()
}

#[test]
fn an_error_of_each_kind_comes_back_and_says_the_same() {
    let errors = every_kind();
    for (index, error) in errors.iter().enumerate() {
        round_trip(*error);
        let packed = PackedError::from(*error);
        let alike = |other: &&Error| PackedError::from(**other) == packed;
        assert_eq!(errors.iter().position(|other| alike(&other)), Some(index));
    }
}

/// What it is for: 8 bytes are left for a tag, as no part of it has to begin at one of 16.
#[test]
fn an_enum_of_48_bytes_has_room_for_it() {
    #[derive(Clone, Copy)]
    #[allow(dead_code)]
    enum Host {
        OutOfRange {
            what: Quantity,
            value: u128,
            bound: u128,
        },
        Math(PackedError),
    }
    assert_eq!(
        (size_of::<PackedError>(), align_of::<PackedError>()),
        (40, 8)
    );
    assert_eq!(size_of::<Host>(), 48);
    assert_eq!(size_of::<Result<Amount, Host>>(), 48);
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        Just(Quantity::Fraction),
        Just(Quantity::Decimals),
        Just(Quantity::ExponentOf2),
        Just(Quantity::Steepness),
    ]
}

fn parse_error() -> impl Strategy<Value = ParseError> {
    let offset = || prop_oneof![Just(u32::MAX), any::<u32>()];
    prop_oneof![
        offset().prop_map(|at| ParseError::Unexpected { at }),
        (offset(), any::<u8>()).prop_map(|(found, max)| ParseError::ExcessDigits { found, max }),
        (number(), any::<u8>()).prop_map(|(max, decimals)| ParseError::TooLarge { max, decimals }),
        Just(ParseError::Empty),
        Just(ParseError::TooWide),
        Just(ParseError::Negative),
    ]
}

fn unsigned() -> impl Strategy<Value = Error> {
    prop_oneof![
        (any::<u32>(), number()).prop_map(|(bits, max)| Error::Overflow { bits, max }),
        (number(), number()).prop_map(|(minuend, subtrahend)| Error::Underflow {
            minuend,
            subtrahend,
        }),
        any::<(u32, u32)>().prop_map(|(left_bits, right_bits)| Error::Wide {
            left_bits,
            right_bits,
        }),
        (quantity(), number(), number()).prop_map(|(what, value, bound)| Error::OutOfRange {
            what,
            value,
            bound
        }),
        (number(), number()).prop_filter_map("a denominator of 0", |(n, d)| {
            let units = Ratio::new(n, d).ok()?;
            Some(Error::Growth { units })
        }),
    ]
}

fn of_wads() -> impl Strategy<Value = Error> {
    let wad = || number().prop_map(Wad::from_raw);
    let signed_wad = || signed().prop_map(SignedWad::from_raw);
    prop_oneof![
        (any::<u32>(), signed()).prop_map(|(bits, bound)| Error::SignedOverflow { bits, bound }),
        (quantity(), signed_wad(), signed_wad()).prop_map(|(what, value, bound)| Error::Domain {
            what,
            value,
            bound
        }),
        (wad(), signed_wad()).prop_map(|(base, exponent)| Error::Power { base, exponent }),
        (wad(), length()).prop_map(|(ratio, terms)| Error::GeometricSum { ratio, terms }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 2_000 }))]

    #[test]
    fn any_error_comes_back(
        error in prop_oneof![unsigned(), of_wads(), parse_error().prop_map(Error::Parse)],
    ) {
        round_trip(error);
    }
}
