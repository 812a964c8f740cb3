//! Splits within splits, as the weights of one.

use tokenomics_fixed_math::U256;

use crate::check::in_range;
use crate::weighted_split::{checked_sum, count};
use crate::{Error, Quantity};

/// Computes the weights of a split whose part `index` is itself split by `inner`, and fills `flat`: the
/// inner weights stand in the place of that part, and the others stay in their order.
///
/// Each party's share is exactly what the two splits give it one after the other, and rounded once
/// however deep splits are nested: by this function a nested split is one split, and costs as much.
/// The weights are in lowest terms.
///
/// A protocol's cut is a part of its own, and the other part is split again. A fee on a fee is the part
/// of the fee split again.
///
/// # Errors
/// [`Error::OutOfRange`] for an `index` that isn't below the number of outer weights, unless `flat` has a
/// place for each weight, and if either weights sum to zero; [`Error::Overflow`] for shares that have no
/// weights of 64 bits in lowest terms, or none that 128 bits are enough to compute. On an error `flat` is
/// as it was.
///
/// # Laws
/// `nesting_is_flat`: a weight's share of the sum is the product of its shares in the splits.
///
/// ```
/// use tokenomics_fee_split::{nest_weights, Error, Quantity, SplitStream};
/// use tokenomics_fixed_math::Amount;
///
/// // A cut of 2.5% for the protocol, and of the rest a tenth for a referrer.
/// let mut flat = [0; 3];
/// nest_weights(&[250, 9_750], 1, &[9, 1], &mut flat)?;
/// assert_eq!(flat, [10, 351, 39]); // of 400
/// let mut stream = SplitStream::new(flat)?;
/// assert_eq!(stream.distribute(Amount::new(4_000)).map(Amount::get), [100, 3_510, 390]);
///
/// let what = Quantity::SplitAgain;
/// let refused = nest_weights(&[1, 1], 2, &[1, 1], &mut flat);
/// assert_eq!(refused, Err(Error::OutOfRange { what, value: 2, bound: 1 }));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[doc(alias("flatten", "fee on fee", "protocol fee"))]
pub fn nest_weights(
    outer: &[u64],
    index: usize,
    inner: &[u64],
    flat: &mut [u64],
) -> Result<(), Error> {
    let nested = Nested::new(outer, index, inner)?;
    let (places, needed) = (count(flat.len()), count(nested.weights().count()));
    in_range(Quantity::PartCount, places, needed, needed)?;
    let common = nested.common()?;
    for weight in nested.weights() {
        reduced(weight?, common)?;
    }
    // None is refused now.
    for (place, weight) in flat.iter_mut().zip(nested.weights()) {
        *place = reduced(weight?, common)?;
    }
    Ok(())
}

/// Returns a weight in lowest terms, if 64 bits hold it.
fn reduced(weight: u128, common: u128) -> Result<u64, Error> {
    // The weights don't sum to 0, so what they have in common isn't 0.
    let weight = weight.checked_div(common).unwrap_or(0);
    u64::try_from(weight).map_err(|_| Error::Overflow {
        bits: U256::from(weight).bits(),
        max: u64::MAX.into(),
    })
}

/// Weights among which those of a part stand in its place.
struct Nested<'a> {
    before: &'a [u64],
    inner: &'a [u64],
    after: &'a [u64],
    // By what the weights are multiplied: outer by the sum of the inner ones, inner by the weight of the
    // part, both divided by what they have in common.
    by_outer: u128,
    by_inner: u128,
}

impl<'a> Nested<'a> {
    fn new(outer: &'a [u64], index: usize, inner: &'a [u64]) -> Result<Self, Error> {
        checked_sum(outer)?;
        let total = checked_sum(inner)?;
        // There is an outer weight, since they don't sum to 0.
        let last = count(outer.len()).saturating_sub(1);
        in_range(Quantity::SplitAgain, count(index), 0, last)?;
        let (before, from) = outer.split_at_checked(index).unwrap_or_default();
        let (&part, after) = from.split_first().unwrap_or((&0, &[]));
        let common = gcd(total, part.into());
        let by = |number: u128| number.checked_div(common).unwrap_or(0);
        let (by_outer, by_inner) = (by(total), by(part.into()));
        Ok(Self {
            before,
            inner,
            after,
            by_outer,
            by_inner,
        })
    }

    /// Returns the greatest common divisor of the products.
    fn common(&self) -> Result<u128, Error> {
        let mut weights = self.weights();
        weights.try_fold(0, |common, weight| Ok(gcd(weight?, common)))
    }

    /// Returns the products, in order.
    fn weights(&self) -> impl Iterator<Item = Result<u128, Error>> + '_ {
        let times = |by: u128| move |&weight: &u64| Ok(U256::product(weight.into(), by).to_u128()?);
        let before = self.before.iter().map(times(self.by_outer));
        let inner = self.inner.iter().map(times(self.by_inner));
        let after = self.after.iter().map(times(self.by_outer));
        before.chain(inner).chain(after)
    }
}

/// Computes the greatest common divisor by Euclid's algorithm; of a number and 0 it is the number.
fn gcd(mut a: u128, mut b: u128) -> u128 {
    // The remainder is `None` only when b is 0, which ends it.
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}
