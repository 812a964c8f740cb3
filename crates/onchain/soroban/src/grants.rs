//! Vesting grants, by number.

use soroban_sdk::{contracttype, Address, Env, Error};
use tokenomics_fixed_math::Timestamp;
use tokenomics_vesting::{Gate, Grant, Linear};

use crate::error::{own, vesting, FULL, NOT_FOUND};
use crate::stored::{addresses, get, set, set_addresses, Key};
use crate::tokens::{amount, pay, take, units, Token};

type Vesting = Grant<Gate<Linear>>;

/// The parts of a grant, which sum to what was funded.
#[contracttype]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantParts {
    pub claimed: i128,
    pub claimable: i128,
    pub unvested: i128,
    pub clawed_back: i128,
}

/// Grants tokens of the funder's, with a start, a cliff and an end.
pub fn create(
    env: &Env,
    funder: Address,
    holder: Address,
    tokens: i128,
    times: [u64; 3],
) -> Result<u64, Error> {
    funder.require_auth();
    let [start, cliff, end] = times.map(Timestamp::new);
    let linear = Linear::new(start, end, amount(tokens)?).map_err(vesting)?;
    let id: u64 = get(env, &Key::NextGrant).unwrap_or_default();
    take(env, Token::Principal, &funder, tokens);
    set(env, &Key::Grant(id), &Grant::new(Gate::new(linear, cliff)));
    set_addresses(env, &Key::Parties(id), (holder, funder));
    let next = id.checked_add(1).ok_or_else(|| own(FULL))?;
    set(env, &Key::NextGrant, &next);
    Ok(id)
}

pub fn claim(env: &Env, id: u64) -> Result<i128, Error> {
    let (mut grant, (holder, _)) = load(env, id)?;
    holder.require_auth();
    let paid = grant.claim(crate::now(env)).map_err(vesting)?;
    set(env, &Key::Grant(id), &grant);
    pay(env, Token::Principal, &holder, paid)
}

/// Pays the funder what has not vested; what has stays the holder's, claimed or not.
pub fn revoke(env: &Env, id: u64) -> Result<i128, Error> {
    let (mut grant, (_, funder)) = load(env, id)?;
    funder.require_auth();
    let back = grant.revoke(crate::now(env)).map_err(vesting)?;
    set(env, &Key::Grant(id), &grant);
    pay(env, Token::Principal, &funder, back)
}

pub fn parts(env: &Env, id: u64) -> Result<GrantParts, Error> {
    let (grant, _) = load(env, id)?;
    let now = crate::now(env);
    Ok(GrantParts {
        claimed: units(grant.claimed())?,
        claimable: units(grant.claimable_at(now))?,
        unvested: units(grant.unvested_at(now))?,
        clawed_back: units(grant.clawed_back())?,
    })
}

fn load(env: &Env, id: u64) -> Result<(Vesting, (Address, Address)), Error> {
    let grant = get(env, &Key::Grant(id)).ok_or_else(|| own(NOT_FOUND))?;
    Ok((grant, addresses(env, &Key::Parties(id))))
}
