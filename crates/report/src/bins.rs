//! The calendar of a run, in months or longer stretches.

use std::collections::BTreeMap;

use tokenomics_design::calendar::{self, Period};
use tokenomics_engine::Month;
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::dates;
use crate::view::View;

/// Some calendar months taken together.
pub(crate) struct Bin {
    pub(crate) start: Timestamp,
    /// For each allocation of which anything unlocks, by its index; without what unlocks at genesis.
    pub(crate) unlocked: Vec<(usize, Amount)>,
    pub(crate) total: Amount,
    pub(crate) minted: Amount,
    /// The part of it that lies in the run, if it isn't all of it.
    pub(crate) clipped: Option<(Timestamp, Timestamp)>,
}

/// More bars than this are joined into longer ones.
const MOST_BARS: usize = 121;

/// A table may be longer than a chart is wide.
const MOST_LINES: usize = 300;

impl Bin {
    fn of(month: &Month) -> Self {
        Self {
            start: calendar::month_of(month.from),
            unlocked: month.unlocked.clone(),
            total: month.total,
            minted: month.minted,
            clipped: month.is_clipped().then_some((month.from, month.until)),
        }
    }

    fn is_empty(&self) -> bool {
        self.total.is_zero() && self.minted.is_zero()
    }

    /// Adds what a later month brings. Sums of parts of what the ledger holds can't be more than that.
    fn join(&mut self, month: Self) {
        let sum = |one: Amount, other: Amount| one.checked_add(other).unwrap_or(one);
        self.total = sum(self.total, month.total);
        self.minted = sum(self.minted, month.minted);
        let until = month.clipped.map(|(_, until)| until);
        self.clipped = match (self.clipped, until) {
            (Some((from, _)), Some(until)) => Some((from, until)),
            (clipped, _) => clipped,
        };
        let mut all: BTreeMap<usize, Amount> = self.unlocked.drain(..).collect();
        for (index, more) in month.unlocked {
            let amount = all.entry(index).or_insert(Amount::ZERO);
            *amount = sum(*amount, more);
        }
        self.unlocked.extend(all);
    }
}

/// The calendar, in months or, if there are too many, in years, decades or centuries.
pub(crate) struct Calendar {
    pub(crate) bins: Vec<Bin>,
    months_each: u32,
}

impl Calendar {
    /// Up to the last month in which anything of a kind happens.
    fn new(view: &View<'_>, most: usize, happens: impl Fn(&Bin) -> bool) -> Self {
        let mut months: Vec<Bin> = view.run.months.iter().map(Bin::of).collect();
        months.truncate(months.iter().rposition(happens).map_or(0, |last| last + 1));
        let spans = [1, 12, 120, 1_200];
        let fits = |each: &u32| months.len().div_ceil(*each as usize) <= most;
        let months_each = spans.into_iter().find(fits).unwrap_or(12_000);
        Self {
            bins: joined(months, months_each),
            months_each,
        }
    }

    /// Up to the last month whose bar is high enough to be seen.
    pub(crate) fn of_unlocks(view: &View<'_>) -> Self {
        let peak = view
            .run
            .peak_unlock()
            .map_or(Amount::ZERO, |month| month.total);
        let seen = Amount::new(peak.get() / 1_000);
        Self::new(view, MOST_BARS, |bin| bin.total > seen)
    }

    pub(crate) fn of_all(view: &View<'_>) -> Self {
        Self::new(view, MOST_LINES, |bin| !bin.is_empty())
    }

    pub(crate) const fn noun(&self) -> &'static str {
        match self.months_each {
            1 => "month",
            12 => "year",
            120 => "decade",
            _ => "century",
        }
    }

    pub(crate) fn name(&self, bin: &Bin) -> String {
        match self.months_each {
            1 => match bin.clipped {
                Some((from, until)) => {
                    let month = calendar::year_month(bin.start);
                    format!("{month} ({})", dates::stretch(from, until))
                }
                None => calendar::year_month(bin.start),
            },
            12 => dates::year(bin.start).to_string(),
            _ => format!("from {}", dates::year(bin.start)),
        }
    }

    pub(crate) fn end(&self) -> f64 {
        let Some(last) = self.bins.last() else {
            return 0.0;
        };
        let months = calendar::Period::Months(self.months_each);
        months.after(last.start, 1).unwrap_or(calendar::LAST).get() as f64
    }
}

/// Months joined by calendar year, decade and so on.
fn joined(months: Vec<Bin>, each: u32) -> Vec<Bin> {
    if each == 1 {
        return months;
    }
    let years = i32::try_from(each / 12).unwrap_or(1);
    let mut bins: Vec<Bin> = Vec::new();
    for month in months {
        let first = dates::year(month.start) / years * years;
        match bins.last_mut() {
            Some(bin) if dates::year(bin.start) / years * years == first => {
                bin.join(month);
            }
            _ => bins.push(Bin {
                start: start_of(first).unwrap_or(month.start),
                ..month
            }),
        }
    }
    bins
}

fn start_of(year: i32) -> Option<Timestamp> {
    let since_1970 = u64::try_from(year.checked_sub(1970)?).ok()?;
    Period::Months(12).after(Timestamp::ZERO, since_1970)
}
