//! A chain with the contract on it, and four accounts that hold its coins.
#![allow(dead_code, reason = "each test uses a part of it")]

use cosmwasm_embedder::msg::{ExecuteMsg, InstantiateMsg, QueryMsg};
use cosmwasm_std::{coins, Addr, Coin, Timestamp, Uint256, Uint64};
use cw_multi_test::{App, AppResponse, ContractWrapper, Executor, IntoAddr};
use serde::de::DeserializeOwned;

pub const TOKEN: &str = "utoken";
pub const REWARD: &str = "ureward";
pub const HOLDERS: [&str; 4] = ["alice", "bob", "carol", "dora"];

pub struct World {
    pub app: App,
    pub contract: Addr,
}

impl World {
    /// Creates the chain at time 0, and the contract on it, whose longest lock is 1,000 seconds.
    pub fn new(granule: u64) -> Self {
        let mut app = App::new(|router, _, storage| {
            for name in HOLDERS {
                let all = vec![
                    Coin::new(Uint256::MAX >> 4, TOKEN),
                    Coin::new(Uint256::MAX >> 4, REWARD),
                    Coin::new(1_000_u128, "other"),
                ];
                let holder = name.into_addr();
                router.bank.init_balance(storage, &holder, all).unwrap();
            }
        });
        set_time(&mut app, 0);
        let code = ContractWrapper::new(
            cosmwasm_embedder::execute,
            cosmwasm_embedder::instantiate,
            cosmwasm_embedder::query,
        );
        let id = app.store_code(Box::new(code));
        let by = who("alice");
        let msg = instantiate_msg(1_000, granule);
        let contract = app.instantiate_contract(id, by, &msg, &[], "embedder", None);
        let contract = contract.unwrap();
        Self { app, contract }
    }

    pub fn at(&mut self, seconds: u64) -> &mut Self {
        set_time(&mut self.app, seconds);
        self
    }

    /// Sends a message, and returns the number of the error that refuses it.
    pub fn send(&mut self, by: &str, msg: &ExecuteMsg, funds: &[Coin]) -> Result<AppResponse, u16> {
        let done = self
            .app
            .execute_contract(who(by), self.contract.clone(), msg, funds);
        done.map_err(|error| code_of(&error.to_string()))
    }

    pub fn ask<T: DeserializeOwned>(&self, question: &QueryMsg) -> Result<T, u16> {
        let answer = self
            .app
            .wrap()
            .query_wasm_smart(self.contract.clone(), question);
        answer.map_err(|error| code_of(&error.to_string()))
    }

    /// Returns what an account holds.
    pub fn balance(&self, of: &Addr, denom: &str) -> Uint256 {
        self.app.wrap().query_balance(of, denom).unwrap().amount
    }

    /// Returns what the contract holds.
    pub fn held(&self, denom: &str) -> Uint256 {
        self.balance(&self.contract, denom)
    }
}

fn set_time(app: &mut App, seconds: u64) {
    app.update_block(|block| block.time = Timestamp::from_seconds(seconds));
}

pub fn who(name: &str) -> Addr {
    name.into_addr()
}

pub fn tokens(amount: u128) -> Vec<Coin> {
    coins(amount, TOKEN)
}

pub fn rewards(amount: u128) -> Vec<Coin> {
    coins(amount, REWARD)
}

pub fn seconds(number: u64) -> Uint64 {
    Uint64::new(number)
}

pub fn instantiate_msg(longest_lock: u64, granule: u64) -> InstantiateMsg {
    InstantiateMsg {
        token: TOKEN.to_owned(),
        reward: REWARD.to_owned(),
        longest_lock: seconds(longest_lock),
        granule: seconds(granule),
    }
}

/// Returns the number with which the contract's text begins, whatever was put before it.
pub fn code_of(text: &str) -> u16 {
    let number = text.split(": ").find_map(|part| part.parse().ok());
    number.unwrap_or_else(|| panic!("no code in \"{text}\""))
}
