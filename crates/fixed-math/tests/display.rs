//! Whole tokens in and out: exact, but where a rounding is named.

use proptest::prelude::*;
use tokenomics_fixed_math::{
    amount, fraction, mul_div, Amount, Decimals, Error, Fraction, Quantity, Rounding, Wad,
};

fn decimals(digits: u8) -> Decimals {
    Decimals::new(digits).unwrap()
}

#[test]
fn a_rounded_display_has_exactly_as_many_digits_as_asked_for() {
    let show = |amount: Amount, of: u8, places: u8, rounding| {
        let shown = amount.display_rounded(decimals(of), decimals(places), rounding);
        shown.to_string()
    };
    let half_a_cent = amount!("0.125", 6);
    assert_eq!(show(half_a_cent, 6, 2, Rounding::Floor), "0.12");
    assert_eq!(show(half_a_cent, 6, 2, Rounding::Ceil), "0.13");
    assert_eq!(show(half_a_cent, 6, 2, Rounding::HalfEven), "0.12");
    assert_eq!(show(half_a_cent, 6, 2, Rounding::HalfUp), "0.13");
    assert_eq!(show(half_a_cent, 6, 0, Rounding::Ceil), "1");
    assert_eq!(show(half_a_cent, 6, 8, Rounding::Ceil), "0.12500000");
    assert_eq!(
        show(amount!("999.995", 6), 6, 2, Rounding::HalfUp),
        "1000.00"
    );
    assert_eq!(show(Amount::ZERO, 18, 2, Rounding::Ceil), "0.00");
    assert_eq!(show(Amount::new(1), 38, 0, Rounding::Ceil), "1");
    // Past the largest amount, which is a number to read and no amount.
    assert_eq!(
        show(Amount::MAX, 1, 0, Rounding::Ceil),
        "34028236692093846346337460743176821146"
    );
    assert_eq!(
        show(Amount::MAX, 0, 38, Rounding::Floor),
        format!("{}.{}", u128::MAX, "0".repeat(38))
    );
}

#[test]
fn a_width_and_a_precision_hold_for_whole_tokens() {
    let (usdc, cents) = (decimals(6), decimals(2));
    let exact = amount!("12.5", 6).display(usdc);
    assert_eq!(format!("{exact:>12}|"), "        12.5|");
    assert_eq!(format!("{exact:<12}|"), "12.5        |");
    assert_eq!(format!("{exact:*^12}|"), "****12.5****|");
    assert_eq!(format!("{exact:012.2}|"), "000000012.50|");
    let rounded = amount!("12.345678", 6).display_rounded(usdc, cents, Rounding::Floor);
    assert_eq!(format!("{rounded:>8}|"), "   12.34|");
    // A precision neither takes a digit nor brings back one that was cut off.
    assert_eq!(format!("{rounded:.0} {rounded:.5}"), "12.34 12.34");
    assert_eq!(format!("{:>8.2}|", fraction!("0.5")), "    0.50|");
}

#[test]
fn whole_tokens_are_exact_or_an_error() {
    assert_eq!(Amount::from_tokens(0, decimals(38)), Ok(Amount::ZERO));
    assert_eq!(
        Amount::from_tokens(u128::MAX, Decimals::ZERO),
        Ok(Amount::MAX)
    );
    assert_eq!(Amount::from_tokens(3, decimals(38)), Ok(amount!("3", 38)));
    let above = Amount::from_tokens(4, decimals(38));
    let (what, value, bound) = (Quantity::Tokens, 4, 3);
    assert_eq!(above, Err(Error::OutOfRange { what, value, bound }));
    assert_eq!(
        above.unwrap_err().to_string(),
        "a number of whole tokens is 4, above 3"
    );
    const SUPPLY: Result<Amount, Error> = match Decimals::new(8) {
        Ok(decimals) => Amount::from_tokens(21_000_000, decimals),
        Err(error) => Err(error),
    };
    assert_eq!(SUPPLY, Ok(amount!("21_000_000", 8)));
}

#[test]
fn a_fraction_is_rounded_to_at_most_one() {
    let almost = fraction!("0.999999999999999999");
    assert_eq!(almost.round_to(decimals(2), Rounding::Ceil), Fraction::ONE);
    assert_eq!(
        almost.round_to(decimals(2), Rounding::Floor),
        fraction!("0.99")
    );
    assert_eq!(almost.round_to(decimals(38), Rounding::Floor), almost);
    assert_eq!(
        fraction!("0.5").round_to(Decimals::ZERO, Rounding::HalfEven),
        Fraction::ZERO
    );
    assert_eq!(
        fraction!("0.5").round_to(Decimals::ZERO, Rounding::HalfUp),
        Fraction::ONE
    );
}

proptest! {
    #[test]
    fn a_rounded_display_is_the_exact_quotient_rounded_once(
        (units, shift) in (any::<u128>(), 0..128_u32),
        of in 0..=38_u8,
        places in 0..=38_u8,
    ) {
        let amount = Amount::new(units >> shift);
        for rounding in Rounding::ALL {
            let shown = amount.display_rounded(decimals(of), decimals(places), rounding);
            let text = shown.to_string();
            let digits = text.split_once('.').map_or(0, |(_, after)| after.len());
            prop_assert_eq!(digits, usize::from(places));
            if places <= of {
                let cut = 10_u128.pow((of - places).into());
                let want = mul_div(amount.get(), 1, cut, rounding).map(Amount::new);
                prop_assert_eq!(Amount::parse_decimal(&text, decimals(places)), Ok(want?));
            } else {
                let exact = format!("{:.38}", amount.display(decimals(of)));
                let exact = if of == 0 { format!("{exact}.") } else { exact };
                let zeros = "0".repeat((places - of).into());
                prop_assert_eq!(text, exact + &zeros);
            }
        }
    }

    #[test]
    fn whole_tokens_are_what_is_parsed(tokens in any::<u128>(), shift in 0..128_u32, of in 0..=38_u8) {
        let tokens = tokens >> shift;
        let parsed = Amount::parse_decimal(&tokens.to_string(), decimals(of));
        prop_assert_eq!(Amount::from_tokens(tokens, decimals(of)).ok(), parsed.ok());
    }

    #[test]
    fn a_fraction_is_rounded_as_the_number_it_is(
        raw in 0..=Fraction::SCALE,
        places in 0..=38_u8,
    ) {
        let fraction = Fraction::from_raw(raw)?;
        for rounding in Rounding::ALL {
            let rounded = fraction.round_to(decimals(places), rounding);
            let wide = Wad::from(fraction).round_to(decimals(places), rounding);
            prop_assert_eq!(Ok(Wad::from(rounded)), wide);
        }
    }
}
