//! Prices as oracles report them.

use tokenomics_fixed_math::{Ratio, Rounding, Span, Timestamp, U256};

use crate::check::positive;
use crate::{Error, Quantity};

/// A price as an oracle reports it, with its time and the window it is an average over.
///
/// ```
/// use tokenomics_fixed_math::{Ratio, Span, Timestamp};
/// use tokenomics_vesting::Observation;
///
/// let (price, at) = (Ratio::new(5, 2)?, Timestamp::new(9_000));
/// let average = Observation { price, at, window: Span::new(3_600) };
/// assert!(average.window > Observation::spot(price, at).window);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
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
pub struct Observation {
    /// The price, in the unit of the gate's levels.
    pub price: Ratio,
    /// The time at which it held; of an average, the end of its window.
    pub at: Timestamp,
    /// The length of the window that it is an average over; zero for a spot price.
    pub window: Span,
}

/// A running sum of price × time, as oracles keep it for averages over a window of one's choice.
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
pub struct Cumulative {
    /// The sum, in the unit of the oracle times the unit of the clock.
    pub sum: U256,
    /// The time at which it was read.
    pub at: Timestamp,
}

impl Observation {
    /// Creates the observation of a price at one moment.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn spot(price: Ratio, at: Timestamp) -> Self {
        Self {
            price,
            at,
            window: Span::ZERO,
        }
    }

    /// Computes the average price between two readings of a running sum, in which a price of 1 adds
    /// `one` in each unit of time: (later.sum − earlier.sum) / (later.at − earlier.at) / one.
    ///
    /// # Rounding
    /// Floor, to a unit of 1/one: a price that is not quite reached is not reached.
    ///
    /// # Errors
    /// [`Error::NotAfter`] unless `earlier` is the earlier; [`Error::Unordered`] for a sum that fell;
    /// [`Error::Overflow`] for an average of more than `u128::MAX` units; [`Error::OutOfRange`] for a
    /// `one` of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Ratio, Span, Timestamp, U256};
    /// use tokenomics_vesting::{Cumulative, Observation};
    ///
    /// // Within an hour, the sum has grown by 3,600 times a price of 2.5, in 2^112ths.
    /// let one = 1_u128 << 112;
    /// let earlier = Cumulative { sum: U256::ZERO, at: Timestamp::new(10_000) };
    /// let later = Cumulative { sum: U256::product(one, 9_000), at: Timestamp::new(13_600) };
    /// let observed = Observation::average(earlier, later, one)?;
    /// assert_eq!(observed.price, Ratio::new(5, 2)?);
    /// assert_eq!((observed.at, observed.window), (later.at, Span::new(3_600)));
    ///
    /// assert!(Observation::average(later, earlier, one).is_err());
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    ///
    /// # Source
    /// Uniswap v2 `price0CumulativeLast`, where one is 2^112. That one is let overflow, which this
    /// takes for a sum that fell.
    pub fn average(earlier: Cumulative, later: Cumulative, one: u128) -> Result<Self, Error> {
        let window = later
            .at
            .since(earlier.at)
            .filter(|window| !window.is_zero())
            .ok_or(Error::NotAfter {
                start: earlier.at,
                end: later.at,
            })?;
        let grown = later.sum.checked_sub(earlier.sum);
        let grown = grown.map_err(|_| Error::Unordered { index: 1 })?;
        positive(Quantity::PriceUnit, one)?;
        let average = grown.checked_div(window.get().into(), Rounding::Floor)?;
        Ok(Self {
            price: Ratio::new(average.to_u128()?, one)?,
            at: later.at,
            window,
        })
    }
}
