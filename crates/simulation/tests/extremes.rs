//! The largest amounts, the shortest windows, and what comes and goes within one instant.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{
    calendar, run, Cause, Design, Engine, LedgerError, Mechanism, Overrides, RunError,
};

#[allow(unreachable_pub)]
mod common;
use common::{circulation_dates, rows};

const DAY: u64 = 86_400;

fn parse(rest: &str, window: Overrides) -> Design {
    let text = format!(
        "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2025-01-01\n{rest}"
    );
    let design = Design::parse("d", &text, window);
    design.unwrap_or_else(|error| panic!("{:?}", error.problems()))
}

fn at(text: &str) -> Timestamp {
    calendar::parse_date(text).unwrap()
}

/// All that can be counted circulates from genesis on, and a fifth of it is paid a day.
fn paid_around(routes: &str) -> Design {
    let (all, revenue) = (u128::MAX, u128::MAX / 5);
    parse(&format!("[simulation]\nend = \"9d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{all}\"\n[fees]\nrevenue = \"{revenue}\"\nper = \"1d\"\nroutes = {{ {routes} }}\n"), Overrides::default())
}

/// What routes are paid by `end`, by so many seconds at a time.
fn by(design: &Design, stride: u64, end: Timestamp) -> Result<Vec<Amount>, RunError> {
    let mut engine = Engine::new(design)?;
    let mut at = design.token.genesis;
    while at < end {
        at = Timestamp::new(at.get().saturating_add(stride)).min(end);
        engine.advance(at)?;
    }
    Ok(engine.row()?.received)
}

/// Five days' revenue is all that can be counted, to the last unit, and the sixth is one too many,
/// whoever gets it and however many periods are taken together.
#[test]
fn revenue_that_cannot_be_counted_ends_a_run_in_its_own_instant() {
    let (last, end) = (at("2025-01-06"), at("2025-01-07"));
    for (routes, parts) in [
        ("users = 1", 1),
        ("users = 0.2, builders = 0.2, treasury = 0.6", 3),
        ("burn = 0.4, investors = 0.6", 2),
        ("burn = 1", 1),
    ] {
        let design = paid_around(routes);
        for stride in [DAY, 2 * DAY, 100 * DAY, 3_600] {
            let paid = by(&design, stride, last).unwrap();
            assert_eq!(paid.iter().filter(|part| !part.is_zero()).count(), parts);
            assert_eq!(Amount::try_sum(paid.clone()), Ok(Amount::MAX), "{routes}");
            let before = Timestamp::new(end.get() - 1);
            assert_eq!(by(&design, stride, before), Ok(paid), "{routes} {stride}");
            let error = by(&design, stride, design.window.end).unwrap_err();
            assert_eq!((error.at, error.mechanism), (end, Mechanism::Fees));
            assert!(matches!(*error.cause, Cause::Math(_)), "{error}");
            assert_eq!(run(&design).unwrap_err(), error);
        }
    }
}

/// As much as can be counted. That the file can't say one period more stands with the diagnostics.
#[test]
fn revenue_in_another_asset_that_cannot_be_counted_is_refused_before_it_begins() {
    let revenue = |periods: u32| {
        let rest = format!("[simulation]\nend = \"{periods}d\"\n[fees]\nasset = \"USD\"\ndecimals = 0\nrevenue = \"{}\"\nper = \"1d\"\nend = \"30d\"\nroutes = {{ users = 1 }}\n", u128::MAX / 7);
        parse(&rest, Overrides::default())
    };
    let mut design = revenue(7);
    let all = run(&design).unwrap().last.flows.into_iter().max();
    assert_eq!(all, Some(Amount::new(u128::MAX / 7 * 7)));
    // The file says no such window.
    design.window.end = Timestamp::new(design.window.end.get() + DAY);
    let error = run(&design).unwrap_err();
    assert_eq!(error.mechanism, Mechanism::Opening);
    assert!(matches!(*error.cause, Cause::Ledger(LedgerError::TooMuch)));
}

#[test]
fn a_run_that_ends_before_genesis_has_nothing_and_reaches_nothing() {
    let rest = "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 9\n[escrow]\nshare = 0.5\nduration = \"4w\"\n[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { burn = 1 }\n";
    for (start, end) in [
        ("2024-11-05", "2024-12-31T23:59:59Z"),
        ("2024-12-31T23:59:58Z", "2024-12-31T23:59:59Z"),
    ] {
        let window = Overrides {
            start: Some(at(start)),
            end: Some(at(end)),
            step: None,
        };
        let design = parse(rest, window);
        let run = run(&design).unwrap();
        assert_eq!(run.log.events(), []);
        assert!(run.months.is_empty() && run.largest_days.is_empty());
        let totals = run.last.totals;
        assert!(totals.total_supply.is_zero() && run.at_genesis.is_zero());
        assert_eq!(totals.unminted, Amount::new(9));
        assert_eq!(run.log.shortfall().periods, 0);
        assert!(rows(&design).iter().all(|row| row.totals == totals));
    }
}

#[test]
fn a_run_that_ends_with_genesis_has_what_unlocks_then() {
    let rest = "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nschedule = [{ amount = 9, kind = \"cliff\" }, { amount = 5, kind = \"linear\", end = \"5s\" }]\n";
    let window = Overrides {
        start: Some(at("2024-11-05")),
        end: Some(at("2025-01-01")),
        step: None,
    };
    let design = parse(rest, window);
    let run = run(&design).unwrap();
    assert_eq!(run.at_genesis, Amount::new(9));
    let days = run.largest_days.iter().map(|day| day.amount.get());
    assert_eq!(days.collect::<Vec<_>>(), [9]);
    assert!(run.months.is_empty());
}

/// At genesis itself nothing has been earned, whoever locks then.
#[test]
fn locks_and_claims_of_genesis_and_the_first_period_keep_their_order() {
    let rest = "[simulation]\nend = \"2d\"\nstep = \"1d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\nclaim_every = \"1d\"\n[escrow]\nshare = 0.5\nduration = \"10d\"\ngranule = \"1d\"\n[fees]\nrevenue = 100\nper = \"1d\"\nroutes = { lockers = 0.1, burn = 0.9 }\n";
    let rows = rows(&parse(rest, Overrides::default()));
    let sums = rows.iter().map(|row| {
        let totals = row.totals;
        [
            totals.claimable,
            totals.circulating,
            totals.locked,
            totals.burned,
            totals.rewards,
        ]
        .map(Amount::get)
    });
    // What is claimed on day 1 is locked and pays in the same instant; its lockers had no weight before.
    let wanted = [
        [1_000, 0, 0, 0, 0],
        [0, 900, 500, 90, 10],
        [0, 820, 500, 180, 0],
    ];
    assert_eq!(sums.collect::<Vec<_>>(), wanted);
}

/// What is burned in the instant in which it vests has never circulated, as no row shows it.
#[test]
fn a_mark_is_reached_when_all_of_an_instant_has_happened() {
    let design = |burned: u64, claims: &str| {
        let rest = format!("[simulation]\nend = \"6d\"\nstep = \"1d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\nschedule = {{ kind = \"step\", period = \"2d\", count = 2 }}\n{claims}[fees]\nrevenue = {burned}\nper = \"2d\"\nroutes = {{ burn = 1 }}\n");
        parse(&rest, Overrides::default())
    };
    for claims in ["", "claim_every = \"1d\"\n"] {
        for (burned, wanted) in [(0, "2025-01-03"), (1, "2025-01-05"), (249, "2025-01-05")] {
            let design = design(burned, claims);
            let reached = circulation_dates(&run(&design).unwrap());
            assert_eq!(reached[0], Some(at(wanted)), "{burned} {claims}");
            let rows = rows(&design);
            let first = rows.iter().find(|row| row.totals.circulating.get() >= 500);
            assert_eq!(reached[0], first.map(|row| row.time));
        }
        assert_eq!(
            circulation_dates(&run(&design(251, claims)).unwrap()),
            [None; 2]
        );
    }
}

/// No month follows the calendar's last, which ends with its last second and what unlocks in it.
#[test]
fn the_last_month_of_the_calendar_has_its_last_second() {
    let text = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 9999-11-30\n[simulation]\nend = 9999-12-31T23:59:59Z\nstep = \"1w\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\nschedule = [{ amount = 5, kind = \"cliff\", at = 9999-12-31T23:59:59Z }, { amount = 7, kind = \"cliff\", at = 9999-12-01 }]\n[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { burn = 1 }\n";
    let design = Design::parse("d", text, Overrides::default()).unwrap();
    let run = run(&design).unwrap();
    let months = run.months.iter();
    let months = months.map(|month| (month.from, month.until, month.total.get()));
    let (december, last) = (at("9999-12-01"), calendar::LAST);
    let wanted = [(at("9999-11-30"), december, 0), (december, last, 12)];
    assert_eq!(months.collect::<Vec<_>>(), wanted);
    let days = run.largest_days.iter().map(|day| day.amount.get());
    assert_eq!(days.collect::<Vec<_>>(), [7, 5]);
    // The last of thirty-one periods ends with the 31st, and its day has no end.
    assert_eq!(run.last.totals.burned.get(), 7);
    assert_eq!(run.log.shortfall().periods, 24);
}

/// What waited for lockers comes back with their first period, and with it a mark comes nearer than
/// what vests alone would bring it: periods are not taken together over that.
#[test]
fn a_mark_is_found_behind_the_return_of_what_waited_for_lockers() {
    let rest = "[simulation]\nend = \"40d\"\nstep = \"1h\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\n[[allocation]]\nname = \"B\"\nstakeholder = \"users\"\namount = 600\nschedule = { kind = \"linear\", end = \"40d\" }\n[[allocation]]\nname = \"C\"\nstakeholder = \"users\"\namount = 550\nto = \"treasury\"\n[escrow]\nshare = 0.5\nduration = \"100d\"\ngranule = \"1d\"\nevery = \"100d\"\nstart = \"252h\"\n[fees]\nrevenue = 20\nper = \"1d\"\nroutes = { lockers = 0.5, burn = 0.5 }\n";
    let design = parse(rest, Overrides::default());
    let mut engine = Engine::new(&design).unwrap();
    engine.advance(design.window.end).unwrap();
    let first = rows(&design)
        .into_iter()
        .find(|row| row.totals.circulating.get() >= 1_075);
    let hour = first.unwrap().time;
    let reached = engine.log().circulating(50).unwrap();
    assert_eq!(reached, run(&design).unwrap().log.circulating(50).unwrap());
    let within = hour.get() - 3_600 < reached.get() && reached <= hour;
    assert!(within, "{reached} {hour}");
}

/// Revenue is known to the end of the last period, and all along before the first and after the last.
#[test]
fn revenue_is_known_up_to_a_period_s_end() {
    let rest = "[simulation]\nend = \"30d\"\nstep = \"1d\"\n[fees]\nrevenue = 0\nper = \"10d\"\nstart = \"5d\"\nend = \"25d\"\nroutes = { burn = 1 }\n";
    for (day, row) in (0..).zip(rows(&parse(rest, Overrides::default()))) {
        let known = match day {
            5..=14 => 5,
            15..=24 => 15,
            _ => day,
        };
        let wanted = at("2025-01-01").get() + known * DAY;
        assert_eq!(row.revenue_until.get(), wanted, "{day}");
    }
}

/// All that can be counted costs half as much, which is all the cash there is.
#[test]
fn cash_that_buys_all_that_can_be_counted_does() {
    let (all, cash) = (u128::MAX, 1_u128 << 127);
    let rest = format!("[simulation]\nend = \"1d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = \"{all}\"\n[fees]\nasset = \"USD\"\ndecimals = 0\nprice = 0.5\nrevenue = \"{cash}\"\nper = \"1d\"\nroutes = {{ buyback = 1 }}\n");
    let design = parse(&rest, Overrides::default());
    let totals = run(&design).unwrap().last.totals;
    assert_eq!(
        (totals.bought, totals.circulating),
        (Amount::MAX, Amount::ZERO)
    );
}

/// Nothing circulates and nothing is minted until a network begins, which no row between must tell.
#[test]
fn revenue_is_not_held_back_past_a_change_of_what_mints() {
    let rest = "[simulation]\nend = \"30d\"\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\ntick = \"1d\"\nkind = \"baseline\"\ntotal = 1_000_000\nhalf_life = \"10d\"\nbaseline = 100\ndoubling = \"100d\"\npower = [{ is = 0 }, { from = \"10d\", is = 1_000 }]\n[fees]\nrevenue = 5\nper = \"1d\"\nroutes = { burn = 1 }\n";
    let design = parse(rest, Overrides::default());
    let mut engine = Engine::new(&design).unwrap();
    engine.advance(design.window.end).unwrap();
    // The first units come with the eleventh day, and pay its period and the nineteen after it.
    assert_eq!(engine.log().shortfall().periods, 10);
    assert_eq!(engine.log().shortfall().last, at("2025-01-11"));
    assert_eq!(engine.row().unwrap().totals.burned.get(), 20 * 5);
}
