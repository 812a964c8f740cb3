//! The heights of stations and ribbons, and where they stand.

use tokenomics_fixed_math::{mul_div, Amount, Error, Rounding};

use super::order::{Graph, Side};

/// The height of all that flows, in units of the drawing.
pub(super) const BODY: i32 = 1_040;
/// The least distance between what stands in a column.
pub(super) const GAP: i32 = 36;

/// The number of times that stations are moved towards their neighbours.
const SWEEPS: usize = 4;

/// The part of a station's side that a ribbon takes, below the station's top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Port {
    pub(super) top: i32,
    pub(super) bottom: i32,
}

/// A diagram of which each thing has its place across the columns; along them, columns have theirs.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The top of each station.
    pub(super) tops: Vec<i32>,
    pub(super) heights: Vec<i32>,
    /// The height that a station with its label takes; it stands in the middle of that.
    slots: Vec<i32>,
    /// The ports of each edge where it begins and where it ends.
    pub(super) ports: Vec<[Port; 2]>,
    /// The height of the diagram.
    pub(super) height: i32,
}

impl Placed {
    /// Creates the layout of a graph, of which each station's label is so high.
    pub(super) fn new(graph: &Graph, label: impl Fn(usize) -> i32) -> Result<Self, Error> {
        let scale = Scale::new(graph)?;
        let stations = graph.stations.iter();
        let heights = stations.map(|one| scale.height(one.size));
        let heights = heights.collect::<Result<Vec<_>, _>>()?;
        let slots = graph.stations.iter().zip(&heights);
        let slots = slots.map(|(one, height)| one.node.map_or(0, &label).max(*height).max(2));
        let slots: Vec<i32> = slots.collect();
        let full = |column: &Vec<usize>| {
            let gaps = GAP * i32::try_from(column.len().saturating_sub(1)).unwrap_or(i32::MAX);
            column.iter().map(|one| slots[*one]).sum::<i32>() + gaps
        };
        let height = graph.columns.iter().map(full).max().unwrap_or(0);
        let mut placed = Self {
            tops: vec![0; graph.stations.len()],
            ports: ports(graph, scale)?,
            heights,
            slots,
            height,
        };
        placed.spread(graph);
        Ok(placed)
    }

    /// Gives each station a place, first in the middle of its column, then where its ribbons run
    /// straightest.
    fn spread(&mut self, graph: &Graph) {
        let middle = self.height / 2;
        for column in &graph.columns {
            let wanted: Vec<i64> = column.iter().map(|_| i64::from(middle)).collect();
            self.stand(column, &wanted);
        }
        for _ in 0..SWEEPS {
            for column in graph.columns.iter().skip(1) {
                self.pull(graph, column, &[Side::In]);
            }
            for column in graph.columns.iter().rev().skip(1) {
                self.pull(graph, column, &[Side::Out]);
            }
        }
        for column in &graph.columns {
            self.pull(graph, column, &[Side::In, Side::Out]);
        }
    }

    /// Moves a column's stations towards where their ribbons on some sides run straight.
    fn pull(&mut self, graph: &Graph, column: &[usize], sides: &[Side]) {
        let mut sums = vec![(0_i64, 0_i64); graph.stations.len()];
        let middle = |port: Port| i64::from(port.top) + i64::from(port.bottom);
        for (edge, [begin, end]) in graph.edges.iter().zip(&self.ports) {
            let weight = i64::from(begin.bottom - begin.top) + 1;
            let mut add = |one: usize, own: Port, other: usize, to: Port| {
                let wanted = i64::from(self.tops[other]) + (middle(to) - middle(own)) / 2;
                sums[one].0 += weight * wanted;
                sums[one].1 += weight;
            };
            if sides.contains(&Side::In) {
                add(edge.to, *end, edge.from, *begin);
            }
            if sides.contains(&Side::Out) {
                add(edge.from, *begin, edge.to, *end);
            }
        }
        let wanted = column.iter().map(|station| match sums[*station] {
            (_, 0) => i64::from(self.tops[*station]),
            (sum, weight) => sum.div_euclid(weight),
        });
        self.stand(column, &wanted.collect::<Vec<_>>());
    }

    /// Puts a column's stations, in their order and with room for each, as near as can be to where they
    /// should be: less the room of those above, their places have to rise, and the nearest that do are
    /// the means of those that would not (isotonic regression, by pooling adjacent violators).
    fn stand(&mut self, column: &[usize], wanted: &[i64]) {
        let mut above = 0_i64;
        let mut pools: Vec<(i64, i64)> = Vec::new();
        let mut offsets = Vec::with_capacity(column.len());
        for (station, wanted) in column.iter().zip(wanted) {
            let lead = i64::from((self.slots[*station] - self.heights[*station]) / 2);
            let mut pool = (wanted - lead - above, 1);
            while let Some(last) = pools.last() {
                if last.0 * pool.1 <= pool.0 * last.1 {
                    break;
                }
                pool = (pool.0 + last.0, pool.1 + last.1);
                pools.pop();
            }
            pools.push(pool);
            offsets.push(above + lead);
            above += i64::from(self.slots[*station] + GAP);
        }
        let most = i64::from(self.height + GAP) - above;
        let means = pools.into_iter().flat_map(|(sum, count)| {
            let mean = sum.div_euclid(count).clamp(0, most.max(0));
            (0..count).map(move |_| mean)
        });
        for ((station, offset), mean) in column.iter().zip(offsets).zip(means) {
            // At most the height of the diagram.
            self.tops[*station] = i32::try_from(offset + mean).unwrap_or(i32::MAX);
        }
    }

    /// Returns the top and the bottom of the room that a station has to itself.
    pub(super) fn slot(&self, station: usize) -> [i32; 2] {
        let lead = (self.slots[station] - self.heights[station]) / 2;
        let top = self.tops[station] - lead;
        [top, top + self.slots[station]]
    }
}

/// The fullest column, whose stations are as high as [`BODY`].
#[derive(Debug, Clone, Copy)]
struct Scale {
    whole: Amount,
}

impl Scale {
    fn new(graph: &Graph) -> Result<Self, Error> {
        let mut whole = Amount::new(1);
        for column in &graph.columns {
            let sizes = column.iter().map(|one| graph.stations[*one].size);
            whole = whole.max(Amount::try_sum(sizes)?);
        }
        Ok(Self { whole })
    }

    /// Returns the height of an amount, rounded down.
    fn height(self, amount: Amount) -> Result<i32, Error> {
        let body = BODY.unsigned_abs().into();
        let height = mul_div(amount.get(), body, self.whole.get(), Rounding::Floor)?;
        Ok(i32::try_from(height).unwrap_or(BODY))
    }
}

/// Returns the ports of each edge. Those of a station follow each other without a gap, in the order of
/// where they lead, and each ends at the height of all up to it: so that nothing is lost to rounding.
fn ports(graph: &Graph, scale: Scale) -> Result<Vec<[Port; 2]>, Error> {
    let places = graph.places();
    let mut ports = vec![[Port::default(); 2]; graph.edges.len()];
    for (end, side) in [Side::Out, Side::In].into_iter().enumerate() {
        let ends = |edge: usize| match side {
            Side::Out => (graph.edges[edge].from, graph.edges[edge].to),
            Side::In => (graph.edges[edge].to, graph.edges[edge].from),
        };
        let mut order: Vec<usize> = (0..graph.edges.len()).collect();
        order.sort_by_key(|edge| (places[ends(*edge).1], graph.edges[*edge].link));
        let mut sums = vec![Amount::ZERO; graph.stations.len()];
        for edge in order {
            let sum = &mut sums[ends(edge).0];
            let top = scale.height(*sum)?;
            *sum = sum.checked_add(graph.edges[edge].amount)?;
            let bottom = scale.height(*sum)?;
            ports[edge][end] = Port { top, bottom };
        }
    }
    Ok(ports)
}
