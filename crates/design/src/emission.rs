//! A stream of new tokens, on its own clock.

use std::fmt::Debug;
use std::sync::Arc;

use tokenomics_emission_curves::Curve;
use tokenomics_fixed_math::{Amount, Span, Timestamp};

use super::{Destination, Stakeholder};
use crate::calendar;

/// A stream of new tokens.
#[derive(Debug, Clone)]
pub struct Emission {
    /// Its name, unique in the design.
    pub name: String,
    /// For whom it is.
    pub stakeholder: Stakeholder,
    /// Where it goes.
    pub to: Destination,
    /// When its clock starts.
    pub start: Timestamp,
    /// Seconds to one unit of its clock: 1, or the time between blocks.
    pub tick: u64,
    /// The curve, over a clock that is 0 at `start`.
    pub curve: AnyCurve,
    /// Whether it mints for ever, even if less and less.
    pub never_ends: bool,
    /// Where one that mints without limit is counted to: the end of the run.
    pub counted_until: Option<Timestamp>,
}

impl Emission {
    /// All that it will ever mint; of one without an end, what it mints in the run.
    #[must_use]
    pub fn cap(&self) -> Amount {
        match self.counted_until {
            Some(until) => self.emitted_at(until),
            None => self.curve.cap(),
        }
    }

    /// What it has minted by `at`.
    #[must_use]
    pub fn emitted_at(&self, at: Timestamp) -> Amount {
        let at = self.counted_until.map_or(at, |until| at.min(until));
        let Some(elapsed) = at.since(self.start) else {
            return Amount::ZERO;
        };
        self.curve
            .emitted_at(Timestamp::new(elapsed.get() / self.tick))
    }

    /// What it mints from one point to another.
    #[must_use]
    pub fn emitted_between(&self, from: Timestamp, to: Timestamp) -> Amount {
        self.emitted_at(to)
            .checked_sub(self.emitted_at(from))
            .unwrap_or(Amount::ZERO)
    }

    /// Whether there is no limit to what it mints.
    #[must_use]
    pub const fn is_endless(&self) -> bool {
        self.counted_until.is_some()
    }

    /// When the last unit is minted; the end of the run if there is no last one, and that of the
    /// calendar if the last comes later.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        if let Some(until) = self.counted_until {
            return until;
        }
        let ticks = self.curve.end().get();
        let seconds = ticks.checked_mul(self.tick).map(Span::new);
        let end = seconds.and_then(|span| self.start.checked_add(span).ok());
        end.unwrap_or(calendar::LAST).min(calendar::LAST)
    }
}

/// A curve of any kind.
#[derive(Debug, Clone)]
pub struct AnyCurve(Arc<dyn Shared>);

/// What a run needs of a curve besides its answers.
trait Shared: Curve + Debug + Send + Sync {}

impl<C: Curve + Debug + Send + Sync> Shared for C {}

impl AnyCurve {
    /// A curve, whose kind is forgotten.
    pub fn new(curve: impl Curve + Debug + Send + Sync + 'static) -> Self {
        Self(Arc::new(curve))
    }
}

impl Curve for AnyCurve {
    fn cap(&self) -> Amount {
        self.0.cap()
    }

    fn start(&self) -> Timestamp {
        self.0.start()
    }

    fn end(&self) -> Timestamp {
        self.0.end()
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        self.0.emitted_at(at)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        self.0.time_of(amount)
    }

    fn rate_at(&self, at: Timestamp) -> Amount {
        self.0.rate_at(at)
    }
}
