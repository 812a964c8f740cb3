//! The prices between which bands lie.

use tokenomics_fixed_math::{Ratio, Rounding, U256};

use crate::check::in_range;
use crate::{Error, Quantity};

/// The least price at which a band may end, 2^-96 in units of 2^-128: prices below it have too few digits
/// for bands of a ten-thousandth each.
const LEAST_PRICE: U256 = U256::new(0, 1 << 32);
/// The least part of the base price at which a band may end, 2^-64 in units of 2^-128.
const LEAST_PART: u128 = 1 << 64;
const MOST_AMPLIFICATION: u128 = 10_000;

/// A grid of price bands: band n lies between the prices base·((A − 1)/A)^n and base·((A − 1)/A)^(n + 1),
/// so each is one part in A wide, and band 0 is the highest.
///
/// Prices are those of a base unit of the collateral in base units of the debt asset.
///
/// # Rounding
/// Floor, by less than one part in 2^56 of a price above 2^-32. A band's lower price is the upper one of the
/// next, to the last bit.
///
/// ```
/// use tokenomics_fixed_math::{wad, Ratio, Rounding, Wad};
/// use tokenomics_haircut_collateral::BandGrid;
///
/// // Bands of 1%, from a price of 3,000 down to 1,098.
/// let grid = BandGrid::new(Ratio::from_integer(3_000), 100, 100)?;
/// let prices = [0, 1, 2, 100].map(|band| {
///     let price = grid.upper_price(band).unwrap();
///     Wad::from_ratio(price.numerator(), price.denominator(), Rounding::HalfEven).unwrap()
/// });
/// assert_eq!(prices[..3], [wad!("3000"), wad!("2970"), wad!("2940.3")]);
/// assert!(prices[3] > wad!("1098") && prices[3] < wad!("1099"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[doc(alias("ticks", "A", "p_base"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BandGrid {
    base: Ratio,
    // 2 to 10,000.
    amplification: u32,
    // At least 1, and so few that the lowest price is within both limits.
    count: u32,
}

impl BandGrid {
    /// Creates the grid of `count` bands below a base price, each one part in `amplification` wide.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an amplification below 2 or above 10,000, for no band, and for so many
    /// that the last ends below 2^-64 of the base price or below a price of 2^-96.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Ratio;
    /// # use tokenomics_haircut_collateral::BandGrid;
    /// let one = Ratio::ONE;
    /// assert!(BandGrid::new(one, 100, 4_400).is_ok());
    /// assert!(BandGrid::new(one, 100, 4_500).is_err());
    /// assert!(BandGrid::new(one, 2, 63).is_ok());
    /// assert!(BandGrid::new(one, 1, 64).is_err());
    /// assert!(BandGrid::new(Ratio::ZERO, 100, 1).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(base: Ratio, amplification: u32, count: u32) -> Result<Self, Error> {
        let what = Quantity::Amplification;
        in_range(what, amplification.into(), 2, MOST_AMPLIFICATION)?;
        in_range(Quantity::BandCount, count.into(), 1, u32::MAX.into())?;
        let grid = Self {
            base,
            amplification,
            count,
        };
        if grid.part(count) < LEAST_PART || grid.upper(count) < LEAST_PRICE {
            let (what, value, bound) = (Quantity::BandCount, count.into(), grid.most().into());
            return Err(Error::OutOfRange { what, value, bound });
        }
        Ok(grid)
    }

    /// Returns the largest number of bands that the limits allow, by bisection: both prices fall with it.
    fn most(&self) -> u32 {
        let (mut fits, mut above) = (0_u32, self.count);
        while above.saturating_sub(fits) > 1 {
            let middle = fits.saturating_add(above.saturating_sub(fits) >> 1);
            if self.part(middle) < LEAST_PART || self.upper(middle) < LEAST_PRICE {
                above = middle;
            } else {
                fits = middle;
            }
        }
        fits
    }

    /// Returns the base price, at which the highest band begins.
    #[must_use]
    pub const fn base(&self) -> Ratio {
        self.base
    }

    /// Returns the amplification A: each band is one part in so many wide.
    #[must_use]
    pub const fn amplification(&self) -> u32 {
        self.amplification
    }

    /// Returns the number of bands.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Returns the upper price of a band, which is the lower one of the band before it.
    ///
    /// # Rounding
    /// Floor, to 128 bits.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a band above the number of bands; at that number it is the lower price of
    /// the last.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Ratio;
    /// # use tokenomics_haircut_collateral::BandGrid;
    /// let grid = BandGrid::new(Ratio::from_integer(8), 2, 3)?;
    /// assert_eq!(grid.upper_price(3)?, Ratio::ONE);
    /// assert!(grid.upper_price(4).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn upper_price(&self, band: u32) -> Result<Ratio, Error> {
        in_range(Quantity::BandIndex, band.into(), 0, self.count.into())?;
        to_ratio(self.upper(band))
    }

    /// Returns the upper price of a band and its lower one, in units of 2^-128.
    pub(super) fn bounds(&self, band: u32) -> [U256; 2] {
        [band, band.saturating_add(1)].map(|band| self.upper(band))
    }

    /// Returns base·((A − 1)/A)^band in units of 2^-128, floored after each square and product.
    pub(super) fn upper(&self, band: u32) -> U256 {
        self.powers(band, scaled(self.base), times)
    }

    /// Returns the part of the base price that is left after so many bands, in units of 2^-128.
    fn part(&self, bands: u32) -> u128 {
        self.powers(bands, u128::MAX, |part, step| {
            U256::product(part, step).high()
        })
    }

    fn powers<T>(&self, band: u32, from: T, by: impl Fn(T, u128) -> T) -> T {
        let (mut value, mut left) = (from, band);
        let mut step = self.step();
        while left != 0 {
            if left & 1 == 1 {
                value = by(value, step);
            }
            step = U256::product(step, step).high();
            left >>= 1;
        }
        value
    }

    /// Returns (A − 1)/A in units of 2^-128.
    fn step(&self) -> u128 {
        let less = self.amplification.saturating_sub(1).into();
        let step = U256::new(less, 0).checked_div(self.amplification.into(), Rounding::Floor);
        // Below 1, and A isn't 0.
        step.map_or(0, U256::low)
    }
}

/// Returns a price in units of 2^-128, floored.
pub(super) fn scaled(price: Ratio) -> U256 {
    // A denominator isn't 0.
    let price = U256::new(price.numerator(), 0).checked_div(price.denominator(), Rounding::Floor);
    price.unwrap_or(U256::ZERO)
}

/// Returns the product of a price and a part in 2^-128, floored by at most 1.
fn times(price: U256, part: u128) -> U256 {
    let low = U256::product(price.low(), part).high();
    // Below the price, since the part is below 1.
    U256::product(price.high(), part)
        .checked_add(low.into())
        .unwrap_or(price)
}

/// Returns a price of 2^-128 as a ratio, floored to 128 bits.
pub(super) fn to_ratio(price: U256) -> Result<Ratio, Error> {
    // The denominator is at most 2^127, so one bit is cut at least.
    let cut = price.bits().saturating_sub(128).max(1);
    let denominator = 1_u128.checked_shl(128_u32.saturating_sub(cut));
    let numerator = price.shr_floor(cut).low();
    Ok(Ratio::new(numerator, denominator.unwrap_or(1))?)
}

tokenomics_internals::checked_codec! {
    BandGrid::new as RawBandGrid {
        base: Ratio = BandGrid::base,
        amplification: u32 = BandGrid::amplification,
        count: u32 = BandGrid::count,
    }
}
