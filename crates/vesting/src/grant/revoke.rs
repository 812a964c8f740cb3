//! The end of vesting before its time.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Grant;
use crate::{Error, Schedule};

impl<S: Schedule> Grant<S> {
    /// When it was or will be revoked, if it was.
    #[must_use]
    pub const fn revoked_at(&self) -> Option<Timestamp> {
        self.state.revoked_at
    }

    /// Whether it was revoked, be the date to come.
    #[must_use]
    pub const fn is_revoked(&self) -> bool {
        self.state.revoked_at.is_some()
    }

    /// Ends the vesting at `now` and returns what had not vested. What had vested stays claimable.
    ///
    /// # Rounding
    /// Ceil: the unvested is all that has not vested in full.
    ///
    /// # Errors
    /// Those of [`revoke_at`](Self::revoke_at).
    ///
    /// # Source
    /// Sablier Lockup `cancel`, cw-vesting `Cancel`.
    pub fn revoke(&mut self, now: Timestamp) -> Result<Amount, Error> {
        self.revoke_at(now, now)
    }

    /// Ends the vesting at `at`, now or later, and returns at once what will not have vested by
    /// then. Vesting goes on until that date, and no further.
    ///
    /// A revocation can be brought forward by another, never put off. It takes what vests by its
    /// date as things stand when it is made: what a later pause delays, still vests, later.
    ///
    /// # Rounding
    /// Ceil: the unvested is all that has not vested in full.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a date before `now`, or a `now` before the last transition;
    /// [`Error::AlreadyRevoked`] unless `at` is before the earlier revocation's date.
    ///
    /// # Source
    /// Hedgey `futureRevokePlans`.
    pub fn revoke_at(&mut self, now: Timestamp, at: Timestamp) -> Result<Amount, Error> {
        self.check_clock(now)?;
        if at < now {
            return Err(Error::Backdated { at, earliest: now });
        }
        if let Some(before) = self.state.revoked_at.filter(|&before| before <= at) {
            return Err(Error::AlreadyRevoked { at: before });
        }
        let returned = self.unvested(at);
        self.state.clawed_back = self.state.clawed_back.checked_add(returned)?;
        self.state.revoked_at = Some(at);
        self.state.clock = now;
        Ok(returned)
    }
}
