//! The pallet in crates/onchain/substrate: built with FRAME, and run in a mock runtime on the host.

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
        "crates/xtask/src/onchain.rs",
        "crates/xtask/src/onchain/substrate.rs",
    ],
    versions: &[],
});

pub(crate) const FOLDER: &str = "crates/onchain/substrate";

/// A library that FRAME's host functions link is C.
const COMPILER: &str = "cc";

fn check() -> Checked {
    if let Err(why) = run_quietly(&mut program(COMPILER, &["--version"])) {
        return Ok(Outcome::Skipped(format!("{COMPILER} not there: {why}")));
    }
    if let Err(why) = run_quietly(&mut there(&["fetch", "--locked"])) {
        return Ok(Outcome::Skipped(format!("FRAME not installable: {why}")));
    }
    run(&mut there(&["test", "--locked"])).map(|()| Outcome::Passed)
}

fn there(args: &[&str]) -> std::process::Command {
    let mut cargo = cargo(args);
    cargo.current_dir(root().join(FOLDER));
    cargo
}
