//! Vesting grants, by number.

use borsh::{BorshDeserialize, BorshSerialize};
use near_sdk::{env, near, AccountId};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Gate, Grant, Linear};

use crate::deposit::{pay, positive};
use crate::stored::{get, set, Key};
use crate::{now, Embedder, Refusal};

/// A grant, and who may do what with it.
#[derive(Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Stored {
    pub holder: AccountId,
    pub funder: AccountId,
    pub grant: Grant<Gate<Linear>>,
}

/// The parts of a grant, which sum to what was funded.
#[near(serializers = [json])]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantParts {
    pub holder: AccountId,
    pub claimed: Amount,
    pub claimable: Amount,
    pub unvested: Amount,
    pub clawed_back: Amount,
}

pub fn create(
    state: &mut Embedder,
    holder: AccountId,
    amount: Amount,
    [start, cliff, end]: [Timestamp; 3],
) -> Result<u32, Refusal> {
    let linear = Linear::new(start, end, positive(amount)?)?;
    let stored = Stored {
        holder,
        funder: env::predecessor_account_id(),
        grant: Grant::new(Gate::new(linear, cliff)),
    };
    let id = state.next_grant;
    state.next_grant = id.checked_add(1).ok_or(Refusal::FULL)?;
    set(&Key::Grant(id), &stored);
    Ok(id)
}

pub fn claim(id: u32) -> Result<Amount, Refusal> {
    let mut stored = load(id)?;
    authorize(&stored.holder)?;
    let paid = stored.grant.claim(now())?;
    set(&Key::Grant(id), &stored);
    Ok(pay(&stored.holder, paid))
}

/// Pays the funder what has not vested; what has stays the holder's, claimed or not.
pub fn revoke(id: u32) -> Result<Amount, Refusal> {
    let mut stored = load(id)?;
    authorize(&stored.funder)?;
    let back = stored.grant.revoke(now())?;
    set(&Key::Grant(id), &stored);
    Ok(pay(&stored.funder, back))
}

pub fn parts(id: u32) -> Result<GrantParts, Refusal> {
    let (Stored { holder, grant, .. }, now) = (load(id)?, now());
    Ok(GrantParts {
        holder,
        claimed: grant.claimed(),
        claimable: grant.claimable_at(now),
        unvested: grant.unvested_at(now),
        clawed_back: grant.clawed_back(),
    })
}

fn load(id: u32) -> Result<Stored, Refusal> {
    Ok(get(&Key::Grant(id)).ok_or(Refusal::NOT_FOUND)?)
}

fn authorize(who: &AccountId) -> Result<(), Refusal> {
    if env::predecessor_account_id() == *who {
        return Ok(());
    }
    Err(Refusal::UNAUTHORIZED.into())
}
