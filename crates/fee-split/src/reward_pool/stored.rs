//! The stored forms of a pool and its positions, and the checks that they could have been.

use tokenomics_fixed_math::{Amount, U256};

use super::{Position, RewardPool};
use crate::Error;

// All numbers of 128 bits are `Amount`s here, so that people read them as strings.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "RewardPool", deny_unknown_fields)
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
    )
)]
#[cfg_attr(
    feature = "scale",
    scale_info(replace_segment("PoolFields", "RewardPool"))
)]
pub(crate) struct PoolFields {
    total_shares: Amount,
    accumulated: U256,
    rest: Amount,
    funded: Amount,
    paid: Amount,
    unallocated: Amount,
}

impl From<&RewardPool> for PoolFields {
    fn from(pool: &RewardPool) -> Self {
        Self {
            total_shares: Amount::new(pool.total_shares),
            accumulated: pool.accumulated,
            rest: Amount::new(pool.rest),
            funded: pool.funded,
            paid: pool.paid,
            unallocated: pool.unallocated,
        }
    }
}

impl TryFrom<PoolFields> for RewardPool {
    type Error = Error;

    /// Checks that what is paid and unallocated is a part of what was funded, that a share has
    /// earned at most all that was distributed, and that a remainder is part of a unit that is
    /// still here.
    fn try_from(fields: PoolFields) -> Result<Self, Error> {
        let PoolFields {
            total_shares,
            accumulated,
            rest,
            funded,
            paid,
            unallocated,
        } = fields;
        let stored = Error::Stored {
            funded,
            paid,
            unallocated,
            accumulated,
        };
        let distributed = funded.checked_sub(unallocated).map_err(|_| stored)?;
        let outstanding = distributed.checked_sub(paid).map_err(|_| stored)?;
        let most = U256::new(distributed.get(), 0);
        if accumulated > most || (outstanding.is_zero() && !rest.is_zero()) {
            return Err(stored);
        }
        Ok(Self {
            total_shares: total_shares.get(),
            accumulated,
            rest: rest.get(),
            funded,
            paid,
            unallocated,
        })
    }
}

#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Position", deny_unknown_fields)
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
    )
)]
#[cfg_attr(
    feature = "scale",
    scale_info(replace_segment("PositionFields", "Position"))
)]
pub(crate) struct PositionFields {
    shares: Amount,
    checkpoint: U256,
    owed: U256,
}

impl From<&Position> for PositionFields {
    fn from(position: &Position) -> Self {
        Self {
            shares: Amount::new(position.shares),
            checkpoint: position.checkpoint,
            owed: position.owed,
        }
    }
}

impl TryFrom<PositionFields> for Position {
    type Error = Error;

    /// Accepts any position, which may be some pool's; each call checks that it can be this one's.
    fn try_from(fields: PositionFields) -> Result<Self, Error> {
        Ok(Self {
            shares: fields.shares.get(),
            checkpoint: fields.checkpoint,
            owed: fields.owed,
        })
    }
}
