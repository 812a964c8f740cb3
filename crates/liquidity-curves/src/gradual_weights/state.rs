//! The form that weights in time are stored in.

use tokenomics_fixed_math::{Fraction, Timestamp};

use super::GradualWeights;
use crate::Error;

/// The parameters, unchecked.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; start: (Timestamp), end: (Timestamp), start_weights: ([Fraction; N]), end_weights: ([Fraction; N]))),
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawGradualWeights", "GradualWeights"))
)]
pub(crate) struct RawGradualWeights<const N: usize> {
    start: Timestamp,
    end: Timestamp,
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Fraction, N>")
    )]
    start_weights: [Fraction; N],
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Fraction, N>")
    )]
    end_weights: [Fraction; N],
}

impl<const N: usize> From<&GradualWeights<N>> for RawGradualWeights<N> {
    fn from(weights: &GradualWeights<N>) -> Self {
        Self {
            start: weights.start(),
            end: weights.end(),
            start_weights: weights.start_weights(),
            end_weights: weights.end_weights(),
        }
    }
}

impl<const N: usize> TryFrom<RawGradualWeights<N>> for GradualWeights<N> {
    type Error = Error;

    fn try_from(raw: RawGradualWeights<N>) -> Result<Self, Error> {
        Self::new(raw.start, raw.end, raw.start_weights, raw.end_weights)
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] GradualWeights<N> as RawGradualWeights<N>: MaxEncodedLen
}
