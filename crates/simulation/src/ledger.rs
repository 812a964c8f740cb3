//! The double-entry ledger: every base unit is in exactly one account.
//!
//! Mechanisms propose transfers; only the ledger moves anything. What all accounts hold always
//! sums to what was there when they were opened.

use tokenomics_fixed_math::Amount;

/// An account of one [`Ledger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Account(usize);

/// A movement from one account to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Where from.
    pub from: Account,
    /// Where to.
    pub to: Account,
    /// How much.
    pub amount: Amount,
}

/// What the ledger refuses, or finds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// An account holds less than is to be moved out of it.
    #[error("account `{account}` holds {held} and cannot pay {asked}")]
    Short {
        /// Its name.
        account: String,
        /// What it holds.
        held: Amount,
        /// What it was asked for.
        asked: Amount,
    },
    /// The accounts together would hold more than can be counted.
    #[error("the accounts would hold more than {} base units", Amount::MAX)]
    TooMuch,
    /// The accounts do not sum to the supply: a fault of this program.
    #[error("the accounts sum to {sum}, but the supply is {supply}")]
    Imbalance {
        /// What they sum to.
        sum: Amount,
        /// What they should.
        supply: Amount,
    },
    /// An account of another ledger.
    #[error("there is no account number {0} in this ledger")]
    Unknown(usize),
}

/// Accounts of one asset.
///
/// # Laws
/// `every_unit_once`: the accounts sum to the supply after any sequence of transfers, those that
/// were refused included.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_simulation::{Ledger, Transfer};
///
/// let mut ledger = Ledger::default();
/// let unvested = ledger.open("unvested", Amount::new(100))?;
/// let circulating = ledger.open("circulating", Amount::ZERO)?;
/// let vest = Transfer { from: unvested, to: circulating, amount: Amount::new(30) };
/// ledger.apply(&[vest])?;
/// assert_eq!(ledger.balance(circulating), Amount::new(30));
///
/// // All or nothing: the second can't be paid, so the first doesn't happen either.
/// let back = Transfer { from: circulating, to: unvested, amount: Amount::new(31) };
/// assert!(ledger.apply(&[vest, back, back]).is_err());
/// assert_eq!(ledger.balance(circulating), Amount::new(30));
/// ledger.audit()?;
/// # Ok::<(), tokenomics_simulation::LedgerError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    names: Vec<String>,
    balances: Vec<Amount>,
    supply: Amount,
}

impl Ledger {
    /// Opens an account that holds `opening`, which adds to the supply.
    ///
    /// # Errors
    /// [`LedgerError::TooMuch`] if the supply would be above [`Amount::MAX`].
    pub fn open(
        &mut self,
        name: impl Into<String>,
        opening: Amount,
    ) -> Result<Account, LedgerError> {
        self.supply = self
            .supply
            .checked_add(opening)
            .map_err(|_| LedgerError::TooMuch)?;
        self.names.push(name.into());
        self.balances.push(opening);
        Ok(Account(self.balances.len() - 1))
    }

    /// What an account holds; nothing if it isn't of this ledger.
    #[must_use]
    pub fn balance(&self, account: Account) -> Amount {
        self.balances
            .get(account.0)
            .copied()
            .unwrap_or(Amount::ZERO)
    }

    /// What all accounts hold together, fixed by how they were opened.
    #[must_use]
    pub fn supply(&self) -> Amount {
        self.supply
    }

    /// The accounts by name, with what each holds.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, Amount)> {
        self.names
            .iter()
            .map(String::as_str)
            .zip(self.balances.iter().copied())
    }

    /// Makes all transfers in their order, or none.
    ///
    /// # Errors
    /// [`LedgerError::Short`] names the account that could not pay; the ledger is as before.
    pub fn apply(&mut self, transfers: &[Transfer]) -> Result<(), LedgerError> {
        for (done, transfer) in transfers.iter().enumerate() {
            if let Err(error) = self.shift(*transfer) {
                for Transfer { from, to, amount } in transfers[..done].iter().rev() {
                    // What was moved is still there to be moved back.
                    self.shift(Transfer {
                        from: *to,
                        to: *from,
                        amount: *amount,
                    })?;
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn shift(&mut self, Transfer { from, to, amount }: Transfer) -> Result<(), LedgerError> {
        let held = |account: Account| {
            self.balances
                .get(account.0)
                .copied()
                .ok_or(LedgerError::Unknown(account.0))
        };
        let (payer, payee) = (held(from)?, held(to)?);
        let rest = payer.checked_sub(amount).map_err(|_| LedgerError::Short {
            account: self.names[from.0].clone(),
            held: payer,
            asked: amount,
        })?;
        if from != to {
            // Both are known before either is written. The sum is at most the supply.
            let credited = payee
                .checked_add(amount)
                .map_err(|_| LedgerError::TooMuch)?;
            self.balances[from.0] = rest;
            self.balances[to.0] = credited;
        }
        Ok(())
    }

    /// Adds up all accounts and compares with the supply. Runs at every step, in release builds too.
    ///
    /// # Errors
    /// [`LedgerError::Imbalance`].
    pub fn audit(&self) -> Result<(), LedgerError> {
        let sum =
            Amount::try_sum(self.balances.iter().copied()).map_err(|_| LedgerError::TooMuch)?;
        if sum == self.supply {
            Ok(())
        } else {
            Err(LedgerError::Imbalance {
                sum,
                supply: self.supply,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No transfer can do this: the audit must find what only a fault of this program could do.
    #[test]
    fn an_audit_finds_one_unit_too_many_or_too_few() {
        let mut ledger = Ledger::default();
        for opening in [10, 0] {
            ledger.open("a", Amount::new(opening)).unwrap();
        }
        assert_eq!(ledger.audit(), Ok(()));
        for (held, sum) in [(11, 11), (9, 9)] {
            ledger.balances[0] = Amount::new(held);
            let (sum, supply) = (Amount::new(sum), Amount::new(10));
            assert_eq!(ledger.audit(), Err(LedgerError::Imbalance { sum, supply }));
        }
        ledger.balances = vec![Amount::MAX, Amount::new(1)];
        assert_eq!(ledger.audit(), Err(LedgerError::TooMuch));
    }
}
