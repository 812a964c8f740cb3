//! One type for lists and files.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 6"
    )
)]

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{Cliff, Gate, Linear, LumpLinear, Schedule, Step};

/// Any schedule of this crate: what a list of mixed schedules holds, and what a file names.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
/// use tokenomics_vesting::{AnySchedule, Cliff, Schedule, Step};
///
/// // Optimism's core contributors: a lump on 2023-05-31, and 36 instalments after it.
/// let at = Timestamp::new(1_685_491_200);
/// let team: [AnySchedule; 2] = [
///     Cliff::new(at, Amount::new(204_010_946_560_000)).into(),
///     Step::new(at, Span::new(2_629_743), 36, Amount::new(36 * 17_000_912_213_333))?.into(),
/// ];
/// let vested = team.map(|part| part.vested_at(Timestamp::new(1_690_329_600)));
/// assert_eq!(Amount::try_sum(vested)?, Amount::new(221_011_858_773_333));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
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
        parity_scale_codec::DecodeWithMemTracking
    )
)]
#[non_exhaustive]
pub enum AnySchedule {
    /// All at once.
    Cliff(Cliff),
    /// Evenly through time.
    Linear(Linear),
    /// In equal instalments.
    Step(Step),
    /// A lump at the cliff, the rest evenly.
    LumpLinear(LumpLinear),
    /// Evenly, behind a gate.
    GatedLinear(Gate<Linear>),
    /// In instalments, behind a gate.
    GatedStep(Gate<Step>),
}

impl AnySchedule {
    fn get(&self) -> &dyn Schedule {
        match self {
            Self::Cliff(schedule) => schedule,
            Self::Linear(schedule) => schedule,
            Self::Step(schedule) => schedule,
            Self::LumpLinear(schedule) => schedule,
            Self::GatedLinear(schedule) => schedule,
            Self::GatedStep(schedule) => schedule,
        }
    }
}

impl Schedule for AnySchedule {
    fn total(&self) -> Amount {
        self.get().total()
    }

    fn start(&self) -> Timestamp {
        self.get().start()
    }

    fn end(&self) -> Timestamp {
        self.get().end()
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        self.get().vested_at(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.get().time_of(amount)
    }
}

impl From<Cliff> for AnySchedule {
    fn from(schedule: Cliff) -> Self {
        Self::Cliff(schedule)
    }
}

impl From<Linear> for AnySchedule {
    fn from(schedule: Linear) -> Self {
        Self::Linear(schedule)
    }
}

impl From<Step> for AnySchedule {
    fn from(schedule: Step) -> Self {
        Self::Step(schedule)
    }
}

impl From<LumpLinear> for AnySchedule {
    fn from(schedule: LumpLinear) -> Self {
        Self::LumpLinear(schedule)
    }
}

impl From<Gate<Linear>> for AnySchedule {
    fn from(schedule: Gate<Linear>) -> Self {
        Self::GatedLinear(schedule)
    }
}

impl From<Gate<Step>> for AnySchedule {
    fn from(schedule: Gate<Step>) -> Self {
        Self::GatedStep(schedule)
    }
}
