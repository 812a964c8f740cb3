//! The part of each holding that counts, and what each rule takes of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{html, Markup};
use tokenomics_design::CollateralPlan;
use tokenomics_engine::collateral::{Breakdown, RuleAmount};
use tokenomics_engine::{ratio, CollateralView};
use tokenomics_fixed_math::{Amount, Wad};
use tokenomics_haircut_collateral::Margin;

use crate::chart::Ink;
use crate::format::{self, Precision};

/// The inks of the kinds of rules that take most; what counts is blue.
const INKS: [Ink; 6] = [
    Ink::Orange,
    Ink::Green,
    Ink::Pink,
    Ink::Sky,
    Ink::Vermilion,
    Ink::Brown,
];

pub(super) fn breakdown(plan: &CollateralPlan, state: &CollateralView) -> Markup {
    if !plan.has_rules() {
        return html! {};
    }
    html! {
        h3 { "What counts of each holding, and what each rule takes" }
        (legend(state))
        div.pair {
            @for margin in Margin::ALL {
                figure {
                    figcaption { (to(margin)) }
                    (bars(plan, state, margin))
                }
            }
        }
        (table(plan, state))
    }
}

const fn to(margin: Margin) -> &'static str {
    match margin {
        Margin::Initial => "To borrow and to withdraw",
        Margin::Maintenance => "To stay open",
    }
}

const fn taken(rule: &RuleAmount, margin: Margin) -> Amount {
    match margin {
        Margin::Initial => rule.initial,
        Margin::Maintenance => rule.maintenance,
    }
}

const fn counted(holding: &Breakdown, margin: Margin) -> Amount {
    match margin {
        Margin::Initial => holding.initial,
        Margin::Maintenance => holding.maintenance,
    }
}

/// The kinds of rules that take something of any holding, those first that take most of one.
fn kinds(state: &CollateralView) -> Vec<&'static str> {
    let mut most: BTreeMap<&'static str, Wad> = BTreeMap::new();
    for holding in &state.holdings {
        for rule in &holding.rules {
            let taken = rule.initial.max(rule.maintenance);
            let share = ratio(taken, holding.value).unwrap_or(Wad::ZERO);
            let known = most.entry(rule.step.kind).or_default();
            *known = share.max(*known);
        }
    }
    let mut kinds: Vec<_> = most
        .into_iter()
        .filter(|(_, share)| !share.is_zero())
        .collect();
    kinds.sort_by_key(|(kind, share)| (Reverse(*share), *kind));
    kinds.into_iter().map(|(kind, _)| kind).collect()
}

fn ink(kinds: &[&str], kind: &str) -> Ink {
    let place = kinds.iter().position(|one| *one == kind);
    let ink = place.and_then(|place| INKS.get(place));
    ink.copied().unwrap_or(Ink::Gray)
}

fn legend(state: &CollateralView) -> Markup {
    let kinds = kinds(state);
    let others = kinds.iter().skip(INKS.len()).map(|kind| (*kind).to_owned());
    let others: Vec<String> = others.collect();
    html! {
        ul.legend {
            li { span class={ "key b-" (Ink::Blue.name()) } {} "Counts" }
            @for (kind, ink) in kinds.iter().zip(INKS) {
                li { span class={ "key b-" (ink.name()) } {} "Taken by " (name(kind)) }
            }
            @if !others.is_empty() {
                li { span class={ "key b-" (Ink::Gray.name()) } {} "By others: " (format::listed(&others)) }
            }
        }
    }
}

/// A kind of rule, in words.
fn name(kind: &str) -> &str {
    match kind {
        "static" => "the static haircut",
        "group" => "the haircut of the group",
        kind => kind,
    }
}

fn bars(plan: &CollateralPlan, state: &CollateralView, margin: Margin) -> Markup {
    let kinds = kinds(state);
    let named = plan.holdings.iter().zip(&state.holdings);
    let shown = named.filter(|(_, holding)| !holding.value.is_zero());
    html! {
        dl.bars aria-label={ "Parts of the value of each holding: " (to(margin)) } {
            @for (plan, holding) in shown {
                @let counts = counted(holding, margin);
                div {
                    dt { (plan.name) }
                    dd {
                        span.track {
                            (part(Ink::Blue, counts, holding.value))
                            @for rule in &holding.rules {
                                (part(ink(&kinds, rule.step.kind), taken(rule, margin), holding.value))
                            }
                        }
                        span.value { (share(counts, holding.value)) }
                    }
                }
            }
        }
    }
}

fn part(ink: Ink, amount: Amount, all: Amount) -> Markup {
    let share = ratio(amount, all).unwrap_or(Wad::ZERO).raw() / (Wad::SCALE / 10_000);
    let width = format!("width:{}.{:02}%", share / 100, share % 100);
    html! { @if share > 0 { span class={ "b-" (ink.name()) } style=(width) {} } }
}

fn share(part: Amount, all: Amount) -> String {
    ratio(part, all).map_or_else(|| "–".to_owned(), format::percent)
}

fn table(plan: &CollateralPlan, state: &CollateralView) -> Markup {
    let all = state.holdings.iter().chain(&state.debts);
    let largest = all.map(|one| one.value.max(one.initial)).max();
    let precision = Precision::of(largest.unwrap_or_default(), plan.decimals);
    let holdings = plan
        .holdings
        .iter()
        .map(|one| &one.name)
        .zip(&state.holdings);
    let debts = plan.debts.iter().map(|one| &one.name).zip(&state.debts);
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Asset and rules" }
                th.n scope="col" { "To borrow, " (plan.quote) }
                th.n scope="col" { "To stay open, " (plan.quote) }
                th.n scope="col" { "Alone, to borrow" } th.n scope="col" { "to stay open" }
            } }
            @for (name, holding) in holdings { (rows(name, holding, "− ", precision)) }
            @for (name, debt) in debts { (rows(&format!("{name}, owed"), debt, "+ ", precision)) }
        } }
    }
}

/// The value of an asset, what each rule takes or adds, and what counts.
fn rows(name: &str, asset: &Breakdown, sign: &str, precision: Precision) -> Markup {
    let alone = |rule: &RuleAmount, margin| {
        let cut = rule.step.alone.fraction(margin);
        format::percent(Wad::from(cut))
    };
    html! {
        tbody {
            tr {
                th scope="row" { strong { (name) } }
                (precision.cell(asset.value)) (precision.cell(asset.value))
                td.n {} td.n {}
            }
            @for rule in &asset.rules {
                tr {
                    th scope="row" { (sign) (rule_name(rule)) }
                    (precision.cell(rule.initial)) (precision.cell(rule.maintenance))
                    td.n { (alone(rule, Margin::Initial)) } td.n { (alone(rule, Margin::Maintenance)) }
                }
            }
            tr {
                th scope="row" { "= counts for" }
                (precision.cell(asset.initial)) (precision.cell(asset.maintenance))
                td.n {} td.n {}
            }
        }
    }
}

fn rule_name(rule: &RuleAmount) -> String {
    match &rule.step.group {
        Some(group) => format!("group {group}"),
        None => rule.step.kind.to_owned(),
    }
}
