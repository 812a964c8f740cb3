//! The design that a table of unlocks becomes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tokenomics_fixed_math::Timestamp;

use super::number::Numeral;
use super::plan::{Allocation, Kind, Plan, Rest, Schedule, Size};
use super::token::Token;
use crate::calendar::{rfc3339, Period};
use crate::problem::Problem;
use crate::starter::symbol_of;
use crate::text::is_hidden;

/// The head of a design.
pub(super) struct Head<'a> {
    pub(super) file: &'a str,
    pub(super) name: &'a str,
    pub(super) notes: &'a [String],
}

/// The design, as a person would write it.
pub(super) fn text(head: &Head<'_>, token: &Token, plan: &Plan) -> Result<String, Problem> {
    let mut text = head_text(head, token, plan);
    for allocation in &plan.allocations {
        let name = &allocation.name;
        let stakeholder = guess_stakeholder(name);
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n[[allocation]]\nname = {}\nstakeholder = \"{stakeholder}\"\n",
            quoted(name)
        );
        text.push_str(&match terms_from_genesis(allocation) {
            Some((size, at_start, rest)) => terms(size, at_start, rest),
            None if plan.is_dated => tranches(allocation)?,
            None => list(token, allocation)?,
        });
    }
    Ok(text)
}

fn head_text(head: &Head<'_>, token: &Token, plan: &Plan) -> String {
    let (file, rows) = (comment(head.file), super::counted(plan.rows));
    let mut text = format!("# Imported from {file}: {rows}.\n");
    for note in head.notes {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# - {}.", comment(note));
    }
    let (name, symbol) = (quoted(head.name), quoted(&symbol_of(head.name)));
    let (decimals, genesis, supply) = (token.decimals, rfc3339(token.genesis), token.supply);
    let _ = write!(
        text,
        "# `stakeholder` is guessed from each name, and everything unlocked counts as circulating:\n\
         # check both, and give treasuries `to = \"treasury\"`.\n\n\
         [token]\nname = {name}\nsymbol = {symbol}\ndecimals = {decimals}\ngenesis = {genesis}\n\
         supply = \"{supply}\"\n",
    );
    text
}

/// Returns the terms of an allocation that has nothing but terms from genesis on.
fn terms_from_genesis(allocation: &Allocation) -> Option<(Size, Numeral, Option<Rest>)> {
    let [schedule] = &allocation.schedules[..] else {
        return None;
    };
    match schedule.kind {
        Kind::Terms {
            start: None,
            at_start,
            rest,
        } => Some((schedule.size, at_start, rest)),
        _ => None,
    }
}

/// The lines of terms from genesis on, in lengths of time.
fn terms(size: Size, at_start: Numeral, rest: Option<Rest>) -> String {
    let mut text = match size {
        Size::Tokens(tokens) => format!("amount = \"{tokens}\"\n"),
        Size::Share(share) => format!("share = \"{share}\"\n"),
    };
    let Some(rest) = rest else { return text };
    if !at_start.is_zero() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "at_genesis_share = \"{at_start}\"");
    }
    let key = |key: &str, length: Option<Period>| {
        length.map_or_else(String::new, |length| format!(", {key} = \"{length}\""))
    };
    let (start, gate) = match rest.is_gated {
        true => (None, rest.cliff),
        false => (rest.cliff, None),
    };
    let schedule = match (rest.vesting, rest.every) {
        (None, _) => format!("kind = \"cliff\"{}", key("at", rest.cliff)),
        (Some(vesting), None) => {
            let (start, end) = (key("start", start), key("end", Some(vesting)));
            format!("kind = \"linear\"{start}{end}{}", key("gate", gate))
        }
        (Some(vesting), Some(every)) => {
            let (start, count) = (key("start", start), instalments(vesting, every));
            let gate = key("gate", gate);
            format!("kind = \"calendar\"{start}, every = \"{every}mo\", count = {count}{gate}")
        }
    };
    let _ = writeln!(text, "schedule = {{ {schedule} }}");
    text
}

/// The number of instalments, which divide the time.
fn instalments(vesting: Period, every: u32) -> u32 {
    match vesting {
        Period::Months(months) => months.checked_div(every).unwrap_or(0),
        Period::Seconds(_) => 0,
    }
}

/// The lines of what unlocks at each date.
fn tranches(allocation: &Allocation) -> Result<String, Problem> {
    let mut tranches: BTreeMap<Timestamp, Numeral> = BTreeMap::new();
    let mut all = Numeral::ZERO;
    for schedule in &allocation.schedules {
        let (Size::Tokens(amount), Kind::Cliff { at }) = (schedule.size, schedule.kind) else {
            continue;
        };
        let tranche = tranches.entry(at).or_default();
        let sums = tranche.checked_add(amount).zip(all.checked_add(amount));
        let Some((at_once, sum)) = sums else {
            let message = "the amounts sum to more than can be counted";
            return Err(Problem::new(
                schedule.place.clone(),
                message,
                "this one",
                "",
            ));
        };
        (*tranche, all) = (at_once, sum);
    }
    let mut text = format!("amount = \"{all}\"\nschedule = {{ kind = \"tranches\", tranches = [\n");
    for (at, amount) in tranches {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "    {{ at = {}, amount = \"{amount}\" }},",
            rfc3339(at)
        );
    }
    text.push_str("] }\n");
    Ok(text)
}

/// The lines of a list of schedules, each with its amount and its dates.
fn list(token: &Token, allocation: &Allocation) -> Result<String, Problem> {
    let mut text = String::from("schedule = [\n");
    for schedule in &allocation.schedules {
        for entry in entries(token, schedule)? {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "    {{ {entry} }},");
        }
    }
    text.push_str("]\n");
    Ok(text)
}

/// A schedule as entries of a list.
fn entries(token: &Token, schedule: &Schedule) -> Result<Vec<String>, Problem> {
    let Size::Tokens(amount) = schedule.size else {
        let message = "an allocation by share has a start of its own, or a second row";
        return Err(Problem::new(
            schedule.place.clone(),
            message,
            "this row",
            "give amounts in tokens",
        ));
    };
    let entry = match schedule.kind {
        Kind::Cliff { at } => format!("kind = \"cliff\", at = {}", rfc3339(at)),
        Kind::Linear { start, end } => {
            format!(
                "kind = \"linear\", start = {}, end = {}",
                rfc3339(start),
                rfc3339(end)
            )
        }
        Kind::Step {
            start,
            seconds,
            count,
        } => format!(
            "kind = \"step\", start = {}, period = \"{seconds}s\", count = {count}",
            rfc3339(start)
        ),
        Kind::Terms {
            start,
            at_start,
            rest,
        } => {
            let start = start.unwrap_or(token.genesis);
            return dated_terms(token, schedule, (amount, at_start), start, rest);
        }
    };
    Ok(vec![format!("amount = \"{amount}\", {entry}")])
}

/// Terms that begin at a date: what unlocks there, floored to a base unit, and the rest.
fn dated_terms(
    token: &Token,
    schedule: &Schedule,
    (amount, at_start): (Numeral, Numeral),
    start: Timestamp,
    rest: Option<Rest>,
) -> Result<Vec<String>, Problem> {
    let too_much = |message: &str| Problem::new(schedule.place.clone(), message, "this row", "");
    let first = amount
        .checked_mul(at_start)
        .map(|first| first.floored(token.decimals));
    let first = first.ok_or_else(|| too_much("the amount has more digits than can be counted"))?;
    let mut entries = Vec::new();
    if !first.is_zero() {
        let at = rfc3339(start);
        entries.push(format!("amount = \"{first}\", kind = \"cliff\", at = {at}"));
    }
    let left = amount.apart(first).unwrap_or_default();
    let Some(rest) = rest.filter(|_| !left.is_zero()) else {
        return Ok(entries);
    };
    let kind = dated_rest(start, rest).ok_or_else(|| too_much("it ends past the year 9999"))?;
    entries.push(format!("amount = \"{left}\", {kind}"));
    Ok(entries)
}

/// The schedule of what doesn't unlock at the start; `None` past the year 9999.
fn dated_rest(start: Timestamp, rest: Rest) -> Option<String> {
    let cliff = rest
        .cliff
        .map_or(Some(start), |cliff| cliff.after(start, 1))?;
    let Some(vesting) = rest.vesting else {
        return Some(format!("kind = \"cliff\", at = {}", rfc3339(cliff)));
    };
    let (begin, gate) = match rest.is_gated {
        true => (start, format!(", gate = {}", rfc3339(cliff))),
        false => (cliff, String::new()),
    };
    let (start, end) = (rfc3339(begin), rfc3339(vesting.after(begin, 1)?));
    Some(match rest.every {
        None => format!("kind = \"linear\", start = {start}, end = {end}{gate}"),
        Some(every) => {
            let count = instalments(vesting, every);
            format!("kind = \"calendar\", start = {start}, every = \"{every}mo\", count = {count}{gate}")
        }
    })
}

/// A string of TOML, in which all that is hidden is escaped: the text goes to a terminal too.
fn quoted(text: &str) -> String {
    if !text.contains(is_hidden) {
        return toml::Value::String(text.to_owned()).to_string();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        // Writing to a String cannot fail.
        let _ = match c {
            '"' | '\\' => write!(quoted, "\\{c}"),
            c if is_hidden(c) && u32::from(c) > 0xffff => write!(quoted, "\\U{:08x}", u32::from(c)),
            c if is_hidden(c) => write!(quoted, "\\u{:04x}", u32::from(c)),
            c => write!(quoted, "{c}"),
        };
    }
    quoted + "\""
}

/// A name that can't end the comment it stands in.
fn comment(text: &str) -> String {
    text.replace(is_hidden, " ")
}

/// Whom a recipient's name sounds like.
fn guess_stakeholder(recipient: &str) -> &'static str {
    let name = recipient.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if any(&[
        "investor",
        "seed",
        "private",
        "sale",
        "backer",
        "strategic",
        "series",
        "presale",
    ]) {
        "investors"
    } else if any(&[
        "team",
        "core",
        "founder",
        "advisor",
        "employee",
        "contributor",
        "dev",
        "foundation",
        "treasury",
        "labs",
    ]) {
        "builders"
    } else if any(&[
        "validator",
        "market mak",
        "marketmak",
        "liquidity",
        "node",
        "operator",
        "miner",
        "staking",
        "exchange",
    ]) {
        "operators"
    } else {
        "users"
    }
}
