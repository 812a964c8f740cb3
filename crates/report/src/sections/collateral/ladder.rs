//! Liquidations at one fall of prices after the other.

use maud::{html, Markup};
use tokenomics_design::CollateralPlan;
use tokenomics_engine::collateral::{
    price_of_whole, Certificates, Ladder, Rung, MOST_LIQUIDATIONS,
};
use tokenomics_engine::CollateralView;
use tokenomics_fixed_math::{Amount, Decimals, Ratio, Rounding, Wad};

use super::basis_points;
use crate::chart::{Across, Chart, Ink, Layer, Shape, Unit};
use crate::format::{self, Precision};
use crate::section::ReportError;
use crate::view::drawn;

pub(super) fn ladder(plan: &CollateralPlan, state: &CollateralView) -> Result<Markup, ReportError> {
    let Some((all, each)) = state.ladders.split_first() else {
        return Ok(html! {});
    };
    let owes = state.ladders.iter().flat_map(|ladder| &ladder.rungs);
    if owes.clone().all(|rung| rung.owed.is_zero()) {
        return Ok(html! {});
    }
    Ok(html! {
        h3 { "What liquidation does at each fall" }
        p.note { (lead(plan, all)) }
        figure {
            figcaption { "Debts after liquidation, in " (plan.quote) ", by how far all prices fall" }
            (chart(plan, all).draw()?)
        }
        (table(plan, all))
        (alone(plan, state, each))
    })
}

fn lead(plan: &CollateralPlan, ladder: &Ladder) -> String {
    let from = match ladder.liquidatable_from_bps {
        None => "At no fall of all prices can the position be liquidated.".to_owned(),
        Some(0) => "The position can be liquidated at today's prices.".to_owned(),
        Some(bps) => format!(
            "The position can be liquidated from a fall of all prices by {} on.",
            basis_points(bps)
        ),
    };
    let lost = ladder.rungs.iter().find(|rung| !rung.bad_debt.is_zero());
    let lost = match lost {
        None => "No fall up to 95% leaves a bad debt.".to_owned(),
        Some(rung) => format!(
            "Of the falls shown, {}% is the first that leaves a bad debt: {} {}.",
            rung.fall_bps / 100,
            format::human(rung.bad_debt, plan.decimals),
            plan.quote
        ),
    };
    format!("{from} {lost} Haircuts are those of today's prices, each liquidation is verified, and whoever liquidates is assumed to act at the fallen price.")
}

fn chart(plan: &CollateralPlan, ladder: &Ladder) -> Chart {
    let decimals = plan.decimals.get();
    let layer = |label: &str, ink, of: fn(&Rung) -> Amount| Layer {
        label: label.to_owned(),
        ink,
        shape: Shape::Bar,
        values: ladder
            .rungs
            .iter()
            .map(|rung| drawn(of(rung), decimals))
            .collect(),
    };
    let stays = |rung: &Rung| {
        rung.left_value
            .checked_sub(rung.bad_debt)
            .unwrap_or_default()
    };
    let mut layers = vec![
        layer("Stays owed", Ink::Blue, stays),
        layer("Repaid by liquidators", Ink::Orange, |rung| {
            rung.repaid_value
        }),
        layer("Bad debt", Ink::Vermilion, |rung| rung.bad_debt),
    ];
    layers.retain(|layer| !layer.is_empty());
    let edge = |rung: &Rung| rung.fall_bps as f64 / 100.0 - 2.5;
    let description = "Bars: the debts at falls of all prices from 0% to 95%, by what stays owed, what liquidators repay and what is a bad debt.";
    Chart {
        description: description.to_owned(),
        across: Across::Percent,
        places: ladder.rungs.iter().map(edge).collect(),
        end: ladder.rungs.last().map_or(97.5, |rung| edge(rung) + 5.0),
        unit: Unit::Tokens,
        top: None,
        layers,
    }
}

fn table(plan: &CollateralPlan, ladder: &Ladder) -> Markup {
    let rungs = ladder.rungs.iter();
    let largest = rungs.map(|rung| rung.owed.max(rung.credit)).max();
    let precision = Precision::of(largest.unwrap_or_default(), plan.decimals);
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Prices fall by" }
                th.n scope="col" { "Repaid, " (plan.quote) }
                th.n scope="col" { "Bad debt, " (plan.quote) }
                th.n scope="col" { "Seized, " (plan.quote) }
                th.n scope="col" { "Credit before, " (plan.quote) }
                th scope="col" { "Liquidations" }
                th scope="col" { "Seized" }
            } }
            tbody { @for rung in &ladder.rungs { tr {
                th scope="row" { (rung.fall_bps / 100) "%" }
                (precision.cell(rung.repaid_value))
                (precision.cell(rung.bad_debt))
                (precision.cell(rung.seized_value))
                (precision.cell(rung.credit))
                td.wrap { (certificates(rung)) }
                td.wrap { (seized(plan, rung)) }
            } } }
        } }
    }
}

/// The number of liquidations by what they certify.
fn certificates(rung: &Rung) -> String {
    if rung.healthy {
        return "none: stays open".to_owned();
    }
    let Certificates {
        improves,
        full_close,
        bad_debt,
    } = rung.certificates;
    let parts = [
        (improves, "that improves health", "that improve health"),
        (full_close, "that closes all", "that close all"),
        (bad_debt, "with a bad debt", "with a bad debt"),
    ];
    let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let open = match rung.ended {
        true => String::new(),
        false => format!(", and not at an end after {MOST_LIQUIDATIONS}"),
    };
    format!("{}{open}", format::listed(&parts))
}

fn seized(plan: &CollateralPlan, rung: &Rung) -> String {
    let seized = plan.holdings.iter().zip(&rung.seized);
    if seized
        .clone()
        .all(|(holding, amount)| *amount == holding.amount)
    {
        return "all holdings".to_owned();
    }
    let seized = seized.filter(|(_, amount)| !amount.is_zero());
    let seized = seized.map(|(holding, amount)| {
        format!(
            "{} {}",
            format::human(*amount, holding.decimals),
            holding.name
        )
    });
    let seized: Vec<String> = seized.collect();
    if seized.is_empty() {
        "nothing".to_owned()
    } else {
        seized.join(", ")
    }
}

/// Each holding by itself, while all else stays.
fn alone(plan: &CollateralPlan, state: &CollateralView, each: &[Ladder]) -> Markup {
    let rows = plan
        .holdings
        .iter()
        .zip(&state.liquidation_prices)
        .zip(each);
    html! {
        h3 { "If one price falls and all else stays" }
        div.table { table {
            thead { tr {
                th scope="col" { "Holding" }
                th.n scope="col" { "Price, " (plan.quote) }
                th.n scope="col" { "Liquidatable below" }
                th.n scope="col" { "After a fall by" }
                th.n scope="col" { "Repaid at −95%, " (plan.quote) }
                th.n scope="col" { "Bad debt at −95%, " (plan.quote) }
            } }
            tbody { @for ((holding, lowest), ladder) in rows { tr {
                th scope="row" { (holding.name) }
                td.n { (price(price_of_whole(holding.price, holding.par, Rounding::Floor))) }
                td.n { (below(*lowest, holding.par)) }
                td.n { (ladder.liquidatable_from_bps.map_or_else(|| "none".to_owned(), basis_points)) }
                @if let Some(last) = ladder.rungs.last() {
                    td.n { (format::human(last.repaid_value, plan.decimals)) }
                    td.n { (format::human(last.bad_debt, plan.decimals)) }
                }
            } } }
        } }
    }
}

/// The lowest price at which it may stay open, rounded up.
fn below(lowest: Option<Ratio>, par: Ratio) -> String {
    match lowest {
        None => "at any price".to_owned(),
        Some(lowest) if lowest.is_zero() => "at no price".to_owned(),
        Some(lowest) => price(price_of_whole(lowest, par, Rounding::Ceil)),
    }
}

/// A price to five digits or so, rounded up.
fn price(price: Wad) -> String {
    let places = match price.raw() / Wad::SCALE {
        0 => 8,
        1..100 => 4,
        _ => 2,
    };
    let rounded = Decimals::new(places).and_then(|places| price.round_to(places, Rounding::Ceil));
    let text = rounded.unwrap_or(price).to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let point = if rest.is_empty() { "" } else { "." };
    format!("{}{point}{rest}", format::grouped(whole))
}
