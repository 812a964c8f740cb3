//! The state of a grant besides its schedule.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

use super::Grant;
use crate::check::at_most;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::{Error, Quantity, Schedule};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use tokenomics_internals::difference;

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
pub struct GrantState {
    /// The part of the schedule's total that belongs to other grants, since a split.
    #[cfg_attr(feature = "serde", serde(default))]
    pub others: Amount,
    /// The amount of the schedule that had vested by the last split or merger: from there on, a part
    /// vests its share of what is left.
    #[cfg_attr(feature = "serde", serde(default))]
    pub checkpoint: Amount,
    /// The amount of this grant's own part that had vested by the checkpoint.
    #[cfg_attr(feature = "serde", serde(default))]
    pub settled: Amount,
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
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub paused_at: Option<Timestamp>,
    /// The date of the revocation, if there was one.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub revoked_at: Option<Timestamp>,
    /// The latest time that a transition or a claim came with.
    pub clock: Timestamp,
}

impl GrantState {
    /// The state of a grant to which nothing has happened.
    pub const NEW: Self = Self {
        others: Amount::ZERO,
        checkpoint: Amount::ZERO,
        settled: Amount::ZERO,
        claimed: Amount::ZERO,
        clawed_back: Amount::ZERO,
        slashed: Amount::ZERO,
        accelerated: Amount::ZERO,
        delay: Span::ZERO,
        paused_at: None,
        revoked_at: None,
        clock: Timestamp::ZERO,
    };

    /// Returns the state without a checkpoint where there are no other parts and nothing was rounded.
    pub(super) fn of_a_whole(self) -> Self {
        if self.others.is_zero() && self.settled == self.checkpoint {
            let (checkpoint, settled) = (Amount::ZERO, Amount::ZERO);
            return Self {
                checkpoint,
                settled,
                ..self
            };
        }
        self
    }
}

impl Default for GrantState {
    fn default() -> Self {
        Self::NEW
    }
}

impl<S: Schedule> Grant<S> {
    /// Checks what every sequence of calls keeps.
    pub(super) fn check(&self) -> Result<(), Error> {
        let state = &self.state;
        let total = self.schedule.total().get();
        at_most(Quantity::Others, state.others.get(), total)?;
        let (funded, clock) = (self.funded(), state.clock.get().into());
        let taken = state.clawed_back.checked_add(state.slashed)?;
        at_most(Quantity::Taken, taken.get(), funded.get())?;
        at_most(Quantity::Accelerated, state.accelerated.get(), funded.get())?;
        at_most(Quantity::Delay, state.delay.get().into(), clock)?;
        if let Some(since) = state.paused_at {
            at_most(Quantity::PauseTime, since.get().into(), clock)?;
        }
        if state.revoked_at.is_none() {
            let returned = state.clawed_back.get();
            at_most(Quantity::ClawedBack, returned, 0)?;
        }
        let until = self.running_until(state.clock);
        // A split is not ahead of the clock, and no part of a schedule ahead of the schedule.
        let scheduled = self.scheduled(until).get();
        at_most(Quantity::Checkpoint, state.checkpoint.get(), scheduled)?;
        let most = funded.min(state.checkpoint).get();
        at_most(Quantity::Settled, state.settled.get(), most)?;
        // What was claimed had vested by then.
        let vested = self.entitlement().vested_at(until).get();
        at_most(Quantity::Claimed, state.claimed.get(), vested)
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<S: Schedule> FromSeed for Grant<S> {
    type Seed = (S, GrantState);

    /// In the nearest state that calls can lead to.
    fn from_seed((schedule, mut state): Self::Seed) -> Option<Self> {
        state.others = state.others.min(schedule.total());
        let total = difference(schedule.total(), state.others);
        if state.revoked_at.is_none() {
            state.clawed_back = Amount::ZERO;
        }
        state.clawed_back = state.clawed_back.min(total);
        let left = total.checked_sub(state.clawed_back).ok()?;
        state.slashed = state.slashed.min(left);
        state.accelerated = state.accelerated.min(total);
        state.delay = state.delay.min(Span::new(state.clock.get()));
        state.paused_at = state.paused_at.map(|since| since.min(state.clock));
        let mut grant = Self { schedule, state };
        let until = grant.running_until(state.clock);
        grant.state.checkpoint = state.checkpoint.min(grant.scheduled(until));
        grant.state.settled = state.settled.min(total).min(grant.state.checkpoint);
        grant.state.claimed = state.claimed.min(grant.entitlement().vested_at(until));
        grant.check().ok()?;
        Some(grant)
    }
}
