//! Sentences on revenue: what was not paid, what waits, what ended, and what stays as it is.

use tokenomics_design::{
    Bought, FeeAsset, FeePlan, FeeRoute, FeeStream, RouteKind, VaultPlan, WithoutLockers,
};
use tokenomics_engine::{Run, Silence};
use tokenomics_fixed_math::{Amount, Ratio, Rounding};

use super::{name, quoted, tokens, MOST_ENDS};
use crate::dates;
use crate::format;
use crate::revenue::{asset, is_built_in};
use crate::sections::reading::{every, share};

/// Tells of each stream what was not paid and when it ended, and of each route what waits.
pub(super) fn happened(run: &Run<'_>, plan: &FeePlan) -> Vec<String> {
    let streams = || 0..plan.streams.len();
    let mut told: Vec<String> = streams().filter_map(|one| unpaid(run, plan, one)).collect();
    told.extend(silences(run, plan));
    told.extend(waiting(run, plan));
    told.extend(streams().filter_map(|one| last_period(run, plan, one)));
    told
}

/// Tells what revenue and prices stay as.
pub(super) fn assumed(run: &Run<'_>, plan: &FeePlan) -> Vec<String> {
    let streams = plan.streams.iter().take(MOST_ENDS);
    let mut told: Vec<String> = streams.filter_map(|one| revenue(run, plan, one)).collect();
    let more = plan.streams.len().saturating_sub(MOST_ENDS);
    if more > 0 {
        told.push(format!("So is that of {more} more streams."));
    }
    let assets = 0..plan.assets.len();
    told.extend(assets.filter_map(|index| price(run, plan, index)));
    told
}

/// Revenue where there is one stream, and else what comes from this one.
fn subject(plan: &FeePlan, stream: usize) -> String {
    match plan.streams.as_slice() {
        [_] => "revenue".to_owned(),
        streams => quoted(&streams[stream].name),
    }
}

/// Tells what could not be paid, of which periods.
fn unpaid(run: &Run<'_>, plan: &FeePlan, stream: usize) -> Option<String> {
    let shortfall = run.log.shortfall_of(stream);
    if shortfall.amount.is_zero() {
        return None;
    }
    let first = dates::day(shortfall.first);
    let when = if shortfall.periods == 1 {
        format!("for the period that ended on {first}")
    } else {
        let (count, last) = (
            format::grouped(shortfall.periods),
            dates::day(shortfall.last),
        );
        format!("for {count} periods that ended from {first} to {last}")
    };
    Some(format!(
        "{} of {} could not be paid, {when}: holders had nothing left to pay with, and it lapses.",
        tokens(run, shortfall.amount),
        subject(plan, stream)
    ))
}

/// Tells what came while nobody had weight, of each route that pays lockers, and who got it. What still
/// waits is told by itself.
fn silences(run: &Run<'_>, plan: &FeePlan) -> Vec<String> {
    let lockers = plan.routes.iter().filter_map(|route| match route.kind {
        RouteKind::Lockers { every, without } => Some((route, every.is_some(), without)),
        _ => None,
    });
    let told = lockers.zip(&run.silences);
    let told = told.filter_map(|((route, has_epochs, without), silence)| {
        let then = followed(plan, silence, without)?;
        let asset = asset(run.design, plan, route.asset);
        let rounds = match (has_epochs, silence.rounds) {
            (false, 1) => "a period".to_owned(),
            (true, 1) => "an epoch".to_owned(),
            (false, count) => format!("{} periods", format::grouped(count)),
            (true, count) => format!("{} epochs", format::grouped(count)),
        };
        Some(format!(
            "{}\u{a0}{} of revenue for {} came while nobody had weight, in {rounds} from {} on: {then}.",
            format::human(silence.amount, asset.decimals),
            name(asset.symbol),
            name_of(route),
            dates::day(silence.first)
        ))
    });
    told.collect()
}

/// Tells where what came in silence went; `None` where there was none, or it waits.
fn followed(plan: &FeePlan, silence: &Silence, without: WithoutLockers) -> Option<String> {
    if let WithoutLockers::Pass(route) = without {
        let to = name_of(&plan.routes[route]);
        return (silence.rounds > 0).then(|| format!("it went to {to}"));
    }
    let ended = dates::day(silence.ended?);
    let many = format::grouped(silence.stretches);
    Some(match (without, silence.stretches) {
        (WithoutLockers::Extend, 1) => {
            format!("from {ended} on, it is spread over as many with lockers")
        }
        (WithoutLockers::Extend, _) => {
            format!("{many} times, lastly from {ended} on, it is spread over as many with lockers")
        }
        (_, 1) => format!("those who had weight next, on {ended}, got all of it at once"),
        _ => {
            format!("those who had weight next, {many} times and lastly on {ended}, got it at once")
        }
    })
}

/// Tells what waits for lockers, of each route that pays them.
fn waiting(run: &Run<'_>, plan: &FeePlan) -> Vec<String> {
    let lockers = plan.routes.iter();
    let lockers = lockers.filter(|route| matches!(route.kind, RouteKind::Lockers { .. }));
    let waiting = lockers.zip(&run.last.unallocated);
    let waiting = waiting.filter(|(_, amount)| !amount.is_zero());
    let told = waiting.map(|(route, amount)| {
        let asset = asset(run.design, plan, route.asset);
        format!(
            "{}\u{a0}{} of revenue for {} waits at the end: nobody had a claim to it.",
            format::human(*amount, asset.decimals),
            name(asset.symbol),
            name_of(route)
        )
    });
    told.collect()
}

/// The name of a route: that of every design as it is, another's quoted.
fn name_of(route: &FeeRoute) -> String {
    match (is_built_in(route), &route.kind) {
        (false, _) => quoted(&route.name),
        (true, RouteKind::Treasury) => "the treasury".to_owned(),
        (true, _) => route.name.clone(),
    }
}

/// Revenue that ends before the run does, or of which no period does.
fn last_period(run: &Run<'_>, plan: &FeePlan, stream: usize) -> Option<String> {
    let subject = subject(plan, stream);
    let [first, last] = run.log.revenue(stream);
    if first.is_none() {
        let text = format!("No period of {subject} is over by the end, so none is collected.");
        return Some(text);
    }
    let window = run.design.window;
    let end = plan.streams[stream].end;
    let last = last.filter(|last| end < window.end && *last >= window.start)?;
    let day = dates::day(last);
    Some(match plan.streams.len() {
        1 => format!("Revenue ends on {day}, with its last period."),
        _ => format!("Revenue of {subject} ends on {day}, with its last period."),
    })
}

fn revenue(run: &Run<'_>, plan: &FeePlan, stream: &FeeStream) -> Option<String> {
    let until = stream.end.min(run.design.window.end);
    let asset = asset(run.design, plan, stream.asset);
    let of = match plan.streams.len() {
        1 => String::new(),
        _ => format!(" of {}", quoted(&stream.name)),
    };
    let many = stream.per.count_between(stream.start, until) > 1;
    many.then(|| {
        format!(
            "Revenue{of} is the same in each period: {}\u{a0}{} every {}.",
            format::human(stream.revenue, asset.decimals),
            name(asset.symbol),
            every(stream.per)
        )
    })
}

/// The price at which the routes that buy the token with an asset do so.
fn price(run: &Run<'_>, plan: &FeePlan, asset: usize) -> Option<String> {
    let FeeAsset::Other {
        symbol,
        decimals,
        price: Some(price),
    } = &plan.assets[asset]
    else {
        return None;
    };
    let routes = plan.routes.iter().filter(|route| route.asset == asset);
    let bought = routes.filter_map(|route| match route.kind {
        RouteKind::Buyback(bought) => Some(bought == Bought::Burned),
        _ => None,
    });
    let bought: Vec<bool> = bought.collect();
    let who = match [false, true].map(|burned| bought.contains(&burned)) {
        [true, true] => "Buybacks and burns buy",
        [true, false] => "Buybacks buy",
        [false, true] => "Burns buy",
        [false, false] => return None,
    };
    let one = Amount::new(run.design.token.decimals.one_token());
    let told = told_price(one, *price).map_or_else(String::new, |price| {
        format!(
            ", of {}\u{a0}{}",
            format::human(price, *decimals),
            name(symbol)
        )
    });
    Some(format!("{who} the token at one price throughout{told}, and find sellers as long as any circulates unlocked."))
}

/// The price of one token, as far as that is a whole number of base units that can be counted.
fn told_price(one: Amount, price: Ratio) -> Option<Amount> {
    let cost = one.mul_ratio(price, Rounding::Floor).ok()?;
    Some(cost).filter(|cost| !cost.is_zero())
}

/// Tells what holders do with vaults.
pub(super) fn vaults(run: &Run<'_>) -> Vec<String> {
    let told = |vault: &VaultPlan| {
        let when = match vault.start > run.design.token.genesis {
            true => format!("From {} on, every", dates::day(vault.start)),
            false => "Every".to_owned(),
        };
        format!(
            "{when} {}, holders bring what they have in {} to {} of what circulates, as far as it is unlocked, and withdraw none.",
            every(vault.every),
            quoted(&vault.name),
            share(vault.share)
        )
    };
    run.design.vaults.iter().map(told).collect()
}
