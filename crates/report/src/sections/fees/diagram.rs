//! Flows of revenue as a diagram, and as a table of the same figures.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Timestamp};

use super::Revenue;
use crate::chart::{Link, Node, Sankey};
use crate::dates;
use crate::flows::{Movement, Movements, Place};
use crate::format::{self, Precision};
use crate::revenue::Asset;
use crate::section::ReportError;
use tokenomics_engine::ratio;

/// The most stretches of time that have a diagram each.
const MOST_STRETCHES: usize = 16;

/// Draws the flows of some time.
pub(super) fn drawn(
    revenue: &Revenue<'_>,
    asset: Asset<'_>,
    movements: &Movements,
) -> Result<Markup, ReportError> {
    diagram(revenue, asset, movements)?.draw()
}

fn diagram(
    revenue: &Revenue<'_>,
    asset: Asset<'_>,
    movements: &Movements,
) -> Result<Sankey, ReportError> {
    let places = movements.places();
    let nodes = places.iter().map(|place| {
        let through = movements.came(*place)?.max(movements.went(*place)?);
        Ok(Node {
            label: revenue.name(*place),
            figure: format::human(through, asset.decimals),
            ink: revenue.ink(*place),
        })
    });
    // Places are in order, and both ends of a movement are among them.
    let index = |place: Place| places.partition_point(|other| *other < place);
    let all = movements.revenue()?;
    let links = movements.all.iter().map(|one| Link {
        from: index(one.from),
        to: index(one.to),
        amount: one.amount,
        told: told(revenue, asset, one, all),
    });
    Ok(Sankey {
        description: described(revenue, movements, human(asset, all))?,
        links: links.collect(),
        nodes: nodes.collect::<Result<_, ReportError>>()?,
    })
}

/// `Swap fees → Treasury: 1.20\u{a0}M\u{a0}USDC, 20.0% of all`.
fn told(revenue: &Revenue<'_>, asset: Asset<'_>, one: &Movement, all: Amount) -> String {
    let [from, to] = [one.from, one.to].map(|place| revenue.name(place));
    let share = share_of(one.amount, all);
    let share = share.map_or_else(String::new, |share| format!(", {share} of all"));
    format!("{from} → {to}: {}{share}", human(asset, one.amount))
}

fn human(asset: Asset<'_>, amount: Amount) -> String {
    let amount = format::human(amount, asset.decimals);
    format!("{amount}\u{a0}{}", asset.symbol)
}

/// The words of a diagram: who gets which share in the end.
fn described(
    revenue: &Revenue<'_>,
    movements: &Movements,
    all: String,
) -> Result<String, ReportError> {
    let arrivals = movements.arrivals()?;
    let sum = Amount::try_sum(arrivals.iter().map(|(_, amount)| *amount))?;
    let parts = arrivals.iter().map(|(place, amount)| {
        let share = share_of(*amount, sum).unwrap_or_default();
        format!("{share} to {}", revenue.name(*place))
    });
    let parts: Vec<String> = parts.collect();
    Ok(format!(
        "Revenue of {all} as ribbons from streams to whoever gets it: {}.",
        format::listed(&parts)
    ))
}

fn share_of(part: Amount, whole: Amount) -> Option<String> {
    ratio(part, whole).map(format::percent)
}

/// The flows of a diagram in figures; folded away where it stands by itself.
pub(super) fn table(
    revenue: &Revenue<'_>,
    asset: Asset<'_>,
    movements: &Movements,
    is_folded: bool,
) -> Result<Markup, ReportError> {
    let all = movements.revenue()?;
    let amounts = movements.all.iter().map(|one| one.amount);
    let precision = Precision::of(amounts.max().unwrap_or_default(), asset.decimals);
    let row = |one: &Movement| {
        html! { tr {
            th scope="row" { (revenue.name(one.from)) }
            td { (revenue.name(one.to)) }
            (precision.cell(one.amount))
            td.n { (share_of(one.amount, all).unwrap_or_default()) }
        } }
    };
    let table = html! {
        div.table.slim { table {
            thead { tr {
                th scope="col" { "From" } th scope="col" { "To" }
                th.n scope="col" { (asset.symbol) } th.n scope="col" { "Of all" }
            } }
            tbody { @for one in &movements.all { (row(one)) } }
        } }
    };
    Ok(html! {
        @if is_folded { details { summary { "These flows as a table" } (table) } }
        @else { (table) }
    })
}

/// The flows of each calendar year, folded away; of some years together where there are many.
pub(super) fn by_year(revenue: &Revenue<'_>, asset: Asset<'_>) -> Result<Markup, ReportError> {
    let stretches = stretches(revenue, asset)?;
    // One year, or a part of it, is the whole that is shown already.
    if stretches.len() < 2 {
        return Ok(html! {});
    }
    let mut parts = Vec::new();
    for (name, movements) in stretches {
        let sum = format::human(movements.revenue()?, asset.decimals);
        parts.push(html! {
            details {
                summary { (name) ": " (sum) "\u{a0}" (asset.symbol) }
                (drawn(revenue, asset, &movements)?)
                (table(revenue, asset, &movements, false)?)
            }
        });
    }
    Ok(html! {
        h3 { "Who gets what, year by year, in " (asset.symbol) }
        @for part in parts { (part) }
    })
}

/// The years of the window, or stretches of as many as leave few of them, in which anything flowed.
fn stretches(
    revenue: &Revenue<'_>,
    asset: Asset<'_>,
) -> Result<Vec<(String, Movements)>, ReportError> {
    let years = &revenue.view.run.years;
    let count = years.len().saturating_sub(1);
    let fits = |each: &i32| count / each.unsigned_abs() as usize <= MOST_STRETCHES;
    let each = [1, 2, 5, 10, 20, 50, 100, 200, 500];
    let each = each.into_iter().find(fits).unwrap_or(1_000);
    let last = years.len().saturating_sub(1);
    let is_edge =
        |index: usize, at: Timestamp| index == 0 || index == last || dates::year(at) % each == 0;
    let edges = years.iter().enumerate();
    let edges: Vec<_> = edges
        .filter(|(index, year)| is_edge(*index, year.time))
        .map(|(_, year)| year)
        .collect();
    let mut stretches = Vec::new();
    for pair in edges.windows(2) {
        let [from, until] = [pair[0], pair[1]];
        let movements = revenue.told(asset.index, [&from.flows, &until.flows])?;
        if !movements.all.is_empty() {
            stretches.push((stretch_name(from.time, until.time), movements));
        }
    }
    Ok(stretches)
}

/// `2026`, or `2030 to 2034`: the years that the time between two instants lies in.
fn stretch_name(from: Timestamp, until: Timestamp) -> String {
    let last = Timestamp::new(until.get().saturating_sub(1)).max(from);
    let [first, last] = [from, last].map(dates::year);
    if first == last {
        first.to_string()
    } else {
        format!("{first} to {last}")
    }
}
