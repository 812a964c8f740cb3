//! The amount that is locked for votes, and its weight.

use maud::html;
use tokenomics_fixed_math::{Amount, Wad};

use super::{expiries, gauges};
use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Chart, Layer, Shape};
use crate::dates;
use crate::format;
use crate::section::{Part, Section};
use crate::view::View;
use tokenomics_design::{LockProgramme, LockWeight};
use tokenomics_engine::metrics::{Metric, CIRCULATING_SUPPLY, LOCKED, TOTAL_SUPPLY, VOTE_WEIGHT};
use tokenomics_engine::{ratio, Point};

fn share_chart(view: &View<'_>) -> Chart {
    let line = |label: &str, ink, whole: Metric| Layer {
        label: label.to_owned(),
        ink,
        shape: Shape::Line,
        values: view
            .points
            .iter()
            .map(|point| percent(point.totals.locked, (whole.read)(&point.totals)))
            .collect(),
    };
    let layers = vec![
        line("of what circulates", Ink::Blue, CIRCULATING_SUPPLY),
        line("of the total supply", Ink::Orange, TOTAL_SUPPLY),
    ];
    let description = "Two lines: the locked share of what circulates and of the total supply.";
    view.chart(description.to_owned(), Unit::Percent, layers)
}

fn percent(part: Amount, whole: Amount) -> f64 {
    ratio(part, whole).map_or(0.0, |share| share.raw() as f64 / Wad::SCALE as f64 * 100.0)
}

fn amount_chart(view: &View<'_>) -> Chart {
    let layers = vec![
        view.layer(LOCKED, Ink::Sky, Shape::Area),
        view.layer(VOTE_WEIGHT, Ink::Vermilion, Shape::Line),
    ];
    let description = "An area and a line: tokens locked, and the votes they have.";
    view.chart(description.to_owned(), Unit::Tokens, layers)
}

fn is_several(view: &View<'_>) -> bool {
    let plan = view.run.design.escrow.as_ref();
    plan.is_some_and(|plan| plan.programmes.len() > 1)
}

fn programme_chart(view: &View<'_>) -> Chart {
    let votes = |programme: usize| {
        let votes = |point: &Point| point.votes.get(programme).copied().unwrap_or_default();
        let points = view.points.iter();
        points.map(|point| view.drawn(votes(point))).collect()
    };
    let layers = by_programme(view, Shape::Area, votes);
    let description = "Stacked areas: the votes under each programme of locks, through time.";
    view.chart(description.to_owned(), Unit::Tokens, layers)
}

/// A layer for each of the first programmes, and one for all others.
pub(crate) fn by_programme(
    view: &View<'_>,
    shape: Shape,
    values: impl Fn(usize) -> Vec<f64>,
) -> Vec<Layer> {
    let plan = view.run.design.escrow.iter();
    let names = plan.flat_map(|plan| &plan.programmes).map(|one| &one.name);
    let mut layers: Vec<Layer> = Vec::new();
    for (index, name) in names.enumerate() {
        let values = values(index);
        let Some(ink) = Ink::CATEGORIES.get(index) else {
            add_to_others(&mut layers, shape, values);
            continue;
        };
        layers.push(Layer {
            label: name.clone(),
            ink: *ink,
            shape,
            values,
        });
    }
    layers.retain(|layer| !layer.is_empty());
    layers
}

fn add_to_others(layers: &mut Vec<Layer>, shape: Shape, values: Vec<f64>) {
    match layers.last_mut().filter(|last| last.ink == Ink::Gray) {
        Some(others) => {
            let sums = others.values.iter_mut().zip(values);
            sums.for_each(|(sum, value)| *sum += value);
        }
        None => layers.push(Layer {
            label: "others".to_owned(),
            ink: Ink::Gray,
            shape,
            values,
        }),
    }
}

pub(crate) fn section(view: &View<'_>) -> Part {
    if view.run.design.escrow.is_none() {
        return Ok(None);
    }
    let symbol = view.symbol();
    let locks = view
        .points
        .iter()
        .any(|point| !point.totals.locked.is_zero());
    let body = html! {
        @if locks { div.pair {
            figure {
                figcaption { "Locked share" }
                (share_chart(view).draw()?)
            }
            figure {
                figcaption { (symbol) " locked, and their vote weight" }
                (amount_chart(view).draw()?)
            }
        } }
        @if locks && is_several(view) { figure {
            figcaption { "Vote weight by programme" }
            (programme_chart(view).draw()?)
        } }
        (expiries::drawn(view)?)
        (gauges::drawn(view)?)
    };
    Ok(Some(Section::new(
        "locks",
        "Locks",
        "Locked for votes",
        &lead(view),
        body,
    )))
}

fn lead(view: &View<'_>) -> String {
    let row = view.last();
    let Some(plan) = &view.run.design.escrow else {
        return String::new();
    };
    let share = ratio(row.locked, row.circulating).unwrap_or_default();
    let weight = ratio(row.vote_weight, row.locked).unwrap_or_default();
    let end = dates::day(view.end());
    if row.locked.is_zero() {
        return format!("Nothing is locked on {end}.");
    }
    let weighed = match plan.programmes.as_slice() {
        [one] if is_plain(one) => format!(
            "They weigh {} of their amount: a token has one whole vote when locked for {}",
            format::percent(weight),
            dates::length(plan.terms.max())
        ),
        _ => format!(
            "They have {} votes, {} for each",
            view.human(row.vote_weight),
            format::human_drawn(weight.raw() as f64 / Wad::SCALE as f64)
        ),
    };
    format!(
        "On {end}, {} are locked, {} of what circulates. {weighed}.",
        view.tokens(row.locked),
        format::percent(share)
    )
}

/// Returns `true` if its locks weigh their amount when they are made for the longest time, and less and less from
/// then on.
fn is_plain(programme: &LockProgramme) -> bool {
    let LockWeight::Decaying { multiplier, .. } = programme.weight else {
        return false;
    };
    multiplier == Wad::ONE
}
