//! Vesting grants, by number.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use stylus_sdk::call::transfer::transfer_eth;
use stylus_sdk::prelude::*;
use tokenomics_fixed_math::Timestamp;
use tokenomics_vesting::{Gate, Grant, Linear};

use crate::error::{refused, Refused, NOT_ALLOWED, NOT_FOUND};
use crate::rewards::sent;
use crate::stored::{load, store};
use crate::Embedder;

/// A grant that vests by the second, and nothing before a cliff.
pub type Vesting = Grant<Gate<Linear>>;

/// Grants what is sent along, with a start, a cliff and an end.
pub fn create(contract: &mut Embedder, holder: Address, times: [u64; 3]) -> Result<U256, Refused> {
    let [start, cliff, end] = times.map(Timestamp::new);
    let linear = Linear::new(start, end, sent(contract)?)?;
    let id = contract.next_grant.get();
    let funder = contract.vm().msg_sender();
    let grant = Grant::new(Gate::new(linear, cliff));
    store(&mut contract.grants.setter(id), &grant)?;
    contract.holders.setter(id).set(holder);
    contract.funders.setter(id).set(funder);
    // Nobody counts to 2^256.
    contract.next_grant.set(id.wrapping_add(U256::ONE));
    Ok(id)
}

/// Pays the holder what has vested.
pub fn claim(contract: &mut Embedder, id: U256) -> Result<U256, Vec<u8>> {
    let holder = contract.holders.get(id);
    change(contract, id, holder, Grant::claim)
}

/// Pays the funder what has not vested; what has stays the holder's, claimed or not.
pub fn revoke(contract: &mut Embedder, id: U256) -> Result<U256, Vec<u8>> {
    let funder = contract.funders.get(id);
    change(contract, id, funder, Grant::revoke)
}

/// Returns the parts of a grant.
pub fn parts(contract: &Embedder, id: U256) -> Result<(U256, U256, U256, U256), Refused> {
    let (grant, now) = (of(contract, id)?, contract.now());
    Ok((
        grant.claimed().into(),
        grant.claimable_at(now).into(),
        grant.unvested_at(now).into(),
        grant.clawed_back().into(),
    ))
}

fn of(contract: &Embedder, id: U256) -> Result<Vesting, Refused> {
    load(&contract.grants.getter(id))?.ok_or(refused(NOT_FOUND))
}

/// Makes a call for `by`, who is paid what comes of it after all is stored.
fn change(
    contract: &mut Embedder,
    id: U256,
    by: Address,
    make: impl FnOnce(
        &mut Vesting,
        Timestamp,
    ) -> Result<tokenomics_fixed_math::Amount, tokenomics_vesting::Error>,
) -> Result<U256, Vec<u8>> {
    let mut grant = of(contract, id)?;
    if contract.vm().msg_sender() != by {
        return Err(refused(NOT_ALLOWED).into());
    }
    let paid = make(&mut grant, contract.now()).map_err(Refused::from)?;
    store(&mut contract.grants.setter(id), &grant)?;
    transfer_eth(contract.vm(), by, paid.into())?;
    Ok(paid.into())
}
