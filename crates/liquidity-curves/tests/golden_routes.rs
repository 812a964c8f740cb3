//! Figures of a liquidity bootstrapping pool, and of routes.

use tokenomics_fixed_math::{fraction, Amount, Rounding, SignedWad, Timestamp, Wad};
use tokenomics_liquidity_curves::{
    ConstantProduct, Fee, GradualWeights, Market, Router, Sell, Swap, Weighted,
};

const ONE: u128 = 1_000_000_000_000_000_000;

/// A pool of Balancer v3 on Sepolia, BAL and DAI, at block 8,085,514, as balancer/balancer-maths has it in
/// testData/testData/11155111-8085514-LBP-BAL-DAI.json.
fn bootstrapping_pool() -> Weighted<2> {
    let [start, now, end] = [1_744_204_169, 1_744_221_012, 1_744_546_169].map(Timestamp::new);
    let from = [fraction!("0.5"), fraction!("0.5")];
    let to = [fraction!("0.1"), fraction!("0.9")];
    let gradual = GradualWeights::new(start, end, from, to).unwrap();
    let weights = gradual.weights_at(now);
    let expected = [480_300_584_795_321_638, 519_699_415_204_678_362];
    assert_eq!(weights.map(|weight| weight.raw()), expected);
    let fee = Fee::new(3, 1_000).unwrap();
    let mut pool = Weighted::new([Amount::new(ONE); 2], from, fee).unwrap();
    pool.set_weights(weights).unwrap();
    pool
}

/// What the vault adds to a power: 1e-14 of it, rounded up, and a unit.
fn with_margin(power: Wad) -> Wad {
    let margin = power.mul(Wad::from_raw(10_000), Rounding::Ceil).unwrap();
    let margin = margin.checked_add(Wad::from_raw(1)).unwrap();
    power.checked_add(margin).unwrap()
}

/// The vault's weight of one token by that of the other, in 18 decimals.
fn exponent(pool: &Weighted<2>, above: usize, below: usize, rounding: Rounding) -> SignedWad {
    let [above, below] = [above, below].map(|at| Wad::from_raw(pool.weights()[at].raw().into()));
    let raw = above.div(below, rounding).unwrap().raw();
    SignedWad::from_raw(raw.try_into().unwrap())
}

/// The swaps that the vault quoted, by its own steps to the unit. Here it is the curve's amount, which is
/// better for the trader by the vault's margin.
#[test]
fn a_bootstrapping_pool_sells() {
    let pool = bootstrapping_pool();
    let amount = Amount::new(10_000_000);
    for (from, to, paid) in [(0, 1, 9_204_164), (1, 0, 10_777_832)] {
        let counted = amount.get() - pool.fee().of(amount).get();
        let base = Wad::ONE.div(Wad::from_raw(ONE + counted), Rounding::Ceil);
        let exponent = exponent(&pool, from, to, Rounding::Floor);
        let power = base.unwrap().pow(exponent, Rounding::Floor).unwrap();
        let vault = Wad::ONE.checked_sub(with_margin(power)).unwrap();
        assert!(vault.raw().abs_diff(paid) <= 1, "{}", vault.raw());
        let swap = pool
            .pair(from, to)
            .unwrap()
            .quote_exact_in(Sell::Token0, amount);
        let more = swap.unwrap().amount_out.get() - paid;
        assert!((10_001..=10_002).contains(&more), "{more}");
    }
}

#[test]
fn a_bootstrapping_pool_is_bought_from() {
    let pool = bootstrapping_pool();
    let amount = Amount::new(10_000_000);
    for (from, to, asked) in [(0, 1, 10_862_887), (1, 0, 9_279_734)] {
        let swap = pool
            .pair(from, to)
            .unwrap()
            .quote_exact_out(Sell::Token0, amount);
        // The margin is 1e-14 of about one, before the fee.
        let more = asked - swap.unwrap().amount_in.get();
        assert!((10_001..=10_034).contains(&more), "{more}");
    }
}

fn pool(units: u128) -> ConstantProduct {
    let reserve = Amount::new(units * ONE);
    ConstantProduct::new(reserve, reserve, Fee::NONE).unwrap()
}

/// Ten pools of 1,000 are one of 10,000 to a route: a lone exit of 100 is paid 99.0099 and not 90.9091.
#[test]
fn segregated_pools_are_shared_by_a_route() {
    let pools = [pool(1_000); 10];
    let markets = pools.each_ref().map(|pool| {
        let market: &dyn Market = pool;
        market
    });
    let exit = Amount::new(100 * ONE);
    let alone = pools[0].quote_exact_in(Sell::Token0, exit).unwrap();
    assert_eq!(alone.amount_out.get(), 90_909_090_909_090_909_090);
    let route = Router::new(markets)
        .quote_exact_in(Sell::Token0, exit)
        .unwrap();
    for part in route.parts {
        // Within a hundred-millionth, where the rounding of quotes is all that tells splits apart.
        assert!(part.amount_in.get().abs_diff(10 * ONE) < ONE / 10_000_000);
    }
    let shared = pool(10_000).quote_exact_in(Sell::Token0, exit).unwrap();
    assert_eq!(shared.amount_out.get(), 99_009_900_990_099_009_900);
    assert!(route.amount_out.abs_diff(shared.amount_out) <= Amount::new(10));
}

/// A market that is empty, too dear or alone, and a size of nothing.
#[test]
fn markets_that_are_no_use_get_nothing() {
    let (good, mut empty) = (pool(10), pool(10));
    empty.remove_liquidity(empty.shares()).unwrap();
    let reserve = Amount::new(ONE);
    let dear = ConstantProduct::new(reserve, reserve, Fee::new(99, 100).unwrap()).unwrap();
    let amount = Amount::new(ONE);
    for sale in [true, false] {
        let quote = |router: Router<'_, 3>, amount| match sale {
            true => router.quote_exact_in(Sell::Token1, amount),
            false => router.quote_exact_out(Sell::Token1, amount),
        };
        let router = Router::new([&empty, &dear, &good]);
        let route = quote(router, amount).unwrap();
        let alone: Swap = match sale {
            true => good.quote_exact_in(Sell::Token1, amount).unwrap(),
            false => good.quote_exact_out(Sell::Token1, amount).unwrap(),
        };
        assert_eq!(route.parts[2], alone);
        assert!(route.parts[..2].iter().all(|part| part.amount_in.is_zero()));
        let nothing = quote(router, Amount::ZERO).unwrap();
        assert!(nothing.amount_in.is_zero() && nothing.amount_out.is_zero());
        assert!(quote(Router::new([&empty, &empty, &empty]), amount).is_err());
    }
    assert!(Router::new([])
        .quote_exact_in(Sell::Token0, amount)
        .is_err());
}
