//! Further funding.

use tokenomics_fixed_math::Amount;

use super::Grant;
use crate::{Error, Resize};

impl<S: Resize> Grant<S> {
    /// Adds `amount` to the schedule's total, as if it had been there from the beginning: of what
    /// is added, what would have vested by now vests at once.
    ///
    /// For what shall vest from now on only, [`merge`](Self::merge) it with a grant of its own
    /// schedule.
    ///
    /// # Errors
    /// [`Error::AlreadyRevoked`]: what was clawed back would come again as vested.
    /// [`Error::Math`] if more than [`Amount::MAX`] would be funded.
    ///
    /// # Laws
    /// By `non_expansive`, what has vested at a time doesn't fall, nor grow by more than `amount`.
    ///
    /// # Source
    /// OpenZeppelin VestingWallet, which vests of all it ever received.
    pub fn top_up(&mut self, amount: Amount) -> Result<(), Error> {
        if let Some(at) = self.state.revoked_at {
            return Err(Error::AlreadyRevoked { at });
        }
        let total = self.funded().checked_add(amount)?;
        self.schedule = self.schedule.with_total(total)?;
        Ok(())
    }
}
