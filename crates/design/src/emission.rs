//! A stream of new tokens, on its own clock.

use tokenomics_emission_curves::{AnyCurve, Curve as _};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

use super::{Destination, Followed, Stage, Stakeholder};
use crate::calendar::{self, Period};

/// A stream of new tokens.
#[derive(Debug, Clone)]
pub struct Emission {
    /// Its name, unique in the design.
    pub name: String,
    /// For whom it is.
    pub stakeholder: Stakeholder,
    /// The destination of what it mints; where gauges get it, of what was minted in an epoch before which none had votes.
    pub to: Destination,
    /// The length of the epochs after which gauges get what was minted; `None` where they don't.
    pub gauges: Option<Period>,
    /// The start of its clock.
    pub start: Timestamp,
    /// Seconds to one unit of its clock: 1, or the time between blocks.
    pub tick: u64,
    /// The rule that it mints by, over a clock that is 0 at `start`.
    pub source: Source,
    /// True where it mints for ever, even if less and less.
    pub never_ends: bool,
    /// The most that it may ever mint; `None` where there is no limit to it by rule.
    pub max: Option<Amount>,
}

/// The rule that an emission mints by.
#[derive(Debug, Clone)]
pub enum Source {
    /// A closed form of time.
    Curve(AnyCurve),
    /// A controller that follows a signal.
    Followed(Followed),
    /// One source after the other, of which a run can't know all beforehand.
    Phases(Phases),
}

/// Sources that take over from each other.
#[derive(Debug, Clone)]
pub struct Phases {
    /// From when on, on the emission's clock, each of them mints, and that from nothing: in the order
    /// of time, and never empty.
    pub stages: Vec<Stage<Source>>,
    /// The amount after which nothing more is minted.
    pub cap: Option<Amount>,
}

impl Emission {
    /// Returns whether what it mints circulates at once.
    #[must_use]
    pub fn streams(&self) -> bool {
        self.gauges.is_none() && self.to == Destination::Circulating
    }

    /// Returns what its clock shows at a time; `None` before its start.
    #[must_use]
    pub fn clock_at(&self, at: Timestamp) -> Option<u64> {
        Some(at.since(self.start)?.get() / self.tick)
    }

    /// Returns when its clock first shows so much; `None` where that is beyond the end of time.
    #[must_use]
    pub fn time_of(&self, clock: u64) -> Option<Timestamp> {
        let seconds = clock.checked_mul(self.tick).map(Span::new)?;
        self.start.checked_add(seconds).ok()
    }

    /// Returns what a curve has minted by a time; `None` for what is no closed form of it, which only
    /// a run can tell.
    #[must_use]
    pub fn emitted_at(&self, at: Timestamp) -> Option<Amount> {
        let Source::Curve(curve) = &self.source else {
            return None;
        };
        let clock = self.clock_at(at);
        Some(clock.map_or(Amount::ZERO, |clock| {
            curve.emitted_at(Timestamp::new(clock))
        }))
    }

    /// Returns whether it depends on a signal, so that a maximum is no more than that.
    #[must_use]
    pub const fn is_followed(&self) -> bool {
        !matches!(self.source, Source::Curve(_))
    }

    /// Returns whether there is no limit to what it mints.
    #[must_use]
    pub const fn is_endless(&self) -> bool {
        self.max.is_none()
    }

    /// Returns when the last unit is minted, or what follows something ends; the end of the calendar
    /// if there is no last one, or it comes later.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        let end = self.source.end().and_then(|clock| self.time_of(clock));
        end.unwrap_or(calendar::LAST).min(calendar::LAST)
    }
}

impl Source {
    /// Returns when, on the emission's clock, it ends; `None` if it is given none.
    fn end(&self) -> Option<u64> {
        match self {
            Self::Curve(curve) => Some(curve.end().get()),
            Self::Followed(followed) => followed.end,
            Self::Phases(phases) => phases.stages.last().and_then(|last| last.value.end()),
        }
    }
}
