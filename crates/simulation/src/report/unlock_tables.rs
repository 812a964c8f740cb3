//! The unlock calendar in tables: by allocation, by day, by date and by month.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::Schedule as _;

use super::format::{self, Precision};
use super::unlocks::Calendar;
use super::view::View;
use crate::calendar;
use crate::design::{Allocation, Destination};
use crate::run::Unlock;

/// The earliest time by which `amount` of an allocation has vested, over all its schedules.
///
/// Bisection: what has vested never falls.
fn time_of(allocation: &Allocation, amount: Amount) -> Option<Timestamp> {
    let vested = |at: u64| {
        let parts = allocation
            .schedules
            .iter()
            .map(|s| s.vested_at(Timestamp::new(at)));
        Amount::try_sum(parts).unwrap_or(Amount::MAX)
    };
    let mut reached = allocation
        .schedules
        .iter()
        .map(|schedule| schedule.end().get())
        .max()?;
    if vested(reached) < amount {
        return None;
    }
    let mut least = 0;
    while least < reached {
        let middle = u64::midpoint(least, reached);
        if vested(middle) >= amount {
            reached = middle;
        } else {
            least = middle + 1;
        }
    }
    Some(Timestamp::new(reached))
}

fn dated(at: Option<Timestamp>) -> Markup {
    html! { td.n { (at.map_or_else(|| "–".to_owned(), calendar::date)) } }
}

/// Every allocation, how much it is, and when it begins, is half and is wholly vested.
pub(super) fn allocations(view: &View<'_>) -> Markup {
    let allocations = &view.run.design.allocations;
    let last = |allocation: &Allocation| allocation.schedules.iter().map(|s| s.end()).max();
    let one = Amount::new(1);
    let half = |amount: Amount| Amount::new(amount.get().div_ceil(2)).max(one);
    html! {
        h3 { "Allocations" }
        div.table { table {
            thead { tr {
                th scope="col" { "Allocation" } th scope="col" { "For" }
                th.n scope="col" { "Amount" } th.n scope="col" { "% of max" }
                th.n scope="col" { "First unlock" } th.n scope="col" { "Half vested" }
                th.n scope="col" { "All vested" }
            } }
            tbody { @for allocation in allocations { tr {
                th scope="row" {
                    (allocation.name)
                    @if allocation.to == Destination::Treasury { " " small { "to the treasury" } }
                }
                td { (allocation.stakeholder.name()) }
                (view.precision.cell(allocation.amount))
                (view.of_max_cell(allocation.amount))
                (dated(time_of(allocation, one)))
                (dated(time_of(allocation, half(allocation.amount))))
                (dated(last(allocation).filter(|_| !allocation.amount.is_zero())))
            } } }
        } }
        p.note { (view.precision.note()) }
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
pub(super) fn largest_days(view: &View<'_>) -> Markup {
    let days = &view.run.largest_days;
    let groups = alike(days);
    html! {
        @if !groups.is_empty() {
            h3 { "Largest unlock days" }
            div.table.stack { table {
                thead { tr {
                    th scope="col" { "Day" } th.n scope="col" { "Unlocks" }
                    th.n scope="col" { "% of max" } th scope="col" { "Of which" }
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
                    (view.of_max_cell(group.first.amount))
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
    /// What unlocks in that very second.
    amount: Amount,
}

fn events<'d>(view: &View<'d>) -> Vec<Event<'d>> {
    let window = view.run.design.window;
    let mut events = Vec::new();
    for allocation in &view.run.design.allocations {
        let first = time_of(allocation, Amount::new(1));
        let all = time_of(allocation, allocation.amount).filter(|_| first.is_some());
        let names = match (first, all) {
            (Some(first), Some(all)) if first == all => [None, Some((all, "unlocks all at once"))],
            _ => [
                first.map(|at| (at, "first unlock")),
                all.map(|at| (at, "wholly vested")),
            ],
        };
        for (at, what) in names.into_iter().flatten() {
            let before = at.get().checked_sub(1).map(Timestamp::new);
            let parts = allocation.schedules.iter().map(|schedule| {
                before.map_or(schedule.vested_at(at), |before| {
                    schedule.vested_between(before, at)
                })
            });
            let amount = Amount::try_sum(parts).unwrap_or(Amount::MAX);
            events.push(Event {
                at,
                allocation,
                what,
                amount,
            });
        }
    }
    events.retain(|event| event.at >= window.start);
    events.sort_by_key(|event| event.at);
    events
}

/// What begins and ends when, in the order of time.
pub(super) fn key_dates(view: &View<'_>) -> Markup {
    const MOST: usize = 24;
    let events = events(view);
    html! {
        @if !events.is_empty() {
            details {
                summary { "Key dates in order" }
                div.table { table {
                    thead { tr {
                        th scope="col" { "Date" } th scope="col" { "Allocation" }
                        th scope="col" { "What" } th.n scope="col" { "Unlocks at that moment" }
                    } }
                    tbody { @for event in events.iter().take(MOST) { tr {
                        th.date scope="row" { (calendar::date(event.at)) }
                        td { (event.allocation.name) }
                        td { (event.what) }
                        (view.precision.cell(event.amount))
                    } } }
                } }
                @if events.len() > MOST {
                    p.note { "The first " (MOST) " of " (events.len()) " dates." }
                }
            }
        }
    }
}

/// What unlocks and is minted, period by period.
pub(super) fn by_period(view: &View<'_>) -> Markup {
    let calendar = Calendar::of_all(view);
    let precision: Precision = view.precision;
    let mints = calendar.bins.iter().any(|bin| !bin.minted.is_zero());
    html! {
        @if !calendar.bins.is_empty() {
            details {
                summary { "Every " (calendar.noun()) }
                div.table.tall { table {
                    thead { tr {
                        th scope="col" { (format::capital(calendar.noun())) }
                        th.n scope="col" { "Unlocks" } th.n scope="col" { "% of max" }
                        @if mints { th.n scope="col" { "Minted" } th.n scope="col" { "% of max" } }
                    } }
                    tbody { @for bin in &calendar.bins { tr {
                        th scope="row" { (calendar.name(bin)) }
                        (precision.cell(bin.total())) (view.of_max_cell(bin.total()))
                        @if mints { (precision.cell(bin.minted)) (view.of_max_cell(bin.minted)) }
                    } } }
                } }
                @if !view.genesis_left_out().is_zero() {
                    p.note { "Without what unlocks at genesis itself." }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokenomics_vesting::{Cliff, Linear};

    use super::*;
    use crate::design::Stakeholder;

    fn allocation() -> Allocation {
        let lump = Cliff::new(Timestamp::new(500), Amount::new(40));
        let rest = Linear::new(
            Timestamp::new(1_000),
            Timestamp::new(1_600),
            Amount::new(60),
        );
        Allocation {
            name: "Team".to_owned(),
            stakeholder: Stakeholder::Builders,
            amount: Amount::new(100),
            to: Destination::Circulating,
            claim_every: None,
            schedules: vec![lump.into(), rest.unwrap().into()],
        }
    }

    #[test]
    fn the_time_of_an_amount_is_over_all_schedules_and_the_earliest() {
        let team = allocation();
        let at = |amount| time_of(&team, Amount::new(amount)).map(Timestamp::get);
        assert_eq!(
            [at(1), at(40), at(41), at(100)],
            [500, 500, 1_010, 1_600].map(Some)
        );
        assert_eq!(at(101), None);
    }

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
