//! A halt, and what comes after it later by as much.

use tokenomics_fixed_math::{Span, Timestamp};

use super::Grant;
use crate::{Error, Schedule};

impl<S: Schedule> Grant<S> {
    /// Since when it is paused, if it is.
    #[must_use]
    pub const fn paused_at(&self) -> Option<Timestamp> {
        self.state.paused_at
    }

    /// Halts the vesting at `now`. What has vested stays claimable.
    ///
    /// # Errors
    /// [`Error::Paused`] if it is paused; [`Error::Backdated`].
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

    /// Goes on with the vesting from where it was halted: all that is left comes later by the time
    /// the pause lasted, which it returns.
    ///
    /// # Errors
    /// [`Error::NotPaused`]; [`Error::Backdated`].
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
