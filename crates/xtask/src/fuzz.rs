//! Each fuzz target, built and run for a few seconds.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::shell::{run, run_quietly, with_toolchain};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure, ensure_tool, NIGHTLY, NIGHTLY_RUSTC};

pub(crate) const STEP: Step = Step::new("fuzz", "each fuzz target for a few seconds", check)
    .with_inputs(Inputs {
        manifests: &["fuzz/Cargo.toml"],
        files: &["crates/xtask/src/fuzz.rs"],
        versions: &[NIGHTLY_RUSTC],
    });

/// Long enough to see that a target starts, feeds itself and holds; campaigns are for elsewhere.
const SECONDS: u32 = 3;
const VERSION: &str = "0.13.2";

fn check() -> Checked {
    if let Err(why) = ensure(NIGHTLY) {
        return Ok(Outcome::Skipped(format!("toolchain {NIGHTLY}: {why}")));
    }
    let tool = match ensure_tool("cargo-fuzz", VERSION) {
        Ok(tool) => tool,
        Err(why) => return Ok(Outcome::Skipped(format!("cargo-fuzz: {why}"))),
    };
    let tool = tool.to_string_lossy();
    let fuzz = |args: &[&str]| {
        let words = [&[&*tool, "fuzz"], args].concat();
        with_toolchain(NIGHTLY, &words)
    };
    let targets = run_quietly(&mut fuzz(&["list"]))?;
    let targets: Vec<&str> = targets.lines().collect();
    if targets.is_empty() {
        return Err("there is no fuzz target".to_owned());
    }
    // The crates forbid unsafe code, so an address sanitizer has nothing to look for; unoptimised,
    // all targets together build in a tenth of the time.
    run(&mut fuzz(&["build", "--dev", "--sanitizer", "none"]))?;
    let limit = format!("-max_total_time={SECONDS}");
    let fuzz_one = |target: &str| {
        let args = ["run", "--dev", "--sanitizer", "none", target, "--", &limit];
        run_quietly(&mut fuzz(&args)).map(|_| println!("{target}: {SECONDS} s"))
    };
    let failures = on_all_cores(&targets, fuzz_one);
    if failures.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(failures.join("\n"))
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
