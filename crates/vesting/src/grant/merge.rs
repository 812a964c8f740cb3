//! The merger of two grants.

use super::{Entitlement, Grant, GrantState};
use crate::{Error, Schedule, Sum};

impl<S: Schedule + Clone> Grant<S> {
    /// Merges this grant and another, both of which the caller discards, into one: claimed,
    /// claimable and unvested of it are at every time the sums of theirs.
    ///
    /// It is funded with what the two keep: what was clawed back or slashed has left. From then on
    /// it is claimed, revoked, paused and so on as one.
    ///
    /// # Errors
    /// [`Error::Paused`] unless both run, or both stand still since the same time: what is paused
    /// has no end that could be added to. [`Error::Overflow`] if they keep more than
    /// [`Amount::MAX`](tokenomics_fixed_math::Amount::MAX).
    ///
    /// # Laws
    /// `merge_is_exact`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Cliff, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut salary = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// salary.claim(at(10))?;
    /// let bonus = Grant::new(Cliff::new(at(5_000), Amount::new(70)));
    ///
    /// // A far end delays nothing of the rest.
    /// let mut both = salary.merge(&bonus)?;
    /// assert_eq!(both.claim(at(60))?, Amount::new(500));
    /// assert_eq!(both.unvested(at(100)), Amount::new(70));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[allow(clippy::type_complexity)]
    pub fn merge<T: Schedule + Clone>(
        &self,
        other: &Grant<T>,
    ) -> Result<Grant<Sum<Entitlement<S>, Entitlement<T>>>, Error> {
        let (one, two) = (&self.state, &other.state);
        if one.paused_at != two.paused_at {
            let since = one.paused_at.into_iter().chain(two.paused_at).max();
            let since = since.unwrap_or_default();
            return Err(Error::Paused { since });
        }
        let schedule = Sum::new(self.owned_entitlement(), other.owned_entitlement())?;
        let state = GrantState {
            // Each is at most what its grant keeps, and these can be added.
            claimed: one.claimed.checked_add(two.claimed)?,
            paused_at: one.paused_at,
            clock: one.clock.max(two.clock),
            ..GrantState::NEW
        };
        Ok(Grant { schedule, state })
    }
}
