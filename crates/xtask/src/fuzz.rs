//! Fuzz targets, built and run for some seconds each.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::shell::{run as run_program, run_quietly, with_toolchain};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure, ensure_tool, NIGHTLY, NIGHTLY_RUSTC};

pub(crate) const STEP: Step = Step::new("fuzz", "each fuzz target for a few seconds", check)
    .with_inputs(Inputs {
        manifests: &["fuzz/Cargo.toml"],
        files: &["crates/xtask/src/fuzz.rs"],
        versions: &[NIGHTLY_RUSTC],
    });

/// Long enough to see that a target starts, feeds itself and holds.
const QUICK: &str = "3";
/// The crates forbid unsafe code, so an address sanitizer has nothing to look for.
const OPTIMISED: &[&str] = &["--sanitizer", "none"];
/// All targets together build in a tenth of the time, which a few seconds don't make up for.
const UNOPTIMISED: &[&str] = &["--dev", "--sanitizer", "none"];
const VERSION: &str = "0.13.2";

fn check() -> Checked {
    fuzz(QUICK, UNOPTIMISED, &[])
}

/// `--seconds N`, and the targets, or all.
pub(crate) fn run(args: &[&str]) -> Checked {
    let ["--seconds", seconds, targets @ ..] = args else {
        return Err("how long: --seconds N [TARGET…]".to_owned());
    };
    let whole = seconds.parse::<u32>();
    whole.map_err(|error| format!("--seconds {seconds}: {error}"))?;
    fuzz(seconds, OPTIMISED, targets)
}

fn fuzz(seconds: &str, how: &[&str], only: &[&str]) -> Checked {
    let tool = match fuzzer() {
        Ok(tool) => tool,
        Err(why) => return Ok(Outcome::Skipped(why)),
    };
    let tool = tool.to_string_lossy();
    let fuzz = |args: &[&[&str]]| {
        let words = [&[&*tool, "fuzz"], args.concat().as_slice()].concat();
        with_toolchain(NIGHTLY, &words)
    };
    let listed = run_quietly(&mut fuzz(&[&["list"]]))?;
    let targets = chosen(&listed, only)?;
    if only.is_empty() {
        // All at once; one of them is built when it is run.
        run_program(&mut fuzz(&[&["build"], how]))?;
    }
    let limit = format!("-max_total_time={seconds}");
    let failures = on_all_cores(&targets, |target| {
        run_quietly(&mut fuzz(&[&["run"], how, &[target, "--", &limit]]))?;
        println!("{target}: {seconds} s");
        Ok(())
    });
    if failures.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(failures.join("\n"))
}

/// Sees to it that the compiler and the tool are there, or says what can't be had.
fn fuzzer() -> Result<PathBuf, String> {
    ensure(NIGHTLY).map_err(|why| format!("toolchain {NIGHTLY}: {why}"))?;
    ensure_tool("cargo-fuzz", VERSION).map_err(|why| format!("cargo-fuzz: {why}"))
}

/// The targets named, or all of those listed.
fn chosen<'a>(listed: &'a str, only: &[&'a str]) -> Result<Vec<&'a str>, String> {
    let listed: Vec<&str> = listed.lines().collect();
    if let Some(unknown) = only.iter().find(|target| !listed.contains(target)) {
        return Err(format!("no fuzz target `{unknown}`"));
    }
    match (only, listed.as_slice()) {
        (_, []) => Err("there is no fuzz target".to_owned()),
        ([], all) => Ok(all.to_vec()),
        (only, _) => Ok(only.to_vec()),
    }
}

/// Runs `each` on every target, as many at a time as there are cores, and returns what failed.
fn on_all_cores(targets: &[&str], each: impl Fn(&str) -> Result<(), String> + Sync) -> Vec<String> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = each(target) {
                        failures
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(why);
                    }
                }
            });
        }
    });
    failures
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_targets_are_run_or_those_named() {
        assert_eq!(chosen("a\nb\n", &[]).unwrap(), ["a", "b"]);
        assert_eq!(chosen("a\nb\n", &["b"]).unwrap(), ["b"]);
        assert!(chosen("a\nb\n", &["c"]).is_err() && chosen("", &[]).is_err());
    }

    #[test]
    fn a_run_has_a_length() {
        for args in [&[][..], &["a"], &["--seconds"], &["--seconds", "a"]] {
            assert!(run(args).is_err(), "{args:?}");
        }
    }

    #[test]
    fn every_target_runs_once_and_failures_are_kept() {
        let targets = ["a", "b", "c", "d", "e"];
        let ran = Mutex::new(Vec::new());
        let failures = on_all_cores(&targets, |target| {
            ran.lock().unwrap().push(target.to_owned());
            if target == "c" {
                return Err("c broke".to_owned());
            }
            Ok(())
        });
        assert_eq!(failures, ["c broke"]);
        let mut ran = ran.into_inner().unwrap();
        ran.sort();
        assert_eq!(ran, targets);
    }
}
