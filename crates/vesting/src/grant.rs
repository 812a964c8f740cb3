//! The grant: a funded schedule, and what was claimed of it and done to it.

mod accelerate;
mod entitlement;
mod merge;
mod pause;
mod revoke;
mod slash;
mod split;
mod state;
mod top_up;

use tokenomics_fixed_math::{Amount, Timestamp};

pub use self::entitlement::{Entitlement, WholeEntitlement};
pub use self::slash::SlashFrom;
pub use self::state::GrantState;
use crate::{Error, Schedule};
use tokenomics_internals::difference;

/// A schedule that is funded in full: its holder claims what has vested, and whoever the host lets
/// may revoke, pause, accelerate, slash, top up, split or merge it.
///
/// It is a schedule and a few counters, its [`GrantState`]. All else follows from them. With T for
/// the schedule's total, V for its `vested_at`, t for the time and p for the time since when it is
/// paused, if it is, and own(v) = v for a grant that was never split:
///
/// | part | is |
/// | --- | --- |
/// | funded | T − others |
/// | kept | funded − clawed_back − slashed |
/// | vested(t) | max(claimed, min(kept, accelerated + own(V(min(t, p) − delay)))) |
/// | claimable(t) | vested(t) − claimed |
/// | unvested(t) | kept − vested(t) |
///
/// What a revocation or a slash takes of the unvested part, and what an acceleration vests of it,
/// is what would have vested last: no other unlock moves. So every transition costs one or two
/// evaluations of the schedule, none but a split and a merger rounds anything but the share that the
/// caller names, and all work over any schedule.
///
/// A grant never grows: whatever it was split into or merged from, it is of one type and takes at
/// most 146 bytes in a binary format beside its schedule. What of a schedule is a part's own is in
/// [`Entitlement`].
///
/// Who holds the grant, who may do what, and where the tokens lie is the host's to know: a
/// transition returns the amount that moves. The clock of the transitions must not run backwards,
/// which [`Error::Backdated`] sees to; a claim may come with any clock. A transition that fails
/// leaves the grant as it was.
///
/// # Laws
/// - `conservation`: claimed + claimable + unvested + clawed_back + slashed = funded, at any time,
///   after any sequence of calls.
/// - `claim_pattern`: when, how often and in what parts one claims doesn't change the sum.
/// - `vested_is_kept`: nothing but a slash that names it takes what has vested.
/// - `a_holder_hastens_nothing`: no splitting, merging and claiming pays more by a time than has
///   vested of the schedule.
/// - `transitions_are_their_formulas`, `split_loses_nothing`, `merge_undoes_split`,
///   `merge_keeps_pace`.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Grant, Linear};
///
/// let at = Timestamp::new;
/// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
/// assert_eq!(grant.claim(at(25))?, Amount::new(250));
///
/// // Halted for 20, so that all that follows comes 20 later.
/// grant.pause(at(40))?;
/// assert_eq!(grant.claimable_at(at(55)), Amount::new(150));
/// grant.resume(at(60))?;
///
/// // 600 had vested by the revocation and stay with the grantee, claimed or not.
/// assert_eq!(grant.revoke(at(80))?, Amount::new(400));
/// assert_eq!(grant.claim(at(90))?, Amount::new(350));
/// assert_eq!(grant.claimed(), Amount::new(600));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawGrant<S>",
        bound(deserialize = "S: Schedule + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Grant<S> {
    schedule: S,
    // As `GrantState::check` has it, always.
    state: GrantState,
}

impl<S: Schedule> Grant<S> {
    /// Creates a grant of the schedule's total, to which nothing has happened.
    #[must_use]
    pub const fn new(schedule: S) -> Self {
        Self {
            schedule,
            state: GrantState::NEW,
        }
    }

    /// Restores a grant that was kept elsewhere, from what [`schedule`](Self::schedule) and
    /// [`state`](Self::state) returned.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a state that breaks what every sequence of calls keeps: more taken
    /// than funded, more claimed than had vested by its clock, a pause after its clock. Of a part it
    /// can't tell what had vested by the split, which is the host's to keep.
    /// [`Error::Overflow`] where what was taken sums to more than [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// grant.claim(at(25))?;
    ///
    /// let (schedule, mut state) = (*grant.schedule(), grant.state());
    /// assert_eq!(Grant::restore(schedule, state)?, grant);
    ///
    /// // By 25 no more than 250 had vested.
    /// state.claimed = Amount::new(251);
    /// let forged = Grant::restore(schedule, state);
    /// assert!(matches!(forged, Err(Error::OutOfRange { value: 251, bound: 250, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn restore(schedule: S, state: GrantState) -> Result<Self, Error> {
        let grant = Self { schedule, state };
        grant.check()?;
        Ok(grant)
    }

    /// Returns the schedule as it was funded: no transition but a top-up changes it.
    #[must_use]
    pub const fn schedule(&self) -> &S {
        &self.schedule
    }

    /// Returns the counters, to be stored beside the schedule.
    #[must_use]
    pub const fn state(&self) -> GrantState {
        self.state
    }

    /// Returns all that was put in: the schedule's total, less what a split gave to other grants.
    #[must_use]
    pub fn funded(&self) -> Amount {
        difference(self.schedule.total(), self.state.others)
    }

    /// Returns how much was claimed so far.
    #[must_use]
    pub const fn claimed(&self) -> Amount {
        self.state.claimed
    }

    /// Returns how much revocations gave back to the funder.
    #[must_use]
    pub const fn clawed_back(&self) -> Amount {
        self.state.clawed_back
    }

    /// Returns how much slashes took.
    #[must_use]
    pub const fn slashed(&self) -> Amount {
        self.state.slashed
    }

    /// Returns how much is the holder's in the end: what was funded, less what was clawed back and
    /// slashed.
    #[must_use]
    pub fn kept(&self) -> Amount {
        self.entitlement().total()
    }

    /// Returns how much has vested by `now`, claimed or not.
    ///
    /// The maximum in its formula is there for a clock that stands before the last claim: what was
    /// claimed stays claimed.
    ///
    /// # Rounding
    /// Floor, as [`Schedule::vested_at`].
    #[must_use]
    pub fn vested_at(&self, now: Timestamp) -> Amount {
        let until = self.running_until(now);
        self.entitlement().vested_at(until).max(self.state.claimed)
    }

    /// Returns how much can be claimed at `now`: what has vested and was not claimed.
    ///
    /// It is zero while the clock stands before the time at which what was claimed has vested.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn claimable_at(&self, now: Timestamp) -> Amount {
        difference(self.vested_at(now), self.state.claimed)
    }

    /// Returns how much of what is kept is still to vest after `now`.
    ///
    /// # Rounding
    /// Ceil: all that has not vested in full.
    #[must_use]
    pub fn unvested_at(&self, now: Timestamp) -> Amount {
        difference(self.kept(), self.vested_at(now))
    }

    /// Claims all that is claimable and returns it; zero when there is nothing.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// None of this crate's schedules can make it fail.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Gate, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let linear = Linear::new(at(0), at(48), Amount::new(4_800))?;
    /// let mut grant = Grant::new(Gate::new(linear, at(12)));
    /// assert_eq!(grant.claim(at(11))?, Amount::ZERO); // before the cliff
    /// assert_eq!(grant.claim(at(12))?, Amount::new(1_200));
    /// assert_eq!(grant.claim(at(12))?, Amount::ZERO); // all is claimed
    /// assert_eq!(grant.claim(at(99))?, Amount::new(3_600));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn claim(&mut self, now: Timestamp) -> Result<Amount, Error> {
        self.claim_up_to(now, Amount::MAX)
    }

    /// Claims what is claimable, `max` at most, and returns what it claims.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// None of this crate's schedules can make it fail.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// assert_eq!(grant.claim_up_to(at(50), Amount::new(200))?, Amount::new(200));
    /// // What is left is claimable later.
    /// assert_eq!(grant.claim_up_to(at(50), Amount::new(900))?, Amount::new(300));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn claim_up_to(&mut self, now: Timestamp, max: Amount) -> Result<Amount, Error> {
        let paid = self.claimable_at(now).min(max);
        self.state.claimed = self.state.claimed.checked_add(paid)?;
        self.state.clock = self.state.clock.max(now);
        Ok(paid)
    }

    /// Claims what is claimable, but no more in all, earlier claims included, than `limit`, and
    /// returns what it claims.
    ///
    /// The limit is what a gate that doesn't depend on time lets through, such as
    /// [`Milestones`](crate::Milestones) or a [`PriceGate`](crate::PriceGate).
    ///
    /// Vesting goes on behind a gate that is shut, and a revocation leaves what has vested behind
    /// it. Where that is not wanted, the host slashes what the gate still holds back.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// None of this crate's schedules can make it fail.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// // 500 have vested, of which a gate lets 300 through, counted from the beginning.
    /// assert_eq!(grant.claim_within(at(50), Amount::new(300))?, Amount::new(300));
    /// assert_eq!(grant.claim_within(at(50), Amount::new(300))?, Amount::ZERO);
    /// assert_eq!(grant.claim_within(at(50), Amount::new(1_000))?, Amount::new(200));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn claim_within(&mut self, now: Timestamp, limit: Amount) -> Result<Amount, Error> {
        self.claim_up_to(now, difference(limit, self.state.claimed))
    }

    /// Closes the account of a holder who leaves: claims all that is claimable, which is theirs,
    /// and returns it. What vests after `now` is the next holder's.
    ///
    /// A host that lets what has vested go along with the grant changes its record of the holder
    /// and calls nothing.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a `now` before the last transition or claim: with an earlier clock,
    /// part of what has vested would go to the next holder.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// // The seller's 300, and the buyer's 100 after it.
    /// assert_eq!(grant.transfer(at(30))?, Amount::new(300));
    /// assert_eq!(grant.claimable_at(at(40)), Amount::new(100));
    ///
    /// let backdated = Error::Backdated { at: at(29), last: at(30) };
    /// assert_eq!(grant.transfer(at(29)), Err(backdated));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn transfer(&mut self, now: Timestamp) -> Result<Amount, Error> {
        self.check_clock(now)?;
        self.claim(now)
    }

    /// Returns what the grant entitles to, seen as a schedule: how much vests by when, if the grant is
    /// not paused.
    #[must_use]
    pub const fn entitlement(&self) -> Entitlement<'_, S> {
        Entitlement::of(self)
    }

    /// Returns `now`, or the time since which the grant is paused if that is earlier.
    fn running_until(&self, now: Timestamp) -> Timestamp {
        self.state.paused_at.map_or(now, |since| since.min(now))
    }

    /// Checks that a transition doesn't come before the last one: it would find less vested than
    /// there was.
    fn check_clock(&self, now: Timestamp) -> Result<(), Error> {
        let last = self.state.clock;
        if now < last {
            return Err(Error::Backdated { at: now, last });
        }
        Ok(())
    }
}

tokenomics_internals::checked_codec! {
    Grant<S: Schedule>::restore as RawGrant {
        schedule: S,
        state: GrantState,
    }
}
