//! Vesting grants, by number.

use cosmwasm_std::{Addr, Deps, DepsMut, MessageInfo, Response, StdError, Storage, Uint64};
use cw_storage_plus::{Item, Map};
use serde::{Deserialize, Serialize};
use tokenomics_fixed_math::Timestamp;
use tokenomics_vesting::{Gate, Grant, Linear};

use crate::funds::{pay_tokens, refuse_any, tokens};
use crate::msg::{GrantAnswer, GrantTerms};
use crate::{time, ContractError};

/// A grant, and who may do what with it.
#[derive(Serialize, Deserialize)]
struct Stored {
    holder: Addr,
    funder: Addr,
    grant: Grant<Gate<Linear>>,
}

const GRANTS: Map<u64, Stored> = Map::new("grants");
/// The number of the next grant.
const NEXT: Item<Uint64> = Item::new("next_grant");

/// Grants what is sent along; the number of the grant is an attribute.
///
/// # Errors
/// [`ContractError::Vesting`] unless the end is after the start.
pub fn create(
    deps: DepsMut,
    info: &MessageInfo,
    terms: GrantTerms,
) -> Result<Response, ContractError> {
    let total = tokens(deps.storage, info)?;
    let linear = Linear::new(time(terms.start), time(terms.end), total)?;
    let stored = Stored {
        holder: deps.api.addr_validate(&terms.holder)?,
        funder: info.sender.clone(),
        grant: Grant::new(Gate::new(linear, time(terms.cliff))),
    };
    let id = NEXT.may_load(deps.storage)?.unwrap_or_default();
    let next = id.checked_add(Uint64::one()).map_err(StdError::from)?;
    NEXT.save(deps.storage, &next)?;
    GRANTS.save(deps.storage, id.u64(), &stored)?;
    Ok(Response::new().add_attribute("grant", id))
}

/// Pays the holder what has vested.
///
/// # Errors
/// [`ContractError::NotFound`]; [`ContractError::Unauthorized`] for anybody else.
pub fn claim(
    deps: DepsMut,
    info: &MessageInfo,
    now: Timestamp,
    id: Uint64,
) -> Result<Response, ContractError> {
    refuse_any(info)?;
    let mut stored = load(deps.storage, id)?;
    authorize(info, &stored.holder)?;
    let paid = stored.grant.claim(now)?;
    GRANTS.save(deps.storage, id.u64(), &stored)?;
    pay_tokens(deps.storage, &stored.holder, paid)
}

/// Pays the funder what has not vested; what has stays the holder's, claimed or not.
///
/// # Errors
/// [`ContractError::NotFound`]; [`ContractError::Unauthorized`] for anybody else; as [`Grant::revoke`].
pub fn revoke(
    deps: DepsMut,
    info: &MessageInfo,
    now: Timestamp,
    id: Uint64,
) -> Result<Response, ContractError> {
    refuse_any(info)?;
    let mut stored = load(deps.storage, id)?;
    authorize(info, &stored.funder)?;
    let back = stored.grant.revoke(now)?;
    GRANTS.save(deps.storage, id.u64(), &stored)?;
    pay_tokens(deps.storage, &stored.funder, back)
}

/// Returns the parts of a grant.
///
/// # Errors
/// [`ContractError::NotFound`].
pub fn query(deps: Deps, now: Timestamp, id: Uint64) -> Result<GrantAnswer, ContractError> {
    let Stored {
        holder,
        funder,
        grant,
    } = load(deps.storage, id)?;
    Ok(GrantAnswer {
        holder: holder.into_string(),
        funder: funder.into_string(),
        claimed: grant.claimed(),
        claimable: grant.claimable_at(now),
        unvested: grant.unvested_at(now),
        clawed_back: grant.clawed_back(),
    })
}

fn load(storage: &dyn Storage, id: Uint64) -> Result<Stored, ContractError> {
    let stored = GRANTS.may_load(storage, id.u64())?;
    stored.ok_or(ContractError::NotFound)
}

fn authorize(info: &MessageInfo, who: &Addr) -> Result<(), ContractError> {
    if info.sender == *who {
        return Ok(());
    }
    Err(ContractError::Unauthorized)
}
