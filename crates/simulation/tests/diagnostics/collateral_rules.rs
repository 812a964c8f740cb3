//! What a wrong rule, group or term of liquidation is answered with.

use super::{found, one, refused, sound, with};

const HELD: &str = "[[collateral.holding]]\nname = \"H\"\ndecimals = 2\namount = 10\nprice = 1\ninitial = 0.2\nmaintenance = 0.1\n";
const OWED: &str = "[[collateral.debt]]\nname = \"D\"\ndecimals = 2\namount = 10\nprice = 1\n";

fn collateral(rest: &str) -> String {
    with(&format!(
        "[collateral]\nquote = \"USD\"\ndecimals = 2\n{rest}"
    ))
}

fn rule(keys: &str) -> String {
    collateral(&format!("{HELD}[[collateral.holding.rule]]\n{keys}\n"))
}

fn debt_rule(keys: &str) -> String {
    collateral(&format!("{OWED}[[collateral.debt.rule]]\n{keys}\n"))
}

fn liquidation(keys: &str) -> String {
    collateral(&format!("{HELD}[collateral.liquidation]\n{keys}\n"))
}

/// Each kind with the keys that it needs.
const KINDS: [&str; 10] = [
    "kind = \"depth\"\namount = 10\ncost = 0.02",
    "kind = \"cap\"\namount = 10",
    "kind = \"threshold\"\namount = 10",
    "kind = \"root\"\nfactor = 0.1",
    "kind = \"impact\"\nasset = 10\nquote = 10",
    "kind = \"age\"\nstale = \"1h\"",
    "kind = \"confidence\"\nmultiple = 2\ninterval = 0.5",
    "kind = \"volatility\"\nmultiple = 2\nhorizon = \"1d\"\nwindow = \"30d\"",
    "kind = \"exit\"\nrate = 0.1\nleft = \"30d\"",
    "kind = \"liquidity\"\nprice = 1\nfall = 0.5",
];

#[test]
fn a_kind_needs_its_keys_and_takes_no_other() {
    for keys in KINDS {
        sound(&rule(keys));
        sound(&rule(&format!(
            "{keys}\nmargin = \"initial\"\ncombine = \"worst\""
        )));
        let lines: Vec<_> = keys.lines().collect();
        for (at, line) in (0..).zip(&lines).skip(1) {
            let mut fewer = lines.clone();
            fewer.remove(at);
            let key = line
                .split(' ')
                .next()
                .unwrap()
                .replace("window", "deviation");
            let found = found(&rule(&fewer.join("\n")));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].1.ends_with(&format!("needs `{key}`")), "{found:?}");
        }
        // What another kind takes.
        let other = if keys.contains("factor") {
            "cost = 0.1"
        } else {
            "factor = 0.1"
        };
        let key = other.split(' ').next().unwrap();
        one(
            &rule(&format!("{keys}\n{other}")),
            key,
            &format!("unknown key `{key}`"),
        );
    }
}

#[test]
fn an_unknown_kind_margin_or_combination_is_named_with_the_known_ones() {
    let near = "`dpth` is not known here: did you mean `depth`?";
    one(&rule("kind = \"dpth\"\namount = 1"), "\"dpth\"", near);
    one(
        &rule("amount = 1"),
        "[[collateral.holding.rule]]",
        "needs `kind`",
    );
    let help = refused(&rule("kind = \"x\"")).problems()[0].help.clone();
    assert_eq!(help.as_deref(), Some("allowed is one of: depth, cap, threshold, root, impact, age, confidence, volatility, exit, liquidity"));
    let cap = "kind = \"cap\"\namount = 10";
    one(
        &rule(&format!("{cap}\nmargin = \"maintenance\"")),
        "\"maintenance\"",
        "`maintenance` is not known here",
    );
    one(
        &rule(&format!("{cap}\ncombine = \"sum\"")),
        "\"sum\"",
        "`sum` is not known here",
    );
    // It holds the static haircut already.
    let twice = "kind = \"threshold\"\namount = 10\ncombine = \"product\"";
    one(&rule(twice), "\"product\"", "`product` is not known here");
    one(&rule("kind = 5"), "5", "expected a string");
    one(
        &collateral(&format!("{HELD}rule = 5")),
        "5",
        "expected a table",
    );
}

#[test]
fn a_debt_has_rules_of_its_own() {
    sound(&debt_rule(
        "kind = \"confidence\"\nmultiple = 2\ninterval = 0.1",
    ));
    sound(&debt_rule("kind = \"root\"\nfactor = 0.1"));
    sound(&debt_rule(
        "kind = \"volatility\"\nmultiple = 2\nhorizon = \"1d\"\ndeviation = 0.1\nperiod = \"1d\"",
    ));
    one(
        &debt_rule("kind = \"depth\"\namount = 1\ncost = 0.1"),
        "\"depth\"",
        "`depth` is not known here",
    );
    one(
        &debt_rule("kind = \"root\"\nfactor = 0.1\ncombine = \"product\""),
        "\"product\"",
        "`product` is not known here",
    );
}

#[test]
fn numbers_of_rules_are_within_their_ranges() {
    let depth = |cost: &str| rule(&format!("kind = \"depth\"\namount = 10\ncost = {cost}"));
    one(
        &depth("0"),
        "cost",
        "the cost of the depth is 0, below 0.000000000000000001",
    );
    one(
        &depth("1"),
        "cost",
        "the cost of the depth is 1, above 0.999999999999999999",
    );
    one(&depth("1.5"), "1.5", "the share `1.5`");
    one(
        &rule("kind = \"threshold\"\namount = 0"),
        "amount",
        "the threshold of concentration is 0, below 1",
    );
    one(
        &rule("kind = \"cap\"\namount = 0.001"),
        "0.001",
        "3 digits after the point, but at most 2",
    );
    let pool = |keys: &str| rule(&format!("kind = \"impact\"\n{keys}"));
    one(&pool("asset = 0\nquote = 1"), "0", "this amount is zero");
    one(&pool("asset = 1\nquote = 0"), "0", "this amount is zero");
    one(&pool("asset = 1\nquote = 1\nfee = 1"), "1", "this fee is 1");
    let age = |keys: &str| rule(&format!("kind = \"age\"\n{keys}"));
    one(
        &age("fresh = \"1h\"\nstale = \"1h\""),
        "stale",
        "the age of a stale price is 3600, below 3601",
    );
    one(
        &age("stale = \"1mo\""),
        "\"1mo\"",
        "calendar months differ in length",
    );
    let exit = "kind = \"exit\"\nrate = 0.1\nleft = \"30d\"\nwait = \"1d\"";
    one(
        &rule(exit),
        "[[collateral.holding.rule]]",
        "needs `penalty`",
    );
    let liquidity = |keys: &str| {
        rule(&format!(
            "kind = \"liquidity\"\nprice = 1\nfall = 0.5\n{keys}"
        ))
    };
    one(
        &liquidity("lower = 2\nupper = 1"),
        "upper",
        "not above the lower price",
    );
    one(
        &liquidity("horizon = \"1d\""),
        "[[collateral.holding.rule]]",
        "needs `deviation`",
    );
    one(
        &liquidity("deviation = 0.1\nperiod = \"1d\""),
        "[[collateral.holding.rule]]",
        "needs `horizon`",
    );
    one(
        &liquidity("deviation = 0.1\nhorizon = \"1d\""),
        "[[collateral.holding.rule]]",
        "needs `period`",
    );
    one(
        &rule("kind = \"liquidity\"\nprice = 0\nfall = 0.5"),
        "0",
        "this price is zero",
    );
    let volatile = |keys: &str| {
        rule(&format!(
            "kind = \"volatility\"\nmultiple = 2\nhorizon = \"1d\"\n{keys}"
        ))
    };
    one(
        &volatile("deviation = 0.1"),
        "[[collateral.holding.rule]]",
        "needs `period`",
    );
    one(
        &volatile("window = \"1d\"\nperiod = \"1h\""),
        "[[collateral.holding.rule]]",
        "needs `deviation`",
    );
    one(
        &volatile("deviation = -0.1\nperiod = \"1h\""),
        "-0.1",
        "the deviation `-0.1` is negative",
    );
}

#[test]
fn a_holding_and_a_debt_have_so_many_rules_and_a_design_so_many_groups() {
    let many = |table: &str, count| {
        format!("[[collateral.{table}.rule]]\nkind = \"root\"\nfactor = 0.1\n").repeat(count)
    };
    sound(&collateral(&format!("{HELD}{}", many("holding", 16))));
    sound(&collateral(&format!("{OWED}{}", many("debt", 16))));
    for text in [
        format!("{HELD}{}", many("holding", 17)),
        format!("{OWED}{}", many("debt", 17)),
    ] {
        let found = found(&collateral(&text));
        assert!(
            found.iter().any(|it| it.1 == "17 rules are too many"),
            "{found:?}"
        );
    }
    let groups = |count| {
        let group = |n| {
            format!("[[collateral.group]]\nname = \"g{n}\"\ninitial = 0.2\nmaintenance = 0.1\n")
        };
        (0..count).map(group).collect::<String>()
    };
    sound(&collateral(&groups(64)));
    let found = found(&collateral(&groups(65)));
    assert!(
        found.iter().any(|it| it.1 == "65 groups are too many"),
        "{found:?}"
    );
}

#[test]
fn all_holders_have_at_least_what_is_held() {
    sound(&collateral(&format!("{HELD}all_holders = 10")));
    let fewer = collateral(&format!("{HELD}all_holders = 9.99"));
    one(
        &fewer,
        "9.99",
        "all holders have 9.99, less than the 10 that is held here",
    );
}

#[test]
fn groups_are_those_that_there_are() {
    let group = "[[collateral.group]]\nname = \"ether\"\ninitial = 0.07\nmaintenance = 0.05\n";
    let held = |groups: &str| collateral(&format!("{group}{HELD}groups = {groups}"));
    sound(&held("[\"ether\"]"));
    sound(&held("[]"));
    one(
        &held("[\"ethr\"]"),
        "\"ethr\"",
        "there is no group `ethr`: did you mean `ether`?",
    );
    one(&held("\"ether\""), "\"ether\"", "expected a list of groups");
    one(&held("[5]"), "5", "expected a string");
    let owed = collateral(&format!("{OWED}groups = [\"x\"]"));
    one(&owed, "\"x\"", "there is no group `x`");
    assert_eq!(
        refused(&owed).problems()[0].help.as_deref(),
        Some("a [[collateral.group]] says its name and its haircuts")
    );
    one(
        &collateral(&format!("{group}{group}")),
        "\"ether\"",
        "the name `ether` is taken",
    );
    let order = group.replace("0.07", "0.04");
    one(&collateral(&order), "0.05", "these haircuts cannot be");
    one(
        &collateral(&format!("{group}cost = 1")),
        "cost",
        "unknown key `cost`",
    );
}

const TERMS: &str = "target = 1.05\nincentive = { kind = \"fixed\", factor = 1.05 }\n";

#[test]
fn terms_of_liquidation_are_within_their_ranges() {
    sound(&liquidation(TERMS));
    sound(&liquidation(&format!(
        "{TERMS}close_factor = 0.5\nwhole_at = 0.95\nwhole_under = 2_000\ndust = 100"
    )));
    one(
        &liquidation("target = 1.05"),
        "liquidation",
        "needs `incentive`",
    );
    one(
        &liquidation(&TERMS.replace("target = 1.05", "target = 0.9")),
        "target",
        "the health that a liquidation restores is 0.9, below 1",
    );
    one(
        &liquidation(&format!("{TERMS}close_factor = 0")),
        "close_factor",
        "the close factor is 0",
    );
    one(
        &liquidation(&format!("{TERMS}whole_at = 0.95")),
        "liquidation",
        "needs `close_factor`",
    );
    one(
        &liquidation(&format!("{TERMS}bonus = 0.95")),
        "bonus",
        "unknown key `bonus`",
    );
}

#[test]
fn an_incentive_is_of_a_known_kind() {
    let incentive = |keys: &str| liquidation(&format!("target = 1\nincentive = {{ {keys} }}"));
    sound(&incentive(
        "kind = \"by_threshold\", cursor = 0.3, most = 1.15",
    ));
    sound(&incentive(
        "kind = \"by_health\", least = 1.01, most = 1.1, most_at = 0.9",
    ));
    one(
        &incentive("kind = \"auction\", start = 1"),
        "\"auction\"",
        "`auction` is not known here",
    );
    one(
        &incentive("kind = \"fixed\", factor = 0.9"),
        "factor",
        "the factor of an incentive is 0.9, below 1",
    );
    one(
        &incentive("kind = \"fixed\", factor = 1, most = 2"),
        "most",
        "unknown key `most`",
    );
    one(
        &incentive("kind = \"by_threshold\", cursor = 0.3"),
        "incentive",
        "needs `most`",
    );
    one(
        &incentive("kind = \"by_health\", least = 1.1, most = 1.01, most_at = 0.9"),
        "most",
        "the factor of an incentive is 1.01, below 1.1",
    );
    one(
        &incentive("kind = \"by_health\", least = 1.01, most = 1.1, most_at = 1"),
        "most_at",
        "the health of the largest incentive is 1, above",
    );
}

#[test]
fn what_is_liquidated_has_so_many_entries() {
    let many = |entry: &str| format!("{}[collateral.liquidation]\n{TERMS}", entry.repeat(33));
    sound(&collateral(&HELD.repeat(65)));
    for (entry, what) in [
        (HELD, "33 holdings to liquidate are too many"),
        (OWED, "33 debts to liquidate are too many"),
    ] {
        let found = found(&collateral(&many(entry)));
        assert!(found.iter().any(|it| it.1 == what), "{found:?}");
    }
}
