//! Records calls of the contract on this machine into a folder, for the virtual machine to be compared with:
//! `calls.tsv`, a line a call with its outcome, and the storage before and after some of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use cosmwasm_embedder::msg::{Account, Entry, ExecuteMsg, GrantTerms, InstantiateMsg, QueryMsg};
use cosmwasm_embedder::{execute, instantiate, query};
use cosmwasm_std::testing::{mock_env, MockApi, MockQuerier};
use cosmwasm_std::{
    coins, to_json_string, Addr, Coin, Deps, DepsMut, MessageInfo, Order, QuerierWrapper, Record,
    Storage, Timestamp, Uint64,
};
use tokenomics_fixed_math::{Amount, Fraction, Wad};

const YEAR: u64 = 365 * 86_400;
/// When the contract is made.
const START: u64 = 1_700_000_000;
/// The numbers of locks after which one more is measured.
const SIZES: [u64; 3] = [10, 1_000, 100_000];
/// How many are measured at each size, each as the next one.
const PROBES: u64 = 20;
/// Up to here the machine makes the locks itself, and must leave what the host leaves.
const BY_MACHINE: u64 = 100;

/// A call of the contract.
enum Call {
    Instantiate(InstantiateMsg),
    Execute(ExecuteMsg),
    Query(QueryMsg),
}

/// Entries that are kept, and those that a call has set since.
#[derive(Default)]
struct Kept {
    kept: BTreeMap<Vec<u8>, Vec<u8>>,
    changed: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl Storage for Kept {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        match self.changed.get(key) {
            Some(value) => value.clone(),
            None => self.kept.get(key).cloned(),
        }
    }

    fn range<'a>(
        &'a self,
        _start: Option<&[u8]>,
        _end: Option<&[u8]>,
        _order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        unimplemented!("the contract never looks through its storage")
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.changed.insert(key.to_vec(), Some(value.to_vec()));
    }

    fn remove(&mut self, key: &[u8]) {
        self.changed.insert(key.to_vec(), None);
    }
}

impl Kept {
    fn keep(&mut self) {
        for (key, value) in std::mem::take(&mut self.changed) {
            match value {
                Some(value) => self.kept.insert(key, value),
                None => self.kept.remove(&key),
            };
        }
    }
}

/// The contract on this machine, and what is recorded of it.
struct Recorder {
    folder: PathBuf,
    storage: Kept,
    lines: Vec<String>,
}

impl Recorder {
    /// Makes a call, and records it: one that is kept, or a probe that leaves nothing.
    fn call(
        &mut self,
        name: &str,
        is_kept: bool,
        (by, now): (&str, u64),
        call: Call,
        funds: &[Coin],
    ) {
        let (kind, msg) = match &call {
            Call::Instantiate(msg) => ("instantiate", to_json_string(msg)),
            Call::Execute(msg) => ("execute", to_json_string(msg)),
            Call::Query(msg) => ("query", to_json_string(msg)),
        };
        let (msg, coins) = (msg.unwrap(), to_json_string(&funds).unwrap());
        let outcome = self.handle((by, now), call, funds);
        let what = if is_kept { "call" } else { "probe" };
        let now = now.to_string();
        let line = [what, name, by, &now, kind, &msg, &coins, &outcome];
        self.lines.push(line.join("\t"));
        if is_kept {
            self.storage.keep();
        }
        self.storage.changed.clear();
    }

    /// Returns the outcome as JSON.
    fn handle(&mut self, (by, now): (&str, u64), call: Call, funds: &[Coin]) -> String {
        let (api, querier, mut env) = (MockApi::default(), MockQuerier::default(), mock_env());
        env.block.time = Timestamp::from_seconds(now);
        let querier = QuerierWrapper::new(&querier);
        let info = MessageInfo {
            sender: Addr::unchecked(by),
            funds: funds.to_vec(),
        };
        let storage = &mut self.storage;
        let api = &api;
        if let Call::Query(msg) = call {
            let deps = Deps {
                storage,
                api,
                querier,
            };
            let answer = query(deps, env, msg).unwrap();
            return String::from_utf8(answer.to_vec()).unwrap();
        }
        let deps = DepsMut {
            storage,
            api,
            querier,
        };
        let response = match call {
            Call::Instantiate(msg) => instantiate(deps, env, info, msg),
            Call::Execute(msg) => execute(deps, env, info, msg),
            Call::Query(_) => unreachable!("answered above"),
        };
        to_json_string(&response.unwrap()).unwrap()
    }

    /// Records the storage, which the machine is given (`load`) or must have come to (`same`).
    fn storage(&mut self, what: &str, name: &str) {
        let mut bytes = Vec::new();
        for (key, value) in &self.storage.kept {
            for part in [key, value] {
                bytes.extend(u32::try_from(part.len()).unwrap().to_le_bytes());
                bytes.extend(part);
            }
        }
        fs::write(self.folder.join(name), bytes).unwrap();
        self.lines.push(format!("{what}\t{name}"));
    }
}

fn main() {
    let folder = std::env::args().nth(1).expect("a folder is wanted");
    let (folder, storage, lines) = (PathBuf::from(folder), Kept::default(), Vec::new());
    fs::create_dir_all(&folder).unwrap();
    let mut recorder = Recorder {
        folder,
        storage,
        lines,
    };
    let terms = Call::Instantiate(InstantiateMsg {
        token: "utoken".to_owned(),
        reward: "ureward".to_owned(),
        // Locks end at any second of four years.
        longest_lock: Uint64::new(4 * YEAR),
        granule: Uint64::one(),
    });
    recorder.call("`instantiate`", true, (&alice(), START), terms, &[]);
    for number in 0..BY_MACHINE {
        if number == SIZES[0] {
            probes(&mut recorder, number);
        }
        make(&mut recorder, number);
    }
    recorder.storage("same", "a-hundred-locks");
    let hundred = recorder.storage.kept.clone();
    for size in [SIZES[1], SIZES[2]] {
        // No line a lock: the machine is given what they leave.
        let lines = recorder.lines.len();
        let made = recorder.storage.kept.len();
        let from = if size == SIZES[1] {
            BY_MACHINE
        } else {
            SIZES[1]
        };
        for number in from..size {
            make(&mut recorder, number);
            recorder.lines.truncate(lines);
        }
        assert!(recorder.storage.kept.len() > made);
        recorder.storage("load", &format!("{size}-locks"));
        probes(&mut recorder, size);
    }
    recorder.storage.kept = hundred;
    recorder.lines.push("load\ta-hundred-locks".to_owned());
    let now = START + 10_000;
    for (name, later, call, funds) in calls(now) {
        recorder.call(name, true, (&alice(), now + later), call, &funds);
    }
    recorder.storage("same", "after-every-call");
    let lines = recorder.lines.join("\n") + "\n";
    fs::write(recorder.folder.join("calls.tsv"), lines).unwrap();
}

/// An account as a chain names one.
fn alice() -> String {
    MockApi::default().addr_make("alice").into_string()
}

fn tokens(amount: u128) -> Vec<Coin> {
    coins(amount, "utoken")
}

/// When the lock of a number is made, and its end, a second of its own.
fn lock(number: u64) -> (u64, Uint64) {
    // No two lengths are the same, and they are spread.
    let length = number.wrapping_mul(77_959_159) % (4 * YEAR - 1) + 1;
    let now = START + 12 * (number + 1);
    (now, Uint64::new(now + length))
}

fn holder(number: u64) -> String {
    format!("cosmwasm1{number:038}")
}

fn make(recorder: &mut Recorder, number: u64) {
    let (now, end) = lock(number);
    let call = Call::Execute(ExecuteMsg::CreateLock { end });
    recorder.call("", true, (&holder(number), now), call, &tokens(1_000));
}

/// Records locks that end as those to come, each at the time of the next and as the next one.
fn probes(recorder: &mut Recorder, made: u64) {
    let (now, _) = lock(made);
    for probe in 0..PROBES {
        let (_, end) = lock(made + probe);
        let call = Call::Execute(ExecuteMsg::CreateLock { end });
        let name = format!("`create_lock` after {made}");
        recorder.call(&name, false, (&holder(made), now), call, &tokens(1_000));
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
    let (amount, none) = (Amount::new(40), Vec::new);
    let (much, past) = (tokens(1 << 60), Some(Uint64::new(START + 600)));
    let of_holder = holder.clone();
    vec![
        execute(
            "`create_grant`",
            0,
            ExecuteMsg::CreateGrant(terms),
            much.clone(),
        ),
        execute(
            "`create_lock`",
            0,
            ExecuteMsg::CreateLock { end: at(YEAR) },
            much.clone(),
        ),
        execute(
            "`extend_lock`",
            50,
            ExecuteMsg::ExtendLock { end: at(2 * YEAR) },
            none(),
        ),
        execute("`stake`", 100, ExecuteMsg::Stake {}, much),
        execute(
            "`fund`",
            100,
            ExecuteMsg::Fund {},
            coins(1 << 50, "ureward"),
        ),
        execute("`claim_reward`", 100, ExecuteMsg::ClaimReward {}, none()),
        execute("`unstake`", 100, ExecuteMsg::Unstake { amount }, none()),
        execute(
            "`claim_grant`",
            2 * YEAR,
            ExecuteMsg::ClaimGrant { id },
            none(),
        ),
        query("`grant`", 2 * YEAR, QueryMsg::Grant { id }),
        execute(
            "`revoke_grant`",
            3 * YEAR,
            ExecuteMsg::RevokeGrant { id },
            none(),
        ),
        query("`weight`", 1, QueryMsg::Weight { holder, at: None }),
        query("`total_weight`", 1, QueryMsg::TotalWeight { at: None }),
        query(
            "`total_weight` of the past",
            1,
            QueryMsg::TotalWeight { at: past },
        ),
        query("`reward`", 1, QueryMsg::Reward { holder: of_holder }),
        query(
            "`health` of 3 holdings and 2 debts",
            1,
            QueryMsg::Health(account()),
        ),
        execute(
            "`withdraw_lock`",
            3 * YEAR,
            ExecuteMsg::WithdrawLock {},
            none(),
        ),
    ]
}

/// Three holdings and two debts.
fn account() -> Account {
    let entry = |amount: u128, price: u64, percent: u64| Entry {
        amount: Amount::new(amount),
        price: Wad::from_percent(price.into()).unwrap(),
        initial: Fraction::from_percent(percent + 5).unwrap(),
        maintenance: Fraction::from_percent(percent).unwrap(),
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
