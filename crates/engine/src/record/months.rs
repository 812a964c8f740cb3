//! The calendar months of the window, each clipped to it.

use tokenomics_fixed_math::{Amount, Timestamp, Wad};

use super::Reader;
use crate::ratio;
use crate::{Accrual, Cause, Row};
use tokenomics_design::calendar::{self, Period};
use tokenomics_design::Design;

/// A calendar month in UTC, or the part of it that lies in the window and not before genesis.
///
/// What unlocks at its first instant is part of it, and what unlocks at genesis itself of none: that is
/// told apart. What is minted or burned belongs to the time that ends with it, so that a tick or a
/// revenue period that is over at midnight of the 1st belongs to the month before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant of the next month, or the window's end if that is earlier.
    pub until: Timestamp,
    /// The amount that vests in it, for each allocation of which anything does, by its index.
    pub unlocked: Vec<(usize, Amount)>,
    /// The sum of `unlocked`.
    pub total: Amount,
    /// The amount that is minted in it.
    pub minted: Amount,
    /// The amount that is burned in it.
    pub burned: Amount,
    /// The total supply at its first instant.
    pub supply: Amount,
    /// The amount that circulates at its first instant.
    pub circulating: Amount,
    /// The value that comes to holders in it, in each asset that revenue comes in.
    pub accruals: Vec<Accrual>,
}

impl Month {
    /// Returns what is minted in it as a share of the supply at its first instant; `None` if there was
    /// none.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn inflation(&self) -> Option<Wad> {
        ratio(self.minted, self.supply)
    }

    /// Returns whether it is less than a calendar month.
    #[must_use]
    pub fn is_clipped(&self) -> bool {
        let first = calendar::month_of(self.from);
        self.from != first || Period::Months(1).after(first, 1) != Some(self.until)
    }
}

/// Reads the months.
#[derive(Debug)]
pub(crate) struct Months {
    months: Vec<Month>,
    end: Timestamp,
    /// The last instant that counts for what unlocks in the month that is read.
    unlocks_at: Option<Timestamp>,
    /// The instant at which it ends.
    ends_at: Option<Timestamp>,
    vested: Vec<Amount>,
    unlocked: Vec<(usize, Amount)>,
    total: Amount,
    open: Option<Opening>,
}

/// The state at a month's first instant.
#[derive(Debug, Clone)]
struct Opening {
    from: Timestamp,
    minted: Amount,
    burned: Amount,
    supply: Amount,
    circulating: Amount,
    accruals: Vec<Accrual>,
}

impl Months {
    pub(crate) fn new(design: &Design) -> Self {
        let (genesis, window) = (design.token.genesis, design.window);
        let begin = window.start.max(genesis);
        let before = Timestamp::new(begin.get().saturating_sub(1)).max(genesis);
        let within = begin <= window.end;
        Self {
            months: Vec::new(),
            end: window.end,
            unlocks_at: within.then_some(before),
            ends_at: within.then_some(begin),
            vested: vec![Amount::ZERO; design.allocations.len()],
            unlocked: Vec::new(),
            total: Amount::ZERO,
            open: None,
        }
    }

    pub(crate) fn finish(self) -> Vec<Month> {
        self.months
    }

    fn read_unlocks(&mut self, row: &Row) -> Result<(), Cause> {
        self.unlocked.clear();
        self.total = Amount::ZERO;
        for (index, (before, now)) in self.vested.iter_mut().zip(&row.vested).enumerate() {
            let newly = now.checked_sub(*before)?;
            if !newly.is_zero() {
                self.unlocked.push((index, newly));
                self.total = self.total.checked_add(newly)?;
            }
            *before = *now;
        }
        self.unlocks_at = None;
        Ok(())
    }

    fn read_end(&mut self, row: &Row) -> Result<(), Cause> {
        let (at, totals) = (row.time, row.totals);
        if let Some(open) = self.open.take() {
            let accruals = row.accruals.iter().zip(&open.accruals);
            let accruals = accruals.map(|(now, before)| now.since(before));
            self.months.push(Month {
                from: open.from,
                until: at,
                unlocked: std::mem::take(&mut self.unlocked),
                total: self.total,
                minted: totals.emitted.checked_sub(open.minted)?,
                burned: totals.burned.checked_sub(open.burned)?,
                supply: open.supply,
                circulating: open.circulating,
                accruals: accruals.collect::<Result<_, _>>()?,
            });
        }
        self.ends_at = None;
        if at >= self.end {
            return self.touch(row);
        }
        self.open = Some(Opening {
            from: at,
            minted: totals.emitted,
            burned: totals.burned,
            supply: totals.total_supply,
            circulating: totals.circulating,
            accruals: row.accruals.clone(),
        });
        let next = Period::Months(1).after(calendar::month_of(at), 1);
        // None follows the calendar's last, whose own last second counts.
        let next = next.unwrap_or(Timestamp::MAX);
        let last = Timestamp::new(next.get().saturating_sub(1));
        self.unlocks_at = Some(last.min(self.end));
        self.ends_at = Some(next.min(self.end));
        Ok(())
    }

    /// Adds what unlocks at the window's very end, where that is the first instant of a month.
    fn touch(&mut self, row: &Row) -> Result<(), Cause> {
        self.read_unlocks(row)?;
        if !self.total.is_zero() {
            self.months.push(Month {
                from: row.time,
                until: row.time,
                unlocked: std::mem::take(&mut self.unlocked),
                total: self.total,
                minted: Amount::ZERO,
                burned: Amount::ZERO,
                supply: row.totals.total_supply,
                circulating: row.totals.circulating,
                accruals: vec![Accrual::default(); row.accruals.len()],
            });
        }
        Ok(())
    }
}

impl Reader for Months {
    fn next(&self) -> Option<Timestamp> {
        self.unlocks_at.into_iter().chain(self.ends_at).min()
    }

    fn read(&mut self, row: &Row) -> Result<(), Cause> {
        if self.unlocks_at == Some(row.time) {
            self.read_unlocks(row)?;
        }
        if self.ends_at == Some(row.time) {
            self.read_end(row)?;
        }
        Ok(())
    }
}
