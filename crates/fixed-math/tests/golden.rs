//! Figures from deployed contracts and their documentation, each with its source.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Rounding, Wad, U256};

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
