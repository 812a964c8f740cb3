//! Vesting: unvested → the holder or the treasury, or claimable until it is claimed.
//!
//! What has vested is a closed form of time, so that it can be settled at any instant, and how often
//! that is done changes no sum. An allocation without `claim_every` is claimed continuously; the
//! others at genesis + k · `claim_every`.

use tokenomics_fixed_math::{Amount, Error, Timestamp};
use tokenomics_vesting::Schedule as _;

use crate::error::{agree, Cause};
use crate::ledger::{Batch, Ledger};
use crate::watch::earliest;
use crate::Accounts;
use tokenomics_design::Period;
use tokenomics_design::{Allocation, Design, Destination};

/// The sums that have vested and the claims that come next.
#[derive(Debug)]
pub(crate) struct Vesting<'d> {
    allocations: &'d [Allocation],
    vested: Vec<Amount>,
    /// The sum of `vested`.
    total: Amount,
    /// The part of it that circulated as it vested.
    streamed: Amount,
    /// The allocations of which something is still to vest.
    active: Vec<usize>,
    claims: Vec<Claims>,
    progress: Vec<Progress>,
    /// For each allocation, the sum at which its progress goes on.
    marks: Vec<Amount>,
}

/// When an allocation's first unit, its half and all of it had vested; `None` for what has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The first instant at which anything had vested: genesis, for what had vested before it.
    pub first: Option<Timestamp>,
    /// The first instant at which half had.
    pub half: Option<Timestamp>,
    /// The first instant at which all had.
    pub all: Option<Timestamp>,
}

/// The allocations that are claimed at the same times.
#[derive(Debug)]
struct Claims {
    every: Period,
    anchor: Timestamp,
    /// The number of claims so far.
    made: u64,
    next: Timestamp,
    allocations: Vec<usize>,
}

/// The sums that allocations will have vested once their batch is applied.
pub(crate) type Planned = Vec<(usize, Amount)>;

impl<'d> Vesting<'d> {
    pub(crate) fn new(design: &'d Design) -> Self {
        let allocations = design.allocations.as_slice();
        Self {
            allocations,
            vested: vec![Amount::ZERO; allocations.len()],
            total: Amount::ZERO,
            streamed: Amount::ZERO,
            active: (0..allocations.len()).collect(),
            claims: claims(allocations, design.token.genesis),
            progress: vec![Progress::default(); allocations.len()],
            marks: vec![Amount::new(1); allocations.len()],
        }
    }

    /// Returns the sum that each allocation has vested.
    pub(crate) fn vested(&self) -> &[Amount] {
        &self.vested
    }

    /// Returns how far each allocation has come.
    pub(crate) fn progress(&self) -> &[Progress] {
        &self.progress
    }

    /// Returns the sum that all allocations have vested.
    pub(crate) fn total(&self) -> Amount {
        self.total
    }

    /// Plans what vests up to `at`.
    pub(crate) fn plan(
        &self,
        at: Timestamp,
        accounts: &Accounts,
        batch: &mut Batch,
        planned: &mut Planned,
    ) -> Result<(), Error> {
        planned.clear();
        let (mut circulating, mut treasury) = (Amount::ZERO, Amount::ZERO);
        for &index in &self.active {
            let allocation = &self.allocations[index];
            let vested = vested_at(allocation, at)?;
            let newly = vested.checked_sub(self.vested[index])?;
            if newly.is_zero() {
                continue;
            }
            planned.push((index, vested));
            batch.take(accounts.unvested[index], newly);
            match (accounts.claimable[index], allocation.to) {
                (Some(claimable), _) => batch.give(claimable, newly),
                (None, Destination::Circulating) => circulating = circulating.checked_add(newly)?,
                (None, Destination::Treasury) => treasury = treasury.checked_add(newly)?,
            }
        }
        batch.give(accounts.circulating, circulating);
        batch.give(accounts.treasury, treasury);
        Ok(())
    }

    /// Takes over what was planned, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        since: Timestamp,
        at: Timestamp,
        planned: &Planned,
        ledger: &Ledger,
        accounts: &Accounts,
    ) -> Result<(), Cause> {
        let mut done = false;
        for &(index, vested) in planned {
            if vested >= self.marks[index] {
                self.note_progress(index, vested, since, at)?;
            }
            let newly = vested.checked_sub(self.vested[index])?;
            self.total = self.total.checked_add(newly)?;
            if streams(&self.allocations[index]) {
                self.streamed = self.streamed.checked_add(newly)?;
            }
            self.vested[index] = vested;
            let all = self.allocations[index].amount;
            done |= vested == all;
            let left = all.checked_sub(vested)?;
            agree("vesting", left, ledger.balance(accounts.unvested[index]))?;
        }
        if done {
            let (allocations, vested) = (self.allocations, &self.vested);
            self.active
                .retain(|&index| vested[index] != allocations[index].amount);
        }
        Ok(())
    }

    /// Notes which marks an allocation has come to after `since` and by `at`.
    fn note_progress(
        &mut self,
        index: usize,
        vested: Amount,
        since: Timestamp,
        at: Timestamp,
    ) -> Result<(), Error> {
        let allocation = &self.allocations[index];
        let [one, half, all] = marks(allocation.amount);
        let Progress {
            first,
            half: half_at,
            all: all_at,
        } = &mut self.progress[index];
        self.marks[index] = Amount::MAX;
        for (mark, reached) in [(one, first), (half, half_at), (all, all_at)] {
            if reached.is_some() {
                continue;
            }
            if vested < mark {
                self.marks[index] = mark;
                break;
            }
            *reached = Some(earliest(since, at, |at| {
                vested_at(allocation, at).map(|vested| vested >= mark)
            })?);
        }
        Ok(())
    }

    /// Returns when the next claim is due.
    pub(crate) fn next_claim(&self) -> Option<Timestamp> {
        self.claims.iter().map(|claims| claims.next).min()
    }

    /// Plans the claims that are due at `at`: all that is claimable.
    pub(crate) fn plan_claims(
        &self,
        at: Timestamp,
        ledger: &Ledger,
        accounts: &Accounts,
        batch: &mut Batch,
    ) {
        for claims in self.claims.iter().filter(|claims| claims.next == at) {
            for &index in &claims.allocations {
                if let Some(claimable) = accounts.claimable[index] {
                    let to = accounts.of(self.allocations[index].to);
                    batch.transfer(claimable, to, ledger.balance(claimable));
                }
            }
        }
    }

    /// Takes over that the claims of `at` were made.
    pub(crate) fn commit_claims(&mut self, at: Timestamp) {
        for claims in self.claims.iter_mut().filter(|claims| claims.next == at) {
            claims.made += 1;
            claims.schedule();
        }
    }

    /// Returns what has vested so far of all that circulates as it vests.
    pub(crate) fn streamed(&self) -> Amount {
        self.streamed
    }

    /// Returns what will have vested by `at` of all that circulates as it vests, whatever happens.
    pub(crate) fn streamed_by(&self, at: Timestamp) -> Result<Amount, Error> {
        let mut sum = Amount::ZERO;
        for allocation in self.allocations.iter().filter(|one| streams(one)) {
            sum = sum.checked_add(vested_at(allocation, at)?)?;
        }
        Ok(sum)
    }
}

fn streams(allocation: &Allocation) -> bool {
    allocation.claim_every.is_none() && allocation.to == Destination::Circulating
}

impl Claims {
    fn schedule(&mut self) {
        let next = self.every.after(self.anchor, self.made + 1);
        self.next = next.unwrap_or(Timestamp::MAX);
    }
}

/// The allocations that are claimed from time to time, by how often.
fn claims(allocations: &[Allocation], anchor: Timestamp) -> Vec<Claims> {
    let mut groups: Vec<Claims> = Vec::new();
    for (index, allocation) in allocations.iter().enumerate() {
        let Some(every) = allocation.claim_every else {
            continue;
        };
        if let Some(group) = groups.iter_mut().find(|group| group.every == every) {
            group.allocations.push(index);
            continue;
        }
        let mut group = Claims {
            every,
            anchor,
            made: 0,
            next: Timestamp::MAX,
            allocations: vec![index],
        };
        group.schedule();
        groups.push(group);
    }
    groups
}

/// One unit of an amount, half of it and all of it.
fn marks(amount: Amount) -> [Amount; 3] {
    let one = Amount::new(1);
    [one, Amount::new(amount.get().div_ceil(2)).max(one), amount]
}

#[inline]
fn vested_at(allocation: &Allocation, at: Timestamp) -> Result<Amount, Error> {
    match allocation.schedules.as_slice() {
        [one] => Ok(one.vested_at(at)),
        all => Amount::try_sum(all.iter().map(|one| one.vested_at(at))),
    }
}
