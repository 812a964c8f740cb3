//! What can go wrong, with the values and the range that was broken.

use tokenomics_fixed_math::{Amount, Timestamp};

/// A schedule that can't be, or a grant that can't do what was asked.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Error, Linear};
///
/// let (start, end) = (Timestamp::new(10), Timestamp::new(10));
/// assert_eq!(
///     Linear::new(start, end, Amount::new(1)),
///     Err(Error::NotAfter { start, end }),
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A schedule would end at or before its start.
    #[error("the end, {end}, is not after the start, {start}")]
    NotAfter {
        /// Where it would start.
        start: Timestamp,
        /// Where it would end.
        end: Timestamp,
    },
    /// A parameter is outside of its range.
    #[error("{what} is {value}, outside {min}..={max}")]
    OutOfRange {
        /// The parameter's name.
        what: &'static str,
        /// Its value.
        value: u128,
        /// The least allowed.
        min: u128,
        /// The largest allowed.
        max: u128,
    },
    /// What would happen earlier than what has happened already.
    #[error("{at} is dated back: the earliest that can still be is {earliest}")]
    Backdated {
        /// The date.
        at: Timestamp,
        /// The earliest that is allowed.
        earliest: Timestamp,
    },
    /// The grant was revoked before. A revocation can be brought forward, and nothing else.
    #[error("the grant was revoked already, at {at}")]
    AlreadyRevoked {
        /// When.
        at: Timestamp,
    },
    /// The grant is paused.
    #[error("the grant is paused since {since}")]
    Paused {
        /// Since when.
        since: Timestamp,
    },
    /// The grant is not paused, so it can't be resumed.
    #[error("the grant is not paused")]
    NotPaused,
    /// A schedule that can't have another total: what has vested of it could fall.
    #[error("{what} can't have another total")]
    NotResizable {
        /// What it is.
        what: &'static str,
    },
    /// A list that must be in order isn't.
    #[error("the one at index {index} is out of order")]
    Unordered {
        /// The index of the first that comes too soon.
        index: usize,
    },
    /// A gate takes no more prices.
    #[error("the gate has expired at {at}")]
    Expired {
        /// When.
        at: Timestamp,
    },
    /// A schedule that is no sum of jumps and lines, which an aggregate needs.
    #[error("the schedule is no sum of jumps and lines")]
    NotInPieces,
    /// What would be taken out of an aggregate isn't in it.
    #[error("nothing that was added changes at {at}")]
    NotAdded {
        /// Where the schedule changes its pace.
        at: Timestamp,
    },
    /// Other schedules than those that an aggregate was made of.
    #[error(
        "schedules of {total} are not the ones of {added} that were added, by what vests at {at}"
    )]
    NotThese {
        /// What those given sum to.
        total: Amount,
        /// What those added sum to.
        added: Amount,
        /// When they were compared.
        at: Timestamp,
    },
    /// There is no room for another time.
    #[error("there is room for {capacity} times, and no more")]
    Full {
        /// For how many there is.
        capacity: usize,
    },
    /// A time or an amount that doesn't fit its type.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
}
