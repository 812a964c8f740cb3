//! Splits of a stream of payments, which carry the fractions of units.

mod held;
mod state;

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::largest_remainder::RoundedUp;
use crate::weighted_split::sum;
use crate::{Error, Quantity};
pub use held::HeldFraction;
pub use state::SplitStreamState;

/// A split of a stream of payments among N parties by weights, in which each payment pays what the
/// parts of the running total have grown by.
///
/// Of a running total T party i has been paid ⌊T·wᵢ/W⌋, where W sums the weights, and is held the
/// fraction that is left. The fractions sum to whole units, fewer than there are parties, which
/// are [`carried`](Self::carried): they belong to the parties and to nobody else.
///
/// This is the rule for streams, because a part never falls. Of running sums, as a
/// [`WeightedSplit`](crate::WeightedSplit) rounds, one would: by weights of 2, 1 and 2 the second
/// party's part of 2 units is 1, and of 3 units 0. Of largest remainders one falls too (the Alabama
/// paradox). The floor of a growing number can't, and it is less than a unit from the exact share.
///
/// The running total isn't stored: a fraction takes 16 bytes, and payments may go on for ever. A
/// change of the weights keeps each fraction, to less than 2^-64 of a unit, and their sum exactly.
///
/// # Laws
/// `stream_conserves`: what was paid in = parts + carried · `stream_path_independent`: many payments
/// pay what one of their sum pays, to the last unit · `stream_is_fair`: each has the floor of its
/// exact share, and no part falls · `stream_keeps_fractions`: so it is through changes of the weights.
///
/// ```
/// use tokenomics_fee_split::SplitStream;
/// use tokenomics_fixed_math::Amount;
///
/// // 1,000 payments of 9 units to holders of 900, 99 and 1 of 1,000.
/// let mut stream = SplitStream::new([900, 99, 1])?;
/// let mut paid = [0; 3];
/// for _ in 0..1_000 {
///     for (paid, part) in paid.iter_mut().zip(stream.distribute(Amount::new(9))) {
///         *paid += part.get();
///     }
/// }
/// assert_eq!(paid, [8_100, 891, 9]);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Balinski and Young, "The Quota Method of Apportionment" (1975), for why no rule that gives out
/// every unit at once is all of this in closed form: those whose parts never fall and stay within
/// the quota go through the units one by one.
#[doc(alias("PaymentSplitter", "Splits", "drip", "accrue"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SplitStream<const N: usize> {
    // They sum to more than 0 and less than 2^64.
    weights: [u64; N],
    // What is held for each party; they sum to whole units.
    held: [HeldFraction; N],
}

impl<const N: usize> SplitStream<N> {
    /// Creates the split of a stream in which nothing was paid yet.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the weights sum to zero, or to 2^64 or more.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, SplitStream};
    /// assert!(SplitStream::new([5_000, 0, 5_000]).is_ok());
    /// let what = Quantity::WeightSum;
    /// let nothing = SplitStream::new([0, 0]);
    /// assert_eq!(nothing, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// ```
    pub fn new(weights: [u64; N]) -> Result<Self, Error> {
        checked_sum(&weights)?;
        let held = [HeldFraction::default(); N];
        Ok(Self { weights, held })
    }

    /// Returns the weights, in order.
    #[must_use]
    pub const fn weights(&self) -> [u64; N] {
        self.weights
    }

    /// Distributes a payment, and returns what each party is paid of it, in the order of the weights.
    ///
    /// # Rounding
    /// Floor, of the sum of what a party is held and its share; the fraction is held for it.
    ///
    /// # Laws
    /// `stream_conserves`, `stream_path_independent`.
    ///
    /// ```
    /// # use tokenomics_fee_split::SplitStream;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut stream = SplitStream::new([1, 1, 1])?;
    /// assert_eq!(stream.distribute(Amount::new(5)).map(Amount::get), [1, 1, 1]); // of 1.66…
    /// assert_eq!(stream.carried(), Amount::new(2));
    /// assert_eq!(stream.distribute(Amount::new(1)).map(Amount::get), [1, 1, 1]);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use = "each party is to be paid its part"]
    pub fn distribute(&mut self, amount: Amount) -> [Amount; N] {
        let total = sum(&self.weights);
        let mut parts = [Amount::ZERO; N];
        let parties = self.held.iter_mut().zip(&self.weights);
        for (part, (held, &weight)) in parts.iter_mut().zip(parties) {
            (*part, *held) = held.earn(amount, weight, total);
        }
        parts
    }

    /// Returns the whole units that all fractions together come to: what was paid in and isn't paid
    /// out yet, fewer than N.
    #[must_use]
    pub fn carried(&self) -> Amount {
        let parts = self.held.iter().fold(self.rest_units(), |sum, held| {
            sum.wrapping_add(held.parts.into())
        });
        // Fewer than 2^64 summands below 2^64 each.
        Amount::new(parts >> 64)
    }

    /// Sets the weights by which later payments are split. What was earned stays, each fraction to
    /// less than 2^-64 of a unit.
    ///
    /// # Rounding
    /// Fractions are rounded to 2^-64 of a unit, such that their sum stays.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for weights that [`new`](Self::new) refuses.
    ///
    /// ```
    /// # use tokenomics_fee_split::SplitStream;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut stream = SplitStream::new([1, 1])?;
    /// assert_eq!(stream.distribute(Amount::new(1)).map(Amount::get), [0, 0]);
    /// stream.set_weights([1, 0])?;
    /// assert_eq!(stream.distribute(Amount::new(7)).map(Amount::get), [7, 0]);
    /// // The half that the second earned is still its own.
    /// stream.set_weights([0, 1])?;
    /// assert_eq!(stream.distribute(Amount::new(2)).map(Amount::get), [0, 2]);
    /// assert_eq!(stream.close().map(Amount::get), [1, 0]); // one unit of two halves
    /// assert!(stream.set_weights([0, 0]).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn set_weights(&mut self, weights: [u64; N]) -> Result<(), Error> {
        checked_sum(&weights)?;
        self.round_rests();
        self.weights = weights;
        Ok(())
    }

    /// Pays out what is carried, at the end of a stream: a unit to each of those who are held the
    /// largest fractions, of equal ones to the first. Nobody is held anything then.
    ///
    /// # Rounding
    /// All that each was ever paid is the floor or the ceiling of its exact share.
    ///
    /// ```
    /// # use tokenomics_fee_split::SplitStream;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut stream = SplitStream::new([5, 3, 2])?;
    /// assert_eq!(stream.distribute(Amount::new(1_003)).map(Amount::get), [501, 300, 200]);
    /// assert_eq!(stream.close().map(Amount::get), [0, 1, 1]); // of .5, .9 and .6
    /// assert_eq!(stream.carried(), Amount::ZERO);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use = "each party is to be paid its part"]
    pub fn close(&mut self) -> [Amount; N] {
        let fractions = self.held.map(|held| Amount::new(held.key()));
        let mut ups = RoundedUp::new(self.carried().get(), u128::MAX, &fractions);
        self.held = [HeldFraction::default(); N];
        fractions.map(|fraction| Amount::new(ups.take(fraction.get()).into()))
    }

    /// Returns how many units of 2^-64 the rests of the divisions come to: fewer than N.
    fn rest_units(&self) -> u128 {
        let rests = self.held.iter().fold(0_u128, |sum, held| {
            // As in `carried`.
            sum.wrapping_add(held.rest.into())
        });
        rests.checked_div(sum(&self.weights)).unwrap_or(0)
    }

    /// Rounds all fractions to units of 2^-64: the rests are handed on from each party to the next,
    /// and each takes the unit that they come to.
    ///
    /// One whose fraction would become a whole unit leaves it to the next; the second round is for
    /// what the last ones leave. There is room: the fractions sum to at most N − 1 whole units.
    fn round_rests(&mut self) {
        let total = sum(&self.weights);
        let mut due = 0_u128;
        for _ in 0..2 {
            for held in &mut self.held {
                // At most 2^64 rests, as in `carried`, so nothing wraps; what is taken is due.
                due = due.wrapping_add(held.rest.into());
                let taken = held.take_units(due.checked_div(total).unwrap_or(0));
                due = due.wrapping_sub(taken.wrapping_mul(total));
            }
        }
    }
}

/// Returns the sum of weights by which a stream can be split.
fn checked_sum(weights: &[u64]) -> Result<u128, Error> {
    let total = sum(weights);
    in_range(Quantity::WeightSum, total, 1, u64::MAX.into())?;
    Ok(total)
}

tokenomics_internals::checked_codec! {
    [const N: usize] SplitStream<N> as SplitStreamState<N>: MaxEncodedLen
}
