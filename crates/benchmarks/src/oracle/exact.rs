//! What integers decide: roots, and powers that are rational.

use std::cmp::Ordering;

use dashu_base::{BitTest, SquareRoot, UnsignedAbs};
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::real::{Place, Real};
use super::Answer;

/// The k-th root of a value that isn't negative, in units of 1/unit.
pub fn root(value: &RBig, k: usize, unit: &UBig) -> Real {
    let numerator = value.numerator().unsigned_abs() * unit.pow(k);
    let denominator = value.denominator();
    let (whole, rest) = (&numerator / denominator, &numerator % denominator);
    let floor = if k == 2 {
        whole.sqrt()
    } else {
        whole.nth_root(k)
    };
    let exact = rest == UBig::ZERO && floor.pow(k) == whole;
    // (floor + 1/2)^k against the exact number.
    let middle = (&floor * 2_u8 + 1_u8).pow(k) * denominator;
    let place = match middle.cmp(&(&numerator << k)) {
        _ if exact => Place::On,
        Ordering::Greater => Place::BelowHalf,
        Ordering::Equal => Place::Half,
        Ordering::Less => Place::AboveHalf,
    };
    // 64 bits more of the root than the floor has.
    let fine = (&numerator << (64 * k)) / denominator;
    let fine = if k == 2 {
        fine.sqrt()
    } else {
        fine.nth_root(k)
    } - (&floor << 64);
    Real {
        floor: floor.into(),
        place,
        fraction: u64::try_from(fine).unwrap_or(u64::MAX),
    }
}

/// Larger than any degree at which a number of these types has a rational root, 1 apart.
const LARGEST_DEGREE: u32 = 160;
/// Larger than any exponent at which a power, 0 and 1 apart, is neither huge nor a speck nor
/// between halves of units.
const LARGEST_EXPONENT: u64 = 400;

/// base^(exponent) for a base above 0, where the result is a number of whole or half units and so
/// must be known exactly; also where it is far out of any range. `None` says that it is neither a
/// whole number of units nor a half.
pub fn power(base: &RBig, exponent: &RBig, unit: &UBig) -> Option<Answer> {
    if *base == RBig::ONE || exponent.is_zero() {
        return Some(Answer::of(&RBig::ONE, unit));
    }
    let Roots { root, under, times } = Roots::of(base, exponent)?;
    match u64::try_from(&times) {
        Ok(times) if times <= LARGEST_EXPONENT => {
            // In lowest terms: it is a number of half units if and only if the denominator divides
            // two units.
            let times = times as usize;
            let under = under.pow(times);
            let whole = (unit * 2_u8) % &under == UBig::ZERO;
            whole.then(|| Answer::Real(Real::ratio(&IBig::from(root.pow(times) * unit), &under)))
        }
        _ if under == UBig::ONE => Some(Answer::Huge),
        // A denominator of at least 2 to more than 400 divides no unit.
        _ => None,
    }
}

/// A power with this exponent of anything but 1 and 0 is beyond 2^±1,000.
const EXPONENT_BEYOND: u64 = 1_000;

/// base^exponent for a base above 0, where it is rational, unless its denominator or all of it is
/// above 2^`bits`.
pub fn rational_power(base: &RBig, exponent: &RBig, bits: usize) -> Option<RBig> {
    let Roots { root, under, times } = Roots::of(base, exponent)?;
    let times = u64::try_from(&times).ok()?;
    let times = usize::try_from(times.min(EXPONENT_BEYOND)).ok()?;
    // 2 to this is at most the denominator.
    if (under.bit_len() - 1) * times > bits {
        return None;
    }
    Some(RBig::from_parts(root.pow(times).into(), under.pow(times)))
}

/// base^exponent as (root / under)^times, in lowest terms, where it is rational.
struct Roots {
    root: UBig,
    under: UBig,
    times: UBig,
}

impl Roots {
    fn of(base: &RBig, exponent: &RBig) -> Option<Self> {
        let degree = u32::try_from(exponent.denominator()).ok()?;
        if degree > LARGEST_DEGREE {
            return None;
        }
        let mut root = exact_root(&base.numerator().unsigned_abs(), degree)?;
        let mut under = exact_root(base.denominator(), degree)?;
        if *exponent < RBig::ZERO {
            std::mem::swap(&mut root, &mut under);
        }
        let times = exponent.numerator().unsigned_abs();
        Some(Self { root, under, times })
    }
}

/// The sum of ratio^i for i below `terms`, term by term.
pub fn geometric_sum(ratio: &RBig, terms: u64, unit: &UBig) -> Answer {
    let (numerator, denominator) = (ratio.numerator(), ratio.denominator());
    let (mut sum, mut under) = (IBig::ZERO, UBig::ONE);
    for term in 0..terms {
        // sum·ratio + 1
        if term > 0 {
            under *= denominator;
        }
        sum = sum * numerator + IBig::from(under.clone());
    }
    Answer::Real(Real::ratio(&(sum * unit), &under))
}

fn exact_root(of: &UBig, degree: u32) -> Option<UBig> {
    let degree = degree as usize;
    let root = if degree == 1 {
        of.clone()
    } else {
        // A root above 1 is at least 2.
        if *of > UBig::ONE && of.bit_len() <= degree {
            return None;
        }
        of.nth_root(degree)
    };
    (root.pow(degree) == *of).then_some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit() -> UBig {
        UBig::from(10_u8).pow(18)
    }

    fn ratio(numerator: i64, denominator: u64) -> RBig {
        RBig::from_parts(numerator.into(), denominator.into())
    }

    #[test]
    fn roots_know_their_place() {
        let one = UBig::ONE;
        let of = |n: i64, k| root(&ratio(n, 4), k, &one);
        assert_eq!((of(16, 2).floor, of(16, 2).place), (2.into(), Place::On));
        // The root of 25/4 is 5/2, that of 26/4 a little more, that of 24/4 a little less.
        assert_eq!((of(25, 2).floor, of(25, 2).place), (2.into(), Place::Half));
        assert_eq!(of(26, 2).place, Place::AboveHalf);
        assert_eq!(of(24, 2).place, Place::BelowHalf);
        // √6 = 2.449489742783178098…
        assert_eq!(
            of(24, 2).fraction >> 32,
            (0.449_489_742_783_178_f64 * 2_f64.powi(32)) as u64
        );
    }

    #[test]
    fn rational_powers_are_told_from_the_others() {
        let of = |base: &RBig, exponent: &RBig| power(base, exponent, &unit());
        let real = |value: &RBig| Some(Answer::of(value, &unit()));
        assert_eq!(of(&ratio(4, 9), &ratio(-3, 2)), real(&ratio(27, 8)));
        assert_eq!(of(&ratio(4, 25), &ratio(3, 2)), real(&ratio(8, 125)));
        assert_eq!(of(&ratio(2, 1), &ratio(1, 2)), None);
        assert_eq!(of(&ratio(2, 1), &ratio(500, 1)), Some(Answer::Huge));
        assert_eq!(of(&ratio(1, 2), &ratio(500, 1)), None);
        assert_eq!(of(&ratio(1, 2), &ratio(19, 1)), real(&ratio(1, 1 << 19)));
        assert_eq!(of(&ratio(1, 2), &ratio(20, 1)), None);
    }
}
