//! The locks of one programme.

use std::collections::VecDeque;

use tokenomics_escrow_weighting::{Error, Lock, LockKind, Terms};
use tokenomics_fixed_math::{Amount, Rounding, Timestamp, U256};

use tokenomics_design::LockProgramme;

/// The locks of all holders under one programme.
#[derive(Debug)]
pub(super) struct Locks<'d> {
    programme: &'d LockProgramme,
    terms: Terms,
    /// In the order of their ends, and of when they were made; one for each kind.
    locks: VecDeque<Lock>,
    /// The sum of their amounts.
    total: Amount,
    /// The number of times that holders have re-locked.
    rounds: u64,
    next_round: Timestamp,
}

/// The changes of a programme's locks at an instant, in this order.
#[derive(Debug, Default)]
pub(crate) struct Round {
    /// The number of locks that have ended, from the front.
    ended: usize,
    /// All other locks, extended.
    renewed: Option<VecDeque<Lock>>,
    /// A new lock, which may be of the same kind as the last.
    added: Option<Lock>,
    is_round: bool,
}

impl Round {
    /// Returns what is newly locked.
    pub(super) fn added(&self) -> Amount {
        self.added.map_or(Amount::ZERO, |lock| lock.amount())
    }
}

impl<'d> Locks<'d> {
    pub(super) fn new(programme: &'d LockProgramme, terms: Terms) -> Self {
        Self {
            programme,
            terms,
            locks: VecDeque::new(),
            total: Amount::ZERO,
            rounds: 0,
            next_round: programme.start,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.locks.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Lock> {
        self.locks.iter()
    }

    /// Returns what is locked.
    pub(super) fn total(&self) -> Amount {
        self.total
    }

    /// Returns the undivided votes of all its locks.
    pub(super) fn weight_at(&self, at: Timestamp) -> Result<U256, Error> {
        let mut sum = U256::ZERO;
        for lock in &self.locks {
            sum = sum.checked_add(lock.weight_at(at))?;
        }
        Ok(sum)
    }

    /// Returns when its locks next change.
    pub(super) fn next(&self) -> Timestamp {
        let end = self.locks.front().and_then(Lock::end);
        end.map_or(self.next_round, |end| end.min(self.next_round))
    }

    fn ended(&self, at: Timestamp) -> impl Iterator<Item = &Lock> {
        self.locks.iter().take_while(move |lock| lock.has_ended(at))
    }

    /// Returns what opens at `at`.
    pub(super) fn opened(&self, at: Timestamp) -> Result<Amount, Error> {
        Ok(Amount::try_sum(self.ended(at).map(Lock::amount))?)
    }

    /// Plans what happens at `at`, where holders have `held`, of which `free` is in no lock.
    pub(super) fn plan(&self, at: Timestamp, held: Amount, free: Amount) -> Result<Round, Error> {
        let mut round = Round {
            ended: self.ended(at).count(),
            is_round: at == self.next_round,
            ..Round::default()
        };
        if !round.is_round {
            return Ok(round);
        }
        if self.programme.renew {
            let end = self.programme.end_for(self.terms, at)?;
            round.renewed = Some(self.renewed(round.ended, at, end)?);
        }
        // Holders keep this share locked. A share that falls doesn't open a lock before its end.
        let target = held.mul_fraction(self.programme.share, Rounding::Floor);
        let still_locked = self.total.checked_sub(self.opened(at)?)?;
        let more = target.checked_sub(still_locked).unwrap_or(Amount::ZERO);
        // Other programmes may hold more than their shares, of a supply that has fallen.
        let more = more.min(free);
        if !more.is_zero() {
            let kind = self.programme.kind_for(self.terms, at)?;
            round.added = Some(Lock::new(more, kind)?);
        }
        Ok(round)
    }

    /// Returns all locks but the first `ended`, each until `end`, as holders lock for the same time at
    /// each round: none of them ends later. Those that have come to be of one kind are one.
    fn renewed(
        &self,
        ended: usize,
        at: Timestamp,
        end: Option<Timestamp>,
    ) -> Result<VecDeque<Lock>, Error> {
        let mut renewed = VecDeque::new();
        for lock in self.locks.iter().skip(ended) {
            let lock = Lock::new(lock.amount(), extended(lock.kind(), at, end))?;
            push(&mut renewed, lock)?;
        }
        Ok(renewed)
    }

    /// Takes over what was planned, and returns what was opened and what was locked.
    pub(super) fn commit(&mut self, round: Round) -> Result<(Amount, Amount), Error> {
        let ended = self.locks.drain(..round.ended);
        let opened = Amount::try_sum(ended.map(|lock| lock.amount()))?;
        let added = round.added();
        if let Some(renewed) = round.renewed {
            self.locks = renewed;
        }
        if let Some(added) = round.added {
            push(&mut self.locks, added)?;
        }
        self.total = self.total.checked_sub(opened)?.checked_add(added)?;
        if round.is_round {
            self.rounds += 1;
            let next = self
                .programme
                .every
                .after(self.programme.start, self.rounds);
            self.next_round = next.unwrap_or(Timestamp::MAX);
        }
        Ok((opened, added))
    }
}

/// Adds a lock to the last, if it is of the same kind, or after it.
fn push(locks: &mut VecDeque<Lock>, lock: Lock) -> Result<(), Error> {
    match locks.back_mut().filter(|last| last.kind() == lock.kind()) {
        Some(last) => *last = last.merge(lock)?,
        None => locks.push_back(lock),
    }
    Ok(())
}

/// Returns a kind with another end. One whose weight has grown as far as it does stays at that, so that
/// it is of one kind with others.
fn extended(kind: LockKind, at: Timestamp, end: Option<Timestamp>) -> LockKind {
    let kind = end.map_or(kind, |end| kind.until(end));
    match kind {
        LockKind::Growing { full, end, .. } if full <= at => {
            let level = kind.unit_weight_at(at);
            level.map_or(kind, |level| LockKind::Constant { level, end })
        }
        _ => kind,
    }
}
