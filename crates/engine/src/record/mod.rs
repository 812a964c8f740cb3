//! The record of a run: what is read off the engine on its way, each part at instants of its own.
//!
//! The engine can be read at any instant without changing anything, so months are read at the ends of
//! months, days at the ends of days and charts at evenly spaced instants, whatever the distance of the
//! series' rows is. What happens at instants of its own is written to a log. Figures, tables and charts
//! read the record and nothing else.

mod accrual;
mod curve;
mod days;
mod log;
mod months;
mod series;
mod silence;
mod years;

use tokenomics_fixed_math::Timestamp;

pub use curve::{Curve, Point};
pub use days::Unlock;
pub use log::{Event, EventKind, Log, Part, Progress, Shortfall, Unpaid};
pub use months::Month;
pub use silence::Silence;
pub use years::Year;

pub(crate) use accrual::{per_token, sum_of};
pub(crate) use curve::Sampler;
pub(crate) use days::Days;
pub(crate) use months::Months;
pub(crate) use series::Series;
pub(crate) use years::Years;

use crate::{Cause, Row};

/// A part of the record that is read at instants of its own.
pub(crate) trait Reader {
    /// Returns the next instant at which it wants to see the state, later than the last.
    fn next(&self) -> Option<Timestamp>;

    /// Reads the state at the instant that it asked for.
    fn read(&mut self, row: &Row) -> Result<(), Cause>;
}
