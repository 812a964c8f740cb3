//! What is sent along with a call, and what is paid out.

use near_sdk::{env, AccountId, NearToken, Promise};
use tokenomics_fixed_math::Amount;

use crate::Refusal;

/// Makes a change that the deposit pays for: an amount, and the storage that the change takes. What is over goes
/// back. A call that is refused gets all of it back from the chain.
///
/// # Errors
/// [`Refusal::DEPOSIT`]; as the change.
pub fn pays<R>(amount: Amount, change: impl FnOnce() -> Result<R, Refusal>) -> Result<R, Refusal> {
    let before = env::storage_usage();
    let done = change()?;
    let added = env::storage_usage().saturating_sub(before);
    let storage = env::storage_byte_cost().checked_mul(added.into());
    let due = storage.and_then(|price| price.checked_add(NearToken::from_yoctonear(amount.get())));
    let rest = due.and_then(|due| env::attached_deposit().checked_sub(due));
    let rest = rest.ok_or(Refusal::DEPOSIT)?;
    send(&env::predecessor_account_id(), rest);
    Ok(done)
}

/// Checks that an amount isn't 0.
///
/// # Errors
/// [`Refusal::ZERO`].
pub fn positive(amount: Amount) -> Result<Amount, Refusal> {
    if amount.is_zero() {
        return Err(Refusal::ZERO.into());
    }
    Ok(amount)
}

/// Pays an amount out, and returns it. Nothing is sent where there is nothing to send.
pub fn pay(to: &AccountId, amount: Amount) -> Amount {
    send(to, NearToken::from_yoctonear(amount.get()));
    amount
}

fn send(to: &AccountId, amount: NearToken) {
    if !amount.is_zero() {
        Promise::new(to.clone()).transfer(amount).detach();
    }
}
