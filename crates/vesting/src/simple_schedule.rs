//! The schedules that are made of no other.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use tokenomics_fixed_math::Fraction;
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{Calendar, Cliff, Exponential, Linear, LumpLinear, Power, Schedule, Step};
#[cfg(feature = "alloc")]
use crate::{Graded, Piecewise, Point, Tranches};

/// Any schedule of this crate that is made of no other, as one type: for lists of mixed schedules,
/// and for files, which name the kind.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Cliff, Linear, Schedule, SimpleSchedule};
///
/// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
/// let list: [SimpleSchedule; 2] = [
///     Cliff::new(start, Amount::new(50)).into(),
///     Linear::new(start, end, Amount::new(500))?.into(),
/// ];
/// let vested = list.map(|part| part.vested_at(Timestamp::new(10)).get());
/// assert_eq!(vested, [50, 50]);
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
    derive(borsh::BorshSerialize, borsh::BorshDeserialize),
    borsh(use_discriminant = true)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        scale_info::TypeInfo
    )
)]
#[non_exhaustive]
// The binary formats write these numbers, so they stay, whichever features are on.
#[repr(u8)]
pub enum SimpleSchedule {
    /// A lump at one time.
    #[cfg_attr(feature = "scale", codec(index = 0))]
    Cliff(Cliff) = 0,
    /// A straight line from a start to an end.
    #[cfg_attr(feature = "scale", codec(index = 1))]
    Linear(Linear) = 1,
    /// Equal instalments at a fixed period.
    #[cfg_attr(feature = "scale", codec(index = 2))]
    Step(Step) = 2,
    /// A lump at the cliff, and the rest evenly.
    #[cfg_attr(feature = "scale", codec(index = 3))]
    LumpLinear(LumpLinear) = 3,
    /// A list of amounts, each at its time.
    #[cfg(feature = "alloc")]
    #[cfg_attr(feature = "scale", codec(index = 4))]
    Tranches(Tranches<Vec<Point>>) = 4,
    /// A list of shares of a total, each at its time.
    #[cfg(feature = "alloc")]
    #[cfg_attr(feature = "scale", codec(index = 5))]
    Graded(Graded<Vec<Point<Fraction>>>) = 5,
    /// Straight lines through points.
    #[cfg(feature = "alloc")]
    #[cfg_attr(feature = "scale", codec(index = 6))]
    Piecewise(Piecewise<Vec<Point>>) = 6,
    /// Instalments on a day of the month.
    #[cfg_attr(feature = "scale", codec(index = 7))]
    Calendar(Calendar) = 7,
    /// A power of the share of time that has passed.
    #[cfg_attr(feature = "scale", codec(index = 8))]
    Power(Power) = 8,
    /// An exponential of the share of time that has passed.
    #[cfg_attr(feature = "scale", codec(index = 9))]
    Exponential(Exponential) = 9,
}

impl SimpleSchedule {
    fn get(&self) -> &dyn Schedule {
        match self {
            Self::Cliff(schedule) => schedule,
            Self::Linear(schedule) => schedule,
            Self::Step(schedule) => schedule,
            Self::LumpLinear(schedule) => schedule,
            #[cfg(feature = "alloc")]
            Self::Tranches(schedule) => schedule,
            #[cfg(feature = "alloc")]
            Self::Graded(schedule) => schedule,
            #[cfg(feature = "alloc")]
            Self::Piecewise(schedule) => schedule,
            Self::Calendar(schedule) => schedule,
            Self::Power(schedule) => schedule,
            Self::Exponential(schedule) => schedule,
        }
    }
}

impl Schedule for SimpleSchedule {
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

impl From<Cliff> for SimpleSchedule {
    fn from(schedule: Cliff) -> Self {
        Self::Cliff(schedule)
    }
}

impl From<Linear> for SimpleSchedule {
    fn from(schedule: Linear) -> Self {
        Self::Linear(schedule)
    }
}

impl From<Step> for SimpleSchedule {
    fn from(schedule: Step) -> Self {
        Self::Step(schedule)
    }
}

impl From<LumpLinear> for SimpleSchedule {
    fn from(schedule: LumpLinear) -> Self {
        Self::LumpLinear(schedule)
    }
}

impl From<Calendar> for SimpleSchedule {
    fn from(schedule: Calendar) -> Self {
        Self::Calendar(schedule)
    }
}

impl From<Power> for SimpleSchedule {
    fn from(schedule: Power) -> Self {
        Self::Power(schedule)
    }
}

impl From<Exponential> for SimpleSchedule {
    fn from(schedule: Exponential) -> Self {
        Self::Exponential(schedule)
    }
}

#[cfg(feature = "alloc")]
impl From<Tranches<Vec<Point>>> for SimpleSchedule {
    fn from(schedule: Tranches<Vec<Point>>) -> Self {
        Self::Tranches(schedule)
    }
}

#[cfg(feature = "alloc")]
impl From<Graded<Vec<Point<Fraction>>>> for SimpleSchedule {
    fn from(schedule: Graded<Vec<Point<Fraction>>>) -> Self {
        Self::Graded(schedule)
    }
}

#[cfg(feature = "alloc")]
impl From<Piecewise<Vec<Point>>> for SimpleSchedule {
    fn from(schedule: Piecewise<Vec<Point>>) -> Self {
        Self::Piecewise(schedule)
    }
}
