//! The fees of a vault: of gains, above a high-water mark, and of time.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp, U256};

use super::{Vault, VaultState};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The two parts of a gain, which sum to it, and the shares that are made for the one of them.
///
/// ```
/// use tokenomics_fee_split::{Vault, VaultTerms};
/// use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
///
/// let (now, performance_fee) = (Timestamp::ZERO, Fraction::from_percent(10)?);
/// let mut vault = Vault::new(VaultTerms { performance_fee, ..VaultTerms::PLAIN }, now)?;
/// vault.deposit(Amount::new(100), now)?;
/// let gain = vault.recognise_gain(Amount::new(19), now)?;
/// assert_eq!((gain.to_shares, gain.fee), (Amount::new(18), Amount::new(1))); // of 1.9
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct Gain {
    /// The part that is the shares'.
    pub to_shares: Amount,
    /// The performance fee.
    pub fee: Amount,
    /// The shares that are made for the manager out of the fee, and of what was pending.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub fee_shares: u128,
}

/// The shares that a manager collects.
///
/// ```
/// use tokenomics_fee_split::{Vault, VaultTerms, WeightedSplit};
/// use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};
///
/// let (management_fee, fee_period) = (Fraction::from_percent(1)?, Span::new(100));
/// let terms = VaultTerms { management_fee, fee_period, ..VaultTerms::PLAIN };
/// let mut vault = Vault::new(terms, Timestamp::ZERO)?;
/// vault.deposit(Amount::new(1_000), Timestamp::ZERO)?;
/// let fees = vault.collect_fees(Timestamp::new(50))?;
/// assert_eq!((fees.management, fees.performance), (5_000, 0));
///
/// // Two thirds for the manager, and one for the protocol.
/// let parts = WeightedSplit::new([2, 1])?.split(Amount::new(fees.management));
/// assert_eq!(parts.map(Amount::get), [3_333, 1_667]);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct VaultFees {
    /// The shares that were made for time.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub management: u128,
    /// The shares that were made for gains.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub performance: u128,
}

impl Vault {
    /// Adds a gain to the assets, less the performance fee, for which shares are made.
    ///
    /// It is for whoever has shares at that moment, be it since the call before. So a host that declares large
    /// gains seldom lets nobody in just before, neither by a deposit nor by [`cancel`](Self::cancel).
    ///
    /// The fee is of the part of the gain that takes the price above the high-water mark, the highest price
    /// after any call since somebody has had shares. So no gain pays twice, and one that only makes up for a
    /// loss or for the management fee pays nothing. Neither does what raises the price without being
    /// declared, which is rounding.
    ///
    /// # Rounding
    /// The fee is floored, to a unit, and its remainder carried; of the fee, so many whole shares are made as
    /// it is worth, and less than the price of one is pending until the next gain.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] where nobody has shares, and the
    /// gain would be nobody's; [`Error::Overflow`] for more assets than can be counted.
    ///
    /// # Laws
    /// `vault_gains_by_parts`: many small gains pay the fee of one large one, to the unit.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
    /// let (now, performance_fee) = (Timestamp::ZERO, Fraction::from_percent(10)?);
    /// let mut vault = Vault::new(VaultTerms { performance_fee, ..VaultTerms::PLAIN }, now)?;
    /// let nobody = vault.recognise_gain(Amount::new(5), now);
    /// let what = Quantity::Shares;
    /// assert_eq!(nobody, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    ///
    /// // A loss is made up for without a fee.
    /// vault.deposit(Amount::new(1_000), now)?;
    /// vault.recognise_loss(Amount::new(300), now)?;
    /// assert_eq!(vault.recognise_gain(Amount::new(200), now)?.fee, Amount::ZERO);
    /// assert_eq!(vault.recognise_gain(Amount::new(200), now)?.fee, Amount::new(10));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[doc(alias("harvest", "report", "donate", "high_water_mark"))]
    pub fn recognise_gain(&mut self, gain: Amount, at: Timestamp) -> Result<Gain, Error> {
        self.transition(at, |next| {
            in_range(Quantity::Shares, next.total_shares(), 1, u128::MAX)?;
            let fee = next.charge(gain)?;
            let to_shares = gain.checked_sub(fee)?;
            next.assets = next.assets.checked_add(to_shares)?;
            next.pending_fee = next.pending_fee.checked_add(fee)?;
            let fee_shares = next.mint_fee()?;
            Ok(Gain {
                to_shares,
                fee,
                fee_shares,
            })
        })
    }

    /// Makes the fees' shares the manager's, whose holder the host notes, and returns them. Only from then
    /// on do they pay a management fee themselves.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Fraction, Timestamp};
    /// let (now, performance_fee) = (Timestamp::new(9), Fraction::from_percent(10)?);
    /// let mut vault = Vault::new(VaultTerms { performance_fee, ..VaultTerms::PLAIN }, now)?;
    /// vault.deposit(Amount::new(100), now)?;
    /// vault.recognise_gain(Amount::new(100), now)?;
    /// let fees = vault.collect_fees(now)?;
    /// assert_eq!(vault.redeem(fees.performance, now)?, Amount::new(9)); // of 10, or a hair less
    /// assert!(vault.collect_fees(Timestamp::ZERO).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn collect_fees(&mut self, at: Timestamp) -> Result<VaultFees, Error> {
        self.transition(at, |next| {
            let (management, performance) = (next.management_shares, next.performance_shares);
            next.shares = next
                .shares
                .checked_add(management)?
                .checked_add(performance)?;
            next.management_shares = Amount::ZERO;
            next.performance_shares = Amount::ZERO;
            Ok(VaultFees {
                management: management.get(),
                performance: performance.get(),
            })
        })
    }

    /// Returns the vault as it stands at a time, if nobody calls it until then: with the shares that the
    /// manager is made for the time.
    ///
    /// # Rounding
    /// Whole shares are made, floored, and the remainder is carried.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call.
    ///
    /// # Laws
    /// `vault_waits`: however often a vault is called in between, its shares are the same.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Vault, VaultTerms};
    /// # use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};
    /// let (management_fee, fee_period) = (Fraction::from_percent(1)?, Span::new(100));
    /// let terms = VaultTerms { management_fee, fee_period, ..VaultTerms::PLAIN };
    /// let mut vault = Vault::new(terms, Timestamp::ZERO)?;
    /// vault.deposit(Amount::new(1), Timestamp::ZERO)?;
    /// let after = |time| vault.settled_at(Timestamp::new(time));
    /// assert_eq!(after(50)?.state().management_shares, Amount::new(5));
    /// assert_eq!(after(50)?.settled_at(Timestamp::new(75))?, after(75)?);
    /// assert!(after(50)?.settled_at(Timestamp::new(49)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn settled_at(&self, at: Timestamp) -> Result<Self, Error> {
        let mut state = self.state;
        state.settle(at)?;
        Ok(Self { state })
    }
}

impl VaultState {
    /// Makes the manager's shares for the time since the last call, as far as they can be counted: a vault
    /// never comes to a time from which on it refuses all calls.
    pub(super) fn settle(&mut self, at: Timestamp) -> Result<(), Error> {
        let last = self.last;
        let elapsed = at.since(last).ok_or(Error::Backdated { at, last })?;
        // 128, 60 and 64 bits, and what is added has 124.
        let part = U256::product(self.shares.get(), self.terms.management_fee.raw().into());
        let due = part.checked_mul(elapsed.get().into())?;
        let due = due.checked_add(self.management_rest.get().into())?;
        let (made, rest) = due.div_rem(self.terms.fee_whole())?;
        let made = made.to_u128().unwrap_or(u128::MAX).min(self.shares_left());
        self.management_shares = self.management_shares.checked_add(Amount::new(made))?;
        self.management_rest = Amount::new(rest);
        self.last = at;
        Ok(())
    }

    /// Computes the fee of a gain, and keeps its remainder.
    fn charge(&mut self, gain: Amount) -> Result<Amount, Error> {
        let after = Amount::new(self.backing()).checked_add(gain)?;
        let mark = Amount::new(self.supply()).mul_ratio(self.high_water_mark, Rounding::Ceil);
        // The mark is at least the price before, so that this is at most the gain.
        let above = mark.and_then(|mark| after.checked_sub(mark));
        let above = above.unwrap_or(Amount::ZERO);
        let due = U256::product(above.get(), self.terms.performance_fee.raw().into());
        let due = due.checked_add(u128::from(self.performance_rest).into())?;
        let (fee, rest) = due.div_rem(Fraction::SCALE.into())?;
        self.performance_rest = u64::try_from(rest).unwrap_or(0);
        Ok(Amount::new(fee.to_u128()?))
    }

    /// Makes whole shares of the pending fee, as a deposit does, as far as they can be counted.
    fn mint_fee(&mut self) -> Result<u128, Error> {
        let made = self.shares_of(self.pending_fee, Rounding::Floor);
        let made = made.unwrap_or(Amount::MAX).get().min(self.shares_left());
        let made = Amount::new(made);
        let assets = self.assets_of(made, Rounding::Ceil)?;
        self.pending_fee = self.pending_fee.checked_sub(assets)?;
        self.assets = self.assets.checked_add(assets)?;
        self.performance_shares = self.performance_shares.checked_add(made)?;
        Ok(made.get())
    }
}
