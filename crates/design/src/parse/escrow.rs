//! `[escrow]`: what is locked for votes, under one programme or several.

use tokenomics_escrow_weighting::Terms;
use tokenomics_fixed_math::{Span, Wad};

use super::{programmes, start};
use crate::calendar::Period;
use crate::problem::Problem;
use crate::section::{At, Section};
use crate::{schedule, value, EscrowPlan, LockProgramme, LockWeight, MOST_LOCKS};

pub(super) fn escrow(section: Section<'_>, context: schedule::Context) -> Option<EscrowPlan> {
    if section.has("programme") {
        return programmes::several(section, context);
    }
    one(section, context)
}

/// The one programme of decaying locks that `[escrow]` itself says.
fn one(mut section: Section<'_>, context: schedule::Context) -> Option<EscrowPlan> {
    let share = section.required("share", value::fraction);
    let duration = section.required("duration", value::fixed_period);
    let max = section.said("max", value::fixed_period);
    let granule = granule(&mut section);
    let renew = section
        .optional("renew", value::truth)
        .is_none_or(|at| at.value);
    let every = section.said("every", value::period);
    let start = start(&mut section, context.genesis, "genesis");
    let max = max.and_then(|max| {
        let duration = duration.as_ref()?;
        let max = max.map_or(duration.value, |max| max.value);
        is_lockable(&section, duration, Some(max), granule).then_some(max)
    });
    let (duration, max) = (duration?, max?);
    let terms = Terms::new(Span::new(max), Span::new(granule))
        .map_err(|error| {
            refuse(
                &section,
                &duration,
                format!("{} cannot be: {error}", section.name),
                "",
            )
        })
        .ok()?;
    let every = every?.map_or(Period::Seconds(granule), |every| every.value);
    let programme = LockProgramme {
        name: "locks".to_owned(),
        share: share?.value,
        weight: LockWeight::Decaying {
            multiplier: Wad::ONE,
            duration: Span::new(duration.value),
        },
        renew,
        every,
        start: start?,
    };
    are_countable(&section, &duration, &programme, granule)?;
    section.finish();
    let programmes = vec![programme];
    Some(EscrowPlan { terms, programmes })
}

/// `granule`: one week if not said.
pub(super) fn granule(section: &mut Section<'_>) -> u64 {
    section
        .optional("granule", value::fixed_period)
        .map_or(604_800, |at| at.value)
}

/// Returns whether locks can be of a length, and notes why not.
pub(super) fn is_lockable(
    section: &Section<'_>,
    duration: &At<u64>,
    max: Option<u64>,
    granule: u64,
) -> bool {
    let length = duration.value;
    if let Some(max) = max.filter(|max| length > *max) {
        let message = format!("locks of {length}s are longer than `max`, {max}s");
        refuse(section, duration, message, "");
        return false;
    }
    if length < granule {
        let message = format!("locks of {length}s are shorter than `granule`, {granule}s");
        let help = "lock ends fall on multiples of the granule, one week if not said";
        refuse(section, duration, message, help);
        return false;
    }
    true
}

/// Returns something if there are few enough locks at once, and notes it if there are too many.
pub(super) fn are_countable<T>(
    section: &Section<'_>,
    place: &At<T>,
    programme: &LockProgramme,
    granule: u64,
) -> Option<()> {
    let locks = programme.locks_at_once(Span::new(granule));
    if locks <= MOST_LOCKS {
        return Some(());
    }
    let message = format!("holders would keep {locks} locks at once");
    let help = match programme.weight {
        LockWeight::Growing { .. } => format!("at most {MOST_LOCKS} of an age of their own: make `every` longer, or `over` shorter"),
        _ => format!("at most {MOST_LOCKS} where `renew` is false: make `every` or `granule` longer, or `duration` shorter"),
    };
    refuse(section, place, message, &help);
    None
}

pub(super) fn refuse<T>(section: &Section<'_>, place: &At<T>, message: String, help: &str) {
    let span = place.span.clone();
    section
        .problems
        .push(Problem::new(span, message, "here", help));
}
