//! The split of a grant in two.

use tokenomics_fixed_math::Amount;

use super::{Entitlement, Grant, GrantState};
use crate::{Error, Part, Schedule};

impl<S: Schedule + Clone> Grant<S> {
    /// Splits this grant, which the caller discards, into two: the first keeps `amount`, the second
    /// the rest of what this one keeps.
    ///
    /// Claimed, claimable and unvested of the two sum to this one's at every time, and each is in
    /// proportion, to the unit.
    ///
    /// The parts are funded with what is kept: what was clawed back or slashed has left. Each is
    /// claimed, revoked, paused and so on without the other from then on. A part of a grant that is
    /// paused is paused.
    ///
    /// # Rounding
    /// Of what has vested, Floor for the first, and Ceil for the second; see [`Part`].
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than is kept.
    ///
    /// # Laws
    /// `split_is_exact`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// grant.claim(at(30))?;
    /// let (mine, mut yours) = grant.split(Amount::new(333))?;
    /// assert_eq!((mine.claimed(), yours.claimed()), (Amount::new(99), Amount::new(201)));
    /// assert_eq!(mine.claimable(at(50)), Amount::new(67));
    /// assert_eq!(yours.revoke(at(50))?, Amount::new(333));
    /// assert_eq!(mine.unvested(at(50)), Amount::new(167));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[allow(clippy::type_complexity)]
    pub fn split(
        &self,
        amount: Amount,
    ) -> Result<(Grant<Part<Entitlement<S>>>, Grant<Part<Entitlement<S>>>), Error> {
        let (first, second) = Part::both(self.owned_entitlement(), amount)?;
        Ok((self.part(first), self.part(second)))
    }

    /// Creates the grant of one part. Pauses go on in it, and what they add comes on top of the
    /// delay that the entitlement has.
    fn part(&self, part: Part<Entitlement<S>>) -> Grant<Part<Entitlement<S>>> {
        let state = GrantState {
            // Both parts are monotone, so that what was claimed of a part had vested of it.
            claimed: part.of(self.state.claimed),
            paused_at: self.state.paused_at,
            clock: self.state.clock,
            ..GrantState::NEW
        };
        Grant {
            schedule: part,
            state,
        }
    }
}
