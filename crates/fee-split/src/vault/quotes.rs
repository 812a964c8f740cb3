//! The effect of a call before it is made, the largest that succeeds, and the bound on what a depositor can lose.

use tokenomics_fixed_math::{mul_div, Amount, Rounding, Timestamp};

use super::Vault;
use crate::Error;

impl Vault {
    /// Computes the shares that [`deposit`](Self::deposit) would make at a time.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// Those of the call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let vault = Vault::new(VaultTerms::PLAIN, Timestamp::ZERO)?;
    /// assert_eq!(vault.preview_deposit(Amount::new(3), Timestamp::new(1))?, 3_000);
    /// assert!(vault.preview_deposit(Amount::ZERO, Timestamp::new(1)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn preview_deposit(&self, assets: Amount, at: Timestamp) -> Result<u128, Error> {
        let mut after = *self;
        after.deposit(assets, at)
    }

    /// Computes the assets that [`mint`](Self::mint) would ask for at a time.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// Those of the call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let vault = Vault::new(VaultTerms::PLAIN, Timestamp::ZERO)?;
    /// assert_eq!(vault.preview_mint(2_001, Timestamp::new(1))?, Amount::new(3));
    /// assert!(vault.preview_mint(0, Timestamp::new(1)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn preview_mint(&self, shares: u128, at: Timestamp) -> Result<Amount, Error> {
        let mut after = *self;
        after.mint(shares, at)
    }

    /// Computes the shares that [`withdraw`](Self::withdraw) would burn at a time.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// Those of the call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// vault.deposit(Amount::new(3), now)?;
    /// assert_eq!(vault.preview_withdraw(Amount::new(2), now)?, 2_000);
    /// assert!(vault.preview_withdraw(Amount::new(4), now).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn preview_withdraw(&self, assets: Amount, at: Timestamp) -> Result<u128, Error> {
        let mut after = *self;
        after.withdraw(assets, at)
    }

    /// Computes the assets that [`redeem`](Self::redeem) would pay at a time.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// Those of the call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// vault.deposit(Amount::new(3), now)?;
    /// assert_eq!(vault.preview_redeem(2_999, now)?, Amount::new(2));
    /// assert!(vault.preview_redeem(3_001, now).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn preview_redeem(&self, shares: u128, at: Timestamp) -> Result<Amount, Error> {
        let mut after = *self;
        after.redeem(shares, at)
    }

    /// Computes the largest deposit that there is room for at a time; 0 if a deposit of that size isn't
    /// worth a share.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// let most = vault.max_deposit(now)?;
    /// assert_eq!(most.get(), u128::MAX / 1_000 - 1); // beside 1,000 virtual shares
    /// vault.deposit(most, now)?;
    /// assert_eq!(vault.max_deposit(now)?, Amount::ZERO);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn max_deposit(&self, at: Timestamp) -> Result<Amount, Error> {
        let state = self.settled_at(at)?.state;
        // Less than the room for shares and one more is worth, rounded down, fits. There is a virtual
        // share, so one more than the room can be counted.
        let first_above = state.shares_left().wrapping_add(1);
        let worth = mul_div(first_above, state.backing(), state.supply(), Rounding::Ceil);
        let by_shares = worth.map_or(u128::MAX, |above| above.saturating_sub(1));
        let most = Amount::new(by_shares).min(self.room()?);
        let shares = state.shares_of(most, Rounding::Floor)?;
        Ok(if shares.is_zero() { Amount::ZERO } else { most })
    }

    /// Computes the most shares that [`mint`](Self::mint) has room for at a time.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// let most = vault.max_mint(now)?;
    /// assert_eq!(most, u128::MAX - 1_000); // beside the virtual shares
    /// vault.mint(most, now)?;
    /// assert_eq!(vault.max_mint(now)?, 0);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn max_mint(&self, at: Timestamp) -> Result<u128, Error> {
        let state = self.settled_at(at)?.state;
        let by_assets = state.shares_of(self.room()?, Rounding::Floor);
        let by_assets = by_assets.map_or(u128::MAX, Amount::get);
        Ok(by_assets.min(state.shares_left()))
    }

    /// Computes the most assets that [`withdraw`](Self::withdraw) would pay to who has so many shares:
    /// none if withdrawals have a delay.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// vault.deposit(Amount::new(3), now)?;
    /// assert_eq!(vault.max_withdraw(2_999, now)?, Amount::new(2));
    /// assert_eq!(vault.max_withdraw(u128::MAX, now)?, Amount::new(3));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn max_withdraw(&self, shares: u128, at: Timestamp) -> Result<Amount, Error> {
        let state = self.settled_at(at)?.state;
        let shares = shares.min(state.shares.get()).min(self.most_at_once());
        state.assets_of(Amount::new(shares), Rounding::Floor)
    }

    /// Computes the most shares that [`redeem`](Self::redeem) would take of who has so many: none if
    /// withdrawals have a delay, or if they aren't worth a unit.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// vault.deposit(Amount::new(3), now)?;
    /// assert_eq!(vault.max_redeem(2_999, now)?, 2_999);
    /// assert_eq!(vault.max_redeem(999, now)?, 0);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn max_redeem(&self, shares: u128, at: Timestamp) -> Result<u128, Error> {
        if self.max_withdraw(shares, at)?.is_zero() {
            return Ok(0);
        }
        Ok(shares.min(self.shares()))
    }

    /// Computes the assets that nobody has a share of: what the virtual shares are worth, and what rounding
    /// has left.
    ///
    /// # Rounding
    /// Ceil: what all other shares are worth is floored.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms { decimals_offset: 0, ..VaultTerms::PLAIN }, now)?;
    /// vault.deposit(Amount::new(9), now)?;
    /// assert_eq!(vault.unowned(now)?, Amount::ZERO);
    /// vault.recognise_gain(Amount::new(100), now)?; // a tenth of it is the virtual share's
    /// assert_eq!(vault.unowned(now)?, Amount::new(10));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn unowned(&self, at: Timestamp) -> Result<Amount, Error> {
        let state = self.settled_at(at)?.state;
        let owned = state.assets_of(Amount::new(state.total_shares()), Rounding::Floor)?;
        Ok(state.assets.checked_sub(owned)?)
    }

    /// Computes a bound on the loss of a depositor who redeems at once, in a vault that holds `held` before the
    /// deposit, however that came there, by donations or by rounding, and whoever has the shares.
    ///
    /// It is held / 10^offset, rounded down, and 1. A bound that holds whatever the vault holds is the number
    /// of shares: who gets m loses less than a part of 1 / (m + 1), and a unit.
    ///
    /// # Rounding
    /// Ceil, of (held + 1) / 10^offset.
    ///
    /// # Errors
    /// [`Error::Overflow`] if it is more than [`Amount::MAX`].
    ///
    /// # Laws
    /// `vault_first_depositor`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// vault.deposit(Amount::new(1), now)?;
    /// vault.recognise_gain(Amount::new(10_000), now)?;
    /// let bound = vault.deposit_loss_bound(vault.assets())?;
    /// assert_eq!(bound, Amount::new(11)); // of 9,999 that are deposited
    /// let shares = vault.deposit(Amount::new(9_999), now)?;
    /// assert_eq!(vault.redeem(shares, now)?, Amount::new(9_997));
    ///
    /// let all = VaultTerms { decimals_offset: 0, ..VaultTerms::PLAIN };
    /// assert!(Vault::new(all, now)?.deposit_loss_bound(Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("inflation_attack", "first_depositor"))]
    pub fn deposit_loss_bound(&self, held: Amount) -> Result<Amount, Error> {
        let virtual_shares = self.state.terms.virtual_shares();
        let whole = held.mul_div(1, virtual_shares, Rounding::Floor)?;
        Ok(whole.checked_add(Amount::new(1))?)
    }

    /// Returns the assets that can still be counted, beside the virtual unit.
    fn room(&self) -> Result<Amount, Error> {
        let counted = self.total_assets().checked_add(Amount::new(1))?;
        Ok(Amount::MAX.checked_sub(counted)?)
    }
}
