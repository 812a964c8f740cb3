//! Whole reports, of plain and of extreme designs.

mod bins;
mod bounds;
pub(crate) mod flows;
mod ladders;
mod locks;
mod notes;
mod sentences;
mod series;
mod summary;
mod told;
mod words;

use tokenomics_fixed_math::Amount;

use crate::bins::Calendar;
use crate::view::View;
use crate::write_report;
use tokenomics_design::{Design, Overrides};
use tokenomics_engine::run;

/// The report of a design, which has to be valid.
fn report(text: &str) -> String {
    let design = Design::parse("design.toml", text, Overrides::default());
    let design = design.unwrap_or_else(|problems| panic!("{problems:?}"));
    let run = run(&design).unwrap();
    let mut page = Vec::new();
    write_report(&run, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

const TOKEN: &str = r#"
[token]
name = "Demo"
symbol = "DMO"
decimals = 18
genesis = 2024-01-01
"#;

const TEAM: &str = r#"
[[allocation]]
name = "Team"
stakeholder = "builders"
amount = 1_000
schedule = { kind = "linear", end = "2y" }
"#;

/// Each opening tag that HTML wants closed is closed, as often as it is opened.
fn assert_balanced(page: &str) {
    for tag in [
        "main", "section", "svg", "g", "table", "tr", "td", "dl", "div", "details", "figure",
    ] {
        let opened =
            page.matches(&format!("<{tag} ")).count() + page.matches(&format!("<{tag}>")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn a_page_needs_nothing_from_elsewhere() {
    let page = report(&format!("{TOKEN}{TEAM}"));
    for foreign in [
        "http://", "https://", "<script", "<link", "@import", "url(", "#F00D",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert_balanced(&page);
}

#[test]
fn a_page_has_the_parts_that_its_design_has() {
    let page = report(&format!("{TOKEN}{TEAM}"));
    for id in ["supply", "unlocks", "who", "years", "accounts"] {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    for id in ["emission", "locks", "fees", "collateral"] {
        assert!(!page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    let emission = r#"
        [[emission]]
        name = "Mining"
        kind = "geometric-epochs"
        stakeholder = "users"
        rate = "0.000001"
        epoch = "365d"
        decay = "1/2"
        max_epochs = 4
        [escrow]
        share = 0.3
        duration = "728d"
        max = "1460d"
        [fees]
        asset = "USDC"
        decimals = 6
        revenue = 100
        per = "1w"
        price = 2
        routes = { lockers = 0.5, burn = 0.5 }
        [collateral]
        quote = "USD"
        decimals = 6
        [[collateral.holding]]
        name = "ETH"
        decimals = 18
        amount = 10
        price = 2_000
        initial = 0.2
        maintenance = 0.1
        [[collateral.debt]]
        name = "USDC"
        decimals = 6
        amount = 9_000
        price = 1
    "#;
    let page = report(&format!("{TOKEN}{TEAM}{emission}"));
    for id in ["emission", "locks", "fees", "collateral"] {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    assert!(
        page.contains("It survives a fall of all prices by 50.00%"),
        "50% of 20,000 after 10%"
    );
    assert_balanced(&page);
}

#[test]
fn names_cannot_write_markup() {
    let name = r#"<script>alert("x")</script>'&"#;
    let text = format!("{TOKEN}{TEAM}")
        .replace("\"Demo\"", &format!("'''{name}'''"))
        .replace("\"DMO\"", &format!("'''{name}'''"))
        .replace("\"Team\"", &format!("'''{name}'''"));
    let page = report(&text);
    assert!(!page.contains("<script"));
    assert!(page.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;'&amp;"));
    assert_balanced(&page);
}

#[test]
fn a_run_of_two_points_and_one_of_seconds_have_a_page() {
    for (end, step) in [("1s", "1s"), ("10s", "1y"), ("90s", "7s")] {
        let window = format!("[simulation]\nend = \"{end}\"\nstep = \"{step}\"\n");
        assert_balanced(&report(&format!("{TOKEN}{TEAM}{window}")));
    }
}

#[test]
fn a_window_may_begin_before_or_after_genesis() {
    for start in ["2020-01-01", "2024-01-20", "2025-06-01", "2030-01-01"] {
        let text = format!(
            "{TOKEN}{TEAM}{}",
            TEAM.replace("Team", "B").replace("schedule", "#")
        );
        let start = Some(tokenomics_design::calendar::parse_date(start).unwrap());
        let end = Some(tokenomics_design::calendar::parse_date("2031-01-01").unwrap());
        let design = Design::parse(
            "d",
            &text,
            Overrides {
                start,
                end,
                step: None,
            },
        )
        .unwrap();
        let run = run(&design).unwrap();
        let mut page = Vec::new();
        write_report(&run, &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        let noted =
            page.contains("Without the 1.00\u{202f}K\u{a0}DMO that unlock at genesis itself.");
        assert_eq!(noted, design.window.start <= design.token.genesis);
        assert_balanced(&page);
    }
}

#[test]
fn a_supply_of_nothing_has_a_page() {
    let page = report(&format!("{TOKEN}{TEAM}").replace("1_000", "0"));
    assert!(page.contains("Nothing is ever issued or minted."));
    let nobody = report(&format!("{TOKEN}[simulation]\nend = \"1y\"\n"));
    assert!(!nobody.contains("<section id=\"unlocks\""));
}

#[test]
fn a_supply_without_a_maximum_is_not_said_to_have_one() {
    let emission = "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 1\ntick = \"1d\"\n";
    let emission = format!("{TOKEN}{TEAM}{emission}");
    let page = report(&emission);
    for claim in [
        "ever exist",
        "Maximum",
        "the maximum",
        "% of max",
        "Half of it",
    ] {
        assert!(!page.contains(claim), "{claim}");
    }
    assert!(page.contains("there is no end to it") && page.contains("never"));
    assert!(report(&format!("{emission}cap = 10\n")).contains("Maximum supply"));
}

#[test]
fn the_largest_supply_has_a_page() {
    let text = format!("{TOKEN}{TEAM}")
        .replace("decimals = 18", "decimals = 0")
        .replace("1_000", "\"340282366920938463463374607431768211455\"");
    let page = report(&text).replace('\u{202f}', " ");
    assert!(page.contains("3.40 × 10³⁸"));
    assert!(page.contains("340 282 366 920 938 463 463 374 607 431 768 211 455"));
    let text = text
        .replace("decimals = 0", "decimals = 38")
        .replace("\"3402", "\"3.402");
    assert!(report(&text).contains("40282366920938463463374607431768211455"));
}

#[test]
fn forty_allocations_share_eight_colours_and_one_for_the_rest() {
    let each = |n: usize| {
        TEAM.replace("Team", &format!("Round {n}"))
            .replace("1_000", &(n + 1).to_string())
    };
    let page = report(&format!("{TOKEN}{}", (0..40).map(each).collect::<String>()));
    assert!(page.contains("32 others"));
    assert!(page.contains("Round 0"));
    assert_balanced(&page);
}

#[test]
fn centuries_are_drawn_to_where_they_are_eventful_and_told_in_years() {
    let emission = r#"
        [[emission]]
        name = "Mining"
        kind = "geometric-epochs"
        stakeholder = "users"
        rate = "8.714335457889396245"
        epoch = "365d"
        decay = "1000000000000000000/1189207115002721024"
        [simulation]
        end = "245y"
    "#;
    let page = report(&format!("{TOKEN}{TEAM}{emission}"));
    assert!(page.contains("Charts end in 20"));
    assert!(page.contains("the window goes on to 2269"));
    assert!(page.len() < 1_500_000, "{}", page.len());
}

#[test]
fn a_long_window_is_drawn_whole_if_all_is_settled_at_once() {
    let all = TEAM.replace("schedule = { kind = \"linear\", end = \"2y\" }", "");
    let page = report(&format!("{TOKEN}{all}[simulation]\nend = \"40y\"\n"));
    assert!(!page.contains("Charts end in"));
    assert!(!page.contains("NaN"));
}

#[test]
fn a_long_vesting_is_told_by_year() {
    let page = report(&format!("{TOKEN}{}", TEAM.replace("2y", "30y")));
    assert!(page.contains("By year and allocation"));
    let page = report(&format!("{TOKEN}{}", TEAM.replace("2y", "7000y")));
    assert!(page.contains("By century and allocation"));
}

#[test]
fn many_steps_make_no_large_page() {
    let text = format!("{TOKEN}{TEAM}[simulation]\nend = \"12800d\"\nstep = \"1d\"\n");
    let page = report(&text);
    assert!(page.len() < 1_000_000, "{}", page.len());
}

#[test]
fn the_calendar_and_genesis_sum_to_the_supply_however_months_are_joined() {
    for end in ["1y", "30y", "300y"] {
        let lump = TEAM
            .replace("Team", "Lump")
            .replace("schedule = { kind = \"linear\", end = \"2y\" }", "");
        let text = format!("{TOKEN}{lump}{}", TEAM.replace("2y", end));
        let design = Design::parse("design.toml", &text, Overrides::default()).unwrap();
        let run = run(&design).unwrap();
        let view = View::new(&run);
        let calendar = Calendar::of_all(&view).unwrap();
        let totals = calendar.bins.iter().map(|bin| bin.total);
        let sum = Amount::try_sum(totals.chain([run.at_genesis])).unwrap();
        assert_eq!(sum, design.token.supply, "{end}");
        assert!(calendar.bins.len() <= 301);
    }
}

#[test]
fn the_accounts_table_ends_in_the_supply_to_the_last_digit() {
    let odd = TEAM.replace("1_000", "\"1234.000000000000000007\"");
    let page = report(&format!("{TOKEN}{odd}")).replace('\u{202f}', " ");
    let (_, accounts) = page.split_once("<section id=\"accounts\"").unwrap();
    let (_, sum) = accounts.split_once("<tfoot>").unwrap();
    assert!(sum.contains("1 234<span class=\"frac\">.000000000000000007</span>"));
}

#[test]
fn no_element_has_an_attribute_twice() {
    let page = report(&tokenomics_design::starter("Demo"));
    for tag in page.split('<').filter_map(|tag| tag.split('>').next()) {
        assert!(tag.matches(" class=").count() <= 1, "{tag}");
    }
}

#[test]
fn what_is_burned_stands_beside_what_is_minted() {
    let page = |revenue: u32| {
        let minting = r#"
            [[emission]]
            name = "Mining"
            kind = "constant"
            stakeholder = "operators"
            tick = "1d"
            rate = 10
            end = "100d"
        "#;
        let fees = format!("[fees]\nrevenue = {revenue}\nper = \"1d\"\nroutes = {{ burn = 1 }}\n");
        report(&format!(
            "{TOKEN}[simulation]\nend = \"100d\"\nstep = \"1d\"\n{TEAM}{minting}{fees}"
        ))
    };
    let none = report(&format!("{TOKEN}{TEAM}"));
    assert!(!none.contains("Burned") && !none.contains("are burned"));
    // 1,000 are minted; of revenue, as much is burned as circulates.
    for (revenue, net) in [
        (4, "600 DMO more than without either"),
        (11, "100 DMO less than without either"),
        (10, "and as much is burned"),
    ] {
        let page = page(revenue).replace(['\u{a0}', '\u{202f}'], " ");
        assert!(page.contains(net), "{revenue}");
        assert!(page.contains("Minted and burned of the total supply"));
    }
}
