//! A funded schedule: what was claimed of it, and what was taken back.

use tokenomics_fixed_math::{Amount, Timestamp};

#[cfg(feature = "serde")]
use crate::codec;
use crate::schedule::difference;
use crate::{Error, Schedule};

/// A schedule funded in full, from which one party claims what has vested and which another may
/// revoke once.
///
/// The state is two things: what was claimed, and when it was revoked, if it was. All else follows
/// from them and the schedule, where r is the time of the revocation:
///
/// | part | is |
/// | --- | --- |
/// | earned(now) | max(claimed, vested_at(min(now, r))) |
/// | kept | max(claimed, vested_at(r)); the total while not revoked |
/// | claimable(now) | earned(now) − claimed |
/// | unvested(now) | kept − earned(now) |
/// | clawed_back | funded − kept |
///
/// The maximum is there for a clock that runs backwards: what was claimed stays claimed, and
/// nothing more can be claimed until the clock has come to where that much has vested.
///
/// # Laws
/// - `conservation`: claimed + claimable + unvested + clawed_back = funded, at any time, after any
///   sequence of calls, with any clock.
/// - `claim_pattern`: when, how often and in what parts one claims doesn't change the sum: claiming
///   all brings what was claimed to what has vested by then, by the revocation at most.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Grant, Linear};
///
/// let schedule = Linear::new(Timestamp::new(0), Timestamp::new(100), Amount::new(1_000))?;
/// let mut grant = Grant::new(schedule);
/// assert_eq!(grant.claim(Timestamp::new(25))?, Amount::new(250));
///
/// // 600 had vested by the revocation and stay with the grantee, claimed or not.
/// assert_eq!(grant.revoke(Timestamp::new(60))?, Amount::new(400));
/// assert_eq!(grant.claim(Timestamp::new(90))?, Amount::new(350));
/// assert_eq!(grant.claimed(), Amount::new(600));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "codec::RawGrant<S>",
        into = "codec::RawGrant<S>",
        bound(
            serialize = "S: Schedule + Clone + serde::Serialize",
            deserialize = "S: Schedule + serde::Deserialize<'de>"
        )
    )
)]
pub struct Grant<S> {
    schedule: S,
    // At most the schedule's total.
    claimed: Amount,
    revoked_at: Option<Timestamp>,
}

impl<S: Schedule> Grant<S> {
    /// A grant of the schedule's total, of which nothing was claimed.
    #[must_use]
    pub const fn new(schedule: S) -> Self {
        Self {
            schedule,
            claimed: Amount::ZERO,
            revoked_at: None,
        }
    }

    /// A grant in a state that was kept elsewhere: what [`schedule`](Self::schedule),
    /// [`claimed`](Self::claimed) and [`revoked_at`](Self::revoked_at) said.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more claimed than the total.
    pub fn resume(
        schedule: S,
        claimed: Amount,
        revoked_at: Option<Timestamp>,
    ) -> Result<Self, Error> {
        let total = schedule.total();
        if claimed > total {
            return Err(Error::OutOfRange {
                what: "what was claimed",
                value: claimed.get(),
                min: 0,
                max: total.get(),
            });
        }
        Ok(Self {
            schedule,
            claimed,
            revoked_at,
        })
    }

    /// The schedule.
    #[must_use]
    pub const fn schedule(&self) -> &S {
        &self.schedule
    }

    /// All that was put in: the schedule's total.
    #[must_use]
    pub fn funded(&self) -> Amount {
        self.schedule.total()
    }

    /// What was claimed so far.
    #[must_use]
    pub const fn claimed(&self) -> Amount {
        self.claimed
    }

    /// What the revocation returned; zero while not revoked.
    #[must_use]
    pub fn clawed_back(&self) -> Amount {
        difference(self.funded(), self.kept())
    }

    /// When it was revoked, if it was.
    #[must_use]
    pub const fn revoked_at(&self) -> Option<Timestamp> {
        self.revoked_at
    }

    /// Whether it was revoked.
    #[must_use]
    pub const fn is_revoked(&self) -> bool {
        self.revoked_at.is_some()
    }

    /// What can be claimed now. Zero while the clock stands before the time at which what was
    /// claimed has vested.
    ///
    /// # Rounding
    /// Floor, as [`Schedule::vested_at`].
    #[must_use]
    pub fn claimable(&self, now: Timestamp) -> Amount {
        difference(self.earned(now), self.claimed)
    }

    /// What is still to vest: of a revoked grant nothing, unless the clock stands before the
    /// revocation.
    ///
    /// # Rounding
    /// Ceil: all that has not vested.
    #[must_use]
    pub fn unvested(&self, now: Timestamp) -> Amount {
        difference(self.kept(), self.earned(now))
    }

    /// Claims all that is claimable and returns it; zero when there is nothing.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// None of this crate's schedules can make it fail.
    pub fn claim(&mut self, now: Timestamp) -> Result<Amount, Error> {
        self.claim_up_to(now, Amount::MAX)
    }

    /// Claims what is claimable, `max` at most, and returns it.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// None of this crate's schedules can make it fail.
    pub fn claim_up_to(&mut self, now: Timestamp, max: Amount) -> Result<Amount, Error> {
        let paid = self.claimable(now).min(max);
        self.claimed = self.claimed.checked_add(paid)?;
        Ok(paid)
    }

    /// Ends the vesting at `now` and returns what had not vested. What had vested stays claimable.
    ///
    /// `now` is the host's clock. Dated ahead of it, a revocation returns at once what would vest
    /// later than that date, and vesting goes on until then. Dated back, it takes what vested since
    /// but was not claimed; what was claimed it can't touch.
    ///
    /// # Rounding
    /// Ceil: the unvested is all that has not vested in full.
    ///
    /// # Errors
    /// [`Error::AlreadyRevoked`].
    pub fn revoke(&mut self, now: Timestamp) -> Result<Amount, Error> {
        if let Some(at) = self.revoked_at {
            return Err(Error::AlreadyRevoked { at });
        }
        self.revoked_at = Some(now);
        Ok(self.clawed_back())
    }

    /// What is the grantee's by `now`, claimed or not.
    fn earned(&self, now: Timestamp) -> Amount {
        let until = self.revoked_at.map_or(now, |revoked| revoked.min(now));
        self.schedule.vested_at(until).max(self.claimed)
    }

    /// What is the grantee's in the end.
    fn kept(&self) -> Amount {
        // Claims can't raise it: they end at what had vested by the revocation.
        match self.revoked_at {
            None => self.funded(),
            Some(revoked) => self.earned(revoked),
        }
    }
}
