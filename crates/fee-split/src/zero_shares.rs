//! The rule for rewards that nobody is there for.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

/// A rule for rewards that come while nobody has shares: what [`ZeroWeight`](crate::ZeroWeight) is to epochs.
///
/// ```
/// use tokenomics_fee_split::{Position, RewardPool, ZeroShares};
/// use tokenomics_fixed_math::Amount;
///
/// let (mut pool, mut alice) = (RewardPool::new(), Position::new());
/// assert_eq!(pool.fund_with(Amount::new(5), ZeroShares::Sink)?, Amount::new(5)); // the sink's
/// assert_eq!(pool.fund_with(Amount::new(7), ZeroShares::Hold)?, Amount::ZERO); // kept
/// pool.deposit(&mut alice, 10)?;
/// pool.fund_with(Amount::new(1), ZeroShares::Sink)?;
/// // The 7 that were held go to whoever has shares when rewards come next.
/// assert_eq!(pool.claimable(&alice)?, Amount::new(7)); // of 8, one unit carried
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[cfg_attr(doc, doc(alias("zero_supply", "no_stakers", "silence")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum ZeroShares {
    /// They are held for the shares that are there when the pool is called next: the first staker,
    /// however small, gets all of them.
    #[default]
    Hold,
    /// They are nobody's: they leave the pool for a place that the caller names.
    Sink,
    /// The stream stands still, and its end moves by the silence. What comes as one payment is held.
    Extend,
}

tokenomics_internals::borsh_variants! {
    [] ZeroShares {
        0: Hold,
        1: Sink,
        2: Extend,
    }
}
