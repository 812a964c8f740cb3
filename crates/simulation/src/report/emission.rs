//! How fast new tokens come, and what that means for those who hold some.

use maud::{html, Markup};
use tokenomics_fixed_math::Amount;

use super::axis::Unit;
use super::chart::{Chart, Layer, Shape};
use super::dates;
use super::format;
use super::ink::Ink;
use super::view::View;
use super::{Part, Section};
use crate::calendar;
use crate::engine::Row;

const DAY: f64 = 86_400.0;

/// Inflation is drawn up to this many percent a year: a supply that starts from nothing has no
/// bounds.
const MOST_PERCENT: f64 = 100.0;

/// Between each row and the next, what a day brings; the last row keeps the rate before it.
fn a_day(view: &View<'_>, amount: impl Fn(&Row) -> f64) -> Vec<f64> {
    let rates = view.rows.windows(2).map(|pair| {
        let seconds = pair[1].time.get().saturating_sub(pair[0].time.get()).max(1) as f64;
        (amount(&pair[1]) - amount(&pair[0])).max(0.0) * DAY / seconds
    });
    let mut rates: Vec<f64> = rates.collect();
    rates.push(rates.last().copied().unwrap_or(0.0));
    rates
}

fn rate_chart(view: &View<'_>) -> Chart {
    let emissions = view.run.design.emissions.iter().enumerate();
    let layers = emissions.map(|(index, emission)| Layer {
        label: emission.name.clone(),
        ink: Ink::CATEGORIES.get(index).copied().unwrap_or(Ink::Gray),
        shape: Shape::Area,
        values: a_day(view, |row| view.drawn(row.minted[index])),
    });
    let description = "Stacked areas: how many tokens are minted a day, through time.".to_owned();
    view.chart(description, Unit::Tokens, layers.collect())
}

/// A year at each row's rate, in percent of the supply at that row.
fn a_year(view: &View<'_>, amount: impl Fn(&Row) -> Amount) -> Vec<f64> {
    let rates = a_day(view, |row| view.drawn(amount(row)));
    let yearly = rates.iter().zip(view.rows).map(|(rate, row)| {
        let supply = view.drawn(row.total_supply);
        match (*rate > 0.0, supply > 0.0) {
            (true, true) => rate * 365.25 / supply * 100.0,
            (true, false) => f64::INFINITY,
            (false, _) => 0.0,
        }
    });
    yearly.collect()
}

/// What is minted and, if anything is, what is burned; and whether a line was clipped.
fn inflation_chart(view: &View<'_>) -> (Chart, bool) {
    let line = |label: &str, ink, values: Vec<f64>| Layer {
        label: label.to_owned(),
        ink,
        shape: Shape::Line,
        values,
    };
    let mut lines = vec![line(
        "Minted",
        Ink::Vermilion,
        a_year(view, |row| row.emitted),
    )];
    let mut description = "A line: what is minted in percent of the total supply a year".to_owned();
    if burns(view) {
        lines.push(line("Burned", Ink::Dark, a_year(view, |row| row.burned)));
        description.push_str(", and another: what is burned");
    }
    let mut clipped = false;
    for value in lines.iter_mut().flat_map(|line| line.values.iter_mut()) {
        clipped |= *value > MOST_PERCENT;
        *value = value.min(MOST_PERCENT);
    }
    description.push_str(", through time.");
    (view.chart(description, Unit::Percent, lines), clipped)
}

fn burns(view: &View<'_>) -> bool {
    !view.run.last().burned.is_zero()
}

pub(super) fn section(view: &View<'_>) -> Part {
    if view.run.design.emissions.is_empty() {
        return Ok(None);
    }
    let (inflation, clipped) = inflation_chart(view);
    let symbol = view.symbol();
    let body = html! {
        div.pair {
            figure {
                figcaption { (symbol) " minted a day" }
                (rate_chart(view).draw()?)
            }
            figure {
                figcaption {
                    @if burns(view) { "Minted and burned" } @else { "Inflation" }
                    " of the total supply, a year"
                }
                (inflation.draw()?)
                @if clipped { p.note { "Drawn up to 100%; it is higher where the line lies at the top." } }
            }
        }
        (table(view))
    };
    Ok(Some(Section::new(
        "emission",
        "Emission",
        "Emission and inflation",
        &lead(view),
        body,
    )))
}

fn lead(view: &View<'_>) -> String {
    let row = view.run.last();
    let minted = view.tokens(row.emitted);
    let peak = view
        .run
        .peak_inflation()
        .map_or_else(String::new, |(month, rate)| {
            format!(
                " Inflation is highest in {}, at {} in the month.",
                dates::month(month),
                format::percent_fine(rate)
            )
        });
    let day = dates::day(row.time);
    let net = if burns(view) {
        net(view)
    } else {
        String::new()
    };
    format!("{minted} are minted by {day}{net}.{peak}")
}

/// What burning leaves of it.
fn net(view: &View<'_>) -> String {
    let row = view.run.last();
    let burned = view.tokens(row.burned);
    let of = |more: Amount, less: Amount| more.checked_sub(less).map(|net| view.tokens(net));
    match (of(row.emitted, row.burned), of(row.burned, row.emitted)) {
        (Ok(more), Err(_)) => format!(", and {burned} are burned: {more} more than without either"),
        (Err(_), Ok(less)) => format!(", and {burned} are burned: {less} less than without either"),
        _ => ", and as much is burned".to_owned(),
    }
}

fn table(view: &View<'_>) -> Markup {
    let row = view.run.last();
    let emissions = view.run.design.emissions.iter().zip(&row.minted);
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Emission" } th scope="col" { "For" }
                th.n scope="col" { "Minted by the end" } th.n scope="col" { "Ever" }
                th.n scope="col" { "% of max" }
                th.n scope="col" { "Starts" } th.n scope="col" { "Ends" }
            } }
            tbody { @for (emission, minted) in emissions { tr {
                th scope="row" { (emission.name) }
                td { (emission.stakeholder.name()) }
                (view.precision.cell(*minted))
                (view.precision.cell(emission.cap()))
                (view.of_max_cell(emission.cap()))
                td.n { (calendar::date(emission.start)) }
                td.n { @if emission.never_ends { "never" } @else { (calendar::date(emission.end())) } }
            } } }
        } }
        @if view.run.design.is_endless() {
            p.note { "What never ends is counted to the end of the run, also in the maximum supply." }
        }
    }
}
