//! The state at the beginning of each year.

use tokenomics_fixed_math::Timestamp;

use super::Reader;
use crate::{Cause, Row, Totals};
use tokenomics_design::calendar::{self, Period};
use tokenomics_design::Window;

/// Reads the window's first instant, each 1 January in it, and its end.
#[derive(Debug)]
pub(crate) struct Years {
    rows: Vec<(Timestamp, Totals)>,
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

    pub(crate) fn finish(self) -> Vec<(Timestamp, Totals)> {
        self.rows
    }
}

impl Reader for Years {
    fn next(&self) -> Option<Timestamp> {
        self.next
    }

    fn read(&mut self, row: &Row) -> Result<(), Cause> {
        self.rows.push((row.time, row.totals));
        let year = calendar::year_of(row.time);
        let next = Period::Months(12).after(year, 1);
        let next = next.unwrap_or(self.window.end).min(self.window.end);
        self.next = (row.time < self.window.end).then_some(next);
        Ok(())
    }
}
