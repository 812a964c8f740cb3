//! The revenue of the protocol: its streams, the ways that it takes, and who gets it.

mod accrued;
mod diagram;
mod limits;
mod lockers;
mod tables;
mod vaults;

use maud::{html, Markup};
use tokenomics_design::{FeeAsset, FeePlan, Flow};
use tokenomics_fixed_math::{Amount, Error};

use crate::chart::{Chart, Ink, Layer, Shape, Unit};
use crate::dates;
use crate::flows::{Movements, Place};
use crate::format::{self, listed};
use crate::revenue::{assets, place_ink, place_name, programmes, route_inks, Asset};
use crate::section::{Part, ReportError, Section};
use crate::view::{drawn, View};

/// The revenue of a run, in all assets.
pub(super) struct Revenue<'v> {
    view: &'v View<'v>,
    plan: &'v FeePlan,
    flows: Vec<Flow>,
    /// The ink of each route.
    inks: Vec<Ink>,
}

impl Revenue<'_> {
    /// Returns what flowed between two readings of all flows' sums.
    fn between(&self, asset: usize, sums: [&[Amount]; 2]) -> Result<Movements, Error> {
        Movements::new((self.plan, asset), &self.flows, sums)
    }

    /// Returns what flowed up to the end.
    fn all(&self, asset: usize) -> Result<Movements, Error> {
        self.between(asset, [&[], &self.view.run.last.flows])
    }

    /// Returns what flowed between two readings as a diagram tells it.
    fn told(&self, asset: usize, sums: [&[Amount]; 2]) -> Result<Movements, Error> {
        let programmes = programmes(self.view.run.design).len();
        let all = self.between(asset, sums)?;
        Ok(all.without_dust().with_lockers_joined(programmes))
    }

    fn name(&self, place: Place) -> String {
        place_name(self.view.run.design, self.plan, place)
    }

    fn ink(&self, place: Place) -> Ink {
        place_ink(self.plan, &self.inks, place)
    }
}

pub(crate) fn section(view: &View<'_>) -> Part {
    let design = view.run.design;
    let Some(plan) = &design.fees else {
        return vaults::alone(view);
    };
    let revenue = Revenue {
        view,
        plan,
        flows: view.run.flows(),
        inks: route_inks(plan),
    };
    let assets = assets(design, plan);
    let mut told = Vec::new();
    let mut parts = Vec::new();
    for asset in &assets {
        let movements = revenue.all(asset.index)?;
        let sum = format::human(movements.revenue()?, asset.decimals);
        told.push(format!("{sum}\u{a0}{}", asset.symbol));
        parts.push(of_asset(&revenue, *asset, &movements)?);
    }
    let body = html! {
        @for part in parts { (part) }
        (tables::streams(&revenue)?)
        (limits::table(&revenue)?)
        (lockers::table(&revenue)?)
        (effects(view, plan))
        (accrued::drawn(view, plan)?)
        (vaults::drawn(view)?)
    };
    let day = dates::day(view.end());
    let lead = format!("{} are collected by {day}.", listed(&told));
    let title = "Fees and who gets them";
    Ok(Some(Section::new("fees", "Fees", title, &lead, body)))
}

/// The flows in one asset: as a diagram, through time, and by who gets them.
fn of_asset(
    revenue: &Revenue<'_>,
    asset: Asset<'_>,
    movements: &Movements,
) -> Result<Markup, ReportError> {
    let symbol = asset.symbol;
    let told = revenue.told(asset.index, [&[], &revenue.view.run.last.flows])?;
    let has_any = !movements.all.is_empty();
    let is_alone = revenue.plan.assets.len() == 1;
    Ok(html! {
        @if !is_alone { h3 { "Revenue in " (symbol) } }
        @if has_any {
            figure {
                figcaption { "From streams to whoever gets it, in " (symbol) }
                (diagram::drawn(revenue, asset, &told)?)
            }
            (diagram::table(revenue, asset, &told, true)?)
            figure {
                figcaption { "Revenue so far, in " (symbol) }
                (chart(revenue, asset, movements)?.draw()?)
                @if let Some(note) = revenue.view.cut_note() { p.note { (note) } }
            }
        }
        (tables::routes(revenue, asset, movements)?)
        @if has_any { (diagram::by_year(revenue, asset)?) }
    })
}

/// Stacked areas of what came to each route and didn't go on to another.
fn chart(
    revenue: &Revenue<'_>,
    asset: Asset<'_>,
    movements: &Movements,
) -> Result<Chart, ReportError> {
    let routes = movements.kept_by_routes()?;
    let mut values = vec![Vec::new(); routes.len()];
    for point in revenue.view.points {
        let so_far = revenue.between(asset.index, [&[], &point.flows])?;
        for ((route, _), values) in routes.iter().zip(&mut values) {
            let amount = so_far.kept_by(*route)?;
            values.push(drawn(amount, asset.decimals.get()));
        }
    }
    let layers = routes.iter().zip(values);
    let layers = layers.map(|((route, _), values)| Layer {
        label: revenue.name(Place::Route(*route)),
        ink: revenue.inks[*route],
        shape: Shape::Area,
        values,
    });
    let description = "Stacked areas: revenue so far, by who gets it.".to_owned();
    let layers = layers.collect();
    Ok(revenue.view.chart(description, Unit::Tokens, layers))
}

/// The effect of revenue on the token.
fn effects(view: &View<'_>, plan: &FeePlan) -> Markup {
    let in_token = plan.assets.contains(&FeeAsset::Token);
    let in_other = plan.assets.iter().any(|asset| *asset != FeeAsset::Token);
    let how = match (in_token, in_other) {
        (true, true) => "burned, bought or paid as revenue",
        (true, false) => "burned",
        (false, _) => "bought and burned",
    };
    let totals = view.last();
    let facts = [
        (totals.bought, "bought back and kept by the treasury"),
        (totals.burned, how),
    ];
    let facts = facts.iter().filter(|(amount, _)| !amount.is_zero());
    let facts: Vec<String> = facts
        .map(|(amount, done)| format!("{} {done}.", view.tokens(*amount)))
        .collect();
    html! { @if !facts.is_empty() { ul.facts { @for fact in facts { li { (fact) } } } } }
}
