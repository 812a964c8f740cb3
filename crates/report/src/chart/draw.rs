//! Puts the layers of a chart on a drawing area.

use plotters::coord::Shift;
use plotters::prelude::*;

use super::axis::{self, Axis};
use super::data::{Band, Chart, Layer, Plane, Shape, Size, FINENESS};
use super::ink::Ink;
use crate::section::ReportError;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Context<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Axis, Axis>>;

/// The refusal of the plotting library; it has no reason to where only text is written.
pub(crate) fn refused(error: impl std::fmt::Display) -> ReportError {
    ReportError::Draw(error.to_string())
}

impl Chart {
    /// Draws all of it; where the plane of values lies is for the hover notes.
    pub(crate) fn draw_on(
        &self,
        area: &Area<'_>,
        size: Size,
        top: f64,
        bands: &[Band],
    ) -> Result<Plane, ReportError> {
        let from = self.places.first().copied().unwrap_or(0.0);
        let to = if self.end > from {
            self.end
        } else {
            from + 1.0
        };
        let up = axis::values(top, self.unit, 5);
        let widest = up
            .iter()
            .map(|(_, label)| label.chars().count())
            .max()
            .unwrap_or(0);
        let left = FINENESS * (12 + 7 * i32::try_from(widest).unwrap_or(9));
        let mut context = ChartBuilder::on(area)
            .margin_top(8 * FINENESS)
            .margin_right(16 * FINENESS)
            .set_label_area_size(LabelAreaPosition::Left, left)
            .set_label_area_size(LabelAreaPosition::Bottom, 26 * FINENESS)
            .build_cartesian_2d(
                Axis::new(from..to, self.ticks(size)),
                Axis::new(0.0..top, up),
            )
            .map_err(refused)?;
        for (layer, band) in self.layers.iter().zip(bands) {
            self.draw_layer(&mut context, layer, band, to)?;
        }
        draw_mesh(&mut context)?;
        let (x, y) = context.plotting_area().get_pixel_range();
        Ok(Plane { x, y, from, to })
    }

    fn draw_layer(
        &self,
        context: &mut Context<'_, '_>,
        layer: &Layer,
        band: &Band,
        to: f64,
    ) -> Result<(), ReportError> {
        let ink = layer.ink.sentinel();
        let points = |values: &[f64]| {
            self.places
                .iter()
                .copied()
                .zip(values.iter().copied())
                .collect::<Vec<_>>()
        };
        match layer.shape {
            Shape::Area => {
                let mut outline = points(&band.high);
                let edge = outline.clone();
                outline.extend(points(&band.low).into_iter().rev());
                draw_one(context, Polygon::new(outline, ink.filled()))?;
                let parting = Ink::Surface.sentinel().stroke_width(stroke(0.75));
                draw_one(context, PathElement::new(edge, parting))
            }
            Shape::Bar => self.draw_bars(context, ink, band, to),
            Shape::Line => {
                let mut line = points(&band.high);
                if self.has_bars() {
                    // Over bars, a line goes to the right edge of the last.
                    line.extend(band.high.last().map(|last| (to, *last)));
                }
                draw_one(
                    context,
                    PathElement::new(line, ink.stroke_width(stroke(2.25))),
                )
            }
        }
    }

    fn draw_bars(
        &self,
        context: &mut Context<'_, '_>,
        ink: RGBColor,
        band: &Band,
        to: f64,
    ) -> Result<(), ReportError> {
        let ends = self.places.iter().copied().skip(1).chain([to]);
        // Gaps need room to be seen.
        let gap = if self.places.len() <= 130 { 0.12 } else { 0.0 };
        for ((from, to), (low, high)) in self
            .places
            .iter()
            .copied()
            .zip(ends)
            .zip(band.low.iter().zip(&band.high))
        {
            if high > low {
                let inset = (to - from) * gap;
                let bar = Rectangle::new([(from + inset, *low), (to - inset, *high)], ink.filled());
                draw_one(context, bar)?;
            }
        }
        Ok(())
    }
}

fn stroke(width: f64) -> u32 {
    (width * f64::from(FINENESS)).round() as u32
}

fn draw_one<E>(context: &mut Context<'_, '_>, element: E) -> Result<(), ReportError>
where
    for<'e> &'e E: plotters::element::PointCollection<'e, (f64, f64)>,
    for<'b> E: plotters::element::Drawable<SVGBackend<'b>>,
{
    context
        .draw_series(std::iter::once(element))
        .map_err(refused)?;
    Ok(())
}

/// Grid lines over the layers, so that areas can be read against them.
fn draw_mesh(context: &mut Context<'_, '_>) -> Result<(), ReportError> {
    // The backend divides sizes by 1.24.
    let size = 12.5 * 1.24 * f64::from(FINENESS);
    let style = ("sans-serif", size)
        .into_font()
        .color(&Ink::Text.sentinel());
    // Values have lines across and no axis; dates have an axis and no lines.
    context
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .bold_line_style(Ink::Grid.sentinel().stroke_width(stroke(1.0)))
        .axis_style(TRANSPARENT)
        .label_style(style.clone())
        .set_tick_mark_size(LabelAreaPosition::Left, 6 * FINENESS)
        .draw()
        .map_err(refused)?;
    context
        .configure_mesh()
        .disable_mesh()
        .disable_y_axis()
        .axis_style(Ink::Axis.sentinel().stroke_width(stroke(1.0)))
        .label_style(style)
        .set_tick_mark_size(LabelAreaPosition::Bottom, 5 * FINENESS)
        .draw()
        .map_err(refused)
}
