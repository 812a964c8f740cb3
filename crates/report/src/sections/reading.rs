//! The design in plain words.

use tokenomics_fixed_math::{Fraction, Wad};

use crate::dates;
use crate::format::{self, listed};
use crate::revenue::{asset, is_built_in};
use crate::view::View;
use tokenomics_design::Period;
use tokenomics_design::{Bought, Emission, EscrowPlan, FeePlan, FeeStream, RouteKind, RouteShare};

/// A sentence on the supply, and one on locks and revenue if there are any.
pub(crate) fn of(view: &View<'_>) -> String {
    let mut text = supply(view);
    let design = view.run.design;
    let mut more = Vec::new();
    more.extend(design.escrow.as_ref().map(escrow));
    more.extend(design.fees.as_ref().map(|plan| fees(view, plan)));
    if let Some(plan) = &design.collateral {
        let holdings = counted(plan.holdings.len(), "holding");
        let debts = counted(plan.debts.len(), "debt");
        more.push(format!("as collateral, {holdings} against {debts}"));
    }
    if !more.is_empty() {
        let more = more.join("; ");
        text = format!("{text} {}.", format::capital(&more));
    }
    text
}

fn supply(view: &View<'_>) -> String {
    let design = view.run.design;
    let genesis = dates::day(design.token.genesis);
    let allocations = counted(design.allocations.len(), "allocation");
    if design.emissions.is_empty() {
        let all = view.tokens(design.all);
        return format!("All {all} are issued on {genesis}, to {allocations}.");
    }
    let Some(max) = design.max_supply() else {
        return endless(view, &genesis, &allocations);
    };
    let emissions = &design.emissions;
    let until = if emissions.iter().any(|emission| emission.never_ends) {
        "for ever, less and less".to_owned()
    } else {
        let last = emissions.iter().map(Emission::end).max();
        format!("until {}", dates::year(last.unwrap_or_default()))
    };
    if design.token.supply.is_zero() {
        let all = if emissions.iter().any(Emission::is_followed) {
            "Up to"
        } else {
            "All"
        };
        return format!("{all} {} are minted, {until}.", view.tokens(max));
    }
    // What is issued is a part of the maximum.
    let minted = max.abs_diff(design.token.supply);
    let share = |amount| format::percent(view.share(amount).unwrap_or_default());
    // What follows a signal may mint less than its maximum.
    let followed = emissions.iter().any(Emission::is_followed);
    let up_to = if followed { "up to " } else { "" };
    format!(
        "Of at most {}, {} ({}) are issued on {genesis} to {allocations} and {}{} ({}) are minted {until}.",
        view.tokens(max),
        view.human(design.token.supply),
        share(design.token.supply),
        up_to,
        view.human(minted),
        share(minted),
    )
}

/// The words for a supply that has no maximum.
fn endless(view: &View<'_>, genesis: &str, allocations: &str) -> String {
    let design = view.run.design;
    let minted = view.tokens(view.last().emitted);
    let until = dates::day(design.window.end);
    let minting = format!(
        "{minted} are minted until {until}, {}",
        without_maximum(view)
    );
    if design.token.supply.is_zero() {
        return format!("{minting}.");
    }
    let issued = view.tokens(design.token.supply);
    format!("{issued} are issued on {genesis} to {allocations}; {minting}.")
}

/// The reason why there is no maximum.
pub(super) fn without_maximum(view: &View<'_>) -> &'static str {
    let emissions = view.run.design.emissions.iter();
    let mut endless = emissions.filter(|emission| emission.is_endless());
    if endless.any(|emission| emission.never_ends) {
        "and there is no end to it"
    } else {
        "by what it follows, which has no maximum"
    }
}

/// `1 allocation`, `5 allocations`.
fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} {noun}{s}", format::grouped(count))
}

/// `week`, `2 months`, as it stands after "every".
pub(crate) fn every(period: Period) -> String {
    let text = period.to_string();
    let unit_at = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (count, unit) = text.split_at(unit_at);
    let unit = match unit {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        _ => "year",
    };
    if count == "1" {
        unit.to_owned()
    } else {
        format!("{count}\u{a0}{unit}s")
    }
}

fn escrow(plan: &EscrowPlan) -> String {
    let [programme] = plan.programmes.as_slice() else {
        let shares = plan
            .programmes
            .iter()
            .map(|one| u128::from(one.share.raw()));
        return format!(
            "under {} programmes, holders lock {} of what circulates for votes",
            format::grouped(plan.programmes.len()),
            format::percent(Wad::from_raw(shares.sum()))
        );
    };
    let share = share(programme.share);
    let held = match (programme.weight.duration(), programme.renew) {
        (None, _) => "for good".to_owned(),
        (Some(length), true) => format!("for {} at a time, always renewed", dates::length(length)),
        (Some(length), false) => {
            format!("for {} at a time, left to run down", dates::length(length))
        }
    };
    format!(
        "every {}, holders bring what they have locked for votes to {share} of what circulates, {held}",
        every(programme.every),
    )
}

/// The most streams that are told one by one.
const MOST_STREAMS: usize = 2;

fn fees(view: &View<'_>, plan: &FeePlan) -> String {
    let told = plan.streams.iter().take(MOST_STREAMS);
    if plan.streams.len() > MOST_STREAMS {
        return format!(
            "revenue comes in {} streams and goes by {} routes",
            format::grouped(plan.streams.len()),
            format::grouped(plan.routes.len())
        );
    }
    let is_alone = plan.streams.len() == 1;
    let told = told.map(|stream| {
        let revenue = told_stream(view, plan, stream);
        if is_alone {
            format!("revenue of {revenue}")
        } else {
            format!("revenue of {} of {revenue}", quoted(&stream.name))
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// `1.00\u{a0}M\u{a0}USDC every week goes to lockers`.
fn told_stream(view: &View<'_>, plan: &FeePlan, stream: &FeeStream) -> String {
    let asset = asset(view.run.design, plan, stream.asset);
    let revenue = format::human(stream.revenue, asset.decimals);
    let to = |part: &RouteShare| {
        let name = route(plan, part.route);
        if part.share == Fraction::ONE {
            name
        } else {
            format!("{} to {name}", share(part.share))
        }
    };
    let parts: Vec<String> = stream.shares.iter().map(to).collect();
    let all = if parts.len() == 1 { "to " } else { "" };
    format!(
        "{revenue}\u{a0}{} {} goes {all}{}",
        asset.symbol,
        how_often(view, stream),
        listed(&parts)
    )
}

/// A route as it stands after "to".
fn route(plan: &FeePlan, index: usize) -> String {
    let route = &plan.routes[index];
    if !is_built_in(route) {
        return quoted(&route.name);
    }
    let name = match route.kind {
        RouteKind::Buyback(Bought::Kept) => "buying the token back",
        RouteKind::Burn => "being burned",
        RouteKind::Buyback(_) => "buying and burning the token",
        RouteKind::Treasury => "the treasury",
        _ => &route.name,
    };
    name.to_owned()
}

fn quoted(name: &str) -> String {
    format!("\u{201c}{name}\u{201d}")
}

/// `every week`, `every day until 9 May 2027`, `once, on 9 May 2027`.
pub(super) fn how_often(view: &View<'_>, stream: &FeeStream) -> String {
    let window = view.run.design.window;
    let until = stream.end.min(window.end);
    let last = match stream.per.count_between(stream.start, until) {
        0 => {
            return format!(
                "every {}, of which none is over in this run,",
                every(stream.per)
            )
        }
        1 => {
            let at = stream.per.after(stream.start, 1).unwrap_or(until);
            return format!("once, on {},", dates::day(at));
        }
        periods => stream.per.after(stream.start, periods).unwrap_or(until),
    };
    if stream.end < window.end {
        return format!("every {} until {}", every(stream.per), dates::day(last));
    }
    format!("every {}", every(stream.per))
}

/// A part of one in percent, without needless zeros: `34%`, `12.5%`.
pub(crate) fn share(part: Fraction) -> String {
    let text = format::percent_fine(Wad::from(part));
    let number = text.trim_end_matches('%');
    format!("{}%", number.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_shares_read_as_prose() {
        let read = |text: &str| every(Period::parse(text).unwrap()).replace('\u{a0}', " ");
        assert_eq!(
            ["1w", "2w", "1mo", "1y", "90s"].map(read),
            ["week", "2 weeks", "month", "year", "90 seconds"]
        );
        let part = |bps| share(Fraction::from_bps(bps).unwrap());
        assert_eq!(
            [part(3_400), part(1_250), part(10_000), part(1)],
            ["34%", "12.5%", "100%", "0.01%"]
        );
        assert_eq!(counted(1, "debt"), "1 debt");
    }
}
