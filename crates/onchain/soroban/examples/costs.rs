//! What each call of the module costs, in a row each: `cargo run --example costs MODULE.wasm`.

use std::cell::RefCell;
use std::rc::Rc;

use soroban_embedder::stored::{set, Key};
use soroban_embedder::EmbedderClient;
use soroban_sdk::testutils::{
    Address as _, HostError, Ledger as _, SnapshotSource, SnapshotSourceInput,
};
use soroban_sdk::token::StellarAssetClient;
use soroban_sdk::xdr::{
    ContractDataDurability, ContractDataEntry, ExtensionPoint, LedgerEntry, LedgerEntryData,
    LedgerEntryExt, LedgerKey, ScAddress, ScBytes, ScSymbol, ScVal,
};
use soroban_sdk::{Address, Env, TryFromVal as _};
use tokenomics_escrow_weighting::{Checkpoint, Escrow, History, Node, Store, Terms};
use tokenomics_fixed_math::{Amount, Span, Timestamp, Wad};

/// Four years, in seconds.
const LONGEST: u64 = 4 * 365 * 86_400;
const START: u64 = 1_800_000_000;

/// Entries that are made here and read there.
struct Shared<T>(Rc<RefCell<Vec<T>>>);

impl<T> Shared<T> {
    fn new() -> (Self, Rc<RefCell<Vec<T>>>) {
        let entries = Rc::new(RefCell::new(Vec::new()));
        (Self(entries.clone()), entries)
    }
}

impl<T: Copy> Store for Shared<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        Store::get(&*self.0.borrow(), index)
    }

    fn set(&mut self, index: u32, entry: T) {
        Store::set(&mut *self.0.borrow_mut(), index, entry);
    }
}

/// The ledger that a call finds: the entries of the totals, and nothing else.
struct Before {
    contract: ScAddress,
    nodes: Rc<RefCell<Vec<Node>>>,
    checkpoints: Rc<RefCell<Vec<Checkpoint>>>,
}

impl Before {
    fn value(&self, key: &ScVal) -> Option<Vec<u8>> {
        let ScVal::Vec(Some(key)) = key else {
            return None;
        };
        let [ScVal::Symbol(ScSymbol(kind)), ScVal::U32(index)] = key.as_slice() else {
            return None;
        };
        match kind.to_utf8_string_lossy().as_str() {
            "Node" => Store::get(&*self.nodes.borrow(), *index).map(written),
            "Checkpoint" => Store::get(&*self.checkpoints.borrow(), *index).map(written),
            _ => None,
        }
    }
}

fn written<T: borsh::BorshSerialize>(value: T) -> Vec<u8> {
    borsh::to_vec(&value).unwrap()
}

impl SnapshotSource for Before {
    fn get(
        &self,
        key: &Rc<LedgerKey>,
    ) -> Result<Option<(Rc<LedgerEntry>, Option<u32>)>, HostError> {
        let LedgerKey::ContractData(data) = key.as_ref() else {
            return Ok(None);
        };
        let ours =
            data.contract == self.contract && data.durability == ContractDataDurability::Persistent;
        let value = ours.then(|| self.value(&data.key)).flatten();
        Ok(value.map(|bytes| {
            let entry = ContractDataEntry {
                ext: ExtensionPoint::V0,
                contract: data.contract.clone(),
                key: data.key.clone(),
                durability: data.durability,
                val: ScVal::Bytes(ScBytes(bytes.try_into().unwrap())),
            };
            let entry = LedgerEntry {
                last_modified_ledger_seq: 0,
                data: LedgerEntryData::ContractData(entry),
                ext: LedgerEntryExt::V0,
            };
            (Rc::new(entry), Some(1_000_000))
        }))
    }
}

/// Returns a number of a stream that is the same in every run.
fn drawn(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// A chain with the contract, in which so many locks were made, one a second.
struct World {
    env: Env,
    contract: Address,
    holder: Address,
    token: Address,
    draws: u64,
    now: u64,
}

impl World {
    fn new(module: &[u8], locks: u64) -> Self {
        let terms = Terms::new(Span::new(LONGEST), Span::new(1)).unwrap();
        let (nodes, all_nodes) = Shared::new();
        let (checkpoints, all_checkpoints) = Shared::new();
        let mut escrow = Escrow::with_totals(terms, History::new(nodes, checkpoints));
        let mut draws = 0x9e37_79b9_7f4a_7c15;
        let mut now = START;
        for _ in 0..locks {
            now += 1;
            let kind = terms.decaying(Wad::ONE, end(now, &mut draws)).unwrap();
            let amount = Amount::new(u128::from(drawn(&mut draws)));
            escrow.create(Timestamp::new(now), amount, kind).unwrap();
        }
        let at = [7; 32];
        let id = ScAddress::Contract(soroban_sdk::xdr::ContractId(soroban_sdk::xdr::Hash(at)));
        let env = Env::from_ledger_snapshot(SnapshotSourceInput {
            source: Rc::new(Before {
                contract: id.clone(),
                nodes: all_nodes,
                checkpoints: all_checkpoints,
            }),
            ledger_info: None,
            snapshot: None,
        });
        env.mock_all_auths();
        let issuer = Address::generate(&env);
        let token = env.register_stellar_asset_contract_v2(issuer).address();
        let contract = Address::try_from_val(&env, &id).unwrap();
        let terms = (token.clone(), token.clone(), LONGEST, 1_u64);
        env.register_at(&contract, module, terms);
        let heads = (escrow.head(), escrow.totals().head());
        env.as_contract(&contract, || set(&env, &Key::Escrow, &heads));
        let mut world = Self {
            holder: contract.clone(),
            env,
            contract,
            token,
            draws,
            now,
        };
        world.next();
        world
    }

    /// Makes another account the caller, a second later.
    fn next(&mut self) {
        self.now += 1;
        self.env.ledger().set_timestamp(self.now);
        self.holder = Address::generate(&self.env);
        StellarAssetClient::new(&self.env, &self.token).mint(&self.holder, &(1 << 100));
    }

    /// Makes a call, and returns what it cost.
    fn cost<R>(&self, call: impl FnOnce(&EmbedderClient<'_>) -> R) -> [u64; 4] {
        call(&EmbedderClient::new(&self.env, &self.contract));
        let spent = self.env.cost_estimate().resources();
        [
            spent.instructions as u64,
            u64::from(spent.memory_read_entries + spent.disk_read_entries),
            u64::from(spent.write_entries),
            u64::from(spent.write_bytes),
        ]
    }

    fn lock(&mut self) -> [u64; 4] {
        self.next();
        let at = end(self.now, &mut self.draws).get();
        let amount = i128::from(drawn(&mut self.draws) >> 1) + 1;
        self.cost(|client| client.create_lock(&self.holder, &amount, &at))
    }
}

/// Draws the end of a lock, at any second of the four years.
fn end(now: u64, draws: &mut u64) -> Timestamp {
    Timestamp::new(now + 1 + drawn(draws) % (LONGEST - 1))
}

fn row(name: &str, cost: [u64; 4]) {
    println!(
        "{name}\t{}",
        cost.map(|number| number.to_string()).join("\t")
    );
}

/// Prints what each call costs, with a hundred locks there.
fn calls(module: &[u8]) {
    let mut world = World::new(module, 100);
    world.next();
    let (me, now) = (world.holder.clone(), world.now);
    row(
        "`create_grant`",
        world.cost(|it| it.create_grant(&me, &me, &1_000_000, &now, &now, &(now + 999))),
    );
    row(
        "`create_lock`",
        world.cost(|it| it.create_lock(&me, &1_000_000, &(now + 1_000))),
    );
    row(
        "`extend_lock`",
        world.cost(|it| it.extend_lock(&me, &(now + 1_000_000))),
    );
    row("`stake`", world.cost(|it| it.stake(&me, &1_000_000)));
    row("`fund`", world.cost(|it| it.fund(&me, &1_000_001)));
    row("`reward`", world.cost(|it| it.reward(&me)));
    row("`claim_reward`", world.cost(|it| it.claim_reward(&me)));
    row("`unstake`", world.cost(|it| it.unstake(&me, &1_000)));
    row("`weight`", world.cost(|it| it.weight(&me)));
    row("`total_weight`", world.cost(|it| it.total_weight(&now)));
    row(
        "`total_weight` of the past",
        world.cost(|it| it.total_weight(&(now - 50))),
    );
    world.env.ledger().set_timestamp(now + 500);
    row("`claim_grant`", world.cost(|it| it.claim_grant(&0)));
    row("`grant`", world.cost(|it| it.grant(&0)));
    row("`revoke_grant`", world.cost(|it| it.revoke_grant(&0)));
    world.env.ledger().set_timestamp(now + 1_000_000);
    row("`withdraw_lock`", world.cost(|it| it.withdraw_lock(&me)));
}

/// Prints what twenty more locks cost, and returns their mean.
fn more_locks(module: &[u8], after: u64) -> u64 {
    let mut world = World::new(module, after);
    let mut costs: Vec<_> = (0..20).map(|_| world.lock()).collect();
    costs.sort_unstable();
    row(
        &format!("`create_lock` after {after}, the cheapest of 20"),
        costs[0],
    );
    row(
        &format!("`create_lock` after {after}, the dearest of 20"),
        costs[19],
    );
    costs.iter().map(|cost| cost[0]).sum::<u64>() / 20
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of a module");
    let module = std::fs::read(path).expect("a module");
    println!("call\tinstructions\tentries read\tentries set\tbytes set");
    calls(&module);
    let means = [10, 1_000, 100_000].map(|after| more_locks(&module, after));
    println!("the mean of 20 more locks: {means:?}");
    let (least, most) = (means.iter().min(), means.iter().max());
    assert!(most
        .zip(least)
        .is_some_and(|(most, least)| *most <= 3 * least));
}
