//! The laws of an escrow, each once, as checks over plain integers. Any input is brought into the
//! valid range first, so that a check fails for the law's sake only.

// `pub` is for the fuzz targets that include this file, each of which uses one law.
#![allow(dead_code, unreachable_pub)]

use tokenomics_escrow_weighting::{Escrow, Lock, LockHistory, Terms};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

/// Longest lock and granule.
pub type RawTerms = (u64, u64);

/// One change: which, by whom, how long after the last, by how much, until or for how long.
pub type Call = (u8, u8, u64, u128, u64);

/// How many locks a sequence of calls works on.
const HOLDERS: usize = 6;

pub fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

pub fn terms((max, granule): RawTerms) -> Terms {
    let max = max.max(1);
    Terms::new(Span::new(max), Span::new(granule.clamp(1, max))).unwrap()
}

/// The escrow under test beside everything that ever happened, kept in the plainest way.
pub struct Model {
    pub escrow: Escrow,
    pub now: u64,
    /// What each holder has now.
    pub locks: [Option<Lock>; HOLDERS],
    pub histories: [LockHistory; HOLDERS],
    /// Since when each holder had which lock, in order.
    versions: Vec<(usize, u64, Option<Lock>)>,
}

impl Model {
    pub fn new(terms: Terms, start: u64) -> Self {
        Self {
            escrow: Escrow::new(terms),
            now: start,
            locks: [None; HOLDERS],
            histories: Default::default(),
            versions: Vec::new(),
        }
    }

    /// Makes a change, if it is a valid one. If it isn't, nothing may have changed.
    pub fn call(&mut self, (kind, who, step, amount, time): Call) {
        self.now = self.now.saturating_add(step);
        let (now, who) = (at(self.now), usize::from(who) % HOLDERS);
        let other = (who + 1 + usize::from(kind) % (HOLDERS - 1)) % HOLDERS;
        let before = self.escrow.clone();
        let changed = match (kind % 8, self.locks[who], self.locks[other]) {
            (0 | 1, None, _) => self
                .create(now, amount, time)
                .map(|new| vec![(who, Some(new))]),
            (1 | 2, Some(lock), _) => self
                .escrow
                .increase(now, lock, Amount::new(amount))
                .ok()
                .map(|new| vec![(who, Some(new))]),
            (3, Some(lock), _) => self
                .extend(now, lock, time)
                .map(|new| vec![(who, Some(new))]),
            (4, Some(lock), None) => lock
                .split(Amount::new(amount % lock.amount().get()))
                .ok()
                .map(|(part, rest)| vec![(who, Some(rest)), (other, Some(part))]),
            (5, Some(lock), Some(more)) => lock
                .merge(more)
                .ok()
                .map(|one| vec![(who, Some(one)), (other, None)]),
            (6, Some(lock), _) => self.escrow.withdraw(now, lock).ok().map(|paid| {
                assert_eq!(paid, lock.amount());
                vec![(who, None)]
            }),
            _ => self.forged(now, amount, time),
        };
        match changed {
            Some(changes) => changes
                .into_iter()
                .for_each(|(who, lock)| self.set(who, lock)),
            None => assert!(self.escrow == before, "an error changed the state"),
        }
        let held: U256 = sum(self
            .locks
            .iter()
            .flatten()
            .map(|lock| lock.amount().get().into()));
        assert_eq!(U256::from(self.escrow.locked().get()), held, "conservation");
    }

    fn create(&mut self, now: Timestamp, amount: u128, time: u64) -> Option<Lock> {
        let terms = self.escrow.terms();
        let duration = Span::new(1 + time % terms.max().get());
        let end = terms.end_for(now, duration).unwrap_or(at(time));
        self.escrow.create(now, Amount::new(amount), end).ok()
    }

    /// To any of the later ends in reach; to one out of reach if there is none.
    fn extend(&mut self, now: Timestamp, lock: Lock, time: u64) -> Option<Lock> {
        let terms = self.escrow.terms();
        let (max, granule) = (terms.max().get(), terms.granule().get());
        let left = lock.end().get().saturating_sub(self.now);
        let room = max.saturating_sub(left) / granule;
        let later = granule.saturating_mul(1 + time % room.max(1));
        let end = at(lock.end().get().saturating_add(later));
        self.escrow.extend(now, lock, end).ok()
    }

    /// Calls that must be refused: what is held until some end can't cover the lock, or the clock
    /// runs backwards.
    fn forged(
        &mut self,
        now: Timestamp,
        amount: u128,
        time: u64,
    ) -> Option<Vec<(usize, Option<Lock>)>> {
        let end = self
            .locks
            .iter()
            .flatten()
            .next()
            .map_or(at(time), |lock| lock.end());
        let until_then = self.locks.iter().flatten().filter(|lock| lock.end() == end);
        let held = Amount::try_sum(until_then.map(|lock| lock.amount())).unwrap();
        if let Ok(excess) = held.checked_add(Amount::new(amount.max(1))) {
            let forged = Lock::new(excess, end).unwrap();
            let later = at(end
                .get()
                .saturating_add(self.escrow.terms().granule().get()));
            self.escrow.withdraw(now, forged).unwrap_err();
            self.escrow
                .increase(now, forged, Amount::new(1))
                .unwrap_err();
            self.escrow.extend(now, forged, later).unwrap_err();
        }
        if let Some(earlier) = self.escrow.clock().get().checked_sub(1) {
            let made = self.create(at(earlier), amount, time);
            assert_eq!(made, None, "at {earlier}");
        }
        None
    }

    fn set(&mut self, who: usize, lock: Option<Lock>) {
        self.locks[who] = lock;
        self.versions.push((who, self.now, lock));
        match lock {
            Some(lock) => self.histories[who].record(at(self.now), lock).unwrap(),
            None => self.histories[who].close(at(self.now)).unwrap(),
        }
    }

    /// Σ weight by definition, at any time, from the plain list.
    pub fn sum_at(&self, time: u64) -> U256 {
        let mut then = [None; HOLDERS];
        for &(who, _, lock) in self.versions.iter().filter(|&&(_, since, _)| since <= time) {
            then[who] = lock;
        }
        sum(then.into_iter().flatten().map(|lock| {
            let left = lock.end().get().saturating_sub(time);
            U256::product(lock.amount().get(), left.into())
        }))
    }

    /// Times at which something happens, and the ones next to them; the given ones; the last.
    pub fn moments(&self, reads: &[u64]) -> Vec<u64> {
        let changes = self.versions.iter().map(|version| version.1);
        let ends = self.versions.iter().filter_map(|version| version.2);
        let marks = changes
            .chain(ends.map(|lock| lock.end().get()))
            .chain([self.now, u64::MAX]);
        let around = |mark: u64| [mark.saturating_sub(1), mark, mark.saturating_add(1)];
        marks
            .chain(reads.iter().copied())
            .flat_map(around)
            .collect()
    }
}

fn sum(terms: impl Iterator<Item = U256>) -> U256 {
    terms.fold(U256::ZERO, |sum, term| sum.checked_add(term).unwrap())
}

/// Runs all calls, and hands the model over after each.
fn run(raw: RawTerms, start: u64, calls: &[Call], mut after: impl FnMut(&Model)) -> Model {
    let mut model = Model::new(terms(raw), start);
    for &call in calls {
        model.call(call);
        after(&model);
    }
    model
}

/// Σ weight(user, t) = total(t) in the undivided unit, for past, present and future t, after any
/// gap; and the past stays as it was.
pub fn sum_is_total(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    let mut seen: Vec<(u64, U256)> = Vec::new();
    let model = run(raw, start, calls, |model| {
        let now = model.now;
        assert_eq!(
            model.escrow.total_at(at(now)),
            model.sum_at(now),
            "at {now}, just changed"
        );
        if let Some(past) = now.checked_sub(1) {
            seen.push((past, model.escrow.total_at(at(past))));
        }
    });
    for (time, total) in seen {
        assert_eq!(
            model.escrow.total_at(at(time)),
            total,
            "the past changed at {time}"
        );
    }
    for time in model.moments(reads) {
        let total = model.escrow.total_at(at(time));
        assert_eq!(total, model.sum_at(time), "total at {time}");
        let of_histories = sum(model.histories.iter().map(|one| one.weight_at(at(time))));
        assert_eq!(total, of_histories, "histories at {time}");
    }
}

/// Split and merge change no weight, at any time.
pub fn neutral(amount: u128, part: u128, end: u64, time: u64) {
    let amount = amount.max(2);
    let whole = Lock::new(Amount::new(amount), at(end)).unwrap();
    let part = Amount::new(1 + part % (amount - 1));
    let (one, two) = whole.split(part).unwrap();
    assert_eq!(
        (one.amount(), one.end(), two.end()),
        (part, at(end), at(end))
    );
    for time in [time, 0, end.saturating_sub(1), end, u64::MAX] {
        let apart = one.weight_at(at(time)).checked_add(two.weight_at(at(time)));
        assert_eq!(apart, Ok(whole.weight_at(at(time))), "at {time}");
    }
    assert_eq!(one.merge(two), Ok(whole));
    assert_eq!(two.merge(one), Ok(whole));
}

/// A weight is at most the amount, and the total weight at most what is locked.
pub fn bounded(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    let terms = terms(raw);
    run(raw, start, calls, |model| {
        let later = reads.iter().map(|read| model.now.saturating_add(*read));
        for time in later.chain([model.now]).map(at) {
            for lock in model.locks.iter().flatten() {
                assert!(terms.weight(lock.weight_at(time)).unwrap() <= lock.amount());
            }
            assert!(model.escrow.total_weight_at(time) <= model.escrow.locked());
        }
    });
}

/// What one holder's lock is and weighs doesn't depend on what the others do.
pub fn independent(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    // The first holder alone, by calls that concern no one else, and with room for all amounts.
    let room = u128::MAX / (calls.len() as u128 + 1);
    let calls = calls.iter().map(|&(kind, who, step, amount, time)| {
        let kind = if usize::from(who) % HOLDERS == 0 {
            [0, 1, 2, 3, 6][kind as usize % 5]
        } else {
            kind
        };
        // Never the first one's: a split into it, or a merge with it.
        let kind = if matches!(kind % 8, 4 | 5) { 3 } else { kind };
        (kind, who, step, amount % room, time)
    });
    let among_others = run(raw, start, &calls.clone().collect::<Vec<_>>(), |_| ());
    // Alone, but by the same clock.
    let alone = calls.map(|call| {
        if usize::from(call.1) % HOLDERS == 0 {
            call
        } else {
            (4, 0, call.2, 0, 0)
        }
    });
    let alone = run(raw, start, &alone.collect::<Vec<_>>(), |_| ());

    assert_eq!(alone.locks[0], among_others.locks[0]);
    for time in among_others.moments(reads) {
        let weights = [&alone, &among_others].map(|model| model.histories[0].weight_at(at(time)));
        assert_eq!(weights[0], weights[1], "at {time}");
    }
}
