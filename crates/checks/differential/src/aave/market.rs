//! The pool on the chain, with the libraries that it links, as its package has them compiled.

use std::collections::HashMap;
use std::path::Path;

use revm::primitives::ruint::aliases::U512;
use revm::primitives::{hex, Address, U256};

use super::model::{Account, Refusal, Taken};
use super::position::{Asset, Group, Position, MOST};
use super::There;
use crate::chain::{Chain, Reverted};
use crate::{code, text, Failure};

const NOW: u64 = 1;
/// Who is in no category, and who is in one.
const USERS: [Address; 2] = [Address::repeat_byte(0xa1), Address::repeat_byte(0xa2)];
const CATEGORY: u64 = 1;
/// What takes no part, and how a category is at first.
const NONE: Asset = Asset {
    decimals: 18,
    price: 100_000_000,
    ltv: 8_000,
    threshold: 8_500,
    bonus: 10_500,
    fee: 0,
    is_grouped: true,
    held: 0,
    owed: 0,
};
const SOME: Group = Group {
    ltv: 9_000,
    threshold: 9_500,
    bonus: 10_100,
    price: 0,
};

/// The libraries by their names, each after those that it links.
const LIBRARIES: [&str; 7] = [
    "BorrowLogic",
    "BridgeLogic",
    "EModeLogic",
    "FlashLoanLogic",
    "LiquidationLogic",
    "PoolLogic",
    "SupplyLogic",
];

/// The code that creates the contracts.
pub struct Codes {
    market: Vec<u8>,
    pool: serde_json::Value,
    libraries: Vec<serde_json::Value>,
}

impl Codes {
    /// # Errors
    /// A file that isn't there, or isn't what it should be.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let contracts = "node_modules/@aave/core-v3/artifacts/contracts/protocol";
        let artifact = |place: &str, name: &str| -> Result<serde_json::Value, Failure> {
            let file = format!("{contracts}/{place}/{name}.sol/{name}.json");
            Ok(serde_json::from_str(&text(&folder.join(file))?)?)
        };
        let libraries = LIBRARIES.iter();
        Ok(Self {
            market: code(folder, "Lending", "Market")?,
            pool: artifact("pool", "Pool")?,
            libraries: libraries
                .map(|name| artifact("libraries/logic", name))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// The code of an artifact with the addresses of what it links.
fn linked(
    artifact: &serde_json::Value,
    libraries: &HashMap<&str, Address>,
) -> Result<Vec<u8>, Failure> {
    let code = artifact["bytecode"].as_str().ok_or("no bytecode")?;
    let mut code = code.trim_start_matches("0x").to_owned();
    let files = artifact["linkReferences"].as_object().into_iter().flatten();
    for (name, places) in files.filter_map(|(_, names)| names.as_object()).flatten() {
        let address = libraries.get(name.as_str());
        let address = hex::encode(address.ok_or_else(|| format!("{name} isn't there"))?);
        for place in places.as_array().into_iter().flatten() {
            let start = place["start"].as_u64().ok_or("no place")?;
            let start = usize::try_from(start)? * 2;
            code.replace_range(start..start + address.len(), &address);
        }
    }
    Ok(hex::decode(code)?)
}

/// A pool of 16 reserves, of which two users hold and owe what one likes.
pub struct Market {
    chain: Chain,
    market: Address,
    pool: Address,
    user: Address,
}

impl Market {
    /// # Errors
    /// What failed on the chain.
    pub fn new(codes: &Codes) -> Result<Self, Failure> {
        let mut chain = Chain::new();
        let mut libraries = HashMap::new();
        for (name, artifact) in LIBRARIES.into_iter().zip(&codes.libraries) {
            let code = linked(artifact, &libraries)?;
            libraries.insert(name, chain.deploy(&code, &[])?);
        }
        let market = chain.deploy(&codes.market, &[])?;
        let pool = chain.deploy(&linked(&codes.pool, &libraries)?, &[word(market)])?;
        let mut market = Self {
            chain,
            market,
            pool,
            user: USERS[1],
        };
        let count = U256::from(MOST);
        let users = USERS.map(word);
        let arguments = [word(pool), count, configuration(&NONE), users[0], users[1]];
        market.call("open(address,uint256,uint256,address[2])", &arguments)?;
        market.group(&SOME)?;
        let category = [U256::from(CATEGORY)];
        let chain = &mut market.chain;
        chain.answers_to(USERS[1], pool, NOW, "setUserEMode(uint8)", &category)?;
        Ok(market)
    }

    /// Makes the position that of a user, and its terms those of the reserves.
    ///
    /// # Errors
    /// What failed on the chain.
    pub fn set(&mut self, position: &Position) -> Result<(), Failure> {
        self.user = USERS[usize::from(position.group.is_some())];
        if let Some(group) = &position.group {
            self.group(group)?;
        }
        // Where the words lie, and how many rows of them there are.
        let mut arguments = vec![word(self.user), U256::from(64), U256::from(MOST)];
        for index in 0..MOST {
            let asset = position.assets.get(index).unwrap_or(&NONE);
            arguments.push(configuration(asset));
            arguments.extend([asset.price.into(), asset.held, asset.owed].map(U256::from));
        }
        self.call("set(address,uint256[4][])", &arguments)?;
        Ok(())
    }

    fn group(&mut self, group: &Group) -> Result<(), Failure> {
        let numbers = [group.ltv, group.threshold, group.bonus].map(u64::from);
        let arguments = [&[CATEGORY], &numbers[..], &[group.price]].concat();
        let arguments: Vec<U256> = arguments.into_iter().map(U256::from).collect();
        self.call("group(uint8,uint16,uint16,uint16,uint256)", &arguments)?;
        Ok(())
    }

    fn call(&mut self, signature: &str, arguments: &[U256]) -> Result<U256, Reverted> {
        self.chain.call(self.market, NOW, signature, arguments)
    }

    /// What a call answers that is then undone.
    fn trial(&mut self, signature: &str, arguments: &[u128]) -> Result<Vec<U256>, Reverted> {
        let mut words = vec![word(self.user)];
        words.extend(arguments.iter().copied().map(U256::from));
        self.chain.trial(self.market, NOW, signature, &words)
    }
}

impl There for Market {
    fn account(&mut self) -> Result<Account, Failure> {
        let signature = "getUserAccountData(address)";
        let user = [word(self.user)];
        let words = self.chain.answers(self.pool, NOW, signature, &user)?;
        let words: Vec<U512> = words.into_iter().map(U512::from).collect();
        let [collateral, debt, available, threshold, ltv, health] = words[..] else {
            return Err(format!("{} words of an account", words.len()).into());
        };
        Ok(Account {
            collateral,
            debt,
            available,
            threshold,
            ltv,
            health,
        })
    }

    fn borrows(&mut self, index: usize, amount: u128) -> Result<bool, Failure> {
        let arguments = [index as u128, amount];
        match self.trial("borrow(address,uint256,uint256)", &arguments) {
            Ok(_) => Ok(true),
            // No collateral, a health factor of 1 or less, too little collateral, no loan-to-value.
            Err(why) if why.says(&["34", "35", "36", "57"]) => Ok(false),
            Err(why) => Err(format!("borrowing {amount}: {why}").into()),
        }
    }

    fn liquidates(&mut self, pair: [usize; 2], cover: u128) -> Result<Taken, Failure> {
        let [held, owed] = pair.map(|index| index as u128);
        let arguments = [held, owed, cover];
        let signature = "liquidate(address,uint256,uint256,uint256)";
        match self.trial(signature, &arguments) {
            Ok(words) => {
                let [seized, repaid] = words[..] else {
                    return Err("no two words of a liquidation".into());
                };
                Ok(Ok((u128::try_from(seized)?, u128::try_from(repaid)?)))
            }
            Err(why) if why.says(&["45"]) => Ok(Err(Refusal::Healthy)),
            Err(why) if why.says(&["25"]) => Ok(Err(Refusal::Nothing)),
            Err(why) => Err(format!("liquidating: {why}").into()),
        }
    }
}

/// The word in which a reserve's terms are packed: it is active, and can be borrowed.
fn configuration(asset: &Asset) -> U256 {
    let category = if asset.is_grouped { CATEGORY } else { 0 };
    [
        (asset.ltv, 0),
        (asset.threshold, 16),
        (asset.bonus, 32),
        (asset.decimals, 48),
        (1, 56),
        (1, 58),
        (asset.fee, 152),
        (category as u32, 168),
    ]
    .into_iter()
    .fold(U256::ZERO, |word, (bits, at)| word | U256::from(bits) << at)
}

fn word(account: Address) -> U256 {
    account.into_word().into()
}
