//! The shares of one holder in a pool of several assets.

use crate::check::in_range;
use crate::{Error, Position, Quantity};

/// A holder's shares in a [`MultiRewardPool`](super::MultiRewardPool), kept by the holder or the host: a
/// [`Position`] for each asset, all of as many shares.
///
/// ```
/// use tokenomics_fee_split::{MultiPosition, MultiRewardPool};
///
/// let (mut pool, mut alice) = (MultiRewardPool::<3>::new(), MultiPosition::new());
/// pool.deposit(&mut alice, 7)?;
/// assert_eq!(alice.shares(), 7);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MultiPosition<const N: usize> {
    pub(super) positions: [Position; N],
}

impl<const N: usize> Default for MultiPosition<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> MultiPosition<N> {
    /// Creates a position without shares.
    #[must_use]
    pub const fn new() -> Self {
        let positions = [Position::new(); N];
        Self { positions }
    }

    /// Restores a position from the [`state`](Self::state) of each asset.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless all have as many shares.
    ///
    /// ```
    /// # use tokenomics_fee_split::{MultiPosition, Position};
    /// # use tokenomics_fixed_math::U256;
    /// let [one, two] = [1, 2].map(|shares| Position::restore(shares, U256::ZERO, U256::ZERO));
    /// assert_eq!(MultiPosition::restore([two, two])?.shares(), 2);
    /// assert!(MultiPosition::restore([one, two]).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(positions: [Position; N]) -> Result<Self, Error> {
        let restored = Self { positions };
        let shares = restored.shares();
        for position in &restored.positions {
            in_range(Quantity::Shares, position.shares(), shares, shares)?;
        }
        Ok(restored)
    }

    /// Returns the position in each asset, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> [Position; N] {
        self.positions
    }

    /// Returns the shares of the position.
    #[must_use]
    pub fn shares(&self) -> u128 {
        self.positions.first().map_or(0, Position::shares)
    }
}

tokenomics_internals::checked_codec! {
    MultiPosition::restore as RawMultiPosition([Position; N] = MultiPosition::state)
}
