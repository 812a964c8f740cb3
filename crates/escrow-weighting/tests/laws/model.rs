//! An escrow under test beside everything that ever happened, kept in the plainest way.

use tokenomics_escrow_weighting::{
    Cooldown, Cooling, Escrow, ExitPenalty, Growth, Lock, LockHistory, LockKind,
};
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp, Wad, U256};

use super::call::{at, Call, Kind};
use super::stores::Kept;

/// The escrow, what each holder has, and what each had.
#[derive(Clone)]
pub struct Model<T> {
    pub escrow: Escrow<T>,
    pub now: u64,
    pub locks: Vec<Option<Lock>>,
    pub coolings: Vec<Option<Cooling>>,
    pub histories: Vec<LockHistory>,
    /// Whether to see that a refused call changes nothing.
    pub sees_errors: bool,
    /// Since when each holder had which lock, in order.
    versions: Vec<(usize, u64, Option<Lock>)>,
    /// All that was ever locked, and what of it was paid out, as a penalty or to a holder.
    locked: U256,
    paid: U256,
}

impl<T: Kept> Model<T> {
    pub fn new(escrow: Escrow<T>, holders: usize, start: u64) -> Self {
        Self {
            escrow,
            now: start,
            locks: vec![None; holders],
            coolings: vec![None; holders],
            histories: vec![LockHistory::new(); holders],
            sees_errors: true,
            versions: Vec::new(),
            locked: U256::ZERO,
            paid: U256::ZERO,
        }
    }

    /// Makes a change, if it is a valid one. If it isn't, nothing may have changed. Returns whether it
    /// was made.
    pub fn call(&mut self, call: Call) -> bool {
        self.now = self.now.saturating_add(call.gap);
        let before = self.sees_errors.then(|| self.escrow.clone());
        let made = self.make(call).is_some();
        if let Some(before) = before.filter(|_| !made) {
            assert_eq!(self.escrow.head(), before.head(), "an error changed it");
            let times = self.moments(&[]);
            let is_same = before.totals().is_same(self.escrow.totals(), &times);
            assert!(is_same, "an error changed the totals: {call:?}");
        }
        self.check_conservation();
        made
    }

    fn make(&mut self, call: Call) -> Option<()> {
        let (now, who) = (at(self.now), usize::from(call.who) % self.locks.len());
        let lock = self.locks[who];
        match call.kind {
            Kind::Create => self.create(who, call),
            Kind::Deposit if lock.is_none() => self.create(who, call),
            Kind::Deposit | Kind::Increase => self.increase(who, call),
            Kind::Extend => {
                let end = self.later_end(lock?, call.time);
                let lock = self.escrow.extend(now, lock?, end).ok()?;
                self.set(who, Some(lock))
            }
            Kind::Convert => {
                let kind = self.kind_for(now, call);
                let lock = self.escrow.convert(now, lock?, kind?).ok()?;
                self.set(who, Some(lock))
            }
            Kind::MakePermanent => {
                let lock = self.escrow.make_permanent(now, lock?).ok()?;
                self.set(who, Some(lock))
            }
            Kind::EndPermanence => {
                let lock = self.escrow.end_permanence(now, lock?).ok()?;
                self.set(who, Some(lock))
            }
            Kind::Split => self.split(who, call),
            Kind::Merge => self.merge(who, call),
            Kind::Exit => self.exit(who, call),
            Kind::Withdraw => {
                let paid = self.escrow.withdraw(now, lock?).ok()?;
                assert_eq!(paid, lock?.amount());
                self.pay(paid);
                self.set(who, None)
            }
            Kind::StartCooldown => self.start_cooldown(who, call),
            Kind::WithdrawCooled => {
                let cooling = self.coolings[who]?;
                let paid = self.escrow.withdraw_cooled(now, cooling).ok()?;
                assert_eq!(paid, cooling.amount);
                assert!(cooling.opens <= now && now < cooling.closes);
                self.pay(paid);
                self.coolings[who] = None;
                Some(())
            }
            Kind::Relock => self.relock(who, call),
            Kind::Forge => self.forged(call),
            Kind::Wait => None,
        }
    }

    fn create(&mut self, who: usize, call: Call) -> Option<()> {
        if self.locks[who].is_some() {
            return None;
        }
        let (now, amount) = (at(self.now), Amount::new(call.amount));
        let kind = self.kind_for(now, call)?;
        let lock = self.escrow.create(now, amount, kind).ok()?;
        assert_eq!((lock.amount(), lock.kind()), (amount, kind));
        self.put_in(amount);
        self.set(who, Some(lock))
    }

    fn increase(&mut self, who: usize, call: Call) -> Option<()> {
        let (extra, old) = (Amount::new(call.amount), self.locks[who]?);
        let lock = self.escrow.increase(at(self.now), old, extra).ok()?;
        assert_eq!(lock.kind(), old.kind());
        self.put_in(extra);
        self.set(who, Some(lock))
    }

    fn split(&mut self, who: usize, call: Call) -> Option<()> {
        let (lock, other) = (self.locks[who]?, self.other(who, call));
        let amount = Amount::new(call.amount % lock.amount().get());
        let (part, rest) = lock.split(amount).ok()?;
        if self.locks[other].is_some() {
            return None;
        }
        self.set(who, Some(rest));
        self.set(other, Some(part))
    }

    fn merge(&mut self, who: usize, call: Call) -> Option<()> {
        let other = self.other(who, call);
        let one = self.locks[who]?.merge(self.locks[other]?).ok()?;
        self.set(who, Some(one));
        self.set(other, None)
    }

    /// Any of the others, by the time, which a split and a merge have no other use for.
    fn other(&self, who: usize, call: Call) -> usize {
        let others = self.locks.len() as u64 - 1;
        (who + 1 + (call.time % others) as usize) % self.locks.len()
    }

    fn exit(&mut self, who: usize, call: Call) -> Option<()> {
        let lock = self.locks[who]?;
        let part = Fraction::from_raw(call.rate % 1_000_000_000_000_000_001).unwrap();
        let penalty = if call.time % 2 == 0 {
            ExitPenalty::flat(part)
        } else {
            ExitPenalty::linear(Span::new(call.time), part).unwrap()
        };
        let exit = self.escrow.exit(at(self.now), lock, penalty).ok()?;
        assert_eq!(
            exit.returned.checked_add(exit.penalty),
            Ok(lock.amount()),
            "a penalty and the rest are all"
        );
        self.pay(exit.returned);
        self.pay(exit.penalty);
        self.set(who, None)
    }

    fn start_cooldown(&mut self, who: usize, call: Call) -> Option<()> {
        let lock = self.locks[who]?;
        if self.coolings[who].is_some() {
            return None;
        }
        let (wait, window) = (call.time % 9, 1 + call.rate % 50);
        let cooldown = Cooldown::new(Span::new(wait), Span::new(window)).unwrap();
        let cooling = self.escrow.start_cooldown(at(self.now), lock, cooldown);
        let cooling = cooling.ok()?;
        assert_eq!(cooling.amount, lock.amount());
        self.coolings[who] = Some(cooling);
        self.set(who, None)
    }

    fn relock(&mut self, who: usize, call: Call) -> Option<()> {
        let cooling = self.coolings[who]?;
        if self.locks[who].is_some() {
            return None;
        }
        let kind = self.kind_for(at(self.now), call)?;
        let lock = self.escrow.relock(at(self.now), cooling, kind).ok()?;
        assert_eq!(lock.amount(), cooling.amount);
        self.coolings[who] = None;
        self.set(who, Some(lock))
    }

    /// Any kind of any lock that may be made now, and some that may not.
    fn kind_for(&self, now: Timestamp, call: Call) -> Option<LockKind> {
        let terms = self.escrow.terms();
        let multiplier = |of: u64| {
            let most = terms.most().raw();
            // Any below the most, and the most.
            let any = u128::from(of).checked_rem(most);
            Wad::from_raw(if of % 3 == 0 { most } else { any.unwrap_or(0) })
        };
        let duration = Span::new(1 + call.time % terms.max().get());
        let end = terms.end_for(now, duration).unwrap_or(at(call.time));
        match call.shape % 7 {
            0 | 1 => terms.decaying(multiplier(call.rate), end).ok(),
            2 => terms.constant(multiplier(call.rate), end).ok(),
            3 => terms.permanent(multiplier(call.rate)).ok(),
            4 => self.growing(now, multiplier(call.rate), call, Some(end)),
            5 => self.growing(now, multiplier(call.rate), call, None),
            // Not of the terms' making: any rate at all.
            _ => Some(LockKind::Decaying {
                rate: call.rate.into(),
                end,
            }),
        }
    }

    fn growing(
        &self,
        now: Timestamp,
        from: Wad,
        call: Call,
        end: Option<Timestamp>,
    ) -> Option<LockKind> {
        let (terms, granule) = (self.escrow.terms(), self.escrow.terms().granule().get());
        let since = at(now.get().saturating_sub(call.rate % 7));
        // Mostly a time at which locks may end too.
        let full = now.get().checked_add(1 + call.rate % terms.max().get())?;
        let full = full.checked_next_multiple_of(if call.rate % 5 == 0 { 1 } else { granule })?;
        let growth = Growth {
            from,
            to: terms.most(),
            since,
            over: Span::new(full - since.get()),
            end,
        };
        terms.growing(growth).ok()
    }

    /// Any of the later ends in reach; one out of reach if there is none.
    fn later_end(&self, lock: Lock, time: u64) -> Timestamp {
        let terms = self.escrow.terms();
        let (max, granule) = (terms.max().get(), terms.granule().get());
        let end = lock.end().unwrap_or(at(self.now)).get();
        let room = max.saturating_sub(end.saturating_sub(self.now)) / granule;
        let later = granule.saturating_mul(1 + time % room.max(1));
        at(end.saturating_add(later))
    }

    /// Calls that must be refused: what is held until some end can't cover the lock, more than cools
    /// down, or the clock runs backwards.
    fn forged(&mut self, call: Call) -> Option<()> {
        let (now, more) = (at(self.now), Amount::new(call.amount.max(1)));
        if let Some(forged) = self.more_than_is_held(more) {
            let end = forged.end();
            let later = self.later_end(forged, call.time);
            let penalty = ExitPenalty::flat(Fraction::ONE);
            let escrow = &mut self.escrow;
            escrow.withdraw(now, forged).unwrap_err();
            escrow.increase(now, forged, Amount::new(1)).unwrap_err();
            escrow.extend(now, forged, later).unwrap_err();
            escrow.exit(now, forged, penalty).unwrap_err();
            escrow.make_permanent(now, forged).unwrap_err();
            escrow.end_permanence(now, forged).unwrap_err();
            let at_once = Cooldown::new(Span::ZERO, Span::MAX).unwrap();
            escrow.start_cooldown(now, forged, at_once).unwrap_err();
            let (rate, end) = (0, end.unwrap_or(Timestamp::MAX));
            let kind = LockKind::Decaying { rate, end };
            escrow.convert(now, forged, kind).unwrap_err();
        }
        if let Ok(amount) = self.escrow.cooling().checked_add(more) {
            let (opens, closes) = (Timestamp::ZERO, Timestamp::MAX);
            let forged = Cooling {
                amount,
                opens,
                closes,
            };
            self.escrow.withdraw_cooled(now, forged).unwrap_err();
            let kind = LockKind::Constant {
                level: 0,
                end: None,
            };
            self.escrow.relock(now, forged, kind).unwrap_err();
        }
        let earlier = at(self.escrow.clock().get().checked_sub(1)?);
        let kind = self.kind_for(earlier, call)?;
        self.escrow.create(earlier, more, kind).unwrap_err();
        None
    }

    /// A lock like some, of more than is held until its end.
    fn more_than_is_held(&self, more: Amount) -> Option<Lock> {
        let like = self.locks.iter().flatten().next()?;
        // What is permanent is held until the last instant.
        let key = |lock: &Lock| lock.end().unwrap_or(Timestamp::MAX);
        let until_then = self.locks.iter().flatten();
        let until_then = until_then.filter(|lock| key(lock) == key(like));
        let held = Amount::try_sum(until_then.map(|lock| lock.amount())).unwrap();
        Lock::new(held.checked_add(more).ok()?, like.kind()).ok()
    }

    fn set(&mut self, who: usize, lock: Option<Lock>) -> Option<()> {
        self.locks[who] = lock;
        self.versions.push((who, self.now, lock));
        let history = &mut self.histories[who];
        match lock {
            Some(lock) => history.record(at(self.now), lock).ok(),
            None => history.close(at(self.now)).ok(),
        }
    }

    fn put_in(&mut self, amount: Amount) {
        self.locked = self.locked.checked_add(amount.get().into()).unwrap();
    }

    fn pay(&mut self, amount: Amount) {
        self.paid = self.paid.checked_add(amount.get().into()).unwrap();
    }

    /// What is held is what was locked and not paid out, and is the sum of what the holders have.
    fn check_conservation(&self) {
        let wide = |amount: Amount| U256::from(amount.get());
        let held = wide(self.escrow.locked());
        assert_eq!(self.paid.checked_add(held), Ok(self.locked), "conservation");
        let cooling = sum(self.coolings.iter().flatten().map(|one| wide(one.amount)));
        assert_eq!(wide(self.escrow.cooling()), cooling);
        let locked = sum(self.locks.iter().flatten().map(|one| wide(one.amount())));
        assert_eq!(locked.checked_add(cooling), Ok(held), "of the holders");
    }

    /// Σ weight by definition, at any time, from the plain list.
    pub fn sum_at(&self, time: u64) -> U256 {
        let mut then = vec![None; self.locks.len()];
        for &(who, _, lock) in self.versions.iter().filter(|&&(_, since, _)| since <= time) {
            then[who] = lock;
        }
        sum(then
            .into_iter()
            .flatten()
            .map(|lock| weight_at(&lock, time)))
    }

    /// Times at which something happens, and the ones next to them; the given ones; the last.
    pub fn moments(&self, reads: &[u64]) -> Vec<u64> {
        let changes = self.versions.iter().map(|version| version.1);
        let locks = self.versions.iter().filter_map(|version| version.2);
        let marks = changes
            .chain(locks.flat_map(|lock| times_of(&lock)))
            .chain([self.now, u64::MAX]);
        let around = |mark: u64| [mark.saturating_sub(1), mark, mark.saturating_add(1)];
        marks
            .chain(reads.iter().copied())
            .flat_map(around)
            .collect()
    }
}

/// When a lock's weight changes pace.
pub fn times_of(lock: &Lock) -> Vec<u64> {
    let full = match lock.kind() {
        LockKind::Growing { full, .. } => Some(full),
        _ => None,
    };
    [lock.end(), full]
        .into_iter()
        .flatten()
        .map(Timestamp::get)
        .collect()
}

/// The weight of a lock by definition.
pub fn weight_at(lock: &Lock, time: u64) -> U256 {
    if lock.end().is_some_and(|end| end.get() <= time) {
        return U256::ZERO;
    }
    let unit = match lock.kind() {
        LockKind::Decaying { rate, end } => rate * u128::from(end.get() - time),
        LockKind::Constant { level, .. } => level,
        LockKind::Growing {
            level,
            rate,
            since,
            full,
            ..
        } => level + rate * u128::from(time.clamp(since.get(), full.get()) - since.get()),
    };
    U256::product(lock.amount().get(), unit)
}

pub fn sum(terms: impl Iterator<Item = U256>) -> U256 {
    terms.fold(U256::ZERO, |sum, term| sum.checked_add(term).unwrap())
}
