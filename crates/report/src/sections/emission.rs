//! How fast new tokens come, and what that means for those who hold some.

use maud::{html, Markup};
use tokenomics_fixed_math::Amount;

use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Chart, Layer, Shape};
use crate::dates;
use crate::format;
use crate::rates;
use crate::section::{Part, Section};
use crate::view::{month_name, View};
use tokenomics_design::{calendar, Emission};

/// Inflation is drawn up to this many percent a year: a supply that starts from nothing has no
/// bounds.
const MOST_PERCENT: f64 = 100.0;

fn rate_chart(view: &View<'_>) -> Chart {
    let emissions = view.run.design.emissions.iter().enumerate();
    let layers = emissions.map(|(index, emission)| Layer {
        label: emission.name.clone(),
        ink: Ink::CATEGORIES.get(index).copied().unwrap_or(Ink::Gray),
        shape: Shape::Area,
        values: rates::minted_a_day(view, index, emission),
    });
    let description = "Stacked areas: how many tokens are minted a day, through time.".to_owned();
    view.chart(description, Unit::Tokens, layers.collect())
}

/// A year at each point's rate, in percent of the supply at that point.
fn a_year(view: &View<'_>, rates: &[f64]) -> Vec<f64> {
    let yearly = rates.iter().zip(view.points).map(|(rate, point)| {
        let supply = view.drawn(point.totals.total_supply);
        match (*rate > 0.0, supply > 0.0) {
            (true, true) => rate * 365.25 / supply * 100.0,
            (true, false) => f64::INFINITY,
            (false, _) => 0.0,
        }
    });
    yearly.collect()
}

/// What all emissions mint a day.
fn all_minted_a_day(view: &View<'_>) -> Vec<f64> {
    let mut sum = vec![0.0; view.points.len()];
    for (index, emission) in view.run.design.emissions.iter().enumerate() {
        let rates = rates::minted_a_day(view, index, emission);
        for (sum, rate) in sum.iter_mut().zip(rates) {
            *sum += rate;
        }
    }
    sum
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
        a_year(view, &all_minted_a_day(view)),
    )];
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
    let minted = view.tokens(view.last().emitted);
    let peak = view
        .run
        .peak_inflation()
        .map_or_else(String::new, |(month, rate)| {
            format!(
                " Inflation is highest in {}, at {} of the supply as it began.",
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
    format!("{minted} are minted by {day}{net}.{peak}")
}

/// What burning leaves of it.
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
    let emissions = view.run.design.emissions.iter().zip(&view.run.last.minted);
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
            tbody { @for (emission, minted) in emissions { tr {
                th scope="row" { (emission.name) }
                td { (emission.stakeholder.name()) }
                (view.precision.cell(*minted))
                @if let (Some(_), Some(most)) = (max, emission.max) {
                    (view.precision.cell(most))
                    (view.share_cell(most))
                }
                td.n { (calendar::date(emission.start)) }
                td.n { @if emission.never_ends { "never" } @else { (calendar::date(emission.end())) } }
            } } }
        } }
        @if view.run.design.is_endless() {
            p.note { "There is no maximum: figures go as far as the run." }
        }
    }
}
