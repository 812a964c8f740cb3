//! docs/backtest.md has the figures of the command.

use std::fmt::Write as _;

use tokenomics_design::{Design, Overrides};
use tokenomics_fixed_math::Fraction;
use tokenomics_scenarios::backtest::{judge, Case, Judged, Options, Rule, CRASHES};

/// A share in percent, to a hundredth, with what is cut off counted against the rule or not.
fn percent(share: Fraction, up: bool) -> String {
    let part = Fraction::SCALE / 10_000;
    let hundredths = match up {
        true => share.raw().div_ceil(part),
        false => share.raw() / part,
    };
    match hundredths {
        10_000 if share < Fraction::ONE => ">99.99%".to_owned(),
        _ => format!("{}.{:02}%", hundredths / 100, hundredths % 100),
    }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Design => "the design's".to_owned(),
        Rule::NoHaircut => "no haircut".to_owned(),
        Rule::Static(listed) => format!("static, {}", listed.symbol.as_deref().unwrap_or("–")),
        Rule::NoCredit => "no credit".to_owned(),
    }
}

fn rows(judged: &Judged) -> String {
    let (all, mut text) = (&judged.figures, String::new());
    for figures in &all.rules {
        let bad_debt = |outcome| percent(figures.bad_debt(outcome), true);
        // Writing to a String can't fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            judged.name,
            rule(&figures.rule),
            percent(figures.credits[all.top], false),
            percent(all.after_top.loss, true),
            percent(figures.uncovered(all.after_top), true),
            percent(figures.credits[all.worst_day.from], false),
            bad_debt(&figures.at_top),
            bad_debt(&figures.before_worst_day),
            bad_debt(&figures.worst),
            percent(figures.mean_credit, false),
        );
    }
    text
}

#[test]
fn the_table_of_the_docs_is_what_the_command_tells() {
    let text = include_str!("../../../docs/designs/lending.toml");
    let design = Design::parse("lending.toml", text, Overrides::default()).unwrap();
    let plan = design.collateral.as_ref().unwrap();
    let mut table = "| crash | rule | credit at the top | loss in the next 24 h | above the haircut | credit before the \
        worst 24 h | bad debt, opened at the top | before the worst 24 h | worst opening | mean credit |\n\
        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for crash in CRASHES {
        let case = Case {
            name: crash.name.to_owned(),
            asset: Some(crash.asset.to_owned()),
            quote: Some(crash.quote.to_owned()),
            source: None,
            path: crash.path().unwrap(),
            listed: None,
        };
        let judged = judge(plan, case, &Options::default()).unwrap();
        keeps_what_it_is_for(&judged);
        table += &rows(&judged);
    }
    let page = include_str!("../../../docs/backtest.md");
    assert!(
        page.contains(&table),
        "docs/backtest.md should have\n\n{table}"
    );
}

/// The design lends at the top, and leaves nothing; LUNA is what it can't help.
fn keeps_what_it_is_for(judged: &Judged) {
    let least = match judged.name.as_str() {
        "eth-2020-03" => 60,
        "steth-2022-06" | "steth-eth-2022-06" => 70,
        "usdc-2023-03" => 85,
        _ => return,
    };
    let design = &judged.figures.rules[0];
    let least = Fraction::from_percent(least).unwrap();
    assert!(
        design.credits[judged.figures.top] >= least,
        "{}",
        judged.name
    );
    assert!(design.worst.bad_debt().is_zero(), "{}", judged.name);
}
