//! The texts of the parts of a page, word by word and figure by figure.

use super::{report, TEAM, TOKEN};

/// The text of a part of a page: a line for each heading, sentence and row of a table, whose cells `|` parts.
pub(super) fn told(page: &str, id: &str) -> Vec<String> {
    let (_, part) = page.split_once(&format!("<section id=\"{id}\"")).unwrap();
    let (part, _) = part.split_once("</section>").unwrap();
    lines(part)
}

fn lines(part: &str) -> Vec<String> {
    let mut text = String::new();
    let mut drawn = false;
    for piece in part.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split(' ').next().unwrap_or_default();
        drawn = name == "svg" || drawn && name != "/svg";
        text.push_str(match name {
            "/th" | "/td" | "/dt" | "/dd" | "br" | "/li" => " | ",
            "/tr" | "/p" | "/h2" | "/h3" | "/figcaption" | "/summary" | "/ul" | "/div" => "\n",
            _ => "",
        });
        if !drawn {
            text.push_str(words);
        }
    }
    let text = text.replace(['\u{202f}', '\u{a0}'], " ");
    let lines = text.lines().map(|line| line.trim_matches([' ', '|']));
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// The sections of a page, each under its name.
fn sections(page: &str) -> String {
    let named = page.split("<section id=\"").skip(1);
    let named = named.filter_map(|part| part.split_once('"'));
    let each = named.map(|(id, _)| format!("== {id}\n{}\n", told(page, id).join("\n")));
    each.collect()
}

#[test]
fn the_starter_is_told_to_the_last_figure() {
    let page = report(&tokenomics_design::starter("Demo"));
    let (_, head) = page.split_once("<main").unwrap();
    let (head, _) = head.split_once("<section").unwrap();
    let told = format!("{}\n{}", lines(head).join("\n"), sections(&page));
    assert_eq!(told, include_str!("starter.txt"));
}

/// The hover notes of a part of a page, at its first drawing of each chart.
fn noted(page: &str, id: &str) -> Vec<Vec<String>> {
    let (_, part) = page.split_once(&format!("<section id=\"{id}\"")).unwrap();
    let (part, _) = part.split_once("</section>").unwrap();
    let wide = part.split("<svg class=\"wide\"").skip(1);
    let strips = wide.map(|svg| {
        let svg = svg.split("</svg>").next().unwrap_or_default();
        let strips = svg.split("<g class=\"strip\">").skip(1);
        strips.map(|strip| lines(strip).join(" ")).collect()
    });
    strips.collect()
}

const A_YEAR: &str = "[simulation]\nend = \"1y\"\n";

fn minted(rate: u32) -> String {
    format!(
        "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = {rate}\n\
         tick = \"1d\"\nend = \"100d\"\n"
    )
}

/// A thousand at genesis.
fn at_once() -> String {
    TEAM.replace("schedule = { kind = \"linear\", end = \"2y\" }", "")
}

fn ends(notes: &[String]) -> [&str; 2] {
    [&notes[0], &notes[notes.len() - 1]]
}

#[test]
fn inflation_is_drawn_in_percent_of_what_there_is() {
    let all = at_once();
    let window = "[simulation]\nend = \"50d\"\n";
    let design = |rate, more: &str| format!("{TOKEN}{window}{all}{}{more}", minted(rate));
    // 1 a day of 1,000, and then of 1,050: 365.25 a year.
    let page = report(&design(1, ""));
    let charts = noted(&page, "emission");
    assert_eq!(ends(&charts[0]), ["1 Jan 2024■ E 1", "19 Feb 2024■ E 1"]);
    assert_eq!(
        ends(&charts[1]),
        ["1 Jan 2024■ Minted 36.5%", "19 Feb 2024■ Minted 34.8%"]
    );
    assert!(!page.contains("Drawn up to 100%") && page.contains("Inflation of the total supply"));
    let page = report(&design(
        3,
        "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { burn = 1 }\n",
    ));
    assert_eq!(
        ends(&noted(&page, "emission")[1]),
        [
            "1 Jan 2024■ Burned 36.5%■ Minted 100.0%",
            "19 Feb 2024■ Burned 33.3%■ Minted 99.8%"
        ]
    );
    assert!(page.contains("Drawn up to 100%"));
}

#[test]
fn inflation_of_a_hundred_percent_is_not_clipped_and_nothing_is_none_of_nothing() {
    // 4 · 365.25 are 100% of 1 461, and then of more.
    let all = at_once().replace("1_000", "1_461");
    let page = report(&format!(
        "{TOKEN}[simulation]\nend = \"50d\"\n{all}{}",
        minted(4)
    ));
    assert_eq!(noted(&page, "emission")[1][0], "1 Jan 2024■ Minted 100.0%");
    assert!(!page.contains("Drawn up to 100%"));
    let later = minted(4).replace("end =", "start = \"20d\"\nend =");
    let page = report(&format!("{TOKEN}[simulation]\nend = \"50d\"\n{later}"));
    let inflation = &noted(&page, "emission")[1];
    assert_eq!(inflation[0], "1 Jan 2024■ Minted 0.00%");
    assert!(
        inflation
            .iter()
            .any(|note| note == "21 Jan 2024■ Minted 100.0%"),
        "{inflation:?}"
    );
}

#[test]
fn a_supply_is_drawn_by_who_holds_it() {
    let page = report(&tokenomics_design::starter("Demo"));
    assert_eq!(
        ends(&noted(&page, "supply")[0]),
        [
            "14 Jan 2027■ Not minted yet 136 M■ Unvested 949 M■ Treasury 1.44 M■ Locked for votes 15.2 M\
             ■ Circulating, liquid 36.1 M",
            "23 Dec 2032■ Burned 3.55 M■ Not minted yet 17.7 M■ Treasury 204 M■ Locked for votes 274 M\
             ■ Circulating, liquid 639 M",
        ]
    );
    // What isn't locked needs no other name where nothing can be.
    let page = report(&format!("{TOKEN}{A_YEAR}{TEAM}"));
    assert_eq!(told(&page, "supply")[2], "Circulating | Unvested");
}

#[test]
fn locks_are_drawn_in_percent_of_what_there_is() {
    let all = at_once();
    let rest = TEAM
        .replace("Team", "Later")
        .replace("2y\"", "2y\", gate = \"2y\"");
    let escrow = "[escrow]\nshare = 0.3\nduration = \"728d\"\nmax = \"1456d\"\n";
    let page = report(&format!("{TOKEN}{A_YEAR}{all}{rest}{escrow}"));
    let charts = noted(&page, "locks");
    assert_eq!(
        [ends(&charts[0]), ends(&charts[1])],
        [
            [
                "3 Jan 2024■ of the total supply 15.0%■ of what circulates 30.0%",
                "30 Dec 2024■ of the total supply 15.0%■ of what circulates 30.0%"
            ],
            [
                "3 Jan 2024■ Vote weight 149■ Locked 300",
                "30 Dec 2024■ Vote weight 149■ Locked 300"
            ]
        ]
    );
}

#[test]
fn collateral_is_drawn_against_what_is_owed() {
    let page = report(&tokenomics_design::starter("Demo"));
    let notes = &noted(&page, "collateral")[0];
    assert_eq!(
        notes[2..5],
        [
            "prices −20%■ Owed 1.50 M■ Credit: enough 1.92 M",
            "prices −30%■ Owed 1.50 M■ Credit: enough 1.68 M",
            "prices −40%■ Owed 1.50 M■ Credit: not enough, can… 1.44 M",
        ]
    );
    // Bars are as wide as each other, the last too.
    let (_, part) = page.split_once("<section id=\"collateral\"").unwrap();
    let widths = part.split("<g class=\"strip\"><rect ").skip(1).take(10);
    let widths: Vec<_> = widths.filter_map(|s| s.split('"').nth(5)).collect();
    assert!(
        widths.iter().all(|width| ["93", "94"].contains(width)),
        "{widths:?}"
    );
    assert_eq!(
        (notes.len(), &*notes[0]),
        (10, "prices −0%■ Owed 1.50 M■ Credit: enough 2.40 M")
    );
}

#[test]
fn a_debt_that_counts_for_more_to_open_is_told_both_ways() {
    let page = report(&format!(
        "{TOKEN}{A_YEAR}{TEAM}[collateral]\nquote = \"USD\"\ndecimals = 2\n\
         [[collateral.holding]]\nname = \"SOL\"\ndecimals = 0\namount = 100\nprice = 20\n\
         initial = 0.2\nmaintenance = 0.1\n\
         [[collateral.debt]]\nname = \"D\"\ndecimals = 0\namount = 1_400\nprice = 1\n\
         initial = 0.2\nmaintenance = 0.1\n"
    ));
    let told = told(&page, "collateral");
    assert_eq!(
        told[5],
        "Owed | 1.54 K | 1.68 K to borrow: no more can be borrowed"
    );
}

#[test]
fn what_is_neither_owed_nor_covered_is_told() {
    let basket = |amount: u32, debt: u32| {
        let page = report(&format!(
            "{TOKEN}{A_YEAR}{TEAM}[collateral]\nquote = \"USD\"\ndecimals = 2\n\
             [[collateral.holding]]\nname = \"ETH\"\ndecimals = 0\namount = {amount}\nprice = 100\n\
             initial = 0.5\nmaintenance = 0.25\n\
             [[collateral.debt]]\nname = \"D\"\ndecimals = 0\namount = {debt}\nprice = 1\n"
        ));
        let told = told(&page, "collateral");
        (
            told[1..8].to_vec(),
            page.contains("Credit for staying open"),
        )
    };
    let told = [(10, 0), (0, 10), (10, 1_000)].map(|(amount, debt)| basket(amount, debt));
    assert_eq!(
        told.map(|(told, _)| told),
        [
            [
                "Nothing is owed, so no fall of prices can do harm.",
                "Worth | 1.00 K | USD",
                "Credit to borrow | 500 | after initial haircuts",
                "Credit to stay open | 750 | after maintenance haircuts",
                "Owed | 0 | more could be borrowed",
                "Health | no debt | may stay open",
                "Survives a fall of | 100% | of all prices at once"
            ],
            [
                "Already at today's prices the collateral does not cover what is owed.",
                "Worth | 0 | USD",
                "Credit to borrow | 0 | after initial haircuts",
                "Credit to stay open | 0 | after maintenance haircuts",
                "Owed | 10 | no more can be borrowed",
                "Health | 0.000 | can be liquidated",
                "Survives a fall of | none | of all prices at once"
            ],
            [
                "Already at today's prices the collateral does not cover what is owed.",
                "Worth | 1.00 K | USD",
                "Credit to borrow | 500 | after initial haircuts",
                "Credit to stay open | 750 | after maintenance haircuts",
                "Owed | 1.00 K | no more can be borrowed",
                "Health | 0.750 | can be liquidated",
                "Survives a fall of | none | of all prices at once"
            ],
        ]
    );
    assert!([(10, 0), (0, 10)]
        .into_iter()
        .all(|(amount, debt)| basket(amount, debt).1));
    assert!(!basket(0, 0).1);
}

#[test]
fn bars_are_as_long_as_their_part_of_the_largest() {
    let one = |name: &str, who: &str, amount: &str| {
        TEAM.replace("Team", name)
            .replace("builders", who)
            .replace("1_000", amount)
    };
    let page = report(&format!(
        "{TOKEN}{A_YEAR}{}{}",
        one("A", "users", "300"),
        one("B", "investors", "100")
    ));
    let (_, part) = page.split_once("<section id=\"who\"").unwrap();
    let widths = part.split("style=\"width:").skip(1);
    let widths: Vec<_> = widths.filter_map(|width| width.split('"').next()).collect();
    // 366 of 731 days of 300 and of 100, and the rest: each of 300, rounded down.
    assert_eq!(widths, ["50.06%", "49.93%", "16.68%", "16.64%"]);
    assert_eq!(
        told(&page, "who"),
        [
            "Who gets what",
            "Users get most: 75.0% of the maximum.",
            "Vested by the end | Still to come",
            "Users | 75.0%",
            "Investors | 25.0%",
            "Stakeholder | Allocated | Vested by the end | % of max",
            "Users | 300.0000 | 150.2051 | 75.00%",
            "Investors | 100.0000 | 50.0683 | 25.00%",
            "All | 400.0000 | 200.2735 | 100.00%",
        ]
    );
    // With a single kind of part there is nothing to tell apart.
    let all = at_once();
    assert!(!told(&report(&format!("{TOKEN}{A_YEAR}{all}")), "who")
        .contains(&"Vested by the end".to_owned()));
}

#[test]
fn unlocks_of_many_at_once_are_told_with_the_largest_six() {
    let days = |count: u32| {
        let each = (1..=count).map(|n| {
            format!(
                "[[allocation]]\nname = \"{n}\"\nstakeholder = \"users\"\namount = {}\n\
                 schedule = {{ kind = \"cliff\", at = \"31d\" }}\n",
                100 * n
            )
        });
        let page = report(&format!("{TOKEN}{A_YEAR}{}", each.collect::<String>()));
        told(&page, "unlocks")
    };
    let largest =
        "2024-02-01 | 2 800.000 | 100.00% | 7 700 · 6 600 · 5 500 · 4 400 · 3 300 · 2 200 · 1 more";
    assert!(days(7).contains(&largest.to_owned()));
    let largest =
        "2024-02-01 | 2 100.000 | 100.00% | 6 600 · 5 500 · 4 400 · 3 300 · 2 200 · 1 100";
    assert!(days(6).contains(&largest.to_owned()));
    // What mints nothing has no column for it.
    assert_eq!(
        days(7)[days(7).len() - 3..],
        [
            "Month | Unlocks | % of max",
            "2024-01 | 0.000 | 0.00%",
            "2024-02 | 2 800.000 | 100.00%"
        ]
    );
}

#[test]
fn key_dates_are_those_of_the_window() {
    let window = "[simulation]\nstart = 2024-06-01\nend = \"3y\"\n";
    let lump = TEAM
        .replace("Team", "Lump")
        .replace("kind = \"linear\", end", "kind = \"cliff\", at");
    let page = report(&format!("{TOKEN}{window}{TEAM}{lump}"));
    let told = told(&page, "unlocks");
    let from = told.iter().position(|line| line == "Key dates in order");
    assert_eq!(
        told[from.unwrap() + 2..][..3],
        [
            "2026-01-01 | Team | wholly vested | 1 000.000",
            "2026-01-01 | Lump | unlocks all at once | 1 000.000",
            "Every month",
        ]
    );
}

#[test]
fn years_beyond_two_dozen_scroll() {
    let tall = |years: u32| {
        let page = report(&format!("{TOKEN}{TEAM}[simulation]\nend = \"{years}y\"\n"));
        let (_, part) = page.split_once("<section id=\"years\"").unwrap();
        (
            told(&page, "years").len(),
            part.contains("class=\"table tall\""),
        )
    };
    assert_eq!([23, 24].map(tall), [(28, false), (29, true)]);
}
