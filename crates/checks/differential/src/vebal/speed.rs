//! How long the same calls take here and there.

use std::hint::black_box;

use cpu_time::ThreadTime;
use revm::primitives::U256;
use tokenomics_escrow_weighting::LockHistory;
use tokenomics_fixed_math::{Amount, Timestamp, Wad};

use super::{account, to_week, word, Beside, Codes, Failure, START, WEEK, YEAR};
use crate::draw::Random;

/// Locks, and reads of each kind.
const CALLS: u64 = 1_000;
/// Reads here are made so often, to be felt.
const TIMES: usize = 100;
pub const HERE: &str = "tokenomics-escrow-weighting";
const THERE: &str = "Balancer's VotingEscrow in revm";

/// A lock that is made.
pub struct Made {
    now: u64,
    user: u64,
    amount: u128,
    end: u64,
}

pub fn draw_locks(random: &mut Random) -> Vec<Made> {
    let lock = |user| {
        let now = START + 1 + user * 3_600;
        Made {
            now,
            user,
            amount: 1 + u128::from(random.word()),
            end: to_week(now + 2 * WEEK + random.up_to(YEAR - 2 * WEEK)),
        }
    };
    (0..CALLS).map(lock).collect()
}

/// Nanoseconds of a call: what it is, of whom, and how many, a line each, separated by tabs.
///
/// # Errors
/// What failed on the chain.
pub fn measure(codes: &Codes) -> Result<String, Failure> {
    let (mut beside, mut random) = (Beside::new(codes)?, Random::new(1));
    let locks = draw_locks(&mut random);
    let there = beside.make_there(&locks)?;
    let started = ThreadTime::now();
    let histories = beside.make_here(&locks)?;
    let mut lines = vec![("a lock made", since(started, 1), there)];

    let last = START + CALLS * 3_600;
    let reads: Vec<_> = (0..CALLS)
        .map(|_| (random.up_to(CALLS - 1), last + random.up_to(YEAR)))
        .collect();
    let there = beside.read_there(&reads, "balanceOf(address,uint256)", last)?;
    let started = ThreadTime::now();
    for (user, at) in std::iter::repeat_n(&reads, TIMES).flatten() {
        let undivided = histories[*user as usize].weight_at(black_box(Timestamp::new(*at)));
        black_box(beside.escrow.terms().weight(undivided)?);
    }
    lines.push((
        "the weight of a lock at a time",
        since(started, TIMES),
        there,
    ));

    let there = beside.read_there(&reads, "totalSupply(uint256)", last)?;
    let started = ThreadTime::now();
    for (_, at) in std::iter::repeat_n(&reads, TIMES).flatten() {
        black_box(
            beside
                .escrow
                .total_weight_at(black_box(Timestamp::new(*at)))?,
        );
    }
    lines.push(("the total at a time", since(started, TIMES), there));
    let of = |(case, here, there)| {
        format!("escrow, beside its contract: {case}\t{HERE}\t{here}\nescrow, beside its contract: {case}\t{THERE}\t{there}\n")
    };
    Ok(lines.into_iter().map(of).collect())
}

/// Nanoseconds of each call.
fn since(started: ThreadTime, times: usize) -> f64 {
    started.elapsed().as_secs_f64() * 1e9 / (CALLS as f64 * times as f64)
}

impl Beside {
    pub fn make_there(&mut self, locks: &[Made]) -> Result<f64, Failure> {
        let started = ThreadTime::now();
        for lock in locks {
            let arguments = [U256::from(lock.amount), U256::from(lock.end)];
            self.now = lock.now;
            self.send(lock.user, "create_lock(uint256,uint256)", &arguments)?;
        }
        Ok(since(started, 1))
    }

    pub fn make_here(&mut self, locks: &[Made]) -> Result<Vec<LockHistory>, Failure> {
        let mut histories = Vec::new();
        for lock in locks {
            let (now, end) = (Timestamp::new(lock.now), Timestamp::new(lock.end));
            let kind = self.escrow.terms().decaying(Wad::ONE, end)?;
            let made = self.escrow.create(now, Amount::new(lock.amount), kind)?;
            let mut history = LockHistory::new();
            history.record(now, made)?;
            histories.push(history);
        }
        Ok(histories)
    }

    fn read_there(
        &mut self,
        reads: &[(u64, u64)],
        signature: &str,
        now: u64,
    ) -> Result<f64, Failure> {
        let started = ThreadTime::now();
        for &(user, at) in reads {
            let both = [word(account(user)), U256::from(at)];
            let arguments = if signature.contains("address") {
                &both[..]
            } else {
                &both[1..]
            };
            black_box(self.chain.call(self.there, now, signature, arguments)?);
        }
        Ok(since(started, 1))
    }
}
