//! The sums of locked amounts by their ends.

use alloc::collections::BTreeMap;

use tokenomics_fixed_math::{Timestamp, U256};

use crate::{Error, Lock};

/// The sums Σ amount and Σ amount·end over some locks, exact: all that a total of weights needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sums {
    pub(crate) amount: U256,
    pub(crate) amount_end: U256,
}

impl Sums {
    pub(crate) fn of(lock: Lock) -> Self {
        let amount = lock.amount().get();
        Self {
            amount: amount.into(),
            amount_end: U256::product(amount, lock.end().get().into()),
        }
    }

    pub(crate) fn checked_add(self, rhs: Self) -> Result<Self, Error> {
        Ok(Self {
            amount: self.amount.checked_add(rhs.amount)?,
            amount_end: self.amount_end.checked_add(rhs.amount_end)?,
        })
    }

    pub(crate) fn checked_sub(self, rhs: Self) -> Result<Self, Error> {
        Ok(Self {
            amount: self.amount.checked_sub(rhs.amount)?,
            amount_end: self.amount_end.checked_sub(rhs.amount_end)?,
        })
    }

    /// Returns Σ amount·(end − at), for locks that all end at or after `at`.
    pub(crate) fn weight_at(self, at: Timestamp) -> Result<U256, Error> {
        let passed = self.amount.checked_mul(at.get().into())?;
        Ok(self.amount_end.checked_sub(passed)?)
    }
}

/// The sums over all locks ever made, by the granule on which they end.
///
/// A Fenwick tree of suffix sums over the whole clock, of which only the nodes that hold something
/// are kept. The node at i sums the ends in [i, i + lowest set bit of i); an end is in at most 64
/// of them, and so many are read for a sum.
///
/// # Source
/// Fenwick, "A new data structure for cumulative frequency tables" (1994), mirrored: sums run to
/// the last end, so that a sum over the ends after a point needs no total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    nodes: BTreeMap<u64, Sums>,
}

impl Schedule {
    pub(crate) const fn new() -> Self {
        Self {
            nodes: BTreeMap::new(),
        }
    }

    /// Adds sums to the end `granule`. The caller has checked that the sum of all ends has room: a
    /// node is at most that sum, so no step fails half-way.
    pub(crate) fn add(&mut self, granule: u64, sums: Sums) -> Result<(), Error> {
        self.update(granule, |node| node.checked_add(sums))
    }

    /// Takes sums from the end `granule`. The caller has checked that as much is there: a node is
    /// at least what is at each of its ends, so no step fails half-way.
    pub(crate) fn remove(&mut self, granule: u64, sums: Sums) -> Result<(), Error> {
        self.update(granule, |node| node.checked_sub(sums))
    }

    fn update(
        &mut self,
        granule: u64,
        change: impl Fn(Sums) -> Result<Sums, Error>,
    ) -> Result<(), Error> {
        let mut node = granule;
        while node != 0 {
            let sums = self.nodes.entry(node).or_default();
            *sums = change(*sums)?;
            // Without its lowest set bit; it isn't 0, so it doesn't wrap.
            node &= node.wrapping_sub(1);
        }
        Ok(())
    }

    /// Returns the sums over all ends on `granule`, which isn't 0, or later.
    pub(crate) fn from(&self, granule: u64) -> Result<Sums, Error> {
        let last = self.nodes.last_key_value().map_or(0, |(&last, _)| last);
        let mut sums = Sums::default();
        let mut next = Some(granule);
        while let Some(node) = next.filter(|&node| node <= last) {
            if let Some(&more) = self.nodes.get(&node) {
                sums = sums.checked_add(more)?;
            }
            // Past the clock's last granule there is nothing.
            next = node.checked_add(node & node.wrapping_neg());
        }
        Ok(sums)
    }

    /// Returns the amount on each granule that an end was ever on.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = (u64, U256)> + '_ {
        // The sum from an end on less the sum after it: neither fails, nor is it below zero. Nodes
        // between ends hold nothing themselves, nor do ends from which all was moved.
        let from = |granule| self.from(granule).unwrap_or_default().amount;
        self.nodes.keys().filter_map(move |&granule| {
            let after = granule.checked_add(1).map_or(U256::ZERO, from);
            let amount = from(granule).checked_sub(after).unwrap_or_default();
            (!amount.is_zero()).then_some((granule, amount))
        })
    }
}
