//! The laws of the weighted pool.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_liquidity_curves::{Fee, Weighted};

use super::draw::{big, Draw};

/// A pool of three: the draw's two tokens and a third, at weights of whole percents.
fn pool(draw: &Draw, third: u128) -> Weighted<3> {
    let [reserve0, reserve1] = draw.reserves();
    let [first, second] = draw.shape.map(|number| 1 + number % 49);
    let percents = [first, second, 100 - first - second];
    let weights = percents.map(|percent| Fraction::from_percent(percent).unwrap());
    let reserves = [reserve0, reserve1, Amount::new(third.max(1))];
    Weighted::new(reserves, weights, draw.fee()).unwrap()
}

/// ∏ reserve^percent: the invariant to the power of 100.
fn product(pool: &Weighted<3>) -> BigUint {
    let one_percent = Fraction::SCALE / 100;
    let tokens = pool.reserves().into_iter().zip(pool.weights());
    tokens.fold(BigUint::from(1_u8), |product, (reserve, weight)| {
        product * big(reserve.get()).pow(u32::try_from(weight.raw() / one_percent).unwrap())
    })
}

/// The weighted product never falls by a swap; by one unit more paid out, or one less handed in, it
/// would where there is no fee. Tokens that aren't swapped stay as they are.
pub fn weighted_invariant(draw: Draw, third: u128, tokens: [u8; 2], amount: u128) {
    let amount = Amount::new(amount);
    let before = pool(&draw, third);
    let [from, to] = tokens.map(|token| usize::from(token % 3));
    let other = (0..3).find(|&token| token != from && token != to).unwrap();
    let one = Amount::new(1);
    let falls = |sold: Amount, bought: Amount| {
        let mut reserves = before.reserves();
        (reserves[from], reserves[to]) = (sold, bought);
        Weighted::new(reserves, before.weights(), Fee::NONE)
            .is_ok_and(|pool| product(&pool) < product(&before))
    };
    for exact_in in [true, false] {
        let mut after = before;
        let swap = if exact_in {
            after.swap_exact_in(from, to, amount)
        } else {
            after.swap_exact_out(from, to, amount)
        };
        let Ok(swap) = swap else {
            assert_eq!(after, before);
            continue;
        };
        assert!(from != to && product(&after) >= product(&before));
        assert_eq!(after.reserves()[other], before.reserves()[other]);
        let [sold, bought] = [from, to].map(|token| after.reserves()[token]);
        if before.fee() == Fee::NONE && exact_in && bought > one {
            assert!(falls(sold, bought.checked_sub(one).unwrap()), "{swap:?}");
        } else if before.fee() == Fee::NONE && !exact_in && !swap.amount_in.is_zero() {
            assert!(falls(sold.checked_sub(one).unwrap(), bought), "{swap:?}");
        }
    }
}

/// What a share is worth falls by no deposit, withdrawal or swap: in each token by what is moved in
/// proportion, in the invariant by what is moved in one token alone.
pub fn weighted_share_value(draw: Draw, third: u128, token: u8, amounts: [u128; 3]) {
    let mut pool = pool(&draw, third);
    let token = usize::from(token % 3);
    let amount = Amount::new(amounts[token]);
    let with = pool;
    match pool.add_liquidity(amounts.map(Amount::new)) {
        Ok(added) => {
            assert!((0..3).all(|k| added.amounts[k].get() <= amounts[k]));
            each_not_less(&with, &pool);
            let with = pool;
            let removed = pool.remove_liquidity(added.shares).unwrap();
            each_not_less(&with, &pool);
            for (added, removed) in added.amounts.into_iter().zip(removed.amounts) {
                assert!(removed <= added && added.abs_diff(removed) <= Amount::new(1));
            }
        }
        Err(_) => assert_eq!(pool, with),
    }
    let with = pool;
    match pool.add_single(token, amount) {
        Ok(added) => {
            not_less(&with, &pool);
            let with = pool;
            let back = pool.remove_single(token, added.shares).unwrap();
            not_less(&with, &pool);
            assert!(back.amounts[token] <= amount, "{added:?} {back:?}");
        }
        Err(_) => assert_eq!(pool, with),
    }
    let with = pool;
    if pool.remove_single(token, amount).is_ok() {
        not_less(&with, &pool);
    }
    pool.remove_liquidity(pool.shares()).unwrap();
    assert_eq!(pool.reserves(), [Amount::ZERO; 3]);
}

fn each_not_less(before: &Weighted<3>, after: &Weighted<3>) {
    let (all, now) = (big(before.shares().get()), big(after.shares().get()));
    for (before, after) in before.reserves().into_iter().zip(after.reserves()) {
        assert!(big(after.get()) * &all >= big(before.get()) * &now);
    }
}

fn not_less(before: &Weighted<3>, after: &Weighted<3>) {
    let shares = |pool: &Weighted<3>| big(pool.shares().get()).pow(100);
    assert!(product(after) * shares(before) >= product(before) * shares(after));
}
