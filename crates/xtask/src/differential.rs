//! The vesting crate, the lending rate, positions in a lending pool, the pools and the vote escrow beside
//! contracts, compiled from what npm has or there already, and run in a virtual machine:
//! crates/checks/differential. Beside a program of Solana's, which is a crate: crates/checks/stake-pool.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{cargo, program, root, run as run_program, run_quietly, target_dir};
use crate::step::{Checked, Inputs, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "differential",
    "schedules, a lending pool, its rate, pools and locks beside deployed contracts, in a virtual machine or as crates",
    check,
)
.with_inputs(Inputs {
    manifests: &[
        "crates/checks/differential/Cargo.toml",
        "crates/checks/stake-pool/Cargo.toml",
    ],
    files: &["crates/xtask/src/differential.rs"],
    versions: &[&["node", "--version"]],
});

pub(crate) const FOLDER: &str = "crates/checks/differential";
/// What is compared with spl-stake-pool: its name, and its folder.
const STAKE_POOL: (&str, &str) = ("stake-pool", "crates/checks/stake-pool");
/// The contracts and their compiler, by name, at the versions that the figures are of.
const PACKAGES: [&str; 11] = [
    "@openzeppelin/contracts@5.7.0",
    "@aave/core-v3@1.19.3",
    "@aave-dao/aave-v3-origin@3.6.0",
    "@uniswap/v2-core@1.0.1",
    "@uniswap/v3-core@1.0.1",
    "@balancer-labs/v2-deployments@3.2.0",
    "solc@0.8.37",
    "contracts-4@npm:@openzeppelin/contracts@4.9.6",
    "solady@0.1.26",
    // What the reward pool's peer was written for.
    "openzeppelin-solidity-2.3.0@npm:openzeppelin-solidity@2.3.0",
    "solc-0.5@npm:solc@0.5.17",
];
/// What is compiled of a package alone, as what it depends on is hundreds of times as large.
const ALONE: &str = "synthetix@2.102.1";
/// What imports them, under names of its own.
const SOURCES: [&str; 9] = [
    "Wallets.sol",
    "Rates.sol",
    "Traders.sol",
    "Stake.sol",
    "Ballots.sol",
    "Coins.sol",
    "Splitters.sol",
    "Vaults.sol",
    "Lending.sol",
];
/// Sources of before the compiler's 0.8, by their places among the packages.
const OLD_SOURCES: [&str; 12] = [
    "synthetix/contracts/StakingRewards.sol",
    "synthetix/contracts/Pausable.sol",
    "synthetix/contracts/Owned.sol",
    "synthetix/contracts/RewardsDistributionRecipient.sol",
    "synthetix/contracts/interfaces/IStakingRewards.sol",
    "openzeppelin-solidity-2.3.0/contracts/math/SafeMath.sol",
    "openzeppelin-solidity-2.3.0/contracts/math/Math.sol",
    "openzeppelin-solidity-2.3.0/contracts/token/ERC20/ERC20Detailed.sol",
    "openzeppelin-solidity-2.3.0/contracts/token/ERC20/SafeERC20.sol",
    "openzeppelin-solidity-2.3.0/contracts/token/ERC20/IERC20.sol",
    "openzeppelin-solidity-2.3.0/contracts/utils/ReentrancyGuard.sol",
    "openzeppelin-solidity-2.3.0/contracts/utils/Address.sol",
];
/// Schedules, curves, pools or swaps of each contract: what a check of every change can afford, and more.
const QUICK: &str = "2000";
const MANY: &str = "50000";

fn check() -> Checked {
    compare(QUICK, &[])
}

/// How many of each contract, or very many; of all, or of those named.
pub(crate) fn run(args: &[&str]) -> Checked {
    match args {
        [] => compare(MANY, &[]),
        [count, subjects @ ..] => compare(count, subjects),
    }
}

/// How long an escrow's calls take here and there: the case, of whom, and nanoseconds, separated by tabs.
pub(crate) fn speeds() -> Result<String, String> {
    let there = folder()?;
    install(&there)?;
    compile(&there)?;
    let mut beside = cargo(&["run", "--locked", "--release", "--"]);
    run_quietly(
        beside
            .arg(there)
            .arg("speed")
            .current_dir(root().join(FOLDER)),
    )
}

/// Where the contracts are put.
fn folder() -> Result<PathBuf, String> {
    let there = target_dir().join("differential");
    std::path::absolute(&there).map_err(|e| format!("{}: {e}", there.display()))
}

fn compare(count: &str, subjects: &[&str]) -> Checked {
    let is_crate = |subject: &&str| *subject == STAKE_POOL.0;
    let (crates, contracts): (Vec<&str>, Vec<&str>) = subjects.iter().copied().partition(is_crate);
    if subjects.is_empty() || !crates.is_empty() {
        beside_stake_pool(count)?;
    }
    if !crates.is_empty() && contracts.is_empty() {
        return Ok(Outcome::Passed);
    }
    beside_contracts(count, &contracts)
}

/// Needs neither node nor a virtual machine.
fn beside_stake_pool(count: &str) -> Result<(), String> {
    let mut beside = cargo(&["run", "--locked", "--quiet", "--", count]);
    let said = run_quietly(beside.current_dir(root().join(STAKE_POOL.1)))?;
    // The program logs each fee that it refuses.
    let lines = said.lines().filter(|line| !line.starts_with("Fee "));
    lines.for_each(|line| println!("{line}"));
    Ok(())
}

fn beside_contracts(count: &str, subjects: &[&str]) -> Checked {
    let there = folder()?;
    if let Err(why) = install(&there) {
        return Ok(Outcome::Skipped(why));
    }
    compile(&there)?;
    let mut beside = cargo(&["run", "--locked", "--"]);
    beside.arg(there).arg(count).args(subjects);
    run_program(beside.current_dir(root().join(FOLDER)))?;
    Ok(Outcome::Passed)
}

/// Puts the packages into `there`, unless an earlier run did.
fn install(there: &Path) -> Result<(), String> {
    let marker = there.join("installed");
    let wanted = format!("{} {ALONE}", PACKAGES.join(" "));
    if fs::read_to_string(&marker).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let to_text = |error: std::io::Error| format!("{}: {error}", there.display());
    fs::create_dir_all(there).map_err(to_text)?;
    run_quietly(&mut program("node", &["--version"]))?;
    let mut npm = program("npm", &["install", "--no-audit", "--no-fund"]);
    // What is asked for and its dependencies, without the tools that it would be worked on with.
    npm.args(["--ignore-scripts", "--legacy-peer-deps", "--prefix"]);
    npm.arg(there);
    run_quietly(npm.args(PACKAGES))?;
    unpack(there, ALONE)?;
    fs::write(marker, wanted).map_err(to_text)
}

/// Puts a package beside the others without what it depends on.
fn unpack(there: &Path, package: &str) -> Result<(), String> {
    let pack = ["pack", "--silent", package];
    let archive = run_quietly(program("npm", &pack).current_dir(there))?;
    let (name, _) = package.split_once('@').unwrap_or((package, ""));
    let into = there.join("node_modules").join(name);
    fs::create_dir_all(&into).map_err(|e| format!("{}: {e}", into.display()))?;
    let mut tar = program(
        "tar",
        &["xzf", archive.trim(), "--strip-components", "1", "-C"],
    );
    run_quietly(tar.arg(into).current_dir(there)).map(drop)
}

/// Compiles the contracts into the folder `compiled` there.
fn compile(there: &Path) -> Result<(), String> {
    for name in SOURCES {
        let source = root().join(FOLDER).join("contracts").join(name);
        let to_text = |error: std::io::Error| format!("{}: {error}", source.display());
        fs::copy(&source, there.join(name)).map_err(to_text)?;
    }
    let mut solc = program("node", &["node_modules/solc/solc.js", "--bin"]);
    solc.args(["--base-path", ".", "--include-path", "node_modules"]);
    solc.args(["--output-dir", "compiled"]).args(SOURCES);
    run_quietly(solc.current_dir(there))?;
    // Imports are found here by the names under which the sources are given.
    let mut solc = program("node", &["solc-0.5/solcjs", "--bin", "--optimize"]);
    solc.args(["--output-dir", "../compiled"]).args(OLD_SOURCES);
    run_quietly(solc.current_dir(there.join("node_modules"))).map(drop)
}
