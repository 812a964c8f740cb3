//! The checks, one by one or all in order.

use std::time::Instant;

use crate::step::{Outcome, Step};
use crate::{
    accuracy, cargo, differential, fuzz, miri, msrv, newcomer, no_panic, same_bits, size,
    standalone,
};

/// In the order in which they run: what fails fast comes first.
pub(crate) const STEPS: &[Step] = &[
    cargo::FMT,
    cargo::CLIPPY,
    cargo::TEST,
    cargo::FEATURES,
    cargo::DOCTEST,
    cargo::DOC,
    msrv::STEP,
    standalone::STEP,
    accuracy::STEP,
    no_panic::STEP,
    differential::STEP,
    same_bits::STEP,
    miri::STEP,
    size::STEP,
    cargo::PACKAGE,
    fuzz::STEP,
    newcomer::STEP,
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
