//! A chart before it is drawn: stacked areas, stacked bars and lines over one axis.

use std::ops::Range;

use tokenomics_fixed_math::Timestamp;

use super::axis::{self, Tick, Unit};
use super::ink::Ink;
use super::sample;
use crate::dates;

/// Backends count in whole pixels, so a drawing is made this much larger than its view box says.
pub(crate) const FINENESS: i32 = 4;

/// A width at which a chart is drawn; style.css shows the one that fits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) class: &'static str,
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// How many points a curve is drawn through, about.
    pub(crate) points: usize,
    /// How many hover notes there are; none where there is no pointer to hover with.
    pub(crate) notes: usize,
    pub(crate) dates: u64,
}

/// How a layer is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// On top of the areas before it.
    Area,
    /// On top of the bars before it.
    Bar,
    /// By itself.
    Line,
}

/// One series of a chart.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) label: String,
    pub(crate) ink: Ink,
    pub(crate) shape: Shape,
    /// One for each place of the chart.
    pub(crate) values: Vec<f64>,
}

/// What the places of a chart are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Across {
    /// Points of time.
    Time,
    /// Percent.
    Percent,
}

/// A chart before it is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Chart {
    /// For those who can't see it.
    pub(crate) description: String,
    pub(crate) across: Across,
    /// Where values stand, rising: points, or the left edges of bars.
    pub(crate) places: Vec<f64>,
    /// The right edge of the last bar.
    pub(crate) end: f64,
    pub(crate) unit: Unit,
    /// The top of the value axis, if it isn't for the values to say.
    pub(crate) top: Option<f64>,
    pub(crate) layers: Vec<Layer>,
}

/// A layer's outline from below and above: equal for lines.
pub(crate) struct Band {
    pub(crate) low: Vec<f64>,
    pub(crate) high: Vec<f64>,
}

impl Layer {
    /// Whether there is anything to see of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.iter().all(|value| *value == 0.0)
    }
}

impl Chart {
    /// With few enough places to draw; bars are few already.
    pub(crate) fn sampled(&self, most: usize) -> Self {
        if self.has_bars() {
            return self.clone();
        }
        let series: Vec<&[f64]> = self
            .layers
            .iter()
            .map(|layer| layer.values.as_slice())
            .collect();
        let kept = sample::kept(self.places.len(), most, &series);
        let pick = |values: &[f64]| kept.iter().map(|index| values[*index]).collect::<Vec<_>>();
        let layers = self.layers.iter();
        let layers = layers.map(|layer| Layer {
            values: pick(&layer.values),
            ..layer.clone()
        });
        Self {
            places: pick(&self.places),
            layers: layers.collect(),
            ..self.clone()
        }
    }

    pub(crate) fn has_bars(&self) -> bool {
        self.layers.iter().any(|layer| layer.shape == Shape::Bar)
    }

    pub(crate) fn bands(&self) -> Vec<Band> {
        let mut stacked = vec![0.0; self.places.len()];
        let band = |layer: &Layer| {
            if layer.shape == Shape::Line {
                return Band {
                    low: layer.values.clone(),
                    high: layer.values.clone(),
                };
            }
            let low = stacked.clone();
            for (sum, value) in stacked.iter_mut().zip(&layer.values) {
                *sum += value;
            }
            Band {
                low,
                high: stacked.clone(),
            }
        };
        self.layers.iter().map(band).collect()
    }

    pub(crate) fn top(&self, bands: &[Band]) -> f64 {
        let highest = bands
            .iter()
            .flat_map(|band| &band.high)
            .copied()
            .fold(0.0, f64::max);
        let top = self.top.unwrap_or(highest * 1.04);
        if top > 0.0 && top.is_finite() {
            top
        } else {
            1.0
        }
    }

    pub(crate) fn ticks(&self, size: Size) -> Vec<Tick> {
        let (from, to) = (self.places.first().copied().unwrap_or(0.0), self.end);
        match self.across {
            // Places are whole seconds, and far below 2⁵³.
            Across::Time => axis::dates(
                Timestamp::new(from as u64),
                Timestamp::new(to as u64),
                size.dates,
                // Beside the values' labels, at about 6.5 a letter.
                u64::from(size.width.unsigned_abs().saturating_sub(60)) * 2 / 13,
            ),
            Across::Percent => (0..10)
                .map(|n| (f64::from(n) * 10.0, format!("{}%", n * 10)))
                .collect(),
        }
    }

    /// What a place is called in a hover note.
    pub(crate) fn place_name(&self, index: usize) -> String {
        let place = self.places[index];
        let at = Timestamp::new(place as u64);
        match self.across {
            Across::Percent => format!("prices −{:.0}%", place + 5.0),
            Across::Time if !self.has_bars() => dates::day(at),
            Across::Time => {
                let width = self.places.get(index + 1).copied().unwrap_or(self.end) - place;
                match width {
                    w if w > 5_000.0 * 86_400.0 => format!("{}\u{a0}ff.", dates::year(at)),
                    w if w > 40.0 * 86_400.0 => dates::year(at).to_string(),
                    _ => dates::month(at),
                }
            }
        }
    }
}

/// Where the plane of values lies in a drawing, in its pixels.
#[derive(Debug, Clone)]
pub(crate) struct Plane {
    pub(crate) x: Range<i32>,
    pub(crate) y: Range<i32>,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Plane {
    /// The pixel of a place, in units of the view box over [`FINENESS`].
    pub(crate) fn at(&self, place: f64) -> i32 {
        let width = f64::from(self.x.end - self.x.start) / f64::from(FINENESS);
        let share = (place - self.from) / (self.to - self.from);
        self.x.start / FINENESS + (share * width) as i32
    }
}
