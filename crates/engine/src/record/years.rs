//! The state at the beginning of each year.

use tokenomics_fixed_math::{Amount, Timestamp};

use super::Reader;
use crate::{Cause, Row, Totals};
use tokenomics_design::calendar::{self, Period};
use tokenomics_design::Window;

/// The state at the beginning of a year, or at the window's first instant or its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The instant.
    pub time: Timestamp,
    /// The sums.
    pub totals: Totals,
    /// Revenue so far, for each of [`Run::flows`](crate::Run::flows), in its asset.
    pub flows: Vec<Amount>,
}

/// Reads the window's first instant, each 1 January in it, and its end.
#[derive(Debug)]
pub(crate) struct Years {
    rows: Vec<Year>,
    window: Window,
    next: Option<Timestamp>,
}

impl Years {
    pub(crate) fn new(window: Window) -> Self {
        Self {
            rows: Vec::new(),
            window,
            next: Some(window.start),
        }
    }

    pub(crate) fn finish(self) -> Vec<Year> {
        self.rows
    }
}

impl Reader for Years {
    fn next(&self) -> Option<Timestamp> {
        self.next
    }

    fn read(&mut self, row: &Row) -> Result<(), Cause> {
        self.rows.push(Year {
            time: row.time,
            totals: row.totals,
            flows: row.flows.clone(),
        });
        let year = calendar::year_of(row.time);
        let next = Period::Months(12).after(year, 1);
        let next = next.unwrap_or(self.window.end).min(self.window.end);
        self.next = (row.time < self.window.end).then_some(next);
        Ok(())
    }
}
