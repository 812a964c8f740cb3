//! The method of largest remainders.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, U256};

use crate::weighted_split::checked_total;
use crate::Error;

/// Splits `amount` by the method of largest remainders and fills `parts`, in the order of the
/// weights: each part gets ⌊x·wᵢ/W⌋, and the units left over go one each to the parts whose
/// divisions left the largest remainders.
///
/// Remainders are compared as integers, and a tie goes to the lower index: the result is a function
/// of the inputs alone, and a part depends on the order of the weights only through ties. It
/// allocates nothing, and takes O(n·log W) time for n weights that sum to W.
///
/// # Rounding
/// Each part is the floor or the ceiling of its exact share; nothing is left over.
///
/// # Errors
/// [`Error::OutOfRange`] unless there is one part to each weight, and if they sum to zero or there
/// are none. On an error `parts` is as it was.
///
/// # Laws
/// `sum_of_parts`: the parts sum to what was split. A weight of zero gets nothing, and a larger
/// weight never gets less than a smaller one.
///
/// ```
/// use tokenomics_fee_split::{largest_remainder, Error, Quantity};
/// use tokenomics_fixed_math::Amount;
///
/// let mut seats = [Amount::ZERO; 3];
/// largest_remainder(Amount::new(10), &[41, 29, 30], &mut seats)?; // 4.1, 2.9, 3.0
/// assert_eq!(seats.map(Amount::get), [4, 3, 3]);
///
/// // Three weights need three places.
/// let refused = largest_remainder(Amount::new(10), &[41, 29, 30], &mut seats[..2]);
/// let what = Quantity::PartCount;
/// assert_eq!(refused, Err(Error::OutOfRange { what, value: 2, bound: 3 }));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// Hamilton's apportionment (1792), Hare quota. moneyphp ranks remainders as floats, and the crate
/// largest-remainder-method computes in f64: both are wrong for amounts above 2^53.
#[doc(alias("apportionment", "Hamilton"))]
pub fn largest_remainder(
    amount: Amount,
    weights: &[u64],
    parts: &mut [Amount],
) -> Result<(), Error> {
    let total = checked_total(weights, parts)?;
    let share = |weight: u64| U256::product(amount.get(), weight.into()).div_rem(total);

    // No step fails: no floor is above the amount, nor do they sum to more. The parts hold the
    // remainders first; the floors of the first few are kept, and those of others divided for again.
    let (mut left, mut floors) = (amount, [Amount::ZERO; FEW]);
    let mut places = floors.iter_mut();
    for (&weight, part) in weights.iter().zip(parts.iter_mut()) {
        let (floor, remainder) = share(weight)?;
        let floor = Amount::new(floor.to_u128()?);
        left = left.checked_sub(floor)?;
        if let Some(place) = places.next() {
            *place = floor;
        }
        *part = Amount::new(remainder);
    }
    let mut ups = RoundedUp::new(left.get(), total, parts);
    let mut floors = floors.into_iter();
    for (&weight, part) in weights.iter().zip(parts.iter_mut()) {
        let up = ups.take(part.get());
        let floor = match floors.next() {
            Some(floor) => floor,
            None => Amount::new(share(weight)?.0.to_u128()?),
        };
        *part = floor.checked_add(Amount::new(up.into()))?;
    }
    Ok(())
}

/// The number of parts whose floors are kept, and up to which remainders are compared with each other, which
/// takes the square of their number, rather than with the middles of a range of 64 bits or more.
const FEW: usize = 24;

/// The largest of some remainders, whose parts are rounded up: those above the least of them, and of those
/// equal to it the first.
pub(crate) struct RoundedUp {
    bar: u128,
    at_bar: u128,
}

impl RoundedUp {
    /// Finds the `count` largest remainders, which are below the total and sum to `count` times it: so
    /// unless `count` is 0 more than `count` of them aren't 0.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn new(count: u128, total: u128, remainders: &[Amount]) -> Self {
        if count == 0 {
            let (bar, at_bar) = (total, 0);
            return Self { bar, at_bar };
        }
        let bar = match remainders.len() <= FEW {
            true => least_of_few(count, remainders),
            false => least(count, total, remainders),
        };
        // Those above the bar are fewer than `count`.
        let above = reaching(bar.saturating_add(1), remainders);
        let at_bar = count.wrapping_sub(above);
        Self { bar, at_bar }
    }

    /// Returns whether a part is rounded up; it is asked for the parts in their order.
    pub(crate) fn take(&mut self, remainder: u128) -> bool {
        match remainder.cmp(&self.bar) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => {
                let left = self.at_bar.checked_sub(1);
                self.at_bar = left.unwrap_or(0);
                left.is_some()
            }
        }
    }
}

/// Returns how many remainders are `bar` or more.
fn reaching(bar: u128, remainders: &[Amount]) -> u128 {
    // At most 2^64 remainders, which a u128 counts without wrapping.
    remainders.iter().fold(0_u128, |count, remainder| {
        count.wrapping_add((remainder.get() >= bar).into())
    })
}

/// Returns the least of the `count` largest of a few remainders: the largest one that `count` reach.
fn least_of_few(count: u128, remainders: &[Amount]) -> u128 {
    let values = remainders.iter().map(|remainder| remainder.get());
    values.fold(0, |least, value| {
        let is_better = value > least && reaching(value, remainders) >= count;
        if is_better {
            value
        } else {
            least
        }
    })
}

/// Returns the least of the `count` largest remainders.
///
/// Halves the range of values instead of sorting; they have 128 bits, so that the bisection over times
/// that the crates share doesn't serve.
fn least(count: u128, total: u128, remainders: &[Amount]) -> u128 {
    // At least `count` reach `low`, and fewer reach `high`.
    let (mut low, mut high) = (1, total);
    // While they are apart, `high − low` doesn't wrap, and the middle lies strictly between them.
    while high.wrapping_sub(low) > 1 {
        let middle = low.wrapping_add(high.wrapping_sub(low) >> 1);
        if reaching(middle, remainders) >= count {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
