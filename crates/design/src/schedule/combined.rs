//! Schedules that are made of others.

use tokenomics_fixed_math::{Amount, Fraction, Span, Wad};
use tokenomics_vesting::{AnySchedule, Min, Scale, Schedule as _, Shift, Sum, Truncate};

use super::{built, one, value, with_amount, Kind, NestedSchedule, Of, Problem, Section};

pub(super) const KINDS: &[Kind] = &[
    Kind("sum", sum),
    Kind("min", min),
    Kind("shift", shift),
    Kind("scale", scale),
    Kind("truncate", truncate),
];

/// The tables under `parts`, two or more.
fn parts<'a>(section: &mut Section<'a>) -> Option<Vec<Section<'a>>> {
    if !section.has("parts") {
        section.required("parts", |_| Ok(()));
        return None;
    }
    let name = format!("a part of {}", section.name);
    let tables = section.sections("parts", &name);
    if tables.len() < 2 {
        let span = section.key_span("parts");
        let message = format!("{} combines {} schedule(s)", section.name, tables.len());
        let help = "give two or more tables under `parts`";
        section
            .problems
            .push(Problem::new(span, message, "too few", help));
        return None;
    }
    Some(tables)
}

/// The table under `of`.
fn inner<'a>(section: &mut Section<'a>) -> Option<Section<'a>> {
    if !section.has("of") {
        section.required("of", |_| Ok(()));
        return None;
    }
    let name = format!("the schedule in {}", section.name);
    section.section("of", &name)
}

/// Shares of the amount, each by a schedule of its own.
fn sum(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let mut tables = parts(section)?;
    let shares = tables
        .iter_mut()
        .map(|table| table.required("share", value::fraction));
    let shares: Vec<Option<Fraction>> = shares.map(|share| share.map(|at| at.value)).collect();
    let known: Option<Vec<u64>> = shares
        .into_iter()
        .map(|share| share.map(Fraction::raw))
        .collect();
    let mut amounts = vec![Amount::ZERO; tables.len()];
    let divided = known.and_then(|weights| divide(section, &weights, of, &mut amounts));
    let amount = |amount| (divided.is_some() && of.amount.is_some()).then_some(amount);
    let read = tables.into_iter().zip(&amounts);
    let read: Vec<_> = read
        .map(|(table, part)| one(table, of.inside(amount(*part))))
        .collect();
    divided?;
    let both = |left: NestedSchedule, right: NestedSchedule| {
        let sum = built(section, "parts", Sum::new(left, right))?;
        Some(NestedSchedule::from(AnySchedule::Sum(sum)))
    };
    joined(read, both)
}

/// The amount by shares that sum to 1, so that nothing is lost.
fn divide(section: &Section<'_>, weights: &[u64], of: Of, amounts: &mut [Amount]) -> Option<()> {
    let sum = value::sum_of_shares(weights.iter().copied());
    let wrong = if sum == u128::from(Fraction::SCALE) {
        let split = tokenomics_fee_split::split_by_weights(of.amount(), weights, amounts);
        split.err().map(|error| error.to_string())
    } else {
        Some(format!("they sum to {}, not to 1", Wad::from_raw(sum)))
    };
    let Some(wrong) = wrong else { return Some(()) };
    let message = format!(
        "the shares of the parts of {} can't be: {wrong}",
        section.name
    );
    let span = section.key_span("parts");
    section.problems.push(Problem::new(
        span,
        message,
        "the shares",
        "shares must sum to 1",
    ));
    None
}

/// The least of what the parts say, each of the whole amount.
fn min(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let tables = parts(section)?;
    let read = tables
        .into_iter()
        .map(|table| one(table, of.inside(of.amount)));
    let both = |left, right| {
        Some(NestedSchedule::from(AnySchedule::Min(Min::new(
            left, right,
        ))))
    };
    joined(read.collect(), both)
}

/// From the first to the last; each was read to its end before.
fn joined(
    read: Vec<Option<NestedSchedule>>,
    both: impl Fn(NestedSchedule, NestedSchedule) -> Option<NestedSchedule>,
) -> Option<NestedSchedule> {
    let mut parts = read.into_iter().collect::<Option<Vec<_>>>()?.into_iter();
    let first = parts.next()?;
    parts.try_fold(first, both)
}

/// Later, or earlier, by a fixed length of time.
fn shift(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let by = section.required("by", value::fixed_period);
    let earlier = section.said("earlier", value::truth);
    let plan = inner(section).and_then(|table| one(table, of.inside(of.amount)));
    let earlier = earlier?.is_some_and(|at| at.value);
    let (by, plan) = (Span::new(by?.value), plan?);
    let shifted = if earlier {
        Shift::earlier(plan, by)
    } else {
        Shift::later(plan, by)
    };
    built(section, "by", shifted).map(|shift| NestedSchedule::from(AnySchedule::Shift(shift)))
}

/// The shape of a schedule of another amount.
fn scale(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let table = inner(section)?;
    let plan = with_amount(table, of.context, of.inside(None).depth)?;
    let scaled = built(section, "of", Scale::new(plan, of.amount()))?;
    Some(NestedSchedule::from(AnySchedule::Scale(scaled)))
}

/// The amount that vests by a date, and no more: of a schedule with an amount of its own, which comes to that
/// of the allocation by then.
fn truncate(section: &mut Section<'_>, of: Of) -> Option<NestedSchedule> {
    let genesis = of.context.genesis;
    let until = section.required("until", |v| value::date_or_after(v, genesis));
    let plan =
        inner(section).and_then(|table| with_amount(table, of.context, of.inside(None).depth));
    let truncated = Truncate::new(plan?, until?.value);
    let (left, all) = (truncated.total(), of.amount?);
    if left != all {
        let decimals = of.context.decimals;
        let (left, all) = (left.display(decimals), all.display(decimals));
        let message = format!(
            "by `until` of {} {left} has vested, and not the {all} it is to be",
            section.name
        );
        let help = format!("make the amount of what is truncated here {left}; what would have come later is another allocation's");
        let span = section.key_span("until");
        section
            .problems
            .push(Problem::new(span, message, "comes to another amount", help));
        return None;
    }
    Some(NestedSchedule::from(AnySchedule::Truncate(truncated)))
}
