//! The policies for units that don't divide, as types.

use tokenomics_fixed_math::{Amount, Rounding, U256};

use crate::largest_remainder::RoundedUp;
use crate::weighted_split::sum;
use crate::{Error, SplitStream, WeightedSplit};

/// The result of one payment under a [`SplitPolicy`].
///
/// ```
/// use tokenomics_fee_split::{Divided, FlooredSplit, SplitPolicy, WeightedSplit};
/// use tokenomics_fixed_math::Amount;
///
/// let mut split = FlooredSplit::new(WeightedSplit::new([1, 2])?);
/// let Divided { parts, to_sink } = split.divide(Amount::new(10))?;
/// assert_eq!((parts.map(Amount::get), to_sink), ([3, 6], Amount::new(1)));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; parts: ([Amount; N]), to_sink: (Amount))),
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
pub struct Divided<const N: usize> {
    /// The parts to be paid, in the order of the weights.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub parts: [Amount; N],
    /// The amount for the sink that the caller names; 0 but for [`FlooredSplit`].
    pub to_sink: Amount,
}

/// A rule for the units of a payment that its weights don't divide, for code that takes any.
///
/// | policy | the units go | of many small payments |
/// | --- | --- | --- |
/// | [`WeightedSplit`] | to whoever a boundary falls on | the last parties gain |
/// | [`RemainderSplit`] | to the largest remainders | the parties with little weight lose |
/// | [`FlooredSplit`] | to a sink of the caller's | the sink gains |
/// | [`SplitStream`] | nowhere: each is held its fraction | all get what one payment would pay |
///
/// # Laws
/// `policies_conserve`: what was paid in = parts + to the sink + carried.
///
/// ```
/// use tokenomics_fee_split::{Error, SplitPolicy, SplitStream, WeightedSplit};
/// use tokenomics_fixed_math::Amount;
///
/// fn first_of_three(policy: &mut impl SplitPolicy<2>) -> Result<u128, Error> {
///     let mut paid = 0;
///     for _ in 0..3 {
///         paid += policy.divide(Amount::new(1))?.parts[0].get();
///     }
///     Ok(paid)
/// }
/// assert_eq!(first_of_three(&mut WeightedSplit::new([2, 1])?)?, 0);
/// assert_eq!(first_of_three(&mut SplitStream::new([2, 1])?)?, 2);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
pub trait SplitPolicy<const N: usize> {
    /// Splits a payment.
    ///
    /// # Errors
    /// Those of the policy; none of this crate has any for a payment.
    fn divide(&mut self, amount: Amount) -> Result<Divided<N>, Error>;

    /// Returns the units that earlier payments left with the policy.
    fn carried(&self) -> Amount {
        Amount::ZERO
    }
}

impl<const N: usize> SplitPolicy<N> for WeightedSplit<N> {
    fn divide(&mut self, amount: Amount) -> Result<Divided<N>, Error> {
        let (parts, to_sink) = (self.split(amount), Amount::ZERO);
        Ok(Divided { parts, to_sink })
    }
}

impl<const N: usize> SplitPolicy<N> for SplitStream<N> {
    fn divide(&mut self, amount: Amount) -> Result<Divided<N>, Error> {
        let (parts, to_sink) = (self.distribute(amount), Amount::ZERO);
        Ok(Divided { parts, to_sink })
    }

    fn carried(&self) -> Amount {
        Self::carried(self)
    }
}

/// A split of each payment by the method of largest remainders, whose parts are those of
/// [`largest_remainder`](crate::largest_remainder), in half of its divisions.
///
/// # Laws
/// `policies_conserve`.
///
/// ```
/// use tokenomics_fee_split::{RemainderSplit, SplitPolicy, WeightedSplit};
/// use tokenomics_fixed_math::Amount;
///
/// let mut split = RemainderSplit::new(WeightedSplit::new([41, 29, 30])?);
/// let parts = split.divide(Amount::new(10))?.parts; // of 4.1, 2.9 and 3
/// assert_eq!(parts.map(Amount::get), [4, 3, 3]);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct RemainderSplit<const N: usize>(WeightedSplit<N>);

impl<const N: usize> RemainderSplit<N> {
    /// Creates the split by the weights of another one.
    #[must_use]
    pub const fn new(weights: WeightedSplit<N>) -> Self {
        Self(weights)
    }
}

impl<const N: usize> SplitPolicy<N> for RemainderSplit<N> {
    fn divide(&mut self, amount: Amount) -> Result<Divided<N>, Error> {
        let weights = self.0.weights();
        let total = sum(&weights);
        let (mut parts, mut remainders) = ([Amount::ZERO; N], [Amount::ZERO; N]);
        let mut left = amount;
        let places = parts.iter_mut().zip(&mut remainders);
        for ((part, remainder), weight) in places.zip(weights) {
            let (floor, rest) = U256::product(amount.get(), weight.into()).div_rem(total)?;
            (*part, *remainder) = (Amount::new(floor.to_u128()?), Amount::new(rest));
            left = left.checked_sub(*part)?;
        }
        let mut ups = RoundedUp::new(left.get(), total, &remainders);
        for (part, remainder) in parts.iter_mut().zip(remainders) {
            let up = ups.take(remainder.get());
            *part = part.checked_add(Amount::new(up.into()))?;
        }
        let to_sink = Amount::ZERO;
        Ok(Divided { parts, to_sink })
    }
}

/// A split of each payment whose parts are floored, and whose remainder, fewer units than there are
/// parties, goes to a sink that the caller names.
///
/// # Laws
/// `policies_conserve`.
///
/// ```
/// use tokenomics_fee_split::{FlooredSplit, SplitPolicy, WeightedSplit};
/// use tokenomics_fixed_math::Amount;
///
/// let mut split = FlooredSplit::new(WeightedSplit::new([1, 1, 1])?);
/// let divided = split.divide(Amount::new(101))?;
/// assert_eq!(divided.parts.map(Amount::get), [33, 33, 33]);
/// assert_eq!(divided.to_sink, Amount::new(2));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
///
/// # Source
/// 0xSplits and the community pool of Cosmos. A minority whose share of each payment is below a
/// unit never gets anything (0xSplits, issue 21): take a [`SplitStream`] where payments are small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct FlooredSplit<const N: usize>(WeightedSplit<N>);

impl<const N: usize> FlooredSplit<N> {
    /// Creates the split by the weights of another one.
    #[must_use]
    pub const fn new(weights: WeightedSplit<N>) -> Self {
        Self(weights)
    }
}

impl<const N: usize> SplitPolicy<N> for FlooredSplit<N> {
    fn divide(&mut self, amount: Amount) -> Result<Divided<N>, Error> {
        let weights = self.0.weights();
        let total = sum(&weights);
        let (mut parts, mut to_sink) = ([Amount::ZERO; N], amount);
        for (part, weight) in parts.iter_mut().zip(weights) {
            *part = amount.mul_div(weight.into(), total, Rounding::Floor)?;
            to_sink = to_sink.checked_sub(*part)?;
        }
        Ok(Divided { parts, to_sink })
    }
}
