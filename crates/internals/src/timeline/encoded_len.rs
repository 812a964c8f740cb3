//! The encoded length of what a timeline stores.

use tokenomics_fixed_math::{encoded_len, EncodedLen};

use super::node::{Branch, Leaf, Link, Node, Slot};
use super::pool::Pool;
use super::Head;

encoded_len! {
    struct [] Head: Link, Pool, Pool;
    struct [] Link: u32;
    struct [] Pool: u32, Option<u32>;
    struct [C: EncodedLen] Node<C>: Slot<Leaf<C>>, Slot<Branch<C>>;
    struct [C: EncodedLen] Leaf<C>: u64, C, u128;
    struct [C: EncodedLen] Branch<C>: u64, u8, [Link; 4], [C; 3];
    enum [T: EncodedLen] Slot<T>: (Option<u32>), (T);
}
