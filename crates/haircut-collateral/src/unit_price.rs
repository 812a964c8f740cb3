//! The price of a base unit, from that of a whole token.

use tokenomics_fixed_math::{Decimals, Ratio, Wad};

use crate::Error;

/// Returns the price of one base unit, in quote base units, from the price of a whole token in whole
/// quote units, which is what feeds report: `per_token · 10^quote / 10^asset`, exactly.
///
/// Where the quote has at least as many decimals as the asset, the price is one of 18 decimals or
/// fewer, whose products are never divided.
///
/// # Errors
/// [`Error::Overflow`] if a term of the ratio is above `u128::MAX` even in lowest terms.
///
/// ```
/// use tokenomics_fixed_math::{Decimals, Ratio, Wad};
/// use tokenomics_haircut_collateral::unit_price;
///
/// let (wbtc, usd) = (Decimals::new(8)?, Decimals::new(18)?);
/// let price = unit_price("98765.4321".parse()?, wbtc, usd)?;
/// assert_eq!(price, Ratio::from_integer(987_654_321_000_000));
/// assert_eq!(unit_price("3".parse()?, usd, wbtc)?, Ratio::new(3, 10_000_000_000)?);
/// assert!(unit_price(Wad::MAX, Decimals::new(0)?, Decimals::new(38)?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias("oracle", "price_feed"))]
pub fn unit_price(per_token: Wad, asset: Decimals, quote: Decimals) -> Result<Ratio, Error> {
    let (asset, quote) = (asset.one_token(), quote.one_token());
    let units = if quote >= asset {
        Ratio::new(quote.checked_div(asset).unwrap_or(1), 1)?
    } else {
        Ratio::new(1, asset.checked_div(quote).unwrap_or(1))?
    };
    Ok(Ratio::from(per_token).checked_mul(units)?)
}
