//! What all parts of the page read a run through.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Timestamp, Wad};

use super::axis::Unit;
use super::chart::{Across, Chart, Layer, Shape};
use super::dates;
use super::format::{self, Precision};
use super::ink::Ink;
use crate::engine::Row;
use crate::run::{ratio, Run};

/// A run, with what every part of the page asks of it.
pub(super) struct View<'r> {
    pub(super) run: &'r Run<'r>,
    /// All that will ever exist.
    pub(super) max: Amount,
    /// The part of the run that charts show.
    pub(super) rows: &'r [Row],
    /// How amounts stand in tables.
    pub(super) precision: Precision,
}

/// Windows up to this long are drawn whole, whatever happens in them.
const DRAWN_WHOLE: u64 = 30 * 31_556_952;

impl<'r> View<'r> {
    pub(super) fn new(run: &'r Run<'r>) -> Self {
        let max = run.design.max_supply();
        let precision = Precision::of(max, run.design.token.decimals);
        Self {
            run,
            max,
            rows: eventful(run, max),
            precision,
        }
    }

    pub(super) fn symbol(&self) -> &str {
        &self.run.design.token.symbol
    }

    /// An amount of the token in words.
    pub(super) fn human(&self, amount: Amount) -> String {
        format::human(amount, self.run.design.token.decimals)
    }

    /// The same with the token's symbol.
    pub(super) fn tokens(&self, amount: Amount) -> String {
        format!("{}\u{a0}{}", self.human(amount), self.symbol())
    }

    /// What is said of all of it: "all that …".
    pub(super) fn comes_to_be(&self) -> &'static str {
        if self.run.design.is_endless() {
            "comes into being in this run"
        } else {
            "will ever exist"
        }
    }

    /// An amount's share of all that will ever exist.
    pub(super) fn of_max(&self, amount: Amount) -> Wad {
        ratio(amount, self.max).unwrap_or(Wad::ZERO)
    }

    /// A table cell of that share.
    pub(super) fn of_max_cell(&self, amount: Amount) -> Markup {
        html! { td.n { (format::percent_fine(self.of_max(amount))) } }
    }

    /// An amount of the token for drawing.
    pub(super) fn drawn(&self, amount: Amount) -> f64 {
        drawn(amount, self.run.design.token.decimals.get())
    }

    /// One layer of a chart over the rows that are drawn.
    pub(super) fn layer(
        &self,
        label: &str,
        ink: Ink,
        shape: Shape,
        value: impl Fn(&Row) -> Amount,
    ) -> Layer {
        let values = self.rows.iter().map(|row| self.drawn(value(row))).collect();
        Layer {
            label: label.to_owned(),
            ink,
            shape,
            values,
        }
    }

    /// A chart of some layers over the rows that are drawn.
    pub(super) fn chart(&self, description: String, unit: Unit, layers: Vec<Layer>) -> Chart {
        over_time(self.rows, description, unit, layers)
    }

    /// Says so if charts don't show the whole window.
    pub(super) fn cut_note(&self) -> Option<String> {
        let (drawn, all) = (self.rows.last()?.time, self.run.last().time);
        (drawn < all).then(|| {
            format!(
                "Charts end in {}, by when 99% of the supply is issued and vested; the window goes on to {}.",
                dates::year(drawn),
                dates::year(all)
            )
        })
    }

    /// What unlocks at genesis, if the window begins no later: calendars leave it out.
    pub(super) fn genesis_left_out(&self) -> Amount {
        let design = self.run.design;
        let within = design.window.start <= design.token.genesis;
        if within {
            self.run.at_genesis
        } else {
            Amount::ZERO
        }
    }

    /// The rows' last point of time.
    pub(super) fn end(&self) -> Timestamp {
        self.run.last().time
    }
}

/// A chart over some rows.
pub(super) fn over_time(
    rows: &[Row],
    description: String,
    unit: Unit,
    layers: Vec<Layer>,
) -> Chart {
    let places: Vec<f64> = rows.iter().map(|row| row.time.get() as f64).collect();
    let end = places.last().copied().unwrap_or(0.0);
    Chart {
        description,
        across: Across::Time,
        places,
        end,
        unit,
        top: None,
        layers,
    }
}

/// An amount for drawing.
pub(super) fn drawn(amount: Amount, decimals: u8) -> f64 {
    amount.get() as f64 / 10_f64.powi(i32::from(decimals))
}

/// The rows without a long tail in which next to nothing happens: emissions that halve for
/// centuries would leave the years that matter a thin strip at the left.
fn eventful<'r>(run: &'r Run<'_>, max: Amount) -> &'r [Row] {
    let rows = run.rows.as_slice();
    let (first, last) = (run.rows[0].time.get(), run.last().time.get());
    let outstanding = |row: &Row| {
        Amount::try_sum([row.unminted, row.unvested, row.claimable]).unwrap_or(Amount::MAX)
    };
    let little = max.get() / 100;
    let settled = rows.partition_point(|row| outstanding(row).get() > little);
    if last - first <= DRAWN_WHOLE || settled == 0 || settled >= rows.len() {
        return rows;
    }
    let settled = rows[settled].time.get();
    let end = settled + (settled - first) / 10;
    if end - first > (last - first) / 2 {
        return rows;
    }
    &rows[..rows.partition_point(|row| row.time.get() <= end)]
}
