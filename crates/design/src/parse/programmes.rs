//! `[[escrow.programme]]`: kinds of locks side by side.

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_escrow_weighting::{Error, Quantity, Terms, TermsParams};
use tokenomics_fixed_math::{Fraction, Span, Wad};

use super::allocations::unique_name;
use super::escrow::{are_countable, granule, is_lockable, refuse};
use super::multipliers::{any_multiplier, multiplier, rows};
use super::start;
use crate::calendar::Period;
use crate::problem::Problem;
use crate::section::{At, Section};
use crate::{schedule, value, EscrowPlan, LockProgramme, LockWeight};

/// The keys of `[escrow]` that hold for all of its programmes.
struct Common {
    context: schedule::Context,
    max: Option<u64>,
    granule: u64,
    most: Option<Wad>,
}

/// A programme as far as it could be read: its share counts also where something else is wrong with it.
struct Read {
    name: Option<String>,
    share: Option<At<Fraction>>,
    programme: Option<LockProgramme>,
}

pub(super) fn several(mut section: Section<'_>, context: schedule::Context) -> Option<EscrowPlan> {
    let max = section.said("max", value::fixed_period);
    let granule = granule(&mut section);
    let most = section.said("max_multiplier", multiplier);
    let tables = section.sections("programme", "[[escrow.programme]]");
    let common = Common {
        context,
        max: max.as_ref().and_then(Option::as_ref).map(|max| max.value),
        granule,
        most: most
            .as_ref()
            .and_then(Option::as_ref)
            .map(|most| most.value),
    };
    let count = tables.len();
    let names = &mut BTreeSet::new();
    let read = tables.into_iter().map(|mut table| {
        let read = programme(&mut table, &common, names);
        table.finish();
        read
    });
    // All of them, each for its own problems.
    let read: Vec<Read> = read.collect();
    if count == 0 && section.is_empty_list("programme") {
        section.missing(
            "programme",
            "say at least one, or `share` and `duration` of [escrow]",
        );
    }
    share_at_most_all(&section, &read);
    let programmes: Vec<_> = read.into_iter().filter_map(|read| read.programme).collect();
    let spans = [
        max.as_ref()
            .and_then(Option::as_ref)
            .map(|max| max.span.clone()),
        most.as_ref()
            .and_then(Option::as_ref)
            .map(|most| most.span.clone()),
    ];
    let terms = terms(&section, &common, &programmes, spans);
    let sound = max.is_some() && most.is_some() && programmes.len() == count && count > 0;
    section.finish();
    let terms = terms?;
    sound.then_some(EscrowPlan { terms, programmes })
}

/// The longest lock and the largest multiplier are those of the programmes, where none is said; they stand
/// at `spans` where they are.
fn terms(
    section: &Section<'_>,
    common: &Common,
    programmes: &[LockProgramme],
    [max_at, most_at]: [Option<Range<usize>>; 2],
) -> Option<Terms> {
    let weights = || programmes.iter().map(|programme| programme.weight);
    let granule = Span::new(common.granule);
    let longest = weights().map(LockWeight::longest).max();
    let largest = weights().map(LockWeight::largest).max();
    let params = TermsParams {
        max: common
            .max
            .map_or(longest.unwrap_or(granule).max(granule), Span::new),
        granule,
        min: Span::new(1),
        most: common.most.or(largest).unwrap_or(Wad::ONE),
    };
    let refused = |error| {
        let (message, at) = unmakable(section, params, error);
        let [max, most] = [max_at, most_at];
        let at = match at {
            Some(Quantity::Granule) => max,
            Some(_) => most,
            None => None,
        };
        let at = at.unwrap_or_else(|| section.span.clone());
        let problem = Problem::new(at, message, "here", "");
        section.problems.push(problem);
    };
    Terms::from_params(params).map_err(refused).ok()
}

/// Says why there are no such terms, and which of them is at fault.
fn unmakable(
    section: &Section<'_>,
    params: TermsParams,
    error: Error,
) -> (String, Option<Quantity>) {
    let TermsParams {
        max, granule, most, ..
    } = params;
    let (why, what) = match error {
        Error::OutOfRange {
            what: what @ Quantity::Granule,
            ..
        } => {
            let why = format!("locks of up to {max}s are shorter than `granule`, {granule}s");
            (why, Some(what))
        }
        Error::OutOfRange {
            what: what @ Quantity::Most,
            bound,
            ..
        } => {
            let bound = Wad::from_raw(bound);
            let why = format!(
                "the largest multiplier is {most}, above {bound} with locks of up to {max}s"
            );
            (why, Some(what))
        }
        other => (other.to_string(), None),
    };
    (format!("{} cannot be: {why}", section.name), what)
}

fn share_at_most_all(section: &Section<'_>, read: &[Read]) {
    let all = u128::from(Fraction::SCALE);
    let mut sum = 0_u128;
    for one in read {
        let Some(share) = &one.share else {
            continue;
        };
        let before = sum;
        sum += u128::from(share.value.raw());
        if before <= all && sum > all {
            let name = one.name.as_deref().unwrap_or("this one");
            let sum = Wad::from_raw(sum);
            let message = format!("the programmes up to `{name}` lock {sum} of the supply");
            let help = "the shares of all programmes sum to at most 1";
            let problem = Problem::new(share.span.clone(), message, "here", help);
            section.problems.push(problem);
        }
    }
}

fn programme(section: &mut Section<'_>, common: &Common, names: &mut BTreeSet<String>) -> Read {
    let name = unique_name(section, "programme", names);
    let share = section.required("share", value::fraction);
    let every = section.said("every", value::period);
    let start = start(section, common.context.genesis, "genesis");
    let weight = weight(section, common);
    let renew = match weight {
        // There is nothing to extend.
        Some(LockWeight::Permanent { .. }) => true,
        _ => section
            .optional("renew", value::truth)
            .is_none_or(|at| at.value),
    };
    let programme = (|| {
        let share = share.as_ref()?;
        let programme = LockProgramme {
            name: name.clone()?,
            share: share.value,
            weight: weight?,
            renew,
            every: every?.map_or(Period::Seconds(common.granule), |every| every.value),
            start: start?,
        };
        are_countable(section, share, &programme, common.granule)?;
        Some(programme)
    })();
    Read {
        name,
        share,
        programme,
    }
}

/// The kinds, as a design file writes them.
const KINDS: [&str; 4] = ["decaying", "constant", "permanent", "growing"];

fn weight(section: &mut Section<'_>, common: &Common) -> Option<LockWeight> {
    let kind = section.said("kind", |v| value::one_of(v, &KINDS, |kind| kind));
    let Some(kind) = kind else {
        section.leave_unjudged();
        return None;
    };
    match kind.map_or(KINDS[0], |kind| kind.value) {
        "permanent" => Some(LockWeight::Permanent {
            multiplier: plain_multiplier(section, common)?,
        }),
        "growing" => growing(section, common),
        "constant" => {
            let (multiplier, duration) = weighed(section, common)?;
            Some(LockWeight::Constant {
                multiplier,
                duration,
            })
        }
        _ => {
            let (multiplier, duration) = weighed(section, common)?;
            Some(LockWeight::Decaying {
                multiplier,
                duration,
            })
        }
    }
}

fn growing(section: &mut Section<'_>, common: &Common) -> Option<LockWeight> {
    let from = section.required("from", any_multiplier);
    let to = section.required("to", multiplier);
    let over = section.required("over", value::fixed_period);
    let duration = section.said("duration", value::fixed_period);
    let (from, to, over, duration) = (from?, to?, over?, duration?);
    if to.value <= from.value {
        let message = format!("a weight from {} to {} doesn't grow", from.value, to.value);
        refuse(section, &to, message, "`to` is above `from`");
        return None;
    }
    is_allowed(section, &to, common)?;
    if let Some(duration) = &duration {
        is_lockable(section, duration, common.max, common.granule).then_some(())?;
    }
    Some(LockWeight::Growing {
        from: from.value,
        to: to.value,
        over: Span::new(over.value),
        duration: duration.map(|duration| Span::new(duration.value)),
    })
}

/// The multiplier and the duration of a kind that has an end.
fn weighed(section: &mut Section<'_>, common: &Common) -> Option<(Wad, Span)> {
    let duration = section.required("duration", value::fixed_period);
    let multiplier = if section.has("multipliers") {
        not_both(section);
        by_length(section, duration.as_ref(), common)
    } else {
        plain_multiplier(section, common)
    };
    let duration = duration?;
    is_lockable(section, &duration, common.max, common.granule).then_some(())?;
    Some((multiplier?, Span::new(duration.value)))
}

/// Notes a `multiplier` beside `multipliers`, of which one would not count.
fn not_both(section: &mut Section<'_>) {
    if let Some(multiplier) = section.raw("multiplier") {
        let message = format!("{} has a multiplier and a table of them", section.name);
        let help = "write `multiplier`, or `multipliers` by the length of a lock";
        let problem = Problem::new(multiplier.span(), message, "one of the two", help);
        section.problems.push(problem);
    }
}

/// `multiplier`: 1 if not said.
fn plain_multiplier(section: &mut Section<'_>, common: &Common) -> Option<Wad> {
    let Some(said) = section.said("multiplier", multiplier)? else {
        return Some(Wad::ONE);
    };
    is_allowed(section, &said, common)?;
    Some(said.value)
}

/// The multiplier of a length, by a table of lengths.
fn by_length(
    section: &mut Section<'_>,
    duration: Option<&At<u64>>,
    common: &Common,
) -> Option<Wad> {
    let rows = rows(section)?;
    let duration = duration?;
    let known = rows.partition_point(|(length, _)| length.get() <= duration.value);
    let row = known.checked_sub(1).and_then(|last| rows.get(last));
    let Some((_, multiplier)) = row else {
        let message = format!("locks of {}s have no multiplier", duration.value);
        let help = "the shortest length of `multipliers` is longer";
        refuse(section, duration, message, help);
        return None;
    };
    is_allowed(section, multiplier, common)?;
    Some(multiplier.value)
}

fn is_allowed(section: &Section<'_>, said: &At<Wad>, common: &Common) -> Option<()> {
    let Some(most) = common.most.filter(|most| said.value > *most) else {
        return Some(());
    };
    let message = format!(
        "the multiplier {} is above `max_multiplier`, {most}",
        said.value
    );
    refuse(section, said, message, "");
    None
}
