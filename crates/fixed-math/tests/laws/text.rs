//! Decimal text, in and out.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use tokenomics_fixed_math::{
    Amount, Decimals, Fraction, Ratio, SignedWad, Span, Timestamp, Wad, U256,
};

use super::grammar::units;
use super::{fraction, ratio};

/// `round_trip`: parse ∘ display is the identity, of every type, at any number of decimals, and with
/// any width, precision and fill.
pub(crate) fn round_trip(high: u128, low: u128, decimals: u8) {
    let width = usize::from(decimals) * 2;
    identity(Amount::new(low), width);
    identity(Timestamp::new(low as u64), width);
    identity(Span::new(low as u64), width);
    identity(fraction(low as u64), width);
    identity(Wad::from_raw(low), width);
    identity(SignedWad::from_raw(low as i128), width);
    identity(U256::new(high, low), width);
    let exact = ratio(high, low);
    let again: Ratio = identity(exact, width).parse().unwrap();
    assert_eq!(
        (again.numerator(), again.denominator()),
        (exact.numerator(), exact.denominator()),
    );

    let decimals = Decimals::new(decimals % (Decimals::MAX + 1)).unwrap();
    let amount = Amount::new(low);
    let text = amount.display(decimals).to_string();
    assert_eq!(Amount::parse_decimal(&text, decimals), Ok(amount), "{text}");
    // Canonical: no sign, no leading or trailing zero that isn't needed.
    assert_eq!(
        units(&text, decimals.get().into(), &u128::MAX.to_string()),
        { Some(low.to_string()) }
    );
    assert!(!text.contains('.') || !text.ends_with('0') && !text.ends_with('.'));
    assert!(text == "0" || !text.starts_with('0') || text.starts_with("0."));
}

/// The shortest text, after it has been read back, and so has what a formatter makes of it.
fn identity<T>(value: T, width: usize) -> String
where
    T: FromStr<Err: Debug> + Display + PartialEq + Debug + Copy,
{
    let text = value.to_string();
    let precise = format!("{value:.*}", width / 2);
    let zeros = format!("{value:0width$}");
    for text in [&text, &precise, &zeros] {
        assert_eq!(text.parse::<T>().unwrap(), value, "{text}");
    }
    assert!(precise.starts_with(&text), "{precise} is not {text}");
    assert_eq!(zeros.len(), text.len().max(width));
    // What pads it pads the text, and what is a number is set to the right.
    assert_eq!(format!("{value:width$}"), format!("{text:>width$}"));
    assert_eq!(format!("{value:*^width$}"), format!("{text:*^width$}"));
    let signed = if text.starts_with('-') {
        text.clone()
    } else {
        format!("+{text}")
    };
    assert_eq!(format!("{value:+}"), signed);
    text
}

/// Any text is read as its grammar says or refused, by every type: no panic, no wrap, no rounding.
pub(crate) fn parse(text: &str, decimals: u8) {
    let is = |got: Option<String>, want: Option<String>| assert_eq!(got, want, "{text:?}");
    let plain = |max: &str| units(text, 0, max);
    let wad = |max: &str| units(text, 18, max);
    let max = u128::MAX.to_string();

    is(
        text.parse::<Amount>().ok().map(|got| got.get().to_string()),
        plain(&max),
    );
    let max_u64 = u64::MAX.to_string();
    is(
        text.parse::<Timestamp>()
            .ok()
            .map(|got| got.get().to_string()),
        plain(&max_u64),
    );
    is(
        text.parse::<Span>().ok().map(|got| got.get().to_string()),
        plain(&max_u64),
    );
    is(
        text.parse::<Wad>().ok().map(|got| got.raw().to_string()),
        wad(&max),
    );
    let one = Fraction::SCALE.to_string();
    is(
        text.parse::<Fraction>()
            .ok()
            .map(|got| got.raw().to_string()),
        wad(&one),
    );
    // 2^256 − 1, as every text on 256-bit arithmetic gives it.
    let max_wide = "115792089237316195423570985008687907853\
                    269984665640564039457584007913129639935";
    is(
        text.parse::<U256>().ok().map(|got| got.to_string()),
        plain(max_wide),
    );

    let decimals = Decimals::new(decimals % (Decimals::MAX + 1)).unwrap();
    let got = Amount::parse_decimal(text, decimals).ok();
    let want = units(text, decimals.get().into(), &max);
    is(got.map(|got| got.get().to_string()), want);

    let signed = text.parse::<SignedWad>().ok().map(|got| got.raw());
    let want = match text.strip_prefix('-') {
        Some(digits) => units(digits, 18, &i128::MIN.unsigned_abs().to_string())
            .map(|digits| format!("-{digits}").parse::<i128>().unwrap()),
        None => wad(&i128::MAX.to_string()).map(|digits| digits.parse().unwrap()),
    };
    assert_eq!(signed, want, "{text:?}");

    let got = text.parse::<Ratio>().ok();
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let want = units(numerator, 0, &max)
        .zip(units(denominator, 0, &max))
        .filter(|(_, denominator)| denominator != "0");
    let parts = |ratio: Ratio| {
        (
            ratio.numerator().to_string(),
            ratio.denominator().to_string(),
        )
    };
    assert_eq!(got.map(parts), want, "{text:?}");
}
