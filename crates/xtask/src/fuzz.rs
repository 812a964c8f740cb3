//! The laws under the fuzzer, each for some seconds.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::shell::{root, run as run_program, run_quietly, with_toolchain};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure, ensure_tool, NIGHTLY, NIGHTLY_RUSTC};

pub(crate) const STEP: Step = Step::new("fuzz", "each law under the fuzzer for a second", check)
    .with_inputs(Inputs {
        manifests: &["fuzz/Cargo.toml"],
        files: &["crates/xtask/src/fuzz.rs"],
        versions: &[NIGHTLY_RUSTC],
    });

/// Long enough to see that a law starts, feeds itself and holds.
const QUICK: &str = "1";
/// The crates forbid unsafe code, so an address sanitizer has nothing to look for.
const OPTIMISED: &[&str] = &["--sanitizer", "none"];
/// The targets build in a fraction of the time, which a second a law doesn't make up for.
const UNOPTIMISED: &[&str] = &["--dev", "--sanitizer", "none"];
const VERSION: &str = "0.13.2";

fn check() -> Checked {
    with_fuzzer(UNOPTIMISED, |fuzzer| fuzzer.feed(QUICK, &[]))
}

/// `--list`, or `--seconds N` and the laws, or all.
pub(crate) fn run(args: &[&str]) -> Checked {
    let (seconds, laws) = match args {
        ["--list"] => return with_fuzzer(UNOPTIMISED, |fuzzer| fuzzer.list()),
        ["--seconds", seconds, laws @ ..] => (*seconds, laws),
        _ => return Err("how long: --seconds N [LAW…], or --list".to_owned()),
    };
    let whole = seconds.parse::<u32>();
    whole.map_err(|error| format!("--seconds {seconds}: {error}"))?;
    with_fuzzer(OPTIMISED, |fuzzer| fuzzer.feed(seconds, laws))
}

/// Does it once the compiler and the tool are there, or says which can't be had.
fn with_fuzzer(how: &'static [&str], act: impl FnOnce(&Fuzzer) -> Result<(), String>) -> Checked {
    if let Err(why) = ensure(NIGHTLY) {
        return Ok(Outcome::Skipped(format!("toolchain {NIGHTLY}: {why}")));
    }
    match ensure_tool("cargo-fuzz", VERSION) {
        Err(why) => Ok(Outcome::Skipped(format!("cargo-fuzz: {why}"))),
        Ok(tool) => act(&Fuzzer { tool, how }).map(|()| Outcome::Passed),
    }
}

/// The tool, and the options that its targets are built with.
struct Fuzzer {
    tool: PathBuf,
    how: &'static [&'static str],
}

/// A law, and the target that calls it when `LAW` names it.
struct Law {
    target: String,
    name: String,
}

impl Fuzzer {
    fn command(&self, args: &[&[&str]]) -> Command {
        let tool = self.tool.to_string_lossy();
        let words = [&[&*tool, "fuzz"], args.concat().as_slice()].concat();
        with_toolchain(NIGHTLY, &words)
    }

    fn list(&self) -> Result<(), String> {
        for law in self.laws(&[])? {
            println!("{}", law.name);
        }
        Ok(())
    }

    /// Builds the targets that the names begin with, or all, and asks each for its laws.
    fn laws(&self, only: &[&str]) -> Result<Vec<Law>, String> {
        let listed = run_quietly(&mut self.command(&[&["list"]]))?;
        let mut laws = Vec::new();
        for target in listed.lines().filter(|target| is_of(target, only)) {
            run_program(&mut self.command(&[&["build"], self.how, &[target]]))?;
            let mut list = self.command(&[&["run"], self.how, &[target]]);
            let names = run_quietly(list.env("LAW", "list"))?;
            laws.extend(names.lines().map(|name| Law {
                target: target.to_owned(),
                name: name.to_owned(),
            }));
        }
        Ok(laws)
    }

    /// Feeds the laws named, or all, for so long each, as many at a time as there are cores.
    fn feed(&self, seconds: &str, only: &[&str]) -> Result<(), String> {
        let laws = chosen(self.laws(only)?, only)?;
        let failures = on_all_cores(&laws, |law| {
            self.feed_one(law, seconds)?;
            println!("{}: {seconds} s", law.name);
            Ok(())
        });
        if failures.is_empty() {
            return Ok(());
        }
        Err(failures.join("\n"))
    }

    /// A law keeps the inputs that reach something new, and those that break it, in folders of its
    /// name.
    fn feed_one(&self, Law { target, name }: &Law, seconds: &str) -> Result<(), String> {
        let corpus = format!("fuzz/corpus/{name}");
        let artifacts = format!("fuzz/artifacts/{name}/");
        for folder in [&corpus, &artifacts] {
            let made = std::fs::create_dir_all(root().join(folder));
            made.map_err(|error| format!("{folder}: {error}"))?;
        }
        let prefix = format!("-artifact_prefix={artifacts}");
        let limit = format!("-max_total_time={seconds}");
        let rest = [target, &corpus, "--", &prefix, &limit];
        run_quietly(self.command(&[&["run"], self.how, &rest]).env("LAW", name)).map(drop)
    }
}

/// Whether a target has laws of those names, which begin with its own; of no names, all have.
fn is_of(target: &str, only: &[&str]) -> bool {
    let begins = |name: &&str| {
        name.strip_prefix(target)
            .is_some_and(|law| law.starts_with('_'))
    };
    only.is_empty() || only.iter().any(begins)
}

/// The laws named, or all.
fn chosen(mut laws: Vec<Law>, only: &[&str]) -> Result<Vec<Law>, String> {
    let unknown = |name: &&&str| laws.iter().all(|law| law.name != **name);
    if let Some(unknown) = only.iter().find(unknown) {
        return Err(format!("no law `{unknown}`; {}", near(unknown, &laws)));
    }
    if laws.is_empty() {
        return Err("there is no law".to_owned());
    }
    laws.retain(|law| only.is_empty() || only.contains(&&*law.name));
    Ok(laws)
}

/// The laws that have the name as a part of theirs, or how to list all.
fn near(name: &str, laws: &[Law]) -> String {
    let near = laws.iter().map(|law| &*law.name);
    let near: Vec<_> = near.filter(|known| known.contains(name)).collect();
    match near.as_slice() {
        [] => "`cargo xtask fuzz --list` lists them".to_owned(),
        near => format!("near it: {}", near.join(", ")),
    }
}

/// Runs `each` on every law, as many at a time as there are cores, and returns what failed.
fn on_all_cores(laws: &[Law], each: impl Fn(&Law) -> Result<(), String> + Sync) -> Vec<String> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(law) = laws.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = each(law) {
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

    fn laws(names: &[&str]) -> Vec<Law> {
        let law = |name: &&str| Law {
            target: "crate".to_owned(),
            name: (*name).to_owned(),
        };
        names.iter().map(law).collect()
    }

    #[test]
    fn all_laws_are_fed_or_those_named() {
        let chosen = |there, only: &[&str]| {
            let names = |laws: Vec<Law>| laws.into_iter().map(|law| law.name).collect::<Vec<_>>();
            chosen(laws(there), only).map(names)
        };
        assert_eq!(chosen(&["a", "b"], &[]).unwrap(), ["a", "b"]);
        assert_eq!(chosen(&["a", "b"], &["b"]).unwrap(), ["b"]);
        assert!(chosen(&[], &[]).is_err());
        let why = |name| chosen(&["a_law", "b"], &[name]).unwrap_err();
        assert!(why("law").ends_with("near it: a_law") && why("c").ends_with("lists them"));
    }

    #[test]
    fn only_the_targets_of_those_named_are_built() {
        assert!(is_of("vesting", &[]) && is_of("vesting", &["a_b", "vesting_complete"]));
        assert!(!is_of("vesting", &["vesting", "fee_split_funded"]));
    }

    #[test]
    fn a_run_has_a_length() {
        for args in [&[][..], &["a"], &["--seconds"], &["--seconds", "a"]] {
            assert!(run(args).is_err(), "{args:?}");
        }
    }

    #[test]
    fn every_law_is_fed_once_and_failures_are_kept() {
        let names = ["a", "b", "c", "d", "e"];
        let ran = Mutex::new(Vec::new());
        let failures = on_all_cores(&laws(&names), |law| {
            ran.lock().unwrap().push(law.name.clone());
            if law.name == "c" {
                return Err("c broke".to_owned());
            }
            Ok(())
        });
        assert_eq!(failures, ["c broke"]);
        let mut ran = ran.into_inner().unwrap();
        ran.sort();
        assert_eq!(ran, names);
    }
}
