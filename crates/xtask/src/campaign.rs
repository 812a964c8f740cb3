//! What takes hours: the long forms of what a check of every change has time for a part of.

use crate::runner::{conclude, run_as};
use crate::step::{passed, Checked};
use crate::{accuracy, differential, fuzz, mutants, onchain};

/// A command as a campaign runs it.
pub(crate) struct Campaign {
    pub(crate) name: &'static str,
    pub(crate) args: &'static [&'static str],
    run: fn(&[&str]) -> Checked,
}

/// In the order in which they run: the shorter first.
pub(crate) const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "differential",
        args: &["50000"],
        run: differential::run,
    },
    Campaign {
        name: "soroban",
        args: &[],
        run: |_| (onchain::soroban::STEP.run)(),
    },
    Campaign {
        name: "near",
        args: &[],
        run: |_| (onchain::near::STEP.run)(),
    },
    Campaign {
        name: "accuracy",
        args: &["--samples", "10000000", "--hard", "100000"],
        run: |args| passed(accuracy::run(args)),
    },
    Campaign {
        name: "fuzz",
        args: &["--seconds", "600"],
        run: fuzz::run,
    },
    Campaign {
        name: "planted",
        args: &["--planted"],
        run: |args| passed(mutants::run(args)),
    },
    Campaign {
        name: "mutants",
        args: &["--listed"],
        run: |args| passed(mutants::run(args)),
    },
];

/// Runs those named, or all, one after the other, and lists what failed.
pub(crate) fn run(names: &[&str]) -> Result<(), String> {
    let mut lines = Vec::new();
    for Campaign { name, args, run } in chosen(names)? {
        lines.push(run_as(name, &args.join(" "), || run(args)));
    }
    conclude(&lines)
}

fn chosen(names: &[&str]) -> Result<Vec<&'static Campaign>, String> {
    let known = |name: &&&str| CAMPAIGNS.iter().any(|it| it.name == **name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        let names: Vec<_> = CAMPAIGNS.iter().map(|it| it.name).collect();
        return Err(format!(
            "no campaign `{unknown}`; there are: {}",
            names.join(", ")
        ));
    }
    let wanted = |it: &&Campaign| names.is_empty() || names.contains(&it.name);
    Ok(CAMPAIGNS.iter().filter(wanted).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &[&str]) -> Vec<&'static str> {
        chosen(args).unwrap().iter().map(|it| it.name).collect()
    }

    #[test]
    fn all_run_or_those_named() {
        assert_eq!(names(&[]).len(), CAMPAIGNS.len());
        assert_eq!(names(&["fuzz", "accuracy"]), ["accuracy", "fuzz"]);
        assert!(chosen(&["fuzz", "checks"]).is_err());
    }
}
