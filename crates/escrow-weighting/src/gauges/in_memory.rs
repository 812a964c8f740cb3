//! The gauges and their totals in memory.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::{GaugeKey, GaugeStore, Listing};
use crate::{Checkpoint, NamedHead, NamesInMemory, Node, TotalsByName};

/// The gauges, their listings and their totals, in memory.
///
/// ```
/// use tokenomics_escrow_weighting::{Gauges, GaugesInMemory};
/// use tokenomics_fixed_math::Timestamp;
///
/// let gauges: Gauges<GaugesInMemory<String>> = Gauges::new();
/// assert_eq!(gauges.listed_at(Timestamp::new(7)).count(), 0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GaugesInMemory<G> {
    listings: BTreeMap<G, Listing>,
    order: Vec<G>,
    totals: NamesInMemory<GaugeKey<G>>,
}

impl<G> GaugesInMemory<G> {
    /// Creates no gauges.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            listings: BTreeMap::new(),
            order: Vec::new(),
            totals: NamesInMemory::new(),
        }
    }
}

impl<G> Default for GaugesInMemory<G> {
    fn default() -> Self {
        Self::new()
    }
}

impl<G: Clone + Ord> TotalsByName for GaugesInMemory<G> {
    type Name = GaugeKey<G>;

    fn head(&self, name: &GaugeKey<G>) -> Option<NamedHead> {
        self.totals.head(name)
    }

    fn set_head(&mut self, name: &GaugeKey<G>, head: NamedHead) {
        self.totals.set_head(name, head);
    }

    fn node(&self, name: &GaugeKey<G>, index: u32) -> Option<Node> {
        self.totals.node(name, index)
    }

    fn set_node(&mut self, name: &GaugeKey<G>, index: u32, node: Node) {
        self.totals.set_node(name, index, node);
    }

    fn checkpoint(&self, name: &GaugeKey<G>, index: u32) -> Option<Checkpoint> {
        self.totals.checkpoint(name, index)
    }

    fn set_checkpoint(&mut self, name: &GaugeKey<G>, index: u32, checkpoint: Checkpoint) {
        self.totals.set_checkpoint(name, index, checkpoint);
    }
}

impl<G: Clone + Ord> GaugeStore for GaugesInMemory<G> {
    type Gauge = G;

    fn listing(&self, gauge: &G) -> Option<Listing> {
        self.listings.get(gauge).copied()
    }

    fn set_listing(&mut self, gauge: &G, listing: Listing) {
        self.listings.insert(gauge.clone(), listing);
    }

    fn gauge(&self, number: u32) -> Option<G> {
        let place = usize::try_from(number).ok()?;
        self.order.get(place).cloned()
    }

    fn set_gauge(&mut self, _: u32, gauge: &G) {
        self.order.push(gauge.clone());
    }
}
