//! Matrices of correlations that some returns can have.

use super::semidefinite::contradiction;
use super::Correlation;
use crate::check::in_range;
use crate::{Error, Quantity};

/// The number of pairs of the most assets there may be.
const PAIRS: usize = 120;

/// The correlations of up to 16 assets, each with each: a table that some returns can have.
///
/// It is kept as what stands under its diagonal, so it is symmetric and each asset's correlation with
/// itself is 1. Of three assets, two can't both move as one with the third and against each other:
/// such a table, by which some portfolio would have a negative variance, is refused. The check is exact.
///
/// # Laws
/// `semidefinite`: a table is refused if, and only if, one of its principal minors is negative.
///
/// ```
/// use tokenomics_haircut_collateral::{Correlation, CorrelationMatrix, Error};
///
/// // Ether, staked ether and a token of its own; row by row.
/// let [staked, first, second] = [9_900, 6_000, 5_800].map(|bps| Correlation::from_bps(bps).unwrap());
/// let matrix = CorrelationMatrix::new(3, &[staked, first, second])?;
/// assert_eq!(matrix.between(2, 1), Some(second));
/// assert_eq!(matrix.between(1, 2), Some(second));
/// assert_eq!(matrix.between(2, 2), Some(Correlation::ONE));
///
/// // The token can't follow one of the two and flee from the other.
/// let torn = [staked, first, Correlation::MINUS_ONE];
/// assert_eq!(CorrelationMatrix::new(3, &torn), Err(Error::Indefinite { asset: 2 }));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Bareiss, Sylvester's Identity and Multistep Integer-Preserving Gaussian Elimination, 1968.
#[doc(alias("covariance", "positive_semidefinite"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CorrelationMatrix {
    // From 1 to 16.
    assets: u8,
    // Row by row; 0 from the last pair of the assets on.
    below: [Correlation; PAIRS],
}

impl CorrelationMatrix {
    /// The most assets that a matrix can be of.
    pub const MAX_ASSETS: usize = 16;

    /// Creates the matrix of so many assets, from what stands under its diagonal, row by row: 1 with 0,
    /// 2 with 0, 2 with 1, 3 with 0 and so on.
    ///
    /// It costs up to 560 products and quotients of 256 bits twice, for 16 assets; 4 for 3, and 84 for 8. It
    /// takes 3.3 KB of the stack, less than a frame of 4,096 bytes as Solana's programs have.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no asset, more than 16, or another number of correlations than they
    /// have pairs; [`Error::Indefinite`] for a table that no returns can have. An estimate that is
    /// refused for its roundings is accepted once each entry is a little nearer to 0.
    ///
    /// ```
    /// # use tokenomics_haircut_collateral::{Correlation, CorrelationMatrix};
    /// assert!(CorrelationMatrix::new(2, &[Correlation::MINUS_ONE]).is_ok());
    /// assert!(CorrelationMatrix::new(3, &[Correlation::MINUS_ONE; 3]).is_err());
    /// assert!(CorrelationMatrix::new(3, &[Correlation::ONE]).is_err());
    /// assert!(CorrelationMatrix::new(0, &[]).is_err());
    /// ```
    pub fn new(assets: usize, below: &[Correlation]) -> Result<Self, Error> {
        let number = |count: usize| u128::try_from(count).unwrap_or(u128::MAX);
        in_range(Quantity::CorrelatedAssets, number(assets), 1, 16)?;
        let pairs = row(assets);
        let (count, pairs) = (number(below.len()), number(pairs));
        in_range(Quantity::CorrelationCount, count, pairs, pairs)?;
        let mut matrix = Self {
            assets: u8::try_from(assets).unwrap_or(1),
            below: [Correlation::ZERO; PAIRS],
        };
        for (kept, given) in matrix.below.iter_mut().zip(below) {
            *kept = *given;
        }
        match contradiction(&matrix) {
            None => Ok(matrix),
            Some(asset) => Err(Error::indefinite(asset)),
        }
    }

    /// Creates the matrix of so many assets whose pairs all have one correlation: that of 1 gives no
    /// offset to what is held, that of 0 the root of the sum of squares.
    ///
    /// # Errors
    /// As [`new`](Self::new): a correlation below −1/(n − 1) is none that n assets can have with each
    /// other.
    ///
    /// ```
    /// # use tokenomics_haircut_collateral::{Correlation, CorrelationMatrix};
    /// assert!(CorrelationMatrix::uniform(16, Correlation::ONE).is_ok());
    /// assert!(CorrelationMatrix::uniform(3, Correlation::from_bps(-5_000)?).is_ok());
    /// assert!(CorrelationMatrix::uniform(3, Correlation::from_bps(-5_001)?).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn uniform(assets: usize, each: Correlation) -> Result<Self, Error> {
        let all = [each; PAIRS];
        Self::new(assets, all.get(..row(assets)).unwrap_or(&all))
    }

    /// Returns the number of assets.
    #[must_use]
    pub fn assets(&self) -> usize {
        self.assets.into()
    }

    /// Returns what stands under the diagonal, row by row.
    #[must_use]
    pub fn below(&self) -> &[Correlation] {
        self.below.get(..row(self.assets())).unwrap_or(&self.below)
    }

    /// Returns the correlation of two assets, or `None` if there isn't one of them.
    #[must_use]
    pub fn between(&self, one: usize, other: usize) -> Option<Correlation> {
        let (later, earlier) = (one.max(other), one.min(other));
        if later >= self.assets() {
            return None;
        }
        if later == earlier {
            return Some(Correlation::ONE);
        }
        self.below.get(row(later).wrapping_add(earlier)).copied()
    }
}

/// Returns the number of pairs above the row of an asset, which is that of pairs of so many assets. Of
/// more than 16 it is that of 17.
fn row(asset: usize) -> usize {
    let asset = asset.min(17);
    // At most 17 · 16 / 2.
    asset.wrapping_mul(asset.saturating_sub(1)) / 2
}

/// The stored form of a [`CorrelationMatrix`].
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
mod twin {
    use super::{Correlation, PAIRS};

    #[cfg_attr(
        feature = "serde",
        derive(serde::Serialize, serde::Deserialize),
        serde(deny_unknown_fields)
    )]
    #[cfg_attr(
        feature = "cosmwasm",
        derive(cw_schema::Schemaifier),
        schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; assets: (u8), below: ([Correlation; PAIRS]))),
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
    pub(crate) struct CorrelationMatrix {
        pub(super) assets: u8,
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_internals::serde_with::array")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Entries<Correlation, PAIRS>")
        )]
        pub(super) below: [Correlation; PAIRS],
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
use twin::CorrelationMatrix as RawCorrelationMatrix;

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&CorrelationMatrix> for RawCorrelationMatrix {
    fn from(matrix: &CorrelationMatrix) -> Self {
        let CorrelationMatrix { assets, below } = *matrix;
        Self { assets, below }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<RawCorrelationMatrix> for CorrelationMatrix {
    type Error = Error;

    fn try_from(raw: RawCorrelationMatrix) -> Result<Self, Error> {
        let assets = raw.assets.into();
        let (below, rest) = raw.below.split_at_checked(row(assets)).unwrap_or_default();
        // One matrix has one form.
        let unused = rest.iter().filter(|entry| **entry != Correlation::ZERO);
        let unused = u128::try_from(unused.count()).unwrap_or(u128::MAX);
        in_range(Quantity::CorrelationCount, unused, 0, 0)?;
        Self::new(assets, below)
    }
}

tokenomics_internals::checked_codec! {
    [] CorrelationMatrix as RawCorrelationMatrix: MaxEncodedLen
}
