//! A Sankey diagram: nodes in columns, and ribbons between them as high as what flows is large.
//!
//! The layout is of whole units: heights come from exact amounts, and those of the ribbons at a node sum
//! to the node's own. No crate of the registry lays out ribbons with labels that have room, in the
//! reader's theme, so this is a small one of its own: layers, barycentres and a regression for each.

mod draw;
mod order;
mod place;
#[cfg(test)]
mod tests;

use tokenomics_fixed_math::{Amount, Error};

use super::ink::Ink;
use order::Graph;

/// A node of a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) label: String,
    /// The amount that stands under the label.
    pub(crate) figure: String,
    pub(crate) ink: Ink,
}

/// A flow from a node to one after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) amount: Amount,
    /// The words that a pointer brings up.
    pub(crate) told: String,
}

/// A diagram before it is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Sankey {
    /// For those who can't see it.
    pub(crate) description: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) links: Vec<Link>,
}

impl Sankey {
    /// Returns its nodes in columns, in the order in which they are drawn.
    fn graph(&self) -> Result<Graph, Error> {
        let links = self.links.iter();
        let links = links.map(|link| (link.from, link.to, link.amount));
        let mut graph = Graph::new(self.nodes.len(), &links.collect::<Vec<_>>())?;
        graph.arrange();
        Ok(graph)
    }
}
