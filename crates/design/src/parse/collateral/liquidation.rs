//! `[collateral.liquidation]`: how much of a position is liquidated, and at what incentive.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Wad};
use tokenomics_haircut_collateral::{
    CloseFactor, FixedIncentive, HealthIncentive, Incentive, LiquidationTerms, ThresholdIncentive,
};
use toml::de::DeValue;

use super::built;
use crate::section::{Section, Wrong};
use crate::value;

/// A kind of incentive: its name in a file, and what reads its keys.
struct Kind(&'static str, fn(&mut Section<'_>) -> Option<Incentive>);

const INCENTIVES: &[Kind] = &[
    Kind("fixed", fixed),
    Kind("by_threshold", by_threshold),
    Kind("by_health", by_health),
];

pub(super) fn terms(mut table: Section<'_>, quote: Decimals) -> Option<LiquidationTerms> {
    let target = table.required("target", |v| factor(v, "the target"));
    let close_factor = close_factor(&mut table, quote);
    let incentive = incentive(&mut table);
    let dust = table.said("dust", |v| value::amount(v, quote));
    let terms = (|| {
        let (target, close_factor, incentive) = (target?.value, close_factor?, incentive?);
        let dust = dust?.map_or(Amount::ZERO, |at| at.value);
        let terms = LiquidationTerms::new(target, close_factor, incentive, dust);
        built(&table, "target", terms)
    })();
    table.finish();
    terms
}

/// All of a debt, if not said.
fn close_factor(table: &mut Section<'_>, quote: Decimals) -> Option<CloseFactor> {
    let part = table.said("close_factor", value::fraction);
    let whole_at = table.said("whole_at", |v| factor(v, "the health"));
    let whole_under = table.said("whole_under", |v| value::amount(v, quote));
    let (part, whole_at, whole_under) = (part?, whole_at?, whole_under?);
    let Some(part) = part else {
        let other = ["whole_at", "whole_under"]
            .into_iter()
            .find(|key| table.has(key));
        if let Some(key) = other {
            let help = format!("`{key}` says when all is closed instead of a part");
            table.missing("close_factor", &help);
            return None;
        }
        return Some(CloseFactor::WHOLE);
    };
    // At a health of 0 there is nothing to be said for a part.
    let whole_at = whole_at.map_or(Wad::ZERO, |at| at.value);
    let whole_under = whole_under.map_or(Amount::ZERO, |at| at.value);
    let factor = CloseFactor::new(part.value, whole_at, whole_under);
    built(table, "close_factor", factor)
}

fn incentive(table: &mut Section<'_>) -> Option<Incentive> {
    if !table.has("incentive") {
        let help = "such as { kind = \"fixed\", factor = 1.05 }";
        table.missing("incentive", help);
    }
    let mut table = table.section("incentive", "`incentive` of [collateral.liquidation]")?;
    let names: Vec<_> = INCENTIVES.iter().map(|kind| kind.0).collect();
    let Some(kind) = table.required("kind", |v| value::one_of(v, &names, |name| name)) else {
        table.leave_unjudged();
        table.finish();
        return None;
    };
    let Kind(_, read) = INCENTIVES.iter().find(|one| one.0 == kind.value)?;
    let incentive = read(&mut table);
    table.finish();
    incentive
}

fn fixed(table: &mut Section<'_>) -> Option<Incentive> {
    let most = table.required("factor", |v| factor(v, "the factor"))?;
    built(table, "factor", FixedIncentive::new(most.value)).map(Incentive::Fixed)
}

fn by_threshold(table: &mut Section<'_>) -> Option<Incentive> {
    let cursor = table.required("cursor", value::fraction);
    let most = table.required("most", |v| factor(v, "the factor"));
    let (cursor, most): (Fraction, Wad) = (cursor?.value, most?.value);
    built(table, "most", ThresholdIncentive::new(cursor, most)).map(Incentive::ByThreshold)
}

fn by_health(table: &mut Section<'_>) -> Option<Incentive> {
    let least = table.required("least", |v| factor(v, "the factor"));
    let most = table.required("most", |v| factor(v, "the factor"));
    let most_at = table.required("most_at", |v| factor(v, "the health"));
    let (least, most, most_at) = (least?.value, most?.value, most_at?.value);
    let key = if most_at >= Wad::ONE {
        "most_at"
    } else {
        "most"
    };
    let incentive = HealthIncentive::new(least, most, most_at);
    built(table, key, incentive).map(Incentive::ByHealth)
}

/// A number that something is multiplied with.
fn factor(found: &DeValue<'_>, what: &str) -> Result<Wad, Wrong> {
    let help = "a factor is a number from 0 up with at most 18 decimals, such as 1.05";
    value::number(found, what, help)
}
