//! Epochs of one length, each at a fixed part of the rate before it, rounded as deployed contracts
//! do.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Span, Timestamp};

use crate::check::positive;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::FromSeed;
use crate::table::Table;
use crate::{ArrayEpochs, Curve, Epoch, Error, Quantity};

/// The parameters of [`GeometricEpochs`], which its constructors check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct GeometricEpochsParams {
    /// The start.
    pub start: Timestamp,
    /// The length of each epoch; above 0.
    pub length: Span,
    /// The rate of the first epoch, in base units per unit of the clock; above 0.
    pub initial_rate: Amount,
    /// The factor from the rate of each epoch to that of the next, which is rounded down.
    pub decay: Ratio,
    /// The largest number of epochs; needed for a decay of 1 or more.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    pub max_epochs: Option<u32>,
}

/// A table of epochs as deployed contracts have it: a rate in whole base units that holds for an
/// epoch and is then multiplied by the decay and rounded down, until it is 0 or a number of epochs
/// has passed.
///
/// The epochs are worked out once, in the constructor, rate by rate in the integers of the deployed
/// contracts, so every figure is theirs to the base unit. From then on what was emitted by a time
/// takes one division and one multiplication however many epochs have passed, and the time of an
/// amount takes a binary search.
///
/// # Rounding
/// Floor for each epoch's rate. Nothing else rounds.
///
/// # Laws
/// Those of [`Curve`].
///
/// ```
/// use tokenomics_emission_curves::{ArrayEpochs, Curve, GeometricEpochs, GeometricEpochsParams};
/// use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
///
/// // CRV, in seconds from its first epoch: 274,815,283 CRV in the first year, and every year less
/// // by the fourth root of 2.
/// let year = Span::new(31_536_000);
/// let crv = GeometricEpochs::<ArrayEpochs<245>>::in_array(GeometricEpochsParams {
///     start: Timestamp::ZERO,
///     length: year,
///     initial_rate: Amount::new(274_815_283 * 10_u128.pow(18) / 31_536_000),
///     decay: Ratio::new(10_u128.pow(18), 1_189_207_115_002_721_024)?,
///     max_epochs: None,
/// })?;
/// assert_eq!(crv.rate_at(Timestamp::new(31_536_000)), Amount::new(7_327_853_447_857_530_670));
/// assert_eq!(crv.cap(), Amount::new(1_727_272_728_884_357_064_822_816_000));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Curve ERC20CRV.vy, `_update_mining_parameters`, which has to be called in every epoch, and
/// starts over at the initial rate after a rate of 0; this needs no call and ends there. Bitcoin
/// `GetBlockSubsidy`, on a clock of block heights.
#[doc(alias("halving", "block_reward", "Bitcoin"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GeometricEpochs<E> {
    start: Timestamp,
    // Never 0.
    length: Span,
    decay: Ratio,
    // Never empty; no rate in it is 0.
    epochs: E,
    // start + epochs · length and the sum of them all, where their overflow is checked.
    end: Timestamp,
    cap: Amount,
}

#[cfg(feature = "alloc")]
impl GeometricEpochs<Vec<Epoch>> {
    /// Creates the curve of these parameters, with its epochs in a `Vec`.
    ///
    /// # Rounding
    /// Floor for each epoch's rate.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a length, a rate or a number of epochs of 0; [`Error::NeverEnds`]
    /// for a decay of 1 or more without `max_epochs`; [`Error::TooManyEpochs`] above 65,536 epochs;
    /// [`Error::Overflow`] if the end is past [`Timestamp::MAX`] or the cap above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Curve, Error, GeometricEpochs, GeometricEpochsParams};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
    /// // 100 a block, halved every 1,000 blocks: 100, 50, 25, 12, 6, 3, 1, and then nothing.
    /// let params = GeometricEpochsParams {
    ///     start: Timestamp::ZERO,
    ///     length: Span::new(1_000),
    ///     initial_rate: Amount::new(100),
    ///     decay: Ratio::new(1, 2)?,
    ///     max_epochs: None,
    /// };
    /// let halvings = GeometricEpochs::new(params)?;
    /// assert_eq!(halvings.epochs().len(), 7);
    /// assert_eq!(halvings.cap(), Amount::new(197_000));
    ///
    /// let forever = GeometricEpochs::new(GeometricEpochsParams { decay: Ratio::ONE, ..params });
    /// assert_eq!(forever, Err(Error::NeverEnds { decay: Ratio::ONE }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn new(params: GeometricEpochsParams) -> Result<Self, Error> {
        Self::build(params)
    }
}

impl<const N: usize> GeometricEpochs<ArrayEpochs<N>> {
    /// Creates a curve as `new` (feature `alloc`) does, with room for `N` epochs and without an
    /// allocator.
    ///
    /// # Rounding
    /// Floor for each epoch's rate.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a length, a rate or a number of epochs of 0; [`Error::NeverEnds`]
    /// for a decay of 1 or more without `max_epochs`; [`Error::TooManyEpochs`] above `N` epochs;
    /// [`Error::Overflow`] if the end is past [`Timestamp::MAX`] or the cap above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_emission_curves::{ArrayEpochs, Error, GeometricEpochs, GeometricEpochsParams};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
    /// // 100 a block takes 7 epochs of halvings until it is below 1.
    /// let params = GeometricEpochsParams {
    ///     start: Timestamp::ZERO,
    ///     length: Span::new(1_000),
    ///     initial_rate: Amount::new(100),
    ///     decay: Ratio::new(1, 2)?,
    ///     max_epochs: None,
    /// };
    /// assert!(GeometricEpochs::<ArrayEpochs<7>>::in_array(params).is_ok());
    /// let none = GeometricEpochs::<ArrayEpochs<6>>::in_array(params);
    /// assert_eq!(none, Err(Error::TooManyEpochs { max: 6 }));
    /// // Six of them by choice.
    /// let six = GeometricEpochsParams { max_epochs: Some(6), ..params };
    /// assert!(GeometricEpochs::<ArrayEpochs<6>>::in_array(six).is_ok());
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    pub fn in_array(params: GeometricEpochsParams) -> Result<Self, Error> {
        Self::build(params)
    }
}

impl<E: Table> GeometricEpochs<E> {
    fn build(params: GeometricEpochsParams) -> Result<Self, Error> {
        let GeometricEpochsParams {
            start,
            length,
            initial_rate,
            decay,
            max_epochs,
        } = params;
        positive(Quantity::EpochLength, length.get().into())?;
        positive(Quantity::InitialRate, initial_rate.get())?;
        positive(Quantity::EpochCount, max_epochs.unwrap_or(1).into())?;
        if max_epochs.is_none() && decay >= Ratio::ONE {
            return Err(Error::NeverEnds { decay });
        }
        let mut epochs = E::default();
        let (mut rate, mut cap, mut end) = (initial_rate, Amount::ZERO, start);
        for index in 0..max_epochs.unwrap_or(u32::MAX) {
            if index > 0 {
                rate = rate.mul_ratio(decay, Rounding::Floor)?;
            }
            if rate.is_zero() {
                break;
            }
            // It has the last word on how many there are: `push` fails when it is full.
            epochs.push(Epoch::new(rate, cap))?;
            let emitted = rate.mul_div(length.get().into(), 1, Rounding::Floor)?;
            cap = cap.checked_add(emitted)?;
            end = end.checked_add(length)?;
        }
        Ok(Self {
            start,
            length,
            decay,
            epochs,
            end,
            cap,
        })
    }
}

impl<E: AsRef<[Epoch]>> GeometricEpochs<E> {
    /// Returns the length of each epoch; never 0.
    #[must_use]
    pub const fn length(&self) -> Span {
        self.length
    }

    /// Returns the factor that the rate is multiplied by from each epoch to the next.
    #[must_use]
    pub const fn decay(&self) -> Ratio {
        self.decay
    }

    /// Returns all epochs, in order; there is at least one.
    #[must_use]
    pub fn epochs(&self) -> &[Epoch] {
        self.epochs.as_ref()
    }

    /// Returns the epoch in force at `at`; `None` before the start and from the end on.
    #[must_use]
    pub fn epoch_at(&self, at: Timestamp) -> Option<Epoch> {
        self.locate(at).map(|(epoch, _)| epoch)
    }

    /// Returns the epoch in force at `at`, and how far into it that is.
    fn locate(&self, at: Timestamp) -> Option<(Epoch, u64)> {
        let elapsed = at.since(self.start)?.get();
        let index = elapsed.checked_div(self.length.get())?;
        let into = elapsed.checked_rem(self.length.get())?;
        let epoch = self.epochs().get(usize::try_from(index).ok()?)?;
        Some((*epoch, into))
    }
}

impl<E: AsRef<[Epoch]>> Curve for GeometricEpochs<E> {
    fn cap(&self) -> Amount {
        self.cap
    }

    fn start(&self) -> Timestamp {
        self.start
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        if at <= self.start {
            return Amount::ZERO;
        }
        // `None` from the end on only: within an epoch the sum is below what its end comes to,
        // which the constructor has seen fit.
        self.locate(at)
            .and_then(|(epoch, into)| {
                let within = epoch.rate().get().checked_mul(into.into())?;
                epoch.emitted_before().checked_add(Amount::new(within)).ok()
            })
            .unwrap_or(self.cap)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount.is_zero() {
            return Some(Timestamp::ZERO);
        }
        if amount > self.cap {
            return None;
        }
        // The last epoch that begins with less emitted reaches it; the first begins with 0, so
        // there is one.
        let epochs = self.epochs();
        let index = epochs
            .partition_point(|epoch| epoch.emitted_before() < amount)
            .checked_sub(1)?;
        let epoch = epochs.get(index)?;
        let missing = amount.checked_sub(epoch.emitted_before()).ok()?;
        // e·rate ≥ missing ⟺ e ≥ ⌈missing/rate⌉, at most the length.
        let into = missing
            .mul_div(1, epoch.rate().get(), Rounding::Ceil)
            .ok()?;
        let into = Span::new(u64::try_from(into.get()).ok()?);
        let before = self.length.checked_mul(u64::try_from(index).ok()?).ok()?;
        self.start.checked_add(before.checked_add(into).ok()?).ok()
    }

    fn rate_at(&self, at: Timestamp) -> Amount {
        self.epoch_at(at).map_or(Amount::ZERO, |epoch| epoch.rate())
    }
}

/// The arguments of the constructor, unchecked.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "GeometricEpochs", deny_unknown_fields)
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawGeometricEpochs", "GeometricEpochs"))
)]
pub(crate) struct RawGeometricEpochs {
    start: Timestamp,
    length: Span,
    initial_rate: Amount,
    decay: Ratio,
    // Written always, so that reading builds no more than what was written; it may be left out of
    // what people write.
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
    )]
    max_epochs: Option<u32>,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<E: Table> From<&GeometricEpochs<E>> for RawGeometricEpochs {
    fn from(curve: &GeometricEpochs<E>) -> Self {
        let first = curve.epochs().first().copied().unwrap_or_default();
        Self {
            start: curve.start(),
            length: curve.length(),
            initial_rate: first.rate(),
            decay: curve.decay(),
            max_epochs: u32::try_from(curve.epochs().len()).ok(),
        }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<E: Table> TryFrom<RawGeometricEpochs> for GeometricEpochs<E> {
    type Error = Error;

    fn try_from(raw: RawGeometricEpochs) -> Result<Self, Error> {
        Self::build(GeometricEpochsParams {
            start: raw.start,
            length: raw.length,
            initial_rate: raw.initial_rate,
            decay: raw.decay,
            max_epochs: raw.max_epochs,
        })
    }
}

tokenomics_internals::checked_codec! {
    [E: Table + 'static] GeometricEpochs<E> as RawGeometricEpochs: MaxEncodedLen
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl<E: Table> FromSeed for GeometricEpochs<E> {
    type Seed = (Timestamp, Span, Amount, Ratio, u32);

    fn from_seed((start, length, rate, decay, epochs): Self::Seed) -> Option<Self> {
        // One epoch of a growing rate; of any other the first is the largest, and bounds the sum.
        let most = if decay > Ratio::ONE { 1 } else { E::max() };
        let epochs = epochs.clamp(1, most.max(1));
        let start = start.min(Timestamp::new(u64::MAX.saturating_sub(epochs.into())));
        let room = Timestamp::MAX.since(start)?.get();
        let length = length.get().clamp(1, room.checked_div(epochs.into())?);
        let time = u128::from(length).checked_mul(epochs.into())?;
        let rate = rate.get().clamp(1, u128::MAX.checked_div(time)?);
        let params = GeometricEpochsParams {
            start,
            length: Span::new(length),
            initial_rate: Amount::new(rate),
            decay,
            max_epochs: Some(epochs),
        };
        Self::build(params).ok()
    }
}
