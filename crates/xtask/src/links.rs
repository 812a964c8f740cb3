//! What a crate must not link, whatever its features.

use std::collections::BTreeSet;

use crate::shell::{cargo, read, run_quietly};
use crate::step::{Checked, Outcome, Step};
use crate::workspace::{member, LIBRARIES};

pub(crate) const STEP: Step = Step::new("links", "what a crate must not link", check);

/// What reads and writes for people.
const FOR_PEOPLE: &[&str] = &["toml", "miette", "plotters", "maud", "csv", "clap"];

/// A package, and what it must not link, by itself or through others.
const TABLE: &[(&str, &[&str])] = &[
    ("tokenomics", FOR_PEOPLE),
    // What runs a thousand worlds needs no parser and draws nothing.
    ("tokenomics-engine", FOR_PEOPLE),
    // It reads prices and draws nothing.
    ("tokenomics-scenarios", &["plotters", "maud", "clap"]),
];

/// Of the libraries, what the mechanism crates share, and what has them all. The others never depend
/// on each other: where two meet, the user's program takes the result of one to the other.
const NO_MECHANISM: [&str; 3] = [
    "tokenomics-fixed-math",
    "tokenomics-internals",
    "tokenomics",
];

fn check() -> Checked {
    let lock = read("Cargo.lock")?;
    let mut wrong = Vec::new();
    for (package, forbidden) in rows() {
        let unknown = forbidden.iter().filter(|name| !is_locked(&lock, name));
        wrong.extend(unknown.map(|name| format!("the table forbids {name}, which nothing uses")));
        let linked = linked(package)?;
        println!("{package} links {} others", linked.len());
        let found = forbidden.iter().filter(|name| linked.contains(**name));
        wrong.extend(found.map(|name| {
            let why = format!("cargo tree -p {package} --all-features -e normal -i {name}");
            format!("{package} links {name}: {why}")
        }));
    }
    if wrong.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(wrong.join("\n"))
}

/// The table, and each mechanism crate with all others.
fn rows() -> Vec<(&'static str, Vec<&'static str>)> {
    let libraries = LIBRARIES.iter().map(|(name, _)| *name);
    let mechanisms = libraries.filter(|name| !NO_MECHANISM.contains(name));
    let mechanisms: Vec<_> = mechanisms.collect();
    let others = |one: &str| mechanisms.iter().copied().filter(|it| *it != one).collect();
    let of_mechanisms = mechanisms.iter().map(|one| (*one, others(one)));
    let table = TABLE.iter().map(|(name, list)| (*name, list.to_vec()));
    table.chain(of_mechanisms).collect()
}

/// The packages that end up in a program with this one; a package that isn't there is an error.
fn linked(package: &str) -> Result<BTreeSet<String>, String> {
    let what = ["--edges", "normal,no-proc-macro", "--all-features"];
    let how = ["--locked", "--prefix", "none", "--format", "{p}"];
    let package = member(package)?.name;
    let mut tree = cargo(&[&["tree", "--package", &package], &what[..], &how].concat());
    let printed = run_quietly(&mut tree)?;
    Ok(names(&printed, &package))
}

/// The first words of the lines, but the package's own.
fn names(printed: &str, package: &str) -> BTreeSet<String> {
    let words = printed.lines().filter_map(|line| line.split(' ').next());
    let others = words.filter(|name| !name.is_empty() && *name != package);
    others.map(str::to_owned).collect()
}

fn is_locked(lock: &str, name: &str) -> bool {
    let line = format!("name = \"{name}\"");
    lock.lines().any(|other| other == line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read() {
        let printed = "a v0.1.0 (/x/a)\nb v1.0.0\nc-d v2.0.0 (*)\nb v1.0.0 (*)\n\n";
        let names = names(printed, "a");
        assert_eq!(names.iter().collect::<Vec<_>>(), ["b", "c-d"]);
    }

    #[test]
    fn what_a_package_links_through_others_is_found_and_what_tests_use_is_not() {
        let of_the_command = linked("tokenomics-cli").unwrap();
        for name in [
            "clap",
            "tokenomics-simulation",
            "toml",
            "tokenomics-vesting",
        ] {
            assert!(of_the_command.contains(name), "{name}");
        }
        assert!(!of_the_command.contains("clap_derive"), "a macro");
        let of_this_crate = linked("xtask").unwrap();
        assert!(of_this_crate.contains("sha2") && !of_this_crate.contains("tempfile"));
    }

    #[test]
    fn a_package_that_is_not_there_is_an_error() {
        let why = linked("tokenomics-tests").unwrap_err();
        assert!(why.starts_with("no package `tokenomics-tests`"), "{why}");
        let lock = read("Cargo.lock").unwrap();
        assert!(is_locked(&lock, "toml") && !is_locked(&lock, "tom"));
    }

    #[test]
    fn every_mechanism_has_a_row_without_itself() {
        let rows = rows();
        let of = |package| rows.iter().find(|(name, _)| *name == package).unwrap();
        let (_, forbidden) = of("tokenomics-vesting");
        assert!(forbidden.contains(&"tokenomics-fee-split"));
        assert!(!forbidden.contains(&"tokenomics-vesting"));
        assert!(!forbidden.contains(&"tokenomics-fixed-math"));
        assert_eq!(
            rows.len(),
            TABLE.len() + LIBRARIES.len() - NO_MECHANISM.len()
        );
    }
}
