//! Year by year.

use maud::html;

use crate::dates;
use crate::section::{Part, Section};
use crate::view::View;
use tokenomics_design::calendar;
use tokenomics_engine::metrics::{
    Metric, BURNED, CIRCULATING_SUPPLY, EMITTED, LOCKED, TOTAL_SUPPLY, TREASURY, VOTE_WEIGHT,
};
use tokenomics_engine::{Totals, Year};
use tokenomics_fixed_math::Timestamp;

const COLUMNS: [Metric; 7] = [
    TOTAL_SUPPLY,
    CIRCULATING_SUPPLY,
    EMITTED,
    LOCKED,
    VOTE_WEIGHT,
    TREASURY,
    BURNED,
];

/// The most rows of the table, about.
const MOST_YEARS: usize = 300;

/// The rows to be shown, the first and the last among them, and how many years are between two others.
fn rows(view: &View<'_>) -> (Vec<(Timestamp, Totals)>, usize) {
    let all = &view.run.years;
    let fits = |each: &usize| all.len() / each <= MOST_YEARS;
    let each = [1, 10, 100].into_iter().find(fits).unwrap_or(1_000);
    let is_shown = |(index, year): &(usize, &Year)| {
        let is_round = dates::months(year.time).is_multiple_of(12 * each as u64);
        each == 1 || *index == 0 || index + 1 == all.len() || is_round
    };
    let shown = all.iter().enumerate().filter(is_shown);
    (
        shown.map(|(_, year)| (year.time, year.totals)).collect(),
        each,
    )
}

pub(crate) fn section(view: &View<'_>) -> Part {
    let (rows, each) = rows(view);
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
            tbody { @for (time, row) in &rows { tr {
                th.date scope="row" { (calendar::date(*time)) }
                @for metric in &columns {
                    (view.precision.cell((metric.read)(row)))
                    @if shares(metric) { (view.share_cell((metric.read)(row))) }
                }
            } } }
        } }
        p.note { (view.precision.note()) }
    };
    let years = match each {
        1 => "each year".to_owned(),
        each => format!("every {each} years, as there are many"),
    };
    let lead = format!("At the beginning of the window, of {years}, and at the end.");
    Ok(Some(Section::new(
        "years",
        "Years",
        "Year by year",
        &lead,
        body,
    )))
}
