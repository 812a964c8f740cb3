//! The laws of the constant-product pool.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Ratio, Wad};
use tokenomics_liquidity_curves::{ConstantProduct, Error, Position};

use super::draw::{big, sell, Draw};

fn product(pool: &ConstantProduct) -> BigUint {
    big(pool.reserve0().get()) * big(pool.reserve1().get())
}

/// The product of the reserves never falls by a swap; by one unit more paid out, or one less handed in,
/// it would, of what counts after the fee.
pub fn constant_product(draw: Draw, direction: bool, amount: u128) {
    let (sell, amount) = (sell(direction), Amount::new(amount));
    let before = draw.constant_product();
    let (fee, ends) = (before.fee(), [before.reserve0(), before.reserve1()]);
    let sold = big(ends[usize::from(direction)].get());
    let bought = big(ends[usize::from(!direction)].get());
    let holds = |amount_in: BigUint, amount_out: BigUint| {
        let whole = big(fee.denominator());
        let left = &bought - amount_out;
        let counted = &sold * &whole + amount_in * big(fee.kept());
        counted * left >= &sold * &bought * whole
    };
    let mut pool = before;
    if let Ok(swap) = pool.swap_exact_in(sell, amount) {
        let (amount_in, out) = (big(swap.amount_in.get()), big(swap.amount_out.get()));
        assert!(product(&pool) >= product(&before));
        assert!(holds(amount_in.clone(), out.clone()));
        assert!(!holds(amount_in, out + 1_u8));
    }
    let mut pool = before;
    if let Ok(swap) = pool.swap_exact_out(sell, amount) {
        let (amount_in, out) = (big(swap.amount_in.get()), big(swap.amount_out.get()));
        assert!(product(&pool) >= product(&before));
        assert!(holds(amount_in.clone(), out.clone()));
        assert!(swap.amount_in.is_zero() || !holds(amount_in - 1_u8, out));
    }
}

/// What a share is worth in each token falls neither by a deposit nor by a withdrawal, and in both
/// together not by a swap; what was added can be taken back but for a unit of each, and no more of it.
pub fn share_value(draw: Draw, amounts: [u128; 2], direction: bool, amount: u128) {
    let mut pool = draw.constant_product();
    let before = pool;
    let not_less = |before: &ConstantProduct, after: &ConstantProduct| {
        let (all, now) = (big(before.shares().get()), big(after.shares().get()));
        let reserves = [
            (before.reserve0(), after.reserve0()),
            (before.reserve1(), after.reserve1()),
        ];
        for (before, after) in reserves {
            assert!(big(after.get()) * &all >= big(before.get()) * &now);
        }
    };
    let [amount0, amount1] = amounts.map(Amount::new);
    if let Ok(added) = pool.add_liquidity(amount0, amount1) {
        assert!(added.amounts[0] <= amount0 && added.amounts[1] <= amount1);
        not_less(&before, &pool);
        let with = pool;
        let removed = pool.remove_liquidity(added.shares).unwrap();
        not_less(&with, &pool);
        let one = Amount::new(1);
        for (added, removed) in added.amounts.into_iter().zip(removed.amounts) {
            assert!(removed <= added && added.abs_diff(removed) <= one);
        }
    } else {
        assert_eq!(pool, before);
    }
    let shares = Amount::new(1 + amount % before.shares().get());
    pool.remove_liquidity(shares).unwrap();
    if !pool.shares().is_zero() {
        not_less(&before, &pool);
        let (all, k) = (pool.shares(), product(&pool));
        let _ = pool.swap_exact_in(sell(direction), amount0);
        assert!(pool.shares() == all && product(&pool) >= k);
    } else {
        assert_eq!([pool.reserve0(), pool.reserve1()], [Amount::ZERO; 2]);
    }
}

/// Value and delta at a price are the floors of the real roots, the dollar gamma is the ceiling, and the loss is
/// above the real number by at most a unit and half of the variance: by squares, in integers without a limit.
pub fn constant_product_position(draw: Draw, price: [u128; 2], variance: u128) {
    let pool = draw.constant_product();
    let [numerator, denominator] = price.map(|term| term.max(1));
    let at = Ratio::new(numerator, denominator).unwrap();
    let [up, down] = [numerator, denominator].map(big);
    let square = product(&pool) * &up * 4_u8;
    // root² ≤ above/below < (root + 1)², or the root has no room.
    let floored = |root: Result<Amount, Error>, above: &BigUint, below: &BigUint| match root {
        Ok(root) => {
            let (root, next) = (big(root.get()), big(root.get()) + 1_u8);
            assert!(&root * &root * below <= *above && &next * &next * below > *above);
        }
        Err(_) => assert!(*above >= (below << 256_u32), "{above} {below}"),
    };
    floored(pool.value_at(at), &square, &down);
    // (root − 1)² < above/below ≤ root².
    match pool.gamma_at(at) {
        Ok(root) => {
            let below = big(root.get().saturating_sub(1));
            let root = big(root.get());
            let real = &square / 16_u8;
            assert!(&root * &root * 16_u8 * &down >= square);
            assert!(
                root == BigUint::ZERO || &below * &below * 16_u8 * &down < square,
                "{real}"
            );
        }
        Err(_) => assert!(square >= ((&down * 16_u8) << 256_u32) - &down * 16_u8),
    }
    floored(pool.delta_at(at), &(product(&pool) * &down), &up);
    let Ok(loss) = pool.loss_versus_rebalancing_at(at, Wad::from_raw(variance)) else {
        return;
    };
    let (variance, unit) = (big(variance), big(8_000_000_000_000_000_000_u128));
    let real = &variance * &variance * &square;
    let counted = big(loss.get()) * &unit;
    assert!(&counted * &counted * &down >= real);
    let slack = &variance * 4_u8 + &unit;
    if counted > slack {
        let less = counted - slack;
        assert!(&less * &less * down < real);
    }
}
