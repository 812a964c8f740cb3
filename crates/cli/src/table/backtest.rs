//! The table that a backtest prints.

use std::path::Path;

use comfy_table::Table;
use tokenomics_fixed_math::{Rounding, Span};
use tokenomics_simulation::backtest::{Judged, Rule};
use tokenomics_simulation::{calendar, percent_rounded, printable, rule_name, worst_bad_debt};

use super::{name, new_table, right_align};

pub(crate) fn render(design: &str, crashes: &[Judged], out: &Path) -> String {
    let tables = crashes.iter().map(of_crash).collect::<String>();
    format!(
        "{}\n\n{tables}Written to {}: backtest.html (open it in a browser), backtest.json\n",
        name(design),
        printable(&out.display().to_string()),
    )
}

fn of_crash(judged: &Judged) -> String {
    format!("{}{}\n{}\n", lead(judged), rules(judged), notes(judged))
}

/// Returns the lines above a table: the path, its falls and the market.
fn lead(judged: &Judged) -> String {
    let (points, figures) = (judged.path.points(), &judged.figures);
    let at = |row: usize| calendar::rfc3339(points[row].at);
    let (top, lowest, worst) = (figures.top, figures.lowest, figures.worst_day);
    let gaps = match judged.path.gaps() {
        0 => String::new(),
        gaps => format!(", {gaps} without a price"),
    };
    format!(
        "{}: {} in {}, {} rows from {} to {}{gaps}\n\
         top {} at {}, lowest {} at {}; the worst 24 h, from {}, lose {}\n\
         {} {} held; liquidators {} late, into a depth of {} at {} that recovers in {}\n",
        name(&judged.name),
        name(&judged.asset),
        name(&judged.quote),
        points.len(),
        at(0),
        at(points.len() - 1),
        points[top].price,
        at(top),
        points[lowest].price,
        at(lowest),
        at(worst.from),
        percent_rounded(worst.loss, Rounding::Ceil),
        judged.setting.total.display(judged.decimals),
        name(&judged.asset),
        span(judged.options.late),
        judged.depth.depth().display(judged.decimals),
        percent_rounded(judged.depth.cost(), Rounding::Ceil),
        span(judged.options.recovers),
    )
}

/// A length of time in its largest whole unit.
fn span(span: Span) -> String {
    let seconds = span.get();
    let units = [("d", 86_400), ("h", 3_600), ("min", 60)];
    let unit = units
        .iter()
        .find(|(_, unit)| seconds > 0 && seconds.is_multiple_of(*unit));
    match unit {
        Some((unit, each)) => format!("{}{unit}", seconds / each),
        None => format!("{seconds}s"),
    }
}

fn rules(judged: &Judged) -> Table {
    let figures = &judged.figures;
    let down = |share| percent_rounded(share, Rounding::Floor);
    let up = |share| percent_rounded(share, Rounding::Ceil);
    let mut table = new_table();
    table.set_header([
        "",
        "credit at\nthe top",
        "worst loss in\nthe next 24 h",
        "above the\nhaircut",
        "credit before\nthe worst 24 h",
        "bad debt, opened\nat the top",
        "opened before\nthe worst 24 h",
        "worst of all\nopenings",
        "opened at",
        "mean\ncredit",
    ]);
    for rule in &figures.rules {
        let worst = rule.bad_debt(&rule.worst);
        let at = match worst.is_zero() {
            true => "–".to_owned(),
            false => calendar::rfc3339(judged.path.points()[rule.worst.row].at),
        };
        table.add_row([
            name(&rule_name(&rule.rule)),
            down(rule.credits[figures.top]),
            up(figures.after_top.loss),
            up(rule.uncovered(figures.after_top)),
            down(rule.credits[figures.worst_day.from]),
            up(rule.bad_debt(&rule.at_top)),
            up(rule.bad_debt(&rule.before_worst_day)),
            worst_bad_debt(rule),
            at,
            down(rule.mean_credit),
        ]);
    }
    right_align(table, 1..=9)
}

fn notes(judged: &Judged) -> String {
    let rules = &judged.figures.rules;
    let is_static = rules
        .iter()
        .any(|rule| matches!(rule.rule, Rule::Static(_)));
    let unlisted = match is_static {
        true => String::new(),
        false => format!(
            "static Aave parameters: {} is not listed (--static LTV,THRESHOLD gives others)\n",
            name(&judged.asset)
        ),
    };
    let coarse = rules.iter().filter(|rule| rule.step > 1).map(|rule| {
        format!(
            "{}: opened at one row in {}, as a long path has more than can be walked\n",
            name(&rule_name(&rule.rule)),
            rule.step
        )
    });
    unlisted + &coarse.collect::<String>()
}
