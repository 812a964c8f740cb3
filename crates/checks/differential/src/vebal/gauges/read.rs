//! The readings of both sides, beside what the votes say.

use revm::primitives::U256;
use tokenomics_escrow_weighting::Closed;
use tokenomics_fixed_math::{Timestamp, U256 as Undivided};

use super::super::{account, to_week, word, Failure, USERS, WEEK, YEAR};
use super::tally::{Difference, Tally};
use super::votes::{end_of, part_for, Cast, Vote, Voter, WHOLE};
use super::{gauge_word, Controllers, ONE};
use crate::draw::Random;

/// What all votes for a gauge, or for all gauges, come to in a week.
#[derive(Debug, Default, Clone, Copy)]
struct Sum {
    /// Units of amounts times seconds left.
    here: U256,
    /// Base units, and what they fall by each second.
    there: u128,
    slope: u128,
    /// What the floors there may make it lack, in units of amounts times seconds left.
    most: U256,
    /// Whether all that differs is that.
    is_near: bool,
}

impl Sum {
    const NONE: Self = Self {
        here: U256::ZERO,
        there: 0,
        slope: 0,
        most: U256::ZERO,
        is_near: true,
    };

    /// One vote for a gauge in a week.
    fn of(held: Option<Vote>, cast: Option<Cast>, gauge: u64, week: u64) -> Self {
        let here = held.map_or(U256::ZERO, |vote| {
            let left = end_of(vote.lock).saturating_sub(week);
            U256::from(part_for(&vote, gauge)) * U256::from(left)
        });
        let Some(cast) = cast.filter(|cast| week < cast.end()) else {
            return Self { here, ..Self::NONE };
        };
        let left = U256::from(cast.end() - week);
        Self {
            here,
            there: cast.weight_at(week),
            slope: cast.slope(),
            most: (U256::from(cast.bound()) * left).div_ceil(U256::from(WHOLE)),
            is_near: true,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            here: self.here + other.here,
            there: self.there + other.there,
            slope: self.slope + other.slope,
            most: self.most + other.most,
            is_near: self.is_near && other.is_near,
        }
    }
}

impl Controllers {
    /// One user's power and one gauge's weight, or all gauges of the week that began last, of the next and
    /// of another.
    pub fn read_some(
        &mut self,
        all: bool,
        random: &mut Random,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let gauge = random.up_to(self.listed.len() as u64 - 1);
        self.read_voter(random.up_to(USERS - 1), gauge, tally)?;
        let week = to_week(self.beside.now);
        let past = week.saturating_sub(random.up_to(60) * WEEK);
        let other = random.one_of(&[past, past, week, week + WEEK, week + 9 * WEEK]);
        self.read_gauge(gauge, other, tally)?;
        self.read_last(gauge, tally)?;
        if all {
            for week in [week, week + WEEK, past] {
                self.read_week(week, tally)?;
            }
        }
        Ok(())
    }

    /// What a user voted for one gauge, and for all.
    fn read_voter(&mut self, user: u64, gauge: u64, tally: &mut Tally) -> Result<(), Failure> {
        let arguments = [word(account(user)), gauge_word(gauge)];
        let slopes = self.ask("vote_user_slopes(address,address)", &arguments)?;
        let power = self.ask("vote_user_power(address)", &arguments[..1])?;
        let voter = &self.voters[user as usize];
        let last = voter.last_cast(gauge);
        let [slope, bps, end] = last.map_or([0; 3], |cast| {
            [cast.slope(), cast.bps.into(), cast.end().into()]
        });
        if slopes != [slope, bps, end].map(U256::from) {
            return Err(format!("{slopes:?} there of {last:?}").into());
        }
        let (used, voted) = (voter.used(self.listed.len() as u64), voter.voted());
        if power != [U256::from(used)] || voted > used {
            return Err(format!("a power of {power:?} there, {used}, {voted} here").into());
        }
        tally.powers += 1;
        // What else is used there was voted by a lock that is over, or for a gauge that is removed.
        match voted == used || self.is_over(user) {
            true => Ok(()),
            false => Err(format!("{used} there, {voted} here").into()),
        }
    }

    /// Whether something that a user voted there is of another lock than now, or for a removed gauge.
    pub fn is_over(&self, user: u64) -> bool {
        let voter = &self.voters[user as usize];
        self.listed.iter().zip(0..).any(|(listed, gauge)| {
            let cast = voter.last_cast(gauge).filter(|cast| cast.bps > 0);
            cast.is_some_and(|cast| listed.removed.is_some() || cast.end() <= self.beside.now)
        })
    }

    /// A gauge's weight in a week, on both sides.
    fn read_gauge(&mut self, gauge: u64, week: u64, tally: &mut Tally) -> Result<Sum, Failure> {
        let mut sum = Sum::NONE;
        for voter in &self.voters {
            let is_live = self.listed[gauge as usize].is_live(week);
            sum = sum.plus(compare_vote(voter, gauge, week, is_live, tally)?);
        }
        let here = self.here.weight_at(&gauge, Timestamp::new(week));
        if wide(here) != sum.here * U256::from(ONE) {
            return Err(format!("{here} here, of {sum:?}").into());
        }
        let point = [gauge_word(gauge), U256::from(week)];
        let point = self.ask("points_weight(address,uint256)", &point)?;
        let is_written = week <= self.listed[gauge as usize].written;
        let known = is_written.then_some([sum.there, sum.slope]);
        if point != known.unwrap_or_default().map(U256::from) {
            return Err(format!("{point:?} there of {sum:?}").into());
        }
        if !is_written && sum.there > 0 {
            tally.note(Difference::Unwritten);
        }
        tally.weights += 1;
        Ok(sum)
    }

    /// What the contract says without a time: the last that it wrote.
    fn read_last(&mut self, gauge: u64, tally: &mut Tally) -> Result<(), Failure> {
        let weight = self.ask("get_gauge_weight(address)", &[gauge_word(gauge)])?;
        let known = self.known_weight(gauge, self.listed[gauge as usize].written);
        let total = self.ask("get_total_weight()", &[])?;
        let gauges = 0..self.listed.len() as u64;
        let all: u128 = gauges
            .map(|gauge| self.known_weight(gauge, self.written))
            .sum();
        if [weight, total].concat() != [known, all].map(U256::from) {
            return Err(format!("of {gauge} and of all not {known} and {all}").into());
        }
        tally.weights += 1;
        tally.totals += 1;
        Ok(())
    }

    fn known_weight(&self, gauge: u64, week: u64) -> u128 {
        let casts = self.voters.iter();
        let casts = casts.filter_map(|voter| voter.cast_before(gauge, week));
        casts.map(|cast| cast.weight_at(week)).sum()
    }

    /// All gauges of a week, and their total; their relative weights if it has begun.
    fn read_week(&mut self, week: u64, tally: &mut Tally) -> Result<(), Failure> {
        let (mut sums, mut all) = (Vec::new(), Sum::NONE);
        for gauge in 0..self.listed.len() as u64 {
            let sum = self.read_gauge(gauge, week, tally)?;
            sums.push(sum);
            all = all.plus(sum);
        }
        let is_written = week <= self.written;
        let total = self.ask("points_total(uint256)", &[U256::from(week)])?;
        let known = if is_written { all.there } else { 0 };
        if total != [U256::from(known)] {
            return Err(format!("{total:?} there of {all:?} at {week}").into());
        }
        tally.totals += 1;
        match self.here.close(Timestamp::new(week), self.beside.clock()) {
            Ok(closed) => self.read_relative(closed, &sums, all, tally),
            Err(_) => Ok(()),
        }
    }

    fn read_relative(
        &mut self,
        closed: Closed,
        sums: &[Sum],
        all: Sum,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let week = closed.get().get();
        let there = self.relative_there(week, sums, all, tally)?;
        let Some(here) = self.here.relative_weights(closed) else {
            return match all.here.is_zero() {
                true => Ok(()),
                false => Err(format!("no relative weights here of {all:?}").into()),
            };
        };
        let mut one = 0;
        for (gauge, share) in here {
            let share = share.raw();
            one += share;
            check_share(share, sums[gauge as usize], all)?;
            let written = self.listed[gauge as usize].written;
            if all.is_near && week <= written.min(self.written) {
                check_near(share, there[gauge as usize], sums[gauge as usize], all)?;
                tally.near += 1;
            }
        }
        tally.weeks += 1;
        match one == ONE as u64 {
            true => Ok(()),
            false => Err(format!("{one} here in all").into()),
        }
    }

    /// What the contract says of each gauge, which is what its weights say.
    fn relative_there(
        &mut self,
        week: u64,
        sums: &[Sum],
        all: Sum,
        tally: &mut Tally,
    ) -> Result<Vec<u64>, Failure> {
        let mut shares = Vec::new();
        let signature = "gauge_relative_weight(address,uint256)";
        for (gauge, sum) in (0..).zip(sums) {
            // Any time within the week is the same.
            let at = U256::from(week + gauge);
            let share = self.ask(signature, &[gauge_word(gauge), at])?;
            let is_written = week <= self.listed[gauge as usize].written.min(self.written);
            let there = if is_written { sum.there } else { 0 };
            let known = U256::from(ONE) * U256::from(there) / U256::from(all.there.max(1));
            if share != [known] {
                return Err(format!("{share:?} there of {sum:?}, {known}").into());
            }
            tally.relative += 1;
            shares.push(u64::try_from(known)?);
        }
        let is_all = self.listed.iter().all(|listed| week <= listed.written);
        if all.there > 0 && is_all && week <= self.written {
            note_short(&shares, tally)?;
        }
        Ok(shares)
    }

    fn ask(&mut self, signature: &str, arguments: &[U256]) -> Result<Vec<U256>, Failure> {
        let (chain, now) = (&mut self.beside.chain, self.beside.now);
        Ok(chain.answers(self.there, now, signature, arguments)?)
    }
}

/// Each is floored, so that they lack less than a unit for each gauge.
fn note_short(shares: &[u64], tally: &mut Tally) -> Result<(), Failure> {
    let short = (ONE as u64).checked_sub(shares.iter().sum());
    let short = short.filter(|&short| short < shares.len() as u64);
    let short = short.ok_or_else(|| format!("relative weights of {shares:?} there"))?;
    if short > 0 {
        tally.note(Difference::Short);
    }
    tally.short = tally.short.max(short);
    Ok(())
}

/// What one user votes for a gauge in a week, on both sides, and in what they differ.
fn compare_vote(
    voter: &Voter,
    gauge: u64,
    week: u64,
    is_live: bool,
    tally: &mut Tally,
) -> Result<Sum, Failure> {
    let cast = voter.cast_before(gauge, week);
    let held = voter.held_at(week).filter(|_| is_live);
    let sum = Sum::of(held, cast, gauge, week);
    if sum.there == 0 && sum.here.is_zero() {
        return Ok(sum);
    }
    let difference = match (held, cast) {
        _ if !is_live => Difference::Removed,
        _ if voter.is_late(gauge, week) => Difference::Late,
        (Some(vote), Some(cast)) if vote.lock == cast.lock => {
            return compare_floored(vote, cast, sum, tally);
        }
        // Locks only grow: what is voted now is no less.
        (Some(_), Some(_)) if sum.here >= U256::from(sum.there) * U256::from(YEAR) => {
            Difference::Stale
        }
        _ => return Err(format!("gauge {gauge} at {week}: {held:?} here, {cast:?} there").into()),
    };
    tally.note(difference);
    Ok(Sum {
        is_near: false,
        ..sum
    })
}

/// A vote of the same lock on both sides: all that it lacks there is what its slope is floored by.
fn compare_floored(vote: Vote, cast: Cast, sum: Sum, tally: &mut Tally) -> Result<Sum, Failure> {
    let lacks = cast.lacks(part_for(&vote, cast.gauge))?;
    tally.lacks = tally.lacks.max(lacks);
    match (lacks, sum.there) {
        (0, _) => {}
        (_, 0) => tally.note(Difference::Dust),
        _ => tally.note(Difference::Floored),
    }
    Ok(sum)
}

/// The share here is no whole unit off the exact one.
fn check_share(share: u64, sum: Sum, all: Sum) -> Result<(), Failure> {
    let exact = sum.here * U256::from(ONE);
    let (least, most) = (exact / all.here, exact.div_ceil(all.here));
    let share = U256::from(share);
    match least <= share && share <= most {
        true => Ok(()),
        false => Err(format!("a share of {share} here, of {sum:?} of {all:?}").into()),
    }
}

/// The shares of both sides are no further apart than what floored slopes lack, and a unit of each.
fn check_near(here: u64, there: u64, sum: Sum, all: Sum) -> Result<(), Failure> {
    let (more, less) = (here.saturating_sub(there), there.saturating_sub(here));
    let within = |apart: u64, most: U256| {
        let apart = U256::from(apart.saturating_sub(2));
        apart * all.here <= U256::from(ONE) * most
    };
    match within(more, sum.most) && within(less, all.most) {
        true => Ok(()),
        false => Err(format!("{here} here, {there} there, of {sum:?} of {all:?}").into()),
    }
}

fn wide(undivided: Undivided) -> U256 {
    U256::from(undivided.high()) << 128 | U256::from(undivided.low())
}
