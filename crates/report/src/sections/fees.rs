//! The revenue of the protocol, and who gets it.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Decimals, Fraction};

use super::reading::{asset, share};
use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Chart, Layer, Shape};
use crate::dates;
use crate::format::{self, Precision};
use crate::section::{Part, Section};
use crate::view::{drawn, View};
use tokenomics_design::{FeeAsset, FeePlan, Route};

const fn ink(route: Route) -> Ink {
    // By its place in `Route::ALL`.
    match route {
        Route::Lockers => Ink::Sky,
        Route::Treasury => Ink::Green,
        Route::Buyback => Ink::Blue,
        Route::Burn => Ink::Dark,
        Route::To(who) => [Ink::Orange, Ink::Pink, Ink::Brown, Ink::Yellow][who.index()],
    }
}

/// The routes that get anything: their place in [`Route::ALL`] and their share.
fn routes(plan: &FeePlan) -> Vec<(usize, Route, Fraction)> {
    let all = Route::ALL.into_iter().zip(plan.routes).enumerate();
    let all = all.map(|(index, (route, share))| (index, route, share));
    all.filter(|(_, _, share)| !share.is_zero()).collect()
}

fn chart(view: &View<'_>, plan: &FeePlan, decimals: Decimals) -> Chart {
    let layers = routes(plan).into_iter().map(|(index, route, _)| Layer {
        label: format::capital(route.name()),
        ink: ink(route),
        shape: Shape::Area,
        values: view
            .points
            .iter()
            .map(|point| drawn(point.routed[index], decimals.get()))
            .collect(),
    });
    let description = "Stacked areas: revenue so far, by who gets it.".to_owned();
    view.chart(description, Unit::Tokens, layers.collect())
}

pub(crate) fn section(view: &View<'_>) -> Part {
    let Some(plan) = &view.run.design.fees else {
        return Ok(None);
    };
    let (symbol, decimals) = asset(view.run.design, plan);
    let routed = view.run.last.routed;
    let sum = Amount::try_sum(routed)?;
    let body = html! {
        @if !sum.is_zero() {
            figure {
                figcaption { "Revenue so far, in " (symbol) }
                (chart(view, plan, decimals).draw()?)
                @if let Some(note) = view.cut_note() { p.note { (note) } }
            }
        }
        (table(view, plan, sum, decimals))
        (effects(view, plan))
    };
    let lead = format!(
        "{}\u{a0}{symbol} are collected by {}.",
        format::human(sum, decimals),
        dates::day(view.end())
    );
    Ok(Some(Section::new(
        "fees",
        "Fees",
        "Fees and who gets them",
        &lead,
        body,
    )))
}

fn table(view: &View<'_>, plan: &FeePlan, sum: Amount, decimals: Decimals) -> Markup {
    let routed = view.run.last.routed;
    let precision = Precision::of(sum, decimals);
    let symbol = asset(view.run.design, plan).0;
    html! {
        div.table.slim { table {
            thead { tr {
                th scope="col" { "To" } th.n scope="col" { "Share" }
                th.n scope="col" { (symbol) " by the end" }
            } }
            tbody { @for (index, route, part) in routes(plan) { tr {
                th scope="row" { span class={ "key b-" (ink(route).name()) } {} (format::capital(route.name())) }
                td.n { (share(part)) }
                (precision.cell(routed[index]))
            } } }
            tfoot { tr {
                th scope="row" { "All" } td.n { "100%" } (precision.cell(sum))
            } }
        } }
    }
}

/// The effect of revenue on the token.
fn effects(view: &View<'_>, plan: &FeePlan) -> Markup {
    let how = if matches!(plan.asset, FeeAsset::Token) {
        "burned"
    } else {
        "bought and burned"
    };
    let totals = view.last();
    let facts = [
        (totals.bought, "bought back and kept by the treasury"),
        (totals.burned, how),
    ];
    let facts = facts.iter().filter(|(amount, _)| !amount.is_zero());
    let facts: Vec<String> = facts
        .map(|(amount, done)| format!("{} {done}.", view.tokens(*amount)))
        .collect();
    html! { @if !facts.is_empty() { ul.facts { @for fact in facts { li { (fact) } } } } }
}
