//! Sentences and figures of designs and windows that are out of the ordinary.

use super::{report, TEAM, TOKEN};
use crate::write_report;
use tokenomics_design::{Design, Overrides};
use tokenomics_engine::run;

#[test]
fn shares_of_an_endless_supply_are_told_of_the_genesis_supply() {
    let minting = "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 10\nper = \"1d\"\ntick = \"1d\"\n";
    let page = report(&format!("{TOKEN}{TEAM}{minting}"));
    for words in [
        "Of the genesis supply, builders get most: 100.0%.",
        "Percentages are of the genesis supply, without what is minted.",
        "% of genesis",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let other = minting
        .replace("\"E\"", "\"F\"")
        .replace("users", "builders");
    let page = report(&format!(
        "{TOKEN}{minting}{}[simulation]\nend = \"1y\"\n",
        other.replace("= 10", "= 5")
    ));
    assert!(page.contains("Of what is minted by the end, users get most."));
    assert!(!page.contains("Percentages are of"));
    // Without allocations nothing is said of unlocks.
    for claim in [
        "Unlocked at genesis",
        "Largest monthly unlock",
        "genesis supply",
    ] {
        assert!(!page.contains(claim), "{claim}");
    }
}

#[test]
fn cards_fill_their_rows() {
    let cards = |text: &str| {
        let page = report(text);
        let (_, cards) = page.split_once("<dl class=\"cards").unwrap();
        let (cards, _) = cards.split_once("</dl>").unwrap();
        (cards.starts_with(" six"), cards.matches("<dt>").count())
    };
    let minting = "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 10\nend = \"1y\"\n";
    let endless = minting.replace("end = \"1y\"\n", "");
    let window = "[simulation]\nend = \"1y\"\n";
    assert_eq!(cards(&format!("{TOKEN}{TEAM}{minting}")), (false, 8));
    assert_eq!(cards(&format!("{TOKEN}{minting}")), (true, 6));
    assert_eq!(cards(&format!("{TOKEN}{TEAM}{endless}")), (true, 6));
    assert_eq!(cards(&format!("{TOKEN}{endless}{window}")), (false, 4));
}

#[test]
fn a_run_before_genesis_says_so_and_draws_no_empty_chart() {
    let design = tokenomics_design::starter("Demo");
    let within = |start: &str, end: &str| {
        let date = |text| Some(tokenomics_design::calendar::parse_date(text).unwrap());
        let overrides = Overrides {
            start: date(start),
            end: date(end),
            step: None,
        };
        let design = Design::parse("d", &design, overrides).unwrap();
        let run = run(&design).unwrap();
        let mut page = Vec::new();
        write_report(&run, &mut page).unwrap();
        let page = String::from_utf8(page).unwrap().replace('\u{a0}', " ");
        (page, crate::Summary::new(&run).unlocked_at_genesis)
    };
    let (page, unlocked) = within("2020-01-01", "2021-01-01");
    assert_eq!(unlocked, None);
    assert!(page.contains("after this run, and nothing unlocks before it."));
    for claim in [
        "Nothing unlocks at genesis",
        "minted a day",
        "Locked share",
        "Revenue so far",
    ] {
        assert!(!page.contains(claim), "{claim}");
    }
    let (page, unlocked) = within("2090-01-01", "2091-01-01");
    assert_eq!(unlocked.as_deref(), Some("50000000"));
    assert!(
        page.contains("Nothing is minted within this window.") && page.contains("Locked share")
    );
    assert!(!page.contains("minted a day"));
}

#[test]
fn stakeholders_who_get_as_much_are_named_together() {
    let one = |name: &str, who: &str| TEAM.replace("Team", name).replace("builders", who);
    let both = format!("{TOKEN}{}{}", one("A", "users"), one("B", "investors"));
    assert!(report(&both).contains("Users and investors get most: 50.0% each of the maximum."));
    let third = one("C", "builders").replace("1_000", "1_001");
    assert!(report(&format!("{both}{third}")).contains("Builders get most: 33.4% of the maximum."));
}
