//! Sums at any time, past, present and future.

use tokenomics_fixed_math::{Amount, Timestamp, U256};
use tokenomics_internals::{Change, Head, Store, Timeline, Unchanged};

use super::Totals;
use crate::check::{has_ended, in_order};
use crate::line::Line;
use crate::power::Changes;
use crate::{Error, Power};

/// A node of a [`History`]: all changes at one time, and the sum of some that are earlier.
pub type Node = tokenomics_internals::Node<Line>;

/// The sum of the weights of some powers at any past, present or future time.
///
/// What changes a weight later on, an end above all, stands in a tree by its time; what changed one
/// at once adds to the last of the checkpoints, one for each time of a change. The sum at t is the
/// last checkpoint by then and all in the tree by then: a change that lies in the past is never taken
/// back, so that no answer about the past changes. After a silence of any length there is nothing to
/// catch up with.
///
/// `N` keeps the nodes and `C` the checkpoints: arrays, vectors, or maps of a chain's storage. A read
/// touches at most 65 nodes and, of the past, log n checkpoints; a change touches one checkpoint and
/// at most 65 nodes for each time at which the weight changes pace, whatever others have locked.
///
/// # Laws
/// `sum_is_total`: the sum of `weight_at` of what is in, at any time, to the last unit.
///
/// ```
/// use tokenomics_escrow_weighting::{History, Lock, LockKind, Node, Checkpoint, Totals};
/// use tokenomics_fixed_math::{Amount, Timestamp, U256};
///
/// let at = Timestamp::new;
/// let mut sum = History::new([Node::EMPTY; 8], [Checkpoint::NONE; 8]);
/// let kind = LockKind::Decaying { rate: 1, end: at(100) };
/// let lock = Lock::new(Amount::new(7), kind)?;
/// sum.replace(at(10), None, Some(lock.into()))?;
/// assert_eq!(sum.weight_at(at(9)), U256::ZERO);
/// assert_eq!(sum.weight_at(at(40)), U256::from(7 * 60));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History<N, C> {
    later: Timeline<N>,
    checkpoints: C,
    len: u32,
}

/// The sum of all that took effect at once, up to a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct Checkpoint {
    pub(crate) at: Timestamp,
    pub(crate) sum: Line,
}

impl Checkpoint {
    /// None, for an array of them.
    pub const NONE: Self = Self {
        at: Timestamp::ZERO,
        sum: Line::NONE,
    };
}

/// The state of a history beside its nodes and checkpoints, of fixed size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct HistoryHead {
    later: Head,
    len: u32,
}

impl<N, C> History<N, C> {
    /// Creates the sum of nothing, to be kept in empty stores.
    #[must_use]
    pub const fn new(nodes: N, checkpoints: C) -> Self {
        Self {
            later: Timeline::new(nodes),
            checkpoints,
            len: 0,
        }
    }

    /// Returns the history that the stores hold, of which [`head`](Self::head) was kept.
    #[must_use]
    pub const fn restore(head: HistoryHead, nodes: N, checkpoints: C) -> Self {
        let HistoryHead { later, len } = head;
        Self {
            later: Timeline::restore(later, nodes),
            checkpoints,
            len,
        }
    }

    /// Returns what is to be kept beside the nodes and checkpoints.
    #[must_use]
    pub const fn head(&self) -> HistoryHead {
        HistoryHead {
            later: self.later.head(),
            len: self.len,
        }
    }
}

#[cfg(feature = "alloc")]
impl<N: Default, C: Default> Default for History<N, C> {
    fn default() -> Self {
        Self::new(N::default(), C::default())
    }
}

impl<N, C> History<N, C>
where
    N: Store<Entry = Node>,
    C: Store<Entry = Checkpoint>,
{
    /// Returns the undivided weight at `at`, in base units × time × 10^−18; for a time to come, if
    /// nothing changes until then.
    ///
    /// # Rounding
    /// None: it is exact.
    #[must_use]
    pub fn weight_at(&self, at: Timestamp) -> U256 {
        self.line_at(at).at(at)
    }

    pub(crate) fn line_at(&self, at: Timestamp) -> Line {
        let known = self.checkpoint_by(at);
        known.sum.plus(self.later.sum(at.get()))
    }

    /// Returns the last checkpoint by a time.
    fn checkpoint_by(&self, at: Timestamp) -> Checkpoint {
        let last = self.last();
        if last.at <= at {
            return last;
        }
        // The first that is later is in low..=high.
        let (mut low, mut high) = (0, self.len.saturating_sub(1));
        while low < high {
            let middle = low.saturating_add(high.saturating_sub(low).wrapping_shr(1));
            match self.checkpoints.get(middle) {
                Some(point) if point.at <= at => low = middle.saturating_add(1),
                _ => high = middle,
            }
        }
        let by = low.checked_sub(1).and_then(|by| self.checkpoints.get(by));
        by.unwrap_or(Checkpoint::NONE)
    }

    fn last(&self) -> Checkpoint {
        let last = self.len.checked_sub(1);
        let last = last.and_then(|last| self.checkpoints.get(last));
        last.unwrap_or(Checkpoint::NONE)
    }

    /// Returns what is held until an end.
    pub(crate) fn held_until(&self, end: Option<Timestamp>) -> u128 {
        self.later.at(key(end)).1
    }

    /// Keeps a checkpoint, one for each time.
    pub(crate) fn push(&mut self, point: Checkpoint) -> Result<(), Error> {
        let index = self.room(point.at)?;
        self.checkpoints.set(index, point);
        self.len = self.len.max(index.saturating_add(1));
        Ok(())
    }

    /// Returns where the checkpoint of a time goes, which isn't before the last.
    fn room(&self, at: Timestamp) -> Result<u32, Error> {
        if let Some(last) = self.len.checked_sub(1).filter(|_| self.last().at == at) {
            return Ok(last);
        }
        let capacity = self.checkpoints.capacity();
        if self.len >= capacity {
            return Err(Error::Full { capacity });
        }
        Ok(self.len)
    }

    /// Adds all that changes later on, or nothing.
    fn add(&mut self, power: Power, changes: &Changes) -> Result<(), Unchanged> {
        let (end, amount) = (key(power.lock().end()), power.amount().get());
        self.later.add(end, Line::NONE, amount)?;
        let added = self.make(&mut changes.iter());
        if added.is_err() {
            let _ = self.later.remove(end, Line::NONE, amount);
        }
        added
    }

    /// Takes all out that changes later on, or nothing: what `add` does, backwards.
    fn take(&mut self, power: Power, changes: &Changes) -> Result<(), Unchanged> {
        let changes = changes.iter().rev();
        self.make(&mut changes.map(|(at, line)| (at, line.negated())))?;
        let (end, amount) = (key(power.lock().end()), power.amount().get());
        self.later.remove(end, Line::NONE, amount)
    }

    /// Makes all changes, five at most, or none.
    ///
    /// Of two that cancel neither has a node, so taking one out may need one, and adding one may give
    /// one back. Undone backwards, each finds the room that it left.
    fn make(
        &mut self,
        changes: &mut impl Iterator<Item = (Timestamp, Line)>,
    ) -> Result<(), Unchanged> {
        let Some((at, line)) = changes.next() else {
            return Ok(());
        };
        self.later.add(at.get(), line, 0)?;
        let rest = self.make(changes);
        if rest.is_err() {
            let _ = self.later.add(at.get(), line.negated(), 0);
        }
        rest
    }

    fn check_held(&self, power: Power) -> Result<(), Error> {
        let (amount, end) = (power.amount(), power.lock().end());
        let held = Amount::new(self.held_until(end));
        if held < amount {
            return Err(Error::not_held(end, amount, held));
        }
        Ok(())
    }
}

#[cfg(feature = "alloc")]
impl<N, C> History<N, C>
where
    N: Store<Entry = Node>,
    C: Store<Entry = Checkpoint>,
{
    /// Returns all times at which something changes later on, the change, and what is held until
    /// then.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (Timestamp, Line, u128)> + '_ {
        let mut next = self.later.next(0);
        core::iter::from_fn(move || {
            let at = next?;
            next = at.checked_add(1).and_then(|from| self.later.next(from));
            // Whatever a store holds that no changes led to, it ends.
            next = next.filter(|&next| next > at);
            let (line, held) = self.later.at(at);
            Some((Timestamp::new(at), line, held))
        })
    }

    pub(crate) fn points(&self) -> impl Iterator<Item = Checkpoint> + '_ {
        (0..self.len).filter_map(|index| self.checkpoints.get(index))
    }

    /// Adds what changes later on.
    pub(crate) fn add_change(
        &mut self,
        at: Timestamp,
        line: Line,
        held: u128,
    ) -> Result<(), Unchanged> {
        self.later.add(at.get(), line, held)
    }
}

impl<N, C> Totals for History<N, C>
where
    N: Store<Entry = Node>,
    C: Store<Entry = Checkpoint>,
{
    fn replace(
        &mut self,
        now: Timestamp,
        old: Option<Power>,
        new: Option<Power>,
    ) -> Result<(), Error> {
        in_order(self.last().at, now)?;
        self.room(now)?;
        let lines = |power: Option<Power>| power.map(|power| (power, power.lines_from(now)));
        let (old, new) = (lines(old), lines(new));
        if let Some((old, (_, changes))) = old {
            self.check_held(old)?;
            self.take(old, &changes).map_err(refused)?;
        }
        if let Some((new, (_, changes))) = new {
            if let Err(unchanged) = self.add(new, &changes) {
                if let Some((old, (_, changes))) = old {
                    // There is room for what was just taken out: it goes back the way it came.
                    let _ = self.add(old, &changes);
                }
                return Err(refused(unchanged));
            }
        }
        let now_of =
            |of: Option<(Power, (Line, Changes))>| of.map_or(Line::NONE, |(_, (line, _))| line);
        let change = now_of(new).plus(now_of(old).negated());
        let sum = self.last().sum.plus(change);
        self.push(Checkpoint { at: now, sum })
    }

    fn release(&mut self, now: Timestamp, ended: Power) -> Result<(), Error> {
        in_order(self.last().at, now)?;
        has_ended(now, &ended)?;
        self.check_held(ended)?;
        let end = key(ended.lock().end());
        let removed = self.later.remove(end, Line::NONE, ended.amount().get());
        removed.map_err(refused)
    }
}

/// Returns where what is held until an end stands: at the clock's last instant for a permanent lock.
fn key(end: Option<Timestamp>) -> u64 {
    end.unwrap_or(Timestamp::MAX).get()
}

fn refused(unchanged: Unchanged) -> Error {
    match unchanged {
        Unchanged::Full { capacity } => Error::Full { capacity },
        // All that is taken out was seen to be held.
        Unchanged::Missing { .. } => Error::OtherKind,
    }
}
