//! The contract in crates/onchain/soroban: built, and run in the SDK's test environment with the network's
//! limits on, as native code and as the module that a chain runs.

use super::figures::Table;
use super::module::{build, length, missing, within};
use crate::shell::{run, run_quietly};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure_target, pinned};

pub(crate) const STEP: Step = Step::new(
    "soroban",
    "a contract in Soroban's test environment, and what each call costs",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/onchain/soroban/Cargo.toml"],
    files: &[
        "docs/onchain.md",
        "crates/xtask/src/onchain/figures.rs",
        "crates/xtask/src/onchain/module.rs",
        "crates/xtask/src/onchain/soroban.rs",
    ],
    versions: &[],
});

pub(crate) const FOLDER: &str = "crates/onchain/soroban";
/// The wasm that Soroban takes: no feature beyond the first version.
const TARGET: &str = "wasm32v1-none";
/// The largest module: that of the network's largest entry of code.
const MOST: u64 = 131_072;
/// Where the contract's tests find the module.
const MODULE: &str = "SOROBAN_MODULE";
/// The SDK builds for wasm only where this says that what it writes about its types is made smaller afterwards.
/// That is work of `stellar contract build`; without it the module is a little larger, and runs as well.
const BUILD_SYSTEM: &str = "SOROBAN_SDK_BUILD_SYSTEM_SUPPORTS_SPEC_SHAKING_V2";

fn check() -> Checked {
    settle(false)
}

/// Makes what is measured the accepted figures.
pub(crate) fn accept() -> Checked {
    settle(true)
}

fn settle(accept: bool) -> Checked {
    if let Err(why) = ensure_target(&pinned()?, TARGET) {
        return Ok(missing(TARGET, &why));
    }
    if let Err(why) = run_quietly(&mut within(FOLDER, &["fetch", "--locked"])) {
        return Ok(missing("soroban-sdk", &why));
    }
    run(&mut within(FOLDER, &["fmt", "--all", "--", "--check"]))?;
    let module = build(FOLDER, "soroban-embedder", TARGET, &[(BUILD_SYSTEM, "1")])?;
    let bytes = length(&module)?;
    if bytes > MOST {
        return Err(format!("the module has {bytes} bytes, above {MOST}"));
    }
    run(&mut within(FOLDER, &["test", "--locked"]))?;
    run(within(FOLDER, &["test", "--locked"]).env(MODULE, &module))?;
    let lint = [
        "clippy",
        "--locked",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    run(&mut within(FOLDER, &lint))?;
    let mut costs = within(
        FOLDER,
        &["run", "--locked", "--quiet", "--example", "costs", "--"],
    );
    let said = run_quietly(costs.arg(&module))?;
    print!("{said}");
    // What isn't a row is for the reader.
    Table::tabbed(said.lines().filter(|line| line.contains('\t')))?.settle(accept)?;
    let row = format!("as built\t{bytes}");
    Table::tabbed(["Soroban module\tbytes", &row].into_iter())?.settle(accept)?;
    Ok(Outcome::Passed)
}
