//! The record's points for charts and its years, in windows of every length.

use tokenomics_simulation::{calendar, run, Design, Engine, Overrides, Point, Year};

/// A token of 2026 with a window of so many seconds, or to a date.
fn design(end: &str, rest: &str) -> Design {
    let text = format!("[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[simulation]\nend = {end}\nstep = \"50y\"\n{rest}");
    let design = Design::parse("d", &text, Overrides::default());
    design.unwrap_or_else(|error| panic!("{:?}", error.problems()))
}

fn linear(length: &str, rest: &str) -> String {
    format!("[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1_000\nschedule = {{ kind = \"linear\", end = \"{length}\" }}\n{rest}")
}

/// The seconds from genesis to each point.
fn seconds(design: &Design, points: &[Point]) -> Vec<u64> {
    let genesis = design.token.genesis.get();
    points.iter().map(|it| it.time.get() - genesis).collect()
}

#[test]
fn a_curve_has_a_thousand_equal_distances_at_most_and_ends_with_the_window() {
    for (length, distance, count) in [
        (999, 1, 1_000),
        (1_000, 1, 1_001),
        (1_001, 2, 502),
        (1_999, 2, 1_001),
        (2_000, 2, 1_001),
        (2_001, 3, 668),
    ] {
        let design = design(&format!("\"{length}s\""), "");
        let points = seconds(&design, &run(&design).unwrap().curve.whole);
        assert_eq!(points.len(), count, "{length}");
        let grid = points.iter().zip(0..).take(count - 1);
        assert!(grid.clone().all(|(at, n)| *at == n * distance), "{length}");
        assert_eq!(points[count - 1], length);
    }
}

#[test]
fn each_point_of_a_curve_is_the_row_of_its_instant() {
    let rest = "claim_every = \"70d\"\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\ntick = \"1d\"\nrate = 3\nend = \"2y\"\n[fees]\nrevenue = 7\nper = \"5d\"\nroutes = { burn = 0.5, treasury = 0.5 }\n";
    let design = design("\"40y\"", &linear("4y", rest));
    let curve = run(&design).unwrap().curve;
    for points in [curve.whole, curve.eventful.unwrap()] {
        let mut engine = Engine::new(&design).unwrap();
        for point in points {
            engine.advance(point.time).unwrap();
            let row = engine.row().unwrap();
            assert_eq!((row.time, row.totals), (point.time, point.totals));
            assert_eq!((row.minted, row.flows), (point.minted, point.flows));
            assert_eq!(row.revenue_until, point.revenue_until);
        }
    }
}

/// A hundred years are 3,155,673,600 s, of which a thousandth of the 64th part is 49,307.4 s: points begin
/// at a distance of 49,308 s, and whenever there are more than 1,001 every second goes.
#[test]
fn the_eventful_part_goes_a_tenth_beyond_the_last_that_matters() {
    let claimed = "claim_every = \"10y\"\n";
    let minted = "[[emission]]\nname = \"E\"\nstakeholder = \"users\"\nkind = \"constant\"\ntotal = 1_000\nend = \"8y\"\n";
    for (rest, distance, count) in [
        // A hundredth is outstanding at 124,968,096.2 s; the next point is the 634th, and a tenth beyond
        // it lies beyond the 697th.
        ("", 4 * 49_308, 698),
        // Of 2,000 at 247,411,584 s, then with the 628th and the 690th.
        (minted, 8 * 49_308, 691),
        // Claimed at 315,532,800 s, then with the 800th and the 880th.
        (claimed, 8 * 49_308, 881),
    ] {
        let design = design("\"100y\"", &linear("4y", rest));
        let points = run(&design).unwrap().curve.eventful.unwrap();
        let at = seconds(&design, &points);
        assert_eq!((at[0], at.len()), (0, count), "{rest}");
        assert!(at.windows(2).all(|two| two[1] == two[0] + distance));
    }
}

#[test]
fn a_window_of_thirty_years_or_with_events_in_most_of_it_is_drawn_whole() {
    let is_parted = |end: &str, length: &str| {
        let design = design(end, &linear(length, ""));
        run(&design).unwrap().curve.eventful.is_some()
    };
    assert!(!is_parted("\"946708560s\"", "1y"));
    assert!(is_parted("\"946708561s\"", "1y"));
    // Of a century, 99% of 45 years and a tenth more are 49.0, and of 46 years 50.1.
    assert!(is_parted("\"100y\"", "45y"));
    assert!(!is_parted("\"100y\"", "46y"));
    // Nothing is outstanding from the beginning.
    let at_once = linear("1y", "").replace("\"linear\", end = \"1y\"", "\"cliff\"");
    let design = design("\"100y\"", &at_once);
    assert!(run(&design).unwrap().curve.eventful.is_none());
}

#[test]
fn years_begin_with_the_window_and_each_first_of_january() {
    let times = |start: &str, end: &str| {
        let overrides = Overrides {
            start: Some(calendar::parse_date(start).unwrap()),
            end: Some(calendar::parse_date(end).unwrap()),
            ..Overrides::default()
        };
        let text = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n";
        let design = Design::parse("d", text, overrides).unwrap();
        let years = run(&design).unwrap().years;
        let written = |year: &Year| calendar::rfc3339(year.time);
        years.iter().map(written).collect::<Vec<_>>()
    };
    let january = |year: u64| format!("{year}-01-01T00:00:00Z");
    let day = |day: &str| format!("{day}T00:00:00Z");
    let wanted = [
        day("2026-03-05"),
        january(2027),
        january(2028),
        day("2028-12-31"),
    ];
    assert_eq!(times("2026-03-05", "2028-12-31"), wanted);
    let wanted = [january(2026), january(2027), january(2028)];
    assert_eq!(times("2026-01-01", "2028-01-01"), wanted);
    let last = "2027-12-31T23:59:59Z";
    let wanted = [
        last.to_owned(),
        january(2028),
        "2028-01-01T00:00:01Z".to_owned(),
    ];
    assert_eq!(times(last, "2028-01-01T00:00:01Z"), wanted);
}
