//! A schedule made of any others.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{AnySchedule, Schedule, SimpleSchedule};

/// A schedule as a design file has it: of any kind, and combined as often as it says.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum VestingPlan {
    /// One that is made of no other.
    Simple(SimpleSchedule),
    /// One that is.
    Combined(Box<AnySchedule<VestingPlan>>),
}

impl VestingPlan {
    /// A combination of plans.
    #[must_use]
    pub fn combined(schedule: AnySchedule<Self>) -> Self {
        Self::Combined(Box::new(schedule))
    }

    fn get(&self) -> &dyn Schedule {
        match self {
            Self::Simple(schedule) => schedule,
            Self::Combined(schedule) => schedule.as_ref(),
        }
    }
}

impl<T: Into<SimpleSchedule>> From<T> for VestingPlan {
    fn from(schedule: T) -> Self {
        Self::Simple(schedule.into())
    }
}

impl Schedule for VestingPlan {
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
