//! The places of all that will ever exist, through time.

use maud::html;

use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Chart, Layer, Shape};
use crate::dates;
use crate::format;
use crate::section::{Part, Section};
use crate::view::{over_time, View};
use tokenomics_design::Emission;
use tokenomics_engine::metrics::{
    Metric, BURNED, CIRCULATING_SUPPLY, CLAIMABLE, DIRECTED, LOCKED, REWARDS, TREASURY, UNMINTED,
    UNVESTED,
};
use tokenomics_engine::ratio;
use tokenomics_engine::Point;

/// The amount that holders have and can move.
const LIQUID: Metric = Metric {
    id: "liquid",
    // What is locked is a part of what circulates.
    read: |totals| totals.circulating.abs_diff(totals.locked),
    ..CIRCULATING_SUPPLY
};

/// From what is most at hand to what is gone.
const HOLDERS: [(Metric, Ink); 9] = [
    (LIQUID, Ink::Blue),
    (LOCKED, Ink::Sky),
    (TREASURY, Ink::Green),
    (REWARDS, Ink::Pink),
    (DIRECTED, Ink::Brown),
    (CLAIMABLE, Ink::Yellow),
    (UNVESTED, Ink::Orange),
    (UNMINTED, Ink::Faint),
    (BURNED, Ink::Dark),
];

fn chart(view: &View<'_>, points: &[Point]) -> Chart {
    let layers = HOLDERS.iter().map(|(metric, ink)| Layer {
        label: label(view, metric),
        ink: *ink,
        shape: Shape::Area,
        values: points
            .iter()
            .map(|point| view.drawn((metric.read)(&point.totals)))
            .collect(),
    });
    let layers: Vec<Layer> = layers.filter(|layer| !layer.is_empty()).collect();
    let names: Vec<&str> = layers.iter().map(|layer| layer.label.as_str()).collect();
    let names = names.join(", ").to_lowercase();
    let max = view.run.design.max_supply();
    let sum = if max.is_some() {
        ", which always sum to the maximum supply"
    } else {
        ""
    };
    let description = format!("Stacked areas through time{sum}: {names}.");
    let mut chart = over_time(points, description, Unit::Tokens, layers);
    chart.top = max.map(|max| view.drawn(max));
    chart
}

fn label(view: &View<'_>, metric: &Metric) -> String {
    match metric.id {
        "liquid" if view.run.design.escrow.is_some() => "Circulating, liquid".to_owned(),
        "locked" => "Locked for votes".to_owned(),
        _ => metric.title.to_owned(),
    }
}

pub(crate) fn section(view: &View<'_>) -> Part {
    if view
        .run
        .design
        .max_supply()
        .is_some_and(|max| max.is_zero())
    {
        let nothing = "Nothing is ever issued or minted.";
        return Ok(Some(Section::new(
            "supply",
            "Supply",
            "Supply through time",
            nothing,
            html! {},
        )));
    }
    let body = html! {
        (chart(view, view.points).draw()?)
        @if let Some(note) = view.cut_note() { p.note { (note) } }
        @if view.is_cut() {
            details {
                summary { "The whole window" }
                (chart(view, &view.run.curve.whole).draw()?)
            }
        }
    };
    Ok(Some(Section::new(
        "supply",
        "Supply",
        "Supply through time",
        &lead(view),
        body,
    )))
}

fn lead(view: &View<'_>) -> String {
    let circulating = view.last().circulating;
    let (Some(max), Some(share)) = (view.run.design.max_supply(), view.share(circulating)) else {
        let total = view.last().total_supply;
        let share = ratio(circulating, total).unwrap_or_default();
        return format!(
            "All that there is, by where it is. At the end {} of the total supply of {} circulates.",
            format::percent(share),
            view.tokens(total)
        );
    };
    let reached = match [50, 90].map(|percent| view.run.log.circulating(percent).map(dates::month))
    {
        [Some(half), Some(most)] if half == most => {
            format!("Half and even 90% of it circulate from {half} on")
        }
        [Some(half), Some(most)] => {
            format!("Half of it circulates from {half} on, 90% from {most} on")
        }
        [Some(half), None] => {
            format!("Half of it circulates from {half} on, 90% not by the end of this window")
        }
        _ => "Less than half of it circulates within this window".to_owned(),
    };
    let ever = if view.run.design.emissions.iter().any(Emission::is_followed) {
        "can ever exist at most"
    } else {
        "will ever exist"
    };
    format!(
        "All of the {} that {ever}, by where it is. {reached}; at the end {} does.",
        view.tokens(max),
        format::percent(share)
    )
}
