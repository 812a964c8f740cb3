//! The months and days of a run, worked out anew from the schedules and a walk.

use std::cmp::Reverse;

use tokenomics_fixed_math::Timestamp;
use tokenomics_simulation::{calendar, Design, Run};
use tokenomics_vesting::Schedule as _;

use super::oracle::Walk;

const DAY: u64 = 86_400;

/// What all allocations have vested at an instant; before genesis, nothing.
fn vested_at(design: &Design, at: u64) -> u128 {
    if at < design.token.genesis.get() {
        return 0;
    }
    let all = design.allocations.iter().flat_map(|all| &all.schedules);
    all.map(|one| one.vested_at(Timestamp::new(at)).get()).sum()
}

/// The months tile the window from genesis on, and each is what happened in it.
pub fn compare_months(walk: &Walk, run: &Run<'_>, text: &str) {
    let (genesis, window) = (run.design.token.genesis, run.design.window);
    let mut from = window.start.max(genesis);
    for month in &run.months {
        assert_eq!(month.from, from, "{text}");
        from = month.until;
        let touched = month.from == window.end;
        assert!(touched || month.until > month.from, "{text}");
        let is_first = calendar::month_of(month.until) == month.until;
        assert!(is_first || month.until == window.end, "{text}");
        let last = if touched || !is_first {
            month.until.get()
        } else {
            month.until.get() - 1
        };
        let same = calendar::month_of(Timestamp::new(last)) == calendar::month_of(month.from);
        assert!(same, "{text}");
        // What unlocks at genesis itself is told apart.
        let begun = vested_at(run.design, (month.from.get() - 1).max(genesis.get()));
        let unlocked = vested_at(run.design, last) - begun;
        assert_eq!(month.total.get(), unlocked, "{} {text}", month.from);
        let (open, close) = (walk.at(month.from), walk.at(month.until));
        let (open, close) = (open.unwrap(), close.unwrap());
        assert_eq!(month.minted.get(), close.emitted() - open.emitted());
        assert_eq!(month.burned.get(), close.burned() - open.burned());
        let supply = run.design.token.supply.get() + open.emitted() - open.burned();
        assert_eq!(month.supply.get(), supply, "{} {text}", month.from);
    }
    assert_eq!(from, window.end.max(genesis), "{text}");
}

/// The largest days are the largest of all in the window, the day of genesis included.
pub fn compare_days(run: &Run<'_>, text: &str) {
    let (genesis, window) = (run.design.token.genesis, run.design.window);
    let begin = window.start.max(genesis).get();
    let mut days = Vec::new();
    let mut day = begin / DAY * DAY;
    while day <= window.end.get() {
        let last = (day + DAY - 1).min(window.end.get());
        let before = day.max(begin) - 1;
        let amount = vested_at(run.design, last) - vested_at(run.design, before);
        days.push((Reverse(amount), day));
        day += DAY;
    }
    days.sort_unstable();
    let wanted = days.into_iter().take(12).filter(|(amount, _)| amount.0 > 0);
    let wanted: Vec<_> = wanted.map(|(amount, day)| (day, amount.0)).collect();
    let found = run.largest_days.iter();
    let found = found.map(|unlock| (unlock.day.get(), unlock.amount.get()));
    assert_eq!(found.collect::<Vec<_>>(), wanted, "{text}");
    for unlock in &run.largest_days {
        let parts: u128 = unlock.parts.iter().map(|(_, part)| part.get()).sum();
        assert_eq!(parts, unlock.amount.get(), "{text}");
    }
}
