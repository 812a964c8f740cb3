//! Splits of any numbers: the base of the generators.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::{Stream, WeightedSplit, ZeroStake};

/// All rules for a silence.
pub(super) const RULES: [ZeroStake; 3] = [ZeroStake::Hold, ZeroStake::Sink, ZeroStake::Extend];

/// Returns the stream of an amount over a length, or what is left of it until the last instant.
pub(super) fn stream(amount: u128, start: u64, length: u64) -> Option<Stream> {
    // A stream has a length, so it begins before the last instant.
    let start = start.min(u64::MAX.saturating_sub(1));
    let end = start.saturating_add(length.max(1));
    let mut stream = Stream::new(Timestamp::new(start));
    let done = stream.top_up(Amount::new(amount), stream.last(), Timestamp::new(end));
    done.ok().map(|()| stream)
}

/// Returns the split by these weights, the last of them 1 if all are 0; `None` if there are none.
pub(super) fn weighted_split<const N: usize>(mut weights: [u64; N]) -> Option<WeightedSplit<N>> {
    if weights.iter().all(|&weight| weight == 0) {
        *weights.last_mut()? = 1;
    }
    WeightedSplit::new(weights).ok()
}
