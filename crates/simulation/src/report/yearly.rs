//! Year by year.

use maud::html;
use tokenomics_fixed_math::Amount;

use super::dates;
use super::view::View;
use super::{Part, Section};
use crate::calendar;
use crate::engine::Row;

/// A heading and what of a row stands under it.
type Column = (&'static str, fn(&Row) -> Amount);

const COLUMNS: [Column; 7] = [
    ("Total supply", |row| row.total_supply),
    ("Circulating", |row| row.circulating),
    ("Emitted", |row| row.emitted),
    ("Locked", |row| row.locked),
    ("Vote weight", |row| row.vote_weight),
    ("Treasury", |row| row.treasury),
    ("Burned", |row| row.burned),
];

/// The first row of each year, and the last of all.
fn rows<'r>(view: &View<'r>) -> Vec<&'r Row> {
    let mut picked: Vec<&Row> = Vec::new();
    for row in &view.run.rows {
        if picked
            .last()
            .is_none_or(|last| dates::year(last.time) != dates::year(row.time))
        {
            picked.push(row);
        }
    }
    if picked.last().is_some_and(|last| last.time < view.end()) {
        picked.push(view.run.last());
    }
    picked
}

pub(super) fn section(view: &View<'_>) -> Part {
    let rows = rows(view);
    let shown = |column: &&Column| rows.iter().any(|row| !column.1(row).is_zero());
    let columns: Vec<&Column> = COLUMNS.iter().filter(shown).collect();
    if columns.is_empty() {
        return Ok(None);
    }
    let tall = if rows.len() > 24 { "tall" } else { "" };
    let body = html! {
        div class={ "table " (tall) } { table {
            thead { tr {
                th scope="col" { "Date" }
                @for (name, _) in &columns {
                    th.n scope="col" { (name) }
                    @if *name == "Circulating" { th.n scope="col" { "% of max" } }
                }
            } }
            tbody { @for row in rows { tr {
                th.date scope="row" { (calendar::date(row.time)) }
                @for (name, amount) in &columns {
                    (view.precision.cell(amount(row)))
                    @if *name == "Circulating" { (view.of_max_cell(row.circulating)) }
                }
            } } }
        } }
        p.note { (view.precision.note()) }
    };
    let lead = "The first step of each year, and the last of all.";
    Ok(Some(Section::new(
        "years",
        "Years",
        "Year by year",
        lead,
        body,
    )))
}
