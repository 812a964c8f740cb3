//! The laws of the stable pool.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Rounding, Wad};
use tokenomics_liquidity_curves::{
    Error, Market, Position, Quantity, Sell, StableSwap, StableSwapState, Swap,
};

use super::draw::{big, coins, sell, Draw, RATE};
use super::market::moved;

/// Whether the exact invariant of reserves, times their rates, is at least `d`: by its own equation,
/// multiplied out, in integers without a limit.
fn reaches<const N: usize>(pool: &StableSwap<N>, d: &BigUint) -> bool {
    let n = u32::try_from(N).unwrap();
    let ann = big(pool.amplification().hundredths()) * n;
    let counted = pool.reserves().into_iter().zip(pool.rates());
    let counted: Vec<BigUint> = counted
        .map(|(reserve, rate)| big(reserve.get()) * rate / RATE)
        .collect();
    let sum: BigUint = counted.iter().sum();
    let product: BigUint = counted.iter().map(|x| x * n).product();
    // 100·(A·n·S + D) against 100·(A·n·D + D^(n+1)/(n^n·∏x)).
    let left = (ann.clone() * sum + 100_u8 * d) * &product;
    let right = ann * d * product + 100_u8 * d.pow(n + 1);
    left >= right
}

/// The exact invariant is rounded once, either way.
pub fn invariant_is_exact(draw: Draw) {
    exact(&draw.stable_swap([RATE; 2]));
    exact(&draw.stable_swap([RATE, RATE * 3 / 2, 7 * RATE]));
    exact(&draw.stable_swap([RATE; 8]));
}

fn exact<const N: usize>(pool: &StableSwap<N>) {
    let Ok(floor) = pool.invariant(Rounding::Floor) else {
        return;
    };
    let ceil = pool.invariant(Rounding::Ceil).unwrap();
    assert!(ceil == floor || ceil.get() == floor.get() + 1);
    assert!(reaches(pool, &big(floor.get())));
    assert!(!reaches(pool, &(big(ceil.get()) + 1_u8)));
    assert!(ceil == floor || !reaches(pool, &big(ceil.get())));
    // D ≥ floor + 1/2 is D ≥ 2·floor + 1 of twice the reserves.
    let twice = pool
        .reserves()
        .map(|reserve| Amount::new(reserve.get() << 1));
    if pool.rates() == [RATE; N] && pool.reserves().iter().all(|x| x.get() < 1 << 120) {
        let twice = StableSwap::restore(StableSwapState {
            reserves: twice,
            ..pool.state()
        });
        let up = reaches(&twice.unwrap(), &(big(floor.get()) * 2_u8 + 1_u8));
        let nearest = if up { ceil } else { floor };
        assert_eq!(pool.invariant(Rounding::HalfUp), Ok(nearest));
        let even = pool.invariant(Rounding::HalfEven).unwrap();
        assert!(even == nearest || even.get() % 2 == 0 && even == floor);
    }
    let sum = pool.reserves().map(|reserve| big(reserve.get()));
    if pool.rates() == [RATE; N] && sum.iter().all(|reserve| *reserve == sum[0]) {
        assert_eq!(
            [big(floor.get()), big(ceil.get())],
            [&sum[0] * N, &sum[0] * N]
        );
    }
}

/// The exact invariant never falls by a swap: what is moved leaves it at its ceiling or above.
pub fn stable_invariant(draw: Draw, direction: bool, amount: u128, rate: u128) {
    let rate = RATE.saturating_add(rate);
    let amount = Amount::new(amount);
    kept(draw.stable_swap([RATE; 2]), direction, amount);
    kept(draw.stable_swap([rate, RATE]), direction, amount);
    kept(draw.stable_swap([RATE, rate, rate]), direction, amount);
    kept(draw.stable_swap([RATE; 5]), direction, amount);
}

fn kept<const N: usize>(before: StableSwap<N>, direction: bool, amount: Amount) {
    let (from, to) = coins(sell(direction));
    let least = before.invariant(Rounding::Ceil);
    parity(&before, direction, amount);
    let [mut one, mut two] = [before; 2];
    for (swap, after) in [
        (one.swap_exact_in(from, to, amount), one),
        (two.swap_exact_out(from, to, amount), two),
    ] {
        match swap {
            Ok(swap) if swap.amount_out.is_zero() => {}
            Ok(swap) => assert!(reaches(&after, &big(least.unwrap().get())), "{swap:?}"),
            Err(_) => assert_eq!(after, before),
        }
    }
}

/// A quote is the contract's to the unit, unless the exact invariant would fall by that.
fn parity<const N: usize>(pool: &StableSwap<N>, direction: bool, amount: Amount) {
    let sell = sell(direction);
    let pair = pool.pair(0, 1).unwrap();
    let Ok(quote) = pair.quote_exact_in(sell, amount) else {
        return;
    };
    let contract = pair.contract_exact_in(sell, amount).unwrap();
    if quote != contract {
        assert!(quote.amount_out < contract.amount_out);
        let least = pool.invariant(Rounding::Ceil).unwrap();
        assert!(!reaches(
            &traded(pool, direction, &contract),
            &big(least.get())
        ));
    }
}

/// The pool after a swap of these amounts.
fn traded<const N: usize>(pool: &StableSwap<N>, direction: bool, swap: &Swap) -> StableSwap<N> {
    let (from, to) = coins(sell(direction));
    let mut reserves = pool.reserves();
    reserves[from] = reserves[from].checked_add(swap.amount_in).unwrap();
    reserves[to] = reserves[to].checked_sub(swap.amount_out).unwrap();
    StableSwap::restore(StableSwapState {
        reserves,
        ..pool.state()
    })
    .unwrap()
}

/// The contract's integers, without a fee and where no coin is more than 64 times as scarce as another
/// before and after, lower the exact invariant by less than n² units, where n is the number of coins.
pub fn contract_integers(draw: Draw, direction: bool, amount: u128) {
    let draw = draw.without_fee();
    near(draw.stable_swap([RATE; 2]), direction, amount);
    near(draw.stable_swap([RATE; 3]), direction, amount);
    near(draw.stable_swap([RATE; 8]), direction, amount);
}

/// The pool with reserves of 2^40 to 2^46 units, and `more` bits.
fn ordinary<const N: usize>(pool: &StableSwap<N>, more: u32) -> StableSwap<N> {
    let reserves = pool.reserves().map(|reserve| {
        let (by, rest) = (reserve.get() % 7, reserve.get() / 7);
        Amount::new(((1 << (40 + by)) + rest % (1 << 39)) << more)
    });
    StableSwap::restore(StableSwapState {
        reserves,
        ..pool.state()
    })
    .unwrap()
}

fn near<const N: usize>(pool: StableSwap<N>, direction: bool, amount: u128) {
    let pool = ordinary(&pool, 0);
    let pair = pool.pair(0, 1).unwrap();
    let amount = Amount::new(amount % (1 << 46));
    // Of eight coins, steps can go round in a circle.
    let Some(swap) = moved(pair.contract_exact_in(sell(direction), amount)) else {
        return;
    };
    let after = traded(&pool, direction, &swap);
    let ends = after.reserves();
    let scarce = ends.iter().min().unwrap().get();
    if ends.iter().any(|reserve| reserve.get() > 64 * scarce) {
        return;
    }
    let slack = (N * N) as u128 - 1;
    let least = pool.invariant(Rounding::Floor).unwrap().get() - slack;
    assert!(reaches(&after, &big(least)), "{pool:?} {swap:?}");
}

/// The price falls by a sale just as the dollar gamma says: by p² of what is sold for each unit of it, to
/// a hundredth at a sale of 2^-30 of a reserve. At its own price a pool is what it holds.
pub fn gamma_is_the_slope(draw: Draw) {
    slope(&draw.without_fee().stable_swap([RATE; 2]));
    slope(
        &draw
            .without_fee()
            .stable_swap([RATE, RATE * 3 / 2, 3 * RATE]),
    );
}

fn slope<const N: usize>(pool: &StableSwap<N>) {
    let pool = ordinary(pool, 50);
    let pair = pool.pair(0, 1).unwrap();
    let amount = Amount::new(pool.reserves()[0].get() >> 30);
    let before = pair.price().unwrap();
    let after = pair.price_after(Sell::Token0, amount).unwrap();
    let fallen = big(before.numerator()) * after.denominator()
        - big(after.numerator()) * before.denominator();
    // p²·amount / (p − p'), with p = n/d and p' = n'/d'.
    let expected =
        big(amount.get()) * before.numerator() * before.numerator() * after.denominator()
            / (fallen * before.denominator());
    let found = pair.gamma_at(before).unwrap();
    let gamma = big(found.get());
    let (most, least) = (expected.clone().max(gamma.clone()), expected.min(gamma));
    assert!((most - &least) * 100_u8 <= least, "{pool:?}");
    // Half of the variance, of the gamma: of 2 it is all of it.
    let loss = pair.loss_versus_rebalancing_at(before, Wad::from_integer(2).unwrap());
    assert_eq!(loss, Ok(found));
    // At its own price it is what it is, but for what the price was cut by.
    let [reserve0, reserve1] = [pool.reserves()[0], pool.reserves()[1]];
    let delta = pair.delta_at(before).unwrap();
    assert!(
        delta.abs_diff(reserve0) <= Amount::new(1),
        "{pool:?} {delta}"
    );
    let worth0 = reserve0.mul_ratio(before, Rounding::Floor).unwrap();
    let worth = worth0.checked_add(reserve1).unwrap();
    let value = pair.value_at(before).unwrap();
    assert!(value.abs_diff(worth) <= Amount::new(2), "{value} {worth}");
}

/// What all shares are worth of the exact invariant falls by no deposit or withdrawal, in proportion, by n² + 2 units
/// of it, where n is the number of coins. None is refused for that where no coin is
/// more than 64 times as scarce as another, nor becomes so.
pub fn stable_share_value(draw: Draw, amounts: [u128; 2], coin: bool) {
    shared(&draw.stable_swap([RATE; 2]), amounts, usize::from(coin));
    shared(
        &draw.stable_swap([RATE, 2 * RATE, RATE]),
        amounts,
        usize::from(coin),
    );
    let ordinary = ordinary(&draw.stable_swap([RATE; 3]), 0);
    let amounts = amounts.map(|amount| amount % (1 << 39));
    for error in shared(&ordinary, amounts, usize::from(coin)) {
        if let Error::OutOfRange { what, .. } = error {
            assert_ne!(what, Quantity::Invariant, "{ordinary:?}");
        }
    }
}

/// Calls all that moves shares, and returns what was refused.
fn shared<const N: usize>(pool: &StableSwap<N>, amounts: [u128; 2], coin: usize) -> Vec<Error> {
    let Ok(shares) = pool.invariant(Rounding::Ceil) else {
        return Vec::new();
    };
    let before = StableSwap::restore(StableSwapState {
        shares,
        ..pool.state()
    })
    .unwrap();
    let mut moved = [Amount::ZERO; N];
    moved[0] = Amount::new(amounts[0]);
    moved[N - 1] = Amount::new(amounts[1]);
    let part = Amount::new(1 + amounts[0] % shares.get());
    let mut refused = Vec::new();
    let mut call = |before: StableSwap<N>, by: &dyn Fn(&mut StableSwap<N>) -> Result<_, Error>| {
        let mut pool = before;
        match by(&mut pool) {
            Ok(_) if pool.shares().is_zero() => {}
            Ok(_) => keeps_value(&before, &pool),
            Err(error) => {
                assert_eq!(pool, before);
                refused.push(error);
            }
        }
        pool
    };
    let with = call(before, &|pool| pool.add_liquidity(moved));
    call(before, &|pool| pool.remove_amounts(moved));
    for from in [before, with] {
        call(from, &|pool| pool.remove_liquidity(part));
        call(from, &|pool| pool.remove_single(coin, part));
    }
    refused
}

fn keeps_value<const N: usize>(before: &StableSwap<N>, after: &StableSwap<N>) {
    let least = before.invariant(Rounding::Floor).unwrap();
    let least = big(least.get().saturating_sub((N * N) as u128)) * after.shares().get();
    let least = least / before.shares().get();
    assert!(reaches(after, &least), "{before:?} {after:?}");
}
