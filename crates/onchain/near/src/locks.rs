//! The vote escrow: a lock for each holder, and the totals of all.

use near_sdk::{env, AccountId};
use tokenomics_escrow_weighting::{
    Checkpoint, Error, Escrow, EscrowHead, History, HistoryHead, Lock, Node, Terms,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad};

use crate::deposit::{pay, positive};
use crate::stored::{get, remove, set, Entries, Key};
use crate::{now, Embedder, Refusal};

/// The escrow as it is during a call. A change reads and sets O(log n) of its entries.
type Stored = Escrow<History<Entries<Node>, Entries<Checkpoint>>>;

/// Returns the heads of an escrow in which nothing was ever locked, whose longest lock weighs its amount.
pub fn empty(longest: Span, granule: Span) -> Result<(EscrowHead, HistoryHead), Refusal> {
    let terms = Terms::new(longest, granule)?;
    let totals = History::new(Entries::<Node>::new(), Entries::<Checkpoint>::new());
    let escrow = Escrow::with_totals(terms, totals);
    Ok((escrow.head(), escrow.totals().head()))
}

pub fn create(state: &mut Embedder, amount: Amount, end: Timestamp) -> Result<(), Refusal> {
    let (holder, amount) = (env::predecessor_account_id(), positive(amount)?);
    if get::<Lock>(&Key::Lock(&holder)).is_some() {
        return Err(Refusal::LOCKED_ALREADY.into());
    }
    let lock = change(state, |escrow| {
        let kind = escrow.terms().decaying(Wad::ONE, end)?;
        escrow.create(now(), amount, kind)
    })?;
    set(&Key::Lock(&holder), &lock);
    Ok(())
}

pub fn extend(state: &mut Embedder, end: Timestamp) -> Result<(), Refusal> {
    let holder = env::predecessor_account_id();
    let lock = lock_of(&holder)?;
    let lock = change(state, |escrow| escrow.extend(now(), lock, end))?;
    set(&Key::Lock(&holder), &lock);
    Ok(())
}

pub fn withdraw(state: &mut Embedder) -> Result<Amount, Refusal> {
    let holder = env::predecessor_account_id();
    let lock = lock_of(&holder)?;
    let paid = change(state, |escrow| escrow.withdraw(now(), lock))?;
    remove(&Key::Lock(&holder));
    Ok(pay(&holder, paid))
}

/// Returns what a lock weighs, floored: 0 for whoever has none.
pub fn weight(state: &Embedder, holder: &AccountId) -> Result<Amount, Refusal> {
    let Some(lock) = get::<Lock>(&Key::Lock(holder)) else {
        return Ok(Amount::ZERO);
    };
    Ok(state.escrow.terms.weight(lock.weight_at(now()))?)
}

/// Returns the weight of all locks, floored once.
pub fn total_weight(state: &Embedder, at: Timestamp) -> Result<Amount, Refusal> {
    Ok(resume(state)?.total_weight_at(at)?)
}

fn lock_of(holder: &AccountId) -> Result<Lock, Refusal> {
    Ok(get(&Key::Lock(holder)).ok_or(Refusal::NOT_FOUND)?)
}

fn resume(state: &Embedder) -> Result<Stored, Error> {
    let totals = History::restore(state.totals, Entries::new(), Entries::new());
    Escrow::resume(state.escrow, totals)
}

/// Makes a change, and keeps the heads that it leaves. Of a call that fails, the chain keeps nothing.
fn change<R>(
    state: &mut Embedder,
    make: impl FnOnce(&mut Stored) -> Result<R, Error>,
) -> Result<R, Refusal> {
    let mut escrow = resume(state)?;
    let done = make(&mut escrow)?;
    (state.escrow, state.totals) = (escrow.head(), escrow.totals().head());
    Ok(done)
}
