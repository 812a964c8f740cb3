//! The terms of a vault.

use tokenomics_fixed_math::{Fraction, Span};

use crate::check::in_range;
use crate::{Error, Quantity};

/// The terms of a [`Vault`](crate::Vault), which don't change.
///
/// ```
/// use tokenomics_fee_split::{Vault, VaultTerms};
/// use tokenomics_fixed_math::{Fraction, Span, Timestamp};
///
/// // A fifth of all gains, two percent a year, and a week until a withdrawal is paid.
/// let terms = VaultTerms {
///     performance_fee: Fraction::from_percent(20)?,
///     management_fee: Fraction::from_percent(2)?,
///     withdrawal_delay: Span::from_weeks(1),
///     ..VaultTerms::PLAIN
/// };
/// assert!(Vault::new(terms, Timestamp::ZERO).is_ok());
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
pub struct VaultTerms {
    /// The decimals that shares have more than assets, at most
    /// [`MAX_OFFSET`](VaultTerms::MAX_OFFSET): 10^offset virtual shares stand beside one virtual unit of
    /// assets, and dilute whoever would inflate the price of a share. Shares have 128 bits, so that at the
    /// first price a vault holds 3.4·10^(38 − offset) units at most: of a token of 18 decimals 340 at an
    /// offset of 18, and 3.4·10^14 at one of 6.
    pub decimals_offset: u8,
    /// The part of each gain above the high-water mark that is the manager's.
    pub performance_fee: Fraction,
    /// The part of the shares that the manager is minted for each period, pro rata of time.
    pub management_fee: Fraction,
    /// The period of the management fee, which is at least a unit of the clock.
    pub fee_period: Span,
    /// The time from the request of a withdrawal until it can be claimed. With any, all withdrawals
    /// are requested; without, they may be made at once, too.
    pub withdrawal_delay: Span,
}

impl VaultTerms {
    /// The most decimals that shares have more than assets.
    pub const MAX_OFFSET: u8 = 18;

    /// Shares of three decimals more than the assets, no fees, and no delay; the period is a year of
    /// seconds.
    pub const PLAIN: Self = Self {
        decimals_offset: 3,
        performance_fee: Fraction::ZERO,
        management_fee: Fraction::ZERO,
        fee_period: Span::new(31_536_000),
        withdrawal_delay: Span::ZERO,
    };

    /// Checks the offset and the period.
    pub(super) fn check(&self) -> Result<(), Error> {
        let (offset, most) = (self.decimals_offset.into(), Self::MAX_OFFSET.into());
        in_range(Quantity::DecimalsOffset, offset, 0, most)?;
        let period = self.fee_period.get().into();
        in_range(Quantity::FeePeriod, period, 1, u128::MAX)
    }

    /// Returns the number of virtual shares.
    pub(super) fn virtual_shares(&self) -> u128 {
        // The offset is at most 18, as checked.
        10_u128.wrapping_pow(self.decimals_offset.into())
    }

    /// Returns the whole in which a management fee is counted: below 2^124, since a period has 64 bits
    /// and the scale 60.
    pub(super) fn fee_whole(&self) -> u128 {
        u128::from(Fraction::SCALE).wrapping_mul(self.fee_period.get().into())
    }
}
