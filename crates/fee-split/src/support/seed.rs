//! Splits of any numbers: the base of the generators.

use tokenomics_fixed_math::{Span, Timestamp};

use crate::{EpochReading, EpochTerms, EpochTermsParams, WeightedSplit, ZeroWeight};

/// Returns the split by these weights, the last of them 1 if all are 0; `None` if there are none.
pub(super) fn weighted_split<const N: usize>(mut weights: [u64; N]) -> Option<WeightedSplit<N>> {
    if weights.iter().all(|&weight| weight == 0) {
        *weights.last_mut()? = 1;
    }
    WeightedSplit::new(weights).ok()
}

/// The numbers of terms of epochs: start, length, the time to claim within and the two choices.
pub(super) type EpochSeed = (Timestamp, Span, Option<Span>, bool, bool);

/// Returns the terms of these numbers, a length of 1 for none, and no deadline for one of no length.
pub(super) fn epoch_terms(seed: EpochSeed) -> Option<EpochTerms> {
    let (start, length, within, reads_first, carries) = seed;
    let terms = EpochTerms::new(EpochTermsParams {
        start,
        length: length.max(Span::new(1)),
        reading: if reads_first {
            EpochReading::First
        } else {
            EpochReading::Last
        },
        zero_weight: if carries {
            ZeroWeight::Carry
        } else {
            ZeroWeight::Unallocated
        },
        claim_within: within.filter(|within| !within.is_zero()),
    });
    terms.ok()
}
