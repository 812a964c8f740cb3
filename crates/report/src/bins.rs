//! The calendar of a run, in months or longer stretches.

use tokenomics_design::calendar::{self, Period};
use tokenomics_engine::Month;
use tokenomics_fixed_math::{Amount, Error, Timestamp};

use crate::dates;
use crate::view::View;

/// Some calendar months taken together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bin<'r> {
    pub(crate) start: Timestamp,
    /// The months, of which there is at least one; without what unlocks at genesis.
    pub(crate) months: &'r [Month],
    pub(crate) total: Amount,
    pub(crate) minted: Amount,
}

/// More bars than this are joined into longer ones.
const MOST_BARS: usize = 121;

/// A table may be longer than a chart is wide.
const MOST_LINES: usize = 300;

impl<'r> Bin<'r> {
    fn new(start: Timestamp, months: &'r [Month]) -> Result<Self, Error> {
        Ok(Self {
            start,
            months,
            total: Amount::try_sum(months.iter().map(|month| month.total))?,
            minted: Amount::try_sum(months.iter().map(|month| month.minted))?,
        })
    }

    /// The part of it that lies in the run, where that is less than a month.
    fn clipped(&self) -> Option<(Timestamp, Timestamp)> {
        let month = self.months.first().filter(|month| month.is_clipped());
        month.map(|month| (month.from, month.until))
    }
}

/// The calendar, in months or, if there are too many, in years, decades or centuries.
pub(crate) struct Calendar<'r> {
    pub(crate) bins: Vec<Bin<'r>>,
    months_each: u32,
}

impl<'r> Calendar<'r> {
    /// Up to the last month in which anything of a kind happens.
    fn new(view: &View<'r>, most: usize, happens: impl Fn(&Month) -> bool) -> Result<Self, Error> {
        let months = view.run.months.as_slice();
        let until = months.iter().rposition(happens).map_or(0, |last| last + 1);
        let months = &months[..until];
        let fits = |each: &u32| months.len().div_ceil(*each as usize) <= most;
        let months_each = [1, 12, 120, 1_200].into_iter().find(fits);
        let months_each = months_each.unwrap_or(12_000);
        let joined =
            months.chunk_by(|one, next| period(one, months_each) == period(next, months_each));
        let bins = joined.map(|months| Bin::new(start(&months[0], months_each), months));
        Ok(Self {
            bins: bins.collect::<Result<_, _>>()?,
            months_each,
        })
    }

    /// Up to the last month whose bar is high enough to be seen.
    pub(crate) fn of_unlocks(view: &View<'r>) -> Result<Self, Error> {
        let peak = view.run.peak_unlock();
        let peak = peak.map_or(Amount::ZERO, |month| month.total);
        let seen = Amount::new(peak.get() / 1_000);
        Self::new(view, MOST_BARS, |month| month.total > seen)
    }

    pub(crate) fn of_all(view: &View<'r>) -> Result<Self, Error> {
        let is_empty = |month: &Month| month.total.is_zero() && month.minted.is_zero();
        Self::new(view, MOST_LINES, |month| !is_empty(month))
    }

    pub(crate) const fn noun(&self) -> &'static str {
        match self.months_each {
            1 => "month",
            12 => "year",
            120 => "decade",
            _ => "century",
        }
    }

    pub(crate) fn name(&self, bin: &Bin<'_>) -> String {
        match self.months_each {
            1 => {
                let month = calendar::year_month(bin.start);
                bin.clipped().map_or(month.clone(), |(from, until)| {
                    format!("{month} ({})", dates::stretch(from, until))
                })
            }
            12 => dates::year(bin.start).to_string(),
            _ => format!("from {}", dates::year(bin.start)),
        }
    }

    pub(crate) fn end(&self) -> f64 {
        let Some(last) = self.bins.last() else {
            return 0.0;
        };
        let months = Period::Months(self.months_each);
        months.after(last.start, 1).unwrap_or(calendar::LAST).get() as f64
    }
}

/// The number of months, years, decades and so on since the year 0, by the months of each.
fn period(month: &Month, each: u32) -> u64 {
    dates::months(month.from) / u64::from(each)
}

/// The first instant of the period that a month lies in, as far as it is not before 1970.
fn start(month: &Month, each: u32) -> Timestamp {
    let first = period(month, each) * u64::from(each);
    let since_1970 = first.saturating_sub(1_970 * 12);
    let start = Period::Months(1).after(Timestamp::ZERO, since_1970);
    start.unwrap_or(month.from)
}
