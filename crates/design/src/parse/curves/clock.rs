//! The clock that a curve runs on.

use tokenomics_fixed_math::{Amount, Decimals, Span, Timestamp};
use toml::de::DeValue;

use crate::calendar;
use crate::section::Wrong;
use crate::value;

/// 0 at `start`, one more after every tick.
#[derive(Clone, Copy)]
pub(in crate::parse) struct Clock {
    pub(in crate::parse) start: Timestamp,
    /// In seconds, at least 1.
    pub(in crate::parse) tick: u64,
    pub(in crate::parse) decimals: Decimals,
}

impl Clock {
    /// The whole ticks from its start to the end of the calendar.
    pub(super) fn last(self) -> u64 {
        let seconds = calendar::LAST.since(self.start).unwrap_or(Span::ZERO);
        seconds.get() / self.tick
    }

    /// The end of a curve that begins at `from`: that of the calendar if none is said.
    pub(super) fn until(self, end: Option<u64>, from: u64) -> Timestamp {
        let last = self.last().max(from.saturating_add(1));
        Timestamp::new(end.unwrap_or(last))
    }

    /// The date at which it shows so many ticks.
    pub(super) fn date(self, ticks: u64) -> Timestamp {
        let seconds = Span::new(ticks.saturating_mul(self.tick));
        self.start.checked_add(seconds).unwrap_or(calendar::LAST)
    }

    /// The ticks that it shows at a date, or at a length of time after it shows `from`.
    pub(super) fn at(self, v: &DeValue<'_>, from: u64) -> Result<u64, Wrong> {
        let date = value::date_or_after(v, self.date(from))?;
        let Some(elapsed) = date.since(self.start) else {
            let message = format!(
                "{} lies before the start at {}",
                calendar::rfc3339(date),
                calendar::rfc3339(self.start)
            );
            return Err(Wrong::new(message, ""));
        };
        self.whole(elapsed.get())
    }

    /// A number of ticks: an integer, or a length of time that is a whole number of them.
    pub(super) fn ticks(self, v: &DeValue<'_>) -> Result<u64, Wrong> {
        if v.is_integer() {
            return value::integer(v, 1, u64::MAX);
        }
        self.whole(value::fixed_period(v)?)
    }

    fn whole(self, seconds: u64) -> Result<u64, Wrong> {
        if !seconds.is_multiple_of(self.tick) {
            let message = format!(
                "{seconds}s is not a whole number of ticks of {}s",
                self.tick
            );
            return Err(Wrong::new(message, "an integer counts ticks"));
        }
        Ok(seconds / self.tick)
    }

    pub(super) fn amount(self, v: &DeValue<'_>) -> Result<Amount, Wrong> {
        value::amount(v, self.decimals)
    }

    pub(super) fn positive(self, v: &DeValue<'_>) -> Result<Amount, Wrong> {
        value::positive(v, self.decimals)
    }
}
