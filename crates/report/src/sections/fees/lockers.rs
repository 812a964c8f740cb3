//! Payments to the lockers of each programme.

use maud::{html, Markup};
use tokenomics_design::{FeeRoute, Period, RouteKind};
use tokenomics_engine::ratio;
use tokenomics_fixed_math::Amount;

use super::tables::told_cell;
use super::Revenue;
use crate::flows::{is_dust, Place};
use crate::format;
use crate::revenue::{asset, programmes, route_name};
use crate::section::ReportError;
use crate::sections::reading::every;

/// A route to lockers: its place in the plan, and its epochs if it has any.
type Lockers<'p> = (usize, &'p FeeRoute, Option<Period>);

/// The payments to lockers by programme, where there are several or where they come in epochs.
pub(super) fn table(revenue: &Revenue<'_>) -> Result<Markup, ReportError> {
    let routes = revenue.plan.routes.iter().enumerate();
    let lockers = routes.filter_map(|(index, route)| match &route.kind {
        RouteKind::Lockers { every, .. } => Some((index, route, *every)),
        _ => None,
    });
    let lockers: Vec<Lockers<'_>> = lockers.collect();
    let is_one = programmes(revenue.view.run.design).len() < 2 && lockers.len() < 2;
    if is_one && lockers.iter().all(|(_, _, every)| every.is_none()) {
        return Ok(html! {});
    }
    let rows = lockers.into_iter().map(|route| rows(revenue, route));
    let rows = rows.collect::<Result<Vec<_>, _>>()?.concat();
    Ok(html! { @if !rows.is_empty() {
        h3 { "Paid to lockers" }
        div.table.slim.stack { table {
            thead { tr {
                th scope="col" { "Programme" } th.n scope="col" { "By the end" }
                th.n scope="col" { "Of the route" } th.wrap scope="col" { "Route" }
            } }
            tbody { @for row in rows { (row) } }
        } }
    } })
}

/// A row for each programme that a route has paid, and one of what waits.
fn rows(
    revenue: &Revenue<'_>,
    (index, route, epochs): Lockers<'_>,
) -> Result<Vec<Markup>, ReportError> {
    let design = revenue.view.run.design;
    let asset = asset(design, revenue.plan, route.asset);
    let movements = revenue.all(route.asset)?;
    let mut paid = Vec::new();
    for (programme, name) in programmes(design).into_iter().enumerate() {
        let to = Place::Programme(programme);
        paid.push((name, movements.between(Place::Route(index), to)?));
    }
    paid.push(("Waiting", movements.came(Place::Kept(index))?));
    let sum = Amount::try_sum(paid.iter().map(|(_, amount)| *amount))?;
    let when = epochs.map_or_else(String::new, |each| format!(", every {}", every(each)));
    paid.retain(|(_, amount)| !amount.is_zero() && !is_dust(*amount, sum));
    let rows = paid.into_iter().map(|(name, amount)| {
        html! { tr {
            th scope="row" { (name) }
            (told_cell(amount, asset))
            td.n { (ratio(amount, sum).map_or_else(String::new, format::percent)) }
            td.wrap { "by " (route_name(route)) (when) }
        } }
    });
    Ok(rows.collect())
}
