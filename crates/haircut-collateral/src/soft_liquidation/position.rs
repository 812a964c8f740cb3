//! The shares of one position.

use tokenomics_fixed_math::Amount;

use crate::check::in_range;
use crate::{Error, Quantity};

/// The shares of one position in up to `N` bands that follow one another, kept by the holder or the host.
///
/// ```
/// use tokenomics_haircut_collateral::BandPosition;
///
/// let position = BandPosition::<10>::new(3, 4)?;
/// assert_eq!((position.first(), position.count()), (3, 4));
/// assert!(position.is_empty());
/// assert!(BandPosition::<10>::new(3, 11).is_err());
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BandPosition<const N: usize> {
    first: u32,
    // 1 to N; the last band is below the largest number.
    count: u32,
    // 0 from `count` on.
    shares: [Amount; N],
}

/// The state of a [`BandPosition`], which [`BandPosition::restore`] checks.
///
/// ```
/// use tokenomics_haircut_collateral::BandPosition;
///
/// let position = BandPosition::<10>::new(3, 4)?;
/// assert_eq!(BandPosition::restore(position.state())?, position);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "BandPosition", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "BandPosition_for_{N}")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; first: (u32), count: (u32), shares: ([Amount; N]))),
    schemaifier(mute_warnings)
)]
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
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("BandPositionState", "BandPosition"))
)]
pub struct BandPositionState<const N: usize> {
    /// The first of its bands, the one with the highest price.
    pub first: u32,
    /// The number of its bands, 1 to N.
    pub count: u32,
    /// Its shares of each; 0 from the number of bands on.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub shares: [Amount; N],
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&BandPosition<N>> for BandPositionState<N> {
    fn from(position: &BandPosition<N>) -> Self {
        position.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<BandPositionState<N>> for BandPosition<N> {
    type Error = Error;

    fn try_from(state: BandPositionState<N>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl<const N: usize> BandPosition<N> {
    /// Creates a position without shares, for `count` bands from the first one down.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no band, or more than `N`.
    ///
    /// ```
    /// # use tokenomics_haircut_collateral::BandPosition;
    /// assert!(BandPosition::<10>::new(0, 10).is_ok());
    /// assert!(BandPosition::<10>::new(0, 0).is_err());
    /// ```
    pub fn new(first: u32, count: u32) -> Result<Self, Error> {
        Self::restore(BandPositionState {
            first,
            count,
            shares: [Amount::ZERO; N],
        })
    }

    /// Restores a position from its state. Whether the shares are those of some bands, each call checks.
    ///
    /// # Errors
    /// As [`new`](Self::new), and for shares of other bands, or a last band above the largest number.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Amount;
    /// # use tokenomics_haircut_collateral::{BandPosition, BandPositionState};
    /// let shares = [Amount::new(7), Amount::new(8)];
    /// assert!(BandPosition::restore(BandPositionState { first: 3, count: 2, shares }).is_ok());
    /// assert!(BandPosition::restore(BandPositionState { first: 3, count: 1, shares }).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: BandPositionState<N>) -> Result<Self, Error> {
        let BandPositionState {
            first,
            count,
            shares,
        } = state;
        let most = u32::try_from(N).unwrap_or(u32::MAX);
        let what = Quantity::PositionBands;
        in_range(what, count.into(), 1, most.into())?;
        let last = u32::MAX.saturating_sub(count);
        in_range(Quantity::BandIndex, first.into(), 0, last.into())?;
        let beyond = usize::try_from(count).unwrap_or(N);
        let others = shares.iter().skip(beyond);
        let others = others.fold(0_u128, |sum, shares| sum | shares.get());
        in_range(Quantity::BandShares, others, 0, 0)?;
        Ok(Self {
            first,
            count,
            shares,
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> BandPositionState<N> {
        BandPositionState {
            first: self.first,
            count: self.count,
            shares: self.shares,
        }
    }

    /// Returns the first of its bands, the one with the highest price.
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.first
    }

    /// Returns the number of its bands.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Returns its shares of each band, the highest first.
    #[must_use]
    pub fn shares(&self) -> &[Amount] {
        let count = usize::try_from(self.count).unwrap_or(N);
        self.shares.get(..count).unwrap_or(&self.shares)
    }

    /// Returns `true` where it has no shares.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shares.iter().all(|shares| shares.is_zero())
    }

    /// Returns the bands of it, each with its shares, from the highest down.
    pub(super) fn bands(&self) -> impl Iterator<Item = (u32, Amount)> + '_ {
        let last = self.first.saturating_add(self.count);
        (self.first..last).zip(self.shares.iter().copied())
    }

    /// Returns the same with the shares that it is given.
    pub(super) const fn with(self, shares: [Amount; N]) -> Self {
        Self { shares, ..self }
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] BandPosition<N> as BandPositionState<N>: MaxEncodedLen
}
