//! The weights that pots are distributed by.

use tokenomics_fixed_math::U256;

use super::ClosedEpoch;

/// The weights that a pot is distributed by, as one holder's claim sees them: of all together, and of
/// the holder.
///
/// Weights are undivided numbers of any unit, the same for all: amount × time for an escrow whose
/// locks decay. The holders' must sum to at most the total, at every instant that is past. A pair of
/// functions is one of these.
///
/// ```
/// use tokenomics_fee_split::{ClosedEpoch, EpochWeights};
/// use tokenomics_fixed_math::U256;
///
/// /// A lock that decays to nothing at its end, among others that never change.
/// struct Decaying {
///     amount: u128,
///     end: u64,
///     others: u128,
/// }
///
/// impl EpochWeights for Decaying {
///     fn total(&self, epoch: ClosedEpoch) -> U256 {
///         let sum = self.holder(epoch).checked_add(self.others.into());
///         sum.unwrap_or(U256::MAX)
///     }
///
///     fn holder(&self, epoch: ClosedEpoch) -> U256 {
///         U256::product(self.amount, self.end.saturating_sub(epoch.at().get()).into())
///     }
/// }
/// ```
pub trait EpochWeights {
    /// Returns the weight of all holders in an epoch.
    fn total(&self, epoch: ClosedEpoch) -> U256;

    /// Returns the weight of the holder in an epoch.
    fn holder(&self, epoch: ClosedEpoch) -> U256;
}

impl<T, H> EpochWeights for (T, H)
where
    T: Fn(ClosedEpoch) -> U256,
    H: Fn(ClosedEpoch) -> U256,
{
    fn total(&self, epoch: ClosedEpoch) -> U256 {
        (self.0)(epoch)
    }

    fn holder(&self, epoch: ClosedEpoch) -> U256 {
        (self.1)(epoch)
    }
}
