//! Faults that other splits and pools had, each of which would fail here.

use tokenomics_fee_split::{
    largest_remainder, split_by_weights, Error, Position, Quantity, RewardPool, WeightedSplit,
};
use tokenomics_fixed_math::{Amount, U256};

fn staked(pool: &mut RewardPool, shares: u128) -> Position {
    let mut position = Position::new();
    pool.set_shares(&mut position, shares).unwrap();
    position
}

/// 0xSplits floors each share of each payment (#21): a minority of 1% never gets anything from
/// payments below 100 units.
#[test]
fn a_minority_gets_its_share_of_a_thousand_payments_of_seven_units() {
    let floored: u128 = (0..1_000).map(|_| 7 / 100).sum();
    assert_eq!(floored, 0);

    let mut pool = RewardPool::new();
    let (major, minor) = (staked(&mut pool, 99), staked(&mut pool, 1));
    for _ in 0..1_000 {
        pool.fund(Amount::new(7)).unwrap();
    }
    let shares = [major, minor].map(|position| pool.claimable(&position).unwrap().get());
    assert_eq!(shares, [6_930, 70]);
}

/// OpenZeppelin's PaymentSplitter (up to 4.9) floors each payee's share of all that was received:
/// one of 100 units to three equal payees can't be got out.
#[test]
fn nothing_of_a_split_is_left_behind() {
    let floored: u128 = (0..3).map(|_| 100 / 3).sum();
    assert_eq!(floored, 99);
    let split = WeightedSplit::new([1, 1, 1]).unwrap();
    assert_eq!(split.split(Amount::new(100)).map(Amount::get), [33, 33, 34]);
    assert_eq!(
        split.split(Amount::MAX).map(Amount::get),
        [u128::MAX / 3; 3]
    );
}

/// The crate largest-remainder-method computes in f64: over u64::MAX it comes out 1,020 short.
#[test]
fn the_largest_integers_are_apportioned_to_the_last() {
    let weights = [u64::MAX, u64::MAX - 1, 1, 0, 7_777_777];
    for amount in [u128::from(u64::MAX), u128::MAX, u128::MAX - 1] {
        let mut parts = [Amount::ZERO; 5];
        for method in [largest_remainder, split_by_weights] {
            method(Amount::new(amount), &weights, &mut parts).unwrap();
            assert_eq!(Amount::try_sum(parts), Ok(Amount::new(amount)));
            assert!(parts[3].is_zero());
        }
    }
}

/// moneyphp ranks the remainders as floats, for which 2^53 and 2^53 + 1 are the same.
#[test]
fn remainders_that_floats_confuse_are_told_apart() {
    let weights = [1 << 53, (1 << 53) + 1, 1];
    let mut parts = [Amount::ZERO; 3];
    largest_remainder(Amount::new(1), &weights, &mut parts).unwrap();
    assert_eq!(parts.map(Amount::get), [0, 1, 0]);
}

/// Of equal remainders the first is rounded up, whoever runs it.
#[test]
fn a_tie_goes_to_the_lower_index() {
    let mut parts = [Amount::ZERO; 4];
    largest_remainder(Amount::new(6), &[1, 1, 1, 1], &mut parts).unwrap();
    assert_eq!(parts.map(Amount::get), [2, 2, 1, 1]);
}

/// A cleared share list, or one that doesn't fit its payees, would divide by zero or pay the wrong
/// ones.
#[test]
fn weights_that_split_nothing_are_refused() {
    let (what, value, bound) = (Quantity::WeightSum, 0, 1);
    let nothing = Error::OutOfRange { what, value, bound };
    let misfit = |bound| {
        let (what, value) = (Quantity::PartCount, 2);
        Err(Error::OutOfRange { what, value, bound })
    };
    let mut parts = [Amount::new(7); 2];
    for method in [largest_remainder, split_by_weights] {
        let mut split = |weights: &[u64]| method(Amount::new(10), weights, &mut parts);
        assert_eq!(split(&[0, 0]), Err(nothing));
        assert_eq!(split(&[1]), misfit(1));
        assert_eq!(split(&[1, 2, 3]), misfit(3));
        assert_eq!(method(Amount::new(10), &[], &mut []), Err(nothing));
    }
    assert_eq!(parts, [Amount::new(7); 2]);
    assert_eq!(WeightedSplit::new([]), Err(nothing));
}

/// Synthetix StakingRewards at its scale of 1e18: a week of 1,000.000017 USDC to 4e24 staked units,
/// with someone touching the contract every 987 seconds, pays nothing, and all of it is stuck.
#[test]
fn a_poke_every_987_seconds_takes_nothing_from_the_stakers() {
    const REWARD: u128 = 1_000_000_017;
    const STAKED: u128 = 4_000_000_000_000_000_000_000_000;
    let (week, rate) = (604_800, REWARD / 604_800);
    let mut per_token_there = 0;
    let mut pool = RewardPool::new();
    let (mut alice, mut bob) = (
        staked(&mut pool, STAKED / 4 * 3),
        staked(&mut pool, STAKED / 4),
    );
    let (mut streamed, mut paid) = (0, 0);
    for time in (987..=week).step_by(987) {
        per_token_there += 987 * rate * 1_000_000_000_000_000_000 / STAKED;
        let due = REWARD * time / week;
        pool.fund(Amount::new(due - streamed)).unwrap();
        streamed = due;
        paid += pool.claim(&mut bob).unwrap().get();
    }
    pool.fund(Amount::new(REWARD - streamed)).unwrap();
    paid += pool.claim(&mut bob).unwrap().get();

    assert_eq!(per_token_there, 0);
    assert_eq!(paid, 250_000_004); // of 250,000,004.25
    assert_eq!(pool.claim(&mut alice), Ok(Amount::new(750_000_012))); // of 750,000,012.75
    assert_eq!(pool.carried(Amount::ZERO), Ok(Amount::new(1)));
}

/// Osmosis truncated what a block adds to its accumulator to zero (#2471, #7409).
#[test]
fn a_unit_a_block_to_the_most_shares_adds_up() {
    let mut pool = RewardPool::new();
    let position = staked(&mut pool, u128::MAX - 1);
    let other = staked(&mut pool, 1);
    for _ in 0..100_000 {
        pool.fund(Amount::new(1)).unwrap();
    }
    assert_eq!(pool.claimable(&position), Ok(Amount::new(99_999)));
    assert_eq!(pool.claimable(&other), Ok(Amount::ZERO));
    assert_eq!(pool.carried(Amount::new(99_999)), Ok(Amount::new(1)));
}

/// Tokemak lost what was paid while nothing was staked (#387).
#[test]
fn what_is_funded_without_shares_is_kept() {
    let mut pool = RewardPool::new();
    pool.fund(Amount::new(500)).unwrap();
    assert_eq!(pool.unallocated(), Amount::new(500));
    let mut alice = staked(&mut pool, 8);
    assert_eq!(pool.claimable(&alice), Ok(Amount::ZERO));
    pool.fund(Amount::new(12)).unwrap();
    assert_eq!(pool.claim(&mut alice), Ok(Amount::new(512)));

    pool.set_shares(&mut alice, 0).unwrap();
    pool.fund(Amount::new(40)).unwrap();
    assert_eq!(pool.take_unallocated(), Amount::new(40));
    assert_eq!(pool.take_unallocated(), Amount::ZERO);
    assert_eq!(
        (pool.funded(), pool.paid()),
        (Amount::new(512), Amount::new(512))
    );
}

/// Popsicle moved shares without what they had been settled at: each receiver could claim all that
/// the shares ever earned, $20.7M.
#[test]
fn shares_handed_on_take_no_rewards_along() {
    let mut pool = RewardPool::new();
    let mut alice = staked(&mut pool, 64);
    pool.fund(Amount::new(1_000)).unwrap();
    let (mut bob, mut carol) = (Position::new(), Position::new());
    pool.transfer(&mut alice, &mut bob, 64).unwrap();
    pool.transfer(&mut bob, &mut carol, 64).unwrap();
    assert_eq!(pool.claim(&mut carol), Ok(Amount::ZERO));
    assert_eq!(pool.claim(&mut bob), Ok(Amount::ZERO));
    assert_eq!(pool.claim(&mut alice), Ok(Amount::new(1_000)));

    pool.fund(Amount::new(64)).unwrap();
    assert_eq!(pool.claim(&mut carol), Ok(Amount::new(64)));
    assert_eq!(pool.claim(&mut alice), Ok(Amount::ZERO));
    let (what, value, bound) = (Quantity::Shares, 1, 0);
    let refused = pool.transfer(&mut alice, &mut carol, value);
    assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
}

/// A position that was copied, so that two hold what one does, can't be told from two; but a transfer
/// whose sum can't be counted leaves both as they were, and what the giver is owed.
#[test]
fn a_transfer_that_is_refused_leaves_the_giver_untouched() {
    let mut pool = RewardPool::new();
    let mut giver = staked(&mut pool, (1 << 127) + 1);
    pool.fund(Amount::new(1_000)).unwrap();
    let mut copy = giver;
    let (before, owed) = ((pool, giver, copy), pool.claimable(&giver));
    // Too many for the taker to hold, and more than the giver has.
    for shares in [(1 << 127) - 1, 1 << 127, (1 << 127) + 2, u128::MAX] {
        let refused = pool.transfer(&mut giver, &mut copy, shares);
        assert!(refused.is_err(), "{shares}");
        assert_eq!((pool, giver, copy), before, "{shares}");
    }
    assert_eq!(pool.claim(&mut giver), owed);
}

/// Whoever joins after a funding has no part in it, and whoever leaves keeps what was earned.
#[test]
fn joining_and_leaving_change_no_earlier_reward() {
    let mut pool = RewardPool::new();
    let mut alice = staked(&mut pool, 4);
    pool.fund(Amount::new(100)).unwrap();
    let mut bob = staked(&mut pool, 1_000_000);
    assert_eq!(pool.claimable(&bob), Ok(Amount::ZERO));
    pool.set_shares(&mut alice, 0).unwrap();
    pool.fund(Amount::new(100)).unwrap();
    assert_eq!(pool.claim(&mut alice), Ok(Amount::new(100)));
    assert_eq!(pool.claim(&mut bob), Ok(Amount::new(99))); // a millionth of 2^-128 below 100
    pool.fund(Amount::new(1)).unwrap();
    assert_eq!(pool.claim(&mut bob), Ok(Amount::new(1)));
}

/// A position that was copied can't be told from two, but no more is paid than there is.
#[test]
fn what_is_paid_twice_is_at_most_what_is_there() {
    let mut pool = RewardPool::new();
    let mut alice = staked(&mut pool, 2);
    let mut copy = alice;
    pool.fund(Amount::new(10)).unwrap();
    pool.claim(&mut alice).unwrap();
    let before = (pool, copy);
    let (what, value, bound) = (Quantity::Claim, 10, 0);
    let refused = pool.claim(&mut copy);
    assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    assert_eq!((pool, copy), before);

    // And one that was settled by a pool that is further on isn't this one's.
    let mut empty = RewardPool::new();
    let mut bob = staked(&mut empty, 2);
    let refused = empty.claim(&mut alice).unwrap_err();
    let (what, value, bound) = (Quantity::Checkpoint, 5, 0);
    assert_eq!(refused, Error::OutOfRange { what, value, bound });
    assert_eq!(empty.claim(&mut bob), Ok(Amount::ZERO));
}

/// A remainder from many shares must not be paid again to few.
#[test]
fn the_remainder_outlives_a_change_of_shares_and_is_paid_once() {
    let mut pool = RewardPool::new();
    let mut many = staked(&mut pool, u128::MAX);
    // 1/(2^128 − 1) of a unit a share, in 2^-128: one, and a remainder of one.
    pool.fund(Amount::new(1)).unwrap();
    assert_eq!(pool.owed(&many), Ok(U256::from(u128::MAX)));
    pool.set_shares(&mut many, 0).unwrap();
    let mut one = staked(&mut pool, 1);
    pool.fund(Amount::ZERO).unwrap();
    assert_eq!(pool.owed(&one), Ok(U256::ONE));
    pool.fund(Amount::new(5)).unwrap();
    assert_eq!(pool.claim(&mut one), Ok(Amount::new(5)));
    assert_eq!(pool.claim(&mut many), Ok(Amount::ZERO));
    assert_eq!(pool.carried(Amount::ZERO), Ok(Amount::new(1)));
}
