//! The movements of one settlement, netted: all that comes and goes may be more than there is at once.

use tokenomics_fixed_math::{Amount, Error};

use crate::ledger::{Account, Batch, Ledger};

/// The sums that accounts gain and lose in one settlement.
#[derive(Debug, Default)]
pub(super) struct Moves {
    sums: Vec<Sums>,
}

#[derive(Debug)]
struct Sums {
    account: Account,
    gained: Amount,
    lost: Amount,
}

impl Moves {
    /// Adds a movement of `amount` from one account to another of the same asset.
    pub(super) fn transfer(
        &mut self,
        [from, to]: [Account; 2],
        amount: Amount,
    ) -> Result<(), Error> {
        if amount.is_zero() || from == to {
            return Ok(());
        }
        let from = self.sums_of(from);
        from.lost = from.lost.checked_add(amount)?;
        let to = self.sums_of(to);
        to.gained = to.gained.checked_add(amount)?;
        Ok(())
    }

    fn sums_of(&mut self, account: Account) -> &mut Sums {
        let found = self.sums.iter().position(|sums| sums.account == account);
        let place = found.unwrap_or_else(|| {
            let (gained, lost) = (Amount::ZERO, Amount::ZERO);
            self.sums.push(Sums {
                account,
                gained,
                lost,
            });
            self.sums.len() - 1
        });
        &mut self.sums[place]
    }

    /// Returns what an account will hold after the movements.
    pub(super) fn balance(&self, ledger: &Ledger, account: Account) -> Result<Amount, Error> {
        let held = ledger.balance(account);
        match self.sums.iter().find(|sums| sums.account == account) {
            None => Ok(held),
            // The difference first: what comes and goes may be more than can be held at once.
            Some(sums) => match sums.gained.checked_sub(sums.lost) {
                Ok(net) => held.checked_add(net),
                Err(_) => held.checked_sub(sums.lost.abs_diff(sums.gained)),
            },
        }
    }

    /// Returns what leaves an account, net.
    pub(super) fn drain(&self, account: Account) -> Amount {
        let found = self.sums.iter().find(|sums| sums.account == account);
        found.map_or(Amount::ZERO, |sums| {
            let drain = sums.lost.checked_sub(sums.gained);
            drain.unwrap_or(Amount::ZERO)
        })
    }

    /// Adds the net movements to a batch.
    pub(super) fn write(&self, batch: &mut Batch) {
        for sums in &self.sums {
            if let Ok(net) = sums.lost.checked_sub(sums.gained) {
                batch.take(sums.account, net);
            }
        }
        for sums in &self.sums {
            if let Ok(net) = sums.gained.checked_sub(sums.lost) {
                batch.give(sums.account, net);
            }
        }
    }
}
