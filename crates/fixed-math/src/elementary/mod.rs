//! Exponentials, logarithms, powers and roots: the exact real result, rounded once.
//!
//! A fast path in 128 bits knows how far it may be off. Where that leaves no doubt about the
//! rounded result, as it nearly always does, it is the answer; else the exact cases are tried, in
//! integers, then a middle step in 256 bits, for results too large for the fast path, and at last 192
//! and 512 bits behind the point. docs/numerics.md has the analysis.

mod approximate;
mod decide;
mod exact;
mod exponential;
mod geometric_sum;
mod growth;
mod logarithm;
mod logistic_growth;
mod middle;
mod mul_expm1;
mod mul_logistic;
mod mul_pow;
mod mul_rational_pow;
mod power;
mod precise;
mod rational;
mod roots;
mod tables;
mod wide;

#[cfg(test)]
mod tests;

use self::approximate::Exponent;
pub use self::growth::Growth;
pub use self::logistic_growth::LogisticGrowth;
use self::middle::CloseExponent;
use self::precise::{Precise, Verdict};
use self::wide::Precision;
use crate::Rounding;

/// A real number y, known exactly, of which 10^18·2^y is wanted.
trait Argument {
    /// Returns y + log2(10^18), about.
    fn approximate(&self) -> Exponent;

    /// Returns y + log2(10^18) so closely that the middle step decides what is too large for the fast
    /// path; `None` where there is no need of it.
    fn close(&self) -> Option<CloseExponent> {
        None
    }

    /// Returns y, as closely as the precision allows.
    fn precise(&self, precision: Precision) -> Precise;

    /// Returns the result where it is an integer or a tie, and `None` where it is neither.
    fn exact(&self) -> Option<Verdict> {
        None
    }
}

/// Computes 10^18·2^y, rounded: `None` if that is 2^128 or more.
fn scaled_power(of: &impl Argument, rounding: Rounding) -> Option<u128> {
    let exponent = of.approximate();
    if exponent.is_too_large() {
        return None;
    }
    match exponent.round(rounding) {
        Some(result) => Some(result),
        None => settle(of, rounding),
    }
}

/// Decides a result that the fast path left in doubt.
#[cold]
#[inline(never)]
fn settle(of: &impl Argument, rounding: Rounding) -> Option<u128> {
    if let Some(exact) = of.exact() {
        return exact.settle(rounding);
    }
    if middle::IN_USE {
        let decided = of.close().and_then(|exponent| exponent.round(rounding));
        if decided.is_some() {
            return decided;
        }
    }
    let verdict = Verdict::of(|precision| of.precise(precision).scaled_power(rounding));
    verdict.settle(rounding)
}
