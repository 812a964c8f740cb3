//! Schedules by a list of dates.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp};
use tokenomics_vesting::{Graded, Piecewise, Point, Tranches};

use super::instalments::dust;
use super::{built, value, At, Kind, NestedSchedule, Of, Problem, Section};
use crate::calendar;

pub(super) const KINDS: &[Kind] = &[
    Kind("tranches", tranches),
    Kind("graded", graded),
    Kind("piecewise", piecewise),
];

/// The amount of an entry of a list.
enum Size {
    Tokens(Amount),
    Share(Fraction),
}

struct Entry {
    at: Timestamp,
    size: At<Size>,
}

/// The entries of a list, in the order of time and all sized under one key, which `tokens` is where
/// they are in tokens.
fn entries(
    section: &mut Section<'_>,
    key: &'static str,
    tokens: Option<&'static str>,
    of: Of,
) -> Option<Vec<Entry>> {
    if !section.has(key) {
        section.required(key, |_| Ok(()));
        return None;
    }
    let name = format!("an entry of `{key}` of {}", section.name);
    let tables = section.sections(key, &name);
    let span = section.key_span(key);
    let read: Vec<_> = tables
        .into_iter()
        .map(|table| entry(table, tokens, of))
        .collect();
    if read.is_empty() {
        let message = format!("`{key}` of {} is empty", section.name);
        let problem = Problem::new(span, message, "an empty list", "give at least one date");
        section.problems.push(problem);
        return None;
    }
    let read: Vec<Entry> = read.into_iter().collect::<Option<_>>()?;
    let shares = read
        .iter()
        .filter(|entry| matches!(entry.size.value, Size::Share(_)));
    let shares = shares.count();
    if shares != 0 && shares != read.len() {
        let message = format!(
            "some entries of `{key}` of {} are shares and some are tokens",
            section.name
        );
        section.problems.push(Problem::new(
            span,
            message,
            "of two kinds",
            "size all in the same way",
        ));
        return None;
    }
    for pair in read.windows(2) {
        let [before, after] = pair else { continue };
        if after.at < before.at {
            let message = format!(
                "an entry of `{key}` of {} is at {}, before the one above it at {}",
                section.name,
                calendar::rfc3339(after.at),
                calendar::rfc3339(before.at)
            );
            let span = after.size.span.clone();
            section.problems.push(Problem::new(
                span,
                message,
                "earlier",
                "write the entries in the order of time",
            ));
            return None;
        }
    }
    Some(read)
}

fn entry(mut table: Section<'_>, tokens: Option<&'static str>, of: Of) -> Option<Entry> {
    let genesis = of.context.genesis;
    let at = table.required("at", |v| value::date_or_after(v, genesis));
    let share = table.optional("share", value::fraction);
    let amount =
        tokens.and_then(|key| table.optional(key, |v| value::amount(v, of.context.decimals)));
    let said = [table.has("share"), tokens.is_some_and(|key| table.has(key))];
    let span = table.span.clone();
    let size = match said {
        [true, false] => share.map(|at| Size::Share(at.value)),
        [false, true] => amount.map(|at| Size::Tokens(at.value)),
        [true, true] => {
            let message = format!("{} is sized twice", table.name);
            table
                .problems
                .push(Problem::new(span.clone(), message, "both here", "keep one"));
            None
        }
        [false, false] => {
            let help = tokens.map_or_else(String::new, |key| {
                format!("give `{key}` in tokens, or `share`")
            });
            table.missing("share", &help);
            None
        }
    };
    table.finish();
    Some(Entry {
        at: at?.value,
        size: At { value: size?, span },
    })
}

/// The shares of a list, which sum to 1; `None` where it is in tokens.
fn shares(list: &[Entry]) -> Option<Vec<(Timestamp, Fraction)>> {
    let share = |entry: &Entry| match entry.size.value {
        Size::Share(share) => Some((entry.at, share)),
        Size::Tokens(_) => None,
    };
    list.iter().map(share).collect()
}

fn sum_to_one(section: &Section<'_>, key: &str, shares: &[(Timestamp, Fraction)]) -> Option<()> {
    let sum = value::sum_of_shares(shares.iter().map(|(_, share)| share.raw()));
    if sum == u128::from(Fraction::SCALE) {
        return Some(());
    }
    let sum = tokenomics_fixed_math::Wad::from_raw(sum);
    let message = format!(
        "the shares of `{key}` of {} sum to {sum}, not to 1",
        section.name
    );
    let span = section.key_span(key);
    section.problems.push(Problem::new(
        span,
        message,
        "the shares",
        "shares must sum to 1",
    ));
    None
}

/// A total that must be all of the schedule's amount.
fn is_all(section: &Section<'_>, key: &str, found: Amount, of: Of) -> Option<()> {
    let all = of.amount?;
    if found == all {
        return Some(());
    }
    let decimals = of.context.decimals;
    let (found, all) = (found.display(decimals), all.display(decimals));
    let message = format!(
        "`{key}` of {} comes to {found}, not to the {all} of its schedule",
        section.name
    );
    let help =
        format!("it must come to {all}: what unlocks at another time is an entry of its own");
    let span = section.key_span(key);
    section
        .problems
        .push(Problem::new(span, message, "not all of it", help));
    None
}

/// An amount at each date.
fn tranches(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    const KEY: &str = "tranches";
    let dust = dust(section);
    let list = entries(section, KEY, Some("amount"), of);
    let list = list?;
    let tranches = if let Some(shares) = shares(&list) {
        sum_to_one(section, KEY, &shares)?;
        Tranches::cut_list(of.amount(), &shares, dust?)
    } else {
        let amounts = list.iter().map(|entry| match entry.size.value {
            Size::Tokens(amount) => (entry.at, amount),
            Size::Share(_) => (entry.at, Amount::ZERO),
        });
        let amounts: Vec<_> = amounts.collect();
        let sum = Amount::try_sum(amounts.iter().map(|(_, amount)| *amount));
        let sum = built(section, KEY, sum.map_err(Into::into))?;
        is_all(section, KEY, sum, of)?;
        Tranches::of_list(&amounts)
    };
    built(section, KEY, tranches).map(Into::into)
}

/// A share at each date.
fn graded(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    const KEY: &str = "grades";
    let list = entries(section, KEY, None, of)?;
    let shares = shares(&list)?;
    sum_to_one(section, KEY, &shares)?;
    let graded = Graded::of_list(of.amount(), &shares);
    built(section, KEY, graded).map(Into::into)
}

/// Lines through what has vested by each date.
fn piecewise(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    const KEY: &str = "points";
    let list = entries(section, KEY, Some("vested"), of)?;
    let vested = |entry: &Entry| match entry.size.value {
        Size::Tokens(vested) => vested,
        Size::Share(share) => of.amount().mul_fraction(share, Rounding::Floor),
    };
    let falls = list.windows(2).find(|pair| match pair {
        [before, after] => vested(after) < vested(before),
        _ => false,
    });
    if let Some([before, after]) = falls {
        let decimals = of.context.decimals;
        let message = format!(
            "by an entry of `{KEY}` of {} {} has vested, less than the {} before it",
            section.name,
            vested(after).display(decimals),
            vested(before).display(decimals)
        );
        let span = after.size.span.clone();
        let help = "each entry says how much has vested by its date in all, which never falls";
        section
            .problems
            .push(Problem::new(span, message, "less", help));
        return None;
    }
    is_all(section, KEY, list.last().map(vested)?, of)?;
    let points = list.iter().map(|entry| Point::new(entry.at, vested(entry)));
    let points = points.collect::<Vec<_>>();
    built(section, KEY, Piecewise::new(points)).map(Into::into)
}
