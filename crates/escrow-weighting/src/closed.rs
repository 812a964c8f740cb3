//! Points in time at which nothing can change any more.

use tokenomics_fixed_math::Timestamp;

use crate::Error;

/// A point in time that is over: nothing can change at it any more, so what weighs then is final.
///
/// A vote counts weights at one, and so never those that were locked in the same instant, or after it
/// opened: a lock made and voted with and undone at once weighs nothing in it.
///
/// ```
/// use tokenomics_escrow_weighting::{Closed, Error};
/// use tokenomics_fixed_math::Timestamp;
///
/// let (opened, now) = (Timestamp::new(100), Timestamp::new(101));
/// assert_eq!(Closed::before(opened, now)?.get(), opened);
/// assert_eq!(Closed::before(now, now), Err(Error::NotClosed { at: now, now }));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// ERC-6372 and OpenZeppelin Votes, whose `getPastVotes` refuses a time that isn't past. Beanstalk
/// (2022) read its votes within the transaction that bought them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Closed(Timestamp);

impl Closed {
    /// Checks that a time is strictly before `now`, the host's clock.
    ///
    /// # Errors
    /// [`Error::NotClosed`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Closed;
    /// # use tokenomics_fixed_math::Timestamp;
    /// assert!(Closed::before(Timestamp::new(7), Timestamp::new(8)).is_ok());
    /// assert!(Closed::before(Timestamp::new(9), Timestamp::new(8)).is_err());
    /// ```
    pub const fn before(at: Timestamp, now: Timestamp) -> Result<Self, Error> {
        if at.get() < now.get() {
            Ok(Self(at))
        } else {
            Err(Error::NotClosed { at, now })
        }
    }

    /// Returns the time.
    #[must_use]
    pub const fn get(self) -> Timestamp {
        self.0
    }

    /// Returns a stored time that was found to be over when it was made, as it still is. The clock's last
    /// instant never is.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    const fn stored(at: Timestamp) -> Result<Self, Error> {
        Self::before(at, Timestamp::MAX)
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    const fn at(&self) -> Timestamp {
        self.0
    }
}

tokenomics_internals::checked_codec! {
    Closed::stored as RawClosed {
        at: Timestamp = Closed::at,
    }
}
