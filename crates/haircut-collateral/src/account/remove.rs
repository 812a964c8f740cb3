//! Places of an account that are given back.

use core::mem::swap;

use super::Account;
use crate::check::in_range;
use crate::{Debt, Error, Holding, Quantity};

impl<const N: usize> Account<N> {
    /// Removes the holding at `index`, of which nothing is left, and returns it. Those after it keep their
    /// order and move up by one, so that of equals a liquidation still takes the one that was added first.
    ///
    /// Anybody who may [`deposit`](Self::deposit) can put a unit into a holding that is to be removed: whoever
    /// removes it takes the unit out first.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`]; [`Error::OutOfRange`] if something is left of it.
    ///
    /// # Laws
    /// `places_are_given_back`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_haircut_collateral::{Account, Haircut, Holding};
    ///
    /// let held = |amount| Holding::new(Amount::new(amount), Ratio::ONE, Haircut::NONE);
    /// let mut account = Account::<2>::from_entries(&[held(5), held(7)], &[])?;
    /// assert!(account.remove_holding(0).is_err());
    /// account.withdraw(0, Amount::new(5))?;
    /// assert_eq!(account.remove_holding(0), Ok(held(0)));
    /// assert_eq!(account.holdings(), [held(7)]);
    /// assert_eq!(account.add_holding(held(9)), Ok(1));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn remove_holding(&mut self, index: usize) -> Result<Holding, Error> {
        let amount = self.portfolio().holding(index)?.amount();
        in_range(Quantity::RemovedAmount, amount.get(), 0, 0)?;
        // There is one, so at least 1.
        self.holdings_len = self.holdings_len.wrapping_sub(1);
        Ok(removed(&mut self.holdings, index, Self::NO_HOLDING))
    }

    /// Removes the debt at `index`, of which nothing is left, and returns it. Those after it keep their order
    /// and move up by one.
    ///
    /// # Errors
    /// [`Error::NoSuchDebt`]; [`Error::OutOfRange`] if something is left of it.
    ///
    /// # Laws
    /// `places_are_given_back`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_haircut_collateral::{Account, Debt, Haircut};
    ///
    /// let owed = |amount| Debt::new(Amount::new(amount), Ratio::ONE, Haircut::NONE);
    /// let mut account = Account::<2>::from_entries(&[], &[owed(5)?, owed(7)?])?;
    /// assert!(account.remove_debt(0).is_err());
    /// account.repay(0, Amount::new(5))?;
    /// assert_eq!(account.remove_debt(0), owed(0));
    /// assert_eq!(account.debts(), [owed(7)?]);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn remove_debt(&mut self, index: usize) -> Result<Debt, Error> {
        let amount = self.portfolio().debt(index)?.amount();
        in_range(Quantity::RemovedAmount, amount.get(), 0, 0)?;
        // There is one, so at least 1.
        self.debts_len = self.debts_len.wrapping_sub(1);
        Ok(removed(&mut self.debts, index, Debt::NOTHING))
    }
}

/// Takes an entry out, moves those after it up by one, and leaves the last as one that isn't there.
fn removed<T>(entries: &mut [T], index: usize, absent: T) -> T {
    let mut moved = absent;
    for entry in entries.iter_mut().skip(index).rev() {
        swap(entry, &mut moved);
    }
    moved
}
