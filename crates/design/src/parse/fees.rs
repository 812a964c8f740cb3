//! `[fees]` and `[[fees.stream]]`: revenue, and the routes that it takes.

mod assets;

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_fixed_math::{Amount, Decimals, Rounding, Timestamp};

use super::allocations::unique_name;
use super::routes::{resolve, routes, shares, Names, Origin, Routes, Shares};
use super::{at_most, start};
use crate::calendar::{self, Period};
use crate::problem::{Problem, Problems};
use crate::section::{At, Section};
use crate::{
    schedule, value, FeeAsset, FeePlan, FeeStream, RouteShare, Token, Window, MOST_STREAMS,
};
use assets::Assets;

/// The name of the stream that `[fees]` itself says.
const THE_ONE: &str = "Fees";

/// The keys of the stream that `[fees]` itself says.
const OF_A_STREAM: [&str; 8] = [
    "asset", "decimals", "price", "revenue", "per", "start", "end", "routes",
];

/// A stream as far as it could be read: its routes count also where something else is wrong with it.
struct Read {
    title: String,
    asset: Option<usize>,
    shares: Option<Shares>,
    terms: Option<Terms>,
}

/// The revenue of a stream, and when it comes.
struct Terms {
    name: String,
    revenue: At<Amount>,
    per: Period,
    start: Timestamp,
    end: Timestamp,
}

/// The context that streams are read in.
struct Reading<'r> {
    context: schedule::Context,
    window: Option<Window>,
    names: &'r Names,
    assets: Assets<'r>,
}

pub(super) fn fees(
    mut section: Section<'_>,
    (context, token): (schedule::Context, Option<&Token>),
    window: Option<Window>,
    vaults: &[Option<String>],
) -> Option<FeePlan> {
    let Some(routes) = routes(&mut section, vaults) else {
        section.leave_unjudged();
        return None;
    };
    let mut reading = Reading {
        context,
        window,
        names: &routes.names,
        assets: Assets::new(context.decimals, token.map(|token| token.symbol.as_str())),
    };
    let read = if section.raw("stream").is_some() {
        several(&mut section, &mut reading)
    } else {
        Some(vec![one(&mut section, &mut reading)])
    };
    let problems = section.problems;
    section.finish();
    let read = read?;
    let assets = reading.assets.finish();
    can_be_counted(&read, &assets, window, problems);
    plan(read, assets, &routes, (context.decimals, problems))
}

/// The plan of streams, if nothing is wrong with their routes.
fn plan(
    read: Vec<Read>,
    assets: Vec<FeeAsset>,
    routes: &Routes<'_>,
    reading: (Decimals, &Problems),
) -> Option<FeePlan> {
    let origins = read.iter().map(|read| Origin {
        name: &read.title,
        asset: read.asset,
        shares: read.shares.as_ref(),
    });
    let origins: Vec<_> = origins.collect();
    let resolved = resolve(routes, &origins, &assets, reading)?;
    let streams = read.into_iter().map(|read| {
        let asset = read.asset?;
        let shares = resolved.shares(&read.shares?, asset);
        Some(read.terms?.stream(asset, shares))
    });
    Some(FeePlan {
        streams: streams.collect::<Option<_>>()?,
        assets,
        routes: resolved.routes,
    })
}

/// The one stream that `[fees]` itself says.
fn one(section: &mut Section<'_>, reading: &mut Reading<'_>) -> Read {
    stream(section, Some(THE_ONE.to_owned()), reading)
}

/// `[[fees.stream]]`: any number of them; `None` if there are too many or none.
fn several(section: &mut Section<'_>, reading: &mut Reading<'_>) -> Option<Vec<Read>> {
    not_both(section);
    if section.is_empty_list("stream") {
        section.missing("stream", "say at least one, or one in [fees] itself");
    }
    let mut tables = section.sections("stream", "[[fees.stream]]");
    at_most(&tables, MOST_STREAMS, "streams")?;
    let taken = &mut BTreeSet::new();
    let read = tables.iter_mut().map(|table| {
        let name = unique_name(table, "stream", taken);
        stream(table, name, reading)
    });
    let read: Vec<_> = read.collect();
    tables.into_iter().for_each(Section::finish);
    Some(read).filter(|read| !read.is_empty())
}

/// Notes what `[fees]` says of a stream beside a list of them.
fn not_both(section: &mut Section<'_>) {
    for key in OF_A_STREAM {
        if section.raw(key).is_some() {
            let message = format!("[fees] has `{key}` beside [[fees.stream]]");
            let help = "say all of them in [[fees.stream]], or one in [fees] itself";
            let span = section.key_span(key);
            let problem = Problem::new(span, message, "of which stream?", help);
            section.problems.push(problem);
        }
    }
}

fn stream(section: &mut Section<'_>, name: Option<String>, reading: &mut Reading<'_>) -> Read {
    let asset = reading.assets.read(section);
    let decimals = asset.and_then(|asset| reading.assets.decimals(asset));
    let revenue = section.required("revenue", |v| match decimals {
        Some(decimals) => value::amount(v, decimals),
        // Its digits are those of an asset that isn't known.
        None => Ok(Amount::ZERO),
    });
    let per = section.required("per", value::period);
    let genesis = reading.context.genesis;
    let start = start(section, genesis, "genesis");
    let end = end(section, start, genesis);
    let shares = shares(section, "routes", reading.names);
    let until = reading.window.map(|window| window.end);
    let title = name.clone().unwrap_or_else(|| section.name.clone());
    let terms = (|| {
        Some(Terms {
            name: name?,
            revenue: revenue?,
            per: per?.value,
            start: start?,
            end: end?.or(until)?,
        })
    })();
    Read {
        title,
        asset,
        shares,
        terms,
    }
}

/// `end`, which follows the start: `Some(None)` where it isn't said, and `None` where it is wrong.
fn end(
    section: &mut Section<'_>,
    start: Option<Timestamp>,
    genesis: Timestamp,
) -> Option<Option<Timestamp>> {
    let anchor = start.unwrap_or(genesis);
    let end = section.said("end", |v| value::date_or_after(v, anchor))?;
    let (Some(start), Some(end)) = (start, &end) else {
        return Some(end.map(|end| end.value));
    };
    if end.value <= start {
        let message = format!(
            "{} ends at {}, which does not follow its start at {}",
            section.name,
            calendar::rfc3339(end.value),
            calendar::rfc3339(start)
        );
        let problem = Problem::new(end.span.clone(), message, "not later", "");
        section.problems.push(problem);
        return None;
    }
    Some(Some(end.value))
}

/// Notes the stream by which the revenue of a run in an asset comes to more than can be counted. That in the
/// token itself is limited by what circulates, and a run ends where all that was to be paid can't be counted.
fn can_be_counted(read: &[Read], assets: &[FeeAsset], window: Option<Window>, problems: &Problems) {
    let mut sums = vec![Amount::ZERO; assets.len()];
    let mut refused = BTreeSet::new();
    for one in read {
        let (Some(terms), Some(asset), Some(window)) = (&one.terms, one.asset, window) else {
            continue;
        };
        let (Some(sum), Some(FeeAsset::Other { symbol, .. })) =
            (sums.get_mut(asset), assets.get(asset))
        else {
            continue;
        };
        let all = terms
            .all_by(window.end)
            .and_then(|all| sum.checked_add(all).ok());
        match all {
            Some(all) => *sum = all,
            None if refused.insert(asset) => {
                let message =
                    format!("all revenue in `{symbol}` up to the end is more than can be counted");
                let help = "use less revenue, fewer decimals, or an earlier end";
                let span: Range<usize> = terms.revenue.span.clone();
                problems.push(Problem::new(span, message, "here", help));
            }
            None => {}
        }
    }
}

impl Terms {
    /// All revenue up to a time, if it can be counted.
    fn all_by(&self, end: Timestamp) -> Option<Amount> {
        let periods = self.per.count_between(self.start, self.end.min(end));
        let all = self
            .revenue
            .value
            .mul_div(periods.into(), 1, Rounding::Floor);
        all.ok()
    }

    fn stream(self, asset: usize, shares: Vec<RouteShare>) -> FeeStream {
        FeeStream {
            name: self.name,
            asset,
            revenue: self.revenue.value,
            per: self.per,
            start: self.start,
            end: self.end,
            shares,
        }
    }
}
