//! Real numbers between two others: exponentials and logarithms by their series, in fixed point over
//! natural numbers, each step rounded outward.

use std::cmp::Ordering;

use super::natural::Natural;

/// A real number from low·2^-bits to high·2^-bits.
#[derive(Debug, Clone)]
pub(crate) struct Enclosure {
    low: Natural,
    high: Natural,
    bits: usize,
}

/// `of`·2^-bits, next integer below or above.
fn cut(of: &Natural, bits: usize, up: bool) -> Natural {
    outward(of.shifted_down(bits), up)
}

fn quotient(of: &Natural, divisor: &Natural, up: bool) -> Natural {
    outward(of.divided(divisor).0, up)
}

/// One more wherever it has to be a bound from above, so also where nothing was cut off.
fn outward(of: Natural, up: bool) -> Natural {
    if up {
        of.plus(&1.into())
    } else {
        of
    }
}

impl Enclosure {
    fn both(bits: usize, bound: impl Fn(bool) -> Natural) -> Self {
        Self {
            low: bound(false),
            high: bound(true),
            bits,
        }
    }

    pub(crate) fn ratio(above: &Natural, below: &Natural, bits: usize) -> Self {
        let above = above.shifted(bits);
        Self::both(bits, |up| quotient(&above, below, up))
    }

    fn plus(&self, rhs: &Self) -> Self {
        Self {
            low: self.low.plus(&rhs.low),
            high: self.high.plus(&rhs.high),
            bits: self.bits,
        }
    }

    fn minus(&self, rhs: &Self) -> Self {
        Self {
            low: self.low.minus(&rhs.high),
            high: self.high.minus(&rhs.low),
            bits: self.bits,
        }
    }

    /// Times an integer above 0.
    pub(crate) fn times(&self, factor: &Natural) -> Self {
        Self {
            low: self.low.times(factor),
            high: self.high.times(factor),
            bits: self.bits,
        }
    }

    /// Over an integer above 0.
    pub(crate) fn over(&self, divisor: &Natural) -> Self {
        Self {
            low: quotient(&self.low, divisor, false),
            high: quotient(&self.high, divisor, true),
            bits: self.bits,
        }
    }

    pub(crate) fn is_at_least(&self, integer: u128) -> bool {
        self.low >= Natural::from(integer).shifted(self.bits)
    }

    /// How the number compares with above / below, if that is beyond doubt.
    pub(crate) fn against(&self, above: &Natural, below: &Natural) -> Option<Ordering> {
        let above = above.shifted(self.bits);
        if self.low.times(below) > above {
            Some(Ordering::Greater)
        } else if self.high.times(below) < above {
            Some(Ordering::Less)
        } else {
            None
        }
    }

    /// e to the number, which must be at least 0.
    pub(crate) fn exp(&self) -> Self {
        Self {
            low: exp_bound(&self.low, self.bits, false),
            high: exp_bound(&self.high, self.bits, true),
            bits: self.bits,
        }
    }
}

/// A bound of e^x for x = argument·2^-bits, in as many bits: the sum of x^k/k!.
fn exp_bound(argument: &Natural, bits: usize, up: bool) -> Natural {
    // e^x = (e^(x·2^-s))^(2^s) such that x·2^-s is below 2^-8. With s bits more the same integer
    // stands for it.
    let halvings = argument.bits().saturating_sub(bits) + 8;
    let bits = bits + halvings;
    let (mut sum, mut term) = (Natural::ZERO, Natural::from(1).shifted(bits));
    for k in 1_u128.. {
        sum = sum.plus(&term);
        let power = cut(&term.times(argument), bits, up);
        term = quotient(&power, &k.into(), up);
        if term.fits(1) {
            break;
        }
    }
    if up {
        // The next term is at most 1, and each one after it below 2^-8 of the last.
        sum = sum.plus(&2.into());
    }
    for _ in 0..halvings {
        sum = cut(&sum.times(&sum), bits, up);
    }
    cut(&sum, halvings, up)
}

/// A bound of the sum of z^k/k over all odd k, the inverse hyperbolic tangent, for z up to 1/3.
fn atanh_bound(z: &Natural, bits: usize, up: bool) -> Natural {
    let square = cut(&z.times(z), bits, up);
    let (mut sum, mut power) = (Natural::ZERO, z.clone());
    for k in (1_u128..).step_by(2) {
        if power.fits(1) {
            break;
        }
        sum = sum.plus(&quotient(&power, &k.into(), up));
        power = cut(&power.times(&square), bits, up);
    }
    // The next power is at most 1, and each one after it at most a ninth of the last.
    if up {
        sum.plus(&2.into())
    } else {
        sum
    }
}

/// ln(above / below) for a quotient in [2/3, 4/3], or of 1/2 or 2, without its sign.
fn ln_next_to_one(above: &Natural, below: &Natural, bits: usize) -> Enclosure {
    // ln(a/b) = 2 atanh((a − b) / (a + b)).
    let distance = above.max(below).minus(above.min(below));
    let z = Enclosure::ratio(&distance, &above.plus(below), bits);
    Enclosure {
        low: atanh_bound(&z.low, bits, false).shifted(1),
        high: atanh_bound(&z.high, bits, true).shifted(1),
        bits,
    }
}

/// |ln(above / below)|, of two numbers above 0.
pub(crate) fn ln(above: &Natural, below: &Natural, bits: usize) -> Enclosure {
    // The quotient is m·2^k or m·2^-k with m in [2/3, 4/3].
    let lengths = (above.bits(), below.bits());
    let mut up = lengths.0 > lengths.1;
    let mut twos = lengths.0.abs_diff(lengths.1);
    let (mut a, mut b) = if up {
        (above.clone(), below.shifted(twos))
    } else {
        (above.shifted(twos), below.clone())
    };
    let thirds = |of: &Natural, times: u128| of.times(&times.into());
    if thirds(&a, 3) > thirds(&b, 4) {
        b = b.shifted(1);
        (up, twos) = match (up, twos) {
            (false, 1..) => (false, twos - 1),
            _ => (true, twos + 1),
        };
    } else if thirds(&a, 3) < thirds(&b, 2) {
        a = a.shifted(1);
        (up, twos) = match (up, twos) {
            (true, 1..) => (true, twos - 1),
            _ => (false, twos + 1),
        };
    }
    let rest = ln_next_to_one(&a, &b, bits);
    if twos == 0 {
        return rest;
    }
    let of_twos = ln_of(2, bits).times(&(twos as u128).into());
    // |ln m| is below ln 2.
    if up == (a >= b) {
        of_twos.plus(&rest)
    } else {
        of_twos.minus(&rest)
    }
}

/// The logarithm of a small integer above 1.
pub(crate) fn ln_of(integer: u128, bits: usize) -> Enclosure {
    match integer {
        2 => ln_next_to_one(&2.into(), &1.into(), bits),
        _ => ln(&integer.into(), &1.into(), bits),
    }
}
