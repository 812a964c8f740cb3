//! Runs every message and question of the contract in cosmwasm-vm, beside the same contract on this machine,
//! and prints what each costs: a line a call, its numbers separated by tabs.

mod chain;
mod storage;

use std::process::ExitCode;

use cosmwasm_embedder::msg::{Account, Entry, ExecuteMsg, GrantTerms, InstantiateMsg, QueryMsg};
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{coins, Coin, Decimal, Uint128, Uint64};

use crate::chain::{at, on_host, sender, Call, Chain, Cost};

const YEAR: u64 = 365 * 86_400;
/// When the contract is made.
const START: u64 = 1_700_000_000;
/// The numbers of locks after which one more is measured.
const SIZES: [u64; 3] = [10, 1_000, 100_000];
/// One more lock costs at most so many times as much, whatever there is.
const MOST: u64 = 3;
/// How many are measured at each size, each as the next one.
const PROBES: u64 = 20;
/// Up to here the machine makes the locks itself, and leaves what the host leaves.
const BY_MACHINE: u64 = 100;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("the path of the lowered module is wanted");
        return ExitCode::FAILURE;
    };
    let module = std::fs::read(&path).unwrap_or_else(|why| panic!("{path}: {why}"));
    println!("call\tgas\tread\tread bytes\tset\tset bytes\tsdk gas");
    let mut chain = Chain::new(&module);
    print(
        "`instantiate`",
        &chain.call(&alice(), START, &instantiate(), &[]),
    );
    one_more_lock(&mut chain);
    every_call(&module);
    ExitCode::SUCCESS
}

fn print(name: &str, cost: &Cost) {
    let touched = cost.touched;
    let numbers = [
        cost.gas,
        touched.read,
        touched.read_bytes,
        touched.set,
        touched.set_bytes,
        cost.sdk_gas(),
    ];
    let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
    println!("{name}\t{}", numbers.join("\t"));
}

/// An account as a chain names one.
fn alice() -> String {
    MockApi::default().addr_make("alice").into_string()
}

/// Locks end at any second of four years.
fn instantiate() -> Call {
    Call::Instantiate(InstantiateMsg {
        token: "utoken".to_owned(),
        reward: "ureward".to_owned(),
        longest_lock: Uint64::new(4 * YEAR),
        granule: Uint64::one(),
    })
}

fn tokens(amount: u128) -> Vec<Coin> {
    coins(amount, "utoken")
}

/// Lock of a number: who makes it, when, and until a second of its own.
fn lock(number: u64) -> (String, u64, Call) {
    // By the golden ratio, so that ends are spread and none comes twice.
    let length = number.wrapping_mul(77_959_159) % (4 * YEAR - 1) + 1;
    let now = START + 12 * (number + 1);
    let end = Uint64::new(now + length);
    let by = format!("cosmwasm1{number:038}");
    (by, now, Call::Execute(ExecuteMsg::CreateLock { end }))
}

/// Measures one more lock after each number of locks: dear or cheap as its end lies, never more than so many
/// times as dear.
fn one_more_lock(chain: &mut Chain) {
    let mut made = 0;
    let mut means: Vec<[u64; 2]> = Vec::new();
    for size in SIZES {
        while made < size {
            make(chain, made);
            made += 1;
        }
        chain.storage.commit();
        let costs: Vec<Cost> = (0..PROBES)
            .map(|probe| probed(chain, made, probe))
            .collect();
        let mean = |of: fn(&Cost) -> u64| costs.iter().map(of).sum::<u64>() / PROBES;
        means.push([mean(|cost| cost.gas), mean(Cost::sdk_gas)]);
        let dearest = costs.iter().max_by_key(|cost| cost.gas);
        for (name, cost) in [("dearest", dearest), ("first", costs.first())] {
            let Some(cost) = cost else { continue };
            print(
                &format!("`create_lock` after {size}, the {name} of {PROBES}"),
                cost,
            );
        }
    }
    println!("mean gas and SDK gas of one more lock: {means:?}");
    for kind in 0..2 {
        let of_kind = means.iter().map(|mean| mean[kind]);
        let (least, most) = (of_kind.clone().min(), of_kind.max());
        let is_bounded = most
            .zip(least)
            .is_some_and(|(most, least)| most <= MOST * least);
        assert!(
            is_bounded,
            "one more lock costs over {MOST} times as much: {means:?}"
        );
    }
}

/// Makes a lock: the first by the machine and the host, the rest by the host, which does the same.
fn make(chain: &mut Chain, number: u64) {
    let (by, now, call) = lock(number);
    if number < BY_MACHINE {
        chain.call(&by, now, &call, &tokens(1_000));
        return;
    }
    let done = on_host(
        &mut chain.storage,
        at(now),
        sender(&by, &tokens(1_000)),
        &call,
    );
    done.unwrap_or_else(|why| panic!("lock {number}: {why}"));
}

/// Measures a lock that ends as one of those to come, at the time of the next, and takes it back.
fn probed(chain: &mut Chain, made: u64, probe: u64) -> Cost {
    let (by, now, _) = lock(made);
    let (.., call) = lock(made + probe);
    let before = chain.storage.clone();
    before.touched();
    let cost = chain.in_machine(&at(now), &sender(&by, &tokens(1_000)), &call);
    chain.storage = before;
    cost.0
}

/// Measures every other message and question, with a hundred locks there.
fn every_call(module: &[u8]) {
    let mut chain = Chain::new(module);
    chain.call(&alice(), START, &instantiate(), &[]);
    for number in 0..BY_MACHINE {
        make(&mut chain, number);
    }
    let now = START + 10_000;
    for (name, later, call, funds) in calls(now) {
        let cost = chain.call(&alice(), now + later, &call, &funds);
        print(&format!("`{name}`"), &cost);
    }
}

type Named = (&'static str, u64, Call, Vec<Coin>);

/// All calls in an order in which each is let through, each at its time after `now`.
fn calls(now: u64) -> Vec<Named> {
    let (holder, id, at) = (alice(), Uint64::zero(), |later| Uint64::new(now + later));
    let terms = GrantTerms {
        holder: alice(),
        start: at(0),
        cliff: at(YEAR),
        end: at(4 * YEAR),
    };
    let execute = |name, later, msg, funds| (name, later, Call::Execute(msg), funds);
    let query = |name, later, question| (name, later, Call::Query(question), Vec::new());
    let amount = Uint128::new(40);
    vec![
        execute(
            "create_grant",
            0,
            ExecuteMsg::CreateGrant(terms),
            tokens(1 << 60),
        ),
        execute(
            "create_lock",
            0,
            ExecuteMsg::CreateLock { end: at(YEAR) },
            tokens(1 << 60),
        ),
        execute(
            "extend_lock",
            50,
            ExecuteMsg::ExtendLock { end: at(2 * YEAR) },
            vec![],
        ),
        execute("stake", 100, ExecuteMsg::Stake {}, tokens(1 << 60)),
        execute("fund", 100, ExecuteMsg::Fund {}, coins(1 << 50, "ureward")),
        execute("claim_reward", 100, ExecuteMsg::ClaimReward {}, vec![]),
        execute("unstake", 100, ExecuteMsg::Unstake { amount }, vec![]),
        execute(
            "claim_grant",
            2 * YEAR,
            ExecuteMsg::ClaimGrant { id },
            vec![],
        ),
        query("grant", 2 * YEAR, QueryMsg::Grant { id }),
        execute(
            "revoke_grant",
            3 * YEAR,
            ExecuteMsg::RevokeGrant { id },
            vec![],
        ),
        query(
            "weight",
            1,
            QueryMsg::Weight {
                holder: holder.clone(),
                at: None,
            },
        ),
        query("total_weight", 1, QueryMsg::TotalWeight { at: None }),
        query(
            "total_weight, past",
            1,
            QueryMsg::TotalWeight {
                at: Some(Uint64::new(START + 600)),
            },
        ),
        query("reward", 1, QueryMsg::Reward { holder }),
        query("health, 3 and 2", 1, QueryMsg::Health(account())),
        execute(
            "withdraw_lock",
            3 * YEAR,
            ExecuteMsg::WithdrawLock {},
            vec![],
        ),
    ]
}

/// Three holdings and two debts.
fn account() -> Account {
    let entry = |amount: u128, price: u64, percent: u64| Entry {
        amount: Uint128::new(amount),
        price: Decimal::percent(price),
        initial: Decimal::percent(percent + 5),
        maintenance: Decimal::percent(percent),
    };
    Account {
        holdings: vec![
            entry(10_u128.pow(18), 300_000, 15),
            entry(5 * 10_u128.pow(9), 101, 5),
            entry(7 * 10_u128.pow(20), 7, 40),
        ],
        debts: vec![
            entry(10_u128.pow(12), 100, 0),
            entry(10_u128.pow(15), 6_500, 10),
        ],
    }
}
