//! The double-entry ledger: every base unit of every asset is in exactly one account.
//!
//! Mechanisms plan a [`Batch`]; only the ledger moves anything. The accounts of an asset always sum
//! to what they were opened with and what was issued since.

mod audit;
mod batch;
mod error;

use tokenomics_fixed_math::Amount;

pub use batch::Batch;
use batch::{Entry, Side};
pub use error::LedgerError;

/// An asset of a [`Ledger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asset(usize);

/// An account of a [`Ledger`], which holds one asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Account(usize);

#[derive(Debug, Clone)]
struct AssetState {
    symbol: String,
    supply: Amount,
    /// The supply when it was last audited.
    audited: Amount,
    /// Taken and not given yet, within a batch; zero between batches.
    in_transit: Amount,
    /// The sums that accounts gained and lost since the last audit, while it goes on.
    gained: Amount,
    lost: Amount,
}

/// An account's balance now and when it was last audited, and its asset: all that moving units takes.
#[derive(Debug, Clone)]
struct AccountState {
    balance: Amount,
    audited: Amount,
    asset: Asset,
    changed: bool,
}

/// Accounts of several assets.
///
/// # Laws
/// `every_unit_once`: the accounts of each asset sum to its supply after any sequence of batches,
/// those that were refused included, and a refused batch changes nothing.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_engine::{Batch, Ledger};
///
/// let mut ledger = Ledger::default();
/// let token = ledger.asset("TOK");
/// let unvested = ledger.open(token, "unvested", Amount::new(100))?;
/// let circulating = ledger.open(token, "circulating", Amount::ZERO)?;
///
/// // All or nothing: the second movement can't be paid, so the first doesn't happen either.
/// let mut batch = Batch::default();
/// batch.transfer(unvested, circulating, Amount::new(30));
/// batch.transfer(circulating, unvested, Amount::new(31));
/// assert!(ledger.apply(&batch).is_err());
/// assert_eq!(ledger.balance(circulating), Amount::ZERO);
/// ledger.audit()?;
/// # Ok::<(), tokenomics_engine::LedgerError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    assets: Vec<AssetState>,
    accounts: Vec<AccountState>,
    names: Vec<String>,
    /// The accounts whose balance was written since the last audit.
    changed: Vec<Account>,
}

impl Ledger {
    /// Adds an asset without accounts.
    pub fn asset(&mut self, symbol: impl Into<String>) -> Asset {
        self.assets.push(AssetState {
            symbol: symbol.into(),
            supply: Amount::ZERO,
            audited: Amount::ZERO,
            in_transit: Amount::ZERO,
            gained: Amount::ZERO,
            lost: Amount::ZERO,
        });
        Asset(self.assets.len() - 1)
    }

    /// Opens an account that holds `opening`, which adds to the asset's supply.
    ///
    /// # Errors
    /// [`LedgerError::TooMuch`] if the supply would be above [`Amount::MAX`];
    /// [`LedgerError::Unknown`] for an asset of another ledger.
    pub fn open(
        &mut self,
        asset: Asset,
        name: impl Into<String>,
        opening: Amount,
    ) -> Result<Account, LedgerError> {
        let state = self.assets.get_mut(asset.0);
        let state = state.ok_or(LedgerError::Unknown(asset.0))?;
        state.supply = sum(state.supply, opening)?;
        // No more than the supply.
        state.audited = sum(state.audited, opening)?;
        self.names.push(name.into());
        self.accounts.push(AccountState {
            balance: opening,
            audited: opening,
            asset,
            changed: false,
        });
        Ok(Account(self.accounts.len() - 1))
    }

    /// Returns what an account holds; nothing if it isn't of this ledger.
    #[must_use]
    #[inline]
    pub fn balance(&self, account: Account) -> Amount {
        let state = self.accounts.get(account.0);
        state.map_or(Amount::ZERO, |state| state.balance)
    }

    /// Returns what all accounts of an asset hold together: what they were opened with, and what was
    /// issued since; nothing for an asset of another ledger.
    #[must_use]
    pub fn supply(&self, asset: Asset) -> Amount {
        let state = self.assets.get(asset.0);
        state.map_or(Amount::ZERO, |state| state.supply)
    }

    /// Returns the accounts of an asset by name, with what each holds.
    pub fn accounts(&self, asset: Asset) -> impl Iterator<Item = (&str, Amount)> {
        let named = self.names.iter().zip(&self.accounts);
        named
            .filter(move |(_, state)| state.asset == asset)
            .map(|(name, state)| (name.as_str(), state.balance))
    }

    /// Makes all movements of a batch in their order, or none.
    ///
    /// # Errors
    /// [`LedgerError::Short`], [`LedgerError::Unfunded`] or [`LedgerError::Unallocated`] names the
    /// account or asset; [`LedgerError::Unknown`] for an account of another ledger;
    /// [`LedgerError::TooMuch`] where more would be issued than can be counted. The ledger is then as
    /// before.
    pub fn apply(&mut self, batch: &Batch) -> Result<(), LedgerError> {
        for (done, entry) in batch.entries.iter().enumerate() {
            if let Err(error) = self.post(*entry) {
                self.take_back(&batch.entries[..done]);
                return Err(error);
            }
        }
        let all_given = self.all_given();
        if all_given.is_err() {
            self.take_back(&batch.entries);
        }
        all_given
    }

    #[inline]
    fn post(&mut self, entry: Entry) -> Result<(), LedgerError> {
        let Entry {
            amount,
            account,
            side,
        } = entry;
        let Some(state) = self.accounts.get(account.0) else {
            return Err(LedgerError::Unknown(account.0));
        };
        let (held, asset) = (state.balance, &mut self.assets[state.asset.0]);
        let transit = &mut asset.in_transit;
        // What is in transit was taken from accounts, so that no sum is above the supply.
        let balance = match side {
            Side::Take => match (held.checked_sub(amount), transit.checked_add(amount)) {
                (Ok(rest), Ok(more)) => {
                    *transit = more;
                    rest
                }
                _ => return Err(self.short(account, amount)),
            },
            Side::Give => match (transit.checked_sub(amount), held.checked_add(amount)) {
                (Ok(left), Ok(more)) => {
                    *transit = left;
                    more
                }
                _ => return Err(self.unfunded(account, amount)),
            },
            Side::Issue => {
                asset.supply = sum(asset.supply, amount)?;
                // No more than the supply.
                sum(held, amount)?
            }
        };
        self.write(account, balance);
        Ok(())
    }

    /// Writes a balance, of which an audit is then due. Nothing else does.
    #[inline]
    fn write(&mut self, account: Account, balance: Amount) {
        let state = &mut self.accounts[account.0];
        state.balance = balance;
        if !state.changed {
            state.changed = true;
            self.changed.push(account);
        }
    }

    fn all_given(&self) -> Result<(), LedgerError> {
        let left = |asset: &&AssetState| !asset.in_transit.is_zero();
        match self.assets.iter().find(left) {
            None => Ok(()),
            Some(asset) => Err(LedgerError::Unallocated {
                asset: asset.symbol.clone(),
                left: asset.in_transit,
            }),
        }
    }

    /// Undoes the entries of a refused batch, the last first: each balance was this before.
    #[cold]
    fn take_back(&mut self, entries: &[Entry]) {
        for entry in entries.iter().rev() {
            let held = self.accounts[entry.account.0].balance;
            let before = match entry.side {
                Side::Take => held.checked_add(entry.amount),
                Side::Give | Side::Issue => held.checked_sub(entry.amount),
            };
            if entry.side == Side::Issue {
                let asset = &mut self.assets[self.accounts[entry.account.0].asset.0];
                let supply = asset.supply.checked_sub(entry.amount);
                asset.supply = supply.unwrap_or(asset.supply);
            }
            self.write(entry.account, before.unwrap_or(held));
        }
        for asset in &mut self.assets {
            asset.in_transit = Amount::ZERO;
        }
    }

    #[cold]
    fn short(&self, account: Account, asked: Amount) -> LedgerError {
        LedgerError::Short {
            account: self.names[account.0].clone(),
            held: self.accounts[account.0].balance,
            asked,
        }
    }

    #[cold]
    fn unfunded(&self, account: Account, given: Amount) -> LedgerError {
        let asset = &self.assets[self.accounts[account.0].asset.0];
        LedgerError::Unfunded {
            account: self.names[account.0].clone(),
            asset: asset.symbol.clone(),
            given,
            left: asset.in_transit,
        }
    }
}

#[inline]
fn sum(one: Amount, other: Amount) -> Result<Amount, LedgerError> {
    one.checked_add(other).map_err(|_| LedgerError::TooMuch)
}

#[cfg(test)]
mod tests;
