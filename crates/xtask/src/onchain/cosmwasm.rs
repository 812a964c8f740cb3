//! The contract in crates/onchain/cosmwasm: built, lowered to the wasm that chains take, and run in
//! cosmwasm-vm with the gas of each call.

use std::fs;
use std::path::{Path, PathBuf};

use super::figures::Table;
use super::module::{absolute, build, length, missing};
use crate::shell::{cargo, program, root, run, run_quietly, target_dir, with_toolchain};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure, ensure_target, pinned, WASM};

pub(crate) const STEP: Step = Step::new(
    "cosmwasm",
    "a contract in CosmWasm's virtual machine, and the gas of each call",
    check,
)
.with_inputs(Inputs {
    manifests: &[
        "crates/onchain/cosmwasm/Cargo.toml",
        "crates/onchain/cosmwasm/vm/Cargo.toml",
    ],
    files: &[
        "docs/onchain.md",
        "crates/xtask/src/onchain/cosmwasm.rs",
        "crates/xtask/src/onchain/figures.rs",
        "crates/xtask/src/onchain/module.rs",
    ],
    versions: &[
        &["rustup", "run", MACHINE_TOOLCHAIN, "rustc", "-vV"],
        &["node", "--version"],
    ],
});

const FOLDER: &str = "crates/onchain/cosmwasm";
/// The virtual machine and its run.
const MACHINE: &str = "crates/onchain/cosmwasm/vm";
/// The compiler of the virtual machine, which asks for a newer compiler than the pinned one.
const MACHINE_TOOLCHAIN: &str = "nightly-2026-10-01";
/// The package that lowers the module, at the version that the figures are of.
const BINARYEN: &str = "binaryen@132.0.0";
/// Lowers all that rustc writes and the virtual machine refuses: bulk memory, signs that are extended, and
/// conversions that don't trap.
const LOWER: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--signext-lowering",
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
];

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
    if let Err(why) = ensure(MACHINE_TOOLCHAIN) {
        return Ok(missing(MACHINE_TOOLCHAIN, &why));
    }
    let binaryen = match ensure_binaryen() {
        Ok(folder) => folder,
        Err(why) => return Ok(missing(BINARYEN, &why)),
    };
    let formatted = ["fmt", "--all", "--", "--check"];
    run(cargo(&formatted).current_dir(root().join(MACHINE)))?;
    let built = build(FOLDER, "cosmwasm-embedder", WASM, &[])?;
    let lowered = lower(&binaryen, &built)?;
    let mut rows = vec!["module\tbytes".to_owned()];
    for (name, module) in [("as built", &built), ("lowered", &lowered)] {
        rows.push(format!("{name}\t{}", length(module)?));
    }
    let bytes = Table::tabbed(rows.iter().map(String::as_str))?;
    let costs = measure(&lowered)?;
    bytes.settle(accept)?;
    costs.settle(accept)?;
    Ok(Outcome::Passed)
}

/// Puts binaryen into the target directory, unless an earlier run did.
fn ensure_binaryen() -> Result<PathBuf, String> {
    let there = absolute(&target_dir().join("tools").join(BINARYEN))?;
    let tool = there.join("node_modules/binaryen/bin/wasm-opt");
    if tool.is_file() {
        return Ok(tool);
    }
    fs::create_dir_all(&there).map_err(|error| format!("{}: {error}", there.display()))?;
    run_quietly(&mut program("node", &["--version"]))?;
    let mut npm = program("npm", &["install", "--no-audit", "--no-fund"]);
    npm.args(["--ignore-scripts", "--prefix"]).arg(&there);
    run_quietly(npm.arg(BINARYEN)).map(|_| tool)
}

/// Returns the module in the wasm that chains take.
fn lower(tool: &Path, built: &Path) -> Result<PathBuf, String> {
    let lowered = built.with_file_name("lowered.wasm");
    let mut lower = program("node", &[]);
    lower.arg(tool).args(LOWER).arg(built).arg("-o");
    run_quietly(lower.arg(&lowered)).map(|_| lowered)
}

/// Makes every call on this machine and again in the virtual one, and returns what each costs there.
fn measure(module: &Path) -> Result<Table, String> {
    let recorded = absolute(&target_dir().join("cosmwasm-embedder/recorded"))?;
    let mut record = cargo(&["run", "--locked", "--quiet", "--example", "record", "--"]);
    run_quietly(record.arg(&recorded).current_dir(root().join(FOLDER)))?;
    let machine = ["cargo", "run", "--locked", "--quiet", "--"];
    let mut machine = with_toolchain(MACHINE_TOOLCHAIN, &machine);
    machine.arg(module).arg(recorded);
    let said = run_quietly(machine.current_dir(root().join(MACHINE)))?;
    print!("{said}");
    // What isn't a row is for the reader.
    Table::tabbed(said.lines().filter(|line| line.contains('\t')))
}
