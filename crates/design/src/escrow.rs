//! Plans of locks for votes: shares, lengths and weights.

use tokenomics_escrow_weighting::{Error, Growth, LockKind, Terms};
use tokenomics_fixed_math::{Fraction, Span, Timestamp, Wad};

use crate::calendar::Period;
use crate::Stakeholder;

/// The plan of what holders keep locked for votes.
#[derive(Debug, Clone)]
pub struct EscrowPlan {
    /// The longest lock, the grid of lock ends and the largest multiplier.
    pub terms: Terms,
    /// The programmes under which holders lock, in the order of the file; never empty, and their shares
    /// sum to at most 1.
    pub programmes: Vec<LockProgramme>,
}

/// A kind of lock, and the part of the supply that holders keep in it.
#[derive(Debug, Clone)]
pub struct LockProgramme {
    /// Its name, unique among the programmes.
    pub name: String,
    /// The share of the circulating supply that holders keep locked in it.
    pub share: Fraction,
    /// The weight of its locks, and the length for which they are made.
    pub weight: LockWeight,
    /// True where lockers extend to the full duration when they re-lock; else they let their locks run down.
    pub renew: bool,
    /// The length of time after which holders re-lock.
    pub every: Period,
    /// The first time at which holders lock.
    pub start: Timestamp,
}

/// A recipient to whom votes direct what is minted.
#[derive(Debug, Clone)]
pub struct Gauge {
    /// Its name, unique among the gauges.
    pub name: String,
    /// The stakeholder who gets what it gets.
    pub stakeholder: Stakeholder,
    /// The share that it has of the votes under each programme of the escrow, in their order.
    pub votes: Vec<Fraction>,
}

/// The weight of the locks of a programme, and the length for which they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockWeight {
    /// The multiplier times the time left over the longest lock.
    Decaying {
        /// The multiplier.
        multiplier: Wad,
        /// For how long a lock is made.
        duration: Span,
    },
    /// The same until the end.
    Constant {
        /// The multiplier.
        multiplier: Wad,
        /// For how long a lock is made.
        duration: Span,
    },
    /// The same for good: such a lock never opens.
    Permanent {
        /// The multiplier.
        multiplier: Wad,
    },
    /// More with the age of the lock.
    Growing {
        /// The multiplier at first.
        from: Wad,
        /// The multiplier once it is full.
        to: Wad,
        /// For how long it grows.
        over: Span,
        /// For how long a lock is made; `None` for one that never opens.
        duration: Option<Span>,
    },
}

impl LockWeight {
    /// Returns for how long a lock is made; `None` for one that never opens.
    #[must_use]
    pub const fn duration(self) -> Option<Span> {
        match self {
            Self::Decaying { duration, .. } | Self::Constant { duration, .. } => Some(duration),
            Self::Permanent { .. } => None,
            Self::Growing { duration, .. } => duration,
        }
    }

    /// Returns its kind, as a design file writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decaying { .. } => "decaying",
            Self::Constant { .. } => "constant",
            Self::Permanent { .. } => "permanent",
            Self::Growing { .. } => "growing",
        }
    }

    /// Returns the largest multiplier that a lock ever has.
    #[must_use]
    pub const fn largest(self) -> Wad {
        match self {
            Self::Decaying { multiplier, .. }
            | Self::Constant { multiplier, .. }
            | Self::Permanent { multiplier } => multiplier,
            Self::Growing { to, .. } => to,
        }
    }

    /// Returns the longest time that it speaks of.
    #[cfg(feature = "text")]
    pub(crate) fn longest(self) -> Span {
        let duration = self.duration().unwrap_or(Span::ZERO);
        match self {
            Self::Growing { over, .. } => duration.max(over),
            _ => duration,
        }
    }
}

impl LockProgramme {
    /// Returns when a lock made at a time ends; `None` for one that never opens.
    ///
    /// # Errors
    /// As [`Terms::end_for`].
    pub fn end_for(&self, terms: Terms, at: Timestamp) -> Result<Option<Timestamp>, Error> {
        let duration = self.weight.duration();
        duration
            .map(|duration| terms.end_for(at, duration))
            .transpose()
    }

    /// Returns the kind of a lock made at a time.
    ///
    /// # Errors
    /// As [`Terms::end_for`], and as the kind's constructor among [`Terms`]'.
    pub fn kind_for(&self, terms: Terms, at: Timestamp) -> Result<LockKind, Error> {
        match self.weight {
            LockWeight::Decaying {
                multiplier,
                duration,
            } => terms.decaying(multiplier, terms.end_for(at, duration)?),
            LockWeight::Constant {
                multiplier,
                duration,
            } => terms.constant(multiplier, terms.end_for(at, duration)?),
            LockWeight::Permanent { multiplier } => terms.permanent(multiplier),
            LockWeight::Growing { from, to, over, .. } => terms.growing(Growth {
                from,
                to,
                since: at,
                over,
                end: self.end_for(terms, at)?,
            }),
        }
    }

    /// Returns the most locks with ends or ages of their own that there are at once.
    #[cfg(feature = "text")]
    pub(crate) fn locks_at_once(&self, granule: Span) -> u64 {
        let rounds_in = |length: Span| {
            let last = self
                .start
                .checked_add(length)
                .unwrap_or(crate::calendar::LAST);
            self.every.count_between(self.start, last)
        };
        let locks = match (self.weight, self.renew) {
            // Each is of its own age, and those that are full are one.
            (LockWeight::Growing { over, duration, .. }, renew) => {
                rounds_in(duration.filter(|_| !renew).unwrap_or(over))
            }
            (LockWeight::Permanent { .. }, _) | (_, true) => 0,
            (
                LockWeight::Decaying { duration, .. } | LockWeight::Constant { duration, .. },
                false,
            ) => rounds_in(duration).min(duration.get() / granule.get()),
        };
        locks.saturating_add(1)
    }
}
