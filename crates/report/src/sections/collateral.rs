//! The worth of the collateral, what counts of it, and how far prices can fall.

mod breakdown;
mod ladder;

use maud::{html, Markup};
use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding, Wad};

use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Across, Chart, Layer, Shape};
use crate::format::{self, Precision};
use crate::section::{Part, Section};
use crate::view::{drawn, View};
use tokenomics_design::CollateralPlan;
use tokenomics_engine::CollateralView;

/// Credit at each fall of prices, against what is owed.
fn chart(plan: &CollateralPlan, state: &CollateralView) -> Chart {
    let decimals = plan.decimals.get();
    let bars = |label: &str, ink, wanted: bool| Layer {
        label: label.to_owned(),
        ink,
        shape: Shape::Bar,
        values: state
            .falls
            .iter()
            .map(|(_, credit, healthy)| {
                if *healthy == wanted {
                    drawn(*credit, decimals)
                } else {
                    0.0
                }
            })
            .collect(),
    };
    let owed = Layer {
        label: "Owed".to_owned(),
        ink: Ink::Dark,
        shape: Shape::Line,
        values: vec![drawn(state.owed, decimals); state.falls.len()],
    };
    let mut layers = vec![
        bars("Credit: enough", Ink::Blue, true),
        bars(
            "Credit: not enough, can be liquidated",
            Ink::Vermilion,
            false,
        ),
        owed,
    ];
    layers.retain(|layer| !layer.is_empty());
    let description = "Bars: what the collateral counts for at falls of all its prices from 0% to 90%, against a line of what is owed.";
    Chart {
        description: description.to_owned(),
        across: Across::Percent,
        places: state
            .falls
            .iter()
            .map(|(bps, _, _)| *bps as f64 / 100.0 - 5.0)
            .collect(),
        end: state
            .falls
            .last()
            .map_or(100.0, |(bps, _, _)| *bps as f64 / 100.0 + 5.0),
        unit: Unit::Tokens,
        top: None,
        layers,
    }
}

pub(crate) fn section(view: &View<'_>) -> Part {
    let (Some(plan), Some(state)) = (&view.run.design.collateral, &view.run.collateral) else {
        return Ok(None);
    };
    let worthless = state.value.is_zero() && state.owed.is_zero();
    let body = html! {
        (figures(plan, state))
        @if !worthless {
            figure {
                figcaption { "Credit for staying open, in " (plan.quote) ", by how far all prices fall" }
                (chart(plan, state).draw()?)
            }
        }
        (table(plan, state))
        (breakdown::breakdown(plan, state))
        (ladder::ladder(plan, state)?)
    };
    Ok(Some(Section::new(
        "collateral",
        "Collateral",
        "Collateral under falling prices",
        &lead(state),
        body,
    )))
}

fn lead(state: &CollateralView) -> String {
    match state.survives_fall_bps {
        None => "Already at today's prices the collateral does not cover what is owed.".to_owned(),
        Some(_) if state.owed.is_zero() => {
            "Nothing is owed, so no fall of prices can do harm.".to_owned()
        }
        Some(bps) => format!(
            "It survives a fall of all prices by {}, and no more.",
            basis_points(bps)
        ),
    }
}

fn basis_points(bps: u64) -> String {
    if bps >= 10_000 {
        "100%".to_owned()
    } else {
        format!("{}.{:02}%", bps / 100, bps % 100)
    }
}

/// Rounded down, to a thousandth: a position is never called healthier than it is.
fn health(ratio: Ratio) -> String {
    match mul_div(
        ratio.numerator(),
        1_000,
        ratio.denominator(),
        Rounding::Floor,
    ) {
        Ok(n) => format!("{}.{:03}", format::grouped(n / 1_000), n % 1_000),
        Err(_) => "beyond measure".to_owned(),
    }
}

fn figures(plan: &CollateralPlan, state: &CollateralView) -> Markup {
    let money = |amount: Amount| format::human(amount, plan.decimals);
    let owed = if state.healthy_initial {
        "more could be borrowed"
    } else {
        "no more can be borrowed"
    };
    let owed = match state.initial_owed == state.owed {
        true => owed.to_owned(),
        false => format!("{} to borrow: {owed}", money(state.initial_owed)),
    };
    let standing = if state.healthy {
        "may stay open"
    } else {
        "can be liquidated"
    };
    let cards = [
        ("Worth", money(state.value), plan.quote.clone()),
        (
            "Credit to borrow",
            money(state.initial_credit),
            "after initial haircuts".to_owned(),
        ),
        (
            "Credit to stay open",
            money(state.maintenance_credit),
            "after maintenance haircuts".to_owned(),
        ),
        ("Owed", money(state.owed), owed),
        (
            "Health",
            state.health.map_or_else(|| "no debt".to_owned(), health),
            standing.to_owned(),
        ),
        (
            "Survives a fall of",
            state
                .survives_fall_bps
                .map_or_else(|| "none".to_owned(), basis_points),
            "of all prices at once".to_owned(),
        ),
    ];
    html! {
        dl.cards.six { @for (label, figure, note) in cards {
            div { dt { (label) } dd.figure { (figure) } dd.note { (note) } }
        } }
    }
}

fn table(plan: &CollateralPlan, state: &CollateralView) -> Markup {
    let precision = Precision::of(state.value.max(state.owed), plan.decimals);
    let cover = |credit: Amount| {
        tokenomics_engine::ratio(credit, state.owed)
            .map_or_else(|| "–".to_owned(), |cover: Wad| format::percent(cover))
    };
    html! {
        div.table.slim { table {
            thead { tr {
                th scope="col" { "Prices fall by" } th.n scope="col" { "Credit, " (plan.quote) }
                th.n scope="col" { "Of what is owed" } th scope="col" { "Then" }
            } }
            tbody { @for (bps, credit, healthy) in &state.falls { tr {
                th scope="row" { (bps / 100) "%" }
                (precision.cell(*credit))
                td.n { (cover(*credit)) }
                td { @if *healthy { "stays open" } @else { strong { "can be liquidated" } } }
            } } }
        } }
    }
}
