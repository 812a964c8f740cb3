//! What liquidation does at each fall of prices, worked out by hand, and what the summary says of it.

use tokenomics_simulation::collateral::Ladder;
use tokenomics_simulation::{run, CollateralView, Design, Summary};

use super::collateral_rules::{held, rule, HELD, OWED};
use super::token;

/// 10 of 1,000 each at a weight of 80% against 8,200.
fn liquidated(terms: &str) -> CollateralView {
    let design = token(&format!("[collateral]\nquote = \"USD\"\ndecimals = 2\n[[collateral.holding]]\nname = \"H\"\ndecimals = 4\namount = 10\nprice = 1_000\ninitial = 0.25\nmaintenance = 0.2\n[[collateral.debt]]\nname = \"D\"\ndecimals = 2\namount = 8_200\nprice = 1\n[collateral.liquidation]\ntarget = 1.1\n{terms}incentive = {{ kind = \"fixed\", factor = 1.05 }}\n"));
    run(&design).unwrap().collateral.unwrap()
}

/// (1.1 · 8,200 − 8,000)/(1.1 − 1.05 · 0.8) = 3,923.0769… is repaid, and 4,119.2308 seized.
#[test]
fn a_ladder_begins_at_the_price_of_today() {
    let view = liquidated("");
    assert_eq!(view.survives_fall_bps, None);
    // 1,025, of which a unit of 1e-4 is 10.25 cents.
    let lowest = view.liquidation_prices[0].unwrap();
    assert_eq!(
        lowest.numerator() * 4 * 10_000 / lowest.denominator(),
        41 * 10_000
    );
    let all = &view.ladders[0];
    assert_eq!((all.falling, all.liquidatable_from_bps), (None, Some(0)));
    let rung = &all.rungs[0];
    assert_eq!(
        (rung.repaid[0].get(), rung.seized[0].get()),
        (392_308, 41_192)
    );
    assert_eq!(
        (rung.repaid_value.get(), rung.seized_value.get()),
        (392_308, 411_920)
    );
    assert_eq!((rung.left_value.get(), rung.bad_debt.get()), (427_692, 0));
    assert_eq!(
        (rung.certificates.improves, rung.certificates.count()),
        (1, 1)
    );
    // At a fall of 20%, 8,000 are owed 8,200 by: 200 are lost, and all is seized.
    let rung = &all.rungs[4];
    assert_eq!((rung.fall_bps, rung.certificates.bad_debt), (2_000, 1));
    assert_eq!(
        (rung.seized[0].get(), rung.seized_value.get()),
        (100_000, 800_000)
    );
    assert_eq!(
        (rung.repaid[0].get(), rung.bad_debt.get()),
        (800_000, 20_000)
    );
    assert_eq!((rung.left_value, rung.ended), (rung.bad_debt, true));
    // At 15%, what is held is worth less than 1.05 times what is owed, and all of it is closed.
    let rung = &all.rungs[3];
    assert_eq!(
        (rung.certificates.full_close, rung.repaid[0].get()),
        (1, 820_000)
    );
    assert_eq!(
        view.ladders[1],
        Ladder {
            falling: Some(0),
            ..all.clone()
        }
    );
}

/// A close factor has no health from which down all may be repaid, unless it says one.
#[test]
fn a_part_is_repaid_at_any_health_unless_said_otherwise() {
    let repaid = |terms: &str| {
        let rung = liquidated(terms)
            .ladders
            .swap_remove(0)
            .rungs
            .swap_remove(0);
        (rung.certificates.improves, rung.repaid[0].get(), rung.ended)
    };
    // 820 for 861, of which 7,311.20 against 7,380 are left, and then 738 for 774.90.
    assert_eq!(repaid("close_factor = 0.1\n"), (2, 155_800, true));
    assert_eq!(repaid("close_factor = 0.4\n"), (1, 328_000, true));
    assert_eq!(
        repaid("close_factor = 0.4\nwhole_at = 1\n"),
        (1, 392_308, true)
    );
    assert_eq!(
        repaid("close_factor = 0.4\nwhole_under = 100_000\n"),
        (1, 392_308, true)
    );
}

#[test]
fn a_ladder_says_when_liquidation_comes_to_no_end() {
    let rung = liquidated("close_factor = 0.0000001\n")
        .ladders
        .swap_remove(0)
        .rungs
        .swap_remove(0);
    assert_eq!(
        (rung.certificates.improves, rung.ended, rung.healthy),
        (256, false, false)
    );
    assert!(rung.bad_debt.is_zero());
}

/// What the starter and all designs without the new keys had, they have.
#[test]
fn there_is_no_ladder_without_terms() {
    let view = run(&rule("kind = \"cap\"\namount = 500"))
        .unwrap()
        .collateral
        .unwrap();
    assert!(view.ladders.is_empty() && view.liquidation_prices.is_empty());
}

/// What the summary says of a design without the new keys has none of theirs.
#[test]
fn the_summary_tells_rules_and_liquidation_where_there_are_any() {
    let json = |design: &Design| {
        let summary = Summary::new(&run(design).unwrap());
        serde_json::to_value(summary).unwrap()["collateral"].clone()
    };
    let keys = |value: &serde_json::Value| value.as_object().unwrap().len();
    assert_eq!(keys(&json(&held(""))), 8);
    let told = json(&rule("kind = \"cap\"\namount = 500\nmargin = \"initial\""));
    assert_eq!(keys(&told), 9);
    let told = &told["breakdown"]["holdings"][0];
    assert_eq!(
        (&told["name"], &told["value"]),
        (&"H".into(), &"2000".into())
    );
    let cap = &told["rules"][1];
    assert_eq!(cap["kind"], "cap");
    let margin = |alone: &str, after: &str, amount: &str| serde_json::json!({ "alone": alone, "after": after, "amount": amount });
    assert_eq!(cap["initial"], margin("0.5", "0.6", "800"));
    assert_eq!(cap["maintenance"], margin("0", "0.1", "0"));
    assert_eq!(
        (&told["initial"], &told["maintenance"]),
        (&"800".into(), &"1800".into())
    );

    let text = format!("{HELD}{OWED}[collateral.liquidation]\ntarget = 1\nincentive = {{ kind = \"fixed\", factor = 1.05 }}\n").replace("3_600", "1_700");
    let told = json(&token(&format!(
        "[collateral]\nquote = \"USD\"\ndecimals = 2\n{text}"
    )));
    assert_eq!(keys(&told), 9);
    let told = &told["liquidation"];
    // 1,700/(100 · 0.9), rounded up to the denominator of the price.
    assert_eq!(told["lowest_prices"][0]["price"], "18.888888888888888889");
    let all = &told["ladders"][0];
    assert_eq!(
        (&all["falling"], &told["ladders"][1]["falling"]),
        (&serde_json::Value::Null, &"H".into())
    );
    // 1,800 · (1 − 5.55%) is above 1,700 and 1,800 · (1 − 5.56%) below it.
    assert_eq!(all["liquidatable_from_bps"], 556);
    // At 10%, 1,620 against 1,700: 80/(1 − 1.05 · 0.9) is 1,454.55, and 84 whole ones of 18 are seized.
    let fall = &all["falls"][2];
    assert_eq!(
        (&fall["credit"], &fall["owed"], &fall["healthy"]),
        (&"1620".into(), &"1700".into(), &false.into())
    );
    assert_eq!(
        fall["repaid"],
        serde_json::json!([{ "name": "D", "amount": "1455" }])
    );
    assert_eq!(
        fall["seized"],
        serde_json::json!([{ "name": "H", "amount": "84" }])
    );
    assert_eq!(
        (
            &fall["repaid_value"],
            &fall["seized_value"],
            &fall["left_owed"]
        ),
        (&"1455".into(), &"1512".into(), &"245".into())
    );
    assert_eq!(
        (&fall["improves"], &fall["bad_debt"], &fall["ended"]),
        (&1.into(), &"0".into(), &true.into())
    );
}
