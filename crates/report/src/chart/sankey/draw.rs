//! A diagram as SVG, once for each width.

use std::fmt::Write as _;

use maud::{html, Markup};

use super::order::Graph;
use super::place::{Placed, Port};
use super::{Link, Node, Sankey};
use crate::chart::data::FINENESS;
use crate::section::ReportError;

/// The widths at which a diagram is drawn; style.css shows the one that fits.
const SIZES: [(&str, i32); 3] = [("wide", 1_000), ("middle", 560), ("narrow", 360)];

/// The least distance of columns, at which a label has room for nine letters.
const LEAST_PITCH: i32 = 72;
/// The most room of the last column, at which a label has room for 21 letters.
const LAST_ROOM: i32 = 160;
/// The width of a node.
const BAR: i32 = 10 * FINENESS;
/// The distance of a label from its node, and from the next column.
const BESIDE: i32 = 5 * FINENESS;
/// A line of a label is this high, and a letter about this wide.
const LINE: i32 = 15 * FINENESS;
const LETTER: i32 = 26;
/// The least height that can be seen.
const THIN: i32 = 2;

/// Columns, and how they lie across a drawing.
struct Across {
    width: i32,
    /// The distance of columns, in units of the drawing.
    pitch: i32,
    /// The room of the last column with its labels.
    last: i32,
}

impl Across {
    fn new(width: i32, columns: usize) -> Self {
        let columns = i32::try_from(columns.max(1)).unwrap_or(i32::MAX);
        let width = width.max(columns.saturating_mul(LEAST_PITCH));
        // Beside the last column there is its label, and no ribbon.
        let last = (width / columns).min(LAST_ROOM);
        let between = (width - last).saturating_mul(FINENESS) / (columns - 1).max(1);
        let pitch = if columns == 1 {
            width * FINENESS
        } else {
            between
        };
        let last = last * FINENESS;
        Self { width, pitch, last }
    }

    fn left(&self, column: usize) -> i32 {
        i32::try_from(column)
            .unwrap_or(i32::MAX)
            .saturating_mul(self.pitch)
    }

    /// The letters that a label has room for.
    fn letters(&self) -> usize {
        let room = (self.pitch.min(self.last) - BAR - 2 * BESIDE) / LETTER;
        usize::try_from(room).unwrap_or(0).max(4)
    }
}

impl Sankey {
    /// Draws all three sizes of it.
    pub(crate) fn draw(&self) -> Result<Markup, ReportError> {
        let graph = self.graph()?;
        let drawn = SIZES
            .iter()
            .map(|(class, width)| self.draw_at(class, *width, &graph))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(html! { div.plot.flows { @for svg in drawn { (svg) } } })
    }

    fn draw_at(&self, class: &str, width: i32, graph: &Graph) -> Result<Markup, ReportError> {
        let across = Across::new(width, graph.columns.len());
        let labels = self.nodes.iter();
        let labels: Vec<Vec<String>> = labels.map(|node| label(node, across.letters())).collect();
        let lines = |node: usize| LINE * i32::try_from(labels[node].len()).unwrap_or(3);
        let placed = Placed::new(graph, lines)?;
        let (width, height) = (across.width * FINENESS, placed.height.max(1));
        let least = (across.width > 360).then(|| format!("min-width:{}px", across.width));
        let least = least.filter(|_| class == "narrow");
        Ok(html! {
            svg class=(class) viewBox={ "0 0 " (width) " " (height) } style=[least] role="img" aria-label=(self.description) {
                g.ribbons { @for (link, path) in ribbons(graph, &placed, &across) { (self.ribbon(link, &path)) } }
                @for (index, station) in graph.stations.iter().enumerate() {
                    @if let Some(node) = station.node {
                        (bar(&self.nodes[node], &labels[node], across.left(station.column), &placed, index))
                    }
                }
            }
        })
    }

    fn ribbon(&self, link: usize, path: &str) -> Markup {
        let Link { to, told, .. } = &self.links[link];
        html! { path class={ "f-" (self.nodes[*to].ink.name()) } d=(path) { title { (told) } } }
    }
}

/// The name, in two lines where it needs them, and the figure.
fn label(node: &Node, letters: usize) -> Vec<String> {
    let mut lines = wrapped(&node.label, letters);
    lines.push(node.figure.clone());
    lines
}

/// At most two lines of so many letters, broken at a space where there is one, and cut short.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let all: Vec<char> = text.chars().collect();
    if all.len() <= letters {
        return vec![text.to_owned()];
    }
    let head = &all[..=letters];
    let space = head.iter().rposition(|letter| *letter == ' ');
    let space = space.filter(|at| *at > 0);
    let (first, rest) = match space {
        Some(at) => (&all[..at], &all[at + 1..]),
        None if all.len() <= 2 * letters => (&all[..letters], &all[letters..]),
        None => (&all[..letters.saturating_sub(1)], &all[..0]),
    };
    let mut first: String = first.iter().collect();
    if rest.is_empty() {
        first.push('…');
        return vec![first];
    }
    let second: String = if rest.len() > letters {
        let cut = rest.iter().take(letters.saturating_sub(1));
        cut.chain(['…'].iter()).collect()
    } else {
        rest.iter().collect()
    };
    vec![first, second]
}

/// A node with its label, in the middle of the room that it has.
fn bar(node: &Node, label: &[String], left: i32, placed: &Placed, station: usize) -> Markup {
    let (top, height) = (placed.tops[station], placed.heights[station].max(THIN));
    let [above, below] = placed.slot(station);
    let lines = i32::try_from(label.len()).unwrap_or(3);
    // The base of the first line: letters stand on it, a fifth of a line above the next.
    let first = i32::midpoint(above, below) - LINE * lines / 2 + LINE * 4 / 5;
    let beside = left + BAR + BESIDE;
    html! {
        g.node {
            title { (node.label) ": " (node.figure) }
            rect x=(left) y=(top) width=(BAR) height=(height) class={ "f-" (node.ink.name()) } {}
            text y=(first) {
                @for (index, line) in label.iter().enumerate() {
                    @let dy = if index == 0 { 0 } else { LINE };
                    @let class = (index + 1 == label.len()).then_some("of");
                    tspan class=[class] x=(beside) dy=(dy) { (line) }
                }
            }
        }
    }
}

/// The outline of each link's ribbon, through all columns that it passes.
fn ribbons(graph: &Graph, placed: &Placed, across: &Across) -> Vec<(usize, String)> {
    // The edges of a link follow each other.
    let links = graph.edges.chunk_by(|one, next| one.link == next.link);
    let mut index = 0;
    let paths = links.map(|edges| {
        let ports = placed.ports[index..].iter().zip(edges);
        index += edges.len();
        let corners = ports.flat_map(|([begin, end], edge)| {
            [
                corner(graph, placed, edge.from, *begin, across, BAR),
                corner(graph, placed, edge.to, *end, across, 0),
            ]
        });
        (edges[0].link, outline(&corners.collect::<Vec<_>>()))
    });
    paths.collect()
}

/// The place across of a ribbon's end at a station, its top and its bottom.
fn corner(
    graph: &Graph,
    placed: &Placed,
    station: usize,
    port: Port,
    across: &Across,
    right: i32,
) -> [i32; 3] {
    let left = across.left(graph.stations[station].column);
    let top = placed.tops[station] + port.top;
    let bottom = (top + port.bottom - port.top).max(top + THIN);
    [left + right, top, bottom]
}

/// A path along the tops of some pairs of corners, and back along their bottoms: bent between columns,
/// straight in them.
fn outline(corners: &[[i32; 3]]) -> String {
    let mut path = String::new();
    let tops = corners.iter().map(|[x, top, _]| (*x, *top));
    let bottoms = corners.iter().rev().map(|[x, _, bottom]| (*x, *bottom));
    let mut last = None;
    for (index, (x, y)) in tops.chain(bottoms).enumerate() {
        let is_bent = index % 2 == 1;
        // Text can always be written to.
        let _ = match last {
            None => write!(path, "M{x} {y}"),
            Some((from, was)) if is_bent => {
                let middle = i32::midpoint(from, x);
                write!(path, "C{middle} {was} {middle} {y} {x} {y}")
            }
            Some(_) => write!(path, "L{x} {y}"),
        };
        last = Some((x, y));
    }
    path.push('Z');
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_two_lines_before_it_is_cut() {
        assert_eq!(wrapped("Treasury", 9), ["Treasury"]);
        assert_eq!(wrapped("Market makers", 9), ["Market", "makers"]);
        assert_eq!(wrapped("Market makers", 6), ["Market", "makers"]);
        assert_eq!(
            wrapped("Swap fees of chains", 9),
            ["Swap fees", "of chains"]
        );
        assert_eq!(
            wrapped("Swap fees of all chains", 9),
            ["Swap fees", "of all c…"]
        );
        assert_eq!(wrapped("Anticipation", 9), ["Anticipat", "ion"]);
        assert_eq!(wrapped("Disproportionableness", 9), ["Dispropo…"]);
        assert_eq!(
            wrapped("é".repeat(10).as_str(), 9),
            ["é".repeat(9), "é".to_owned()]
        );
    }

    #[test]
    fn a_ribbon_is_bent_between_columns_and_straight_in_them() {
        let path = outline(&[[40, 0, 10], [100, 20, 30], [140, 20, 30], [200, 0, 10]]);
        assert_eq!(
            path,
            "M40 0C70 0 70 20 100 20L140 20C170 20 170 0 200 0\
             L200 10C170 10 170 30 140 30L100 30C70 30 70 10 40 10Z"
        );
    }

    #[test]
    fn columns_have_the_least_distance_where_there_are_many() {
        assert_eq!(Across::new(360, 3).width, 360);
        assert_eq!(Across::new(360, 5).pitch, 72 * FINENESS);
        let many = Across::new(360, 9);
        assert_eq!((many.width, many.letters()), (648, 8));
        let wide = Across::new(1_000, 3);
        assert_eq!((wide.pitch, wide.letters()), (420 * FINENESS, 21));
        assert_eq!(Across::new(360, 1).letters(), 21);
        for columns in 2..12 {
            let across = Across::new(560, columns);
            let right = across.left(columns - 1) + across.last;
            assert!(right <= across.width * FINENESS);
        }
    }
}
