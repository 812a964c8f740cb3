//! The vote escrow: a lock for each holder, and the totals of all.

use soroban_sdk::{Address, Env, Error};
use tokenomics_escrow_weighting::{
    self as escrow_weighting, Checkpoint, Escrow, EscrowHead, History, HistoryHead, Lock, Node,
    Terms,
};
use tokenomics_fixed_math::{Span, Timestamp, Wad};

use crate::error::{escrow, own, LOCKED_ALREADY, NOT_FOUND};
use crate::stored::{expect, get, remove, set, Entries, Key};
use crate::tokens::{amount, pay, take, units, Token};

/// The escrow as it is during a call. A change reads and sets O(log n) of its entries.
type Stored<'e> = Escrow<History<Entries<'e, Node>, Entries<'e, Checkpoint>>>;

/// Creates an escrow in which nothing was ever locked, whose longest lock weighs its amount.
pub fn create_escrow(env: &Env, longest: u64, granule: u64) -> Result<(), Error> {
    let terms = Terms::new(Span::new(longest), Span::new(granule)).map_err(escrow)?;
    let totals = History::new(Entries::new(env), Entries::new(env));
    keep(env, &Escrow::with_totals(terms, totals));
    Ok(())
}

pub fn create(env: &Env, holder: &Address, tokens: i128, end: u64) -> Result<(), Error> {
    holder.require_auth();
    let amount = amount(tokens)?;
    if get::<Lock>(env, &Key::Lock(holder.clone())).is_some() {
        return Err(own(LOCKED_ALREADY));
    }
    take(env, Token::Principal, holder, tokens);
    let now = crate::now(env);
    let lock = change(env, |escrow| {
        let kind = escrow.terms().decaying(Wad::ONE, Timestamp::new(end))?;
        escrow.create(now, amount, kind)
    })?;
    set(env, &Key::Lock(holder.clone()), &lock);
    Ok(())
}

pub fn extend(env: &Env, holder: &Address, end: u64) -> Result<(), Error> {
    holder.require_auth();
    let (lock, now) = (lock_of(env, holder)?, crate::now(env));
    let lock = change(env, |escrow| escrow.extend(now, lock, Timestamp::new(end)))?;
    set(env, &Key::Lock(holder.clone()), &lock);
    Ok(())
}

pub fn withdraw(env: &Env, holder: &Address) -> Result<i128, Error> {
    holder.require_auth();
    let (lock, now) = (lock_of(env, holder)?, crate::now(env));
    let paid = change(env, |escrow| escrow.withdraw(now, lock))?;
    remove(env, &Key::Lock(holder.clone()));
    pay(env, Token::Principal, holder, paid)
}

/// Returns what a lock weighs, floored: 0 for whoever has none.
pub fn weight(env: &Env, holder: &Address) -> Result<i128, Error> {
    let Some(lock) = get::<Lock>(env, &Key::Lock(holder.clone())) else {
        return Ok(0);
    };
    let (head, _): (EscrowHead, HistoryHead) = expect(env, &Key::Escrow);
    let weight = head.terms.weight(lock.weight_at(crate::now(env)));
    units(weight.map_err(escrow)?)
}

/// Returns the weight of all locks, floored once.
pub fn total_weight(env: &Env, at: u64) -> Result<i128, Error> {
    let total = resume(env)?.total_weight_at(Timestamp::new(at));
    units(total.map_err(escrow)?)
}

fn lock_of(env: &Env, holder: &Address) -> Result<Lock, Error> {
    get(env, &Key::Lock(holder.clone())).ok_or_else(|| own(NOT_FOUND))
}

fn resume(env: &Env) -> Result<Stored<'_>, Error> {
    let (head, totals) = expect(env, &Key::Escrow);
    let totals = History::restore(totals, Entries::new(env), Entries::new(env));
    Escrow::resume(head, totals).map_err(escrow)
}

fn keep(env: &Env, escrow: &Stored<'_>) {
    let heads = (escrow.head(), escrow.totals().head());
    set(env, &Key::Escrow, &heads);
}

/// Makes a change, and keeps what it leaves. Of a call that fails, the chain keeps nothing.
fn change<R>(
    env: &Env,
    make: impl FnOnce(&mut Stored<'_>) -> Result<R, escrow_weighting::Error>,
) -> Result<R, Error> {
    let mut stored = resume(env)?;
    let done = make(&mut stored).map_err(escrow)?;
    keep(env, &stored);
    Ok(done)
}
