//! The chain's functions, as near-sdk mocks them.

use near_sdk::test_utils::VMContextBuilder;
use near_sdk::{testing_env, AccountId, NearToken};

/// More than the storage of any call costs.
pub const STORAGE: u128 = 1_000_000_000_000_000_000_000_000;

/// Returns the account of a holder.
#[must_use]
pub fn account(number: usize) -> AccountId {
    let names = ["alice.near", "bob.near", "carol.near", "dave.near"];
    names[number].parse().unwrap()
}

fn context(now: u64, by: &AccountId, deposit: u128) -> VMContextBuilder {
    let mut context = VMContextBuilder::new();
    context
        .predecessor_account_id(by.clone())
        .block_timestamp(now * 1_000_000_000)
        .account_balance(NearToken::from_yoctonear(u128::MAX / 2))
        .attached_deposit(NearToken::from_yoctonear(deposit));
    context
}

/// Begins with storage in which there is nothing.
pub fn fresh() {
    near_sdk::mock::with_mocked_blockchain(|chain| chain.take_storage());
    at(0, &account(0), 0);
}

/// Sets the time, in seconds, the caller and what it sends along; what is stored stays.
pub fn at(now: u64, by: &AccountId, deposit: u128) {
    testing_env!(context(now, by, deposit).build());
}
