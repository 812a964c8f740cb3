//! `[collateral]`: what is held against what is owed.

mod groups;
mod liquidation;
mod rules;

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio};
use tokenomics_haircut_collateral::{unit_price, Debt, Error, Haircut};

use super::{at_most, stand_in};
use crate::problem::Problem;
use crate::section::{At, Section, Wrong};
use crate::{value, CollateralDebt, CollateralHolding, CollateralPlan, MOST_LIQUIDATED};
use groups::{Groups, Member};
use rules::Units;

pub(super) fn collateral(mut section: Section<'_>) -> Option<CollateralPlan> {
    let quote = section.required("quote", value::text);
    let decimals = section.required("decimals", value::decimals);
    let quote_decimals = decimals.map_or(stand_in().decimals, |at| at.value);
    let groups = Groups::read(&mut section);
    let liquidation = section
        .section("liquidation", "[collateral.liquidation]")
        .and_then(|table| liquidation::terms(table, quote_decimals));
    let held = section.sections("holding", "[[collateral.holding]]");
    let owed = section.sections("debt", "[[collateral.debt]]");
    if liquidation.is_some() {
        // Each is a ladder of its own.
        at_most(&held, MOST_LIQUIDATED, "holdings to liquidate")?;
        at_most(&owed, MOST_LIQUIDATED, "debts to liquidate")?;
    }
    let mut members = Vec::new();
    let mut holdings = each(held, &groups, &mut members, |table| {
        let holding = holding(table, quote_decimals)?;
        Some((holding.amount, holding))
    });
    let debts = each(owed, &groups, &mut members, |table| {
        let debt = debt(table, quote_decimals)?;
        Some((debt.amount, debt))
    });
    section.finish();
    let members: Option<Vec<Member>> = members.into_iter().collect();
    for holding in &mut holdings {
        holding.group = groups.common(holding.haircut, members.as_deref().unwrap_or_default());
    }
    Some(CollateralPlan {
        quote: quote.map_or_else(String::new, |at| at.value),
        decimals: quote_decimals,
        holdings,
        debts,
        liquidation,
    })
}

/// Reads the assets that can be taken, with their amounts, and the groups of all.
fn each<'a, T>(
    tables: Vec<Section<'a>>,
    groups: &Groups,
    members: &mut Vec<Option<Member>>,
    read: impl Fn(&mut Section<'a>) -> Option<(Amount, T)>,
) -> Vec<T> {
    let mut all = Vec::new();
    for mut table in tables {
        let (amount, asset) = read(&mut table).unzip();
        members.push(groups.member(&mut table, amount));
        all.extend(asset);
        table.finish();
    }
    all
}

fn holding(table: &mut Section<'_>, quote: Decimals) -> Option<CollateralHolding> {
    let asset = priced_asset(table, quote);
    let haircut = haircut(table);
    let units = units(table, quote);
    let all_holders = all_holders(table, units, asset.as_ref().map(|asset| asset.amount));
    let rules = rules::haircuts(table, units);
    let asset = asset?;
    Some(CollateralHolding {
        name: asset.name,
        decimals: asset.decimals,
        amount: asset.amount,
        price: asset.price,
        par: asset.par,
        haircut: haircut?,
        all_holders: all_holders?.unwrap_or(asset.amount),
        group: None,
        rules: rules?,
    })
}

fn debt(table: &mut Section<'_>, quote: Decimals) -> Option<CollateralDebt> {
    let asset = priced_asset(table, quote);
    let add_on = add_on(table);
    let units = units(table, quote);
    let rules = rules::add_ons(table, units);
    let (asset, add_on) = (asset?, add_on?);
    if let Err(error) = Debt::new(asset.amount, asset.price, add_on) {
        let message = format!("this debt cannot be: {error}");
        let span = table.key_span("price");
        let problem = Problem::new(span, message, "here", "give its price");
        table.problems.push(problem);
        return None;
    }
    Some(CollateralDebt {
        name: asset.name,
        decimals: asset.decimals,
        amount: asset.amount,
        price: asset.price,
        par: asset.par,
        add_on,
        rules: rules?,
    })
}

/// The decimals that a rule's amounts have, of an asset that has been read.
fn units(table: &mut Section<'_>, quote: Decimals) -> Units {
    let decimals = table.raw("decimals").map(toml::Spanned::get_ref);
    let asset = decimals.and_then(|found| value::decimals(found).ok());
    let asset = asset.unwrap_or(stand_in().decimals);
    Units { asset, quote }
}

/// The total that all accounts hold, which is no less than what is held here.
fn all_holders(
    table: &mut Section<'_>,
    units: Units,
    held: Option<Amount>,
) -> Option<Option<Amount>> {
    let said = table.said("all_holders", |v| value::amount(v, units.asset))?;
    let Some(At { value: all, span }) = said else {
        return Some(None);
    };
    let Some(held) = held.filter(|held| *held > all) else {
        return Some(Some(all));
    };
    let [all, held] = [all, held].map(|it| it.display(units.asset).to_string());
    let message = format!("all holders have {all}, less than the {held} that is held here");
    let help = "`all_holders` counts what every account holds as collateral, this one too";
    table
        .problems
        .push(Problem::new(span, message, "too little", help));
    None
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
    par: Ratio,
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
        // A token has base units, so there is one.
        par: Ratio::new(quote.one_token(), decimals.one_token()).ok()?,
    })
}

/// The error of a rule or of terms about their own parameters, at a key.
fn built<T>(section: &Section<'_>, key: &str, result: Result<T, Error>) -> Option<T> {
    result
        .map_err(|error| {
            let message = format!("{} cannot be: {error}", section.name);
            let problem = Problem::new(section.key_span(key), message, "here", "");
            section.problems.push(problem);
        })
        .ok()
}
