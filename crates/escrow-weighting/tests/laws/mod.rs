//! The laws of an escrow, each once, as checks over plain integers. Any input is brought into the
//! valid range first, so that a check fails for the law's sake only.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too, and tests that use the model alone"
)]

mod call;
mod model;
mod stores;

pub use call::{at, terms, Call, Kind, RawTerms};
pub use model::{sum, times_of, weight_at, Model};
#[allow(unused_imports, reason = "some tests use some")]
pub use stores::{Both, Chain, Kept, OnChain};
use tokenomics_escrow_weighting::{
    Checkpoint, Escrow, History, InMemory, Lock, LockKind, Node, Ring,
};
use tokenomics_fixed_math::{Amount, Timestamp, U256};

/// How many holders a sequence of calls works on.
const HOLDERS: usize = 6;

pub fn in_memory(raw: RawTerms, start: u64) -> Model<InMemory> {
    Model::new(Escrow::new(terms(raw)), HOLDERS, start)
}

/// Makes all calls, and hands the model over after each.
fn run<T: Kept>(mut model: Model<T>, calls: &[Call], mut after: impl FnMut(&Model<T>)) -> Model<T> {
    for &call in calls {
        model.call(call);
        after(&model);
    }
    model
}

/// Sees that the totals are what the definition says, at all times at which something happens.
fn check_totals<T: Kept>(model: &Model<T>, reads: &[u64]) {
    for time in model.moments(reads) {
        if let Some(total) = model.escrow.totals().read(time) {
            assert_eq!(total, model.sum_at(time), "total at {time}");
        }
    }
}

/// Σ weight(user, t) = total(t) in the undivided unit, for past, present and future t, after any
/// gap; and the past stays as it was.
pub fn sum_is_total(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    let mut seen: Vec<(u64, U256)> = Vec::new();
    let model = run(in_memory(raw, start), calls, |model| {
        let now = model.now;
        let total = model.escrow.total_at(at(now));
        assert_eq!(total, model.sum_at(now), "at {now}, just changed");
        if let Some(past) = now.checked_sub(1) {
            seen.push((past, model.escrow.total_at(at(past))));
        }
    });
    for (time, total) in seen {
        let now = model.escrow.total_at(at(time));
        assert_eq!(now, total, "the past changed at {time}");
    }
    check_totals(&model, reads);
    for time in model.moments(reads) {
        let of_histories = sum(model.histories.iter().map(|one| one.weight_at(at(time))));
        assert_eq!(of_histories, model.sum_at(time), "histories at {time}");
    }
}

/// Split and merge change no weight, at any time, of a lock of any kind.
pub fn neutral(kind: RawKind, amount: u128, part: u128, time: u64) {
    let (amount, kind) = (amount.max(2), kind.valid());
    let whole = Lock::new(Amount::new(amount), kind).unwrap();
    let part = Amount::new(1 + part % (amount - 1));
    let (one, two) = whole.split(part).unwrap();
    assert_eq!(
        (one.amount(), one.kind(), two.kind()),
        (part, whole.kind(), whole.kind())
    );
    for time in times_of(&whole).into_iter().chain([time, 0, u64::MAX]) {
        for time in [time.saturating_sub(1), time] {
            assert_eq!(whole.weight_at(at(time)), weight_at(&whole, time));
            let apart = one.weight_at(at(time)).checked_add(two.weight_at(at(time)));
            assert_eq!(apart, Ok(whole.weight_at(at(time))), "at {time}");
        }
    }
    assert_eq!(one.merge(two), Ok(whole));
    assert_eq!(two.merge(one), Ok(whole));
}

/// A kind of lock.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct RawKind {
    pub shape: u8,
    pub level: u128,
    pub rate: u64,
    pub since: u64,
    pub full: u64,
    pub end: u64,
}

impl RawKind {
    /// One whose unit never weighs more than 128 bits hold.
    pub fn valid(self) -> LockKind {
        let (level, rate) = (self.level >> 1, u128::from(self.rate >> 1));
        let end = (self.shape < 128).then_some(at(self.end));
        match self.shape % 3 {
            0 => LockKind::Decaying {
                rate,
                end: at(self.end),
            },
            1 => LockKind::Constant { level, end },
            _ => LockKind::Growing {
                level,
                rate,
                since: at(self.since.min(self.full)),
                full: at(self.full),
                end,
            },
        }
    }
}

/// A weight is at most the amount times the largest multiplier, and so is the total of what is held.
pub fn bounded(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    let terms = terms(raw);
    let most = terms.most().raw() * u128::from(terms.max().get());
    run(in_memory(raw, start), calls, |model| {
        let later = reads.iter().map(|read| model.now.saturating_add(*read));
        for time in later.chain([model.now, u64::MAX]).map(at) {
            for lock in model.locks.iter().flatten() {
                assert!(lock.weight_at(time) <= U256::product(lock.amount().get(), most));
            }
            let locked = model.escrow.locked();
            let total = model.escrow.total_at(time);
            assert!(total <= U256::product(locked.get(), most), "at {time}");
            if let Ok(weight) = model.escrow.total_weight_at(time) {
                assert!(raw.most > ONE || weight <= locked);
            }
        }
    });
}

/// A multiplier of one.
pub const ONE: u128 = 1_000_000_000_000_000_000;

/// What is held is what was locked, less what was paid out and what it cost to leave early. The model
/// sees to it after each call.
pub fn conservation(raw: RawTerms, start: u64, calls: &[Call]) {
    let model = run(in_memory(raw, start), calls, |_| ());
    assert!(model.escrow.locked() >= model.escrow.cooling());
}

/// What one holder's lock is and weighs doesn't depend on what the others do.
pub fn independent(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    // The first holder alone, by calls that concern no one else, and with room for all amounts.
    let room = u128::MAX / (calls.len() as u128 + 1);
    let is_first = |call: &Call| usize::from(call.who) % HOLDERS == 0;
    let calls = calls.iter().map(|&call| {
        let kind = match call.kind {
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
    let among_others = run(
        in_memory(raw, start),
        &calls.clone().collect::<Vec<_>>(),
        |_| (),
    );
    // Alone, but by the same clock.
    let alone = calls.map(|call| {
        let kind = if is_first(&call) {
            call.kind
        } else {
            Kind::Wait
        };
        Call { kind, ..call }
    });
    let alone = run(in_memory(raw, start), &alone.collect::<Vec<_>>(), |_| ());

    assert_eq!(alone.locks[0], among_others.locks[0]);
    assert_eq!(alone.coolings[0], among_others.coolings[0]);
    for time in among_others.moments(reads) {
        let weights = [&alone, &among_others].map(|model| model.histories[0].weight_at(at(time)));
        assert_eq!(weights[0], weights[1], "at {time}");
    }
}

/// How many periods ahead the ring under test knows.
const SLOTS: usize = 12;

/// A ring says at every time from the last change on what a history says after the same calls, and
/// refuses without a trace what has no slot: an end off its period, or one too far ahead.
pub fn ring_is_history(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    let terms = terms(raw);
    let both = Both::<SLOTS> {
        history: InMemory::default(),
        ring: Ring::new(terms.granule()).unwrap(),
    };
    let model = Model::new(Escrow::with_totals(terms, both), HOLDERS, start);
    let model = run(model, calls, |model| {
        let escrow = &model.escrow;
        // Reading compares the two.
        let total = escrow.totals().read(model.now);
        assert_eq!(total, Some(model.sum_at(model.now)));
        let ring = escrow.totals().ring;
        assert_eq!(Ring::restore(ring.state()), Ok(ring));
    });
    check_totals(&model, reads);
}

/// An escrow that was stored and restored, from its state or from its head and a chain's storage, is
/// the one that was stored, and goes on as one that never was.
pub fn stored(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    let (nodes, checkpoints) = (Chain::<Node>::default(), Chain::<Checkpoint>::default());
    let totals = || History::new(nodes.clone(), checkpoints.clone());
    let mut on_chain = Model::new(Escrow::with_totals(terms(raw), totals()), HOLDERS, start);
    on_chain.sees_errors = false;
    let mut in_memory = in_memory(raw, start);
    for &call in calls {
        assert_eq!(in_memory.call(call), on_chain.call(call), "{call:?}");
        let state = in_memory.escrow.state();
        in_memory.escrow = Escrow::restore(state.clone()).unwrap();
        assert_eq!(in_memory.escrow.state(), state);

        let heads = (on_chain.escrow.head(), on_chain.escrow.totals().head());
        assert_eq!(heads.0, in_memory.escrow.head());
        let totals = History::restore(heads.1, nodes.clone(), checkpoints.clone());
        on_chain.escrow = Escrow::resume(heads.0, totals).unwrap();
    }
    check_totals(&in_memory, reads);
    check_totals(&on_chain, reads);
}

/// In stores with little room, a call for which there is none changes nothing, and all that was made
/// sums as it should.
pub fn full(raw: RawTerms, start: u64, calls: &[Call], reads: &[u64]) {
    let totals = History::new([Node::EMPTY; 4], [Checkpoint::NONE; 24]);
    let escrow = Escrow::with_totals(terms(raw), totals);
    let model = run(Model::new(escrow, HOLDERS, start), calls, |model| {
        let total = model.escrow.total_at(at(model.now));
        assert_eq!(total, model.sum_at(model.now));
    });
    check_totals(&model, reads);
}

/// A week, in seconds.
pub const WEEK: u64 = 7 * 86_400;

/// The time of a week.
pub fn week(number: u64) -> Timestamp {
    at(number * WEEK)
}
