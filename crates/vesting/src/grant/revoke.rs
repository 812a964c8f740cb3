//! The revocation of a grant: the end of vesting before its time.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Grant;
use crate::{Error, Schedule};

impl<S: Schedule> Grant<S> {
    /// Returns the date of the revocation, past or to come, or `None` if there was none.
    #[must_use]
    pub const fn revoked_at(&self) -> Option<Timestamp> {
        self.state.revoked_at
    }

    /// Returns whether the grant was revoked, even if the date is still to come.
    #[must_use]
    pub const fn is_revoked(&self) -> bool {
        self.state.revoked_at.is_some()
    }

    /// Ends the vesting at `now` and returns what had not vested, which goes back to the funder.
    /// What had vested stays claimable.
    ///
    /// # Rounding
    /// Ceil: the unvested is all that has not vested in full.
    ///
    /// # Errors
    /// Those of [`revoke_at`](Self::revoke_at).
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// assert_eq!(grant.revoke(at(30))?, Amount::new(700));
    /// assert_eq!(grant.claim(at(99))?, Amount::new(300));
    /// assert_eq!(grant.revoke(at(99)), Err(Error::AlreadyRevoked { at: at(30) }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    ///
    /// # Source
    /// Sablier Lockup `cancel`, cw-vesting `Cancel`.
    pub fn revoke(&mut self, now: Timestamp) -> Result<Amount, Error> {
        self.revoke_at(now, now)
    }

    /// Ends the vesting at `at`, which is `now` or later, and returns at once what will not have
    /// vested by then. Vesting goes on until that date, and no further.
    ///
    /// A revocation can be brought forward by another, never put off. It takes what vests by its
    /// date as things stand when it is made: what a later pause delays, still vests, later.
    ///
    /// # Rounding
    /// Ceil: the unvested is all that has not vested in full.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a date before `now`, or a `now` before the last transition or
    /// claim; [`Error::AlreadyRevoked`] unless `at` is before the earlier revocation's date.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// // At 30, notice is given for 60: what vests until then stays with the holder.
    /// assert_eq!(grant.revoke_at(at(30), at(60))?, Amount::new(400));
    /// assert_eq!(grant.claimable_at(at(60)), Amount::new(600));
    ///
    /// // The date is brought forward to 50, and can't be put off.
    /// assert_eq!(grant.revoke_at(at(40), at(50))?, Amount::new(100));
    /// let later = grant.revoke_at(at(40), at(70));
    /// assert_eq!(later, Err(Error::AlreadyRevoked { at: at(50) }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    ///
    /// # Source
    /// Hedgey `futureRevokePlans`.
    pub fn revoke_at(&mut self, now: Timestamp, at: Timestamp) -> Result<Amount, Error> {
        self.check_clock(now)?;
        if at < now {
            return Err(Error::Backdated { at, last: now });
        }
        if let Some(before) = self.state.revoked_at.filter(|&before| before <= at) {
            return Err(Error::AlreadyRevoked { at: before });
        }
        let returned = self.unvested_at(at);
        self.state.clawed_back = self.state.clawed_back.checked_add(returned)?;
        self.state.revoked_at = Some(at);
        self.state.clock = now;
        Ok(returned)
    }
}
