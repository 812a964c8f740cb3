//! The pause of a grant: a halt that delays all that comes after it.

use tokenomics_fixed_math::{Span, Timestamp};

use super::Grant;
use crate::{Error, Schedule};

impl<S: Schedule> Grant<S> {
    /// Returns the time since which the grant is paused, or `None` if it is not.
    #[must_use]
    pub const fn paused_at(&self) -> Option<Timestamp> {
        self.state.paused_at
    }

    /// Halts the vesting at `now`. What has vested stays claimable.
    ///
    /// # Errors
    /// [`Error::Paused`] if it is paused; [`Error::Backdated`] for a `now` before the last
    /// transition or claim.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// grant.pause(at(40))?;
    /// assert_eq!(grant.claimable_at(at(90)), Amount::new(400));
    /// assert_eq!(grant.pause(at(90)), Err(Error::Paused { since: at(40) }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    ///
    /// # Source
    /// Sablier Flow and Streamflow, over a rate. Over a schedule, what is left keeps its shape.
    pub fn pause(&mut self, now: Timestamp) -> Result<(), Error> {
        self.check_clock(now)?;
        if let Some(since) = self.state.paused_at {
            return Err(Error::Paused { since });
        }
        self.state.paused_at = Some(now);
        self.state.clock = now;
        Ok(())
    }

    /// Resumes the vesting from where it was halted, and returns how long the pause lasted: all
    /// that is left comes later by as much.
    ///
    /// # Errors
    /// [`Error::NotPaused`] if it is not paused; [`Error::Backdated`] for a `now` before the last
    /// transition or claim.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// assert_eq!(grant.resume(at(40)), Err(Error::NotPaused));
    ///
    /// grant.pause(at(40))?;
    /// assert_eq!(grant.resume(at(65))?, Span::new(25));
    /// assert_eq!(grant.claimable_at(at(75)), Amount::new(500));
    /// assert_eq!(grant.unvested_at(at(125)), Amount::ZERO);
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn resume(&mut self, now: Timestamp) -> Result<Span, Error> {
        self.check_clock(now)?;
        let since = self.state.paused_at.ok_or(Error::NotPaused)?;
        // The clock is not before the pause, and no two pauses overlap: neither fails.
        let lasted = now.since(since).unwrap_or(Span::ZERO);
        self.state.delay = self.state.delay.checked_add(lasted)?;
        self.state.paused_at = None;
        self.state.clock = now;
        Ok(lasted)
    }
}
