//! The slots of the ring of sums, in the bytes of the account.

use borsh::{BorshDeserialize as _, BorshSerialize as _};
use tokenomics_escrow_weighting::{RingSlot, Store};
use tokenomics_fixed_math::EncodedLen;

const SLOT: usize = RingSlot::ENCODED_LEN;

/// The slots where they are: one is decoded when it is touched, and all others stay as they are.
pub struct Slots<Bytes>(pub Bytes);

impl<Bytes: AsRef<[u8]> + AsMut<[u8]>> Store for Slots<Bytes> {
    type Entry = RingSlot;

    fn get(&self, index: u32) -> Option<RingSlot> {
        let mut place = self.0.as_ref().chunks_exact(SLOT).nth(index as usize)?;
        // Any bytes are a slot.
        RingSlot::deserialize(&mut place).ok()
    }

    fn set(&mut self, index: u32, slot: RingSlot) {
        let mut places = self.0.as_mut().chunks_exact_mut(SLOT);
        if let Some(mut place) = places.nth(index as usize) {
            // A slot takes its place exactly, so nothing is left to fail.
            let _ = slot.serialize(&mut place);
        }
    }

    fn capacity(&self) -> u32 {
        (self.0.as_ref().len() / SLOT) as u32
    }
}
