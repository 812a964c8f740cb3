//! Figures that must not depend on how a run is looked at, on designs small enough to work out by hand.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{
    calendar, run, Design, Engine, EventKind, Month, Overrides, Period, Summary,
};

#[allow(unreachable_pub)]
mod common;
use common::rows;

fn at(text: &str) -> Timestamp {
    calendar::parse_date(text).unwrap()
}

fn parse(text: &str, window: Overrides) -> Design {
    let design = Design::parse("d", text, window);
    design.unwrap_or_else(|error| panic!("{:?}", error.problems()))
}

/// A token that begins with the year 2025.
fn token(decimals: u8, rest: &str) -> String {
    format!(
        "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = {decimals}\ngenesis = 2025-01-01\n{rest}"
    )
}

fn at_step(text: &str, step: &str) -> Design {
    let step = Some(Period::parse(step).unwrap());
    parse(
        text,
        Overrides {
            step,
            ..Overrides::default()
        },
    )
}

fn summary(design: &Design) -> Value {
    serde_json::to_value(Summary::new(&run(design).unwrap())).unwrap()
}

const STEPS: [&str; 6] = ["1d", "7d", "1mo", "3mo", "1y", "5h"];

#[test]
fn a_flow_that_a_balance_limits_is_settled_when_it_is_due() {
    let text = token(18, "[simulation]\nend = \"1y\"\n[[allocation]]\nname = \"Team\"\nstakeholder = \"builders\"\namount = 1_000_000\nschedule = { kind = \"cliff\", at = \"6mo\" }\n[fees]\nrevenue = 100\nper = \"1d\"\nroutes = { burn = 1 }\n");
    for step in STEPS {
        let summary = summary(&at_step(&text, step));
        // The cliff is on day 181, on which the first of 365 − 181 + 1 days is paid.
        assert_eq!(summary["last"]["burned"], "18500", "{step}");
        assert_eq!(summary["last"]["total_supply"], "981500");
        let fees = &summary["fees"];
        assert_eq!(
            (&fees["unpaid"], &fees["unpaid_periods"]),
            (&"18000".into(), &180.into())
        );
        assert_eq!(fees["unpaid_first"], "2025-01-02T00:00:00Z");
        assert_eq!(fees["unpaid_last"], "2025-06-30T00:00:00Z");
    }
}

#[test]
fn a_cliff_after_the_run_is_not_in_its_largest_month() {
    let text = token(18, "[simulation]\nend = 2026-01-01\n[[allocation]]\nname = \"Monthly\"\nstakeholder = \"users\"\namount = 240_000\nschedule = { kind = \"calendar\", every = \"1mo\", count = 24 }\n[[allocation]]\nname = \"Cliff after the run\"\nstakeholder = \"investors\"\namount = 760_000\nschedule = { kind = \"cliff\", at = 2026-01-20 }\n");
    for step in STEPS {
        let design = at_step(&text, step);
        let peak = &summary(&design)["peak_monthly_unlock"];
        assert_eq!(
            (&peak["amount"], &peak["month"]),
            (&"10000".into(), &"2025-02".into())
        );
        // The last instant of the run is the first of a month, in which an instalment unlocks.
        let months = run(&design).unwrap().months;
        let last = months.last().unwrap();
        assert_eq!(
            (last.from, last.until),
            (design.window.end, design.window.end)
        );
        assert_eq!(last.total, Amount::new(10_000 * 10_u128.pow(18)));
    }
}

const HEAVY_BURN: &str = "[simulation]\nend = \"1y\"\n[[allocation]]\nname = \"Public\"\nstakeholder = \"users\"\namount = 1_000_000\n[[emission]]\nname = \"R\"\nstakeholder = \"operators\"\nkind = \"constant\"\nrate = 10\nper = \"1d\"\nend = \"2y\"\n[fees]\nrevenue = 2_500\nper = \"1d\"\nroutes = { burn = 1 }\n";

#[test]
fn inflation_is_of_the_supply_as_the_month_began() {
    for step in STEPS {
        let design = at_step(&token(18, HEAVY_BURN), step);
        let run = run(&design).unwrap();
        let (month, rate) = run.peak_inflation().unwrap();
        assert_eq!(month.from, at("2025-12-01"), "{step}");
        // 334 days have burned 2,500 and minted 10, the day that is over as the month begins included.
        let tokens = |amount: Amount| amount.get() / 10_u128.pow(18);
        assert_eq!((tokens(month.supply), tokens(month.minted)), (168_340, 310));
        assert_eq!(tokens(month.burned), 31 * 2_500);
        assert!(rate.to_string().starts_with("0.00184151"), "{rate}");
        assert_eq!(run.months.len(), 12);
    }
}

#[test]
fn a_month_is_clipped_to_the_window_and_says_so() {
    let window = Overrides {
        start: Some(at("2025-11-15")),
        end: Some(at("2025-11-30")),
        step: Some(Period::Seconds(86_400)),
    };
    let design = parse(&token(18, HEAVY_BURN), window);
    let peak = &summary(&design)["peak_monthly_inflation"];
    // 150 on 208,180.
    assert!(peak["rate"].as_str().unwrap().starts_with("0.00072053"));
    assert_eq!(peak["from"], "2025-11-15T00:00:00Z");
    assert_eq!(peak["until"], "2025-11-30T00:00:00Z");
    let months = run(&design).unwrap().months;
    assert!(months.len() == 1 && months[0].is_clipped());
}

#[test]
fn what_vested_before_genesis_is_there_at_genesis_and_the_rest_of_its_month_counts() {
    let text = "[token]\nname = \"Peak\"\nsymbol = \"P\"\ndecimals = 0\ngenesis = 2026-06-02\nsupply = 1_000_000\n[simulation]\nend = \"3mo\"\nstep = \"1d\"\n[[allocation]]\nname = \"Team\"\nstakeholder = \"builders\"\nshare = 1\nschedule = { kind = \"linear\", start = 2025-07-01, end = 2026-07-05 }\n";
    for start in [None, Some(at("2025-01-01")), Some(at("2026-05-31"))] {
        let end = start.map(|_| at("2026-09-02"));
        let design = parse(
            text,
            Overrides {
                start,
                end,
                step: None,
            },
        );
        let run = run(&design).unwrap();
        assert_eq!(run.at_genesis.get(), 910_569);
        let peak = run.peak_unlock().unwrap();
        // 989,159 have vested by the end of June.
        assert_eq!(
            (peak.from, peak.total.get()),
            (at("2026-06-02"), 989_159 - 910_569)
        );
        assert_eq!(run.log.progress(1)[0].first, Some(at("2026-06-02")));
        let unlocked: u128 = run.months.iter().map(|month| month.total.get()).sum();
        assert_eq!(unlocked, 1_000_000 - 910_569);
    }
}

#[test]
fn months_before_genesis_and_days_after_the_window_are_in_no_peak() {
    let text = token(0, "[simulation]\nend = 2025-03-10T12:00:00Z\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nschedule = [{ amount = 3, kind = \"cliff\", at = 2025-03-10T11:00:00Z }, { amount = 70, kind = \"cliff\", at = 2025-03-10T13:00:00Z }, { amount = 9, kind = \"cliff\" }]\n");
    let design = parse(
        &text,
        Overrides {
            start: Some(at("2024-11-05")),
            ..Overrides::default()
        },
    );
    let run = run(&design).unwrap();
    let days: Vec<_> = run
        .largest_days
        .iter()
        .map(|day| (day.day, day.amount.get()))
        .collect();
    assert_eq!(days, [(at("2025-01-01"), 9), (at("2025-03-10"), 3)]);
    assert_eq!(run.peak_unlock().unwrap().total.get(), 3);
    assert_eq!(run.months[0].from, at("2025-01-01"));
    assert_eq!(run.last.totals.unvested.get(), 70);
}

/// More days than are kept at once, the largest first, last and in between.
#[test]
fn the_largest_days_are_the_largest_of_all() {
    let amounts: Vec<u64> = (0..90).map(|day| 100 + (day * 37) % 91).collect();
    let entries = amounts.iter().enumerate().map(|(day, amount)| {
        format!(
            "{{ amount = {amount}, kind = \"cliff\", at = \"{}d\" }}",
            day + 1
        )
    });
    let list = entries.collect::<Vec<_>>().join(", ");
    let text = token(
        0,
        &format!("[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nschedule = [{list}]\n"),
    );
    let mut largest = amounts.clone();
    largest.sort_unstable_by_key(|amount| std::cmp::Reverse(*amount));
    let found = run(&parse(&text, Overrides::default()))
        .unwrap()
        .largest_days;
    let found: Vec<_> = found.iter().map(|day| day.amount.get() as u64).collect();
    assert_eq!(found, largest[..12]);
}

#[test]
fn lockers_who_come_after_a_period_are_not_paid_for_it() {
    let design = |start: &str, end: &str| {
        let text = token(0, &format!("[simulation]\nend = \"60d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\n[escrow]\nshare = 0.1\nduration = \"300d\"\nstart = \"{start}\"\n[fees]\nasset = \"USD\"\ndecimals = 0\nrevenue = 100\nper = \"2d\"\nend = \"{end}\"\nroutes = {{ lockers = 1 }}\n"));
        parse(&text, Overrides::default())
    };
    let paid = |start, end| {
        let design = design(start, end);
        let run = run(&design).unwrap();
        let accounts = &run.fee_accounts[0].1;
        let lockers = accounts.iter().find(|(name, _)| name == "lockers");
        (lockers.unwrap().1.get(), run.last.unallocated[0].get())
    };
    // Fifteen periods are over before anybody locks, and none comes after.
    assert_eq!(paid("40d", "30d"), (0, 1_500));
    // Who locks in the instant in which the last is over has no weight before it.
    assert_eq!(paid("30d", "30d"), (0, 1_500));
    assert_eq!(paid("29d", "30d"), (1_500, 0));
    // The first period that ends with lockers pays what waited, too.
    assert_eq!(paid("30d", "32d"), (1_600, 0));
}

#[test]
fn a_lock_that_ends_with_a_period_is_paid_for_it() {
    let text = token(0, "[simulation]\nend = \"30d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\n[escrow]\nshare = 0.1\nduration = \"10d\"\ngranule = \"1d\"\nrenew = false\nevery = \"100d\"\n[fees]\nasset = \"USD\"\ndecimals = 0\nrevenue = 100\nper = \"5d\"\nroutes = { lockers = 1 }\n");
    let design = parse(&text, Overrides::default());
    let run = run(&design).unwrap();
    // Periods end on days 5 and 10, with the lock's end, and four more after it.
    assert_eq!(run.last.unallocated[0].get(), 400);
}

#[test]
fn revenue_stops_at_its_end_and_what_was_unpaid_adds_up() {
    // 10 vest on day 2 and 10 on day 4; 8 a day are asked for on days 1 to 6.
    let text = token(0, "[simulation]\nend = \"30d\"\nstep = \"1d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 20\nschedule = { kind = \"step\", period = \"2d\", count = 2 }\n[fees]\nrevenue = 8\nper = \"1d\"\nend = 2025-01-07\nroutes = { burn = 1 }\n");
    let design = parse(&text, Overrides::default());
    let rows = rows(&design);
    let burned: Vec<_> = rows.iter().map(|row| row.totals.burned.get()).collect();
    assert_eq!(burned[..9], [0, 0, 8, 10, 18, 20, 20, 20, 20]);
    let unpaid: Vec<_> = rows.iter().map(|row| row.totals.unpaid.get()).collect();
    assert_eq!(unpaid[..9], [0, 8, 8, 14, 14, 20, 28, 28, 28]);
    let run = run(&design).unwrap();
    let shortfall = run.log.shortfall();
    assert_eq!(shortfall.amount.get(), 28);
    assert_eq!((shortfall.periods, shortfall.last), (4, at("2025-01-07")));
    // Successive periods are one event, and one that is paid ends it.
    let events = run.log.events().iter();
    let unpaid = events.filter_map(|event| match event.kind {
        EventKind::Unpaid(unpaid) => Some((
            calendar::date(event.at),
            unpaid.periods,
            calendar::date(unpaid.until),
            unpaid.amount.get(),
        )),
        _ => None,
    });
    let day = |day: &str| format!("2025-01-0{day}");
    assert_eq!(
        unpaid.collect::<Vec<_>>(),
        [
            (day("2"), 1, day("2"), 8),
            (day("4"), 1, day("4"), 6),
            (day("6"), 2, day("7"), 14),
        ]
    );
    assert_eq!(
        run.log.revenue(0),
        ["2025-01-02", "2025-01-07"].map(|day| Some(at(day)))
    );
}

/// Ten periods are taken together; the first and the last of them are dated all the same.
#[test]
fn the_last_of_periods_that_are_taken_together_has_its_own_date() {
    let text = token(0, "[simulation]\nend = \"30d\"\nstep = \"30d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 100\n[fees]\nrevenue = 1\nper = \"1d\"\nend = 2025-01-11\nroutes = { burn = 1 }\n");
    let design = parse(&text, Overrides::default());
    let mut engine = Engine::new(&design).unwrap();
    engine.advance(design.window.end).unwrap();
    // Genesis, and all of revenue.
    assert_eq!(engine.audits(), 2);
    assert_eq!(engine.row().unwrap().totals.burned.get(), 10);
    let dates = ["2025-01-02", "2025-01-11"].map(|day| Some(at(day)));
    assert_eq!(engine.log().revenue(0), dates);
}

#[test]
fn holders_relock_on_their_own_clock() {
    let escrow = |every: &str| {
        let text = token(0, &format!("[simulation]\nend = \"20d\"\nstep = \"1d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\nschedule = {{ kind = \"linear\", end = \"100d\" }}\n[escrow]\nshare = 0.5\nduration = \"50d\"\ngranule = \"1d\"\n{every}start = \"3d\"\n"));
        let rows = rows(&parse(&text, Overrides::default()));
        rows.iter()
            .map(|row| row.totals.locked.get())
            .collect::<Vec<_>>()
    };
    // 10 vest a day, of which half is locked: on days 3, 10 and 17.
    let weekly = escrow("every = \"7d\"\n");
    assert_eq!(weekly[..12], [0, 0, 0, 15, 15, 15, 15, 15, 15, 15, 50, 50]);
    // Every granule, if nothing is said.
    assert_eq!(escrow("")[..6], [0, 0, 0, 15, 20, 25]);
}

/// A century of slots of twelve seconds: 263 million periods, of which nothing is held back.
#[test]
fn a_century_of_slots_takes_no_time() {
    let text = token(18, "[simulation]\nend = \"100y\"\nstep = \"1y\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 120_000_000\n[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\nkind = \"constant\"\ntick = \"12s\"\nrate = \"0.34\"\nend = \"100y\"\n[fees]\nrevenue = \"0.24\"\nper = \"12s\"\nroutes = { burn = 1 }\n");
    let begun = Instant::now();
    let design = parse(&text, Overrides::default());
    let run = run(&design).unwrap();
    let slots = (design.window.end.get() - design.window.start.get()) / 12;
    assert_eq!(
        run.last.totals.burned.get(),
        u128::from(slots) * 240_000_000_000_000_000
    );
    assert!(run.audits < 200_000, "{}", run.audits);
    assert!(begun.elapsed() < Duration::from_secs(20));
    // Nor where all is burned before its end, and nothing comes any more.
    let text = text.replace("\"0.24\"", "24").replace(
        "rate = \"0.34\"\nend = \"100y\"",
        "rate = \"0.34\"\nend = \"1y\"",
    );
    let spent = parse(&text, Overrides::default());
    let mut engine = Engine::new(&spent).unwrap();
    engine.advance(spent.window.end).unwrap();
    assert_eq!(engine.row().unwrap().totals.total_supply, Amount::ZERO);
    assert!(engine.audits() < 1_000, "{}", engine.audits());
}

#[test]
fn months_name_their_parts() {
    let month = Month {
        from: at("2025-02-01"),
        until: at("2025-03-01"),
        unlocked: Vec::new(),
        total: Amount::ZERO,
        minted: Amount::ZERO,
        burned: Amount::ZERO,
        supply: Amount::ZERO,
        circulating: Amount::ZERO,
        accruals: Vec::new(),
    };
    assert!(!month.is_clipped());
    for (from, until) in [("2025-02-02", "2025-03-01"), ("2025-02-01", "2025-02-28")] {
        let (from, until) = (at(from), at(until));
        assert!(Month {
            from,
            until,
            ..month.clone()
        }
        .is_clipped());
    }
}
