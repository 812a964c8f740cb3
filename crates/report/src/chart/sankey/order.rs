//! The columns of a diagram, and the order in each of them that few ribbons cross in.

use tokenomics_fixed_math::{Amount, Error};

/// The number of times that all columns are ordered by their neighbours.
const SWEEPS: usize = 12;

/// A flow from a node to a later one.
type Link = (usize, usize, Amount);

/// A node, or the place at which a ribbon passes a column that it doesn't end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Station {
    pub(super) column: usize,
    /// The node; `None` where a ribbon passes.
    pub(super) node: Option<usize>,
    /// The larger of what comes in and what goes out.
    pub(super) size: Amount,
}

/// The part of a link between neighbouring columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) link: usize,
    pub(super) amount: Amount,
}

/// Stations in columns, with an edge from each to the next that something flows to.
#[derive(Debug, Clone)]
pub(super) struct Graph {
    pub(super) stations: Vec<Station>,
    pub(super) edges: Vec<Edge>,
    /// The stations of each column, from the top.
    pub(super) columns: Vec<Vec<usize>>,
}

/// The side of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    In,
    Out,
}

impl Graph {
    /// Creates the columns of so many nodes, each in the one after the last that it gets anything from.
    /// Links of nothing and nodes without links are left out.
    pub(super) fn new(nodes: usize, links: &[Link]) -> Result<Self, Error> {
        let mut links: Vec<_> = links.iter().copied().enumerate().collect();
        links.retain(|(_, (from, to, amount))| from < to && *to < nodes && !amount.is_zero());
        // A node's column is known when all links from earlier nodes are seen.
        links.sort_by_key(|(_, (from, ..))| *from);
        let mut column = vec![0; nodes];
        for (_, (from, to, _)) in &links {
            column[*to] = column[*to].max(column[*from] + 1);
        }
        let mut graph = Self {
            stations: Vec::new(),
            edges: Vec::new(),
            columns: Vec::new(),
        };
        let mut place = vec![usize::MAX; nodes];
        for (node, size) in sizes(nodes, &links)?.into_iter().enumerate() {
            if !size.is_zero() {
                place[node] = graph.add(column[node], Some(node), size);
            }
        }
        for (link, (from, to, amount)) in links {
            graph.connect(link, [place[from], place[to]], amount);
        }
        Ok(graph)
    }

    fn add(&mut self, column: usize, node: Option<usize>, size: Amount) -> usize {
        let index = self.stations.len();
        self.stations.push(Station { column, node, size });
        if self.columns.len() <= column {
            self.columns.resize(column + 1, Vec::new());
        }
        self.columns[column].push(index);
        index
    }

    /// Adds the edges of a link, with a station in each column that it passes.
    fn connect(&mut self, link: usize, [from, to]: [usize; 2], amount: Amount) {
        let mut from = from;
        for column in self.stations[from].column + 1..=self.stations[to].column {
            let is_last = column == self.stations[to].column;
            let next = if is_last {
                to
            } else {
                self.add(column, None, amount)
            };
            self.edges.push(Edge {
                from,
                to: next,
                link,
                amount,
            });
            from = next;
        }
    }

    /// Puts each column in the order of the means of its neighbours' places, to and fro, and keeps the
    /// best.
    pub(super) fn arrange(&mut self) {
        let mut best = (self.crossings(), self.columns.clone());
        for sweep in 0..SWEEPS {
            let side = if sweep.is_multiple_of(2) {
                Side::In
            } else {
                Side::Out
            };
            self.sweep(side);
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.columns.clone());
            }
        }
        self.columns = best.1;
    }

    /// Orders each column by the neighbours on one side, the one next to the first column that has none
    /// there first.
    fn sweep(&mut self, side: Side) {
        let count = self.columns.len();
        for step in 1..count {
            let column = match side {
                Side::In => step,
                Side::Out => count - 1 - step,
            };
            let places = self.places();
            let mut sums = vec![(0, 0); self.stations.len()];
            for edge in &self.edges {
                let (one, other) = match side {
                    Side::In => (edge.to, edge.from),
                    Side::Out => (edge.from, edge.to),
                };
                sums[one].0 += places[other];
                sums[one].1 += 1;
            }
            // A station without neighbours keeps its place. Places are few enough for any product.
            let mean = |station: &usize| match sums[*station] {
                (_, 0) => places[*station] * 1_000,
                (sum, count) => sum * 1_000 / count,
            };
            self.columns[column].sort_by_key(mean);
        }
    }

    /// Returns the place of each station in its column.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.stations.len()];
        for column in &self.columns {
            for (place, station) in column.iter().enumerate() {
                places[*station] = place;
            }
        }
        places
    }

    /// Counts the pairs of edges that cross.
    pub(super) fn crossings(&self) -> usize {
        let places = self.places();
        let mut ends: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.columns.len()];
        for edge in &self.edges {
            let column = self.stations[edge.from].column;
            ends[column].push((places[edge.from], places[edge.to]));
        }
        let each = ends.into_iter().map(|mut ends| {
            ends.sort_unstable();
            inversions(ends.into_iter().map(|(_, to)| to))
        });
        each.sum()
    }
}

/// Returns the larger of what comes to each node and what goes from it.
fn sizes(nodes: usize, links: &[(usize, Link)]) -> Result<Vec<Amount>, Error> {
    let mut sums = vec![[Amount::ZERO; 2]; nodes];
    for (_, (from, to, amount)) in links {
        sums[*from][1] = sums[*from][1].checked_add(*amount)?;
        sums[*to][0] = sums[*to][0].checked_add(*amount)?;
    }
    Ok(sums
        .into_iter()
        .map(|[came, went]| came.max(went))
        .collect())
}

/// Counts the pairs of which the later is less: for each, how many so far are greater, of sums in a
/// Fenwick tree.
fn inversions(values: impl ExactSizeIterator<Item = usize> + Clone) -> usize {
    let most = values.clone().max().map_or(0, |most| most + 1);
    let mut tree = vec![0; most + 1];
    let mut count = 0;
    for (seen, value) in values.enumerate() {
        let mut not_greater = 0;
        let mut at = value + 1;
        while at > 0 {
            not_greater += tree[at];
            at &= at - 1;
        }
        count += seen - not_greater;
        let mut at = value + 1;
        while at <= most {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    count
}
