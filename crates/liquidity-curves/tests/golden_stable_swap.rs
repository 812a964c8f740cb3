//! Figures of Curve's stable pools, each with its source.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Wad};
use tokenomics_liquidity_curves::{
    Amplification, Fee, Liquidity, Market, Position, Sell, StableSwap, StableSwapState,
};

const TOKEN: u128 = 1_000_000_000_000_000_000;

fn stable<const N: usize>(a: u32, reserves: [u128; N]) -> StableSwap<N> {
    let reserves = reserves.map(|reserve| Amount::new(reserve * TOKEN));
    let amplification = Amplification::new(a).unwrap();
    StableSwap::new(amplification, Fee::NONE, [TOKEN; N], reserves).unwrap()
}

/// Curve's integers, before the fee: stETH for ether in June 2022, and a balanced 3pool.
#[test]
fn stable_swaps_are_curves_integers() {
    let mut pool = stable(50, [450_000, 550_000]);
    let sold = pool.swap_exact_in(1, 0, Amount::new(10_000 * TOKEN));
    let expected = Amount::new(9_955_935_295_450_246_663_097);
    assert_eq!(sold.unwrap().amount_out, expected);
    let mut pool = stable(85, [1_000_000; 3]);
    let sold = pool.swap_exact_in(0, 2, Amount::new(1_000 * TOKEN));
    let expected = Amount::new(999_988_372_216_871_226_850);
    assert_eq!(sold.unwrap().amount_out, expected);
}

/// The price of stETH in ether by the pool's shares: 0.98 in the first week of June 2022 (Nansen), 0.94
/// on 11 June.
#[test]
fn stable_prices_are_those_of_the_invariant() {
    let prices = [
        (50, [450_000, 1_000_000], 980_145),
        (30, [450_000, 1_000_000], 967_781),
        (50, [200_000, 800_000], 946_469),
        (50, [190_000, 810_000], 940_710),
        (50, [180_000, 820_000], 934_095),
    ];
    for (a, reserves, millionths) in prices {
        let pool = stable(a, reserves);
        let price = pool.pair(1, 0).unwrap().price().unwrap();
        let unit = Amount::new(1_000_000);
        let rounded = unit.mul_ratio(price, Rounding::HalfUp).unwrap();
        assert_eq!(rounded, Amount::new(millionths), "{reserves:?}");
    }
}

/// At its own price a pool is what it holds; at 1 it is half of the invariant in each coin, and its dollar gamma is A + 1
/// times that of a constant product, a quarter of its value.
#[test]
fn a_position_is_what_the_invariant_says() {
    for reserves in [[450_000, 1_000_000], [180_000, 820_000]] {
        let pool = stable(50, reserves);
        let pair = pool.pair(1, 0).unwrap();
        let (price, one) = (pair.price().unwrap(), Amount::new(1));
        let [ether, staked] = pool.reserves();
        assert!(pair.delta_at(price).unwrap().abs_diff(staked) <= one);
        let value = staked.mul_ratio(price, Rounding::Floor).unwrap();
        let value = value.checked_add(ether).unwrap();
        assert!(pair.value_at(price).unwrap().abs_diff(value) <= one);

        let d = pool.invariant(Rounding::Floor).unwrap();
        assert!(pair.value_at(Ratio::ONE).unwrap().abs_diff(d) <= one);
        let delta = pair.delta_at(Ratio::ONE).unwrap().get();
        assert!((2 * delta).abs_diff(d.get()) <= 2);
        let gamma = pair.gamma_at(Ratio::ONE).unwrap().get();
        assert!(gamma.abs_diff(d.get() / 4 * 51) <= 51);
    }
    // By the real numbers to 50 digits, at 0.98 from parity.
    let pool = stable(50, [1_000_000; 2]);
    let (pair, low) = (pool.pair(0, 1).unwrap(), Ratio::new(98, 100).unwrap());
    let held = Amount::new(1_383_295_815_189_791_244_961_272);
    assert_eq!(pair.delta_at(low), Ok(held));
    let value = Amount::new(1_975_652_932_622_810_636_626_072);
    assert_eq!(pair.value_at(low), Ok(value));
}

/// Balancer's stable pool has the same invariant, in other integers: its scaled reserves, at an A of
/// 1,000 and a fee of 0.1% of what is handed in, of two tokens with rates and 6 decimals.
#[test]
fn stable_swaps_are_near_balancers() {
    let scaled = [
        21_116_734_020_109_359_171_539,
        82_348_545_564_048_094_640_470,
    ];
    let [rate0, rate1] = [1_238_765_561_700_857_944, 1_414_776_878_607_727_229];
    let amplification = Amplification::new(1_000).unwrap();
    let pool = StableSwap::new(
        amplification,
        Fee::NONE,
        [TOKEN; 2],
        scaled.map(Amount::new),
    );
    let pool = pool.unwrap();
    // 10 tokens less the fee, and 2,000 tokens: from 6 decimals to 18, times the rate.
    let sold = Amount::new(9_990_000 * rate0 / 1_000_000);
    let out = pool.quote_exact_in(Sell::Token0, sold).unwrap().amount_out;
    assert_eq!(out.get() * 1_000_000 / rate1, 8_771_615);
    let bought = Amount::new((2_000_000_000 * rate1).div_ceil(1_000_000));
    let paid = pool
        .quote_exact_out(Sell::Token0, bought)
        .unwrap()
        .amount_in;
    let paid = (paid.get() * 1_000_000).div_ceil(rate0);
    assert_eq!((paid * 1_000).div_ceil(999), 2_280_896_608);
}

/// A pool of 300,000 DAI, 800,000 USDC and 900,000 USDT at A = 2,000, with 4 bp of fee and a virtual price
/// of 1.05.
fn three_coins() -> StableSwap<3> {
    const MICRO: u128 = 1_000_000;
    let pool = StableSwap::restore(StableSwapState {
        reserves: [300_000 * TOKEN, 800_000 * MICRO, 900_000 * MICRO].map(Amount::new),
        rates: [TOKEN, TOKEN * MICRO * MICRO, TOKEN * MICRO * MICRO],
        amplification: Amplification::new(2_000).unwrap(),
        fee: Fee::new(4_000_000, 10_000_000_000).unwrap(),
        shares: Amount::new(1_900_000 * TOKEN),
    });
    pool.unwrap()
}

/// By a second implementation of the 3pool contract's formulas, in Python.
#[test]
fn swaps_of_coins_with_other_decimals_are_curves_integers() {
    let figures = [
        (0, 1, 12_345 * TOKEN, 12_351_237_250),
        (1, 0, 12_345_000_000, 12_327_713_823_568_864_417_890),
        (1, 2, 999_999, 999_662),
    ];
    for (from, to, amount, expected) in figures {
        let swap = three_coins().swap_exact_in(from, to, Amount::new(amount));
        assert_eq!(swap.unwrap().amount_out, Amount::new(expected));
    }
    let reserves = [300_000, 800_000].map(|reserve| Amount::new(reserve * TOKEN));
    let amplification = Amplification::from_hundredths(8_550).unwrap();
    let pool = StableSwap::new(amplification, Fee::NONE, [TOKEN; 2], reserves).unwrap();
    let (pair, amount) = (pool.pair(0, 1).unwrap(), Amount::new(1_000 * TOKEN));
    let contract = pair.contract_exact_in(Sell::Token0, amount).unwrap();
    let expected = Amount::new(1_016_580_121_456_999_158_282);
    assert_eq!(contract.amount_out, expected);
    // Without a fee, that is a unit more than the exact invariant allows.
    let swap = pool.quote_exact_in(Sell::Token0, amount).unwrap();
    let ideal = pair.ideal_exact_in(Sell::Token0, amount).unwrap();
    assert_eq!((swap, ideal), (ideal, swap));
    assert_eq!(swap.amount_out.abs_diff(expected), Amount::new(1));
}

/// By the same implementation.
#[test]
fn deposits_and_withdrawals_are_curves_integers() {
    let pool = three_coins();
    let price = Wad::from_raw(1_052_566_409_762_709_356);
    assert_eq!(pool.virtual_price(), Ok(price));
    let moved = |amounts: [u128; 3], fees: [u128; 3], shares: u128| {
        Ok(Liquidity {
            amounts: amounts.map(Amount::new),
            fees: fees.map(Amount::new),
            shares: Amount::new(shares),
        })
    };
    let amounts = [50_000 * TOKEN, 0, 1_234_567_890];
    let fees = [6_346_415_203_930_781_914, 3_076_226, 3_275_569];
    let added = moved(amounts, fees, 48_694_847_206_757_093_600_167);
    assert_eq!(three_coins().add_liquidity(amounts.map(Amount::new)), added);

    let amounts = [0, 100_000_000_000, 5];
    let fees = [2_249_803_310_621_957_019, 9_000_524, 6_749_409];
    let removed = moved(amounts, fees, 95_008_794_937_671_071_621_012);
    let amounts = amounts.map(Amount::new);
    assert_eq!(three_coins().remove_amounts(amounts), removed);

    let shares = 777 * TOKEN;
    let amounts = [122_684_210_526_315_789_473, 327_157_894, 368_052_631];
    let removed = three_coins().remove_liquidity(Amount::new(shares));
    assert_eq!(removed, moved(amounts, [0; 3], shares));

    let figures = [
        (
            0,
            10_000,
            10_514_515_316_776_594_279_788,
            2_681_426_839_187_034_621,
        ),
        (1, 123_456, 129_940_539_772, 23_394_050),
        (2, 100_000, 105_261_848_770, 17_372_857),
    ];
    for (coin, shares, amount, fee) in figures {
        let shares = Amount::new(shares * TOKEN);
        let removed = three_coins().remove_single(coin, shares).unwrap();
        assert_eq!(
            (removed.amounts[coin].get(), removed.fees[coin].get()),
            (amount, fee)
        );
    }
}
