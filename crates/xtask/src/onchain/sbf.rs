//! Programs for Solana's virtual machine, built with upstream Rust and LLVM's BPF.

mod registers;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{root, run, with_toolchain};
use crate::toolchain::{ensure, ensure_component, ensure_tool_by};
use crate::workspace::shared_object;

/// The compiler for the target: upstream ones before this one don't know `--arch=v0`'s calls.
pub(crate) const TOOLCHAIN: &str = "nightly-2026-10-01";
/// The command line that says which compiler that is.
pub(crate) const RUSTC: &[&str] = &["rustup", "run", TOOLCHAIN, "rustc", "-vV"];
pub(crate) const TARGET: &str = "bpfel-unknown-none";
const LINKER: (&str, &str) = ("sbpf-linker", "0.2.6");

/// The bytes that a chain keeps for the frame of a call.
const FRAME: u32 = 4_096;

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
    build_with_frames(FRAME, folder, &[])
}

/// The same for a machine that keeps so many bytes for the frame of a call, with these arguments of cargo's.
pub(crate) fn build_with_frames(
    frame: u32,
    folder: &str,
    args: &[&str],
) -> Result<PathBuf, String> {
    let program = shared_object(&root().join(folder), TARGET)?;
    let flag = format!("-Clink-arg=--dump-module={}", dump(&program).display());
    let args = [&["build", "--release", "--locked"], args].concat();
    run(&mut cargo_with_frames(frame, folder, &args, &[&flag])?)?;
    Ok(program)
}

/// Checks that no function of a program that was built takes more than registers hold.
pub(crate) fn check_registers(program: &Path) -> Result<(), String> {
    let module = dump(program).join("post-opt.ll");
    let text = std::fs::read_to_string(&module);
    let text = text.map_err(|error| format!("{}: {error}", module.display()))?;
    match registers::beyond(&text)[..] {
        [] => Ok(()),
        ref names => Err(format!(
            "{} take more than five registers:\n{}",
            names.len(),
            names.join("\n")
        )),
    }
}

/// The folder of what LLVM makes the program's code of.
fn dump(program: &Path) -> PathBuf {
    program.with_extension("dump")
}

/// A command of cargo's for the target in a folder, with these flags of rustc's beside the recipe's.
pub(crate) fn cargo(folder: &str, args: &[&str], flags: &[&str]) -> Result<Command, String> {
    cargo_with_frames(FRAME, folder, args, flags)
}

fn cargo_with_frames(
    frame: u32,
    folder: &str,
    args: &[&str],
    flags: &[&str],
) -> Result<Command, String> {
    let mut cargo = with_toolchain(TOOLCHAIN, &["cargo"]);
    cargo.args(args).args(["--target", TARGET]).args(BUILD_STD);
    cargo.current_dir(root().join(folder));
    let linker = format!("-Clinker={}", linker()?.display());
    let recipe = [
        linker.as_str(),
        "-Cpanic=abort",
        "-Crelocation-model=static",
        &format!("-Clink-arg=--llvm-args=--bpf-stack-size={frame}"),
        "-Clink-arg=--arch=v0",
    ];
    // In this variable, so that a linker in a folder with a space in its name is one flag.
    let flags = [&recipe[..], flags].concat().join("\x1f");
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags);
    Ok(cargo)
}
