//! The queue of withdrawals, which gains nothing and bears losses like the shares.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Timestamp};

use super::{Vault, VaultState};
use crate::check::in_range;
use crate::{Error, Quantity};

/// A requested withdrawal from a [`Vault`]: claims to what is queued, kept by the holder or the host.
///
/// It is whose the host says it is, and a host stores it once: a withdrawal that is claimed twice, from a
/// second copy in storage or by [`restore`](Self::restore), is paid twice, out of what is held for others.
/// So it can't be copied, and a claim leaves it empty.
///
/// ```
/// use tokenomics_fee_split::{Vault, VaultTerms};
/// use tokenomics_fixed_math::{Amount, Span, Timestamp};
///
/// let at = Timestamp::new;
/// let terms = VaultTerms { withdrawal_delay: Span::new(7), ..VaultTerms::PLAIN };
/// let mut vault = Vault::new(terms, at(0))?;
/// let shares = vault.deposit(Amount::new(1_000), at(0))?;
/// let mut first = vault.request_withdrawal(shares / 10, at(1))?;
/// let mut second = vault.request_withdrawal(shares / 10, at(2))?;
///
/// // A slash of a fifth reaches both, and the shares.
/// vault.recognise_loss(Amount::new(200), at(3))?;
/// assert_eq!(vault.claim(&mut first, at(8))?, Amount::new(80));
/// assert_eq!(vault.claim(&mut second, at(9))?, Amount::new(80));
/// assert_eq!(vault.assets(), Amount::new(640)); // of 800
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// Used twice, it doesn't compile:
///
/// ```compile_fail,E0382
/// use tokenomics_fee_split::Withdrawal;
///
/// fn twice(withdrawal: Withdrawal) -> [Withdrawal; 2] {
///     [withdrawal, withdrawal]
/// }
/// ```
#[derive(Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Withdrawal {
    claims: Amount,
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    era: u64,
    ready: Timestamp,
}

impl Withdrawal {
    /// Restores a withdrawal from its claims, its era and the time from which on it can be claimed, as its
    /// host has stored them, once. Any numbers may be those of some vault's withdrawal; each call of a
    /// vault checks that they can be its own.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms, Withdrawal};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// let shares = vault.deposit(Amount::new(10), now)?;
    /// let stored = vault.request_withdrawal(shares, now)?;
    /// let mut read = Withdrawal::restore(stored.claims(), stored.era(), stored.ready());
    /// assert_eq!(vault.claim(&mut read, now)?, Amount::new(10));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use]
    pub const fn restore(claims: Amount, era: u64, ready: Timestamp) -> Self {
        Self { claims, era, ready }
    }

    /// Returns its claims, each of which is worth what all are: a unit, but for losses.
    #[must_use]
    pub const fn claims(&self) -> Amount {
        self.claims
    }

    /// Returns how often all that was queued had been lost before it was requested.
    #[must_use]
    pub const fn era(&self) -> u64 {
        self.era
    }

    /// Returns the first time at which it can be claimed.
    #[must_use]
    pub const fn ready(&self) -> Timestamp {
        self.ready
    }
}

impl Vault {
    /// Returns the assets that are held for withdrawals.
    ///
    /// # Rounding
    /// Ceil: what all claims are worth.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// let shares = vault.deposit(Amount::new(10), now)?;
    /// vault.request_withdrawal(shares / 2, now)?;
    /// vault.recognise_loss(Amount::new(5), now)?;
    /// assert_eq!(vault.queued(), Amount::new(3)); // of 2.5
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use]
    pub fn queued(&self) -> Amount {
        self.state.queued()
    }

    /// Requests the withdrawal of shares: burns them, and holds what they are worth for a claim after the
    /// delay. From then on it gains nothing, and loses what the shares lose.
    ///
    /// # Rounding
    /// What the shares are worth is floored, and so are the claims.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for more shares than holders have,
    /// and for shares that aren't worth a unit; [`Error::Overflow`] if the delay ends after the last
    /// timestamp, and for more claims than can be counted: without losses all assets are fewer.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let at = Timestamp::new;
    /// let terms = VaultTerms { withdrawal_delay: Span::new(7), ..VaultTerms::PLAIN };
    /// let mut vault = Vault::new(terms, at(0))?;
    /// let shares = vault.deposit(Amount::new(10), at(0))?;
    /// let withdrawal = vault.request_withdrawal(4_999, at(3))?;
    /// assert_eq!((withdrawal.claims(), withdrawal.ready()), (Amount::new(4), at(10)));
    ///
    /// let refused = vault.request_withdrawal(shares, at(3));
    /// let (what, value, bound) = (Quantity::Shares, 10_000, 5_001);
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("requestRedeem", "queue", "undelegate", "unstake"))]
    pub fn request_withdrawal(&mut self, shares: u128, at: Timestamp) -> Result<Withdrawal, Error> {
        let ready = at.checked_add(self.state.terms.withdrawal_delay)?;
        self.transition(at, |next| {
            let held = next.total_held()?;
            let assets = next.redeem(Amount::new(shares))?;
            let per_unit = next.claim_rate.recip()?;
            let claims = assets.mul_ratio(per_unit, Rounding::Floor)?;
            next.claims = next.claims.checked_add(claims)?;
            next.hold(held)?;
            let era = next.era;
            Ok(Withdrawal { claims, era, ready })
        })
    }

    /// Computes what a withdrawal is worth now, be it ready or not.
    ///
    /// # Rounding
    /// Floor. The rate is one for all, and only a loss changes it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a withdrawal that the vault can't have made.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// let shares = vault.deposit(Amount::new(100), now)?;
    /// let withdrawal = vault.request_withdrawal(shares / 2, now)?;
    /// vault.recognise_gain(Amount::new(100), now)?;
    /// assert_eq!(vault.worth(&withdrawal)?, Amount::new(50));
    /// vault.recognise_loss(Amount::new(60), now)?;
    /// assert_eq!(vault.worth(&withdrawal)?, Amount::new(35)); // a loss of 60 of 200
    /// assert!(Vault::new(VaultTerms::PLAIN, now)?.worth(&withdrawal).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn worth(&self, withdrawal: &Withdrawal) -> Result<Amount, Error> {
        self.state.worth(withdrawal)
    }

    /// Claims a withdrawal that is ready, and leaves it empty. Returns the assets that are to be paid out:
    /// none if all that was queued with it was lost.
    ///
    /// # Rounding
    /// Floor. What it leaves is the shares'.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] before the withdrawal is ready, and
    /// for one that the vault can't have made.
    ///
    /// # Laws
    /// `vault_queue_is_one_rate`: in whatever order withdrawals are claimed, each is paid the same.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// let at = Timestamp::new;
    /// let terms = VaultTerms { withdrawal_delay: Span::new(7), ..VaultTerms::PLAIN };
    /// let mut vault = Vault::new(terms, at(0))?;
    /// let shares = vault.deposit(Amount::new(10), at(0))?;
    /// let mut withdrawal = vault.request_withdrawal(shares, at(0))?;
    /// let early = vault.claim(&mut withdrawal, at(6));
    /// let what = Quantity::ClaimTime;
    /// assert_eq!(early, Err(Error::OutOfRange { what, value: 6, bound: 7 }));
    /// assert_eq!(vault.claim(&mut withdrawal, at(7))?, Amount::new(10));
    /// assert_eq!(vault.claim(&mut withdrawal, at(7))?, Amount::ZERO);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn claim(&mut self, withdrawal: &mut Withdrawal, at: Timestamp) -> Result<Amount, Error> {
        let ready = withdrawal.ready.get().into();
        in_range(Quantity::ClaimTime, at.get().into(), ready, u128::MAX)?;
        let paid = self.transition(at, |next| next.take(withdrawal))?;
        withdrawal.claims = Amount::ZERO;
        Ok(paid)
    }

    /// Cancels a withdrawal, ready or not, and leaves it empty. Returns the shares that are made for what
    /// it is worth, at the price of now: as a deposit does, with a part of the gains that follow. What was
    /// queued meanwhile has paid no management fee.
    ///
    /// # Rounding
    /// What it is worth is floored, and so are the shares.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for a withdrawal that the vault
    /// can't have made, and for one that isn't worth a share; [`Error::Overflow`] for more shares than can
    /// be counted.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let now = Timestamp::ZERO;
    /// let mut vault = Vault::new(VaultTerms::PLAIN, now)?;
    /// let shares = vault.deposit(Amount::new(100), now)?;
    /// let mut withdrawal = vault.request_withdrawal(shares / 2, now)?;
    /// vault.recognise_gain(Amount::new(51), now)?; // for the others
    /// assert_eq!(vault.cancel(&mut withdrawal, now)?, 25_000);
    /// assert!(vault.cancel(&mut withdrawal, now).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn cancel(&mut self, withdrawal: &mut Withdrawal, at: Timestamp) -> Result<u128, Error> {
        let shares = self.transition(at, |next| {
            let assets = next.take(withdrawal)?;
            let shares = next.shares_of(assets, Rounding::Floor)?;
            in_range(Quantity::Shares, shares.get(), 1, u128::MAX)?;
            next.assets = next.assets.checked_add(assets)?;
            next.shares = next.shares.checked_add(shares)?;
            Ok(shares.get())
        })?;
        withdrawal.claims = Amount::ZERO;
        Ok(shares)
    }
}

impl VaultState {
    /// Computes the assets of the shares and of the queue together.
    fn total_held(&self) -> Result<Amount, Error> {
        Ok(self.assets.checked_add(self.queued())?)
    }

    /// Makes the shares' all of `held` that the claims aren't worth. These are rounded up once, all
    /// together, so that the rate of a claim holds whatever is rounded down.
    fn hold(&mut self, held: Amount) -> Result<(), Error> {
        self.assets = held.checked_sub(self.queued())?;
        Ok(())
    }

    fn worth(&self, withdrawal: &Withdrawal) -> Result<Amount, Error> {
        let era = u128::from(withdrawal.era);
        in_range(Quantity::Era, era, 0, self.era.into())?;
        if withdrawal.era < self.era {
            return Ok(Amount::ZERO);
        }
        let claims = withdrawal.claims;
        in_range(Quantity::Claims, claims.get(), 0, self.claims.get())?;
        Ok(claims.mul_ratio(self.claim_rate, Rounding::Floor)?)
    }

    /// Takes a withdrawal out of the queue. Returns what it is worth, which is no longer held.
    fn take(&mut self, withdrawal: &Withdrawal) -> Result<Amount, Error> {
        let worth = self.worth(withdrawal)?;
        if withdrawal.era < self.era {
            return Ok(worth);
        }
        let held = self.total_held()?.checked_sub(worth)?;
        self.claims = self.claims.checked_sub(withdrawal.claims)?;
        if self.claims.is_zero() {
            self.empty_queue();
        }
        self.hold(held)?;
        Ok(worth)
    }

    /// Lets the next claim be worth a unit, as no other one is left.
    pub(super) fn empty_queue(&mut self) {
        self.claims = Amount::ZERO;
        self.claim_rate = Ratio::ONE;
        self.loss_rest = 0;
    }
}
