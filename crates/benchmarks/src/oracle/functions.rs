//! The functions, at rational arguments, in units of 1/unit.

use dashu_base::Abs;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::ball::Ball;
use super::{exact, Answer, Estimate, Oracle, Real};

impl Oracle {
    /// e^x.
    pub fn e_to(&mut self, x: &RBig, unit: &UBig) -> Answer {
        if x.is_zero() {
            return Answer::of(&RBig::ONE, unit);
        }
        self.refine(unit, |oracle, bits| oracle.exp(&Ball::ratio(x, bits), bits))
    }

    /// e^x − 1.
    pub fn expm1(&mut self, x: &RBig, unit: &UBig) -> Answer {
        if x.is_zero() {
            return Answer::of(&RBig::ZERO, unit);
        }
        let answer = self.refine(unit, |oracle, bits| {
            match oracle.exp(&Ball::ratio(x, bits), bits) {
                Estimate::Ball(ball) => Estimate::Ball(ball.minus_one()),
                other => other,
            }
        });
        match answer {
            // e^x was a speck, and this is −1 and a speck. No x that isn't 0 has a speck for e^x − 1.
            Answer::Real(mut real) if real == Real::speck() && *x < RBig::ZERO => {
                real.floor = -IBig::from(unit.clone());
                Answer::Real(real)
            }
            other => other,
        }
    }

    /// base^exponent; 0^0 is 1.
    pub fn power(&mut self, base: &RBig, exponent: &RBig, unit: &UBig) -> Answer {
        if base.is_zero() && !exponent.is_zero() {
            return match *exponent > RBig::ZERO {
                true => Answer::of(&RBig::ZERO, unit),
                false => Answer::Nothing,
            };
        }
        if exponent.is_zero() {
            return Answer::of(&RBig::ONE, unit);
        }
        if *base < RBig::ZERO {
            return self.power_of_negative(base, exponent, unit);
        }
        if let Some(answer) = exact::power(base, exponent, unit) {
            return answer;
        }
        self.refine(unit, |oracle, bits| {
            let times = Ball::ratio(exponent, bits);
            let t = oracle.ln(base, bits).mul(&times, bits);
            oracle.exp(&t, bits)
        })
    }

    fn power_of_negative(&mut self, base: &RBig, exponent: &RBig, unit: &UBig) -> Answer {
        if *exponent.denominator() != UBig::ONE {
            return Answer::Nothing;
        }
        let odd = exponent.numerator() & IBig::ONE == IBig::ONE;
        let magnitude = self.power(&base.clone().abs(), exponent, unit);
        magnitude.negated_if(odd)
    }

    /// ln x.
    pub fn natural_log(&mut self, x: &RBig, unit: &UBig) -> Answer {
        if *x <= RBig::ZERO {
            return Answer::Nothing;
        }
        if *x == RBig::ONE {
            return Answer::of(&RBig::ZERO, unit);
        }
        self.refine(unit, |oracle, bits| Estimate::Ball(oracle.ln(x, bits)))
    }

    /// The logarithm of x to a whole base that is no power of another number.
    pub fn log(&mut self, base: u32, x: &RBig, unit: &UBig) -> Answer {
        if *x <= RBig::ZERO {
            return Answer::Nothing;
        }
        if let Some(exponent) = exponent_of(base, x) {
            return Answer::of(&exponent.into(), unit);
        }
        self.refine(unit, |oracle, bits| {
            let under = oracle.ln_of(base, bits);
            Estimate::Ball(oracle.ln(x, bits).div(&under, bits))
        })
    }

    /// The sum of ratio^i for i below `terms`; the ratio isn't negative.
    pub fn geometric_sum(&mut self, ratio: &RBig, terms: u64, unit: &UBig) -> Answer {
        if ratio.is_zero() {
            return Answer::of(&RBig::from(u8::from(terms > 0)), unit);
        }
        if *ratio == RBig::ONE {
            return Answer::of(&terms.into(), unit);
        }
        // The denominator of so many terms is that of the last one, and divides no half of a unit of
        // 1e-18; where it is 1, the sum is soon huge.
        if terms <= 24 {
            return exact::geometric_sum(ratio, terms, unit);
        }
        if *ratio.denominator() == UBig::ONE {
            return match terms <= 400 {
                true => exact::geometric_sum(ratio, terms, unit),
                false => Answer::Huge,
            };
        }
        let rest = (RBig::ONE - ratio).abs();
        let answer = self.refine(unit, |oracle, bits| {
            let times = Ball::integer(terms.into());
            let t = oracle.ln(ratio, bits).mul(&times, bits);
            let less_one = Ball::ratio(&(ratio - RBig::ONE), bits);
            match oracle.exp(&t, bits) {
                Estimate::Ball(power) => Estimate::Ball(power.minus_one().div(&less_one, bits)),
                other => other,
            }
        });
        match answer {
            // Of 1/(1 − ratio) a speck is missing.
            Answer::Real(real) if real == Real::speck() => {
                Answer::Real(Real::scaled(&(RBig::ONE / rest), unit).less_a_speck())
            }
            other => other,
        }
    }

    /// The k-th root of x by integers; negative for a negative x and an odd k.
    pub fn root(&mut self, x: &RBig, k: usize, unit: &UBig) -> Answer {
        let negative = *x < RBig::ZERO;
        if k == 0 || negative && k.is_multiple_of(2) {
            return Answer::Nothing;
        }
        Answer::Real(exact::root(&x.clone().abs(), k, unit)).negated_if(negative)
    }

    /// numerator / denominator.
    pub fn quotient(&mut self, numerator: &RBig, denominator: &RBig, unit: &UBig) -> Answer {
        if denominator.is_zero() {
            return Answer::Nothing;
        }
        Answer::of(&(numerator / denominator), unit)
    }
}

/// n where x is base^n. 2^±200 and 10^±200 are beyond every type.
fn exponent_of(base: u32, x: &RBig) -> Option<i32> {
    let (top, bottom) = (x.numerator(), x.denominator());
    let power = |of: &UBig| {
        let mut rest = of.clone();
        let base = UBig::from(base);
        let mut n = 0;
        while rest > UBig::ONE {
            if &rest % &base != UBig::ZERO {
                return None;
            }
            rest /= &base;
            n += 1;
        }
        Some(n)
    };
    let top = UBig::try_from(top.clone()).ok()?;
    if *bottom == UBig::ONE {
        power(&top)
    } else if top == UBig::ONE {
        power(bottom).map(|n: i32| -n)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Place;
    use crate::random::Random;

    const ONE: u64 = 1_000_000_000_000_000_000;

    fn unit() -> UBig {
        UBig::from(ONE)
    }

    fn wad(raw: i128) -> RBig {
        RBig::from_parts(raw.into(), unit())
    }

    fn real(answer: Answer) -> (i128, Place) {
        match answer {
            Answer::Real(real) => (i128::try_from(real.floor).unwrap(), real.place),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn known_digits_come_out() {
        let one = i128::from(ONE);
        let (mut o, unit) = (Oracle::new(), unit());
        let cases = [
            // e = 2.718281828459045235|360…
            (
                o.e_to(&wad(one), &unit),
                2_718_281_828_459_045_235,
                Place::BelowHalf,
            ),
            // 1/e = 0.367879441171442321|595…
            (
                o.e_to(&wad(-one), &unit),
                367_879_441_171_442_321,
                Place::AboveHalf,
            ),
            (
                o.expm1(&wad(-one), &unit),
                -632_120_558_828_557_679,
                Place::AboveHalf,
            ),
            (o.expm1(&wad(-600 * one), &unit), -one, Place::BelowHalf),
            (o.e_to(&wad(-600 * one), &unit), 0, Place::BelowHalf),
            // ln 2 = 0.693147180559945309|417…
            (
                o.natural_log(&wad(2 * one), &unit),
                693_147_180_559_945_309,
                Place::BelowHalf,
            ),
            // log10 2 = 0.301029995663981195|213…
            (
                o.log(10, &wad(2 * one), &unit),
                301_029_995_663_981_195,
                Place::BelowHalf,
            ),
            (o.log(10, &wad(1), &unit), -18 * one, Place::On),
            (o.log(2, &wad(one / 4), &unit), -2 * one, Place::On),
            // √2 = 1.414213562373095048|801…
            (
                o.power(&wad(2 * one), &wad(one / 2), &unit),
                1_414_213_562_373_095_048,
                Place::AboveHalf,
            ),
            (
                o.root(&wad(2 * one), 2, &unit),
                1_414_213_562_373_095_048,
                Place::AboveHalf,
            ),
            (
                o.power(&wad(-2 * one), &wad(3 * one), &unit),
                -8 * one,
                Place::On,
            ),
            // (1 + 1e-18)^(1/2) = 1 + half a unit, less a speck of a speck.
            (
                o.power(&wad(one + 1), &wad(one / 2), &unit),
                one,
                Place::BelowHalf,
            ),
            (
                o.geometric_sum(&wad(one / 2), 1_000, &unit),
                2 * one - 1,
                Place::AboveHalf,
            ),
            (
                o.geometric_sum(&wad(one / 2), 20, &unit),
                1_999_998_092_651_367_187,
                Place::Half,
            ),
            (
                o.geometric_sum(&wad(one + 1), 1_000, &unit),
                1_000 * one + 499_500,
                Place::BelowHalf,
            ),
            (
                o.geometric_sum(&wad(2 * one), 100, &unit),
                i128::MAX,
                Place::On,
            ),
        ];
        for (answer, floor, place) in cases {
            if floor < i128::MAX {
                assert_eq!(real(answer), (floor, place));
            } else {
                assert_ne!(answer, Answer::Huge);
            }
        }
        assert_eq!(o.e_to(&wad(600 * one), &unit), Answer::Huge);
        assert_eq!(o.natural_log(&wad(0), &unit), Answer::Nothing);
        assert_eq!(o.power(&wad(0), &wad(-1), &unit), Answer::Nothing);
    }

    #[test]
    fn both_engines_give_the_same() {
        let (mut answer, mut check, unit) = (Oracle::new(), Oracle::check(), unit());
        let mut random = Random::new(1);
        let mut each = |of: &dyn Fn(&mut Oracle) -> Answer| {
            assert_eq!(of(&mut answer), of(&mut check));
        };
        for _ in 0..60 {
            let large = wad(random.any_size_up_to(u128::MAX >> 1) as i128);
            let small = wad(random.any_size_up_to(45 << 60) as i128);
            each(&|o| o.e_to(&small, &unit));
            each(&|o| o.e_to(&-small.clone(), &unit));
            each(&|o| o.expm1(&-small.clone(), &unit));
            each(&|o| o.power(&large, &small, &unit));
            each(&|o| o.geometric_sum(&small, 1 << 40, &unit));
            if !large.is_zero() {
                each(&|o| o.natural_log(&large, &unit));
                each(&|o| o.log(10, &large, &unit));
            }
        }
    }
}
