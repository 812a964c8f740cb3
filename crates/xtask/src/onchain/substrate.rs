//! The pallet in crates/onchain/substrate: built with FRAME, and run in a mock runtime on the host.

use std::process::Command;

use crate::shell::{cargo, program, root, run, run_quietly};
use crate::step::{Checked, Inputs, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "substrate",
    "a FRAME pallet in a mock runtime, call by call beside the host",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/onchain/substrate/Cargo.toml"],
    files: &[
        "rustfmt.toml",
        // Its tests hold the figures there.
        "docs/onchain.md",
        "crates/xtask/src/onchain/substrate.rs",
    ],
    versions: &[],
});

pub(crate) const FOLDER: &str = "crates/onchain/substrate";

/// A part of what FRAME links for signatures is C.
const COMPILER: &str = "cc";

fn check() -> Checked {
    if let Err(why) = run_quietly(&mut program(COMPILER, &["--version"])) {
        return Ok(Outcome::Skipped(format!("{COMPILER} not there: {why}")));
    }
    if let Err(why) = run_quietly(&mut there(&["fetch", "--locked"])) {
        return Ok(Outcome::Skipped(format!("FRAME not installable: {why}")));
    }
    run(&mut there(&["fmt", "--all", "--", "--check"]))?;
    // The tests come first: clippy builds nothing that they could use.
    run(&mut there(&["test", "--locked"]))?;
    let lint = ["clippy", "--locked", "--all-targets", "--all-features"];
    run(there(&lint).args(["--", "-D", "warnings"])).map(|()| Outcome::Passed)
}

/// A command of cargo's in its folder.
fn there(args: &[&str]) -> Command {
    let mut cargo = cargo(args);
    cargo.current_dir(root().join(FOLDER));
    cargo
}
