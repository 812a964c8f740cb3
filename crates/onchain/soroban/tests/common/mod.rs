//! The contract in the SDK's test environment, with the network's limits on.
#![allow(dead_code, reason = "each test uses a part of it")]

use soroban_embedder::{Embedder, EmbedderClient};
use std::fmt::Debug;

use soroban_sdk::testutils::{Address as _, EnvTestConfig, Ledger as _};
use soroban_sdk::token::{StellarAssetClient, TokenClient};
use soroban_sdk::{Address, Env, Error, InvokeError};

/// The longest lock, in seconds.
pub const LONGEST: u64 = 1_000;

/// A chain with the contract, two tokens, and four holders of both.
pub struct World {
    pub env: Env,
    pub contract: Address,
    pub holders: [Address; 4],
    pub token: Address,
    pub reward: Address,
}

/// What a call of the client comes to.
type Called<T, E> = Result<Result<T, E>, Result<Error, InvokeError>>;

impl World {
    /// Creates a chain; the contract is the wasm module that `SOROBAN_MODULE` names, or the same code on this
    /// machine.
    pub fn new(granule: u64) -> Self {
        let env = Env::new_with_config(EnvTestConfig {
            capture_snapshot_at_drop: false,
        });
        env.mock_all_auths();
        let issuer = Address::generate(&env);
        let [token, reward] = [(); 2].map(|()| {
            let asset = env.register_stellar_asset_contract_v2(issuer.clone());
            asset.address()
        });
        let terms = (token.clone(), reward.clone(), LONGEST, granule);
        let contract = match std::env::var_os("SOROBAN_MODULE") {
            Some(path) => env.register(std::fs::read(path).unwrap().as_slice(), terms),
            None => env.register(Embedder, terms),
        };
        let holders = [(); 4].map(|()| Address::generate(&env));
        for asset in [&token, &reward] {
            for holder in &holders {
                StellarAssetClient::new(&env, asset).mint(holder, &(1 << 120));
            }
        }
        Self {
            env,
            contract,
            holders,
            token,
            reward,
        }
    }

    pub fn at(&self, seconds: u64) -> EmbedderClient<'_> {
        self.env.ledger().set_timestamp(seconds);
        EmbedderClient::new(&self.env, &self.contract)
    }

    /// Returns the tokens and the rewards that the contract holds.
    pub fn held(&self) -> [i128; 2] {
        [&self.token, &self.reward]
            .map(|asset| TokenClient::new(&self.env, asset).balance(&self.contract))
    }
}

/// Returns what a call returned, or the number of the error that refused it.
pub fn outcome<T: Debug, E: Debug>(called: Called<T, E>) -> Result<T, u32> {
    match called {
        Ok(done) => Ok(done.unwrap()),
        Err(Ok(error)) => Err(error.get_code()),
        Err(Err(InvokeError::Contract(code))) => Err(code),
        Err(Err(InvokeError::Abort)) => panic!("the call was aborted"),
    }
}
