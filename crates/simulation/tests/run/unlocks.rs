//! Vesting and claims, and the months, days and dates of them.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{calendar, run, Run};
use tokenomics_vesting::{Grant, Linear, Milestones, Schedule as _};

use super::common::{circulation_dates, rows};
use super::{at, token, with_allocation};

fn months(run: &Run<'_>) -> Vec<(String, u128)> {
    let month = |month: &tokenomics_simulation::Month| {
        (calendar::year_month(month.from), month.total.get())
    };
    run.months
        .iter()
        .map(month)
        .filter(|(_, amount)| *amount != 0)
        .collect()
}

fn peak_unlock(run: &Run<'_>) -> Option<(Timestamp, u128)> {
    let month = run.peak_unlock()?;
    Some((month.from, month.total.get()))
}

#[test]
fn an_unlock_at_midnight_of_the_first_belongs_to_the_month_that_begins() {
    let list = "[{ amount = 3, kind = \"cliff\", at = 2026-03-01 }, { amount = 5, kind = \"cliff\", at = 2026-02-28T23:59:59Z }, { amount = 7, kind = \"cliff\" }]";
    let design = token(&format!(
        "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nschedule = {list}\n"
    ));
    let run = run(&design).unwrap();
    let named = |month: &str, amount| (month.to_owned(), amount);
    assert_eq!(months(&run), [named("2026-02", 5), named("2026-03", 3)]);
    // What unlocks at genesis itself is told apart.
    assert_eq!(run.at_genesis, Amount::new(7));
    assert_eq!(peak_unlock(&run), Some((at("2026-02-01"), 5)));
    let days: Vec<_> = run
        .largest_days
        .iter()
        .map(|day| (day.day, day.amount.get()))
        .collect();
    assert_eq!(
        days,
        [
            (at("2026-01-01"), 7),
            (at("2026-02-28"), 5),
            (at("2026-03-01"), 3)
        ]
    );
}

#[test]
fn months_sum_to_all_that_vests_and_is_minted() {
    let emission = "[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\nkind = \"geometric-epochs\"\ntick = \"1d\"\nrate = 1000\nepoch = 30\ndecay = \"1/2\"\n";
    let design = with_allocation(1_001, "{ kind = \"linear\", end = \"17mo\" }", emission);
    let run = run(&design).unwrap();
    let unlocked: u128 = run.months.iter().map(|month| month.total.get()).sum();
    let minted: u128 = run.months.iter().map(|month| month.minted.get()).sum();
    assert_eq!(unlocked, 1_001);
    assert_eq!(minted, design.emissions[0].max.unwrap().get());
    // A tick is minted when it is over, and belongs to the time that ends with it: January has 31, of
    // which the last is the first of the second epoch.
    assert_eq!(run.months[0].minted.get(), 30 * 1_000 + 500);
    assert_eq!(run.months[1].supply.get(), 1_001 + 30_500);
    let (month, rate) = run.peak_inflation().unwrap();
    assert_eq!(month.from, at("2026-01-01"));
    assert_eq!(
        rate,
        tokenomics_simulation::ratio(Amount::new(30_500), Amount::new(1_001)).unwrap()
    );
}

#[test]
fn the_earliest_of_equal_peaks_is_named() {
    let list = "[{ amount = 5, kind = \"cliff\", at = 2026-03-09 }, { amount = 5, kind = \"cliff\", at = 2026-05-09 }]";
    let design = token(&format!(
        "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nschedule = {list}\n"
    ));
    assert_eq!(
        peak_unlock(&run(&design).unwrap()),
        Some((at("2026-03-01"), 5))
    );
}

#[test]
fn the_dates_of_circulation_are_the_events_own_at_any_step() {
    for step in ["1h", "1d", "9d", "1y"] {
        let design = with_allocation(
            100,
            "{ kind = \"step\", period = \"10d\", count = 10 }",
            &format!("[simulation]\nstep = \"{step}\"\n"),
        );
        let reached = circulation_dates(&run(&design).unwrap());
        assert_eq!(reached, [at("2026-02-20"), at("2026-04-01")].map(Some));
        // Linearly, 50 of 100 are reached in the middle and 51 a hundredth later, to the second.
        let linear = "{ kind = \"linear\", end = \"100d\" }";
        let design = with_allocation(100, linear, &format!("[simulation]\nstep = \"{step}\"\n"));
        let reached = circulation_dates(&run(&design).unwrap());
        assert_eq!(reached, [at("2026-02-20"), at("2026-04-01")].map(Some));
        let design = with_allocation(101, linear, &format!("[simulation]\nstep = \"{step}\"\n"));
        let reached = circulation_dates(&run(&design).unwrap());
        // 51 of 101 at 50.495… days.
        assert_eq!(reached[0], Some(at("2026-02-20T11:52:53Z")));
    }
}

#[test]
fn claims_wait_for_their_period() {
    let claims = "claim_every = \"7d\"\n[simulation]\nend = \"20d\"\nstep = \"1d\"\n";
    let design = with_allocation(20, "{ kind = \"linear\", end = \"20d\" }", claims);
    let circulating: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.totals.circulating.get())
        .collect();
    assert_eq!(circulating[6..9], [0, 7, 7]);
    assert_eq!(rows(&design)[13].totals.circulating.get(), 7);
    assert_eq!(rows(&design)[13].totals.claimable.get(), 6);
    assert_eq!(rows(&design)[14].totals.circulating.get(), 14);
}

#[test]
fn all_schedules_of_a_list_are_claimed() {
    let list = "[{ amount = 3, kind = \"cliff\" }, { amount = 4, kind = \"cliff\" }, { amount = 5, kind = \"linear\", end = \"5d\" }]";
    let design = token(&format!(
        "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nschedule = {list}\n[simulation]\nstep = \"1d\"\n"
    ));
    let circulating: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.totals.circulating.get())
        .collect();
    assert_eq!(circulating, [7, 8, 9, 10, 11, 12]);
}

#[test]
fn what_is_said_to_be_there_at_genesis_is_and_the_schedule_is_of_the_rest() {
    let text = |part: &str| {
        format!("[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\n{part}\nschedule = {{ kind = \"linear\", end = 2027-01-01 }}\n")
    };
    for part in ["at_genesis = 270", "at_genesis_share = 0.27"] {
        let design = token(&text(part));
        let ran = run(&design).unwrap();
        assert_eq!(ran.at_genesis, Amount::new(270));
        assert_eq!(rows(&design)[0].totals.circulating, Amount::new(270));
        // A tenth of the year is 36.5 days: 73 units.
        let vested = |at| {
            let parts = design.allocations[0].schedules.iter();
            let vested = parts.map(|one| one.vested_at(at));
            Amount::try_sum(vested).unwrap().get()
        };
        assert_eq!(
            vested(calendar::parse_date("2026-02-06T12:00:00Z").unwrap()),
            343
        );
        assert_eq!(vested(at("2027-01-01")), 1_000);
    }
}

/// Milestones hold back claims; a design knows when each is reached, and then what is held back is
/// the least of two schedules. Both ways pay the same at every step.
#[test]
fn milestones_let_through_what_claims_within_their_limit_come_to() {
    for (needed, graded) in [(1, false), (2, false), (3, false), (2, true), (3, true)] {
        let reached = ["2026-03-01", "2026-09-10", "2027-02-01"];
        let design = with_allocation(
            1_001,
            &format!(
                "{{ kind = \"linear\", end = \"1y\", milestones = {{ needed = {needed}, graded = {graded}, reached = [{}] }} }}",
                reached.join(", ")
            ),
            "[simulation]\nstep = \"1d\"\n",
        );
        let linear = Linear::new(at("2026-01-01"), at("2027-01-01"), Amount::new(1_001)).unwrap();
        let mut grant = Grant::new(linear);
        let mut milestones = Milestones::new(needed, 3).unwrap();
        for row in &rows(&design) {
            for (index, date) in (0..).zip(reached) {
                if row.time >= at(date) {
                    milestones.reach(index).unwrap();
                }
            }
            let total = Amount::new(1_001);
            let limit = if graded {
                milestones.graded_limit(total)
            } else {
                milestones.limit(total)
            };
            grant.claim_within(row.time, limit).unwrap();
            assert_eq!(
                row.totals.circulating,
                grant.claimed(),
                "{needed} at {}",
                row.time
            );
        }
        assert_eq!(grant.claimed(), Amount::new(1_001));
    }
}

/// Neither what the treasury gets nor what is claimed later comes into circulation as it is minted or vests.
#[test]
fn half_circulates_when_holders_have_it() {
    let claimed = "[[allocation]]\nname = \"B\"\nstakeholder = \"users\"\namount = 100\nclaim_every = \"30d\"\nschedule = { kind = \"linear\", end = \"100d\" }\n";
    let minted = "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nto = \"treasury\"\nkind = \"constant\"\ntick = \"1d\"\nrate = 1\nend = \"100d\"\n";
    let linear = "{ kind = \"linear\", end = \"100d\" }";
    let design = with_allocation(200, linear, &format!("{claimed}{minted}"));
    // Two a day, and the 60 that are claimed by day 60, come to half of 400 on day 70.
    let [half, _] = circulation_dates(&run(&design).unwrap());
    assert_eq!(half, Some(at("2026-03-12")));
}
