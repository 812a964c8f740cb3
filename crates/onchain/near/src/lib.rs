//! A NEAR contract that embeds the mechanisms: vesting grants, a vote escrow and a reward pool.
//!
//! What is granted, locked, staked and paid is NEAR itself, sent along with a call. Amounts and times are the
//! crates' own types, text in JSON; an error is a text that begins with its number: this contract's own below
//! 10,000, and the crates' from there on.

mod deposit;
mod grants;
mod locks;
mod refusal;
mod rewards;
pub mod stored;

use near_sdk::{env, near, AccountId, PanicOnDefault};
use tokenomics_escrow_weighting::{EscrowHead, HistoryHead};
use tokenomics_fee_split::RewardPool;
use tokenomics_fixed_math::{Amount, Rounding, Span, Timestamp, TimestampNanos};

pub use grants::GrantParts;
pub use refusal::Refusal;
pub use rewards::Stake;

/// The state that is read and written whole by every call, of fixed size. What grows is kept beside it, an
/// entry under a key.
#[near(contract_state)]
#[derive(PanicOnDefault, Debug, Clone, PartialEq, Eq)]
pub struct Embedder {
    pub escrow: EscrowHead,
    pub totals: HistoryHead,
    pub pool: RewardPool,
    /// The number of the next grant.
    pub next_grant: u32,
}

#[near]
impl Embedder {
    /// Creates an escrow and a pool in which there is nothing yet. Lengths are in seconds, and the ends of
    /// locks are multiples of `granule`.
    #[init]
    #[handle_result]
    pub fn new(longest_lock: Span, granule: Span) -> Result<Self, Refusal> {
        let (escrow, totals) = locks::empty(longest_lock, granule)?;
        Ok(Self {
            escrow,
            totals,
            pool: RewardPool::new(),
            next_grant: 0,
        })
    }

    /// Grants an amount that vests by the second from a start to an end, and not before a cliff; returns the
    /// number of the grant. The deposit is the amount and the storage, and what is over comes back.
    #[payable]
    #[handle_result]
    pub fn create_grant(
        &mut self,
        holder: AccountId,
        amount: Amount,
        start: Timestamp,
        cliff: Timestamp,
        end: Timestamp,
    ) -> Result<u32, Refusal> {
        deposit::pays(amount, || {
            grants::create(self, holder, amount, [start, cliff, end])
        })
    }

    /// Pays the holder of a grant what has vested, and returns how much.
    #[handle_result]
    pub fn claim_grant(&mut self, id: u32) -> Result<Amount, Refusal> {
        grants::claim(id)
    }

    /// Ends a grant, pays its funder what has not vested, and returns how much.
    #[handle_result]
    pub fn revoke_grant(&mut self, id: u32) -> Result<Amount, Refusal> {
        grants::revoke(id)
    }

    /// Returns the parts of a grant.
    #[handle_result]
    pub fn grant(&self, id: u32) -> Result<GrantParts, Refusal> {
        grants::parts(id)
    }

    /// Locks an amount until an end. A holder has one lock. The deposit is as that of a grant.
    #[payable]
    #[handle_result]
    pub fn create_lock(&mut self, amount: Amount, end: Timestamp) -> Result<(), Refusal> {
        deposit::pays(amount, || locks::create(self, amount, end))
    }

    /// Moves the end of the caller's lock to a later one. The deposit is the storage.
    #[payable]
    #[handle_result]
    pub fn extend_lock(&mut self, end: Timestamp) -> Result<(), Refusal> {
        deposit::pays(Amount::ZERO, || locks::extend(self, end))
    }

    /// Pays the caller's lock back, which has ended, and returns how much.
    #[handle_result]
    pub fn withdraw_lock(&mut self) -> Result<Amount, Refusal> {
        locks::withdraw(self)
    }

    /// Returns what a holder's lock weighs now, floored.
    #[handle_result]
    pub fn weight(&self, holder: AccountId) -> Result<Amount, Refusal> {
        locks::weight(self, &holder)
    }

    /// Returns the weight of all locks at any time, floored once.
    #[handle_result]
    pub fn total_weight(&self, at: Timestamp) -> Result<Amount, Refusal> {
        locks::total_weight(self, at)
    }

    /// Stakes an amount. The deposit is as that of a grant.
    #[payable]
    #[handle_result]
    pub fn stake(&mut self, amount: Amount) -> Result<(), Refusal> {
        deposit::pays(amount, || rewards::stake(self, amount))
    }

    /// Pays a part of the caller's stake back; its rewards stay claimable.
    #[handle_result]
    pub fn unstake(&mut self, amount: Amount) -> Result<(), Refusal> {
        rewards::unstake(self, amount)
    }

    /// Distributes an amount to all stakes; without any, to those that come.
    #[payable]
    #[handle_result]
    pub fn fund(&mut self, amount: Amount) -> Result<(), Refusal> {
        deposit::pays(amount, || Ok(self.pool.fund(amount)?))
    }

    /// Pays the rewards of the caller's stake, and returns how much.
    #[handle_result]
    pub fn claim_reward(&mut self) -> Result<Amount, Refusal> {
        rewards::claim(self)
    }

    /// Returns a stake, and its rewards.
    #[handle_result]
    pub fn reward(&self, holder: AccountId) -> Result<Stake, Refusal> {
        rewards::of(self, &holder)
    }
}

/// Returns the time of the block in seconds: the chain's own is in nanoseconds, and a number of those would
/// pass for one of seconds.
fn now() -> Timestamp {
    TimestampNanos::new(env::block_timestamp()).to_seconds(Rounding::Floor)
}
