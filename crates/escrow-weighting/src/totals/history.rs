//! Sums at any time, past, present and future.

mod search;

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
/// touches at most 33 nodes and, of the past, 2·log n checkpoints; a change touches one checkpoint and
/// at most 33 nodes for each time at which the weight changes pace, whatever others have locked.
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
        let first = self.checkpoints.read(0, |point| point.at);
        let Some(first) = first.filter(|&first| first <= at) else {
            return Checkpoint::NONE;
        };
        let to = (self.len.saturating_sub(1), last.at);
        let by = search::last_by(at, (0, first), to, |index| {
            self.checkpoints.read(index, |point| point.at)
        });
        self.checkpoints.get(by).unwrap_or(Checkpoint::NONE)
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

    /// Returns where the checkpoint of a time goes, which isn't before the last.
    fn room(&self, last: Timestamp, at: Timestamp) -> Result<u32, Error> {
        if let Some(index) = self.len.checked_sub(1).filter(|_| last == at) {
            return Ok(index);
        }
        let capacity = self.checkpoints.capacity();
        if self.len >= capacity {
            return Err(Error::Full { capacity });
        }
        Ok(self.len)
    }

    fn set(&mut self, index: u32, point: Checkpoint) {
        self.checkpoints.set(index, point);
        self.len = self.len.max(index.saturating_add(1));
    }

    /// Makes all changes, or takes them out; or does nothing.
    ///
    /// Undone backwards, each finds the room that it left.
    fn make(&mut self, changes: &[Later], is_in: bool) -> Result<(), Unchanged> {
        for (done, &change) in (0..changes.len()).zip(changes) {
            if let Err(unchanged) = self.change(change, is_in) {
                for &change in changes.iter().take(done).rev() {
                    let _ = self.change(change, !is_in);
                }
                return Err(unchanged);
            }
        }
        Ok(())
    }

    fn change(&mut self, (at, line, held): Later, is_in: bool) -> Result<(), Unchanged> {
        match (is_in, held) {
            (true, _) => self.later.add(at, line, held),
            // Of two that cancel neither has a node: taking one out may need one.
            (false, 0) => self.later.add(at, line.negated(), 0),
            (false, _) => self.later.remove(at, line, held),
        }
    }

    /// Takes a power out, or does nothing.
    fn take(&mut self, power: &Power, changes: &Changes) -> Result<(), Error> {
        let mut later = later(power, changes);
        // What is held goes first, so that it's seen whether it is.
        later.reverse();
        let taken = self.make(&later, false);
        taken.map_err(|unchanged| refused(unchanged, power))
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

    /// Keeps a checkpoint, one for each time.
    pub(crate) fn push(&mut self, point: Checkpoint) -> Result<(), Error> {
        let index = self.room(self.last().at, point.at)?;
        self.set(index, point);
        Ok(())
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
        let last = self.last();
        in_order(last.at, now)?;
        let index = self.room(last.at, now)?;
        let lines = |power: Power| (power, power.lines_from(now));
        let (old, new) = (old.map(lines), new.map(lines));
        let mut sum = last.sum;
        if let Some((old, (line, changes))) = &old {
            self.take(old, changes)?;
            sum = sum.plus(line.negated());
        }
        if let Some((new, (line, changes))) = &new {
            if let Err(unchanged) = self.make(&later(new, changes), true) {
                if let Some((old, (_, changes))) = &old {
                    // There is room for what was just taken out: it goes back the way it came.
                    let _ = self.make(&later(old, changes), true);
                }
                return Err(refused(unchanged, new));
            }
            sum = sum.plus(*line);
        }
        self.set(index, Checkpoint { at: now, sum });
        Ok(())
    }

    fn release(&mut self, now: Timestamp, ended: Power) -> Result<(), Error> {
        in_order(self.last().at, now)?;
        has_ended(now, &ended)?;
        self.take(&ended, &Changes::default())
    }
}

/// A time at which something changes later on, the change, and what is held until then.
type Later = (u64, Line, u128);

/// Returns what changes of a power later on, and last what changes at its end, with what is held.
fn later(power: &Power, changes: &Changes) -> [Later; 6] {
    let (end, amount) = (key(power.lock().end()), power.amount().get());
    let (mut later, mut last) = ([(0, Line::NONE, 0); 6], Line::NONE);
    // Five at most, and that of the end: what is left over changes nothing.
    let mut places = later.iter_mut();
    for (at, line) in changes.iter() {
        if at.get() == end {
            last = last.plus(line);
        } else if let Some(place) = places.next() {
            *place = (at.get(), line, 0);
        }
    }
    if let Some(place) = places.next() {
        *place = (end, last, amount);
    }
    later
}

/// Returns where what is held until an end stands: at the clock's last instant for a permanent lock.
fn key(end: Option<Timestamp>) -> u64 {
    end.unwrap_or(Timestamp::MAX).get()
}

fn refused(unchanged: Unchanged, power: &Power) -> Error {
    match unchanged {
        Unchanged::Full { capacity } => Error::Full { capacity },
        Unchanged::Missing { kept } => {
            Error::not_held(power.lock().end(), power.amount(), Amount::new(kept))
        }
    }
}
