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

#[cfg(test)]
mod tests {
    use tokenomics_vesting::{Linear, Shift};

    use super::*;

    #[test]
    fn a_plan_tells_when_so_much_has_vested() {
        let (start, end) = (Timestamp::new(100), Timestamp::new(200));
        let line = VestingPlan::from(Linear::new(start, end, Amount::new(10)).unwrap());
        let at = |plan: &VestingPlan, amount| plan.time_of(Amount::new(amount));
        assert_eq!(at(&line, 3), Some(Timestamp::new(130)));
        assert_eq!(at(&line, 11), None);
        let later = Shift::later(line, tokenomics_fixed_math::Span::new(7)).unwrap();
        let later = VestingPlan::combined(AnySchedule::Shift(later));
        assert_eq!(at(&later, 3), Some(Timestamp::new(137)));
    }
}
