//! A contract's storage, and calls of it in the machine.

use std::collections::HashMap;
use std::sync::Arc;

use near_parameters::{RuntimeConfig, RuntimeConfigStore};
use near_primitives_core::account::AccountContract;
use near_primitives_core::types::{Balance, Gas};
use near_primitives_core::version::PROTOCOL_VERSION;
use near_vm_runner::logic::mocks::mock_external::MockedExternal;
use near_vm_runner::logic::{VMContext, VMOutcome};
use near_vm_runner::{prepare, run, ContractCode, MockContractRuntimeCache};
use serde_json::Value;

/// The methods that take a deposit.
const PAYABLE: [&str; 5] = [
    "create_grant",
    "create_lock",
    "extend_lock",
    "stake",
    "fund",
];
/// What is sent along with them: more than any takes.
const DEPOSIT: u128 = 100_000_000_000_000_000_000_000_000;

/// A contract's storage, and the time.
pub struct Chain {
    module: Vec<u8>,
    config: Arc<RuntimeConfig>,
    /// What the machine made of the module, once.
    compiled: MockContractRuntimeCache,
    pub trie: HashMap<Vec<u8>, Vec<u8>>,
    pub now: u64,
}

impl Chain {
    pub fn new(module: &[u8], now: u64) -> Self {
        Self {
            module: module.to_vec(),
            config: RuntimeConfigStore::new(None)
                .get_config(PROTOCOL_VERSION)
                .clone(),
            compiled: MockContractRuntimeCache::default(),
            trie: HashMap::new(),
            now,
        }
    }

    /// Makes a call that succeeds, and returns the gas that it burns.
    pub fn call(&mut self, by: &str, method: &str, arguments: &Value) -> u64 {
        let outcome = self.make(by, method, arguments);
        assert!(outcome.aborted.is_none(), "{method}: {:?}", outcome.aborted);
        outcome.burnt_gas.as_gas()
    }

    /// Makes a call, and returns why it was refused, or nothing.
    pub fn refusal(&mut self, by: &str, method: &str, arguments: &Value) -> String {
        let aborted = self.make(by, method, arguments).aborted;
        aborted.map_or_else(String::new, |error| error.to_string())
    }

    fn make(&mut self, by: &str, method: &str, arguments: &Value) -> VMOutcome {
        let before = self.trie.clone();
        let code = ContractCode::new(self.module.clone(), None);
        let mut chain = MockedExternal::with_code(code);
        chain.fake_trie = std::mem::take(&mut self.trie);
        let mut context = self.context(by, arguments.to_string().as_bytes());
        if PAYABLE.contains(&method) {
            context.attached_deposit = Balance::from_yoctonear(DEPOSIT);
        }
        let config = self.config.wasm_config.clone();
        let counter = context.make_gas_counter(&config);
        let prepared = prepare(&chain, config, Some(&self.compiled), counter, method);
        let outcome = run(prepared, &mut chain, &context, self.config.fees.clone());
        let outcome = outcome.expect("the machine runs");
        // Of a call that is refused, nothing stays.
        self.trie = match outcome.aborted {
            None => chain.fake_trie,
            Some(_) => before,
        };
        outcome
    }

    fn context(&self, by: &str, input: &[u8]) -> VMContext {
        let by: near_primitives_core::types::AccountId = by.parse().expect("an account");
        VMContext {
            current_account_id: "contract.near".parse().expect("an account"),
            signer_account_id: by.clone(),
            signer_account_pk: vec![0; 33],
            predecessor_account_id: by.clone(),
            refund_to_account_id: by,
            input: input.into(),
            promise_results: Vec::new().into(),
            block_height: 1,
            block_timestamp: self.now * 1_000_000_000,
            epoch_height: 1,
            account_balance: Balance::from_yoctonear(1 << 100),
            account_locked_balance: Balance::ZERO,
            storage_usage: 1_000_000,
            account_contract: AccountContract::None,
            attached_deposit: Balance::ZERO,
            prepaid_gas: Gas::from_teragas(300),
            random_seed: vec![0; 32],
            view_config: None,
            output_data_receivers: Vec::new(),
        }
    }
}
