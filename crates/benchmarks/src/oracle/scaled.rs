//! Amounts times powers: what they come to in whole units.

use dashu_base::{Abs, BitTest};
use dashu_int::UBig;
use dashu_ratio::RBig;

use super::ball::Ball;
use super::exact::rational_power;
use super::{Answer, Estimate, Oracle, Real};

/// e to less than minus this is a speck, beside any amount.
const EXP_BEYOND: u32 = 512;

impl Oracle {
    /// scale·e^t, the scale not below 0.
    pub fn scaled_exp(&mut self, scale: &RBig, t: &RBig) -> Answer {
        if scale.is_zero() || t.is_zero() {
            return Answer::of(scale, &UBig::ONE);
        }
        self.scaled(scale, |oracle, bits| {
            oracle.exp(&Ball::ratio(t, bits), bits)
        })
    }

    /// scale·base^exponent, the scale and the base not below 0; 0^0 is 1.
    pub fn scaled_power(&mut self, scale: &RBig, base: &RBig, exponent: &RBig) -> Answer {
        if base.is_zero() && *exponent < RBig::ZERO {
            return Answer::Nothing;
        }
        if scale.is_zero() || exponent.is_zero() || *base == RBig::ONE {
            return Answer::of(scale, &UBig::ONE);
        }
        if base.is_zero() {
            return Answer::of(&RBig::ZERO, &UBig::ONE);
        }
        // What is rational and may be a number of halves: the denominator of the power, to which the
        // numerator has no common factor, would divide twice the numerator of the scale.
        let most_bits = scale.numerator().bit_len() + 1;
        if let Some(power) = rational_power(base, exponent, most_bits) {
            return Answer::of(&(scale * power), &UBig::ONE);
        }
        self.scaled(scale, |oracle, bits| {
            let times = Ball::ratio(exponent, bits);
            let t = oracle.ln(base, bits).mul(&times, bits);
            oracle.exp(&t, bits)
        })
    }

    /// scale·(e^(steepness·ratio) − 1) / (e^steepness − 1) for a ratio from 0 to 1.
    pub fn scaled_expm1(&mut self, scale: &RBig, steepness: &RBig, ratio: &RBig) -> Answer {
        if scale.is_zero() || ratio.is_zero() || *ratio == RBig::ONE || steepness.is_zero() {
            return Answer::of(&(scale * ratio), &UBig::ONE);
        }
        let k = steepness.clone().abs();
        let falls = *steepness < RBig::ZERO;
        if falls && &k * ratio >= RBig::from(EXP_BEYOND) {
            // All of it but a speck: e to so much less would have to be a part of it.
            return Answer::Real(Real::scaled(scale, &UBig::ONE).less_a_speck());
        }
        self.scaled(scale, |oracle, bits| {
            // (e^(−k·ratio) − 1) / (e^−k − 1) is it for a steepness below 0; for one above, times
            // e^(−k·(1 − ratio)).
            let part = oracle.decayed_less_one(&(&k * ratio), bits);
            let whole = oracle.decayed_less_one(&k, bits);
            let quotient = part.div(&whole, bits);
            if falls {
                return Estimate::Ball(quotient);
            }
            let t = (ratio - RBig::ONE) * &k;
            match oracle.exp(&Ball::ratio(&t, bits), bits) {
                Estimate::Ball(power) => Estimate::Ball(power.mul(&quotient, bits)),
                other => other,
            }
        })
    }

    /// The part of scale that a logistic curve of a steepness k above 0 has come to, for a ratio x
    /// from 0 to 1: (e^(−2kx) − 1) / ((e^−k − 1)(1 + e^(k(1 − 2x)))) of it.
    pub fn scaled_logistic(&mut self, scale: &RBig, steepness: &RBig, ratio: &RBig) -> Answer {
        let (half, two) = (RBig::ONE / RBig::from(2_u8), RBig::from(2_u8));
        let linear = scale.is_zero() || steepness.is_zero();
        if linear || ratio.is_zero() || *ratio == RBig::ONE || *ratio == half {
            return Answer::of(&(scale * ratio), &UBig::ONE);
        }
        let t = (RBig::ONE - ratio * &two) * steepness;
        self.scaled(scale, |oracle, bits| {
            let part = oracle.decayed_less_one(&(steepness * ratio * &two), bits);
            let whole = oracle.decayed_less_one(steepness, bits);
            match oracle.exp(&Ball::ratio(&t, bits), bits) {
                Estimate::Ball(power) => {
                    let quotient = part.div(&whole, bits);
                    Estimate::Ball(quotient.div(&power.plus_one(), bits))
                }
                other => other,
            }
        })
    }

    /// e^−t − 1 for t > 0.
    fn decayed_less_one(&mut self, t: &RBig, bits: usize) -> Ball {
        match self.exp(&Ball::ratio(&-t, bits), bits) {
            Estimate::Ball(power) => power.minus_one(),
            // e^-512 is below 2^-738.
            _ => Ball::about_minus_one(bits.min(738)),
        }
    }

    fn scaled(
        &mut self,
        scale: &RBig,
        mut evaluate: impl FnMut(&mut Self, usize) -> Estimate,
    ) -> Answer {
        self.refine(&UBig::ONE, |oracle, bits| match evaluate(oracle, bits) {
            Estimate::Ball(ball) => Estimate::Ball(ball.mul(&Ball::ratio(scale, bits), bits)),
            other => other,
        })
    }
}
