//! Totals of many names, of which a change moves powers from some to others.

mod entries;
#[cfg(feature = "alloc")]
mod in_memory;

use core::cell::RefCell;

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use self::entries::{Checkpoints, Host, Nodes};
#[cfg(feature = "alloc")]
pub use self::in_memory::NamesInMemory;
use super::{Checkpoint, History, HistoryHead, Node, Totals};
use crate::{Error, Power};

/// A [`History`] for each of many names, delegates or gauges, in a host's storage: in memory, or in three
/// maps of a chain's.
///
/// A name has a head, and entries by their number: nodes and checkpoints. They begin at 0, and each new
/// one is the next, so a map by (name, number) keeps them; what was never set is `None`. A change reads
/// and sets the head of each name that it concerns and O(log n) of its entries, whatever other names hold.
/// There is no bound on the number of entries but that of their numbers.
///
/// ```
/// use std::collections::BTreeMap;
/// use tokenomics_escrow_weighting::{Checkpoint, NamedHead, Node, TotalsByName};
/// use tokenomics_escrow_weighting::{Delegated, Delegations, Lock, LockKind};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// /// On a chain, three maps of its storage.
/// #[derive(Default)]
/// struct Storage {
///     heads: BTreeMap<u64, NamedHead>,
///     nodes: BTreeMap<(u64, u32), Node>,
///     checkpoints: BTreeMap<(u64, u32), Checkpoint>,
/// }
///
/// impl TotalsByName for Storage {
///     type Name = u64;
///
///     fn head(&self, name: &u64) -> Option<NamedHead> {
///         self.heads.get(name).copied()
///     }
///     fn set_head(&mut self, name: &u64, head: NamedHead) {
///         self.heads.insert(*name, head);
///     }
///     fn node(&self, name: &u64, index: u32) -> Option<Node> {
///         self.nodes.get(&(*name, index)).copied()
///     }
///     fn set_node(&mut self, name: &u64, index: u32, node: Node) {
///         self.nodes.insert((*name, index), node);
///     }
///     fn checkpoint(&self, name: &u64, index: u32) -> Option<Checkpoint> {
///         self.checkpoints.get(&(*name, index)).copied()
///     }
///     fn set_checkpoint(&mut self, name: &u64, index: u32, checkpoint: Checkpoint) {
///         self.checkpoints.insert((*name, index), checkpoint);
///     }
/// }
///
/// let (now, alice, mut storage) = (Timestamp::new(3), 7, Storage::default());
/// let lock = Lock::new(Amount::new(5), LockKind::Constant { level: 1, end: None })?;
/// let mut powers = Delegations::with_totals(&mut storage);
/// powers.settle(now, &[], &[Delegated::<_, 1>::to_nobody(alice, lock)])?;
/// let clock = powers.clock();
///
/// // In another call.
/// let powers = Delegations::resume(clock, &mut storage);
/// assert_eq!(powers.power_at(&alice, now).low(), 5);
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[doc(alias("StorageMap", "Map"))]
pub trait TotalsByName {
    /// The type of a name.
    type Name: Clone + PartialEq;

    /// Returns the head of a name, or `None` for one that never had any power.
    fn head(&self, name: &Self::Name) -> Option<NamedHead>;

    /// Sets the head of a name.
    fn set_head(&mut self, name: &Self::Name, head: NamedHead);

    /// Returns a node of a name, or `None` if there is none of that number.
    fn node(&self, name: &Self::Name, index: u32) -> Option<Node>;

    /// Sets a node of a name: one that there is, or the next.
    fn set_node(&mut self, name: &Self::Name, index: u32, node: Node);

    /// Returns a checkpoint of a name, or `None` if there is none of that number.
    fn checkpoint(&self, name: &Self::Name, index: u32) -> Option<Checkpoint>;

    /// Sets a checkpoint of a name: the last one, or the next.
    fn set_checkpoint(&mut self, name: &Self::Name, index: u32, checkpoint: Checkpoint);
}

impl<T: TotalsByName + ?Sized> TotalsByName for &mut T {
    type Name = T::Name;

    fn head(&self, name: &T::Name) -> Option<NamedHead> {
        (**self).head(name)
    }

    fn set_head(&mut self, name: &T::Name, head: NamedHead) {
        (**self).set_head(name, head);
    }

    fn node(&self, name: &T::Name, index: u32) -> Option<Node> {
        (**self).node(name, index)
    }

    fn set_node(&mut self, name: &T::Name, index: u32, node: Node) {
        (**self).set_node(name, index, node);
    }

    fn checkpoint(&self, name: &T::Name, index: u32) -> Option<Checkpoint> {
        (**self).checkpoint(name, index)
    }

    fn set_checkpoint(&mut self, name: &T::Name, index: u32, checkpoint: Checkpoint) {
        (**self).set_checkpoint(name, index, checkpoint);
    }
}

/// The state of one name's totals beside its nodes and checkpoints, of fixed size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct NamedHead {
    /// The sum of the amounts of all powers that are in, so that no sum of weights overflows.
    pub held: Amount,
    /// The head of the history.
    pub sum: HistoryHead,
}

impl NamedHead {
    /// The head of a name that never had any power.
    pub const NONE: Self = Self {
        held: Amount::ZERO,
        sum: History::new((), ()).head(),
    };
}

/// The history of a name.
type Named<'a, T> = History<Nodes<'a, T>, Checkpoints<'a, T>>;

/// Takes the old powers out of their totals and counts the new ones from `now` on, or changes nothing.
///
/// Without memory of its own, it goes through what it was handed once for each name and end in it.
pub(crate) fn settle<T: TotalsByName>(
    totals: &mut T,
    now: Timestamp,
    old: impl Iterator<Item = (T::Name, Power)> + Clone,
    new: impl Iterator<Item = (T::Name, Power)> + Clone,
) -> Result<(), Error> {
    check_held(totals, old.clone())?;
    check_fits(totals, old.clone(), new.clone())?;
    // All old ones are held, and the numbers of entries end later than the clock of any host: nothing
    // fails from here on.
    for (name, power) in old {
        replace(totals, now, &name, Some(power), None)?;
    }
    for (name, power) in new {
        replace(totals, now, &name, None, Some(power))?;
    }
    Ok(())
}

/// Returns the undivided weight of a name: nothing for one that never had any.
pub(crate) fn weight_at<T: TotalsByName>(totals: &T, name: &T::Name, at: Timestamp) -> U256 {
    let head = totals.head(name);
    head.map_or(U256::ZERO, |head| read(totals, name, head).weight_at(at))
}

fn read<'a, T: TotalsByName>(totals: &'a T, name: &'a T::Name, head: NamedHead) -> Named<'a, T> {
    let host = Host::Read(totals);
    History::restore(head.sum, Nodes { host, name }, Checkpoints { host, name })
}

#[cfg_attr(target_arch = "bpf", inline(always))]
fn replace<T: TotalsByName>(
    totals: &mut T,
    now: Timestamp,
    name: &T::Name,
    old: Option<Power>,
    new: Option<Power>,
) -> Result<(), Error> {
    let NamedHead { held, sum } = totals.head(name).unwrap_or(NamedHead::NONE);
    let amount = |power: Option<Power>| power.map_or(Amount::ZERO, |power| power.amount());
    let held = held.checked_sub(amount(old))?.checked_add(amount(new))?;
    let shared = RefCell::new(&mut *totals);
    let host = Host::Change(&shared);
    let mut history = History::restore(sum, Nodes { host, name }, Checkpoints { host, name });
    history.replace(now, old, new)?;
    let sum = history.head();
    totals.set_head(name, NamedHead { held, sum });
    Ok(())
}

/// Checks that of each name at least what is taken out is held until each end.
fn check_held<T: TotalsByName>(
    totals: &T,
    old: impl Iterator<Item = (T::Name, Power)> + Clone,
) -> Result<(), Error> {
    // A permanent lock is held until the last instant.
    let until = |power: &Power| power.lock().end().unwrap_or(Timestamp::MAX);
    for (index, (name, power)) in (0..usize::MAX).zip(old.clone()) {
        let end = until(&power);
        let is_same = |(other, its): &(T::Name, Power)| *other == name && until(its) == end;
        if old.clone().take(index).any(|one| is_same(&one)) {
            continue;
        }
        let all = old.clone().filter(is_same);
        let amount = Amount::try_sum(all.map(|(_, power)| power.amount()))?;
        let head = totals.head(&name);
        let held = head.map_or(0, |head| read(totals, &name, head).held_until(Some(end)));
        if amount.get() > held {
            let held = Amount::new(held);
            return Err(Error::not_held(power.lock().end(), amount, held));
        }
    }
    Ok(())
}

/// Checks that no name holds more than the largest amount after a change.
fn check_fits<T: TotalsByName>(
    totals: &T,
    old: impl Iterator<Item = (T::Name, Power)> + Clone,
    new: impl Iterator<Item = (T::Name, Power)> + Clone,
) -> Result<(), Error> {
    for (index, (name, _)) in (0..usize::MAX).zip(new.clone()) {
        let is_same = |(other, _): &(T::Name, Power)| *other == name;
        if new.clone().take(index).any(|one| is_same(&one)) {
            continue;
        }
        let head = totals.head(&name).unwrap_or(NamedHead::NONE);
        let old = old.clone().filter(is_same).map(|(_, power)| power.amount());
        let left = head.held.checked_sub(Amount::try_sum(old)?)?;
        let new = new.clone().filter(is_same).map(|(_, power)| power.amount());
        left.checked_add(Amount::try_sum(new)?)?;
    }
    Ok(())
}
