//! The state of a stream, and the checks that calls could have led to it.

use tokenomics_fixed_math::{Timestamp, U256};

use super::RewardStream;
use crate::check::{in_range, units_up};
use crate::{Error, Quantity};

/// The state of a [`RewardStream`]: what it is stored as, and restored from by [`RewardStream::restore`], which
/// checks it.
///
/// ```
/// use tokenomics_fee_split::{RewardStream, RewardStreamState};
/// use tokenomics_fixed_math::{Amount, Timestamp, U256};
///
/// let at = Timestamp::new;
/// let mut stream = RewardStream::new(at(0));
/// stream.top_up(Amount::new(8), at(0), at(4))?;
/// let (rate, rest) = (U256::new(2, 0), U256::new(8, 0));
/// let state = RewardStreamState { rate, rest, due: U256::ZERO, last: at(0) };
/// assert_eq!(stream.state(), state);
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "RewardStream", deny_unknown_fields)
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RewardStreamState", "RewardStream"))
)]
pub struct RewardStreamState {
    /// The amount that comes in a unit of time, in 2^-128 units: above 0 just if something is to come, all of it
    /// within 2^64 units of time.
    pub rate: U256,
    /// The amount that hasn't come yet, in 2^-128 units.
    pub rest: U256,
    /// The amount that has come and wasn't released, in 2^-128 units; with the rest no more than 256 bits.
    pub due: U256,
    /// The time of the last call.
    pub last: Timestamp,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&RewardStream> for RewardStreamState {
    fn from(stream: &RewardStream) -> Self {
        stream.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<RewardStreamState> for RewardStream {
    type Error = Error;

    fn try_from(state: RewardStreamState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl RewardStream {
    /// Restores a stream from its state.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a rate at which what is to come doesn't come within 2^64 units of
    /// time, and for one at which nothing is to come; [`Error::Math`] for more than can be due.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, RewardStream, RewardStreamState};
    /// # use tokenomics_fixed_math::{Amount, Timestamp, U256};
    /// let at = Timestamp::new;
    /// let mut stream = RewardStream::new(at(0));
    /// stream.top_up(Amount::new(8), at(0), at(4))?;
    /// assert_eq!(RewardStream::restore(stream.state())?, stream);
    ///
    /// let refused = RewardStream::restore(RewardStreamState { rate: U256::ZERO, ..stream.state() });
    /// let what = Quantity::StreamRate;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 0, bound: 1 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: RewardStreamState) -> Result<Self, Error> {
        let RewardStreamState {
            rate,
            rest,
            due,
            last,
        } = state;
        let stream = Self {
            rate,
            rest,
            due,
            last,
        };
        rest.checked_add(due)?;
        let (least, most) = if rest.is_zero() {
            (0, 0)
        } else {
            (1, u128::MAX)
        };
        in_range(Quantity::StreamRate, units_up(rate), least, most)?;
        let (what, left) = (Quantity::StreamLength, stream.time_left());
        in_range(what, left, 0, u64::MAX.into())?;
        Ok(stream)
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> RewardStreamState {
        RewardStreamState {
            rate: self.rate,
            rest: self.rest,
            due: self.due,
            last: self.last,
        }
    }
}
