//! The calls in crates/onchain/compute, each alone in Solana's virtual machine: its compute units.

use super::figures::Table;
use super::sbf;
use crate::shell::{cargo, root, run, run_quietly};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::workspace::shared_object;

pub(crate) const STEP: Step = Step::new(
    "compute",
    "calls in Solana's virtual machine, beside the host, and what each costs",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/onchain/compute/*/Cargo.toml"],
    files: &[
        "docs/onchain.md",
        "crates/xtask/src/onchain/compute.rs",
        "crates/xtask/src/onchain/figures.rs",
        "crates/xtask/src/onchain/sbf.rs",
        "crates/xtask/src/onchain/sbf",
        "crates/xtask/src/workspace.rs",
    ],
    versions: &[sbf::RUSTC],
});

pub(crate) const FOLDER: &str = "crates/onchain/compute";
const PROGRAM: &str = "crates/onchain/compute/program";
/// The library for the host is of the same name, and no program.
const BUILD: [&str; 5] = ["rustc", "--release", "--locked", "--crate-type", "cdylib"];
/// Peers' functions take more words of arguments than a call has.
const INLINED: [&str; 2] = [
    "-Cllvm-args=-inline-threshold=3000",
    "-Clink-arg=--llvm-args=-inline-threshold=3000",
];

fn check() -> Checked {
    settle(false)
}

/// Makes what is measured the accepted figures.
pub(crate) fn accept() -> Checked {
    settle(true)
}

fn settle(accept: bool) -> Checked {
    if let Err(why) = sbf::ensure_all() {
        return Ok(Outcome::Skipped(why));
    }
    there(&["fmt", "--all", "--", "--check"])?;
    let lint = ["clippy", "--locked", "--all-targets"];
    there(&[&lint[..], &["--", "-D", "warnings"]].concat())?;
    run(&mut sbf::cargo(PROGRAM, &BUILD, &INLINED)?)?;
    let program = shared_object(&root().join(PROGRAM), sbf::TARGET)?;
    let runner = [
        "run",
        "--locked",
        "--quiet",
        "--package",
        "compute-runner",
        "--",
    ];
    let mut runner = cargo(&runner);
    runner.current_dir(root().join(FOLDER)).arg(program);
    let said = run_quietly(&mut runner)?;
    print!("{said}");
    Table::tabbed(said.lines())?.settle(accept)?;
    Ok(Outcome::Passed)
}

fn there(args: &[&str]) -> Result<(), String> {
    run(cargo(args).current_dir(root().join(FOLDER)))
}
