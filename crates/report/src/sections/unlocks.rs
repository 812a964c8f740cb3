//! The unlocks: how much, when, for whom.

use std::collections::BTreeSet;

use maud::{html, Markup};

use super::unlock_tables as tables;
use crate::bins::{Bin, Calendar};
use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Across, Chart, Layer, Shape};
use crate::dates;
use crate::format;
use crate::section::{Part, ReportError, Section};
use crate::view::{month_name, View};

/// The allocations that have a colour of their own, largest first; the others share one.
fn ranked(view: &View<'_>) -> (Vec<usize>, Vec<usize>) {
    let allocations = &view.run.design.allocations;
    let mut order: Vec<usize> = (0..allocations.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(allocations[*index].amount));
    let rest = order.split_off(order.len().min(Ink::CATEGORIES.len()));
    (order, rest)
}

fn chart(view: &View<'_>, calendar: &Calendar<'_>) -> Chart {
    let (own, rest) = ranked(view);
    let values = |indices: &[usize]| -> Vec<f64> {
        let ours: BTreeSet<usize> = indices.iter().copied().collect();
        let sum = |bin: &Bin<'_>| {
            let parts = bin.months.iter().flat_map(|month| &month.unlocked);
            let parts = parts.filter(|(index, _)| ours.contains(index));
            parts.map(|(_, amount)| view.drawn(*amount)).sum()
        };
        calendar.bins.iter().map(sum).collect()
    };
    let layer = |label: String, ink, indices: &[usize]| Layer {
        label,
        ink,
        shape: Shape::Bar,
        values: values(indices),
    };
    let name = |index: usize| view.run.design.allocations[index].name.clone();
    let inks = Ink::CATEGORIES.into_iter();
    let mut layers: Vec<Layer> = own
        .iter()
        .zip(inks)
        .map(|(index, ink)| layer(name(*index), ink, &[*index]))
        .collect();
    layers.push(layer(
        format!("{} others", format::grouped(rest.len())),
        Ink::Gray,
        &rest,
    ));
    layers.retain(|layer| !layer.is_empty());
    Chart {
        description: format!(
            "Stacked bars: what unlocks in each {}, by allocation.",
            calendar.noun()
        ),
        across: Across::Time,
        places: calendar
            .bins
            .iter()
            .map(|bin| bin.start.get() as f64)
            .collect(),
        end: calendar.end(),
        unit: Unit::Tokens,
        top: None,
        layers,
    }
}

pub(crate) fn section(view: &View<'_>) -> Part {
    if view.run.design.allocations.is_empty() {
        return Ok(None);
    }
    let calendar = Calendar::of_unlocks(view)?;
    let body = html! {
        (drawn(view, &calendar)?)
        (tables::allocations(view))
        (tables::largest_days(view))
        (tables::key_dates(view))
        (tables::by_period(view)?)
    };
    Ok(Some(Section::new(
        "unlocks",
        "Unlocks",
        "Unlock calendar",
        &lead(view),
        body,
    )))
}

fn drawn(view: &View<'_>, calendar: &Calendar<'_>) -> Result<Markup, ReportError> {
    if calendar.bins.is_empty() {
        return Ok(html! {});
    }
    let genesis = view.genesis_left_out();
    Ok(html! {
        h3 { "By " (calendar.noun()) " and allocation" }
        (chart(view, calendar).draw()?)
        @if !genesis.is_zero() {
            p.note { "Without the " (view.tokens(genesis)) " that unlock at genesis itself." }
        }
    })
}

fn lead(view: &View<'_>) -> String {
    if view.is_before_genesis() {
        let genesis = dates::day(view.run.design.token.genesis);
        return format!("Genesis is on {genesis}, after this run, and nothing unlocks before it.");
    }
    let genesis = view.run.at_genesis;
    let at_once = if genesis.is_zero() {
        "Nothing unlocks at genesis".to_owned()
    } else {
        let share = view.share_of(genesis).unwrap_or_default();
        format!("{} ({share}) unlock at genesis", view.tokens(genesis))
    };
    match view.run.peak_unlock() {
        Some(month) => format!(
            "{at_once}. The largest month after it is {}, with {}.",
            month_name(month),
            view.tokens(month.total)
        ),
        None => format!("{at_once}, and nothing after it within this window."),
    }
}
