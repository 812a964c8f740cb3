//! The state of a split stream, and the checks that payments could have led to it.

use super::{checked_sum, HeldFraction, SplitStream};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of a [`SplitStream`]: what it is stored as, and restored from by
/// [`SplitStream::restore`], which checks it.
///
/// ```
/// use tokenomics_fee_split::{HeldFraction, SplitStream, SplitStreamState};
///
/// let stream = SplitStream::new([7, 2])?;
/// let held = [HeldFraction::default(); 2];
/// assert_eq!(stream.state(), SplitStreamState { weights: [7, 2], held });
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "SplitStream", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; weights: ([u64; N]), held: ([HeldFraction; N]))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "SplitStream_for_{N}")
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("SplitStreamState", "SplitStream"))
)]
pub struct SplitStreamState<const N: usize> {
    /// The weights, which sum to more than 0 and less than 2^64.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::integers")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(
            with = "tokenomics_fixed_math::schema::Entries<tokenomics_fixed_math::schema::Integer, N>"
        )
    )]
    pub weights: [u64; N],
    /// The fraction held for each party; they sum to whole units.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<HeldFraction, N>")
    )]
    pub held: [HeldFraction; N],
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&SplitStream<N>> for SplitStreamState<N> {
    fn from(stream: &SplitStream<N>) -> Self {
        stream.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<SplitStreamState<N>> for SplitStream<N> {
    type Error = Error;

    fn try_from(state: SplitStreamState<N>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl<const N: usize> SplitStream<N> {
    /// Restores a stream from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for weights that [`new`](Self::new) refuses, for a rest that isn't below
    /// their sum, and for fractions that don't sum to whole units.
    ///
    /// ```
    /// # use tokenomics_fee_split::SplitStream;
    /// # use tokenomics_fixed_math::Amount;
    /// let mut stream = SplitStream::new([1, 3])?;
    /// let _ = stream.distribute(Amount::new(1));
    /// let mut state = stream.state();
    /// assert_eq!(SplitStream::restore(state)?, stream);
    /// // A half instead of a quarter: a quarter too much.
    /// state.held[0].parts *= 2;
    /// assert!(SplitStream::restore(state).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: SplitStreamState<N>) -> Result<Self, Error> {
        let total = checked_sum(&state.weights)?;
        let (mut parts, mut rests) = (0_u128, 0_u128);
        for held in &state.held {
            // The total isn't 0.
            let most = total.saturating_sub(1);
            in_range(Quantity::HeldRest, held.rest.into(), 0, most)?;
            // Fewer than 2^64 summands below 2^64 each.
            parts = parts.wrapping_add(held.parts.into());
            rests = rests.wrapping_add(held.rest.into());
        }
        let (units, odd) = (rests.checked_div(total), rests.checked_rem(total));
        in_range(Quantity::HeldRest, odd.unwrap_or(0), 0, 0)?;
        let fraction = parts.wrapping_add(units.unwrap_or(0)) & u128::from(u64::MAX);
        in_range(Quantity::HeldFraction, fraction, 0, 0)?;
        Ok(Self {
            weights: state.weights,
            held: state.held,
        })
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> SplitStreamState<N> {
        SplitStreamState {
            weights: self.weights,
            held: self.held,
        }
    }
}
