//! The pace of new tokens, and what that means for those who hold some.

use maud::{html, Markup};
use tokenomics_fixed_math::Amount;

use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Chart, Layer, Shape};
use crate::dates;
use crate::format;
use crate::rates;
use crate::section::{Part, ReportError, Section};
use crate::view::{largest, month_name, View};
use tokenomics_design::{calendar, Emission};
use tokenomics_engine::Point;

/// Inflation is drawn up to this many percent a year: a supply that starts from nothing has no
/// bounds.
const MOST_PERCENT: f64 = 100.0;

fn rate_chart(view: &View<'_>) -> Chart {
    let layer = |label: String, ink, emissions: &[usize]| Layer {
        label,
        ink,
        shape: Shape::Area,
        values: minted_a_day(view, emissions),
    };
    let (own, rest) = ranked(view);
    let mut layers: Vec<Layer> = own
        .iter()
        .zip(Ink::CATEGORIES)
        .map(|(index, ink)| {
            let name = view.run.design.emissions[*index].name.clone();
            layer(name, ink, &[*index])
        })
        .collect();
    if !rest.is_empty() {
        layers.push(layer(
            format!("{} others", format::grouped(rest.len())),
            Ink::Gray,
            &rest,
        ));
    }
    let description = "Stacked areas: how many tokens are minted a day, through time.".to_owned();
    view.chart(description, Unit::Tokens, layers)
}

/// The emissions with a colour of their own, and those that share one as they minted least: both in
/// the design's order.
fn ranked(view: &View<'_>) -> (Vec<usize>, Vec<usize>) {
    let minted = &view.run.last.minted;
    let mut order: Vec<usize> = (0..minted.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(minted[*index]));
    let mut rest = order.split_off(order.len().min(Ink::CATEGORIES.len()));
    order.sort_unstable();
    rest.sort_unstable();
    (order, rest)
}

/// A year at each point's rate, in percent of the supply at that point.
fn a_year(view: &View<'_>, rates: &[f64]) -> Vec<f64> {
    let yearly = rates.iter().zip(view.points).map(|(rate, point)| {
        let supply = view.drawn(point.totals.total_supply);
        // Infinite where there is no supply yet.
        if *rate > 0.0 {
            rate * 365.25 / supply * 100.0
        } else {
            0.0
        }
    });
    yearly.collect()
}

/// The rate at which some emissions mint a day.
fn minted_a_day(view: &View<'_>, emissions: &[usize]) -> Vec<f64> {
    let mut sum = vec![0.0; view.points.len()];
    for &index in emissions {
        let emission = &view.run.design.emissions[index];
        let rates = rates::minted_a_day(view, index, emission);
        for (sum, rate) in sum.iter_mut().zip(rates) {
            *sum += rate;
        }
    }
    sum
}

/// The series of what is minted and, if anything is, of what is burned; and whether a line was clipped.
fn inflation_chart(view: &View<'_>) -> (Chart, bool) {
    let line = |label: &str, ink, values: Vec<f64>| Layer {
        label: label.to_owned(),
        ink,
        shape: Shape::Line,
        values,
    };
    let all: Vec<usize> = (0..view.run.design.emissions.len()).collect();
    let minted = a_year(view, &minted_a_day(view, &all));
    let mut lines = vec![line("Minted", Ink::Vermilion, minted)];
    let mut description = "A line: what is minted in percent of the total supply a year".to_owned();
    if burns(view) {
        lines.push(line(
            "Burned",
            Ink::Dark,
            a_year(view, &rates::burned_a_day(view)),
        ));
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
    !view.last().burned.is_zero()
}

pub(crate) fn section(view: &View<'_>) -> Part {
    if view.run.design.emissions.is_empty() {
        return Ok(None);
    }
    let body = html! {
        @if mints(view) { (charts(view)?) }
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

/// Returns `true` if anything is minted where charts show it.
fn mints(view: &View<'_>) -> bool {
    let emitted = |point: Option<&Point>| point.map(|point| point.totals.emitted);
    emitted(view.points.first()) != emitted(view.points.last())
}

fn charts(view: &View<'_>) -> Result<Markup, ReportError> {
    let (inflation, clipped) = inflation_chart(view);
    Ok(html! {
        div.pair {
            figure {
                figcaption { (view.symbol()) " minted a day" }
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
    })
}

fn lead(view: &View<'_>) -> String {
    let minted = view.tokens(view.last().emitted);
    let peak = view
        .run
        .peak_inflation()
        .map_or_else(String::new, |(month, rate)| {
            format!(
                " Inflation is highest in {}, at {} of the supply before it.",
                month_name(month),
                format::percent_fine(rate)
            )
        });
    let day = dates::day(view.end());
    let net = if burns(view) {
        net(view)
    } else {
        String::new()
    };
    let none = if mints(view) {
        ""
    } else {
        " Nothing is minted within this window."
    };
    format!("{minted} are minted by {day}{net}.{none}{peak}")
}

/// The part that burning leaves of it.
fn net(view: &View<'_>) -> String {
    let row = view.last();
    let burned = view.tokens(row.burned);
    let of = |more: Amount, less: Amount| more.checked_sub(less).map(|net| view.tokens(net));
    match (of(row.emitted, row.burned), of(row.burned, row.emitted)) {
        (Ok(more), Err(_)) => format!(", and {burned} are burned: {more} more than without either"),
        (Err(_), Ok(less)) => format!(", and {burned} are burned: {less} less than without either"),
        _ => ", and as much is burned".to_owned(),
    }
}

fn table(view: &View<'_>) -> Markup {
    let (all, minted) = (&view.run.design.emissions, &view.run.last.minted);
    let shown = largest(minted.iter().copied());
    let emissions = shown.iter().map(|index| (*index, &all[*index]));
    let max = view.run.design.max_supply();
    let followed = view.run.design.emissions.iter().any(Emission::is_followed);
    let ever = if followed { "At most" } else { "Ever" };
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Emission" } th scope="col" { "For" }
                th.n scope="col" { "Minted by the end" }
                @if max.is_some() { th.n scope="col" { (ever) } (view.share_head()) }
                th.n scope="col" { "Starts" } th.n scope="col" { "Ends" }
            } }
            tbody { @for (index, emission) in emissions { tr {
                th scope="row" { (emission.name) }
                td { @if emission.gauges.is_some() { "gauges" } @else { (emission.stakeholder.name()) } }
                (view.precision.cell(minted[index]))
                @if let (Some(_), Some(most)) = (max, emission.max) {
                    (view.precision.cell(most))
                    (view.share_cell(most))
                }
                td.n { (calendar::date(emission.start)) }
                td.n { @if let Some(at) = view.minted[index] { (calendar::date(at)) }
                    @else if emission.never_ends { "never" } @else { (calendar::date(emission.end())) } }
            } } }
        } }
        @if shown.len() < all.len() {
            p.note {
                "The " (shown.len()) " of " (format::grouped(all.len())) " emissions that minted most."
            }
        }
        @if view.run.design.is_endless() {
            p.note { "There is no maximum: figures go as far as the run." }
        }
    }
}
