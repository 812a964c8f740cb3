//! How long the same calls take here and there.

use std::hint::black_box;

use cpu_time::ThreadTime;
use revm::primitives::U256;
use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::Amount;

use super::{account, word, Beside, Codes, Failure, Tally, WEEK};
use crate::draw::Random;

/// Calls of each kind, and how often those here are made, to be felt.
const CALLS: u64 = 500;
const TIMES: u32 = 200;
const HERE: &str = "tokenomics-fee-split";
const THERE: &str = "Synthetix's StakingRewards in revm";

/// Nanoseconds of a call: what it is, of whom, and how many, a line each, separated by tabs.
///
/// # Errors
/// What failed on the chain.
pub fn measure(codes: &Codes) -> Result<String, Failure> {
    let (mut beside, mut random) = (Beside::new(codes)?, Random::new(1));
    let mut tally = Tally::default();
    beside.make(account(0), u128::MAX >> 1_u32)?;
    beside.notify(u128::from(WEEK) << 60, &mut tally)?;
    let stakes: Vec<u128> = (0..CALLS).map(|_| 1 + u128::from(random.word())).collect();

    let started = ThreadTime::now();
    for &stake in &stakes {
        beside.now += 12;
        beside.send(0, "stake(uint256)", &[U256::from(stake)])?;
    }
    let there = since(started, 1);
    let started = ThreadTime::now();
    for _ in 0..TIMES {
        let (mut pool, mut position) = (RewardPool::new(), Position::new());
        let mut sum = 0;
        for &stake in &stakes {
            sum += stake;
            pool.fund(black_box(Amount::new(12 << 60)))?;
            pool.set_shares(&mut position, sum)?;
        }
        black_box((pool, position));
    }
    let mut lines = vec![("a stake", since(started, TIMES), there)];

    let (mut pool, mut position) = (RewardPool::new(), Position::new());
    pool.set_shares(&mut position, 1 << 70)?;
    let started = ThreadTime::now();
    for _ in 0..CALLS {
        beside.now += 12;
        beside.send(0, "getReward()", &[])?;
    }
    let there = since(started, 1);
    let started = ThreadTime::now();
    for _ in 0..TIMES {
        for _ in 0..CALLS {
            pool.fund(black_box(Amount::new(12 << 60)))?;
            black_box(pool.claim(&mut position)?);
        }
    }
    lines.push(("a claim", since(started, TIMES), there));

    let started = ThreadTime::now();
    for _ in 0..CALLS {
        let (contract, now) = (beside.there, beside.now);
        let arguments = [word(account(0))];
        black_box(
            beside
                .chain
                .call(contract, now, "earned(address)", &arguments)?,
        );
    }
    let there = since(started, 1);
    let started = ThreadTime::now();
    for _ in 0..TIMES {
        for _ in 0..CALLS {
            black_box(pool.claimable(black_box(&position))?);
        }
    }
    lines.push(("what is claimable", since(started, TIMES), there));
    let of = |(case, here, there)| {
        format!("fees, beside a contract: {case}\t{HERE}\t{here}\nfees, beside a contract: {case}\t{THERE}\t{there}\n")
    };
    Ok(lines.into_iter().map(of).collect())
}

/// Nanoseconds of each call.
fn since(started: ThreadTime, times: u32) -> f64 {
    started.elapsed().as_secs_f64() * 1e9 / (CALLS as f64 * f64::from(times))
}
