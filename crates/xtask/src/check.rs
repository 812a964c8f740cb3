//! The checks, one by one or all in order.

use crate::runner::{committed, conclude, Mode, Runner};
use crate::step::Step;
use crate::{
    accuracy, cargo, differential, fuzz, links, miri, msrv, newcomer, no_panic, onchain, readmes,
    same_bits, size, standalone,
};

/// In the order in which they run: what fails fast comes first.
pub(crate) const STEPS: &[Step] = &[
    cargo::FMT,
    links::STEP,
    cargo::CLIPPY,
    cargo::TEST,
    cargo::FEATURES,
    cargo::DOCTEST,
    cargo::DOC,
    readmes::STEP,
    msrv::STEP,
    standalone::STEP,
    accuracy::STEP,
    no_panic::STEP,
    differential::STEP,
    same_bits::STEP,
    onchain::same_bits::STEP,
    onchain::solana::STEP,
    onchain::compute::STEP,
    onchain::anchor::STEP,
    onchain::cosmwasm::STEP,
    onchain::substrate::STEP,
    onchain::soroban::STEP,
    onchain::near::STEP,
    onchain::stylus::STEP,
    miri::STEP,
    size::STEP,
    cargo::PACKAGE,
    fuzz::STEP,
    newcomer::STEP,
];

/// Runs the steps named, or all but those after `--skip`, and lists what failed.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    let (mode, chosen) = choose(args)?;
    if mode.record {
        committed(&chosen)?;
    }
    conclude(&Runner::new(mode).run(&chosen)?)
}

fn choose(args: &[&str]) -> Result<(Mode, Vec<&'static Step>), String> {
    let mut mode = Mode::default();
    let (mut named, mut skipped) = (Vec::new(), Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--all" => mode.all = true,
            "--record" => mode.record = true,
            "--skip" => skipped.push(known(args.next().copied().unwrap_or_default())?),
            name => named.push(known(name)?),
        }
    }
    let has = |list: &[&Step], step: &Step| list.iter().any(|other| other.name == step.name);
    let wanted = |step: &&Step| (named.is_empty() || has(&named, step)) && !has(&skipped, step);
    Ok((mode, STEPS.iter().filter(wanted).collect()))
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
    use crate::inputs::Found;
    use crate::shell::read;
    use crate::step::Inputs;

    fn names(args: &[&str]) -> Vec<&'static str> {
        let (_, chosen) = choose(args).unwrap();
        chosen.iter().map(|step| step.name).collect()
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

    #[test]
    fn a_mode_is_no_name() {
        let (mode, chosen) = choose(&["--all", "--record"]).unwrap();
        assert!(mode.all && mode.record);
        assert_eq!(chosen.len(), STEPS.len());
        let (mode, _) = choose(&["fmt"]).unwrap();
        assert!(!mode.all && !mode.record);
    }

    #[test]
    fn the_checks_of_every_change_record_nothing() {
        assert!(!read(".ci/run").unwrap().contains("--record"));
    }

    #[test]
    fn every_pattern_of_every_step_is_of_files_and_its_own_sources_are_among_them() {
        for step in STEPS {
            let Some(inputs) = step.inputs else { continue };
            // Versions are of tools that need not be here.
            let inputs = Inputs {
                versions: &[],
                ..inputs
            };
            let found = Found::of(&inputs).and_then(|found| found.files());
            let files = found.unwrap_or_else(|why| panic!("{}: {why}", step.name));
            for name in files
                .iter()
                .filter(|name| name.starts_with("crates/xtask/src/"))
            {
                for module in modules(&read(name).unwrap()) {
                    let is_it =
                        |path: &String| path.starts_with(&format!("crates/xtask/src/{module}"));
                    let counts = module == "step" || files.iter().any(is_it);
                    assert!(counts, "{}: {name} uses {module}", step.name);
                }
            }
        }
    }

    /// The modules of this crate that a source names.
    fn modules(source: &str) -> Vec<&str> {
        let named = source.split("crate::").skip(1);
        let list = |rest| match str::strip_prefix(rest, '{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => rest.split([':', ';', ' ']).next().unwrap_or_default(),
        };
        named
            .flat_map(|rest| list(rest).split(',').map(str::trim))
            .collect()
    }
}
