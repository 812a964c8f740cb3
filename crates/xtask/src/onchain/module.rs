//! The wasm module that a contract compiles to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{cargo, root, run_quietly, target_dir};
use crate::step::Outcome;

/// Builds the module of the contract in a folder for a target, with these variables set, under the target
/// directory by its package's name; returns where it is.
///
/// As a module alone: beside a library of Rust's there is no optimisation across crates.
pub(crate) fn build(
    folder: &str,
    package: &str,
    target: &str,
    variables: &[(&str, &str)],
) -> Result<PathBuf, String> {
    let into = absolute(&target_dir().join(package))?;
    let mut build = within(
        folder,
        &["rustc", "--release", "--lib", "--crate-type", "cdylib"],
    );
    build.args(["--locked", "--target", target, "--target-dir"]);
    build.arg(&into).envs(variables.iter().copied());
    run_quietly(&mut build)?;
    let name = package.replace('-', "_");
    Ok(into.join(format!("{target}/release/{name}.wasm")))
}

/// Returns how many bytes a module has.
pub(crate) fn length(module: &Path) -> Result<u64, String> {
    let found = fs::metadata(module).map_err(|error| format!("{}: {error}", module.display()))?;
    Ok(found.len())
}

/// A command of cargo's in a folder.
pub(crate) fn within(folder: &str, args: &[&str]) -> Command {
    let mut cargo = cargo(args);
    cargo.current_dir(root().join(folder));
    cargo
}

/// The outcome of a step that lacks something.
pub(crate) fn missing(what: &str, why: &str) -> Outcome {
    Outcome::Skipped(format!("{what} not installable: {why}"))
}

pub(crate) fn absolute(path: &Path) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))
}
