//! The sum of many schedules.

mod curve;
mod head;

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_internals::{difference, Change, Store, Timeline, Unchanged};

use self::curve::Curve;
pub use self::head::AggregateHead;
use crate::check::at_most;
use crate::{Error, Piece, Pieces, Quantity, Schedule};

/// A node of an [`Aggregate`]: all changes at one time, and the sum of some that are earlier.
pub type Node = tokenomics_internals::Node<Curve>;

/// The sum of many schedules, which says what they have vested together at any time without asking
/// each.
///
/// It keeps sums and no schedules: each is kept by whoever holds it, and handed in again to be
/// taken out. When a grant changes, [`replace`](Self::replace) takes its
/// [`entitlement`](crate::Grant::entitlement) as it was for the one as it is; while it is paused
/// that is the entitlement [truncated](crate::Truncate) at the pause. A split and a merger change
/// no sum. What is taken out must be in: a time at which nothing changes is an error, but a
/// schedule that equals part of another holder's is not.
///
/// `N` is where the sums are kept, a [`Node`] for each distinct time at which a line begins or ends or
/// something jumps: an array, a `Vec` with the feature `alloc`, or whatever is a [`Store`], such as a
/// map of a chain's storage: beside it a host keeps the [`head`](Self::head), of fixed size.
///
/// A read touches at most 33 nodes, and so does a change for each time at which the schedule changes
/// pace: O(log n) for times that are spread, and never more than that whatever times there are. So
/// nobody can raise what another pays. An instalment is such a time: adding a schedule of 48
/// instalments costs whoever adds it 48 times as much as a cliff.
///
/// # Rounding
/// An answer is a [`Bracket`] around the sum, and the sum to the unit while at most one line is
/// under way that is uneven: whose duration doesn't divide its total. All else is exact at any
/// time: what jumps, lines that are over, and even lines. To have every sum to the unit, grant what
/// vests by the second as an even line and a [`Cliff`](crate::Cliff) of the remainder at its end.
///
/// Each uneven line floors by itself, and what it loses, (total · elapsed mod duration) / duration,
/// is a sawtooth with a frequency of its own: no form of the sum of k such is known that needn't
/// visit each. So the sum is kept undivided; as each loses less than a unit, k of them make a
/// bracket of at most k − 1, and [`exactly`](Self::exactly) goes through the schedules where that
/// is too wide.
///
/// # Laws
/// `aggregate_brackets`: at any time at_least ≤ Σ `vested_at` ≤ at_most, and at_most − at_least is
/// less than the number of uneven lines under way, and 0 if there are none.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Aggregate, Cliff, Linear, Node};
///
/// let at = Timestamp::new;
/// let mut all = Aggregate::new([Node::EMPTY; 8]);
/// let lines = [(0, 100, 50), (20, 70, 7)]
///     .map(|(start, end, total)| Linear::new(at(start), at(end), Amount::new(total)).unwrap());
/// for line in lines {
///     all.add(&line)?;
/// }
/// all.add(&Cliff::new(at(60), Amount::new(1_000)))?;
///
/// // 16.5 and 1.82, which is 16 and 1.
/// let vested = all.vested_at(at(33));
/// assert_eq!((vested.at_least, vested.at_most), (Amount::new(17), Amount::new(18)));
/// assert_eq!(all.vested_at(at(80)).exact(), Some(Amount::new(40 + 7 + 1_000)));
///
/// // Two units an instant: of lines that aren't even only one is left.
/// all.replace(&lines[0], &Linear::new(at(0), at(100), Amount::new(200))?)?;
/// assert_eq!(all.vested_at(at(33)).exact(), Some(Amount::new(66 + 1)));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Aggregate<N> {
    timeline: Timeline<N>,
    total: Amount,
}

/// Two bounds between which an amount lies, both included.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_vesting::Bracket;
///
/// let bracket = Bracket { at_least: Amount::new(17), at_most: Amount::new(18) };
/// assert_eq!(bracket.exact(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
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
pub struct Bracket {
    /// The lower bound: the amount isn't less.
    pub at_least: Amount,
    /// The upper bound: the amount isn't more.
    pub at_most: Amount,
}

impl Bracket {
    /// Returns the amount itself if the two bounds are the same, or `None`.
    #[must_use]
    pub fn exact(self) -> Option<Amount> {
        (self.at_least == self.at_most).then_some(self.at_most)
    }
}

impl<N: Store<Entry = Node>> Aggregate<N> {
    /// Creates the sum of no schedules, to be kept in `nodes`, which must be empty.
    #[must_use]
    pub const fn new(nodes: N) -> Self {
        Self {
            timeline: Timeline::new(nodes),
            total: Amount::ZERO,
        }
    }

    /// Returns the sum of the totals of all schedules that are in.
    #[must_use]
    pub const fn total(&self) -> Amount {
        self.total
    }

    /// Adds a schedule to the sum.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the totals sum to more than [`Amount::MAX`]; [`Error::Full`] if there is
    /// no room for another time.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Aggregate, Cliff, Error, Linear, Node};
    ///
    /// let at = Timestamp::new;
    /// let mut all = Aggregate::new([Node::EMPTY; 2]);
    /// // A line takes two nodes, at its start and at its end.
    /// all.add(&Linear::new(at(0), at(100), Amount::new(1_000))?)?;
    /// all.add(&Cliff::new(at(100), Amount::new(50)))?;
    /// assert_eq!(all.vested_at(at(40)).exact(), Some(Amount::new(400)));
    ///
    /// let third = all.add(&Cliff::new(at(60), Amount::new(50)));
    /// assert_eq!(third, Err(Error::Full { capacity: 2 }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn add(&mut self, schedule: &(impl Pieces + ?Sized)) -> Result<(), Error> {
        let total = self.total.checked_add(schedule.total())?;
        self.apply(schedule, Self::put_in, Self::take_out)?;
        self.total = total;
        Ok(())
    }

    /// Removes a schedule that was added from the sum.
    ///
    /// # Errors
    /// [`Error::NotAdded`] and [`Error::OutOfRange`] for one that can't have been.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Aggregate, Cliff, Node};
    ///
    /// let at = Timestamp::new;
    /// let cliff = Cliff::new(at(10), Amount::new(70));
    /// let mut all = Aggregate::new([Node::EMPTY; 4]);
    /// all.add(&cliff)?;
    /// all.remove(&cliff)?;
    /// assert_eq!(all.total(), Amount::ZERO);
    ///
    /// assert!(all.remove(&cliff).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn remove(&mut self, schedule: &(impl Pieces + ?Sized)) -> Result<(), Error> {
        let (taken, total) = (schedule.total(), self.total);
        at_most(Quantity::TakenOut, taken.get(), total.get())?;
        let total = difference(total, taken);
        self.apply(schedule, Self::take_out, Self::put_in)?;
        self.total = total;
        Ok(())
    }

    /// Replaces `old`, which was added, by `new`.
    ///
    /// # Errors
    /// Those of [`remove`](Self::remove) and [`add`](Self::add); `old` is still in then.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Aggregate, Grant, Linear, Node};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// let mut all = Aggregate::new([Node::EMPTY; 8]);
    /// all.add(&grant.entitlement().of_whole().unwrap())?;
    ///
    /// let before = grant;
    /// grant.revoke(at(40))?; // takes 600 back
    /// let [old, new] = [&before, &grant].map(|grant| grant.entitlement().of_whole().unwrap());
    /// all.replace(&old, &new)?;
    /// assert_eq!(all.total(), Amount::new(400));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn replace(
        &mut self,
        old: &(impl Pieces + ?Sized),
        new: &(impl Pieces + ?Sized),
    ) -> Result<(), Error> {
        self.remove(old)?;
        let added = self.add(new);
        if added.is_err() {
            // There is room for what was just taken out, and the totals had it.
            self.add(old)?;
        }
        added
    }

    /// Returns how much all have vested together by `at`.
    ///
    /// # Rounding
    /// See [`Aggregate`].
    #[must_use]
    pub fn vested_at(&self, at: Timestamp) -> Bracket {
        let (floor, uneven) = self.timeline.sum(at.get()).at(at);
        // With slopes too steep by 2^−128 at most, a line loses less than a unit of its value all
        // the same, so the sum is above value − uneven: at least the value's floor − uneven + 1.
        let lost = Amount::new(uneven.saturating_sub(1).into());
        Bracket {
            at_least: difference(floor, lost),
            // What lines that end early lose for good may come to whole units before.
            at_most: floor.min(self.total),
        }
    }

    /// Computes how much all have vested together by `at`, to the unit, by asking each of
    /// `schedules`: O(n), for where a bracket is too wide.
    ///
    /// # Errors
    /// [`Error::NotThese`] for schedules that can't be the ones that were added: of another total,
    /// or with a sum outside of the bracket. [`Error::Overflow`] for a total above [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Aggregate, Linear, Node};
    ///
    /// let at = Timestamp::new;
    /// // 10 units in 3 instants, twice: no even line.
    /// let line = Linear::new(at(0), at(3), Amount::new(10))?;
    /// let mut all = Aggregate::new([Node::EMPTY; 4]);
    /// all.add(&line)?;
    /// all.add(&line)?;
    /// assert_eq!(all.vested_at(at(2)).exact(), None); // 12 or 13
    /// assert_eq!(all.exactly(at(2), [line, line])?, Amount::new(12));
    ///
    /// assert!(all.exactly(at(2), [line]).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn exactly<S: Schedule>(
        &self,
        at: Timestamp,
        schedules: impl IntoIterator<Item = S>,
    ) -> Result<Amount, Error> {
        let (mut total, mut vested) = (Amount::ZERO, Amount::ZERO);
        for schedule in schedules {
            total = total.checked_add(schedule.total())?;
            vested = vested.checked_add(schedule.vested_at(at))?;
        }
        let Bracket { at_least, at_most } = self.vested_at(at);
        if total != self.total || vested < at_least || at_most < vested {
            let added = self.total;
            return Err(Error::NotThese { total, added, at });
        }
        Ok(vested)
    }

    /// Returns how much is still to vest after `at`: the total less what has vested.
    ///
    /// # Rounding
    /// See [`Aggregate`].
    #[must_use]
    pub fn unvested_at(&self, at: Timestamp) -> Bracket {
        let vested = self.vested_at(at);
        Bracket {
            at_least: difference(self.total, vested.at_most),
            at_most: difference(self.total, vested.at_least),
        }
    }

    /// Makes `change` for each change of pace of the schedule; if one fails, undoes those before
    /// it.
    fn apply(
        &mut self,
        schedule: &(impl Pieces + ?Sized),
        change: fn(&mut Self, Timestamp, Curve) -> Result<(), Error>,
        undo: fn(&mut Self, Timestamp, Curve) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut done = 0_u64;
        let changed = changes(schedule, &mut |at, curve| {
            change(self, at, curve)?;
            done = done.saturating_add(1);
            Ok(())
        });
        if changed.is_err() {
            let mut left = done;
            // What is undone was just done: it needs no room that there isn't.
            let _ = changes(schedule, &mut |at, curve| {
                left = left.checked_sub(1).ok_or(Error::NotAdded { at })?;
                undo(self, at, curve)
            });
        }
        changed
    }

    fn put_in(&mut self, at: Timestamp, curve: Curve) -> Result<(), Error> {
        let added = self.timeline.add(at.get(), curve, 1);
        added.map_err(|unchanged| refused(at, unchanged))
    }

    fn take_out(&mut self, at: Timestamp, curve: Curve) -> Result<(), Error> {
        let removed = self.timeline.remove(at.get(), curve, 1);
        removed.map_err(|unchanged| refused(at, unchanged))
    }
}

fn refused(at: Timestamp, unchanged: Unchanged) -> Error {
    match unchanged {
        Unchanged::Full { capacity } => Error::Full { capacity },
        Unchanged::Missing { .. } => Error::NotAdded { at },
    }
}

/// Hands each time at which a schedule changes its pace, and by how much, to `each`.
fn changes(
    schedule: &(impl Pieces + ?Sized),
    each: &mut dyn FnMut(Timestamp, Curve) -> Result<(), Error>,
) -> Result<(), Error> {
    schedule.pieces(&mut |piece| match piece {
        Piece::Jump { at, amount } => each(at, Curve::constant(amount)),
        Piece::Line {
            line,
            later,
            from,
            until,
        } => {
            let curve = Curve::of(&line, later);
            each(from, curve)?;
            each(until, curve.negated())
        }
    })
}
