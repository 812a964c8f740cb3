//! Each format reads back what it wrote, and refuses what the constructors refuse.
#![cfg(all(
    feature = "serde",
    feature = "borsh",
    feature = "scale",
    feature = "arbitrary",
    feature = "proptest",
    feature = "rust_decimal"
))]

use std::fmt::Debug;

use parity_scale_codec::{Compact, Decode, DecodeAll, Encode, HasCompact, MaxEncodedLen};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::Serialize;
use tokenomics_fixed_math::{
    strategies, Amount, Decimals, Error, Fraction, ParseError, Quantity, Ratio, Rounding,
    SignedWad, Span, Timestamp, TimestampNanos, Wad, U256,
};

fn bytes<T>(value: T) -> Vec<u8>
where
    T: borsh::BorshSerialize + Encode,
{
    let bytes = borsh::to_vec(&value).unwrap();
    assert_eq!(
        value.encode(),
        bytes,
        "the two formats are the same raw integers"
    );
    assert!(value.size_hint() == bytes.len());
    bytes
}

/// The value of both byte formats, or the error of both.
fn read<T>(bytes: &[u8]) -> Option<T>
where
    T: borsh::BorshDeserialize + Decode + PartialEq + Debug,
{
    let borsh = borsh::from_slice::<T>(bytes).ok();
    assert_eq!(borsh, T::decode_all(&mut &*bytes).ok());
    borsh
}

fn identity<T>(value: T)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug + Copy,
    T: borsh::BorshSerialize + borsh::BorshDeserialize,
    T: Encode + Decode + MaxEncodedLen,
{
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
    let binary = bytes(value);
    assert_eq!(read::<T>(&binary), Some(value));
    assert_eq!(read::<T>(&binary[1..]), None, "one byte short");
    assert_eq!(
        T::encoded_fixed_size().unwrap_or(binary.len()),
        binary.len()
    );
    assert_eq!(T::max_encoded_len(), binary.len());
    let integers = postcard::to_allocvec(&value).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&integers).unwrap(), value);
}

/// A compact value is the compact integer that it holds, and comes back.
macro_rules! compact {
    ($($value:ident: $type:ty = $integer:expr;)+) => {$({
        let bytes = Compact($value).encode();
        assert_eq!(bytes, Compact($integer).encode());
        let read = Compact::<$type>::decode_all(&mut &*bytes).unwrap();
        assert_eq!(<$type>::from(read), $value);
        argument::<$type>();
    })+};
}

/// What FRAME asks of the type of a compact argument.
fn argument<T: HasCompact + From<Compact<T>>>() {}

#[test]
fn a_compact_fraction_is_at_most_1() {
    let read = |raw: u64| Compact::<Fraction>::decode_all(&mut &*Compact(raw).encode());
    assert_eq!(read(Fraction::SCALE).unwrap().0, Fraction::ONE);
    for raw in [Fraction::SCALE + 1, u64::MAX] {
        assert!(read(raw).is_err(), "{raw}");
    }
}

proptest! {
    #[test]
    fn every_format_reads_back_what_it_wrote(
        amount in strategies::amount(),
        timestamp in strategies::timestamp(),
        nanos in strategies::timestamp_nanos(),
        span in strategies::span(),
        fraction in strategies::fraction(),
        wad in strategies::wad(),
        signed in strategies::signed_wad(),
        ratio in strategies::ratio(),
        wide in strategies::u256(),
        rounding in strategies::rounding(),
        decimals in strategies::decimals(),
    ) {
        identity(amount);
        identity(timestamp);
        identity(nanos);
        identity(span);
        identity(fraction);
        identity(wad);
        identity(signed);
        identity(ratio);
        identity(wide);
        identity(rounding);
        identity(decimals);
    }

    #[test]
    fn what_is_compact_is_the_compact_integer(
        amount in strategies::amount(),
        timestamp in strategies::timestamp(),
        nanos in strategies::timestamp_nanos(),
        span in strategies::span(),
        fraction in strategies::fraction(),
        wad in strategies::wad(),
    ) {
        compact! {
            amount: Amount = amount.get();
            timestamp: Timestamp = timestamp.get();
            nanos: TimestampNanos = nanos.get();
            span: Span = span.get();
            fraction: Fraction = fraction.raw();
            wad: Wad = wad.raw();
        }
    }

    #[test]
    fn decimals_are_exact_or_an_error(
        amount in strategies::amount(),
        signed in strategies::signed_wad(),
        fraction in strategies::fraction(),
        decimals in strategies::decimals(),
    ) {
        if let Ok(decimal) = amount.to_decimal(decimals) {
            prop_assert_eq!(decimal.to_string(), amount.display(decimals).to_string());
            prop_assert_eq!(Amount::from_decimal(decimal, decimals), Ok(amount));
        } else {
            // Significant digits that 96 bits or 28 decimals can't hold: the text says the same.
            let text = amount.display(decimals).to_string();
            let exact = Decimal::from_str_exact(&text);
            prop_assert!(exact.is_err(), "{} fits", text);
        }
        if let Ok(decimal) = signed.to_decimal() {
            prop_assert_eq!(decimal.to_string(), signed.to_string());
            prop_assert_eq!(SignedWad::from_decimal(decimal), Ok(signed));
        }
        prop_assert_eq!(Fraction::from_decimal(fraction.to_decimal()), Ok(fraction));
        prop_assert_eq!(fraction.to_decimal().to_string(), fraction.to_string());
        let wad = Wad::from(fraction);
        prop_assert_eq!(Wad::from_decimal(wad.to_decimal().unwrap()), Ok(wad));
    }

    #[test]
    fn any_bytes_make_valid_values_or_none(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        use arbitrary::{Arbitrary, Unstructured};
        let mut source = Unstructured::new(&bytes);
        let fraction = Fraction::arbitrary(&mut source).unwrap();
        prop_assert!(fraction <= Fraction::ONE);
        let ratio = Ratio::arbitrary(&mut source).unwrap();
        prop_assert!(ratio.denominator() != 0);
        prop_assert!(Decimals::arbitrary(&mut source).unwrap().get() <= Decimals::MAX);
        read::<Ratio>(&bytes);
        read::<Fraction>(&bytes);
    }
}

#[test]
fn a_person_reads_decimal_text() {
    fn json<T: Serialize>(value: &T) -> String {
        serde_json::to_string(value).unwrap()
    }
    assert_eq!(
        json(&Amount::MAX),
        "\"340282366920938463463374607431768211455\""
    );
    assert_eq!(json(&Fraction::from_bps(30).unwrap()), "\"0.003\"");
    assert_eq!(json(&"-1.5".parse::<SignedWad>().unwrap()), "\"-1.5\"");
    assert_eq!(json(&Ratio::new(2, 4).unwrap()), "\"2/4\"");
    assert_eq!(json(&Timestamp::new(1_700_000_000)), "\"1700000000\"");
    assert_eq!(json(&Decimals::new(18).unwrap()), "18");
    assert_eq!(json(&Rounding::HalfEven), "\"half_even\"");
}

#[test]
fn a_binary_format_holds_little_endian_integers_of_fixed_width() {
    assert_eq!(bytes(Amount::new(0x0102)), [&[2, 1][..], &[0; 14]].concat());
    assert_eq!(bytes(Span::new(7)), 7_u64.to_le_bytes());
    assert_eq!(bytes(SignedWad::MIN), i128::MIN.to_le_bytes());
    // 2^128 + 2 as one integer of 32 bytes, and the pair of a ratio in the order it is written.
    let (one, two) = (1_u128.to_le_bytes(), 2_u128.to_le_bytes());
    assert_eq!(bytes(U256::new(1, 2)), [two, one].concat());
    assert_eq!(bytes(Ratio::new(1, 2).unwrap()), [one, two].concat());
    for (at, rounding) in Rounding::ALL.into_iter().enumerate() {
        assert_eq!(bytes(rounding), [at as u8]);
    }
}

#[test]
fn no_format_reads_an_invalid_value() {
    let too_much = (Fraction::SCALE + 1).to_le_bytes();
    assert_eq!(read::<Fraction>(&too_much), None);
    assert_eq!(
        read::<Fraction>(&Fraction::SCALE.to_le_bytes()),
        Some(Fraction::ONE)
    );
    assert_eq!(read::<Ratio>(&[0; 32]), None);
    assert_eq!(read::<Decimals>(&[39]), None);
    assert_eq!(read::<Rounding>(&[4]), None);

    let one_too_much = postcard::to_allocvec(&(Fraction::SCALE + 1)).unwrap();
    assert!(postcard::from_bytes::<Fraction>(&one_too_much).is_err());
    let no_denominator = postcard::to_allocvec(&(1_u128, 0_u128)).unwrap();
    assert!(postcard::from_bytes::<Ratio>(&no_denominator).is_err());
    assert!(postcard::from_bytes::<Decimals>(&[39]).is_err());

    let refused = |json: &str| {
        assert!(serde_json::from_str::<Fraction>(json).is_err(), "{json}");
    };
    refused("\"1.000000000000000001\"");
    refused("\"-0.5\"");
    refused("\"0.0000000000000000001\"");
    // 1 could be one, or one unit: a number is written as a text or not at all.
    refused("1");
    refused("0.5");
    refused("null");
    assert!(serde_json::from_str::<Ratio>("\"1/0\"").is_err());
    assert!(serde_json::from_str::<Decimals>("39").is_err());
    let error = serde_json::from_str::<Wad>("\"1e18\"")
        .unwrap_err()
        .to_string();
    assert!(error.contains("byte 1"), "{error}");
}

#[test]
fn a_decimal_that_would_have_to_be_rounded_is_refused() {
    let at = |digits| Decimals::new(digits).unwrap();
    let excess = |found, max| Err(Error::Parse(ParseError::ExcessDigits { found, max }));
    let decimal = |text: &str| Decimal::from_str_exact(text).unwrap();
    assert_eq!(
        Amount::from_decimal(decimal("0.0000015"), at(6)),
        excess(7, 6)
    );
    // Equal to a value that fits, so nothing is rounded.
    assert_eq!(
        Amount::from_decimal(decimal("1.5000000000"), at(1)),
        Ok(Amount::new(15))
    );
    let negative = Err(Error::Parse(ParseError::Negative));
    assert_eq!(Amount::from_decimal(decimal("-1"), at(6)), negative);
    assert_eq!(
        Amount::from_decimal(-Decimal::ZERO, at(6)),
        Ok(Amount::ZERO)
    );
    let above = Amount::from_decimal(Decimal::MAX, at(38));
    assert!(
        matches!(above, Err(Error::Overflow { max: u128::MAX, .. })),
        "{above:?}"
    );

    // 29 digits after the point, and 97 bits of digits.
    let no_room = Amount::new(1).to_decimal(at(29));
    assert_eq!(
        no_room,
        Err(Error::Parse(ParseError::ExcessDigits {
            found: 29,
            max: 28
        }))
    );
    assert_eq!(Amount::new(10).to_decimal(at(29)), Ok(Decimal::new(1, 28)));
    let (fits, max) = ((1_u128 << 96) - 1, (1_u128 << 96) - 1);
    assert_eq!(Amount::new(fits).to_decimal(at(0)), Ok(Decimal::MAX));
    let too_large = Err(Error::Overflow { bits: 97, max });
    assert_eq!(Amount::new(fits + 2).to_decimal(at(0)), too_large);

    assert_eq!(Fraction::from_decimal(decimal("1.000000000000000001")), {
        Err(Error::OutOfRange {
            what: Quantity::Fraction,
            value: 1_000_000_000_000_000_001,
            bound: Wad::SCALE,
        })
    });
    assert!(SignedWad::MIN.to_decimal().is_err());
    assert_eq!(
        SignedWad::from_decimal(decimal("-2.5")),
        "-2.5".parse().map_err(Error::Parse)
    );
}

/// Bytes of zeros and bytes of ones are what a fuzzer tries first.
#[test]
fn arbitrary_makes_the_ends_of_all_zeros_and_of_all_ones() {
    use arbitrary::{Arbitrary, Unstructured};
    fn ends<T: for<'a> Arbitrary<'a>>() -> (T, T) {
        let made = |bytes: [u8; 32]| T::arbitrary(&mut Unstructured::new(&bytes)).unwrap();
        (made([0; 32]), made([u8::MAX; 32]))
    }
    assert_eq!(ends(), (Amount::ZERO, Amount::MAX));
    assert_eq!(ends(), (Timestamp::ZERO, Timestamp::MAX));
    assert_eq!(ends(), (Span::ZERO, Span::MAX));
    assert_eq!(ends(), (Fraction::ZERO, Fraction::ONE));
    assert_eq!(ends(), (Wad::ZERO, Wad::MAX));
    assert_eq!(ends(), (SignedWad::ZERO, SignedWad::from_raw(-1)));
    assert_eq!(ends(), (Ratio::ZERO, Ratio::MAX));
    assert_eq!(ends(), (U256::ZERO, U256::MAX));
}

/// A strategy that never draws an end doesn't test it.
#[test]
fn strategies_draw_both_ends() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    fn draws<T: PartialEq + Debug>(strategy: impl Strategy<Value = T>, ends: &[T]) {
        let mut runner = TestRunner::deterministic();
        let mut draw = || strategy.new_tree(&mut runner).unwrap().current();
        let drawn: Vec<T> = (0..256).map(|_| draw()).collect();
        for end in ends {
            assert!(drawn.contains(end), "{end:?}");
        }
    }
    draws(
        strategies::amount(),
        &[Amount::ZERO, Amount::new(1), Amount::MAX],
    );
    draws(strategies::amount_small(), &[Amount::ZERO, Amount::new(20)]);
    draws(
        strategies::amount_large(),
        &[Amount::MAX, Amount::new(u128::MAX - 1)],
    );
    draws(strategies::timestamp(), &[Timestamp::ZERO, Timestamp::MAX]);
    draws(strategies::span(), &[Span::ZERO, Span::MAX]);
    draws(strategies::fraction(), &[Fraction::ZERO, Fraction::ONE]);
    draws(strategies::wad(), &[Wad::ZERO, Wad::ONE, Wad::MAX]);
    draws(
        strategies::signed_wad(),
        &[SignedWad::MIN, SignedWad::ZERO, SignedWad::MAX],
    );
    let least = Ratio::MAX.recip().unwrap();
    draws(
        strategies::ratio(),
        &[Ratio::ZERO, least, Ratio::ONE, Ratio::MAX],
    );
    let (below, above) = (U256::from(u128::MAX), U256::new(1, 0));
    draws(strategies::u256(), &[U256::ZERO, below, above, U256::MAX]);
    // Ties of either sign, at which the directions part.
    let is_tie = |raw: i128| (raw.unsigned_abs() % Wad::SCALE == Wad::SCALE / 2, raw < 0);
    let ties = strategies::signed_wad().prop_map(move |wad| is_tie(wad.raw()));
    draws(ties, &[(true, true), (true, false)]);
    let tie = strategies::wad().prop_map(|wad| wad.raw() % Wad::SCALE == Wad::SCALE / 2);
    draws(tie, &[true]);
    draws(strategies::rounding(), &Rounding::ALL);
    draws(
        strategies::decimals(),
        &[Decimals::ZERO, Decimals::new(38).unwrap()],
    );
}

#[test]
fn nanoseconds_are_a_text_in_json_and_no_number() {
    let at = TimestampNanos::new(1_571_797_419_879_305_533);
    let text = r#""1571797419879305533""#;
    assert_eq!(serde_json::to_string(&at).unwrap(), text);
    assert_eq!(serde_json::from_str::<TimestampNanos>(text).unwrap(), at);
    for other in [
        "1571797419",
        "1571797419879305533",
        r#""1.5""#,
        r#""-1""#,
        "null",
    ] {
        assert!(
            serde_json::from_str::<TimestampNanos>(other).is_err(),
            "{other}"
        );
    }
}
