//! Weights that move with time: the liquidity bootstrapping pool.

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
mod state;

use tokenomics_fixed_math::{mul_div, Fraction, Rounding, Timestamp};

use crate::check::in_range;
use crate::weighted::check_weights;
use crate::{Error, Quantity};

/// The weights of a [`Weighted`](crate::Weighted) pool that move from one set to another on straight lines
/// in time, as in a liquidity bootstrapping pool.
///
/// A sale begins at a high weight of its token, which falls: so does its price, without any trade, until
/// somebody buys. [`Weighted::set_weights`](crate::Weighted::set_weights) brings a pool to the weights of a
/// time, and its swaps are then those of that time.
///
/// # Rounding
/// The weights of a time sum to exactly 1. With p the part of the time that has passed, what all rising
/// weights have gained is floored, and so is what all falling ones have lost, which is the same number. Of
/// that each token has its part, floored too, and the last one the rest: so each is less than N units of
/// 1e-18 from its line, and of two tokens less than one.
///
/// # Laws
/// `gradual_weights`: they sum to 1, no weight ever turns back, and each lies between its ends ·
/// `gradual_weights_keep_the_invariant`: at the weights of any time, no swap lowers ∏ Bₖ^wₖ.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Ratio, Timestamp};
/// use tokenomics_liquidity_curves::{Fee, GradualWeights, Market, Weighted};
///
/// let (start, end) = (Timestamp::new(1_000), Timestamp::new(5_000));
/// let weights = [[fraction!("0.9"), fraction!("0.1")], [fraction!("0.5"), fraction!("0.5")]];
/// let gradual = GradualWeights::new(start, end, weights[0], weights[1])?;
/// assert_eq!(gradual.weights_at(Timestamp::new(2_000)), [fraction!("0.8"), fraction!("0.2")]);
///
/// let reserves = [9_000_000, 1_000_000].map(Amount::new);
/// let mut pool = Weighted::new(reserves, gradual.weights_at(start), Fee::NONE)?;
/// assert_eq!(pool.price()?.reduced(), Ratio::ONE);
/// pool.set_weights(gradual.weights_at(end))?;
/// // Nobody bought.
/// assert_eq!(pool.price()?.reduced(), Ratio::new(1, 9)?);
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Balancer v3, LBPool.sol and GradualValueChange.sol: the same to the unit for two tokens, but where its
/// progress, which is cut to 18 decimals first, loses one. A vault ends at weights below 1%; here they end
/// with those of a pool, at 1e-18, and as each lies between its ends, no time has one below.
#[doc(alias("lbp", "balancer", "liquidity_bootstrapping", "gradual_weight_change"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GradualWeights<const N: usize> {
    // Before the end.
    start: Timestamp,
    end: Timestamp,
    // Those of a pool.
    start_weights: [Fraction; N],
    end_weights: [Fraction; N],
}

impl<const N: usize> GradualWeights<N> {
    /// Creates weights that move from the first set at `start` to the second at `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an end that isn't after the start, and for weights that
    /// [`Weighted::new`](crate::Weighted::new) refuses.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Timestamp};
    /// use tokenomics_liquidity_curves::GradualWeights;
    ///
    /// let (start, end) = (Timestamp::new(10), Timestamp::new(20));
    /// let weights = [fraction!("0.5"), fraction!("0.5")];
    /// assert!(GradualWeights::new(start, end, weights, weights).is_ok());
    /// assert!(GradualWeights::new(start, start, weights, weights).is_err());
    /// assert!(GradualWeights::new(start, end, weights, [fraction!("0.5"), fraction!("0.4")]).is_err());
    /// ```
    pub fn new(
        start: Timestamp,
        end: Timestamp,
        start_weights: [Fraction; N],
        end_weights: [Fraction; N],
    ) -> Result<Self, Error> {
        let least = u128::from(start.get()).saturating_add(1);
        in_range(Quantity::EndTime, end.get().into(), least, u128::MAX)?;
        check_weights(&start_weights)?;
        check_weights(&end_weights)?;
        Ok(Self {
            start,
            end,
            start_weights,
            end_weights,
        })
    }

    /// Returns the time up to which the first weights hold.
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        self.start
    }

    /// Returns the time from which the last weights hold.
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        self.end
    }

    /// Returns the weights at the start and before.
    #[must_use]
    pub const fn start_weights(&self) -> [Fraction; N] {
        self.start_weights
    }

    /// Returns the weights at the end and after.
    #[must_use]
    pub const fn end_weights(&self) -> [Fraction; N] {
        self.end_weights
    }

    /// Computes the weights at a time.
    ///
    /// # Rounding
    /// They sum to exactly 1, each less than N units of 1e-18 from its line, and less than one of two
    /// tokens.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Timestamp};
    /// use tokenomics_liquidity_curves::GradualWeights;
    ///
    /// let start_weights = [fraction!("0.5"), fraction!("0.5")];
    /// let end_weights = [fraction!("0.1"), fraction!("0.9")];
    /// let [start, now, end] = [1_744_204_169, 1_744_221_012, 1_744_546_169].map(Timestamp::new);
    /// let gradual = GradualWeights::new(start, end, start_weights, end_weights)?;
    /// let [sold, reserve] = gradual.weights_at(now);
    /// assert_eq!(sold, fraction!("0.480300584795321638"));
    /// assert_eq!(reserve, fraction!("0.519699415204678362"));
    /// assert_eq!(gradual.weights_at(Timestamp::MAX), end_weights);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[must_use]
    pub fn weights_at(&self, now: Timestamp) -> [Fraction; N] {
        let elapsed = now.get().saturating_sub(self.start.get());
        let duration = self.end.get().saturating_sub(self.start.get());
        let (elapsed, duration) = (elapsed.min(duration).into(), duration.into());
        let ends = || self.start_weights.into_iter().zip(self.end_weights);
        // As much is gained as is lost, as both sets sum to 1.
        let all = ends().fold(0_u128, |sum, (from, to)| {
            sum.saturating_add(above(from, to))
        });
        let moved = part(all, elapsed, duration);
        let (mut gains, mut losses) = (Shares::new(all, moved), Shares::new(all, moved));
        let mut weights = self.start_weights;
        for (weight, (from, to)) in weights.iter_mut().zip(ends()) {
            let (gain, loss) = (gains.next(above(from, to)), losses.next(above(to, from)));
            let raw = from.raw().saturating_add(gain).saturating_sub(loss);
            // Between the two ends.
            *weight = Fraction::from_raw(raw).unwrap_or(to);
        }
        weights
    }
}

/// Returns how far a weight rises.
fn above(from: Fraction, to: Fraction) -> u128 {
    to.raw().saturating_sub(from.raw()).into()
}

/// Computes ⌊all·of/whole⌋, of at most a whole; 0 of a whole of 0.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn part(all: u128, of: u128, whole: u128) -> u128 {
    mul_div(all, of, whole, Rounding::Floor).unwrap_or(0)
}

/// A whole that is handed out to shares one after the other, each of what those before it have left. So each grows
/// with the whole, by no more than it does: of two that are floored by themselves the rest wouldn't.
struct Shares {
    /// The shares that come.
    all: u128,
    /// The part of the whole that is left for them.
    left: u128,
}

impl Shares {
    const fn new(all: u128, left: u128) -> Self {
        Self { all, left }
    }

    fn next(&mut self, share: u128) -> u64 {
        let given = part(self.left, share, self.all);
        self.all = self.all.saturating_sub(share);
        self.left = self.left.saturating_sub(given);
        // Below 1, which has 60 bits.
        u64::try_from(given).unwrap_or(0)
    }
}
