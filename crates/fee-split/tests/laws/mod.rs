//! The laws of fees, each once, as checks over plain integers. Any input is brought into the valid
//! range first, so that a check fails for the law's sake only.

#![allow(unreachable_pub, reason = "a fuzz target includes this file too")]
#![allow(
    dead_code,
    unused_imports,
    reason = "each test file calls some of them"
)]

mod payments;
mod reward_pool;
mod stake_pool;
mod stream;
mod streamed_pool;

pub use payments::{
    accrual, claim_pattern, exact_share, funded, path_independent, Call, Kind, Round,
};
pub use reward_pool::{assets_are_pools, rewards_by_loop, AssetCall};
pub use stake_pool::{
    stake_rewards_by_loop, stakes_accrue, stakes_conserved, stakes_no_profit, StakeCall,
};
pub use stream::{poke_free, promise, stream_conserves, stream_is_the_line, StreamCall};
pub use streamed_pool::{
    streamed_accrual, streamed_by_the_second, streamed_funded, streamed_poke_free, StreamedCall,
};

use tokenomics_fee_split::{largest_remainder, split_by_weights, WeightedSplit};
use tokenomics_fixed_math::{Amount, U256};

/// Weights to split by: at least one, and not all zero.
fn weights(raw: &[u64]) -> Vec<u64> {
    let mut weights = raw.to_vec();
    if weights.iter().all(|&weight| weight == 0) {
        weights.push(1);
    }
    weights
}

fn sum(parts: &[Amount]) -> u128 {
    Amount::try_sum(parts.iter().copied()).unwrap().get()
}

/// Whether `part` is less than one unit away from amount·weight/total.
fn is_close(part: Amount, amount: u128, weight: u64, total: u128) -> bool {
    let (got, exact) = (
        U256::product(part.get(), total),
        U256::product(amount, weight.into()),
    );
    let (low, high) = (got.min(exact), got.max(exact));
    high.checked_sub(low).unwrap() < total.into()
}

/// The parts sum to what was split; each is less than a unit from its exact share; who has no
/// weight gets nothing.
pub fn sum_of_parts(amount: u128, raw: &[u64]) {
    let weights = weights(raw);
    let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let mut parts = vec![Amount::MAX; weights.len()];
    for method in [split_by_weights, largest_remainder] {
        method(Amount::new(amount), &weights, &mut parts).unwrap();
        assert_eq!(sum(&parts), amount, "{parts:?}");
        for (&part, &weight) in parts.iter().zip(&weights) {
            assert!(
                is_close(part, amount, weight, total),
                "{part} for {weight} of {total}"
            );
            assert!(weight > 0 || part.is_zero(), "{part} for nothing");
        }
    }
    if let [a, b, c, ..] = weights[..] {
        if let Ok(split) = WeightedSplit::new([a, b, c]) {
            split_by_weights(Amount::new(amount), &[a, b, c], &mut parts[..3]).unwrap();
            assert_eq!(split.split(Amount::new(amount))[..], parts[..3]);
        }
    }
}

/// Largest remainders by definition: sorted, ties by index.
pub fn largest_remainder_by_definition(amount: u128, raw: &[u64]) {
    let weights = weights(raw);
    let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let shares = weights.iter().map(|&weight| {
        let (floor, rest) = U256::product(amount, weight.into()).div_rem(total).unwrap();
        (floor.to_u128().unwrap(), rest)
    });
    let shares: Vec<(u128, u128)> = shares.collect();
    let left = amount - shares.iter().map(|share| share.0).sum::<u128>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&index| core::cmp::Reverse(shares[index].1)); // stable
    let mut expected: Vec<u128> = shares.iter().map(|share| share.0).collect();
    for &index in &order[..usize::try_from(left).unwrap()] {
        expected[index] += 1;
    }
    let mut parts = vec![Amount::ZERO; weights.len()];
    largest_remainder(Amount::new(amount), &weights, &mut parts).unwrap();
    assert_eq!(
        parts.iter().map(|part| part.get()).collect::<Vec<_>>(),
        expected
    );
}
