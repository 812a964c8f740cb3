//! The proceeds of a band that the price falls through.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use super::band::Band;
use super::curve::Curve;
use crate::Error;

/// The bits of the fractions that are computed with: a fraction's square, times two, fits 256.
const BITS: u32 = 126;
const ONE: U256 = U256::new(0, 1 << BITS);
/// The square of it.
const SQUARE: U256 = U256::new(1 << 124, 0);

/// Returns the debt asset that a band ends with, floored, if it is first traded to a price of the oracle
/// and that then falls below it by steps as small as one likes.
///
/// Above the band all is bought back at the mean price c, which gives z/c, and sold at √(upper·lower) each.
/// Below it all is sold at c, for z. Within it the band is traded to where its price is that of the oracle,
/// v = p/lower. From there dz/z = 3·A·(v − 1)/(v·(2·A·v − A − (A − 1)·v²))·dv as the price falls, and z at v =
/// 1 is z·(1 − A·(1 − 1/v)²)^(3/2).
pub(super) fn sold_through(
    band: Band,
    price: U256,
    bounds: [U256; 2],
    amplification: u32,
) -> Result<Amount, Error> {
    let [upper, lower] = bounds;
    if band.collateral().is_zero() && price <= lower {
        return Ok(band.proceeds());
    }
    if band.proceeds().is_zero() && price >= upper {
        let units = U256::from(band.collateral().get());
        return units_of(units, middle(bounds)?, U256::new(1, 0));
    }
    let mean = Curve::mean(price, bounds)?;
    let curve = Curve::new(band, mean, amplification, Rounding::Floor)?;
    let (root, bits) = curve.root();
    let unit = U256::from(1 << bits);
    if price <= lower {
        return units_of(root, 1.into(), unit);
    }
    if price >= upper {
        let at_middle = root.mul_div(middle(bounds)?, mean, Rounding::Floor)?;
        return units_of(at_middle, 1.into(), unit);
    }
    let left = left_within(price, lower, amplification)?;
    let left = root.mul_div(left, ONE, Rounding::Floor)?;
    units_of(left, 1.into(), unit)
}

/// Returns a·b/c in units.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn units_of(a: U256, b: U256, c: U256) -> Result<Amount, Error> {
    Ok(Amount::new(a.mul_div(b, c, Rounding::Floor)?.to_u128()?))
}

/// Returns √(upper·lower) in 2^-128, floored: what a unit of collateral fetches that is sold in the whole
/// of a band.
fn middle([upper, lower]: [U256; 2]) -> Result<U256, Error> {
    // The upper price is at most twice the lower one.
    let width = upper.mul_div(SQUARE, lower, Rounding::Floor)?;
    let root = width.isqrt(Rounding::Floor);
    Ok(lower.mul_div(root, ONE, Rounding::Floor)?)
}

/// Returns (1 − A·(1 − 1/v)²)^(3/2) in 2^-126, floored, of 1/v = lower/price, which is at least 1 − 1/A.
fn left_within(price: U256, lower: U256, amplification: u32) -> Result<U256, Error> {
    let part = lower.mul_div(ONE, price, Rounding::Floor)?;
    let above = ONE.checked_sub(part)?;
    let lost = above
        .checked_mul_wide(above)?
        .checked_mul(amplification.into())?;
    let square = SQUARE.checked_sub(lost)?;
    let root = square.isqrt(Rounding::Floor);
    Ok(square.mul_div(root, SQUARE, Rounding::Floor)?)
}
