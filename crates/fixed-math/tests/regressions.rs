//! Faults that have cost money or a release elsewhere, each as a test that fails where it is made
//! again.

use tokenomics_fixed_math::{
    mul_div, Amount, Decimals, Error, Fraction, ParseError, Ratio, Rounding, SignedWad, Wad, U256,
};

/// The limb of 256 bits above which a shift by 64 loses bits.
const TWO_TO_THE_192: U256 = U256::new(1 << 64, 0);

/// Cetus, May 2025, $223M: `checked_shlw` compared with a mask 0xffffffffffffffff << 192 by `>`, so
/// that everything from 2^192 up to the mask was shifted out of the word in silence.
#[test]
fn a_shift_that_the_first_cetus_mask_let_through_is_refused() {
    let mask = U256::new(u128::MAX << 64, 0);
    let one_under_the_mask = mask.checked_sub(U256::ONE).unwrap();
    for value in [
        mask,
        one_under_the_mask,
        TWO_TO_THE_192.checked_add(U256::ONE).unwrap(),
    ] {
        assert!(value <= mask, "the mask passes it");
        let error = Error::Wide {
            left_bits: value.bits(),
            right_bits: 64,
        };
        assert_eq!(value.checked_shl(64), Err(error));
    }
}

/// The first fix compared with 1 << 192 by `>`, which still let 2^192 itself through.
#[test]
fn a_shift_that_the_second_cetus_mask_let_through_is_refused() {
    assert!(TWO_TO_THE_192.checked_shl(64).is_err());
    let last_that_fits = TWO_TO_THE_192.checked_sub(U256::ONE).unwrap();
    let shifted = last_that_fits.checked_shl(64).unwrap();
    assert_eq!(shifted.shr_floor(64), last_that_fits);
    assert_eq!(shifted, U256::new(u128::MAX, u128::MAX << 64));
}

/// sp-arithmetic: `FixedU128::from_str("1")` is 1e-18.
#[test]
fn the_text_1_is_one_and_not_one_unit() {
    assert_eq!("1".parse(), Ok(Wad::ONE));
    assert_eq!("1".parse(), Ok(SignedWad::ONE));
    assert_eq!("-1".parse::<SignedWad>().unwrap().raw(), -SignedWad::SCALE);
    assert_eq!("1".parse(), Ok(Fraction::ONE));
    assert_eq!("0.000000000000000001".parse(), Ok(Wad::from_raw(1)));
}

/// sp-arithmetic: a text above the maximum wraps round to a small number.
#[test]
fn a_text_above_the_maximum_is_an_error_and_does_not_wrap() {
    let too_large = |max: u128, decimals| ParseError::TooLarge { max, decimals };
    let one_more = "340282366920938463463374607431768211456";
    assert_eq!(one_more.parse::<Amount>(), Err(too_large(u128::MAX, 0)));
    let one_more = "340282366920938463463.374607431768211456";
    assert_eq!(one_more.parse::<Wad>(), Err(too_large(u128::MAX, 18)));
    // 2^128 + 1 whole tokens of 18 decimals, which a 128-bit accumulator would read as 1.
    let wraps_to_one = "340282366920938463463374607431768211457";
    assert_eq!(wraps_to_one.parse::<Wad>(), Err(too_large(u128::MAX, 18)));
    // 2^256 + 1, the same for a 256-bit one.
    let wide = "115792089237316195423570985008687907853269984665640564039457584007913129639937";
    assert_eq!(wide.parse::<U256>(), Err(ParseError::TooWide));
    assert_eq!(wide.parse::<Amount>(), Err(too_large(u128::MAX, 0)));
    assert_eq!(
        "1.000000000000000001".parse::<Fraction>(),
        Err(too_large(Fraction::SCALE.into(), 18)),
    );
    let limit = |magnitude: u128| Err(too_large(magnitude, 18));
    assert_eq!(
        "170141183460469231731.687303715884105728".parse::<SignedWad>(),
        { limit((1 << 127) - 1) }
    );
    assert_eq!(
        "-170141183460469231731.687303715884105728".parse(),
        Ok(SignedWad::MIN)
    );
    assert_eq!(
        "-170141183460469231731.687303715884105729".parse::<SignedWad>(),
        limit(1 << 127)
    );
}

/// Parsers that drop the digits they can't keep make 0.0000015 of a 6-decimals token 0.000001.
#[test]
fn digits_that_do_not_fit_are_an_error_even_where_they_are_zeros() {
    let usdc = Decimals::new(6).unwrap();
    let excess = |found, max| Some(ParseError::ExcessDigits { found, max });
    assert_eq!(Amount::parse_decimal("0.0000015", usdc).err(), excess(7, 6));
    assert_eq!(Amount::parse_decimal("1.0000000", usdc).err(), excess(7, 6));
    assert_eq!("1.0".parse::<Amount>().err(), excess(1, 0));
    assert_eq!("0.0000000000000000001".parse::<Wad>().err(), excess(19, 18));
}

#[test]
fn a_stray_character_is_named_by_its_place() {
    let at = |at| Err(ParseError::Unexpected { at });
    let wad = |text: &str| text.parse::<Wad>();
    assert_eq!(wad(""), Err(ParseError::Empty));
    assert_eq!(wad("1,5"), at(1));
    assert_eq!(wad("1e18"), at(1));
    assert_eq!(wad("+1"), at(0));
    assert_eq!(wad(" 1"), at(0));
    assert_eq!(wad("1."), at(1));
    assert_eq!(wad(".5"), at(0));
    assert_eq!(wad("1.2.3"), at(3));
    assert_eq!(wad("1__0"), at(2));
    assert_eq!(wad("1_"), at(1));
    assert_eq!(wad("_1"), at(0));
    assert_eq!(wad("1_.0"), at(2));
    assert_eq!(wad("1._5"), at(2));
    assert_eq!(wad("1.5_"), at(3));
    assert_eq!(wad("1.5__5"), at(4));
    assert_eq!(wad("."), at(0));
    assert_eq!(wad("_"), at(0));
    assert_eq!(wad("1\n"), at(1));
    assert_eq!(wad("1\0"), at(1));
    assert_eq!(wad("0x1"), at(1));
    assert_eq!(wad("1\u{a0}000"), at(1));
    // Digits, a minus and a point of other scripts: none of them is a byte of the grammar.
    assert_eq!(wad("\u{661}\u{662}"), at(0));
    assert_eq!(wad("1\u{ff11}"), at(1));
    assert_eq!(wad("\u{2212}1"), at(0));
    assert_eq!(wad("1\u{66b}5"), at(1));
    assert_eq!(wad("-"), at(0));
    assert_eq!(wad("-1"), Err(ParseError::Negative));
    assert_eq!(wad("-0"), Err(ParseError::Negative));
    assert_eq!(wad("1-"), at(1));
    let signed = |text: &str| text.parse::<SignedWad>().map(SignedWad::raw);
    assert_eq!(signed("--1"), Err(ParseError::Unexpected { at: 1 }));
    assert_eq!(signed("-1,0"), Err(ParseError::Unexpected { at: 2 }));
    assert_eq!(signed("-_1"), Err(ParseError::Unexpected { at: 1 }));
    assert_eq!(signed("-"), Err(ParseError::Empty));
    assert_eq!(signed("-0"), Ok(0));
    let ratio = |text: &str| text.parse::<Ratio>();
    let at = |at| Err(Error::Parse(ParseError::Unexpected { at }));
    assert_eq!(ratio("12/3x"), at(4));
    assert_eq!(ratio("1/2/3"), at(3));
    assert_eq!(ratio("1/-2"), at(2));
    assert_eq!(ratio("1 /2"), at(1));
    assert_eq!(ratio("1/"), Err(Error::Parse(ParseError::Empty)));
    assert_eq!(ratio("/1"), Err(Error::Parse(ParseError::Empty)));
    assert_eq!(ratio("-1/2"), Err(Error::Parse(ParseError::Negative)));
    assert_eq!(ratio("1/0"), Err(Error::DivisionByZero));
}

#[test]
fn a_long_text_is_read_to_its_end_and_its_first_fault_is_the_one_that_is_named() {
    let length = if cfg!(miri) { 100 } else { 100_000 };
    let zeros = "0".repeat(length);
    assert_eq!(format!("{zeros}1").parse(), Ok(Wad::ONE));
    let found = u32::try_from(length).unwrap();
    let excess = Err(ParseError::ExcessDigits { found, max: 18 });
    assert_eq!(format!("1.{zeros}").parse::<Wad>(), excess);
    // Too large and too many digits and a stray one: the grammar comes first, the size last.
    let nines = "9".repeat(length);
    let at = 2 * found + 1;
    let stray = Err(ParseError::Unexpected { at });
    assert_eq!(format!("{nines}.{nines}x").parse::<Wad>(), stray);
    assert_eq!(format!("{nines}.{nines}").parse::<Wad>(), excess);
    let too_large = nines.parse::<Wad>();
    assert!(matches!(too_large, Err(ParseError::TooLarge { .. })));
    let separated = format!("1{}", "_0".repeat(20));
    assert_eq!(
        separated.parse(),
        Ok(Wad::from_integer(10_u128.pow(20)).unwrap())
    );
}

/// rust_decimal and the floats round where a precision is given, each in its own direction.
#[test]
fn a_precision_adds_zeros_and_never_takes_a_digit() {
    let show = |text: &str| format!("{:.2}", text.parse::<SignedWad>().unwrap());
    assert_eq!(show("0"), "0.00");
    assert_eq!(show("1.5"), "1.50");
    assert_eq!(show("-1.5"), "-1.50");
    assert_eq!(show("0.999"), "0.999");
    assert_eq!(show("0.005"), "0.005");
    assert_eq!(show("100"), "100.00");
    // No more digits than there are, so that what is shown can be read.
    assert_eq!(format!("{:.40}", Wad::ONE), "1.000000000000000000");
    assert_eq!(format!("{:.2}", Amount::new(100)), "100");
    let cents = Amount::new(1_250).display(Decimals::new(2).unwrap());
    assert_eq!(
        format!("{cents:.1} {cents:.2} {cents:.3}"),
        "12.5 12.50 12.50"
    );
    assert_eq!(format!("{:.1}", Ratio::new(12, 34).unwrap()), "12/34");
}

#[test]
fn a_width_pads_every_number_and_the_sign_comes_first() {
    let minus: SignedWad = "-1.5".parse().unwrap();
    assert_eq!(
        format!("{minus:>8}|{minus:<8}|{minus:^8}|"),
        "    -1.5|-1.5    |  -1.5  |"
    );
    assert_eq!(format!("{minus:08.2}"), "-0001.50");
    assert_eq!(format!("{:+}", Wad::ONE), "+1");
    assert_eq!(format!("{:>6}", Ratio::new(1, 2).unwrap()), "   1/2");
    assert_eq!(format!("{:_>6}", Amount::new(12)), "____12");
    let largest = Ratio::new(u128::MAX, u128::MAX).unwrap().to_string();
    assert_eq!(largest, format!("{0}/{0}", u128::MAX));
}

/// spl-math's PreciseNumber adds half of ONE before it divides, whatever the divisor: 1 ulp ÷ 1 ulp
/// is then 1.5 in brine-fp, and 2 ulp ÷ 2 ulp is 1.25. The half to add is half of the divisor.
#[test]
fn the_half_that_rounds_is_half_of_the_divisor() {
    let spl_math = |a: u128, b: u128| (a * Wad::SCALE + Wad::SCALE / 2) / b;
    assert_eq!(Wad::from_raw(spl_math(1, 1)).to_string(), "1.5");
    for raw in [1, 2, 3, 5, 7, 1_000] {
        let x = Wad::from_raw(raw);
        for rounding in Rounding::ALL {
            assert_eq!(x.div(x, rounding), Ok(Wad::ONE));
            assert_eq!(Wad::ONE.mul(x, rounding), Ok(x));
        }
    }
    // Above ONE the half of ONE is too small: 2/3 of a unit stays 0 where the nearest is 1.
    let (two_units, three) = (Wad::from_raw(2), Wad::from_integer(3).unwrap());
    assert_eq!(spl_math(2, three.raw()), 0);
    assert_eq!(two_units.div(three, Rounding::HalfUp), Ok(Wad::from_raw(1)));
}

/// base PR#4741 and many others: a·b overflows, so a·b/c reverts, though the quotient fits.
#[test]
fn a_product_that_overflows_has_a_quotient_that_fits() {
    let max = u128::MAX;
    assert!(max.checked_mul(2).is_none());
    for rounding in Rounding::ALL {
        assert_eq!(mul_div(max, max, max, rounding), Ok(max));
        assert_eq!(mul_div(max, max - 1, max, rounding), Ok(max - 1));
        assert_eq!(
            mul_div(1 << 127, 6, 3, rounding).map(|double| double >> 1),
            {
                // 2^128 is the first quotient that doesn't fit.
                Err(Error::Overflow { bits: 129, max })
            }
        );
        assert_eq!(mul_div(1 << 127, 6, 4, rounding), Ok(3 << 126));
    }
}

/// A rounded quotient of exactly 2^128, the one that a carry out of the increment would make 0.
#[test]
fn rounding_up_past_the_maximum_is_an_error_and_does_not_wrap_to_zero() {
    // (2^65 − 1)·(2^65 + 1) = 2^130 − 1, and a quarter of it is 2^128 − 1/4.
    let (a, b, c) = ((1 << 65) - 1, (1 << 65) + 1, 4);
    assert_eq!(mul_div(a, b, c, Rounding::Floor), Ok(u128::MAX));
    for up in [Rounding::Ceil, Rounding::HalfEven, Rounding::HalfUp] {
        assert_eq!(
            mul_div(a, b, c, up),
            Err(Error::Overflow {
                bits: 129,
                max: u128::MAX
            })
        );
    }
}

/// substrate#13659: `from_rational` with Down rounded up in some branches.
#[test]
fn a_direction_holds_in_every_branch() {
    // The first has a product of 128 bits, the second needs 129: two branches, one direction.
    for (a, b, c) in [(10, 1, 3), (u128::MAX, 4, 7)] {
        let floor = mul_div(a, b, c, Rounding::Floor).unwrap();
        assert_eq!(mul_div(a, b, c, Rounding::Ceil), Ok(floor + 1));
        assert!(U256::product(floor, c) < U256::product(a, b));
        assert!(U256::product(floor + 1, c) > U256::product(a, b));
    }
}

/// Two reserves of a pool whose invariant is their sum at a rate, in exact units of 1e-18.
#[derive(Clone, Copy)]
struct Pool {
    staked: Amount,
    plain: Amount,
}

impl Pool {
    /// One staked token is worth 1.058 plain ones.
    const RATE: Wad = Wad::from_raw(1_058_000_000_000_000_000);

    fn value(self) -> U256 {
        let staked = U256::product(self.staked.get(), Self::RATE.raw());
        staked
            .checked_add(U256::product(self.plain.get(), Wad::SCALE))
            .unwrap()
    }

    /// Takes `out` staked tokens for what they upscale to.
    fn buy(&mut self, out: Amount, upscale: Rounding) {
        let due = out.mul_ratio(Self::RATE.into(), upscale).unwrap();
        self.staked = self.staked.checked_sub(out).unwrap();
        self.plain = self.plain.checked_add(due).unwrap();
    }
}

/// Balancer v2, November 2025, over $125M: what leaves the pool was scaled up with the rounding of
/// what enters it, and the loss of a part of a unit was compounded at 8 or 9 wei.
#[test]
fn scaling_what_leaves_upward_never_lowers_the_invariant() {
    for out in 1..=20 {
        let mut pool = Pool {
            staked: Amount::new(2_000),
            plain: Amount::new(2_000),
        };
        let before = pool.value();
        for _ in 0..100 {
            let last = pool.value();
            pool.buy(Amount::new(out), Rounding::Ceil);
            assert!(pool.value() >= last);
        }
        assert!(pool.value() >= before);
    }
}

/// The same run with the fault in it, so that the test above is known to be able to fail.
#[test]
fn scaling_what_leaves_downward_drains_the_pool_a_part_of_a_unit_at_a_time() {
    let mut pool = Pool {
        staked: Amount::new(2_000),
        plain: Amount::new(2_000),
    };
    let before = pool.value();
    for _ in 0..100 {
        pool.buy(Amount::new(17), Rounding::Floor);
    }
    // 17 · 1.058 = 17.986: each round takes 0.986 of a unit without paying for it.
    let lost = before.checked_sub(pool.value()).unwrap();
    assert_eq!(lost, U256::product(100 * 986, Wad::SCALE / 1_000));
}

/// SPL lending #1869: half up both ways lets a round trip gain a unit.
#[test]
fn floor_in_and_floor_out_never_gains_where_half_up_both_ways_does() {
    let round_trip = |deposit: u128, rounding: Rounding| {
        let rate = Ratio::new(3, 2).unwrap();
        let shares = Amount::new(deposit)
            .mul_ratio(rate.recip().unwrap(), rounding)
            .unwrap();
        shares.mul_ratio(rate, rounding).unwrap().get()
    };
    assert!((0..100).all(|deposit| round_trip(deposit, Rounding::Floor) <= deposit));
    assert!((0..100).any(|deposit| round_trip(deposit, Rounding::HalfUp) > deposit));
}
