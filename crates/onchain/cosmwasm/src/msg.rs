//! The messages, queries and answers. Times are seconds since 1970; integers are text in JSON.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::Uint64;
use tokenomics_fixed_math::{Amount, Fraction, Wad};

/// The parameters of the contract.
#[cw_serde]
pub struct InstantiateMsg {
    /// The denomination that is granted, locked and staked.
    pub token: String,
    /// The denomination that stakes are paid.
    pub reward: String,
    /// The length of the longest lock, whose weight at its start is its amount.
    pub longest_lock: Uint64,
    /// The span of which all ends of locks are multiples.
    pub granule: Uint64,
}

/// The changes.
#[cw_serde]
pub enum ExecuteMsg {
    /// Grants the tokens that are sent along.
    CreateGrant(GrantTerms),
    /// Pays the holder of a grant what has vested.
    ClaimGrant { id: Uint64 },
    /// Ends a grant for its funder, who is paid what has not vested.
    RevokeGrant { id: Uint64 },
    /// Locks the tokens that are sent along until an end. A holder has one lock.
    CreateLock { end: Uint64 },
    /// Moves the end of the sender's lock to a later one.
    ExtendLock { end: Uint64 },
    /// Pays the sender's lock back, once it has ended.
    WithdrawLock {},
    /// Stakes the tokens that are sent along.
    Stake {},
    /// Distributes the rewards that are sent along to all stakes.
    Fund {},
    /// Pays the sender's rewards.
    ClaimReward {},
    /// Pays a part of the sender's stake back.
    Unstake { amount: Amount },
}

/// A grant that vests by the second from a start to an end, and nothing before a cliff.
#[cw_serde]
pub struct GrantTerms {
    /// The account that claims.
    pub holder: String,
    /// The time from which on it vests.
    pub start: Uint64,
    /// The time before which nothing has vested.
    pub cliff: Uint64,
    /// The time from which on all has vested.
    pub end: Uint64,
}

/// The questions.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// Returns the parts of a grant.
    #[returns(GrantAnswer)]
    Grant { id: Uint64 },
    /// Returns the weight of a holder's lock, now or at a later time.
    #[returns(Amount)]
    Weight { holder: String, at: Option<Uint64> },
    /// Returns the weight of all locks, at any time.
    #[returns(Amount)]
    TotalWeight { at: Option<Uint64> },
    /// Returns a stake, and its rewards.
    #[returns(RewardAnswer)]
    Reward { holder: String },
    /// Returns whether an account's collateral covers its debts.
    #[returns(HealthAnswer)]
    Health(Account),
}

/// The parts of a grant, which sum to what was funded.
#[cw_serde]
pub struct GrantAnswer {
    pub holder: String,
    pub funder: String,
    pub claimed: Amount,
    pub claimable: Amount,
    pub unvested: Amount,
    pub clawed_back: Amount,
}

/// A stake, and its rewards.
#[cw_serde]
pub struct RewardAnswer {
    pub staked: Amount,
    pub claimable: Amount,
}

/// What a lending contract asks about: up to eight holdings and as many debts.
#[cw_serde]
pub struct Account {
    pub holdings: Vec<Entry>,
    pub debts: Vec<Entry>,
}

/// An amount that is held or owed, in base units, with the price of one and by how much it counts for less,
/// or more if it is owed: to open a position, and to keep it open.
#[cw_serde]
pub struct Entry {
    pub amount: Amount,
    pub price: Wad,
    pub initial: Fraction,
    pub maintenance: Fraction,
}

/// Whether an account may open a position, must be liquidated, and what it comes to.
#[cw_serde]
pub struct HealthAnswer {
    pub may_borrow: bool,
    pub liquidatable: bool,
    /// What counts of the holdings for keeping a position open, floored.
    pub credit: Amount,
    /// What counts of the debts for keeping a position open, ceiled.
    pub owed: Amount,
}
