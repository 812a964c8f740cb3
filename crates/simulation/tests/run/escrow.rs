//! Locks, which run down, open and are made anew.

use tokenomics_fixed_math::Timestamp;
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
    // Those of days 11 to 20: each day five that opened and five that are new.
    let design = growing_locks("1d", "20d");
    let open = run(&design).unwrap().expiries;
    let day = |days: u64| Some(Timestamp::new(at("2026-01-21").get() + days * 86_400));
    let open: Vec<_> = open.iter().map(|one| (one.end, one.amount.get())).collect();
    assert_eq!(open.len(), 10);
    assert_eq!((open[0], open[9]), ((day(1), 10), (day(10), 10)));
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

/// Programmes of locks over a supply of 1,000, of which all is there from the start.
fn programmes(common: &str, programmes: &[&str], rest: &str) -> Design {
    let each = programmes.iter();
    let each: String = each
        .map(|one| format!("[[escrow.programme]]\n{one}\n"))
        .collect();
    let text = format!(
        "[escrow]\ngranule = \"1d\"\n{common}\n{each}[simulation]\nstep = \"1d\"\n{rest}\n"
    );
    with_allocation(1_000, "{ kind = \"cliff\" }", &text)
}

/// The votes under each programme, day by day.
fn votes(design: &Design) -> Vec<Vec<u128>> {
    let units = |row: &tokenomics_simulation::Row| row.votes.iter().map(|v| v.get()).collect();
    rows(design).iter().map(units).collect()
}

#[test]
fn one_programme_that_says_what_escrow_says_runs_like_it() {
    let rest = "[simulation]\nend = \"25d\"\nstep = \"1d\"\n";
    let keys = "share = 0.5\nduration = \"10d\"\nrenew = false\nevery = \"3d\"\n";
    let common = "granule = \"2d\"\nmax = \"20d\"\n";
    let plain = format!("[escrow]\n{common}{keys}{rest}");
    let listed = format!("[escrow]\n{common}[[escrow.programme]]\nname = \"P\"\n{keys}{rest}");
    let [plain, listed] = [plain, listed].map(|text| {
        rows(&with_allocation(
            1_000,
            "{ kind = \"linear\", end = \"30d\" }",
            &text,
        ))
    });
    assert_eq!(plain, listed);
}

#[test]
fn each_kind_weighs_as_it_says_and_the_sum_is_divided_once() {
    let design = programmes(
        "max = \"8d\"",
        &[
            "name = \"D\"\nshare = 0.101\nduration = \"8d\"\nmultiplier = 2\nrenew = false\nevery = \"100d\"",
            "name = \"C\"\nkind = \"constant\"\nshare = 0.2\nduration = \"4d\"\nmultiplier = 0.5\nrenew = false\nevery = \"100d\"",
            "name = \"P\"\nkind = \"permanent\"\nshare = 0.3\nevery = \"100d\"",
            "name = \"G\"\nkind = \"growing\"\nshare = 0.1\nfrom = 1\nto = 3\nover = \"4d\"\nevery = \"100d\"",
        ],
        "end = \"9d\"",
    );
    let expected = [
        [202, 100, 300, 100],
        [176, 100, 300, 150],
        [151, 100, 300, 200],
        [126, 100, 300, 250],
        [101, 0, 300, 300],
        [75, 0, 300, 300],
        [50, 0, 300, 300],
        [25, 0, 300, 300],
        [0, 0, 300, 300],
    ];
    assert_eq!(votes(&design)[..9], expected.map(Vec::from));
    let rows = rows(&design);
    let totals = |day: usize| rows[day].totals;
    // 176.75, 100, 300 and 150.
    assert_eq!(totals(1).vote_weight.get(), 726);
    let locked = [0, 4, 8].map(|day| totals(day).locked.get());
    assert_eq!(locked, [701, 501, 400]);
    let open = run(&design).unwrap().expiries;
    let open = open
        .iter()
        .map(|one| (one.programme, one.end, one.amount.get()));
    assert_eq!(open.collect::<Vec<_>>(), [(2, None, 300), (3, None, 100)]);
    let last: Vec<u128> = rows[8].locked.iter().map(|amount| amount.get()).collect();
    assert_eq!(last, [0, 0, 300, 100]);
}

/// Under conviction, a lock of a week weighs its amount and one of four weeks three times as much.
#[test]
fn a_table_of_lengths_gives_the_multiplier() {
    let length = |weeks: u64, rest: &str| {
        let one = format!(
            "name = \"{weeks}\"\nkind = \"constant\"\nshare = 0.1\nduration = \"{weeks}w\"\n{rest}"
        );
        let design = programmes("", &[&one], "end = \"1d\"");
        votes(&design)[0][0]
    };
    let conviction = "multipliers = \"conviction\"\nperiod = \"1w\"";
    let found = [1, 3, 4, 32].map(|weeks| length(weeks, conviction));
    assert_eq!(found, [100, 200, 300, 600]);
    let table = "multipliers = [{ length = \"2w\", multiplier = 1.5 }, { length = \"4w\", multiplier = 2 }]";
    assert_eq!(
        [2, 3, 4, 9].map(|weeks| length(weeks, table)),
        [150, 150, 200, 200]
    );
}

/// What is locked keeps its age when it is renewed: each day's locks grow by themselves, and those that
/// are full are as one.
#[test]
fn locks_that_grow_keep_their_age() {
    let growing = "[escrow]\ngranule = \"1d\"\n[[escrow.programme]]\nname = \"G\"\nkind = \"growing\"\nshare = 1\nfrom = 0\nto = 2\nover = \"4d\"\n";
    let weights = |rest: &str| {
        let text = format!("{growing}{rest}[simulation]\nend = \"8d\"\nstep = \"1d\"\n");
        let linear = "{ kind = \"linear\", end = \"100d\" }";
        let rows = rows(&with_allocation(1_000, linear, &text));
        rows.iter()
            .map(|row| row.totals.vote_weight.get())
            .collect::<Vec<_>>()
    };
    // Ten a day: 0, 5, 10, 15, and 20 from the fourth day of each on.
    let for_good = weights("");
    assert_eq!(for_good, [0, 0, 5, 15, 30, 50, 70, 90, 110]);
    assert_eq!(weights("duration = \"2d\"\n"), for_good);
    // Left to run down, all that is made on a day opens after two, and is made anew.
    assert_eq!(
        weights("duration = \"2d\"\nrenew = false\n"),
        [0, 0, 5, 5, 10, 10, 15, 15, 20]
    );
}

/// Half of the supply is burned while the first programme holds its half: nothing is left for the second.
#[test]
fn a_programme_locks_no_more_than_is_free() {
    let design = programmes(
        "",
        &[
            "name = \"A\"\nkind = \"permanent\"\nshare = 0.5",
            "name = \"B\"\nshare = 0.5\nduration = \"30d\"\nstart = \"5d\"",
        ],
        "end = \"6d\"\n[fees]\nrevenue = 300\nper = \"4d\"\nroutes = { burn = 1 }",
    );
    let run = run(&design).unwrap();
    let locked: Vec<u128> = run.last.locked.iter().map(|amount| amount.get()).collect();
    // Of 700 each would have 350.
    assert_eq!(locked, [500, 200]);
}
