//! The vaults of the token: what they hold, and what a share of each is worth.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Wad};

use crate::chart::{Chart, Ink, Layer, Shape, Unit};
use crate::format::{self, Precision};
use crate::section::{Part, ReportError, Section};
use crate::view::View;

/// The vaults as a part of their own, where there is no revenue.
pub(super) fn alone(view: &View<'_>) -> Part {
    if view.run.design.vaults.is_empty() {
        return Ok(None);
    }
    let lead = "Holders deposit the token, and what a vault is given makes each share worth more.";
    let body = tables_and_chart(view)?;
    Ok(Some(Section::new("vaults", "Vaults", "Vaults", lead, body)))
}

pub(super) fn drawn(view: &View<'_>) -> Result<Markup, ReportError> {
    if view.run.design.vaults.is_empty() {
        return Ok(html! {});
    }
    Ok(html! { h3 { "Vaults" } (tables_and_chart(view)?) })
}

fn tables_and_chart(view: &View<'_>) -> Result<Markup, ReportError> {
    Ok(html! {
        figure {
            figcaption { "Tokens for a share, of which one was worth one at first" }
            (chart(view).draw()?)
        }
        (table(view))
    })
}

fn chart(view: &View<'_>) -> Chart {
    let vaults = view.run.design.vaults.iter().enumerate();
    let inks = Ink::CATEGORIES.into_iter().cycle();
    let layers = vaults.zip(inks).map(|((index, vault), ink)| Layer {
        label: vault.name.clone(),
        ink,
        shape: Shape::Line,
        values: view
            .points
            .iter()
            .map(|point| {
                point
                    .vaults
                    .get(index)
                    .map_or(1.0, |vault| price(vault.price))
            })
            .collect(),
    });
    let description = "Lines: the tokens that a share of each vault is worth, through time.";
    view.chart(description.to_owned(), Unit::Tokens, layers.collect())
}

fn price(price: Wad) -> f64 {
    price.raw() as f64 / Wad::SCALE as f64
}

fn table(view: &View<'_>) -> Markup {
    let vaults = view.run.design.vaults.iter().zip(&view.run.last.vaults);
    let symbol = view.symbol();
    let precision = Precision::of(Amount::new(Wad::SCALE), format::WAD);
    html! {
        div.table.slim { table {
            thead { tr {
                th scope="col" { "Vault" } th.n scope="col" { "Holds, in " (symbol) }
                th.n scope="col" { "A share is worth" } th.n scope="col" { "Gain" }
            } }
            tbody { @for (plan, vault) in vaults { tr {
                th scope="row" { (plan.name) }
                (view.precision.cell(vault.assets))
                (precision.cell(Amount::new(vault.price.raw())))
                td.n { (gain(vault.price)) }
            } } }
        } }
    }
}

/// `+12.5%`, or `−3.0%` where fees have taken more than came.
fn gain(price: Wad) -> String {
    let sign = if price >= Wad::ONE { "+" } else { "−" };
    format!("{sign}{}", format::percent(price.abs_diff(Wad::ONE)))
}
