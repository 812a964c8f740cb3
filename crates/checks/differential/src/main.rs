//! Runs the vesting crate, the lending rate, positions in a lending pool, the pools, the vote escrow, its gauges
//! and fees, splits, rewards and vaults beside contracts in a virtual machine: `cargo xtask differential`.

mod aave;
mod balancer;
mod chain;
mod draw;
mod pools;
mod rates;
mod rewards;
mod splitter;
mod uniswap_v2;
mod uniswap_v3;
mod vaults;
mod vebal;
mod votes;
mod wallets;

use std::error::Error;
use std::path::Path;

use chain::Chain;
use draw::{Case, Random};
use pools::{draw_params, Unit};
use revm::primitives::U256;

type Failure = Box<dyn Error>;

const SEED: u64 = 0x7665_7374;

/// The code that creates a contract, from the file that the compiler wrote.
fn code(folder: &Path, source: &str, contract: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = format!("compiled/{source}_sol_{contract}.bin");
    let hex = text(&folder.join(file))?;
    Ok(revm::primitives::hex::decode(hex.trim())?)
}

/// The code that creates a contract, as its package has it compiled.
fn packaged(folder: &Path, file: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = folder.join("node_modules").join(file);
    let artifact: serde_json::Value = serde_json::from_str(&text(&file)?)?;
    let hex = artifact["bytecode"].as_str();
    let hex = hex.or_else(|| artifact["creationCode"].as_str());
    let hex = hex.ok_or_else(|| format!("no bytecode in {}", file.display()))?;
    Ok(revm::primitives::hex::decode(hex)?)
}

fn text(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))
}

fn wallets(folder: &Path, schedules: u64) -> Result<(), Box<dyn Error>> {
    for (contract, with_cliff) in [("Wallet", false), ("CliffWallet", true)] {
        let code = code(folder, "Wallets", contract)?;
        let (mut chain, mut random) = (Chain::new(), Random::new(SEED));
        let mut tally = wallets::Tally::default();
        for _ in 0..schedules {
            let case = Case::draw(&mut random, with_cliff);
            wallets::compare(&mut chain, &code, &case, &mut random, &mut tally)
                .map_err(|difference| format!("{contract} of {case:?}: {difference}"))?;
        }
        let all = tally.answers + tally.inverses + tally.claims;
        println!(
            "{contract}: {all} comparisons, the same to the wei: of {} schedules {} vested amounts, {} \
             times of an amount, {} releases; {} schedules end past the clock and are refused",
            tally.schedules, tally.answers, tally.inverses, tally.claims, tally.refused
        );
    }
    Ok(())
}

fn rates(folder: &Path, lines: u64) -> Result<(), Box<dyn Error>> {
    for (contract, unit) in [("RayRates", Unit::Ray), ("BpsRates", Unit::Bps)] {
        let code = code(folder, "Rates", contract)?;
        let mut random = Random::new(SEED);
        let mut tally = rates::Tally::default();
        for _ in 0..lines {
            let params = draw_params(unit, &mut random);
            rates::compare(unit, &code, params, &mut random, &mut tally)
                .map_err(|difference| format!("{contract} of {params:?}: {difference}"))?;
        }
        println!(
            "{contract}: {} comparisons, no further apart than both sides round: of {lines} curves and {} \
             pools borrowing rates, {}, and supply rates, {}; of {} utilisations that 18 decimals \
             hold {} and {} are the same to the last of them",
            2 * tally.pools,
            tally.pools,
            tally.borrowing,
            tally.supply,
            tally.held,
            tally.borrowing.same,
            tally.supply.same
        );
    }
    Ok(())
}

fn pairs(folder: &Path, pools: u64) -> Result<(), Box<dyn Error>> {
    let factory = packaged(folder, "@uniswap/v2-core/build/UniswapV2Factory.json")?;
    let trader = code(folder, "Traders", "PairTrader")?;
    let mut random = Random::new(SEED);
    let mut chain = Chain::new();
    // Whoever may say that it takes a part of the fees, which is nobody.
    let factory = chain.deploy(&factory, &[U256::ZERO])?;
    let mut tally = uniswap_v2::Tally::default();
    for _ in 0..pools {
        uniswap_v2::compare(&mut chain, &trader, factory, &mut random, &mut tally)
            .map_err(|difference| format!("UniswapV2Pair: {difference}"))?;
    }
    println!("{tally}");
    Ok(())
}

/// Until there were so many swaps.
fn ranges(folder: &Path, swaps: u64) -> Result<(), Box<dyn Error>> {
    let file = "@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json";
    let factory = packaged(folder, file)?;
    let trader = code(folder, "Traders", "PoolTrader")?;
    let mut random = Random::new(SEED);
    let mut tally = uniswap_v3::Tally::default();
    while tally.swaps < swaps {
        uniswap_v3::compare(&trader, &factory, &mut random, &mut tally)
            .map_err(|difference| format!("UniswapV3Pool: {difference}"))?;
    }
    println!("{tally}");
    Ok(())
}

/// Until there were so many swaps.
fn weighted(folder: &Path, swaps: u64) -> Result<(), Box<dyn Error>> {
    let task = "@balancer-labs/v2-deployments/dist/tasks/20210418-weighted-pool";
    let code = packaged(folder, &format!("{task}/bytecode/WeightedPool.json"))?;
    let (mut chain, mut random) = (Chain::new(), Random::new(SEED));
    let mut tally = balancer::Tally::default();
    while tally.swaps < swaps {
        balancer::compare(&mut chain, &code, &mut random, &mut tally)
            .map_err(|difference| format!("WeightedPool: {difference}"))?;
    }
    println!("{tally}");
    Ok(())
}

/// Of each position all answers; before that, some that are known, and that a fault here is seen.
fn positions(folder: &Path, count: u64) -> Result<(), Failure> {
    let mut market = aave::Market::new(&aave::Codes::read(folder)?)?;
    let of_pool = |why| format!("Pool of Aave v3: {why}");
    println!("{}", aave::known(&mut market).map_err(of_pool)?);
    println!("{}", aave::see_faults(&mut market, SEED).map_err(of_pool)?);
    let mut random = Random::new(SEED);
    let tally = aave::compare_all(&mut market, count, &mut random).map_err(of_pool)?;
    print!("{tally}");
    Ok(())
}

fn vebal_codes(folder: &Path) -> Result<vebal::Codes, Box<dyn Error>> {
    let tasks = "@balancer-labs/v2-deployments/dist/tasks";
    let task = format!("{tasks}/20220325-gauge-controller");
    let artifact = |name| packaged(folder, &format!("{task}/artifact/{name}.json"));
    let fees = |task| {
        packaged(
            folder,
            &format!("{tasks}/{task}/artifact/FeeDistributor.json"),
        )
    };
    Ok(vebal::Codes {
        token: code(folder, "Stake", "Stake")?,
        escrow: artifact("VotingEscrow")?,
        gauges: artifact("GaugeController")?,
        coin: code(folder, "Coins", "Coin")?,
        fees: fees("20220714-fee-distributor-v2")?,
        old_fees: fees("deprecated/20220420-fee-distributor")?,
    })
}

/// Five operations for each that is asked for: most of them are cheap.
fn escrows(folder: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let codes = vebal_codes(folder)?;
    vebal::lost_total(&codes)?;
    let mut random = Random::new(SEED);
    let mut tally = vebal::Tally::default();
    while tally.operations < 5 * count {
        vebal::compare(&codes, &mut random, &mut tally)
            .map_err(|difference| format!("VotingEscrow: {difference}"))?;
    }
    println!("{tally}");
    Ok(())
}

/// As many operations for each that is asked for.
fn gauges(folder: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let codes = vebal_codes(folder)?;
    vebal::record_gauges(&codes)?;
    let mut random = Random::new(SEED);
    let mut tally = vebal::GaugeTally::default();
    while tally.operations < 5 * count {
        vebal::compare_gauges(&codes, &mut random, &mut tally)
            .map_err(|difference| format!("GaugeController: {difference}"))?;
    }
    println!("{tally}");
    Ok(())
}

/// Five operations for each that is asked for.
fn fees(folder: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let codes = vebal_codes(folder)?;
    vebal::record_fees(&codes)?;
    let mut random = Random::new(SEED);
    let mut tally = vebal::FeeTally::default();
    while tally.operations < 5 * count {
        vebal::compare_fees(&codes, &mut random, &mut tally)
            .map_err(|difference| format!("FeeDistributor: {difference}"))?;
    }
    println!("{tally}");
    Ok(())
}

fn past_votes(folder: &Path, changes: u64) -> Result<(), Box<dyn Error>> {
    let code = code(folder, "Ballots", "Ballots")?;
    let mut random = Random::new(SEED);
    let mut tally = votes::Tally::default();
    while tally.changes < changes {
        votes::compare(&code, &mut random, &mut tally).map_err(|why| format!("Votes: {why}"))?;
    }
    let votes::Tally {
        changes,
        past,
        refused,
    } = tally;
    println!(
        "Votes: after {changes} changes of units and delegates, {past} past votes and totals, the same to \
         the unit; {refused} of times that aren't over are refused by both"
    );
    Ok(())
}

fn reward_codes(folder: &Path) -> Result<rewards::Codes, Box<dyn Error>> {
    let pool = "synthetix_contracts_StakingRewards";
    Ok(rewards::Codes {
        coin: code(folder, "Coins", "Coin")?,
        pool: code(folder, pool, "StakingRewards")?,
    })
}

/// Five operations for each that is asked for.
fn reward_pools(folder: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    let codes = reward_codes(folder)?;
    rewards::poked(&codes)?;
    let mut random = Random::new(SEED);
    let mut tally = rewards::Tally::default();
    while tally.operations < 5 * count {
        rewards::compare(&codes, &mut random, &mut tally)
            .map_err(|difference| format!("StakingRewards: {difference}"))?;
    }
    println!("{tally}");
    Ok(())
}

fn splits(folder: &Path, payments: u64) -> Result<(), Box<dyn Error>> {
    let code = code(folder, "Splitters", "Splitter")?;
    let mut random = Random::new(SEED);
    let mut tally = splitter::Tally::default();
    while tally.payments < payments {
        splitter::compare(&code, &mut random, &mut tally)
            .map_err(|why| format!("PaymentSplitter: {why}"))?;
    }
    println!("{tally}");
    Ok(())
}

/// Half as many operations on each of the two as are asked for, and more.
fn vault_shares(folder: &Path, count: u64) -> Result<(), Box<dyn Error>> {
    for contract in ["OpenZeppelinVault", "SoladyVault"] {
        let codes = vaults::Codes {
            coin: code(folder, "Coins", "Coin")?,
            vault: code(folder, "Vaults", contract)?,
        };
        let in_contract = |why| format!("{contract}: {why}");
        vaults::donated(&codes).map_err(in_contract)?;
        let mut random = Random::new(SEED);
        let mut tally = vaults::Tally::default();
        while tally.operations < 5 * count / 2 {
            vaults::compare(&codes, &mut random, &mut tally).map_err(in_contract)?;
        }
        println!("{contract}: {tally}");
    }
    Ok(())
}

/// What is compared, by the names that the command takes.
const SUBJECTS: [(&str, Compare); 13] = [
    ("wallets", wallets),
    ("rates", rates),
    ("uniswap-v2", pairs),
    ("uniswap-v3", ranges),
    ("balancer", weighted),
    ("vebal", escrows),
    ("gauges", gauges),
    ("fee-distributor", fees),
    ("votes", past_votes),
    ("splitter", splits),
    ("rewards", reward_pools),
    ("vaults", vault_shares),
    ("aave", positions),
];

type Compare = fn(&Path, u64) -> Result<(), Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, names @ ..] = args.as_slice() else {
        return Err(
            "usage: differential FOLDER-OF-CONTRACTS COUNT [SUBJECT...], or speed for COUNT".into(),
        );
    };
    let folder = Path::new(folder);
    if count == "speed" {
        let codes = vebal_codes(folder)?;
        print!("{}", vebal::measure(&codes)?);
        print!("{}", vebal::measure_gauges(&codes)?);
        print!("{}", rewards::measure(&reward_codes(folder)?)?);
        return Ok(());
    }
    let count = count.parse()?;
    let is_known = |name: &&String| SUBJECTS.iter().any(|(subject, _)| subject == name);
    if let Some(unknown) = names.iter().find(|name| !is_known(name)) {
        let known = SUBJECTS.map(|(subject, _)| subject).join(", ");
        return Err(format!("no subject `{unknown}`; there are: {known}, and stake-pool").into());
    }
    for (subject, compare) in SUBJECTS {
        if names.is_empty() || names.iter().any(|name| name == subject) {
            compare(folder, count)?;
        }
    }
    Ok(())
}
