//! Stored bytes that the contract never wrote: each call ends, in an error where they can't be read, and
//! none panics.

use cosmwasm_embedder::msg::{ExecuteMsg, GrantTerms, InstantiateMsg, QueryMsg};
use cosmwasm_embedder::{execute, instantiate, query, ContractError};
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi, MockStorage};
use cosmwasm_std::{coins, Addr, Coin, Env, Order, Storage, Timestamp, Uint64};
use tokenomics_fixed_math::Amount;

type Records = Vec<(Vec<u8>, Vec<u8>)>;

fn who(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

fn at(seconds: u64) -> Env {
    let mut env = mock_env();
    env.block.time = Timestamp::from_seconds(seconds);
    env
}

fn number(number: u64) -> Uint64 {
    Uint64::new(number)
}

/// Runs a message over stored records, and returns what it leaves.
fn handle(
    records: &Records,
    (by, now): (&str, u64),
    msg: ExecuteMsg,
    funds: &[Coin],
) -> Result<Records, ContractError> {
    let mut deps = mock_dependencies();
    deps.storage = stored(records);
    let info = message_info(&who(by), funds);
    execute(deps.as_mut(), at(now), info, msg)?;
    Ok(deps.storage.range(None, None, Order::Ascending).collect())
}

fn ask(records: &Records, question: QueryMsg) -> Result<(), ContractError> {
    let mut deps = mock_dependencies();
    deps.storage = stored(records);
    query(deps.as_ref(), at(300), question).map(|_| ())
}

fn stored(records: &Records) -> MockStorage {
    let mut storage = MockStorage::new();
    for (key, value) in records {
        storage.set(key, value);
    }
    storage
}

fn tokens() -> Vec<Coin> {
    coins(100, "utoken")
}

fn grant() -> ExecuteMsg {
    ExecuteMsg::CreateGrant(GrantTerms {
        holder: who("bob").into_string(),
        start: number(0),
        cliff: number(10),
        end: number(999),
    })
}

/// A contract with a grant, locks with ends of all sorts, and stakes.
fn written() -> Records {
    let mut deps = mock_dependencies();
    let msg = InstantiateMsg {
        token: "utoken".to_owned(),
        reward: "ureward".to_owned(),
        longest_lock: number(1_000),
        granule: number(1),
    };
    let info = message_info(&who("alice"), &[]);
    instantiate(deps.as_mut(), at(0), info, msg).unwrap();
    let mut records: Records = deps.storage.range(None, None, Order::Ascending).collect();
    let mut calls = vec![
        ("alice", grant(), tokens()),
        ("alice", ExecuteMsg::Stake {}, tokens()),
        ("bob", ExecuteMsg::Stake {}, tokens()),
        ("carol", ExecuteMsg::Fund {}, coins(1_001, "ureward")),
    ];
    for (name, end) in [
        ("alice", 100),
        ("bob", 301),
        ("carol", 511),
        ("dora", 512),
        ("eve", 900),
    ] {
        calls.push((name, ExecuteMsg::CreateLock { end: number(end) }, tokens()));
    }
    for (now, (by, msg, funds)) in (1..).zip(calls) {
        records = handle(&records, (by, now), msg, &funds).unwrap();
    }
    records
}

/// Every message, each by an account whom it is open to.
fn messages() -> Vec<(&'static str, ExecuteMsg, Vec<Coin>)> {
    let (id, end) = (number(0), number(1_000));
    let mut all = vec![
        ("bob", grant(), tokens()),
        ("bob", ExecuteMsg::ClaimGrant { id }, vec![]),
        ("alice", ExecuteMsg::RevokeGrant { id }, vec![]),
        ("fay", ExecuteMsg::CreateLock { end: number(777) }, tokens()),
        ("alice", ExecuteMsg::WithdrawLock {}, vec![]),
        ("alice", ExecuteMsg::Stake {}, tokens()),
        ("alice", ExecuteMsg::Fund {}, coins(9, "ureward")),
        ("bob", ExecuteMsg::ClaimReward {}, vec![]),
    ];
    let amount = Amount::new(60);
    all.push(("alice", ExecuteMsg::Unstake { amount }, vec![]));
    for holder in ["bob", "carol", "dora", "eve"] {
        all.push((holder, ExecuteMsg::ExtendLock { end }, vec![]));
    }
    all
}

fn questions() -> Vec<QueryMsg> {
    let (holder, at) = (who("bob").into_string(), None);
    let of_bob = holder.clone();
    let mut all = vec![
        QueryMsg::Grant { id: number(0) },
        QueryMsg::Weight { holder, at },
        QueryMsg::Reward { holder: of_bob },
    ];
    for at in (0..12).chain([100, 300, 400, 511, 512, 800, 900, u64::MAX]) {
        let at = Some(number(at));
        all.push(QueryMsg::TotalWeight { at });
    }
    all
}

/// The errors of every message and question, over the same records.
fn errors(records: &Records) -> Vec<ContractError> {
    let made = messages().into_iter();
    let made = made.map(|(by, msg, funds)| handle(records, (by, 300), msg, &funds).err());
    let told = questions().into_iter();
    let told = told.map(|question| ask(records, question).err());
    made.chain(told).flatten().collect()
}

/// Returns the records with the value of one replaced.
fn with(records: &Records, index: usize, value: &[u8]) -> Records {
    let mut records = records.clone();
    records[index].1 = value.to_vec();
    records
}

#[test]
fn nothing_is_refused_of_what_the_contract_wrote() {
    let found = errors(&written());
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn bytes_that_are_cut_or_too_many_are_an_error() {
    let records = written();
    for (index, (key, value)) in records.iter().enumerate() {
        let quarters = (1..4).map(|quarter| value.len() * quarter / 4);
        let cuts = quarters.chain([1, value.len() - 1]);
        let mut all: Vec<Vec<u8>> = cuts.map(|len| value[..len.max(1)].to_vec()).collect();
        all.push([&value[..], b"\0"].concat());
        all.push(b"{}".to_vec());
        all.push(vec![b'9'; 200_000]);
        for bytes in all {
            let found = errors(&with(&records, index, &bytes));
            let is_told = found.iter().any(|error| matches!(error.code(), 1 | 8));
            let (key, bytes) = (String::from_utf8_lossy(key), bytes.len());
            assert!(is_told, "{bytes} bytes under {key:?}: {found:?}");
        }
    }
}

#[test]
fn nothing_is_built_on_an_entry_that_can_not_be_read() {
    let (records, mut refused) = (written(), 0);
    for (index, (key, value)) in records.iter().enumerate() {
        let is_entry = |namespace: &[u8]| key[2..].starts_with(namespace);
        if !is_entry(b"nodes") && !is_entry(b"checkpoints") {
            continue;
        }
        for (by, msg, funds) in messages() {
            let broken = with(&records, index, b"?");
            match handle(&broken, (by, 300), msg.clone(), &funds) {
                // What doesn't touch the entry leaves what it leaves where all can be read.
                Ok(mut left) => {
                    let entry = left.iter_mut().find(|(other, _)| other == key);
                    entry.unwrap().1 = value.clone();
                    let expected = handle(&records, (by, 300), msg, &funds).unwrap();
                    assert_eq!(left, expected);
                }
                Err(error) => {
                    assert_eq!(error.code(), 8, "{msg:?}: {error}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused >= 20, "{refused} of all");
}

#[test]
fn bytes_that_are_changed_never_panic() {
    let records = written();
    for (index, (_, value)) in records.iter().enumerate() {
        let _ = errors(&with(&records, index, &vec![0xff; value.len()]));
        for place in (0..value.len()).step_by(3) {
            let mut bytes = value.clone();
            // The lowest bit, the highest or all, by turns.
            bytes[place] ^= [0x01, 0x80, 0xff][place % 9 / 3];
            let _ = errors(&with(&records, index, &bytes));
        }
    }
}

#[test]
fn a_forged_pool_can_not_be_read() {
    let records = written();
    let pool = records.iter().position(|(key, _)| key == b"pool").unwrap();
    let text = String::from_utf8(records[pool].1.clone()).unwrap();
    // More paid than was ever funded.
    let forged = text.replace("\"paid\":\"0\"", "\"paid\":\"1002\"");
    assert_ne!(forged, text);
    let records = with(&records, pool, forged.as_bytes());
    let refused = handle(&records, ("bob", 300), ExecuteMsg::ClaimReward {}, &[]);
    assert_eq!(refused.map_err(|error| error.code()).err(), Some(1));
}
