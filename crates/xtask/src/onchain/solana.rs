//! The program in crates/onchain/solana: built for Solana, and run in its virtual machine.

use super::sbf;
use crate::shell::{cargo, root, run};
use crate::step::{Checked, Inputs, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "solana",
    "a program in Solana's virtual machine, from instruction to account bytes",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/onchain/solana/*/Cargo.toml"],
    files: &[
        "crates/xtask/src/onchain/solana.rs",
        "crates/xtask/src/onchain/sbf.rs",
        "crates/xtask/src/onchain/sbf",
        "crates/xtask/src/workspace.rs",
    ],
    versions: &[sbf::RUSTC],
});

pub(crate) const FOLDER: &str = "crates/onchain/solana";
const PROGRAM: &str = "crates/onchain/solana/program";

fn check() -> Checked {
    if let Err(why) = sbf::ensure_all() {
        return Ok(Outcome::Skipped(why));
    }
    there(&["fmt", "--all", "--", "--check"])?;
    // Of the program alone: what its tests run in is large, and clippy builds nothing that they could use.
    let lint = ["clippy", "--locked", "--package", "embedded"];
    there(&[&lint[..], &["--", "-D", "warnings"]].concat())?;
    let program = sbf::build(PROGRAM)?;
    sbf::check_registers(&program)?;
    let mut test = cargo(&["test", "--locked"]);
    test.current_dir(root().join(FOLDER));
    // The machine logs every call; and where it looks for programs.
    test.env("RUST_LOG", "off");
    test.env("SBF_OUT_DIR", program.parent().unwrap_or(&program));
    run(&mut test).map(|()| Outcome::Passed)
}

fn there(args: &[&str]) -> Result<(), String> {
    run(cargo(args).current_dir(root().join(FOLDER)))
}
