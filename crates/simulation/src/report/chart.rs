//! Drawing: stacked areas, stacked bars and lines over one axis, once for each width.

use maud::{html, Markup, PreEscaped};
use plotters::prelude::{IntoDrawingArea as _, SVGBackend};
use tokenomics_fixed_math::Timestamp;

use super::axis::{self, Tick, Unit};
use super::dates;
use super::draw;
use super::hover;
use super::ink::{themed, Ink};
use super::sample;
use super::ReportError;

/// Backends count in whole pixels, so a drawing is made this much larger than its view box says.
pub(super) const FINENESS: i32 = 4;

/// A width at which a chart is drawn; style.css shows the one that fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    class: &'static str,
    pub(super) width: i32,
    height: i32,
    /// How many points a curve is drawn through, about.
    points: usize,
    /// How many hover notes there are; none where there is no pointer to hover with.
    pub(super) notes: usize,
    dates: u64,
}

const SIZES: [Size; 3] = [
    Size {
        class: "wide",
        width: 1000,
        height: 340,
        points: 600,
        notes: 90,
        dates: 10,
    },
    Size {
        class: "middle",
        width: 560,
        height: 300,
        points: 400,
        notes: 48,
        dates: 6,
    },
    Size {
        class: "narrow",
        width: 360,
        height: 260,
        points: 260,
        notes: 0,
        dates: 4,
    },
];

/// How a layer is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// On top of the areas before it.
    Area,
    /// On top of the bars before it.
    Bar,
    /// By itself.
    Line,
}

/// One series of a chart.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) label: String,
    pub(super) ink: Ink,
    pub(super) shape: Shape,
    /// One for each place of the chart.
    pub(super) values: Vec<f64>,
}

/// What the places of a chart are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Across {
    /// Points of time.
    Time,
    /// Percent.
    Percent,
}

/// A chart before it is drawn.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    /// For those who can't see it.
    pub(super) description: String,
    pub(super) across: Across,
    /// Where values stand, rising: points, or the left edges of bars.
    pub(super) places: Vec<f64>,
    /// The right edge of the last bar.
    pub(super) end: f64,
    pub(super) unit: Unit,
    /// The top of the value axis, if it isn't for the values to say.
    pub(super) top: Option<f64>,
    pub(super) layers: Vec<Layer>,
}

/// A layer's outline from below and above: equal for lines.
pub(super) struct Band {
    pub(super) low: Vec<f64>,
    pub(super) high: Vec<f64>,
}

impl Layer {
    /// Whether there is anything to see of it.
    pub(super) fn is_empty(&self) -> bool {
        self.values.iter().all(|value| *value == 0.0)
    }
}

impl Chart {
    /// All three sizes of it, under a legend.
    pub(super) fn draw(&self) -> Result<Markup, ReportError> {
        let drawn = SIZES
            .iter()
            .map(|size| self.draw_at(*size))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(html! {
            (self.legend())
            div.plot { @for svg in drawn { (svg) } }
        })
    }

    /// What is what, the last layer first, as it stands highest; nothing for a single layer.
    fn legend(&self) -> Markup {
        html! {
            @if self.layers.len() > 1 {
                ul.legend {
                    @for layer in &self.layers {
                        @let line = if layer.shape == Shape::Line { " line" } else { "" };
                        li { span class={ "key b-" (layer.ink.name()) (line) } {} (layer.label) }
                    }
                }
            }
        }
    }

    fn draw_at(&self, size: Size) -> Result<Markup, ReportError> {
        let drawn = self.sampled(size.points);
        let bands = drawn.bands();
        let top = drawn.top(&bands);
        let mut text = String::new();
        let (width, height) = (size.width, size.height);
        let pixels = (
            (width * FINENESS).unsigned_abs(),
            (height * FINENESS).unsigned_abs(),
        );
        let plane = {
            let area = SVGBackend::with_string(&mut text, pixels).into_drawing_area();
            let plane = drawn.draw_on(&area, size, top, &bands)?;
            area.present().map_err(draw::refused)?;
            plane
        };
        let view = format!("0 0 {} {}", width * FINENESS, height * FINENESS);
        Ok(html! {
            svg class=(size.class) viewBox=(view) role="img" aria-label=(self.description) {
                (PreEscaped(themed(&text)))
                @if size.notes > 0 { (hover::notes(&drawn, size, &plane)) }
            }
        })
    }

    /// With few enough places to draw; bars are few already.
    fn sampled(&self, most: usize) -> Self {
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

    pub(super) fn has_bars(&self) -> bool {
        self.layers.iter().any(|layer| layer.shape == Shape::Bar)
    }

    fn bands(&self) -> Vec<Band> {
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

    fn top(&self, bands: &[Band]) -> f64 {
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

    pub(super) fn ticks(&self, size: Size) -> Vec<Tick> {
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
    pub(super) fn place_name(&self, index: usize) -> String {
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
