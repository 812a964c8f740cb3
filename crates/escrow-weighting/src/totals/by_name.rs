//! Totals of many names, of which a change moves powers from some to others.

use alloc::collections::BTreeMap;

use tokenomics_fixed_math::{Amount, Timestamp, U256};
use tokenomics_internals::Wrapping256;

use super::Totals;
use crate::check::in_order;
use crate::escrow::InMemory;
use crate::{Error, Power};

/// A history for each name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ByName<K> {
    clock: Timestamp,
    names: BTreeMap<K, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Entry {
    // The sum of the amounts of all powers that are in, so that no sum in it overflows.
    held: Amount,
    sum: InMemory,
}

impl<K> ByName<K> {
    pub(crate) const fn new() -> Self {
        Self {
            clock: Timestamp::ZERO,
            names: BTreeMap::new(),
        }
    }

    /// Returns the time of the last change.
    pub(crate) const fn clock(&self) -> Timestamp {
        self.clock
    }
}

impl<K: Clone + Ord> ByName<K> {
    /// Takes the old powers out of their totals and counts the new ones from `now` on, or changes
    /// nothing.
    pub(crate) fn settle(
        &mut self,
        now: Timestamp,
        old: impl Iterator<Item = (K, Power)> + Clone,
        new: impl Iterator<Item = (K, Power)> + Clone,
    ) -> Result<(), Error> {
        in_order(self.clock, now)?;
        self.check_held(old.clone())?;
        let held = self.held_after(old.clone(), new.clone())?;
        for (name, held) in held {
            self.names.entry(name).or_default().held = held;
        }
        // All old ones are held, and a vector has room until memory ends: nothing fails from here on.
        for (name, power) in old {
            let sum = &mut self.names.entry(name).or_default().sum;
            sum.replace(now, Some(power), None)?;
        }
        for (name, power) in new {
            let sum = &mut self.names.entry(name).or_default().sum;
            sum.replace(now, None, Some(power))?;
        }
        self.clock = now;
        Ok(())
    }

    /// Forbids changes before a time.
    pub(crate) fn advance(&mut self, to: Timestamp) {
        self.clock = self.clock.max(to);
    }

    /// Checks that of each name at least what is taken out is held until each end.
    fn check_held(&self, old: impl Iterator<Item = (K, Power)>) -> Result<(), Error> {
        let mut taken = BTreeMap::<(K, Timestamp), Amount>::new();
        for (name, power) in old {
            let end = power.lock().end();
            // A permanent lock is held until then.
            let until = end.unwrap_or(Timestamp::MAX);
            let entry = self.names.get(&name);
            let held = entry.map_or(0, |entry| entry.sum.held_until(end));
            let amount = taken.entry((name, until)).or_default();
            *amount = amount.checked_add(power.amount())?;
            if amount.get() > held {
                let (amount, held) = (*amount, Amount::new(held));
                return Err(Error::not_held(end, amount, held));
            }
        }
        Ok(())
    }

    /// Returns what each name that is concerned holds after a change.
    fn held_after(
        &self,
        old: impl Iterator<Item = (K, Power)>,
        new: impl Iterator<Item = (K, Power)>,
    ) -> Result<BTreeMap<K, Amount>, Error> {
        let mut after = BTreeMap::new();
        let held = |name: &K| {
            self.names
                .get(name)
                .map_or(Amount::ZERO, |entry| entry.held)
        };
        for (name, power) in old {
            let now = held(&name);
            let left = after.entry(name).or_insert(now);
            *left = left.checked_sub(power.amount())?;
        }
        for (name, power) in new {
            let now = held(&name);
            let more = after.entry(name).or_insert(now);
            *more = more.checked_add(power.amount())?;
        }
        Ok(after)
    }

    /// Returns the undivided weight of a name: nothing for one that never had any.
    pub(crate) fn weight_at(&self, name: &K, at: Timestamp) -> U256 {
        let entry = self.names.get(name);
        entry.map_or(U256::ZERO, |entry| entry.sum.weight_at(at))
    }

    /// Returns the names that ever had any weight, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &K> {
        self.names.keys()
    }

    /// Returns the sum of the weights of some names, which has 256 bits at most.
    pub(crate) fn sum_at<'a>(&'a self, names: impl Iterator<Item = &'a K>, at: Timestamp) -> U256 {
        let weights = names.map(|name| Wrapping256::from(self.weight_at(name, at)));
        weights.fold(Wrapping256::ZERO, Wrapping256::plus).into()
    }
}
