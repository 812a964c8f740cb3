//! Toolchains and targets, installed where they are missing.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::{cargo, program, run_quietly, target_dir, with_toolchain};

/// The oldest compiler that the library crates promise.
pub(crate) const MSRV: &str = "1.84.1";
/// What the fuzzer needs.
pub(crate) const NIGHTLY: &str = "nightly";
/// Command lines that say which compilers these are.
pub(crate) const MSRV_RUSTC: &[&str] = &["rustup", "run", MSRV, "rustc", "-vV"];
pub(crate) const NIGHTLY_RUSTC: &[&str] = &["rustup", "run", NIGHTLY, "rustc", "-vV"];

/// What a wasm module without a host of its own is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Sees to it that a toolchain is there, or says why it can't be had.
pub(crate) fn ensure(toolchain: &str) -> Result<(), String> {
    let listed = run_quietly(&mut program("rustup", &["toolchain", "list"]))?;
    let is_it = |line: &str| {
        let rest = line.strip_prefix(toolchain);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', ' ']))
    };
    if listed.lines().any(is_it) {
        return Ok(());
    }
    let install = ["toolchain", "install", toolchain, "--profile", "minimal"];
    run_quietly(&mut program("rustup", &install)).map(drop)
}

/// Sees to it that a target of a toolchain is there, or says why it can't be had.
pub(crate) fn ensure_target(toolchain: &str, target: &str) -> Result<(), String> {
    let list = ["target", "list", "--installed", "--toolchain", toolchain];
    let listed = run_quietly(&mut program("rustup", &list))?;
    if listed.lines().any(|line| line == target) {
        return Ok(());
    }
    let add = ["target", "add", "--toolchain", toolchain, target];
    run_quietly(&mut program("rustup", &add)).map(drop)
}

/// Sees to it that a component of a toolchain is there, or says why it can't be had.
pub(crate) fn ensure_component(toolchain: &str, component: &str) -> Result<(), String> {
    let list = ["component", "list", "--installed", "--toolchain", toolchain];
    let listed = run_quietly(&mut program("rustup", &list))?;
    // A name is followed by its target, but for what has none.
    let is_it = |line: &str| {
        let rest = line.strip_prefix(component);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    if listed.lines().any(is_it) {
        return Ok(());
    }
    let add = ["component", "add", "--toolchain", toolchain, component];
    run_quietly(&mut program("rustup", &add)).map(drop)
}

/// A program of cargo's, by name, into the target directory, so that nothing is installed elsewhere.
pub(crate) fn ensure_tool(name: &str, version: &str) -> Result<PathBuf, String> {
    installed(cargo(&[]), name, version)
}

/// The same, of a program that the pinned compiler is too old for.
pub(crate) fn ensure_tool_by(
    toolchain: &str,
    name: &str,
    version: &str,
) -> Result<PathBuf, String> {
    installed(with_toolchain(toolchain, &["cargo"]), name, version)
}

fn installed(mut cargo: Command, name: &str, version: &str) -> Result<PathBuf, String> {
    let tools = target_dir().join("tools");
    let tool = tools.join("bin").join(name);
    if !tool.exists() {
        let at = tools.to_string_lossy();
        cargo.args(["install", "--locked", "--quiet", "--root", &at]);
        run_quietly(cargo.args(["--version", version, name]))?;
    }
    std::path::absolute(&tool).map_err(|error| format!("{}: {error}", tool.display()))
}

/// The channel in rust-toolchain.toml.
pub(crate) fn pinned() -> Result<String, String> {
    let text = crate::shell::read("rust-toolchain.toml")?;
    let value = |line: &str| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "channel").then(|| value.trim().trim_matches('"').to_owned())
    };
    let channel = text.lines().find_map(value);
    channel.ok_or_else(|| "rust-toolchain.toml names no channel".to_owned())
}
