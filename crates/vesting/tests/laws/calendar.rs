//! The law of the calendar.

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_vesting::{Allocation, Calendar, CalendarParams, Date, Schedule};

use super::at;

/// 9999-12-31T23:59:59Z.
const LAST: u64 = 253_402_300_799;

/// The k-th instalment unlocks k times so many months after the start, on its day or the month's
/// last, at the start's time of day, and k parts have vested from then on: found by walking the
/// calendar from 1970, a month at a time. It is refused only where that leaves the year 9999.
pub fn on_the_day(start: u64, every: u16, day: u8, count: u16, total: u128) {
    let start = start % (LAST + 1);
    let (every, day, count) = (every.max(1), day % 31 + 1, count.max(1));
    let rule = Allocation::ALL[usize::from(day) % 7];
    let schedule = Calendar::new(CalendarParams {
        start: at(start),
        every,
        day,
        count: count.into(),
        total: Amount::new(total),
        allocation: rule,
    });
    let Ok(schedule) = schedule else {
        let last = walk(start, u32::from(every) * u32::from(count), day);
        assert_eq!(last, None, "{every} {day} {count}");
        return;
    };
    let count = u32::from(count);
    for k in [1, 2, count / 2, count].map(|k| k.clamp(1, count)) {
        let unlock = walk(start, u32::from(every) * k, day).map(at);
        assert_eq!(schedule.unlock(k), unlock, "{schedule:?}: {k}");
        let time = unlock.unwrap().get();
        let parts = |k| rule.cumulative(Amount::new(total), count, k);
        assert_eq!(schedule.vested_at(at(time)), parts(k), "{schedule:?}: {k}");
        assert_eq!(schedule.vested_at(at(time - 1)), parts(k - 1));
        let date = Date::of(at(time)).unwrap();
        assert_eq!(
            Date::new(date.year(), date.month(), date.day()),
            Ok(date),
            "{date}"
        );
        let midnight = date.midnight().get();
        assert!((midnight..midnight + 86_400).contains(&time));
    }
    assert_eq!(schedule.end(), schedule.unlock(count).unwrap());
    assert_eq!(
        (schedule.unlock(0), schedule.unlock(count + 1)),
        (None, None)
    );
    let past = Date::of(Timestamp::new(LAST + 1 + start));
    assert!(past.is_err());
}

/// The time of the day `day` of the month that is `months` after the one of `start`.
fn walk(start: u64, months: u32, day: u8) -> Option<u64> {
    let (days, second) = (start / 86_400, start % 86_400);
    // Midnight before the first of the month, and the month's number from January 1970.
    let (mut first, mut month) = (0, 0);
    while first + length(month) <= days {
        first += length(month);
        month += 1;
    }
    let target = month + u64::from(months);
    if target >= (10_000 - 1_970) * 12 {
        return None;
    }
    while month < target {
        first += length(month);
        month += 1;
    }
    let day = u64::from(day).min(length(month));
    Some((first + day - 1) * 86_400 + second)
}

/// Days of a month, numbered from January 1970.
fn length(month: u64) -> u64 {
    let year = 1_970 + month / 12;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let february = if leap { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    lengths[(month % 12) as usize]
}
