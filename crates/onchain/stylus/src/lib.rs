//! A Stylus contract that embeds the mechanisms: vesting grants and a reward pool, both in ether.
//!
//! Amounts are `uint256` in calls, as all amounts of the chain, and `Amount` within: more than 128 bits is
//! refused. An error is `Refused(uint16)`: this contract's own numbers below 10,000, and the crates' from there
//! on.
#![cfg_attr(not(any(test, feature = "export-abi")), no_main)]
extern crate alloc;

mod error;
mod grants;
mod rewards;
mod stored;

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use stylus_sdk::prelude::*;
use tokenomics_fixed_math::Timestamp;

pub use error::Refused;

sol_storage! {
    /// What the contract keeps: each value of the crates as the bytes that borsh writes, in as many words as its
    /// longest takes.
    #[entrypoint]
    pub struct Embedder {
        bytes32[4] pool;
        mapping(address => bytes32[3]) positions;
        uint256 next_grant;
        mapping(uint256 => bytes32[7]) grants;
        mapping(uint256 => address) holders;
        mapping(uint256 => address) funders;
    }
}

#[public]
impl Embedder {
    /// Grants the ether that is sent along: it vests by the second from a start to an end, and not before a
    /// cliff. Returns the number of the grant.
    #[payable]
    pub fn create_grant(
        &mut self,
        holder: Address,
        start: u64,
        cliff: u64,
        end: u64,
    ) -> Result<U256, Vec<u8>> {
        Ok(grants::create(self, holder, [start, cliff, end])?)
    }

    /// Pays the holder of a grant what has vested, and returns how much.
    pub fn claim_grant(&mut self, id: U256) -> Result<U256, Vec<u8>> {
        grants::claim(self, id)
    }

    /// Ends a grant, pays its funder what has not vested, and returns how much.
    pub fn revoke_grant(&mut self, id: U256) -> Result<U256, Vec<u8>> {
        grants::revoke(self, id)
    }

    /// Returns what the holder of a grant has claimed and can claim, what has not vested, and what the funder has
    /// got back: they sum to what was funded.
    pub fn grant(&self, id: U256) -> Result<(U256, U256, U256, U256), Vec<u8>> {
        Ok(grants::parts(self, id)?)
    }

    /// Stakes the ether that is sent along.
    #[payable]
    pub fn stake(&mut self) -> Result<(), Vec<u8>> {
        Ok(rewards::stake(self)?)
    }

    /// Pays a part of the caller's stake back; the rewards stay claimable.
    pub fn unstake(&mut self, amount: U256) -> Result<(), Vec<u8>> {
        rewards::unstake(self, amount)
    }

    /// Distributes the ether that is sent along to all stakes; without any, to those that come.
    #[payable]
    pub fn fund(&mut self) -> Result<(), Vec<u8>> {
        Ok(rewards::fund(self)?)
    }

    /// Pays the caller's rewards, and returns how much.
    pub fn claim_reward(&mut self) -> Result<U256, Vec<u8>> {
        rewards::claim(self)
    }

    /// Returns a stake, and its rewards: 0 for whoever has none.
    pub fn reward(&self, holder: Address) -> Result<(U256, U256), Vec<u8>> {
        Ok(rewards::of(self, holder)?)
    }
}

impl Embedder {
    /// Returns the time of the block, in seconds.
    fn now(&self) -> Timestamp {
        Timestamp::new(self.vm().block_timestamp())
    }
}
