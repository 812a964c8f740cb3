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
    /// The number of points that a curve is drawn through, about.
    pub(crate) points: usize,
    /// The number of hover notes; none where there is no pointer to hover with.
    pub(crate) notes: usize,
    pub(crate) dates: u64,
}

/// The way in which a layer is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// On top of the areas before it.
    Area,
    /// On top of the bars before it.
    Bar,
    /// A layer by itself.
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

/// The kind of places that a chart has.
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
    /// The places of values, rising: points, or the left edges of bars.
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
    /// Returns `true` if there is anything to see of it.
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

    /// The name of a place in a hover note.
    pub(crate) fn place_name(&self, index: usize) -> String {
        let place = self.places[index];
        let at = Timestamp::new(place as u64);
        match self.across {
            Across::Percent => {
                let right = self.places.get(index + 1).copied().unwrap_or(self.end);
                format!("prices −{:.0}%", f64::midpoint(place, right))
            }
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

/// The place of the plane of values in a drawing, in its pixels.
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokenomics_design::calendar;

    const DAY: f64 = 86_400.0;

    fn chart(shape: Shape, places: &[f64], end: f64, values: &[f64]) -> Chart {
        Chart {
            description: String::new(),
            across: Across::Time,
            places: places.to_vec(),
            end,
            unit: Unit::Tokens,
            top: None,
            layers: vec![Layer {
                label: String::new(),
                ink: Ink::Blue,
                shape,
                values: values.to_vec(),
            }],
        }
    }

    #[test]
    fn curves_are_drawn_through_few_of_their_points_and_bars_are_all_drawn() {
        let places: Vec<f64> = (0..100).map(f64::from).collect();
        let values: Vec<f64> = places.iter().map(|place| 3.0 * place).collect();
        let few = chart(Shape::Line, &places, 99.0, &values).sampled(10);
        assert_eq!(few.places.len(), 11);
        let through = few.places.iter().map(|place| 3.0 * place);
        assert_eq!(few.layers[0].values, through.collect::<Vec<_>>());
        let bars = chart(Shape::Bar, &places, 100.0, &values).sampled(10);
        assert_eq!(bars.places, places);
    }

    #[test]
    fn an_axis_ends_a_little_above_the_highest_value_or_where_it_is_told() {
        let top = |values: &[f64], top| {
            let mut chart = chart(Shape::Area, &[0.0, 1.0], 1.0, values);
            chart.layers.push(chart.layers[0].clone());
            chart.top = top;
            chart.top(&chart.bands())
        };
        assert_eq!(top(&[50.0, 25.0], None), 104.0);
        assert_eq!(top(&[50.0, 25.0], Some(200.0)), 200.0);
        for nowhere in [top(&[0.0, 0.0], None), top(&[f64::INFINITY, 0.0], None)] {
            assert_eq!(nowhere, 1.0);
        }
    }

    #[test]
    fn a_place_is_a_day_a_month_a_year_or_more() {
        let curve = chart(Shape::Line, &[0.0, 31.0 * DAY], 31.0 * DAY, &[1.0, 1.0]);
        assert_eq!(curve.place_name(1), "1\u{a0}Feb\u{a0}1970");
        let bar = |days: f64| {
            let bars = chart(Shape::Bar, &[0.0, DAY], (1.0 + days) * DAY, &[1.0, 1.0]);
            [bars.place_name(0), bars.place_name(1)]
        };
        let month = dates::month(Timestamp::ZERO);
        let told = |name: &str| [month.clone(), name.to_owned()];
        assert_eq!(bar(40.0), told(&month));
        assert_eq!(bar(41.0), told("1970"));
        assert_eq!(bar(5_000.0), told("1970"));
        assert_eq!(bar(5_001.0), told("1970\u{a0}ff."));
    }

    #[test]
    fn dates_have_the_room_that_the_values_leave() {
        let at = |text: &str| calendar::parse_date(text).unwrap().get() as f64;
        let (from, to) = (at("2024-01-15"), at("2024-06-15"));
        let size = |width| Size {
            class: "",
            width,
            height: 100,
            points: 10,
            notes: 0,
            dates: 6,
        };
        let labels = |width| {
            let chart = chart(Shape::Line, &[from, to], to, &[1.0, 1.0]);
            let labels = chart.ticks(size(width)).into_iter();
            labels.map(|(_, label)| label).collect::<Vec<_>>()
        };
        // 46 and 40 letters: a month each would need 50, and two months each 30.
        assert_eq!(labels(360), ["Mar 2024", "May 2024"]);
        assert_eq!(labels(320), ["Mar 2024", "May 2024"]);
        assert_eq!(labels(385).len(), 5);
        assert_eq!(labels(250), ["Apr 2024"]);
    }

    #[test]
    fn a_place_lies_at_its_share_of_the_plane() {
        let plane = Plane {
            x: 100..500,
            y: 0..1,
            from: 10.0,
            to: 20.0,
        };
        assert_eq!(
            [10.0, 12.5, 20.0].map(|place| plane.at(place)),
            [25, 50, 125]
        );
    }
}
