//! `[[allocation]]`: who gets the genesis supply, and how it adds up.

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Wad};
use tokenomics_vesting::{NestedSchedule, Schedule as _};

use crate::problem::Problem;
use crate::section::{At, Section};
use crate::text::clipped;
use crate::{schedule, value, Allocation, Destination};

/// The most characters of a name that problems name a section by.
const LONGEST_NAME: usize = 100;

/// The way in which an allocation says its amount.
enum Size {
    Amount(At<Amount>),
    Share(At<Fraction>),
    /// The sum of its schedules' amounts.
    Listed,
}

/// An allocation whose size is known, before its schedules are read.
struct Draft<'a> {
    section: Section<'a>,
    name: Option<String>,
    size: Option<Size>,
}

pub(super) fn allocations(
    root: &mut Section<'_>,
    context: schedule::Context,
    supply: Option<&At<Amount>>,
    names: &mut BTreeSet<String>,
) -> Vec<Allocation> {
    let draft = |mut section| {
        let name = unique_name(&mut section, "allocation", names);
        let size = size(&mut section, context);
        Draft {
            section,
            name,
            size,
        }
    };
    let sections = root.sections("allocation", "[[allocation]]");
    let drafts: Vec<_> = sections.into_iter().map(draft).collect();
    let amounts = divide_by_shares(root, &drafts, supply);
    let mut read = Vec::new();
    for (draft, divided) in drafts.into_iter().zip(amounts) {
        let span = match &draft.size {
            Some(Size::Amount(at)) => at.span.clone(),
            // Shares sum to the supply: nothing is wrong with one of them alone.
            _ => draft.section.span.clone(),
        };
        read.extend(allocation(draft, divided, context).map(|allocation| (allocation, span)));
    }
    if let Some(supply) = supply {
        if !root.problems.any() {
            compare_with_supply(root, &read, supply, context.decimals);
        }
    }
    read.into_iter().map(|(allocation, _)| allocation).collect()
}

fn size(section: &mut Section<'_>, context: schedule::Context) -> Option<Size> {
    let amount = section.optional("amount", |v| value::amount(v, context.decimals));
    let share = section.optional("share", value::fraction);
    let listed = schedule::has_own_amounts(section);
    let said = [section.has("amount"), section.has("share"), listed];
    if said.iter().filter(|said| **said).count() != 1 {
        let message = "an allocation is sized in one way: `amount`, `share`, or the amounts of a list of schedules";
        let found = if said.contains(&true) {
            "more than one here"
        } else {
            "none here"
        };
        section
            .problems
            .push(Problem::new(section.span.clone(), message, found, ""));
        return None;
    }
    if listed {
        return Some(Size::Listed);
    }
    amount.map(Size::Amount).or_else(|| share.map(Size::Share))
}

/// The amount of each allocation that is given as a share: the supply split so that nothing is
/// lost. Shares have to sum to 1, and all allocations have to be shares if one is.
fn divide_by_shares(
    root: &Section<'_>,
    drafts: &[Draft<'_>],
    supply: Option<&At<Amount>>,
) -> Vec<Option<Amount>> {
    let unknown = vec![None; drafts.len()];
    let shares: Vec<&At<Fraction>> = drafts
        .iter()
        .filter_map(|draft| match &draft.size {
            Some(Size::Share(share)) => Some(share),
            _ => None,
        })
        .collect();
    let Some(last) = shares.last() else {
        return unknown;
    };
    let problem = |message: String, help: &str| {
        root.problems.push(Problem::new(
            last.span.clone(),
            message,
            "the last share",
            help,
        ));
    };
    if shares.len() < drafts.len() {
        if drafts.iter().all(|draft| draft.size.is_some()) {
            let message = "some allocations are shares and some are amounts".to_owned();
            problem(
                message,
                "use `share` for all of them, or `amount` for all of them",
            );
        }
        return unknown;
    }
    let Some(supply) = supply else {
        let help = "give `supply` in [token], or an `amount` to each allocation";
        problem("shares need a supply to be shares of".to_owned(), help);
        return unknown;
    };
    let weights: Vec<u64> = shares.iter().map(|share| share.value.raw()).collect();
    let sum = value::sum_of_shares(weights.iter().copied());
    if sum != u128::from(Fraction::SCALE) {
        let sum = Wad::from_raw(sum);
        problem(
            format!("the allocations' shares sum to {sum}, not to 1"),
            "shares must sum to 1",
        );
        return unknown;
    }
    let mut amounts = vec![Amount::ZERO; drafts.len()];
    let split = tokenomics_fee_split::split_by_weights(supply.value, &weights, &mut amounts);
    if let Err(error) = split {
        problem(
            format!("the supply cannot be split by these shares: {error}"),
            "",
        );
        return unknown;
    }
    amounts.into_iter().map(Some).collect()
}

fn allocation(
    draft: Draft<'_>,
    divided: Option<Amount>,
    context: schedule::Context,
) -> Option<Allocation> {
    let Draft {
        mut section,
        name,
        size,
    } = draft;
    let allocation = body(&mut section, name, size.as_ref(), divided, context);
    section.finish();
    allocation
}

fn body(
    section: &mut Section<'_>,
    name: Option<String>,
    size: Option<&Size>,
    divided: Option<Amount>,
    context: schedule::Context,
) -> Option<Allocation> {
    let stakeholder = section.required("stakeholder", value::stakeholder);
    let to = section.optional("to", value::destination);
    let claim_every = section
        .optional("claim_every", value::period)
        .map(|at| at.value);
    let schedules = match size {
        Some(Size::Listed) => schedule::list(section, context),
        Some(Size::Amount(at)) => schedule::single(section, Some(at.value), context),
        Some(Size::Share(_)) => schedule::single(section, divided, context),
        None => {
            // Only for the problems inside it.
            if !schedule::has_own_amounts(section) {
                schedule::single(section, None, context);
            }
            vec![None]
        }
    };
    let schedules: Vec<_> = schedules.into_iter().collect::<Option<_>>()?;
    let amount = Amount::try_sum(schedules.iter().map(NestedSchedule::total));
    let amount = amount.map_err(|error| {
        let message = format!("{} is too large: {error}", section.name);
        section
            .problems
            .push(Problem::new(section.span.clone(), message, "here", ""));
    });
    let to = to.map_or(Destination::Circulating, |at| at.value);
    let stakeholder = stakeholder?.value;
    Some(Allocation {
        name: name?,
        stakeholder,
        amount: amount.ok()?,
        to,
        claim_every,
        schedules,
    })
}

/// The `name` of an allocation or emission, which no other may have. From here on, problems name
/// the section by it.
pub(super) fn unique_name(
    section: &mut Section<'_>,
    what: &str,
    names: &mut BTreeSet<String>,
) -> Option<String> {
    let name = section.required("name", value::text)?;
    // Each problem in it says it again.
    let short = clipped(name.value.clone(), LONGEST_NAME);
    section.name = format!("{what} \"{short}\"");
    if !names.insert(name.value.clone()) {
        let message = format!("the name `{}` is taken", name.value);
        let help = match what {
            "allocation" | "emission" => "each allocation and emission needs a name of its own",
            _ => &format!("each {what} needs a name of its own"),
        };
        section
            .problems
            .push(Problem::new(name.span, message, "used before", help));
        return None;
    }
    Some(name.value)
}

fn compare_with_supply(
    root: &Section<'_>,
    allocations: &[(Allocation, Range<usize>)],
    supply: &At<Amount>,
    decimals: Decimals,
) {
    let all = supply.value.display(decimals);
    let mut sum = Amount::ZERO;
    for (allocation, span) in allocations {
        let next = sum.checked_add(allocation.amount);
        let beyond = match &next {
            Ok(next) => *next > supply.value,
            Err(_) => true,
        };
        if beyond {
            let left = supply
                .value
                .checked_sub(sum)
                .unwrap_or(Amount::ZERO)
                .display(decimals);
            let message = format!(
                "allocation \"{}\" of {} is beyond the supply of {all}: only {left} is left for it",
                allocation.name,
                allocation.amount.display(decimals)
            );
            let help = "the allocations must sum to `supply` of [token]";
            root.problems.push(Problem::new(
                span.clone(),
                message,
                "beyond the supply",
                help,
            ));
            return;
        }
        sum = next.unwrap_or(sum);
    }
    if let Ok(rest) = supply.value.checked_sub(sum) {
        if !rest.is_zero() {
            let (sum, rest) = (sum.display(decimals), rest.display(decimals));
            let message = format!("the allocations sum to {sum}, which leaves {rest} of the supply of {all} to nobody");
            let help = "allocate all of it: what the protocol keeps is an allocation with to = \"treasury\"";
            root.problems.push(Problem::new(
                supply.span.clone(),
                message,
                "not all allocated",
                help,
            ));
        }
    }
}
