//! Forfeit.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Grant;
use crate::schedule::difference;
use crate::{Error, Schedule};

/// What a slash may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlashFrom {
    /// What has not vested.
    Unvested,
    /// What has not vested and then, if that is not enough, what has vested and was not claimed.
    UnvestedThenVested,
}

impl<S: Schedule> Grant<S> {
    /// Takes `amount`, or as much of it as there is, and returns what it took. Of the unvested it
    /// takes what would have vested last: no earlier unlock moves.
    ///
    /// What can't be taken is not owed: a later slash, top-up or merge starts from nothing.
    ///
    /// # Errors
    /// [`Error::Backdated`].
    ///
    /// # Source
    /// Cosmos vesting accounts. There a slash lowers the balance and not what is to vest of it, so
    /// that more may be locked than there is; here what is slashed is part of the same sum.
    pub fn slash(
        &mut self,
        now: Timestamp,
        amount: Amount,
        from: SlashFrom,
    ) -> Result<Amount, Error> {
        self.check_clock(now)?;
        let there_is = match from {
            SlashFrom::Unvested => self.unvested(now),
            SlashFrom::UnvestedThenVested => difference(self.kept(), self.state.claimed),
        };
        let taken = amount.min(there_is);
        self.state.slashed = self.state.slashed.checked_add(taken)?;
        self.state.clock = now;
        Ok(taken)
    }
}
