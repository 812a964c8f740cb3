//! The acceleration of a grant: vesting before its time.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp};

use super::Grant;
use crate::{Error, Schedule};

impl<S: Schedule> Grant<S> {
    /// Vests `share` of the unvested at once, all of it for [`Fraction::ONE`], and returns it.
    ///
    /// It is what would have vested last: the rest vests as before, and is over sooner.
    ///
    /// Of a grant that is revoked at a date to come, it is a share of what vests by then; of one
    /// that is paused, of all that is still to vest.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a `now` before the last transition or claim.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// use tokenomics_vesting::{Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// // Half of the 800 that are left vests at once, and the other half is over by 60.
    /// assert_eq!(grant.accelerate(at(20), fraction!("0.5"))?, Amount::new(400));
    /// assert_eq!(grant.claim(at(20))?, Amount::new(600));
    /// assert_eq!(grant.unvested_at(at(60)), Amount::ZERO);
    ///
    /// assert!(grant.accelerate(at(19), fraction!("0.5")).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn accelerate(&mut self, now: Timestamp, share: Fraction) -> Result<Amount, Error> {
        self.check_clock(now)?;
        let hastened = self.unvested_at(now).mul_fraction(share, Rounding::Floor);
        self.state.accelerated = self.state.accelerated.checked_add(hastened)?;
        self.state.clock = now;
        Ok(hastened)
    }
}
