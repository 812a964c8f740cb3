//! The schedule that a grant comes to.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Timestamp};
use tokenomics_internals::difference;

use super::Grant;
use crate::pieces::{cut, jump, shifted};
use crate::{Each, Error, MaybePieces, Pieces, Schedule};

/// A view of a [`Grant`] as a schedule: the schedule that it was made with, later by the pauses, of
/// the part that is its own, sooner by what was accelerated, and without the end that was clawed
/// back or slashed. It is what [`Grant::entitlement`] returns.
///
/// With K for what the grant keeps and V for the schedule's `vested_at`:
///
/// vested_at(t) = min(K, accelerated + own(V(t − delay)))
///
/// own(v) = v of a grant of the whole schedule. Of a part, which a split has made, and with F for
/// what it was funded with and T for the schedule's total, it is
///
/// own(v) = 0 for v < checkpoint, then
/// settled + ⌊(v − checkpoint) · (F − settled) / (T − checkpoint)⌋
///
/// Nothing of V has vested while t < delay, and at the clock's last instant all has vested, so that
/// no delay can put an end beyond it.
///
/// # Rounding
/// Floor of a part's share. None of its own for the whole.
///
/// # Laws
/// Those of [`Schedule`], as far as the schedule within keeps them.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
/// use tokenomics_vesting::{Grant, Linear, Schedule};
///
/// let at = Timestamp::new;
/// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
/// grant.accelerate(at(20), Fraction::from_percent(25)?)?;
///
/// // A quarter of the 800 vests at once; the rest as before, and so it is over sooner.
/// let entitlement = grant.entitlement();
/// assert_eq!(entitlement.vested_at(at(20)), Amount::new(400));
/// assert_eq!(entitlement.vested_at(at(30)), Amount::new(500));
/// assert_eq!(entitlement.time_of(entitlement.total()), Some(at(80)));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entitlement<'a, S> {
    grant: &'a Grant<S>,
}

impl<'a, S: Schedule> Entitlement<'a, S> {
    pub(super) const fn of(grant: &'a Grant<S>) -> Self {
        Self { grant }
    }

    /// Returns the entitlement as one that is in pieces, which a sum of many can take; `None` for a
    /// part, which rounds twice.
    #[must_use]
    pub fn of_whole(self) -> Option<WholeEntitlement<'a, S>> {
        self.grant.is_whole().then_some(WholeEntitlement(self))
    }

    /// Moves `at` later by the delay, to the clock's last instant at the latest.
    fn delayed(&self, at: Timestamp) -> Timestamp {
        let delayed = at.checked_add(self.grant.state.delay);
        delayed.unwrap_or(Timestamp::MAX)
    }
}

impl<S: Schedule> Grant<S> {
    /// Returns whether the whole of the schedule is this grant's, and always was.
    fn is_whole(&self) -> bool {
        self.state.others.is_zero() && self.state.checkpoint.is_zero()
    }

    /// Returns how much of what was funded was clawed back or slashed.
    pub(super) fn cut(&self) -> Amount {
        let (returned, slashed) = (self.state.clawed_back, self.state.slashed);
        // At most what was funded, so the sum can't overflow.
        returned.checked_add(slashed).unwrap_or(Amount::MAX)
    }

    /// Returns how much of the schedule, delayed by the pauses, has vested by `at`.
    pub(super) fn scheduled(&self, at: Timestamp) -> Amount {
        match at.checked_sub(self.state.delay) {
            Ok(at) => self.schedule.vested_at(at),
            Err(_) => Amount::ZERO,
        }
    }

    /// Returns how much of the grant's own part and how much of the schedule was left at the
    /// checkpoint.
    pub(super) fn left(&self) -> (Amount, Amount) {
        (
            difference(self.funded(), self.state.settled),
            difference(self.schedule.total(), self.state.checkpoint),
        )
    }

    /// Returns how much of the grant's own part has vested where `scheduled` of the schedule has.
    pub(super) fn own(&self, scheduled: Amount) -> Amount {
        if self.is_whole() {
            return scheduled;
        }
        let Ok(since) = scheduled.checked_sub(self.state.checkpoint) else {
            return Amount::ZERO;
        };
        let (own, all) = self.left();
        // At most what is left of its own. Where nothing is left of the schedule, all has vested.
        let more = since.mul_div(own.get(), all.get(), Rounding::Floor);
        let vested = self.state.settled.checked_add(more.unwrap_or(own));
        vested.unwrap_or(self.funded())
    }

    /// Returns the least of the schedule with which `own`, which is at most what was funded and not
    /// 0, has vested of the grant's own part.
    fn scheduled_of(&self, own: Amount) -> Option<Amount> {
        if self.is_whole() {
            return Some(own);
        }
        let Ok(more) = own.checked_sub(self.state.settled) else {
            return Some(self.state.checkpoint);
        };
        // ⌊v · own / all⌋ ≥ x ⟺ v ≥ ⌈x · all / own⌉. Where none is left, 0 is asked for.
        let (own, all) = self.left();
        let since = mul_div(more.get(), all.get(), own.get(), Rounding::Ceil).unwrap_or(0);
        self.state.checkpoint.checked_add(Amount::new(since)).ok()
    }
}

impl<S: Schedule> Schedule for Entitlement<'_, S> {
    fn total(&self) -> Amount {
        difference(self.grant.funded(), self.grant.cut())
    }

    fn start(&self) -> Timestamp {
        // What was accelerated counts at every time.
        if self.vested_at(Timestamp::ZERO).is_zero() {
            self.delayed(self.grant.schedule.start())
        } else {
            Timestamp::ZERO
        }
    }

    fn end(&self) -> Timestamp {
        self.delayed(self.grant.schedule.end())
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        let total = self.total();
        if at == Timestamp::MAX {
            return total;
        }
        let own = self.grant.own(self.grant.scheduled(at));
        // A sum beyond the largest amount is beyond the total.
        let vested = self.grant.state.accelerated.checked_add(own);
        vested.map_or(total, |vested| vested.min(total))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount > self.total() {
            return None;
        }
        let own = difference(amount, self.grant.state.accelerated);
        if own.is_zero() {
            return Some(Timestamp::ZERO);
        }
        let at = self.grant.schedule.time_of(self.grant.scheduled_of(own)?)?;
        Some(self.delayed(at))
    }
}

/// A part is not in pieces, since it rounds twice.
impl<S: Pieces> MaybePieces for Entitlement<'_, S> {
    fn visit_pieces(&self, then: &mut dyn FnMut(&dyn Pieces)) {
        if let Some(whole) = Entitlement::of(self.grant).of_whole() {
            then(&whole);
        }
    }
}

/// The entitlement of a grant of all of its schedule: a sum of jumps and lines as far as that is one.
/// It is what [`Entitlement::of_whole`] returns.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Aggregate, Grant, Linear, Node};
///
/// let at = Timestamp::new;
/// let grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
/// let mut all = Aggregate::new([Node::EMPTY; 8]);
/// all.add(&grant.entitlement().of_whole().unwrap())?;
/// assert_eq!(all.vested_at(at(40)).exact(), Some(Amount::new(400)));
///
/// // A part rounds twice, so it is no such sum.
/// let (part, _) = grant.split(Amount::new(333))?;
/// assert!(part.entitlement().of_whole().is_none());
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WholeEntitlement<'a, S>(Entitlement<'a, S>);

impl<S: Schedule> Schedule for WholeEntitlement<'_, S> {
    fn total(&self) -> Amount {
        self.0.total()
    }

    fn start(&self) -> Timestamp {
        self.0.start()
    }

    fn end(&self) -> Timestamp {
        self.0.end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.0.vested_at(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.0.time_of(amount)
    }
}

/// Returns [`Error::Overflow`] where the delay moves a piece past that of the clock.
impl<S: Pieces> Pieces for WholeEntitlement<'_, S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let Self(Entitlement { grant }) = self;
        let (total, state) = (self.total(), &grant.state);
        let pieces = |last: Timestamp, each: &mut Each<'_>| {
            jump(Timestamp::ZERO, state.accelerated, last, each)?;
            shifted(&grant.schedule, state.delay, false, last, each)
        };
        // There is always a time of all.
        let end = self.time_of(total).unwrap_or(Timestamp::MAX);
        cut(end, total, last, pieces, each)
    }
}
