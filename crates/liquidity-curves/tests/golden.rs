//! Figures from deployed contracts and papers, each with its source.

use tokenomics_fixed_math::{fraction, wad, Amount, Ratio, Rounding, SignedWad, Wad};
use tokenomics_liquidity_curves::{
    ConstantProduct, Fee, Ladder, Level, Market, Position, Sell, Weighted,
};

const TOKEN: u128 = 1_000_000_000_000_000_000;

fn pool(reserve: u128, fee: Fee) -> ConstantProduct {
    let reserve = Amount::new(reserve);
    ConstantProduct::new(reserve, reserve, fee).unwrap()
}

fn sold(pool: &mut ConstantProduct, amount: u128) -> u128 {
    let swap = pool.swap_exact_in(Sell::Token0, Amount::new(amount));
    swap.unwrap().amount_out.get()
}

/// Ten holders leave one pool one after the other, and ten pools of a tenth each at once. The integers
/// are those of x·y = k floored, without a fee.
#[test]
fn shared_liquidity_pays_the_same_sum_as_ten_parts_of_it_and_adds_a_race() {
    let mut shared = pool(10_000 * TOKEN, Fee::NONE);
    let proceeds: Vec<u128> = (0..10).map(|_| sold(&mut shared, 100 * TOKEN)).collect();
    let expected = [
        99_009_900_990_099_009_900,
        97_068_530_382_450_009_706,
        95_183_704_549_781_077_479,
        93_353_248_693_054_518_297,
        91_575_091_575_091_575_091,
        89_847_259_658_580_413_297,
        88_167_871_627_578_910_245,
        86_535_133_264_105_226_722,
        84_947_332_653_754_672_103,
        83_402_835_696_413_678_065,
    ];
    assert_eq!(proceeds, expected);
    assert_eq!(proceeds.iter().sum::<u128>(), 909_090_909_090_909_090_905);
    let mut own = pool(1_000 * TOKEN, Fee::NONE);
    assert_eq!(sold(&mut own, 100 * TOKEN), 90_909_090_909_090_909_090);
}

#[test]
fn one_large_exit_costs_those_who_share_its_pool() {
    let mut shared = pool(10_000 * TOKEN, Fee::NONE);
    assert_eq!(sold(&mut shared, 500 * TOKEN), 476_190_476_190_476_190_476);
    assert_eq!(sold(&mut shared, 100 * TOKEN), 89_847_259_658_580_413_297);
    let mut own = pool(1_000 * TOKEN, Fee::NONE);
    assert_eq!(sold(&mut own, 500 * TOKEN), 333_333_333_333_333_333_333);
}

/// Half of the depth leaves before a lone exit of 1% of what was there.
#[test]
fn half_the_depth_costs_nearly_twice_as_much() {
    let mut half = pool(5_000 * TOKEN, Fee::NONE);
    assert_eq!(sold(&mut half, 100 * TOKEN), 98_039_215_686_274_509_803);
}

/// Uniswap v2's own integers: a price pushed up by 100,000 of 1,000,000 and left alone.
#[test]
fn pushing_a_price_and_unwinding_loses_the_fees_of_both_ways() {
    let mut pool = pool(1_000_000 * TOKEN, Fee::UNISWAP_V2);
    let push = pool.swap_exact_in(Sell::Token1, Amount::new(100_000 * TOKEN));
    let bought = push.unwrap().amount_out;
    assert_eq!(bought.get(), 90_661_089_388_014_913_158_134);
    let back = pool.swap_exact_in(Sell::Token0, bought).unwrap().amount_out;
    assert_eq!(back.get(), 99_455_066_845_952_190_870_500);
    assert_eq!(100_000 * TOKEN - back.get(), 544_933_154_047_809_129_500);
}

/// The value of the pool against that of its tokens kept apart: 2√r/(1 + r) − 1, by the closed form in
/// 15 digits.
#[test]
fn impermanent_loss_is_that_of_the_closed_form() {
    let pool = pool(TOKEN, Fee::NONE);
    let losses = [
        (5, 4, 6_192_010_000_093),
        (3, 2, 20_204_102_886_729),
        (2, 1, 57_190_958_417_937),
        (4, 1, 200_000_000_000_000),
    ];
    for (numerator, denominator, loss) in losses {
        let price = Ratio::new(numerator, denominator).unwrap();
        let kept = TOKEN + TOKEN * numerator / denominator;
        let lost = kept - pool.value_at(price).unwrap().get();
        // To the nearest 1e-15 of what was kept.
        let parts = (lost * 1_000_000_000_000_000 + kept / 2) / kept;
        assert_eq!(parts, loss, "{price:?}");
    }
}

/// Milionis, Moallemi, Roughgarden, Zhang (2022): the loss is σ²/8 of the value in a unit of time, and
/// the dollar gamma a quarter of it.
#[test]
fn loss_versus_rebalancing_is_an_eighth_of_the_variance() {
    let pool = pool(TOKEN, Fee::NONE);
    let price = Ratio::new(9, 4).unwrap();
    assert_eq!(pool.value_at(price), Ok(Amount::new(3 * TOKEN)));
    assert_eq!(pool.gamma_at(price), Ok(Amount::new(3 * TOKEN / 4)));
    assert_eq!(pool.delta_at(price), Ok(Amount::new(2 * TOKEN / 3)));
    let loss = pool.loss_versus_rebalancing_at(price, wad!("0.0025"));
    assert_eq!(loss, Ok(Amount::new(3 * TOKEN / 3_200)));
}

/// Two tokens of a pool of three, the third of which stays as it is, are a pool of two with their weights by their sum.
#[test]
fn two_of_three_tokens_are_a_pool_of_their_weights() {
    let reserves = [8, 2, 77].map(|reserve| Amount::new(reserve * TOKEN));
    let weights = [fraction!("0.4"), fraction!("0.1"), fraction!("0.5")];
    let three = Weighted::new(reserves, weights, Fee::NONE).unwrap();
    let weights = [fraction!("0.8"), fraction!("0.2")];
    let two = Weighted::new([reserves[0], reserves[1]], weights, Fee::NONE).unwrap();
    let (pair, variance) = (three.pair(0, 1).unwrap(), wad!("0.0025"));
    for (numerator, denominator) in [(1, 1), (9, 4), (1, 50), (3_000_000, 7)] {
        let price = Ratio::new(numerator, denominator).unwrap();
        assert_eq!(pair.value_at(price), two.value_at(price));
        assert_eq!(pair.delta_at(price), two.delta_at(price));
        assert_eq!(pair.gamma_at(price), two.gamma_at(price));
        let loss = pair.loss_versus_rebalancing_at(price, variance);
        assert_eq!(loss, two.loss_versus_rebalancing_at(price, variance));
    }
    // w₀·w₁ of 10, and half of the variance of that.
    assert_eq!(pair.gamma_at(Ratio::ONE), Ok(Amount::new(8 * TOKEN / 5)));
    let loss = pair.loss_versus_rebalancing_at(Ratio::ONE, variance);
    assert_eq!(loss, Ok(Amount::new(TOKEN / 500)));
}

/// A unit of Token1 is worth 1,000,000,000 of Token0: 9 of them for 9,090,909,090 are 1% below the price, and
/// 10 for 10,101,010,102 are more.
#[test]
fn the_largest_sale_for_few_units_is_found_by_them() {
    let reserves = [1_000_000_000_000, 1_000].map(Amount::new);
    let pool = ConstantProduct::new(reserves[0], reserves[1], Fee::NONE).unwrap();
    let cost = fraction!("0.01");
    let sale = pool.largest_sale(Sell::Token0, cost).unwrap();
    assert_eq!(sale, Amount::new(9_090_909_090));
    let reserves = [10_u128.pow(24), 1_000_000].map(Amount::new);
    let pool = ConstantProduct::new(reserves[0], reserves[1], Fee::UNISWAP_V2).unwrap();
    let sale = pool.largest_sale(Sell::Token0, fraction!("0.004")).unwrap();
    // For 1,003 units, at 0.996 each.
    assert_eq!(sale.get(), 1_003 * 10_u128.pow(21) / 996);
    let sale = pool.largest_sale(Sell::Token1, fraction!("0.004")).unwrap();
    assert!(sale >= Amount::new(1_000), "{sale}");
}

/// Without a fee, a sale of dx costs dx/(x + dx) of its value on average, and moves the price to
/// (x/(x + dx))²: x/99 at 1%, and x/9 at 19%.
#[test]
fn the_largest_sale_and_the_depth_are_those_of_the_closed_forms() {
    let pool = pool(99 * TOKEN, Fee::NONE);
    let sale = pool.largest_sale(Sell::Token0, fraction!("0.01")).unwrap();
    assert!(sale.abs_diff(Amount::new(TOKEN)).get() <= 101, "{sale}");
    let pool = self::pool(9 * TOKEN, Fee::NONE);
    let depth = pool.depth(Sell::Token1, fraction!("0.19")).unwrap();
    assert!(depth.abs_diff(Amount::new(TOKEN)).get() <= 1, "{depth}");
}

/// A vault of Balancer v3 with two tokens of equal weights, USDC (6 decimals, as 18) and DAI, and a fee
/// of 1%: the four swaps that balancer/balancer-maths took from the chain by calls, to the unit.
mod balancer {
    use super::*;

    const USDC: u128 = 6_916_384_366_000_000_000_000;
    const DAI: u128 = 6_240_659_067_374_271_172_646;
    /// A unit of USDC, in units of 18 decimals.
    const SCALE: u128 = 1_000_000_000_000;

    fn raw(number: Wad) -> u128 {
        number.raw()
    }

    /// The vault's own steps in numbers with 18 decimals: the power is rounded up, and what is paid
    /// down.
    fn vault_out(sold: u128, bought: u128, amount_in: u128) -> u128 {
        let fee = Amount::new(amount_in).mul_fraction(fraction!("0.01"), Rounding::Ceil);
        let total = sold + amount_in - fee.get();
        let base = Wad::from_raw(sold).div(Wad::from_raw(total), Rounding::Ceil);
        let power = base.unwrap().pow(SignedWad::ONE, Rounding::Ceil).unwrap();
        let paid = Wad::ONE.checked_sub(power).unwrap();
        raw(Wad::from_raw(bought).mul(paid, Rounding::Floor).unwrap())
    }

    fn vault_in(sold: u128, bought: u128, amount_out: u128) -> u128 {
        let left = Wad::from_raw(bought - amount_out);
        let base = Wad::from_raw(bought).div(left, Rounding::Ceil).unwrap();
        let power = base.pow(SignedWad::ONE, Rounding::Ceil).unwrap();
        let growth = power.checked_sub(Wad::ONE).unwrap();
        let amount = Wad::from_raw(sold).mul(growth, Rounding::Ceil).unwrap();
        raw(amount.div(wad!("0.99"), Rounding::Ceil).unwrap())
    }

    fn pool() -> Weighted<2> {
        let (reserves, half) = ([USDC, DAI].map(Amount::new), fraction!("0.5"));
        Weighted::new(reserves, [half; 2], Fee::new(1, 100).unwrap()).unwrap()
    }

    /// The vault's power is above the real one by less than 1e-18, so it pays less by no more than that
    /// part of the reserve, and the unit that it floors.
    #[test]
    fn out_given_in() {
        let cases = [
            (0, 1, USDC, DAI, 10_000_000 * SCALE),
            (1, 0, DAI, USDC, 700 * TOKEN),
        ];
        let expected = [8_920_009_849_766_722_311, 691_273_441];
        for ((from, to, sold, bought, amount_in), expected) in cases.into_iter().zip(expected) {
            let vault = vault_out(sold, bought, amount_in);
            let scale = if to == 0 { SCALE } else { 1 };
            assert_eq!(vault / scale, expected);
            let swap = pool()
                .swap_exact_in(from, to, Amount::new(amount_in))
                .unwrap();
            let more = swap.amount_out.get().checked_sub(vault).unwrap();
            assert!(more <= bought / TOKEN + 1, "{more}");
        }
    }

    /// As much as that of the token sold is asked for in excess, over what the fee leaves, and the units
    /// that the product and the quotient are ceiled by.
    #[test]
    fn in_given_out() {
        let cases = [
            (0, 1, USDC, DAI, 20 * TOKEN),
            (1, 0, DAI, USDC, 7_777_777 * SCALE),
        ];
        let expected = [22_461_437, 7_096_762_762_105_745_646_u128];
        for ((from, to, sold, bought, amount_out), expected) in cases.into_iter().zip(expected) {
            let vault = vault_in(sold, bought, amount_out);
            let scale = if from == 0 { SCALE } else { 1 };
            assert_eq!(vault.div_ceil(scale), expected);
            let swap = pool()
                .swap_exact_out(from, to, Amount::new(amount_out))
                .unwrap();
            let more = vault.checked_sub(swap.amount_in.get()).unwrap();
            assert!(more <= (sold / TOKEN + 1) * 100 / 99 + 2, "{more}");
        }
    }
}

/// V ∝ p^w₀: beside both tokens kept apart, r^0.8/(0.2 + 0.8·r) − 1 by the closed form in 15 digits, and
/// nothing of it is lost at equal weights that isn't by x·y = k.
#[test]
fn unequal_weights_lose_less_by_a_price_that_moves() {
    let weights = [fraction!("0.8"), fraction!("0.2")];
    let reserves = [4 * TOKEN, TOKEN].map(Amount::new);
    let pool = Weighted::new(reserves, weights, Fee::NONE).unwrap();
    let losses = [
        (2, 1, 32_721_596_337_640),
        (4, 1, 108_402_019_699_766),
        (1, 2, 42_751_370_835_804),
    ];
    for (numerator, denominator, loss) in losses {
        let price = Ratio::new(numerator, denominator).unwrap();
        let kept = TOKEN + 4 * TOKEN * numerator / denominator;
        let lost = kept - pool.value_at(price).unwrap().get();
        let parts = (lost * 1_000_000_000_000_000 + kept / 2) / kept;
        assert_eq!(parts, loss, "{price:?}");
    }
    let half = [fraction!("0.5"); 2];
    let even = Weighted::new(reserves, half, Fee::NONE).unwrap();
    let product = ConstantProduct::new(reserves[0], reserves[1], Fee::NONE).unwrap();
    let price = Ratio::new(7, 3).unwrap();
    let apart = |one: Amount, other: Amount| one.abs_diff(other).get();
    let [value, other] = [even.value_at(price), product.value_at(price)].map(Result::unwrap);
    assert!(apart(value, other) <= 3);
    let [delta, other] = [even.delta_at(price), product.delta_at(price)].map(Result::unwrap);
    assert!(apart(delta, other) <= 1);
    let [gamma, other] = [even.gamma_at(price), product.gamma_at(price)].map(Result::unwrap);
    assert!(apart(gamma, other) <= 2);
    let variance = wad!("0.0025");
    let losses = [
        even.loss_versus_rebalancing_at(price, variance),
        product.loss_versus_rebalancing_at(price, variance),
    ];
    let [loss, other] = losses.map(Result::unwrap);
    assert!(apart(loss, other) <= 2);
}

/// Three bids and three asks in ticks of a cent, Token1 with 6 decimals: the sums are those of a sheet.
#[test]
fn a_book_pays_level_by_level() {
    let level = |price, amount| Level {
        price,
        amount: Amount::new(amount),
    };
    let bids = [level(9_990, 500), level(9_980, 1_500), level(9_700, 8_000)];
    let asks = [level(10_010, 400), level(10_020, 600), level(10_300, 9_000)];
    let cent = Ratio::new(10_000, 1).unwrap();
    let book = Ladder::<8>::new(cent, &bids, &asks, Fee::new(10, 10_000).unwrap()).unwrap();
    let out = |sell, amount| book.quote_exact_in(sell, Amount::new(amount)).unwrap();
    // 0.1% of 3,003 is 3.003, so 2,999 are sold: 500 at 99.90, 1,500 at 99.80 and 999 at 97.00.
    let sold = out(Sell::Token0, 3_003);
    assert_eq!(
        (sold.fee.get(), sold.amount_out.get()),
        (4, 296_553_000_000)
    );
    // A thousand buys 9.98 units at 100.10 after the fee.
    assert_eq!(out(Sell::Token1, 1_000_000_000).amount_out.get(), 9);
    let all = out(Sell::Token0, 1_000_000);
    assert_eq!(
        (all.amount_in.get(), all.amount_out.get()),
        (10_011, 975_650_000_000)
    );
    // Within 1% of 99.90 are the first two levels, 2,000 units and their fee; within 3% all.
    let depth = |cost| book.depth(Sell::Token0, cost).unwrap().get();
    assert_eq!(depth(fraction!("0")), 501);
    assert_eq!(depth(fraction!("0.01")), 2_003);
    assert_eq!(depth(fraction!("0.03")), 10_011);
    // 2,819, of which 3 are the fee, fetch 278,802 and are worth 281,618.10; 2,820 cost more than 1%.
    let sale = book.largest_sale(Sell::Token0, fraction!("0.01"));
    assert_eq!(sale.unwrap().get(), 2_819);
}
