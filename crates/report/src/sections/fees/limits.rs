//! Buffers and tiers of waterfalls, and how far each is filled.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Wad};

use super::Revenue;
use crate::flows::Place;
use crate::format;
use crate::revenue::{asset, levels, Asset};
use crate::section::ReportError;
use tokenomics_design::{FeeRoute, RouteKind};
use tokenomics_engine::ratio;

/// The levels of buffers and of the tiers of waterfalls.
pub(super) fn table(revenue: &Revenue<'_>) -> Result<Markup, ReportError> {
    let routes = revenue.plan.routes.iter().enumerate();
    let rows = routes.map(|(index, route)| rows(revenue, index, route));
    let rows = rows.collect::<Result<Vec<_>, _>>()?.concat();
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

/// A row for a buffer, and one for each tier of a waterfall.
fn rows(revenue: &Revenue<'_>, index: usize, route: &FeeRoute) -> Result<Vec<Markup>, ReportError> {
    let movements = revenue.all(route.asset)?;
    let asset = asset(revenue.view.run.design, revenue.plan, route.asset);
    let came = movements.came(Place::Route(index))?;
    let levels = levels(route, [came, movements.kept_by(index)?]);
    let rows = levels.into_iter().map(|(name, amount, most)| {
        let name = match route.kind {
            RouteKind::Waterfall { .. } => format!("{} · {name}", route.name),
            _ => name.to_owned(),
        };
        level(&name, asset, amount, most)
    });
    Ok(rows.collect())
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
