//! The program in crates/onchain/anchor: built with Anchor, and its entry called on the host.

use std::process::Command;

use crate::shell::{cargo, root, run, run_quietly};
use crate::step::{Checked, Inputs, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "anchor",
    "an Anchor program from instruction to account bytes, and its IDL of every public type",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/onchain/anchor/Cargo.toml"],
    files: &[
        "rustfmt.toml",
        // The list of the public types.
        "crates/tokenomics/tests/laws/types.rs",
        "crates/xtask/src/onchain/anchor.rs",
    ],
    versions: &[],
});

pub(crate) const FOLDER: &str = "crates/onchain/anchor";

/// Types of the libraries in the program's accounts, by their names there.
const IN_THE_IDL: [&str; 5] = [
    "GrantGateLinear",
    "Linear",
    "Timestamp",
    "RewardPoolState",
    "Position",
];

fn check() -> Checked {
    if let Err(why) = run_quietly(&mut there(&["fetch", "--locked"])) {
        return Ok(Outcome::Skipped(format!("Anchor not installable: {why}")));
    }
    run(&mut there(&["fmt", "--all", "--", "--check"]))?;
    // One set of features: Anchor is built once.
    run(&mut there(&["test", "--locked", "--features", "idl-build"]))?;
    idl()?;
    let lint = ["clippy", "--locked", "--all-targets", "--features"];
    run(there(&lint).args(["idl-build", "--", "-D", "warnings"])).map(|()| Outcome::Passed)
}

/// Checks that the IDL, built as `anchor idl build` does, defines what the accounts hold.
fn idl() -> Result<(), String> {
    let print = ["test", "--locked", "--features", "idl-build", "--lib"];
    let mut cargo = there(&print);
    cargo.args(["__anchor_private_print_idl", "--", "--show-output"]);
    cargo.env("ANCHOR_IDL_BUILD_PROGRAM_PATH", root().join(FOLDER));
    cargo.env("ANCHOR_IDL_BUILD_RESOLUTION", "TRUE");
    let idl = run_quietly(&mut cargo)?;
    let lacks = |name: &&str| !idl.contains(&format!("\"name\": \"{name}\",\n      \"type\""));
    match IN_THE_IDL.into_iter().find(lacks) {
        Some(name) => Err(format!("the IDL doesn't define {name}")),
        None => Ok(()),
    }
}

/// A command of cargo's in its folder.
fn there(args: &[&str]) -> Command {
    let mut cargo = cargo(args);
    cargo.current_dir(root().join(FOLDER));
    cargo
}
