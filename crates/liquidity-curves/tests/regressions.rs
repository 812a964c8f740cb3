//! Faults of others that these markets must not have, each with its source.

use tokenomics_fixed_math::{Amount, Ratio};
use tokenomics_liquidity_curves::{
    Amplification, ConstantProduct, Error, Fee, Ladder, Level, Market, Sell, StableSwap,
    StableSwapState,
};

/// First-deposit inflation: a maker of one share makes it so dear, here by trading with itself, that the
/// next deposit is worth less than one and is kept. Uniswap v2 locks 1,000 shares against it; copies that
/// left that out lost deposits.
#[test]
fn a_deposit_that_is_worth_no_share_is_refused_and_none_pays_for_more_than_it_gets() {
    let one = Amount::new(1);
    let mut pool = ConstantProduct::new(one, one, Fee::UNISWAP_V2).unwrap();
    let dear = Amount::new(1_000_000_000_000);
    for sell in Sell::BOTH {
        pool.swap_exact_in(sell, dear).unwrap();
    }
    assert_eq!(pool.shares(), one);
    let before = pool;
    let small = Amount::new(900_000_000_000);
    assert!(pool.add_liquidity(small, small).is_err());
    assert_eq!(pool, before);
    let most = Amount::new(u128::MAX >> 1);
    let added = pool.add_liquidity(most, most).unwrap();
    let removed = pool.remove_liquidity(added.shares).unwrap();
    assert_eq!(removed.amounts, added.amounts);
}

/// What a deposit has too much of is left with its owner. The pair of Uniswap v2 keeps it, for all
/// shares: whoever doesn't go through its router loses it.
#[test]
fn a_deposit_out_of_proportion_takes_only_what_its_shares_are_worth() {
    let (hundred, thousand) = (Amount::new(100), Amount::new(1_000));
    let mut pool = ConstantProduct::new(thousand, thousand, Fee::UNISWAP_V2).unwrap();
    let added = pool.add_liquidity(hundred, thousand).unwrap();
    assert_eq!(added.amounts, [hundred; 2]);
}

/// Uranium Finance, April 2021, lost $57M: the fee was taken in parts of 10,000 and the product checked
/// in parts of 1,000, so that a swap could take 98% of a reserve for a unit. Here one ratio is both.
#[test]
fn a_fee_in_other_parts_is_the_same_fee() {
    let reserve = Amount::new(1_000_000_000);
    let out = |fee: Fee| {
        let pool = ConstantProduct::new(reserve, reserve, fee).unwrap();
        let sold = pool.quote_exact_in(Sell::Token0, Amount::new(1_234_567));
        sold.unwrap().amount_out
    };
    let fee = Fee::new(16, 10_000).unwrap();
    assert_eq!(out(fee), out(Fee::new(1_600, 1_000_000).unwrap()));
    let one = Amount::new(1);
    let pool = ConstantProduct::new(reserve, reserve, fee).unwrap();
    let bought = pool.quote_exact_in(Sell::Token0, one).unwrap();
    assert_eq!(bought.amount_out, Amount::ZERO);
}

/// A contract takes fee·n/(4(n − 1)) of what is out of proportion, an integer in parts of 1e-10: in parts of
/// 1,000 the same integers are 0, and a deposit of one coin that leaves in the other is free.
#[test]
fn a_fee_in_other_parts_is_the_same_fee_on_what_is_out_of_proportion() {
    let exit = |numerator, denominator| {
        let (hundred, fee) = (
            Amplification::new(100).unwrap(),
            Fee::new(numerator, denominator),
        );
        let reserves = [1_000_000_000_000; 2].map(Amount::new);
        let rates = [1_000_000_000_000_000_000; 2];
        let mut pool = StableSwap::new(hundred, fee.unwrap(), rates, reserves).unwrap();
        let amounts = [100_000_000_000, 0].map(Amount::new);
        let added = pool.add_liquidity(amounts).unwrap();
        let removed = pool.remove_single(1, added.shares).unwrap();
        assert!(!added.fees[0].is_zero() && !removed.fees[1].is_zero());
        removed.amounts[1].get()
    };
    // By the contract's integers.
    assert_eq!(exit(10_000_000, 10_000_000_000), 99_800_287_248);
    assert_eq!(exit(1, 1_000), 99_800_287_248);
    assert_eq!(exit(10, 10_000), 99_800_287_248);
    // Beside 1e-10, a part that isn't whole there differs by its rounding alone.
    let third = exit(1, 3_000);
    assert!(
        third.abs_diff(exit(3_333_333, 10_000_000_000)) < 100,
        "{third}"
    );
    assert_eq!(third, exit(2, 6_000));
}

/// The products of real sizes don't fit 128 bits: a program that multiplies in them panics, or wraps,
/// from reserves of some 18 tokens of 18 decimals on.
#[test]
fn large_reserves_are_exact() {
    let reserve = Amount::new(u128::MAX >> 1);
    let pool = ConstantProduct::new(reserve, reserve, Fee::UNISWAP_V2).unwrap();
    let sold = pool.quote_exact_in(Sell::Token1, reserve).unwrap();
    // Of 997/1997 of the reserve, the floor.
    let expected = 84_942_794_146_263_306_978_714_192_190_654_208_016_u128;
    assert_eq!(sold.amount_out.get(), expected);
}

/// What is rounded at each level loses a unit a level: a hundred small orders are then worth nothing.
#[test]
fn levels_are_summed_before_they_are_rounded() {
    let level = |price| Level {
        price,
        amount: Amount::new(1),
    };
    let bids: Vec<Level> = (1..=100).rev().map(level).collect();
    let tick = Ratio::new(1, 101).unwrap();
    let book = Ladder::<100>::new(tick, &bids, &[], Fee::NONE).unwrap();
    let all = book.quote_exact_in(Sell::Token0, Amount::new(100));
    assert_eq!(all.unwrap().amount_out, Amount::new(50));
}

/// yETH, November 2025, lost $9M: a deposit into a stable pool far out of reserve took the product term of
/// its solver to 0, and with it made shares from next to nothing. Where the steps of Curve's integers lose
/// the tiny reserves here, a swap is still cut to the exact invariant, and nothing is made of nothing.
#[test]
fn a_pool_far_out_of_balance_gives_nothing_away() {
    let amplification = Amplification::new(1).unwrap();
    let reserves = [5, 371_292_853_016].map(Amount::new);
    let rates = [1_000_000_000_000_000_000; 2];
    let mut pool = StableSwap::new(amplification, Fee::NONE, rates, reserves).unwrap();
    let (before, one) = (pool, Amount::new(1));
    let pair = before.pair(0, 1).unwrap();
    let contract = pair.contract_exact_in(Sell::Token0, one).unwrap();
    let swap = pool.swap_exact_in(0, 1, one).unwrap();
    let too_many = contract.amount_out.checked_sub(swap.amount_out);
    assert_eq!(too_many, Ok(Amount::new(2_878)));
    let back = pool.swap_exact_in(1, 0, swap.amount_out).unwrap();
    assert!(back.amount_out <= one);
}

/// A size that a sale fetches can be bought, next to where the integers end too: of a coin that counts 12,564 times,
/// a fifth more than this costs has more than 128 bits.
#[test]
fn what_a_sale_fetches_can_be_bought_near_the_end_of_the_integers() {
    let state = StableSwapState {
        reserves: [
            3_284_528_854_624_792_347_110_268_637_600,
            3_284_528_854_624_792_347_110_268_637_599,
        ]
        .map(Amount::new),
        rates: [10_u128.pow(18), 12_564_239_566_816_257_970_100],
        amplification: Amplification::from_hundredths(787).unwrap(),
        fee: Fee::new(4_000_000, 10_000_000_000).unwrap(),
        shares: Amount::new(1),
    };
    let pool = StableSwap::restore(state).unwrap();
    let pair = pool.pair(1, 0).unwrap();
    let amount = Amount::new(22_069_604_376_123_734_668_762_693_146_364_149);
    let sold = pair.quote_exact_in(Sell::Token0, amount).unwrap();
    let bought = pair.quote_exact_out(Sell::Token0, sold.amount_out).unwrap();
    assert!(bought.amount_in <= amount);
    let more = Amount::new(state.reserves[0].get() - 1);
    let refused = pair.quote_exact_out(Sell::Token0, more).unwrap_err();
    assert!(matches!(refused, Error::Overflow { .. }), "{refused}");
}
