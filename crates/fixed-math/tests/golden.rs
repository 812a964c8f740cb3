//! Figures from deployed contracts and their documentation, each with its source.

use tokenomics_fixed_math::{
    isqrt, Amount, Decimals, Error, Fraction, Growth, Ratio, Rounding, SignedWad, Span, Wad, U256,
};

/// Aave v3, test-suites/wadraymath.spec.ts, whose operands these are; the results are asserted as
/// literals in the ports of the library to Move (aave_math::wad_ray_math) and Cairo. `wadMul` and
/// `wadDiv` round half up.
#[test]
fn aave_wad_ray_math() {
    let a = Wad::from_raw(134_534_543_232_342_353_231_234);
    let b = Wad::from_raw(13_265_462_389_132_757_665_657);
    let product = Wad::from_raw(1_784_662_923_287_792_467_070_443_765);
    let quotient = Wad::from_raw(10_141_715_327_055_228_122);
    assert_eq!(a.mul(b, Rounding::HalfUp), Ok(product));
    assert_eq!(a.div(b, Rounding::HalfUp), Ok(quotient));

    // rayMul and rayDiv of the same operands, at 27 decimals.
    const RAY: u128 = 1_000_000_000_000_000_000_000_000_000;
    let ray_mul = Amount::new(a.raw()).mul_div(b.raw(), RAY, Rounding::HalfUp);
    assert_eq!(ray_mul, Ok(Amount::new(1_784_662_923_287_792_467)));
    let ray_div = Amount::new(a.raw()).mul_div(RAY, b.raw(), Rounding::HalfUp);
    assert_eq!(
        ray_div,
        Ok(Amount::new(10_141_715_327_055_228_122_033_939_726))
    );

    // rayToWad at the tie: half a wad-to-ray ratio less one unit stays, and plus one goes up.
    let to_wad = |ray: u128| Amount::new(ray).mul_div(1, 1_000_000_000, Rounding::HalfUp);
    assert_eq!(to_wad(RAY + 500_000_000 - 1), Ok(Amount::new(Wad::SCALE)));
    assert_eq!(to_wad(RAY + 500_000_000), Ok(Amount::new(Wad::SCALE + 1)));
}

/// DappHub ds-math, src/math.t.sol: `wmul` and `wdiv`, at the edge of its then 128-bit numbers.
#[test]
fn dappsys_ds_math() {
    let ether = |text: &str| text.parse::<Wad>().unwrap();
    assert_eq!(Wad::MAX.mul(ether("1"), Rounding::HalfUp), Ok(Wad::MAX));
    assert!(Wad::MAX
        .mul(ether("1.000000000000000001"), Rounding::HalfUp)
        .is_err());
    assert_eq!(
        ether("1").mul(ether("0.2"), Rounding::HalfUp),
        Ok(ether("0.2"))
    );
    assert_eq!(
        ether("2").mul(ether("0.2"), Rounding::HalfUp),
        Ok(ether("0.4"))
    );
    assert_eq!(
        ether("1").div(ether("2"), Rounding::HalfUp),
        Ok(ether("0.5"))
    );
    assert!(ether("1").div(ether("0"), Rounding::HalfUp).is_err());
}

/// Uniswap v3 core, TickMath.sol: the ratio of one tick down is the first constant of
/// `getSqrtRatioAtTick`, and each next one is the square of the one before in units of 2^−128. The
/// contract rounded each of them by itself, so a floored square is within two units.
#[test]
fn uniswap_v3_tick_math_constants() {
    const POWERS: [u128; 6] = [
        0xfffcb933bd6fad37aa2d162d1a594001,
        0xfff97272373d413259a46990580e213a,
        0xfff2e50f5f656932ef12357cf3c7fdcc,
        0xffe5caca7e10e4e61c3624eaa0941cd0,
        0xffcb9843d60f6159c9db58835c926644,
        0xff973b41fa98c081472e6896dfb254c0,
    ];
    for pair in POWERS.windows(2) {
        let squared = U256::product(pair[0], pair[0])
            .shr_floor(128)
            .to_u128()
            .unwrap();
        assert!(squared.abs_diff(pair[1]) <= 2, "{squared:x} {:x}", pair[1]);
    }
}

/// Token units as wallets print them: EIP-20's `decimals`, the examples of viem's parseUnits and
/// formatUnits, and the supplies of three tokens at 8, 18 and 6 decimals.
#[test]
fn units_as_wallets_print_them() {
    let parse = |text: &str, decimals| {
        Amount::parse_decimal(text, Decimals::new(decimals).unwrap()).map(Amount::get)
    };
    let print = |units: u128, decimals| {
        Amount::new(units)
            .display(Decimals::new(decimals).unwrap())
            .to_string()
    };
    assert_eq!(parse("420", 9), Ok(420_000_000_000));
    assert_eq!(print(420_000_000_000, 9), "420");
    // Bitcoin's last unit comes to be in the 33rd era: 20,999,999.9769 coins.
    assert_eq!(print(2_099_999_997_690_000, 8), "20999999.9769");
    // CRV, ERC20CRV.vy: 1,303,030,303 in the initial supply.
    assert_eq!(
        parse("1_303_030_303", 18),
        Ok(1_303_030_303_000_000_000_000_000_000)
    );
    assert_eq!(parse("0.000001", 6), Ok(1));
    assert!(parse("0.0000001", 6).is_err());
}

/// The two limits as printed in the EVM's and Rust's own references.
#[test]
fn limits() {
    let wide = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    assert_eq!(U256::MAX.to_string(), wide);
    assert_eq!(wide.parse(), Ok(U256::MAX));
    assert_eq!(
        Amount::MAX.to_string(),
        "340282366920938463463374607431768211455"
    );
    assert_eq!(
        Wad::MAX.to_string(),
        "340282366920938463463.374607431768211455"
    );
}

/// Uniswap v2, UniswapV2Library.getAmountOut: 0.3% of what comes in stays, so 997 parts of 1000 go
/// on, and what goes out is floored.
#[test]
fn uniswap_v2_swap() {
    let kept = Fraction::from_bps(30).unwrap();
    assert_eq!(
        Ratio::from(kept.complement()),
        Ratio::new(997, 1_000).unwrap()
    );
    // UniswapV2Pair.spec.ts, swapTestCases: in 1e18, reserves 5e18 and 10e18.
    let ether = |tokens: u128| tokens * Wad::SCALE;
    let with_fee = ether(1) * 997;
    let out =
        Amount::new(ether(10)).mul_div(with_fee, ether(5) * 1_000 + with_fee, Rounding::Floor);
    assert_eq!(out, Ok(Amount::new(1_662_497_915_624_478_906)));
    // And with reserves 10e18 and 5e18.
    let out =
        Amount::new(ether(5)).mul_div(with_fee, ether(10) * 1_000 + with_fee, Rounding::Floor);
    assert_eq!(out, Ok(Amount::new(453_305_446_940_074_565)));
}

fn number(text: &str) -> SignedWad {
    text.parse().unwrap()
}

/// A function's value, floored, by the digits of the number as printed: those after the 18th decimal
/// are cut off, and the last unit is one more where it is ceiled.
fn floors(of: impl Fn(Rounding) -> Result<Wad, Error>, digits: &str) {
    let (whole, decimals) = digits.split_once('.').unwrap();
    let floor: Wad = format!("{whole}.{}", &decimals[..18]).parse().unwrap();
    assert_eq!(of(Rounding::Floor), Ok(floor), "{digits}");
    let ceil = floor.checked_add(Wad::from_raw(1));
    assert_eq!(of(Rounding::Ceil), ceil, "{digits}");
    let nearest = if decimals.as_bytes()[18] < b'5' {
        Ok(floor)
    } else {
        ceil
    };
    assert_eq!(of(Rounding::HalfUp), nearest, "{digits}");
    assert_eq!(of(Rounding::HalfEven), nearest, "{digits}");
}

/// The On-Line Encyclopedia of Integer Sequences, by the number of each decimal expansion.
#[test]
fn constants_of_the_encyclopedia_of_integer_sequences() {
    let wad = |of: u128| Wad::from_integer(of).unwrap();
    let log = |of: Result<SignedWad, Error>| Wad::try_from(of?);
    let exp = |text: &str| {
        let exponent = number(text);
        move |r| exponent.exp(r)
    };
    floors(exp("1"), "2.71828182845904523536"); // A001113
    floors(exp("2"), "7.38905609893065022723"); // A072334
    floors(exp("0.5"), "1.64872127070012814684"); // A019774
    floors(exp("-1"), "0.36787944117144232159"); // A068985
    floors(|r| log(wad(2).ln(r)), "0.69314718055994530941"); // A002162
    floors(|r| log(wad(3).ln(r)), "1.09861228866810969139"); // A002391
    floors(|r| log(wad(10).ln(r)), "2.30258509299404568401"); // A002392
    floors(|r| log(wad(2).log10(r)), "0.30102999566398119521"); // A007524
    floors(|r| log(wad(10).log2(r)), "3.32192809488736234787"); // A020862
    floors(|r| log(wad(3).log2(r)), "1.58496250072115618145"); // A020857
    floors(|r| wad(2).nth_root(2, r), "1.41421356237309504880"); // A002193
    floors(|r| Ok(wad(2).cbrt(r)), "1.25992104989487316476"); // A002580
    floors(|r| Ok(wad(3).cbrt(r)), "1.44224957030740838232"); // A002581
    floors(|r| wad(2).nth_root(12, r), "1.05946309435929526456"); // A010774
    floors(|r| number("0.25").exp2(r), "1.18920711500272106671"); // A010767
}

/// Solady and solmate, FixedPointMathLib.t.sol and SignedWadMath.t.sol: `expWad` and `lnWad`, floored
/// wherever the tests don't note an error of the contract's own; those are regressions.
#[test]
fn solady_exp_wad_and_ln_wad() {
    let exp = [
        ("-42.139678854452767551", 0),
        ("-3", 49_787_068_367_863_942),
        ("-2", 135_335_283_236_612_691),
        ("-1", 367_879_441_171_442_321),
        ("-0.5", 606_530_659_712_633_423),
        ("-0.3", 740_818_220_681_717_866),
        ("0", 1_000_000_000_000_000_000),
        ("0.3", 1_349_858_807_576_003_103),
        ("0.5", 1_648_721_270_700_128_146),
        ("1", 2_718_281_828_459_045_235),
        ("2", 7_389_056_098_930_650_227),
    ];
    for (exponent, power) in exp {
        let floor = number(exponent).exp(Rounding::Floor);
        assert_eq!(floor, Ok(Wad::from_raw(power)), "{exponent}");
    }
    let ln = [
        (1, -41_446_531_673_892_822_313),
        (42, -37_708_862_055_609_454_007),
        (10_000, -32_236_191_301_916_639_577),
        (1_000_000_000, -20_723_265_836_946_411_157),
        (Wad::SCALE, 0),
        (2_718_281_828_459_045_235, 999_999_999_999_999_999),
    ];
    for (raw, log) in ln {
        let floor = Wad::from_raw(raw).ln(Rounding::Floor);
        assert_eq!(floor, Ok(SignedWad::from_raw(log)), "{raw}");
    }
    // lnWad(2^128), of which the type holds one unit less.
    let largest = Wad::MAX.ln(Rounding::Floor).unwrap();
    assert_eq!(largest, number("47.276307437780177293"));
    assert_eq!(Wad::MAX.ln_1p(Rounding::Floor), largest.abs());
    // And the last exponent whose power fits.
    assert!(largest.exp(Rounding::Ceil).is_ok());
    let next = largest.checked_add(SignedWad::from_raw(1)).unwrap();
    assert!(next.exp(Rounding::Floor).is_err());
}

/// Uniswap v3 core, TickMath.sol: MAX_SQRT_RATIO is 1.0001 to half of MAX_TICK, 887272. The contract
/// multiplies 19 rounded factors and inverts the product; it is within 3 parts in 10^20.
#[test]
fn uniswap_v3_last_tick() {
    let tick = number("1.0001").powi(887_272 / 2, Rounding::Floor).unwrap();
    // 1461446703485210103287273052203988822378723970342 / 2^96.
    let contract = U256::new(0xfffd_8963, 0xefd1_fc6a_5064_8849_5d95_1d52_6398_8d26);
    let exact = U256::product(tick.abs().raw(), 1 << 96);
    let contract = contract.checked_mul(Wad::SCALE).unwrap();
    let off = contract.checked_sub(exact).unwrap();
    let part = exact.checked_div(10_u128.pow(20), Rounding::Ceil).unwrap();
    assert!(off < part.checked_mul(3).unwrap());
}

/// Curve DAO, ERC20CRV.vy: the yearly divisor of the rate of emission, the fourth root of 2, is
/// written 1189207115002721024. That is the nearest double, 42.7 units below.
#[test]
fn curve_dao_rate_reduction() {
    let root = Wad::from_integer(2)
        .unwrap()
        .nth_root(4, Rounding::HalfEven);
    assert_eq!(root, Ok(Wad::from_raw(1_189_207_115_002_721_067)));
    let double = 2_f64.sqrt().sqrt() * 1e18;
    assert_eq!(double as u128, 1_189_207_115_002_721_024);
}

/// Textbooks' tables of compound interest at 5%, which print four decimals: what 1 a year accumulates
/// to in 10 and in 30 years, and 1.05 to the 30th and to the −30th.
#[test]
fn tables_of_compound_interest() {
    let growth: Wad = "1.05".parse().unwrap();
    let four = Decimals::new(4).unwrap();
    let shown = |of: Result<Wad, Error>| {
        let rounded = of.unwrap().round_to(four, Rounding::HalfUp);
        rounded.unwrap().to_string()
    };
    let r = Rounding::HalfEven;
    assert_eq!(shown(growth.geometric_sum(10, r)), "12.5779");
    assert_eq!(shown(growth.geometric_sum(30, r)), "66.4388");
    assert_eq!(shown(growth.powi(30, r)), "4.3219");
    assert_eq!(shown(growth.powi(-30, r)), "0.2314");
    let rate = Wad::from_percent(5).unwrap();
    assert_eq!(shown(rate.compound(30, r)), "4.3219");
}

/// Amounts grown and decayed over seconds and centuries, at rates that emission and interest have
/// and at any.
#[test]
fn growth_to_the_last_unit() {
    let table = include_str!("data/growth.csv");
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut count = 0;
    for row in rows {
        let fields: Vec<&str> = row.split(',').collect();
        let number = |at: usize| fields[at].parse::<u128>().unwrap();
        let ratio = |at: usize| Ratio::new(number(at), number(at + 1)).unwrap();
        let growth = match fields[0] {
            "exp" => Growth::continuous(ratio(1)),
            "factor" => Growth::per_unit(ratio(1)),
            _ => Growth::doubling(Span::new(number(1).try_into().unwrap())),
        };
        let growth = growth.unwrap();
        let growth = if fields[3] == "1" {
            growth.inverse()
        } else {
            growth
        };
        let numerator: U256 = fields[4].parse().unwrap();
        let of = |rounding| growth.mul_div(numerator, number(5), ratio(6), rounding);
        if fields[8] == "-" {
            assert!(
                matches!(of(Rounding::Floor), Err(Error::Growth { .. })),
                "{row}"
            );
        } else {
            assert_eq!(of(Rounding::Floor), Ok(number(8)), "{row}");
            assert_eq!(of(Rounding::Ceil), Ok(number(8) + 1), "{row}");
        }
        count += 1;
    }
    assert_eq!(count, 220);
}

/// Uniswap v2 core, UniswapV2Pair.spec.ts: the first deposit of 1 and 4 tokens makes √(1·4) = 2 shares.
/// OpenZeppelin Contracts, Math.test.js: `sqrt` rounded down and up, at squares and at the maximum.
#[test]
fn square_roots_of_solidity() {
    let token = 10_u128.pow(18);
    let shares = U256::product(token, 4 * token).isqrt(Rounding::Floor);
    assert_eq!(shares, (2 * token).into());

    for (of, down, up) in [
        (1_000_000, 1_000, 1_000),
        (1_000_001, 1_000, 1_001),
        (1_002_000, 1_000, 1_001),
        (1_002_001, 1_001, 1_001),
    ] {
        assert_eq!(isqrt(of, Rounding::Floor), down);
        assert_eq!(isqrt(of, Rounding::Ceil), up);
    }
    let down = U256::from(340_282_366_920_938_463_463_374_607_431_768_211_455);
    let up = "340282366920938463463374607431768211456".parse();
    assert_eq!(U256::MAX.isqrt(Rounding::Floor), down);
    assert_eq!(Ok(U256::MAX.isqrt(Rounding::Ceil)), up);
}

/// The digits of √2, √3 and √5, OEIS A002193, A002194 and A002163.
#[test]
fn digits_of_square_roots() {
    for (of, digits, up) in [
        (2, "1.414213562373095048", 1), // 80168…
        (3, "1.732050807568877293", 1), // 52744…
        (5, "2.236067977499789696", 0), // 40917…
    ] {
        let of = Wad::from_integer(of).unwrap();
        let floor = of.sqrt(Rounding::Floor);
        assert_eq!(floor.to_string(), digits);
        assert_eq!(of.sqrt(Rounding::HalfEven).raw(), floor.raw() + up);
        assert_eq!(of.sqrt(Rounding::Ceil).raw(), floor.raw() + 1);
    }
}
