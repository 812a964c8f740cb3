//! `[fees]`: what is earned, and for whom.

use tokenomics_fixed_math::{Decimals, Fraction, Ratio, Wad};

use super::start;
use crate::calendar;
use crate::problem::Problem;
use crate::section::Section;
use crate::{
    schedule, value, Bought, FeeAsset, FeePlan, FeeRoute, FeeStream, RouteKind, RouteShare,
    Stakeholder, Window, WithoutLockers,
};

/// The routes that every design has, in the order in which revenue is split.
const BUILT_IN: [&str; 8] = [
    "lockers",
    "treasury",
    "buyback",
    "burn",
    "users",
    "builders",
    "investors",
    "operators",
];

fn built_in(index: usize, asset: &FeeAsset) -> RouteKind {
    match index {
        0 => RouteKind::Lockers {
            every: None,
            without: WithoutLockers::Hold,
        },
        1 => RouteKind::Treasury,
        2 => RouteKind::Buyback(Bought::Kept),
        3 if *asset == FeeAsset::Token => RouteKind::Burn,
        3 => RouteKind::Buyback(Bought::Burned),
        other => RouteKind::To(Stakeholder::ALL[other - 4]),
    }
}

pub(super) fn fees(
    mut section: Section<'_>,
    context: schedule::Context,
    window: Option<Window>,
) -> Option<FeePlan> {
    let asset = fee_asset(&mut section, context);
    let decimals = match &asset {
        Some(FeeAsset::Other { decimals, .. }) => *decimals,
        _ => context.decimals,
    };
    let revenue = section.required("revenue", |v| value::amount(v, decimals));
    let per = section.required("per", value::period);
    let start = start(&mut section, context.genesis, "genesis");
    let end = section.optional("end", |v| {
        value::date_or_after(v, start.unwrap_or(context.genesis))
    });
    if let (Some(start), Some(end)) = (start, &end) {
        if end.value <= start {
            let message = format!(
                "[fees] ends at {}, which does not follow its start at {}",
                calendar::rfc3339(end.value),
                calendar::rfc3339(start)
            );
            section
                .problems
                .push(Problem::new(end.span.clone(), message, "not later", ""));
        }
    }
    let routes = routes(&mut section, asset.as_ref());
    section.finish();
    let end = end.map(|at| at.value).or(window.map(|window| window.end));
    let (revenue, per) = (revenue?.value, per?.value);
    let (asset, shares) = (asset?, routes?);
    let used = (0..8).filter(|index| !shares[*index].is_zero());
    let routes = used.clone().map(|index| FeeRoute {
        name: BUILT_IN[index].to_owned(),
        asset: 0,
        kind: built_in(index, &asset),
    });
    let routes = routes.collect();
    let shares = used.enumerate().map(|(route, index)| RouteShare {
        route,
        share: shares[index],
    });
    let stream = FeeStream {
        name: "Fees".to_owned(),
        asset: 0,
        revenue,
        per,
        start: start?,
        end: end?,
        shares: shares.collect(),
    };
    Some(FeePlan {
        assets: vec![asset],
        streams: vec![stream],
        routes,
    })
}

fn fee_asset(section: &mut Section<'_>, context: schedule::Context) -> Option<FeeAsset> {
    let asset = section.optional("asset", value::text);
    let had_asset = section.has("asset");
    let decimals = section.optional("decimals", value::decimals);
    let price = section.optional("price", value::price);
    if !had_asset {
        for key in ["decimals", "price"] {
            if section.has(key) {
                let message = format!("[fees] has `{key}` but no `asset`");
                let help = "without `asset`, revenue is in the token itself, with its own decimals";
                let span = section.key_span(key);
                section
                    .problems
                    .push(Problem::new(span, message, "of which asset?", help));
            }
        }
        return Some(FeeAsset::Token);
    }
    if !section.has("decimals") {
        section.missing(
            "decimals",
            "how many decimals the asset has, such as 6 or 18",
        );
    }
    let (symbol, decimals) = (asset?.value, decimals?.value);
    let price = match price {
        Some(price) => {
            let in_base_units = base_ratio(price.value, decimals, context.decimals);
            if in_base_units.is_none() {
                let message = "this price has too many digits to be kept exactly".to_owned();
                section.problems.push(Problem::new(
                    price.span,
                    message,
                    "here",
                    "use fewer digits",
                ));
            }
            in_base_units
        }
        None => None,
    };
    Some(FeeAsset::Other {
        symbol,
        decimals,
        price,
    })
}

/// Base units of the asset for one base unit of the token, from whole units for a whole token.
fn base_ratio(price: Ratio, asset: Decimals, token: Decimals) -> Option<Ratio> {
    let price = price.reduced();
    // Only the difference of the decimals matters, and keeps the numbers small.
    let common = asset.get().min(token.get());
    let power = |decimals: Decimals| 10_u128.checked_pow(u32::from(decimals.get() - common));
    let numerator = price.numerator().checked_mul(power(asset)?)?;
    let denominator = price.denominator().checked_mul(power(token)?)?;
    Ratio::new(numerator, denominator).ok().map(Ratio::reduced)
}

fn routes(section: &mut Section<'_>, asset: Option<&FeeAsset>) -> Option<[Fraction; 8]> {
    let Some(mut table) = section.section("routes", "[fees.routes]") else {
        if !section.has("routes") {
            section.missing(
                "routes",
                "say who gets the revenue, as in routes = { lockers = 0.5, treasury = 0.5 }",
            );
        }
        return None;
    };
    let mut shares = [Fraction::ZERO; 8];
    let mut unread = false;
    for (route, share) in BUILT_IN.into_iter().zip(shares.iter_mut()) {
        match table.said(route, value::fraction) {
            Some(at) => *share = at.map_or(Fraction::ZERO, |at| at.value),
            None => unread = true,
        }
        if !share.is_zero() {
            check_route(&table, route, asset);
        }
    }
    let sum = value::sum_of_shares(shares.iter().map(|share| share.raw()));
    if !unread && sum != u128::from(Fraction::SCALE) {
        let sum = Wad::from_raw(sum);
        let message = format!("the shares of [fees.routes] sum to {sum}, not to 1");
        let help = "all revenue goes somewhere: shares must sum to 1";
        table.problems.push(Problem::new(
            table.span.clone(),
            message,
            "these shares",
            help,
        ));
    }
    table.finish();
    (!unread).then_some(shares)
}

/// A purchase needs a price, and nothing is bought with the token itself.
fn check_route(table: &Section<'_>, route: &str, asset: Option<&FeeAsset>) {
    let refuse = |message: &str, help: &str| {
        table
            .problems
            .push(Problem::new(table.key_span(route), message, "here", help));
    };
    match (route, asset) {
        ("buyback", Some(FeeAsset::Token)) => {
            refuse(
                "revenue in the token itself cannot buy the token",
                "use `treasury` or `burn`",
            );
        }
        ("buyback" | "burn", Some(FeeAsset::Other { price: None, .. })) => {
            refuse(
                "buying the token needs its price",
                "give `price` in [fees]: the asset's units for one token",
            );
        }
        _ => {}
    }
}
