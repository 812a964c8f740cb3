//! `[[gauge]]`: to whom votes direct what is minted.

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_fixed_math::{Fraction, Wad};
use toml::de::{DeTable, DeValue};

use super::allocations::unique_name;
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::{value, EscrowPlan, Gauge, LockProgramme};

/// A gauge as far as it could be read: its votes count also where something else is wrong with it.
struct Read {
    name: Option<String>,
    votes: Vec<Fraction>,
    /// The place of the votes.
    place: Range<usize>,
    gauge: Option<Gauge>,
}

/// Reads all gauges; `None` if there is one that can't be taken. Where the escrow itself is wrong, there
/// are no programmes to compare their votes with.
pub(super) fn gauges(root: &mut Section<'_>, escrow: Option<&EscrowPlan>) -> Option<Vec<Gauge>> {
    let tables = root.sections("gauge", "[[gauge]]");
    let count = tables.len();
    if count > 0 && !root.has("escrow") {
        let message = "gauges get what votes direct to them, and nobody has any".to_owned();
        let help = "say in [escrow] who locks how much for votes";
        let span = root.key_span("gauge");
        root.problems
            .push(Problem::new(span, message, "no [escrow]", help));
        return None;
    }
    let escrow = escrow.filter(|_| count > 0);
    let names = &mut BTreeSet::new();
    let read = tables.into_iter().map(|mut table| {
        let read = gauge(&mut table, escrow, names);
        table.finish();
        read
    });
    let read: Vec<Read> = read.collect();
    if let Some(escrow) = escrow {
        at_most_all(root, escrow, &read);
    }
    let gauges: Vec<Gauge> = read.into_iter().filter_map(|read| read.gauge).collect();
    (gauges.len() == count).then_some(gauges)
}

fn gauge(
    section: &mut Section<'_>,
    escrow: Option<&EscrowPlan>,
    names: &mut BTreeSet<String>,
) -> Read {
    let name = unique_name(section, "gauge", names);
    let stakeholder = section.required("stakeholder", value::stakeholder);
    let votes = section.raw("votes");
    let place = votes.map_or_else(|| section.span.clone(), toml::Spanned::span);
    let (votes, sound) = match votes.map(toml::Spanned::get_ref) {
        Some(DeValue::Table(table)) => by_programme(section, table, escrow),
        _ => {
            let all = section.required("votes", value::fraction);
            let count = escrow.map_or(0, |escrow| escrow.programmes.len());
            let share = all.as_ref().map_or(Fraction::ZERO, |all| all.value);
            (vec![share; count], all.is_some())
        }
    };
    let gauge = (|| {
        Some(Gauge {
            name: name.clone()?,
            stakeholder: stakeholder?.value,
            votes: votes.clone(),
        })
    })();
    Read {
        name,
        votes,
        place,
        gauge: gauge.filter(|_| sound && escrow.is_some()),
    }
}

/// A share of the votes under each programme that is named, and none of the others'; and whether all of it
/// is sound.
fn by_programme(
    section: &Section<'_>,
    table: &DeTable<'_>,
    escrow: Option<&EscrowPlan>,
) -> (Vec<Fraction>, bool) {
    let programmes = escrow.map_or(&[][..], |escrow| &escrow.programmes);
    let mut votes = vec![Fraction::ZERO; programmes.len()];
    let mut sound = true;
    for (key, share) in table.iter() {
        let name = key.get_ref().as_ref();
        let place = programmes.iter().position(|one| one.name == name);
        let (span, wrong) = match (place, value::fraction(share.get_ref())) {
            (Some(place), Ok(share)) => {
                votes[place] = share;
                continue;
            }
            (None, _) if escrow.is_some() => (key.span(), unknown(name, programmes)),
            // Where the escrow itself is wrong, there are no names to compare with.
            (None, Ok(_)) => continue,
            (_, Err(wrong)) => (share.span(), wrong),
        };
        let label = format!("`votes` of {}", section.name);
        let problem = Problem::new(span, wrong.message, label, wrong.help);
        section.problems.push(problem);
        sound = false;
    }
    (votes, sound)
}

fn unknown(name: &str, programmes: &[LockProgramme]) -> Wrong {
    let names: Vec<&str> = programmes.iter().map(|one| one.name.as_str()).collect();
    let help = format!("the programmes are: {}", names.join(", "));
    Wrong::new(format!("there is no programme `{name}` of locks"), help)
}

/// Notes each gauge by which more of the votes under a programme are given than there are: one of the
/// programmes, and each programme once.
fn at_most_all(root: &Section<'_>, escrow: &EscrowPlan, read: &[Read]) {
    let all = u128::from(Fraction::SCALE);
    let mut sums = vec![0_u128; escrow.programmes.len()];
    for one in read {
        let mut first = None;
        for ((sum, votes), programme) in sums.iter_mut().zip(&one.votes).zip(&escrow.programmes) {
            let before = *sum;
            *sum += u128::from(votes.raw());
            if before <= all && *sum > all {
                first = first.or(Some((Wad::from_raw(*sum), &programme.name)));
            }
        }
        let Some((sum, programme)) = first else {
            continue;
        };
        let name = one.name.as_deref().unwrap_or("this one");
        let message =
            format!("the gauges up to `{name}` take {sum} of the votes under `{programme}`");
        let help = "what all gauges take of the votes under a programme sums to at most 1";
        let problem = Problem::new(one.place.clone(), message, "here", help);
        root.problems.push(problem);
    }
}
