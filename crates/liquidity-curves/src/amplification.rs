//! The amplification of a stable pool.

use crate::check::in_range;
use crate::{Error, Quantity};

/// The amplification A of a stable pool, from 1 to a million, with two decimals: what its contract
/// answers to `A()`, or to `A_precise()` in hundredths.
///
/// It is A·n^(n − 1) of the paper's formula, in which the sum counts A·n times in all contracts.
///
/// ```
/// use tokenomics_liquidity_curves::Amplification;
///
/// assert_eq!(Amplification::new(50)?, Amplification::from_hundredths(5_000)?);
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[doc(alias("A", "amp", "A_PRECISION"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amplification {
    // From 100 to 100,000,000.
    hundredths: u32,
}

/// The least and the largest amplification, in hundredths.
const LEAST: u128 = 100;
const MOST: u128 = 100_000_000;

impl Amplification {
    /// Creates an amplification of whole units, which the first contracts have.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for 0 and above a million, in hundredths.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::Amplification;
    ///
    /// assert_eq!(Amplification::new(2_000)?.hundredths(), 200_000);
    /// assert!(Amplification::new(0).is_err());
    /// let above = Amplification::new(50_000_000).unwrap_err();
    /// assert_eq!(above.to_string(), "the amplification in hundredths is 5000000000, above 100000000");
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[allow(clippy::as_conversions, reason = "widens; `From` isn't const")]
    pub const fn new(units: u32) -> Result<Self, Error> {
        // Of 39 bits at most, so that an error names the true number.
        let hundredths = (units as u128).wrapping_mul(100);
        match in_range(Quantity::Amplification, hundredths, LEAST, MOST) {
            Ok(()) => Ok(Self {
                hundredths: units.wrapping_mul(100),
            }),
            Err(error) => Err(error),
        }
    }

    /// Creates an amplification of hundredths, in which the later contracts keep it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] below 100 and above 100,000,000.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::Amplification;
    ///
    /// assert_eq!(Amplification::from_hundredths(5_050)?.hundredths(), 5_050);
    /// assert!(Amplification::from_hundredths(99).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    #[allow(clippy::as_conversions, reason = "widens; `From` isn't const")]
    pub const fn from_hundredths(hundredths: u32) -> Result<Self, Error> {
        match in_range(Quantity::Amplification, hundredths as u128, LEAST, MOST) {
            Ok(()) => Ok(Self { hundredths }),
            Err(error) => Err(error),
        }
    }

    /// Returns the hundredths.
    #[must_use]
    pub const fn hundredths(&self) -> u32 {
        self.hundredths
    }
}

tokenomics_internals::checked_codec! {
    Amplification::from_hundredths as RawAmplification {
        hundredths: u32 = Amplification::hundredths,
    }
}
