//! Ticks: calendar dates at whole years, months, days or hours, and values at round numbers.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;
use tokenomics_fixed_math::Timestamp;

use crate::dates::{self, months};
use crate::format;
use tokenomics_design::calendar;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A tick's place and what is written there.
pub(crate) type Tick = (f64, String);

/// A range with ticks of our own choice.
pub(crate) struct Axis {
    range: RangedCoordf64,
    ticks: Vec<Tick>,
}

impl Axis {
    pub(crate) fn new(range: Range<f64>, ticks: Vec<Tick>) -> Self {
        Self {
            range: range.into(),
            ticks,
        }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.range.map(value, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        // There are no lesser ticks between the ticks.
        let ticks = if hint.weight().allow_light_points() {
            &[]
        } else {
            self.ticks.as_slice()
        };
        ticks.iter().map(|(value, _)| *value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.range.range()
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.ticks.iter().find(|(at, _)| at == value);
        tick.map_or_else(String::new, |(_, label)| label.clone())
    }
}

/// The distance at which dates are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stride {
    Seconds(u64),
    Months(u64),
}

/// From fine to coarse.
const STRIDES: [Stride; 25] = [
    Stride::Seconds(1),
    Stride::Seconds(10),
    Stride::Seconds(MINUTE),
    Stride::Seconds(10 * MINUTE),
    Stride::Seconds(HOUR),
    Stride::Seconds(3 * HOUR),
    Stride::Seconds(12 * HOUR),
    Stride::Seconds(DAY),
    Stride::Seconds(2 * DAY),
    Stride::Seconds(7 * DAY),
    Stride::Months(1),
    Stride::Months(2),
    Stride::Months(3),
    Stride::Months(6),
    Stride::Months(12),
    Stride::Months(24),
    Stride::Months(5 * 12),
    Stride::Months(10 * 12),
    Stride::Months(20 * 12),
    Stride::Months(50 * 12),
    Stride::Months(100 * 12),
    Stride::Months(200 * 12),
    Stride::Months(500 * 12),
    Stride::Months(1_000 * 12),
    Stride::Months(2_000 * 12),
];

impl Stride {
    /// About how many seconds it spans.
    const fn seconds(self) -> u64 {
        match self {
            Self::Seconds(n) => n,
            Self::Months(n) => n * 2_629_746,
        }
    }

    const fn pattern(self) -> &'static str {
        match self {
            Self::Seconds(n) if n < MINUTE => "%H:%M:%S",
            Self::Seconds(n) if n < DAY => "%-d %b %H:%M",
            Self::Seconds(_) => "%-d %b",
            Self::Months(n) if n < 12 => "%b %Y",
            Self::Months(_) => "%Y",
        }
    }

    /// The length of its labels.
    const fn letters(self) -> u64 {
        match self {
            Self::Seconds(n) if n < MINUTE => 8,
            Self::Seconds(n) if n < DAY => 12,
            Self::Seconds(_) => 6,
            Self::Months(n) if n < 12 => 8,
            Self::Months(_) => 4,
        }
    }

    /// The first multiple of it that isn't before `at`: a month of the calendar, counted from the
    /// year 0, or a second of the epoch.
    fn first(self, at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Seconds(n) => Some(Timestamp::new(at.get().div_ceil(n) * n)),
            Self::Months(n) => {
                let month = calendar::month_of(at);
                let index = months(month) + u64::from(month < at);
                month_start(index.div_ceil(n) * n)
            }
        }
    }

    fn next(self, at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Seconds(n) => Some(Timestamp::new(at.get() + n)),
            Self::Months(n) => month_start(months(at) + n),
        }
    }
}

fn month_start(months: u64) -> Option<Timestamp> {
    let since_1970 = u32::try_from(months.checked_sub(1970 * 12)?).ok()?;
    calendar::Period::Months(1).after(Timestamp::ZERO, since_1970.into())
}

/// Dates from one point to another, at the finest stride of which there are at most `most`, and
/// for which `letters` of room are enough.
pub(crate) fn dates(from: Timestamp, to: Timestamp, most: u64, letters: u64) -> Vec<Tick> {
    let span = to.get().saturating_sub(from.get());
    let fits = |stride: &&Stride| {
        let count = span / stride.seconds();
        count <= most && (count + 1) * (stride.letters() + 2) <= letters
    };
    let stride = STRIDES.iter().find(fits);
    let stride = stride.copied().unwrap_or(Stride::Months(2_000 * 12));
    let ticks = std::iter::successors(stride.first(from), |at| stride.next(*at));
    let within = ticks.take_while(|at| *at <= to);
    within
        .map(|at| (at.get() as f64, dates::dated(at, stride.pattern())))
        .collect()
}

/// The unit of a value axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Tokens, or units of another asset.
    Tokens,
    /// Percent.
    Percent,
}

impl Unit {
    /// A value read off the drawing.
    pub(crate) fn tell(self, value: f64) -> String {
        match self {
            Self::Tokens => format::human_drawn(value),
            Self::Percent if value < 10.0 => format!("{value:.2}%"),
            Self::Percent => format!("{value:.1}%"),
        }
    }
}

/// Zero and up to about `most` round values up to `top`.
pub(crate) fn values(top: f64, unit: Unit, most: u32) -> Vec<Tick> {
    let step = round_step(top, most);
    let (divisor, suffix) = match unit {
        Unit::Tokens => scale(top),
        Unit::Percent => (1.0, "%".to_owned()),
    };
    let shown = step / divisor;
    let places = (-(shown.log10() + 1e-9).floor()).clamp(0.0, 9.0) as usize;
    let count = (top / step + 1e-9).floor() as u32;
    let label = |value: f64| {
        if value == 0.0 {
            "0".to_owned()
        } else {
            format!("{:.places$}{suffix}", value / divisor)
        }
    };
    (0..=count)
        .map(|k| f64::from(k) * step)
        .map(|value| (value, label(value)))
        .collect()
}

/// The least of 1, 2 or 5 times a power of ten of which `most` reach `top`.
fn round_step(top: f64, most: u32) -> f64 {
    let least = top / f64::from(most.max(1));
    let power = 10_f64.powf(least.log10().floor());
    let nice = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|nice| nice * power >= least * (1.0 - 1e-9));
    nice.unwrap_or(10.0) * power
}

/// The divisor of labels, and the letter that then follows them.
fn scale(top: f64) -> (f64, String) {
    let power = (top.log10() + 1e-9).floor() as i32;
    match power {
        -3..=2 => (1.0, String::new()),
        3..=5 => (1e3, "\u{202f}K".to_owned()),
        6..=8 => (1e6, "\u{202f}M".to_owned()),
        9..=11 => (1e9, "\u{202f}B".to_owned()),
        12..=14 => (1e12, "\u{202f}T".to_owned()),
        _ => (
            10_f64.powi(power),
            format!("·10{}", format::superscript(power)),
        ),
    }
}

#[cfg(test)]
mod tests;
