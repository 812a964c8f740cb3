//! Programs for Solana's virtual machine, built with upstream Rust and LLVM's BPF.

use std::path::PathBuf;
use std::process::Command;

use crate::shell::{root, run, with_toolchain};
use crate::toolchain::{ensure, ensure_component, ensure_tool_by};
use crate::workspace::shared_object;

/// What builds for the target: upstream compilers before this one don't know `--arch=v0`'s calls.
pub(crate) const TOOLCHAIN: &str = "nightly-2026-10-01";
/// The command line that says which compiler that is.
pub(crate) const RUSTC: &[&str] = &["rustup", "run", TOOLCHAIN, "rustc", "-vV"];
pub(crate) const TARGET: &str = "bpfel-unknown-none";
const LINKER: (&str, &str) = ("sbpf-linker", "0.2.6");

/// The target has no built `core`.
const BUILD_STD: [&str; 4] = [
    "-Z",
    "build-std=core,alloc,compiler_builtins",
    "-Z",
    "build-std-features=compiler-builtins-mem",
];

/// Sees to it that all is there that a build needs, or says what can't be had.
pub(crate) fn ensure_all() -> Result<(), String> {
    let named = |what: &str, why: String| format!("{what} not installable: {why}");
    ensure(TOOLCHAIN).map_err(|why| named(TOOLCHAIN, why))?;
    ensure_component(TOOLCHAIN, "rust-src").map_err(|why| named("rust-src", why))?;
    linker().map(drop).map_err(|why| named(LINKER.0, why))
}

fn linker() -> Result<PathBuf, String> {
    ensure_tool_by(TOOLCHAIN, LINKER.0, LINKER.1)
}

/// Builds the package in a folder, a `cdylib`, and returns the program: a shared object whose name,
/// without its end, the virtual machine asks for in the folder that `SBF_OUT_DIR` names.
pub(crate) fn build(folder: &str) -> Result<PathBuf, String> {
    run(&mut cargo(
        folder,
        &["build", "--release", "--locked"],
        &[],
    )?)?;
    shared_object(&root().join(folder), TARGET)
}

/// A command of cargo's for the target in a folder, with these flags of rustc's beside the recipe's.
pub(crate) fn cargo(folder: &str, args: &[&str], flags: &[&str]) -> Result<Command, String> {
    let mut cargo = with_toolchain(TOOLCHAIN, &["cargo"]);
    cargo.args(args).args(["--target", TARGET]).args(BUILD_STD);
    cargo.current_dir(root().join(folder));
    let linker = format!("-Clinker={}", linker()?.display());
    let recipe = [
        linker.as_str(),
        "-Cpanic=abort",
        "-Crelocation-model=static",
        "-Clink-arg=--llvm-args=--bpf-stack-size=4096",
        "-Clink-arg=--arch=v0",
    ];
    // In this variable, so that a linker in a folder with a space in its name is one flag.
    let flags = [&recipe[..], flags].concat().join("\x1f");
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags);
    Ok(cargo)
}
