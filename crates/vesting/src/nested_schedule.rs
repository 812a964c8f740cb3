//! A schedule made of any others.

use alloc::boxed::Box;

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{AnySchedule, MaybePieces, Pieces, Schedule, SimpleSchedule};

/// A schedule of any kind, combined as often as one likes: an owned tree of schedules, as files and
/// tools have them.
///
/// It isn't read from bytes, so that no input decides how deep it is; an [`AnySchedule`] is, whose
/// type does. Evaluating, cloning, comparing and dropping one descend its levels on the stack, so
/// whoever makes one of what others give must limit them: 1,000 levels are sound on a thread's usual
/// 2 MiB.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
/// use tokenomics_vesting::{AnySchedule, Gate, Linear, NestedSchedule, Schedule, Shift};
///
/// let at = Timestamp::new;
/// let line = NestedSchedule::from(Linear::new(at(0), at(100), Amount::new(1_000))?);
/// let gated = NestedSchedule::from(AnySchedule::Gate(Gate::new(line, at(25))));
/// let later = Shift::later(gated, Span::new(10))?;
/// let later = NestedSchedule::from(AnySchedule::Shift(later));
/// assert_eq!(later.vested_at(at(34)), Amount::ZERO);
/// assert_eq!(later.vested_at(at(35)), Amount::new(250));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NestedSchedule {
    /// A schedule that is made of no other.
    Simple(SimpleSchedule),
    /// A combination of schedules.
    Combined(Box<AnySchedule<NestedSchedule>>),
}

impl NestedSchedule {
    fn get(&self) -> &dyn Schedule {
        match self {
            Self::Simple(schedule) => schedule,
            Self::Combined(schedule) => schedule.as_ref(),
        }
    }
}

impl Schedule for NestedSchedule {
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

impl MaybePieces for NestedSchedule {
    fn visit_pieces(&self, then: &mut dyn FnMut(&dyn Pieces)) {
        match self {
            Self::Simple(schedule) => schedule.visit_pieces(then),
            Self::Combined(schedule) => schedule.visit_pieces(then),
        }
    }
}

impl<T: Into<SimpleSchedule>> From<T> for NestedSchedule {
    fn from(schedule: T) -> Self {
        Self::Simple(schedule.into())
    }
}

impl From<AnySchedule<Self>> for NestedSchedule {
    fn from(schedule: AnySchedule<Self>) -> Self {
        Self::Combined(Box::new(schedule))
    }
}
