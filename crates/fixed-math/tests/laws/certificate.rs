//! What each rounding of a real number must be, from nothing but how the number compares with
//! multiples of half a unit.

use std::cmp::Ordering;

use tokenomics_fixed_math::{Error, Rounding, SignedWad, Wad};

use super::bracket::of_magnitude;
use super::enclosure::Enclosure;
use super::natural::Natural;

/// Each direction gives what its definition says of a number of at least 0, and nothing exactly where
/// that is above `max`. `against` compares the number with so many half units.
pub(crate) fn rounded_once(
    max: u128,
    of: impl Fn(Rounding) -> Option<u128>,
    against: impl Fn(&Natural) -> Ordering,
) {
    let halves = |units: u128| Natural::from(units).shifted(1);
    let one_half = Natural::from(1);
    let Some(floor) = of(Rounding::Floor) else {
        let beyond = halves(max).plus(&2.into());
        assert!(against(&beyond).is_ge(), "the floor fits");
        assert!(Rounding::ALL.map(of).iter().all(Option::is_none));
        return;
    };
    let at_floor = against(&halves(floor));
    assert!(at_floor.is_ge(), "floored to {floor}, it is less");
    let at_tie = against(&halves(floor).plus(&one_half));
    let at_next = against(&halves(floor).plus(&2.into()));
    assert!(at_next.is_lt(), "floored to {floor}, it is a unit more");
    let up = floor.checked_add(1).filter(|&up| up <= max);
    let choose = |goes_up| if goes_up { up } else { Some(floor) };
    let is = |rounding, goes_up| assert_eq!(of(rounding), choose(goes_up), "{rounding:?}");
    is(Rounding::Ceil, at_floor.is_gt());
    is(Rounding::HalfUp, at_tie.is_ge());
    let tie_to_even = at_tie.is_eq() && floor % 2 == 1;
    is(Rounding::HalfEven, at_tie.is_gt() || tie_to_even);
}

/// The magnitudes of a number whose sign is known: below zero the directions trade places.
pub(crate) fn magnitudes(
    negative: bool,
    of: impl Fn(Rounding) -> Result<SignedWad, Error>,
) -> impl Fn(Rounding) -> Option<u128> {
    move |rounding| {
        let raw = of(of_magnitude(negative, rounding)).ok()?.raw();
        assert!(
            raw == 0 || (raw < 0) == negative,
            "{raw} has the wrong sign"
        );
        Some(raw.unsigned_abs())
    }
}

/// The largest magnitude of a signed number.
pub(crate) fn signed_max(negative: bool) -> u128 {
    i128::MAX.unsigned_abs() + u128::from(negative)
}

/// The bits of one try after the other. The results that are hardest to tell from half a unit need a
/// few hundred.
const BITS: [usize; 5] = [192, 384, 768, 1_536, 3_072];

/// Compares a real number with half units by enclosures that get narrower, the first of which is
/// kept. Where it leaves a doubt, `is` says whether the number is exactly so many half units.
pub(crate) fn by_enclosure<E>(
    enclose: impl Fn(usize) -> E,
    against: impl Fn(&E, &Natural) -> Option<Ordering>,
    is: impl Fn(&Natural) -> bool,
) -> impl Fn(&Natural) -> Ordering {
    let first = enclose(BITS[0]);
    move |halves| {
        if let Some(order) = against(&first, halves) {
            return order;
        }
        if is(halves) {
            return Ordering::Equal;
        }
        let mut narrower = BITS[1..].iter().map(|&bits| enclose(bits));
        let order = narrower.find_map(|enclosure| against(&enclosure, halves));
        order.expect("not equal, and no precision tells which is more")
    }
}

/// How many half units 1 is.
pub(crate) fn halves_of_one() -> Natural {
    Natural::from(2 * Wad::SCALE)
}

/// e^±y for an enclosed y, as it compares with a quotient.
pub(crate) struct Exponential {
    negative: bool,
    /// Of e^y; none where y is 128 or more, so that e^y is above 2^184.
    power: Option<Enclosure>,
}

impl Exponential {
    pub(crate) fn of(negative: bool, exponent: &Enclosure) -> Self {
        let computable = !exponent.is_at_least(128);
        Self {
            negative,
            power: computable.then(|| exponent.exp()),
        }
    }

    /// How it compares with above / below.
    pub(crate) fn against(&self, above: &Natural, below: &Natural) -> Option<Ordering> {
        let (above, below) = match self.negative {
            false => (above, below),
            true => (below, above),
        };
        // Of e^y with above / below, where the latter may be 0 for the former's sake.
        let order = match &self.power {
            _ if below.is_zero() => Some(Ordering::Less),
            Some(power) => power.against(above, below),
            None if *above <= below.shifted(184) => Some(Ordering::Greater),
            None => None,
        };
        match self.negative {
            false => order,
            true => order.map(Ordering::reverse),
        }
    }
}
