//! Loans of a stable token against collateral on hold, each at the prices of the moment.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::pallet_prelude::*;
use frame_support::traits::fungible::{Mutate as _, MutateHold as _};
use frame_support::traits::tokens::{Fortitude, Precision, Preservation};
use scale_info::TypeInfo;
use tokenomics_fixed_math::{Amount, Ratio};
use tokenomics_haircut_collateral::{Account, Debt, Error as CollateralError, Haircut, Holding};

use crate::stored::{entry, value};
use crate::{Config, CurrentPrices, Error, Event, HoldReason, Loans, Pallet};

/// The prices of the collateral and of the stable token, in one unit of account, and how far each may move.
#[derive(
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
)]
pub struct Prices {
    pub collateral: Ratio,
    pub haircut: Haircut,
    pub stable: Ratio,
    pub add_on: Haircut,
}

impl Prices {
    /// Returns an account that holds nothing and owes nothing.
    pub(crate) fn empty(&self) -> Result<Account<1>, CollateralError> {
        let held = Holding::new(Amount::ZERO, self.collateral, self.haircut);
        let owed = Debt::new(Amount::ZERO, self.stable, self.add_on)?;
        Account::from_entries(&[held], &[owed])
    }

    /// Brings an account to these prices.
    pub(crate) fn apply(&self, account: &mut Account<1>) -> Result<(), CollateralError> {
        account.reprice_holding(0, self.collateral, self.haircut)?;
        account.reprice_debt(0, self.stable, self.add_on)
    }
}

impl<T: Config> Pallet<T> {
    pub(crate) fn keep_prices(prices: Prices) -> DispatchResult {
        // A debt has no price of 0.
        prices.empty().map_err(Error::<T>::from)?;
        CurrentPrices::<T>::put(prices);
        Self::deposit_event(Event::PricesSet { prices });
        Ok(())
    }

    pub(crate) fn add_collateral(who: T::AccountId, amount: Amount) -> DispatchResult {
        let mut loan = Self::loan_of(&who)?;
        loan.deposit(0, amount).map_err(Error::<T>::from)?;
        T::Currency::hold(&HoldReason::Collateral.into(), &who, amount.get())?;
        Self::keep_loan(&who, loan);
        Self::deposit_event(Event::Deposited { who, amount });
        Ok(())
    }

    pub(crate) fn take_collateral(who: T::AccountId, amount: Amount) -> DispatchResult {
        let mut loan = Self::loan_of(&who)?;
        loan.withdraw(0, amount).map_err(Error::<T>::from)?;
        let reason = HoldReason::Collateral.into();
        T::Currency::release(&reason, &who, amount.get(), Precision::Exact)?;
        Self::keep_loan(&who, loan);
        Self::deposit_event(Event::Withdrawn { who, amount });
        Ok(())
    }

    pub(crate) fn lend(who: T::AccountId, amount: Amount) -> DispatchResult {
        let mut loan = Self::loan_of(&who)?;
        loan.borrow(0, amount).map_err(Error::<T>::from)?;
        T::Stable::mint_into(&who, amount.get())?;
        Self::keep_loan(&who, loan);
        Self::deposit_event(Event::Borrowed { who, amount });
        Ok(())
    }

    pub(crate) fn take_repayment(who: T::AccountId, amount: Amount) -> DispatchResult {
        let mut loan = Self::loan_of(&who)?;
        loan.repay(0, amount).map_err(Error::<T>::from)?;
        T::Stable::burn_from(
            &who,
            amount.get(),
            Preservation::Expendable,
            Precision::Exact,
            Fortitude::Polite,
        )?;
        Self::keep_loan(&who, loan);
        Self::deposit_event(Event::Repaid { who, amount });
        Ok(())
    }

    /// Fails if an account may be liquidated at the prices of the moment.
    pub(crate) fn health(who: &T::AccountId) -> Result<(), Error<T>> {
        let loan = Self::loan_of(who)?;
        if loan.portfolio().is_liquidatable() {
            return Err(CollateralError::Unhealthy.into());
        }
        Ok(())
    }

    /// Returns an account's loan at the prices of the moment, whatever they were when it was kept.
    fn loan_of(who: &T::AccountId) -> Result<Account<1>, Error<T>> {
        let prices = value::<_, CurrentPrices<T>>()?.ok_or(Error::NoPrices)?;
        let Some(mut loan) = entry::<_, _, Loans<T>>(who)? else {
            return Ok(prices.empty()?);
        };
        prices.apply(&mut loan)?;
        Ok(loan)
    }

    fn keep_loan(who: &T::AccountId, loan: Account<1>) {
        let held = loan.holdings().iter().any(|held| !held.amount().is_zero());
        let owes = loan.debts().iter().any(|debt| !debt.amount().is_zero());
        if held || owes {
            Loans::<T>::insert(who, loan);
        } else {
            Loans::<T>::remove(who);
        }
    }
}
