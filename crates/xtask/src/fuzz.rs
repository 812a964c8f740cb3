//! Each fuzz target, built and run for a few seconds.

use std::path::PathBuf;

use crate::check::{Checked, Outcome};
use crate::shell::{cargo, run, run_quietly, target_dir, with_toolchain};
use crate::toolchain::{ensure, NIGHTLY};

/// Long enough to see that a target starts, feeds itself and holds; campaigns are for elsewhere.
const SECONDS: u32 = 3;
const VERSION: &str = "0.13.1";

pub(crate) fn check() -> Checked {
    if let Err(why) = ensure(NIGHTLY) {
        return Ok(Outcome::Skipped(format!("toolchain {NIGHTLY}: {why}")));
    }
    let tool = match cargo_fuzz() {
        Ok(tool) => tool,
        Err(why) => return Ok(Outcome::Skipped(format!("cargo-fuzz: {why}"))),
    };
    let tool = tool.to_string_lossy();
    let fuzz = |args: &[&str]| {
        let words = [&[&*tool, "fuzz"], args].concat();
        with_toolchain(NIGHTLY, &words)
    };
    let targets = run_quietly(&mut fuzz(&["list"]))?;
    if targets.trim().is_empty() {
        return Err("there is no fuzz target".to_owned());
    }
    // The crates forbid unsafe code, so an address sanitizer has nothing to look for.
    run(&mut fuzz(&["build", "--sanitizer", "none"]))?;
    let limit = format!("-max_total_time={SECONDS}");
    let mut failed = Vec::new();
    for target in targets.lines() {
        let args = [
            "run",
            "--sanitizer",
            "none",
            target,
            "--",
            &limit,
            "-print_final_stats=0",
        ];
        match run_quietly(&mut fuzz(&args)) {
            Ok(_) => println!("{target}: {SECONDS} s"),
            Err(why) => {
                println!("{why}");
                failed.push(target);
            }
        }
    }
    if failed.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(format!("fuzz targets failed: {}", failed.join(", ")))
}

/// cargo-fuzz, by name, into the target directory, so that nothing is installed elsewhere.
fn cargo_fuzz() -> Result<PathBuf, String> {
    let tools = target_dir().join("tools");
    let tool = tools.join("bin/cargo-fuzz");
    if !tool.exists() {
        let at = tools.to_string_lossy();
        let args = [
            "install",
            "--locked",
            "--quiet",
            "--root",
            &at,
            "--version",
            VERSION,
        ];
        run_quietly(&mut cargo(&[&args[..], &["cargo-fuzz"]].concat()))?;
    }
    Ok(tool)
}
