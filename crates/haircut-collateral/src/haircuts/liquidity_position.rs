//! A haircut for liquidity of any kind, by what its market says that it is worth.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Wad, U256};

use super::share::share;

/// A holding of liquidity that says what it is worth at any price of its first token in the second.
///
/// Every pool, range or book that is priced by arbitrage is one, in the program that knows it. The
/// value is to be one that never falls as the price rises, which that of amounts of tokens that aren't
/// negative is. [`liquidity_haircut`] shows one.
pub trait LiquidityPosition {
    /// Computes the value at a price, in base units of the second token; `None` where it has none.
    ///
    /// # Rounding
    /// Floor.
    fn value_at(&self, price: Ratio) -> Option<Amount>;

    /// Computes the loss versus rebalancing at a price while its logarithm gathers `variance`, in base
    /// units of the second token: variance/2 of the dollar gamma.
    ///
    /// # Rounding
    /// Ceil.
    fn loss_versus_rebalancing_at(&self, price: Ratio, variance: Wad) -> Option<Amount>;
}

/// Computes the haircut of liquidity at a price for a fall by `fall` of it and a `variance`, which is σ²
/// times the horizon: 1 − (V(p·(1 − fall)) − loss)/V(p), within 0 and 1. Where the position has no value it is 1.
///
/// It is to any position what [`LiquidityRange::haircut`](crate::LiquidityRange::haircut) is to a range,
/// from values in whole units.
///
/// # Rounding
/// Ceil: of a value of v units it is up to 3/v above that of the real number.
///
/// # Laws
/// A larger variance never gives a smaller haircut, and neither does a larger fall, as long as the value
/// doesn't rise in a fall.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount, Ratio, Rounding, Wad};
/// use tokenomics_haircut_collateral::{liquidity_haircut, LiquidityPosition};
///
/// /// So many tokens, which aren't in any pool.
/// struct Tokens(Amount);
///
/// impl LiquidityPosition for Tokens {
///     fn value_at(&self, price: Ratio) -> Option<Amount> {
///         self.0.mul_ratio(price, Rounding::Floor).ok()
///     }
///     fn loss_versus_rebalancing_at(&self, _: Ratio, _: Wad) -> Option<Amount> {
///         Some(Amount::ZERO)
///     }
/// }
///
/// let tokens = Tokens(Amount::new(999_999_999));
/// let cut = liquidity_haircut(&tokens, Ratio::ONE, fraction!("0.25"), wad!("0.01"));
/// assert!(cut > fraction!("0.25") && cut < fraction!("0.250000003"));
/// ```
///
/// # Source
/// As [`LiquidityRange`](crate::LiquidityRange).
#[must_use]
#[cfg_attr(target_arch = "bpf", inline(always))]
pub fn liquidity_haircut(
    position: &impl LiquidityPosition,
    price: Ratio,
    fall: Fraction,
    variance: Wad,
) -> Fraction {
    let worst = fallen(price, fall).and_then(|price| position.value_at(price));
    let loss = position.loss_versus_rebalancing_at(price, variance);
    let (Some(value), Some(worst), Some(loss)) = (position.value_at(price), worst, loss) else {
        return Fraction::ONE;
    };
    // The value is floored and a unit more is above the real number; of the rest the floor is meant.
    let above = U256::from(value.get()).checked_add(U256::ONE);
    let kept = worst.checked_sub(loss).unwrap_or(Amount::ZERO);
    above.map_or(Fraction::ONE, |above| {
        share(kept.get().into(), above, Rounding::Floor, Fraction::ZERO).complement()
    })
}

/// Returns the price after a fall, exact or below it where its terms are too large.
fn fallen(price: Ratio, fall: Fraction) -> Option<Ratio> {
    let left = fall.complement();
    if let Ok(exact) = price.checked_mul(left.into()) {
        return Some(exact);
    }
    let (left, scale) = (left.raw().into(), Fraction::SCALE.into());
    let numerator = Amount::new(price.numerator()).mul_div(left, scale, Rounding::Floor);
    Ratio::new(numerator.ok()?.get(), price.denominator()).ok()
}
