//! The instants at which the series has its rows.

use tokenomics_fixed_math::Timestamp;

use tokenomics_design::Period;
use tokenomics_design::Window;

/// The grid `start + k · step`, and the window's end.
#[derive(Debug)]
pub(crate) struct Series {
    window: Window,
    count: u64,
    next: Option<Timestamp>,
}

impl Series {
    pub(crate) fn new(window: Window) -> Self {
        Self {
            window,
            count: 0,
            next: Some(window.start),
        }
    }

    /// Returns the instant of the next row.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.next
    }

    /// Counts a row, and goes to the next.
    pub(crate) fn advance(&mut self) {
        let Window { start, end, step } = self.window;
        self.count += 1;
        self.next = self.next.filter(|at| *at < end).map(|_| {
            let next = Period::after(step, start, self.count);
            next.unwrap_or(end).min(end)
        });
    }

    /// Returns the number of rows so far.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }
}
