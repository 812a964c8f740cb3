//! Where all that will ever exist is, through time.

use maud::html;
use tokenomics_fixed_math::Amount;

use super::axis::Unit;
use super::chart::{Chart, Layer, Shape};
use super::dates;
use super::format;
use super::ink::Ink;
use super::view::{over_time, View};
use super::{Part, Section};
use crate::engine::Row;

/// What is in no other account that a row names: revenue in the token that waits for lockers.
fn waiting(row: &Row) -> Amount {
    let named = Amount::try_sum([row.circulating, row.treasury, row.claimable, row.unvested]);
    named
        .and_then(|named| row.total_supply.checked_sub(named))
        .unwrap_or(Amount::ZERO)
}

fn liquid(row: &Row) -> Amount {
    row.circulating
        .checked_sub(row.locked)
        .unwrap_or(Amount::ZERO)
}

/// A label, its ink, and what of a row it shows.
type Holder = (&'static str, Ink, fn(&Row) -> Amount);

/// From what is most at hand to what is gone.
const HOLDERS: [Holder; 8] = [
    ("Circulating", Ink::Blue, liquid),
    ("Locked for votes", Ink::Sky, |row| row.locked),
    ("Treasury", Ink::Green, |row| row.treasury),
    ("Waiting for lockers", Ink::Pink, waiting),
    ("Vested, unclaimed", Ink::Yellow, |row| row.claimable),
    ("Unvested", Ink::Orange, |row| row.unvested),
    ("Not minted yet", Ink::Faint, |row| row.unminted),
    ("Burned", Ink::Dark, |row| row.burned),
];

fn chart(view: &View<'_>, rows: &[Row]) -> Chart {
    let layers = HOLDERS.iter().map(|(label, ink, amount)| Layer {
        label: if *label == "Circulating" && view.run.design.escrow.is_some() {
            "Circulating, liquid".to_owned()
        } else {
            (*label).to_owned()
        },
        ink: *ink,
        shape: Shape::Area,
        values: rows.iter().map(|row| view.drawn(amount(row))).collect(),
    });
    let layers: Vec<Layer> = layers.filter(|layer| !layer.is_empty()).collect();
    let names: Vec<&str> = layers.iter().map(|layer| layer.label.as_str()).collect();
    let description = format!(
        "Stacked areas through time, which always sum to the maximum supply: {}.",
        names.join(", ").to_lowercase()
    );
    let mut chart = over_time(rows, description, Unit::Tokens, layers);
    chart.top = Some(view.drawn(view.max));
    chart
}

pub(super) fn section(view: &View<'_>) -> Part {
    if view.max.is_zero() {
        let nothing = "Nothing is ever issued or minted.";
        return Ok(Some(Section::new(
            "supply",
            "Supply",
            "Supply through time",
            nothing,
            html! {},
        )));
    }
    let whole = view.rows.len() < view.run.rows.len();
    let body = html! {
        (chart(view, view.rows).draw()?)
        @if let Some(note) = view.cut_note() { p.note { (note) } }
        @if whole {
            details {
                summary { "The whole window" }
                (chart(view, &view.run.rows).draw()?)
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
    let row = view.run.last();
    let at = |percent| view.run.date_circulating(percent).map(dates::month);
    let reached = match (at(50), at(90)) {
        (Some(half), Some(most)) if half == most => {
            format!("Half and even 90% of it circulate from {half} on")
        }
        (Some(half), Some(most)) => {
            format!("Half of it circulates from {half} on, 90% from {most} on")
        }
        (Some(half), None) => {
            format!("Half of it circulates from {half} on, 90% not within this window")
        }
        _ => "Less than half of it circulates within this window".to_owned(),
    };
    format!(
        "All of the {} that {}, by where it is. {reached}; at the end {} does.",
        view.tokens(view.max),
        view.comes_to_be(),
        format::percent(view.of_max(row.circulating))
    )
}
