//! Tables of streams, of routes, of what buffers and tiers hold, and of what lockers are paid.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Wad};

use super::Revenue;
use crate::flows::{is_dust, Movements, Place};
use crate::format::{self, Precision};
use crate::revenue::{asset, levels, programmes, route_name, told_use, Asset};
use crate::section::ReportError;
use crate::sections::reading::{every, how_often, share};
use tokenomics_design::{FeeStream, RouteKind, RouteShare};
use tokenomics_engine::ratio;

/// The streams, where there are several: what each has earned, and where it goes.
pub(super) fn streams(revenue: &Revenue<'_>) -> Result<Markup, ReportError> {
    let (plan, view) = (revenue.plan, revenue.view);
    if plan.streams.len() < 2 {
        return Ok(html! {});
    }
    let mut rows = Vec::new();
    for (index, stream) in plan.streams.iter().enumerate() {
        let asset = asset(view.run.design, plan, stream.asset);
        let collected = revenue.all(stream.asset)?.went(Place::Stream(index))?;
        rows.push(html! { tr {
            th scope="row" { (stream.name) }
            (told_cell(collected, asset))
            td.wrap {
                (format::human(stream.revenue, asset.decimals)) "\u{a0}" (asset.symbol) " "
                (how_often(view, stream).trim_end_matches(','))
            }
            td.wrap { (told_shares(revenue, stream)) }
        } });
    }
    Ok(html! {
        h3 { "Streams" }
        div.table.stack { table {
            thead { tr {
                th scope="col" { "Stream" } th.n scope="col" { "Collected" }
                th.wrap scope="col" { "Earns" } th.wrap scope="col" { "Goes to" }
            } }
            tbody { @for row in rows { (row) } }
        } }
    })
}

/// A cell of an amount in words, with every digit in its title.
fn told_cell(amount: Amount, asset: Asset<'_>) -> Markup {
    html! {
        td.n title=(amount.display(asset.decimals)) {
            (format::human(amount, asset.decimals)) "\u{a0}" (asset.symbol)
        }
    }
}

/// `60% Lockers, 40% Treasury`.
fn told_shares(revenue: &Revenue<'_>, stream: &FeeStream) -> String {
    let told = |part: &RouteShare| {
        let name = route_name(&revenue.plan.routes[part.route]);
        format!("{} {name}", share(part.share))
    };
    let told: Vec<String> = stream.shares.iter().map(told).collect();
    told.join(", ")
}

/// The routes of an asset: what came to each, and as a share of all revenue.
pub(super) fn routes(
    revenue: &Revenue<'_>,
    asset: Asset<'_>,
    movements: &Movements,
) -> Result<Markup, ReportError> {
    let plan = revenue.plan;
    let sum = movements.revenue()?;
    let precision = Precision::of(sum, asset.decimals);
    let routes = plan.routes.iter().enumerate();
    let own = routes.filter(|(_, route)| route.asset == asset.index);
    let mut rows = Vec::new();
    for (index, route) in own {
        let came = movements.came(Place::Route(index))?;
        let of_all = || ratio(came, sum).map_or_else(|| "–".to_owned(), format::percent);
        rows.push(html! { tr {
            th scope="row" {
                span class={ "key b-" (revenue.inks[index].name()) } {} (route_name(route))
            }
            td.n { (route_share(revenue, index).unwrap_or_else(of_all)) }
            (precision.cell(came))
            td.wrap { (told_use(revenue.view.run.design, plan, route)) }
        } });
    }
    Ok(html! {
        div.table.stack { table {
            thead { tr {
                th scope="col" { "To" } th.n scope="col" { "Share" }
                th.n scope="col" { (asset.symbol) " by the end" } th.wrap scope="col" { "Use" }
            } }
            tbody { @for row in rows { (row) } }
            tfoot { tr {
                th scope="row" { "All" } td.n { "100%" } (precision.cell(sum)) td.wrap {}
            } }
        } }
    })
}

/// The share that a route has by design, where one stream alone pays it: else what came says more.
fn route_share(revenue: &Revenue<'_>, route: usize) -> Option<String> {
    let [stream] = revenue.plan.streams.as_slice() else {
        return None;
    };
    let passed = revenue
        .plan
        .routes
        .iter()
        .flat_map(|one| one.kind.passes_on_to());
    if passed.into_iter().any(|to| to == route) {
        return None;
    }
    let own = stream.shares.iter().find(|part| part.route == route)?;
    Some(share(own.share))
}

/// The levels of buffers and of the tiers of waterfalls.
pub(super) fn limits(revenue: &Revenue<'_>) -> Result<Markup, ReportError> {
    let mut rows = Vec::new();
    for (index, route) in revenue.plan.routes.iter().enumerate() {
        let movements = revenue.all(route.asset)?;
        let place = Place::Route(index);
        let asset = asset(revenue.view.run.design, revenue.plan, route.asset);
        let is_waterfall = matches!(route.kind, RouteKind::Waterfall { .. });
        let filled = if is_waterfall {
            movements.came(place)?
        } else {
            movements.kept_by(index)?
        };
        for (name, amount, most) in levels(route, filled) {
            let name = if is_waterfall {
                format!("{} · {name}", route.name)
            } else {
                name.to_owned()
            };
            rows.push(level(&name, asset, amount, most));
        }
    }
    Ok(html! { @if !rows.is_empty() {
        h3 { "Buffers and tiers" }
        div.table.slim { table {
            thead { tr {
                th scope="col" { "Name" } th.n scope="col" { "Holds" } th.n scope="col" { "Filled" }
            } }
            tbody { @for row in rows { (row) } }
        } }
    } })
}

fn level(name: &str, asset: Asset<'_>, filled: Amount, most: Amount) -> Markup {
    let part = ratio(filled, most).unwrap_or(Wad::ONE);
    html! { tr {
        th scope="row" { (name) }
        td.n title=(filled.display(asset.decimals)) {
            (format::human(filled, asset.decimals)) " of "
            (format::human(most, asset.decimals)) "\u{a0}" (asset.symbol)
        }
        td.n { (format::percent(part)) }
    } }
}

/// The payments to lockers by programme, where there are several or where they come in epochs.
pub(super) fn lockers(revenue: &Revenue<'_>) -> Result<Markup, ReportError> {
    let names = programmes(revenue.view.run.design);
    let plan = revenue.plan;
    let routes = plan.routes.iter().enumerate();
    let lockers = routes.filter_map(|(index, route)| match &route.kind {
        RouteKind::Lockers { every, .. } => Some((index, route, *every)),
        _ => None,
    });
    let lockers: Vec<_> = lockers.collect();
    let is_plain = lockers.iter().all(|(_, _, every)| every.is_none());
    if lockers.is_empty() || names.len() < 2 && is_plain && lockers.len() < 2 {
        return Ok(html! {});
    }
    let mut rows = Vec::new();
    for (index, route, epochs) in lockers {
        let asset = asset(revenue.view.run.design, plan, route.asset);
        let movements = revenue.all(route.asset)?;
        let mut paid = Vec::new();
        for (programme, name) in names.iter().enumerate() {
            let to = Place::Programme(programme);
            paid.push((*name, movements.between(Place::Route(index), to)?));
        }
        paid.push(("Waiting", movements.came(Place::Kept(index))?));
        let sum = Amount::try_sum(paid.iter().map(|(_, amount)| *amount))?;
        let when = epochs.map_or_else(String::new, |each| format!(", every {}", every(each)));
        paid.retain(|(_, amount)| !amount.is_zero() && !is_dust(*amount, sum));
        rows.extend(paid.into_iter().map(|(name, amount)| {
            html! { tr {
                th scope="row" { (name) }
                (told_cell(amount, asset))
                td.n { (ratio(amount, sum).map_or_else(String::new, format::percent)) }
                td.wrap { "by " (route_name(route)) (when) }
            } }
        }));
    }
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
