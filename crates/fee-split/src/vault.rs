//! Shares of assets whose price never falls but by a declared loss.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp};

use crate::check::in_range;
use crate::{Error, Quantity};

mod fees;
mod loss;
mod queue;
mod quotes;
mod state;
mod terms;
pub use fees::{Gain, VaultFees};
pub use loss::VaultLoss;
pub use queue::Withdrawal;
pub use state::VaultState;
pub use terms::VaultTerms;

/// A vault: assets that are pooled, and shares of them, whose price no call but a declared loss lowers.
///
/// The price of a share is (assets + 1) / (shares + 10^offset). The virtual unit and the virtual shares
/// give an empty vault a price, and dilute whoever would raise the price of the first shares: see
/// [`deposit_loss_bound`](Self::deposit_loss_bound). Assets are counted, and not looked up: a donation
/// moves nothing until the host declares it as a gain by [`recognise_gain`](Self::recognise_gain), which
/// it need not.
///
/// Fees are minted as shares: a part of each gain above the highest price so far, and a part of the
/// shares in time, which is the one thing beside a loss that lowers the price, to the unit as
/// [`settled_at`](Self::settled_at) says. Neither depends on when or how often the vault is called.
///
/// A withdrawal may wait in a queue, where it gains nothing and bears each loss at the rate that the shares
/// do; whoever is in it is paid at one rate, first or last.
///
/// The host keeps the shares of each holder, as the balances of a token, and each [`Withdrawal`]. The
/// vault holds the sums, and its size and the cost of a call don't depend on how many hold what.
///
/// # Laws
/// `vault_accrual`: between two losses the price never falls, but for the management fee ·
/// `vault_no_profit`: no sequence of calls of one holder, without a gain, pays out more than was put in ·
/// `vault_conserves`: assets are what was put in and gained, less what was paid and lost ·
/// `vault_loses_alike`: a loss takes the same part of what is queued and what isn't.
///
/// ```
/// use tokenomics_fee_split::{Vault, VaultTerms};
/// use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
///
/// let terms = VaultTerms { performance_fee: Fraction::from_percent(10)?, ..VaultTerms::PLAIN };
/// let now = Timestamp::ZERO;
/// let mut vault = Vault::new(terms, now)?;
/// let alice = vault.deposit(Amount::new(1_000_000), now)?;
/// let bob = vault.deposit(Amount::new(3_000_000), now)?;
/// assert_eq!((alice, bob), (1_000_000_000, 3_000_000_000));
///
/// // Of a gain of 400,000 a tenth is the manager's, in shares.
/// let gain = vault.recognise_gain(Amount::new(400_000), now)?;
/// assert_eq!((gain.fee, gain.to_shares), (Amount::new(40_000), Amount::new(360_000)));
/// assert_eq!(vault.redeem(alice, now)?, Amount::new(1_089_999)); // a quarter, rounded down
///
/// // A loss is borne by all, the manager with them.
/// vault.recognise_loss(Amount::new(331_000), now)?;
/// assert_eq!(vault.redeem(bob, now)?, Amount::new(2_943_001)); // of 3,270,000
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// EIP-4626, and OpenZeppelin's ERC4626 for the virtual shares. That one counts by the balance it holds,
/// so that anybody's donation moves the price.
#[doc(alias("ERC4626", "EIP-4626", "yield", "virtual_shares", "inflation_attack"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Vault {
    // All as `Vault::restore` has checked it.
    state: VaultState,
}

impl Vault {
    /// Creates a vault without assets and shares, whose clock begins at `start`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an offset above [`VaultTerms::MAX_OFFSET`] and for a period of no length.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Ratio, Timestamp};
    /// let vault = Vault::new(VaultTerms::PLAIN, Timestamp::ZERO)?;
    /// assert_eq!(vault.price(Timestamp::ZERO)?, Ratio::new(1, 1_000)?);
    ///
    /// let refused = Vault::new(VaultTerms { decimals_offset: 19, ..VaultTerms::PLAIN }, Timestamp::ZERO);
    /// let what = Quantity::DecimalsOffset;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 19, bound: 18 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn new(terms: VaultTerms, start: Timestamp) -> Result<Self, Error> {
        terms.check()?;
        let state = VaultState::empty(terms, start)?;
        Ok(Self { state })
    }

    /// Returns the terms.
    #[must_use]
    pub const fn terms(&self) -> VaultTerms {
        self.state.terms
    }

    /// Returns the assets that the shares are of: all but those that are held for withdrawals, and the
    /// pending fee.
    #[must_use]
    pub const fn assets(&self) -> Amount {
        self.state.assets
    }

    /// Computes the sum of all assets: those of the shares, those held for withdrawals, and the pending fee.
    ///
    /// # Errors
    /// None: the sum was checked by the call that made it.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// let shares = vault.deposit(Amount::new(100), now)?;
    /// vault.request_withdrawal(shares / 4, now)?;
    /// assert_eq!((vault.assets(), vault.queued()?), (Amount::new(75), Amount::new(25)));
    /// assert_eq!(vault.total_assets()?, Amount::new(100));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn total_assets(&self) -> Result<Amount, Error> {
        self.state.total_assets()
    }

    /// Returns the shares that holders have.
    #[must_use]
    pub const fn shares(&self) -> u128 {
        self.state.shares.get()
    }

    /// Computes the price of a share at a time, in assets: exact, with the virtual unit and the virtual
    /// shares.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};
    /// let at = Timestamp::new;
    /// let (management_fee, fee_period) = (Fraction::from_percent(10)?, Span::new(100));
    /// let terms = VaultTerms { decimals_offset: 0, management_fee, fee_period, ..VaultTerms::PLAIN };
    /// let mut vault = Vault::new(terms, at(0))?;
    /// vault.deposit(Amount::new(1_000), at(5))?;
    /// assert_eq!(vault.price(at(5))?, Ratio::ONE);
    /// assert_eq!(vault.price(at(105))?, Ratio::new(1_001, 1_101)?); // 100 shares more
    /// assert!(vault.price(at(4)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("exchange_rate", "pricePerShare", "convertToAssets"))]
    pub fn price(&self, at: Timestamp) -> Result<Ratio, Error> {
        self.settled_at(at)?.state.price()
    }

    /// Deposits assets. Returns the shares that are made for them.
    ///
    /// # Rounding
    /// The shares are floored.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for assets that aren't worth a
    /// share, since they would be given away; [`Error::Overflow`] for more assets or shares than can be
    /// counted.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms { decimals_offset: 0, ..VaultTerms::PLAIN }, now)?;
    /// vault.deposit(Amount::new(1), now)?;
    /// vault.recognise_gain(Amount::new(18), now)?;
    /// assert_eq!(vault.deposit(Amount::new(10), now)?, 1); // at a price of 10
    ///
    /// let too_little = vault.deposit(Amount::new(9), now);
    /// let what = Quantity::Shares;
    /// assert_eq!(too_little, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn deposit(&mut self, assets: Amount, at: Timestamp) -> Result<u128, Error> {
        self.transition(at, |next| {
            let shares = next.shares_of(assets, Rounding::Floor)?;
            in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
            next.assets = next.assets.checked_add(assets)?;
            next.shares = next.shares.checked_add(shares)?;
            Ok(shares.get())
        })
    }

    /// Makes so many shares. Returns the assets that are to be put in for them.
    ///
    /// # Rounding
    /// The assets are ceiled.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for no shares; [`Error::Overflow`]
    /// for more assets or shares than can be counted.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// assert_eq!(vault.mint(1_001, now)?, Amount::new(2)); // of 1.001
    /// assert!(vault.mint(0, now).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn mint(&mut self, shares: u128, at: Timestamp) -> Result<Amount, Error> {
        in_range(Quantity::Shares, shares, 1, u128::MAX)?;
        let shares = Amount::new(shares);
        self.transition(at, |next| {
            let assets = next.assets_of(shares, Rounding::Ceil)?;
            next.assets = next.assets.checked_add(assets)?;
            next.shares = next.shares.checked_add(shares)?;
            Ok(assets)
        })
    }

    /// Withdraws assets. Returns the shares that are burned for them, which the host takes from the holder,
    /// or refuses the call.
    ///
    /// # Rounding
    /// The shares are ceiled.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for no assets, for any if
    /// withdrawals have a delay, and for more shares than holders have.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms { decimals_offset: 0, ..VaultTerms::PLAIN }, now)?;
    /// vault.deposit(Amount::new(9), now)?;
    /// vault.recognise_gain(Amount::new(5), now)?;
    /// assert_eq!(vault.withdraw(Amount::new(4), now)?, 3); // of 2.67, at a price of 1.5
    ///
    /// let too_much = vault.withdraw(Amount::new(11), now);
    /// let what = Quantity::Shares;
    /// assert_eq!(too_much, Err(Error::OutOfRange { what, value: 7, bound: 6 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn withdraw(&mut self, assets: Amount, at: Timestamp) -> Result<u128, Error> {
        in_range(Quantity::Assets, assets.get(), 1, self.most_at_once())?;
        self.transition(at, |next| {
            let shares = next.shares_of(assets, Rounding::Ceil)?;
            next.burn(shares)?;
            next.assets = next.assets.checked_sub(assets)?;
            Ok(shares.get())
        })
    }

    /// Redeems shares. Returns the assets that are paid for them.
    ///
    /// # Rounding
    /// The assets are floored.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for more shares than holders have,
    /// for shares that aren't worth a unit, and for any if withdrawals have a delay.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// vault.deposit(Amount::new(9), now)?;
    /// assert_eq!(vault.redeem(1_999, now)?, Amount::new(1)); // of 1.999
    /// assert!(vault.redeem(800, now).is_err());
    /// assert!(vault.redeem(7_002, now).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn redeem(&mut self, shares: u128, at: Timestamp) -> Result<Amount, Error> {
        in_range(Quantity::Shares, shares, 0, self.most_at_once())?;
        self.transition(at, |next| next.redeem(Amount::new(shares)))
    }

    /// Returns the most that can be withdrawn without a request: nothing if there is a delay.
    const fn most_at_once(&self) -> u128 {
        if self.state.terms.withdrawal_delay.is_zero() {
            u128::MAX
        } else {
            0
        }
    }

    /// Settles the management fee up to `at` and changes the state; on an error nothing is changed.
    fn transition<T>(
        &mut self,
        at: Timestamp,
        change: impl FnOnce(&mut VaultState) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut next = self.state;
        next.settle(at)?;
        let result = change(&mut next)?;
        next.check_sums()?;
        next.raise_mark()?;
        self.state = next;
        Ok(result)
    }
}

impl VaultState {
    /// Burns shares of holders.
    fn burn(&mut self, shares: Amount) -> Result<(), Error> {
        in_range(Quantity::Shares, shares.get(), 0, self.shares.get())?;
        self.shares = self.shares.checked_sub(shares)?;
        Ok(())
    }

    /// Burns shares of holders, and takes out what they are worth, which is at least a unit.
    fn redeem(&mut self, shares: Amount) -> Result<Amount, Error> {
        let assets = self.assets_of(shares, Rounding::Floor);
        self.burn(shares)?;
        let assets = assets?;
        in_range(Quantity::Assets, assets.get(), 1, u128::MAX)?;
        self.assets = self.assets.checked_sub(assets)?;
        Ok(assets)
    }
}
