//! The laws of an escrow, each once, as checks over plain integers. Any input is brought into the
//! valid range first, so that a check fails for the law's sake only.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too, and tests that use the model alone"
)]

use tokenomics_escrow_weighting::{Escrow, Lock, LockHistory, Terms};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

/// The longest lock, and what its end is a multiple of.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct RawTerms {
    pub max: u64,
    pub granule: u64,
}

/// One change.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Call {
    pub kind: Kind,
    pub who: u8,
    /// How long after the last one.
    pub gap: u64,
    pub amount: u128,
    /// Until when or for how long.
    pub time: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Create,
    /// Creates a lock where there is none, and increases one that there is.
    Deposit,
    Increase,
    Extend,
    Split,
    Merge,
    Withdraw,
    /// What must be refused.
    Forge,
    /// Nothing but the time that passes.
    Wait,
}

impl Kind {
    /// One of them, of any number.
    pub fn of(number: u8) -> Self {
        match number % 8 {
            0 => Self::Create,
            1 => Self::Deposit,
            2 => Self::Increase,
            3 => Self::Extend,
            4 => Self::Split,
            5 => Self::Merge,
            6 => Self::Withdraw,
            _ => Self::Forge,
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Kind {
    fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(bytes).map(Self::of)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u8::size_hint(depth)
    }
}

/// How many locks a sequence of calls works on.
const HOLDERS: usize = 6;

pub fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

pub fn terms(raw: RawTerms) -> Terms {
    let max = raw.max.max(1);
    Terms::new(Span::new(max), Span::new(raw.granule.clamp(1, max))).unwrap()
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
    pub fn call(&mut self, call: Call) {
        let Call { amount, time, .. } = call;
        self.now = self.now.saturating_add(call.gap);
        let (now, who) = (at(self.now), usize::from(call.who) % HOLDERS);
        // Any of the others, by the time, which a split and a merge have no other use for.
        let other = (who + 1 + (time % (HOLDERS as u64 - 1)) as usize) % HOLDERS;
        let before = self.escrow.clone();
        let changed = match (call.kind, self.locks[who], self.locks[other]) {
            (Kind::Create | Kind::Deposit, None, _) => self
                .create(now, amount, time)
                .map(|new| vec![(who, Some(new))]),
            (Kind::Deposit | Kind::Increase, Some(lock), _) => self
                .escrow
                .increase(now, lock, Amount::new(amount))
                .ok()
                .map(|new| vec![(who, Some(new))]),
            (Kind::Extend, Some(lock), _) => self
                .extend(now, lock, time)
                .map(|new| vec![(who, Some(new))]),
            (Kind::Split, Some(lock), None) => lock
                .split(Amount::new(amount % lock.amount().get()))
                .ok()
                .map(|(part, rest)| vec![(who, Some(rest)), (other, Some(part))]),
            (Kind::Merge, Some(lock), Some(more)) => lock
                .merge(more)
                .ok()
                .map(|one| vec![(who, Some(one)), (other, None)]),
            (Kind::Withdraw, Some(lock), _) => self.escrow.withdraw(now, lock).ok().map(|paid| {
                assert_eq!(paid, lock.amount());
                vec![(who, None)]
            }),
            (Kind::Wait, ..) => None,
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

/// What concerns no lock but the holder's own.
const OF_ONE_LOCK: [Kind; 5] = [
    Kind::Create,
    Kind::Deposit,
    Kind::Increase,
    Kind::Extend,
    Kind::Withdraw,
];

/// What one holder's lock is and weighs doesn't depend on what the others do.
pub fn independent(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    // The first holder alone, by calls that concern no one else, and with room for all amounts.
    let room = u128::MAX / (calls.len() as u128 + 1);
    let is_first = |call: &Call| usize::from(call.who) % HOLDERS == 0;
    let calls = calls.iter().map(|&call| {
        let kind = match call.kind {
            kind if is_first(&call) => OF_ONE_LOCK[kind as usize % OF_ONE_LOCK.len()],
            // Never the first one's: a split into it, or a merge with it.
            Kind::Split | Kind::Merge => Kind::Extend,
            kind => kind,
        };
        let amount = call.amount % room;
        Call {
            kind,
            amount,
            ..call
        }
    });
    let among_others = run(raw, start, &calls.clone().collect::<Vec<_>>(), |_| ());
    // Alone, but by the same clock.
    let alone = calls.map(|call| Call {
        kind: if is_first(&call) {
            call.kind
        } else {
            Kind::Wait
        },
        ..call
    });
    let alone = run(raw, start, &alone.collect::<Vec<_>>(), |_| ());

    assert_eq!(alone.locks[0], among_others.locks[0]);
    for time in among_others.moments(reads) {
        let weights = [&alone, &among_others].map(|model| model.histories[0].weight_at(at(time)));
        assert_eq!(weights[0], weights[1], "at {time}");
    }
}
