//! Four kinds of locks side by side and the gauges that they vote for, worked by hand.

use tokenomics_fixed_math::Amount;
use tokenomics_simulation::{run, Row, Summary};

use super::common::{csv, rows};
use super::with_allocation;

/// 10,000 tokens. At genesis 4,000 are locked for 100 days, 1,000 for 8 days, which are four periods and
/// three votes each, 500 for good with two votes each, and 2,000 from half a vote to one and a half after 10
/// days. 100 are minted a day for 20 days, in epochs of 5.
const PROGRAMMES: &str = r#"
[escrow]
granule = "1d"
[[escrow.programme]]
name = "Vote"
share = 0.4
duration = "100d"
renew = false
every = "500d"
[[escrow.programme]]
name = "Conviction"
kind = "constant"
share = 0.1
duration = "8d"
multipliers = "conviction"
period = "2d"
renew = false
every = "500d"
[[escrow.programme]]
name = "Forever"
kind = "permanent"
share = 0.05
multiplier = 2
every = "500d"
[[escrow.programme]]
name = "Loyal"
kind = "growing"
share = 0.2
from = 0.5
to = 1.5
over = "10d"
every = "500d"
[[gauge]]
name = "A"
stakeholder = "users"
votes = 0.5
[[gauge]]
name = "B"
stakeholder = "operators"
votes = { Vote = 0.25, Forever = 0.5 }
[[gauge]]
name = "C"
stakeholder = "users"
votes = { Loyal = 0.5 }
[[emission]]
name = "E"
stakeholder = "builders"
kind = "constant"
tick = "1d"
rate = 100
end = "20d"
gauges = "5d"
[simulation]
step = "1d"
end = "20d"
"#;

fn by_day() -> Vec<Row> {
    rows(&with_allocation(10_000, "{ kind = \"cliff\" }", PROGRAMMES))
}

fn units(amounts: &[Amount]) -> Vec<u128> {
    amounts.iter().map(|amount| amount.get()).collect()
}

#[test]
fn each_kind_weighs_by_its_own_rule() {
    let rows = by_day();
    for (day, votes) in [
        (0, [4_000, 3_000, 1_000, 1_000]),
        (1, [3_960, 3_000, 1_000, 1_200]),
        (7, [3_720, 3_000, 1_000, 2_400]),
        // The second programme's lock ends with day 8, and the fourth is full with day 10.
        (8, [3_680, 0, 1_000, 2_600]),
        (10, [3_600, 0, 1_000, 3_000]),
        (20, [3_200, 0, 1_000, 3_000]),
    ] {
        let row = &rows[day];
        assert_eq!(units(&row.votes), votes, "day {day}");
        assert_eq!(
            row.totals.vote_weight.get(),
            votes.iter().sum(),
            "day {day}"
        );
        let second = if day < 8 { 1_000 } else { 0 };
        assert_eq!(units(&row.locked), [4_000, second, 500, 2_000], "day {day}");
    }
}

/// By the votes of the last second before an epoch, which are next to those of its first instant:
///
/// - before day 5, A has half of 9,800, B a quarter of 3,800 and half of 1,000, and C half of 2,000: of
///   500 by 4,900 to 1,450 to 1,000 that is 333.3, 98.6 and 68.0;
/// - before day 10, half of 7,600, 900 and 500, and half of 3,000: 283.6, 104.5 and 111.9;
/// - before day 15, half of 7,400, 850 and 500, and 1,500: 282.4, 103.1 and 114.5.
///
/// What is left of the floors goes to the largest remainders.
#[test]
fn each_epoch_is_split_to_the_unit() {
    let rows = by_day();
    let got = |day: usize| units(&rows[day].gauges);
    assert_eq!([0, 5, 9].map(got), [[0; 3]; 3]);
    // Nobody had votes before day 0: the treasury has the first epoch's.
    assert_eq!(rows[5].totals.treasury.get(), 500);
    assert_eq!(got(10), [333, 99, 68]);
    assert_eq!(got(15), [333 + 284, 99 + 104, 68 + 112]);
    assert_eq!(got(20), [617 + 282, 203 + 103, 180 + 115]);
    let last = rows[20].totals;
    assert_eq!((last.treasury.get(), last.directed.get()), (500, 0));
    assert_eq!(last.circulating.get(), 10_000 + 1_500);
    // On day 20 half of 7,200, 800 and 500, and 1,500: of 6,400.
    let weights = [
        562_500_000_000_000_000,
        203_125_000_000_000_000,
        234_375_000_000_000_000,
    ];
    assert_eq!(rows[20].gauge_weights, weights);
}

#[test]
fn what_never_opens_has_no_end_among_the_expiries() {
    let design = with_allocation(10_000, "{ kind = \"cliff\" }", PROGRAMMES);
    let run = run(&design).unwrap();
    let day = |end: u64| (end - design.token.genesis.get()) / 86_400;
    let told = run.expiries.iter();
    let told = told.map(|one| {
        (
            one.programme,
            one.end.map(|end| day(end.get())),
            one.amount.get(),
        )
    });
    let wanted = [(0, Some(100), 4_000), (2, None, 500), (3, None, 2_000)];
    assert_eq!(told.collect::<Vec<_>>(), wanted);
}

#[test]
fn the_files_have_each_programme_and_each_gauge() {
    let design = with_allocation(10_000, "{ kind = \"cliff\" }", PROGRAMMES);
    let csv = String::from_utf8(csv(&design)).unwrap();
    let header = csv.lines().next().unwrap();
    let of_each = [
        [
            "locked:Vote",
            "locked:Conviction",
            "locked:Forever",
            "locked:Loyal",
        ]
        .join(","),
        [
            "vote_weight:Vote",
            "vote_weight:Conviction",
            "vote_weight:Forever",
            "vote_weight:Loyal",
        ]
        .join(","),
        ["gauge_share:A", "gauge_share:B", "gauge_share:C"].join(","),
        ["gauge_received:A", "gauge_received:B", "gauge_received:C"].join(","),
    ];
    let wanted = format!(",treasury,vested:A,{}", of_each.join(","));
    assert!(header.ends_with(&wanted), "{header}");
    let last = "2026-01-21T00:00:00Z,12000,11500,2000,0,6500,7200,500,10000,4000,0,500,2000,\
                3200,0,1000,3000,0.5625,0.203125,0.234375,899,306,295";
    assert_eq!(csv.lines().last().unwrap(), last);
    let summary = serde_json::to_value(Summary::new(&run(&design).unwrap())).unwrap();
    let programme = |name: &str, kind: &str, locked: &str, votes: &str| serde_json::json!({ "name": name, "kind": kind, "locked": locked, "vote_weight": votes });
    let programmes = [
        programme("Vote", "decaying", "4000", "3200"),
        programme("Conviction", "constant", "0", "0"),
        programme("Forever", "permanent", "500", "1000"),
        programme("Loyal", "growing", "2000", "3000"),
    ];
    assert_eq!(summary["programmes"].as_array().unwrap(), &programmes);
    let gauge = |name: &str, who: &str, share: &str, received: &str| serde_json::json!({ "name": name, "stakeholder": who, "share": share, "received": received });
    let gauges = [
        gauge("A", "users", "0.5625", "899"),
        gauge("B", "operators", "0.203125", "306"),
        gauge("C", "users", "0.234375", "295"),
    ];
    assert_eq!(summary["gauges"].as_array().unwrap(), &gauges);
}
