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
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
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
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
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

/// The table as it is written: all places, of which those from `len` on are zeros.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "ArrayEpochs", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; epochs: ([Epoch; N]), len: (u32))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "ArrayEpochs_for_{N}")
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawArrayEpochs", "ArrayEpochs"))
)]
pub(crate) struct RawArrayEpochs<const N: usize> {
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Epoch, N>")
    )]
    epochs: [Epoch; N],
    len: u32,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&ArrayEpochs<N>> for RawArrayEpochs<N> {
    fn from(table: &ArrayEpochs<N>) -> Self {
        Self {
            epochs: table.epochs,
            len: u32::try_from(table.len).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<RawArrayEpochs<N>> for ArrayEpochs<N> {
    type Error = Error;

    fn try_from(raw: RawArrayEpochs<N>) -> Result<Self, Error> {
        let full = Error::TooManyEpochs {
            max: <Self as Table>::max(),
        };
        let mut table = Self::default();
        let len = usize::try_from(raw.len).map_err(|_| full)?;
        for epoch in raw.epochs.get(..len).ok_or(full)? {
            table.push(*epoch)?;
        }
        // One form for the same table.
        if table.epochs != raw.epochs {
            return Err(full);
        }
        Ok(table)
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] ArrayEpochs<N> as RawArrayEpochs<N>: MaxEncodedLen
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
