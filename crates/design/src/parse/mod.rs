//! From the text of a design file to a [`Design`].

mod allocations;
mod collateral;
mod curves;
mod emissions;
mod escrow;
mod events;
mod fees;
mod gauges;
mod multipliers;
mod programmes;
mod routes;
mod vaults;

use std::collections::BTreeSet;

use tokenomics_fixed_math::{Amount, Decimals, Error, Rounding, Timestamp, Wad};
use tokenomics_vesting::Schedule as _;
use toml::de::DeTable;
use toml::Spanned;

use super::section::{At, Section};
use super::{schedule, value, Allocation, Design, Emission, Overrides, Token, Window, MOST_STEPS};
use crate::calendar::{self, Period};
use crate::limits;
use crate::problem::{Problem, Problems};
use allocations::allocations;
use collateral::collateral;
use curves::Ending;
use emissions::emissions;
use escrow::escrow;
use events::Events;
use fees::fees;
use gauges::gauges;
use vaults::vaults;

/// The longest file of which all is named that isn't TOML, and not only the first: the parser keeps
/// hundreds of bytes for each, of which there may be one in every other byte.
const ALL_SYNTAX: usize = 256 << 10;

/// Reads a whole design, noting every problem.
pub(super) fn design(text: &str, overrides: Overrides) -> Result<Design, Problems> {
    // What the parser and the renderer of problems are not made for doesn't reach them.
    if let Some(problem) = limits::long_line(text).or_else(|| limits::too_deep(text)) {
        return Err(problem.into());
    }
    let problems = Problems::default();
    let table = syntax(text, &problems);
    if problems.any() {
        // What the parser made of a broken file would only add problems that aren't there.
        return Err(problems);
    }
    let root = Section::new(&table, "the design", 0..first_line(text), &problems);
    match assemble(root, overrides) {
        Some(design) if !problems.any() => Ok(design),
        _ => Err(problems),
    }
}

fn syntax<'a>(text: &'a str, problems: &Problems) -> DeTable<'a> {
    let (table, errors) = if text.len() <= ALL_SYNTAX {
        DeTable::parse_recoverable(text)
    } else {
        match DeTable::parse(text) {
            Ok(table) => (table, Vec::new()),
            Err(first) => (Spanned::new(0..0, DeTable::new()), vec![first]),
        }
    };
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let message = format!("not TOML: {}", error.message());
        let help = "the file must be TOML: `key = value` lines under [section] headers";
        problems.push(Problem::new(span, message, "here", help));
    }
    table.into_inner()
}

fn first_line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

fn assemble(mut root: Section<'_>, overrides: Overrides) -> Option<Design> {
    // Where the token itself is wrong, the rest is still read with stand-ins, for its own problems.
    let (token, supply) = token(&mut root);
    let context = token
        .as_ref()
        .map_or_else(stand_in, |token| schedule::Context {
            genesis: token.genesis,
            decimals: token.decimals,
        });
    let names = &mut BTreeSet::new();
    let allocations = allocations(&mut root, context, supply.as_ref(), names);
    let emissions = emissions(&mut root, context, names);
    let escrow = root
        .section("escrow", "[escrow]")
        .and_then(|table| escrow(table, context));
    let gauges = gauges(&mut root, escrow.as_ref());
    if gauges.as_ref().is_some_and(Vec::is_empty) {
        let without = emissions.iter().filter_map(emissions::Read::without_gauges);
        without.for_each(|it| root.problems.push(it));
    }
    let collateral = root
        .section("collateral", "[collateral]")
        .and_then(collateral);
    let vaults = vaults(&mut root, context, escrow.as_ref());
    let natural_end = natural_end(context.genesis, &allocations, &emissions);
    let window = window(&mut root, context.genesis, natural_end, overrides);
    let fees = root
        .section("fees", "[fees]")
        .and_then(|table| fees(table, (context, token.as_ref()), window, &vaults.names));
    let problems = root.problems;
    let span = root.span.clone();
    root.finish();
    let uncounted = |window: Window| {
        let each = emissions.iter();
        each.filter_map(move |read| read.uncounted(window.end))
    };
    window
        .into_iter()
        .flat_map(uncounted)
        .for_each(|it| problems.push(it));
    let emissions: Vec<Emission> = emissions.into_iter().map(|read| read.emission).collect();
    if let Some(window) = window {
        let time = (context.genesis, window.end);
        let plans = (escrow.as_ref(), fees.as_ref(), vaults.plans());
        let events = Events::of(&allocations, &emissions, plans, time);
        if let Some(problem) = events.problem(span.clone()) {
            problems.push(problem);
        }
    }
    let supply = Amount::try_sum(allocations.iter().map(|allocation| allocation.amount));
    let all = supply.and_then(|supply| {
        let most = Amount::try_sum(emissions.iter().filter_map(|emission| emission.max))?;
        supply.checked_add(most)
    });
    let end = window.map_or(calendar::LAST, |window| window.end);
    let counted = all.and_then(|all| all.checked_add(endless_by(&emissions, end)?));
    if let Err(error) = &counted {
        let message = format!("the supply with all emissions is too large: {error}");
        problems.push(Problem::new(
            span.clone(),
            message,
            "in this design",
            "use fewer decimals",
        ));
    }
    if let (Some(plan), Ok(all)) = (&escrow, &counted) {
        let most = plan.terms.most();
        if all.mul_div(most.raw(), Wad::SCALE, Rounding::Ceil).is_err() {
            let message = format!(
                "the votes of all tokens are too many to count, with a multiplier of {most}"
            );
            let help = "use fewer decimals, or smaller multipliers";
            problems.push(Problem::new(span, message, "in this design", help));
        }
    }
    let vaults = vaults.counted(problems, counted.ok(), end);
    let mut token = token?;
    token.supply = supply.ok()?;
    Some(Design {
        token,
        window: window?,
        allocations,
        emissions,
        escrow,
        gauges: gauges?,
        fees,
        vaults: vaults?,
        collateral,
        all: all.ok()?,
    })
}

/// The stand-in for an unreadable token while the rest of the file is read.
fn stand_in() -> schedule::Context {
    let decimals = Decimals::new(18).unwrap_or_else(|_| unreachable!("18 is at most 38"));
    schedule::Context {
        genesis: Timestamp::ZERO,
        decimals,
    }
}

fn token(root: &mut Section<'_>) -> (Option<Token>, Option<At<Amount>>) {
    let Some(mut section) = root.section("token", "[token]") else {
        if !root.has("token") {
            root.missing(
                "token",
                "begin with a [token] section: name, symbol, decimals, genesis",
            );
        }
        return (None, None);
    };
    let name = section.required("name", value::text);
    let symbol = section.required("symbol", value::text);
    let decimals = section
        .required("decimals", value::decimals)
        .map(|at| at.value);
    let genesis = section.required("genesis", value::date);
    let scale = decimals.unwrap_or(stand_in().decimals);
    let supply = section.optional("supply", |v| value::amount(v, scale));
    section.finish();
    let token = (|| {
        let (name, symbol, genesis) = (name?.value, symbol?.value, genesis?.value);
        let supply = Amount::ZERO; // Set once the allocations are known.
        Some(Token {
            name,
            symbol,
            decimals: decimals?,
            genesis,
            supply,
        })
    })();
    (token, supply)
}

/// Returns something if there are few enough tables of a kind, and notes the first that is one too many.
fn at_most(tables: &[Section<'_>], most: usize, what: &str) -> Option<()> {
    let Some(beyond) = tables.get(most) else {
        return Some(());
    };
    let message = format!("{} {what} are too many", tables.len());
    let help = format!("at most {most}");
    let problem = Problem::new(beyond.span.clone(), message, "one too many", help);
    beyond.problems.push(problem);
    None
}

/// `start`, which is not before `earliest` and is that if not said.
fn start(section: &mut Section<'_>, earliest: Timestamp, what: &str) -> Option<Timestamp> {
    let Some(start) = section.said("start", |v| value::date_or_after(v, earliest))? else {
        return Some(earliest);
    };
    if start.value < earliest {
        let message = format!(
            "{} starts at {}, before {what} at {}",
            section.name,
            calendar::rfc3339(start.value),
            calendar::rfc3339(earliest)
        );
        section
            .problems
            .push(Problem::new(start.span, message, "too early", ""));
        return None;
    }
    Some(start.value)
}

/// The point from which nothing unlocks or is minted any more, but for what has no end; four years
/// if nothing ever does.
fn natural_end(
    genesis: Timestamp,
    allocations: &[Allocation],
    emissions: &[emissions::Read],
) -> Timestamp {
    let schedules = allocations
        .iter()
        .flat_map(|allocation| &allocation.schedules);
    let ends = schedules.map(|schedule| schedule.end()).chain(
        emissions
            .iter()
            .filter(|read| read.ending == Ending::Ends)
            .map(|read| read.emission.end()),
    );
    let last = ends.max().unwrap_or(genesis);
    if last > genesis {
        last.min(calendar::LAST)
    } else {
        Period::Months(48)
            .after(genesis, 1)
            .unwrap_or(calendar::LAST)
    }
}

/// The amount that curves without a maximum have minted by the end of the run. What follows a signal is only
/// known then.
fn endless_by(emissions: &[Emission], end: Timestamp) -> Result<Amount, Error> {
    let endless = emissions.iter().filter(|emission| emission.is_endless());
    Amount::try_sum(endless.filter_map(|emission| emission.emitted_at(end)))
}

fn window(
    root: &mut Section<'_>,
    genesis: Timestamp,
    natural_end: Timestamp,
    overrides: Overrides,
) -> Option<Window> {
    let (mut start, mut end, mut step) = (None, None, None);
    let mut span = root.span.clone();
    if let Some(mut section) = root.section("simulation", "[simulation]") {
        span = section.span.clone();
        start = section.optional("start", |v| value::date_or_after(v, genesis));
        let anchor = start.as_ref().map_or(genesis, |at| at.value);
        end = section.optional("end", |v| value::date_or_after(v, anchor));
        step = section.optional("step", value::period);
        section.finish();
    }
    let window = Window {
        start: overrides
            .start
            .or(start.map(|at| at.value))
            .unwrap_or(genesis),
        end: overrides
            .end
            .or(end.map(|at| at.value))
            .unwrap_or(natural_end),
        step: overrides
            .step
            .or(step.map(|at| at.value))
            .unwrap_or(Period::Seconds(604_800)),
    };
    let refuse = |message: String, label: &str, help: &str| {
        root.problems
            .push(Problem::new(span.clone(), message, label, help));
    };
    if window.end <= window.start {
        let message = format!(
            "the simulation ends at {}, which does not follow its start at {}",
            calendar::rfc3339(window.end),
            calendar::rfc3339(window.start)
        );
        refuse(message, "an empty stretch of time", "change start or end");
        return None;
    }
    let steps = window.step.count_between(window.start, window.end);
    if steps > MOST_STEPS {
        let message = format!("{steps} steps of {} are too many", window.step);
        let help = format!("at most {MOST_STEPS} steps: use a longer step, or an earlier end");
        refuse(message, "too many steps", &help);
        return None;
    }
    Some(window)
}
