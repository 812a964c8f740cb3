//! Running other programs from the root of the workspace.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the workspace: this crate lies two folders below it.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A program, started in the root of the workspace.
pub(crate) fn program(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root());
    // `cargo run` hands its own toolchain and library path down: the programs started here choose
    // theirs.
    for variable in ["RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        command.env_remove(variable);
    }
    command
}

/// The workspace's cargo.
pub(crate) fn cargo(args: &[&str]) -> Command {
    program("cargo", args)
}

/// A program of a toolchain of rustup's.
pub(crate) fn with_toolchain(toolchain: &str, args: &[&str]) -> Command {
    let mut all = vec!["run", toolchain];
    all.extend(args);
    program("rustup", &all)
}

/// Runs it, its output passed through, its command line printed first.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = line_of(command);
    println!("$ {line}");
    let status = command.stdin(Stdio::null()).status();
    match status.map_err(|error| format!("`{line}`: {error}"))? {
        status if status.success() => Ok(()),
        status => Err(format!("`{line}`: {status}")),
    }
}

/// Runs it in silence; its output is shown only when it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<String, String> {
    let line = line_of(command);
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("`{line}`: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let shown = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{line}`: {}\n{}", output.status, shown.trim_end()))
}

fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// The text of a file under the root.
pub(crate) fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

/// Writes a file under the root.
pub(crate) fn write(path: &str, text: &str) -> Result<(), String> {
    std::fs::write(root().join(path), text).map_err(|error| format!("{path}: {error}"))
}

/// Where cargo builds.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
