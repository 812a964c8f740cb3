//! The laws of delegation, each once, as checks over plain integers.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a fuzz target includes this file too"
)]

use tokenomics_escrow_weighting::{Checkpoint, Closed, Delegated, Delegations, Error};
use tokenomics_escrow_weighting::{History, Lock, NamesInMemory, Node, Shares, Totals};
use tokenomics_fixed_math::{Amount, Fraction, Timestamp, U256};

use super::named::Storage;
use super::spread::{
    around, at, bends, changed, lock, parts, shares, sum, weight, Call, NAMES, PARTS,
};

type One = Delegated<u8, PARTS>;
type Powers = Delegations<NamesInMemory<u8>>;

/// The powers under test beside everything that ever happened, kept in the plainest way.
struct Model {
    powers: Powers,
    /// The same in a chain's storage, of which nothing else is kept between calls but the clock.
    chain: Delegations<Storage<u8>>,
    /// The escrow's total of the same locks.
    total: History<Vec<Node>, Vec<Checkpoint>>,
    now: u64,
    slots: Vec<Option<One>>,
    names: u8,
    versions: Vec<(usize, u64, Option<One>)>,
}

impl Model {
    fn new(names: u8) -> Self {
        Self {
            names,
            powers: Delegations::new(),
            chain: Delegations::with_totals(Storage::default()),
            total: History::default(),
            now: 0,
            slots: vec![None; usize::from(names) + 1],
            versions: Vec::new(),
        }
    }

    fn call(&mut self, call: &Call) {
        self.now = self.now.saturating_add(call.gap);
        let who = usize::from(call.who) % self.slots.len();
        let other = (who + 1 + usize::from(call.other) % (self.slots.len() - 1)) % self.slots.len();
        let owner = call.who % self.names;
        // In a third of all calls, for good.
        let expires = (call.time % 3 > 0).then(|| at(self.now.saturating_add(call.time / 2)));
        let to = shares(&call.shares, self.names);
        let change = match (call.what % 8, self.slots[who], self.slots[other]) {
            (0 | 1, None, _) => {
                let lock = lock(call, self.now);
                vec![(
                    who,
                    Some(Delegated {
                        owner,
                        lock,
                        to,
                        expires,
                    }),
                )]
            }
            (0..=2, Some(old), _) => vec![(who, Some(Delegated { to, expires, ..old }))],
            (3, Some(old), _) => {
                let lock = changed(old.lock, call);
                vec![(who, Some(Delegated { lock, ..old }))]
            }
            (4, Some(old), None) => {
                let part = Amount::new(call.amount % old.lock.amount().get());
                let Ok((part, rest)) = old.lock.split(part) else {
                    return;
                };
                let part = Delegated {
                    lock: part,
                    to,
                    expires,
                    ..old
                };
                vec![
                    (who, Some(Delegated { lock: rest, ..old })),
                    (other, Some(part)),
                ]
            }
            (5, Some(old), Some(more)) => match old.lock.merge(more.lock) {
                Ok(lock) => vec![(who, Some(Delegated { lock, ..old })), (other, None)],
                Err(_) => return,
            },
            (6, Some(_), _) => vec![(who, None)],
            (7, Some(old), _) => vec![(who, Some(Delegated { owner, ..old }))],
            _ => return self.refused(call, lock(call, self.now)),
        };
        self.settle(&change);
    }

    fn settle(&mut self, change: &[(usize, Option<One>)]) {
        let now = at(self.now);
        let old: Vec<_> = change
            .iter()
            .filter_map(|&(who, _)| self.slots[who])
            .collect();
        let new: Vec<_> = change.iter().filter_map(|&(_, one)| one).collect();
        let before = self.powers.clone();
        self.powers.settle(now, &old, &new).unwrap();
        self.settle_on_chain(now, &old, &new).unwrap();
        self.independent(&before, old.iter().chain(&new));
        for one in old {
            self.total
                .replace(now, Some(one.lock.into()), None)
                .unwrap();
        }
        for one in new {
            self.total
                .replace(now, None, Some(one.lock.into()))
                .unwrap();
        }
        for &(who, one) in change {
            self.slots[who] = one;
            self.versions.push((who, self.now, one));
        }
    }

    fn settle_on_chain(&mut self, now: Timestamp, old: &[One], new: &[One]) -> Result<(), Error> {
        if self.versions.len() % 8 > 0 {
            return self.chain.settle(now, old, new);
        }
        // In a call of its own.
        let mut storage = self.chain.totals().clone();
        let mut powers = Delegations::resume(self.chain.clock(), &mut storage);
        let settled = powers.settle(now, old, new);
        self.chain = Delegations::resume(powers.clock(), storage);
        settled
    }

    /// Nobody's power has changed but that of those who are named.
    fn independent<'a>(&self, before: &Powers, concerned: impl Iterator<Item = &'a One> + Clone) {
        let names = |one: &One, name| one.owner == name || one.to.iter().any(|(to, _)| *to == name);
        for name in (0..self.names).filter(|&name| !concerned.clone().any(|one| names(one, name))) {
            for time in concerned.clone().flat_map(marks).flat_map(around) {
                let powers = [before, &self.powers].map(|powers| powers.power_at(&name, at(time)));
                assert_eq!(powers[0], powers[1], "of {name} at {time}");
            }
        }
    }

    /// What can't have been counted, and a clock that runs backwards, change nothing.
    fn refused(&mut self, call: &Call, lock: Lock) {
        // A permanent lock is held until the clock's last instant.
        let end = |lock: Lock| lock.end().unwrap_or(Timestamp::MAX);
        let ones = self.slots.iter().flatten();
        let until = ones.filter(|one| end(one.lock) == end(lock));
        let held = Amount::try_sum(until.map(|one| one.lock.amount())).unwrap();
        let Ok(excess) = held.checked_add(Amount::new(1)) else {
            return;
        };
        let lock = Lock::new(excess, lock.kind()).unwrap();
        let forged: One = Delegated::to_nobody(call.who % self.names, lock);
        let (before, now) = (self.powers.clone(), at(self.now));
        let refused = self.powers.settle(now, &[forged], &[]);
        assert!(matches!(refused, Err(Error::NotHeld { .. })), "{refused:?}");
        let before_it = self.chain.clone();
        assert_eq!(self.settle_on_chain(now, &[forged], &[]), refused);
        assert_eq!(self.chain, before_it, "an error changed a chain's storage");
        if let Some(earlier) = self.powers.clock().get().checked_sub(1) {
            let refused = self.powers.settle(at(earlier), &[], &[forged]);
            assert!(
                matches!(refused, Err(Error::Backdated { .. })),
                "{refused:?}"
            );
        }
        assert_eq!(self.powers, before, "an error changed the state");
    }

    /// The power of each name by definition, from the plain list.
    fn powers_at(&self, time: u64) -> Vec<U256> {
        let mut then = vec![None; self.slots.len()];
        for &(who, _, one) in self.versions.iter().filter(|version| version.1 <= time) {
            then[who] = one;
        }
        let mut powers = vec![U256::ZERO; usize::from(self.names)];
        for one in then.into_iter().flatten() {
            let is_over = one.expires.is_some_and(|expires| expires <= at(time));
            for (to, part) in parts(&one.to, one.lock.amount()) {
                let whose = to.filter(|_| !is_over).unwrap_or(one.owner);
                let power = &mut powers[usize::from(whose)];
                *power = power.checked_add(weight(one.lock, part, time)).unwrap();
            }
        }
        powers
    }

    fn check_at(&self, time: u64) {
        let expected = self.powers_at(time);
        for (name, &expected) in (0..self.names).zip(&expected) {
            let power = self.powers.power_at(&name, at(time));
            assert_eq!(power, expected, "of {name} at {time}");
            assert_eq!(self.chain.power_at(&name, at(time)), power);
            if let Ok(closed) = Closed::before(at(time), at(self.now)) {
                assert_eq!(self.powers.past_power(&name, closed), power);
            }
        }
        assert_eq!(
            sum(expected),
            self.total.weight_at(at(time)),
            "conserved at {time}"
        );
    }
}

/// The times at which something about a lock and its delegation changes.
fn marks(one: &One) -> impl Iterator<Item = u64> {
    bends(one.lock).chain(one.expires.map(Timestamp::get))
}

/// The powers of all delegates and owners sum to the escrow's total, and each is what its delegations
/// say, at past, present and future times. No change alters the power of those whom it doesn't name.
pub fn delegation_conserves(names: u8, calls: &[Call], reads: &[u64]) {
    let mut model = Model::new(names.clamp(1, 200));
    for call in calls {
        model.call(call);
        model.check_at(model.now);
    }
    let changes = model.versions.iter().map(|version| version.1);
    let ones = model
        .versions
        .iter()
        .filter_map(|version| version.2.as_ref());
    let times = changes.chain(ones.flat_map(marks)).chain([u64::MAX]);
    let times: Vec<_> = times
        .chain(reads.iter().copied())
        .flat_map(around)
        .collect();
    times.into_iter().for_each(|time| model.check_at(time));
}

/// From the expiry on all is the owner's, and until then what each delegate was given, with no call in
/// between; and the same whether the delegation is settled with the lock or later.
pub fn delegation_expires(call: Call, expires: u64) {
    let lock = lock(&call, 0);
    let (owner, to) = (NAMES, shares(&call.shares, NAMES));
    let given = sum(to.iter().map(|(_, share)| u128::from(share.raw()).into()));
    let expires_at = Some(at(expires));
    let shared = Delegated {
        owner,
        lock,
        to,
        expires: expires_at,
    };
    let alone = Delegated {
        to: Shares::none(),
        ..shared
    };
    let mut powers = Delegations::new();
    powers.settle(at(0), &[], &[alone]).unwrap();
    powers.settle(at(call.gap), &[alone], &[shared]).unwrap();
    let times = bends(lock)
        .chain([call.gap, expires, u64::MAX])
        .flat_map(around);
    for time in times {
        let own = powers.power_at(&owner, at(time));
        let lent = sum((0..NAMES).map(|name| powers.power_at(&name, at(time))));
        assert_eq!(
            own.checked_add(lent),
            Ok(lock.weight_at(at(time))),
            "at {time}"
        );
        let is_lent = call.gap <= time && time < expires;
        if !is_lent {
            assert_eq!(lent, U256::ZERO, "at {time}");
        } else if given == U256::from(u128::from(Fraction::SCALE)) {
            assert_eq!(own, U256::ZERO, "at {time}");
        }
    }
}
