//! The double-entry ledger: every base unit of every asset is in exactly one account.
//!
//! Mechanisms plan a [`Batch`]; only the ledger moves anything. The accounts of an asset always sum
//! to what they were opened with.

use tokenomics_fixed_math::Amount;

/// An asset of a [`Ledger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asset(usize);

/// An account of a [`Ledger`], which holds one asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Account(usize);

/// A side of an [`Entry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Take,
    Give,
    Issue,
}

/// An entry of a [`Batch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    amount: Amount,
    account: Account,
    side: Side,
}

/// Movements between accounts, of any assets, that happen all together or not at all.
///
/// What is given must have been taken before it, and nothing taken may be left over.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_engine::{Batch, Ledger};
///
/// let mut ledger = Ledger::default();
/// let token = ledger.asset("TOK");
/// let team = ledger.open(token, "unvested:Team", Amount::new(100))?;
/// let seed = ledger.open(token, "unvested:Seed", Amount::new(50))?;
/// let circulating = ledger.open(token, "circulating", Amount::ZERO)?;
///
/// let mut batch = Batch::default();
/// batch.take(team, Amount::new(30));
/// batch.take(seed, Amount::new(5));
/// batch.give(circulating, Amount::new(35));
/// ledger.apply(&batch)?;
/// assert_eq!(ledger.balance(circulating), Amount::new(35));
/// # Ok::<(), tokenomics_engine::LedgerError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    entries: Vec<Entry>,
}

impl Batch {
    /// Adds a movement of `amount` from one account to another of the same asset.
    pub fn transfer(&mut self, from: Account, to: Account, amount: Amount) {
        self.take(from, amount);
        self.give(to, amount);
    }

    /// Adds a debit of `amount`, to be given to other accounts later in the batch.
    #[inline]
    pub fn take(&mut self, from: Account, amount: Amount) {
        if !amount.is_zero() {
            self.push(from, amount, Side::Take);
        }
    }

    /// Adds a credit of `amount`, out of what was taken earlier in the batch.
    #[inline]
    pub fn give(&mut self, to: Account, amount: Amount) {
        if !amount.is_zero() {
            self.push(to, amount, Side::Give);
        }
    }

    /// Adds an issue of `amount` new base units to an account: the supply of its asset grows by as
    /// much.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_engine::{Batch, Ledger, LedgerError};
    ///
    /// let mut ledger = Ledger::default();
    /// let token = ledger.asset("TOK");
    /// let circulating = ledger.open(token, "circulating", Amount::new(7))?;
    /// let mut batch = Batch::default();
    /// batch.issue(circulating, Amount::new(5));
    /// ledger.apply(&batch)?;
    /// assert_eq!(ledger.supply(token), Amount::new(12));
    /// ledger.audit_changes()?;
    ///
    /// // No more than can be counted: all of the batch is refused then.
    /// batch.issue(circulating, Amount::MAX);
    /// assert_eq!(ledger.apply(&batch), Err(LedgerError::TooMuch));
    /// assert_eq!(ledger.supply(token), Amount::new(12));
    /// # Ok::<(), LedgerError>(())
    /// ```
    pub fn issue(&mut self, to: Account, amount: Amount) {
        if !amount.is_zero() {
            self.push(to, amount, Side::Issue);
        }
    }

    #[inline]
    fn push(&mut self, account: Account, amount: Amount, side: Side) {
        self.entries.push(Entry {
            amount,
            account,
            side,
        });
    }

    /// Returns whether it moves nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Removes all movements, and keeps the room for as many.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// A refusal or a finding of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// An account holds less than is to be taken out of it.
    #[error("account `{account}` holds {held} and cannot pay {asked}")]
    Short {
        /// Its name.
        account: String,
        /// What it holds.
        held: Amount,
        /// What it was asked for.
        asked: Amount,
    },
    /// A batch gives more of an asset than it has taken by then.
    #[error("account `{account}` is given {given} of {asset}, of which {left} are left to give")]
    Unfunded {
        /// The account's name.
        account: String,
        /// The asset's symbol.
        asset: String,
        /// What it is given.
        given: Amount,
        /// What was taken and not given yet.
        left: Amount,
    },
    /// A batch takes more of an asset than it gives.
    #[error("{left} of {asset} are taken and given to nobody")]
    Unallocated {
        /// The asset's symbol.
        asset: String,
        /// How much.
        left: Amount,
    },
    /// The accounts of an asset together would hold more than can be counted.
    #[error("the accounts would hold more than {} base units", Amount::MAX)]
    TooMuch,
    /// The accounts of an asset do not sum to its supply: a fault of this program.
    #[error("the accounts of {asset} sum to {sum}, but the supply is {supply}")]
    Imbalance {
        /// The asset's symbol.
        asset: String,
        /// What they sum to.
        sum: Amount,
        /// What they should.
        supply: Amount,
    },
    /// An account or asset of another ledger.
    #[error("there is no account or asset number {0} in this ledger")]
    Unknown(usize),
}

#[derive(Debug, Clone)]
struct AssetState {
    symbol: String,
    supply: Amount,
    /// The supply when it was last audited.
    audited: Amount,
    /// Taken and not given yet, within a batch; zero between batches.
    in_transit: Amount,
    /// What accounts gained and lost since the last audit, while it goes on.
    gained: Amount,
    lost: Amount,
}

impl AssetState {
    /// Returns whether its accounts gained what they lost and what was issued.
    #[inline]
    fn is_balanced(&self) -> bool {
        let issued = self.supply.checked_sub(self.audited);
        issued.is_ok_and(|issued| self.lost.checked_add(issued) == Ok(self.gained))
    }
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

#[inline]
fn sum(one: Amount, other: Amount) -> Result<Amount, LedgerError> {
    one.checked_add(other).map_err(|_| LedgerError::TooMuch)
}

#[cfg(test)]
impl Ledger {
    /// Adds a unit that came from nowhere, as no batch can.
    pub(crate) fn misplace(&mut self, account: Account) {
        let held = self.balance(account);
        self.write(account, sum(held, Amount::new(1)).unwrap());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_accounts() -> (Ledger, [Account; 2]) {
        let mut ledger = Ledger::default();
        let asset = ledger.asset("A");
        let accounts = [10, 0].map(|held| ledger.open(asset, "a", Amount::new(held)).unwrap());
        (ledger, accounts)
    }

    fn imbalance(sum: u128) -> LedgerError {
        LedgerError::Imbalance {
            asset: "A".to_owned(),
            sum: Amount::new(sum),
            supply: Amount::new(10),
        }
    }

    /// No batch can do this: an audit must find what only a fault of this program could do.
    #[test]
    fn both_audits_find_one_unit_too_many_or_too_few() {
        for held in [11, 9] {
            let (mut ledger, [one, _]) = two_accounts();
            assert_eq!(ledger.audit(), Ok(()));
            ledger.write(one, Amount::new(held));
            assert_eq!(ledger.audit(), Err(imbalance(held)));
            assert_eq!(ledger.audit_changes(), Err(imbalance(held)));
        }
        let (mut ledger, _) = two_accounts();
        ledger.accounts[0].balance = Amount::MAX;
        ledger.accounts[1].balance = Amount::new(1);
        assert_eq!(ledger.audit(), Err(LedgerError::TooMuch));
    }

    #[test]
    fn an_audit_of_changes_sees_each_change_once() {
        let (mut ledger, [one, other]) = two_accounts();
        let mut batch = Batch::default();
        batch.transfer(one, other, Amount::new(4));
        ledger.apply(&batch).unwrap();
        ledger.apply(&batch).unwrap();
        assert_eq!(ledger.changed.len(), 2);
        assert_eq!(ledger.audit_changes(), Ok(()));
        assert!(ledger.changed.is_empty());
        ledger.write(other, Amount::new(9));
        assert_eq!(ledger.audit_changes(), Err(imbalance(11)));
    }

    #[test]
    fn a_batch_that_is_not_balanced_is_refused_and_changes_nothing() {
        let (mut ledger, [one, other]) = two_accounts();
        let mut generous = Batch::default();
        generous.take(one, Amount::new(3));
        generous.give(other, Amount::new(4));
        let refused = ledger.apply(&generous);
        assert!(matches!(refused, Err(LedgerError::Unfunded { .. })));
        let mut greedy = Batch::default();
        greedy.take(one, Amount::new(3));
        greedy.give(other, Amount::new(2));
        let refused = ledger.apply(&greedy);
        assert!(matches!(refused, Err(LedgerError::Unallocated { left, .. }) if left.get() == 1));
        let held = [one, other].map(|account| ledger.balance(account).get());
        assert_eq!(held, [10, 0]);
        assert_eq!(ledger.audit_changes(), Ok(()));
    }

    #[test]
    fn what_is_issued_is_audited_and_taken_back_with_its_batch() {
        let (mut ledger, [one, other]) = two_accounts();
        let mut batch = Batch::default();
        batch.issue(other, Amount::new(5));
        ledger.apply(&batch).unwrap();
        let held = [one, other].map(|account| ledger.balance(account).get());
        assert_eq!(held, [10, 5]);
        assert_eq!(ledger.audit_changes(), Ok(()));
        // The issue comes first, and a later movement refuses all.
        batch.transfer(one, other, Amount::new(11));
        assert!(matches!(
            ledger.apply(&batch),
            Err(LedgerError::Short { .. })
        ));
        let mut too_much = Batch::default();
        too_much.issue(other, Amount::new(1));
        too_much.issue(one, Amount::new(u128::MAX - 15));
        assert_eq!(ledger.apply(&too_much), Err(LedgerError::TooMuch));
        let held = [one, other].map(|account| ledger.balance(account).get());
        assert_eq!(held, [10, 5]);
        assert_eq!(ledger.supply(Asset(0)), Amount::new(15));
        assert_eq!(ledger.audit_changes(), Ok(()));
        // A unit that the supply has and no account, or the other way around.
        ledger.assets[0].supply = Amount::new(16);
        assert!(ledger.audit().is_err() && ledger.audit_changes().is_err());
        ledger.assets[0].supply = Amount::new(15);
        ledger.write(one, Amount::new(11));
        assert!(ledger.audit_changes().is_err());
    }
}
