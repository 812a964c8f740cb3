//! What a curve follows, through time.

/// From when on, on a curve's clock, something has a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stage<V> {
    pub(super) from: u64,
    pub(super) value: V,
}
