//! The contract in crates/onchain/stylus: run in the SDK's machine for tests, built, and compressed as the chain
//! keeps it.

use super::figures::Table;
use super::module::{build, missing, within};
use crate::shell::{program, run, run_quietly};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure_target, pinned, WASM};

pub(crate) const STEP: Step = Step::new(
    "stylus",
    "a contract for Stylus, call by call beside the host, and its bytes",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/onchain/stylus/Cargo.toml"],
    files: &[
        "rustfmt.toml",
        "docs/onchain.md",
        "crates/xtask/src/onchain/figures.rs",
        "crates/xtask/src/onchain/module.rs",
        "crates/xtask/src/onchain/stylus.rs",
    ],
    versions: &[&["node", "--version"]],
});

pub(crate) const FOLDER: &str = "crates/onchain/stylus";
/// The most bytes that a chain takes, compressed.
const MOST: u64 = 24 * 1_024;
/// Compresses a file as the chain's tools do, and tells both lengths.
const COMPRESS: &str = "const zlib = require('zlib');
const module = require('fs').readFileSync(process.argv[1]);
const params = {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
    [zlib.constants.BROTLI_PARAM_LGWIN]: 22,
};
console.log(`${module.length}\\t${zlib.brotliCompressSync(module, { params }).length}`);";

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
    if let Err(why) = run_quietly(&mut program("node", &["--version"])) {
        return Ok(missing("node", &why));
    }
    if let Err(why) = run_quietly(&mut within(FOLDER, &["fetch", "--locked"])) {
        return Ok(missing("stylus-sdk", &why));
    }
    run(&mut within(FOLDER, &["fmt", "--all", "--", "--check"]))?;
    run(&mut within(FOLDER, &["test", "--locked"]))?;
    // With every feature a contract is but a client of itself.
    let lint = ["clippy", "--locked", "--all-targets"];
    run(within(FOLDER, &lint).args(["--", "-D", "warnings"]))?;
    let lengths = lengths()?;
    println!("{}", lengths.replace('\t', " bytes, compressed "));
    let rows = [
        "stylus module\tbytes\tcompressed",
        &format!("as built\t{lengths}"),
    ];
    let table = Table::tabbed(rows.into_iter())?;
    let compressed = table.rows.first().and_then(|(_, row)| row.get(1).copied());
    if compressed.is_none_or(|bytes| bytes > MOST) {
        return Err(format!(
            "{compressed:?} bytes, of {MOST} that a chain takes"
        ));
    }
    table.settle(accept).map(|()| Outcome::Passed)
}

/// Builds the module, and returns how many bytes it has, and has compressed.
fn lengths() -> Result<String, String> {
    let module = build(FOLDER, "stylus-embedder", WASM, &[])?;
    let said = run_quietly(program("node", &["-e", COMPRESS]).arg(module))?;
    Ok(said.trim().to_owned())
}
