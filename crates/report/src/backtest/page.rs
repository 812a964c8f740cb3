//! `backtest.html`: a page of a backtest for people.

use std::io::Write;

use maud::{html, Markup, PreEscaped, DOCTYPE};
use tokenomics_design::printable;
use tokenomics_fixed_math::{Amount, Rounding, Timestamp, Wad};
use tokenomics_scenarios::backtest::{Judged, Outcome, RuleFigures, Sale};

use super::{percent_rounded, rule_name, worst_bad_debt};
use crate::chart::{Across, Chart, Ink, Layer, Shape, Unit};
use crate::dates;
use crate::page::style;
use crate::section::ReportError;

/// The most liquidations of a position that the page lists.
const MOST_SALES: usize = 50;

/// The inks of the rules, in their order.
const INKS: [Ink; 4] = [Ink::Blue, Ink::Vermilion, Ink::Orange, Ink::Dark];

/// Writes a backtest as one self-contained HTML page.
///
/// # Errors
/// [`ReportError`].
pub fn write_backtest(
    design: &str,
    crashes: &[Judged],
    mut out: impl Write,
) -> Result<(), ReportError> {
    let sections = (1..)
        .zip(crashes)
        .map(|(number, judged)| section(number, judged));
    let sections = sections.collect::<Result<Vec<_>, _>>()?;
    let page = page(design, &sections).into_string();
    out.write_all(printable(&page).as_bytes())?;
    out.flush()?;
    Ok(())
}

fn page(design: &str, sections: &[Markup]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (design) ": what its collateral does in a crash" }
                style { (PreEscaped(style())) }
            }
            body {
                main {
                    header {
                        p.kicker { "Collateral, backtested" }
                        h1 { (design) }
                        p.reading {
                            "Each position holds all that is held of an asset, borrows the whole "
                            "credit when it opens, and is left alone; liquidators come late and sell "
                            "into a stated depth."
                        }
                    }
                    @for section in sections { (section) }
                }
                (footer())
            }
        }
    }
}

fn footer() -> Markup {
    html! {
        footer {
            h2 { "How this was computed" }
            p {
                "At each row a rule sees the price and the volatility of the rows up to it, and none after it; "
                "no constant is fitted on a path. Credit is rounded down, losses and bad debt are rounded up. "
                "Each liquidation is sized and verified by the tokenomics-haircut-collateral library. "
                code { "backtest.json" } ", beside this page, holds every digit."
            }
        }
    }
}

fn section(number: usize, judged: &Judged) -> Result<Markup, ReportError> {
    let title = format!("{} in {}: {}", judged.asset, judged.quote, judged.name);
    Ok(html! {
        section id={ "crash-" (number) } aria-labelledby={ "crash-" (number) "-title" } {
        h2 id={ "crash-" (number) "-title" } { (title) }
        p.lead { (lead(judged)) }
        (table(judged))
        figure {
            figcaption { "Price, and what one token gives credit for, in " (judged.quote) }
            (path_chart(judged).draw()?)
        }
        figure {
            figcaption { "Bad debt at last, of what was borrowed, by when the position was opened" }
            (debt_chart(judged).draw()?)
        }
        @for rule in judged.figures.rules.iter().filter(|rule| rule.step > 1) {
            p { (rule_name(&rule.rule)) ": opened at one row in " (rule.step)
                ", as a long path has more than can be walked." }
        }
        (sales(judged))
        }
    })
}

fn lead(judged: &Judged) -> String {
    let (points, figures) = (judged.path.points(), &judged.figures);
    let at = |row: usize| time(points[row].at);
    format!(
        "{} rows from {} to {}, in UTC. The top is {} at {}, the lowest {} at {}; the worst 24 hours lose {} from {}. \
         {} {} are held, and {} can be sold for {} below the price.",
        crate::format::grouped(points.len() as u64),
        at(0),
        at(points.len() - 1),
        points[figures.top].price,
        at(figures.top),
        points[figures.lowest].price,
        at(figures.lowest),
        percent_rounded(figures.worst_day.loss, Rounding::Ceil),
        at(figures.worst_day.from),
        crate::format::human(judged.setting.total, judged.decimals),
        judged.asset,
        crate::format::human(judged.depth.depth(), judged.decimals),
        percent_rounded(judged.depth.cost(), Rounding::Ceil),
    )
}

/// A figure of a rule: its name, and what it is by a path's figures.
type Figure<'j> = (&'static str, Box<dyn Fn(&RuleFigures) -> String + 'j>);

/// The figures, a row each, in the order of the table that the command prints.
fn table(judged: &Judged) -> Markup {
    let rules = &judged.figures.rules;
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Figure" }
                @for rule in rules { th.n scope="col" { (rule_name(&rule.rule)) } }
            } }
            tbody { @for (name, figure) in figures(judged) { tr {
                th scope="row" { (name) }
                @for rule in rules { td.n { (figure(rule)) } }
            } } }
        } }
    }
}

fn figures(judged: &Judged) -> [Figure<'_>; 9] {
    let all = &judged.figures;
    let down = |share| percent_rounded(share, Rounding::Floor);
    let up = |share| percent_rounded(share, Rounding::Ceil);
    let worst_at = |rule: &RuleFigures| match rule.bad_debt(&rule.worst).is_zero() {
        true => "–".to_owned(),
        false => time(judged.path.points()[rule.worst.row].at),
    };
    [
        (
            "Credit at the top",
            Box::new(move |rule| down(rule.credits[all.top])),
        ),
        (
            "Loss of the next 24 h",
            Box::new(move |_| up(all.after_top.loss)),
        ),
        (
            "Above the haircut",
            Box::new(move |rule| up(rule.uncovered(all.after_top))),
        ),
        (
            "Credit before the worst 24 h",
            Box::new(move |rule| down(rule.credits[all.worst_day.from])),
        ),
        (
            "Bad debt, opened at the top",
            Box::new(move |rule| up(rule.bad_debt(&rule.at_top))),
        ),
        (
            "Opened before the worst 24 h",
            Box::new(move |rule| up(rule.bad_debt(&rule.before_worst_day))),
        ),
        ("Worst of all openings", Box::new(worst_bad_debt)),
        ("Opened at", Box::new(worst_at)),
        ("Mean credit", Box::new(move |rule| down(rule.mean_credit))),
    ]
}

/// A time as the page writes it, in UTC.
fn time(at: Timestamp) -> String {
    dates::dated(at, "%-d %b %Y %H:%M")
}

fn chart(judged: &Judged, description: &str, unit: Unit, layers: Vec<Layer>) -> Chart {
    let places: Vec<f64> = judged
        .path
        .points()
        .iter()
        .map(|point| point.at.get() as f64)
        .collect();
    Chart {
        description: description.to_owned(),
        across: Across::Time,
        end: places.last().copied().unwrap_or_default(),
        places,
        unit,
        top: None,
        layers,
    }
}

fn line(label: &str, ink: Ink, values: Vec<f64>) -> Layer {
    Layer {
        label: label.to_owned(),
        ink,
        shape: Shape::Line,
        values,
    }
}

/// A number with 18 decimals, to be drawn.
fn drawn(raw: u128) -> f64 {
    raw as f64 / Wad::SCALE as f64
}

fn path_chart(judged: &Judged) -> Chart {
    let points = judged.path.points();
    let price: Vec<f64> = points
        .iter()
        .map(|point| drawn(point.price.raw()))
        .collect();
    let mut layers = vec![line("Price", Ink::Dark, price.clone())];
    if let Some(design) = judged.figures.rules.first() {
        let credit = price.iter().zip(&design.credits);
        let credit = credit
            .map(|(price, credit)| price * drawn(credit.raw().into()))
            .collect();
        layers.push(line(
            "Credit of one token by the design's rule",
            Ink::Blue,
            credit,
        ));
        layers.push(line(
            "Debt still open, opened at the top",
            Ink::Vermilion,
            debt_line(judged, &design.at_top),
        ));
    }
    layers.retain(|layer| !layer.is_empty());
    let description =
        "Lines over time: the price, the credit that the rule gives for one token, and what is \
                       still owed for each token by a position opened at the top.";
    chart(judged, description, Unit::Tokens, layers)
}

/// Returns the debt of a position at each row, for each token that it was opened with; 0 before it is.
fn debt_line(judged: &Judged, outcome: &Outcome) -> Vec<f64> {
    let quote = 10_f64.powi(judged.quote_decimals.get().into());
    let tokens = outcome.opened.get() as f64 / 10_f64.powi(judged.decimals.get().into());
    let per_token = |amount: Amount| match tokens > 0.0 {
        true => amount.get() as f64 / quote / tokens,
        false => 0.0,
    };
    let gone = |sale: &Sale| per_token(sale.repaid) + per_token(sale.written_off);
    let (mut owed, mut sales) = (0.0, outcome.sales.iter().peekable());
    let rows = 0..judged.path.points().len();
    rows.map(|row| {
        if row == outcome.row {
            owed = per_token(outcome.borrowed);
        }
        while let Some(sale) = sales.next_if(|sale| sale.row == row) {
            owed = f64::max(owed - gone(sale), 0.0);
        }
        owed
    })
    .collect()
}

fn debt_chart(judged: &Judged) -> Chart {
    let layer = |(figures, ink): (&RuleFigures, Ink)| {
        let values = figures
            .bad_debts
            .iter()
            .map(|share| 100.0 * drawn(share.raw().into()));
        line(&rule_name(&figures.rule), ink, values.collect())
    };
    let mut layers: Vec<Layer> = judged.figures.rules.iter().zip(INKS).map(layer).collect();
    layers.retain(|layer| !layer.is_empty());
    let description = "A line for each rule that leaves any: bad debt at the end of the path, in percent of what \
                       was borrowed, by the time at which the position was opened.";
    chart(judged, description, Unit::Percent, layers)
}

/// The liquidations of the position that was opened at the top by the design's rule.
fn sales(judged: &Judged) -> Markup {
    let Some(design) = judged.figures.rules.first() else {
        return html! {};
    };
    let sales = &design.at_top.sales;
    let points = judged.path.points();
    let quote = |amount: Amount| crate::format::human(amount, judged.quote_decimals);
    html! {
        @if !sales.is_empty() {
            p { "Liquidations of the position opened at the top, by the design's rule"
                @if sales.len() > MOST_SALES { ", the first " (MOST_SALES) " of " (sales.len()) }
                ":"
            }
            div.table.slim { table {
                thead { tr {
                    th scope="col" { "At" }
                    th.n scope="col" { "Price" }
                    th.n scope="col" { "Seized, " (judged.asset) }
                    th.n scope="col" { "Repaid, " (judged.quote) }
                    th.n scope="col" { "Sold for" }
                    th.n scope="col" { "Written off" }
                } }
                tbody { @for sale in sales.iter().take(MOST_SALES) { tr {
                    th scope="row" { (time(points[sale.row].at)) }
                    td.n { (points[sale.row].price) }
                    td.n { (crate::format::human(sale.seized, judged.decimals)) }
                    td.n { (quote(sale.repaid)) }
                    td.n { (quote(sale.proceeds)) }
                    td.n { (quote(sale.written_off)) }
                } } }
            } }
        }
    }
}
