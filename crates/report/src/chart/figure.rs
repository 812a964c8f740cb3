//! A chart, drawn once for each width, under a legend.

use maud::{html, Markup, PreEscaped};
use plotters::prelude::{IntoDrawingArea as _, SVGBackend};

use super::data::{Chart, Shape, Size, FINENESS};
use super::ink::themed;
use super::{draw, hover};
use crate::section::ReportError;

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

impl Chart {
    /// All three sizes of it, under a legend.
    pub(crate) fn draw(&self) -> Result<Markup, ReportError> {
        let drawn = SIZES
            .iter()
            .map(|size| self.draw_at(*size))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(html! {
            (self.legend())
            div.plot { @for svg in drawn { (svg) } }
        })
    }

    /// The legend, the last layer first, as it stands highest; nothing for a single layer.
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

    pub(super) fn draw_at(&self, size: Size) -> Result<Markup, ReportError> {
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
                (PreEscaped(themed(&text).replace('\n', "")))
                @if size.notes > 0 { (hover::notes(&drawn, size, &plane)) }
            }
        })
    }
}
