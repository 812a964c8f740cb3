//! `[[gauge]]`: to whom votes direct what is minted.

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_fixed_math::{Fraction, Wad};
use toml::de::DeValue;

use super::allocations::unique_name;
use crate::problem::Problem;
use crate::section::{Section, Wrong};
use crate::{value, EscrowPlan, Gauge};

/// A gauge, and where its votes stand.
struct Read {
    gauge: Gauge,
    votes: Range<usize>,
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
    let read: Vec<Read> = read.collect::<Vec<_>>().into_iter().flatten().collect();
    let within = escrow.is_none_or(|escrow| at_most_all(root, escrow, &read));
    let all = within && read.len() == count;
    all.then(|| read.into_iter().map(|read| read.gauge).collect())
}

fn gauge(
    section: &mut Section<'_>,
    escrow: Option<&EscrowPlan>,
    names: &mut BTreeSet<String>,
) -> Option<Read> {
    let name = unique_name(section, "gauge", names);
    let stakeholder = section.required("stakeholder", value::stakeholder);
    let place = section.raw("votes").map(toml::Spanned::span);
    let votes = match section.raw("votes").map(toml::Spanned::get_ref) {
        Some(DeValue::Table(_)) => by_programme(section, escrow?),
        _ => {
            let all = section.required("votes", value::fraction);
            let count = escrow?.programmes.len();
            all.map(|all| vec![all.value; count])
        }
    };
    Some(Read {
        gauge: Gauge {
            name: name?,
            stakeholder: stakeholder?.value,
            votes: votes?,
        },
        votes: place?,
    })
}

/// A share of the votes under each programme that is named, and none of the others'.
fn by_programme(section: &mut Section<'_>, escrow: &EscrowPlan) -> Option<Vec<Fraction>> {
    let DeValue::Table(table) = section.raw("votes")?.get_ref() else {
        return None;
    };
    let programmes = &escrow.programmes;
    let mut votes = vec![Fraction::ZERO; programmes.len()];
    let mut sound = true;
    for (key, share) in table.iter() {
        let name = key.get_ref().as_ref();
        let place = programmes.iter().position(|one| one.name == name);
        let read = value::fraction(share.get_ref());
        let (span, wrong) = match (place, read) {
            (Some(place), Ok(share)) => {
                votes[place] = share;
                continue;
            }
            (Some(_), Err(wrong)) => (share.span(), wrong),
            (None, _) => {
                let names: Vec<&str> = programmes.iter().map(|one| one.name.as_str()).collect();
                let help = format!("the programmes are: {}", names.join(", "));
                let message = format!("there is no programme `{name}` of locks");
                (key.span(), Wrong::new(message, help))
            }
        };
        let label = format!("`votes` of {}", section.name);
        let problem = Problem::new(span, wrong.message, label, wrong.help);
        section.problems.push(problem);
        sound = false;
    }
    sound.then_some(votes)
}

/// Returns whether no more votes are given to gauges than there are, and notes where they are.
fn at_most_all(root: &Section<'_>, escrow: &EscrowPlan, read: &[Read]) -> bool {
    let all = u128::from(Fraction::SCALE);
    let mut sums = vec![0_u128; escrow.programmes.len()];
    for one in read {
        for (index, votes) in one.gauge.votes.iter().enumerate() {
            sums[index] += u128::from(votes.raw());
            if sums[index] > all {
                let message = format!(
                    "the gauges up to `{}` take {} of the votes under `{}`",
                    one.gauge.name,
                    Wad::from_raw(sums[index]),
                    escrow.programmes[index].name
                );
                let help = "what all gauges take of the votes under a programme sums to at most 1";
                let problem = Problem::new(one.votes.clone(), message, "here", help);
                root.problems.push(problem);
                return false;
            }
        }
    }
    true
}
