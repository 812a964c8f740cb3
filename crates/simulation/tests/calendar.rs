//! The end of the calendar: what leads past it is an error, and what has no end is counted to it.

use tokenomics_simulation::{calendar, Design, Invalid, Overrides, Period};
use tokenomics_vesting::Schedule as _;

const TOKEN: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 6\ngenesis = 2026-01-01\n";
/// The seconds from that genesis to 9999-12-31T23:59:59Z.
const SECONDS: u64 = 251_635_075_199;

fn read(rest: &str) -> Result<Design, Invalid> {
    Design::parse("d", &format!("{TOKEN}{rest}"), Overrides::default())
}

fn emission(rest: &str) -> String {
    format!("[[emission]]\nname = \"E\"\nstakeholder = \"users\"\n{rest}\n")
}

#[track_caller]
fn too_late(rest: &str, value: &str) {
    let invalid = read(rest).expect_err(rest);
    let text = format!("{TOKEN}{rest}");
    assert_eq!(invalid.count(), 1, "{:?}", invalid.problems());
    let problem = &invalid.problems()[0];
    assert_eq!(&text[problem.span.clone()], value);
    let wanted = format!(
        "`{}` after 2026-01-01T00:00:00Z is past the year 9999",
        value.trim_matches('"')
    );
    assert_eq!(problem.message, wanted);
    let help = problem.help.as_deref();
    assert_eq!(help, Some("the last date there is is 9999-12-31T23:59:59Z"));
}

/// The last length of each unit that stays within the calendar, and the first that doesn't.
fn lengths() -> [(String, String); 5] {
    [
        (format!("\"{SECONDS}s\""), format!("\"{}s\"", SECONDS + 1)),
        ("\"2912442d\"".to_owned(), "\"2912443d\"".to_owned()),
        ("\"95687mo\"".to_owned(), "\"95688mo\"".to_owned()),
        ("\"7973y\"".to_owned(), "\"7974y\"".to_owned()),
        ("\"1w\"".to_owned(), format!("\"{}w\"", u64::MAX / 604_800)),
    ]
}

#[test]
fn a_length_that_leads_past_the_calendar_is_an_error_wherever_a_date_may_stand() {
    let allocation = |rest: &str| {
        format!("[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1\n{rest}\n")
    };
    let places: [fn(&str) -> String; 5] = [
        |length| format!("schedule = {{ kind = \"linear\", end = {length} }}"),
        |length| format!("schedule = {{ kind = \"cliff\", at = {length} }}"),
        |length| {
            format!("schedule = {{ kind = \"graded\", grades = [{{ at = {length}, share = 1 }}] }}")
        },
        |length| format!("[simulation]\nstep = \"99y\"\nend = {length}"),
        |length| {
            format!("[fees]\nrevenue = 1\nper = \"99y\"\nroutes = {{ burn = 1 }}\nend = {length}")
        },
    ];
    for place in places {
        for (last, beyond) in lengths() {
            let design = read(&allocation(&place(&last)));
            assert!(
                design.is_ok(),
                "{last}: {:?}",
                design.map_err(|it| it.problems().to_vec())
            );
            too_late(&allocation(&place(&beyond)), &beyond);
        }
    }
    for (_, beyond) in lengths() {
        too_late(
            &emission(&format!("kind = \"constant\"\nrate = 1\nend = {beyond}")),
            &beyond,
        );
    }
}

#[test]
fn a_length_to_the_last_second_ends_there() {
    let rest = format!("[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 1\nschedule = {{ kind = \"linear\", end = \"{SECONDS}s\" }}\n");
    let design = read(&rest).unwrap();
    assert_eq!(design.allocations[0].schedules[0].end(), calendar::LAST);
    assert_eq!(design.window.end, calendar::LAST);
}

#[test]
fn unix_seconds_go_to_the_last_second() {
    let end = |end: &str| format!("[simulation]\nstep = \"99y\"\nend = {end}\n");
    assert_eq!(
        read(&end("253402300799")).unwrap().window.end,
        calendar::LAST
    );
    let invalid = read(&end("253402300800")).unwrap_err();
    let message = &invalid.problems()[0].message;
    assert!(
        message.contains("is not a second between 1970-01-01 and 9999-12-31"),
        "{message}"
    );
}

#[test]
fn ticks_that_go_on_past_the_calendar_are_counted_to_its_end() {
    let epochs = |ticks: u64| {
        let epochs = format!("epochs = [{{ length = {ticks}, total = 5 }}]");
        read(&emission(&format!("kind = \"step-epochs\"\n{epochs}"))).unwrap()
    };
    for ticks in [SECONDS, SECONDS + 1, u64::MAX] {
        let design = epochs(ticks);
        assert_eq!(design.emissions[0].end(), calendar::LAST, "{ticks}");
        assert_eq!(design.window.end, calendar::LAST, "{ticks}");
    }
    let design = epochs(SECONDS - 1);
    assert_eq!(design.emissions[0].end().get(), calendar::LAST.get() - 1);
    assert_eq!(design.window.end.get(), calendar::LAST.get() - 1);
}

#[test]
fn what_tapers_off_without_an_end_is_counted_to_the_last_tick_of_the_calendar() {
    for (tick, left) in [(1, 0), (7, SECONDS % 7), (1_000, SECONDS % 1_000)] {
        let curve = format!(
            "kind = \"exponential\"\ntick = \"{tick}s\"\ntotal = 5\nhalf_life = {}",
            7_000 / tick
        );
        let design = read(&emission(&curve)).unwrap();
        assert_eq!(
            design.emissions[0].end().get(),
            calendar::LAST.get() - left,
            "{tick}"
        );
    }
}

#[test]
fn a_period_leads_to_the_last_second_and_no_further() {
    let anchor = calendar::parse_date("9998-12-31T23:59:59Z").unwrap();
    let last = Some(calendar::LAST);
    for (period, count) in [
        ("1y", 1),
        ("6mo", 2),
        ("365d", 1),
        ("5d", 73),
        ("31536000s", 1),
    ] {
        let period = Period::parse(period).unwrap();
        assert_eq!(period.after(anchor, count), last, "{period}");
        assert_eq!(period.after(anchor, count + 1), None, "{period}");
        assert_eq!(period.after(anchor, u64::MAX), None, "{period}");
    }
    let later = calendar::in_range(anchor.get() as i64 + 1).unwrap();
    assert_eq!(Period::Seconds(31_536_000).after(later, 1), None);
    assert_eq!(Period::Months(12).after(later, 1), None);
}

#[test]
fn a_grid_whose_step_leads_past_the_calendar_is_its_two_ends() {
    let start = calendar::parse_date("9990-01-01").unwrap();
    for step in ["10y", "99999y", "9999999w"] {
        let step = Period::parse(step).unwrap();
        let points: Vec<_> = calendar::grid(start, calendar::LAST, step).collect();
        assert_eq!(points, [start, calendar::LAST], "{step}");
    }
}
