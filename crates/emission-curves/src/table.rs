//! The epochs of a curve, and the tables that hold them.

use tokenomics_fixed_math::Amount;

use crate::Error;

/// An epoch of [`GeometricEpochs`](crate::GeometricEpochs): the rate in force, and the amount
/// emitted before it.
///
/// ```
/// use tokenomics_emission_curves::{ArrayEpochs, GeometricEpochs, GeometricEpochsParams};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// let halvings = GeometricEpochs::<ArrayEpochs<7>>::in_array(GeometricEpochsParams {
///     start: Timestamp::ZERO,
///     length: Span::new(1_000),
///     initial_rate: Amount::new(100),
///     decay: Ratio::new(1, 2)?,
///     max_epochs: None,
/// })?;
/// let second = halvings.epochs()[1];
/// assert_eq!((second.rate(), second.emitted_before()), (Amount::new(50), Amount::new(100_000)));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Epoch {
    rate: Amount,
    emitted_before: Amount,
}

impl Epoch {
    pub(crate) const fn new(rate: Amount, emitted_before: Amount) -> Self {
        Self {
            rate,
            emitted_before,
        }
    }

    /// Returns the rate in base units per unit of the clock; above 0.
    #[must_use]
    pub const fn rate(&self) -> Amount {
        self.rate
    }

    /// Returns the amount that all epochs before this one emitted.
    #[must_use]
    pub const fn emitted_before(&self) -> Amount {
        self.emitted_before
    }
}

/// A table of up to `N` epochs in an array, for use without an allocator. It takes 32·N bytes and
/// one word.
///
/// ```
/// use tokenomics_emission_curves::{ArrayEpochs, GeometricEpochs, GeometricEpochsParams};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// // Bitcoin: 50 BTC a block, halved every 210,000 blocks, 33 times until less than 1 sat.
/// let bitcoin = GeometricEpochs::<ArrayEpochs<33>>::in_array(GeometricEpochsParams {
///     start: Timestamp::ZERO,
///     length: Span::new(210_000),
///     initial_rate: Amount::new(5_000_000_000),
///     decay: Ratio::new(1, 2)?,
///     max_epochs: None,
/// })?;
/// assert_eq!(bitcoin.epochs().len(), 33);
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ArrayEpochs<const N: usize> {
    // Those from `len` on are the default, so that equal tables are equal arrays.
    epochs: [Epoch; N],
    len: usize,
}

impl<const N: usize> Default for ArrayEpochs<N> {
    fn default() -> Self {
        Self {
            epochs: [Epoch::default(); N],
            len: 0,
        }
    }
}

impl<const N: usize> AsRef<[Epoch]> for ArrayEpochs<N> {
    fn as_ref(&self) -> &[Epoch] {
        self.epochs.get(..self.len).unwrap_or(&self.epochs)
    }
}

/// A table that is filled once, in order. It is public only for being a bound: its module isn't.
pub trait Table: AsRef<[Epoch]> + Default {
    /// Returns the largest number of epochs that it holds.
    fn max() -> u32;

    /// Adds the next epoch.
    ///
    /// # Errors
    /// [`Error::TooManyEpochs`] if it is full.
    fn push(&mut self, epoch: Epoch) -> Result<(), Error>;
}

impl<const N: usize> Table for ArrayEpochs<N> {
    fn max() -> u32 {
        u32::try_from(N).unwrap_or(u32::MAX)
    }

    fn push(&mut self, epoch: Epoch) -> Result<(), Error> {
        let full = Error::TooManyEpochs { max: Self::max() };
        let slot = self.epochs.get_mut(self.len).ok_or(full)?;
        *slot = epoch;
        // There was a slot at `len`, so `len` is below N.
        self.len = self.len.saturating_add(1);
        Ok(())
    }
}

#[cfg(feature = "alloc")]
impl Table for alloc::vec::Vec<Epoch> {
    /// Returns 65,536, which are 2 MiB: parameters read from a file can't exhaust the memory or
    /// hang.
    fn max() -> u32 {
        65_536
    }

    fn push(&mut self, epoch: Epoch) -> Result<(), Error> {
        let max = <Self as Table>::max();
        if u32::try_from(self.len()).map_or(true, |len| len >= max) {
            return Err(Error::TooManyEpochs { max });
        }
        self.push(epoch);
        Ok(())
    }
}
