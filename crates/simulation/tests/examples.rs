//! The examples of docs/design-file.md are designs that run.

use std::collections::BTreeSet;
use std::path::Path;

use tokenomics_fixed_math::Amount;
use tokenomics_simulation::{calendar, run, Design, Overrides};
use tokenomics_vesting::Schedule as _;

#[allow(unreachable_pub)]
mod common;
use common::minted_by;

const TOKEN: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 18\ngenesis = 2026-01-01\n";

const SUPPLY: &str =
    "[[allocation]]\nname = \"Airdrop\"\nstakeholder = \"users\"\namount = 1_000\n";

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/design-file.md");
    std::fs::read_to_string(path).unwrap()
}

/// The TOML blocks of a page.
fn blocks(page: &str) -> impl Iterator<Item = &str> {
    let after = page.split("```toml\n").skip(1);
    after.map(|rest| rest.split("```").next().unwrap())
}

#[test]
fn every_example_runs_in_a_design_with_a_token() {
    let page = page();
    assert!(blocks(&page).count() > 0);
    for block in blocks(&page) {
        // What holders lock has to come from somewhere.
        let supply = if block.starts_with("[[") { "" } else { SUPPLY };
        let text = format!("{TOKEN}{supply}{block}");
        let design = Design::parse("example", &text, Overrides::default());
        let design = design.unwrap_or_else(|error| panic!("{block}\n{:?}", error.problems()));
        let ran = run(&design).unwrap();
        assert!(!ran.last.totals.total_supply.is_zero(), "{block}");
    }
}

/// `# 2027-01-01: 250`: what has vested by the start of a day.
fn figures(block: &str) -> impl Iterator<Item = (&str, &str)> {
    let comments = block.lines().filter_map(|line| line.strip_prefix("# "));
    comments.filter_map(|line| line.split_once(": "))
}

#[test]
fn every_allocation_vests_what_stands_under_it() {
    let page = page();
    let mut checked = 0;
    for block in blocks(&page).filter(|block| block.starts_with("[[allocation]]")) {
        let text = format!("{TOKEN}{block}");
        let design = Design::parse("example", &text, Overrides::default()).unwrap();
        let schedules = &design.allocations[0].schedules;
        for (date, expected) in figures(block) {
            let at = calendar::parse_date(date).unwrap();
            let vested = Amount::try_sum(schedules.iter().map(|one| one.vested_at(at)));
            let vested = vested.unwrap().display(design.token.decimals);
            assert_eq!(vested.to_string(), expected, "{date} of {block}");
            checked += 1;
        }
    }
    assert!(checked > 40, "{checked}");
}

#[test]
fn every_emission_mints_what_stands_under_it() {
    let page = page();
    let mut checked = 0;
    for block in blocks(&page).filter(|block| block.starts_with("[[emission]]")) {
        let text = format!("{TOKEN}{block}");
        let design = Design::parse("example", &text, Overrides::default()).unwrap();
        for (date, expected) in figures(block) {
            let at = calendar::parse_date(date).unwrap();
            let minted = minted_by(&design, 0, at);
            let minted = minted.display(design.token.decimals).to_string();
            assert_eq!(minted, expected, "{date} of {block}");
            checked += 1;
        }
    }
    assert!(checked >= 26, "{checked}");
}

#[test]
fn every_kind_that_is_documented_has_an_example() {
    let page = page();
    let kinds: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `\""))
        .filter_map(|line| line.split("\"`").next())
        .collect();
    let examples: String = blocks(&page).collect();
    let missing = |kind: &&&str| !examples.contains(&format!("kind = \"{kind}\""));
    let missing: Vec<_> = kinds.iter().filter(missing).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
