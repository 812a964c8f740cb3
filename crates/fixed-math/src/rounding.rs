//! The four ways to round, and the one decision they share.

use core::cmp::Ordering;

/// The direction in which an inexact result goes to one of its two neighbouring representable
/// values.
///
/// There is no default: every function that rounds takes one, so that the direction is read at the
/// call.
///
/// ```
/// use tokenomics_fixed_math::{mul_div, Rounding};
///
/// // 7 · 1 / 2 = 3.5
/// assert_eq!(mul_div(7, 1, 2, Rounding::Floor), Ok(3));
/// assert_eq!(mul_div(7, 1, 2, Rounding::Ceil), Ok(4));
/// assert_eq!(mul_div(7, 1, 2, Rounding::HalfEven), Ok(4));
/// assert_eq!(mul_div(5, 1, 2, Rounding::HalfEven), Ok(2));
/// assert_eq!(mul_div(5, 1, 2, Rounding::HalfUp), Ok(3));
/// ```
#[cfg_attr(doc, doc(alias("RoundingMode", "round")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "scale",
    derive(scale_info::TypeInfo),
    scale_info(crate = crate::scale_metadata)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
pub enum Rounding {
    /// The direction toward −∞, for what is paid out, credited or counted as an asset.
    #[cfg_attr(doc, doc(alias("down")))]
    Floor,
    /// The direction toward +∞, for what is owed, required or burned.
    #[cfg_attr(doc, doc(alias("up")))]
    Ceil,
    /// The direction of the nearest value; of two equally near, the even one.
    #[cfg_attr(doc, doc(alias("bankers")))]
    HalfEven,
    /// The direction of the nearest value; of two equally near, the one away from zero.
    #[cfg_attr(doc, doc(alias("half_away_from_zero")))]
    HalfUp,
}

impl Rounding {
    /// The four directions, for tests that must try each.
    pub const ALL: [Self; 4] = [Self::Floor, Self::Ceil, Self::HalfEven, Self::HalfUp];

    /// Returns its place in [`Rounding::ALL`], which is how binary formats write it: don't reorder.
    #[cfg(any(feature = "borsh", feature = "scale"))]
    pub(crate) fn index(self) -> u8 {
        match self {
            Self::Floor => 0,
            Self::Ceil => 1,
            Self::HalfEven => 2,
            Self::HalfUp => 3,
        }
    }

    #[cfg(any(feature = "borsh", feature = "scale"))]
    pub(crate) fn from_index(index: u8) -> Result<Self, crate::Error> {
        let unknown = crate::Error::OutOfRange {
            what: crate::Quantity::Rounding,
            value: index.into(),
            bound: 3,
        };
        Self::ALL.get(usize::from(index)).copied().ok_or(unknown)
    }

    /// Decides if a truncated magnitude must go up by one unit, given whether it is odd, whether
    /// anything was cut off, and how what was cut off compares with half a unit.
    #[inline]
    pub(crate) fn goes_up(self, odd: bool, inexact: bool, against_half: Ordering) -> bool {
        match self {
            Self::Floor => false,
            Self::Ceil => inexact,
            Self::HalfUp => inexact && against_half != Ordering::Less,
            Self::HalfEven => match against_half {
                Ordering::Less => false,
                Ordering::Equal => odd && inexact,
                Ordering::Greater => true,
            },
        }
    }

    /// Returns the direction to give the magnitude of a negative value so that the value itself is
    /// rounded as `self` says.
    #[inline]
    pub(crate) fn for_negative_magnitude(self) -> Self {
        match self {
            Self::Floor => Self::Ceil,
            Self::Ceil => Self::Floor,
            // Ties to even and ties away from zero are symmetric about zero.
            Self::HalfEven | Self::HalfUp => self,
        }
    }
}
