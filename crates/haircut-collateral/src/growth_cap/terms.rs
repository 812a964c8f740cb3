//! The terms and the snapshot of a growth cap.

use tokenomics_fixed_math::{Fraction, Span, Timestamp, Wad};

/// The terms of a [`GrowthCap`](crate::GrowthCap).
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Span};
/// use tokenomics_haircut_collateral::GrowthCapTerms;
///
/// let terms = GrowthCapTerms {
///     growth: wad!("0.0872"),
///     year: Span::from_days(365),
///     max_step: fraction!("0.03"),
///     min_delay: Span::from_days(3),
/// };
/// assert!(terms.growth < wad!("100"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
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
pub struct GrowthCapTerms {
    /// The largest growth a year, at most 10,000%.
    pub growth: Wad,
    /// The length of a year on the host's clock, not 0.
    pub year: Span,
    /// The largest step of the snapshot's ratio in one update.
    pub max_step: Fraction,
    /// The least time between two updates.
    pub min_delay: Span,
}

/// A ratio, and the time at which it was read: one parameter.
///
/// ```
/// use tokenomics_fixed_math::{wad, Timestamp};
/// use tokenomics_haircut_collateral::RatioSnapshot;
///
/// let snapshot = RatioSnapshot { ratio: wad!("1.1572"), at: Timestamp::new(1_772_000_000) };
/// assert!(!snapshot.ratio.is_zero());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
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
pub struct RatioSnapshot {
    /// The ratio, not 0.
    pub ratio: Wad,
    /// The time.
    pub at: Timestamp,
}
