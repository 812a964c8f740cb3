//! The parameters of a supply target.

use tokenomics_fixed_math::{Amount, Fraction, Span, Wad};

/// The part of the supply that a price's distance from its target moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
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
pub enum RebaseRule {
    /// The relative distance divided by this; 1 to 10,000.
    Lag(
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        u64,
    ),
    /// A sigmoid of the relative distance.
    Sigmoid {
        /// The part of the supply that it tends to take; above 0.
        lower: Fraction,
        /// The part of the supply that it tends to add; above 0.
        upper: Fraction,
        /// Its steepness; at most 1,000.
        growth: Wad,
    },
}

tokenomics_internals::borsh_variants! {
    [] RebaseRule {
        0: Lag(periods),
        1: Sigmoid { lower, upper, growth },
    }
}

/// The parameters of a [`SupplyTarget`](crate::SupplyTarget), which [`new`](crate::SupplyTarget::new) checks.
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
pub struct SupplyTargetParams {
    /// The price that is aimed at; above 0 and at most 10^9.
    pub target: Wad,
    /// A price that is off by less than this part of the target changes nothing.
    pub dead_band: Fraction,
    /// The change that any other price makes.
    pub rule: RebaseRule,
    /// The time from one change to the next; at least 1.
    pub period: Span,
    /// The supply is never grown above this.
    pub max_supply: Amount,
}
