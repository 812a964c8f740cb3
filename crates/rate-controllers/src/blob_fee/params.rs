//! The parameters of a blob fee, and the reserve of a block.

use tokenomics_fixed_math::Amount;

use crate::BlobExponential;

/// The parameters of a [`BlobFee`](crate::BlobFee), which [`new`](crate::BlobFee::new) checks.
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
pub struct BlobFeeParams {
    /// The fee without any excess, in base units per unit of gas; 1 to 10^17.
    pub min_fee: Amount,
    /// The use of a block at which the excess stays; an empty one takes as much from it.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub target: u64,
    /// The excess by which the fee grows by a factor of e; 1 to 10^16.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub update_fraction: u64,
    /// The largest excess. Its fee is the largest, and must be below 2^64.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub max_excess: u64,
    /// The exponential.
    pub exponential: BlobExponential,
}

impl BlobFeeParams {
    /// EIP-4844 from March 2024: three blobs of 131,072 gas are the target.
    pub const CANCUN: Self = Self::ethereum(3, 3_338_477);
    /// EIP-7691 from May 2025: six blobs.
    pub const PRAGUE: Self = Self::ethereum(6, 5_007_716);

    const fn ethereum(blobs: u64, update_fraction: u64) -> Self {
        Self {
            min_fee: Amount::new(1),
            // Neither leaves 64 bits for the two above. e^44 is 1.3e19, just below 2^64.
            target: blobs.wrapping_mul(131_072),
            update_fraction,
            max_excess: update_fraction.wrapping_mul(44),
            exponential: BlobExponential::Deployed,
        }
    }
}

/// The cost of executing a blob's transaction, below which blobs aren't made cheaper: EIP-7918.
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
pub struct BlobReserve {
    /// The base fee of execution in that block, per unit of its gas.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub base_fee: u64,
    /// The gas of execution that a blob is held to cost.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub base_cost: u64,
    /// The blob gas of a blob.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub gas_per_blob: u64,
    /// The most blob gas that a block may use; above 0 and not below the target.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub max: u64,
}
