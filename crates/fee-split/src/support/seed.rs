//! Splits and terms of any numbers: the base of the generators.

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};

use crate::{
    EpochReading, EpochTerms, EpochTermsParams, RewardStream, SplitStream, VaultTerms,
    WeightedSplit, ZeroShares, ZeroWeight,
};

/// All rules for a silence.
pub(super) const RULES: [ZeroShares; 3] = [ZeroShares::Hold, ZeroShares::Sink, ZeroShares::Extend];

/// Returns the stream of an amount over a length, or what is left of it until the last instant.
pub(super) fn reward_stream(amount: u128, start: u64, length: u64) -> Option<RewardStream> {
    // A stream has a length, so it begins before the last instant.
    let start = start.min(u64::MAX.saturating_sub(1));
    let end = start.saturating_add(length.max(1));
    let mut stream = RewardStream::new(Timestamp::new(start));
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

/// Returns the terms of an offset, which is brought into its range, two fees, and a period, at least a unit,
/// and a delay.
pub(super) fn vault_terms(offset: u8, fees: [Fraction; 2], times: [Span; 2]) -> VaultTerms {
    let ([performance_fee, management_fee], [period, withdrawal_delay]) = (fees, times);
    VaultTerms {
        decimals_offset: offset.min(VaultTerms::MAX_OFFSET),
        performance_fee,
        management_fee,
        fee_period: period.max(Span::new(1)),
        withdrawal_delay,
    }
}

/// Returns the stream by these weights, scaled down to a sum of 64 bits, after a payment; `None` if there
/// are none.
pub(super) fn split_stream<const N: usize>(
    weights: [u64; N],
    payment: u128,
) -> Option<SplitStream<N>> {
    let parties = u64::try_from(N).ok()?;
    let sum = weights
        .iter()
        .try_fold(0_u64, |sum, &weight| sum.checked_add(weight));
    let weights = match sum {
        Some(_) => weights,
        None => weights.map(|weight| weight.checked_div(parties).unwrap_or(0)),
    };
    let mut stream = SplitStream::new(weighted_split(weights)?.weights()).ok()?;
    // So that fractions are held.
    let _ = stream.distribute(Amount::new(payment));
    Some(stream)
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
            ZeroWeight::Hold
        } else {
            ZeroWeight::Sink
        },
        claim_within: within.filter(|within| !within.is_zero()),
    });
    terms.ok()
}
