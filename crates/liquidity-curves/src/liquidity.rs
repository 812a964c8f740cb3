//! The amounts of a deposit or a withdrawal.

use tokenomics_fixed_math::Amount;

/// The amounts that adding or removing liquidity moves, and the shares that are made or taken back.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{ConstantProduct, Fee, Liquidity};
///
/// let mut pool = ConstantProduct::new(Amount::new(10), Amount::new(1_000), Fee::NONE)?;
/// let (amount0, amount1) = (Amount::new(10), Amount::new(1_000));
/// let added = pool.add_liquidity(amount0, amount1)?;
/// assert_eq!(added, Liquidity { amount0, amount1, shares: Amount::new(100) });
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Liquidity {
    /// The amount of Token0.
    pub amount0: Amount,
    /// The amount of Token1.
    pub amount1: Amount,
    /// The shares.
    pub shares: Amount,
}
