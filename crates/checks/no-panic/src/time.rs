//! `Timestamp`, `TimestampNanos` and `Span`.

use core::str::FromStr;

use tokenomics_fixed_math::{earliest, Span, Timestamp, TimestampNanos};

use crate::abi::{export, rounding, text, written};

export! {
    "Timestamp::new" (t: u64) => Timestamp::new(t);
    "Timestamp::get" (t: u64) => Timestamp::new(t).get();
    "Timestamp::checked_add" (t: u64, s: u64) => Timestamp::new(t).checked_add(Span::new(s));
    "Timestamp::checked_sub" (t: u64, s: u64) => Timestamp::new(t).checked_sub(Span::new(s));
    "Timestamp::since" (t: u64, s: u64) => Timestamp::new(t).since(Timestamp::new(s));
    "<Timestamp as From<u64>>::from" (t: u64) => Timestamp::from(t);
    "<Timestamp as Display>::fmt" (t: u64) => written(Timestamp::new(t));
    "<Timestamp as FromStr>::from_str" (at: *const u8, bytes: usize) =>
        Timestamp::from_str(text(at, bytes));

    "TimestampNanos::new" (t: u64) => TimestampNanos::new(t);
    "TimestampNanos::get" (t: u64) => TimestampNanos::new(t).get();
    "TimestampNanos::from_seconds" (t: u64) => TimestampNanos::from_seconds(Timestamp::new(t));
    "TimestampNanos::to_seconds" (t: u64, r: u32) => TimestampNanos::new(t).to_seconds(rounding(r));
    "<TimestampNanos as From<u64>>::from" (t: u64) => TimestampNanos::from(t);
    "<TimestampNanos as Display>::fmt" (t: u64) => written(TimestampNanos::new(t));
    "<TimestampNanos as FromStr>::from_str" (at: *const u8, bytes: usize) =>
        TimestampNanos::from_str(text(at, bytes));

    "earliest" (low: u64, high: u64, first: u64) =>
        earliest(Timestamp::new(low), Timestamp::new(high), |at| at.get() >= first);

    "Span::new" (s: u64) => Span::new(s);
    "Span::from_mins" (n: u32) => Span::from_mins(n);
    "Span::from_hours" (n: u32) => Span::from_hours(n);
    "Span::from_days" (n: u32) => Span::from_days(n);
    "Span::from_weeks" (n: u32) => Span::from_weeks(n);
    "Span::get" (s: u64) => Span::new(s).get();
    "Span::is_zero" (s: u64) => Span::new(s).is_zero();
    "Span::checked_add" (s: u64, t: u64) => Span::new(s).checked_add(Span::new(t));
    "Span::checked_sub" (s: u64, t: u64) => Span::new(s).checked_sub(Span::new(t));
    "Span::checked_mul" (s: u64, n: u64) => Span::new(s).checked_mul(n);
    "<Span as From<u64>>::from" (s: u64) => Span::from(s);
    "<Span as Display>::fmt" (s: u64) => written(Span::new(s));
    "<Span as FromStr>::from_str" (at: *const u8, bytes: usize) => Span::from_str(text(at, bytes));
}
