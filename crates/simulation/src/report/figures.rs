//! The figures at the head of the page.

use maud::{html, Markup};
use tokenomics_fixed_math::Timestamp;

use super::dates;
use super::format;
use super::view::View;
use crate::run::ratio;

/// One figure: what it is, how much, and what that means.
struct Card {
    label: &'static str,
    figure: String,
    note: String,
}

impl Card {
    fn new(label: &'static str, figure: String, note: impl Into<String>) -> Self {
        Self {
            label,
            figure,
            note: note.into(),
        }
    }
}

/// Eight figures, and that every unit is accounted for.
pub(super) fn cards(view: &View<'_>) -> Markup {
    let cards = [
        max_supply(view),
        total_supply(view),
        circulating(view),
        locked_or_genesis(view),
        date_of(view, 50, "Half of it circulates"),
        date_of(view, 90, "90% of it circulates"),
        peak_unlock(view),
        peak_inflation(view),
    ];
    html! {
        dl.cards {
            @for card in cards {
                div {
                    dt { (card.label) }
                    dd.figure { (card.figure) }
                    dd.note { (card.note) }
                }
            }
        }
        p.audit {
            span aria-hidden="true" { "✓" } " "
            strong { (format::grouped(view.run.audits)) " steps audited" }
            ": at each, every base unit is in exactly one account, and the accounts sum to the supply."
        }
    }
}

fn max_supply(view: &View<'_>) -> Card {
    let genesis = view.run.design.token.supply;
    if view.run.design.is_endless() {
        let note = "with all that is minted in the run; there is no maximum";
        return Card::new("Supply in this run", view.human(view.max), note);
    }
    let note = if genesis.is_zero() {
        "none of it issued at genesis".to_owned()
    } else if genesis == view.max {
        "all of it issued at genesis".to_owned()
    } else {
        format!(
            "{} of it issued at genesis",
            format::percent(view.of_max(genesis))
        )
    };
    Card::new("Maximum supply", view.human(view.max), note)
}

fn total_supply(view: &View<'_>) -> Card {
    let row = view.run.last();
    let burned = if row.burned.is_zero() {
        String::new()
    } else {
        format!(", {} burned", view.human(row.burned))
    };
    let note = format!("on {}{burned}", dates::day(row.time));
    Card::new(
        "Total supply at the end",
        view.human(row.total_supply),
        note,
    )
}

fn circulating(view: &View<'_>) -> Card {
    let row = view.run.last();
    let note = format!(
        "{} of the maximum",
        format::percent(view.of_max(row.circulating))
    );
    Card::new("Circulating at the end", view.human(row.circulating), note)
}

fn locked_or_genesis(view: &View<'_>) -> Card {
    let row = view.run.last();
    if view.run.design.escrow.is_some() {
        let share = ratio(row.locked, row.circulating).unwrap_or_default();
        let note = format!("of what circulates: {}", view.human(row.locked));
        return Card::new("Locked at the end", format::percent(share), note);
    }
    let genesis = view.run.at_genesis;
    let note = format!("{} of the maximum", format::percent(view.of_max(genesis)));
    Card::new("Unlocked at genesis", view.human(genesis), note)
}

fn date_of(view: &View<'_>, percent: u128, label: &'static str) -> Card {
    let genesis = view.run.design.token.genesis;
    let after = |at: Timestamp| match at.since(genesis) {
        Some(span) if !span.is_zero() => format!("{} after genesis", dates::length(span)),
        _ => "at genesis".to_owned(),
    };
    match view.run.date_circulating(percent) {
        Some(at) if !view.max.is_zero() => Card::new(label, dates::month(at), after(at)),
        _ => Card::new(label, "not reached".to_owned(), "within this window"),
    }
}

fn peak_unlock(view: &View<'_>) -> Card {
    let label = "Largest monthly unlock";
    match view.run.peak_unlock() {
        Some((month, amount)) => {
            let share = format::percent(view.of_max(amount));
            let note = format!("{}, {share} of the maximum", dates::month(month));
            Card::new(label, view.human(amount), note)
        }
        None => Card::new(label, "none".to_owned(), "after genesis"),
    }
}

fn peak_inflation(view: &View<'_>) -> Card {
    let label = "Highest monthly inflation";
    match view.run.peak_inflation() {
        Some((month, rate)) => {
            let note = format!("{}, of the supply before it", dates::month(month));
            Card::new(label, format::percent_fine(rate), note)
        }
        None => Card::new(label, "none".to_owned(), "nothing is minted"),
    }
}
