//! What a wrong design is answered with: every problem at once, each with its place.

use tokenomics_simulation::{read_text, Design, Invalid, Overrides, ReadError};

mod amounts;
mod boundaries;
mod collateral;
mod collateral_rules;
mod emissions;
mod fees;
mod gauges;
mod programmes;
mod routes;
mod schedules;
mod vaults;

fn refused(text: &str) -> Invalid {
    Design::parse("design.toml", text, Overrides::default()).expect_err(text)
}

/// The underlined texts and messages of all problems.
fn found(text: &str) -> Vec<(String, String)> {
    let invalid = refused(text);
    let underlined = |span: &std::ops::Range<usize>| text[span.clone()].to_owned();
    invalid
        .problems()
        .iter()
        .map(|p| (underlined(&p.span), p.message.clone()))
        .collect()
}

/// Asserts that the only problem underlines `place` and says `words`.
#[track_caller]
fn one(text: &str, place: &str, words: &str) {
    let found = found(text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, place, "{found:?}");
    assert!(found[0].1.contains(words), "{found:?}");
}

const TOKEN: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 6\ngenesis = 2026-01-01\n";

/// Asserts that nothing is wrong.
#[track_caller]
fn sound(text: &str) {
    let read = Design::parse("design.toml", text, Overrides::default());
    assert!(
        read.is_ok(),
        "{:?} in {text}",
        read.map_err(|it| it.problems().to_vec())
    );
}

fn with(rest: &str) -> String {
    format!("{TOKEN}{rest}")
}

fn allocation(rest: &str) -> String {
    with(&format!(
        "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\n{rest}\n"
    ))
}

fn scheduled(schedule: &str) -> String {
    allocation(&format!("amount = 100\nschedule = {schedule}"))
}

#[test]
fn the_least_design_is_a_token_alone() {
    assert!(Design::parse("d", TOKEN, Overrides::default()).is_ok());
}

#[test]
fn all_problems_of_a_file_are_named_at_once_and_in_its_order() {
    let text = "[token]\nname = \"\"\nsymbol = 5\ndecimals = 39\nsuply = 1\n[[allocation]]\nname = \"A\"\nstakeholder = \"user\"\namount = -1\nschedule = { kind = \"liner\" }\n[simulation]\nstep = \"0d\"\n";
    let places: Vec<_> = found(text).into_iter().map(|(place, _)| place).collect();
    assert_eq!(
        places,
        [
            "token",
            "\"\"",
            "5",
            "39",
            "suply",
            "\"user\"",
            "-1",
            "\"liner\"",
            "\"0d\""
        ]
    );
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    let invalid = refused(&allocation("amount = 1\nshedule = {}"));
    assert_eq!(invalid.problems()[0].label, "did you mean `schedule`?");
    one(&with("[fee]\n"), "fee", "unknown key `fee`");
    // A key that there might have been, as it may stand beside a schedule.
    let invalid = refused(&scheduled("{ kind = \"cliff\" }\nat_gensis = 1"));
    assert_eq!(invalid.problems()[0].label, "did you mean `at_genesis`?");
}

/// Of eight letters five are the same, in their order, and not the first: three quarters alike.
#[test]
fn what_is_not_more_alike_than_three_quarters_is_no_hint() {
    let unknown = TOKEN.to_owned() + "xxximals = 1\n";
    assert_eq!(
        refused(&unknown).problems()[0].label,
        "not a key of this table"
    );
    let near = TOKEN.to_owned() + "dxximals = 1\n";
    assert_eq!(
        refused(&near).problems()[0].label,
        "did you mean `decimals`?"
    );
    let who = |who: &str| allocation("amount = 1").replace("users", who);
    let message = |text: &str| refused(text).problems()[0].message.clone();
    assert_eq!(message(&who("xxxlders")), "`xxxlders` is not known here");
    let hint = "`bxxlders` is not known here: did you mean `builders`?";
    assert_eq!(message(&who("bxxlders")), hint);
}

/// A key that is wrong is not taken as left out: no second problem follows from what would stand for it.
#[test]
fn what_is_said_wrongly_is_not_taken_as_not_said() {
    let linear = "amount = 1\nschedule = { kind = \"linear\", start = \"soon\", end = 2025-06-01 }";
    one(&allocation(linear), "\"soon\"", "`soon` is not a date");
    let routes = |routes: &str| {
        with(&format!(
            "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = {routes}\n"
        ))
    };
    one(
        &routes("{ burn = \"half\", treasury = 0.5 }"),
        "\"half\"",
        "`half`",
    );
    one(&routes("5"), "5", "expected a table, found an integer");
    one(
        &routes("{}").replace("routes = {}\n", ""),
        "fees",
        "[fees] needs `routes`",
    );
}

#[test]
fn the_number_of_problems_is_told() {
    let told = |count: usize| {
        let keys = (0..count).map(|n| format!("k{n} = 1\n"));
        refused(&format!("{}{TOKEN}", keys.collect::<String>())).to_string()
    };
    assert_eq!(told(1), "design.toml has a problem");
    assert_eq!(told(2), "design.toml has 2 problems");
    assert_eq!(told(100), "design.toml has 100 problems");
    let first = "design.toml has 101 problems, of which these are the first 100";
    assert_eq!(told(101), first);
}

#[test]
fn a_file_may_be_as_large_as_is_said_and_no_byte_larger() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("five-bytes.txt");
    std::fs::write(&path, "12345").unwrap();
    assert_eq!(read_text(&path, 5).unwrap(), "12345");
    let beyond = read_text(&path, 4).unwrap_err();
    assert!(matches!(beyond, ReadError::TooLarge { limit: 4, .. }));
}

#[test]
fn a_syntax_error_is_placed() {
    one("[token\nname = 1\n", "", "not TOML");
    one("[token]\nname = \"a\"\nname = \"b\"\n", "name", "not TOML");
}

#[test]
fn backward_and_overlapping_dates_are_refused() {
    let linear = |rest: &str| {
        allocation(&format!(
            "amount = 1\nschedule = {{ kind = \"linear\", {rest} }}"
        ))
    };
    one(
        &linear("start = 2027-01-01, end = 2026-06-01"),
        "2026-06-01",
        "does not follow the start",
    );
    one(
        &linear("start = 2027-01-01, end = 2027-01-01"),
        "2027-01-01",
        "does not follow the start",
    );
    one(
        &linear("end = \"1y\", gate = \"2y\""),
        "\"2y\"",
        "after the end",
    );
    one(
        &linear("start = 2027-01-01, end = \"1y\", gate = 2026-12-31"),
        "2026-12-31",
        "does not follow the start",
    );
    let lump = "amount = 1\nschedule = { kind = \"lump-linear\", cliff = \"2y\", end = \"1y\", lump_share = 0.5 }";
    one(&allocation(lump), "\"1y\"", "does not follow the cliff");
    one(
        &with("[simulation]\nstart = 2027-01-01\nend = 2026-01-01\n"),
        "simulation",
        "does not follow",
    );
    one(
        &with("[fees]\nrevenue = 1\nper = \"1d\"\nend = 2025-01-01\nroutes = { burn = 1 }\n"),
        "2025-01-01",
        "does not follow",
    );
    one(
        &with("[fees]\nrevenue = 1\nper = \"1d\"\nstart = 2025-01-01\nroutes = { burn = 1 }\n"),
        "2025-01-01",
        "before genesis",
    );
}

#[test]
fn a_route_that_buys_needs_a_price() {
    let other = "[fees]\nasset = \"USD\"\ndecimals = 2\nrevenue = 1\nper = \"1d\"\nroutes = { buyback = 1 }\n";
    one(&with(other), "buyback", "needs its price");
    let own = "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { buyback = 1 }\n";
    one(&with(own), "buyback", "cannot buy");
}

#[test]
fn too_many_steps_are_refused_before_they_are_run() {
    let text = with("[simulation]\nstep = \"1s\"\n");
    one(&text, "simulation", "too many");
}

#[test]
fn a_file_of_nothing_but_problems_shows_the_first_hundred() {
    use miette::Diagnostic as _;
    let text: String = (0..30_000).map(|n| format!("k{n} = 1\n")).collect();
    let invalid = refused(&text);
    assert_eq!(invalid.problems().len(), 30_001);
    assert_eq!(invalid.related().unwrap().count(), 100);
    assert!(invalid
        .to_string()
        .contains("30001 problems, of which these are the first 100"));
}

#[test]
fn more_events_than_a_run_may_have_name_the_key_that_brings_most() {
    let claims = "[simulation]\nend = \"4y\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1\nclaim_every = \"1s\"\nschedule = { kind = \"linear\", end = \"4y\" }\n";
    let text = with(claims);
    one(
        &text,
        "[token]",
        "126230400 events are too many, 126230400 of them by `claim_every` of A",
    );
    // Of a hundred million seconds, each may be one.
    let end = |seconds: u64| text.replace("end = \"4y\"\n[[", &format!("end = \"{seconds}s\"\n[["));
    assert!(Design::parse("d", &end(100_000_000), Overrides::default()).is_ok());
    one(&end(100_000_001), "[token]", "100000001 events");
    let locks =
        "[simulation]\nend = \"4y\"\n[escrow]\nshare = 0.1\nduration = \"9d\"\ngranule = \"1s\"\n";
    one(&with(locks), "[token]", "re-locking by `every` of [escrow]");
    let fees = "[simulation]\nend = \"4y\"\n[fees]\nasset = \"USD\"\ndecimals = 2\nprice = 1\nrevenue = 1\nper = \"1s\"\nroutes = { burn = 1 }\n";
    one(&with(fees), "[token]", "`per` of Fees");
    assert!(Design::parse(
        "d",
        &with(&fees.replace("price = 1\n", "").replace("burn", "users")),
        Overrides::default()
    )
    .is_ok());
}
