//! The page's words on several kinds of locks and on gauges.

use super::told::told;
use super::{report, TEAM, TOKEN};
use crate::Notes;
use tokenomics_design::{Design, Overrides};
use tokenomics_engine::run;

const LOCKS: &str = "[simulation]\nend = \"2y\"\n[escrow]\n[[escrow.programme]]\nname = \"Runs down\"\nshare = 0.2\nduration = \"364d\"\nrenew = false\n[[escrow.programme]]\nname = \"For good\"\nkind = \"permanent\"\nshare = 0.1\n";

const GAUGES: &str = "[[emission]]\nname = \"Incentives\"\nstakeholder = \"builders\"\nkind = \"constant\"\nrate = 10\nper = \"1d\"\nend = \"3y\"\ngauges = \"4w\"\n[[gauge]]\nname = \"Pool\"\nstakeholder = \"users\"\nvotes = 0.5\n[[gauge]]\nname = \"Bridge\"\nstakeholder = \"operators\"\nvotes = { \"For good\" = 0.25 }\n";

fn has(told: &[String], line: &str) {
    assert!(told.iter().any(|one| one == line), "{line}\n{told:#?}");
}

#[test]
fn programmes_have_a_chart_and_ends_have_bars() {
    let page = report(&format!("{TOKEN}{TEAM}{LOCKS}"));
    let locks = told(&page, "locks");
    has(&locks, "Vote weight by programme");
    has(&locks, "What opens in each month, if nobody locks it again");
    let never =
        |line: &&String| line.starts_with("Without the ") && line.ends_with(" that never open.");
    assert!(locks.iter().any(|line| never(&line)), "{locks:#?}");
    assert!(!locks.iter().any(|line| line.contains("one whole vote")));
    assert!(locks[1].contains(" votes, 0."), "{}", locks[1]);
    let head = "Under 2 programmes, holders lock 30.0% of what circulates for votes.";
    assert!(page.replace('\u{a0}', " ").contains(head));
    // One programme that is renewed opens all at once.
    let one = report(&format!(
        "{TOKEN}{TEAM}[escrow]\nshare = 0.3\nduration = \"728d\"\n"
    ));
    let one = told(&one, "locks");
    assert!(!one
        .iter()
        .any(|line| line.contains("opens in each") || line.contains("programme")));
}

#[test]
fn gauges_are_told_with_what_they_got() {
    let page = report(&format!("{TOKEN}{TEAM}{LOCKS}{GAUGES}"));
    let locks = told(&page, "locks");
    has(&locks, "Votes for each gauge, of those for any");
    has(&locks, "Gauge | For | End weight | Got in all");
    let row = |name: &str| locks.iter().any(|line| line.starts_with(name));
    assert!(
        row("Pool | users | ") && row("Bridge | operators | "),
        "{locks:#?}"
    );
    let told_last = locks.last().unwrap();
    assert!(told_last.starts_with("At the end "), "{told_last}");
    // The first epoch begins before anybody has locked, and the last goes on after the end.
    let unvoted =
        "280 DMO were minted in epochs before which there were no votes for any, and went to the treasury.";
    assert!(told_last.contains(unvoted), "{told_last}");
    assert!(
        told_last.contains("wait for the end of an epoch."),
        "{told_last}"
    );
}

#[test]
fn locks_that_begin_later_are_told_with_their_first_day() {
    let text = format!("{TOKEN}{TEAM}{}start = \"26w\"\n", LOCKS);
    let design = Design::parse("design.toml", &text, Overrides::default()).unwrap();
    let notes = Notes::new(&run(&design).unwrap()).assumed;
    let later =
        "From 1 Jul 2024 on, every week, holders lock under \u{201c}For good\u{201d} as much";
    assert!(
        notes.iter().any(|note| note.starts_with(later)),
        "{notes:#?}"
    );
}

#[test]
fn what_no_gauge_gets_is_told_with_where_it_goes() {
    let notes = |gauges: &str, to: &str| {
        let gauges = gauges.replace("gauges = \"4w\"\n", &format!("gauges = \"4w\"\n{to}"));
        let text = format!("{TOKEN}{TEAM}{LOCKS}{gauges}");
        let design = Design::parse("design.toml", &text, Overrides::default()).unwrap();
        Notes::new(&run(&design).unwrap()).happened
    };
    let none = GAUGES
        .replace("votes = 0.5", "votes = 0")
        .replace("= 0.25", "= 0");
    // 26 epochs of 28 days, of 731.
    let unvoted = "7.28 K DMO of \u{201c}Incentives\u{201d} were minted in epochs before which no gauge had votes";
    assert_eq!(
        notes(&none, "")[0],
        format!("{unvoted}, and went to the treasury.")
    );
    let circulating = notes(&none, "to = \"circulating\"\n");
    assert_eq!(
        circulating[0],
        format!("{unvoted}, and went into circulation.")
    );
    let nothing = GAUGES.replace("gauges = \"4w\"\n", "");
    assert_eq!(
        notes(&nothing, "")[0],
        "No emission goes to gauges, so that they get nothing."
    );
}
