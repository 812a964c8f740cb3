use super::*;

fn at(text: &str) -> Timestamp {
    calendar::parse_date(text).unwrap()
}

fn labels(ticks: &[Tick]) -> Vec<&str> {
    ticks.iter().map(|(_, label)| label.as_str()).collect()
}

#[test]
fn centuries_are_marked_by_years_and_a_quarter_by_months() {
    let long = dates(at("2020-08-13"), at("2265-01-01"), 6, 140);
    assert_eq!(labels(&long), ["2050", "2100", "2150", "2200", "2250"]);
    let short = dates(at("2024-01-15"), at("2024-04-15"), 6, 140);
    assert_eq!(labels(&short), ["Feb 2024", "Mar 2024", "Apr 2024"]);
    assert_eq!(short[0].0, at("2024-02-01").get() as f64);
}

#[test]
fn hours_and_seconds_are_marked_too() {
    let hours = dates(at("2024-01-15"), at("2024-01-15T06:00:00Z"), 6, 140);
    assert_eq!(labels(&hours)[..2], ["15 Jan 00:00", "15 Jan 01:00"]);
    let seconds = dates(Timestamp::new(5), Timestamp::new(8), 6, 140);
    assert_eq!(
        labels(&seconds),
        ["00:00:05", "00:00:06", "00:00:07", "00:00:08"]
    );
    let narrow = dates(at("2024-01-15"), at("2024-06-15"), 6, 46);
    assert_eq!(labels(&narrow), ["Mar 2024", "May 2024"]);
    assert_eq!(dates(Timestamp::new(5), Timestamp::new(5), 6, 140).len(), 1);
}

#[test]
fn the_longest_window_has_few_ticks() {
    let all = dates(Timestamp::ZERO, calendar::LAST, 5, 140);
    assert_eq!(labels(&all), ["2000", "4000", "6000", "8000"]);
}

#[test]
fn values_are_round_and_carry_their_unit() {
    let tokens = values(3_030_303_031.0, Unit::Tokens, 6);
    let text = labels(&tokens).join(" ").replace('\u{202f}', "");
    assert_eq!(text, "0 1B 2B 3B");
    let small = values(0.034, Unit::Tokens, 5);
    assert_eq!(labels(&small), ["0", "0.01", "0.02", "0.03"]);
    assert_eq!(
        labels(&values(22.0, Unit::Percent, 5)),
        ["0", "5%", "10%", "15%", "20%"]
    );
    assert_eq!(
        labels(&values(3.4e38, Unit::Tokens, 4)),
        ["0", "1·10³⁸", "2·10³⁸", "3·10³⁸"]
    );
}

#[test]
fn dates_are_at_natural_distances() {
    // In a window of one and a half of each, at the least two of them are marked.
    let second = |from: &str, next: &str| {
        let (from, next) = (at(from), at(next));
        let half = next.since(from).unwrap().get() / 2;
        let ticks = dates(from, Timestamp::new(next.get() + half), 1, 140);
        assert_eq!(ticks[0].0, from.get() as f64);
        (ticks.len(), ticks[1].0 - next.get() as f64)
    };
    for next in [
        "1970-01-01T00:00:01Z",
        "1970-01-01T00:00:10Z",
        "1970-01-01T00:01:00Z",
        "1970-01-01T00:10:00Z",
        "1970-01-01T01:00:00Z",
        "1970-01-01T03:00:00Z",
        "1970-01-01T12:00:00Z",
        "1970-01-02",
        "1970-01-03",
        "1970-01-08",
    ] {
        assert_eq!(second("1970-01-01", next), (2, 0.0), "{next}");
    }
    for next in [
        "2000-02-01",
        "2000-03-01",
        "2000-04-01",
        "2000-07-01",
        "2001-01-01",
        "2002-01-01",
        "2005-01-01",
        "2010-01-01",
        "2020-01-01",
        "2050-01-01",
        "2100-01-01",
        "2200-01-01",
        "2500-01-01",
        "3000-01-01",
        "4000-01-01",
    ] {
        assert_eq!(second("2000-01-01", next), (2, 0.0), "{next}");
    }
}

#[test]
fn dates_say_no_more_than_their_distance() {
    let each = |step: u64| {
        let ticks = dates(Timestamp::ZERO, Timestamp::new(4 * step), 4, 140);
        labels(&ticks)[1].to_owned()
    };
    assert_eq!(each(10), "00:00:10");
    assert_eq!(each(MINUTE), "1 Jan 00:01");
    assert_eq!(each(12 * HOUR), "1 Jan 12:00");
    assert_eq!(each(DAY), "2 Jan");
    assert_eq!(each(31 * DAY), "Feb 1970");
    let years = dates(at("2024-01-01"), at("2028-01-01"), 4, 140);
    assert_eq!(labels(&years), ["2024", "2025", "2026", "2027", "2028"]);
}

/// Labels of 8, 12, 12, 6, 8 and 4 letters, and two between two of them.
#[test]
fn dates_are_as_close_as_their_labels_allow() {
    for (end, room) in [
        ("1970-01-01T00:00:40Z", 50),
        ("1970-01-01T00:04:00Z", 70),
        ("1970-01-03T00:00:00Z", 70),
        ("1970-01-05T00:00:00Z", 40),
        ("1970-05-03T00:00:00Z", 50),
        ("1974-01-02T00:00:00Z", 30),
    ] {
        let count = |letters| dates(Timestamp::ZERO, at(end), 4, letters).len();
        assert_eq!(count(room), 5, "{end}");
        assert!(count(room - 1) < 5, "{end}");
    }
    // However little room there is, something is marked.
    let all = dates(Timestamp::ZERO, calendar::LAST, 5, 9);
    assert_eq!(labels(&all), ["2000", "4000", "6000", "8000"]);
}

#[test]
fn values_are_told_in_thousands_and_in_no_more_digits_than_needed() {
    let told = |top, most| {
        let ticks = values(top, Unit::Tokens, most);
        labels(&ticks).join(" ").replace('\u{202f}', "")
    };
    assert_eq!(told(0.5, 5), "0 0.1 0.2 0.3 0.4 0.5");
    assert_eq!(told(999.0, 2), "0 500");
    assert_eq!(told(1_000.0, 2), "0 0.5K 1.0K");
    assert_eq!(told(3e6, 3), "0 1M 2M 3M");
    assert_eq!(told(4e13, 2), "0 20T 40T");
    // A float's error above a round number is no reason for the next.
    assert_eq!(told(6.000_000_000_000_001, 3), "0 2 4 6");
}

#[test]
fn percentages_are_read_in_three_digits() {
    let read = [0.5, 9.99, 10.0, 75.25].map(|value| Unit::Percent.tell(value));
    assert_eq!(read, ["0.50%", "9.99%", "10.0%", "75.2%"]);
    assert_eq!(Unit::Tokens.tell(1_234.0), format::human_drawn(1_234.0));
}
