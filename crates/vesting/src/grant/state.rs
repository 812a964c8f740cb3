//! The state of a grant besides its schedule.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use super::Grant;
use crate::check::at_most;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Error, Quantity, Schedule};

/// The counters of a [`Grant`]: plain numbers that, with the schedule, determine all else.
///
/// A program stores them beside the schedule. [`Grant::restore`] checks them.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Grant, GrantState, Linear};
///
/// let at = Timestamp::new;
/// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
/// assert_eq!(grant.state(), GrantState::NEW);
///
/// grant.claim(at(25))?;
/// let claimed = Amount::new(250);
/// assert_eq!(grant.state(), GrantState { claimed, clock: at(25), ..GrantState::NEW });
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
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
    )
)]
pub struct GrantState {
    /// The amount that was claimed, over all claims.
    pub claimed: Amount,
    /// The amount that revocations gave back.
    pub clawed_back: Amount,
    /// The amount that slashes took.
    pub slashed: Amount,
    /// The amount that accelerations vested ahead of the schedule.
    pub accelerated: Amount,
    /// The length of all pauses together, but for one that still lasts.
    pub delay: Span,
    /// The time since which it is paused, if it is.
    pub paused_at: Option<Timestamp>,
    /// The date of the revocation, if there was one.
    pub revoked_at: Option<Timestamp>,
    /// The latest time that a transition or a claim came with.
    pub clock: Timestamp,
}

impl GrantState {
    /// The state of a grant to which nothing has happened.
    pub const NEW: Self = Self {
        claimed: Amount::ZERO,
        clawed_back: Amount::ZERO,
        slashed: Amount::ZERO,
        accelerated: Amount::ZERO,
        delay: Span::ZERO,
        paused_at: None,
        revoked_at: None,
        clock: Timestamp::ZERO,
    };
}

impl Default for GrantState {
    fn default() -> Self {
        Self::NEW
    }
}

/// Checks that `value` is at most `max`.
impl<S: Schedule> Grant<S> {
    /// Checks that a sequence of calls can have led here.
    pub(super) fn check(&self) -> Result<(), Error> {
        let state = &self.state;
        let (funded, clock) = (self.funded().get(), state.clock.get().into());
        let taken = state.clawed_back.checked_add(state.slashed)?;
        at_most(Quantity::Taken, taken.get(), funded)?;
        at_most(Quantity::Accelerated, state.accelerated.get(), funded)?;
        at_most(Quantity::Delay, state.delay.get().into(), clock)?;
        if let Some(since) = state.paused_at {
            at_most(Quantity::PauseTime, since.get().into(), clock)?;
        }
        if state.revoked_at.is_none() {
            let returned = state.clawed_back.get();
            at_most(Quantity::ClawedBack, returned, 0)?;
        }
        // What was claimed had vested by then. `vested` would say no less than was claimed.
        let unclaimed = Grant {
            schedule: &self.schedule,
            state: GrantState {
                claimed: Amount::ZERO,
                ..*state
            },
        };
        let vested = unclaimed.vested(state.clock);
        at_most(Quantity::Claimed, state.claimed.get(), vested.get())
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Grant<S> {
    type Seed = (S, GrantState);

    /// In the nearest state that calls can lead to.
    fn from_seed((schedule, mut state): Self::Seed) -> Option<Self> {
        let total = schedule.total();
        if state.revoked_at.is_none() {
            state.clawed_back = Amount::ZERO;
        }
        state.clawed_back = state.clawed_back.min(total);
        let left = total.checked_sub(state.clawed_back).ok()?;
        state.slashed = state.slashed.min(left);
        state.accelerated = state.accelerated.min(total);
        state.delay = state.delay.min(Span::new(state.clock.get()));
        state.paused_at = state.paused_at.map(|since| since.min(state.clock));
        let unclaimed = GrantState {
            claimed: Amount::ZERO,
            ..state
        };
        let mut grant = Self::restore(schedule, unclaimed).ok()?;
        grant.claim_up_to(state.clock, state.claimed).ok()?;
        Some(grant)
    }
}
