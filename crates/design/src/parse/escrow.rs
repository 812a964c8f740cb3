//! `[escrow]`: what is locked for votes.

use tokenomics_escrow_weighting::Terms;
use tokenomics_fixed_math::Span;

use super::start;
use crate::calendar::{Period, LAST};
use crate::problem::Problem;
use crate::section::Section;
use crate::{schedule, value, EscrowPlan, MOST_LOCKS};

pub(super) fn escrow(mut section: Section<'_>, context: schedule::Context) -> Option<EscrowPlan> {
    let share = section.required("share", value::fraction);
    let duration = section.required("duration", value::fixed_period);
    let max = section.said("max", value::fixed_period);
    let granule = section
        .optional("granule", value::fixed_period)
        .map_or(604_800, |at| at.value);
    let renew = section
        .optional("renew", value::truth)
        .is_none_or(|at| at.value);
    let every = section.said("every", value::period);
    let start = start(&mut section, context.genesis, "genesis");
    let problems = section.problems;
    let name = section.name.clone();
    section.finish();
    let duration = duration?;
    let max = max?.map_or(duration.value, |max| max.value);
    let refuse = |message: String, help: &str| {
        problems.push(Problem::new(duration.span.clone(), message, "here", help));
    };
    if duration.value > max {
        refuse(
            format!("locks of {}s are longer than `max`, {max}s", duration.value),
            "",
        );
        return None;
    }
    if duration.value < granule {
        let message = format!(
            "locks of {}s are shorter than `granule`, {granule}s",
            duration.value
        );
        refuse(
            message,
            "lock ends fall on multiples of the granule, one week if not said",
        );
        return None;
    }
    let terms = Terms::new(Span::new(max), Span::new(granule))
        .map_err(|error| refuse(format!("{name} cannot be: {error}"), ""))
        .ok()?;
    let duration = Span::new(duration.value);
    let every = every?.map_or(Period::Seconds(granule), |every| every.value);
    let plan = EscrowPlan {
        share: share?.value,
        duration,
        terms,
        renew,
        every,
        start: start?,
    };
    let locks = locks_at_once(&plan);
    if locks > MOST_LOCKS {
        let message = format!("holders would keep {locks} locks at once");
        let help = format!("at most {MOST_LOCKS} where `renew` is false: make `every` or `granule` longer, or `duration` shorter");
        refuse(message, &help);
        return None;
    }
    Some(plan)
}

/// The most locks with ends of their own that there are at once.
fn locks_at_once(plan: &EscrowPlan) -> u64 {
    if plan.renew {
        return 1;
    }
    let last = plan.start.checked_add(plan.duration).unwrap_or(LAST);
    let rounds = plan.every.count_between(plan.start, last);
    let ends = plan.duration.get() / plan.terms.granule().get();
    rounds.min(ends).saturating_add(1)
}
