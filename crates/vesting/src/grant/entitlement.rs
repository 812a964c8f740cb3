//! The schedule that a grant comes to.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use super::{Grant, GrantState};
use crate::check::at_most;
use crate::pieces::{cut, jump, shifted};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Each, Error, Pieces, Quantity, Schedule};
use tokenomics_internals::difference;

/// A schedule as transitions of a [`Grant`] have changed it: later by the pauses, sooner by what
/// was accelerated, and without the end that was clawed back or slashed. With T for the total of
/// the schedule within and V for its `vested_at`:
///
/// vested_at(t) = min(T − cut, accelerated + V(t − delay))
///
/// Nothing of V has vested while t < delay, and at the clock's last instant all has vested, so that
/// no delay can put an end beyond it.
///
/// # Rounding
/// None of its own.
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
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawEntitlement<S>",
        bound(deserialize = "S: Schedule + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    )
)]
pub struct Entitlement<S> {
    schedule: S,
    delay: Span,
    accelerated: Amount,
    // At most the schedule's total.
    cut: Amount,
}

impl<S: Schedule> Entitlement<S> {
    /// Creates the entitlement to `schedule`, `delay` later, `accelerated` more at any time, and
    /// without the `cut` that would vest last.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a cut above the schedule's total.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// use tokenomics_vesting::{Entitlement, Error, Linear, Schedule};
    ///
    /// let at = Timestamp::new;
    /// let linear = Linear::new(at(0), at(100), Amount::new(1_000))?;
    /// let (delay, cut) = (Span::new(20), Amount::new(300));
    /// let entitlement = Entitlement::new(linear, delay, Amount::ZERO, cut)?;
    /// assert_eq!(entitlement.vested_at(at(60)), Amount::new(400));
    /// assert_eq!(entitlement.time_of(Amount::new(700)), Some(at(90)));
    ///
    /// let more = Entitlement::new(linear, delay, Amount::ZERO, Amount::new(1_001));
    /// assert!(matches!(more, Err(Error::OutOfRange { value: 1_001, bound: 1_000, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(schedule: S, delay: Span, accelerated: Amount, cut: Amount) -> Result<Self, Error> {
        at_most(Quantity::Cut, cut.get(), schedule.total().get())?;
        Ok(Self {
            schedule,
            delay,
            accelerated,
            cut,
        })
    }

    /// Creates the entitlement of a grant in `state`, which is one that `GrantState::check` accepts
    /// for the schedule.
    pub(super) fn of(schedule: S, state: &GrantState) -> Self {
        Self {
            schedule,
            delay: state.delay,
            accelerated: state.accelerated,
            // At most what was funded, so the sum can't overflow.
            cut: state
                .clawed_back
                .checked_add(state.slashed)
                .unwrap_or(Amount::MAX),
        }
    }

    /// Returns the schedule within, as it was before the transitions.
    #[must_use]
    pub const fn schedule(&self) -> &S {
        &self.schedule
    }

    /// Returns how much later it vests than the schedule within.
    #[must_use]
    pub const fn delay(&self) -> Span {
        self.delay
    }

    /// Returns how much has vested ahead of the schedule within.
    #[must_use]
    pub const fn accelerated(&self) -> Amount {
        self.accelerated
    }

    /// Returns how much at the end of the schedule within doesn't vest.
    #[must_use]
    pub const fn cut(&self) -> Amount {
        self.cut
    }

    /// Moves `at` later by the delay, to the clock's last instant at the latest.
    fn delayed(&self, at: Timestamp) -> Timestamp {
        at.checked_add(self.delay).unwrap_or(Timestamp::MAX)
    }
}

impl<S: Schedule> Schedule for Entitlement<S> {
    fn total(&self) -> Amount {
        difference(self.schedule.total(), self.cut)
    }

    fn start(&self) -> Timestamp {
        // What was accelerated counts at every time.
        if self.vested_at(Timestamp::ZERO).is_zero() {
            self.delayed(self.schedule.start())
        } else {
            Timestamp::ZERO
        }
    }

    fn end(&self) -> Timestamp {
        self.delayed(self.schedule.end())
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        let total = self.total();
        if at == Timestamp::MAX {
            return total;
        }
        let scheduled = match at.checked_sub(self.delay) {
            Ok(at) => self.schedule.vested_at(at),
            Err(_) => Amount::ZERO,
        };
        // A sum beyond the largest amount is beyond the total.
        let vested = self.accelerated.checked_add(scheduled);
        vested.map_or(total, |vested| vested.min(total))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount > self.total() {
            return None;
        }
        match amount.checked_sub(self.accelerated) {
            Ok(scheduled) if !scheduled.is_zero() => {
                let at = self.schedule.time_of(scheduled)?;
                Some(self.delayed(at))
            }
            _ => Some(Timestamp::ZERO),
        }
    }
}

impl<S: Schedule + Clone> Grant<S> {
    /// Returns the [`entitlement`](Grant::entitlement) with a schedule of its own.
    pub(super) fn owned_entitlement(&self) -> Entitlement<S> {
        Entitlement::of(self.schedule.clone(), &self.state)
    }
}

/// Returns [`Error::Overflow`] where the delay moves the end of a line past that of the clock.
impl<S: Pieces> Pieces for Entitlement<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let total = self.total();
        let pieces = |last: Timestamp, each: &mut Each<'_>| {
            jump(Timestamp::ZERO, self.accelerated(), last, each)?;
            shifted(self.schedule(), self.delay(), false, last, each)
        };
        // There is always a time of all.
        let end = self.time_of(total).unwrap_or(Timestamp::MAX);
        cut(end, total, last, pieces, each)
    }
}

tokenomics_internals::checked_codec! {
    Entitlement<S: Schedule>::new as RawEntitlement {
        schedule: S,
        delay: Span,
        accelerated: Amount,
        cut: Amount,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Entitlement<S> {
    type Seed = (S, Span, Amount, Amount);

    fn from_seed((schedule, delay, accelerated, cut): Self::Seed) -> Option<Self> {
        let cut = cut.min(schedule.total());
        Self::new(schedule, delay, accelerated, cut).ok()
    }
}
