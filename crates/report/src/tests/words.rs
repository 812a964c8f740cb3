//! The sentences at the head of a page and of its first part, of designs of every kind.

use super::{report, TEAM, TOKEN};

/// The text of a page between two pieces of markup, in plain letters.
fn between(page: &str, start: &str, end: &str) -> String {
    let (_, told) = page.split_once(start).unwrap();
    let (told, _) = told.split_once(end).unwrap();
    told.replace(['\u{202f}', '\u{a0}'], " ")
}

/// The design in words.
fn reading(text: &str) -> String {
    let page = report(&format!("{TOKEN}{text}"));
    between(&page, "<p class=\"reading\">", "</p>")
}

/// The lead of the supply, after the sentence that says what is drawn.
fn supply(text: &str) -> String {
    let page = report(&format!("{TOKEN}{text}"));
    let (_, part) = page.split_once("<section id=\"supply\"").unwrap();
    between(part, " by where it is. ", "</p>")
}

/// The figures at the head, as label, figure and note.
fn card(text: &str, label: &str) -> [String; 2] {
    let page = report(&format!("{TOKEN}{text}"));
    let (_, card) = page.split_once(&format!("<dt>{label}</dt>")).unwrap();
    let figure = between(card, "<dd class=\"figure\">", "</dd>");
    [figure, between(card, "<dd class=\"note\">", "</dd>")]
}

const A_YEAR: &str = "[simulation]\nend = \"1y\"\n";

fn minting(more: &str) -> String {
    format!(
        "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 10\n\
         tick = \"1d\"\n{more}"
    )
}

#[test]
fn a_supply_is_read_by_where_it_comes_from() {
    let ends = minting("end = \"100d\"\n");
    let told = [
        reading(TEAM),
        reading(&format!("{TEAM}{ends}")),
        reading(&ends),
        reading(&format!("{A_YEAR}{}", minting(""))),
        reading(&format!("{A_YEAR}{TEAM}{}", minting(""))),
    ];
    assert_eq!(
        told,
        [
            "All 1.00 K DMO are issued on 1 Jan 2024, to 1 allocation.",
            "Of at most 2.00 K DMO, 1.00 K (50.0%) are issued on 1 Jan 2024 to 1 allocation and 1.00 K \
             (50.0%) are minted until 2024.",
            "All 1.00 K DMO are minted, until 2024.",
            "3.66 K DMO are minted until 1 Jan 2025, and there is no end to it.",
            "1.00 K DMO are issued on 1 Jan 2024 to 1 allocation; 3.66 K DMO are minted until 1 Jan \
             2025, and there is no end to it.",
        ]
    );
}

#[test]
fn revenue_is_read_by_how_often_it_comes_and_where_it_goes() {
    let fees = |keys: &str| {
        let words = reading(&format!("{A_YEAR}{TEAM}[fees]\nrevenue = 2\n{keys}"));
        words.split_once("allocation. ").unwrap().1.to_owned()
    };
    let told = [
        fees("per = \"1d\"\nroutes = { burn = 1 }\n"),
        fees("per = \"12h\"\nend = \"10d\"\nroutes = { treasury = 1 }\n"),
        fees("per = \"10min\"\nend = \"1y\"\nroutes = { users = 0.5, treasury = 0.5 }\n"),
        fees("per = \"7mo\"\nroutes = { treasury = 1 }\n"),
        fees("per = \"2y\"\nroutes = { treasury = 1 }\n"),
        fees("asset = \"USDC\"\ndecimals = 6\nprice = 1\nper = \"1w\"\nroutes = { burn = 0.25, buyback = 0.75 }\n"),
    ];
    assert_eq!(
        told,
        [
            "Revenue of 2 DMO every day goes to being burned.",
            "Revenue of 2 DMO every 12 hours until 11 Jan 2024 goes to the treasury.",
            "Revenue of 2 DMO every 10 minutes goes 50% to the treasury and 50% to users.",
            "Revenue of 2 DMO once, on 1 Aug 2024, goes to the treasury.",
            "Revenue of 2 DMO every 2 years, of which none is over in this run, goes to the treasury.",
            "Revenue of 2 USDC every week goes 75% to buying the token back and 25% to buying and burning \
             the token.",
        ]
    );
}

#[test]
fn a_supply_is_told_by_when_it_circulates() {
    let cliff = |at: &str| {
        TEAM.replace(
            "kind = \"linear\", end = \"2y\"",
            &format!("kind = \"cliff\", at = \"{at}\""),
        )
    };
    let end = |end: &str| format!("[simulation]\nend = \"{end}\"\n");
    let told = [
        supply(TEAM),
        supply(&format!("{}{TEAM}", end("18mo"))),
        supply(&format!("{}{TEAM}", end("6mo"))),
        supply(&format!("{}{}", end("1y"), cliff("31d"))),
        supply(&format!("{}{TEAM}{}", end("1y"), minting(""))),
    ];
    assert_eq!(told, [
        "Half of it circulates from Dec 2024 on, 90% from Oct 2025 on; at the end 100.0% does.",
        "Half of it circulates from Dec 2024 on, 90% not by the end of this window; at the end 74.8% does.",
        "Less than half of it circulates within this window; at the end 24.9% does.",
        "Half and even 90% of it circulate from Feb 2024 on; at the end 100.0% does.",
        "At the end 89.3% of the total supply of 4.66 K DMO circulates.",
    ]);
}

#[test]
fn cards_say_what_was_issued_and_when_it_circulates() {
    let ends = minting("end = \"100d\"\n");
    let both = format!("{TEAM}{ends}");
    let max = "Maximum supply";
    assert_eq!(
        [TEAM, &ends, &both].map(|text| card(text, max)),
        [
            ["1.00 K", "all of it issued at genesis"],
            ["1.00 K", "none of it issued at genesis"],
            ["2.00 K", "50.0% of it issued at genesis"]
        ]
    );
    let all = TEAM.replace("schedule = { kind = \"linear\", end = \"2y\" }", "");
    let all = format!("{A_YEAR}{all}");
    let half = "Half of it circulates";
    assert_eq!(
        [TEAM, &all].map(|text| card(text, half)),
        [
            ["Dec 2024", "1 year after genesis"],
            ["Jan 2024", "at genesis"]
        ]
    );
    let endless = format!("{A_YEAR}{TEAM}{}", minting(""));
    assert_eq!(
        card(&endless, "Circulating at the end"),
        ["4.16 K", "89.3% of the total supply"]
    );
    assert_eq!(
        card(&endless, "Minted in this run"),
        ["3.66 K", "and there is no end to it"]
    );
}

#[test]
fn a_run_that_ends_at_genesis_has_what_unlocks_there() {
    let window = "[simulation]\nstart = 2023-01-01\nend = 2024-01-01\n";
    let all = TEAM.replace("schedule = { kind = \"linear\", end = \"2y\" }", "");
    assert_eq!(
        card(&format!("{window}{all}"), "Unlocked at genesis"),
        ["1.00 K", "100.0% of the maximum"]
    );
    let before = window.replace("end = 2024-01-01", "end = 2023-12-31");
    assert_eq!(
        card(&format!("{before}{all}"), "Unlocked at genesis"),
        ["–", "genesis is after this run"]
    );
}

#[test]
fn the_page_ends_with_how_it_was_computed() {
    let page = report(&format!("{TOKEN}{TEAM}"));
    let footer = between(&page, "<footer>", "</footer>");
    assert!(footer.contains("moves on a double-entry ledger in base units (18 decimals)"));
    let times = between(&footer, "after each, in all ", " times");
    assert!(page.contains(&format!("<strong>{times} audits</strong>")));
    let style = between(&page, "<style>", "</style>");
    assert!(style.starts_with(":root{") && style.contains("@media print{"));
}
