//! Vesting before its time.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp};

use super::Grant;
use crate::{Error, Schedule};

impl<S: Schedule> Grant<S> {
    /// Vests `share` of the unvested at once and returns it; all of it for
    /// [`Fraction::ONE`]. It is what would have vested last: the rest vests as before, and
    /// is over sooner.
    ///
    /// Of a grant that is revoked at a date to come, it is a share of what vests by then; of one
    /// that is paused, of all that is still to vest.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Backdated`].
    pub fn accelerate(&mut self, now: Timestamp, share: Fraction) -> Result<Amount, Error> {
        self.check_clock(now)?;
        let hastened = self.unvested(now).mul_fraction(share, Rounding::Floor);
        self.state.accelerated = self.state.accelerated.checked_add(hastened)?;
        self.state.clock = now;
        Ok(hastened)
    }
}
