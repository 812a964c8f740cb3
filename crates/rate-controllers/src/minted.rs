//! Minting by a rate, with the part of a unit carried to the next call.

use tokenomics_fixed_math::{Amount, U256};

use crate::Error;

/// Computes ⌊(`supply` · `sum` + `carried`) / `divisor`⌋ and what is left of it. `carried` is below
/// the divisor, and the divisor above 0.
///
/// Whatever a supply mints in parts it mints at once: the remainders telescope.
pub(crate) fn minted(
    supply: Amount,
    sum: U256,
    carried: u128,
    divisor: u128,
) -> Result<(Amount, u128), Error> {
    if supply.is_zero() {
        return Ok((Amount::ZERO, carried));
    }
    let (whole, rest) = sum.div_rem(divisor)?;
    let whole = U256::product(supply.get(), whole.to_u128()?).to_u128()?;
    // (2^128 − 1)(d − 1) + d − 1 is below 2^128 · d, so the quotient is at most 2^128 − 1.
    let part = U256::product(supply.get(), rest).checked_add(U256::from(carried))?;
    let (part, left) = part.div_rem(divisor)?;
    let minted = Amount::new(whole).checked_add(Amount::new(part.to_u128()?))?;
    Ok((minted, left))
}
