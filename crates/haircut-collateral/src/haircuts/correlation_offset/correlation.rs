//! The correlation of two assets.

use crate::check::in_range;
use crate::{Error, Quantity};

/// A correlation of two assets' returns, from −1 to 1 in basis points.
///
/// Four digits are more than an estimate has, and few enough for an exact check of a whole matrix.
///
/// ```
/// use tokenomics_haircut_collateral::Correlation;
///
/// assert_eq!(Correlation::from_percent(99)?, Correlation::from_bps(9_900)?);
/// assert!(Correlation::from_bps(-10_001).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Correlation(i16);

impl Correlation {
    /// The number of basis points in 1.
    pub const SCALE: i16 = 10_000;
    /// Returns that move as one.
    pub const ONE: Self = Self(Self::SCALE);
    /// Returns that tell nothing of each other.
    pub const ZERO: Self = Self(0);
    /// Returns that move against each other.
    pub const MINUS_ONE: Self = Self(-Self::SCALE);

    /// Creates a correlation of basis points.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] below −10,000 or above 10,000; it holds the size without its sign.
    ///
    /// ```
    /// # use tokenomics_haircut_collateral::Correlation;
    /// assert_eq!(Correlation::from_bps(-10_000), Ok(Correlation::MINUS_ONE));
    /// assert!(Correlation::from_bps(10_001).is_err());
    /// ```
    pub fn from_bps(bps: i16) -> Result<Self, Error> {
        let (size, most) = (bps.unsigned_abs(), Self::SCALE.unsigned_abs());
        in_range(Quantity::Correlation, size.into(), 0, most.into())?;
        Ok(Self(bps))
    }

    /// Creates a correlation of percent.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] below −100 or above 100; it holds the size in basis points.
    ///
    /// ```
    /// # use tokenomics_haircut_collateral::Correlation;
    /// assert_eq!(Correlation::from_percent(100), Ok(Correlation::ONE));
    /// assert!(Correlation::from_percent(101).is_err());
    /// ```
    pub fn from_percent(percent: i8) -> Result<Self, Error> {
        // At most 12,800.
        Self::from_bps(i16::from(percent).wrapping_mul(100))
    }

    /// Returns the basis points.
    #[must_use]
    pub const fn bps(self) -> i16 {
        self.0
    }
}

/// The stored form of a [`Correlation`], which is its basis points.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
mod twin {
    #[cfg_attr(
        feature = "serde",
        derive(serde::Serialize, serde::Deserialize),
        serde(transparent)
    )]
    #[cfg_attr(
        feature = "cosmwasm",
        derive(cw_schema::Schemaifier),
        schemaifier(mute_warnings)
    )]
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(
        feature = "borsh",
        derive(borsh::BorshSerialize, borsh::BorshDeserialize)
    )]
    #[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
    #[cfg_attr(
        feature = "scale",
        derive(
            parity_scale_codec::Encode,
            parity_scale_codec::Decode,
            parity_scale_codec::MaxEncodedLen,
            scale_info::TypeInfo
        ),
        scale_info(crate = tokenomics_fixed_math::scale_metadata)
    )]
    pub(crate) struct Correlation(pub(super) i16);
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
use twin::Correlation as RawCorrelation;

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&Correlation> for RawCorrelation {
    fn from(correlation: &Correlation) -> Self {
        Self(correlation.bps())
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<RawCorrelation> for Correlation {
    type Error = Error;

    fn try_from(raw: RawCorrelation) -> Result<Self, Error> {
        Self::from_bps(raw.0)
    }
}

tokenomics_internals::checked_codec! {
    [] Correlation as RawCorrelation: MaxEncodedLen
}
