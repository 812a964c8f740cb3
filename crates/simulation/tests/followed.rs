//! Emissions that a run steps, and those without a maximum.

use proptest::prelude::*;
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{
    calendar, run, Cause, Design, Engine, LedgerError, Mechanism, Overrides, Summary,
};

#[allow(unreachable_pub)]
mod common;
use common::{minted_by, rows};

const TOKEN: &str =
    "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[simulation]\nstep = \"1d\"\n";

fn parse(text: &str, overrides: Overrides) -> Design {
    Design::parse("d", text, overrides).unwrap_or_else(|error| {
        panic!("{text}\n{:?}", error.problems());
    })
}

/// A design of one emission on a clock of days, to a date.
fn until(emission: &str, end: &str) -> Design {
    let text = format!(
        "{TOKEN}[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\ntick = \"1d\"\n{emission}"
    );
    let end = Some(calendar::parse_date(end).unwrap());
    parse(
        &text,
        Overrides {
            end,
            ..Overrides::default()
        },
    )
}

/// What it has minted by each of the first days.
fn by_day(emission: &str) -> Vec<u128> {
    let design = until(emission, "2026-01-08");
    let minted = |row: &tokenomics_simulation::Row| row.totals.emitted.get();
    rows(&design).iter().map(minted).collect()
}

#[test]
fn a_change_of_the_signal_counts_from_its_instant_on() {
    // To one of each increment at stake 100 / 10, or 100 / 20.
    let keys = "kind = \"sqrt-issuance\"\nincrement = 1\nfactor = 100\n";
    let staked = "staked = [{ amount = 100 }, { from = \"2d\", amount = 400 }, { from = \"4d\", amount = 1 }]\n";
    let minted = by_day(&format!("{keys}{staked}end = \"6d\"\n"));
    assert_eq!(minted, [0, 1_000, 2_000, 4_000, 6_000, 6_100, 6_200, 6_200]);
    let capped = by_day(&format!("{keys}{staked}cap = 4_500\n"));
    assert_eq!(capped, [0, 1_000, 2_000, 4_000, 4_500, 4_500, 4_500, 4_500]);
}

#[test]
fn what_was_minted_joins_the_supply_at_updates_and_changes() {
    // A tenth of the supply a day, whatever is at stake.
    let keys = "kind = \"npos-inflation\"\nsupply = 1_000\nmin = 0.1\nmax = 0.1\nideal = 0.5\nfalloff = 0.5\nyear = \"1d\"\n";
    let minted = |update: &str, staked: &str| {
        by_day(&format!(
            "{keys}update = \"{update}\"\nstaked = [{staked}]\n"
        ))
    };
    let constant = "{ share = 0.5 }";
    assert_eq!(minted("100d", constant)[..5], [0, 100, 200, 300, 400]);
    assert_eq!(minted("1d", constant)[..5], [0, 100, 210, 331, 464]);
    assert_eq!(
        minted("2d", constant)[..7],
        [0, 100, 200, 320, 440, 584, 728]
    );
    // A change lets it join, and the time of the update begins anew from there.
    let changed = "{ share = 0.5 }, { from = \"3d\", share = 0.4 }";
    assert_eq!(
        minted("2d", changed)[..7],
        [0, 100, 200, 320, 452, 584, 742]
    );
}

#[test]
fn phases_may_follow_a_signal_too() {
    let followed = "kind = \"sqrt-issuance\", increment = 1, factor = 100, staked = [{ amount = 100 }, { from = \"1d\", amount = 400 }]";
    let minted = by_day(&format!("kind = \"phases\"\nphases = [{{ kind = \"constant\", rate = 7 }}, {{ from = \"2d\", {followed} }}, {{ from = \"5d\", kind = \"constant\", rate = 3 }}]\n"));
    assert_eq!(minted, [0, 7, 14, 1_014, 3_014, 5_014, 5_017, 5_020]);
    let design = until(
        &format!("kind = \"phases\"\ncap = 2_000\nphases = [{{ {followed} }}]\n"),
        "2027-01-01",
    );
    assert_eq!(
        (design.all.get(), design.max_supply().unwrap().get()),
        (2_000, 2_000)
    );
    assert_eq!(run(&design).unwrap().last.totals.emitted.get(), 2_000);
}

#[test]
fn phases_end_with_the_last_of_them() {
    let followed =
        "kind = \"sqrt-issuance\", increment = 1, factor = 100, staked = [{ amount = 100 }]";
    let constant = "kind = \"constant\", rate = 7, end = \"3d\"";
    let end = |first: &str, last: &str| {
        let phases = format!("phases = [{{ {first} }}, {{ {last} }}]\n");
        let design = until(&format!("kind = \"phases\"\n{phases}"), "2027-01-01");
        calendar::date(design.emissions[0].end())
    };
    let later = |phase: &str| format!("from = \"5d\", {phase}");
    assert_eq!(end(followed, &later(constant)), "2026-01-09");
    assert_eq!(
        end(constant, &later(&format!("{followed}, end = \"4d\""))),
        "2026-01-10"
    );
    assert_eq!(end(constant, &later(followed)), "9999-12-31");
}

/// In its first day it would mint a hundred times 2^125, and more after it: a cap is a cap all the same,
/// whether its own, its phase's or that of all phases.
#[test]
fn a_cap_holds_where_the_rule_mints_more_than_can_be_counted() {
    let supply = 1_u128 << 125;
    let rule = |update: u64| {
        format!("kind = \"npos-inflation\", supply = \"{supply}\", min = 100, max = 100, ideal = 0.5, falloff = 0.5, year = 1, update = {update}, staked = [{{ share = 0.5 }}]")
    };
    // It joins the supply in the same instant, or not for long.
    for rule in [1, 100].map(rule) {
        let alone = format!("{}\ncap = 1_000\n", rule.replace(", ", "\n"));
        assert_eq!(by_day(&alone)[..4], [0, 1_000, 1_000, 1_000]);
        let phase = format!(
            "{{ {rule}, cap = 1_000 }}, {{ from = \"3d\", kind = \"constant\", rate = 7 }}"
        );
        let phases = by_day(&format!("kind = \"phases\"\nphases = [{phase}]\n"));
        assert_eq!(phases[..6], [0, 1_000, 1_000, 1_000, 1_007, 1_014]);
        let all = by_day(&format!("kind = \"phases\"\ncap = 1_000\nphases = [{{ kind = \"constant\", rate = 7 }}, {{ {rule}, from = \"2d\" }}]\n"));
        assert_eq!(all[..6], [0, 7, 14, 1_000, 1_000, 1_000]);
    }
}

const ENDLESS: [&str; 7] = [
    "kind = \"constant\"\nrate = 5\n",
    "kind = \"compounding\"\nsupply = 1_000\nrate = 0.02\nperiod = \"30d\"\n",
    "kind = \"disinflation\"\nsupply = 1_000_000\ninitial = 0.08\ntaper = 0.15\nterminal = 0.015\nyear = \"365d\"\n",
    "kind = \"exponential\"\ntotal = 1_000\nhalf_life = \"9d\"\ntail = 2\n",
    "kind = \"sqrt-issuance\"\nincrement = 1\nfactor = 9\nstaked = [{ amount = 9 }, { from = \"99d\", amount = 4_000 }]\n",
    "kind = \"target-bonded\"\nsupply = 5_000\ninitial = 0.1\ngoal = 0.5\nchange = 0.1\nmin = 0.05\nmax = 0.2\nyear = \"365d\"\nupdate = \"7d\"\nstaked = [{ share = 0.3 }, { from = \"80d\", share = 0.8 }]\n",
    "kind = \"phases\"\nphases = [{ kind = \"constant\", rate = 9 }, { from = \"50d\", kind = \"compounding\", supply = 9_000, rate = 0.1, period = \"20d\" }]\n",
];

/// What never ends is the same in a shorter and a longer run, as far as both go.
#[test]
fn two_window_ends_agree_on_common_rows() {
    for emission in ENDLESS {
        let [short, long] = ["2026-07-01", "2031-01-01"].map(|end| until(emission, end));
        assert_eq!((short.all, short.max_supply()), (Amount::ZERO, None));
        let (few, many) = (rows(&short), rows(&long));
        assert_eq!(few, many[..few.len()], "{emission}");
        let run = run(&short).unwrap();
        assert_eq!(run.last.totals.total_supply, run.all);
        assert!(run
            .accounts
            .iter()
            .all(|(name, _)| !name.starts_with("unminted")));
        let summary = serde_json::to_value(Summary::new(&run)).unwrap();
        assert!(summary["max_supply"].is_null());
        assert_eq!(summary["endless_emissions"][0], "E");
        assert_eq!(summary["conservation"]["holds"], true);
    }
}

#[test]
fn a_baseline_has_its_total_as_maximum_and_a_cap_below_it() {
    let baseline = "kind = \"baseline\"\ntotal = 9_000\nhalf_life = \"40d\"\nbaseline = 50\ndoubling = \"90d\"\npower = [{ is = 20 }]\n";
    let design = until(baseline, "2027-01-01");
    assert_eq!(design.max_supply(), Some(Amount::new(9_000)));
    let last = run(&design).unwrap().last.totals;
    assert!(last.emitted.get() > 2_000 && last.unminted.get() == 9_000 - last.emitted.get());
    let capped = until(&format!("{baseline}cap = 500\n"), "2027-01-01");
    assert_eq!(capped.max_supply(), Some(Amount::new(500)));
    assert_eq!(run(&capped).unwrap().last.totals.emitted.get(), 500);
    let too_high = format!("{TOKEN}[[emission]]\nname = \"E\"\nstakeholder = \"users\"\ntick = \"1d\"\n{baseline}cap = 9_001\n");
    let refused = Design::parse("d", &too_high, Overrides::default()).unwrap_err();
    assert!(refused.problems()[0]
        .message
        .contains("never reaches its cap"));
}

#[test]
fn a_share_of_the_supply_may_go_on_as_long_as_it_can_be_counted() {
    let doubling = "kind = \"compounding\"\nsupply = 1\nrate = 1\nperiod = \"1d\"\n";
    let text = format!(
        "{TOKEN}[[emission]]\nname = \"E\"\nstakeholder = \"users\"\ntick = \"1d\"\n{doubling}"
    );
    let parse = |days: u64| {
        let end = calendar::parse_date("2026-01-01").unwrap().get() + days * 86_400;
        let end = Some(Timestamp::new(end));
        Design::parse(
            "d",
            &text,
            Overrides {
                end,
                ..Overrides::default()
            },
        )
    };
    // 2^127 of 128 bits, and more than they hold.
    let design = parse(127).unwrap();
    let minted = minted_by(&design, 0, design.window.end);
    assert_eq!(minted.get(), (1 << 127) - 1);
    let refused = parse(128).unwrap_err();
    let message = &refused.problems()[0].message;
    assert!(
        message.contains("more than can be counted after 2026-05-08"),
        "{message}"
    );
    // With a cap it ends.
    let capped = Design::parse("d", &format!("{text}cap = 1_000\n"), Overrides::default()).unwrap();
    assert_eq!(calendar::date(capped.window.end), "2026-01-11");
}

#[test]
fn a_tail_needs_a_curve_that_is_known() {
    let text = format!("{TOKEN}[[emission]]\nname = \"E\"\nstakeholder = \"users\"\ntail = 1\nkind = \"sqrt-issuance\"\nincrement = 1\nfactor = 9\nstaked = [{{ amount = 9 }}]\n");
    let refused = Design::parse("d", &text, Overrides::default()).unwrap_err();
    assert!(refused.problems()[0].message.contains("can't have a tail"));
}

/// More than can be counted is an error of the run, at the instant at which it comes to that.
#[test]
fn an_overflow_stops_the_run_at_its_instant() {
    let most = u128::MAX - 2_500;
    let text = format!("{TOKEN}[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{most}\"\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\ntick = \"1d\"\nkind = \"sqrt-issuance\"\nincrement = 1\nfactor = 100\nstaked = [{{ amount = 100 }}]\n");
    let design = parse(&text, Overrides::default());
    let stopped = run(&design).unwrap_err();
    assert_eq!(stopped.mechanism, Mechanism::Emission);
    assert_eq!(*stopped.cause, Cause::Ledger(LedgerError::TooMuch));
    assert_eq!(calendar::date(stopped.at), "2026-01-04");
    // Up to it all is as it was.
    let mut engine = Engine::new(&design).unwrap();
    engine
        .advance(calendar::parse_date("2026-01-03").unwrap())
        .unwrap();
    let before = engine.row().unwrap();
    assert_eq!(before.totals.emitted.get(), 2_000);
    engine.settle().unwrap();
    engine
        .advance(calendar::parse_date("2026-02-01").unwrap())
        .unwrap();
    // Whenever it is found: by who reads and by who settles.
    assert_eq!(engine.row().unwrap_err(), stopped);
    assert_eq!(engine.settle().unwrap_err(), stopped);
    let token = engine.accounts().token;
    assert_eq!(engine.ledger().supply(token).get(), most + 2_000);
    engine.ledger().audit().unwrap();
}

/// What is still to come of a maximum is counted from the beginning, and doesn't bring that nearer.
#[test]
fn an_overflow_is_not_of_what_has_a_maximum() {
    let most = u128::MAX - 3_100;
    let text = format!("{TOKEN}end = \"9d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{most}\"\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\ntick = \"1d\"\nkind = \"sqrt-issuance\"\nincrement = 1\nfactor = 100\nstaked = [{{ amount = 100 }}]\n[[emission]]\nname = \"M\"\nstakeholder = \"users\"\ntick = \"1d\"\nkind = \"constant\"\nrate = 300\nend = \"2d\"\n");
    let design = parse(&text, Overrides::default());
    let mut engine = Engine::new(&design).unwrap();
    engine.advance(design.window.end).unwrap();
    // 2,500 are left, and 1,000 come in a day.
    let stopped = engine.settle().unwrap_err();
    assert_eq!(calendar::date(stopped.at), "2026-01-04");
}

/// Genesis, and a day after each of the first four: neither its end, nor what follows a cap, is an event.
#[test]
fn what_has_ended_has_no_events() {
    let keys = "kind = \"npos-inflation\"\nsupply = 1_000\nmin = 0.1\nmax = 0.1\nideal = 0.5\nfalloff = 0.5\nyear = \"1d\"\nupdate = \"1d\"\nstaked = [{ share = 0.5 }]\n";
    for last in ["end = \"5d\"\n", "cap = 464\n"] {
        let design = until(&format!("{keys}{last}"), "2026-02-01");
        let mut engine = Engine::new(&design).unwrap();
        engine.advance(design.window.end).unwrap();
        assert_eq!(engine.audits(), 5, "{last}");
    }
}

/// Updates are events and not rows: neither their number nor the run's length takes memory.
#[test]
fn updates_count_as_events() {
    let hub = |update: &str| {
        format!("{TOKEN}end = \"4y\"\n[[emission]]\nname = \"Hub\"\nstakeholder = \"users\"\nkind = \"target-bonded\"\nsupply = 5_000\ninitial = 0.1\ngoal = 0.5\nchange = 0.1\nmin = 0.05\nmax = 0.2\nyear = \"365d\"\nupdate = \"{update}\"\nstaked = [{{ share = 0.3 }}]\n")
    };
    let refused = Design::parse("d", &hub("1s"), Overrides::default()).unwrap_err();
    let message = &refused.problems()[0].message;
    assert!(
        message.contains("126230400 of them by `update` of Hub"),
        "{message}"
    );
    // More than a million were too many once.
    assert!(Design::parse("d", &hub("90s"), Overrides::default()).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Half and nine tenths of a maximum are found between the events of what leads to it.
    #[test]
    fn marks_are_found_across_changes(total in 10..5_000_u64, power in [0..300_u64, 0..300, 0..300], at in [2..90_u64, 2..90]) {
        let (one, two) = (at[0], at[0] + at[1]);
        let [a, b, c] = power;
        let emission = format!("kind = \"baseline\"\ntotal = {total}\nhalf_life = \"40d\"\nbaseline = 50\ndoubling = \"90d\"\npower = [{{ is = {a} }}, {{ from = \"{one}d\", is = {b} }}, {{ from = \"{two}d\", is = {c} }}]\n");
        let design = until(&emission, "2026-12-01");
        let half = u128::from(total).div_ceil(2);
        let first = rows(&design).into_iter().find(|row| row.totals.circulating.get() >= half);
        // Ticks are days, and so are the rows.
        prop_assert_eq!(run(&design).unwrap().log.circulating(50), first.map(|row| row.time));
        let mut engine = Engine::new(&design).unwrap();
        engine.advance(design.window.end).unwrap();
        engine.settle().unwrap();
        let first = rows(&design).into_iter().find(|row| row.totals.circulating.get() >= half);
        prop_assert_eq!(engine.log().circulating(50), first.map(|row| row.time));
    }
}
