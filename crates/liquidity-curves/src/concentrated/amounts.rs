//! The amounts between two prices, and the price that an amount leads to: the integers of the
//! contract's SqrtPriceMath.sol, over units of 2^−96.

use tokenomics_fixed_math::{Rounding, U256};

use crate::{Error, Quantity};

/// Computes the amount of Token0 that a liquidity has between two prices: L·(high − low)/(low·high).
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn amount0(
    low: U256,
    high: U256,
    liquidity: u128,
    rounding: Rounding,
) -> Result<U256, Error> {
    // The contract divides by one price after the other. Rounded the same way twice is rounded once.
    if let Some((dividend, divisor)) = fraction0(low, high, liquidity) {
        return Ok(dividend.mul_div(ONE, divisor, rounding)?);
    }
    // At most the shifted liquidity, as what it is multiplied with isn't above what it is divided by.
    let over = shifted(liquidity).mul_div(high.checked_sub(low)?, high, rounding)?;
    Ok(over.checked_div_wide(low, rounding)?)
}

/// Returns the amount of Token0 as a fraction in units of 2^96, L·(high − low) by low·high, for prices of
/// 128 bits.
fn fraction0(low: U256, high: U256, liquidity: u128) -> Option<(U256, U256)> {
    let (low, high) = (low.to_u128().ok()?, high.to_u128().ok()?);
    let width = high.checked_sub(low)?;
    Some((U256::product(liquidity, width), U256::product(low, high)))
}

/// Returns whether an amount of Token0 is at least that between two prices, rounded, without a division
/// for prices of 128 bits.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn reaches0(
    amount: u128,
    low: U256,
    high: U256,
    liquidity: u128,
    rounding: Rounding,
) -> Result<bool, Error> {
    let Some((dividend, divisor)) = fraction0(low, high, liquidity) else {
        return Ok(U256::from(amount) >= amount0(low, high, liquidity, rounding)?);
    };
    let needed = product(dividend, ONE.low());
    // At least ⌈x⌉ is at least x. At least ⌊x⌋ is above x − 1.
    if rounding == Rounding::Ceil {
        return Ok(product(divisor, amount) >= needed);
    }
    let next = match amount.checked_add(1) {
        Some(next) => product(divisor, next),
        None => [divisor.high(), divisor.low(), 0],
    };
    Ok(next > needed)
}

/// Returns a product in limbs of 128 bits, the highest first.
fn product(wide: U256, by: u128) -> [u128; 3] {
    let (upper, lower) = (
        U256::product(wide.high(), by),
        U256::product(wide.low(), by),
    );
    let (middle, carry) = upper.low().overflowing_add(lower.high());
    // The product fits, so nothing is carried out of the highest limb.
    [upper.high().wrapping_add(carry.into()), middle, lower.low()]
}

/// Computes the amount of Token1 that a liquidity has between two prices: L·(b − a).
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn amount1(
    low: U256,
    high: U256,
    liquidity: u128,
    rounding: Rounding,
) -> Result<U256, Error> {
    let distance = high.checked_sub(low)?;
    if distance.high() != 0 {
        return Ok(distance.mul_div(liquidity.into(), ONE, rounding)?);
    }
    let product = U256::product(distance.low(), liquidity);
    let is_up = rounding == Rounding::Ceil && product.low() & MASK != 0;
    // Below 2^160.
    Ok(product
        .shr_floor(96)
        .checked_add(u128::from(is_up).into())?)
}

/// Computes the price after an amount of Token0 was added or taken, ceiled: L/(L/price ± amount).
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn price_after_amount0(
    price: U256,
    liquidity: u128,
    amount: u128,
    is_added: bool,
) -> Result<U256, Error> {
    if amount == 0 {
        return Ok(price);
    }
    let whole = shifted(liquidity);
    let product = price.checked_mul(amount);
    if is_added {
        if let Ok(divisor) = product.and_then(|product| whole.checked_add(product)) {
            return Ok(whole.mul_div(price, divisor, Rounding::Ceil)?);
        }
        // A product too long for the contract's integers: it divides first.
        let (quotient, _) = whole.div_rem_wide(price)?;
        let divisor = quotient.checked_add(amount.into())?;
        return Ok(whole.checked_div_wide(divisor, Rounding::Ceil)?);
    }
    match product.and_then(|product| whole.checked_sub(product)) {
        Ok(left) if !left.is_zero() => Ok(whole.mul_div(price, left, Rounding::Ceil)?),
        _ => Err(too_much(amount, whole.div_rem_wide(price)?.0)),
    }
}

/// Computes the price after an amount of Token1 was added or taken, floored: price ± amount/L.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn price_after_amount1(
    price: U256,
    liquidity: u128,
    amount: u128,
    is_added: bool,
) -> Result<U256, Error> {
    let whole = shifted(amount);
    if is_added {
        let by = whole.checked_div(liquidity, Rounding::Floor)?;
        return Ok(price.checked_add(by)?);
    }
    let by = whole.checked_div(liquidity, Rounding::Ceil)?;
    match price.checked_sub(by) {
        Ok(price) if !price.is_zero() => Ok(price),
        _ => {
            let held = price.mul_div(liquidity.into(), ONE, Rounding::Floor)?;
            Err(too_much(amount, held))
        }
    }
}

/// The error of more than a liquidity has down to a price of 0, or up to one without an end.
#[cold]
fn too_much(value: u128, held: U256) -> Error {
    Error::OutOfRange {
        what: Quantity::AmountOut,
        value,
        bound: held.to_u128().unwrap_or(u128::MAX),
    }
}

/// Returns a number of 128 bits, shifted by 96.
fn shifted(number: u128) -> U256 {
    U256::new(number >> 32, number << 96)
}

/// One in units of 2^−96.
const ONE: U256 = U256::new(0, 1 << 96);
/// The bits below it.
const MASK: u128 = (1 << 96) - 1;
