//! Stored bytes that the contract never wrote: each call ends, with the number of the error where they can't be
//! read.

mod common;

use std::panic::{catch_unwind, AssertUnwindSafe};

use common::{account, at, STORAGE};
use near_embedder::stored::Key;
use near_embedder::Embedder;
use near_sdk::{env, AccountId};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

fn time(seconds: u64) -> Timestamp {
    Timestamp::new(seconds)
}

/// A contract with a grant, a lock and a stake of each holder.
fn written() -> Embedder {
    common::fresh();
    let mut state = Embedder::new(Span::new(1_000), Span::new(1)).unwrap();
    for (number, end) in (0..).zip([400, 90, 700, 200]) {
        let holder = account(number);
        at(0, &holder, STORAGE);
        state
            .create_grant(holder, Amount::new(100), time(0), time(10), time(999))
            .unwrap();
        state.create_lock(Amount::new(5), time(end)).unwrap();
        state.stake(Amount::new(7)).unwrap();
        state.fund(Amount::new(11)).unwrap();
    }
    state
}

/// Runs a call, and returns the text with which the chain would end it.
fn ended<R, E: AsRef<str>>(call: impl FnOnce() -> Result<R, E>) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(_)) => None,
        Ok(Err(refusal)) => Some(refusal.as_ref().to_owned()),
        // What the mock of the chain's functions panics with quotes the text.
        Err(payload) => {
            let text = payload.downcast::<String>().unwrap();
            let (_, text) = text.split_once("panic_msg: \"").unwrap();
            Some(text.to_owned())
        }
    }
}

/// Makes every call that reads what is stored, each on the same state.
fn texts(state: &Embedder) -> Vec<String> {
    at(300, &account(0), STORAGE);
    let changed = || state.clone();
    let texts = [
        ended(|| state.weight(account(0))),
        ended(|| state.total_weight(time(300))),
        ended(|| state.total_weight(time(0))),
        ended(|| state.reward(account(0))),
        ended(|| state.grant(0)),
        ended(|| changed().extend_lock(time(900))),
        ended(|| changed().claim_reward()),
        ended(|| changed().claim_grant(0)),
        ended(|| changed().stake(Amount::new(1))),
    ];
    texts.into_iter().flatten().collect()
}

fn keys(holder: &AccountId) -> Vec<Key<'_>> {
    let nodes = (0..4).map(Key::Node);
    let others = [
        Key::Checkpoint(0),
        Key::Lock(holder),
        Key::Position(holder),
        Key::Grant(0),
    ];
    nodes.chain(others).collect()
}

#[test]
fn what_is_whole_is_read() {
    assert_eq!(texts(&written()), Vec::<String>::new());
}

#[test]
fn what_is_cut_lengthened_or_garbage_is_refused() {
    let holder = account(0);
    for key in keys(&holder) {
        let key = key.bytes();
        for kind in 0..4 {
            let state = written();
            let good = env::storage_read(&key).unwrap();
            let broken = match kind {
                0 => good[..good.len() - 1].to_vec(),
                1 => [good.as_slice(), &[0]].concat(),
                2 => vec![0xff; good.len() + 1],
                _ => Vec::new(),
            };
            env::storage_write(&key, &broken);
            // Each node is on the way to some time.
            let totals = (0..=900).filter_map(|at| ended(|| state.total_weight(time(at))));
            let mut all = texts(&state).into_iter().chain(totals);
            assert!(all.any(|text| text.starts_with("3: ")), "{key:?}");
        }
    }
}

#[test]
fn bytes_that_are_changed_end_in_a_number() {
    let holder = account(0);
    let mut refused = 0;
    for key in keys(&holder) {
        let state = written();
        let key = key.bytes();
        let good = env::storage_read(&key).unwrap();
        for place in (0..good.len()).step_by(4) {
            let mut broken = good.clone();
            // The lowest bit, the highest or all, by turns.
            broken[place] ^= [0x01, 0x80, 0xff][place / 4 % 3];
            env::storage_write(&key, &broken);
            for text in texts(&state) {
                let number = text.split(':').next().unwrap();
                assert!(number.parse::<u16>().is_ok(), "{text}");
                refused += 1;
            }
            env::storage_write(&key, &good);
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn a_forged_state_is_not_read() {
    let state = written();
    let good = borsh::to_vec(&state).unwrap();
    assert_eq!(borsh::from_slice::<Embedder>(&good).unwrap(), state);
    let mut refused = 0;
    for place in 0..good.len() {
        let mut broken = good.clone();
        broken[place] ^= 0xff;
        match borsh::from_slice::<Embedder>(&broken) {
            Ok(other) => drop(texts(&other)),
            Err(_) => refused += 1,
        }
        assert!(borsh::from_slice::<Embedder>(&good[..place]).is_err());
    }
    assert!(refused > 0);
}
