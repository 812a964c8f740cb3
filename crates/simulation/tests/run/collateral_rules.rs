//! The haircut of a holding and the add-on of a debt, rule by rule, worked out by hand.

use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Ratio, Span};
use tokenomics_haircut_collateral::{Haircut, Margin};
use tokenomics_simulation::collateral::{add_on_steps, haircut_steps, HaircutStep, Observed};
use tokenomics_simulation::{run, CollateralPlan, Design};

use super::token;

/// A hundred of 1,000 at 20 each, with haircuts of 20% and 10%.
pub(super) fn held(rest: &str) -> Design {
    token(&format!(
        "[collateral]\nquote = \"USD\"\ndecimals = 2\n{HELD}{rest}"
    ))
}

pub(super) const HELD: &str = "[[collateral.holding]]\nname = \"H\"\ndecimals = 0\namount = 100\nprice = 20\ninitial = 0.2\nmaintenance = 0.1\nall_holders = 1_000\n";

pub(super) fn rule(keys: &str) -> Design {
    held(&format!("[[collateral.holding.rule]]\n{keys}\n"))
}

fn plan(design: &Design) -> &CollateralPlan {
    design.collateral.as_ref().unwrap()
}

fn steps(design: &Design) -> Vec<HaircutStep> {
    let holding = &plan(design).holdings[0];
    haircut_steps(holding, &Observed::declared(holding)).unwrap()
}

fn cut(initial: &str, maintenance: &str) -> Haircut {
    let read = |text: &str| text.parse::<Fraction>().unwrap();
    Haircut::new(read(initial), read(maintenance)).unwrap()
}

#[track_caller]
fn gives(keys: &str, alone: &str, initial: &str, maintenance: &str) {
    let steps = steps(&rule(keys));
    assert_eq!(steps.len(), 2, "{keys}");
    assert_eq!(
        (steps[0].kind, steps[0].after),
        ("static", cut("0.2", "0.1"))
    );
    let kind = format!("kind = \"{}\"", steps[1].kind);
    assert!(keys.starts_with(&kind), "{kind}");
    assert_eq!(steps[1].alone, cut(alone, alone), "{keys}");
    assert_eq!(steps[1].after, cut(initial, maintenance), "{keys}");
}

#[test]
fn each_rule_multiplies_what_the_static_haircut_leaves() {
    gives(
        "kind = \"depth\"\namount = 1_000\ncost = 0.02",
        "0.02",
        "0.216",
        "0.118",
    );
    gives("kind = \"cap\"\namount = 500", "0.5", "0.6", "0.55");
    // 1 − 1.1/(1 + 0.1·√100)
    gives("kind = \"root\"\nfactor = 0.1", "0.45", "0.56", "0.505");
    // 1,000 of 20 each pay 180,000·1,000/10,000 = 18,000.
    gives(
        "kind = \"impact\"\nasset = 9_000\nquote = 180_000",
        "0.1",
        "0.28",
        "0.19",
    );
    gives(
        "kind = \"age\"\nfresh = \"5min\"\nstale = \"25min\"\nage = \"10min\"",
        "0.25",
        "0.4",
        "0.325",
    );
    gives(
        "kind = \"age\"\nstale = \"1h\"\nage = \"15min\"",
        "0.25",
        "0.4",
        "0.325",
    );
    gives("kind = \"age\"\nstale = \"1h\"", "0", "0.2", "0.1");
    gives(
        "kind = \"confidence\"\nmultiple = 2\ninterval = 0.5",
        "0.05",
        "0.24",
        "0.145",
    );
    let volatile =
        "kind = \"volatility\"\nmultiple = 2\nhorizon = \"4d\"\ndeviation = 0.1\nperiod = \"1d\"";
    gives(volatile, "0.4", "0.52", "0.46");
    gives(&format!("{volatile}\nfloor = 0.5"), "0.5", "0.6", "0.55");
    // Without a deviation the floor alone counts.
    gives(
        "kind = \"volatility\"\nmultiple = 2\nhorizon = \"4d\"\nwindow = \"30d\"\nfloor = 0.3",
        "0.3",
        "0.44",
        "0.37",
    );
    // ln 2 a year, and an exit at 30%.
    let exit = "kind = \"exit\"\nrate = 0.693147180559945309\nleft = \"365d\"";
    gives(exit, "0.5", "0.6", "0.55");
    gives(&format!("{exit}\npenalty = 0.3"), "0.3", "0.44", "0.37");
    gives(
        &format!("{exit}\npenalty = 0\nwait = \"730d\""),
        "0.5",
        "0.6",
        "0.55",
    );
    // √¼ of a pool's share, and 5% a day for four days.
    gives("kind = \"liquidity\"\nprice = 1\nfall = 0.75\ndeviation = 0.05\nperiod = \"1d\"\nhorizon = \"4d\"", "0.50125", "0.601", "0.551125");
    gives(
        "kind = \"liquidity\"\nprice = 1\nfall = 0.75",
        "0.5",
        "0.6",
        "0.55",
    );
}

#[test]
fn a_fee_of_the_pool_is_a_part_of_the_impact() {
    // Of 1,000 a half goes into the pool: 190,000·500/10,000 = 9,500 of 20,000.
    gives(
        "kind = \"impact\"\nasset = 9_500\nquote = 190_000\nfee = 0.5",
        "0.525",
        "0.62",
        "0.5725",
    );
}

#[test]
fn a_range_of_liquidity_has_bounds() {
    // Within 1/4 and 4 the value at 1 is 2 − 1/2 − 1/2 = 1, and at 1/4 it is 1 − 1/2 − 1/8.
    gives(
        "kind = \"liquidity\"\nprice = 1\nlower = 0.25\nupper = 4\nfall = 0.75",
        "0.625",
        "0.7",
        "0.6625",
    );
}

#[test]
fn a_threshold_scales_the_haircut_before_it() {
    // √(1,000/250)
    let scaled = "kind = \"threshold\"\namount = 250";
    assert_eq!(steps(&rule(scaled))[1].alone, cut("0.4", "0.2"));
    assert_eq!(steps(&rule(scaled))[1].after, cut("0.4", "0.2"));
    let initial = steps(&rule(&format!("{scaled}\nmargin = \"initial\"")));
    assert_eq!(initial[1].after, cut("0.4", "0.1"));
}

#[test]
fn a_rule_may_count_for_one_margin_and_in_place_of_the_others() {
    let cap = "kind = \"cap\"\namount = 500\n";
    let last = |keys: &str| steps(&rule(&format!("{cap}{keys}")))[1].after;
    assert_eq!(last("margin = \"initial\""), cut("0.6", "0.1"));
    assert_eq!(last("combine = \"worst\""), cut("0.5", "0.5"));
    assert_eq!(
        last("margin = \"initial\"\ncombine = \"worst\""),
        cut("0.5", "0.1")
    );
    assert_eq!(
        last("margin = \"both\"\ncombine = \"product\""),
        cut("0.6", "0.55")
    );
}

#[test]
fn rules_apply_in_their_order() {
    let order = |first: &str, second: &str| {
        let rule = |keys| format!("[[collateral.holding.rule]]\n{keys}\n");
        let design = held(&format!("{}{}", rule(first), rule(second)));
        let steps = steps(&design);
        assert_eq!(steps.len(), 3);
        steps[2].after
    };
    let (cap, worst) = (
        "kind = \"cap\"\namount = 500",
        "kind = \"age\"\nstale = \"1h\"\nage = \"39min\"\ncombine = \"worst\"",
    );
    // 0.6 and 0.55 first, of which 0.65 is above both; or 0.65, of which half.
    assert_eq!(order(cap, worst), cut("0.65", "0.65"));
    assert_eq!(order(worst, cap), cut("0.825", "0.825"));
}

#[test]
fn what_is_observed_counts_instead_of_what_is_declared() {
    let seen = |keys: &str, change: fn(&mut Observed)| {
        let design = rule(keys);
        let holding = &plan(&design).holdings[0];
        let mut observed = Observed::declared(holding);
        change(&mut observed);
        haircut_steps(holding, &observed).unwrap()[1]
            .alone
            .fraction(Margin::Maintenance)
    };
    let volatile =
        "kind = \"volatility\"\nmultiple = 2\nhorizon = \"4d\"\ndeviation = 0.1\nperiod = \"1d\"";
    let hourly = |it: &mut Observed| it.deviation = Some((wad!("0.01"), Span::from_hours(1)));
    // 2 · 1% · √96, ceiled.
    assert_eq!(seen(volatile, hourly), fraction!("0.195959179422654248"));
    let half = |it: &mut Observed| it.all_holders = Amount::new(500);
    assert_eq!(seen("kind = \"cap\"\namount = 250", half), fraction!("0.5"));
    let age = "kind = \"age\"\nstale = \"1h\"\nage = \"15min\"";
    assert_eq!(
        seen(age, |it| it.price_age = Some(Span::from_mins(30))),
        fraction!("0.5")
    );
    let confidence = "kind = \"confidence\"\nmultiple = 2\ninterval = 0.5";
    let double = |it: &mut Observed| it.price = Ratio::from_integer(4_000);
    assert_eq!(seen(confidence, double), fraction!("0.025"));
    // The mark is twice what the pool says.
    let pool = "kind = \"impact\"\nasset = 9_000\nquote = 180_000";
    assert_eq!(seen(pool, double), fraction!("0.55"));
}

#[test]
fn a_deviation_of_no_period_is_refused() {
    let design = rule("kind = \"volatility\"\nmultiple = 2\nhorizon = \"4d\"\nwindow = \"30d\"");
    let holding = &plan(&design).holdings[0];
    let mut observed = Observed::declared(holding);
    observed.deviation = Some((wad!("0.01"), Span::ZERO));
    assert!(haircut_steps(holding, &observed).is_err());
}

pub(super) const OWED: &str =
    "[[collateral.debt]]\nname = \"D\"\ndecimals = 0\namount = 3_600\nprice = 1\n";

/// The groups of a hundred held and of 3,600 owed.
fn grouped(groups: &str, held_in: &str, owed_in: &str) -> Vec<HaircutStep> {
    let held = format!("{HELD}groups = {held_in}\n");
    let owed = format!("{OWED}groups = {owed_in}\n");
    let text = format!("[collateral]\nquote = \"USD\"\ndecimals = 2\n{groups}{held}{owed}");
    steps(&token(&text))
}

#[test]
fn a_group_that_all_of_the_position_is_in_stands_for_the_static_haircut() {
    const ETHER: &str =
        "[[collateral.group]]\nname = \"ether\"\ninitial = 0.07\nmaintenance = 0.05\n";
    const WORSE: &str =
        "[[collateral.group]]\nname = \"worse\"\ninitial = 0.9\nmaintenance = 0.04\n";
    let both = &format!("{ETHER}{WORSE}");
    let one = grouped(both, "[\"ether\"]", "[\"worse\", \"ether\"]");
    assert_eq!(
        (one[0].kind, one[0].group.as_deref()),
        ("group", Some("ether"))
    );
    assert_eq!((one.len(), one[0].after), (1, cut("0.07", "0.05")));
    // The better of each margin.
    let all = "[\"ether\", \"worse\"]";
    let two = grouped(both, all, all);
    assert_eq!(two[0].group.as_deref(), Some("ether, worse"));
    assert_eq!(two[0].after, cut("0.07", "0.04"));
    let none = grouped(both, "[\"ether\"]", "[\"worse\"]");
    assert_eq!((none[0].kind, none[0].after), ("static", cut("0.2", "0.1")));
    assert_eq!(grouped(both, "[\"ether\"]", "[]")[0].kind, "static");
    // Never worse than an asset's own.
    let worse = grouped(WORSE, "[\"worse\"]", "[\"worse\"]");
    assert_eq!(worse[0].after, cut("0.2", "0.04"));
}

#[test]
fn what_there_is_nothing_of_is_in_no_groups_way() {
    let group = "[[collateral.group]]\nname = \"ether\"\ninitial = 0.07\nmaintenance = 0.05\n";
    let held = format!("{HELD}groups = [\"ether\"]\n");
    let nothing = OWED.replace("3_600", "0");
    let text = format!("[collateral]\nquote = \"USD\"\ndecimals = 2\n{group}{held}{nothing}");
    assert_eq!(steps(&token(&text))[0].kind, "group");
}

fn owed(keys: &str) -> Design {
    let add_on = "initial = 0.2\nmaintenance = 0.1\n";
    let rule = format!("[[collateral.debt.rule]]\n{keys}\n");
    token(&format!(
        "[collateral]\nquote = \"USD\"\ndecimals = 2\n{OWED}{add_on}{rule}"
    ))
}

#[test]
fn a_debt_counts_for_more_by_its_rules() {
    let after = |keys: &str| {
        let design = owed(keys);
        add_on_steps(&plan(&design).debts[0])
            .unwrap()
            .pop()
            .unwrap()
            .after
    };
    // 1.2 · 1.1 and 1.1 · 1.1
    let confidence = "kind = \"confidence\"\nmultiple = 2\ninterval = 0.05\n";
    assert_eq!(after(confidence), cut("0.32", "0.21"));
    assert_eq!(
        after(&format!("{confidence}margin = \"initial\"")),
        cut("0.32", "0.1")
    );
    assert_eq!(
        after(&format!("{confidence}combine = \"worst\"")),
        cut("0.2", "0.1")
    );
    // 0.8 · 1.2 + 0.01 · √3,600
    assert_eq!(after("kind = \"root\"\nfactor = 0.01"), cut("0.56", "0.48"));
    let volatile =
        "kind = \"volatility\"\nmultiple = 2\nhorizon = \"4d\"\ndeviation = 0.05\nperiod = \"1d\"";
    assert_eq!(after(volatile), cut("0.44", "0.32"));
}

#[test]
fn a_debt_that_would_count_for_more_than_twice_is_an_error_of_the_run() {
    let design = owed("kind = \"confidence\"\nmultiple = 2\ninterval = 0.4");
    assert!(add_on_steps(&plan(&design).debts[0]).is_err());
    let error = run(&design).err().unwrap().to_string();
    assert!(error.contains("the add-on of a debt"), "{error}");
}

#[test]
fn the_sums_are_of_the_haircuts_that_count() {
    let cap = "[[collateral.holding.rule]]\nkind = \"cap\"\namount = 500\nmargin = \"initial\"\n";
    let owed = format!(
        "{OWED}[[collateral.debt.rule]]\nkind = \"confidence\"\nmultiple = 1\ninterval = 0.1\n"
    )
    .replace("3_600", "1_000");
    let design = held(&format!("{cap}{owed}"));
    let run = run(&design).unwrap();
    let view = run.collateral.unwrap();
    let sums = [
        view.value,
        view.initial_credit,
        view.maintenance_credit,
        view.initial_owed,
        view.owed,
    ];
    assert_eq!(
        sums.map(Amount::get),
        [200_000, 80_000, 180_000, 110_000, 110_000]
    );
    assert!(!view.healthy_initial && view.healthy);
    // 180,000 · (1 − fall) ≥ 110,000
    assert_eq!(view.survives_fall_bps, Some(3_888));
}

/// A price of a third of a cent has no last digit: what is left of it counts no more than it does.
#[test]
fn a_price_between_two_numbers_is_taken_from_below() {
    let design = rule("kind = \"confidence\"\nmultiple = 1\ninterval = 0.003333333333333333");
    let holding = &plan(&design).holdings[0];
    let mut observed = Observed::declared(holding);
    // A third of a base unit of a quote of two decimals, of which the interval is all but 1e-18.
    observed.price = Ratio::new(1, 3).unwrap();
    let steps = haircut_steps(holding, &observed).unwrap();
    assert_eq!(steps[1].alone, Haircut::FULL);
}
