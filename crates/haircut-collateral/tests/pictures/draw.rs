//! Lines and their axes, as SVG.

use std::fmt::Write as _;

// In tenths of a point.
pub(crate) const WIDTH: u128 = 4_800;
pub(crate) const HEIGHT: u128 = 2_000;

/// The points of a curve.
pub(crate) const STEPS: u128 = 240;

pub(crate) const BLUE: &str = "#0969da";
pub(crate) const ORANGE: &str = "#bc4c00";
pub(crate) const GREEN: &str = "#1a7f37";
pub(crate) const PURPLE: &str = "#8250df";
pub(crate) const RED: &str = "#cf222e";
pub(crate) const GRAY: &str = "#8c959f";

/// A line of a picture, of points from its lower left corner.
pub(crate) struct Line {
    pub(crate) color: &'static str,
    pub(crate) name: &'static str,
    pub(crate) points: Vec<[u128; 2]>,
}

impl Line {
    /// The line through the values that there are, of steps that go from 0 to the width.
    pub(crate) fn of(
        name: &'static str,
        color: &'static str,
        top: u128,
        value: impl Fn(u128) -> Option<u128>,
    ) -> Self {
        let points = (0..=STEPS).filter_map(|step| {
            let value = value(step).filter(|value| *value <= top)?;
            Some([step * WIDTH / STEPS, value * HEIGHT / top])
        });
        let points = points.collect();
        Self {
            color,
            name,
            points,
        }
    }

    /// The path, in points from the upper left corner; what goes straight on is left out.
    fn path(&self) -> String {
        let mut path = String::new();
        for (at, [x, y]) in self.points.iter().enumerate() {
            let height = |y: u128| HEIGHT - y;
            let straight = at > 0
                && self.points[at - 1][1] == *y
                && self.points.get(at + 1).is_some_and(|next| next[1] == *y);
            if straight {
                continue;
            }
            let command = if at == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{command}{} {}", tenths(*x), tenths(height(*y)));
        }
        path
    }
}

fn tenths(number: u128) -> String {
    match number % 10 {
        0 => (number / 10).to_string(),
        tenth => format!("{}.{tenth}", number / 10),
    }
}

/// A picture: what its axes are, where the names of the lines begin, and the lines.
pub(crate) struct Picture {
    pub(crate) name: &'static str,
    pub(crate) axes: [&'static str; 2],
    pub(crate) legend: [u32; 2],
    pub(crate) lines: Vec<Line>,
}

const STYLE: &str =
    "path{fill:none;stroke-width:2;stroke-linejoin:round}text{font:12px sans-serif}";

impl Picture {
    pub(crate) fn svg(&self) -> String {
        let [across, up] = self.axes;
        let (right, bottom) = (WIDTH / 10, HEIGHT / 10);
        let (width, height) = (right + 16, bottom + 32);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -12 {width} {height}\" width=\"{width}\" height=\"{height}\">\n<style>{STYLE}</style>\n\
             <path stroke=\"{GRAY}\" style=\"stroke-width:1\" d=\"M0 -8V{bottom}H{}\"/>\n\
             <text x=\"{right}\" y=\"{}\" text-anchor=\"end\" fill=\"{GRAY}\">{across}</text>\n\
             <text x=\"6\" y=\"0\" fill=\"{GRAY}\">{up}</text>\n",
            right + 4,
            bottom + 15,
        );
        let [left, top] = self.legend;
        for (line, y) in self.lines.iter().zip((top..).step_by(16)) {
            let dashes = match line.color {
                GRAY => " stroke-dasharray=\"5 4\"",
                _ => "",
            };
            let Line { color, name, .. } = line;
            let _ = write!(
                svg,
                "<path stroke=\"{color}\"{dashes} d=\"{}\"/>\n<text x=\"{left}\" y=\"{y}\" fill=\"{color}\">{name}</text>\n",
                line.path()
            );
        }
        svg.push_str("</svg>\n");
        svg
    }
}
