//! The part of each kind of stakeholder.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Error, Wad};

use crate::format;
use crate::section::{Part, Section};
use crate::view::View;
use tokenomics_design::Stakeholder;
use tokenomics_engine::{ratio, StakeholderTotals};

/// A kind of stakeholder, and the sums that its bar and its row of the table show.
#[derive(Clone, Copy)]
struct Kind {
    who: Stakeholder,
    totals: StakeholderTotals,
    /// All that it gets; where there is no end to that, what is allocated to it.
    all: Amount,
    /// The amount that neither vested nor was minted by the end, as far as there is an end to it.
    later: Amount,
    /// The length of its bar.
    drawn: Amount,
}

impl Kind {
    fn new(who: Stakeholder, totals: StakeholderTotals) -> Result<Self, Error> {
        let to_be_minted = totals.to_be_minted.unwrap_or(totals.minted);
        let unvested = totals.allocated.checked_sub(totals.vested)?;
        let later = unvested.checked_add(to_be_minted.checked_sub(totals.minted)?)?;
        let ever = totals.to_be_minted.unwrap_or(Amount::ZERO);
        Ok(Self {
            who,
            totals,
            all: totals.allocated.checked_add(ever)?,
            later,
            drawn: Amount::try_sum([totals.vested, totals.minted, later])?,
        })
    }
}

pub(crate) fn section(view: &View<'_>) -> Part {
    let mut kinds = Vec::new();
    for who in Stakeholder::ALL {
        kinds.push(Kind::new(who, view.run.stakeholder(who))?);
    }
    kinds.retain(|kind| !kind.drawn.is_zero());
    kinds.sort_by_key(|kind| std::cmp::Reverse((kind.all, kind.drawn)));
    let Some(most) = kinds.first() else {
        return Ok(None);
    };
    let body = html! { (bars(view, &kinds)) (table(view, &kinds)?) };
    Ok(Some(Section::new(
        "who",
        "Who gets what",
        "Who gets what",
        &lead(view, most, &kinds),
        body,
    )))
}

fn lead(view: &View<'_>, most: &Kind, kinds: &[Kind]) -> String {
    let by_end = view.share(most.all).is_none();
    let alike = |kind: &&Kind| kind.all == most.all && (!by_end || kind.drawn == most.drawn);
    let names = kinds
        .iter()
        .filter(alike)
        .map(|kind| kind.who.name().to_owned());
    let names: Vec<String> = names.collect();
    let each = if names.len() == 1 { "" } else { " each" };
    let name = format::listed(&names);
    if kinds.len() == 1 {
        return format!("All of it is for {name}.");
    }
    match (view.run.design.max_supply(), view.share(most.all)) {
        (Some(_), Some(share)) => format!(
            "{} get most: {}{each} of the maximum.",
            format::capital(&name),
            format::percent(share)
        ),
        (None, Some(share)) => format!(
            "Of the genesis supply, {name} get most: {}{each}. What is minted has no end, and is told up to the end of the run.",
            format::percent(share)
        ),
        (_, None) => format!("Of what is minted by the end, {name} get most."),
    }
}

/// Percent for a width on the page, to a hundredth, of the largest of all.
fn width(part: Amount, largest: Amount) -> String {
    let share = ratio(part, largest).unwrap_or(Wad::ZERO).raw() / (Wad::SCALE / 10_000);
    format!("width:{}.{:02}%", share / 100, share % 100)
}

/// A part of each bar: its ink, its label and how to read it.
type BarPart = (&'static str, &'static str, fn(&Kind) -> Amount);

fn bars(view: &View<'_>, kinds: &[Kind]) -> Markup {
    let largest = kinds
        .iter()
        .map(|kind| kind.drawn)
        .max()
        .unwrap_or_default();
    let parts: [BarPart; 3] = [
        ("b-blue", "Vested by the end", |kind| kind.totals.vested),
        ("b-green", "Minted by the end", |kind| kind.totals.minted),
        ("b-faint", "Still to come", |kind| kind.later),
    ];
    let any = |of: fn(&Kind) -> Amount| kinds.iter().any(|kind| !of(kind).is_zero());
    let used: Vec<_> = parts.into_iter().filter(|(_, _, of)| any(*of)).collect();
    html! {
        @if used.len() > 1 {
            ul.legend { @for (ink, label, _) in &used { li { span class={ "key " (ink) } {} (label) } } }
        }
        dl.bars aria-label="Amounts by stakeholder" {
            @for kind in kinds {
                div {
                    dt { (format::capital(kind.who.name())) }
                    dd {
                        span.track {
                            @for (ink, _, of) in &used {
                                @if !of(kind).is_zero() { span class=(ink) style=(width(of(kind), largest)) {} }
                            }
                        }
                        @if let Some(share) = view.share(kind.all) {
                            span.value { (format::percent(share)) }
                        }
                    }
                }
            }
        }
        @if view.run.design.is_endless() && view.whole.is_some() {
            p.note { "Percentages are of the genesis supply, without what is minted." }
        }
    }
}

/// The columns that there are: none for what a design doesn't have.
#[derive(Clone, Copy)]
struct Shown {
    issued: bool,
    minted: bool,
    /// `true` if there is an end to all minting.
    ever: bool,
}

fn table(view: &View<'_>, kinds: &[Kind]) -> Result<Markup, Error> {
    let sum = |of: fn(&StakeholderTotals) -> Amount| {
        Amount::try_sum(kinds.iter().map(|kind| of(&kind.totals)))
    };
    let ever = view.run.design.max_supply().is_some();
    let minted = sum(|totals| totals.to_be_minted.unwrap_or(totals.minted))?;
    let all = StakeholderTotals {
        allocated: sum(|totals| totals.allocated)?,
        vested: sum(|totals| totals.vested)?,
        to_be_minted: ever.then_some(minted),
        minted: sum(|totals| totals.minted)?,
    };
    let whole = Amount::try_sum(kinds.iter().map(|kind| kind.all))?;
    let shown = Shown {
        issued: !all.allocated.is_zero(),
        minted: !minted.is_zero(),
        ever,
    };
    Ok(html! {
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
            tbody { @for kind in kinds { tr {
                th scope="row" { (format::capital(kind.who.name())) }
                (cells(view, kind.totals, kind.all, shown))
            } } }
            tfoot { tr { th scope="row" { "All" } (cells(view, all, whole, shown)) } }
        } }
    })
}

fn cells(view: &View<'_>, totals: StakeholderTotals, all: Amount, shown: Shown) -> Markup {
    html! {
        @if shown.issued { (view.precision.cell(totals.allocated)) (view.precision.cell(totals.vested)) }
        @if shown.minted {
            @if shown.ever { (view.precision.cell(totals.to_be_minted.unwrap_or_default())) }
            (view.precision.cell(totals.minted))
        }
        (view.share_cell(all))
    }
}
