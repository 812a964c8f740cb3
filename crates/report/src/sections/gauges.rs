//! Gauges: which part of the votes each has, and what it got.

use std::fmt::Write as _;

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Fraction, Rounding, Wad};

use crate::chart::{Chart, Ink, Layer, Shape, Unit};
use crate::format;
use crate::section::ReportError;
use crate::view::{largest, View};
use tokenomics_design::Destination;
use tokenomics_engine::ratio;

/// A chart of the relative weights, and a table of the gauges.
pub(crate) fn drawn(view: &View<'_>) -> Result<Markup, ReportError> {
    if view.run.design.gauges.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        h3 { "Gauges" }
        @if voted(view) {
            figure {
                figcaption { "Votes for each gauge, of those for any" }
                (chart(view).draw()?)
            }
        }
        (table(view))
        p.note { (told(view)?) }
    })
}

fn voted(view: &View<'_>) -> bool {
    let mut weights = view.points.iter().flat_map(|point| &point.gauge_weights);
    weights.any(|weight| *weight > 0)
}

/// Stacked areas of the gauges that got most, and of all others together.
fn chart(view: &View<'_>) -> Chart {
    let gauges = &view.run.design.gauges;
    let mut order: Vec<usize> = (0..gauges.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(view.run.last.gauges[*index]));
    let mut rest = order.split_off(order.len().min(Ink::CATEGORIES.len()));
    order.sort_unstable();
    rest.sort_unstable();
    let layer = |label: String, ink, indices: &[usize]| Layer {
        label,
        ink,
        shape: Shape::Area,
        values: percents(view, indices),
    };
    let own = order.iter().zip(Ink::CATEGORIES);
    let mut layers: Vec<Layer> = own
        .map(|(index, ink)| layer(gauges[*index].name.clone(), ink, &[*index]))
        .collect();
    if !rest.is_empty() {
        let label = format!("{} others", format::grouped(rest.len()));
        layers.push(layer(label, Ink::Gray, &rest));
    }
    let description = "Stacked areas: the relative weights of the gauges, through time.";
    view.chart(description.to_owned(), Unit::Percent, layers)
}

fn percents(view: &View<'_>, gauges: &[usize]) -> Vec<f64> {
    let one = Fraction::SCALE as f64;
    let of = |weights: &[u64]| {
        let weights = gauges.iter().filter_map(|index| weights.get(*index));
        weights.map(|weight| *weight as f64 / one * 100.0).sum()
    };
    let points = view.points.iter();
    points.map(|point| of(&point.gauge_weights)).collect()
}

fn table(view: &View<'_>) -> Markup {
    let (all, last) = (&view.run.design.gauges, &view.run.last);
    let shown = largest(last.gauges.iter().copied());
    let weight = |index: usize| {
        let weight = last.gauge_weights.get(index).copied().unwrap_or(0);
        format::percent(Wad::from_raw(weight.into()))
    };
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Gauge" } th scope="col" { "For" }
                th.n scope="col" { "End weight" }
                th.n scope="col" { "Got in all" }
            } }
            tbody { @for index in &shown { tr {
                th scope="row" { (all[*index].name) }
                td { (all[*index].stakeholder.name()) }
                td.n { (weight(*index)) }
                (view.precision.cell(last.gauges[*index]))
            } } }
        } }
        @if shown.len() < all.len() {
            p.note { "The " (shown.len()) " of " (format::grouped(all.len())) " gauges that got most." }
        }
    }
}

/// The votes that direct nothing, and what of the emissions no gauge has got.
fn told(view: &View<'_>) -> Result<String, ReportError> {
    let last = &view.run.last;
    let mut text = match unused(view)? {
        Some(unused) => format!("At the end {unused} of all votes are for no gauge."),
        None => "At the end nobody has votes.".to_owned(),
    };
    let unvoted = Amount::try_sum(last.unvoted.iter().copied())?;
    if !unvoted.is_zero() {
        let unvoted = view.tokens(unvoted);
        let _ = write!(text, " {unvoted} were minted in epochs before which there were no votes for any, and went {}.", elsewhere(view));
    }
    let waiting = last.totals.directed;
    if !waiting.is_zero() {
        let waiting = view.tokens(waiting);
        let _ = write!(text, " {waiting} wait for the end of an epoch.");
    }
    Ok(text)
}

/// The places to which went what no gauge got.
fn elsewhere(view: &View<'_>) -> &'static str {
    let emissions = view.run.design.emissions.iter().zip(&view.run.last.unvoted);
    let unvoted = emissions.filter(|(_, unvoted)| !unvoted.is_zero());
    let mut to = unvoted.map(|(emission, _)| emission.to);
    let first = to.next();
    if to.any(|other| Some(other) != first) {
        return "to the treasury and into circulation";
    }
    match first {
        Some(Destination::Circulating) => "into circulation",
        _ => "to the treasury",
    }
}

/// The part of all votes that no gauge has, if there are votes.
fn unused(view: &View<'_>) -> Result<Option<String>, ReportError> {
    let votes = &view.run.last.votes;
    let all = Amount::try_sum(votes.iter().copied())?;
    let mut used = Amount::ZERO;
    for gauge in &view.run.design.gauges {
        for (votes, share) in votes.iter().zip(&gauge.votes) {
            used = used.checked_add(votes.mul_fraction(*share, Rounding::Floor))?;
        }
    }
    let unused = ratio(all.checked_sub(used)?, all);
    Ok(unused.map(format::percent))
}
