//! What each kind of stakeholder gets.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Wad};

use crate::format;
use crate::section::{Part, Section};
use crate::view::View;
use tokenomics_design::Stakeholder;
use tokenomics_engine::{ratio, StakeholderTotals};

/// The sums that a bar and a row of the table show.
trait Shares {
    /// Returns all that it gets; where there is no end to that, what is allocated to it.
    fn all(self) -> Amount;
    /// Returns what neither vested nor was minted by the end, as far as there is an end to it.
    fn later(self) -> Amount;
    /// Returns whether it gets anything in the run or later.
    fn any(self) -> bool;
    /// Returns the length of its bar.
    fn drawn(self) -> Amount;
}

impl Shares for StakeholderTotals {
    fn all(self) -> Amount {
        let minted = self.to_be_minted.unwrap_or(Amount::ZERO);
        // Parts of all that the ledger holds.
        self.allocated.checked_add(minted).unwrap_or(self.allocated)
    }

    fn later(self) -> Amount {
        let unvested = self.allocated.checked_sub(self.vested);
        let unminted = self
            .to_be_minted
            .unwrap_or(self.minted)
            .checked_sub(self.minted);
        // What vests and is minted are parts of both.
        let later = unvested.and_then(|unvested| unvested.checked_add(unminted?));
        later.unwrap_or(Amount::ZERO)
    }

    fn any(self) -> bool {
        let [vested, minted, later] = [self.vested, self.minted, self.later()];
        !(vested.is_zero() && minted.is_zero() && later.is_zero())
    }

    fn drawn(self) -> Amount {
        let parts = Amount::try_sum([self.vested, self.minted, self.later()]);
        parts.unwrap_or(self.allocated)
    }
}

/// A stakeholder's name and totals.
type Kind = (Stakeholder, StakeholderTotals);

pub(crate) fn section(view: &View<'_>) -> Part {
    let kinds = Stakeholder::ALL.map(|who| (who, view.run.stakeholder(who)));
    let mut kinds: Vec<Kind> = kinds
        .into_iter()
        .filter(|(_, totals)| totals.any())
        .collect();
    if kinds.is_empty() {
        return Ok(None);
    }
    kinds.sort_by_key(|(_, totals)| std::cmp::Reverse((totals.all(), totals.drawn())));
    let body = html! { (bars(view, &kinds)) (table(view, &kinds)) };
    let (most, totals) = kinds[0];
    let lead = match view.share_of(totals.all()) {
        _ if kinds.len() == 1 => format!("All of it is for {}.", most.name()),
        Some(share) => format!("{} get most: {share}.", format::capital(most.name())),
        None => String::new(),
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
    let drawn = kinds.iter().map(|(_, totals)| totals.drawn());
    let largest = drawn.max().unwrap_or_default();
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
        dl.bars aria-label="Amounts by stakeholder" {
            @for (who, totals) in kinds {
                div {
                    dt { (format::capital(who.name())) }
                    dd {
                        span.track {
                            @for (ink, part) in [("b-blue", totals.vested), ("b-green", totals.minted), ("b-faint", totals.later())] {
                                @if !part.is_zero() { span class=(ink) style=(width(part, largest)) {} }
                            }

                        }
                        @if let Some(share) = view.share(totals.all()) {
                            span.value { (format::percent(share)) }
                        }
                    }
                }
            }
        }
    }
}

/// The columns that there are: none for what a design doesn't have.
#[derive(Clone, Copy)]
struct Shown {
    issued: bool,
    minted: bool,
    /// Whether there is an end to all minting.
    ever: bool,
}

fn table(view: &View<'_>, kinds: &[Kind]) -> Markup {
    // Parts of all that the ledger holds.
    let sum = |of: fn(&StakeholderTotals) -> Amount| {
        Amount::try_sum(kinds.iter().map(|(_, totals)| of(totals))).unwrap_or_default()
    };
    let ever = view.run.design.max_supply().is_some();
    let minted = sum(|totals| totals.to_be_minted.unwrap_or(totals.minted));
    let all = StakeholderTotals {
        allocated: sum(|totals| totals.allocated),
        vested: sum(|totals| totals.vested),
        to_be_minted: ever.then_some(minted),
        minted: sum(|totals| totals.minted),
    };
    let shown = Shown {
        issued: !all.allocated.is_zero(),
        minted: !minted.is_zero(),
        ever,
    };
    html! {
        div.table { table {
            thead { tr {
                th scope="col" { "Stakeholder" }
                @if shown.issued { th.n scope="col" { "Allocated" } th.n scope="col" { "Vested by the end" } }
                @if shown.minted {
                    @if shown.ever { th.n scope="col" { "Minted ever" } }
                    th.n scope="col" { "Minted by the end" }
                }
                (view.share_head())
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
        @if shown.minted {
            @if shown.ever { (view.precision.cell(totals.to_be_minted.unwrap_or_default())) }
            (view.precision.cell(totals.minted))
        }
        (view.share_cell(if shown.ever { totals.all() } else { totals.allocated }))
    }
}
