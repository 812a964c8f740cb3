//! Splits by weights, through running sums.

use tokenomics_fixed_math::{mul_div, Amount, Rounding};

use crate::check::in_range;
use crate::{Error, Quantity};

/// A split of any amount among N parties by fixed weights, exact to the last unit.
///
/// Party i gets ⌊x·Pᵢ/W⌋ − ⌊x·Pᵢ₋₁/W⌋, where Pᵢ sums the first i weights and W all of them: the
/// floors cancel and the parts sum to x. Each part is less than one unit away from x·wᵢ/W, to
/// either side; which parties get a unit more depends on their order.
///
/// It has no memory: of many payments of a few units the last parties gain. Use a
/// [`SplitStream`](crate::SplitStream) for those, or a [`RewardPool`](crate::RewardPool).
///
/// # Laws
/// `sum_of_parts`: the parts sum to what was split, for every amount and all weights. A weight of
/// zero gets nothing.
///
/// ```
/// use tokenomics_fee_split::WeightedSplit;
/// use tokenomics_fixed_math::Amount;
///
/// // Burn, treasury, stakers.
/// let split = WeightedSplit::new([1, 1, 1])?;
/// assert_eq!(split.split(Amount::new(100)).map(Amount::get), [33, 33, 34]);
/// assert_eq!(split.split(Amount::new(1)).map(Amount::get), [0, 0, 1]);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Drips, Splits.sol (`_split`). There the weights are parts of 1,000,000 and the rest stays with
/// the splitter, who here is one more weight.
#[doc(alias("PaymentSplitter", "bps", "percent", "royalties"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WeightedSplit<const N: usize> {
    // They sum to more than 0.
    weights: [u64; N],
}

impl<const N: usize> WeightedSplit<N> {
    /// Creates a split by `weights`, whose sum needn't be a round number.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if they sum to zero or there are none.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, WeightedSplit};
    /// # use tokenomics_fixed_math::Amount;
    /// // A weight of zero is allowed, and gets nothing.
    /// let split = WeightedSplit::new([2, 0, 1])?;
    /// assert_eq!(split.split(Amount::new(90)).map(Amount::get), [60, 0, 30]);
    /// let (what, nothing) = (Quantity::WeightSum, WeightedSplit::new([0, 0, 0]));
    /// assert_eq!(nothing, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn new(weights: [u64; N]) -> Result<Self, Error> {
        checked_sum(&weights)?;
        Ok(Self { weights })
    }

    /// Returns the weights, in order.
    #[must_use]
    pub const fn weights(&self) -> [u64; N] {
        self.weights
    }

    /// Splits `amount` into N parts, in the order of the weights.
    ///
    /// # Rounding
    /// Each boundary between two parts is floored; nothing is left over.
    ///
    /// # Laws
    /// `sum_of_parts`.
    #[must_use]
    pub fn split(&self, amount: Amount) -> [Amount; N] {
        let mut parts = [Amount::ZERO; N];
        telescope(amount, &self.weights, sum(&self.weights), &mut parts);
        parts
    }
}

/// Splits `amount` by weights whose number is known at run time only, and fills `parts`, in the
/// order of the weights. The parts are those of a [`WeightedSplit`].
///
/// # Rounding
/// Each boundary between two parts is floored; nothing is left over.
///
/// # Errors
/// [`Error::OutOfRange`] unless there is one part to each weight, and if the weights sum to zero or
/// there are none. On an error `parts` is as it was.
///
/// # Laws
/// `sum_of_parts`.
///
/// ```
/// use tokenomics_fee_split::{split_by_weights, Error, Quantity};
/// use tokenomics_fixed_math::Amount;
///
/// let mut parts = [Amount::ZERO; 3];
/// split_by_weights(Amount::new(1_001), &[5_000, 3_000, 2_000], &mut parts)?;
/// assert_eq!(parts.map(Amount::get), [500, 300, 201]);
///
/// let refused = split_by_weights(Amount::new(1_001), &[0, 0, 0], &mut parts);
/// let what = Quantity::WeightSum;
/// assert_eq!(refused, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
pub fn split_by_weights(
    amount: Amount,
    weights: &[u64],
    parts: &mut [Amount],
) -> Result<(), Error> {
    let total = checked_total(weights, parts)?;
    telescope(amount, weights, total, parts);
    Ok(())
}

/// Returns the sum of the weights, if there is something to split by and a part to each.
pub(crate) fn checked_total(weights: &[u64], parts: &[Amount]) -> Result<u128, Error> {
    let (places, needed) = (count(parts.len()), count(weights.len()));
    in_range(Quantity::PartCount, places, needed, needed)?;
    checked_sum(weights)
}

/// Returns a number of items, which no slice has more of than 64 bits count.
pub(crate) fn count(items: usize) -> u128 {
    u128::try_from(items).unwrap_or(u128::MAX)
}

/// Returns the sum of the weights, unless it is 0.
pub(crate) fn checked_sum(weights: &[u64]) -> Result<u128, Error> {
    let total = sum(weights);
    in_range(Quantity::WeightSum, total, 1, u128::MAX)?;
    Ok(total)
}

/// Returns the sum of the weights: fewer than 2^64 of them below 2^64 each sum to less than 2^128.
pub(crate) fn sum(weights: &[u64]) -> u128 {
    weights
        .iter()
        .fold(0, |sum: u128, &weight| sum.wrapping_add(weight.into()))
}

/// Fills the parts, where `total` is the sum of the weights and isn't 0.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn telescope(amount: Amount, weights: &[u64], total: u128, parts: &mut [Amount]) {
    let (mut prefix, mut given) = (0_u128, 0_u128);
    for (&weight, part) in weights.iter().zip(parts) {
        prefix = prefix.wrapping_add(weight.into());
        // A prefix is at most the total, so the quotient is at most the amount and there is one;
        // prefixes don't decrease, so neither do the quotients, and the difference doesn't wrap.
        let upto = mul_div(amount.get(), prefix, total, Rounding::Floor).unwrap_or(amount.get());
        *part = Amount::new(upto.wrapping_sub(given));
        given = upto;
    }
}

// An array of integers, which are small counts and no amounts.
tokenomics_internals::checked_codec! {
    WeightedSplit::new as RawWeightedSplit([u64; N] = WeightedSplit::weights, with "tokenomics_internals::serde_with::integers")
}
