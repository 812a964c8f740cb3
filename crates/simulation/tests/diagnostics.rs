//! What a wrong design is answered with: every problem at once, each with its place.

use tokenomics_simulation::{import, Design, Invalid, Overrides};

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

fn with(rest: &str) -> String {
    format!("{TOKEN}{rest}")
}

fn allocation(rest: &str) -> String {
    with(&format!(
        "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\n{rest}\n"
    ))
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
fn a_gate_may_stand_at_the_start_or_at_the_end() {
    for gate in ["2026-01-01", "2027-01-01"] {
        let schedule = format!(
            "amount = 1\nschedule = {{ kind = \"linear\", end = 2027-01-01, gate = {gate} }}"
        );
        let design = Design::parse("d", &allocation(&schedule), Overrides::default());
        assert!(design.is_ok(), "{design:?}");
    }
}

#[test]
fn shares_that_do_not_sum_to_one_are_refused() {
    let two = |a: &str, b: &str| {
        let supply = TOKEN.to_owned() + "supply = 100\n";
        format!("{supply}[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nshare = {a}\n[[allocation]]\nname = \"B\"\nstakeholder = \"users\"\nshare = {b}\n")
    };
    assert!(Design::parse("d", &two("0.1", "0.9"), Overrides::default()).is_ok());
    one(
        &two("0.5", "0.499999999999999999"),
        "0.499999999999999999",
        "sum to 0.999999999999999999, not to 1",
    );
    one(&two("1", "1"), "1", "sum to 2, not to 1");
    one(&two("0.5", "1.5"), "1.5", "is not usable");
    let routes = "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { burn = 0.5, treasury = 0.4 }\n";
    one(&with(routes), "routes", "sum to 0.9, not to 1");
}

#[test]
fn an_allocation_beyond_the_supply_is_refused_and_so_is_a_supply_left_over() {
    let text = |supply: &str| {
        let token = TOKEN.to_owned() + &format!("supply = {supply}\n");
        format!("{token}[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 60\n[[allocation]]\nname = \"B\"\nstakeholder = \"users\"\namount = 40.000001\n")
    };
    assert!(Design::parse("d", &text("100.000001"), Overrides::default()).is_ok());
    one(&text("100"), "40.000001", "only 40 is left");
    one(&text("100.000002"), "100.000002", "leaves 0.000001");
}

#[test]
fn amounts_are_refused_when_negative_too_precise_or_too_large() {
    one(&allocation("amount = -1"), "-1", "negative");
    one(
        &allocation("amount = 0.1234567"),
        "0.1234567",
        "7 digits after the point, but at most 6",
    );
    one(&allocation("amount = \"1e6\""), "\"1e6\"", "not usable");
    one(&allocation("amount = 1e6"), "1e6", "not usable");
    one(&allocation("amount = nan"), "nan", "not usable");
    one(&allocation("amount = true"), "true", "found true or false");
    let most = "340282366920938463463374607431768.211455";
    assert!(Design::parse(
        "d",
        &allocation(&format!("amount = {most}")),
        Overrides::default()
    )
    .is_ok());
    let beyond = "340282366920938463463374607431768.211456";
    one(
        &allocation(&format!("amount = {beyond}")),
        beyond,
        "not usable",
    );
}

#[test]
fn numbers_with_a_point_are_read_digit_by_digit_and_not_as_floats() {
    let text = allocation("amount = 0.100003");
    let design = Design::parse("d", &text, Overrides::default()).unwrap();
    assert_eq!(design.allocations[0].amount.get(), 100_003);
}

#[test]
fn sizes_are_given_in_one_way() {
    one(
        &allocation("amount = 1\nshare = 0.5"),
        "[[allocation]]",
        "sized in one way",
    );
    one(&allocation(""), "[[allocation]]", "sized in one way");
    one(&allocation("share = 1"), "1", "need a supply");
}

#[test]
fn a_route_that_buys_needs_a_price() {
    let other = "[fees]\nasset = \"USD\"\ndecimals = 2\nrevenue = 1\nper = \"1d\"\nroutes = { buyback = 1 }\n";
    one(&with(other), "buyback", "needs its price");
    let own = "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { buyback = 1 }\n";
    one(&with(own), "buyback", "cannot buy");
}

#[test]
fn an_emission_that_never_ends_is_refused() {
    let emission = |rest: &str| {
        with(&format!("[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"geometric-epochs\"\nrate = 1\nepoch = \"1d\"\n{rest}\n"))
    };
    assert!(Design::parse("d", &emission("decay = \"1/2\""), Overrides::default()).is_ok());
    one(&emission("decay = 1"), "1", "cannot be");
    assert!(Design::parse(
        "d",
        &emission("decay = 1\nmax_epochs = 3"),
        Overrides::default()
    )
    .is_ok());
    one(&emission("decay = \"1/0\""), "\"1/0\"", "not usable");
    one(
        &emission("decay = 0.5\ntick = \"7h\""),
        "\"1d\"",
        "not a whole number of ticks",
    );
}

#[test]
fn too_many_steps_are_refused_before_they_are_run() {
    let text = with("[simulation]\nstep = \"1s\"\n");
    one(&text, "simulation", "too many");
}

#[test]
fn a_table_with_wrong_rows_is_refused_row_by_row() {
    let table = "recipient,kind,start,end,step_seconds,steps,amount_micro\n\
        A,linear,200,100,,,5\n\
        B,clif,100,,,,5\n\
        C,cliff,100,,,,-5\n\
        D,step,100,,0,3,5\n\
        E,cliff,yesterday,,,,5\n";
    let error = import("t.csv", table, None).unwrap_err();
    let tokenomics_simulation::ImportError::Invalid(invalid) = error else {
        panic!("{error}")
    };
    let rows: Vec<_> = invalid
        .problems()
        .iter()
        .map(|p| &table[p.span.clone()])
        .collect();
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert!(rows[0].starts_with("A,") && rows[4].starts_with("E,"));
}

#[test]
fn a_table_of_many_protocols_asks_which_one() {
    let table = "protocol,recipient,kind,start,amount\nuno,A,cliff,100,5\nduo,A,cliff,100,5\n";
    assert!(import("t.csv", table, None)
        .unwrap_err()
        .to_string()
        .contains("2 protocols"));
    assert!(import("t.csv", table, Some("un"))
        .unwrap_err()
        .to_string()
        .contains("`un`"));
    assert!(import("t.csv", table, Some("uno"))
        .unwrap()
        .contains("name = \"uno\""));
}

#[test]
fn a_spreadsheet_with_semicolons_dates_and_a_byte_order_mark_is_read() {
    let table = "\u{feff}Recipient;Kind;Start;End;Amount\r\n\"Team; core\";linear;2026-01-01;2027-01-01;1_000.5\r\n";
    let design = import("plan.csv", table, None).unwrap();
    let design = Design::parse("d", &design, Overrides::default()).unwrap();
    assert_eq!(design.token.name, "plan");
    assert_eq!(design.allocations[0].name, "Team; core");
    assert_eq!(design.allocations[0].amount.get(), 1_000_500_000);
}

#[test]
fn names_with_quotes_and_line_breaks_survive_an_import() {
    let table = "recipient,kind,start,amount\n\"a \"\"b\"\"\n[token]\",cliff,100,5\n";
    let design = import("x\n[evil].csv", table, None).unwrap();
    let design = Design::parse("d", &design, Overrides::default()).unwrap();
    assert_eq!(design.allocations[0].name, "a \"b\"\n[token]");
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

fn emission(rest: &str) -> String {
    with(&format!(
        "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\n{rest}\n"
    ))
}

#[test]
fn a_curve_says_which_of_its_keys_is_missing_or_too_much() {
    one(
        &emission("kind = \"constant\""),
        "[[emission]]",
        "needs `rate`",
    );
    one(
        &emission("kind = \"constant\"\ntotal = 1"),
        "[[emission]]",
        "needs `end`",
    );
    one(
        &emission("kind = \"constant\"\ntotal = 1\nrate = 1\nend = \"1d\""),
        "rate",
        "both `total` and `rate`",
    );
    one(
        &emission("kind = \"linear-rate\"\nrate = 1\nend = \"1d\""),
        "[[emission]]",
        "needs `last_rate`",
    );
    one(
        &emission("kind = \"constant\"\nrate = 1\ndecay = 1"),
        "decay",
        "unknown key",
    );
    one(
        &emission("kind = \"constnt\"\nrate = 1"),
        "\"constnt\"",
        "did you mean `constant`",
    );
}

#[test]
fn a_decay_must_fall() {
    one(
        &emission("kind = \"geometric\"\ntotal = 1\nepoch = \"1d\"\ndecay = 1"),
        "decay",
        "never falls",
    );
    one(
        &emission("kind = \"exponential\"\ntotal = 1"),
        "[[emission]]",
        "needs `half_life`",
    );
    one(
        &emission("kind = \"exponential\"\ntotal = 1\nhalf_life = \"1d\"\ndecay = 0.5"),
        "decay",
        "both `half_life` and `decay`",
    );
    one(
        &emission("kind = \"logistic\"\nsupply = 2\nceiling = 2\nrate = 1"),
        "supply",
        "cannot be",
    );
    one(
        &emission("kind = \"exponential\"\ntotal = 1\nrate = \"1/340282366920938463463374607431768211455\"\nper = \"1d\""),
        "\"1/340282366920938463463374607431768211455\"",
        "finer than can be kept",
    );
}

#[test]
fn a_curve_ends_after_it_begins_and_on_a_tick() {
    let constant = |rest: &str| emission(&format!("kind = \"constant\"\nrate = 1\n{rest}"));
    one(
        &constant("end = 2026-01-01"),
        "2026-01-01",
        "does not follow",
    );
    one(
        &constant("end = 2025-12-31"),
        "2025-12-31",
        "before the start",
    );
    one(
        &constant("tick = \"7s\"\nend = \"1d\""),
        "\"1d\"",
        "not a whole number of ticks",
    );
    one(
        &constant("end = \"1d\"\ncap = 86_401"),
        "86_401",
        "never reaches its cap",
    );
}

#[test]
fn a_path_of_the_stake_is_in_order_and_ends_before_the_emission() {
    let ether = |rest: &str| {
        emission(&format!(
            "kind = \"sqrt-issuance\"\nincrement = 1\nfactor = 2\ntick = \"1d\"\n{rest}"
        ))
    };
    one(&ether("end = \"9d\""), "[[emission]]", "needs `staked`");
    one(
        &ether("end = \"9d\"\nstaked = []"),
        "staked",
        "none in its list",
    );
    one(
        &ether("end = \"9d\"\nstaked = [{}]"),
        "{}",
        "needs `amount`",
    );
    one(
        &ether("end = \"9d\"\nstaked = [{ amount = 1 }, { amount = 2 }]"),
        "{ amount = 2 }",
        "needs `from`",
    );
    one(
        &ether("end = \"9d\"\nstaked = [{ amount = 1 }, { from = \"2d\", amount = 2 }, { from = \"2d\", amount = 2 }]"),
        "\"2d\"",
        "doesn't begin after the one before it",
    );
    one(
        &ether("end = \"2d\"\nstaked = [{ amount = 1 }, { from = \"2d\", amount = 2 }]"),
        "end",
        "ends before the last change of its stake",
    );
    one(
        &ether("end = \"9d\"\nstaked = [{ amount = 18_446_744_073_709_551_616 }]"),
        "18_446_744_073_709_551_616",
        "is too much",
    );
}

#[test]
fn a_baseline_needs_its_power_and_is_a_whole_number() {
    let storage = |rest: &str| {
        emission(&format!(
            "kind = \"baseline\"\ntotal = 9\nhalf_life = \"9d\"\ndoubling = \"1d\"\nend = \"20d\"\n{rest}"
        ))
    };
    one(&storage("baseline = 1"), "[[emission]]", "needs `power`");
    one(
        &storage("baseline = 1.5\npower = [{ is = 1 }]"),
        "1.5",
        "expected a whole number",
    );
    one(
        &storage("baseline = 0\npower = [{ is = 1 }]"),
        "0",
        "out of range",
    );
    one(
        &storage("baseline = 1\npower = [{ is = 1 }, { from = \"20d\", is = 2 }]"),
        "end",
        "ends before the last change of its power",
    );
}

#[test]
fn an_inflation_by_the_stake_keeps_its_range_and_is_updated_seldom_enough() {
    let hub = |rest: &str| {
        emission(&format!(
            "kind = \"target-bonded\"\nsupply = 9\nmax = 0.2\nchange = 0.1\nyear = \"365d\"\nend = \"20y\"\n\
             staked = [{{ share = 0.5 }}]\n{rest}"
        ))
    };
    let goal = "goal = 0.67\nmin = 0.07\n";
    one(
        &hub(&format!("{goal}initial = 0.3\nupdate = \"1d\"")),
        "0.3",
        "is not within 0.07 to 0.2, its `min` and `max`",
    );
    one(
        &hub("goal = 0\nmin = 0.07\ninitial = 0.1\nupdate = \"1d\""),
        "goal",
        "the goal is 0",
    );
    one(
        &hub("goal = 0.67\nmin = 0.3\ninitial = 0.1\nupdate = \"1d\""),
        "0.3",
        "above its `max` of 0.2",
    );
    one(
        &hub(&format!("{goal}initial = 0.1\nupdate = 1")),
        "[token]",
        "631152000 of them by `update` of E",
    );
    one(
        &hub(&format!("{goal}initial = 0.1")),
        "[[emission]]",
        "needs `update`",
    );
    one(
        &hub("goal = 0.67\nmin = -1\ninitial = 0.1\nupdate = \"1d\""),
        "-1",
        "the inflation `-1` is negative",
    );
}

#[test]
fn epochs_and_phases_are_judged_one_by_one() {
    one(
        &emission("kind = \"step-epochs\"\nepochs = []"),
        "epochs",
        "none in its list",
    );
    one(
        &emission("kind = \"step-epochs\"\nepochs = [{ length = \"1d\", rate = 1 }, { length = 0, rate = 1 }]"),
        "0",
        "out of range",
    );
    one(
        &emission("kind = \"step-epochs\"\nepochs = [{ length = \"1d\", rat = 1, total = 1 }]"),
        "rat",
        "unknown key",
    );
    let phases = |rest: &str| {
        let first = "{ kind = \"constant\", rate = 1 }";
        emission(&format!("kind = \"phases\"\nphases = [{first}, {rest}]"))
    };
    one(
        &phases("{ kind = \"constant\", rate = 1 }"),
        "{ kind = \"constant\", rate = 1 }",
        "needs `from`",
    );
    one(
        &phases("{ from = 2026-01-01, kind = \"constant\", rate = 1 }"),
        "2026-01-01",
        "doesn't begin after",
    );
}

fn scheduled(schedule: &str) -> String {
    allocation(&format!("amount = 100\nschedule = {schedule}"))
}

#[test]
fn each_kind_of_schedule_names_what_is_wrong_with_it() {
    for (schedule, place, words) in [
        (
            "{ kind = \"power\", end = \"1y\", exponent = 0 }",
            "0",
            "the exponent `0` is zero",
        ),
        (
            "{ kind = \"power\", end = \"1y\", exponent = -2 }",
            "-2",
            "the exponent `-2` is negative",
        ),
        (
            "{ kind = \"exponential\", end = \"1y\", steepness = \"fast\" }",
            "\"fast\"",
            "the steepness `fast` is not usable",
        ),
        (
            "{ kind = \"exponential\", end = 2025-06-01, steepness = 1 }",
            "2025-06-01",
            "does not follow the start",
        ),
        (
            "{ kind = \"calendar\", every = \"30d\", count = 3 }",
            "\"30d\"",
            "`30d` is no number of calendar months",
        ),
        (
            "{ kind = \"calendar\", every = \"1mo\", day = 32, count = 3 }",
            "32",
            "32 is out of range",
        ),
        (
            "{ kind = \"calendar\", every = \"1y\", count = 8_000 }",
            "8_000",
            "8000 such instalments end past the year 9999",
        ),
        (
            "{ kind = \"step\", period = \"1d\", count = 3, dust = \"front-load\" }",
            "\"front-load\"",
            "`front-load` is not known here: did you mean `front-loaded`?",
        ),
        (
            "{ kind = \"tranches\", tranches = [] }",
            "tranches",
            "`tranches` of the schedule of allocation \"A\" is empty",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 99 }] }",
            "tranches",
            "comes to 99, not to the 100 of its schedule",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 50, share = 0.5 }] }",
            "{ at = \"1y\", amount = 50, share = 0.5 }",
            "is sized twice",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 50 }, { at = \"2y\", share = 0.5 }] }",
            "tranches",
            "some entries of `tranches`",
        ),
        (
            "{ kind = \"tranches\", tranches = [{ at = \"2y\", share = 0.5 }, { at = \"1y\", share = 0.5 }] }",
            "{ at = \"1y\", share = 0.5 }",
            "is at 2027-01-01T00:00:00Z, before the one above it at 2028-01-01T00:00:00Z",
        ),
        (
            "{ kind = \"graded\", grades = [{ at = \"1y\", share = 0.4 }, { at = \"2y\", share = 0.5 }] }",
            "grades",
            "sum to 0.9, not to 1",
        ),
        (
            "{ kind = \"graded\", grades = [{ at = \"1y\" }] }",
            "{ at = \"1y\" }",
            "needs `share`",
        ),
        (
            "{ kind = \"piecewise\", points = [{ at = \"1y\", share = 0.5 }, { at = \"2y\", share = 0.4 }] }",
            "{ at = \"2y\", share = 0.4 }",
            "40 has vested, less than the 50 before it",
        ),
        (
            "{ kind = \"piecewise\", points = [{ at = \"1y\", vested = 50 }] }",
            "points",
            "comes to 50, not to the 100 of its schedule",
        ),
        (
            "{ kind = \"sum\", parts = [{ share = 1, kind = \"cliff\" }] }",
            "parts",
            "combines 1 schedule(s)",
        ),
        (
            "{ kind = \"sum\", parts = [{ share = 0.5, kind = \"cliff\" }, { share = 0.6, kind = \"cliff\" }] }",
            "parts",
            "they sum to 1.1, not to 1",
        ),
        (
            "{ kind = \"min\" }",
            "schedule",
            "needs `parts`",
        ),
        (
            "{ kind = \"shift\", by = \"1mo\", of = { kind = \"cliff\" } }",
            "\"1mo\"",
            "calendar months differ in length",
        ),
        (
            "{ kind = \"shift\", by = \"30000d\", earlier = true, of = { kind = \"cliff\" } }",
            "by",
            "cannot take 2592000000 from 1767225600",
        ),
        (
            "{ kind = \"shift\", by = \"3000000d\", of = { kind = \"cliff\" } }",
            "schedule",
            "ends past the year 9999",
        ),
        (
            "{ kind = \"scale\", of = { kind = \"cliff\" } }",
            "of",
            "needs `amount`",
        ),
        (
            "{ kind = \"scale\", of = { amount = 0, kind = \"cliff\" } }",
            "of",
            "the total that nothing is scaled to",
        ),
        (
            "{ kind = \"truncate\", until = \"1y\", of = { amount = 300, kind = \"linear\", end = \"2y\" } }",
            "until",
            "150 has vested, and not the 100 it is to be",
        ),
    ] {
        one(&scheduled(schedule), place, words);
    }
}

#[test]
fn a_gate_and_milestones_are_checked_in_every_kind() {
    let linear = |rest: &str| scheduled(&format!("{{ kind = \"linear\", end = \"1y\", {rest} }}"));
    one(
        &scheduled("{ kind = \"calendar\", every = \"1mo\", count = 12, gate = \"2y\" }"),
        "\"2y\"",
        "lies after the end",
    );
    one(
        &scheduled("{ kind = \"cliff\", gate = \"1y\" }"),
        "gate",
        "unknown key `gate`",
    );
    one(
        &linear("milestones = { needed = 2, reached = [\"1y\"] }"),
        "2",
        "needs 2 milestones, but only 1 are reached",
    );
    one(
        &linear("milestones = { needed = 0, reached = [\"1y\"] }"),
        "0",
        "0 is out of range",
    );
    one(
        &linear("milestones = { needed = 1, reached = [\"soon\"] }"),
        "[\"soon\"]",
        "`soon` is not a date",
    );
    one(
        &linear("milestones = { needed = 1, reached = [\"1y\"], grade = true }"),
        "grade",
        "unknown key `grade`",
    );
}

#[test]
fn the_part_at_genesis_is_at_most_the_allocation() {
    let at_genesis = |rest: &str| {
        let schedule = "schedule = { kind = \"linear\", end = \"1y\" }";
        allocation(&format!("amount = 100\n{rest}\n{schedule}"))
    };
    one(
        &at_genesis("at_genesis = 101"),
        "101",
        "the part at genesis of 101 is beyond the 100",
    );
    one(
        &at_genesis("at_genesis = 1\nat_genesis_share = 0.1"),
        "at_genesis_share",
        "has both",
    );
    // It would be all of it, or is one of a list.
    one(
        &allocation("amount = 1\nat_genesis = 1"),
        "at_genesis",
        "unknown key",
    );
    one(
        &allocation("at_genesis = 1\nschedule = [{ amount = 1, kind = \"cliff\" }]"),
        "at_genesis",
        "unknown key",
    );
}

#[test]
fn schedules_stand_in_each_other_eight_deep_and_no_deeper() {
    let nested = |depth: usize| {
        let open = "{ kind = \"shift\", by = \"1d\", of = ".repeat(depth);
        scheduled(&format!(
            "{open}{{ kind = \"cliff\" }}{}",
            " }".repeat(depth)
        ))
    };
    assert!(Design::parse("d", &nested(8), Overrides::default()).is_ok());
    one(&nested(9), "of", "stands in more than 8 others");
}

#[test]
fn a_wrong_amount_makes_no_sum_wrong() {
    let schedule = "{ kind = \"tranches\", tranches = [{ at = \"1y\", amount = 50 }] }";
    one(
        &allocation(&format!("amount = \"many\"\nschedule = {schedule}")),
        "\"many\"",
        "the amount `many` is not usable",
    );
    let lump = "{ kind = \"lump-linear\", cliff = \"1y\", end = \"2y\", lump = 5 }";
    one(
        &allocation(&format!("amount = \"many\"\nschedule = {lump}")),
        "\"many\"",
        "the amount `many` is not usable",
    );
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
    one(&with(fees), "[token]", "buying by `per` of [fees]");
    assert!(Design::parse(
        "d",
        &with(&fees.replace("price = 1\n", "").replace("burn", "users")),
        Overrides::default()
    )
    .is_ok());
}
