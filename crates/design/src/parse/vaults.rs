//! `[[vault]]`: pools of the token whose shares revenue makes worth more.

use std::collections::BTreeSet;
use std::ops::Range;

use tokenomics_fee_split::VaultTerms;
use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp, Wad};
use toml::Spanned;

use super::allocations::unique_name;
use super::routes::BUILT_IN;
use super::{at_most, start};
use crate::calendar::Period;
use crate::problem::{Problem, Problems};
use crate::section::{At, Section};
use crate::{schedule, value, EscrowPlan, VaultPlan, MOST_VAULTS};

/// The decimals that shares have more than the token, if not said.
const OFFSET: u8 = 6;

/// The seconds of the year of a management fee.
const YEAR: u128 = 31_536_000;

/// The vaults as far as they could be read.
pub(super) struct Vaults {
    /// The name of each, where it has one of its own.
    pub(super) names: Vec<Option<String>>,
    /// All of them, and the place of the offset of each; `None` if there is one that can't be taken.
    plans: Option<Vec<(VaultPlan, Range<usize>)>>,
}

/// A vault as far as it could be read: its share counts also where something else is wrong with it.
struct Read {
    name: Option<String>,
    share: Option<At<Fraction>>,
    plan: Option<(VaultPlan, Range<usize>)>,
}

pub(super) fn vaults(
    root: &mut Section<'_>,
    context: schedule::Context,
    escrow: Option<&EscrowPlan>,
) -> Vaults {
    let tables = root.sections("vault", "[[vault]]");
    let count = tables.len();
    if at_most(&tables, MOST_VAULTS, "vaults").is_none() {
        let names = vec![None];
        return Vaults { names, plans: None };
    }
    let names = &mut BTreeSet::new();
    let read = tables.into_iter().map(|mut table| {
        let read = vault(&mut table, context, names);
        table.finish();
        read
    });
    let read: Vec<Read> = read.collect();
    at_most_all(root.problems, escrow, &read);
    let names = read.iter().map(|read| read.name.clone()).collect();
    let plans: Vec<_> = read.into_iter().filter_map(|read| read.plan).collect();
    let plans = (plans.len() == count).then_some(plans);
    Vaults { names, plans }
}

fn vault(
    section: &mut Section<'_>,
    context: schedule::Context,
    names: &mut BTreeSet<String>,
) -> Read {
    let name = name(section, names);
    let share = section.required("share", value::fraction);
    let start = start(section, context.genesis, "genesis");
    let every = section.said("every", value::period);
    let most = u64::from(VaultTerms::MAX_OFFSET);
    let offset = section.said("offset", |v| value::integer(v, 0, most));
    let management_fee = section.said("management_fee", value::fraction);
    let performance_fee = section.said("performance_fee", value::fraction);
    let plan = (|| {
        let offset = offset?;
        let place = offset.as_ref().map(|offset| offset.span.clone());
        let plan = VaultPlan {
            name: name.clone()?,
            share: share.as_ref()?.value,
            start: start?,
            every: every?.map_or(Period::Seconds(604_800), |every| every.value),
            // At most 18.
            offset: offset.map_or(OFFSET, |it| u8::try_from(it.value).unwrap_or(OFFSET)),
            management_fee: management_fee?.map_or(Fraction::ZERO, |fee| fee.value),
            performance_fee: performance_fee?.map_or(Fraction::ZERO, |fee| fee.value),
        };
        Some((plan, place.unwrap_or_else(|| section.span.clone())))
    })();
    Read { name, share, plan }
}

/// The name of a vault, where it has one of its own.
fn name(section: &mut Section<'_>, names: &mut BTreeSet<String>) -> Option<String> {
    let place = section.raw("name").map(Spanned::span);
    let name = unique_name(section, "vault", names)?;
    if !BUILT_IN.contains(&name.as_str()) {
        return Some(name);
    }
    let message = format!("every design has a route `{name}`, and it is no vault");
    let help = "give the vault another name";
    let place = place.unwrap_or_else(|| section.span.clone());
    let problem = Problem::new(place, message, "taken", help);
    section.problems.push(problem);
    None
}

/// Notes the vault by which more is to be deposited than circulates and isn't to be locked.
fn at_most_all(problems: &Problems, escrow: Option<&EscrowPlan>, read: &[Read]) {
    let all = u128::from(Fraction::SCALE);
    let programmes = escrow.iter().flat_map(|plan| &plan.programmes);
    let locked = value::sum_of_shares(programmes.map(|programme| programme.share.raw()));
    let mut sum = locked;
    for one in read {
        let Some(share) = &one.share else {
            continue;
        };
        let before = sum;
        sum += u128::from(share.value.raw());
        if before <= all && sum > all {
            let name = one.name.as_deref().unwrap_or("this one");
            let (sum, locked) = (Wad::from_raw(sum), Wad::from_raw(locked));
            let message = format!("the vaults up to `{name}` and locks hold {sum} of the supply");
            let help = format!(
                "the shares of all vaults and programmes sum to at most 1, and those of programmes to {locked}"
            );
            let problem = Problem::new(share.span.clone(), message, "here", help);
            problems.push(problem);
        }
    }
}

impl Vaults {
    /// Returns the vaults, none where there is one that can't be taken.
    pub(super) fn plans(&self) -> impl Iterator<Item = &VaultPlan> {
        self.plans.iter().flatten().map(|(plan, _)| plan)
    }

    /// Returns all vaults, each of which can count its shares of as much as there may be by `end`.
    pub(super) fn counted(
        self,
        problems: &Problems,
        most: Option<Amount>,
        end: Timestamp,
    ) -> Option<Vec<VaultPlan>> {
        let plans = self.plans?;
        for (plan, place) in &plans {
            if most.is_some_and(|most| shares_by(plan, most, end).is_none()) {
                let name = &plan.name;
                let message = format!("the shares of vault `{name}` may be too many to count");
                let help = "use a smaller `offset` or `management_fee`, or fewer decimals";
                let problem = Problem::new(place.clone(), message, "here", help);
                problems.push(problem);
            }
        }
        Some(plans.into_iter().map(|(plan, _)| plan).collect())
    }
}

/// Returns more shares than there can be by `end`, of all tokens; `None` where they can't be counted.
///
/// Shares begin at 10^offset for a unit, and only the management fee makes one worth less: at a rate of f a
/// year they are e^(f·t) times as many after t years at most, and e is below 2^(3/2).
fn shares_by(plan: &VaultPlan, most: Amount, end: Timestamp) -> Option<Amount> {
    let length = end.since(plan.start).map_or(0, |length| length.get());
    let rate = u128::from(plan.management_fee.raw()).checked_mul(3)?;
    // Below 2^62 · 2^38 · 2^25.
    let scale = YEAR * 2;
    let years = Amount::new(rate).mul_div(length.into(), scale, Rounding::Ceil);
    let doublings = years.ok()?.get().div_ceil(Fraction::SCALE.into());
    let doubled = 2_u128.checked_pow(u32::try_from(doublings).ok()?)?;
    let first = most.get().checked_add(1)?;
    let first = first.checked_mul(10_u128.checked_pow(plan.offset.into())?)?;
    first.checked_mul(doubled).map(Amount::new)
}
