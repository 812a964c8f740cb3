//! `[collateral]`: what is held against what is owed.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio};
use tokenomics_haircut_collateral::{unit_price, Debt, Haircut, Holding};

use super::stand_in;
use crate::problem::Problem;
use crate::section::{At, Section, Wrong};
use crate::{value, CollateralPlan};

pub(super) fn collateral(mut section: Section<'_>) -> Option<CollateralPlan> {
    let quote = section.required("quote", value::text);
    let decimals = section.required("decimals", value::decimals);
    let quote_decimals = decimals.map_or(stand_in().decimals, |at| at.value);
    let mut plan = CollateralPlan {
        quote: quote.map_or_else(String::new, |at| at.value),
        decimals: quote_decimals,
        holding_names: Vec::new(),
        holdings: Vec::new(),
        debt_names: Vec::new(),
        debts: Vec::new(),
    };
    for mut table in section.sections("holding", "[[collateral.holding]]") {
        let asset = priced_asset(&mut table, quote_decimals);
        let haircut = haircut(&mut table);
        if let (Some(asset), Some(haircut)) = (asset, haircut) {
            plan.holdings
                .push(Holding::new(asset.amount, asset.price, haircut));
            plan.holding_names.push((asset.name, asset.decimals));
        }
        table.finish();
    }
    for mut table in section.sections("debt", "[[collateral.debt]]") {
        let asset = priced_asset(&mut table, quote_decimals);
        let add_on = add_on(&mut table);
        if let (Some(asset), Some(add_on)) = (asset, add_on) {
            match Debt::new(asset.amount, asset.price, add_on) {
                Ok(debt) => {
                    plan.debts.push(debt);
                    plan.debt_names.push((asset.name, asset.decimals));
                }
                Err(error) => {
                    let message = format!("this debt cannot be: {error}");
                    let span = table.key_span("price");
                    table
                        .problems
                        .push(Problem::new(span, message, "here", "give its price"));
                }
            }
        }
        table.finish();
    }
    section.finish();
    Some(plan)
}

fn haircut(table: &mut Section<'_>) -> Option<Haircut> {
    let initial = table.required("initial", value::fraction);
    let maintenance = table.required("maintenance", value::fraction);
    let (initial, maintenance) = (initial?, maintenance?);
    Haircut::new(initial.value, maintenance.value)
        .map_err(|error| {
            let message = format!("these haircuts cannot be: {error}");
            let help = "a maintenance haircut is at most the initial one";
            table
                .problems
                .push(Problem::new(maintenance.span, message, "here", help));
        })
        .ok()
}

/// The add-on of a debt: nothing, if it isn't said.
fn add_on(table: &mut Section<'_>) -> Option<Haircut> {
    let initial = table.said("initial", value::fraction)?;
    let maintenance = table.said("maintenance", value::fraction)?;
    let fraction = |at: &Option<At<Fraction>>| at.as_ref().map_or(Fraction::ZERO, |at| at.value);
    let span = maintenance.as_ref().map(|at| at.span.clone());
    Haircut::new(fraction(&initial), fraction(&maintenance))
        .map_err(|_| {
            let message = format!(
                "the maintenance add-on of this debt is {}, above the initial one of {}",
                fraction(&maintenance),
                fraction(&initial)
            );
            let help = "a debt counts for no less to open than to stay open: give `initial` too";
            let span = span.unwrap_or_else(|| table.span.clone());
            table
                .problems
                .push(Problem::new(span, message, "here", help));
        })
        .ok()
}

struct PricedAsset {
    name: String,
    decimals: Decimals,
    amount: Amount,
    price: Ratio,
}

fn priced_asset(table: &mut Section<'_>, quote: Decimals) -> Option<PricedAsset> {
    let name = table.required("name", value::text);
    let decimals = table.required("decimals", value::decimals);
    let scale = decimals.as_ref().map_or(stand_in().decimals, |at| at.value);
    let amount = table.required("amount", |v| value::amount(v, scale));
    let price = table.required("price", |v| {
        let price = value::feed_price(v)?;
        unit_price(price, scale, quote).map_err(|error| {
            Wrong::new(
                format!("this price is too large: {error}"),
                "use fewer decimals for the quote",
            )
        })
    });
    let (name, decimals) = (name?.value, decimals?.value);
    Some(PricedAsset {
        name,
        decimals,
        amount: amount?.value,
        price: price?.value,
    })
}
