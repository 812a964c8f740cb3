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

impl Reverted {
    /// Whether a contract refused and gave one of these reasons; `""` is any, also none.
    pub fn says(&self, reasons: &[&str]) -> bool {
        let said = self.0.strip_prefix(REFUSED);
        said.is_some_and(|said| {
            reasons
                .iter()
                .any(|reason| reason.is_empty() || *reason == said)
        })
    }

    /// The reason is text behind the selector of `Error(string)`, where it lies and how long it is.
    fn of(output: &[u8]) -> Self {
        let length = output.get(36..68).map(U256::from_be_slice);
        let length = length.and_then(|length| usize::try_from(length).ok());
        let text = length.and_then(|length| output.get(68..)?.get(..length));
        let text = text.map(String::from_utf8_lossy).unwrap_or_default();
        Self(format!("{REFUSED}{text}"))
    }
}

/// What a refusal by a contract begins with.
const REFUSED: &str = "refused: ";

/// Checks that the contract refused, and said one of these.
pub fn refused(answer: Result<Vec<U256>, Reverted>, reasons: &[&str]) -> Result<(), String> {
    match answer {
        Ok(answers) => Err(format!("not refused there: {answers:?}")),
        Err(why) if why.says(reasons) => Ok(()),
        Err(why) => Err(format!("refused there for another reason: {why}")),
    }
}

/// Whoever calls, unless an account is named. It needs no money, as gas is free.
pub const CALLER: Address = Address::repeat_byte(9);

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
                // A swap may look for positions through all ticks.
                tx.gas_limit = 100_000_000;
            })
            .build();
        Self { evm }
    }

    /// Creates a contract by the code that its compiler gave, and by what its constructor takes.
    pub fn deploy(&mut self, code: &[u8], arguments: &[U256]) -> Result<Address, Reverted> {
        self.evm.tx_mut().caller = CALLER;
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
        self.answers_to(CALLER, contract, at, signature, arguments)
    }

    /// The same, called by an account of one's choice.
    pub fn answers_to(
        &mut self,
        caller: Address,
        contract: Address,
        at: u64,
        signature: &str,
        arguments: &[U256],
    ) -> Result<Vec<U256>, Reverted> {
        self.evm.tx_mut().caller = caller;
        self.evm.block_mut().timestamp = U256::from(at);
        let output = self.transact(TxKind::Call(contract), call_data(signature, arguments))?;
        Ok(words(output))
    }

    /// The same by whoever calls usually, as if it hadn't been: nothing on the chain is changed.
    pub fn trial(
        &mut self,
        contract: Address,
        at: u64,
        signature: &str,
        arguments: &[U256],
    ) -> Result<Vec<U256>, Reverted> {
        self.evm.block_mut().timestamp = U256::from(at);
        let tx = self.evm.tx_mut();
        tx.caller = CALLER;
        let data = call_data(signature, arguments);
        (tx.transact_to, tx.data, tx.nonce) = (TxKind::Call(contract), data.into(), None);
        let tried = self.evm.transact().map(|answer| answer.result);
        output_of(tried).map(words)
    }

    /// Gives an account so many wei more.
    pub fn endow(&mut self, account: Address, wei: u128) -> Result<(), Reverted> {
        let account = self.evm.db_mut().load_account(account);
        let account = account.map_err(|error| Reverted(error.to_string()))?;
        account.info.balance += U256::from(wei);
        Ok(())
    }

    /// All that is on the chain, to be restored.
    pub fn save(&self) -> InMemoryDB {
        self.evm.db().clone()
    }

    pub fn restore(&mut self, saved: InMemoryDB) {
        *self.evm.db_mut() = saved;
    }

    fn transact(&mut self, to: TxKind, data: Vec<u8>) -> Result<Output, Reverted> {
        let tx = self.evm.tx_mut();
        (tx.transact_to, tx.data, tx.nonce) = (to, data.into(), None);
        output_of(self.evm.transact_commit())
    }
}

fn output_of<E: fmt::Display>(result: Result<ExecutionResult, E>) -> Result<Output, Reverted> {
    match result {
        Ok(ExecutionResult::Success { output, .. }) => Ok(output),
        Ok(ExecutionResult::Revert { output, .. }) => Err(Reverted::of(&output)),
        Ok(other) => Err(Reverted(format!("{other:?}"))),
        Err(error) => Err(Reverted(error.to_string())),
    }
}

/// The selector of a function, and what it takes.
fn call_data(signature: &str, arguments: &[U256]) -> Vec<u8> {
    let mut data = keccak256(signature)[..4].to_vec();
    data.extend(arguments.iter().flat_map(U256::to_be_bytes::<32>));
    data
}

fn words(output: Output) -> Vec<U256> {
    let output = output.into_data();
    output.chunks(32).map(U256::from_be_slice).collect()
}
