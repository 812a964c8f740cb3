//! The further funding of a grant.

use tokenomics_fixed_math::Amount;

use super::Grant;
use crate::{Error, Resize};

impl<S: Resize> Grant<S> {
    /// Adds `amount` to the schedule's total, as if it had been there from the beginning: the part
    /// of it that would have vested by now vests at once.
    ///
    /// What shall vest from now on only is a grant of its own. Of a part that a split has made, the
    /// schedule's total grows and this part by as much, and what is added vests as if it had been
    /// there since the split.
    ///
    /// # Errors
    /// [`Error::AlreadyRevoked`] if it was revoked: what was clawed back would come again as
    /// vested. [`Error::Overflow`] if more than [`Amount::MAX`] would be funded.
    /// [`Error::NotResizable`] for a schedule that can't have another total, and for a merged grant
    /// that still makes up for units that splits have put off.
    ///
    /// # Laws
    /// By `non_expansive`, what has vested at a time doesn't fall, nor grow by more than `amount`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Grant, Linear};
    ///
    /// let at = Timestamp::new;
    /// let mut grant = Grant::new(Linear::new(at(0), at(100), Amount::new(1_000))?);
    /// grant.claim(at(50))?;
    /// // Of 200 more, the half that would have vested by now is there at once.
    /// grant.top_up(Amount::new(200))?;
    /// assert_eq!(grant.claimable_at(at(50)), Amount::new(100));
    ///
    /// grant.revoke(at(60))?;
    /// assert_eq!(grant.top_up(Amount::new(1)), Err(Error::AlreadyRevoked { at: at(60) }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    ///
    /// # Source
    /// OpenZeppelin VestingWallet, which vests of all it ever received.
    pub fn top_up(&mut self, amount: Amount) -> Result<(), Error> {
        if let Some(at) = self.state.revoked_at {
            return Err(Error::AlreadyRevoked { at });
        }
        // What is left of its own grows by as much as what is left of the schedule, and so its share
        // grows unless it is above 1.
        let (own, all) = self.left();
        if own > all {
            return Err(Error::NotResizable);
        }
        let total = self.schedule.total().checked_add(amount)?;
        self.schedule = self.schedule.with_total(total)?;
        Ok(())
    }
}
