//! A contract in the virtual machine, stored and compiled as a chain does.

use std::path::PathBuf;

use cosmwasm_std::testing::mock_env;
use cosmwasm_std::{Checksum, ContractResult, Empty, MessageInfo, Response, Timestamp};
use cosmwasm_vm::testing::{MockApi, MockQuerier};
use cosmwasm_vm::{
    call_execute, call_instantiate, call_query, capabilities_from_csv, to_vec, Backend, Cache,
    CacheOptions, Instance, InstanceOptions, Size, VmResult,
};

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

/// A contract and its state.
pub struct Chain {
    cache: Cache<MockApi, Storage, MockQuerier>,
    checksum: Checksum,
    pub storage: Storage,
}

impl Chain {
    /// Stores a module, which the machine's static checks must let pass, below a folder.
    pub fn new(module: &[u8], home: PathBuf) -> Self {
        let capabilities = capabilities_from_csv(CAPABILITIES);
        let (cache, memory) = (Size::mebi(200), Size::mebi(32));
        let options = CacheOptions::new(home, capabilities, cache, memory);
        // SAFETY: nothing else uses the folder.
        let cache = unsafe { Cache::new(options) }.expect("a cache");
        let stored = cache.store_code(module, true, true);
        let checksum = stored.unwrap_or_else(|why| panic!("the chain refuses the module: {why}"));
        cache.pin(&checksum).expect("a compiled module");
        Self {
            cache,
            checksum,
            storage: Storage::default(),
        }
    }

    /// Makes a call in a block at a time in seconds, and returns its cost and its outcome as JSON. What it
    /// sets is not committed yet.
    pub fn call(
        &mut self,
        kind: &str,
        now: u64,
        info: &MessageInfo,
        msg: &[u8],
    ) -> (Cost, Vec<u8>) {
        let mut instance = self.instance();
        let mut env = mock_env();
        env.block.time = Timestamp::from_seconds(now);
        let outcome = match kind {
            "instantiate" => responded(call_instantiate(&mut instance, &env, info, msg)),
            "execute" => responded(call_execute(&mut instance, &env, info, msg)),
            _ => {
                let answer = call_query(&mut instance, &env, msg).expect("no trap");
                answer.into_result().map(|answer| answer.to_vec())
            }
        };
        let gas = instance.create_gas_report().used_internally;
        let backend = instance.recycle().expect("what the instance was given");
        self.storage = backend.storage;
        let touched = self.storage.touched();
        let outcome = outcome.unwrap_or_else(|why| panic!("{why}"));
        (Cost { gas, touched }, outcome)
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

fn responded(done: VmResult<ContractResult<Response<Empty>>>) -> Result<Vec<u8>, String> {
    let response = done.expect("no trap").into_result()?;
    Ok(to_vec(&response).expect("JSON"))
}
