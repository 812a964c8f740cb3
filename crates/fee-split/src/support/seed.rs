//! Splits of any numbers: the base of the generators.

use crate::WeightedSplit;

/// Returns the split by these weights, the last of them 1 if all are 0; `None` if there are none.
pub(super) fn weighted_split<const N: usize>(mut weights: [u64; N]) -> Option<WeightedSplit<N>> {
    if weights.iter().all(|&weight| weight == 0) {
        *weights.last_mut()? = 1;
    }
    WeightedSplit::new(weights).ok()
}
