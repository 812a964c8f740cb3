//! The invariant as a real number, decided by integers.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Rounding, U256};

use super::integers::{self, sum};
use super::search::least;
use super::Amplified;
use crate::leading::Leading;
use crate::wide::Wide;
use crate::Error;

/// Returns `true` if the exact invariant of reserves that aren't 0 is at least `d`.
pub(super) fn reaches<const N: usize>(reserves: &[u128; N], amplified: Amplified, d: u128) -> bool {
    matches!(
        compare(reserves, amplified, d),
        Some(Ordering::Less | Ordering::Equal)
    )
}

/// Returns `true` if the exact invariant is below `d` before and at least that after.
pub(super) fn passes<const N: usize>(
    before: &[u128; N],
    after: &[u128; N],
    amplified: Amplified,
    d: u128,
) -> bool {
    !reaches(before, amplified, d) && reaches(after, amplified, d)
}

/// Returns `true` if the exact invariant is `d`.
pub(super) fn is_met<const N: usize>(reserves: &[u128; N], amplified: Amplified, d: u128) -> bool {
    compare(reserves, amplified, d) == Some(Ordering::Equal)
}

/// Compares `d` with the exact invariant, by the leading bits if they tell. It is `None` above the sum, which
/// the invariant never is.
fn compare<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    d: u128,
) -> Option<Ordering> {
    let rest = rest(reserves, amplified, d)?;
    let (power, product) = sides::<Leading, N>(reserves, amplified, d, rest);
    match power.difference(product) {
        Some((order, _)) => Some(order),
        None => Some(compare_all(reserves, amplified, d, rest)),
    }
}

/// Compares as [`compare`], by all bits.
#[cold]
#[cfg_attr(target_arch = "bpf", inline(always))]
fn compare_all<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    d: u128,
    rest: U256,
) -> Ordering {
    let (power, product) = sides::<Wide, N>(reserves, amplified, d, rest);
    power.cmp(&product)
}

/// Computes unit·D^(n+1) and n^n·∏x·`rest`, which are the same at the invariant; below it the power is less.
#[inline]
fn sides<P: Product, const N: usize>(
    reserves: &[u128; N],
    Amplified { unit, n, .. }: Amplified,
    d: u128,
    rest: U256,
) -> (P, P) {
    let (mut power, mut product) = (P::from(U256::product(unit, d)), P::from(rest));
    // Up to 8^8.
    let mut scale = 1_u128;
    for &x in reserves {
        power = power.times(d);
        product = product.times(x);
        scale = scale.saturating_mul(n);
    }
    (power, product.times(scale))
}

/// Computes A·n·(S − D) + unit·D, where A has the unit. It is `None` above the sum.
fn rest<const N: usize>(reserves: &[u128; N], amplified: Amplified, d: u128) -> Option<U256> {
    let mut sum = U256::ZERO;
    for &x in reserves {
        sum = sum.checked_add(x.into()).ok()?;
    }
    // Below 2^162.
    let more = sum.checked_sub(d.into()).ok()?;
    let more = more.checked_mul(amplified.ann).ok()?;
    more.checked_add(U256::product(amplified.unit, d)).ok()
}

/// A product of integers, of which all bits or the leading ones are kept.
trait Product: From<U256> {
    fn times(self, by: u128) -> Self;
}

impl Product for Wide {
    fn times(self, by: u128) -> Self {
        self.mul(by)
    }
}

impl Product for Leading {
    #[inline]
    fn times(self, by: u128) -> Self {
        self.mul(by.into())
    }
}

/// Computes the exact invariant, floored. It is looked for from `hint` on.
pub(super) fn floor<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    hint: u128,
) -> Result<u128, Error> {
    let sum = sum(reserves.iter().copied())?;
    let beyond = least(hint.min(sum), sum, &|d| !reaches(reserves, amplified, d));
    // Where even the sum is reached, it is the sum; 0 always is.
    Ok(beyond.map_or(sum, |beyond| beyond.saturating_sub(1)))
}

/// Computes the exact invariant, rounded once.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn rounded<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    hint: u128,
    rounding: Rounding,
) -> Result<u128, Error> {
    let floor = floor(reserves, amplified, hint)?;
    let is_whole = compare(reserves, amplified, floor) == Some(Ordering::Equal);
    let goes_up = !is_whole
        && match rounding {
            Rounding::Floor => false,
            Rounding::Ceil => true,
            Rounding::HalfUp => against_half(reserves, amplified, floor)? != Ordering::Less,
            Rounding::HalfEven => match against_half(reserves, amplified, floor)? {
                Ordering::Equal => floor % 2 == 1,
                order => order == Ordering::Greater,
            },
        };
    // It is below the sum where it isn't whole.
    Ok(floor.saturating_add(goes_up.into()))
}

/// Compares the exact invariant with `floor` and a half: twice as much, of twice the reserves.
fn against_half<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    floor: u128,
) -> Result<Ordering, Error> {
    let double = |number: u128| Amount::new(number).mul_div(2, 1, Rounding::Floor);
    let mut twice = *reserves;
    for x in &mut twice {
        *x = double(*x)?.get();
    }
    let half = double(floor)?.checked_add(Amount::new(1))?.get();
    let order = compare(&twice, amplified, half).map(Ordering::reverse);
    Ok(order.unwrap_or(Ordering::Less))
}

/// Computes the exact invariant, ceiled.
pub(super) fn ceil<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    hint: u128,
) -> Result<u128, Error> {
    rounded(reserves, amplified, hint, Rounding::Ceil)
}

/// Reserves shifted left until their sum has all of 128 bits but for some room, where it has fewer, and their
/// exact invariant, floored: it is homogeneous, so this is the same with more binary digits.
pub(super) struct Fine<const N: usize> {
    pub(super) reserves: [u128; N],
    pub(super) sum: u128,
    pub(super) floor: u128,
    /// The number of bits that all are shifted by.
    pub(super) by: u32,
}

impl<const N: usize> Fine<N> {
    pub(super) fn new(
        reserves: &[u128; N],
        amplified: Amplified,
        room: u32,
    ) -> Result<Self, Error> {
        let zeros = sum(reserves.iter().copied())?.leading_zeros();
        let by = zeros.saturating_sub(room);
        // No set bit of the sum is lost, so none of a reserve is.
        let reserves = reserves.map(|x| x.wrapping_shl(by));
        let sum = sum(reserves.iter().copied())?;
        let hint = integers::invariant(&reserves, amplified).unwrap_or(sum);
        let floor = floor(&reserves, amplified, hint)?;
        Ok(Self {
            reserves,
            sum,
            floor,
            by,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invariant_passes_a_number_only_from_below() {
        let amplified = Amplified {
            ann: 200,
            unit: 1,
            n: 2,
        };
        for size in [10_u128, 1 << 40, 1 << 90] {
            let [less, more] = [[size; 2], [size + 5; 2]];
            // In balance it is the sum.
            let passes = |d| passes(&less, &more, amplified, d);
            let sum = 2 * size;
            let numbers = [sum, sum + 1, sum + 10, sum + 11];
            assert_eq!(numbers.map(passes), [false, true, true, false], "{size}");
        }
    }
}
