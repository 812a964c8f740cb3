//! The figures at the head of the page.

use maud::{html, Markup};
use tokenomics_fixed_math::Timestamp;

use crate::dates;
use crate::format;
use crate::sections::reading::without_maximum;
use crate::view::{month_name, View};
use tokenomics_engine::ratio;

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

/// The figures, and that every unit is accounted for.
pub(crate) fn cards(view: &View<'_>) -> Markup {
    let issues = !view.run.design.allocations.is_empty();
    let mut cards = vec![max_supply(view), total_supply(view), circulating(view)];
    if issues || view.run.design.escrow.is_some() {
        cards.push(locked_or_genesis(view));
    }
    if view.run.design.max_supply().is_some() {
        for (percent, label) in [(50, "Half of it circulates"), (90, "90% of it circulates")] {
            cards.push(date_of(view, view.run.log.circulating(percent), label));
        }
    }
    if issues {
        cards.push(peak_unlock(view));
    }
    cards.push(peak_inflation(view));
    // Rows of four or of three, without a gap.
    let rows = if cards.len() == 6 {
        "cards six"
    } else {
        "cards"
    };
    html! {
        dl class=(rows) {
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
            strong { (format::grouped(view.run.audits)) " audits" }
            ": at every event, every base unit is in exactly one account, and the accounts sum to the supply."
        }
    }
}

fn max_supply(view: &View<'_>) -> Card {
    let genesis = view.run.design.token.supply;
    let Some(max) = view.run.design.max_supply() else {
        let minted = view.human(view.last().emitted);
        return Card::new("Minted in this run", minted, without_maximum(view));
    };
    let note = if genesis.is_zero() {
        "none of it issued at genesis".to_owned()
    } else if genesis == max {
        "all of it issued at genesis".to_owned()
    } else {
        let share = view.share(genesis).unwrap_or_default();
        format!("{} of it issued at genesis", format::percent(share))
    };
    Card::new("Maximum supply", view.human(max), note)
}

fn total_supply(view: &View<'_>) -> Card {
    let row = view.last();
    let burned = if row.burned.is_zero() {
        String::new()
    } else {
        format!(", {} burned", view.human(row.burned))
    };
    let note = format!("on {}{burned}", dates::day(view.end()));
    Card::new(
        "Total supply at the end",
        view.human(row.total_supply),
        note,
    )
}

fn circulating(view: &View<'_>) -> Card {
    let row = view.last();
    let note = match view.run.design.max_supply() {
        Some(_) => view.share_of(row.circulating).unwrap_or_default(),
        None => {
            let share = ratio(row.circulating, row.total_supply).unwrap_or_default();
            format!("{} of the total supply", format::percent(share))
        }
    };
    Card::new("Circulating at the end", view.human(row.circulating), note)
}

fn locked_or_genesis(view: &View<'_>) -> Card {
    let row = view.last();
    if view.run.design.escrow.is_some() {
        let share = ratio(row.locked, row.circulating).unwrap_or_default();
        let note = format!("of what circulates: {}", view.human(row.locked));
        return Card::new("Locked at the end", format::percent(share), note);
    }
    if view.is_before_genesis() {
        return Card::new(
            "Unlocked at genesis",
            "–".to_owned(),
            "genesis is after this run",
        );
    }
    let genesis = view.run.at_genesis;
    let note = view.share_of(genesis).unwrap_or_default();
    Card::new("Unlocked at genesis", view.human(genesis), note)
}

fn date_of(view: &View<'_>, reached: Option<Timestamp>, label: &'static str) -> Card {
    let genesis = view.run.design.token.genesis;
    let after = |at: Timestamp| match at.since(genesis) {
        Some(span) if !span.is_zero() => format!("{} after genesis", dates::length(span)),
        _ => "at genesis".to_owned(),
    };
    match reached {
        Some(at) => Card::new(label, dates::month(at), after(at)),
        None => Card::new(label, "not reached".to_owned(), "by the end of this window"),
    }
}

fn peak_unlock(view: &View<'_>) -> Card {
    let label = "Largest monthly unlock";
    let Some(month) = view.run.peak_unlock() else {
        return Card::new(
            label,
            "none".to_owned(),
            "after genesis, within this window",
        );
    };
    let mut note = month_name(month);
    if let Some(share) = view.share_of(month.total) {
        note = format!("{note}, {share}");
    }
    Card::new(label, view.human(month.total), note)
}

fn peak_inflation(view: &View<'_>) -> Card {
    let label = "Highest monthly inflation";
    match view.run.peak_inflation() {
        Some((month, rate)) => {
            let note = format!("{}, of the supply before it", month_name(month));
            Card::new(label, format::percent_fine(rate), note)
        }
        None => Card::new(label, "none".to_owned(), "nothing is minted in this window"),
    }
}
