//! The lesser of two schedules.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::Schedule;

/// The lesser of two schedules: at any time, the smaller of what the two have vested.
///
/// A lockup over a vesting is the lesser of both: what has vested and is no longer locked. Where
/// the lockup is one date, a [`Gate`](crate::Gate) says the same.
///
/// # Rounding
/// That of the two.
///
/// # Laws
/// Those of [`Schedule`], as far as the two keep them. The inverse is the later of the two
/// inverses, since the less of two is at least x where both are.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
/// use tokenomics_vesting::{Allocation, Linear, Min, Schedule, Step, StepParams};
///
/// // Vesting evenly over 40 instants, unlocked in two halves after 30 and 60.
/// let (start, all) = (Timestamp::new(0), Amount::new(400));
/// let vesting = Linear::new(start, Timestamp::new(40), all)?;
/// let lockup = Step::new(StepParams {
///     start,
///     period: Span::new(30),
///     count: 2,
///     total: all,
///     allocation: Allocation::CumulativeRoundDown,
/// })?;
/// let free = Min::new(vesting, lockup);
/// let vested = [29, 30, 45, 60].map(|at| free.vested_at(Timestamp::new(at)).get());
/// assert_eq!(vested, [0, 200, 200, 400]);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// Evmos x/vesting, `ClawbackVestingAccount`: the less of unlocked and vested coins, over lists of
/// periods that are walked from the first.
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
pub struct Min<A, B> {
    left: A,
    right: B,
}

impl<A: Schedule, B: Schedule> Min<A, B> {
    /// Creates the lesser of `left` and `right`.
    #[must_use]
    pub const fn new(left: A, right: B) -> Self {
        Self { left, right }
    }

    /// Returns the first of the two.
    #[must_use]
    pub const fn left(&self) -> &A {
        &self.left
    }

    /// Returns the second of the two.
    #[must_use]
    pub const fn right(&self) -> &B {
        &self.right
    }
}

impl<A: Schedule, B: Schedule> Schedule for Min<A, B> {
    fn total(&self) -> Amount {
        self.left.total().min(self.right.total())
    }

    fn start(&self) -> Timestamp {
        self.left.start().max(self.right.start())
    }

    fn end(&self) -> Timestamp {
        self.left.end().max(self.right.end())
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.left.vested_at(at).min(self.right.vested_at(at))
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        let (left, right) = (self.left.time_of(amount)?, self.right.time_of(amount)?);
        Some(left.max(right))
    }
}
