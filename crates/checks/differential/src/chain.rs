//! A chain of one's own, on which time is whatever one says.

use std::fmt;

use revm::primitives::{keccak256, Address, ExecutionResult, Output, TxKind, U256};
use revm::{Evm, InMemoryDB};

/// What went wrong on the chain.
#[derive(Debug)]
pub struct Reverted(String);

impl fmt::Display for Reverted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Reverted {}

/// Whoever calls. It needs no money, as gas is free.
const CALLER: Address = Address::repeat_byte(9);

pub struct Chain {
    evm: Evm<'static, (), InMemoryDB>,
}

impl Chain {
    pub fn new() -> Self {
        let evm = Evm::builder()
            .with_db(InMemoryDB::default())
            .modify_block_env(|block| block.gas_limit = U256::from(u64::MAX))
            .modify_tx_env(|tx| {
                tx.caller = CALLER;
                tx.gas_limit = 10_000_000;
            })
            .build();
        Self { evm }
    }

    /// Creates a contract by the code that its compiler gave, and by what its constructor takes.
    pub fn deploy(&mut self, code: &[u8], arguments: &[U256]) -> Result<Address, Reverted> {
        let mut data = code.to_vec();
        data.extend(arguments.iter().flat_map(U256::to_be_bytes::<32>));
        match self.transact(TxKind::Create, data)? {
            Output::Create(_, Some(address)) => Ok(address),
            other => Err(Reverted(format!("nothing was created: {other:?}"))),
        }
    }

    /// Calls a function by its signature, at a time; the first that it returns, or 0 if it returns nothing.
    pub fn call(
        &mut self,
        contract: Address,
        at: u64,
        signature: &str,
        arguments: &[U256],
    ) -> Result<U256, Reverted> {
        let answers = self.answers(contract, at, signature, arguments)?;
        Ok(answers.first().copied().unwrap_or_default())
    }

    /// The same, with all that it returns.
    pub fn answers(
        &mut self,
        contract: Address,
        at: u64,
        signature: &str,
        arguments: &[U256],
    ) -> Result<Vec<U256>, Reverted> {
        self.evm.block_mut().timestamp = U256::from(at);
        let mut data = keccak256(signature)[..4].to_vec();
        data.extend(arguments.iter().flat_map(U256::to_be_bytes::<32>));
        let output = self.transact(TxKind::Call(contract), data)?.into_data();
        Ok(output.chunks(32).map(U256::from_be_slice).collect())
    }

    /// Gives an account so many wei more.
    pub fn endow(&mut self, account: Address, wei: u128) -> Result<(), Reverted> {
        let account = self.evm.db_mut().load_account(account);
        let account = account.map_err(|error| Reverted(error.to_string()))?;
        account.info.balance += U256::from(wei);
        Ok(())
    }

    fn transact(&mut self, to: TxKind, data: Vec<u8>) -> Result<Output, Reverted> {
        let tx = self.evm.tx_mut();
        (tx.transact_to, tx.data, tx.nonce) = (to, data.into(), None);
        match self.evm.transact_commit() {
            Ok(ExecutionResult::Success { output, .. }) => Ok(output),
            Ok(other) => Err(Reverted(format!("{other:?}"))),
            Err(error) => Err(Reverted(error.to_string())),
        }
    }
}
