//! The places where an aggregate keeps its nodes.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use super::Node;
use crate::Error;

/// A place in which an [`Aggregate`](crate::Aggregate) keeps its nodes: [`Fixed`], or a `Vec` with the feature
/// `alloc`.
pub trait Store: sealed::Nodes {}

mod sealed {
    use super::Node;
    use crate::Error;

    pub trait Nodes {
        fn get(&self, index: u32) -> Option<&Node>;
        fn get_mut(&mut self, index: u32) -> Option<&mut Node>;
        fn push(&mut self, node: Node) -> Result<u32, Error>;
    }
}

/// Room for `N` nodes of an [`Aggregate`](crate::Aggregate), without a heap.
#[derive(Debug, Clone, Copy)]
pub struct Fixed<const N: usize> {
    nodes: [Node; N],
    len: u32,
}

impl<const N: usize> Fixed<N> {
    /// Creates the room, with no node in it yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            nodes: [Node::EMPTY; N],
            len: 0,
        }
    }
}

impl<const N: usize> Default for Fixed<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Store for Fixed<N> {}

impl<const N: usize> sealed::Nodes for Fixed<N> {
    fn get(&self, index: u32) -> Option<&Node> {
        self.nodes.get(usize::try_from(index).ok()?)
    }

    fn get_mut(&mut self, index: u32) -> Option<&mut Node> {
        self.nodes.get_mut(usize::try_from(index).ok()?)
    }

    fn push(&mut self, node: Node) -> Result<u32, Error> {
        let (index, capacity) = (self.len, N);
        let free = self.get_mut(index).ok_or(Error::Full { capacity })?;
        *free = node;
        self.len = index.checked_add(1).ok_or(Error::Full { capacity })?;
        Ok(index)
    }
}

#[cfg(feature = "alloc")]
impl Store for Vec<Node> {}

#[cfg(feature = "alloc")]
impl sealed::Nodes for Vec<Node> {
    fn get(&self, index: u32) -> Option<&Node> {
        self.as_slice().get(usize::try_from(index).ok()?)
    }

    fn get_mut(&mut self, index: u32) -> Option<&mut Node> {
        self.as_mut_slice().get_mut(usize::try_from(index).ok()?)
    }

    fn push(&mut self, node: Node) -> Result<u32, Error> {
        let capacity = self.len();
        // The last index means none.
        let index = u32::try_from(capacity).ok().filter(|&i| i < u32::MAX);
        let index = index.ok_or(Error::Full { capacity })?;
        Self::push(self, node);
        Ok(index)
    }
}
