//! The value that revenue brings to each token, month by month.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Wad};

use crate::accrual::{accruals, Accrued};
use crate::chart::{Across, Chart, Ink, Layer, Shape, Unit};
use crate::format;
use crate::revenue::{assets, Asset};
use crate::section::ReportError;
use crate::view::View;
use tokenomics_design::FeePlan;
use tokenomics_engine::{Accrual, Month};

/// The most bars of a chart; more months are drawn together.
const MOST_BARS: usize = 240;

/// A chart for each asset, and the sums.
pub(super) fn drawn(view: &View<'_>, plan: &FeePlan) -> Result<Markup, ReportError> {
    let assets = assets(view.run.design, plan).into_iter();
    let each = assets.map(|asset| (asset, accruals(view.run, asset)));
    let some: Vec<_> = each
        .filter(|(_, accrued)| accrued.sum != Accrual::default())
        .collect();
    if some.is_empty() {
        return Ok(html! {});
    }
    let mut charts = Vec::new();
    for (asset, accrued) in &some {
        if accrued.per_token.is_some_and(|value| !value.is_zero()) {
            charts.push(html! { figure {
                figcaption { "Value accrued to each token a month, in " (asset.symbol) }
                (chart(view, *asset).draw()?)
            } });
        }
    }
    Ok(html! {
        h3 { "Value accrued to the token" }
        p.note {
            "Paid to lockers, spent on the token or burned in a month, for each token that circulated as the "
            "month began, locked or not; the sum over the window for one that was held throughout."
        }
        div class=[(charts.len() > 1).then_some("pair")] { @for chart in charts { (chart) } }
        (table(&some))
    })
}

fn table(some: &[(Asset<'_>, Accrued)]) -> Markup {
    let cell = |asset: Asset<'_>, amount: Amount| {
        html! { td.n title=(amount.display(asset.decimals)) { (format::human(amount, asset.decimals)) } }
    };
    html! {
        div.table.slim { table {
            thead { tr {
                th scope="col" { "In" } th.n scope="col" { "For each token" }
                th.n scope="col" { "To lockers" } th.n scope="col" { "Spent on the token" }
                th.n scope="col" { "Burned" }
            } }
            tbody { @for (asset, Accrued { sum, per_token }) in some { tr {
                th scope="row" { (asset.symbol) }
                td.n title=[per_token.map(|value| value.to_string())] { (per_token.map_or_else(|| "–".to_owned(), format::human_wad)) }
                (cell(*asset, sum.to_lockers)) (cell(*asset, sum.spent)) (cell(*asset, sum.burned))
            } } }
        } }
    }
}

/// Bars of a month each, or of as many together as leave few of them.
fn chart(view: &View<'_>, asset: Asset<'_>) -> Chart {
    let months = months(view);
    let each = [1, 3, 6, 12, 60, 120, 1_200];
    let each = each
        .into_iter()
        .find(|each| months.len() / each <= MOST_BARS);
    let bins = months.chunks(each.unwrap_or(12_000));
    let value = |month: &&Month| {
        let value = view.run.value_accrued_in(month, asset.index);
        let value = value.unwrap_or_default();
        value.raw() as f64 / Wad::SCALE as f64
    };
    let bars = bins.clone().filter_map(|bin| bin.first());
    let symbol = asset.symbol;
    Chart {
        description: format!("Bars: value accrued to each token in {symbol}, through time."),
        across: Across::Time,
        places: bars.map(|month| month.from.get() as f64).collect(),
        end: months.last().map_or(0.0, |month| month.until.get() as f64),
        unit: Unit::Tokens,
        top: None,
        layers: vec![Layer {
            label: "Value accrued".to_owned(),
            ink: Ink::Green,
            shape: Shape::Bar,
            values: bins.map(|bin| bin.iter().map(value).sum()).collect(),
        }],
    }
}

/// The months as far as other charts go; a last instant that is none begins there.
fn months<'v>(view: &View<'v>) -> Vec<&'v Month> {
    let end = view.points.last().map_or(view.end(), |last| last.time);
    let is_shown = |month: &&Month| month.from < end;
    view.run.months.iter().filter(is_shown).collect()
}
