//! Emissions that no curve and no controller can be made of.

use tokenomics_simulation::{calendar, Design, Overrides, Source};

use super::{one, sound, with};

fn emission(rest: &str) -> String {
    with(&format!(
        "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\n{rest}\n"
    ))
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

/// A supply that doubles each day can be counted for 127 days: phases that begin by then end it, and others
/// leave it as it is.
#[test]
fn phases_are_counted_as_long_as_each_of_them_lasts() {
    let units = |text: String| text.replace("decimals = 6", "decimals = 0");
    let doubling = "kind = \"compounding\", supply = 1, rate = 1, period = \"1d\"";
    let phases = |from: &str| {
        units(emission(&format!("kind = \"phases\"\ntick = \"1d\"\nphases = [{{ {doubling} }}, {{ from = \"{from}\", kind = \"constant\", rate = 1, end = \"200d\" }}]")))
    };
    sound(&phases("127d"));
    one(
        &phases("128d"),
        "[[emission]]",
        "mints more than can be counted after 2026-05-08",
    );
    // What ends is asked to be counted to its end.
    let ends = |end: &str| {
        let keys = doubling.replace(", ", "\n");
        units(emission(&format!("{keys}\ntick = \"1d\"\nend = {end}")))
    };
    sound(&ends("\"127d\""));
    one(&ends("\"128d\""), "rate", "cannot be");
}

/// 0.1% in ten years, so that the year 9999 is no end of what can be counted.
#[test]
fn a_share_of_the_supply_ends_where_an_end_is_said_and_only_there() {
    let slow = |rest: &str| {
        let keys = "kind = \"compounding\"\nsupply = 1_000\nrate = 0.001\nperiod = \"3650d\"\ntick = \"1d\"\n";
        let design = Design::parse(
            "d",
            &emission(&format!("{keys}{rest}")),
            Overrides::default(),
        );
        let design = design.unwrap();
        (
            design.max_supply().is_some(),
            design.emissions[0].never_ends,
        )
    };
    assert_eq!(slow(""), (false, true));
    assert_eq!(slow("end = \"3650d\""), (true, false));
}

/// A cap ends what has no maximum, but nobody knows when what follows a signal comes to it.
#[test]
fn what_follows_a_signal_up_to_a_cap_has_no_end_of_its_own() {
    let read = |rest: &str| {
        let keys =
            "kind = \"sqrt-issuance\"\nincrement = 1\nfactor = 9\nstaked = [{ amount = 9 }]\n";
        let text = emission(&format!("{keys}{rest}"));
        let design = Design::parse("d", &text, Overrides::default()).unwrap();
        let emission = &design.emissions[0];
        assert!(emission.is_followed());
        (emission.never_ends, calendar::date(design.window.end))
    };
    let date = |ends: bool, date: &str| (ends, date.to_owned());
    assert_eq!(read(""), date(true, "2030-01-01"));
    assert_eq!(read("cap = 9"), date(true, "2030-01-01"));
    assert_eq!(read("end = \"9d\""), date(false, "2026-01-10"));
    assert_eq!(read("end = \"9d\"\ncap = 9"), date(false, "2026-01-10"));
    let constant = emission("kind = \"constant\"\nrate = 1\nend = \"9d\"");
    let design = Design::parse("d", &constant, Overrides::default()).unwrap();
    assert!(!design.emissions[0].is_followed());
}

#[test]
fn changes_of_what_is_followed_are_counted() {
    let changes = |kind: &str, path: &str| {
        let text = emission(&format!("kind = {kind}\n{path}"));
        let design = Design::parse("d", &text, Overrides::default()).unwrap();
        let Source::Followed(followed) = &design.emissions[0].source else {
            panic!("{text}");
        };
        followed.controller.changes()
    };
    let ether = "\"sqrt-issuance\"\nincrement = 1\nfactor = 9\n";
    assert_eq!(changes(ether, "staked = [{ amount = 9 }]"), 0);
    let path =
        "staked = [{ amount = 9 }, { from = \"1d\", amount = 8 }, { from = \"2d\", amount = 7 }]";
    assert_eq!(changes(ether, path), 2);
}
