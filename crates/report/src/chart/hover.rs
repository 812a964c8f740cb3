//! Notes that appear under a pointer, without a script: upright strips, each with its own note
//! that the style sheet shows while the strip is hovered.

use std::ops::Range;

use maud::{html, Markup};

use super::data::{Chart, Layer, Plane, Shape, Size, FINENESS};

/// A line of a note is this high, and a letter about this wide.
const LINE: i32 = 17;
const LETTER: i32 = 7;

/// All strips of a chart.
pub(crate) fn notes(chart: &Chart, size: Size, plane: &Plane) -> Markup {
    let strips = strips(chart, size.notes);
    html! {
        g.notes transform={ "scale(" (FINENESS) ")" } {
            @for (index, from, to) in strips { (note(chart, size, plane, index, from..to)) }
        }
    }
}

/// For each strip the place that it tells of, and its edges: a bar's own, or around a point.
fn strips(chart: &Chart, most: usize) -> Vec<(usize, f64, f64)> {
    let places = &chart.places;
    if chart.has_bars() {
        let ends = places.iter().copied().skip(1).chain([chart.end]);
        return places
            .iter()
            .zip(ends)
            .enumerate()
            .map(|(i, (from, to))| (i, *from, to))
            .collect();
    }
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Vec::new();
    };
    let width = (last - first) / most as f64;
    let mut strips: Vec<(usize, f64, f64)> = Vec::new();
    for k in 0..most {
        let (from, to) = (first + width * k as f64, first + width * (k + 1) as f64);
        let middle = f64::midpoint(from, to);
        // No middle lies beyond the last place.
        let index = places.partition_point(|place| *place < middle);
        match strips.last_mut() {
            // Few points: one strip from each to the next.
            Some((same, _, end)) if *same == index => *end = to,
            _ => strips.push((index, from, to)),
        }
    }
    strips
}

fn note(chart: &Chart, size: Size, plane: &Plane, index: usize, strip: Range<f64>) -> Markup {
    let (left, right) = (plane.at(strip.start), plane.at(strip.end));
    let (top, bottom) = (plane.y.start / FINENESS, plane.y.end / FINENESS);
    let pointer = if chart.has_bars() {
        i32::midpoint(left, right)
    } else {
        plane.at(chart.places[index])
    };
    let lines = lines(chart, index);
    let name = chart.place_name(index);
    let letters = lines.iter().map(|(_, text)| text.chars().count() + 3);
    let letters = letters.chain([name.chars().count() + 1]).max().unwrap_or(0);
    let width = LETTER * i32::try_from(letters).unwrap_or(40) + 12;
    let height = LINE * i32::try_from(lines.len() + 1).unwrap_or(10) + 10;
    let x = if pointer + 10 + width <= size.width {
        pointer + 10
    } else {
        (pointer - 10 - width).max(0)
    };
    html! {
        g.strip {
            rect x=(left) y=(top) width=((right - left).max(1)) height=(bottom - top) {}
            g {
                path d={ "M" (pointer) " " (top) "V" (bottom) } {}
                rect x=(x) y=(top) width=(width) height=(height) rx="4" {}
                text y=(top + 16) {
                    tspan.head x=(x + 8) { (name) }
                    @for (ink, text) in lines {
                        tspan x=(x + 8) dy=(LINE) class={ "f-" (ink) } { "■ " }
                        tspan { (text) }
                    }
                }
            }
        }
    }
}

/// The values at a place, in the order in which it is stacked from the top.
fn lines(chart: &Chart, index: usize) -> Vec<(&'static str, String)> {
    let shown = |layer: &&Layer| layer.shape == Shape::Line || layer.values[index] != 0.0;
    let told = |layer: &Layer| {
        let value = chart.unit.tell(layer.values[index]);
        (layer.ink.name(), format!("{} {value}", short(&layer.label)))
    };
    chart.layers.iter().rev().filter(shown).map(told).collect()
}

/// A name that leaves room for its figure.
fn short(label: &str) -> String {
    const MOST: usize = 24;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    label.chars().take(MOST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Across, Unit};
    use super::*;

    #[test]
    fn a_strip_between_two_points_is_of_the_first_that_is_not_before_its_middle() {
        let chart = Chart {
            description: String::new(),
            across: Across::Time,
            places: (0..=4).map(f64::from).collect(),
            end: 4.0,
            unit: Unit::Tokens,
            top: None,
            layers: Vec::new(),
        };
        assert_eq!(strips(&chart, 2), [(1, 0.0, 2.0), (3, 2.0, 4.0)]);
        assert_eq!(strips(&chart, 8).len(), 4);
    }

    #[test]
    fn a_long_name_leaves_room_for_its_figure() {
        assert_eq!(short(&"é".repeat(24)), "é".repeat(24));
        assert_eq!(short(&"é".repeat(25)), format!("{}…", "é".repeat(23)));
    }
}
