//! Sums from the last change on, in a ring of fixed length.

use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
use tokenomics_internals::Change;

use super::Totals;
use crate::check::{has_ended, in_order, in_range, units};
use crate::line::Line;
use crate::power::Changes;
use crate::{Error, Power, Quantity};

/// The line of a power now, and what changes of it later on.
type Lines = (Line, Changes);

/// The sum of the weights of some powers from the last change on, in a ring of `N` periods: the whole
/// of it fits an account, and no call costs more than N steps, however many locks there are and however
/// long nobody called.
///
/// A slot is what changes at one multiple of the period; all must lie on one, and at most N periods
/// ahead. What has passed is added up whenever something changes, so that its slot is free for the
/// period N later. Of the past it knows nothing: a vote needs a weight from before it, so keep a
/// [`History`](super::History), or what [`weight_at`](Self::weight_at) was, where there are votes. What
/// has ended is held as one sum, whatever its end was: a lock that was withdrawn already is refused for
/// certain only when nothing else that has ended is left.
///
/// # Laws
/// `sum_is_total`, from the last change on.
///
/// ```
/// use tokenomics_escrow_weighting::{Lock, LockKind, Ring, Totals};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};
///
/// let at = Timestamp::new;
/// let mut sum = Ring::<209>::new(Span::from_weeks(1))?;
/// let end = at(100 * 604_800);
/// let lock = Lock::new(Amount::new(7), LockKind::Decaying { rate: 1, end })?;
/// sum.replace(at(10), None, Some(lock.into()))?;
/// assert_eq!(sum.weight_at(at(40))?, lock.weight_at(at(40)));
/// assert_eq!(sum.weight_at(end)?, U256::ZERO);
/// assert!(sum.weight_at(at(9)).is_err());
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ring<const N: usize> {
    state: RingState<N>,
}

/// The state of a [`Ring`]: what it is stored as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Ring", deny_unknown_fields)
)]
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
    ),
    scale_info(replace_segment("RingState", "Ring"))
)]
pub struct RingState<const N: usize> {
    /// The period: each slot is one of its multiples.
    pub period: Span,
    /// The time of the last change.
    pub clock: Timestamp,
    /// The number of the last period of which all is added up.
    pub passed: u64,
    /// The weight since the last change, but for what is in the slots.
    pub sum: Line,
    /// The changes at the multiples of the period to come, that of number k in slot k mod N, each with the
    /// amount that is held until then.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    pub slots: [(Line, Amount); N],
    /// The amount that is held of permanent locks.
    pub permanent: Amount,
    /// The amount that is held of locks that have ended.
    pub ended: Amount,
}

impl<const N: usize> Ring<N> {
    /// Creates the sum of nothing, in slots of a period.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Ring;
    /// # use tokenomics_fixed_math::Span;
    /// assert!(Ring::<4>::new(Span::new(7)).is_ok());
    /// assert!(Ring::<4>::new(Span::ZERO).is_err());
    /// ```
    pub const fn new(period: Span) -> Result<Self, Error> {
        if let Err(error) = in_range(Quantity::Granule, units(period.get()), 1, u128::MAX) {
            return Err(error);
        }
        let state = RingState {
            period,
            clock: Timestamp::ZERO,
            passed: 0,
            sum: Line::NONE,
            slots: [(Line::NONE, Amount::ZERO); N],
            permanent: Amount::ZERO,
            ended: Amount::ZERO,
        };
        Ok(Self { state })
    }

    /// Restores a ring from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0; [`Error::Stored`] if what is added up isn't what has
    /// passed.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Ring, RingState};
    /// # use tokenomics_fixed_math::Span;
    /// let ring = Ring::<4>::new(Span::new(7))?;
    /// assert_eq!(Ring::restore(ring.state())?, ring);
    /// assert!(Ring::restore(RingState { passed: 1, ..ring.state() }).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn restore(state: RingState<N>) -> Result<Self, Error> {
        let ring = Self::new(state.period)?;
        if state.passed != ring.number(state.clock) {
            return Err(Error::Stored { at: state.clock });
        }
        Ok(Self { state })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> RingState<N> {
        self.state
    }

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
        in_order(self.state.clock, at)?;
        let (mut sum, last) = (self.state.sum, self.number(at));
        for number in self.ahead().take_while(|&number| number <= last) {
            let (line, _) = self.slot(number).copied().unwrap_or_default();
            sum = sum.plus(line);
        }
        Ok(sum.at(at))
    }

    /// Returns the numbers of the periods that have a slot, in order.
    fn ahead(&self) -> impl Iterator<Item = u64> {
        let passed = self.state.passed;
        let slots = u64::try_from(N).unwrap_or(u64::MAX);
        (1..=slots).map_while(move |ahead| passed.checked_add(ahead))
    }

    /// Returns the number of the period that a time is in.
    fn number(&self, at: Timestamp) -> u64 {
        // A period isn't 0.
        at.get().checked_div(self.state.period.get()).unwrap_or(0)
    }

    fn index(number: u64) -> Option<usize> {
        let slots = u64::try_from(N).ok()?;
        usize::try_from(number.checked_rem(slots)?).ok()
    }

    fn slot(&self, number: u64) -> Option<&(Line, Amount)> {
        self.state.slots.get(Self::index(number)?)
    }

    fn slot_mut(&mut self, number: u64) -> Option<&mut (Line, Amount)> {
        self.state.slots.get_mut(Self::index(number)?)
    }

    /// Adds up all that has passed by `now`, or nothing.
    fn advance(&mut self, now: Timestamp) -> Result<(), Error> {
        let (ended, last) = (self.ended_by(now)?, self.number(now));
        for number in self.ahead().take_while(|&number| number <= last) {
            if let Some(slot) = self.slot_mut(number) {
                let (line, _) = core::mem::take(slot);
                self.state.sum = self.state.sum.plus(line);
            }
        }
        self.state.ended = ended;
        self.state.clock = now;
        self.state.passed = last;
        Ok(())
    }

    /// Returns what will be held though it has ended, once all that has passed by `now` is added up.
    fn ended_by(&self, now: Timestamp) -> Result<Amount, Error> {
        let (mut ended, last) = (self.state.ended, self.number(now));
        for number in self.ahead().take_while(|&number| number <= last) {
            let (_, held) = self.slot(number).copied().unwrap_or_default();
            ended = ended.checked_add(held)?;
        }
        Ok(ended)
    }

    /// Returns what will be held with the end of a lock then.
    fn held_by(&self, now: Timestamp, power: &Power) -> Result<Amount, Error> {
        match power.lock().end() {
            None => Ok(self.state.permanent),
            Some(end) if end <= now => self.ended_by(now),
            Some(end) => {
                let number = self.place(end, self.number(now))?;
                let slot = self.ahead().any(|ahead| ahead == number);
                let slot = self.slot(number).filter(|_| slot);
                // Else it is a slot that will have been freed.
                Ok(slot.map_or(Amount::ZERO, |&(_, held)| held))
            }
        }
    }

    /// Returns the number of a time to come, which has a slot once all periods up to `passed` have none.
    fn place(&self, at: Timestamp, passed: u64) -> Result<u64, Error> {
        let number = self.number(at);
        let granule = self.state.period;
        if at.get().checked_rem(granule.get()) != Some(0) {
            return Err(Error::OffGranule { end: at, granule });
        }
        let ahead = number.saturating_sub(passed);
        let slots = u64::try_from(N).unwrap_or(u64::MAX);
        if ahead == 0 || ahead > slots {
            let capacity = u32::try_from(N).unwrap_or(u32::MAX);
            return Err(Error::Full { capacity });
        }
        Ok(number)
    }

    /// Checks that a power can be taken out, and returns what will then be held with its end.
    fn check_held(&self, now: Timestamp, power: &Power) -> Result<Amount, Error> {
        let (held, amount) = (self.held_by(now, power)?, power.amount());
        let end = power.lock().end();
        let left = held.checked_sub(amount);
        left.map_err(|_| Error::not_held(end, amount, held))
    }

    /// Checks all that a replacement could be refused for, so that it needs no copy to go back to.
    fn check(
        &self,
        now: Timestamp,
        old: Option<&(Power, Lines)>,
        new: Option<&(Power, Lines)>,
    ) -> Result<(), Error> {
        in_order(self.state.clock, now)?;
        self.ended_by(now)?;
        let left = match old {
            Some((old, _)) => Some((old.lock().end(), self.check_held(now, old)?)),
            None => None,
        };
        if let Some((new, _)) = new {
            let same = left.filter(|&(end, _)| end == new.lock().end());
            let held = same.map_or_else(|| self.held_by(now, new), |(_, left)| Ok(left))?;
            held.checked_add(new.amount())?;
        }
        for (_, (_, changes)) in old.into_iter().chain(new) {
            for (at, _) in changes.iter() {
                self.place(at, self.number(now))?;
            }
        }
        Ok(())
    }

    fn add(&mut self, changes: &Changes, is_in: bool) -> Result<(), Error> {
        for (at, line) in changes.iter() {
            let number = self.place(at, self.state.passed)?;
            if let Some((sum, _)) = self.slot_mut(number) {
                *sum = sum.plus(if is_in { line } else { line.negated() });
            }
        }
        Ok(())
    }

    /// Returns what is held with the end of a lock.
    fn held(&mut self, power: Power) -> Result<&mut Amount, Error> {
        match power.lock().end() {
            None => Ok(&mut self.state.permanent),
            Some(end) if end <= self.state.clock => Ok(&mut self.state.ended),
            Some(end) => {
                let number = self.place(end, self.state.passed)?;
                let capacity = u32::try_from(N).unwrap_or(u32::MAX);
                let slot = self.slot_mut(number).ok_or(Error::Full { capacity })?;
                Ok(&mut slot.1)
            }
        }
    }

    fn hold(&mut self, power: Power) -> Result<(), Error> {
        let held = self.held(power)?;
        *held = held.checked_add(power.amount())?;
        Ok(())
    }

    fn let_go(&mut self, power: Power) -> Result<(), Error> {
        let (amount, end) = (power.amount(), power.lock().end());
        let held = self.held(power)?;
        let left = held.checked_sub(amount);
        *held = left.map_err(|_| Error::not_held(end, amount, *held))?;
        Ok(())
    }
}

impl<const N: usize> Totals for Ring<N> {
    fn replace(
        &mut self,
        now: Timestamp,
        old: Option<Power>,
        new: Option<Power>,
    ) -> Result<(), Error> {
        let lines = |power: Power| (power, power.lines_from(now));
        let (old, new) = (old.map(lines), new.map(lines));
        self.check(now, old.as_ref(), new.as_ref())?;
        // Nothing is refused from here on.
        self.advance(now)?;
        if let Some((old, (line, changes))) = old {
            self.let_go(old)?;
            self.add(&changes, false)?;
            self.state.sum = self.state.sum.plus(line.negated());
        }
        if let Some((new, (line, changes))) = new {
            self.hold(new)?;
            self.add(&changes, true)?;
            self.state.sum = self.state.sum.plus(line);
        }
        Ok(())
    }

    fn release(&mut self, now: Timestamp, ended: Power) -> Result<(), Error> {
        in_order(self.state.clock, now)?;
        has_ended(now, &ended)?;
        self.check_held(now, &ended)?;
        self.advance(now)?;
        self.let_go(ended)
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&Ring<N>> for RingState<N> {
    fn from(ring: &Ring<N>) -> Self {
        ring.state
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<RingState<N>> for Ring<N> {
    type Error = Error;

    fn try_from(state: RingState<N>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] Ring<N> as RingState<N>: MaxEncodedLen
}
