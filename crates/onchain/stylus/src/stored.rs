//! Values of the crates in words of the contract's storage, as the bytes that borsh writes.
//!
//! What was never written is zeros, and so is what a value leaves of its words.

use alloy_primitives::{FixedBytesSliceExt, B256};
use borsh::{BorshDeserialize, BorshSerialize};
use stylus_sdk::storage::{StorageArray, StorageB256};

use tokenomics_fee_split::{Position, RewardPool};
use tokenomics_fixed_math::EncodedLen;

use crate::error::{refused, Refused, STORED};
use crate::grants::Vesting;

/// The words of each value hold its longest.
const _: () = {
    assert!(RewardPool::ENCODED_LEN <= 4 * 32);
    assert!(Position::ENCODED_LEN <= 3 * 32);
    assert!(Vesting::ENCODED_LEN <= 7 * 32);
};

type Words<const N: usize> = StorageArray<StorageB256, N>;

/// Returns what is kept; `None` where nothing was.
///
/// # Errors
/// [`STORED`] for bytes that no constructor would have led to.
pub fn load<T: BorshDeserialize, const N: usize>(from: &Words<N>) -> Result<Option<T>, Refused> {
    let mut words = [B256::ZERO; N];
    for (index, word) in words.iter_mut().enumerate() {
        *word = from.get(index).ok_or(refused(STORED))?;
    }
    if words == [B256::ZERO; N] {
        return Ok(None);
    }
    let mut bytes = words.as_flattened();
    let value = T::deserialize(&mut bytes).map_err(|_| refused(STORED))?;
    match bytes.iter().all(|byte| *byte == 0) {
        true => Ok(Some(value)),
        false => Err(refused(STORED)),
    }
}

/// Keeps a value.
///
/// # Errors
/// [`STORED`] for one of more words, as there is none.
pub fn store<T: BorshSerialize, const N: usize>(
    to: &mut Words<N>,
    value: &T,
) -> Result<(), Refused> {
    let mut words = [B256::ZERO; N];
    let mut room = words.as_flattened_mut();
    value.serialize(&mut room).map_err(|_| refused(STORED))?;
    for (index, word) in words.into_iter().enumerate() {
        to.setter(index).ok_or(refused(STORED))?.set(word);
    }
    Ok(())
}
