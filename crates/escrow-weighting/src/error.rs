//! The errors of an escrow, with the values and the range that was broken.

use tokenomics_fixed_math::{Amount, Span, Timestamp};

/// A lock or a change that the terms, the clock or the escrow's own totals don't allow.
///
/// ```
/// use tokenomics_escrow_weighting::{Error, Terms};
/// use tokenomics_fixed_math::Span;
///
/// let (max, granule) = (Span::new(10), Span::new(11));
/// assert_eq!(Terms::new(max, granule), Err(Error::Terms { max, granule }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A granule that is zero or longer than the longest lock.
    #[error("a granule of {granule} is outside 1..={max}, the longest lock")]
    Terms {
        /// The longest lock.
        max: Span,
        /// The granule.
        granule: Span,
    },
    /// A lock of nothing, or a change by nothing.
    #[error("an amount of zero")]
    ZeroAmount,
    /// An end between two granules.
    #[error("end {end} is not a multiple of the granule, {granule}")]
    OffGranule {
        /// The end.
        end: Timestamp,
        /// The granule.
        granule: Span,
    },
    /// An end that is not after `after`, or later than the longest lock reaches.
    #[error("end {end} is not after {after} and at most {until}")]
    EndOutOfRange {
        /// The end.
        end: Timestamp,
        /// The time it must be after: now, or the end that was to be extended.
        after: Timestamp,
        /// The latest end allowed.
        until: Timestamp,
    },
    /// A change to a lock that has ended.
    #[error("the lock ended at {end}, and it is {now}")]
    Ended {
        /// The lock's end.
        end: Timestamp,
        /// The time of the call.
        now: Timestamp,
    },
    /// A withdrawal before the end.
    #[error("the lock ends at {end}, and it is only {now}")]
    NotEnded {
        /// The lock's end.
        end: Timestamp,
        /// The time of the call.
        now: Timestamp,
    },
    /// A lock that the escrow can't have issued, or that was withdrawn already.
    #[error("a lock of {amount} until {end}, where {held} are held until then")]
    NotHeld {
        /// The amount of the lock.
        amount: Amount,
        /// The lock's end.
        end: Timestamp,
        /// The whole amount that is held with this end.
        held: Amount,
    },
    /// A merge of locks with different ends, which would change a weight.
    #[error("locks that end at {left} and {right} can't merge: extend the earlier one first")]
    EndsDiffer {
        /// The end of the one lock.
        left: Timestamp,
        /// The end of the other.
        right: Timestamp,
    },
    /// A part that leaves one of the two sides of a split with nothing.
    #[error("a part of {part} is not between 0 and the whole, {whole}, both excluded")]
    Part {
        /// The part to split off.
        part: Amount,
        /// The lock's amount.
        whole: Amount,
    },
    /// A clock that runs backwards.
    #[error("it is {now}, before the last change at {last}")]
    Clock {
        /// The time of the call.
        now: Timestamp,
        /// The time of the last change.
        last: Timestamp,
    },
    /// A stored escrow whose sums no sequence of changes leads to.
    #[error("the stored sums about {at} don't belong together")]
    Stored {
        /// The time or the end at which they don't belong together.
        at: Timestamp,
    },
    /// Arithmetic without a representable result.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
}
