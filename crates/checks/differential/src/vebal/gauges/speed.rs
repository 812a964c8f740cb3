//! How long a vote and a reading of relative weights take here and there.

use std::hint::black_box;

use cpu_time::ThreadTime;
use revm::primitives::U256;
use tokenomics_escrow_weighting::{Closed, Lock, Shares};
use tokenomics_fixed_math::Timestamp;

use super::super::speed::{draw_locks, HERE};
use super::super::{account, to_week, Codes, Failure, WEEK};
use super::votes::{end_of, Vote, SEATS, WHOLE};
use super::{gauge_word, Controllers, GaugeTally, FIRST, GAUGES};
use crate::draw::Random;

const THERE: &str = "Balancer's GaugeController in revm";
/// Weeks of which all relative weights are read, and how often that is done here, to be felt.
const WEEKS: u64 = 20;
const TIMES: u64 = 1_000;

/// Nanoseconds of a call: what it is, of whom, and how many, a line each, separated by tabs.
///
/// # Errors
/// What failed on the chain.
pub fn measure_gauges(codes: &Codes) -> Result<String, Failure> {
    let mut both = Controllers::new(codes)?;
    for gauge in FIRST..GAUGES {
        both.add(gauge, &mut GaugeTally::default())?;
    }
    let locks = both.lock_many()?;
    let lines = [
        ("a vote", both.time_votes(&locks)?),
        ("all relative weights of a week", both.time_reads()?),
    ];
    let of = |(case, [here, there]): (&str, [f64; 2])| {
        let case = format!("escrow, ten gauges beside their contract: {case}");
        format!("{case}\t{HERE}\t{here}\n{case}\t{THERE}\t{there}\n")
    };
    Ok(lines.into_iter().map(of).collect())
}

/// Nanoseconds of each call.
fn each(started: ThreadTime, calls: u64) -> f64 {
    started.elapsed().as_secs_f64() * 1e9 / calls as f64
}

impl Controllers {
    /// Makes locks on both sides, and gives those that may vote.
    fn lock_many(&mut self) -> Result<Vec<(u64, Lock)>, Failure> {
        let made = draw_locks(&mut Random::new(1));
        self.beside.make_there(&made)?;
        let histories = self.beside.make_here(&made)?;
        let (now, next) = (self.beside.clock(), self.next_week());
        let locks = (0..).zip(histories.iter().map(|history| history.lock_at(now)));
        let locks = locks.filter_map(|(user, lock)| Some((user, lock?)));
        Ok(locks.filter(|(_, lock)| next < end_of(*lock)).collect())
    }

    /// Each votes for one of the gauges.
    fn time_votes(&mut self, locks: &[(u64, Lock)]) -> Result<[f64; 2], Failure> {
        let (now, count) = (self.beside.clock(), locks.len() as u64);
        let started = ThreadTime::now();
        for &(user, lock) in locks {
            let on = Shares::<_, SEATS>::from_bps(&[(user % GAUGES, WHOLE)])?;
            self.here.settle(now, &[], &[Vote { lock, on }])?;
        }
        let here = each(started, count);
        let signature = "vote_for_gauge_weights(address,uint256)";
        let started = ThreadTime::now();
        for &(user, _) in locks {
            let arguments = [gauge_word(user % GAUGES), U256::from(WHOLE)];
            self.send(account(user), signature, &arguments)?;
        }
        Ok([here, each(started, count)])
    }

    /// All gauges in each of the weeks since, which the contract has written before.
    fn time_reads(&mut self) -> Result<[f64; 2], Failure> {
        let first = to_week(self.beside.now) + WEEK;
        let weeks = || (0..WEEKS).map(|week| first + week * WEEK);
        self.beside.now = first + WEEKS * WEEK;
        self.checkpoint_all()?;
        let started = ThreadTime::now();
        for week in (0..TIMES).flat_map(|_| weeks()) {
            let closed = Closed::before(Timestamp::new(week), self.beside.clock())?;
            black_box(self.here.relative_weights(black_box(closed)));
        }
        let here = each(started, TIMES * WEEKS);
        let signature = "gauge_relative_weight(address,uint256)";
        let started = ThreadTime::now();
        for week in weeks() {
            for gauge in 0..GAUGES {
                let arguments = [gauge_word(gauge), U256::from(week)];
                let (chain, now) = (&mut self.beside.chain, self.beside.now);
                black_box(chain.call(self.there, now, signature, &arguments)?);
            }
        }
        Ok([here, each(started, WEEKS)])
    }
}
