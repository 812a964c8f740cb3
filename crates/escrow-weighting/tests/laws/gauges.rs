//! The laws of gauges, each once, as checks over plain integers.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too"
)]

use tokenomics_escrow_weighting::{
    relative_weights, Closed, Error, GaugeVote, Gauges, GaugesInMemory,
};
use tokenomics_fixed_math::{Amount, Timestamp, U256};

use super::named::GaugeStorage;
use super::spread::{
    around, at, bends, changed, check_shares, lock, parts, shares, sum, weight, Call, NAMES, PARTS,
    SLOTS,
};

/// A gauge that no call removes.
const ALWAYS: u8 = 1;

type Vote = GaugeVote<u8, PARTS>;
type InMemory = Gauges<GaugesInMemory<u8>>;
type OnChain = Gauges<GaugeStorage<u8>>;

/// The gauges under test beside everything that ever happened, kept in the plainest way.
struct Model {
    gauges: InMemory,
    /// The same in a chain's storage, of which nothing else is kept between calls but the head.
    chain: OnChain,
    now: u64,
    slots: [Option<Vote>; SLOTS],
    versions: Vec<(usize, u64, Option<Vote>)>,
    /// Since when and until when each gauge is listed.
    listed: Vec<(u8, u64, Option<u64>)>,
}

impl Model {
    fn new() -> Self {
        let mut model = Self {
            gauges: Gauges::new(),
            chain: Gauges::with_store(GaugeStorage::default()),
            now: 0,
            slots: [None; SLOTS],
            versions: Vec::new(),
            listed: Vec::new(),
        };
        // All but one, which a call may add.
        (1..NAMES).for_each(|gauge| model.add(gauge));
        model
    }

    /// Makes a change on chain too, in a call of its own, with the same result.
    fn on_chain(
        &mut self,
        expected: Result<(), Error>,
        change: impl FnOnce(&mut Gauges<&mut GaugeStorage<u8>>) -> Result<(), Error>,
    ) {
        let (head, mut store) = (self.chain.head(), self.chain.store().clone());
        let mut gauges = Gauges::resume(head, &mut store).unwrap();
        let changed = change(&mut gauges);
        let head = gauges.head();
        assert_eq!(changed, expected);
        let after = Gauges::resume(head, store).unwrap();
        assert!(
            changed.is_ok() || after == self.chain,
            "an error changed a chain's storage"
        );
        self.chain = after;
    }

    fn add(&mut self, gauge: u8) {
        let added = self.gauges.add(at(self.now), gauge);
        let now = at(self.now);
        self.on_chain(added, |gauges| gauges.add(now, gauge));
        let known = self.listed.iter().any(|listed| listed.0 == gauge);
        assert_eq!(
            added,
            if known {
                Err(Error::ListedBefore)
            } else {
                Ok(())
            }
        );
        if !known {
            self.listed.push((gauge, self.now, None));
        }
    }

    fn remove(&mut self, gauge: u8) {
        let before = self.gauges.clone();
        let removed = self.gauges.remove(at(self.now), &gauge);
        let now = at(self.now);
        self.on_chain(removed, |gauges| gauges.remove(now, &gauge));
        let mut listed = self.listed.iter_mut().filter(|listed| listed.0 == gauge);
        match listed.find(|listed| listed.2.is_none()) {
            Some(listed) => {
                assert_eq!(removed, Ok(()));
                listed.2 = Some(self.now);
                self.check_removed(&before, gauge);
            }
            None => assert_eq!((removed, &before), (Err(Error::NotListed), &self.gauges)),
        }
    }

    /// A removal changes no sum, and no other gauge's weight: what the gauge had is unallocated.
    fn check_removed(&self, before: &InMemory, gauge: u8) {
        let after = &self.gauges;
        for time in self
            .moments(&[])
            .into_iter()
            .filter(|&time| time >= self.now)
            .map(at)
        {
            assert_eq!(before.total_at(time), after.total_at(time));
            let freed = before.weight_at(&gauge, time);
            let unallocated = before.unallocated_at(time).checked_add(freed);
            assert_eq!(unallocated, Ok(after.unallocated_at(time)), "at {time}");
            for other in (0..NAMES).filter(|&other| other != gauge) {
                assert_eq!(
                    before.weight_at(&other, time),
                    after.weight_at(&other, time)
                );
            }
        }
    }

    fn is_live(&self, gauge: u8, time: u64) -> bool {
        let mut listed = self.listed.iter();
        listed.any(|&(name, since, removed)| {
            name == gauge && since <= time && removed.is_none_or(|removed| time < removed)
        })
    }

    fn call(&mut self, call: &Call) {
        self.now = self.now.saturating_add(call.gap);
        let who = usize::from(call.who) % SLOTS;
        let other = (who + 1 + usize::from(call.other) % (SLOTS - 1)) % SLOTS;
        let on = shares(&self.live(call), NAMES);
        let change = match (call.what % 16, self.slots[who], self.slots[other]) {
            (0..=4, None, _) => {
                let lock = lock(call, self.now);
                vec![(who, Some(Vote { lock, on }))]
            }
            (0..=4, Some(old), _) => vec![(who, Some(Vote { on, ..old }))],
            (5..=8, Some(old), _) => {
                let lock = changed(old.lock, call);
                vec![(who, Some(Vote { lock, ..old }))]
            }
            (9..=10, Some(old), None) => {
                let part = Amount::new(call.amount % old.lock.amount().get());
                let Ok((part, rest)) = old.lock.split(part) else {
                    return;
                };
                let (part, rest) = (Vote { lock: part, on }, Vote { lock: rest, ..old });
                vec![(who, Some(rest)), (other, Some(part))]
            }
            (11..=12, Some(_), _) => vec![(who, None)],
            (13, ..) => return self.add(call.other % NAMES),
            (14, ..) if call.other % NAMES != ALWAYS => return self.remove(call.other % NAMES),
            _ => return self.closed(),
        };
        self.settle(&change);
    }

    /// Mostly gauges that are listed.
    fn live(&self, call: &Call) -> [(u8, u64); PARTS] {
        call.shares.map(|(gauge, share)| {
            let is_kept = call.time % 8 == 0 || self.is_live(gauge % NAMES, self.now);
            (if is_kept { gauge } else { ALWAYS }, share)
        })
    }

    fn settle(&mut self, change: &[(usize, Option<Vote>)]) {
        let old: Vec<_> = change
            .iter()
            .filter_map(|&(who, _)| self.slots[who])
            .collect();
        let new: Vec<_> = change.iter().filter_map(|&(_, one)| one).collect();
        let named = |votes: &[Vote], gauge| {
            votes
                .iter()
                .any(|vote| vote.on.iter().any(|(name, _)| *name == gauge))
        };
        let is_listed = |gauge| {
            let known = self.listed.iter().any(|listed| listed.0 == gauge);
            known && (self.is_live(gauge, self.now) || named(&old, gauge))
        };
        let is_valid = (0..NAMES).all(|gauge| !named(&new, gauge) || is_listed(gauge));
        let before = self.gauges.clone();
        let settled = self.gauges.settle(at(self.now), &old, &new);
        let now = at(self.now);
        self.on_chain(settled, |gauges| gauges.settle(now, &old, &new));
        if !is_valid {
            assert_eq!((settled, &self.gauges), (Err(Error::NotListed), &before));
            return;
        }
        settled.unwrap();
        for &(who, one) in change {
            self.slots[who] = one;
            self.versions.push((who, self.now, one));
        }
    }

    /// What is closed stays as it is: a vote that comes too late is refused.
    fn closed(&mut self) {
        let now = at(self.now);
        let Some(past) = self.now.checked_sub(1).map(at) else {
            return;
        };
        if past < self.gauges.clock() {
            return;
        }
        self.gauges.close(past, now).unwrap();
        self.on_chain(Ok(()), |gauges| gauges.close(past, now).map(drop));
        let before = self.gauges.clone();
        let late = self.slots.iter().flatten().next();
        let votes: Vec<_> = late.copied().into_iter().collect();
        let refused = self.gauges.settle(past, &votes, &[]);
        assert_eq!(
            refused,
            Err(Error::Backdated {
                at: past,
                last: now
            })
        );
        assert_eq!(self.gauges, before);
    }

    /// The votes as they were at a time.
    fn then(&self, time: u64) -> impl Iterator<Item = Vote> {
        let mut then = [None; SLOTS];
        for &(who, _, one) in self.versions.iter().filter(|version| version.1 <= time) {
            then[who] = one;
        }
        then.into_iter().flatten()
    }

    /// The weight of a gauge, or of none, by definition.
    fn weight_at(&self, gauge: Option<u8>, time: u64) -> U256 {
        sum(self.then(time).map(|vote| {
            let parts = parts(&vote.on, vote.lock.amount()).into_iter();
            let live = |gauge: &u8| self.is_live(*gauge, time);
            let parts = parts.filter(|(name, _)| name.filter(live) == gauge);
            sum(parts.map(|(_, part)| weight(vote.lock, part, time)))
        }))
    }

    fn check_at(&self, time: u64) {
        let weights = (0..NAMES).map(|gauge| self.gauges.weight_at(&gauge, at(time)));
        for (gauge, weight) in (0..NAMES).zip(weights.clone()) {
            let expected = if self.is_live(gauge, time) {
                self.weight_at(Some(gauge), time)
            } else {
                U256::ZERO
            };
            assert_eq!(weight, expected, "of {gauge} at {time}");
            assert_eq!(self.chain.weight_at(&gauge, at(time)), weight);
        }
        let none = self.gauges.unallocated_at(at(time));
        assert_eq!(none, self.weight_at(None, time), "unallocated at {time}");
        let voters = sum(self.then(time).map(|vote| vote.lock.weight_at(at(time))));
        assert_eq!(self.gauges.allocated_at(at(time)), sum(weights.clone()));
        assert_eq!(sum(weights.chain([none])), voters, "conserved at {time}");
        assert_eq!(self.gauges.total_at(at(time)), voters);
        assert_eq!(self.chain.unallocated_at(at(time)), none);
        assert_eq!(self.chain.total_at(at(time)), voters);
        if let Ok(closed) = Closed::before(at(time), at(self.now)) {
            self.check_relative(closed);
        }
    }

    fn check_relative(&self, closed: Closed) {
        let time = closed.get();
        let listed = self.listed.iter().map(|listed| listed.0);
        let live: Vec<_> = listed
            .filter(|&gauge| self.is_live(gauge, time.get()))
            .collect();
        let weights: Vec<_> = live
            .iter()
            .map(|gauge| self.gauges.weight_at(gauge, time))
            .collect();
        let shares = self.gauges.relative_weights(closed);
        assert_eq!(self.chain.relative_weights(closed), shares);
        if weights.iter().all(|weight| weight.is_zero()) {
            assert_eq!(self.gauges.share_at(&ALWAYS, closed), None);
            return assert_eq!(shares, None);
        }
        let (names, shares): (Vec<_>, Vec<_>) = shares.unwrap().into_iter().unzip();
        assert_eq!(names, live);
        check_shares(&weights, &shares);
        for (gauge, share) in names.into_iter().zip(shares) {
            let floor = self.gauges.share_at(&gauge, closed).unwrap();
            assert!(floor <= share && share.raw() - floor.raw() <= 1);
        }
    }

    /// Times at which something happens, and the ones next to them.
    fn moments(&self, reads: &[u64]) -> Vec<u64> {
        let changes = self.versions.iter().map(|version| version.1);
        let listed = self.listed.iter();
        let listed = listed
            .flat_map(|listed| [Some(listed.1), listed.2])
            .flatten();
        let locks = self.versions.iter().filter_map(|version| version.2);
        let bends = locks.flat_map(|vote| bends(vote.lock));
        let times = changes
            .chain(listed)
            .chain(bends)
            .chain(reads.iter().copied());
        let times = times.chain([self.now, u64::MAX]).flat_map(around);
        let mut times: Vec<_> = times.collect();
        times.sort_unstable();
        times.dedup();
        times
    }
}

fn run(calls: &[Call], mut after: impl FnMut(&Model)) -> Model {
    let mut model = Model::new();
    for call in calls {
        model.call(call);
        after(&model);
    }
    model
}

/// The weights of the gauges that are listed and what is unallocated sum to the weights of all locks
/// that vote, and each is what the votes say, at past, present and future times.
pub fn gauges_conserve(calls: &[Call], reads: &[u64]) {
    let model = run(calls, |model| model.check_at(model.now));
    model
        .moments(reads)
        .into_iter()
        .for_each(|time| model.check_at(time));
}

/// The relative weights of any weights sum to exactly one.
pub fn gauges_sum_to_one(weights: &[(u128, u128)]) {
    let mut all = [U256::ZERO; 8];
    for (place, &(amount, unit)) in all.iter_mut().zip(weights) {
        // An eighth of 256 bits.
        *place = U256::product(amount >> 3, unit);
    }
    match relative_weights(&all).unwrap() {
        Some(shares) => check_shares(&all, &shares),
        None => assert_eq!(all, [U256::ZERO; 8]),
    }
}

/// Removing a gauge changes no sum and no other gauge's weight, at any time from then on, and nothing
/// before; a lock changes as before, with what it voted for the gauge.
pub fn removing_a_gauge_conserves(calls: &[Call], gauge: u8, gap: u64) {
    let mut model = run(calls, |_| ());
    let past: Vec<_> = model
        .moments(&[])
        .into_iter()
        .filter(|&time| time < model.now)
        .collect();
    let seen: Vec<_> = past
        .iter()
        .map(|&time| model.gauges.weight_at(&gauge, at(time)))
        .collect();
    let later = model.now.saturating_add(gap % 8);
    model.now = later;
    model.remove(gauge % NAMES);
    for (&time, seen) in past.iter().zip(seen) {
        assert_eq!(
            model.gauges.weight_at(&gauge, at(time)),
            seen,
            "the past changed at {time}"
        );
    }
    for who in 0..SLOTS {
        let Some(vote) = model.slots[who] else {
            continue;
        };
        let more = vote.lock.amount().checked_add(Amount::new(1)).unwrap();
        let lock = tokenomics_escrow_weighting::Lock::new(more, vote.lock.kind()).unwrap();
        model.settle(&[(who, Some(Vote { lock, ..vote }))]);
        assert_eq!(model.slots[who].map(|vote| vote.lock), Some(lock));
    }
    for time in [later, later.saturating_add(1), Timestamp::MAX.get()] {
        model.check_at(time);
    }
}
