//! What a run comes to, on designs small enough to work out by hand.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{calendar, run, Design, Overrides, Run, Stakeholder, Summary};
use tokenomics_vesting::{Grant, Linear, Milestones, Schedule as _};

#[allow(unreachable_pub)]
mod common;
use common::{circulation_dates, rows};

fn design(text: &str) -> Design {
    Design::parse("d", text, Overrides::default()).unwrap_or_else(|error| {
        panic!("{:?}", error.problems());
    })
}

/// A token without decimals that begins with the year 2026.
fn token(rest: &str) -> Design {
    let token = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n";
    design(&format!("{token}{rest}"))
}

fn with_allocation(amount: u64, schedule: &str, rest: &str) -> Design {
    token(&format!(
        "[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = {amount}\nschedule = {schedule}\n{rest}"
    ))
}

fn at(text: &str) -> Timestamp {
    calendar::parse_date(text).unwrap()
}

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

#[test]
fn revenue_in_another_asset_is_paid_bought_and_burned_to_the_last_unit() {
    let fees = "[escrow]\nshare = 0.1\nduration = \"300d\"\n[fees]\nasset = \"USD\"\ndecimals = 2\nprice = 3\nrevenue = 100\nper = \"10d\"\nroutes = { lockers = 0.5, treasury = 0.2, buyback = 0.2, burn = 0.1 }\n[simulation]\nend = \"25d\"\nstep = \"5d\"\n";
    let design = with_allocation(1_000, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    let row = &run.last;
    // Two periods of 100.00 USD are over: 100.00 to lockers, 40.00 to the treasury.
    assert_eq!(
        row.routed.map(Amount::get),
        [10_000, 4_000, 4_000, 2_000, 0, 0, 0, 0]
    );
    // 20.00 USD buy 6 tokens for 18.00 and leave 2.00, which with the next 20.00 buy 7 more.
    assert_eq!(run.last.totals.bought.get(), 13);
    // 10.00 buy 3 for 9.00, and 11.00 buy 3 again.
    assert_eq!(row.totals.burned.get(), 6);
    assert_eq!(row.totals.treasury.get(), 13);
    assert_eq!(row.totals.total_supply.get(), 994);
    let held = |name: &str| {
        let account = run.fee_accounts.iter().find(|(account, _)| account == name);
        account
            .unwrap_or_else(|| panic!("{:?}", run.fee_accounts))
            .1
            .get()
    };
    assert_eq!(held("sellers of the token"), 13 * 300 + 6 * 300);
    assert_eq!((held("buyback"), held("burn")), (100, 200));
    assert_eq!((held("lockers"), held("waiting for lockers")), (10_000, 0));
    assert_eq!(held("outside"), 0);
}

#[test]
fn revenue_for_lockers_waits_for_the_first_of_them() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nrevenue = 100\nper = \"10d\"\nroutes = { lockers = 1 }\n[escrow]\nshare = 0.1\nduration = \"300d\"\nstart = \"15d\"\n[simulation]\nstep = \"5d\"\n";
    let waiting = |end: &str| {
        let design = with_allocation(
            1_000,
            "{ kind = \"cliff\" }",
            &format!("{fees}end = \"{end}\"\n"),
        );
        let run = run(&design).unwrap();
        let account = run
            .fee_accounts
            .iter()
            .find(|(name, _)| name == "waiting for lockers");
        (account.unwrap().1.get(), run.last.totals.unallocated.get())
    };
    assert_eq!(waiting("10d"), (100, 100));
    // On day 20 the locks of day 15 get what waited, too.
    assert_eq!(waiting("20d"), (0, 0));
}

#[test]
fn revenue_in_the_token_is_paid_as_far_as_it_circulates() {
    let fees = "[fees]\nrevenue = 60\nper = \"10d\"\nroutes = { burn = 0.5, treasury = 0.5 }\n[simulation]\nend = \"20d\"\nstep = \"10d\"\n";
    let design = with_allocation(100, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    let row = &run.last;
    assert_eq!(
        (
            row.totals.burned.get(),
            row.totals.treasury.get(),
            row.totals.circulating.get()
        ),
        (50, 50, 0)
    );
    assert_eq!(run.last.totals.unpaid.get(), 20);
}

#[test]
fn nothing_exists_before_genesis() {
    let overrides = Overrides {
        start: Some(at("2025-12-01")),
        end: Some(at("2026-01-02")),
        ..Overrides::default()
    };
    let text = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[simulation]\nstep = \"1d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 9\nschedule = { kind = \"linear\", start = 2025-12-25, end = 2026-01-03 }\n";
    let design = Design::parse("d", text, overrides).unwrap();
    let at_genesis = rows(&design)
        .iter()
        .position(|row| row.time == at("2026-01-01"))
        .unwrap();
    assert!(rows(&design)[..at_genesis]
        .iter()
        .all(|row| row.totals.total_supply.is_zero() && row.vested[0].is_zero()));
    assert_eq!(rows(&design)[at_genesis].vested[0].get(), 7);
}

#[test]
fn collateral_breaks_at_the_first_basis_point_too_many() {
    let design = token("[collateral]\nquote = \"USD\"\ndecimals = 6\n[[collateral.holding]]\nname = \"ETH\"\ndecimals = 18\namount = 10\nprice = 3_000\ninitial = 0.25\nmaintenance = 0.2\n[[collateral.debt]]\nname = \"USDC\"\ndecimals = 6\namount = 12_000\nprice = 1\n");
    let run = run(&design).unwrap();
    let view = run.collateral.as_ref().unwrap();
    assert_eq!(view.value.get(), 30_000_000_000);
    assert_eq!(view.initial_credit.get(), 22_500_000_000);
    assert_eq!(view.maintenance_credit.get(), 24_000_000_000);
    assert_eq!(view.owed.get(), 12_000_000_000);
    // 10 · 3,000 · 0.8 · (1 − fall) ≥ 12,000 up to a fall of one half.
    assert_eq!(view.survives_fall_bps, Some(5_000));
    assert_eq!(
        view.falls.iter().filter(|(_, _, healthy)| *healthy).count(),
        6
    );
}

#[test]
fn stakeholders_add_up_to_the_maximum_supply() {
    let text = tokenomics_simulation::starter("Demo");
    let design = design(&text);
    let run = run(&design).unwrap();
    let all = Stakeholder::ALL.map(|who| run.stakeholder(who));
    let sum: u128 = all
        .iter()
        .map(|who| who.allocated.get() + who.to_be_minted.unwrap().get())
        .sum();
    assert_eq!(sum, design.all.get());
    let summary = serde_json::to_value(Summary::new(&run)).unwrap();
    assert_eq!(summary["conservation"]["holds"], true);
    assert_eq!(
        summary["conservation"]["sum_of_accounts"],
        summary["max_supply"]
    );
    assert_eq!(summary["steps"], rows(&design).len());
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

#[test]
fn revenue_ends_where_the_design_says() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nrevenue = 100\nper = \"10d\"\nstart = \"5d\"\nend = \"25d\"\nroutes = { treasury = 1 }\n[simulation]\nend = \"60d\"\nstep = \"1d\"\n";
    let design = with_allocation(1, "{ kind = \"cliff\" }", fees);
    // Periods are over on days 15, 25 (and would be on 35, 45 and 55).
    let earned: Vec<_> = rows(&design)
        .iter()
        .map(|row| row.routed[1].get())
        .collect();
    assert_eq!(
        (earned[14], earned[15], earned[24], earned[25], earned[26]),
        (0, 100, 100, 200, 200)
    );
    assert_eq!(earned[60], 200);
}

#[test]
fn sellers_are_paid_the_price_rounded_up() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nprice = \"3/2\"\nrevenue = 5\nper = \"10d\"\nroutes = { buyback = 1 }\n[simulation]\nend = \"10d\"\n";
    let design = with_allocation(100, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    // 5 buy 3 at 1.5, which cost 4.5: the half that can't be paid goes to the sellers.
    assert_eq!(run.last.totals.bought.get(), 3);
    let paid = run
        .fee_accounts
        .iter()
        .find(|(name, _)| name == "sellers of the token");
    assert_eq!(paid.unwrap().1.get(), 5);
}

#[test]
fn no_more_is_bought_than_circulates() {
    let fees = "[fees]\nasset = \"USD\"\ndecimals = 0\nprice = 1\nrevenue = 1000\nper = \"10d\"\nroutes = { buyback = 0.5, burn = 0.5 }\n[simulation]\nend = \"10d\"\n";
    let design = with_allocation(700, "{ kind = \"cliff\" }", fees);
    let run = run(&design).unwrap();
    let row = &run.last;
    assert_eq!(
        (
            row.totals.treasury.get(),
            row.totals.burned.get(),
            row.totals.circulating.get()
        ),
        (500, 200, 0)
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
fn the_survived_fall_is_exact_to_the_basis_point() {
    // 24,000 · (1 − fall) ≥ debt: ⌊10,000 · (1 − debt / 24,000)⌋ basis points.
    for (debt, survived) in [
        (12_345, Some(4_856)),
        (7_777, Some(6_759)),
        (24_000, Some(0)),
        (24_001, None),
    ] {
        let design = token(&format!("[collateral]\nquote = \"USD\"\ndecimals = 6\n[[collateral.holding]]\nname = \"ETH\"\ndecimals = 18\namount = 10\nprice = 3_000\ninitial = 0.25\nmaintenance = 0.2\n[[collateral.debt]]\nname = \"USDC\"\ndecimals = 6\namount = {debt}\nprice = 1\n"));
        let run = run(&design).unwrap();
        assert_eq!(
            run.collateral.unwrap().survives_fall_bps,
            survived,
            "{debt}"
        );
    }
}

#[test]
fn a_window_that_begins_later_finds_the_locks_and_the_revenue_of_the_time_before() {
    let text = |start: &str| {
        format!("[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\nclaim_every = \"15d\"\nschedule = {{ kind = \"linear\", end = \"100d\" }}\n[escrow]\nshare = 0.5\nduration = \"30d\"\ngranule = \"1d\"\nrenew = false\n[fees]\nasset = \"USD\"\ndecimals = 0\nprice = 2\nrevenue = 11\nper = \"10d\"\nroutes = {{ lockers = 0.5, burn = 0.5 }}\n[simulation]\nstart = \"{start}\"\nend = 2026-06-01\nstep = \"5d\"\n")
    };
    let (whole, part) = (design(&text("5d")), design(&text("50d")));
    assert_eq!(rows(&whole)[9..], rows(&part)[..]);
    let (whole, part) = (run(&whole).unwrap(), run(&part).unwrap());
    assert_eq!(whole.accounts, part.accounts);
    assert_eq!(whole.fee_accounts, part.fee_accounts);
}

/// The amounts minted by the ends of the first days of 2026, with six decimals.
fn minted_by_day(emission: &str, days: usize) -> Vec<u128> {
    let window = format!("[simulation]\nstep = \"1d\"\nend = \"{days}d\"\n");
    let text = format!("[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 6\ngenesis = 2026-01-01\n{window}[[emission]]\nname = \"E\"\nstakeholder = \"users\"\n{emission}\n");
    let design = Design::parse("d", &text, Overrides::default()).unwrap();
    let minted = rows(&design)
        .into_iter()
        .skip(1)
        .map(|row| row.totals.emitted.get());
    minted.collect()
}

#[test]
fn every_kind_of_emission_mints_what_its_parameters_say() {
    let by_day = |emission: &str| minted_by_day(emission, 4);
    // A tick is a second if nothing else is said, and a rate is for a tick.
    assert_eq!(
        by_day("kind = \"constant\"\nrate = 2\nper = \"1d\"\nend = \"3d\""),
        [2_000_000, 4_000_000, 6_000_000, 6_000_000]
    );
    // A total that no day divides is whole at its end.
    assert_eq!(
        by_day("kind = \"constant\"\ntotal = \"0.00001\"\nend = \"3d\""),
        [3, 6, 10, 10]
    );
    // Down from 4 a day to nothing: 4 − 4/3·t a day, 4t − 2/3·t² by then.
    assert_eq!(
        by_day("kind = \"linear-rate\"\nrate = 4\nlast_rate = 0\nper = \"1d\"\nend = \"3d\""),
        [3_333_333, 5_333_333, 6_000_000, 6_000_000]
    );
    assert_eq!(
        by_day("kind = \"step-epochs\"\ntick = \"1d\"\nepochs = [{ length = 1, rate = 5 }, { length = \"2d\", total = 3 }]"),
        [5_000_000, 6_500_000, 8_000_000, 8_000_000]
    );
    assert_eq!(
        by_day("kind = \"geometric-epochs\"\ntick = \"1d\"\nrate = 4\nepoch = 1\ndecay = 0.5\nmax_epochs = 3"),
        [4_000_000, 6_000_000, 7_000_000, 7_000_000]
    );
    // Half of what is left every day: as a part of it each day, as an exponential, and as epochs.
    for halving in [
        "kind = \"geometric\"\nepoch = 1\ndecay = \"1/2\"",
        "kind = \"exponential\"\nhalf_life = \"1d\"",
    ] {
        assert_eq!(
            by_day(&format!("{halving}\ntotal = 16\ntick = \"1d\"")),
            [8_000_000, 12_000_000, 14_000_000, 15_000_000]
        );
    }
    // 16·(1 − e^(−t)), by mpmath.
    assert_eq!(
        by_day("kind = \"exponential\"\ntotal = 16\nrate = 1\nper = \"1d\""),
        [10_113_928, 13_834_635, 15_203_406, 15_706_949]
    );
    // 16 / (1 + 15·e^(−t)) − 1, by mpmath.
    assert_eq!(
        by_day("kind = \"logistic\"\nsupply = 1\nceiling = 16\nrate = 1\nper = \"1d\""),
        [1_454_668, 4_280_477, 8_159_574, 11_551_632]
    );
    // A tenth of it, with compounding, in every two days.
    assert_eq!(
        by_day("kind = \"compounding\"\nsupply = 100\nrate = 0.1\nperiod = \"2d\"\nend = \"4d\""),
        [5_000_000, 10_000_000, 15_500_000, 21_000_000]
    );
    // 8%, then a quarter less each day, but not below 5%.
    assert_eq!(
        by_day("kind = \"disinflation\"\nsupply = 100\ninitial = 0.08\ntaper = 0.25\nterminal = 0.05\nyear = \"1d\"\nend = \"4d\""),
        [8_000_000, 14_480_000, 20_204_000, 26_214_200]
    );
    // Down to the tail's rate, and on at that.
    assert_eq!(
        by_day(
            "kind = \"geometric\"\ntick = \"1d\"\nepoch = 1\ndecay = \"1/2\"\ntotal = 16\ntail = 3"
        ),
        [8_000_000, 12_000_000, 15_000_000, 18_000_000]
    );
    assert_eq!(
        by_day("kind = \"phases\"\ntick = \"1d\"\nphases = [{ kind = \"constant\", rate = 9, end = \"9d\" }, { from = \"2d\", kind = \"constant\", rate = 1 }]"),
        [9_000_000, 18_000_000, 19_000_000, 20_000_000]
    );
}

#[test]
fn what_has_no_end_is_minted_as_long_as_the_run_goes() {
    let endless = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 1\ntick = \"1d\"\n";
    let parse = |text: &str| design(text);
    let design = parse(endless);
    // Four years, where nothing else says how long.
    assert_eq!(calendar::date(design.window.end), "2030-01-01");
    assert!(design.is_endless());
    // Nothing of it is there before it is minted.
    assert_eq!((design.all.get(), design.max_supply()), (0, None));
    let run_of_it = run(&design).unwrap();
    assert_eq!(run_of_it.last.totals.emitted.get(), 1_461);
    assert_eq!(run_of_it.last.totals.unminted.get(), 0);
    assert_eq!(run_of_it.all.get(), 1_461);
    // Of phases the last decides.
    let phases = |last: &str| {
        let first = "{ kind = \"constant\", rate = 1 }";
        let curve = format!("kind = \"phases\"\ntick = \"1d\"\nphases = [{first}, {last}]\n");
        let constant = "kind = \"constant\"\nrate = 1\ntick = \"1d\"\n";
        parse(&endless.replace(constant, &curve))
    };
    let last = "from = \"9d\", kind = \"constant\", rate = 2";
    assert!(phases(&format!("{{ {last} }}")).is_endless());
    let ending = phases(&format!("{{ {last}, end = \"1d\" }}"));
    assert!(!ending.is_endless());
    assert_eq!(ending.all.get(), 9 + 2);
    // A cap is an end.
    let capped = parse(&format!("{endless}cap = 100\n"));
    assert!(!capped.is_endless());
    assert_eq!(calendar::date(capped.window.end), "2026-04-11");
    assert_eq!(capped.all.get(), 100);
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
