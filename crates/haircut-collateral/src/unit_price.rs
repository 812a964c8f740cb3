//! The price of a base unit, from that of a whole token.

use tokenomics_fixed_math::{mul_div, Decimals, Rounding, Wad};

use crate::Error;

/// Computes the price of one base unit, in quote base units, from the price of a whole token in
/// whole quote units, which is what feeds report: `per_token · 10^quote / 10^asset`.
///
/// A quote with 18 decimals keeps all digits of most feeds; one with 6 decimals keeps few digits of
/// an asset with 18.
///
/// # Rounding
/// As the caller says: Floor for what is held, Ceil for what is owed.
///
/// # Errors
/// [`Error::Overflow`] above [`Wad::MAX`].
///
/// ```
/// use tokenomics_fixed_math::{Decimals, Rounding, Wad};
/// use tokenomics_haircut_collateral::unit_price;
///
/// let (wbtc, usd) = (Decimals::new(8)?, Decimals::new(18)?);
/// let price = unit_price("98765.4321".parse()?, wbtc, usd, Rounding::Floor)?;
/// assert_eq!(price, Wad::from_integer(987_654_321_000_000)?);
/// assert!(unit_price(Wad::MAX, wbtc, usd, Rounding::Floor).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias("oracle", "price_feed"))]
pub fn unit_price(
    per_token: Wad,
    asset: Decimals,
    quote: Decimals,
    rounding: Rounding,
) -> Result<Wad, Error> {
    let raw = mul_div(
        per_token.raw(),
        quote.one_token(),
        asset.one_token(),
        rounding,
    )?;
    Ok(Wad::from_raw(raw))
}
