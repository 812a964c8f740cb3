//! The unlock calendar in tables: by allocation, by day, by date and by month.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::bins::Calendar;
use crate::format::{self, Precision};
use crate::section::ReportError;
use crate::view::{largest, View};
use tokenomics_design::calendar;
use tokenomics_design::{Allocation, Destination};
use tokenomics_engine::Unlock;

fn dated(at: Option<Timestamp>) -> Markup {
    html! { td.n { (at.map_or_else(|| "later".to_owned(), calendar::date)) } }
}

/// Every allocation, how much it is, and when it begins, is half and is wholly vested.
pub(crate) fn allocations(view: &View<'_>) -> Markup {
    let all = &view.run.design.allocations;
    let shown = largest(all.iter().map(|allocation| allocation.amount));
    let allocations = shown
        .iter()
        .map(|index| (&all[*index], &view.progress[*index]));
    html! {
        h3 { "Allocations" }
        div.table { table {
            thead { tr {
                th scope="col" { "Allocation" } th scope="col" { "For" }
                th.n scope="col" { "Amount" } (view.share_head())
                th.n scope="col" { "First unlock" } th.n scope="col" { "Half vested" }
                th.n scope="col" { "All vested" }
            } }
            tbody { @for (allocation, progress) in allocations { tr {
                th scope="row" {
                    (allocation.name)
                    @if allocation.to == Destination::Treasury { " " small { "to the treasury" } }
                }
                td { (allocation.stakeholder.name()) }
                (view.precision.cell(allocation.amount))
                (view.share_cell(allocation.amount))
                (dated(progress.first)) (dated(progress.half)) (dated(progress.all))
            } } }
        } }
        p.note {
            @if shown.len() < all.len() {
                "The " (shown.len()) " largest of " (format::grouped(all.len())) " allocations; "
                "summary.json has them all. "
            }
            (view.precision.note()) " Later: after this run."
        }
    }
}

/// Days on which the same allocations unlock the same, but for a rounding unit.
struct Alike<'u> {
    first: &'u Unlock,
    last: &'u Unlock,
    days: usize,
}

fn alike(days: &[Unlock]) -> Vec<Alike<'_>> {
    let mut by_day: Vec<&Unlock> = days.iter().collect();
    by_day.sort_by_key(|unlock| unlock.day);
    let mut groups: Vec<Alike<'_>> = Vec::new();
    for unlock in by_day {
        match groups
            .iter_mut()
            .find(|group| same_parts(group.first, unlock))
        {
            Some(group) => (group.last, group.days) = (unlock, group.days + 1),
            None => groups.push(Alike {
                first: unlock,
                last: unlock,
                days: 1,
            }),
        }
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.first.amount), group.first.day));
    groups
}

fn same_parts(one: &Unlock, other: &Unlock) -> bool {
    let same = |a: &(usize, Amount), b: &(usize, Amount)| {
        // Each schedule of an allocation may round by a unit.
        a.0 == b.0 && a.1.get().abs_diff(b.1.get()) <= 2
    };
    one.parts.len() == other.parts.len()
        && one.parts.iter().zip(&other.parts).all(|(a, b)| same(a, b))
}

/// The days on which most unlocks.
pub(crate) fn largest_days(view: &View<'_>) -> Markup {
    let days = &view.run.largest_days;
    let groups = alike(days);
    html! {
        @if !groups.is_empty() {
            h3 { "Largest unlock days" }
            div.table.stack { table {
                thead { tr {
                    th scope="col" { "Day" } th.n scope="col" { "Unlocks" }
                    (view.share_head()) th scope="col" { "Of which" }
                } }
                tbody { @for group in &groups { tr {
                    th.date scope="row" {
                        (calendar::date(group.first.day))
                        @if group.days > 1 {
                            br;
                            small { "and " (group.days - 1) " more, to " (calendar::date(group.last.day)) }
                        }
                    }
                    (view.precision.cell(group.first.amount))
                    (view.share_cell(group.first.amount))
                    td.wrap { (parts(view, group.first)) }
                } } }
            } }
            @if groups.len() < days.len() {
                p.note {
                    "The " (days.len()) " largest days; those that differ by no more than rounding "
                    "stand together."
                }
            }
        }
    }
}

/// Whose part is how large, largest first.
fn parts(view: &View<'_>, unlock: &Unlock) -> String {
    const MOST: usize = 6;
    let mut parts = unlock.parts.clone();
    parts.sort_by_key(|part| std::cmp::Reverse(part.1));
    let name = |index: usize| view.run.design.allocations[index].name.as_str();
    let told = parts
        .iter()
        .take(MOST)
        .map(|(index, amount)| format!("{} {}", name(*index), view.human(*amount)));
    let mut told: Vec<String> = told.collect();
    if parts.len() > MOST {
        told.push(format!("{} more", parts.len() - MOST));
    }
    told.join(" · ")
}

/// A date on which an allocation begins to vest or is done.
struct Event<'d> {
    at: Timestamp,
    allocation: &'d Allocation,
    what: &'static str,
}

fn events<'d>(view: &View<'d>) -> Vec<Event<'d>> {
    let design = view.run.design;
    let mut events = Vec::new();
    for (allocation, progress) in design.allocations.iter().zip(&view.progress) {
        let names = match (progress.first, progress.all) {
            (Some(first), Some(all)) if first == all => [None, Some((all, "unlocks all at once"))],
            (first, all) => [
                first.map(|at| (at, "first unlock")),
                all.map(|at| (at, "wholly vested")),
            ],
        };
        for (at, what) in names.into_iter().flatten() {
            events.push(Event {
                at,
                allocation,
                what,
            });
        }
    }
    events.retain(|event| event.at >= design.window.start);
    events.sort_by_key(|event| event.at);
    events
}

/// The dates at which something begins or ends, in the order of time.
pub(crate) fn key_dates(view: &View<'_>) -> Markup {
    const MOST: usize = 24;
    let events = events(view);
    html! {
        @if !events.is_empty() {
            details {
                summary { "Key dates in order" }
                div.table { table {
                    thead { tr {
                        th scope="col" { "Date" } th scope="col" { "Allocation" }
                        th scope="col" { "What" } th.n scope="col" { "Of" }
                    } }
                    tbody { @for event in events.iter().take(MOST) { tr {
                        th.date scope="row" { (calendar::date(event.at)) }
                        td { (event.allocation.name) }
                        td { (event.what) }
                        (view.precision.cell(event.allocation.amount))
                    } } }
                } }
                @if events.len() > MOST {
                    p.note { "The first " (MOST) " of " (events.len()) " dates." }
                }
            }
        }
    }
}

/// The amounts that unlock and are minted, period by period.
pub(crate) fn by_period(view: &View<'_>) -> Result<Markup, ReportError> {
    let calendar = Calendar::of_all(view)?;
    let precision: Precision = view.precision;
    let mints = calendar.bins.iter().any(|bin| !bin.minted.is_zero());
    Ok(html! {
        @if !calendar.bins.is_empty() {
            details {
                summary { "Every " (calendar.noun()) }
                div.table.tall { table {
                    thead { tr {
                        th scope="col" { (format::capital(calendar.noun())) }
                        th.n scope="col" { "Unlocks" } (view.share_head())
                        @if mints { th.n scope="col" { "Minted" } }
                    } }
                    tbody { @for bin in &calendar.bins { tr {
                        th scope="row" { (calendar.name(bin)) }
                        (precision.cell(bin.total)) (view.share_cell(bin.total))
                        @if mints { (precision.cell(bin.minted)) }
                    } } }
                } }
                @if !view.genesis_left_out().is_zero() {
                    p.note { "Without what unlocks at genesis itself." }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_together_only_if_they_differ_by_rounding() {
        let day = |day: u64, amount: u128| Unlock {
            day: Timestamp::new(day * 86_400),
            parts: vec![(0, Amount::new(amount))],
            amount: Amount::new(amount),
        };
        let days = [
            day(9, 1_001),
            day(1, 1_000),
            day(5, 1_000),
            day(7, 5_000),
            day(8, 997),
        ];
        let groups = alike(&days);
        let told: Vec<_> = groups
            .iter()
            .map(|g| (g.first.amount.get(), g.days))
            .collect();
        assert_eq!(told, [(5_000, 1), (1_000, 3), (997, 1)]);
        assert_eq!(groups[1].last.day, Timestamp::new(9 * 86_400));
    }
}
