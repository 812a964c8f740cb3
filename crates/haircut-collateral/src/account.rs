//! An account of a fixed number of entries, which checks what each change leaves.

mod liquidate;
mod remove;
mod state;
mod write_off;

pub use state::AccountState;
pub use write_off::WrittenOff;

use tokenomics_fixed_math::{Amount, Ratio};

use crate::{Debt, Error, Haircut, Holding, Margin, Portfolio};

/// A position of at most `N` holdings and `N` debts that owns them, without an allocation.
///
/// Whatever lowers its credit or raises its debt ends in a check of the position as it then is, at
/// [`Margin::Initial`]: a withdrawal, a gift, a loan, an exchange. What doesn't pass changes nothing.
/// Deposits, repayments and new prices always pass.
///
/// For more entries, or for entries that are stored elsewhere, make a [`Portfolio`] of slices.
///
/// A place is taken by [`add_holding`](Self::add_holding) and [`add_debt`](Self::add_debt) alone, and given
/// back by [`remove_holding`](Self::remove_holding) and [`remove_debt`](Self::remove_debt). Let nobody but
/// the owner add an entry: anybody may [`deposit`](Self::deposit) to one that there is, or
/// [`repay`](Self::repay), and neither takes a place.
///
/// # Laws
/// `checked_after`: no change but a new price, a liquidation or a write-off leaves a position unhealthy that
/// wasn't · `places_are_given_back`: removing an empty entry leaves the account that never had it ·
/// `written_off_once`: what is written off is what liquidations told to be left, and is told no more.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Ratio};
/// use tokenomics_haircut_collateral::{Account, Debt, Error, Haircut, Holding};
///
/// let haircut = Haircut::new(fraction!("0.2"), fraction!("0.16"))?;
/// let mut account = Account::<4>::new();
/// let ether = account.add_holding(Holding::new(Amount::new(10), Ratio::from_integer(3_000), haircut))?;
/// let dollar = account.add_debt(Debt::new(Amount::ZERO, Ratio::ONE, Haircut::NONE)?)?;
///
/// account.borrow(dollar, Amount::new(24_000))?;
/// assert_eq!(account.borrow(dollar, Amount::new(1)), Err(Error::Unhealthy));
/// assert_eq!(account.withdraw(ether, Amount::new(1)), Err(Error::Unhealthy));
/// account.repay(dollar, Amount::new(2_400))?;
/// account.withdraw(ether, Amount::new(1))?;
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[doc(alias("margin_account", "user", "vault"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account<const N: usize = 16> {
    // Those from the length on are `NO_HOLDING` and `Debt::NOTHING`, so that equal accounts have equal fields.
    holdings: [Holding; N],
    debts: [Debt; N],
    // At most N.
    holdings_len: usize,
    debts_len: usize,
}

impl<const N: usize> Default for Account<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Account<N> {
    const NO_HOLDING: Holding = Holding::new(Amount::ZERO, Ratio::ZERO, Haircut::FULL);

    /// Creates an account that holds and owes nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            holdings: [Self::NO_HOLDING; N],
            debts: [Debt::NOTHING; N],
            holdings_len: 0,
            debts_len: 0,
        }
    }

    /// Creates an account of what it holds and owes, healthy or not.
    ///
    /// # Errors
    /// [`Error::Full`] for more than `N` of either.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_haircut_collateral::{Account, Debt, Haircut};
    ///
    /// let owed = [Debt::new(Amount::new(7), Ratio::ONE, Haircut::NONE)?];
    /// let account = Account::<1>::from_entries(&[], &owed)?;
    /// assert!(account.portfolio().is_liquidatable());
    /// assert_eq!(Account::from_entries(account.holdings(), account.debts()), Ok(account));
    /// assert!(Account::<1>::from_entries(&[], &[owed[0]; 2]).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn from_entries(holdings: &[Holding], debts: &[Debt]) -> Result<Self, Error> {
        let mut account = Self::new();
        for holding in holdings {
            account.add_holding(*holding)?;
        }
        for (index, debt) in (0..debts.len()).zip(debts) {
            account.add_debt(debt.with_amount(Amount::ZERO))?;
            account.set_debt(index, *debt)?;
        }
        Ok(account)
    }

    /// Returns what is held.
    #[must_use]
    pub fn holdings(&self) -> &[Holding] {
        self.holdings.get(..self.holdings_len).unwrap_or(&[])
    }

    /// Returns what is owed.
    #[must_use]
    pub fn debts(&self) -> &[Debt] {
        self.debts.get(..self.debts_len).unwrap_or(&[])
    }

    /// Returns the position.
    #[must_use]
    pub fn portfolio(&self) -> Portfolio<'_> {
        Portfolio::new(self.holdings(), self.debts())
    }

    /// Returns the error of an entry more than there is room for.
    fn full() -> Error {
        let capacity = u32::try_from(N).unwrap_or(u32::MAX);
        Error::Full { capacity }
    }

    /// Adds a holding, and returns its index.
    ///
    /// # Errors
    /// [`Error::Full`] if there are `N`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::new();
    /// assert_eq!(account.add_holding(held), Ok(0));
    /// assert!(account.add_holding(held).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn add_holding(&mut self, holding: Holding) -> Result<usize, Error> {
        let index = self.holdings_len;
        *self.holdings.get_mut(index).ok_or_else(Self::full)? = holding;
        // Below N, as there is an entry.
        self.holdings_len = index.wrapping_add(1);
        Ok(index)
    }

    /// Adds a debt, and returns its index.
    ///
    /// # Errors
    /// [`Error::Full`] if there are `N`, [`Error::Unhealthy`] if the position doesn't cover it.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::new();
    /// assert!(account.add_debt(owed).is_err());
    /// account.add_holding(held)?;
    /// assert_eq!(account.add_debt(owed), Ok(0));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn add_debt(&mut self, debt: Debt) -> Result<usize, Error> {
        let index = self.debts_len;
        let mut next = *self;
        *next.debts.get_mut(index).ok_or_else(Self::full)? = debt;
        next.debts_len = index.wrapping_add(1);
        if debt.amount().is_zero() {
            *self = next;
        } else {
            self.pass(next)?;
        }
        Ok(index)
    }

    /// Adds to the holding at `index`.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`]; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::from_entries(&[held], &[owed])?;
    /// account.deposit(0, Amount::new(1))?;
    /// assert!(account.deposit(0, Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn deposit(&mut self, index: usize, amount: Amount) -> Result<(), Error> {
        let held = *self.portfolio().holding(index)?;
        self.set_holding(index, held.with_amount(held.amount().checked_add(amount)?))
    }

    /// Takes from the holding at `index`, to wherever: the owner, another account, a reserve.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`]; [`Error::Unhealthy`] if the rest doesn't cover what is owed;
    /// [`Error::Math`] for more than there is.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::from_entries(&[held], &[owed])?;
    /// account.withdraw(0, Amount::new(4))?;
    /// assert!(account.withdraw(0, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("donate", "transfer", "redeem"))]
    pub fn withdraw(&mut self, index: usize, amount: Amount) -> Result<(), Error> {
        let held = *self.portfolio().holding(index)?;
        let mut next = *self;
        next.set_holding(index, held.with_amount(held.amount().checked_sub(amount)?))?;
        self.pass(next)
    }

    /// Adds to the debt at `index`.
    ///
    /// # Errors
    /// [`Error::NoSuchDebt`]; [`Error::Unhealthy`] if the position doesn't cover it; [`Error::Overflow`]
    /// above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::from_entries(&[held], &[owed])?;
    /// account.borrow(0, Amount::new(4))?;
    /// assert!(account.borrow(0, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn borrow(&mut self, index: usize, amount: Amount) -> Result<(), Error> {
        let debt = *self.portfolio().debt(index)?;
        let mut next = *self;
        next.set_debt(index, debt.with_amount(debt.amount().checked_add(amount)?))?;
        self.pass(next)
    }

    /// Takes from the debt at `index`.
    ///
    /// # Errors
    /// [`Error::NoSuchDebt`]; [`Error::Math`] for more than is owed.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::from_entries(&[held], &[owed])?;
    /// account.repay(0, Amount::new(5))?;
    /// assert!(account.repay(0, Amount::new(1)).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn repay(&mut self, index: usize, amount: Amount) -> Result<(), Error> {
        let debt = *self.portfolio().debt(index)?;
        self.set_debt(index, debt.with_amount(debt.amount().checked_sub(amount)?))
    }

    /// Gives so much of one holding for so much of another, whatever the venue paid.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`]; [`Error::Unhealthy`] if what is held then doesn't cover what is owed;
    /// [`Error::Math`] and [`Error::Overflow`] for amounts that can't be.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_haircut_collateral::{Account, Debt, Error, Haircut, Holding};
    ///
    /// let mut account = Account::<2>::new();
    /// let held = |amount| Holding::new(Amount::new(amount), Ratio::ONE, Haircut::NONE);
    /// let (from, to) = (account.add_holding(held(100))?, account.add_holding(held(0))?);
    /// account.add_debt(Debt::new(Amount::new(90), Ratio::ONE, Haircut::NONE)?)?;
    /// let slipped = account.exchange((from, Amount::new(100)), (to, Amount::new(89)));
    /// assert_eq!(slipped, Err(Error::Unhealthy));
    /// account.exchange((from, Amount::new(100)), (to, Amount::new(90)))?;
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("swap", "trade"))]
    pub fn exchange(&mut self, give: (usize, Amount), get: (usize, Amount)) -> Result<(), Error> {
        let mut next = *self;
        let given = *next.portfolio().holding(give.0)?;
        next.set_holding(
            give.0,
            given.with_amount(given.amount().checked_sub(give.1)?),
        )?;
        next.deposit(get.0, get.1)?;
        self.pass(next)
    }

    /// Gives the holding at `index` another price and haircut.
    ///
    /// # Errors
    /// [`Error::NoSuchHolding`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::from_entries(&[held], &[owed])?;
    /// account.reprice_holding(0, Ratio::new(1, 3)?, Haircut::NONE)?;
    /// assert!(account.portfolio().is_liquidatable());
    /// assert!(account.reprice_holding(1, Ratio::ONE, Haircut::NONE).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn reprice_holding(
        &mut self,
        index: usize,
        price: Ratio,
        haircut: Haircut,
    ) -> Result<(), Error> {
        let held = *self.portfolio().holding(index)?;
        self.set_holding(index, Holding::new(held.amount(), price, haircut))
    }

    /// Gives the debt at `index` another price and add-on.
    ///
    /// # Errors
    /// [`Error::NoSuchDebt`]; [`Error::OutOfRange`] for a price of 0.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, Debt, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(9), Ratio::ONE, Haircut::NONE);
    /// # let owed = Debt::new(Amount::new(5), Ratio::ONE, Haircut::NONE)?;
    /// let mut account = Account::<1>::from_entries(&[held], &[owed])?;
    /// account.reprice_debt(0, Ratio::from_integer(2), Haircut::NONE)?;
    /// assert!(account.portfolio().is_liquidatable());
    /// assert!(account.reprice_debt(0, Ratio::ZERO, Haircut::NONE).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn reprice_debt(
        &mut self,
        index: usize,
        price: Ratio,
        add_on: Haircut,
    ) -> Result<(), Error> {
        let debt = *self.portfolio().debt(index)?;
        self.set_debt(index, Debt::new(debt.amount(), price, add_on)?)
    }

    /// Becomes the next state if that is healthy enough to be opened.
    fn pass(&mut self, next: Self) -> Result<(), Error> {
        if !next.portfolio().is_healthy(Margin::Initial) {
            return Err(Error::Unhealthy);
        }
        *self = next;
        Ok(())
    }

    fn set_holding(&mut self, index: usize, holding: Holding) -> Result<(), Error> {
        let len = self.holdings_len;
        let holdings = self.holdings.get_mut(..len).unwrap_or(&mut []);
        let entry = holdings.get_mut(index);
        *entry.ok_or_else(|| Error::no_holding(index, len))? = holding;
        Ok(())
    }

    fn set_debt(&mut self, index: usize, debt: Debt) -> Result<(), Error> {
        let len = self.debts_len;
        let debts = self.debts.get_mut(..len).unwrap_or(&mut []);
        *debts
            .get_mut(index)
            .ok_or_else(|| Error::no_debt(index, len))? = debt;
        Ok(())
    }
}
