//! Locks, which run down, open and are made anew.

use tokenomics_simulation::{run, Design};

use super::common::rows;
use super::{at, with_allocation};

#[test]
fn locks_run_down_and_open_unless_they_are_renewed() {
    let escrow = |renew| {
        format!("[escrow]\nshare = 0.5\nduration = \"10d\"\nmax = \"20d\"\ngranule = \"1d\"\nrenew = {renew}\n[simulation]\nend = \"25d\"\nstep = \"1d\"\n")
    };
    let design = with_allocation(1_000, "{ kind = \"cliff\" }", &escrow(false));
    let left = rows(&design);
    let weights: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.totals.vote_weight.get())
        .collect();
    // 500 for half of the longest lock: 250 votes, 25 less each day, and a new lock on day 10.
    assert_eq!(
        weights[..12],
        [250, 225, 200, 175, 150, 125, 100, 75, 50, 25, 250, 225]
    );
    assert!(left
        .iter()
        .all(|row| row.totals.locked.get() == 500 && row.totals.circulating.get() == 1_000));

    let design = with_allocation(1_000, "{ kind = \"cliff\" }", &escrow(true));
    assert!(rows(&design)
        .iter()
        .all(|row| row.totals.vote_weight.get() == 250));
}

/// Locks of ten days over a supply that grows by 10 a day, of which half is locked.
fn growing_locks(step: &str, end: &str) -> Design {
    with_allocation(
        1_000,
        "{ kind = \"linear\", end = \"100d\" }",
        &format!("[escrow]\nshare = 0.5\nduration = \"10d\"\ngranule = \"1d\"\nrenew = false\n[simulation]\nend = \"{end}\"\nstep = \"{step}\"\n"),
    )
}

#[test]
fn each_days_locks_run_down_by_themselves() {
    let design = growing_locks("1d", "12d");
    let weights: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.totals.vote_weight.get())
        .collect();
    // Five a day, each for ten days: 5, 5 + 4.5, 5 + 4.5 + 4 … and 27.5 once the first has ended,
    // of which the day after that locks ten: those that opened, and the day's own.
    assert_eq!(weights[..11], [0, 5, 9, 13, 17, 20, 22, 24, 26, 27, 27]);
    assert_eq!(rows(&design)[11].totals.locked.get(), 55);
    assert_eq!(rows(&design)[11].totals.vote_weight.get(), 32);
}

#[test]
fn one_long_way_makes_and_opens_the_same_locks_as_many_short_ones() {
    let design = growing_locks("1d", "30d");
    let mut long = tokenomics_simulation::Engine::new(&design).unwrap();
    long.advance(at("2026-01-21")).unwrap();
    let short = &rows(&design)[20];
    assert_eq!(&long.row().unwrap(), short);
    // 200 circulate by day 20, and 100 are locked of which no lock is older than ten days.
    assert_eq!(short.totals.circulating.get(), 200);
    assert_eq!(short.totals.locked.get(), 100);
}

#[test]
fn half_of_an_odd_supply_locks_the_smaller_half() {
    let escrow = "[escrow]\nshare = 0.5\nduration = \"10d\"\ngranule = \"1d\"\n";
    let design = with_allocation(3, "{ kind = \"cliff\" }", escrow);
    assert_eq!(run(&design).unwrap().last.totals.locked.get(), 1);
}

/// One unit vests a day, and half of them is locked on the last day of each month.
#[test]
fn holders_relock_on_the_day_of_the_month_on_which_they_began() {
    let escrow = "[escrow]\nshare = 0.5\nduration = \"500d\"\ngranule = \"1d\"\nstart = 2026-01-31\nevery = \"1mo\"\n[simulation]\nend = \"91d\"\nstep = \"1d\"\n";
    let design = with_allocation(1_000, "{ kind = \"linear\", end = \"1000d\" }", escrow);
    let rows = rows(&design);
    // The last of January, February and March are days 30, 58 and 89.
    for (day, locked) in [(29, 0), (30, 15), (57, 15), (58, 29), (88, 29), (89, 44)] {
        assert_eq!(rows[day].totals.locked.get(), locked, "{day}");
    }
}
