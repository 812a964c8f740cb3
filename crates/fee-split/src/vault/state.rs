//! The state that a vault is stored as, and the checks that calls could have led to it.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Timestamp};

use super::{Vault, VaultTerms};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of a [`Vault`]: what it is stored as, and restored from by [`Vault::restore`], which checks
/// it.
///
/// All numbers of 128 bits are [`Amount`]s, so that people read them as strings.
///
/// ```
/// use tokenomics_fee_split::{Vault, VaultTerms};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let mut vault = Vault::new(VaultTerms::PLAIN, Timestamp::ZERO)?;
/// vault.deposit(Amount::new(7), Timestamp::new(1))?;
/// let state = vault.state();
/// assert_eq!((state.assets, state.shares), (Amount::new(7), Amount::new(7_000)));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Vault", deny_unknown_fields)
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("VaultState", "Vault"))
)]
pub struct VaultState {
    /// The terms.
    pub terms: VaultTerms,
    /// The time of the last call.
    pub last: Timestamp,
    /// The assets that the shares are of: all but what is queued and what is pending.
    pub assets: Amount,
    /// The shares of holders.
    pub shares: Amount,
    /// The shares that the manager was minted for time, and hasn't collected.
    pub management_shares: Amount,
    /// The shares that the manager was minted for gains, and hasn't collected.
    pub performance_shares: Amount,
    /// The remainder of the management fee: parts of a share, of 10^18 · period.
    pub management_rest: Amount,
    /// The remainder of the performance fee: parts of a unit, of 10^18.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub performance_rest: u64,
    /// The part of the performance fee that no whole share was minted for.
    pub pending_fee: Amount,
    /// The high-water mark: the highest price of a share after any call since somebody has had one.
    pub high_water_mark: Ratio,
    /// The sum of the claims of all withdrawals of this era.
    pub claims: Amount,
    /// The assets that a claim is worth: 1 but for losses.
    pub claim_rate: Ratio,
    /// The number of times at which all that was queued was lost.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub era: u64,
    /// The remainder of the losses of the queue, in units of 2^-64.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub loss_rest: u64,
}

impl VaultState {
    /// Returns the state of a vault that nobody has called.
    pub(super) fn empty(terms: VaultTerms, start: Timestamp) -> Result<Self, Error> {
        let virtual_shares = terms.virtual_shares();
        Ok(Self {
            terms,
            last: start,
            assets: Amount::ZERO,
            shares: Amount::ZERO,
            management_shares: Amount::ZERO,
            performance_shares: Amount::ZERO,
            management_rest: Amount::ZERO,
            performance_rest: 0,
            pending_fee: Amount::ZERO,
            high_water_mark: Ratio::new(1, virtual_shares)?,
            claims: Amount::ZERO,
            claim_rate: Ratio::ONE,
            era: 0,
            loss_rest: 0,
        })
    }

    /// Returns the assets with the virtual unit. All assets are below the largest amount, as checked.
    pub(super) const fn backing(&self) -> u128 {
        self.assets.get().wrapping_add(1)
    }

    /// Returns all shares that somebody has or will have collected.
    pub(super) const fn total_shares(&self) -> u128 {
        // All sums of shares are checked, the virtual ones with them.
        let fees = self.management_shares.get();
        let fees = fees.wrapping_add(self.performance_shares.get());
        self.shares.get().wrapping_add(fees)
    }

    /// Returns all shares with the virtual ones.
    pub(super) fn supply(&self) -> u128 {
        let virtual_shares = self.terms.virtual_shares();
        self.total_shares().wrapping_add(virtual_shares)
    }

    /// Returns the shares that can still be made.
    pub(super) fn shares_left(&self) -> u128 {
        u128::MAX.wrapping_sub(self.supply())
    }

    /// Returns the exact price of a share.
    pub(super) fn price(&self) -> Result<Ratio, Error> {
        Ok(Ratio::new(self.backing(), self.supply())?)
    }

    /// Returns the assets that are held for withdrawals: what all claims are worth, rounded up.
    pub(super) fn queued(&self) -> Amount {
        // A claim is worth at most 1, so that there is a result.
        let worth = self.claims.mul_ratio(self.claim_rate, Rounding::Ceil);
        worth.unwrap_or(self.claims)
    }

    /// Returns the sum of all assets, which is checked.
    pub(super) fn total_assets(&self) -> Amount {
        let own = self.assets.get().wrapping_add(self.pending_fee.get());
        Amount::new(own.wrapping_add(self.queued().get()))
    }

    /// Computes the shares for so many assets.
    pub(super) fn shares_of(&self, assets: Amount, rounding: Rounding) -> Result<Amount, Error> {
        Ok(assets.mul_div(self.supply(), self.backing(), rounding)?)
    }

    /// Computes the assets for so many shares.
    pub(super) fn assets_of(&self, shares: Amount, rounding: Rounding) -> Result<Amount, Error> {
        Ok(shares.mul_div(self.backing(), self.supply(), rounding)?)
    }

    /// Checks that all assets and the virtual unit, and all shares and the virtual ones, can be counted.
    pub(super) fn check_sums(&self) -> Result<(), Error> {
        let own = self.assets.checked_add(self.pending_fee)?;
        own.checked_add(self.queued())?
            .checked_add(Amount::new(1))?;
        let fees = self.management_shares.checked_add(self.performance_shares);
        let shares = self.shares.checked_add(fees?)?;
        shares.checked_add(Amount::new(self.terms.virtual_shares()))?;
        Ok(())
    }

    /// Raises the high-water mark to the price; without shares, the mark is that of who comes next.
    pub(super) fn raise_mark(&mut self) -> Result<(), Error> {
        let price = self.price()?;
        if self.total_shares() == 0 || price > self.high_water_mark {
            self.high_water_mark = price;
        }
        Ok(())
    }

    fn check_fees(&self) -> Result<(), Error> {
        let whole = self.terms.fee_whole().wrapping_sub(1);
        in_range(Quantity::FeeRest, self.management_rest.get(), 0, whole)?;
        let scale = u128::from(Fraction::SCALE).wrapping_sub(1);
        in_range(Quantity::FeeRest, self.performance_rest.into(), 0, scale)
    }

    /// Checks that the high-water mark is at least the price, and that price where nobody has shares.
    fn check_mark(&self) -> Result<(), Error> {
        let rounding = match self.high_water_mark.cmp(&self.price()?) {
            Ordering::Less => Rounding::Floor,
            Ordering::Greater if self.total_shares() == 0 => Rounding::Ceil,
            Ordering::Equal | Ordering::Greater => return Ok(()),
        };
        let worth = Amount::new(self.supply()).mul_ratio(self.high_water_mark, rounding);
        let (value, bound) = (worth.unwrap_or(Amount::MAX).get(), self.backing());
        let what = Quantity::HighWaterMark;
        Err(Error::OutOfRange { what, value, bound })
    }

    fn check_queue(&self) -> Result<(), Error> {
        let (worth, most) = (self.claim_rate.numerator(), self.claim_rate.denominator());
        let empty = self.claims.is_zero();
        let least = if empty { most } else { 1 };
        in_range(Quantity::ClaimRate, worth, least, most)?;
        let rest = if empty { 0 } else { u128::MAX };
        in_range(Quantity::LossRest, self.loss_rest.into(), 0, rest)
    }
}

impl Vault {
    /// Restores a vault from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for terms outside of their ranges, a remainder of a whole or more, a mark below
    /// the price, or above it where nobody has shares, a claim that is worth nothing or more than 1, and a
    /// queue without claims that has lost something; [`Error::Overflow`] for more assets or shares than can
    /// be counted.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultState, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// let mut vault = Vault::new(VaultTerms::PLAIN, Timestamp::ZERO)?;
    /// vault.deposit(Amount::new(7), Timestamp::new(1))?;
    /// assert_eq!(Vault::restore(vault.state())?, vault);
    ///
    /// // Nothing is queued, so nothing of it can be lost.
    /// let claim_rate = Ratio::new(1, 2)?;
    /// let refused = Vault::restore(VaultState { claim_rate, ..vault.state() });
    /// let what = Quantity::ClaimRate;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 1, bound: 2 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: VaultState) -> Result<Self, Error> {
        state.terms.check()?;
        state.check_queue()?;
        state.check_sums()?;
        state.check_fees()?;
        state.check_mark()?;
        Ok(Self { state })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> VaultState {
        self.state
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&Vault> for VaultState {
    fn from(vault: &Vault) -> Self {
        vault.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<VaultState> for Vault {
    type Error = Error;

    fn try_from(state: VaultState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

tokenomics_internals::checked_codec! {
    [] Vault as VaultState: MaxEncodedLen
}
