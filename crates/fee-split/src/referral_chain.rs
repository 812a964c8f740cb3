//! Shares of a fee for those who referred its payer, level by level.

use tokenomics_fixed_math::{Amount, Fraction};

use crate::check::in_range;
use crate::{Error, ExactAmount, Quantity};

/// The shares of a fee for up to L levels of referrers: the first for who referred the payer, the second
/// for who referred that one, and so on, no share larger than the one before.
///
/// What no referrer gets is the rest, for a place that the caller names: the levels that a short chain
/// doesn't have, and what the shares leave. All are exact to the last 1e-18 of a unit, so that of many
/// tiny fees nobody loses anything: credit them to a [`PendingPayout`](crate::PendingPayout) each.
///
/// # Laws
/// `referrals_are_exact`: parts and rest sum to the fee without a rounding, and many fees credit what one
/// of their sum does.
///
/// ```
/// use tokenomics_fee_split::{PendingPayout, ReferralChain};
/// use tokenomics_fixed_math::{fraction, Amount};
///
/// let chain = ReferralChain::new([fraction!("0.1"), fraction!("0.05"), fraction!("0.01")])?;
/// // The payer has a referrer, who has one, who has none.
/// let (mut first, mut second, mut rest) =
///     (PendingPayout::new(), PendingPayout::new(), PendingPayout::new());
/// for _ in 0..100 {
///     let fee = chain.split(Amount::new(9), 2);
///     first.credit(fee.parts[0])?;
///     second.credit(fee.parts[1])?;
///     rest.credit(fee.rest)?;
/// }
/// let paid = [first, second, rest].map(|mut payout| payout.pay(Amount::ZERO).get());
/// assert_eq!(paid, [90, 45, 765]);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[doc(alias("affiliate", "multi-level", "upline"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReferralChain<const L: usize> {
    // None larger than the one before; they sum to at most 1.
    shares: [Fraction; L],
}

/// The parts of a fee that a [`ReferralChain`] splits.
///
/// ```
/// use tokenomics_fee_split::{ExactAmount, ReferralChain};
/// use tokenomics_fixed_math::{fraction, Amount};
///
/// let fee = ReferralChain::new([fraction!("0.1")])?.split(Amount::new(25), 0);
/// assert_eq!(fee.parts, [ExactAmount::ZERO]);
/// assert_eq!(fee.rest, Amount::new(25).into());
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; parts: ([ExactAmount; L]), rest: (ExactAmount))),
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
pub struct Referrals<const L: usize> {
    /// The part of each level, from the payer's own referrer on; nothing where there is none.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<ExactAmount, L>")
    )]
    pub parts: [ExactAmount; L],
    /// The rest, for a place that the caller names.
    pub rest: ExactAmount,
}

impl<const L: usize> ReferralChain<L> {
    /// Creates a chain of the shares of its levels.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a share that is larger than the one before, and for shares that sum to
    /// more than 1.
    ///
    /// ```
    /// # use tokenomics_fee_split::ReferralChain;
    /// # use tokenomics_fixed_math::fraction;
    /// assert!(ReferralChain::new([fraction!("0.6"), fraction!("0.4")]).is_ok());
    /// assert!(ReferralChain::new([fraction!("0.4"), fraction!("0.6")]).is_err());
    /// assert!(ReferralChain::new([fraction!("0.6"), fraction!("0.5")]).is_err());
    /// ```
    pub fn new(shares: [Fraction; L]) -> Result<Self, Error> {
        let mut left = Fraction::ONE;
        let mut most = Fraction::ONE;
        for share in shares {
            let bound = most.min(left).raw().into();
            in_range(Quantity::ReferralShare, share.raw().into(), 0, bound)?;
            left = left.checked_sub(share)?;
            most = share;
        }
        Ok(Self { shares })
    }

    /// Returns the shares, from the payer's own referrer on.
    #[must_use]
    pub const fn shares(&self) -> [Fraction; L] {
        self.shares
    }

    /// Splits a fee whose payer has so many referrers, one above the other. Those beyond L get nothing.
    ///
    /// # Laws
    /// `referrals_are_exact`.
    #[must_use]
    pub fn split(&self, fee: Amount, referrers: usize) -> Referrals<L> {
        let mut left = Fraction::ONE;
        let mut parts = [ExactAmount::ZERO; L];
        for (part, &share) in parts.iter_mut().zip(&self.shares).take(referrers) {
            *part = ExactAmount::share_of(fee, share);
            // The shares sum to at most 1.
            left = left.checked_sub(share).unwrap_or(Fraction::ZERO);
        }
        let rest = ExactAmount::share_of(fee, left);
        Referrals { parts, rest }
    }
}

tokenomics_internals::checked_codec! {
    ReferralChain::new as RawReferralChain([Fraction; L] = ReferralChain::shares)
}
