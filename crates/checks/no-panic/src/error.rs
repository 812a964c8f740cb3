//! The errors.

use tokenomics_fixed_math::{Error, PackedError, ParseError, Quantity};

use crate::abi::{export, ratio, signed, wad, written, Numbers, Outcome};

impl Numbers for Error {
    fn numbers(self) -> Outcome {
        Err::<u128, Self>(self).numbers()
    }
}

impl Numbers for PackedError {
    fn numbers(self) -> Outcome {
        Err::<u128, Self>(self).numbers()
    }
}

export! {
    "ParseError::reason" (kind: u32) => parse_error(kind, 0).reason();

    "PackedError::code" (kind: u32, a: u128, b: u128) => u32::from(packed(kind, a, b).code());
    "PackedError::error" (kind: u32, a: u128, b: u128) => packed(kind, a, b).error();
    "<PackedError as From<Error>>::from" (kind: u32, a: u128, b: u128) =>
        PackedError::from(error(kind, a, b));
    "<Error as From<PackedError>>::from" (kind: u32, a: u128, b: u128) =>
        Error::from(packed(kind, a, b));
    "<PackedError as Debug>::fmt" (kind: u32, a: u128, b: u128) =>
        written(format_args!("{:?}", packed(kind, a, b)));
    "<PackedError as Display>::fmt" (kind: u32, a: u128, b: u128) => written(packed(kind, a, b));

    "longest_variant" (a: u32, b: u32) =>
        tokenomics_fixed_math::longest_variant(&[a as usize, b as usize]) as u64;
}

fn packed(kind: u32, a: u128, b: u128) -> PackedError {
    PackedError::from(error(kind, a, b))
}

/// Any kind of them.
fn error(kind: u32, a: u128, b: u128) -> Error {
    let (bits, terms, what) = (b as u32, b as u64, Quantity::Steepness);
    match kind {
        0 => Error::Overflow { bits, max: a },
        1 => Error::Underflow {
            minuend: a,
            subtrahend: b,
        },
        2 => Error::Wide {
            left_bits: a as u32,
            right_bits: bits,
        },
        3 => Error::SignedOverflow {
            bits,
            bound: a as i128,
        },
        4 => Error::DivisionByZero,
        5 => Error::OutOfRange {
            what,
            value: a,
            bound: b,
        },
        6 => Error::Domain {
            what,
            value: signed(a as i128),
            bound: signed(b as i128),
        },
        7 => Error::Power {
            base: wad(a),
            exponent: signed(b as i128),
        },
        8 => Error::GeometricSum {
            ratio: wad(a),
            terms,
        },
        9 => Error::Growth { units: ratio(a, b) },
        kind => Error::Parse(parse_error(kind.wrapping_sub(10), a)),
    }
}

/// Any kind of them.
fn parse_error(kind: u32, a: u128) -> ParseError {
    let (max, decimals) = (a as u8, kind as u8);
    match kind {
        0 => ParseError::Empty,
        1 => ParseError::Negative,
        2 => ParseError::TooWide,
        3 => ParseError::ExcessDigits {
            found: a as u32,
            max,
        },
        4 => ParseError::TooLarge { max: a, decimals },
        at => ParseError::Unexpected { at },
    }
}
