//! Tables of streams and of routes.

use maud::{html, Markup};
use tokenomics_fixed_math::Amount;

use super::Revenue;
use crate::flows::{Movements, Place};
use crate::format::{self, Precision};
use crate::revenue::{asset, route_name, told_use, Asset};
use crate::section::ReportError;
use crate::sections::reading::{how_often, share};
use tokenomics_design::{FeeRoute, FeeStream, RouteShare};
use tokenomics_engine::ratio;

/// The streams, where there are several: what each has earned, and where it goes.
pub(super) fn streams(revenue: &Revenue<'_>) -> Result<Markup, ReportError> {
    let streams = &revenue.plan.streams;
    if streams.len() < 2 {
        return Ok(html! {});
    }
    let rows = streams.iter().enumerate();
    let rows = rows.map(|(index, stream)| stream_row(revenue, index, stream));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
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

fn stream_row(
    revenue: &Revenue<'_>,
    index: usize,
    stream: &FeeStream,
) -> Result<Markup, ReportError> {
    let view = revenue.view;
    let asset = asset(view.run.design, revenue.plan, stream.asset);
    let collected = revenue.all(stream.asset)?.went(Place::Stream(index))?;
    Ok(html! { tr {
        th scope="row" { (stream.name) }
        (told_cell(collected, asset))
        td.wrap {
            (format::human(stream.revenue, asset.decimals)) "\u{a0}" (asset.symbol) " "
            (how_often(view, stream).trim_end_matches(','))
        }
        td.wrap { (told_shares(revenue, stream)) }
    } })
}

/// A cell of an amount in words, with every digit in its title.
pub(super) fn told_cell(amount: Amount, asset: Asset<'_>) -> Markup {
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
    let sum = movements.revenue()?;
    let precision = Precision::of(sum, asset.decimals);
    let routes = revenue.plan.routes.iter().enumerate();
    let own = routes.filter(|(_, route)| route.asset == asset.index);
    let rows = own.map(|(index, route)| {
        let came = movements.came(Place::Route(index))?;
        Ok(route_row(revenue, (index, route), [came, sum], precision))
    });
    let rows = rows.collect::<Result<Vec<_>, ReportError>>()?;
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

fn route_row(
    revenue: &Revenue<'_>,
    (index, route): (usize, &FeeRoute),
    [came, sum]: [Amount; 2],
    precision: Precision,
) -> Markup {
    let of_all = || ratio(came, sum).map_or_else(|| "–".to_owned(), format::percent);
    html! { tr {
        th scope="row" {
            span class={ "key b-" (revenue.inks[index].name()) } {} (route_name(route))
        }
        td.n { (route_share(revenue, index).unwrap_or_else(of_all)) }
        (precision.cell(came))
        td.wrap { (told_use(revenue.view.run.design, revenue.plan, route)) }
    } }
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
