//! The forms in which pools of several assets, and positions in them, are written and read.

use super::{MultiPosition, MultiRewardPool};
use crate::{Error, Position, RewardPoolState};

/// The states of the assets, unchecked.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(replace_segment("RawMultiRewardPool", "MultiRewardPool"))
)]
pub(crate) struct RawMultiRewardPool<const N: usize>(
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    [RewardPoolState; N],
);

impl<const N: usize> From<&MultiRewardPool<N>> for RawMultiRewardPool<N> {
    fn from(pool: &MultiRewardPool<N>) -> Self {
        Self(pool.state())
    }
}

impl<const N: usize> TryFrom<RawMultiRewardPool<N>> for MultiRewardPool<N> {
    type Error = Error;

    fn try_from(raw: RawMultiRewardPool<N>) -> Result<Self, Error> {
        Self::restore(raw.0)
    }
}

/// The positions in the assets, unchecked.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(replace_segment("RawMultiPosition", "MultiPosition"))
)]
pub(crate) struct RawMultiPosition<const N: usize>(
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    [Position; N],
);

impl<const N: usize> From<&MultiPosition<N>> for RawMultiPosition<N> {
    fn from(position: &MultiPosition<N>) -> Self {
        Self(position.state())
    }
}

impl<const N: usize> TryFrom<RawMultiPosition<N>> for MultiPosition<N> {
    type Error = Error;

    fn try_from(raw: RawMultiPosition<N>) -> Result<Self, Error> {
        Self::restore(raw.0)
    }
}
