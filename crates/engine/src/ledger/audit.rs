//! The audits: the accounts of each asset sum to its supply.

use tokenomics_fixed_math::Amount;

use super::{sum, Asset, AssetState, Ledger, LedgerError};

impl AssetState {
    /// Returns whether its accounts gained what they lost and what was issued.
    #[inline]
    fn is_balanced(&self) -> bool {
        let issued = self.supply.checked_sub(self.audited);
        issued.is_ok_and(|issued| self.lost.checked_add(issued) == Ok(self.gained))
    }
}

impl Ledger {
    /// Compares, for each asset, what its accounts gained since the last audit with what they lost and
    /// what was issued. It costs as much as there are accounts that changed, and what it finds is what adding up all
    /// of them would.
    ///
    /// # Errors
    /// [`LedgerError::Imbalance`].
    pub fn audit_changes(&mut self) -> Result<(), LedgerError> {
        for account in self.changed.drain(..) {
            let state = &mut self.accounts[account.0];
            let (before, now) = (state.audited, state.balance);
            (state.audited, state.changed) = (now, false);
            let asset = &mut self.assets[state.asset.0];
            match now.checked_sub(before) {
                Ok(more) => asset.gained = sum(asset.gained, more)?,
                Err(_) => asset.lost = sum(asset.lost, before.abs_diff(now))?,
            }
        }
        let mut balanced = true;
        for asset in &mut self.assets {
            balanced &= asset.is_balanced();
            (asset.gained, asset.lost) = (Amount::ZERO, Amount::ZERO);
            asset.audited = asset.supply;
        }
        if balanced {
            return Ok(());
        }
        self.audit()?;
        // Accounts that sum to the supply have gained what they lost and what was issued.
        Err(LedgerError::TooMuch)
    }

    /// Adds up all accounts of each asset and compares with its supply.
    ///
    /// # Errors
    /// [`LedgerError::Imbalance`].
    pub fn audit(&self) -> Result<(), LedgerError> {
        for (index, asset) in self.assets.iter().enumerate() {
            let held = self.accounts(Asset(index)).map(|(_, held)| held);
            let sum = Amount::try_sum(held).map_err(|_| LedgerError::TooMuch)?;
            if sum != asset.supply {
                return Err(LedgerError::Imbalance {
                    asset: asset.symbol.clone(),
                    sum,
                    supply: asset.supply,
                });
            }
        }
        Ok(())
    }
}
