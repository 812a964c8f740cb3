//! The token of a table: its genesis, supply and decimals, as said or as the table tells.

use tokenomics_fixed_math::Timestamp;

use super::number::{DecimalMark, Numeral};
use super::plan::{Plan, Size};
use super::reader::Reader;
use crate::problem::Problem;

/// The figures of a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) decimals: u32,
    pub(super) genesis: Timestamp,
    pub(super) supply: Numeral,
}

impl Token {
    /// Finds the figures; `None`, with each that is missing noted.
    pub(super) fn of(reader: &Reader<'_>, plan: &Plan) -> Option<Self> {
        let genesis = genesis(reader, plan);
        let supply = supply(reader, plan);
        let (genesis, supply) = (genesis?, supply?);
        let decimals = decimals(reader, plan, supply)?;
        Some(Self {
            decimals,
            genesis,
            supply,
        })
    }
}

/// Notes what is wrong with the table as a whole.
fn wrong<T>(reader: &Reader<'_>, message: &str, help: &str) -> Option<T> {
    let place = reader.table.header_span();
    let problem = Problem::new(place, message, "the table", help);
    reader.problems.push(problem);
    None
}

fn genesis(reader: &Reader<'_>, plan: &Plan) -> Option<Timestamp> {
    let known = reader.options.genesis.or_else(|| plan.first_date());
    let ask = || {
        wrong(
            reader,
            "the table has no date",
            "say when the token begins: --genesis 2026-01-01",
        )
    };
    known.or_else(ask)
}

/// Returns the supply: the one that is said, if all are shares of it, or the sum of the amounts.
fn supply(reader: &Reader<'_>, plan: &Plan) -> Option<Numeral> {
    let said = match reader.options.supply.as_deref() {
        None => None,
        Some(text) => match Numeral::parse(text, DecimalMark::Point) {
            Ok(supply) => Some(supply),
            Err(message) => {
                return wrong(
                    reader,
                    &format!("the supply {message}"),
                    "--supply 1000000000",
                )
            }
        },
    };
    if plan
        .schedules()
        .any(|one| matches!(one.size, Size::Share(_)))
    {
        let ask = || {
            wrong(
                reader,
                "the table has shares alone",
                "say of how many tokens: --supply 1000000000",
            )
        };
        return said.or_else(ask);
    }
    let sum = |all: Numeral, size| match size {
        Size::Tokens(tokens) => all.checked_add(tokens),
        Size::Share(_) => Some(all),
    };
    let tokens = plan
        .schedules()
        .try_fold(Numeral::ZERO, |all, one| sum(all, one.size));
    let Some(tokens) = tokens else {
        let message = "the amounts sum to more than can be counted";
        return wrong(reader, message, "are they in base units? Then divide them");
    };
    if let Some(said) = said.filter(|said| *said != tokens) {
        let message = format!("the supply is said to be {said}, and the amounts sum to {tokens}");
        return wrong(reader, &message, "leave --supply out, or mend the table");
    }
    Some(tokens)
}

/// Returns the decimals: those that are said, or 6, or 18 where an amount needs more.
fn decimals(reader: &Reader<'_>, plan: &Plan, supply: Numeral) -> Option<u32> {
    let amounts = plan.schedules().filter_map(|one| match one.size {
        Size::Tokens(tokens) => Some((tokens, one.place.clone())),
        Size::Share(_) => None,
    });
    let supply_there = (supply, reader.table.header_span());
    let (finest, place) = amounts
        .chain([supply_there])
        .max_by_key(|(number, _)| number.decimals())?;
    let needed = finest.decimals();
    let decimals = match reader.options.decimals {
        Some(said) => u32::from(said),
        None if needed <= 6 => 6,
        None => 18,
    };
    if needed > decimals {
        let message = format!("{finest} has {needed} decimals, and the token has {decimals}");
        let help = "--decimals says how many the token has, up to 38";
        let problem = Problem::new(place, message, "this amount", help);
        reader.problems.push(problem);
        return None;
    }
    if decimals > 38 || !supply.fits(decimals) {
        let message = format!("a supply of {supply} can't be counted in {decimals} decimals");
        let help =
            "128 bits hold the base units: fewer --decimals, or are the amounts in base units?";
        return wrong(reader, &message, help);
    }
    Some(decimals)
}
