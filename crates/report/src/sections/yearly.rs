//! Year by year.

use maud::html;

use crate::section::{Part, Section};
use crate::view::View;
use tokenomics_design::calendar;
use tokenomics_engine::metrics::{
    Metric, BURNED, CIRCULATING_SUPPLY, EMITTED, LOCKED, TOTAL_SUPPLY, TREASURY, VOTE_WEIGHT,
};

const COLUMNS: [Metric; 7] = [
    TOTAL_SUPPLY,
    CIRCULATING_SUPPLY,
    EMITTED,
    LOCKED,
    VOTE_WEIGHT,
    TREASURY,
    BURNED,
];

pub(crate) fn section(view: &View<'_>) -> Part {
    let rows = &view.run.years;
    let has_max = view.run.design.max_supply().is_some();
    let shown = |metric: &&Metric| rows.iter().any(|(_, row)| !(metric.read)(row).is_zero());
    let columns: Vec<&Metric> = COLUMNS.iter().filter(shown).collect();
    let shares = |metric: &Metric| metric.id == "circulating_supply" && has_max;
    if columns.is_empty() {
        return Ok(None);
    }
    let tall = if rows.len() > 24 { "tall" } else { "" };
    let body = html! {
        div class={ "table " (tall) } { table {
            thead { tr {
                th scope="col" { "Date" }
                @for metric in &columns {
                    th.n scope="col" title=(metric.definition) { (metric.title) }
                    @if shares(metric) { (view.share_head()) }
                }
            } }
            tbody { @for (time, row) in rows { tr {
                th.date scope="row" { (calendar::date(*time)) }
                @for metric in &columns {
                    (view.precision.cell((metric.read)(row)))
                    @if shares(metric) { (view.share_cell((metric.read)(row))) }
                }
            } } }
        } }
        p.note { (view.precision.note()) }
    };
    let lead = "At the beginning of the window and of each year, and at the end.";
    Ok(Some(Section::new(
        "years",
        "Years",
        "Year by year",
        lead,
        body,
    )))
}
