//! Vesting: unvested → the holder or the treasury, or claimable until it is claimed.
//!
//! What has vested is a closed form of time, so that it can be settled at any instant, and how often
//! that is done changes no sum. An allocation without `claim_every` is claimed continuously; the
//! others at genesis + k · `claim_every`.

use tokenomics_fixed_math::{Amount, Error, Timestamp};
use tokenomics_vesting::{NestedSchedule, PreparedLinear, Schedule as _, SimpleSchedule};

use crate::error::{agree, Cause};
use crate::ledger::{Account, Batch, Ledger};
use crate::record::{EventKind, Log, Part};
use crate::watch::earliest;
use crate::Accounts;
use tokenomics_design::Period;
use tokenomics_design::{Allocation, Design, Destination};

/// The sums that have vested and the claims that come next.
#[derive(Debug)]
pub(crate) struct Vesting<'d> {
    allocations: &'d [Allocation],
    lines: Vec<Line<'d>>,
    vested: Vec<Amount>,
    /// The sum of `vested`.
    total: Amount,
    /// The part of it that circulated as it vested.
    streamed: Amount,
    /// The allocations of which something is still to vest.
    active: Vec<usize>,
    claims: Vec<Claims>,
    next_claim: Timestamp,
}

/// The terms of an allocation that are asked for at every instant.
#[derive(Debug)]
struct Line<'d> {
    schedules: Schedules<'d>,
    amount: Amount,
    /// The number of parts of it that have vested, of [`Part::EACH`], and the sum at which the next has.
    parts: usize,
    mark: Amount,
    unvested: Account,
    to: Account,
    kind: Kind,
}

/// The kind of account that what vests goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Circulating,
    Treasury,
    Claimable,
}

/// The sums that have vested by an instant and are not settled yet, by where they will go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Pending {
    pub(crate) circulating: Amount,
    pub(crate) treasury: Amount,
    pub(crate) claimable: Amount,
}

impl Pending {
    pub(crate) fn sum(&self) -> Result<Amount, Error> {
        let sum = self.circulating.checked_add(self.treasury)?;
        sum.checked_add(self.claimable)
    }
}

/// The schedules of an allocation.
#[derive(Debug)]
enum Schedules<'d> {
    Linear(PreparedLinear),
    Any(&'d [NestedSchedule]),
}

impl<'d> Schedules<'d> {
    fn new(schedules: &'d [NestedSchedule]) -> Self {
        match schedules {
            [NestedSchedule::Simple(SimpleSchedule::Linear(line))] => Self::Linear((*line).into()),
            schedules => Self::Any(schedules),
        }
    }

    #[inline]
    fn vested_at(&self, at: Timestamp) -> Result<Amount, Error> {
        match self {
            Self::Linear(line) => Ok(line.vested_at(at)),
            Self::Any([one]) => Ok(one.vested_at(at)),
            Self::Any(all) => Amount::try_sum(all.iter().map(|one| one.vested_at(at))),
        }
    }
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
    pub(crate) fn new(design: &'d Design, accounts: &Accounts) -> Self {
        let allocations = design.allocations.as_slice();
        let line = |(index, allocation): (usize, &'d Allocation)| {
            let claimable = accounts.claimable[index];
            Line {
                schedules: Schedules::new(&allocation.schedules),
                amount: allocation.amount,
                parts: 0,
                mark: Amount::new(1),
                unvested: accounts.unvested[index],
                to: claimable.unwrap_or(accounts.of(allocation.to)),
                kind: match (claimable, allocation.to) {
                    (Some(_), _) => Kind::Claimable,
                    (None, Destination::Circulating) => Kind::Circulating,
                    (None, Destination::Treasury) => Kind::Treasury,
                },
            }
        };
        let mut vesting = Self {
            allocations,
            lines: allocations.iter().enumerate().map(line).collect(),
            vested: vec![Amount::ZERO; allocations.len()],
            total: Amount::ZERO,
            streamed: Amount::ZERO,
            active: (0..allocations.len()).collect(),
            claims: claims(allocations, design.token.genesis),
            next_claim: Timestamp::MAX,
        };
        vesting.schedule_claims();
        vesting
    }

    /// Writes the sum that each allocation will have vested by `at`, which is not before what is settled,
    /// and returns what of it is not settled.
    pub(crate) fn read(&self, at: Timestamp, vested: &mut Vec<Amount>) -> Result<Pending, Error> {
        vested.clear();
        vested.extend_from_slice(&self.vested);
        let mut pending = Pending::default();
        for &index in &self.active {
            let line = &self.lines[index];
            let now = line.schedules.vested_at(at)?;
            let newly = now.checked_sub(std::mem::replace(&mut vested[index], now))?;
            let sum = match line.kind {
                Kind::Circulating => &mut pending.circulating,
                Kind::Treasury => &mut pending.treasury,
                Kind::Claimable => &mut pending.claimable,
            };
            *sum = sum.checked_add(newly)?;
        }
        Ok(pending)
    }

    /// Returns the sum that all allocations have vested, as far as it is settled.
    pub(crate) fn total(&self) -> Amount {
        self.total
    }

    /// Plans what vests up to `at`.
    pub(crate) fn plan(
        &self,
        at: Timestamp,
        batch: &mut Batch,
        planned: &mut Planned,
    ) -> Result<(), Error> {
        planned.clear();
        let mut run: Option<(Account, Amount)> = None;
        for &index in &self.active {
            let line = &self.lines[index];
            let vested = line.schedules.vested_at(at)?;
            let newly = vested.checked_sub(self.vested[index])?;
            if newly.is_zero() {
                continue;
            }
            planned.push((index, vested));
            // What goes to one account after the other is given at once.
            run = match run {
                Some((to, sum)) if to == line.to => Some((to, sum.checked_add(newly)?)),
                Some((to, sum)) => {
                    batch.give(to, sum);
                    Some((line.to, newly))
                }
                None => Some((line.to, newly)),
            };
            batch.take(line.unvested, newly);
        }
        if let Some((to, sum)) = run {
            batch.give(to, sum);
        }
        Ok(())
    }

    /// Takes over what was planned, now that the ledger has moved it.
    pub(crate) fn commit(
        &mut self,
        since: Timestamp,
        at: Timestamp,
        planned: &Planned,
        ledger: &Ledger,
        log: &mut Log,
    ) -> Result<(), Cause> {
        let (mut newly, mut streamed) = (Amount::ZERO, Amount::ZERO);
        let mut done = false;
        for &(index, vested) in planned {
            let line = &self.lines[index];
            let more = vested.checked_sub(self.vested[index])?;
            newly = newly.checked_add(more)?;
            if line.kind == Kind::Circulating {
                streamed = streamed.checked_add(more)?;
            }
            self.vested[index] = vested;
            let left = line.amount.checked_sub(vested)?;
            done |= left.is_zero();
            agree("vesting", left, ledger.balance(line.unvested))?;
            if vested >= line.mark {
                self.note_parts(index, since, at, log)?;
            }
        }
        self.total = self.total.checked_add(newly)?;
        self.streamed = self.streamed.checked_add(streamed)?;
        if done {
            let (lines, vested) = (&self.lines, &self.vested);
            self.active
                .retain(|&index| vested[index] != lines[index].amount);
        }
        Ok(())
    }

    /// Writes down which parts of an allocation have vested after `since` and by `at`.
    fn note_parts(
        &mut self,
        index: usize,
        since: Timestamp,
        at: Timestamp,
        log: &mut Log,
    ) -> Result<(), Error> {
        let (line, vested) = (&mut self.lines[index], self.vested[index]);
        let allocation = index;
        let marks = Part::EACH.into_iter().zip(marks(line.amount));
        line.mark = Amount::MAX;
        for (part, mark) in marks.skip(line.parts) {
            if vested < mark {
                line.mark = mark;
                break;
            }
            let holds = |at| line.schedules.vested_at(at).map(|vested| vested >= mark);
            let first = earliest(since, at, holds)?;
            log.write(first, EventKind::Vested { allocation, part });
            line.parts += 1;
        }
        Ok(())
    }

    /// Returns when the next claim is due; the clock's last second if none is.
    pub(crate) fn next_claim(&self) -> Timestamp {
        self.next_claim
    }

    fn schedule_claims(&mut self) {
        let next = self.claims.iter().map(|claims| claims.next);
        self.next_claim = next.min().unwrap_or(Timestamp::MAX);
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
        self.schedule_claims();
    }

    /// Returns what has vested so far of all that circulates as it vests.
    pub(crate) fn streamed(&self) -> Amount {
        self.streamed
    }

    /// Returns what will have vested by `at` of all that circulates as it vests, whatever happens.
    pub(crate) fn streamed_by(&self, at: Timestamp) -> Result<Amount, Error> {
        let mut sum = Amount::ZERO;
        for line in self
            .lines
            .iter()
            .filter(|line| line.kind == Kind::Circulating)
        {
            sum = sum.checked_add(line.schedules.vested_at(at)?)?;
        }
        Ok(sum)
    }
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

#[cfg(test)]
impl Vesting<'_> {
    /// Counts a unit that the ledger has not moved.
    pub(crate) fn miscount(&mut self) {
        self.vested[0] = self.vested[0].checked_add(Amount::new(1)).unwrap();
    }

    /// Takes the first allocation's units from another account, and returns the one they were taken
    /// from.
    pub(crate) fn misdirect(&mut self, account: Account) -> Account {
        std::mem::replace(&mut self.lines[0].unvested, account)
    }
}
