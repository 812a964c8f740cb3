//! Who may do what, and who is paid how much.

mod common;

use common::{account, at, STORAGE};
use near_embedder::{Embedder, Refusal};
use near_sdk::test_utils::get_created_receipts;
use near_sdk::{env, mock::MockAction, AccountId};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

fn fresh() -> Embedder {
    common::fresh();
    Embedder::new(Span::new(1_000), Span::new(1)).unwrap()
}

/// Returns what the last call has sent, and to whom.
fn sent() -> Vec<(AccountId, u128)> {
    let receipts = get_created_receipts().into_iter();
    let amounts = receipts.flat_map(|receipt| {
        let to = receipt.receiver_id;
        receipt
            .actions
            .into_iter()
            .filter_map(move |action| match action {
                MockAction::Transfer { deposit, .. } => Some((to.clone(), deposit.as_yoctonear())),
                _ => None,
            })
    });
    amounts.collect()
}

fn code<T>(done: Result<T, Refusal>) -> Option<u16> {
    done.err().map(|refusal| refusal.code())
}

#[test]
fn a_grant_is_its_holder_s_and_what_has_not_vested_its_funder_s() {
    let mut state = fresh();
    let [funder, holder] = [account(0), account(1)];
    let time = Timestamp::new;
    at(0, &funder, 1_000 + STORAGE);
    let used = env::storage_usage();
    let made = state.create_grant(
        holder.clone(),
        Amount::new(1_000),
        time(0),
        time(25),
        time(100),
    );
    assert_eq!(made, Ok(0));
    let price = u128::from(env::storage_usage() - used) * env::storage_byte_cost().as_yoctonear();
    assert_eq!(sent(), [(funder.clone(), STORAGE - price)]);

    at(25, &funder, 0);
    assert_eq!(code(state.claim_grant(0)), Some(4));
    at(25, &holder, 0);
    assert_eq!(code(state.revoke_grant(0)), Some(4));
    assert_eq!(state.claim_grant(0), Ok(Amount::new(250)));
    assert_eq!(sent(), [(holder, 250)]);
    at(60, &funder, 0);
    assert_eq!(state.revoke_grant(0), Ok(Amount::new(400)));
    assert_eq!(sent(), [(funder, 400)]);
}

#[test]
fn what_was_locked_and_staked_goes_back_to_its_holder() {
    let (mut state, holder) = (fresh(), account(2));
    at(0, &holder, 50 + STORAGE);
    state
        .create_lock(Amount::new(5), Timestamp::new(500))
        .unwrap();
    state.stake(Amount::new(7)).unwrap();
    state.fund(Amount::new(14)).unwrap();
    at(1, &holder, 0);
    state.unstake(Amount::new(3)).unwrap();
    state.claim_reward().unwrap();
    assert_eq!(sent(), [(holder.clone(), 3), (holder.clone(), 14)]);
    at(500, &holder, 0);
    assert_eq!(state.withdraw_lock(), Ok(Amount::new(5)));
    assert_eq!(sent(), [(holder, 5)]);
}
