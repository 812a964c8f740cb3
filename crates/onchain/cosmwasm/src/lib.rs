//! A CosmWasm contract that embeds the crates: a vesting grant, a vote-escrow lock, a reward pool and the
//! health of a collateral account, to be copied and cut to what is needed.
//!
//! Each mechanism is a file: it reads state of fixed size, calls one transition of a crate, stores what
//! that left, and sends what it returned. Nothing that grows is one value (see [`entries`]).

pub mod entries;
pub mod error;
pub mod funds;
pub mod grants;
pub mod health;
pub mod locks;
pub mod msg;
pub mod rewards;

#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{to_json_binary, Binary, Deps, DepsMut, Env, MessageInfo, Response};
use cosmwasm_std::{BlockInfo, Uint64};
use tokenomics_fixed_math::Timestamp;

pub use crate::error::ContractError;
use crate::msg::{ExecuteMsg, InstantiateMsg, QueryMsg};

/// Creates the contract: its two denominations, and the terms on which it locks.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    deps: DepsMut,
    _env: Env,
    info: MessageInfo,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    funds::refuse_any(&info)?;
    locks::create_escrow(deps.storage, &msg)?;
    rewards::create_pool(deps.storage)?;
    let denoms = funds::Denoms {
        token: msg.token,
        reward: msg.reward,
    };
    funds::DENOMS.save(deps.storage, &denoms)?;
    Ok(Response::new())
}

/// Makes a change.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    deps: DepsMut,
    env: Env,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    let now = seconds(&env.block);
    match msg {
        ExecuteMsg::CreateGrant(terms) => grants::create(deps, &info, terms),
        ExecuteMsg::ClaimGrant { id } => grants::claim(deps, &info, now, id),
        ExecuteMsg::RevokeGrant { id } => grants::revoke(deps, &info, now, id),
        ExecuteMsg::CreateLock { end } => locks::create(deps, &info, now, time(end)),
        ExecuteMsg::ExtendLock { end } => locks::extend(deps, &info, now, time(end)),
        ExecuteMsg::WithdrawLock {} => locks::withdraw(deps, &info, now),
        ExecuteMsg::Stake {} => rewards::stake(deps, &info),
        ExecuteMsg::Fund {} => rewards::fund(deps, &info),
        ExecuteMsg::ClaimReward {} => rewards::claim(deps, &info),
        ExecuteMsg::Unstake { amount } => rewards::unstake(deps, &info, amount),
    }
}

/// Answers a question.
#[cfg_attr(not(feature = "library"), entry_point)]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Result<Binary, ContractError> {
    let now = seconds(&env.block);
    let answer = match msg {
        QueryMsg::Grant { id } => to_json_binary(&grants::query(deps, now, id)?),
        QueryMsg::Weight { holder, at } => {
            let at = at.map_or(now, time);
            to_json_binary(&locks::weight(deps, now, &holder, at)?)
        }
        QueryMsg::TotalWeight { at } => {
            to_json_binary(&locks::total_weight(deps, at.map_or(now, time))?)
        }
        QueryMsg::Reward { holder } => to_json_binary(&rewards::query(deps, &holder)?),
        QueryMsg::Health(account) => to_json_binary(&health::query(account)?),
    };
    Ok(answer?)
}

/// Returns the block's time in seconds, which all clocks here count: the chain's own is in nanoseconds, and
/// a number of those would pass for one of seconds.
fn seconds(block: &BlockInfo) -> Timestamp {
    Timestamp::new(block.time.seconds())
}

fn time(seconds: Uint64) -> Timestamp {
    Timestamp::new(seconds.u64())
}
