//! Events of a run that a reader might not expect, and what the run assumes, in a sentence each.

mod fees;

use serde::Serialize;
use tokenomics_design::{clipped, printable, Destination, Emission};
use tokenomics_engine::{EventKind, Run};
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::dates;
use crate::format::{self, listed};
use crate::sections::reading::{every, share};
use crate::view::month_name;

/// The most emissions whose ends are told one by one.
const MOST_ENDS: usize = 6;

/// The most characters of a name in a sentence.
const LONGEST_NAME: usize = 60;

/// Sentences on a run, none of which depends on the distance of the series' rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Notes {
    /// Events that a reader might not expect: what was not paid, what ended, what is counted in part.
    pub happened: Vec<String>,
    /// Behaviour that the run takes as given.
    pub assumed: Vec<String>,
}

impl Notes {
    /// Creates the notes of a run.
    ///
    /// ```
    /// use tokenomics_design::{starter, Design, Overrides};
    /// use tokenomics_engine::run;
    /// use tokenomics_report::Notes;
    ///
    /// let design = Design::parse("starter.toml", &starter("Demo"), Overrides::default())?;
    /// let run = run(&design)?;
    /// let notes = Notes::new(&run);
    /// assert_eq!(notes.assumed[0], "All claim what has vested at once.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(run: &Run<'_>) -> Self {
        let plain = |text: String| text.replace(['\u{a0}', '\u{202f}'], " ");
        let Self { happened, assumed } = Self::set(run);
        Self {
            happened: happened.into_iter().map(plain).collect(),
            assumed: assumed.into_iter().map(plain).collect(),
        }
    }

    /// The same with spaces at which no line breaks.
    pub(crate) fn set(run: &Run<'_>) -> Self {
        let mut happened = Vec::new();
        if let Some(plan) = &run.design.fees {
            happened.extend(fees::happened(run, plan));
        }
        happened.extend(unvoted(run));
        happened.extend(ends(run));
        happened.extend(in_part(run));
        let mut assumed = Vec::new();
        assumed.extend(endless(run));
        assumed.extend(followed(run));
        assumed.extend(claims(run));
        assumed.extend(locks(run));
        if !run.design.gauges.is_empty() {
            let text = "Votes stay with the gauges that the design gives them to.";
            assumed.push(text.to_owned());
        }
        if let Some(plan) = &run.design.fees {
            assumed.extend(fees::assumed(run, plan));
        }
        assumed.extend(fees::vaults(run));
        if run.design.collateral.is_some() {
            assumed.push("Collateral and debts have the prices that the design gives.".to_owned());
        }
        Self { happened, assumed }
    }
}

fn tokens(run: &Run<'_>, amount: Amount) -> String {
    let token = &run.design.token;
    let amount = format::human(amount, token.decimals);
    format!("{amount}\u{a0}{}", name(&token.symbol))
}

fn name(text: &str) -> String {
    printable(&clipped(text.to_owned(), LONGEST_NAME)).into_owned()
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{}\u{201d}", name(text))
}

/// Tells what no gauge got for want of votes, and who has it; and gauges that nothing goes to.
fn unvoted(run: &Run<'_>) -> Vec<String> {
    let emissions = run.design.emissions.iter().zip(&run.last.unvoted);
    let without = emissions.filter(|(_, unvoted)| !unvoted.is_zero());
    let told = without.take(MOST_ENDS).map(|(emission, unvoted)| {
        let place = match emission.to {
            Destination::Circulating => "into circulation",
            Destination::Treasury => "to the treasury",
        };
        format!(
            "{} of {} were minted in epochs before which no gauge had votes, and went {place}.",
            tokens(run, *unvoted),
            quoted(&emission.name)
        )
    });
    let mut told: Vec<String> = told.collect();
    let mut emissions = run.design.emissions.iter();
    if !run.design.gauges.is_empty() && emissions.all(|one| one.gauges.is_none()) {
        told.push("No emission goes to gauges, so that they get nothing.".to_owned());
    }
    told
}

/// The emissions that have minted all they will within the window.
fn ends(run: &Run<'_>) -> Vec<String> {
    let start = run.design.window.start;
    let events = run.log.events().iter().filter(|event| event.at >= start);
    let ended = events.filter_map(|event| match event.kind {
        EventKind::Minted { emission } => Some((emission, event.at)),
        _ => None,
    });
    let ended: Vec<(usize, Timestamp)> = ended.collect();
    let told = ended.iter().take(MOST_ENDS).map(|(index, at)| {
        format!(
            "The last of {} is minted on {}: {} in all.",
            quoted(&run.design.emissions[*index].name),
            dates::day(*at),
            tokens(run, run.last.minted[*index])
        )
    });
    let mut told: Vec<String> = told.collect();
    if let Some((_, last)) = ended.get(MOST_ENDS..).and_then(<[_]>::last) {
        let more = ended.len() - MOST_ENDS;
        told.push(format!(
            "{more} more emissions end by {}.",
            dates::day(*last)
        ));
    }
    told
}

/// The calendar months of which the window, or genesis, leaves a part: at most the first and the last.
/// The last instant alone is none to speak of.
fn in_part(run: &Run<'_>) -> Option<String> {
    let clipped = run
        .months
        .iter()
        .filter(|month| month.is_clipped() && month.from < month.until);
    let clipped: Vec<String> = clipped.map(month_name).collect();
    (!clipped.is_empty()).then(|| {
        let months = listed(&clipped);
        format!("Figures of {months} are of a part of the month: no more of it lies in the run.")
    })
}

/// The names of the emissions of a kind, as many as a sentence bears, and whether it is one alone.
fn emissions(run: &Run<'_>, is_one: fn(&Emission) -> bool) -> Option<(String, bool)> {
    let emissions = run.design.emissions.iter().filter(|one| is_one(one));
    let names: Vec<String> = emissions.map(|one| quoted(&one.name)).collect();
    let more = names.len().saturating_sub(MOST_ENDS);
    let mut told = names[..names.len() - more].to_vec();
    if more > 0 {
        told.push(format!("{more} more"));
    }
    (!told.is_empty()).then(|| (listed(&told), told.len() == 1))
}

fn endless(run: &Run<'_>) -> Option<String> {
    let (names, is_one) = emissions(run, Emission::is_endless)?;
    let is = if is_one { "is" } else { "are" };
    let until = dates::day(run.design.window.end);
    Some(format!(
        "{names} {is} minted without an end: there is no maximum supply, and figures are of what is minted by {until}."
    ))
}

/// Tells which emissions follow what the design gives, which is no outcome of the run.
fn followed(run: &Run<'_>) -> Option<String> {
    let (names, is_one) = emissions(run, Emission::is_followed)?;
    let follow = if is_one { "follows" } else { "follow" };
    Some(format!(
        "{names} {follow} the stake or power that the design gives, whatever happens in the run."
    ))
}

/// The pace at which vested tokens come to those who may have them.
fn claims(run: &Run<'_>) -> Option<String> {
    let allocations = &run.design.allocations;
    let later = allocations.iter().any(|one| one.claim_every.is_some());
    let text = if later {
        "All claim what has vested as soon as the design lets them: at once where it doesn't say how often."
    } else {
        "All claim what has vested at once."
    };
    (!allocations.is_empty()).then(|| text.to_owned())
}

fn locks(run: &Run<'_>) -> Vec<String> {
    let plan = run.design.escrow.iter();
    plan.flat_map(|plan| &plan.programmes)
        .map(|programme| {
            let renewed = match (programme.weight.duration(), programme.renew) {
                (None, _) => "never take any out",
                (_, true) => "extend all locks to their full length",
                (_, false) => "let their locks run down",
            };
            let under = match is_alone(run) {
                true => String::new(),
                false => format!(" under {}", quoted(&programme.name)),
            };
            let when = match programme.start > run.design.token.genesis {
                true => format!("From {} on, every", dates::day(programme.start)),
                false => "Every".to_owned(),
            };
            format!(
                "{when} {}, holders lock{under} as much as brings it to {} of what circulates, and {renewed}.",
                every(programme.every),
                share(programme.share)
            )
        })
        .collect()
}

/// Returns `true` if holders lock under one programme only.
fn is_alone(run: &Run<'_>) -> bool {
    let plan = run.design.escrow.as_ref();
    plan.is_some_and(|plan| plan.programmes.len() == 1)
}
