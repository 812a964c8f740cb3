//! Figures of pools and streams, worked by hand or taken from what others measured.

use tokenomics_fee_split::{
    ClosedGeneration, Position, RewardPool, RewardStream, Stake, StakePool, StreamedPool,
    ZeroShares,
};
use tokenomics_fixed_math::{Amount, Ratio, Timestamp, U256};

const E30: u128 = 1_000_000_000_000_000_000_000_000_000_000;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

/// One unit over 10^30 shares: nobody can claim it yet, and each has its part of it to 2^-128 of a unit.
#[test]
fn a_unit_over_ten_to_the_thirty() {
    let (mut pool, mut most, mut one) = (RewardPool::new(), Position::new(), Position::new());
    pool.deposit(&mut most, E30 - 1).unwrap();
    pool.deposit(&mut one, 1).unwrap();
    pool.fund(Amount::new(1)).unwrap();
    // 2^128 / 10^30 = 340,282,366.92: the shares have that floored, the rest is carried.
    assert_eq!(pool.owed(&one), Ok(U256::from(340_282_366)));
    assert_eq!(
        pool.state().rest,
        Amount::new(u128::MAX - 340_282_366 * E30 + 1)
    );
    for _ in 1..E30.ilog10() * 100_000 {
        pool.fund(Amount::new(1)).unwrap();
    }
    assert_eq!(pool.claim(&mut most), Ok(Amount::new(2_999_999)));
    pool.fund(Amount::new(E30)).unwrap();
    assert_eq!(pool.claim(&mut one), Ok(Amount::new(1)));
    assert_eq!(pool.claim(&mut most), Ok(Amount::new(E30 - 1)));
}

/// 10^30 units over one share, and over two and three.
#[test]
fn ten_to_the_thirty_over_one() {
    let (mut pool, mut alice, mut bob) = (RewardPool::new(), Position::new(), Position::new());
    pool.deposit(&mut alice, 1).unwrap();
    pool.fund(Amount::new(E30)).unwrap();
    assert_eq!(pool.claim(&mut alice), Ok(Amount::new(E30)));
    pool.deposit(&mut bob, 2).unwrap();
    pool.fund(Amount::new(E30)).unwrap();
    assert_eq!(pool.claim(&mut alice), Ok(Amount::new(E30 / 3)));
    // 2/3 · 10^30 = 666...666.67, less a hair.
    assert_eq!(pool.claim(&mut bob), Ok(Amount::new(E30 / 3 * 2)));
    assert_eq!(pool.carried(Amount::ZERO), Ok(Amount::new(1)));
}

/// Synthetix StakingRewards, measured: a week of 1,000.000017 USDC to 4·10^24 staked units, and a call
/// every 987 seconds, pays 0. Here whoever calls how often, all is paid.
#[test]
fn a_week_of_usdc_under_poking_is_paid_to_the_last_unit() {
    const REWARD: u128 = 1_000_000_017;
    const STAKED: u128 = 4_000_000_000_000_000_000_000_000;
    let week = 604_800;
    let paid = |step: usize| {
        let mut pool = StreamedPool::new(at(0), ZeroShares::Hold);
        let (mut alice, mut bob) = (Position::new(), Position::new());
        pool.deposit(&mut alice, STAKED / 4 * 3, at(0)).unwrap();
        pool.deposit(&mut bob, STAKED / 4, at(0)).unwrap();
        pool.top_up(Amount::new(REWARD), at(0), at(week)).unwrap();
        for time in (987..week).step_by(step) {
            pool.settle(at(time)).unwrap();
        }
        let claims = [&mut alice, &mut bob].map(|one| pool.claim(one, at(week)).unwrap());
        assert_eq!(pool.to_come(), Amount::ZERO);
        (
            claims.map(Amount::get),
            pool.carried(Amount::ZERO).unwrap().get(),
        )
    };
    // 750,000,012.75 and 250,000,004.25.
    assert_eq!(paid(987), ([750_000_012, 250_000_004], 1));
    assert_eq!(paid(604_800), paid(987));
    assert_eq!(paid(1), paid(987));
}

/// StakingRewards spreads what hasn't come yet over a whole new period whenever it is notified of a reward,
/// also of one of nothing: nine times in a row, and the rate is 0.9^9 of what it was.
#[test]
fn a_top_up_of_nothing_stretches_nothing() {
    let mut stream = RewardStream::new(at(0));
    stream.top_up(Amount::new(1_000), at(0), at(1_000)).unwrap();
    let rate = stream.rate();
    for time in (100..1_000).step_by(100) {
        stream
            .top_up(Amount::ZERO, at(time), at(time + 1_000))
            .unwrap();
        assert_eq!(stream.rate(), rate);
    }
    assert_eq!(stream.release(at(1_000)), Ok(Amount::new(1_000)));
}

/// 100 over 100 seconds, and 300 more at the half, until 250: 350 over 200 seconds, at 1.75 a second.
#[test]
fn a_top_up_worked_by_hand() {
    let mut stream = RewardStream::new(at(0));
    stream.top_up(Amount::new(100), at(0), at(100)).unwrap();
    stream.top_up(Amount::new(300), at(50), at(250)).unwrap();
    assert_eq!(stream.releasable(at(50)), Ok(Amount::new(50)));
    assert_eq!(stream.releasable(at(51)), Ok(Amount::new(51))); // 51.75
    assert_eq!(stream.releasable(at(54)), Ok(Amount::new(57)));
    assert_eq!(stream.releasable(at(249)), Ok(Amount::new(398))); // 398.25
    assert_eq!(
        (stream.releasable(at(250)), stream.end()),
        (Ok(Amount::new(400)), Ok(at(250)))
    );
}

/// One unit a year to two who hold half a year each: half a unit each, and not all to the one who is
/// there when it is whole.
#[test]
fn a_unit_a_year_is_shared_by_the_second() {
    let year = 31_536_000;
    let (mut alice, mut bob) = (Position::new(), Position::new());
    let mut pool = StreamedPool::new(at(0), ZeroShares::Hold);
    pool.deposit(&mut alice, 1 << 40, at(0)).unwrap();
    pool.top_up(Amount::new(1), at(0), at(year)).unwrap();
    pool.transfer(&mut alice, &mut bob, 1 << 40, at(year / 2))
        .unwrap();
    let half = U256::from(1_u128 << 127);
    let owed = [alice, bob].map(|one| pool.owed(&one, at(year)).unwrap());
    let apart = owed.map(|owed| owed.max(half).checked_sub(owed.min(half)).unwrap());
    // A share's rewards are floored, of 2^40 shares; the rate is ceiled, of 2^24 seconds.
    assert!(apart.iter().all(|apart| apart.bits() <= 41), "{apart:?}");
    assert_eq!(pool.claim(&mut bob, at(year)), Ok(Amount::ZERO));
}

/// Half of a stream comes in silence: the first staker's, the sink's, or later.
#[test]
fn a_silence_goes_by_the_rule() {
    let after = |rule| {
        let (mut pool, mut alice) = (StreamedPool::new(at(0), rule), Position::new());
        pool.top_up(Amount::new(1 << 20), at(0), at(1 << 10))
            .unwrap();
        pool.deposit(&mut alice, 1, at(1 << 9)).unwrap();
        let at_once = pool.claim(&mut alice, at(1 << 9)).unwrap().get();
        let by_the_end = pool.claim(&mut alice, at(1 << 10)).unwrap().get();
        let later = pool.claim(&mut alice, at(1 << 11)).unwrap().get();
        let sunk = pool.take_unallocated(at(1 << 11)).unwrap().get();
        assert_eq!(pool.carried(Amount::ZERO), Ok(Amount::ZERO));
        [at_once, by_the_end, later, sunk]
    };
    let half = 1 << 19;
    assert_eq!(after(ZeroShares::Hold), [half, half, 0, 0]);
    assert_eq!(after(ZeroShares::Sink), [0, half, 0, half]);
    assert_eq!(after(ZeroShares::Extend), [0, half, half, 0]);
}

/// By hand: 100, 200 and 300 lose a tenth, 270 more come, and all lose half.
#[test]
fn losses_are_shared_as_a_loop_would() {
    let mut pool = StakePool::new([ClosedGeneration::NONE; 1]);
    let mut stakes = [Stake::new(); 4];
    for (stake, amount) in stakes.iter_mut().zip([100, 200, 300]) {
        pool.deposit(stake, Amount::new(amount)).unwrap();
    }
    pool.slash(Amount::new(60)).unwrap();
    pool.deposit(&mut stakes[3], Amount::new(270)).unwrap();
    pool.slash(Amount::new(405)).unwrap();
    let amounts = stakes.map(|stake| pool.amount(&stake).unwrap().get());
    assert_eq!(amounts, [45, 90, 135, 135]);
    assert_eq!((pool.assets().get(), pool.shares()), (405, 900));
}

/// A thousand slashes of a thousandth each, of 10^30: what a product rounded each time would lose is at
/// most one unit in all.
#[test]
fn a_thousand_slashes_lose_no_unit_to_rounding() {
    let mut pool = StakePool::new([ClosedGeneration::NONE; 1]);
    let (mut alice, mut bob) = (Stake::new(), Stake::new());
    pool.deposit(&mut alice, Amount::new(E30 / 4 * 3)).unwrap();
    pool.deposit(&mut bob, Amount::new(E30 / 4)).unwrap();
    for _ in 0..1_000 {
        let loss = pool.assets().get() / 1_000;
        pool.slash(Amount::new(loss)).unwrap();
    }
    let left = pool.assets().get();
    let worth = [alice, bob].map(|stake| pool.amount(&stake).unwrap().get());
    assert_eq!(worth, [left * 3 / 4, left / 4]);
}

/// The boundary at which a generation is closed, and the last one gets all that is left.
#[test]
fn a_generation_ends_below_two_to_the_minus_32() {
    let mut pool = StakePool::new([ClosedGeneration::NONE; 2]);
    let mut stakes = [Stake::new(); 3];
    for stake in &mut stakes {
        pool.deposit(stake, Amount::new(1 << 33)).unwrap();
    }
    // 6 of 3·2^33: just 2^32 shares of a unit.
    pool.slash(Amount::new((3 << 33) - 6)).unwrap();
    assert_eq!(pool.generation(), 0);
    assert_eq!(pool.amount(&stakes[0]), Ok(Amount::new(2)));
    pool.fund(Amount::new(3 << 33)).unwrap();
    pool.slash(Amount::new(1)).unwrap();
    assert_eq!((pool.generation(), pool.released()), (1, Amount::new(5)));
    // A new generation begins as if nothing had been.
    let mut late = Stake::new();
    pool.deposit(&mut late, Amount::new(7)).unwrap();
    pool.fund(Amount::new(7)).unwrap();
    assert_eq!(
        (pool.amount(&late), pool.claim(&mut late)),
        (Ok(Amount::new(7)), Ok(Amount::new(7)))
    );
    let taken = stakes
        .each_mut()
        .map(|stake| pool.take_released(stake).unwrap().get());
    assert_eq!(taken, [1, 2, 2]); // 5/3, 4/2 and all
    let claimed = stakes
        .each_mut()
        .map(|stake| pool.claim(stake).unwrap().get());
    assert_eq!(claimed, [1 << 33; 3]);
    assert_eq!(pool.released(), Amount::ZERO);
    // Who comes back stakes again, and the boost is still its own.
    pool.set_boost(&mut stakes[0], Ratio::from_integer(2))
        .unwrap();
    pool.deposit(&mut stakes[0], Amount::new(4)).unwrap();
    assert_eq!((stakes[0].weight(), pool.rewards().total_shares()), (8, 15));
}
