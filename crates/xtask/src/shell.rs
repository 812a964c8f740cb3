//! Running other programs from the root of the workspace.

use std::collections::VecDeque;
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

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

/// How many of a failed command's last lines its error holds.
const LAST: usize = 40;

/// Runs it, its output passed through, its command line printed first.
///
/// An error holds the last lines again: a log is long, and is read from its end.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = line_of(command);
    println!("$ {line}");
    let failed = |error: io::Error| format!("`{line}`: {error}");
    let (status, last) = pass_through(command).map_err(failed)?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`{line}`: {status}, after\n{last}"))
}

/// Runs it, prints what it writes as it comes, and hands the last lines of it on.
fn pass_through(command: &mut Command) -> io::Result<(ExitStatus, String)> {
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let (reader, writer) = io::pipe()?;
    command.stdin(Stdio::null()).stderr(writer.try_clone()?);
    let mut child = command.stdout(writer).spawn()?;
    // The command keeps its ends of the pipe, which would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut last = VecDeque::new();
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        io::stdout().write_all(&line)?;
        if last.len() == LAST {
            last.pop_front();
        }
        last.push_back(String::from_utf8_lossy(&line).into_owned());
        line.clear();
    }
    Ok((child.wait()?, last.into_iter().collect()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        program("sh", &["-c", script])
    }

    #[test]
    fn what_succeeds_is_no_error() {
        run(&mut shell("echo done")).unwrap();
    }

    #[test]
    fn what_fails_says_its_last_lines_of_both_streams() {
        let why = run(&mut shell("echo first; echo then >&2; exit 3")).unwrap_err();
        assert!(why.contains("exit status: 3"), "{why}");
        assert!(why.ends_with("first\nthen\n"), "{why}");
    }

    #[test]
    fn of_a_long_output_only_the_end_is_said_again() {
        let why = run(&mut shell("seq 100; exit 1")).unwrap_err();
        let kept: Vec<_> = why.lines().skip(1).collect();
        assert_eq!(kept.len(), LAST);
        assert_eq!(kept.last(), Some(&"100"));
    }
}
