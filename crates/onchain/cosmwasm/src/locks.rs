//! The vote escrow: a lock for each holder, and the totals of all.

use cosmwasm_std::{Addr, Deps, DepsMut, MessageInfo, Response, Storage};
use cw_storage_plus::{Item, Map};
use serde::{Deserialize, Serialize};
use tokenomics_escrow_weighting::{
    Checkpoint, Error, Escrow, EscrowHead, History, HistoryHead, Lock, Node, Terms,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad};

use crate::entries::{Entries, Host};
use crate::funds::{pay_tokens, refuse_any, tokens};
use crate::msg::InstantiateMsg;
use crate::ContractError;

/// The state of the escrow beside the entries of its totals, of fixed size.
#[derive(Serialize, Deserialize)]
struct Head {
    escrow: EscrowHead,
    totals: HistoryHead,
}

const HEAD: Item<Head> = Item::new("escrow");
const LOCKS: Map<&Addr, Lock> = Map::new("locks");

/// The escrow as it is while a message is handled.
type Stored<'a, 's> = Escrow<History<Entries<'a, 's, Node>, Entries<'a, 's, Checkpoint>>>;

/// Creates an escrow in which nothing was ever locked.
///
/// # Errors
/// [`ContractError::Escrow`] unless 1 ≤ granule ≤ longest lock.
pub fn create_escrow(storage: &mut dyn Storage, msg: &InstantiateMsg) -> Result<(), ContractError> {
    let longest = Span::new(msg.longest_lock.u64());
    let terms = Terms::new(longest, Span::new(msg.granule.u64()))?;
    let empty: History<[Node; 0], [Checkpoint; 0]> = History::new([], []);
    let head = Head {
        escrow: Escrow::with_totals(terms, ()).head(),
        totals: empty.head(),
    };
    Ok(HEAD.save(storage, &head)?)
}

/// Locks what is sent along.
///
/// # Errors
/// [`ContractError::LockedAlready`]; as [`Escrow::create`].
pub fn create(
    deps: DepsMut,
    info: &MessageInfo,
    now: Timestamp,
    end: Timestamp,
) -> Result<Response, ContractError> {
    let amount = tokens(deps.storage, info)?;
    if LOCKS.has(deps.storage, &info.sender) {
        return Err(ContractError::LockedAlready);
    }
    let lock = change(deps.storage, |escrow| {
        let kind = escrow.terms().decaying(Wad::ONE, end)?;
        escrow.create(now, amount, kind)
    })?;
    LOCKS.save(deps.storage, &info.sender, &lock)?;
    Ok(Response::new())
}

/// Moves the end of the sender's lock to a later one.
///
/// # Errors
/// [`ContractError::NotFound`]; as [`Escrow::extend`].
pub fn extend(
    deps: DepsMut,
    info: &MessageInfo,
    now: Timestamp,
    end: Timestamp,
) -> Result<Response, ContractError> {
    refuse_any(info)?;
    let lock = lock_of(deps.storage, &info.sender)?;
    let lock = change(deps.storage, |escrow| escrow.extend(now, lock, end))?;
    LOCKS.save(deps.storage, &info.sender, &lock)?;
    Ok(Response::new())
}

/// Pays the sender's lock back, which is no more.
///
/// # Errors
/// [`ContractError::NotFound`]; as [`Escrow::withdraw`].
pub fn withdraw(
    deps: DepsMut,
    info: &MessageInfo,
    now: Timestamp,
) -> Result<Response, ContractError> {
    refuse_any(info)?;
    let lock = lock_of(deps.storage, &info.sender)?;
    let amount = change(deps.storage, |escrow| escrow.withdraw(now, lock))?;
    LOCKS.remove(deps.storage, &info.sender);
    pay_tokens(deps.storage, &info.sender, amount)
}

/// Returns the weight of a holder's lock, floored; 0 for whoever has none.
///
/// # Errors
/// [`ContractError::Past`] before now: a lock doesn't say since when it is what it is.
pub fn weight(
    deps: Deps,
    now: Timestamp,
    holder: &str,
    at: Timestamp,
) -> Result<Amount, ContractError> {
    if at < now {
        return Err(ContractError::Past);
    }
    let holder = deps.api.addr_validate(holder)?;
    let Some(lock) = LOCKS.may_load(deps.storage, &holder)? else {
        return Ok(Amount::ZERO);
    };
    let terms = HEAD.load(deps.storage)?.escrow.terms;
    Ok(terms.weight(lock.weight_at(at))?)
}

/// Returns the weight of all locks at any time, floored once.
///
/// # Errors
/// [`ContractError::Stored`] for entries that can't be read.
pub fn total_weight(deps: Deps, at: Timestamp) -> Result<Amount, ContractError> {
    let host = Host::read(deps.storage);
    let escrow = resume(HEAD.load(deps.storage)?, &host)?;
    let total = escrow.total_weight_at(at);
    host.check()?;
    Ok(total?)
}

fn lock_of(storage: &dyn Storage, holder: &Addr) -> Result<Lock, ContractError> {
    let lock = LOCKS.may_load(storage, holder)?;
    lock.ok_or(ContractError::NotFound)
}

fn resume<'a, 's>(head: Head, host: &'a Host<'s>) -> Result<Stored<'a, 's>, Error> {
    let nodes = Entries::new("nodes", host);
    let checkpoints = Entries::new("checkpoints", host);
    Escrow::resume(
        head.escrow,
        History::restore(head.totals, nodes, checkpoints),
    )
}

/// Makes a change, and keeps the head that it leaves. The chain drops what a failed message has set.
fn change<R>(
    storage: &mut dyn Storage,
    make: impl FnOnce(&mut Stored<'_, '_>) -> Result<R, Error>,
) -> Result<R, ContractError> {
    let head = HEAD.load(storage)?;
    let host = Host::change(storage);
    let mut escrow = resume(head, &host)?;
    let done = make(&mut escrow);
    // An entry that can't be read is the reason of whatever error came of it.
    host.check()?;
    let done = done?;
    let head = Head {
        escrow: escrow.head(),
        totals: escrow.totals().head(),
    };
    HEAD.save(storage, &head)?;
    Ok(done)
}
