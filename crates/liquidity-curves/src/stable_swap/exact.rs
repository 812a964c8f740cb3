//! The invariant as a real number, decided by integers.

use core::cmp::Ordering;

use tokenomics_fixed_math::{Amount, Rounding, U256};

use super::integers::{self, sum};
use super::search::least;
use super::Amplified;
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
    let power = power::<N>(amplified, d);
    let below = |reserves| product(reserves, amplified, d).is_none_or(|product| power > product);
    below(before) && !below(after)
}

/// Returns `true` if the exact invariant is `d`.
pub(super) fn is_met<const N: usize>(reserves: &[u128; N], amplified: Amplified, d: u128) -> bool {
    compare(reserves, amplified, d) == Some(Ordering::Equal)
}

/// Compares `d` with the exact invariant. It is `None` above the sum, which the invariant never is.
fn compare<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    d: u128,
) -> Option<Ordering> {
    let product = product(reserves, amplified, d)?;
    Some(power::<N>(amplified, d).cmp(&product))
}

/// Computes unit·D^(n+1): at the invariant it is `product`, and below that less.
fn power<const N: usize>(amplified: Amplified, d: u128) -> Wide {
    let first = Wide::from(U256::product(amplified.unit, d));
    (0..N).fold(first, |power, _| power.mul(d))
}

/// Computes n^n·∏x·(A·n·(S − D) + unit·D), where A has the unit.
fn product<const N: usize>(reserves: &[u128; N], amplified: Amplified, d: u128) -> Option<Wide> {
    let Amplified { ann, unit, n } = amplified;
    let mut sum = U256::ZERO;
    for &x in reserves {
        sum = sum.checked_add(x.into()).ok()?;
    }
    // Below 2^162.
    let rest = sum.checked_sub(d.into()).ok()?.checked_mul(ann).ok()?;
    let first = Wide::from(rest.checked_add(U256::product(unit, d)).ok()?);
    let times = |product: Wide, &x: &u128| product.mul(U256::product(n, x));
    Some(reserves.iter().fold(first, times))
}

/// Computes the exact invariant, floored. It is looked for from `hint` on.
pub(super) fn floor<const N: usize>(
    reserves: &[u128; N],
    amplified: Amplified,
    hint: u128,
) -> Result<u128, Error> {
    let sum = sum(reserves.iter().copied())?;
    let beyond = least(hint.min(sum), sum, |d| !reaches(reserves, amplified, d));
    // Where even the sum is reached, it is the sum; 0 always is.
    Ok(beyond.map_or(sum, |beyond| beyond.saturating_sub(1)))
}

/// Computes the exact invariant, rounded once.
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
