//! The contract in crates/onchain/near: over near-sdk's mock of the chain, with its description for clients, and
//! as wasm in NEAR's virtual machine with the gas of each call.

use super::figures::Table;
use super::module::{build, length, missing, within};
use crate::shell::{run, run_quietly};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure_target, pinned, WASM};

pub(crate) const STEP: Step = Step::new(
    "near",
    "a contract in NEAR's virtual machine, and the gas of each call",
    check,
)
.with_inputs(Inputs {
    manifests: &[
        "crates/onchain/near/Cargo.toml",
        "crates/onchain/near/vm/Cargo.toml",
    ],
    files: &[
        "docs/onchain.md",
        "crates/xtask/src/onchain/figures.rs",
        "crates/xtask/src/onchain/module.rs",
        "crates/xtask/src/onchain/near.rs",
    ],
    versions: &[],
});

pub(crate) const FOLDER: &str = "crates/onchain/near";
/// The virtual machine and its run.
const MACHINE: &str = "crates/onchain/near/vm";

fn check() -> Checked {
    settle(false)
}

/// Makes what is measured the accepted figures.
pub(crate) fn accept() -> Checked {
    settle(true)
}

fn settle(accept: bool) -> Checked {
    if let Err(why) = ensure_target(&pinned()?, WASM) {
        return Ok(missing(WASM, &why));
    }
    for (folder, what) in [(FOLDER, "near-sdk"), (MACHINE, "near-vm-runner")] {
        if let Err(why) = run_quietly(&mut within(folder, &["fetch", "--locked"])) {
            return Ok(missing(what, &why));
        }
        run(&mut within(folder, &["fmt", "--all", "--", "--check"]))?;
    }
    run(&mut within(FOLDER, &["test", "--locked"]))?;
    let described = ["test", "--locked", "--features", "abi", "--test", "abi"];
    run(&mut within(FOLDER, &described))?;
    let lint = [
        "clippy",
        "--locked",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    run(&mut within(FOLDER, &lint))?;
    // As `cargo near build` says to near-sdk that this is for the chain.
    let module = build(
        FOLDER,
        "near-embedder",
        WASM,
        &[("RUSTFLAGS", "--cfg near")],
    )?;
    let mut machine = within(MACHINE, &["run", "--locked", "--quiet", "--"]);
    let said = run_quietly(machine.arg(&module))?;
    print!("{said}");
    // What isn't a row is for the reader.
    Table::tabbed(said.lines().filter(|line| line.contains('\t')))?.settle(accept)?;
    let row = format!("as built\t{}", length(&module)?);
    Table::tabbed(["NEAR module\tbytes", &row].into_iter())?.settle(accept)?;
    Ok(Outcome::Passed)
}
