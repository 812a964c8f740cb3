//! The calendar, day by day and against `chrono`.

use chrono::{Datelike, Months, NaiveDate};
use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Allocation, Calendar, CalendarParams, Date, Error, Quantity, Schedule};

const DAY: u64 = 86_400;

fn date(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// A schedule of twelve units, on `day` every `every` months.
fn twelve(start: Date, every: u16, day: u8) -> Calendar {
    let (start, total) = (start.midnight(), Amount::new(12));
    Calendar::new(CalendarParams {
        start,
        every,
        day,
        count: 12,
        total,
        allocation: Allocation::FrontLoaded,
    })
    .unwrap()
}

fn days(schedule: &Calendar) -> Vec<String> {
    let unlocks = (1..=schedule.count()).map(|k| schedule.unlock(k).unwrap());
    let day = |at| Date::of(at).unwrap().to_string();
    unlocks.map(day).collect()
}

#[test]
fn every_day_from_1970_to_9999_is_chronos() {
    let mut theirs = NaiveDate::from_ymd_opt(1_970, 1, 1).unwrap();
    let mut midnight = 0;
    loop {
        let ours = Date::of(Timestamp::new(midnight)).unwrap();
        let (year, month, day) = (ours.year(), ours.month(), ours.day());
        assert_eq!(
            (i32::from(year), u32::from(month), u32::from(day)),
            (theirs.year(), theirs.month(), theirs.day()),
        );
        assert_eq!(Date::of(Timestamp::new(midnight + DAY - 1)), Ok(ours));
        assert_eq!(Date::new(year, month, day), Ok(ours));
        assert_eq!(ours.midnight().get(), midnight);
        midnight += DAY;
        theirs = theirs.succ_opt().unwrap();
        if theirs.year() == 10_000 {
            break;
        }
    }
    assert_eq!(midnight, 253_402_300_800);
    assert!(Date::of(Timestamp::new(midnight)).is_err());
}

#[test]
fn no_day_is_accepted_that_chrono_refuses() {
    for year in 1_960..=10_010 {
        for month in 0..=13 {
            for day in [0, 1, 28, 29, 30, 31, 32] {
                let theirs = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
                let theirs = theirs.filter(|_| (1_970..=9_999).contains(&year));
                assert_eq!(Date::new(year, month, day).is_ok(), theirs.is_some());
            }
        }
    }
}

#[test]
fn months_later_are_chronos_on_the_days_own_number() {
    for (year, month, day) in [
        (1_970, 1, 1),
        (1_999, 12, 31),
        (2_024, 2, 29),
        (2_096, 1, 30),
    ] {
        let theirs = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).unwrap();
        for months in 0..2_000 {
            let ours = date(year, month, day).months_later(months, day).unwrap();
            let theirs = theirs.checked_add_months(Months::new(months)).unwrap();
            assert_eq!(ours.to_string(), theirs.to_string());
        }
    }
    assert_eq!(
        date(9_999, 12, 1).months_later(1, 1),
        Err(Error::OutOfRange {
            what: Quantity::Year,
            value: 10_000,
            bound: 9_999
        })
    );
    assert!(date(1_970, 1, 1).months_later(u32::MAX, 1).is_err());
    assert!(date(1_970, 1, 1).months_later(1, 0).is_err());
    assert!(date(1_970, 1, 1).months_later(1, 32).is_err());
}

/// canton splice #6427 and Sovryn #180: a month of so many seconds drifts from the calendar.
#[test]
fn the_last_day_of_the_month_is_the_last_day_of_every_month() {
    let expected = [
        "2023-12-31",
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
        "2024-05-31",
        "2024-06-30",
        "2024-07-31",
        "2024-08-31",
        "2024-09-30",
        "2024-10-31",
        "2024-11-30",
    ];
    assert_eq!(days(&twelve(date(2_023, 11, 30), 1, 31)), expected);
    let quarterly = twelve(date(2_099, 11, 15), 3, 30);
    // 2100 is no leap year.
    assert_eq!(
        days(&quarterly)[..4],
        ["2100-02-28", "2100-05-30", "2100-08-30", "2100-11-30"]
    );
    let yearly = twelve(date(2_024, 2, 29), 12, 29);
    assert_eq!(
        days(&yearly)[..4],
        ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]
    );
}

#[test]
fn the_day_may_be_another_than_the_starts() {
    let first = twelve(date(2_024, 1, 31), 1, 1);
    assert_eq!(days(&first)[..2], ["2024-02-01", "2024-03-01"]);
    let last = twelve(date(2_024, 1, 1), 1, 31);
    assert_eq!(days(&last)[..2], ["2024-02-29", "2024-03-31"]);
    // The start's own month has no instalment, not on a day after the start either.
    assert_eq!(last.vested_at(date(2_024, 2, 28).midnight()), Amount::ZERO);
    assert_eq!(
        last.vested_at(date(2_024, 2, 29).midnight()),
        Amount::new(1)
    );
}

#[test]
fn the_time_of_day_is_kept() {
    let noon = Timestamp::new(date(2_024, 1, 10).midnight().get() + DAY / 2);
    let rule = Allocation::CumulativeRoundDown;
    let schedule = Calendar::new(CalendarParams {
        start: noon,
        every: 1,
        day: 10,
        count: 3,
        total: Amount::new(3),
        allocation: rule,
    })
    .unwrap();
    let february = date(2_024, 2, 10).midnight().get() + DAY / 2;
    assert_eq!(
        schedule.vested_at(Timestamp::new(february - 1)),
        Amount::ZERO
    );
    assert_eq!(schedule.vested_at(Timestamp::new(february)), Amount::new(1));
    assert_eq!(
        schedule.time_of(Amount::new(1)),
        Some(Timestamp::new(february))
    );
    assert_eq!(
        schedule.next_unlock_after(Timestamp::ZERO),
        Some(Timestamp::new(february))
    );
}

#[test]
fn what_no_calendar_has_is_refused_with_its_value() {
    let build = |start: u64, every, day, count| {
        let rule = Allocation::Fractional;
        Calendar::new(CalendarParams {
            start: Timestamp::new(start),
            every,
            day,
            count,
            total: Amount::new(1),
            allocation: rule,
        })
    };
    let refused = |result: Result<Calendar, Error>, what| match result {
        Err(Error::OutOfRange { what: said, .. }) => assert_eq!(said, what),
        other => panic!("{other:?}"),
    };
    refused(build(0, 0, 1, 1), Quantity::Months);
    refused(build(0, 1, 0, 1), Quantity::DayOfMonth);
    refused(build(0, 1, 32, 1), Quantity::DayOfMonth);
    refused(build(0, 1, 1, 0), Quantity::Instalments);
    refused(build(253_402_300_800, 1, 1, 1), Quantity::UnixTime);
    refused(build(u64::MAX, 1, 1, 1), Quantity::UnixTime);
    refused(build(0, u16::MAX, 1, u32::MAX), Quantity::Year);
    // December 9999 is the last month, and the month after it none.
    let months = 8_030 * 12 - 1;
    assert_eq!(
        build(DAY - 1, 1, 31, months).unwrap().end().get(),
        253_402_300_799
    );
    refused(build(0, 1, 31, months + 1), Quantity::Year);
}

#[cfg(feature = "chrono")]
mod conversions {
    use chrono::{DateTime, NaiveDate, Utc};
    use tokenomics_fixed_math::Timestamp;
    use tokenomics_vesting::chrono::{date_time, timestamp};
    use tokenomics_vesting::Date;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn what_goes_to_chrono_comes_back_and_nothing_is_cut_off() {
        for at in [0, 1, 951_782_399, 951_782_400, 253_402_300_799] {
            let at = Timestamp::new(at);
            let there = date_time(at).unwrap();
            assert_eq!(timestamp(there), Ok(at));
            let date = Date::of(at).unwrap();
            assert_eq!(NaiveDate::from(date), there.date_naive());
            assert_eq!(Date::try_from(there.date_naive()), Ok(date));
        }
        assert_eq!(
            timestamp(utc("9999-12-31T23:59:59Z")),
            Ok(Timestamp::new(253_402_300_799))
        );
        for refused in [
            utc("1969-12-31T23:59:59Z"),
            utc("-0001-01-01T00:00:00Z"),
            utc("+10000-01-01T00:00:00Z"),
            utc("2024-01-01T00:00:00.5Z"),
            DateTime::<Utc>::MAX_UTC,
            DateTime::<Utc>::MIN_UTC,
        ] {
            assert!(timestamp(refused).is_err(), "{refused}");
        }
        for refused in [NaiveDate::MIN, NaiveDate::MAX] {
            assert!(Date::try_from(refused).is_err());
        }
        assert!(date_time(Timestamp::new(253_402_300_800)).is_err());
        assert!(date_time(Timestamp::MAX).is_err());
    }
}
