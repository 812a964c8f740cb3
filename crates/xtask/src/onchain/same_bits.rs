//! The law `same_bits` in Solana's virtual machine: the calls that this machine, a 32-bit one and wasm answer.

use super::sbf;
use crate::same_bits::FOLDER;
use crate::shell::{cargo, root, run};
use crate::step::{Checked, Inputs, Outcome, Step};

pub(crate) const STEP: Step = Step::new(
    "same-bits-solana",
    "the calls of `same-bits` in Solana's virtual machine",
    check,
)
.with_inputs(Inputs {
    manifests: &[
        "crates/checks/same-bits/Cargo.toml",
        "crates/checks/same-bits/solana/Cargo.toml",
    ],
    files: &[
        "rustfmt.toml",
        "crates/xtask/src/onchain/same_bits.rs",
        "crates/xtask/src/onchain/sbf",
        "crates/xtask/src/onchain/sbf.rs",
        "crates/xtask/src/same_bits.rs",
        "crates/xtask/src/workspace.rs",
    ],
    versions: &[sbf::RUSTC],
});

/// The virtual machine, and what is asked of it.
const MACHINE: &str = "crates/checks/same-bits/solana";
/// The bytes that the machine keeps for the frame of a call: more than a chain does, as one program holds all
/// mechanisms.
const FRAME: u32 = 32_768;
/// The linker's LLVM knows no build for size.
const BUILD: [&str; 3] = ["--lib", "--config", "profile.release.opt-level=2"];

fn check() -> Checked {
    if let Err(why) = sbf::ensure_all() {
        return Ok(Outcome::Skipped(why));
    }
    let there = |args: &[&str]| {
        let mut cargo = cargo(args);
        cargo.current_dir(root().join(MACHINE));
        cargo
    };
    run(&mut there(&["fmt", "--all", "--", "--check"]))?;
    let lint = ["clippy", "--locked", "--all-targets"];
    run(there(&lint).args(["--", "-D", "warnings"]))?;
    let program = sbf::build_with_frames(FRAME, FOLDER, &BUILD)?;
    sbf::check_registers(&program)?;
    let mut test = there(&["test", "--locked"]);
    run(test.env("SAME_BITS_PROGRAM", program)).map(|()| Outcome::Passed)
}
