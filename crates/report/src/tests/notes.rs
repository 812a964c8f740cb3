//! Sentences on what happened and what is assumed.

use super::{report, TEAM, TOKEN};
use crate::Notes;
use tokenomics_design::calendar::Period;
use tokenomics_design::{Design, Overrides};
use tokenomics_engine::run;

/// The notes of a design at some distance of rows.
fn notes_at(text: &str, step: &str) -> Notes {
    let step = Period::parse(step).unwrap();
    let overrides = Overrides {
        step: Some(step),
        ..Overrides::default()
    };
    let design = Design::parse("design.toml", text, overrides);
    let design = design.unwrap_or_else(|problems| panic!("{problems:?}"));
    Notes::new(&run(&design).unwrap())
}

/// The same at every distance of rows.
fn notes(text: &str) -> Notes {
    let notes = notes_at(text, "1d");
    for step in ["11h", "7d", "1mo", "1y"] {
        assert_eq!(notes_at(text, step), notes, "{step}");
    }
    notes
}

fn happened(text: &str) -> Vec<String> {
    notes(&format!("{TOKEN}[simulation]\nend = \"1y\"\n{text}")).happened
}

fn assumed(text: &str) -> Vec<String> {
    notes(&format!("{TOKEN}[simulation]\nend = \"1y\"\n{text}")).assumed
}

#[test]
fn what_could_not_be_paid_is_told_with_its_periods() {
    let cliff = |at: &str| {
        TEAM.replace(
            "\"linear\", end = \"2y\"",
            &format!("\"cliff\", at = \"{at}\""),
        ) + "[fees]\nrevenue = 2\nper = \"1d\"\nroutes = { burn = 1 }\n"
    };
    assert_eq!(
        happened(&cliff("31d")),
        [
            "60 DMO of revenue could not be paid, for 30 periods that ended from 2 Jan 2024 to \
          31 Jan 2024: holders had nothing left to pay with, and it lapses."
        ]
    );
    assert_eq!(
        happened(&cliff("2d")),
        ["2 DMO of revenue could not be paid, for the period that ended on 2 Jan 2024: holders had \
          nothing left to pay with, and it lapses."]
    );
    assert!(happened(&cliff("1d")).is_empty());
}

#[test]
fn revenue_that_ends_that_waits_or_never_comes_is_told() {
    let fees = |more: &str| {
        format!("{TEAM}[fees]\nasset = \"USD\"\ndecimals = 2\nrevenue = 5\nper = \"1mo\"\n{more}")
    };
    let to_users = "routes = { users = 1 }\n";
    assert_eq!(
        happened(&fees(&format!("end = \"75d\"\n{to_users}"))),
        ["Revenue ends on 1 Mar 2024, with its last period."]
    );
    assert_eq!(
        happened(&fees(&format!("end = \"20d\"\n{to_users}"))),
        ["No period of revenue is over by the end, so none is collected."]
    );
    assert_eq!(
        happened(&fees("routes = { lockers = 1 }\n")),
        ["60 USD of revenue for lockers waits at the end: nobody had a claim to it."]
    );
    assert!(happened(&fees(to_users)).is_empty());
}

#[test]
fn each_of_several_streams_is_told_by_its_name() {
    let fees = "\
        [[fees.stream]]\nname = \"Swaps\"\nasset = \"USD\"\ndecimals = 2\nrevenue = 5\nper = \"1mo\"\n\
        end = \"75d\"\nroutes = { lockers = 0.5, Stakers = 0.5 }\n\
        [[fees.stream]]\nname = \"Dues\"\nrevenue = 2_000\nper = \"10d\"\nend = \"10d\"\nroutes = { burn = 1 }\n\
        [[fees.stream]]\nname = \"Never\"\nrevenue = 1\nper = \"1d\"\nend = \"1h\"\nroutes = { burn = 1 }\n\
        [[fees.route]]\nname = \"Stakers\"\nkind = \"lockers\"\nevery = \"1w\"\n";
    assert_eq!(
        happened(&format!("{TEAM}{fees}")),
        [
            "1.99 K DMO of \u{201c}Dues\u{201d} could not be paid, for the period that ended on \
             11 Jan 2024: holders had nothing left to pay with, and it lapses.",
            "5 USD of revenue for lockers waits at the end: nobody had a claim to it.",
            "5 USD of revenue for \u{201c}Stakers\u{201d} waits at the end: nobody had a claim to it.",
            "Revenue of \u{201c}Swaps\u{201d} ends on 1 Mar 2024, with its last period.",
            "Revenue of \u{201c}Dues\u{201d} ends on 11 Jan 2024, with its last period.",
            "No period of \u{201c}Never\u{201d} is over by the end, so none is collected.",
        ]
    );
    let vault = "[[vault]]\nname = \"xDMO\"\nshare = 0.2\nevery = \"1w\"\n";
    assert_eq!(
        assumed(&format!("{TEAM}{vault}{fees}"))[1..],
        [
            "Revenue of \u{201c}Swaps\u{201d} is the same in each period: 5 USD every month.",
            "Every week, holders bring what they have in \u{201c}xDMO\u{201d} to 20% of what circulates, as \
             far as it is unlocked, and withdraw none.",
        ]
    );
}

const MINTED: &str =
    "[[emission]]\nname = \"Mint\"\nstakeholder = \"users\"\nkind = \"constant\"\n\
    rate = 10\nper = \"1d\"\ntick = \"1d\"\n";

#[test]
fn an_emission_that_ends_is_told_with_its_last_unit() {
    let told = |more: &str| happened(&format!("{TEAM}{MINTED}{more}\n"));
    assert_eq!(
        told("end = \"100d\""),
        ["The last of \u{201c}Mint\u{201d} is minted on 10 Apr 2024: 1.00 K DMO in all."]
    );
    assert_eq!(
        told("cap = 35"),
        ["The last of \u{201c}Mint\u{201d} is minted on 5 Jan 2024: 35 DMO in all."]
    );
    assert!(told("end = \"2y\"").is_empty());
    let many = |n: usize| {
        format!(
            "{}end = \"{}d\"\n",
            MINTED.replace("Mint", &format!("M{n}")),
            n + 1
        )
    };
    let told = happened(&(0..9).map(many).collect::<String>());
    assert_eq!(told.len(), 7);
    assert_eq!(told[6], "3 more emissions end by 10 Jan 2024.");
}

#[test]
fn an_emission_without_an_end_is_told_as_such() {
    let told = assumed(&format!("{TEAM}{MINTED}"));
    assert_eq!(
        told[0],
        "\u{201c}Mint\u{201d} is minted without an end: there is no maximum supply, and figures are \
         of what is minted by 1 Jan 2025."
    );
    assert!(happened(&format!("{TEAM}{MINTED}")).is_empty());
}

#[test]
fn months_in_part_are_named() {
    let window = "[simulation]\nstart = 2024-03-11\nend = 2024-05-20\n";
    assert_eq!(
        notes(&format!("{TOKEN}{window}{TEAM}")).happened,
        ["Figures of Mar 2024 (11 Mar to 1 Apr 2024) and May 2024 (1 May to 20 May 2024) are of a \
          part of the month: no more of it lies in the run."]
    );
    let window = "[simulation]\nend = \"1s\"\n";
    assert_eq!(
        notes(&format!("{TOKEN}{window}{TEAM}")).happened,
        ["Figures of Jan 2024 (on 1 Jan 2024) are of a part of the month: no more of it lies in \
          the run."]
    );
}

#[test]
fn what_an_emission_follows_is_taken_as_given() {
    let by_stake = |name: &str| {
        format!("[[emission]]\nname = \"{name}\"\nstakeholder = \"operators\"\nkind = \"sqrt-issuance\"\ntick = \"1d\"\nincrement = 1\nfactor = 1\nstaked = [{{ amount = 4 }}]\n")
    };
    assert_eq!(
        assumed(&by_stake("Stake"))[1],
        "\u{201c}Stake\u{201d} follows the stake or power that the design gives, whatever happens in the run."
    );
    let many: String = ('A'..='H')
        .map(|name| by_stake(&name.to_string()))
        .collect();
    let names = "\u{201c}A\u{201d}, \u{201c}B\u{201d}, \u{201c}C\u{201d}, \u{201c}D\u{201d}, \u{201c}E\u{201d}, \u{201c}F\u{201d} and 2 more";
    let told = assumed(&many);
    assert!(
        told[0].starts_with(&format!("{names} are minted")),
        "{}",
        told[0]
    );
    assert!(
        told[1].starts_with(&format!("{names} follow the")),
        "{}",
        told[1]
    );
}

#[test]
fn what_holders_do_is_assumed() {
    let escrow = |renew: bool| {
        format!("{TEAM}[escrow]\nshare = 0.3\nduration = \"728d\"\nmax = \"1456d\"\nevery = \"2w\"\nrenew = {renew}\n")
    };
    let claims = "All claim what has vested at once.";
    let locks = "Every 2 weeks, holders lock as much as brings it to 30% of what circulates, and";
    assert_eq!(
        assumed(&escrow(true)),
        [
            claims,
            &format!("{locks} extend all locks to their full length.")
        ]
    );
    assert_eq!(
        assumed(&escrow(false)),
        [claims, &format!("{locks} let their locks run down.")]
    );
    let claimed = assumed(&format!("{TEAM}claim_every = \"1mo\"\n"));
    assert!(claimed[0].contains("as soon as the design lets them"));
    assert!(assumed("").is_empty());
}

#[test]
fn revenue_and_prices_are_assumed_to_stay() {
    let fees = |more: &str| {
        format!("{TEAM}[fees]\nasset = \"USD\"\ndecimals = 6\nrevenue = 5\nper = \"1w\"\n{more}\n")
    };
    let same = "Revenue is the same in each period: 5 USD every week.";
    assert_eq!(assumed(&fees("routes = { users = 1 }"))[1..], [same]);
    let price = "of 0.25 USD, and find sellers as long as any circulates unlocked.";
    for (routes, who) in [
        ("burn = 1", "Burns buy"),
        ("buyback = 1", "Buybacks buy"),
        ("burn = 0.5, buyback = 0.5", "Buybacks and burns buy"),
    ] {
        let told = assumed(&fees(&format!("price = 0.25\nroutes = {{ {routes} }}")));
        let price = format!("{who} the token at one price throughout, {price}");
        assert_eq!(told[1..], [same, &price]);
    }
    let once = assumed(&fees("end = \"1w\"\nroutes = { users = 1 }"));
    assert_eq!(once.len(), 1, "one period is like no other: {once:?}");
}

#[test]
fn the_page_has_the_notes_and_no_section_without_any() {
    let page = report(&format!("{TOKEN}{TEAM}{MINTED}end = \"20d\"\n"));
    let (_, notes) = page.split_once("<section id=\"notes\"").unwrap();
    let (notes, _) = notes.split_once("</section>").unwrap();
    for words in [
        "What happened",
        "is minted on 21\u{a0}Jan\u{a0}2024",
        "What is assumed",
    ] {
        assert!(notes.contains(words), "{words}");
    }
    let page = report(&format!("{TOKEN}[simulation]\nend = \"1y\"\n"));
    assert!(!page.contains("<section id=\"notes\""));
}

#[test]
fn the_end_of_an_emission_is_that_second_however_rarely_one_looks() {
    let text = format!("{TOKEN}[simulation]\nend = \"300y\"\n{MINTED}cap = 35\n");
    let design = Design::parse("design.toml", &text, Overrides::default()).unwrap();
    let ended = tokenomics_design::calendar::parse_date("2024-01-05").unwrap();
    assert_eq!(run(&design).unwrap().log.minted(1), [Some(ended)]);
}

#[test]
fn what_came_for_lockers_while_there_were_none_is_told_with_who_got_it() {
    // Locks of 20 days from the 40th day on, and then the next of the same each 60 days.
    let fees = |kind: &str, without: &str| {
        format!(
            "{TEAM}[escrow]\nshare = 0.5\nduration = \"20d\"\nmax = \"365d\"\ngranule = \"1d\"\nrenew = false\n\
             start = \"40d\"\nevery = \"60d\"\n\
             [[fees.stream]]\nname = \"Swaps\"\nasset = \"USD\"\ndecimals = 2\nrevenue = 5\nper = \"10d\"\n\
             end = \"90d\"\nroutes = {{ Stakers = 1 }}\n\
             [[fees.route]]\nname = \"Stakers\"\nkind = \"lockers\"\n{kind}without_lockers = {without}\n"
        )
    };
    let told = |kind: &str, without: &str| happened(&fees(kind, without)).remove(0);
    let came = "20 USD of revenue for \u{201c}Stakers\u{201d} came while nobody had weight, in 4 periods from \
                11 Jan 2024 on";
    assert_eq!(
        told("", "\"hold\""),
        format!("{came}: those who had weight next, on 20 Feb 2024, got all of it at once.")
    );
    assert_eq!(
        told("", "\"extend\""),
        format!("{came}: from 20 Feb 2024 on, it is spread over as many with lockers.")
    );
    assert_eq!(
        told("", "{ to = \"treasury\" }"),
        "35 USD of revenue for \u{201c}Stakers\u{201d} came while nobody had weight, in 7 periods from \
         11 Jan 2024 on: it went to the treasury."
    );
    assert_eq!(
        told("every = \"20d\"\n", "\"hold\""),
        "35 USD of revenue for \u{201c}Stakers\u{201d} came while nobody had weight, in 4 epochs from \
         21 Jan 2024 on: those who had weight next, 2 times and lastly on 30 Apr 2024, got it at once."
    );
    // Four more of its periods end by the locks of the 100th day.
    let longer = fees("", "\"hold\"").replace("end = \"90d\"", "end = \"120d\"");
    assert_eq!(
        happened(&longer)[0],
        "40 USD of revenue for \u{201c}Stakers\u{201d} came while nobody had weight, in 8 periods from \
         11 Jan 2024 on: those who had weight next, 2 times and lastly on 20 Apr 2024, got it at once."
    );
}
