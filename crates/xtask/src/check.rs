//! The checks, one by one or all in order.

use std::time::Instant;

use crate::{
    accuracy, cargo, differential, fuzz, miri, msrv, newcomer, no_panic, same_bits, size,
    standalone,
};

/// How a step that didn't fail ended.
pub(crate) enum Outcome {
    /// All of it was checked.
    Passed,
    /// What the machine doesn't have was left out, and why.
    Skipped(String),
}

/// What a step comes to: an `Err` is a failed check.
pub(crate) type Checked = Result<Outcome, String>;

/// A named check.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    run: fn() -> Checked,
}

const fn step(name: &'static str, about: &'static str, run: fn() -> Checked) -> Step {
    Step { name, about, run }
}

/// In the order in which they run: what fails fast comes first.
pub(crate) const STEPS: &[Step] = &[
    step("fmt", "formatting", cargo::fmt),
    step("clippy", "lints of everything, as errors", cargo::clippy),
    step("test", "the tests of the workspace", cargo::test),
    step(
        "features",
        "the library crates' tests, with every feature",
        cargo::features,
    ),
    step(
        "doctest",
        "the library crates' examples, with every feature",
        cargo::doctest,
    ),
    step("doc", "the documentation, warnings as errors", cargo::doc),
    step(
        "msrv",
        "each library crate alone, feature by feature, with rustc 1.84",
        msrv::check,
    ),
    step(
        "standalone",
        "the crates that are workspaces of their own",
        standalone::check,
    ),
    step(
        "accuracy",
        "the functions beside exact arithmetic, some inputs each",
        accuracy::check,
    ),
    step(
        "no-panic",
        "every public function of the numbers, as wasm at three opt-levels",
        no_panic::check,
    ),
    step(
        "differential",
        "the schedules and a lending rate beside deployed contracts, in a virtual machine",
        differential::check,
    ),
    step(
        "same-bits",
        "the same calls on this machine, a 32-bit one and wasm",
        same_bits::check,
    ),
    step(
        "miri",
        "the numbers' tests in an interpreter that sees undefined behaviour",
        miri::check,
    ),
    step("size", "wasm bytes against their budget", size::check),
    step(
        "package",
        "what would be published, built from it",
        cargo::package,
    ),
    step("fuzz", "each fuzz target for a few seconds", fuzz::check),
    step(
        "newcomer",
        "the README's quick start, in a fresh clone",
        newcomer::check,
    ),
];

/// Runs the steps named, or all but those after `--skip`, and lists what failed.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    let chosen = choose(args)?;
    let mut failed = Vec::new();
    let mut summary = Vec::new();
    for step in chosen {
        println!("\n== {}: {}", step.name, step.about);
        let start = Instant::now();
        let outcome = (step.run)();
        let seconds = start.elapsed().as_secs_f64();
        let verdict = match outcome {
            Ok(Outcome::Passed) => "ok".to_owned(),
            Ok(Outcome::Skipped(why)) => {
                println!("skipped: {}: {why}", step.name);
                "skipped".to_owned()
            }
            Err(why) => {
                failed.push((step.name, why));
                "FAILED".to_owned()
            }
        };
        println!("== {}: {verdict} in {seconds:.1} s", step.name);
        summary.push(format!("{:<14}{verdict:<8}{seconds:>8.1} s", step.name));
    }
    println!("\n{}", summary.join("\n"));
    if failed.is_empty() {
        return Ok(());
    }
    // Last, where a log is looked at first.
    for (name, why) in &failed {
        println!("\n== {name} failed: {why}");
    }
    let names: Vec<_> = failed.iter().map(|(name, _)| *name).collect();
    Err(format!("failed: {}", names.join(", ")))
}

fn choose(args: &[&str]) -> Result<Vec<&'static Step>, String> {
    let (mut named, mut skipped) = (Vec::new(), Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--skip" => skipped.push(known(args.next().copied().unwrap_or_default())?),
            name => named.push(known(name)?),
        }
    }
    let has = |list: &[&Step], step: &Step| list.iter().any(|other| other.name == step.name);
    let wanted = |step: &&Step| (named.is_empty() || has(&named, step)) && !has(&skipped, step);
    Ok(STEPS.iter().filter(wanted).collect())
}

fn known(name: &str) -> Result<&'static Step, String> {
    let found = STEPS.iter().find(|step| step.name == name);
    found.ok_or_else(|| {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        format!("no step `{name}`; there are: {}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &[&str]) -> Vec<&'static str> {
        choose(args).unwrap().iter().map(|step| step.name).collect()
    }

    #[test]
    fn no_name_means_every_step() {
        assert_eq!(names(&[]).len(), STEPS.len());
    }

    #[test]
    fn named_steps_run_in_the_order_of_the_list() {
        assert_eq!(names(&["doc", "fmt"]), ["fmt", "doc"]);
    }

    #[test]
    fn a_skipped_step_is_left_out() {
        let rest = names(&["--skip", "test", "--skip", "fuzz"]);
        assert_eq!(rest.len(), STEPS.len() - 2);
        assert!(!rest.contains(&"test") && !rest.contains(&"fuzz"));
    }

    #[test]
    fn an_unknown_step_is_an_error() {
        assert!(choose(&["tests"]).is_err());
        assert!(choose(&["--skip"]).is_err());
    }
}
