//! What the page tells of rules of haircuts and of liquidation.

use super::told::told;
use super::{assert_balanced, report, TEAM, TOKEN};

#[test]
fn what_rules_take_and_liquidation_does_is_told_to_the_last_figure() {
    let page = report(include_str!("../../../../docs/designs/lending.toml"));
    assert_balanced(&page);
    let told = told(&page, "collateral").join("\n");
    assert_eq!(format!("{told}\n"), include_str!("lending.txt"));
}

/// One that can be liquidated at once, by one liquidation, and at no fall without a debt.
#[test]
fn a_ladder_begins_where_it_can_be_liquidated() {
    let position = |debt: &str, group: &str| {
        let text = format!("{TOKEN}{TEAM}[collateral]\nquote = \"USD\"\ndecimals = 2\n[[collateral.group]]\nname = \"ether\"\ninitial = 0.1\nmaintenance = 0.1\n[[collateral.holding]]\nname = \"H\"\ndecimals = 4\namount = 10\nprice = 1_000\ninitial = 0.25\nmaintenance = 0.2\ngroups = [{group}]\n{debt}[collateral.liquidation]\ntarget = 1.1\nclose_factor = 0.0000001\nincentive = {{ kind = \"fixed\", factor = 1.05 }}\n");
        let page = report(&text);
        assert_balanced(&page);
        told(&page, "collateral").join("\n")
    };
    let debt = "[[collateral.debt]]\nname = \"D\"\ndecimals = 2\namount = 8_200\nprice = 1\n";
    let open = position(debt, "");
    for words in [
        "The position can be liquidated at today's prices. Of the falls shown, 20% is the first that leaves a bad debt: 200 USD.",
        "256 that improve health, and not at an end after 256",
        "H | 1 000 | 1 025 | 0.00%",
    ] {
        assert!(open.contains(words), "{words} in {open}");
    }
    assert!(!open.contains("what each rule takes"), "{open}");
    let none = position("", "\"ether\"");
    assert!(
        none.contains("− group ether | 1 000 | 1 000 | 10.0% | 10.0%"),
        "{none}"
    );
    assert!(!none.contains("What liquidation does"), "{none}");
}
