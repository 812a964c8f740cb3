//! The vesting crate, the lending rate, the pools and the vote escrow beside contracts, compiled from what
//! npm has or there already, and run in a virtual machine: crates/checks/differential.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{cargo, program, root, run as run_program, run_quietly, target_dir};
use crate::step::{Checked, Inputs, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "differential",
    "schedules, a lending rate, pools and locks beside deployed contracts, in a virtual machine",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/checks/differential/Cargo.toml"],
    files: &["crates/xtask/src/differential.rs"],
    versions: &[&["node", "--version"]],
});

pub(crate) const FOLDER: &str = "crates/checks/differential";
/// The contracts and their compiler, by name, at the versions that the figures are of.
const PACKAGES: [&str; 7] = [
    "@openzeppelin/contracts@5.7.0",
    "@aave/core-v3@1.19.3",
    "@aave-dao/aave-v3-origin@3.6.0",
    "@uniswap/v2-core@1.0.1",
    "@uniswap/v3-core@1.0.1",
    "@balancer-labs/v2-deployments@3.2.0",
    "solc@0.8.37",
];
/// What imports them, under names of its own.
const SOURCES: [&str; 5] = [
    "Wallets.sol",
    "Rates.sol",
    "Traders.sol",
    "Stake.sol",
    "Ballots.sol",
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
    let wanted = PACKAGES.join(" ");
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
    fs::write(marker, wanted).map_err(to_text)
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
    run_quietly(solc.current_dir(there)).map(drop)
}
