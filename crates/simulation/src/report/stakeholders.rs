//! What each kind of stakeholder gets.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Wad};

use super::format;
use super::view::View;
use super::{Part, Section};
use crate::design::Stakeholder;
use crate::run::{ratio, StakeholderTotals};

impl StakeholderTotals {
    fn all(self) -> Amount {
        // Parts of the maximum supply.
        self.allocated
            .checked_add(self.to_be_minted)
            .unwrap_or(Amount::MAX)
    }

    /// What neither vested nor was minted by the end.
    fn later(self) -> Amount {
        let here = self.vested.checked_add(self.minted).unwrap_or(Amount::MAX);
        self.all().checked_sub(here).unwrap_or(Amount::ZERO)
    }
}

/// A stakeholder's name and totals.
type Kind = (Stakeholder, StakeholderTotals);

pub(super) fn section(view: &View<'_>) -> Part {
    let kinds = Stakeholder::ALL.map(|who| (who, view.run.stakeholder(who)));
    let mut kinds: Vec<Kind> = kinds
        .into_iter()
        .filter(|(_, t)| !t.all().is_zero())
        .collect();
    if kinds.is_empty() {
        return Ok(None);
    }
    kinds.sort_by_key(|(_, totals)| std::cmp::Reverse(totals.all()));
    let body = html! { (bars(view, &kinds)) (table(view, &kinds)) };
    let (most, totals) = kinds[0];
    let lead = if kinds.len() == 1 {
        format!("All of it is for {}.", most.name())
    } else {
        format!(
            "{} get most: {} of all that {}.",
            format::capital(most.name()),
            format::percent(view.of_max(totals.all())),
            view.comes_to_be()
        )
    };
    Ok(Some(Section::new(
        "who",
        "Who gets what",
        "Who gets what",
        &lead,
        body,
    )))
}

/// Percent for a width on the page, to a hundredth, of the largest of all.
fn width(part: Amount, largest: Amount) -> String {
    let share = ratio(part, largest).unwrap_or(Wad::ZERO).raw() / (Wad::SCALE / 10_000);
    format!("width:{}.{:02}%", share / 100, share % 100)
}

fn bars(view: &View<'_>, kinds: &[Kind]) -> Markup {
    let largest = kinds[0].1.all();
    let any = |of: fn(&StakeholderTotals) -> Amount| kinds.iter().any(|(_, t)| !of(t).is_zero());
    let parts = [
        ("b-blue", "Vested by the end", any(|totals| totals.vested)),
        ("b-green", "Minted by the end", any(|totals| totals.minted)),
        ("b-faint", "Still to come", any(|totals| totals.later())),
    ];
    let used: Vec<(&str, &str)> = parts
        .into_iter()
        .filter(|part| part.2)
        .map(|(ink, label, _)| (ink, label))
        .collect();
    html! {
        @if used.len() > 1 {
            ul.legend { @for (ink, label) in &used { li { span class={ "key " (ink) } {} (label) } } }
        }
        dl.bars aria-label="Share of the maximum supply by stakeholder" {
            @for (who, totals) in kinds {
                div {
                    dt { (format::capital(who.name())) }
                    dd {
                        span.track {
                            @for (ink, part) in [("b-blue", totals.vested), ("b-green", totals.minted), ("b-faint", totals.later())] {
                                @if !part.is_zero() { span class=(ink) style=(width(part, largest)) {} }
                            }

                        }
                        span.value { (format::percent(view.of_max(totals.all()))) }
                    }
                }
            }
        }
    }
}

/// Which columns there are: none for what a design doesn't have.
#[derive(Clone, Copy)]
struct Shown {
    issued: bool,
    minted: bool,
}

fn table(view: &View<'_>, kinds: &[Kind]) -> Markup {
    let sum = |of: fn(&StakeholderTotals) -> Amount| {
        Amount::try_sum(kinds.iter().map(|(_, totals)| of(totals))).unwrap_or(Amount::MAX)
    };
    let all = StakeholderTotals {
        allocated: sum(|totals| totals.allocated),
        vested: sum(|totals| totals.vested),
        to_be_minted: sum(|totals| totals.to_be_minted),
        minted: sum(|totals| totals.minted),
    };
    let shown = Shown {
        issued: !all.allocated.is_zero(),
        minted: !all.to_be_minted.is_zero(),
    };
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Stakeholder" }
                @if shown.issued { th.n scope="col" { "Allocated" } th.n scope="col" { "Vested by the end" } }
                @if shown.minted { th.n scope="col" { "Minted ever" } th.n scope="col" { "Minted by the end" } }
                th.n scope="col" { "% of max" }
            } }
            tbody { @for (who, totals) in kinds { tr {
                th scope="row" { (format::capital(who.name())) } (cells(view, *totals, shown))
            } } }
            tfoot { tr { th scope="row" { "All" } (cells(view, all, shown)) } }
        } }
    }
}

fn cells(view: &View<'_>, totals: StakeholderTotals, shown: Shown) -> Markup {
    html! {
        @if shown.issued { (view.precision.cell(totals.allocated)) (view.precision.cell(totals.vested)) }
        @if shown.minted { (view.precision.cell(totals.to_be_minted)) (view.precision.cell(totals.minted)) }
        (view.of_max_cell(totals.all()))
    }
}
