//! Sums from the last change on, in a ring of fixed length.

mod owned;

use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
use tokenomics_internals::{Change, Store};

pub use self::owned::{Ring, RingState};
use super::Totals;
use crate::check::{has_ended, in_order, in_range, units};
use crate::line::Line;
use crate::power::Changes;
use crate::{Error, Power, Quantity};

/// A slot of a ring: what changes at one multiple of the period, and the amount that is held until then.
pub type RingSlot = (Line, Amount);

/// A power, its line now, and what changes of it later on.
type Counted = (Power, (Line, Changes));

/// The sum of the weights of some powers from the last change on, in a ring of slots that a [`Store`]
/// keeps: an account's bytes, of which each slot is decoded when it is touched, a slice, or, in a
/// [`Ring`], an array. No call touches a slot more than twice, nor more slots than there are, however many
/// locks there are and however long nobody called.
///
/// A slot is what changes at one multiple of the period; all must lie on one, and at most as many
/// periods ahead as the store has capacity, which stays the same. What has passed is added up whenever
/// something changes, so that its slot is free for the period that comes round to it. Of the past it
/// knows nothing: a vote needs a weight from before it, so keep a [`History`](super::History), or what
/// [`weight_at`](Self::weight_at) was, where there are votes. What has ended is held as one sum,
/// whatever its end was: a lock that was withdrawn already is refused for certain only when nothing else
/// that has ended is left.
///
/// # Laws
/// `sum_is_total`, from the last change on.
///
/// ```
/// use tokenomics_escrow_weighting::{Lock, LockKind, RingSlot, SlotRing, Totals};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
///
/// let at = Timestamp::new;
/// let mut slots = [RingSlot::default(); 4];
/// let mut sum = SlotRing::new_in(Span::new(10), slots.as_mut_slice())?;
/// let lock = Lock::new(Amount::new(7), LockKind::Decaying { rate: 1, end: at(40) })?;
/// sum.replace(at(5), None, Some(lock.into()))?;
///
/// // The slots stay where they are: only the head is kept.
/// let head = sum.head();
/// let sum = SlotRing::resume(head, slots.as_mut_slice())?;
/// assert_eq!(sum.weight_at(at(25))?, lock.weight_at(at(25)));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotRing<S> {
    head: RingHead,
    slots: S,
}

/// The state of a ring beside its slots, of fixed size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
pub struct RingHead {
    /// The period: each slot is one of its multiples.
    pub period: Span,
    /// The time of the last change.
    pub clock: Timestamp,
    /// The number of the last period of which all is added up.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub passed: u64,
    /// The weight since the last change, but for what is in the slots.
    pub sum: Line,
    /// The amount that is held of permanent locks.
    pub permanent: Amount,
    /// The amount that is held of locks that have ended.
    pub ended: Amount,
}

impl RingHead {
    const fn new(period: Span) -> Result<Self, Error> {
        if let Err(error) = in_range(Quantity::Granule, units(period.get()), 1, u128::MAX) {
            return Err(error);
        }
        Ok(Self {
            period,
            clock: Timestamp::ZERO,
            passed: 0,
            sum: Line::NONE,
            permanent: Amount::ZERO,
            ended: Amount::ZERO,
        })
    }

    /// Returns the number of the period that a time is in.
    fn number(&self, at: Timestamp) -> u64 {
        // A period isn't 0.
        at.get().checked_div(self.period.get()).unwrap_or(0)
    }
}

impl<S> SlotRing<S> {
    /// Creates the sum of nothing, in empty slots of a period.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{RingSlot, SlotRing};
    /// # use tokenomics_fixed_math::Span;
    /// let slots = [RingSlot::default(); 4];
    /// assert!(SlotRing::new_in(Span::new(7), slots).is_ok());
    /// assert!(SlotRing::new_in(Span::ZERO, slots).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn new_in(period: Span, slots: S) -> Result<Self, Error> {
        let head = RingHead::new(period)?;
        Ok(Self { head, slots })
    }

    /// Returns the ring that the slots hold, of which [`head`](Self::head) was kept.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0; [`Error::Stored`] if what is added up isn't what has
    /// passed.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{RingHead, RingSlot, SlotRing};
    /// # use tokenomics_fixed_math::Span;
    /// let slots = [RingSlot::default(); 4];
    /// let head = SlotRing::new_in(Span::new(7), slots)?.head();
    /// assert_eq!(SlotRing::resume(head, slots)?.head(), head);
    /// assert!(SlotRing::resume(RingHead { passed: 1, ..head }, slots).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn resume(head: RingHead, slots: S) -> Result<Self, Error> {
        RingHead::new(head.period)?;
        if head.passed != head.number(head.clock) {
            return Err(Error::Stored { at: head.clock });
        }
        Ok(Self { head, slots })
    }

    /// Returns what is to be kept beside the slots, for [`resume`](Self::resume).
    #[must_use]
    pub const fn head(&self) -> RingHead {
        self.head
    }

    /// Returns the slots: that of the period of number k in slot k modulo their number.
    #[must_use]
    pub const fn slots(&self) -> &S {
        &self.slots
    }
}

impl<S: Store<Entry = RingSlot>> SlotRing<S> {
    /// Returns the undivided weight at `at`, in base units × time × 10^−18, if nothing changes until
    /// then.
    ///
    /// # Rounding
    /// None: it is exact.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last change.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Ring;
    /// # use tokenomics_fixed_math::{Span, Timestamp, U256};
    /// let ring = Ring::<4>::new(Span::new(7))?;
    /// assert_eq!(ring.weight_at(Timestamp::new(9))?, U256::ZERO);
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn weight_at(&self, at: Timestamp) -> Result<U256, Error> {
        in_order(self.head.clock, at)?;
        let lines = self
            .ahead_by(at)
            .filter_map(|number| self.slots.read(self.index(number)?, |&(line, _)| line));
        Ok(lines.fold(self.head.sum, Line::plus).at(at))
    }

    /// Returns the numbers of the periods that have a slot and are over by a time, in order.
    fn ahead_by(&self, at: Timestamp) -> impl Iterator<Item = u64> {
        let (passed, last) = (self.head.passed, self.head.number(at));
        let numbers = (1..=self.slots.capacity()).map(u64::from);
        let numbers = numbers.map_while(move |ahead| passed.checked_add(ahead));
        numbers.take_while(move |&number| number <= last)
    }

    fn index(&self, number: u64) -> Option<u32> {
        u32::try_from(number.checked_rem(self.slots.capacity().into())?).ok()
    }

    fn slot(&self, number: u64) -> RingSlot {
        let index = self.index(number);
        let slot = index.and_then(|index| self.slots.get(index));
        slot.unwrap_or_default()
    }

    fn set_slot(&mut self, number: u64, slot: RingSlot) {
        if let Some(index) = self.index(number) {
            self.slots.set(index, slot);
        }
    }

    /// Returns the head with all added up that has passed by `now`.
    fn head_by(&self, now: Timestamp) -> Result<RingHead, Error> {
        in_order(self.head.clock, now)?;
        let mut head = self.head;
        for number in self.ahead_by(now) {
            let (line, held) = self.slot(number);
            head.sum = head.sum.plus(line);
            head.ended = head.ended.checked_add(held)?;
        }
        head.clock = now;
        head.passed = head.number(now);
        Ok(head)
    }

    /// Sets the head, which is [`head_by`](Self::head_by) a time, and frees the slots that it adds up.
    fn advance(&mut self, head: RingHead) {
        for number in self.ahead_by(head.clock) {
            self.set_slot(number, RingSlot::default());
        }
        self.head = head;
    }

    /// Returns the number of a time to come at which a power changes, which has a slot once all periods
    /// up to that of the head have none.
    fn place(&self, head: &RingHead, power: &Power, at: Timestamp) -> Result<u64, Error> {
        let (number, granule) = (head.number(at), head.period);
        if at.get().checked_rem(granule.get()) != Some(0) {
            let what = power.name_of(at);
            return Err(Error::OffGranule { what, at, granule });
        }
        let ahead = number.saturating_sub(head.passed);
        let capacity = self.slots.capacity();
        if ahead == 0 || ahead > capacity.into() {
            return Err(Error::Full { capacity });
        }
        Ok(number)
    }

    /// Returns what will be held with the end of a lock once the ring has that head.
    fn held_by(&self, head: &RingHead, power: &Power) -> Result<Amount, Error> {
        match power.lock().end() {
            None => Ok(head.permanent),
            Some(end) if end <= head.clock => Ok(head.ended),
            Some(end) => {
                let number = self.place(head, power, end)?;
                let ahead = number.saturating_sub(self.head.passed);
                // Else it is a slot that will have been freed.
                let is_in = ahead <= self.slots.capacity().into();
                Ok(if is_in {
                    self.slot(number).1
                } else {
                    Amount::ZERO
                })
            }
        }
    }

    /// Returns what is held with the end of a power once it is taken out.
    fn held_without(&self, head: &RingHead, power: &Power) -> Result<Amount, Error> {
        let (held, amount) = (self.held_by(head, power)?, power.amount());
        let left = held.checked_sub(amount);
        left.map_err(|_| Error::not_held(power.lock().end(), amount, held))
    }

    /// Checks all that a replacement could be refused for, so that it needs no copy to go back to.
    fn check(
        &self,
        head: &RingHead,
        old: Option<&Counted>,
        new: Option<&Counted>,
    ) -> Result<(), Error> {
        let left = match old {
            Some((old, _)) => Some((old.lock().end(), self.held_without(head, old)?)),
            None => None,
        };
        if let Some((new, _)) = new {
            let same = left.filter(|&(end, _)| end == new.lock().end());
            let held = same.map_or_else(|| self.held_by(head, new), |(_, left)| Ok(left))?;
            held.checked_add(new.amount())?;
        }
        for (power, (_, changes)) in old.into_iter().chain(new) {
            for (at, _) in changes.iter() {
                self.place(head, power, at)?;
            }
        }
        Ok(())
    }

    /// Counts a power, or no longer, once all is checked and what has passed is added up.
    fn count(&mut self, (power, (line, changes)): &Counted, is_in: bool) -> Result<(), Error> {
        let signed = |line: Line| if is_in { line } else { line.negated() };
        self.head.sum = self.head.sum.plus(signed(*line));
        let amount = power.amount();
        let count = |held: Amount| {
            if is_in {
                held.checked_add(amount)
            } else {
                held.checked_sub(amount)
            }
        };
        match power.lock().end() {
            None => self.head.permanent = count(self.head.permanent)?,
            Some(end) if end <= self.head.clock => self.head.ended = count(self.head.ended)?,
            Some(end) => {
                let number = self.head.number(end);
                let (line, held) = self.slot(number);
                self.set_slot(number, (line, count(held)?));
            }
        }
        for (at, line) in changes.iter() {
            let number = self.head.number(at);
            let (sum, held) = self.slot(number);
            self.set_slot(number, (sum.plus(signed(line)), held));
        }
        Ok(())
    }
}

impl<S: Store<Entry = RingSlot>> Totals for SlotRing<S> {
    fn replace(
        &mut self,
        now: Timestamp,
        old: Option<Power>,
        new: Option<Power>,
    ) -> Result<(), Error> {
        let lines = |power: Power| (power, power.lines_from(now));
        let (old, new) = (old.map(lines), new.map(lines));
        let head = self.head_by(now)?;
        self.check(&head, old.as_ref(), new.as_ref())?;
        // Nothing is refused from here on.
        self.advance(head);
        if let Some(old) = &old {
            self.count(old, false)?;
        }
        if let Some(new) = &new {
            self.count(new, true)?;
        }
        Ok(())
    }

    fn release(&mut self, now: Timestamp, ended: Power) -> Result<(), Error> {
        in_order(self.head.clock, now)?;
        has_ended(now, &ended)?;
        let head = self.head_by(now)?;
        let ended = self.held_without(&head, &ended)?;
        self.advance(RingHead { ended, ..head });
        Ok(())
    }
}
