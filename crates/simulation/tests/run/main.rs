//! What a run comes to, on designs small enough to work out by hand.

use tokenomics_fixed_math::Timestamp;
use tokenomics_simulation::{calendar, run, Design, Overrides, Stakeholder, Summary};

#[allow(unreachable_pub)]
#[path = "../common/mod.rs"]
mod common;
use common::rows;

mod collateral;
mod collateral_ladder;
mod collateral_rules;
mod emissions;
mod escrow;
mod fees;
mod gauges;
mod programmes;
mod routes;
mod unlocks;

fn design(text: &str) -> Design {
    Design::parse("d", text, Overrides::default()).unwrap_or_else(|error| {
        panic!("{:?}", error.problems());
    })
}

/// A token without decimals that begins with the year 2026.
fn token(rest: &str) -> Design {
    let token = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n";
    design(&format!("{token}{rest}"))
}

fn with_allocation(amount: u64, schedule: &str, rest: &str) -> Design {
    token(&format!(
        "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = {amount}\nschedule = {schedule}\n{rest}"
    ))
}

fn at(text: &str) -> Timestamp {
    calendar::parse_date(text).unwrap()
}

#[test]
fn nothing_exists_before_genesis() {
    let overrides = Overrides {
        start: Some(at("2025-12-01")),
        end: Some(at("2026-01-02")),
        ..Overrides::default()
    };
    let text = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[simulation]\nstep = \"1d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 9\nschedule = { kind = \"linear\", start = 2025-12-25, end = 2026-01-03 }\n";
    let design = Design::parse("d", text, overrides).unwrap();
    let at_genesis = rows(&design)
        .iter()
        .position(|row| row.time == at("2026-01-01"))
        .unwrap();
    assert!(rows(&design)[..at_genesis]
        .iter()
        .all(|row| row.totals.total_supply.is_zero() && row.vested[0].is_zero()));
    assert_eq!(rows(&design)[at_genesis].vested[0].get(), 7);
}

#[test]
fn stakeholders_add_up_to_the_maximum_supply() {
    let text = tokenomics_simulation::starter("Demo");
    let design = design(&text);
    let run = run(&design).unwrap();
    let all = Stakeholder::ALL.map(|who| run.stakeholder(who));
    let sum: u128 = all
        .iter()
        .map(|who| who.allocated.get() + who.to_be_minted.unwrap().get())
        .sum();
    assert_eq!(sum, design.all.get());
    let summary = serde_json::to_value(Summary::new(&run)).unwrap();
    assert_eq!(summary["conservation"]["holds"], true);
    assert_eq!(
        summary["conservation"]["sum_of_accounts"],
        summary["max_supply"]
    );
    assert_eq!(summary["steps"], rows(&design).len());
}

#[test]
fn a_window_that_begins_later_finds_the_locks_and_the_revenue_of_the_time_before() {
    let text = |start: &str| {
        format!("[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\nclaim_every = \"15d\"\nschedule = {{ kind = \"linear\", end = \"100d\" }}\n[escrow]\nshare = 0.5\nduration = \"30d\"\ngranule = \"1d\"\nrenew = false\n[fees]\nasset = \"USD\"\ndecimals = 0\nprice = 2\nrevenue = 11\nper = \"10d\"\nroutes = {{ lockers = 0.5, burn = 0.5 }}\n[simulation]\nstart = \"{start}\"\nend = 2026-06-01\nstep = \"5d\"\n")
    };
    let (whole, part) = (design(&text("5d")), design(&text("50d")));
    assert_eq!(rows(&whole)[9..], rows(&part)[..]);
    let (whole, part) = (run(&whole).unwrap(), run(&part).unwrap());
    assert_eq!(whole.accounts, part.accounts);
    assert_eq!(whole.fee_accounts, part.fee_accounts);
}

#[test]
fn what_an_endless_emission_brings_its_stakeholder_has_no_maximum() {
    let emission = |name: &str, who: &str, rest: &str| {
        format!("[[emission]]\nname = \"{name}\"\nstakeholder = \"{who}\"\nkind = \"constant\"\ntick = \"1d\"\nrate = 1\n{rest}")
    };
    let design = token(
        &[
            emission("A", "users", ""),
            emission("B", "users", "end = \"9d\"\n"),
            emission("C", "operators", "end = \"5d\"\n"),
            emission("D", "operators", "end = \"6d\"\n"),
            "[simulation]\nend = \"7d\"\n".to_owned(),
        ]
        .concat(),
    );
    let run = run(&design).unwrap();
    let minted = |who| {
        let totals = run.stakeholder(who);
        (
            totals.minted.get(),
            totals.to_be_minted.map(|all| all.get()),
        )
    };
    assert_eq!(minted(Stakeholder::Users), (14, None));
    assert_eq!(minted(Stakeholder::Operators), (11, Some(11)));
    assert_eq!(minted(Stakeholder::Builders), (0, Some(0)));
}
