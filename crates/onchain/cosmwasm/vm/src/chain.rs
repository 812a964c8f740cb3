//! The contract in the virtual machine, and the same calls of the same contract on this machine.

use cosmwasm_embedder::msg::{ExecuteMsg, InstantiateMsg, QueryMsg};
use cosmwasm_embedder::ContractError;
use cosmwasm_std::testing::{mock_env, MockApi as HostApi, MockQuerier as HostQuerier};
use cosmwasm_std::{
    Addr, Binary, Checksum, Coin, ContractResult, Deps, DepsMut, Empty, Env, MessageInfo,
    QuerierWrapper, Response, Timestamp,
};
use cosmwasm_vm::testing::{MockApi, MockQuerier};
use cosmwasm_vm::{
    call_execute, call_instantiate, call_query, capabilities_from_csv, to_vec, Backend, Cache,
    CacheOptions, Instance, InstanceOptions, Size,
};
use tempfile::TempDir;

use crate::storage::{Storage, Touched};

/// What a chain lets a contract ask of it.
const CAPABILITIES: &str =
    "iterator,staking,stargate,cosmwasm_1_1,cosmwasm_1_2,cosmwasm_1_3,cosmwasm_1_4,cosmwasm_2_0,\
     cosmwasm_2_1,cosmwasm_2_2,cosmwasm_3_0";
/// More than any call takes.
const GAS_LIMIT: u64 = 100_000_000_000;
/// The gas of the machine in one of the Cosmos SDK: `DefaultGasMultiplier` of wasmd.
const GAS_MULTIPLIER: u64 = 140_000;

/// What one call costs.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// The virtual machine's gas.
    pub gas: u64,
    pub touched: Touched,
}

impl Cost {
    /// Returns the gas that a chain with default prices takes: for the machine, and for the storage.
    pub const fn sdk_gas(&self) -> u64 {
        self.gas / GAS_MULTIPLIER + self.touched.sdk_gas()
    }
}

/// A call of the contract.
#[derive(Debug, Clone)]
pub enum Call {
    Instantiate(InstantiateMsg),
    Execute(ExecuteMsg),
    Query(QueryMsg),
}

/// A contract, stored and compiled as a chain does, and its state.
pub struct Chain {
    cache: Cache<MockApi, Storage, MockQuerier>,
    checksum: Checksum,
    // Removed with the chain.
    _home: TempDir,
    pub storage: Storage,
}

impl Chain {
    /// Stores a module, which the machine's static checks must let pass.
    pub fn new(module: &[u8]) -> Self {
        let home = TempDir::new().expect("a folder for the cache");
        let capabilities = capabilities_from_csv(CAPABILITIES);
        let (cache, memory) = (Size::mebi(200), Size::mebi(32));
        let options = CacheOptions::new(home.path(), capabilities, cache, memory);
        // One at a time uses it.
        let cache = unsafe { Cache::new(options) }.expect("a cache");
        let stored = cache.store_code(module, true, true);
        let checksum = stored.unwrap_or_else(|why| panic!("the chain refuses the module: {why}"));
        cache.pin(&checksum).expect("a compiled module");
        Self {
            cache,
            checksum,
            _home: home,
            storage: Storage::default(),
        }
    }

    /// Makes a call in the machine and the same on this machine: both have one outcome, and leave one
    /// storage. What a call that is refused has set is dropped.
    pub fn call(&mut self, by: &str, now: u64, call: &Call, funds: &[Coin]) -> Cost {
        let (mut here, info) = (self.storage.clone(), sender(by, funds));
        let cost = self.in_machine(&at(now), &info, call);
        let expected = on_host(&mut here, at(now), info, call);
        let expected = expected.unwrap_or_else(|why| panic!("{call:?}: {why}"));
        assert_eq!(cost.1, expected, "{call:?}");
        assert_eq!(cost.0.touched, here.touched(), "{call:?}");
        here.commit();
        self.storage.commit();
        assert!(here.entries() == self.storage.entries(), "{call:?}");
        cost.0
    }

    /// Makes a call in the machine alone, whose changes are not committed.
    pub fn in_machine(&mut self, env: &Env, info: &MessageInfo, call: &Call) -> (Cost, Binary) {
        let mut instance = self.instance();
        let answer = run(&mut instance, env, info, call);
        let gas = instance.create_gas_report().used_internally;
        let backend = instance.recycle().expect("what the instance was given");
        self.storage = backend.storage;
        let touched = self.storage.touched();
        (Cost { gas, touched }, answer)
    }

    fn instance(&mut self) -> Instance<MockApi, Storage, MockQuerier> {
        let backend = Backend {
            api: MockApi::default(),
            storage: std::mem::take(&mut self.storage),
            querier: MockQuerier::new(&[]),
        };
        let gas_limit = GAS_LIMIT;
        let options = InstanceOptions { gas_limit };
        let instance = self.cache.get_instance(&self.checksum, backend, options);
        instance.expect("an instance")
    }
}

/// The outcome in the machine, as JSON.
fn run(
    instance: &mut Instance<MockApi, Storage, MockQuerier>,
    env: &Env,
    info: &MessageInfo,
    call: &Call,
) -> Binary {
    match call {
        Call::Instantiate(msg) => {
            let msg = to_vec(msg).expect("JSON");
            responded(call_instantiate(instance, env, info, &msg))
        }
        Call::Execute(msg) => {
            let msg = to_vec(msg).expect("JSON");
            responded(call_execute(instance, env, info, &msg))
        }
        Call::Query(msg) => {
            let msg = to_vec(msg).expect("JSON");
            let answer = call_query(instance, env, &msg).expect("no trap");
            answer.into_result().unwrap_or_else(|why| panic!("{why}"))
        }
    }
}

fn responded(done: cosmwasm_vm::VmResult<ContractResult<Response<Empty>>>) -> Binary {
    let response = done.expect("no trap").into_result();
    let response = response.unwrap_or_else(|why| panic!("{why}"));
    Binary::new(to_vec(&response).expect("JSON"))
}

/// The outcome on this machine, as JSON.
pub fn on_host(
    storage: &mut Storage,
    env: Env,
    info: MessageInfo,
    call: &Call,
) -> Result<Binary, ContractError> {
    let (api, querier) = (HostApi::default(), HostQuerier::default());
    let querier = QuerierWrapper::new(&querier);
    if let Call::Query(msg) = call {
        let (api, storage) = (&api, &*storage);
        let deps = Deps {
            storage,
            api,
            querier,
        };
        return cosmwasm_embedder::query(deps, env, msg.clone());
    }
    let api = &api;
    let deps = DepsMut {
        storage,
        api,
        querier,
    };
    let response = match call {
        Call::Instantiate(msg) => cosmwasm_embedder::instantiate(deps, env, info, msg.clone())?,
        Call::Execute(msg) => cosmwasm_embedder::execute(deps, env, info, msg.clone())?,
        Call::Query(_) => Response::new(),
    };
    Ok(Binary::new(to_vec(&response).expect("JSON")))
}

/// A block at a time in seconds.
pub fn at(now: u64) -> Env {
    let mut env = mock_env();
    env.block.time = Timestamp::from_seconds(now);
    env
}

pub fn sender(by: &str, funds: &[Coin]) -> MessageInfo {
    MessageInfo {
        sender: Addr::unchecked(by),
        funds: funds.to_vec(),
    }
}
