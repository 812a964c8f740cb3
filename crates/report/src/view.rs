//! The record of a run, with what every part of the page asks of it.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Timestamp, Wad};

use crate::chart::Ink;
use crate::chart::Unit;
use crate::chart::{Across, Chart, Layer, Shape};
use crate::dates;
use crate::format::{self, Precision};
use tokenomics_engine::metrics::Metric;
use tokenomics_engine::Totals;
use tokenomics_engine::{ratio, Run};
use tokenomics_engine::{Month, Point, Progress};

/// The amount that shares are told of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole {
    pub(crate) amount: Amount,
    /// As it stands in prose: `the maximum`.
    pub(crate) name: &'static str,
    /// As it heads a column: `% of max`.
    pub(crate) column: &'static str,
}

/// A record of a run, read by every part of the page.
pub(crate) struct View<'r> {
    pub(crate) run: &'r Run<'r>,
    /// All that will ever exist or, where there is no end to minting, the genesis supply; `None` where
    /// that is nothing.
    pub(crate) whole: Option<Whole>,
    /// The part of the run that charts show.
    pub(crate) points: &'r [Point],
    /// The digits of amounts in tables.
    pub(crate) precision: Precision,
    /// The progress of each allocation.
    pub(crate) progress: Vec<Progress>,
    /// The instants at which emissions had minted all of their maximum.
    pub(crate) minted: Vec<Option<Timestamp>>,
}

impl<'r> View<'r> {
    pub(crate) fn new(run: &'r Run<'r>) -> Self {
        let design = run.design;
        let whole = match design.max_supply() {
            Some(amount) => Whole {
                amount,
                name: "the maximum",
                column: "% of max",
            },
            None => Whole {
                amount: design.token.supply,
                name: "the genesis supply",
                column: "% of genesis",
            },
        };
        let curve = &run.curve;
        Self {
            run,
            whole: Some(whole).filter(|whole| !whole.amount.is_zero()),
            points: curve.eventful.as_deref().unwrap_or(&curve.whole),
            precision: Precision::of(run.all, design.token.decimals),
            progress: run.log.progress(design.allocations.len()),
            minted: run.log.minted(design.emissions.len()),
        }
    }

    pub(crate) fn symbol(&self) -> &str {
        &self.run.design.token.symbol
    }

    /// The state at the end.
    pub(crate) fn last(&self) -> &Totals {
        &self.run.last.totals
    }

    /// An amount of the token in words.
    pub(crate) fn human(&self, amount: Amount) -> String {
        format::human(amount, self.run.design.token.decimals)
    }

    /// The same with the token's symbol.
    pub(crate) fn tokens(&self, amount: Amount) -> String {
        format!("{}\u{a0}{}", self.human(amount), self.symbol())
    }

    /// An amount's share of the whole.
    pub(crate) fn share(&self, amount: Amount) -> Option<Wad> {
        ratio(amount, self.whole?.amount)
    }

    /// The share in words: `12.0% of the maximum`.
    pub(crate) fn share_of(&self, amount: Amount) -> Option<String> {
        let share = format::percent(self.share(amount)?);
        Some(format!("{share} of {}", self.whole?.name))
    }

    /// The heading of a column of shares, if there are any.
    pub(crate) fn share_head(&self) -> Markup {
        html! { @if let Some(whole) = self.whole { th.n scope="col" { (whole.column) } } }
    }

    /// A table cell of that share, if there are any.
    pub(crate) fn share_cell(&self, amount: Amount) -> Markup {
        html! { @if let Some(share) = self.share(amount) { td.n { (format::percent_fine(share)) } } }
    }

    /// An amount of the token for drawing.
    pub(crate) fn drawn(&self, amount: Amount) -> f64 {
        drawn(amount, self.run.design.token.decimals.get())
    }

    /// A layer of a chart that shows a metric over the points that are drawn.
    pub(crate) fn layer(&self, metric: Metric, ink: Ink, shape: Shape) -> Layer {
        let value = |point: &Point| self.drawn((metric.read)(&point.totals));
        Layer {
            label: metric.title.to_owned(),
            ink,
            shape,
            values: self.points.iter().map(value).collect(),
        }
    }

    /// A chart of some layers over the points that are drawn.
    pub(crate) fn chart(&self, description: String, unit: Unit, layers: Vec<Layer>) -> Chart {
        over_time(self.points, description, unit, layers)
    }

    /// Returns `true` if charts show a part of the window.
    pub(crate) fn is_cut(&self) -> bool {
        self.run.curve.eventful.is_some()
    }

    /// Says so if charts don't show the whole window.
    pub(crate) fn cut_note(&self) -> Option<String> {
        let drawn = self.points.last().filter(|_| self.is_cut())?.time;
        Some(format!(
            "Charts end in {}, by when 99% of the supply is issued and vested; the window goes on to {}.",
            dates::year(drawn),
            dates::year(self.end())
        ))
    }

    /// The amount that unlocks at genesis, if the window begins no later: calendars leave it out.
    pub(crate) fn genesis_left_out(&self) -> Amount {
        let design = self.run.design;
        if design.window.start <= design.token.genesis {
            self.run.at_genesis
        } else {
            Amount::ZERO
        }
    }

    /// Returns `true` if the run ends before the genesis supply comes into being.
    pub(crate) fn is_before_genesis(&self) -> bool {
        self.end() < self.run.design.token.genesis
    }

    /// The last instant.
    pub(crate) fn end(&self) -> Timestamp {
        self.run.last.time
    }
}

/// The most rows of a table with one for each of something that there may be thousands of.
const MOST_ROWS: usize = 200;

/// The places of the largest amounts, as many as a table shows, in their own order; the first of equals.
pub(crate) fn largest(amounts: impl Iterator<Item = Amount>) -> Vec<usize> {
    let mut places: Vec<(usize, Amount)> = amounts.enumerate().collect();
    places.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    places.truncate(MOST_ROWS);
    places.sort_by_key(|(place, _)| *place);
    places.into_iter().map(|(place, _)| place).collect()
}

/// A month's name; where the run has only a part of it, with the days.
pub(crate) fn month_name(month: &Month) -> String {
    let name = dates::month(month.from);
    if !month.is_clipped() {
        return name;
    }
    format!("{name} ({})", dates::stretch(month.from, month.until))
}

/// A chart over some points.
pub(crate) fn over_time(
    points: &[Point],
    description: String,
    unit: Unit,
    layers: Vec<Layer>,
) -> Chart {
    let places: Vec<f64> = points.iter().map(|point| point.time.get() as f64).collect();
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
pub(crate) fn drawn(amount: Amount, decimals: u8) -> f64 {
    amount.get() as f64 / 10_f64.powi(i32::from(decimals))
}
