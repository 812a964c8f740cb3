//! Movements that are planned.

use tokenomics_fixed_math::Amount;

use super::Account;

/// A side of an [`Entry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Take,
    Give,
    Issue,
}

/// An entry of a [`Batch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) amount: Amount,
    pub(super) account: Account,
    pub(super) side: Side,
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
    pub(super) entries: Vec<Entry>,
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
